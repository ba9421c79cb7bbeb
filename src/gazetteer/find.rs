//! Finds the names of the gazetteer in an article. Each distinct word is looked up once.

use std::cell::RefCell;
use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::table::{Gazetteer, LineId, Name, NameKind, foreign_name};
use super::world::EntryId;
use crate::language::Inflection;
use crate::language::lexicon::LONGEST_WORD;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Shape, WordId, strip_diacritics};

/// A place or body of the world named in copy.
#[derive(Clone, Debug)]
pub struct PlaceMention {
    pub tokens: Range<usize>,
    /// Bytes of the text, without an ending that only marks a possessor.
    pub span: Range<usize>,
    /// What the name is of: "Congolese" of two countries, "Luxembourg" of a country and its capital. Of
    /// [`PlaceForm::Other`] nothing.
    pub entries: SmallVec<[EntryId; 2]>,
    pub form: PlaceForm,
    /// It is a given name, a surname, another place or an everyday word as well.
    pub ambiguous: bool,
    /// Some word is not in its base form.
    pub inflected: bool,
}

/// How a place is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceForm {
    Name,
    /// A country's adjective, or what its people are called.
    Adjective,
    /// Of a body.
    Abbreviation,
    /// A longer name in which a country's is none: New Mexico.
    Other,
}

impl PlaceMention {
    /// Whether it may be of this entry.
    pub fn is_of(&self, entry: EntryId) -> bool {
        self.entries.contains(&entry)
    }

    /// The one country it is of, by its name or adjective.
    pub fn country(&self) -> Option<EntryId> {
        let mut countries = self.entries.iter().copied().filter(|entry| entry.is_country());
        let first = countries.next()?;
        countries.next().is_none().then_some(first)
    }
}

/// What each distinct word of one language begins, filled as words are met.
#[derive(Default)]
pub struct PlaceMemo {
    by_word: Vec<Known>,
    flat: Vec<Candidate>,
    /// Of words that may be garbled names of countries, the country and the letters compared.
    pub near: NearCountries,
}

/// By word that may be a garbled name of a country: which, and the letters compared.
pub type NearCountries = RefCell<FxHashMap<WordId, Option<(EntryId, usize)>>>;

/// A name that a word can begin, with what would be read of its line again at every place.
#[derive(Clone, Copy)]
struct Candidate {
    line: LineId,
    inflected: bool,
    form: PlaceForm,
    entry: EntryId,
    ambiguous: bool,
    is_word: bool,
    /// The word is all of it.
    single: bool,
    /// How its second word begins, in bytes.
    second: [u8; 2],
    written: Written,
}

/// Where a name has its capitals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Upper,
    Capital,
    Lower,
}

impl Candidate {
    fn new(line: LineId, name: &Name<'_>, inflected: bool) -> Self {
        Self {
            line,
            inflected,
            form: match name.kind {
                NameKind::Adjective => PlaceForm::Adjective,
                NameKind::Abbreviation => PlaceForm::Abbreviation,
                NameKind::Other => PlaceForm::Other,
                NameKind::Country | NameKind::City | NameKind::Body => PlaceForm::Name,
            },
            entry: name.entry,
            ambiguous: name.is_ambiguous(),
            is_word: name.is_word(),
            single: name.words().nth(1).is_none(),
            second: name
                .words()
                .nth(1)
                .and_then(|word| word.as_bytes().first_chunk().copied())
                .unwrap_or_default(),
            written: if is_upper(name.text) {
                Written::Upper
            } else if name.text.chars().next().is_some_and(char::is_uppercase) {
                Written::Capital
            } else {
                Written::Lower
            },
        }
    }
}

/// What is remembered of a word.
#[derive(Clone, Copy)]
struct Known {
    from: u32,
    to: u32,
    /// The country it is the name of in another language, where in this one it is no name at all.
    foreign: Option<EntryId>,
}

/// What the gazetteer finds in an article.
#[derive(Debug, Default)]
pub struct Places {
    /// In order, none overlapping, the longest where several begin.
    pub mentions: Vec<PlaceMention>,
    /// Tokens that are the name of a country in another language only, in order.
    pub foreign: Vec<(usize, EntryId)>,
}

/// Every name of the gazetteer in an article.
pub fn find_places(scan: &Scan<'_>, sentences: &[u32], memo: &mut PlaceMemo) -> Places {
    let gazetteer = &scan.language.gazetteer;
    let mut places = Places::default();
    if gazetteer.is_empty() {
        return places;
    }
    let finder = Finder { scan, gazetteer, inflection: &scan.language.pack.inflection };
    memo.by_word.resize(scan.vocabulary.len().max(memo.by_word.len()), Known::NOT_YET);
    let mut done = 0;
    for (at, token) in scan.tokens.iter().enumerate() {
        let Some(&known) = memo.by_word.get(token.word.0 as usize) else { continue };
        // Most words begin no name.
        if known.is_nothing() || at < done || token.kind != TokenKind::Word {
            continue;
        }
        let known = if known.is_looked_up() { known } else { finder.look_up(token.word, memo) };
        if let Some(entry) = known.foreign
            && scan.begins(at).is_empty()
        {
            places.foreign.push((at, entry));
        }
        let candidates = memo.flat.get(known.from as usize..known.to as usize).unwrap_or_default();
        let starts_sentence = || sentences.binary_search(&(at as u32)).is_ok();
        if let Some(mention) = finder.longest(at, candidates, starts_sentence) {
            done = mention.tokens.end;
            places.mentions.push(mention);
        }
    }
    places
}

impl Known {
    const NOT_YET: Self = Self { from: u32::MAX, to: 0, foreign: None };

    #[inline]
    fn is_looked_up(self) -> bool {
        self.from <= self.to
    }

    /// It was looked up, and begins no name.
    #[inline]
    fn is_nothing(self) -> bool {
        self.from == self.to && self.foreign.is_none()
    }
}

struct Finder<'s, 'a> {
    scan: &'s Scan<'a>,
    gazetteer: &'s Gazetteer,
    inflection: &'s Inflection,
}

/// The best of the names that begin at a token, so far.
struct Best {
    /// The token behind it.
    end: usize,
    rank: u32,
    form: PlaceForm,
    entries: SmallVec<[EntryId; 2]>,
    ambiguous: bool,
    inflected: bool,
}

/// Shorter names of other languages are too many things else.
const SHORTEST_FOREIGN: usize = 5;

/// A name has this many words at the most.
const MOST_WORDS: usize = 12;

impl Finder<'_, '_> {
    #[cold]
    fn look_up(&self, id: WordId, memo: &mut PlaceMemo) -> Known {
        let from = memo.flat.len() as u32;
        let word = strip_diacritics(self.scan.vocabulary.folded(id));
        if (2..=LONGEST_WORD).contains(&word.len()) {
            for (line, name) in self.gazetteer.beginning_like(&word) {
                let fits = name.words().next().and_then(|first| self.fits(first, &word, &name));
                memo.flat.extend(fits.map(|inflected| Candidate::new(line, &name, inflected)));
            }
        }
        let to = memo.flat.len() as u32;
        let is_name_like = self.scan.vocabulary.word(id).shape != Shape::Lower;
        let foreign = (from == to && is_name_like && word.chars().nth(SHORTEST_FOREIGN - 1).is_some())
            .then(|| {
                let bare = self.inflection.without_possessive(&word);
                foreign_name(bare, &self.scan.language.pack.language)
            })
            .flatten();
        let known = Known { from, to, foreign };
        if let Some(slot) = memo.by_word.get_mut(id.0 as usize) {
            *slot = known;
        }
        known
    }

    /// Whether a word of copy is this word of a name, and whether it has an ending of its own.
    fn fits(&self, of_name: &str, word: &str, name: &Name<'_>) -> Option<bool> {
        let bare = self.inflection.without_possessive(word);
        if of_name == word || of_name == bare {
            return Some(false);
        }
        if let Some(prefix) = of_name.strip_suffix('*') {
            return word.starts_with(prefix).then_some(true);
        }
        if name.is_unchanging() || name.kind == NameKind::Abbreviation || is_upper(name.text) {
            return None;
        }
        // An ending changes a letter or three at the end: most words are told apart without their stems.
        let shared = of_name.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        if shared < 2 || shared + 3 < of_name.chars().count() {
            return None;
        }
        let common = matches!(name.kind, NameKind::Adjective | NameKind::Body);
        let mut endings =
            self.inflection.name_endings.iter().chain(self.inflection.endings.iter().filter(|_| common));
        let stems = self.inflection.stems(of_name);
        endings
            .any(|ending| {
                word.strip_suffix(ending.as_str()).is_some_and(|stem| stems.iter().any(|known| known == stem))
            })
            .then_some(true)
    }

    fn longest(
        &self,
        at: usize,
        candidates: &[Candidate],
        starts_sentence: impl Fn() -> bool,
    ) -> Option<PlaceMention> {
        let mut best: Option<Best> = None;
        let next = self.next_word(at).map(|next| self.scan.folded(next).as_bytes());
        for name in candidates {
            let (end, more_inflected) = match name.single {
                true => (at + 1, false),
                false if !next.is_some_and(|next| may_be(next, name.second)) => continue,
                false => match self.gazetteer.name(name.line).and_then(|name| self.end(at, &name)) {
                    Some(found) => found,
                    None => continue,
                },
            };
            if !self.is_written_so(at..end, name.written)
                || (name.is_word && end == at + 1 && starts_sentence())
            {
                continue;
            }
            let inflected = name.inflected || more_inflected;
            let form = name.form;
            // The longest; then what stands there as it is; then a name before an adjective.
            let rank = u32::from(inflected) * 4 + u32::from(form != PlaceForm::Name);
            match &mut best {
                Some(known) if known.end > end => continue,
                Some(known) if known.end == end => {
                    if rank > known.rank {
                        continue;
                    }
                    if rank == known.rank && known.form == form {
                        if form != PlaceForm::Other && !known.entries.contains(&name.entry) {
                            known.entries.push(name.entry);
                        }
                        known.ambiguous |= name.ambiguous;
                        continue;
                    }
                }
                _ => {}
            }
            let entries = match form {
                PlaceForm::Other => SmallVec::new(),
                _ => SmallVec::from_elem(name.entry, 1),
            };
            best = Some(Best { end, rank, form, entries, ambiguous: name.ambiguous, inflected });
        }
        best.map(|Best { end, form, entries, ambiguous, inflected, .. }| PlaceMention {
            tokens: at..end,
            span: self.span(at..end),
            entries,
            form,
            ambiguous,
            inflected,
        })
    }

    /// The token behind the name that begins at a token, and whether some word behind the first is inflected.
    fn end(&self, at: usize, name: &Name<'_>) -> Option<(usize, bool)> {
        let (mut last, mut inflected) = (at, false);
        for of_name in name.words().skip(1).take(MOST_WORDS) {
            last = self.next_word(last)?;
            let word = strip_diacritics(self.scan.folded(last));
            inflected |= self.fits(of_name, &word, name)?;
        }
        Some((last + 1, inflected))
    }

    /// The next word of a name: after a space, a hyphen, or the stop of an abbreviation.
    fn next_word(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        match self.scan.kind(next)? {
            TokenKind::Word | TokenKind::Number if self.scan.gap(next) != Gap::Paragraph => Some(next),
            TokenKind::Symbol if self.scan.gap(next) == Gap::None => {
                let after = next + 1;
                let joins = match self.scan.symbol(next) {
                    Some('-' | '\u{2010}' | '\u{2011}' | '–') => self.scan.gap(after) == Gap::None,
                    Some('.') => self.scan.raw(at).chars().count() <= 3 && self.scan.gap(after) <= Gap::Space,
                    _ => false,
                };
                (joins && self.scan.kind(after).is_some_and(|kind| kind != TokenKind::Symbol))
                    .then_some(after)
            }
            _ => None,
        }
    }

    /// Whether capitals stand where the name has them: "us" is no country, "turkey" is a bird.
    fn is_written_so(&self, tokens: Range<usize>, written: Written) -> bool {
        let Some(word) = self.scan.word(tokens.start) else { return false };
        if written == Written::Upper {
            return tokens.clone().all(|at| {
                self.scan.kind(at) != Some(TokenKind::Word) || {
                    let raw = self.scan.raw(at);
                    let bare = self.inflection.without_possessive(raw);
                    !bare.chars().any(char::is_lowercase)
                }
            });
        }
        match word.shape {
            Shape::Lower => written == Written::Lower,
            _ => true,
        }
    }

    fn span(&self, tokens: Range<usize>) -> Range<usize> {
        let last = tokens.end.saturating_sub(1);
        let (Some(first), Some(end)) = (self.scan.tokens.get(tokens.start), self.scan.tokens.get(last))
        else {
            return 0..0;
        };
        let folded = self.scan.folded(last);
        let bare = self.inflection.without_possessive(folded);
        // Folding keeps the letters of an ending one for one, so they are counted off from the end.
        let dropped = folded.get(bare.len()..).unwrap_or_default().chars().count();
        let cut: usize = self.scan.raw(last).chars().rev().take(dropped).map(char::len_utf8).sum();
        first.start as usize..(end.end as usize - cut).max(first.start as usize)
    }
}

/// Whether a folded word can be one that begins with these two bytes: most cannot, and no name needs to be
/// read for them.
fn may_be(word: &[u8], start: [u8; 2]) -> bool {
    // Diacritics are no part of what is compared; and a name may have a shorter word.
    let is_plain = word.first_chunk::<2>().is_some_and(|two| two.is_ascii() || two[0] >= 0xd0);
    !is_plain || start == [0, 0] || word.starts_with(&start)
}

/// An abbreviation is written in capitals only.
fn is_upper(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase)
        && text.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}
