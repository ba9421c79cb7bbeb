//! Cases of other projects' suites, read from JSON Lines, and whether the readers solve them.
//!
//! Offsets of a case count characters; the end is exclusive.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::expect_used, reason = "a test may stop")]

use std::collections::BTreeMap;

use factlint::language::{Language, Pack};
use factlint::reading::numbers::read_quantities;
use factlint::reading::quantity::{HedgeKind, NumberPart, Quantity};
use factlint::reading::scan::Scratch;
use serde::Deserialize;

/// One line of a suite.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub text: String,
    pub lang: String,
    pub kind: String,
    #[serde(default)]
    pub expected: Vec<Expected>,
}

/// What a case wants found.
#[derive(Debug, Deserialize)]
pub(crate) struct Expected {
    pub start: Option<usize>,
    pub end: Option<usize>,
    pub value: Option<f64>,
    pub interval: Option<(Option<f64>, Option<f64>)>,
}

/// The languages of the tree by their code.
pub(crate) fn languages() -> BTreeMap<String, Language> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/languages");
    let mut languages = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the language packs are there").flatten() {
        let text = std::fs::read_to_string(entry.path()).expect("a pack reads");
        let source = std::sync::Arc::new(factlint::source::Source::new(entry.path().to_string_lossy(), text));
        let pack: Pack = match factlint::yaml::read(&source) {
            Ok(pack) => pack,
            Err(problem) => panic!("{problem}"),
        };
        languages.insert(pack.language.clone(), Language::of_pack(pack));
    }
    languages
}

/// Every quantity of a text.
pub(crate) fn quantities(text: &str, language: &Language) -> Vec<Quantity> {
    let mut scratch = Scratch::default();
    read_quantities(&scratch.scan(text, language))
}

fn chars(text: &str, bytes: usize) -> usize {
    text.get(..bytes).map_or(usize::MAX, |head| head.chars().count())
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

/// Whether a number case is solved: `cardinal`, `hedge` or `negative`.
pub(crate) fn is_solved(kind: &str, text: &str, language: &Language, expected: &[Expected]) -> bool {
    let found = quantities(text, language);
    match kind {
        "hedge" => {
            expected.iter().all(|wanted| found.iter().any(|quantity| is_interval(text, quantity, wanted)))
        }
        // A vague word has no value, so that a suite of values does not know it.
        _ => {
            let parts: Vec<&NumberPart> = found
                .iter()
                .filter(|quantity| quantity.hedge != HedgeKind::Vague || kind == "negative")
                .flat_map(|quantity| std::iter::once(&quantity.first).chain(&quantity.second))
                .collect();
            parts.len() == expected.len()
                && expected.iter().all(|wanted| parts.iter().any(|part| is_number(text, part, wanted)))
        }
    }
}

fn is_number(text: &str, part: &NumberPart, wanted: &Expected) -> bool {
    wanted.value.is_some_and(|value| same(part.value, value))
        && wanted.start.is_none_or(|start| start == chars(text, part.span.start))
        && wanted.end.is_none_or(|end| end == chars(text, part.span.end))
}

/// Open and closed ends are the same here, and a count that has no least value begins at zero.
fn is_interval(text: &str, quantity: &Quantity, wanted: &Expected) -> bool {
    let Some((low, high)) = wanted.interval else { return false };
    let low_fits = match low {
        Some(low) => same(quantity.hard.low, low),
        None => quantity.hard.low <= 0.0,
    };
    let high_fits = match high {
        Some(high) => same(quantity.hard.high, high),
        None => quantity.hard.high.is_infinite(),
    };
    low_fits
        && high_fits
        && wanted.start.is_none_or(|start| start == chars(text, quantity.span.start))
        && wanted.end.is_none_or(|end| end == chars(text, quantity.span.end))
}
