//! The number words of a language: what a pack says of them, and what each means to the reader.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lexicon::{Lexicon, Matching};
use super::sense::Sense;

/// How a language writes numbers. Keys are values, lists are the words in every case and gender.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NumberWords {
    /// Marks between groups of three digits; spaces and apostrophes are taken in every language.
    pub thousands: Vec<String>,
    /// Marks before the decimals.
    pub decimal: Vec<String>,
    /// Words that add: one, twenty, trezentos.
    pub words: BTreeMap<u64, Vec<String>>,
    /// Words that multiply what stands before them, or stand for themselves: hundred, thousand.
    pub scales: BTreeMap<u64, Vec<String>>,
    /// Abbreviations that multiply digits only: k, тис., Mio.
    pub scale_abbreviations: BTreeMap<u64, Vec<String>>,
}

/// What a word can be within a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberSense {
    /// Adds its value.
    Word(u64),
    /// Multiplies by its value.
    Scale(u64),
    /// Multiplies digits by its value.
    ScaleAbbreviation(u64),
}

impl NumberWords {
    /// Adds these words to the language's lexicon.
    pub fn fill(&self, lexicon: &mut Lexicon) {
        type Make = fn(u64) -> NumberSense;
        let tables: [(&BTreeMap<u64, Vec<String>>, Make); 3] = [
            (&self.words, NumberSense::Word),
            (&self.scales, NumberSense::Scale),
            (&self.scale_abbreviations, NumberSense::ScaleAbbreviation),
        ];
        for (table, make) in tables {
            for (&value, words) in table {
                for word in words {
                    lexicon.add(word, Matching::Exact, Sense::Number(make(value)));
                }
            }
        }
    }
}

super::merge::merge_fields!(NumberWords { thousands, decimal, words, scales, scale_abbreviations });
