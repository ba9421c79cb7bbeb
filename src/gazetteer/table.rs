//! The names of one language as sorted lines, found by halving.

use std::borrow::Cow;
use std::sync::OnceLock;

use smallvec::SmallVec;

use super::lines;
use super::world::EntryId;

/// The names of one language, or none.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    tables: SmallVec<[Table; 1]>,
    /// Countries' names of one word that are nothing else, as they are compared, sorted; read once.
    lone_countries: OnceLock<Vec<(Box<str>, EntryId)>>,
}

/// Sorted lines and where each begins.
#[derive(Clone, Debug)]
struct Table {
    text: Cow<'static, str>,
    starts: Cow<'static, [u32]>,
}

/// One name of a table.
#[derive(Clone, Copy, Debug)]
pub struct Name<'t> {
    /// As it is written.
    pub text: &'t str,
    pub kind: NameKind,
    /// Of [`NameKind::Other`] it means nothing.
    pub entry: EntryId,
    /// Its words as they are compared, parted by spaces; a `*` at the end of one makes it a prefix.
    words: &'t str,
    flags: &'t str,
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    Country,
    /// A country's adjective, or what its people are called.
    Adjective,
    City,
    Body,
    Abbreviation,
    /// A longer name in which a country's is none (New Mexico), or one that only looks like a country's.
    Other,
}

/// A name's place in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineId {
    table: u16,
    line: u32,
}

/// The languages that are built in.
const BUILTIN: &[(&str, &str, &[u32])] = include!(concat!(env!("OUT_DIR"), "/gazetteer_tables.rs"));

/// Every country's names of one word that are no everyday ones, as they are compared, with the languages in
/// which they are right; sorted.
const COUNTRIES: &[(&str, u16, &str)] = include!(concat!(env!("OUT_DIR"), "/gazetteer_foreign.rs"));

/// The country that a word is the name of in other languages than this one. The word is as it is compared.
pub fn foreign_name(word: &str, language: &str) -> Option<EntryId> {
    let first = COUNTRIES.partition_point(|(known, ..)| *known < word);
    let mut found = None;
    for (_, entry, languages) in COUNTRIES.get(first..)?.iter().take_while(|(known, ..)| *known == word) {
        if languages.split(' ').any(|of| of == language) {
            return None;
        }
        found = Some(EntryId(*entry));
    }
    found
}

impl Gazetteer {
    /// The built-in names of a language.
    pub fn builtin(language: &str) -> Self {
        let table = BUILTIN
            .iter()
            .find(|(code, ..)| *code == language)
            .map(|(_, text, starts)| Table { text: Cow::Borrowed(text), starts: Cow::Borrowed(starts) });
        Self { tables: table.into_iter().collect(), lone_countries: OnceLock::new() }
    }

    /// The codes of the languages that are built in.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(code, ..)| *code)
    }

    /// Adds names of a house's own.
    pub fn add(&mut self, given: &[lines::Given], marks: &lines::Marks) {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for line in lines::lines(given, marks) {
            starts.push(text.len() as u32);
            text.push_str(&line);
            text.push('\n');
        }
        self.tables.push(Table { text: text.into(), starts: starts.into() });
        self.lone_countries = OnceLock::new();
    }

    /// Whether there are no names at all.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// The name of a line.
    pub fn name(&self, id: LineId) -> Option<Name<'_>> {
        Name::read(self.tables.get(id.table as usize)?.line(id.line as usize))
    }

    /// The names whose first word begins with two letters; of a shorter one, with that.
    pub fn beginning<'g>(&'g self, letters: &'g str) -> impl Iterator<Item = (LineId, Name<'g>)> + 'g {
        (0u16..).zip(&self.tables).flat_map(move |(number, table)| {
            table.beginning(letters).filter_map(move |line| {
                let name = Name::read(table.line(line))?;
                Some((LineId { table: number, line: line as u32 }, name))
            })
        })
    }

    /// Countries' names of one word, as they are compared, that are nothing else and begin with a letter.
    pub fn lone_countries(&self, letter: &str) -> &[(Box<str>, EntryId)] {
        let all = self.lone_countries.get_or_init(|| {
            let countries =
                self.names().filter(|name| name.kind == NameKind::Country && !name.is_ambiguous());
            let mut lone: Vec<(Box<str>, EntryId)> = countries
                .filter(|name| name.words().nth(1).is_none())
                .filter_map(|name| Some((name.words().next()?.into(), name.entry)))
                .collect();
            lone.sort();
            lone
        });
        let first = all.partition_point(|(name, _)| &**name < letter);
        let len = all
            .get(first..)
            .map_or(0, |rest| rest.iter().take_while(|(name, _)| name.starts_with(letter)).count());
        all.get(first..first + len).unwrap_or_default()
    }

    /// The names whose first word is a given one but for a few letters at its end; more than fit, never fewer.
    pub(super) fn beginning_like<'g>(
        &'g self,
        word: &'g str,
    ) -> impl Iterator<Item = (LineId, Name<'g>)> + 'g {
        let two = word.char_indices().nth(2).map_or(word.len(), |(end, _)| end);
        let letters = word.get(..two).unwrap_or_default();
        (0u16..).zip(&self.tables).flat_map(move |(number, table)| {
            table.beginning(letters).filter_map(move |line| {
                let text = table.line(line);
                if !begins_like(text.as_bytes(), word.as_bytes()) {
                    return None;
                }
                Some((LineId { table: number, line: line as u32 }, Name::read(text)?))
            })
        })
    }

    /// The names whose first word is this one.
    pub fn with_first<'g>(&'g self, word: &'g str) -> impl Iterator<Item = (LineId, Name<'g>)> + 'g {
        self.beginning(word).filter(move |(_, name)| name.words().next() == Some(word))
    }

    /// Every name, table by table.
    pub fn names(&self) -> impl Iterator<Item = Name<'_>> {
        self.tables
            .iter()
            .flat_map(|table| (0..table.starts.len()).filter_map(|line| Name::read(table.line(line))))
    }

    /// The name that copy usually has for an entry, of the country itself, not its adjective. It goes
    /// through all names: for what is to be told, not for what is looked for.
    pub fn preferred(&self, entry: EntryId) -> Option<&str> {
        let fits = |name: &Name<'_>| {
            name.entry == entry && matches!(name.kind, NameKind::Country | NameKind::City | NameKind::Body)
        };
        let named = || self.names().filter(fits);
        // A house's own comes behind what is built in, and has the last word.
        named().filter(Name::is_preferred).last().or_else(|| named().next()).map(|name| name.text)
    }

    /// The adjective that copy usually has for a country.
    pub fn preferred_adjective(&self, country: EntryId) -> Option<&str> {
        self.names()
            .filter(|name| name.entry == country && name.kind == NameKind::Adjective && name.is_preferred())
            .last()
            .map(|name| name.text)
    }

    /// The entry that a text is a name of, whole and as written but for case; not by its adjective.
    pub fn entry_named(&self, text: &str) -> Option<EntryId> {
        let words = lines::words(text);
        let whole = words.join(" ");
        let first = words.first()?;
        self.with_first(first)
            .filter(|(_, name)| !matches!(name.kind, NameKind::Adjective | NameKind::Other))
            .find(|(_, name)| name.words == whole)
            .map(|(_, name)| name.entry)
    }
}

impl Table {
    fn line(&self, line: usize) -> &str {
        let start = self.starts.get(line).map_or(self.text.len(), |&start| start as usize);
        let end = self.starts.get(line + 1).map_or(self.text.len(), |&start| start as usize);
        self.text.get(start..end.saturating_sub(1)).unwrap_or_default()
    }

    fn beginning(&self, letters: &str) -> std::ops::Range<usize> {
        let starts = &self.starts;
        let line = |start: &u32| self.text.get(*start as usize..).unwrap_or_default().as_bytes();
        let letters = letters.as_bytes();
        let head = |start: &u32| {
            let line = line(start);
            line.get(..letters.len().min(line.len())).unwrap_or_default().cmp(letters)
        };
        let first = starts.partition_point(|start| head(start).is_lt());
        let end = starts.partition_point(|start| head(start).is_le());
        first..end
    }
}

/// Whether a line's first word and another part only in their last letters: three of the line's, and as
/// many of the other as an ending has. It goes by bytes, since it is asked of many lines.
fn begins_like(line: &[u8], word: &[u8]) -> bool {
    const OF_LINE: usize = 3;
    const ENDING: usize = 6;
    let mut shared = 0;
    while shared < line.len() && shared < word.len() && line[shared] == word[shared] {
        shared += 1;
    }
    let is_letter = |byte: u8| byte & 0xc0 != 0x80;
    let (mut of_line, mut at) = (0, shared);
    while at < line.len() && line[at] != b'\t' {
        of_line += usize::from(is_letter(line[at]));
        if of_line > OF_LINE {
            return false;
        }
        at += 1;
    }
    let of_word = word[shared..].iter().filter(|&&byte| is_letter(byte)).count();
    // A name that loses letters to an ending loses two.
    of_line <= of_word + 2 && (of_word <= ENDING || line.contains(&b'*'))
}

impl<'t> Name<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let mut fields = line.split('\t');
        let _first = fields.next()?;
        let words = fields.next()?;
        let kind = match fields.next()?.chars().next()? {
            lines::COUNTRY => NameKind::Country,
            lines::ADJECTIVE => NameKind::Adjective,
            lines::CITY => NameKind::City,
            lines::BODY => NameKind::Body,
            lines::ABBREVIATION => NameKind::Abbreviation,
            _ => NameKind::Other,
        };
        let entry = EntryId(fields.next()?.parse().ok()?);
        let flags = fields.next()?;
        Some(Self { text: fields.next()?, kind, entry, words, flags })
    }

    /// Its words as they are compared; a `*` at the end of one makes it a prefix.
    pub fn words(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.words.split(' ')
    }

    /// The first name of its entry.
    pub fn is_preferred(&self) -> bool {
        self.flags.contains(lines::PREFERRED)
    }

    /// It is a given name, a surname, another place or an everyday word as well.
    pub fn is_ambiguous(&self) -> bool {
        self.flags.contains([lines::AMBIGUOUS, lines::WORD])
    }

    /// It is an everyday word as well.
    pub fn is_word(&self) -> bool {
        self.flags.contains(lines::WORD)
    }

    /// It is not declined.
    pub fn is_unchanging(&self) -> bool {
        self.flags.contains(lines::UNCHANGING)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::reading::lexer;
    use crate::reading::vocabulary::{Vocabulary, strip_diacritics};

    #[test]
    fn every_language_has_every_country_in_order() {
        for code in Gazetteer::languages() {
            let gazetteer = Gazetteer::builtin(code);
            let texts: Vec<&str> = gazetteer.tables[0].text.lines().collect();
            assert!(texts.is_sorted(), "{code}");
            assert!(gazetteer.names().count() == texts.len(), "{code}");
            for id in 0..u16::MAX {
                let entry = EntryId(id);
                if entry.0 > 0 && entry.entry().id == EntryId(0).entry().id {
                    break;
                }
                assert!(
                    !entry.is_country() || gazetteer.preferred(entry).is_some(),
                    "{code} has no name of {}",
                    entry.entry().id
                );
            }
        }
    }

    /// One text is the name of one country, but where the file says that it is of several.
    #[test]
    fn no_name_is_of_two_countries_unawares() {
        for code in Gazetteer::languages() {
            let gazetteer = Gazetteer::builtin(code);
            let mut known: BTreeMap<(String, bool), EntryId> = BTreeMap::new();
            for name in gazetteer.names() {
                if !matches!(name.kind, NameKind::Country | NameKind::Adjective | NameKind::Abbreviation) {
                    continue;
                }
                let key = (name.words.to_owned(), name.kind == NameKind::Abbreviation);
                if let Some(other) = known.insert(key, name.entry)
                    && other != name.entry
                {
                    assert!(
                        name.is_ambiguous(),
                        "{code}: {} is of {} and of {}",
                        name.text,
                        other.entry().id,
                        name.entry.entry().id
                    );
                }
            }
        }
    }

    /// Names are cut and folded for the table as the words of copy are.
    #[test]
    fn names_are_cut_as_the_lexer_cuts() {
        let mut vocabulary = Vocabulary::new();
        let mut tokens = Vec::new();
        for code in Gazetteer::languages() {
            for name in Gazetteer::builtin(code).names() {
                lexer::lex(name.text, &mut vocabulary, &mut tokens);
                let words: Vec<String> = tokens
                    .iter()
                    .filter(|token| token.kind != lexer::TokenKind::Symbol)
                    .map(|token| strip_diacritics(vocabulary.folded(token.word)))
                    .collect();
                let of_table: Vec<&str> = name.words().map(|word| word.trim_end_matches('*')).collect();
                assert_eq!(words, of_table, "{code}: {}", name.text);
            }
        }
    }
}
