//! The pages in `docs/rules` are written from the rules' own words and do not drift from them.
//! `FACTLINT_ACCEPT=1 cargo test --test rule_docs` writes them anew.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::engine::Engine;
use factlint::report::rule_docs;
use factlint::rules::docs::Docs;
use factlint::source::Source;

use common::ENGINE;

fn docs() -> Docs {
    Docs::new(ENGINE.rules(), &[]).expect("the built-in words are read")
}

#[test]
fn every_rule_says_what_it_finds_and_why() {
    let mut missing = Vec::new();
    for doc in docs().rules {
        let mut lacks = |what: &str| missing.push(format!("{}: `{}` has no {what}", doc.file, doc.id));
        if doc.title == doc.id {
            lacks("`title`: what it is about, in a few words");
        }
        if doc.finds.is_none() {
            lacks("`finds`: what it finds, in a sentence or two");
        }
        if doc.why.is_none() {
            lacks("`why`: why that matters at a desk");
        }
        if doc.example().is_none() {
            lacks("`examples`");
        }
        if doc.verdicts.is_empty() {
            lacks("`severity` by verdict");
        }
    }
    assert!(missing.is_empty(), "rules need words for their pages:\n{}", missing.join("\n"));
}

#[test]
fn the_pages_in_the_tree_are_those_of_the_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let docs = docs();
    let mut pages: BTreeMap<PathBuf, String> = docs
        .rules
        .iter()
        .map(|doc| (folder.join(format!("{}.md", doc.id)), rule_docs::page(doc, ENGINE.rules())))
        .collect();
    pages.insert(folder.join("README.md"), rule_docs::index(&docs));
    let mut kept = Vec::new();
    files(&folder, &mut kept);
    if std::env::var_os("FACTLINT_ACCEPT").is_some() {
        for stale in kept.iter().filter(|path| !pages.contains_key(*path)) {
            fs::remove_file(stale).unwrap();
        }
        for (path, page) in &pages {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, page).unwrap();
        }
        return;
    }
    let relative = |path: &Path| path.strip_prefix(&folder).unwrap().display().to_string();
    let mut differ: Vec<String> = kept
        .iter()
        .filter(|path| !pages.contains_key(*path))
        .map(|path| format!("{} is of no rule", relative(path)))
        .collect();
    for (path, page) in &pages {
        let is = fs::read_to_string(path).map(|text| text.replace("\r\n", "\n"));
        match is {
            Err(_) => differ.push(format!("{} is missing", relative(path))),
            Ok(text) if text != *page => differ.push(format!("{} is not what the rule says", relative(path))),
            Ok(_) => {}
        }
    }
    assert!(
        differ.is_empty(),
        "docs/rules is written from rules/*.yaml: run `FACTLINT_ACCEPT=1 cargo test --test rule_docs`, look at the \
         difference and commit it\n{}",
        differ.join("\n")
    );
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn the_nearest_id_is_told() {
    let docs = docs();
    assert_eq!(docs.nearest("foreign-form"), Some("name/foreign-form"));
    assert_eq!(docs.nearest("name/garbeld"), Some("name/garbled"));
    assert_eq!(docs.nearest("garbeld"), Some("name/garbled"));
    assert_eq!(docs.nearest("quite/something-else"), None);
}

#[test]
fn a_house_s_rules_are_explained_as_well() {
    let house = "
rules:
  - id: name/foreign-form
    severity: { foreign: error }
    why: Our style book says so.
  - id: figure/troops-here
    check: figure
    concept: troops
    title: Our troops
    finds: A number of ours.
    severity: { wrong: info }
    examples:
      - { flag: { en: 'We have [5](wrong 6).' }, pass: { en: We have 6. } }
";
    let house = [Arc::new(Source::new("desk/troops.yaml", house))];
    let engine = Engine::new(&house).ok().unwrap();
    let docs = Docs::new(engine.rules(), &house).unwrap();
    let foreign = rule_docs::plain(docs.get("name/foreign-form").unwrap(), engine.rules());
    assert!(foreign.contains("Our style book says so.") && foreign.contains("foreign    error"), "{foreign}");
    assert!(foreign.contains("The words are in rules/names.yaml"), "{foreign}");
    let ours = rule_docs::plain(docs.get("figure/troops-here").unwrap(), engine.rules());
    assert!(ours.contains("wrong  We have [5]. → 6") && ours.contains("desk/troops.yaml"), "{ours}");
}
