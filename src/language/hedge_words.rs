//! The hedges of a language: what a pack says of the words that qualify a number.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lexicon::{Lexicon, Matching};
use super::number_words::NumberSense;
use super::sense::Sense;
use super::wording::expand;
use crate::reading::hedge_table::HedgeTable;
use crate::reading::quantity::HedgeKind;

/// How a language qualifies numbers. Phrases may be written short: `mai(or|ores) que`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HedgeWords {
    /// Hedges that stand before the number: `more_than: [more than, over]`.
    pub before: BTreeMap<HedgeKind, Vec<String>>,
    /// Hedges that stand after it: `at_least: [or more]`. Under `exact`, what makes "more than 50 or
    /// equal" of "more than 50".
    pub after: BTreeMap<HedgeKind, Vec<String>>,
    /// Numbers that are one word and no number: by the name of their intervals in the rule files.
    pub vague: BTreeMap<String, Vec<String>>,
    /// `between … and …`: these stand together only.
    pub between: RangeWords,
    /// `from … to …`: the second word alone makes a range.
    pub range: RangeWords,
    /// Words of change (`open`) and the word before what it came to (`join`), where that word is a hedge
    /// elsewhere: the number behind it is exact, and that behind "from" is no end of a range.
    pub change: RangeWords,
    /// Single words that join two hedged numbers to one range: `more than 100 and fewer than 300`.
    pub connect: Vec<String>,
    /// Single words that may stand between a hedge and its number: `between the ten and the fifteen`.
    pub fillers: Vec<String>,
}

/// The words of a range, each one word.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RangeWords {
    /// Before the first number.
    pub open: Vec<String>,
    /// Between the two.
    pub join: Vec<String>,
}

impl HedgeWords {
    /// Adds these words to the language's lexicon, and the signs that every language has.
    pub fn fill(&self, table: &HedgeTable, lexicon: &mut Lexicon) {
        let mut add = |words: &[String], sense: NumberSense| {
            for phrase in words.iter().flat_map(|word| expand(word)) {
                lexicon.add(&phrase, Matching::Exact, Sense::Number(sense));
            }
        };
        let signs = &table.signs;
        for (&kind, words) in self.before.iter().chain(&signs.before) {
            add(words, NumberSense::Before(kind));
        }
        for (&kind, words) in self.after.iter().chain(&signs.after) {
            add(words, NumberSense::After(kind));
        }
        add(&self.change.open, NumberSense::Change);
        for (&unit, words) in &signs.units {
            add(words, NumberSense::Unit(unit));
        }
        for (&unit, words) in &signs.units_before {
            add(words, NumberSense::UnitBefore(unit));
        }
        for (name, words) in &self.vague {
            if let Some(index) = table.vague_index(name) {
                add(words, NumberSense::Vague(index));
            }
        }
    }
}

super::merge::merge_fields!(HedgeWords { before, after, vague, between, range, change, connect, fillers });
super::merge::merge_fields!(RangeWords { open, join });
