//! Entities of Wikidata in sheets: what is added, and that all else stays as it was.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use common::ENGINE;
use factlint::sheet::Kind;
use factlint::source::Source;
use factlint::wikidata::{Added, Wanted, insert, read};
use factlint::yaml;

const LIMA: &str = r#"{"entities": {"Q1": {"id": "Q1",
    "labels": {"en": {"value": "Ana Lima"}, "uk": {"value": "Ана Ліма"}, "fr": {"value": "Ana Lima"}},
    "aliases": {"en": [{"value": "Ana: \"the\" Lima"}, {"value": "Lima"}, {"value": "Aninha"}]},
    "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}],
        "P569": [{"mainsnak": {"datavalue": {"value": {"time": "+1970-02-03T00:00:00Z", "precision": 11}}}}]}}}}"#;

fn add(sheet: &str, json: &str, wanted: &Wanted) -> Result<Added, String> {
    let source = Arc::new(Source::new("a.facts.yaml", sheet));
    let (loaded, _) = ENGINE.load_sheet(&source).unwrap_or_else(|problems| panic!("{problems:?}"));
    let node = yaml::parse(&source).unwrap();
    let entity = read(json)?.remove(0);
    let added = insert(&loaded.sheet, &node, &entity, wanted)?;
    let changed = Arc::new(Source::new("a.facts.yaml", added.text.as_str()));
    let (after, _) =
        ENGINE.load_sheet(&changed).unwrap_or_else(|problems| panic!("{problems:?}\n{}", added.text));
    assert_eq!(after.sheet.cast.len(), loaded.sheet.cast.len() + 1, "{}", added.text);
    Ok(added)
}

#[test]
fn an_entry_stands_at_the_end_of_its_section_and_the_rest_is_as_it_was() {
    let sheet = "# mine\nformat: 1\nstory: a\nlanguage: en\npeople:\n   b:   # b\n      name: \"B C\"\n      \
                 # a note on b\n      in: { uk: Б В }\n   # the end\n\n# below\nfigures: { killed: { series: { 2024-01-01: 2 } } }\n";
    let added = add(sheet, LIMA, &Wanted::default()).unwrap();
    assert_eq!(added.id, "people.lima");
    let (before, behind) = sheet.split_once("   # the end").unwrap();
    assert!(
        added.text.starts_with(before) && added.text.ends_with(&format!("   # the end{behind}")),
        "{}",
        added.text
    );
    assert!(added.text.contains("   lima:\n     name: Ana Lima\n"), "{}", added.text);
    // The sheet knows no French; the family name is accepted by itself.
    assert!(!added.text.contains("fr:") && !added.text.contains("short: [Lima"), "{}", added.text);
    assert!(added.text.contains("uk: Ана Ліма") && added.text.contains("born: 1970-02-03"), "{}", added.text);
}

#[test]
fn every_way_to_write_a_section_takes_an_entry() {
    let head = "format: 1\nstory: a\nlanguage: en\nplaces: { x: { name: Xanten } }\n";
    for rest in [
        "",
        "people: {}",
        "people: { b: { name: B C } }\n",
        "people: { b: { name: B C }, }  # b",
        "people:\n  b:\n    name: B C",
        "people:\n  b: { name: B C }\nfigures:\n  killed: { series: { 2024-01-01: 2 } }",
    ] {
        for text in [format!("{head}{rest}"), format!("\u{feff}{head}{rest}").replace('\n', "\r\n")] {
            let added = add(&text, LIMA, &Wanted::default()).unwrap();
            assert!(
                !text.contains('\r') || !added.text.replace("\r\n", "").contains('\n'),
                "{:?}",
                added.text
            );
        }
    }
}

#[test]
fn all_languages_another_id_and_another_kind_are_taken_as_wanted() {
    let sheet = "format: 1\nstory: a\nlanguage: en\nplaces: { x: { name: Xanten } }\n";
    let wanted = Wanted { id: Some("ana".into()), kind: Some(Kind::Organization), all_languages: true };
    let added = add(sheet, LIMA, &wanted).unwrap();
    assert_eq!(added.id, "organizations.ana");
    assert!(added.text.contains("uk: Ана Ліма"), "{}", added.text);
    let again = add(&added.text, LIMA, &Wanted::default()).unwrap_err();
    assert_eq!(again, "`Ana Lima` is in the sheet already, as `ana`");
    let wanted = Wanted { id: Some("x".into()), ..Wanted::default() };
    assert_eq!(add(sheet, LIMA, &wanted).unwrap_err(), "the id `x` is in the sheet already");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_file_keeps_its_mode() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wikidata-link");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let sheet = folder.join("real.facts.yaml");
    fs::write(&sheet, "format: 1\nstory: a\nlanguage: en\n").unwrap();
    fs::set_permissions(&sheet, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.facts.yaml", folder.join("link.facts.yaml")).unwrap();
    fs::write(folder.join("Q1.json"), LIMA).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
    command.args(["sheet", "add", "link.facts.yaml", "--wikidata", "Q1.json"]).current_dir(&folder);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(fs::symlink_metadata(folder.join("link.facts.yaml")).unwrap().is_symlink());
    assert_eq!(fs::metadata(&sheet).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&sheet).unwrap().contains("name: Ana Lima"));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "nothing is left over");
}
