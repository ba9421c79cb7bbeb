//! The number words of a language: what a pack says of them, and what each means to the reader.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lexicon::{Lexicon, Matching};
use super::sense::Sense;
use super::solid_numbers::SolidNumbers;
use super::wording::for_each_phrase;
use crate::reading::quantity::{HedgeKind, Unit};
use crate::reading::vocabulary::fold_word;

/// How a language writes numbers. Keys are values, lists are the words in every case and gender,
/// written short where that helps: `двадцят(ь|и|ьох)`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NumberWords {
    /// Marks between groups of three digits; spaces and apostrophes are taken in every language.
    pub thousands: Vec<String>,
    /// Marks before the decimals.
    pub decimal: Vec<String>,
    /// Words that add: one, twenty, trezentos.
    pub words: BTreeMap<u64, Vec<String>>,
    /// Words that multiply what stands before them, or stand for themselves: hundred, thousand, dozen.
    pub scales: BTreeMap<u64, Vec<String>>,
    /// Abbreviations that multiply digits only: k, тис., Mio. One letter is taken in the case it has here.
    pub scale_abbreviations: BTreeMap<u64, Vec<String>>,
    /// Parts that multiply what follows, by their value as `1/2`: half a, anderthalb, півтора.
    pub fractions: BTreeMap<String, Vec<String>>,
    /// Parts that are counted, by how many make one: `4: [quarter, quarters]`.
    pub denominators: BTreeMap<u64, Vec<String>>,
    /// Parts added to what stands before, by their value: `1/2: [and a half]`; half of the last scale.
    pub additions: BTreeMap<String, Vec<String>>,
    /// Single words between the parts of a number: and, e, und.
    pub joiners: Vec<String>,
    /// How far down a joiner joins: 100 where "twenty and two" are two numbers, 10 where "vinte e dois" is one.
    pub joins_from: u64,
    /// Words for the decimal mark: point, vírgula.
    pub points: Vec<String>,
    /// Single words that stand for one before a scale only: a.
    pub one_before_scale: Vec<String>,
    /// Words of `words` that are also articles or pronouns.
    pub articles: Vec<String>,
    /// Number words are written in one word: einhunderteinunddreißig.
    pub solid: bool,
    /// Ordinals that end a number and make it one: `1: [first]`.
    pub ordinals: BTreeMap<u64, Vec<String>>,
    /// What behind digits makes an ordinal: th, º, -го.
    pub ordinal_endings: Vec<String>,
    /// What behind digits and a hyphen only inflects the number: 18-ти.
    pub case_endings: Vec<String>,
    /// Single words after which digits with a full stop are an ordinal where the pack says such exist.
    pub before_ordinal: Vec<String>,
    /// What a number measures: `percent: [percent, per cent]`. Words end in `*` to match as prefixes.
    pub units: BTreeMap<Unit, Vec<String>>,
    /// The same, where it stands before the number: `magnitude: [magnitude]`.
    pub units_before: BTreeMap<Unit, Vec<String>>,
    /// Words before a number that make it a label and no number: article, section.
    pub labels: Vec<String>,
    /// Words after a number that make it a clock time: o'clock, Uhr.
    pub clock: Vec<String>,
    /// Words after a number that make it part of a page and not of the story: min read.
    pub furniture: Vec<String>,
    /// Signs of currencies and the words that say the same: `"$": [dollar]`. A figure of the one is one of the other.
    pub currencies: BTreeMap<String, Vec<String>>,
    /// Words that may stand between a number and its unit: of, de.
    pub links: Vec<String>,
    /// Phrases whose number words are none: no one, the one.
    pub idioms: Vec<String>,
}

/// What a word can be within a number or beside one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberSense {
    /// Adds its value.
    Word(u64),
    /// Is also an article or a pronoun.
    Article,
    /// Several number words written as one; what it is worth is worked out where it is read.
    Solid,
    /// Multiplies by its value.
    Scale(u64),
    /// Multiplies digits by its value; a capital letter alone must be one in the copy.
    Abbreviation(u64, LetterCase),
    /// A part that multiplies what follows: numerator and denominator.
    Fraction(u32, u32),
    /// A part that is counted.
    Denominator(u64),
    /// A part that is added.
    Addition(u32, u32),
    /// Stands for the decimal mark.
    Point,
    Ordinal(u64),
    /// Qualifies the number behind it.
    Before(HedgeKind),
    /// Tells of a change, whose target follows.
    Change,
    /// Qualifies the number before it.
    After(HedgeKind),
    /// A number of its own: an index into the hedge table's vague words.
    Vague(u16),
    Unit(Unit),
    UnitBefore(Unit),
    Label,
    Clock,
    Furniture,
    Idiom,
}

/// How an abbreviation is to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LetterCase {
    Any,
    Upper,
    Lower,
}

impl NumberWords {
    /// Adds these words to the language's lexicon.
    pub fn fill(&self, lexicon: &mut Lexicon) {
        let mut add = |words: &[String], sense: NumberSense| {
            for word in words {
                for_each_phrase(word, |phrase| lexicon.add(phrase, Matching::Exact, Sense::Number(sense)));
            }
        };
        type Make = fn(u64) -> NumberSense;
        let by_value: [(&BTreeMap<u64, Vec<String>>, Make); 4] = [
            (&self.words, NumberSense::Word),
            (&self.scales, NumberSense::Scale),
            (&self.denominators, NumberSense::Denominator),
            (&self.ordinals, NumberSense::Ordinal),
        ];
        for (table, make) in by_value {
            for (&value, words) in table {
                add(words, make(value));
            }
        }
        type MakePart = fn(u32, u32) -> NumberSense;
        let by_part: [(&BTreeMap<String, Vec<String>>, MakePart); 2] =
            [(&self.fractions, NumberSense::Fraction), (&self.additions, NumberSense::Addition)];
        for (table, make) in by_part {
            for (part, words) in table {
                if let Some((numerator, denominator)) = read_part(part) {
                    add(words, make(numerator, denominator));
                }
            }
        }
        for (&value, words) in &self.scale_abbreviations {
            for word in words {
                add(std::slice::from_ref(word), NumberSense::Abbreviation(value, letter_case(word)));
            }
        }
        for (&unit, words) in &self.units {
            add(words, NumberSense::Unit(unit));
        }
        for (&unit, words) in &self.units_before {
            add(words, NumberSense::UnitBefore(unit));
        }
        let plain = [
            (&self.articles, NumberSense::Article),
            (&self.points, NumberSense::Point),
            (&self.labels, NumberSense::Label),
            (&self.clock, NumberSense::Clock),
            (&self.furniture, NumberSense::Furniture),
            (&self.idioms, NumberSense::Idiom),
        ];
        for (words, sense) in plain {
            add(words, sense);
        }
        if self.solid {
            lexicon.add_solid_numbers(SolidNumbers::new(self), Sense::Number(NumberSense::Solid));
        }
    }
}

impl NumberWords {
    /// The signs that say the same as a word for money.
    pub fn signs_of(&self, word: &str) -> impl Iterator<Item = &str> {
        let word = fold_word(word.trim_end_matches('*')).folded;
        self.currencies.iter().filter_map(move |(sign, words)| {
            let mut says_it = false;
            for known in words {
                for_each_phrase(known, |phrase| says_it |= fold_word(phrase).folded == word);
            }
            says_it.then_some(sign.as_str())
        })
    }
}

impl NumberWords {
    /// What a phrase counts by the thousand or million: "dollars" of "billion dollars". `None` where it begins with no
    /// such word.
    pub fn without_scale<'p>(&self, phrase: &'p str) -> Option<&'p str> {
        let (first, rest) = phrase.split_once(' ')?;
        let (first, mut rest) = (fold_word(first).folded, rest.trim_start());
        let mut is_scale = false;
        for word in self.scales.values().chain(self.scale_abbreviations.values()).flatten() {
            for_each_phrase(word, |known| is_scale |= fold_word(known).folded == first);
        }
        if !is_scale {
            return None;
        }
        // "mil milhões de euros".
        if let Some(further) = self.without_scale(rest) {
            return Some(further);
        }
        for link in &self.links {
            rest = rest.strip_prefix(link.as_str()).and_then(|rest| rest.strip_prefix(' ')).unwrap_or(rest);
        }
        Some(rest)
    }
}

/// `3/2` as numerator and denominator.
pub(crate) fn read_part(part: &str) -> Option<(u32, u32)> {
    let (numerator, denominator) = part.split_once('/')?;
    let part = (numerator.trim().parse().ok()?, denominator.trim().parse().ok()?);
    (part.1 != 0).then_some(part)
}

fn letter_case(word: &str) -> LetterCase {
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_uppercase() => LetterCase::Upper,
        (Some(_), None) => LetterCase::Lower,
        _ => LetterCase::Any,
    }
}

super::merge::merge_fields!(NumberWords {
    thousands,
    decimal,
    words,
    scales,
    scale_abbreviations,
    fractions,
    denominators,
    additions,
    joiners,
    joins_from,
    points,
    one_before_scale,
    articles,
    solid,
    ordinals,
    ordinal_endings,
    case_endings,
    before_ordinal,
    units,
    units_before,
    labels,
    clock,
    furniture,
    currencies,
    links,
    idioms,
});
