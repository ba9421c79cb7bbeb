//! `factlint affected --since`: sheets as a Git repository has them.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SHEET: &str = "format: 1
story: flood
language: en
figures: { killed: { series: { 2024-05-06: 146 } } }
";
const STORY: &str =
    "---\npublished: 2024-05-06\nlanguage: en\n---\nThe ministry said that 146 people were killed.\n";

/// A repository of its own for one test, with a story and its sheet.
fn repository(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("über uns")).unwrap();
    fs::write(folder.join("über uns/flood.facts.yaml"), SHEET).unwrap();
    fs::write(folder.join("über uns/story.txt"), STORY).unwrap();
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    let author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    git(&folder, &[&author[..], &["commit", "--quiet", "--no-gpg-sign", "-m", "first"]].concat());
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    assert!(Command::new("git").arg("-C").arg(folder).args(arguments).status().unwrap().success());
}

fn affected(folder: &Path, revision: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_factlint"));
    command.args(["affected", "--since", revision, "."]).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_corrected_number_is_an_advisory() {
    let folder = repository("affected-since");
    let unchanged = affected(&folder, "HEAD");
    assert_eq!(unchanged.status.code(), Some(0), "{}", text(&unchanged.stderr));
    assert!(text(&unchanged.stderr).contains("no fact was changed"));
    let sheet = folder.join("über uns/flood.facts.yaml");
    fs::write(&sheet, SHEET.replace("146", "164")).unwrap();
    let expected = "über uns/story.txt:5:24: CORRECTS death toll in 1st paragraph to 164, not 146\n";
    let found = affected(&folder, "HEAD");
    assert_eq!(found.status.code(), Some(1), "{}", text(&found.stderr));
    assert!(text(&found.stdout).starts_with(expected), "{}", text(&found.stdout));
    // Under another name it is still the sheet of its story.
    fs::rename(&sheet, folder.join("über uns/deluge.facts.yaml")).unwrap();
    assert_eq!(text(&affected(&folder, "HEAD").stdout), text(&found.stdout));
}

#[test]
fn a_later_number_needs_no_correction_of_earlier_copy() {
    let folder = repository("affected-later");
    let later = SHEET.replace("146", "146, 2024-05-09: 164");
    fs::write(folder.join("über uns/flood.facts.yaml"), later).unwrap();
    let found = affected(&folder, "HEAD");
    assert_eq!(found.status.code(), Some(0), "{}", text(&found.stdout));
    assert!(
        text(&found.stdout).contains("touched: “146” in 1st paragraph: holds"),
        "{}",
        text(&found.stdout)
    );
}

#[test]
fn what_git_does_not_know_is_an_error() {
    let folder = repository("affected-unknown");
    for revision in ["nowhere", "--help", ""] {
        let found = affected(&folder, revision);
        assert_eq!(found.status.code(), Some(2), "{revision}");
    }
    let found = affected(&folder, "nowhere");
    assert_eq!(text(&found.stderr), "error: --since nowhere: Git knows no revision `nowhere`\n");
}
