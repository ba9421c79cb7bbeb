//! The casts of many sheets in one lexicon: what a word of copy can name of any of them is looked up once,
//! however many sheets there are.

use rustc_hash::FxHashMap;

use crate::gazetteer::EntryId;
use crate::language::{Language, Lexicon, Matching, Sense};
use crate::reading::vocabulary::{Script, fold_word};
use crate::sheet::model::{Form, Member};
use crate::sheet::{FormKind, Kind, Sheet};

/// The casts of sheets as copy of one language may name them.
pub(super) struct CastIndex {
    /// Finds phrases, as [`Sense::Cast`].
    pub(super) lexicon: Lexicon,
    /// By phrase, and behind the phrases the places that the gazetteer knows.
    pub(super) clues: Vec<Clue>,
    entries: FxHashMap<EntryId, u32>,
}

/// What may stand in the copy and speaks for sheets.
pub(super) struct Clue {
    /// As the first sheet that has it writes it.
    pub(super) text: String,
    /// It is a name in capitals only: "Lima", and not "lima".
    pub(super) capital: bool,
    /// Whom it names, by sheet and member; in order.
    pub(super) of: Vec<Named>,
}

/// A member of the cast of one of the sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    pub(super) sheet: u32,
    pub(super) member: u32,
    /// The world knows it: a country is named in the copy of many stories.
    pub(super) of_the_world: bool,
}

impl CastIndex {
    pub(super) fn new<'s>(sheets: impl Iterator<Item = &'s Sheet>, language: &Language) -> Self {
        let mut index =
            Self { lexicon: empty_lexicon(language), clues: Vec::new(), entries: FxHashMap::default() };
        let mut by_phrase: FxHashMap<String, u32> = FxHashMap::default();
        for (sheet, cast) in (0..).zip(sheets.map(|sheet| &sheet.cast)) {
            for (number, member) in (0..).zip(cast) {
                let named = Named { sheet, member: number, of_the_world: member.known.is_some() };
                for form in &member.forms {
                    if is_met(form, language) {
                        for text in phrases(form, member) {
                            index.add_phrase(text, form.kind, named, &mut by_phrase);
                        }
                    }
                }
                if let Some(entry) = member.known {
                    index.add_entry(entry, member, named);
                }
            }
        }
        index
    }

    /// The clue that a place of the gazetteer is.
    pub(super) fn entry(&self, entry: EntryId) -> Option<u32> {
        self.entries.get(&entry).copied()
    }

    fn add_phrase(
        &mut self,
        text: &str,
        kind: FormKind,
        named: Named,
        by_phrase: &mut FxHashMap<String, u32>,
    ) {
        // A star would make a prefix of it.
        if text.contains('*') {
            return;
        }
        let capital = kind != FormKind::Adjective && text.chars().next().is_some_and(char::is_uppercase);
        let clue = match by_phrase.get(&fold_word(text).folded) {
            Some(&clue) => clue,
            None => {
                let clue = self.clues.len() as u32;
                by_phrase.insert(fold_word(text).folded, clue);
                let matching =
                    if kind == FormKind::Abbreviation { Matching::Exact } else { Matching::Inflected };
                self.lexicon.add(text, matching, Sense::Cast(clue));
                self.clues.push(Clue { text: text.to_owned(), capital, of: Vec::new() });
                clue
            }
        };
        self.speak(clue, named, capital);
    }

    fn add_entry(&mut self, entry: EntryId, member: &Member, named: Named) {
        let next = self.clues.len() as u32;
        let clue = *self.entries.entry(entry).or_insert(next);
        if clue == next {
            let text = member.forms.first().map_or_else(|| member.id.clone(), |form| form.text.clone());
            self.clues.push(Clue { text, capital: false, of: Vec::new() });
        }
        self.speak(clue, named, false);
    }

    fn speak(&mut self, clue: u32, named: Named, capital: bool) {
        let Some(clue) = self.clues.get_mut(clue as usize) else { return };
        clue.capital &= capital;
        if clue.of.last() != Some(&named) {
            clue.of.push(named);
        }
    }
}

/// A lexicon that takes the endings of names as well as those of other words.
fn empty_lexicon(language: &Language) -> Lexicon {
    let mut inflection = language.pack.inflection.clone();
    let more = inflection.name_endings.iter().chain(&inflection.possessive);
    let more: Vec<String> = more.filter(|ending| !inflection.endings.contains(ending)).cloned().collect();
    inflection.endings.extend(more);
    let spellings = language.pack.spellings.iter().map(|(from, to)| (from.clone(), to.clone()));
    Lexicon::new(&inflection, &spellings.collect::<Vec<_>>())
}

/// Whether copy of a language may have the form: a right one or one of another language, but in its script.
fn is_met(form: &Form, language: &Language) -> bool {
    form.kind != FormKind::Garbled
        && (form.language.as_deref() == Some(language.pack.language.as_str())
            || Script::of_text(&form.text) == language.script())
}

/// What of a form stands alone: all of it, and a person's family name.
fn phrases<'f>(form: &'f Form, member: &Member) -> impl Iterator<Item = &'f str> {
    let family = (member.kind == Kind::Person && form.kind == FormKind::Full).then(|| match &form.family {
        Some(family) => form.text.get(family.clone()).unwrap_or_default(),
        None => form.text.rsplit(' ').next().unwrap_or_default(),
    });
    let family = family.filter(|family| !family.is_empty() && *family != form.text);
    std::iter::once(form.text.as_str()).chain(family)
}
