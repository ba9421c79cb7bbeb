//! A language pack: all that the program knows of one language, as its YAML file says it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::date_words::DateWords;
use super::hedge_words::HedgeWords;
use super::inflection::Inflection;
use super::lexicon::{Lexicon, Matching};
use super::number_words::NumberWords;
use super::sense::{Marker, Sense, Term, TitleWord};
use super::sound::Sound;
use super::wording::expand;
use crate::reading::hedge_table::HedgeTable;
use crate::rules::file::{ConceptEntry, EventEntry, GroupEntry, ListEntry, OfficeEntry, PhaseEntry, Wording};

/// One file `rules/languages/<code>.yaml`.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "factlint language pack")]
pub struct Pack {
    /// ISO 639-1 code, or 639-3 where there is none.
    pub language: String,
    /// The language's English name, for messages.
    pub name: String,
    /// The script its names are written in: `latin`, `cyrillic`, `greek`, `arabic` …
    pub script: String,
    #[serde(default)]
    pub numbers: NumberWords,
    #[serde(default)]
    pub hedges: HedgeWords,
    #[serde(default)]
    pub dates: DateWords,
    #[serde(default)]
    pub inflection: Inflection,
    /// Two-letter spellings of one letter: `ä: ae`.
    #[serde(default)]
    pub spellings: BTreeMap<String, String>,
    /// How its letters sound, and how it writes names of another script.
    #[serde(default)]
    pub sound: Sound,
    /// Words that stand around a claim and change what it claims.
    #[serde(default)]
    pub markers: BTreeMap<Marker, Vec<String>>,
    /// Abbreviations whose full stop ends no sentence, with the stop.
    #[serde(default)]
    pub abbreviations: Vec<String>,
    /// Pairs of quotation marks, opening and closing.
    #[serde(default)]
    pub quotes: Vec<(String, String)>,
    /// A full stop after digits marks an ordinal and ends no sentence: `8. Januar`.
    #[serde(default)]
    pub ordinal_stop: bool,
    /// Every noun is capitalised, so a capital tells no name.
    #[serde(default)]
    pub capitalised_nouns: bool,
    /// A clause may follow its noun without a word: "the minister Tokayev dismissed".
    #[serde(default)]
    pub bare_relatives: bool,
    /// Participles and the second pieces of verbs close their clause ("wurde … ernannt", "trat … zurück"), so
    /// that an object may follow its subject at once: "dass der Präsident Putin bat".
    #[serde(default)]
    pub verb_last: bool,
    /// Small words that stand inside names: `al-`, `von`, `da`.
    #[serde(default)]
    pub particles: Vec<String>,
    /// Wording in this language for concepts, groups, event types and offices of the rules: so that a
    /// new language is one file.
    #[serde(default)]
    pub concepts: BTreeMap<String, ConceptEntry>,
    #[serde(default)]
    pub groups: BTreeMap<String, GroupEntry>,
    #[serde(default)]
    pub events: BTreeMap<String, EventEntry>,
    #[serde(default)]
    pub offices: BTreeMap<String, OfficeEntry>,
    #[serde(default)]
    pub phases: BTreeMap<String, PhaseEntry>,
    /// Words that the checks within the copy look for.
    #[serde(default)]
    pub terms: BTreeMap<Term, Wording>,
    #[serde(default)]
    pub lists: BTreeMap<String, ListEntry>,
    /// Words around offices.
    #[serde(default)]
    pub titles: BTreeMap<TitleWord, Wording>,
    #[serde(default)]
    pub former: Wording,
    #[serde(default)]
    pub acting: Wording,
}

impl Pack {
    /// A lexicon without words that inflects and spells as this language does.
    pub fn empty_lexicon(&self) -> Lexicon {
        let spellings: Vec<_> = self.spellings.iter().map(|(from, to)| (from.clone(), to.clone())).collect();
        Lexicon::new(&self.inflection, &spellings)
    }

    /// The lexicon of this pack alone, with the signs of `hedges`; rule files add their wording to it.
    pub fn lexicon(&self, hedges: &HedgeTable) -> Lexicon {
        let mut lexicon = self.empty_lexicon();
        self.numbers.fill(&mut lexicon);
        self.hedges.fill(hedges, &mut lexicon);
        self.dates.fill(&mut lexicon);
        for (&marker, words) in &self.markers {
            for word in words {
                if marker.is_of_predicates() {
                    for phrase in expand(word) {
                        lexicon.add(&phrase, Matching::Exact, Sense::Around(marker));
                    }
                } else {
                    lexicon.add(word, Matching::Exact, Sense::Clause(marker));
                }
            }
        }
        for word in &self.abbreviations {
            lexicon.add(word, Matching::Exact, Sense::Abbreviation);
        }
        lexicon
    }
}
