//! How a language's letters sound: readings for comparing names, and romanisations.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::reading::vocabulary::strip_diacritics;

/// What a pack says of its letters. See `DESIGN.md`, "Names".
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sound {
    /// Letters and groups of letters, to their sounds in the common key alphabet: `dsch: j`.
    /// The longest that fits is read first; what is not listed stands for itself.
    pub readings: BTreeMap<String, String>,
    /// Ways to write this language's names in Latin letters, by the name of the system.
    pub romanisations: BTreeMap<String, BTreeMap<String, String>>,
}

/// A table of replacements, the longest that fits first.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// By first letter, longest first.
    by_first: FxHashMap<char, Vec<Replacement>>,
}

/// What is replaced, and by what.
type Replacement = (Box<str>, Box<str>);

impl Table {
    pub fn new(entries: &BTreeMap<String, String>) -> Self {
        let mut by_first: FxHashMap<char, Vec<Replacement>> = FxHashMap::default();
        for (from, to) in entries {
            if let Some(first) = from.chars().next() {
                by_first.entry(first).or_default().push((from.as_str().into(), to.as_str().into()));
            }
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        }
        Self { by_first }
    }

    /// Replaces from left to right; `other` gets the letters that the table does not know.
    fn replace(&self, text: &str, out: &mut String, mut other: impl FnMut(char, &mut String)) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let fits = self
                .by_first
                .get(&first)
                .and_then(|list| list.iter().find(|(from, _)| rest.starts_with(&**from)));
            match fits {
                Some((from, to)) => {
                    out.push_str(to);
                    rest = &rest[from.len()..];
                }
                None => {
                    other(first, out);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
    }
}

/// Hears words: turns a folded word into its key.
#[derive(Clone, Debug, Default)]
pub struct Ear {
    readings: Table,
}

impl Ear {
    pub fn new(sound: &Sound) -> Self {
        Self { readings: Table::new(&sound.readings) }
    }

    /// The key of a folded word: its sounds, diacritics gone, doubled sounds once.
    pub fn key(&self, folded: &str) -> String {
        let mut sounds = String::with_capacity(folded.len());
        self.readings.replace(folded, &mut sounds, |letter, sounds| {
            if letter.is_ascii() {
                if letter.is_ascii_alphabetic() {
                    sounds.push(letter);
                }
                return;
            }
            let mut buffer = [0; 4];
            let plain = strip_diacritics(letter.encode_utf8(&mut buffer));
            // A letter with a diacritic that the pack does not list sounds as the plain letter does.
            self.readings.replace(&plain, sounds, |letter, sounds| {
                if letter.is_alphabetic() {
                    sounds.push(letter);
                }
            });
        });
        let mut key = String::with_capacity(sounds.len());
        for sound in sounds.chars() {
            if !key.ends_with(sound) {
                key.push(sound);
            }
        }
        key
    }
}

/// Writes a folded word of another script in Latin letters by one system, lower case.
pub fn romanise(table: &Table, folded: &str) -> String {
    let mut latin = String::with_capacity(folded.len());
    table.replace(folded, &mut latin, |letter, latin| latin.push(letter));
    latin
}
