//! Rule files and language packs: the built-in ones through the door of a house's own, and bad ones
//! against snapshots of what is said of them.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::article::load;
use factlint::engine::Engine;
use factlint::report::problem::render;
use factlint::rules::{Ruleset, builtin, house, schema};
use factlint::source::Source;

#[test]
fn the_built_in_files_pass_where_a_house_s_own_do() {
    let files: Vec<Arc<Source>> =
        builtin::TEXTS.iter().map(|(name, text)| Arc::new(Source::new(*name, *text))).collect();
    let problems = house::load(&mut Ruleset::default(), &files).err().unwrap_or_default();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

#[test]
fn the_built_in_gazetteers_pass_where_a_house_s_own_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/gazetteer");
    let mut files = Vec::new();
    for folder in [folder.clone(), folder.join("cldr")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // What is the same in every language is compiled in, and no house's own.
            if path.extension().is_some_and(|extension| extension == "yaml") && !path.ends_with("world.yaml")
            {
                let text = fs::read_to_string(&path).unwrap();
                files.push(Arc::new(Source::new(path.file_name().unwrap().to_string_lossy(), text)));
            }
        }
    }
    assert_eq!(files.len(), 8);
    let problems = house::load(&mut Ruleset::default(), &files).err().unwrap_or_default();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

/// `FACTLINT_ACCEPT=1 cargo test --test rule_files` writes them anew.
#[test]
fn the_schemas_in_the_tree_are_those_of_the_types() {
    for (name, text) in [
        ("rules.schema.json", schema::rules()),
        ("language.schema.json", schema::language()),
        ("gazetteer.schema.json", schema::gazetteer()),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name);
        if std::env::var_os("FACTLINT_ACCEPT").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(kept == text, "schemas/{name} is not that of the types; accept it and commit it");
    }
}

#[test]
fn bad_files_are_told_what_is_wrong_with_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules/bad");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let problems = match load::decode(&name, fs::read(&path).unwrap()) {
            Ok(text) => Engine::new(&[Arc::new(Source::new(name.as_str(), text))]).err().unwrap_or_default(),
            Err(problem) => vec![problem],
        };
        let said: Vec<String> = problems.iter().map(|problem| render(problem, false)).collect();
        let case = format!("rules-{}", name.trim_end_matches(".yaml"));
        settings.bind(|| insta::assert_snapshot!(case, said.join("\n")));
    }
}
