//! Two stories whose copy was written, and marked by editors, before the program was run on it: what it must
//! find there, what it is known to miss, and that it finds nothing else.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::article::load;
use factlint::engine::{Options, Request, Scratches};
use factlint::finding::{Finding, Severity};
use factlint::rules::Levels;
use factlint::rules::file::PerVerdict;
use factlint::source::Source;

use common::ENGINE;
use common::expected::expected;

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn class(rule: &str) -> &str {
    rule.split('/').next().unwrap_or(rule)
}

/// Holds one story; what goes wrong, and how many rows were found of how many.
fn holds(story: &str) -> (String, usize, usize) {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(story);
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let sheet_name = format!("{story}.facts.yaml");
    let source = Arc::new(Source::new(sheet_name.as_str(), read(&sheet_name)));
    let sheets = [Arc::new(ENGINE.load_sheet(&source).expect("the sheet loads").0)];
    let expected = expected(&folder);
    let (mut report, mut found, mut all) = (String::new(), 0, 0);
    for (name, expected) in &expected {
        let article = load::load(name, fs::read(folder.join(name)).unwrap()).expect("it loads").article;
        let request =
            Request { article: &article, language: &expected.language, sheets: &sheets, date: None };
        let checked = ENGINE.check(&request, &mut Scratches::default());
        assert_eq!(checked.reference, Some(expected.reference), "{name}");
        let text = &article.source.text;
        let told: Vec<&Finding> =
            checked.findings.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
        let mut marked = Vec::new();
        for row in &expected.findings {
            let start = row.start(name, text);
            let span = start..start + row.text.len();
            let is_found = told
                .iter()
                .any(|finding| overlap(&finding.span, &span) && class(&finding.rule) == class(&row.rule));
            all += 1;
            found += usize::from(is_found);
            match (is_found, row.missed) {
                (false, false) => {
                    writeln!(report, "{name}: {} {:?} is not found", row.rule, row.text).unwrap()
                }
                (true, true) => {
                    writeln!(report, "{name}: {:?} is found now: it is not `missed`", row.text).unwrap();
                }
                _ => {}
            }
            marked.push(span);
        }
        for finding in told.iter().filter(|finding| !marked.iter().any(|span| overlap(span, &finding.span))) {
            writeln!(report, "{name}: false alarm {} {:?}: {}", finding.rule, finding.text, finding.message)
                .unwrap();
        }
    }
    (report, found, all)
}

#[test]
fn the_stories_have_what_editors_marked_and_nothing_else() {
    let (mut report, mut found, mut all) = (String::new(), 0, 0);
    for story in ["beirut-2020", "myanmar-2021"] {
        let (told, of_story, rows) = holds(story);
        writeln!(report, "{story}: {of_story} of {rows} found\n{told}").unwrap();
        found += of_story;
        all += rows;
    }
    let is_clean = report.lines().filter(|line| !line.is_empty()).count() == 2;
    assert!(is_clean, "{found} of {all} found\n{report}");
}

#[test]
fn a_rule_that_is_off_takes_nothing_away_but_what_it_tells() {
    let mut told_by = BTreeSet::new();
    for story in ["beirut-2020", "myanmar-2021"] {
        let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(story);
        let sheet_name = format!("{story}.facts.yaml");
        let text = fs::read_to_string(folder.join(&sheet_name)).unwrap();
        let source = Arc::new(Source::new(sheet_name, text));
        let sheets = [Arc::new(ENGINE.load_sheet(&source).expect("the sheet loads").0)];
        for (name, expected) in expected(&folder).iter().filter(|(_, expected)| !expected.findings.is_empty())
        {
            let article = load::load(name, fs::read(folder.join(name)).unwrap()).expect("it loads").article;
            let request =
                Request { article: &article, language: &expected.language, sheets: &sheets, date: None };
            let mut scratch = Scratches::default();
            let told = |findings: &[Finding]| -> Vec<(String, Range<usize>, String)> {
                let told = findings.iter();
                told.map(|found| (found.rule.to_string(), found.span.clone(), found.message.clone()))
                    .collect()
            };
            let all = told(&ENGINE.check(&request, &mut scratch).findings);
            let rules: BTreeSet<String> = all.iter().map(|(rule, ..)| rule.clone()).collect();
            for rule in rules {
                let mut levels = Levels::default();
                levels.set(&rule, &PerVerdict::All(Severity::Off));
                let options = Options { levels: Some(&levels), ..Options::default() };
                let left = told(&ENGINE.check_with(&request, &options, &mut scratch).findings);
                let expected: Vec<_> = all.iter().filter(|(of, ..)| *of != rule).cloned().collect();
                assert_eq!(left, expected, "{story}/{name} without {rule}");
                told_by.insert(rule);
            }
        }
    }
    assert!(told_by.len() > 15, "many rules were tried: {told_by:?}");
}
