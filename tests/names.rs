//! Sentences that name the cast of a sheet: which names in them are reported, kept as data.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use factlint::source::Source;
use factlint::yaml;
use jiff::civil::Date;
use serde::Deserialize;

use common::{ENGINE, check, sheet};

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
    /// Each finding of the names' rules: its text, an arrow, what should stand there.
    #[serde(default)]
    found: Vec<String>,
}

#[test]
fn names_are_reported_as_their_data_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/names.yaml");
    let source = Arc::new(Source::new("names.yaml", std::fs::read_to_string(path).unwrap()));
    let stories: Vec<Story> = yaml::read(&source).unwrap_or_else(|problem| panic!("{problem:?}"));
    let mut report = String::new();
    for story in stories {
        let sheets = [sheet(&story.bug, &story.facts, "en").unwrap()];
        for sentence in &story.sentences {
            let found: Vec<String> = check(&sentence.text, &sentence.language, Some(story.date), &sheets)
                .into_iter()
                .filter(|finding| finding.rule.starts_with("name/"))
                .map(|finding| {
                    let foreign = if &*finding.rule == "name/foreign-form" { " (foreign)" } else { "" };
                    format!("{} -> {}{foreign}", finding.text, finding.expected.unwrap_or_default())
                })
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

/// Copy of other stories, full of people, places and bodies whose names are like those of a sheet.
#[test]
fn strangers_are_taken_for_nobody() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut articles: Vec<_> = std::fs::read_dir(root.join("tests/data/strangers"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    articles.sort();
    assert!(articles.len() >= 29);
    let mut report = String::new();
    for story in ["beirut-2020", "kazakhstan-2022", "myanmar-2021"] {
        let sheet = root.join("examples").join(story).join(format!("{story}.facts.yaml"));
        let source = Arc::new(Source::new(story, std::fs::read_to_string(sheet).unwrap()));
        let sheets = [Arc::new(ENGINE.load_sheet(&source).unwrap().0)];
        for path in &articles {
            let name = path.file_name().unwrap().to_string_lossy();
            let text = std::fs::read_to_string(path).unwrap();
            for finding in check(&text, &name[..2], None, &sheets) {
                writeln!(report, "{story} {name}: {} {:?} {}", finding.rule, finding.text, finding.message)
                    .unwrap();
            }
        }
    }
    assert!(report.is_empty(), "{report}");
}
