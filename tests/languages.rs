//! No pack and no rule is special: a language, a concept, a severity and a hedge from outside, each one
//! YAML file given with `--rules`, work as those that are built in.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What the program finds in a folder of `tests/rules`, as path, rule, severity, text and expected.
fn findings(folder: &str, arguments: &[&str]) -> Vec<[String; 5]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules").join(folder);
    let output = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["check", "--rules", "rules", "--format", "jsonl"])
        .args(arguments)
        .arg(".")
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
    let word = |line: &Value, key: &str| line[key].as_str().unwrap_or("-").to_owned();
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|line| line.get("rule").is_some())
        .map(|line| ["path", "rule", "severity", "text", "expected"].map(|key| word(&line, key)))
        .collect()
}

/// Its names in five cases, numbers in words, a hedge in the sheet and a relative day all read; the five
/// slips are all that is found. Names of the world are a second file. The language is told by the program.
#[test]
fn a_fifth_language_is_one_file() {
    let found = findings("fifth", &["--date", "2022-01-09"]);
    let expected = [
        ["story.txt", "date/weekday", "warning", "poniedziałek", "sobota"],
        ["story.txt", "name/garbled", "error", "Nursułtanie Nazarbojewie", "Nursułtan Nazarbajew"],
        ["story.txt", "figure/killed", "error", "146", "164"],
        ["story.txt", "name/demonym", "error", "Słowenii", "Słowacja"],
        ["story.txt", "name/foreign-form", "warning", "Kazakhstan", "Kazachstan"],
    ];
    assert_eq!(found, expected);
}

/// A concept that no built-in rule has is served by the rule for figures of any concept; wording is added
/// to a concept, a severity changed by its rule's id, and a hedge made stricter.
#[test]
fn a_house_lays_its_own_over_what_is_there() {
    let found = findings("evacuated-house", &[]);
    let expected = [
        ["en.md", "figure/other", "error", "84", "48"],
        ["en.md", "figure/killed", "error", "Eleven", "12"],
        ["en.md", "name/foreign-form", "error", "Ana Lima", "Anna Lima"],
        ["en.md", "figure/injured", "error", "About 230", "200"],
        ["pt.md", "figure/other", "error", "84", "48"],
        ["pt.md", "figure/injured", "error", "Cerca de 190", "200"],
    ];
    assert_eq!(found, expected);
}
