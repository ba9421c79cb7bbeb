//! Copy and sheets to measure on, made from the bundled example: the same on every machine and run.

#![allow(dead_code, reason = "each bench uses a part of it")]

pub(crate) mod desk;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The bundled example.
pub(crate) fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kazakhstan-2022")
}

/// A generator of numbers that needs no seed from outside (xorshift, Marsaglia 2003).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }
}

/// The paragraphs of the example's articles by language.
pub(crate) fn paragraphs() -> Vec<(String, Vec<String>)> {
    let mut by_language: Vec<(String, Vec<String>)> = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(example())
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt" || ending == "md"))
        .collect();
    files.sort();
    for file in files {
        let Some(language) = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.get(..2))
        else {
            continue;
        };
        let text = fs::read_to_string(&file).unwrap_or_default();
        let body = text
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map_or(&*text, |(_, body)| body);
        let found = body.lines().filter(|line| line.len() > 60).map(str::to_owned);
        match by_language.iter_mut().find(|(known, _)| known == language) {
            Some((_, paragraphs)) => paragraphs.extend(found),
            None => by_language.push((language.to_owned(), found.collect())),
        }
    }
    by_language
}

/// One story of about `bytes` bytes in one language, with its front matter.
pub(crate) fn story(language: &str, paragraphs: &[String], bytes: usize, dice: &mut Dice) -> String {
    let mut text = format!("---\nlanguage: {language}\npublished: 2022-01-09\n---\n");
    while text.len() < bytes {
        let Some(paragraph) = paragraphs.get(dice.roll(paragraphs.len())) else { break };
        text.push_str(paragraph);
        text.push_str("\n\n");
    }
    text
}

/// Stories of 10 KB, the languages in turn, until there are `bytes` bytes of them.
pub(crate) fn stories(bytes: usize) -> Vec<String> {
    let paragraphs = paragraphs();
    let mut dice = Dice::new(1);
    let mut stories = Vec::new();
    let mut total = 0;
    while total < bytes {
        let Some((language, paragraphs)) = paragraphs.get(stories.len() % paragraphs.len().max(1)) else {
            break;
        };
        let story = story(language, paragraphs, 10_000, &mut dice);
        total += story.len();
        stories.push(story);
    }
    stories
}

/// A made-up name that is pronounceable and like no other of its number.
pub(crate) fn name(number: usize) -> (String, String) {
    const HEADS: [&str; 16] = [
        "Bar", "Dol", "Fen", "Gor", "Hal", "Jas", "Kol", "Lam", "Mir", "Nor", "Pel", "Ras", "Sul", "Tam",
        "Vor", "Zel",
    ];
    const MIDDLES: [&str; 16] = [
        "a", "ebi", "iko", "oma", "una", "ari", "elo", "ivu", "oda", "uge", "amo", "eti", "iza", "oru",
        "ulo", "ane",
    ];
    const TAILS: [&str; 12] =
        ["din", "berg", "kov", "mann", "rov", "ska", "tak", "vic", "zon", "lund", "pari", "gora"];
    let mut dice = Dice::new(number as u64 + 7);
    let mut family = String::new();
    family.push_str(HEADS[dice.roll(HEADS.len())]);
    family.push_str(MIDDLES[number % 16]);
    family.push_str(MIDDLES[number / 16 % 16]);
    family.push_str(TAILS[number / 256 % 12]);
    family.push_str(["", "a", "e", "in"][number / 3072 % 4]);
    let given = format!("{}{}", HEADS[dice.roll(HEADS.len())], MIDDLES[dice.roll(MIDDLES.len())]);
    (given, family)
}

/// A sheet whose cast has so many members, each with a form in three languages, and a figure.
pub(crate) fn sheet(members: usize) -> String {
    let mut sheet = String::from(
        "format: 1\nstory: bench\nlanguage: en\nperiod: { from: 2022-01-02, to: 2022-01-31 }\npeople:\n",
    );
    for number in 0..members {
        let (given, family) = name(number);
        let _ = writeln!(
            sheet,
            "  member-{number}:\n    name: {given} {family}\n    in: {{ de: {given} {family}, pt: {given} {family} }}"
        );
    }
    sheet.push_str("figures:\n  killed: { series: { 2022-01-06: 18, 2022-01-09: 164 } }\n");
    sheet
}
