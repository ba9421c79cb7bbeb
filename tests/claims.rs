//! Sentences of several stories: to which figure each number is tied, and how it stands to it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use factlint::engine::{Request, Scratches};
use factlint::mention::Detail;
use factlint::source::Source;
use factlint::yaml;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use common::{ENGINE, article, sheet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    text: String,
    /// `number figure verdict`, or `number none`, in the order of the text.
    ties: Vec<String>,
}

/// By story, by the day on which it is checked.
type Cases = BTreeMap<String, BTreeMap<Date, Vec<Case>>>;

fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/claims").join(name);
    let source = Arc::new(Source::new(name, fs::read_to_string(path).unwrap()));
    yaml::read(&source).unwrap_or_else(|problem| panic!("{problem:?}"))
}

fn holds(language: &str) {
    let stories: BTreeMap<String, serde_json::Value> = read("sheets.yaml");
    let cases: Cases = read(&format!("{language}.yaml"));
    let mut report = String::new();
    let (mut tried, mut failed) = (0, 0);
    for (story, days) in &cases {
        let sheets = [sheet(story, &stories[story], "en").unwrap()];
        for (date, cases) in days {
            for case in cases {
                let article = article(&case.text, Some(*date));
                let request = Request { article: &article, language, sheets: &sheets, date: Some(*date) };
                let findings = ENGINE.check(&request, &mut Scratches::default()).findings;
                let mentions = ENGINE.read(&request, &mut Scratches::default());
                let ties: Vec<String> = mentions
                    .iter()
                    .filter_map(|mention| match &mention.detail {
                        Detail::Quantity { article: false, fact, .. } => Some((mention, fact)),
                        _ => None,
                    })
                    .map(|(mention, fact)| {
                        let verdict = findings
                            .iter()
                            .find(|finding| finding.span == mention.span)
                            .map_or("agrees".to_owned(), |finding| {
                                format!("{:?}", finding.verdict).to_lowercase()
                            });
                        match fact.as_deref().and_then(|fact| fact.strip_prefix("figures.")) {
                            Some(figure) => format!("{} {figure} {verdict}", mention.text),
                            None => format!("{} none", mention.text),
                        }
                    })
                    .collect();
                tried += 1;
                // The hedge may be left out of what is expected.
                let same = ties.len() == case.ties.len()
                    && ties.iter().zip(&case.ties).all(|(got, expected)| got.ends_with(expected.as_str()));
                if !same {
                    failed += 1;
                    writeln!(report, "{}\n    expected {:?}\n    got      {ties:?}", case.text, case.ties)
                        .unwrap();
                }
            }
        }
    }
    assert!(failed == 0, "{failed} of {tried} sentences do not hold\n{report}");
}

#[test]
fn english() {
    holds("en");
}

#[test]
fn german() {
    holds("de");
}

#[test]
fn portuguese() {
    holds("pt");
}

#[test]
fn ukrainian() {
    holds("uk");
}
