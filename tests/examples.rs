//! The example stories: each article has the findings that `EXPECTED.yaml` lists beside it, and no others.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::article::load;
use factlint::engine::{Checked, PreparedSheet, Request, Scratches};
use factlint::finding::Severity;
use factlint::report::{human, jsonl};
use factlint::source::Source;
use jiff::civil::Date;

use common::ENGINE;
use common::expected::expected;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/kazakhstan-2022")
}

fn story_sheet() -> Arc<PreparedSheet> {
    let path = folder().join("kazakhstan-2022.facts.yaml");
    let source = Arc::new(Source::new("kazakhstan-2022.facts.yaml", fs::read_to_string(path).unwrap()));
    // The ministry's toll of its own dead fell without a word; the sheet's warning says so.
    let (sheet, _) = ENGINE.load_sheet(&source).expect("the sheet loads");
    Arc::new(sheet)
}

fn check(
    name: &str,
    language: &str,
    date: Option<Date>,
    sheet: &Arc<PreparedSheet>,
) -> (Arc<Source>, Checked) {
    let bytes = fs::read(folder().join(name)).unwrap();
    let article = load::load(name, bytes).expect("the article loads").article;
    let sheets = [Arc::clone(sheet)];
    let request = Request { article: &article, language, sheets: &sheets, date };
    let checked = ENGINE.check(&request, &mut Scratches::default());
    (Arc::clone(&article.source), checked)
}

#[test]
fn the_articles_have_the_findings_that_are_expected_and_no_others() {
    let expected = expected(&folder());
    let sheet = story_sheet();
    let mut report = String::new();
    for (name, expected) in &expected {
        // The front matter gives the day: what is expected must hold without help.
        let (source, checked) = check(name, &expected.language, None, &sheet);
        assert_eq!(checked.reference, Some(expected.reference), "{name}");
        let mut rows: Vec<_> = expected
            .findings
            .iter()
            .map(|row| {
                assert!(row.rule.starts_with(&row.class), "{name}: {} is of class {}", row.rule, row.class);
                let start = row.start(name, &source.text);
                let expected = row.expected.clone().unwrap_or_default();
                (
                    start,
                    row.text.clone(),
                    row.rule.clone(),
                    row.verdict.clone(),
                    row.severity.clone(),
                    expected,
                )
            })
            .collect();
        let mut got: Vec<_> = checked
            .findings
            .iter()
            .filter(|finding| finding.severity >= Severity::Warning)
            .map(|finding| {
                (
                    finding.span.start,
                    finding.text.clone(),
                    finding.rule.to_string(),
                    format!("{:?}", finding.verdict).to_lowercase(),
                    format!("{:?}", finding.severity).to_lowercase(),
                    finding.expected.clone().unwrap_or_default(),
                )
            })
            .collect();
        rows.sort();
        got.sort();
        for missing in rows.iter().filter(|row| !got.contains(row)) {
            writeln!(report, "{name}: missing  {missing:?}").unwrap();
        }
        for more in got.iter().filter(|row| !rows.contains(row)) {
            writeln!(report, "{name}: too much {more:?}").unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_article_is_reported_the_same_way() {
    let sheet = story_sheet();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for pattern in ["*.md", "*.txt"] {
            insta::glob!("../examples/kazakhstan-2022", pattern, |path| {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let language = name.split('-').next().unwrap().to_owned();
                let (source, checked) = check(&name, &language, None, &sheet);
                let shown = format!(
                    "{}---\n{}",
                    human::findings(&source, &checked.findings, human::Style::Plain),
                    jsonl::findings(&source, &checked.findings)
                );
                insta::assert_snapshot!("example", shown);
            });
        }
    });
}
