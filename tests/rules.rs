//! Runs every example of every built-in rule in every language that the example has.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use factlint::rules::builtin::TEXTS;
use factlint::rules::file::{Example, RuleFile};
use factlint::source::Source;
use factlint::yaml;

use common::{ENGINE, check, sheet};

/// What a mark in an example says: where, which verdict, what is expected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mark {
    start: usize,
    text: String,
    verdict: String,
    expected: String,
}

/// The text of an example without its marks, and the marks: `[18](wrong 16)`.
fn marks(marked: &str) -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        let Some(middle) = from.find("](") else { break };
        // What is expected may have brackets of its own: `[A (B)](garbled C (D))`.
        let mut depth = 0;
        let closing = from.char_indices().skip_while(|&(at, _)| at <= middle).find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        });
        let Some((end, _)) = closing else { break };
        text.push_str(before);
        let (verdict, expected) =
            from[middle + 2..end].split_once(' ').unwrap_or((&from[middle + 2..end], ""));
        marks.push(Mark {
            start: text.len(),
            text: from[1..middle].to_owned(),
            verdict: verdict.to_owned(),
            expected: expected.to_owned(),
        });
        text.push_str(&from[1..middle]);
        rest = &from[end + 1..];
    }
    text.push_str(rest);
    (text, marks)
}

fn rules() -> Vec<(String, Vec<Example>)> {
    TEXTS
        .iter()
        .filter(|(name, _)| !name.contains("/languages/") && !name.ends_with("hedges.yaml"))
        .flat_map(|(name, text)| {
            let source = Arc::new(Source::new(*name, *text));
            let file: RuleFile = yaml::read(&source).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
            file.rules.into_iter().map(|rule| (rule.id, rule.examples))
        })
        .collect()
}

#[test]
fn every_example_of_every_rule_holds() {
    let mut report = String::new();
    let (mut failed, mut tried) = (0, 0);
    for (rule, examples) in rules() {
        for (index, example) in examples.iter().enumerate() {
            let facts = example.facts.clone().unwrap_or_else(|| serde_json::json!({}));
            let sheets = match sheet("example.facts.yaml", &facts, "en") {
                Ok(sheet) if example.facts.is_some() => vec![sheet],
                Ok(_) => Vec::new(),
                Err(problem) => {
                    failed += 1;
                    writeln!(report, "{rule}, example {}: its facts do not load: {problem}", index + 1)
                        .unwrap();
                    continue;
                }
            };
            for (kind, texts) in [("flag", &example.flag), ("pass", &example.pass)] {
                for (language, marked) in texts.iter().flat_map(|(language, texts)| {
                    texts.0.iter().map(move |text| (language.as_str(), text.as_str()))
                }) {
                    tried += 1;
                    let (text, mut expected) = marks(marked);
                    let mut got: Vec<Mark> = check(&text, language, example.date, &sheets)
                        .into_iter()
                        .filter(|finding| *finding.rule == *rule)
                        .map(|finding| Mark {
                            start: finding.span.start,
                            text: finding.text,
                            verdict: format!("{:?}", finding.verdict).to_lowercase(),
                            expected: finding.expected.unwrap_or_default(),
                        })
                        .collect();
                    expected.sort();
                    got.sort();
                    let is_marked = kind == "flag" && expected.is_empty();
                    if got != expected || is_marked {
                        failed += 1;
                        let list = |marks: &[Mark]| {
                            let marks = marks
                                .iter()
                                .map(|mark| format!("[{}]({} {})", mark.text, mark.verdict, mark.expected));
                            let marks: Vec<String> = marks.collect();
                            if marks.is_empty() { "nothing".to_owned() } else { marks.join(", ") }
                        };
                        writeln!(
                            report,
                            "{rule}, example {}, {kind}, {language}: {text}\n    expected {}\n    got      {}",
                            index + 1,
                            list(&expected),
                            list(&got)
                        )
                        .unwrap();
                    }
                }
            }
        }
    }
    assert!(failed == 0, "{failed} of {tried} examples do not hold\n{report}");
}

#[test]
fn every_rule_has_examples_in_every_language_it_claims() {
    let languages: BTreeSet<&str> = ENGINE.languages().into_iter().collect();
    for (rule, examples) in rules() {
        assert!(!examples.is_empty(), "{rule} has no examples");
        for (index, example) in examples.iter().enumerate() {
            let flagged: BTreeSet<&str> = example.flag.keys().map(String::as_str).collect();
            let passed: BTreeSet<&str> = example.pass.keys().map(String::as_str).collect();
            assert_eq!(flagged, passed, "{rule}, example {}", index + 1);
            assert!(flagged.is_subset(&languages), "{rule}, example {}: {flagged:?}", index + 1);
        }
    }
}
