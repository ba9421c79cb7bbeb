//! The config: its schema, and what holds for an article by its path and its language.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use factlint::config::compile::Selected;
use factlint::config::{Config, schema};
use factlint::finding::{Severity, Verdict};
use factlint::source::Source;

fn config(text: &str) -> Config {
    match Config::read(&Arc::new(Source::new("factlint.yaml", text))) {
        Ok(config) => config,
        Err(problems) => panic!("{}", problems[0]),
    }
}

/// `FACTLINT_ACCEPT=1 cargo test --test config` writes it anew.
#[test]
fn the_schema_in_the_tree_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/config.schema.json");
    let text = schema::text();
    if std::env::var_os("FACTLINT_ACCEPT").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "schemas/config.schema.json is not that of the types; accept it and commit it");
}

/// What the loader takes the schema takes, and the other way round.
#[test]
fn the_schema_agrees_with_the_loader() {
    let schema: serde_json::Value = serde_json::from_str(&schema::text()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for (text, is_right) in [
        ("{}", true),
        (r#"{ "articles": "a/**", "exclude": ["b", "c/"] }"#, true),
        (r#"{ "facts": "facts/*.facts.yaml" }"#, true),
        (r#"{ "facts": ["facts/", { "a/**": ["x.facts.yaml"] }] }"#, true),
        (r#"{ "facts": { "a/**": "x.facts.yaml" }, "fail-on": "never", "require-facts": true }"#, true),
        (r#"{ "severity": { "name/garbled": "off", "figure/*": { "stale": "info" } } }"#, true),
        (r#"{ "overrides": [{ "files": "a", "languages": ["uk"], "disable": "name/*" }] }"#, true),
        (
            r#"{ "suppress": [{ "files": "a/", "rule": "name/*", "reason": "old" }], "baseline": "b.json" }"#,
            true,
        ),
        (r#"{ "suppress": [{ "files": "a/", "rule": "name/*" }] }"#, false),
        (r#"{ "suppress": [{ "rule": "name/*", "reason": "old" }] }"#, false),
        (r#"{ "severity": { "name/garbled": "loud" } }"#, false),
        (r#"{ "fail-on": "off" }"#, false),
        (r#"{ "exlude": [] }"#, false),
        (r#"{ "facts": 1.5e3 }"#, false),
        (r#"{ "overrides": [{ "files": "a", "exclude": "b" }] }"#, false),
    ] {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(schema.is_valid(&value), is_right, "{text}");
        // A number is a text where YAML asks for one.
        if !text.contains("1.5e3") {
            let read = Config::read(&Arc::new(Source::new("factlint.yaml", text)));
            assert_eq!(read.is_ok(), is_right, "{text}");
        }
    }
}

#[test]
fn articles_and_exclude_say_what_is_an_article() {
    let config = config("articles: [stories/, 'notes/*.html']\nexclude: [drafts/, '*.old.md']\n");
    for (path, selected) in [
        ("stories/a.md", Selected::ByEnding),
        ("stories/photo.jpg", Selected::ByEnding),
        ("notes/a.html", Selected::Yes),
        ("notes/a.md", Selected::No),
        ("stories/drafts/a.md", Selected::No),
        ("stories/a.old.md", Selected::No),
        ("README.md", Selected::No),
    ] {
        assert_eq!(config.selects(path), selected, "{path}");
    }
    assert!(config.excludes("stories/drafts", true) && !config.excludes("stories/drafts", false));
}

#[test]
fn later_overrides_win_by_path_and_by_language() {
    let config = config(
        "severity: { figure/killed: warning }
require-facts: true
facts: { '**': a.facts.yaml }
overrides:
  - { files: archive/, disable: figure/*, facts: old.facts.yaml, require-facts: false }
  - { languages: uk, severity: { figure/killed: info } }
",
    );
    let severity = |path: &str, language: &str| {
        let levels = config.levels(path, language).unwrap();
        levels.severity("figure/killed", Verdict::Wrong, Severity::Error)
    };
    assert_eq!(severity("a.md", "en"), Severity::Warning);
    assert_eq!(severity("a.md", "uk"), Severity::Info);
    assert_eq!(severity("archive/a.md", "en"), Severity::Off);
    assert_eq!(severity("archive/a.md", "uk"), Severity::Info);
    let sheets = |path: &str| config.sheets(path, "en").iter().map(|at| at.value.clone()).collect::<Vec<_>>();
    assert_eq!(sheets("a.md"), ["a.facts.yaml"]);
    assert_eq!(sheets("archive/a.md"), ["old.facts.yaml"]);
    assert!(config.require_facts("a.md", "en").unwrap().value);
    assert!(!config.require_facts("archive/a.md", "en").unwrap().value);
}
