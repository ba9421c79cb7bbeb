//! The date words of a language: what a pack says of them, and what each means to the reader.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lexicon::{Lexicon, Matching};
use super::sense::Sense;

/// How a language writes dates. Lists hold every inflected and abbreviated form.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DateWords {
    /// Twelve lists, January first.
    pub months: Vec<Vec<String>>,
    /// Seven lists, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Days counted from the reference day: `-1: [yesterday]`.
    pub relative: BTreeMap<i16, Vec<String>>,
}

/// What a word can be within a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateSense {
    /// 1 to 12.
    Month(u8),
    /// 1 (Monday) to 7.
    Weekday(u8),
    /// Days from the reference day.
    Relative(i16),
}

impl DateWords {
    /// Adds these words to the language's lexicon.
    pub fn fill(&self, lexicon: &mut Lexicon) {
        let mut add = |words: &[String], sense: DateSense| {
            for word in words {
                lexicon.add(word, Matching::Exact, Sense::Date(sense));
            }
        };
        for (month, words) in (1..).zip(&self.months) {
            add(words, DateSense::Month(month));
        }
        for (day, words) in (1..).zip(&self.weekdays) {
            add(words, DateSense::Weekday(day));
        }
        for (&days, words) in &self.relative {
            add(words, DateSense::Relative(days));
        }
    }
}

impl super::merge::Merge for DateWords {
    fn absorb(&mut self, other: Self) {
        let Self { months, weekdays, relative } = other;
        merge_positions(&mut self.months, months);
        merge_positions(&mut self.weekdays, weekdays);
        self.relative.absorb(relative);
    }
}

/// Months and weekdays merge place by place.
fn merge_positions(known: &mut Vec<Vec<String>>, over: Vec<Vec<String>>) {
    known.resize_with(known.len().max(over.len()), Vec::new);
    for (known, over) in known.iter_mut().zip(over) {
        super::merge::Merge::absorb(known, over);
    }
}
