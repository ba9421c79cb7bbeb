//! Sentences kept as data: small sheets, and what is reported in each sentence.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use factlint::finding::Finding;
use factlint::source::Source;
use factlint::yaml;
use jiff::civil::Date;
use serde::Deserialize;

use super::{check, sheet};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    /// The bug the sentences are of.
    bug: String,
    facts: serde_json::Value,
    date: Date,
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    language: String,
    text: String,
    /// What is reported, as the test shows a finding.
    #[serde(default)]
    found: Vec<String>,
}

/// Holds every sentence of `tests/data/<name>`; `shown` is how a finding stands in it, `None` for those of
/// other rules.
pub(crate) fn hold(name: &str, shown: impl Fn(Finding) -> Option<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let source = Arc::new(Source::new(name, std::fs::read_to_string(path).unwrap()));
    let stories: Vec<Story> = yaml::read(&source).unwrap_or_else(|problem| panic!("{problem:?}"));
    let mut report = String::new();
    for story in stories {
        let sheets = [sheet(&story.bug, &story.facts, "en").unwrap()];
        for sentence in &story.sentences {
            let found: Vec<String> = check(&sentence.text, &sentence.language, Some(story.date), &sheets)
                .into_iter()
                .filter_map(&shown)
                .collect();
            if found != sentence.found {
                writeln!(
                    report,
                    "{}: {}\n    found    {found:?}\n    expected {:?}",
                    story.bug, sentence.text, sentence.found
                )
                .unwrap();
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}
