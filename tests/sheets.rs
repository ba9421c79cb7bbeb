//! Sheets, good and bad, against snapshots of what is said of them.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::reading::quantity::HedgeKind;
use factlint::report::problem::render;
use factlint::sheet::{self, Context, Known, Loaded, Sheet};
use factlint::source::Source;

fn set(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn known() -> Known {
    Known {
        concepts: set(&["killed", "injured", "detained", "troops"]),
        rising: set(&["killed", "injured"]),
        groups: set(&["security-forces", "civilians"]),
        event_types: set(&["protest", "dismissal"]),
        offices: set(&["president", "chair"]),
        lists: set(&["contributors"]),
        states: set(&["detained"]),
    }
}

/// A stand-in for the language packs: one hedge of English.
fn read_value(text: &str, language: &str) -> Option<(HedgeKind, f64, Option<f64>)> {
    let number = text.strip_prefix("more than ").filter(|_| language == "en")?;
    Some((HedgeKind::MoreThan, number.replace(',', "").parse().ok()?, None))
}

fn load(name: &str, bytes: Vec<u8>) -> Loaded {
    let known = known();
    let context = Context { known: &known, read_value: &read_value };
    match factlint::article::load::decode(name, bytes) {
        Ok(text) => sheet::load(&Arc::new(Source::new(name, text)), &context),
        Err(problem) => Loaded { sheet: None, problems: vec![problem] },
    }
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn bad_sheets_are_told_what_is_wrong_with_them() {
    let mut missing = Vec::new();
    for path in files("bad") {
        let name = name(&path);
        let loaded = load(&name, fs::read(&path).unwrap());
        if loaded.problems.is_empty() {
            missing.push(name);
            continue;
        }
        let text: Vec<_> = loaded.problems.iter().map(|problem| render(problem, false)).collect();
        let case = format!("sheet-{}", name.trim_end_matches(".facts.yaml"));
        settings().bind(|| insta::assert_snapshot!(case, text.join("\n")));
    }
    assert!(missing.is_empty(), "nothing is said of {missing:?}");
}

/// A sheet without the places and the file that it came from.
fn shown(sheet: &Sheet) -> String {
    let text = format!("{sheet:#?}");
    let mut lines: Vec<&str> = Vec::new();
    let mut in_source = false;
    for line in text.lines() {
        if line.starts_with("    source: Source {") {
            in_source = true;
        }
        if !in_source && !line.contains("span: ") {
            lines.push(line);
        }
        if line == "    }," {
            in_source = false;
        }
    }
    lines.join("\n")
}

fn good(name: &str) -> Sheet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets/good").join(name);
    let loaded = load(name, fs::read(path).unwrap());
    match loaded.sheet {
        Some(sheet) => sheet,
        None => panic!("{}", loaded.problems.iter().map(|p| render(p, false)).collect::<String>()),
    }
}

#[test]
fn short_and_long_forms_are_the_same_after_loading() {
    let short = shown(&good("short.facts.yaml"));
    // The sheet-wide place is a default of each figure in both.
    assert_eq!(short, shown(&good("long.facts.yaml")));
    settings().bind(|| insta::assert_snapshot!("sheet-short-and-long", short));
}

#[test]
fn the_example_of_the_design_loads() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets/good/kazakhstan.facts.yaml");
    let loaded = load("kazakhstan.facts.yaml", fs::read(path).unwrap());
    let said: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(loaded.errors(), 0, "{said:#?}");
    let sheet = loaded.sheet.unwrap();
    settings().bind(|| insta::assert_snapshot!("sheet-kazakhstan", shown(&sheet)));
    // The spans of the model are those of the file.
    let figure = sheet.figures.iter().find(|figure| figure.id == "detained").unwrap();
    assert_eq!(&sheet.source.text[figure.span.clone()], "detained");
    assert_eq!(&sheet.source.text[figure.series[0].span.clone()], "4404");
    let tokayev = &sheet.cast[sheet.member("tokayev").unwrap().0 as usize];
    assert!(tokayev.forms.iter().all(|form| sheet.source.text[form.span.clone()] == form.text));
}

#[test]
fn forms_fall_back_part_by_part() {
    let sheet = good("kazakhstan.facts.yaml");
    let right = |id: &str, text: &str, language: &str| {
        let member = &sheet.cast[sheet.member(id).unwrap().0 as usize];
        member.forms.iter().any(|form| form.text == text && member.licensed(form, language))
    };
    assert!(right("kazakhstan", "Kazakhstan", "en") && right("kazakhstan", "Kazakhstan", "fr"));
    assert!(right("kazakhstan", "Kasachstan", "de") && !right("kazakhstan", "Kazakhstan", "de"));
    assert!(right("csto", "CSTO", "en") && !right("csto", "CSTO", "pt"));
    assert!(right("tokayev", "Qasym-Jomart Toqaev", "de") && !right("tokayev", "Tóquio", "pt"));
}

#[test]
fn a_byte_order_mark_moves_no_span() {
    let text = "\u{feff}format: 1\nstory: s\nlanguage: en\npeople:\n  a: { nmae: x }\n";
    let loaded = load("x", text.as_bytes().to_vec());
    let span = loaded.problems[0].span.clone().unwrap();
    assert_eq!(&text[span], "nmae");
}

#[test]
fn windows_line_ends_move_no_span() {
    let text = "format: 1\r\nstory: s\r\nlanguage: en\r\npeople:\r\n  a: { nmae: x }\r\n";
    let loaded = load("x", text.as_bytes().to_vec());
    let span = loaded.problems[0].span.clone().unwrap();
    assert_eq!(&text[span], "nmae");
}

#[test]
fn a_large_honest_sheet_loads() {
    let mut text = String::from("format: 1\nstory: s\nlanguage: en\npeople:\n");
    for number in 0..10_000 {
        text.push_str(&format!(
            "  p{number}: {{ name: Name{number} Family{number}, in: {{ uk: Ім{number} Я{number} }} }}\n"
        ));
    }
    let loaded = load("x", text.into_bytes());
    assert_eq!(loaded.problems.len(), 0, "{}", loaded.problems[0]);
    assert_eq!(loaded.sheet.unwrap().cast.len(), 10_000);
}

#[test]
fn the_schema_in_the_tree_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/sheet.schema.json");
    let text = sheet::schema::text();
    if std::env::var_os("FACTLINT_ACCEPT").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        kept == text,
        "schemas/sheet.schema.json is not that of the types; run `FACTLINT_ACCEPT=1 cargo test --test sheets` and commit it"
    );
}

#[test]
fn a_cut_line_keeps_its_own_column_in_colours_too() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets/bad/long-line.facts.yaml");
    let loaded = load("long-line.facts.yaml", fs::read(path).unwrap());
    assert!(render(&loaded.problems[0], true).contains("long-line.facts.yaml:5:324"));
    // A file of one line without end costs no more than its window.
    let text = format!("a: {}", "ж ".repeat(1_000_000));
    let loaded = load("x", text.into_bytes());
    assert!(render(&loaded.problems[0], false).len() < 2_000);
}
