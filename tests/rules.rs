//! Runs every example of every built-in rule in every language that the example has, as `factlint test
//! --built-in` does.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::collections::BTreeSet;

use factlint::examples::{self, Examples};

use common::ENGINE;

fn rules() -> Vec<Examples> {
    examples::built_in().unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn every_example_of_every_rule_holds() {
    let tried = examples::run(&ENGINE, &rules());
    let failures: Vec<String> = tried.failures.iter().map(ToString::to_string).collect();
    assert!(tried.texts > 500, "the examples were found: {}", tried.texts);
    assert!(
        failures.is_empty(),
        "{} of {} examples do not hold\n{}",
        failures.len(),
        tried.texts,
        failures.join("\n")
    );
}

#[test]
fn every_rule_has_examples_in_every_language_it_claims() {
    let languages: BTreeSet<&str> = ENGINE.languages().into_iter().collect();
    for Examples { rule, examples, .. } in rules() {
        assert!(!examples.is_empty(), "{rule} has no examples");
        for (index, example) in examples.iter().enumerate() {
            let flagged: BTreeSet<&str> = example.flag.keys().map(String::as_str).collect();
            let passed: BTreeSet<&str> = example.pass.keys().map(String::as_str).collect();
            assert_eq!(flagged, passed, "{rule}, example {}", index + 1);
            assert!(flagged.is_subset(&languages), "{rule}, example {}: {flagged:?}", index + 1);
        }
    }
}
