//! Sentences that name the cast of a sheet: which names in them are reported, kept as data.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use factlint::source::Source;

use common::{ENGINE, check};

/// Each finding of the names' rules is its text, an arrow, what should stand there.
#[test]
fn names_are_reported_as_their_data_say() {
    common::sentences::hold("names.yaml", |finding| {
        let foreign = if &*finding.rule == "name/foreign-form" { " (foreign)" } else { "" };
        let shown = format!("{} -> {}{foreign}", finding.text, finding.expected.unwrap_or_default());
        finding.rule.starts_with("name/").then_some(shown)
    });
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
    assert!(articles.len() >= 33);
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
