//! Measures reading and checking on labelled copy that is kept outside of the tree.
//!
//! ```text
//! cargo build --release
//! cargo run --release --example measure -- FOLDER
//! ```
//!
//! Below FOLDER, `numbers.jsonl` and `dates.jsonl` hold cases for the readers, one a line, and an
//! `expected.yaml` holds what a careful editor marks in the articles beside it, which are checked
//! against the sheet in `examples/`. Printed is how many are solved of how many, by kind and language,
//! and what is not solved. The run fails (exit 1) below the floors of `tests/floors.yaml`, and where
//! `factlint read` or `factlint check`, started as a user starts them, say anything else than what was
//! measured. A new floor is a little under what the last run printed. `cargo test` does none of this.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it prints what it measures")]
#![allow(clippy::expect_used, reason = "a measuring tool may stop at what it cannot read")]

mod articles;
mod cases;
mod contract;
mod dates;
mod floors;
mod numbers;
#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use contract::Program;
use floors::Floors;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: cargo run --release --example measure -- FOLDER");
        return ExitCode::from(2);
    };
    let Some(program) = Program::find() else {
        eprintln!("error: no factlint beside this runner: build it first, with the same profile");
        return ExitCode::from(2);
    };
    let floors = Floors::load();
    let mut failures = Vec::new();
    let mut measured = false;
    for file in files(&folder) {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else { continue };
        let found = match name {
            "numbers.jsonl" => cases::measure::<numbers::Numbers>(&file, &floors.numbers, &program),
            "dates.jsonl" => cases::measure::<dates::Dates>(&file, &floors.dates, &program),
            "expected.yaml" => articles::measure(&file, &floors.articles, &program),
            _ => continue,
        };
        measured = true;
        failures.extend(found);
    }
    if !measured {
        eprintln!("error: {} holds no numbers.jsonl, dates.jsonl or expected.yaml", folder.display());
        return ExitCode::from(2);
    }
    for failure in &failures {
        eprintln!("failed: {failure}");
    }
    ExitCode::from(u8::from(!failures.is_empty()))
}

/// The files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
