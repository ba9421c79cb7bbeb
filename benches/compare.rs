//! The whole program beside `typos` on the same folders in the same run, on one core: ratios, not seconds.
//!
//! `cargo bench --bench compare` builds factlint as it is released. `typos` is taken from the path, or
//! from the environment variable `TYPOS`; it comes with `cargo install typos-cli`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench says what it measured")]

#[path = "copy/mod.rs"]
mod copy;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    // `cargo test --benches` asks every bench whether it runs; this one is for `cargo bench` only.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let typos = std::env::var("TYPOS").unwrap_or_else(|_| "typos".to_owned());
    let folder = std::env::temp_dir().join("factlint-compare");
    let one = folder.join("one");
    let many = folder.join("many");
    if let Err(error) = write(&one, &many) {
        eprintln!("cannot write the copy: {error}");
        std::process::exit(2);
    }
    let facts = folder.join("bench.facts.yaml");
    let full = copy::example().join("kazakhstan-2022.facts.yaml");
    let hundred = hundred_members(&full);
    if let Err(error) = fs::write(&facts, hundred) {
        eprintln!("cannot write the sheet: {error}");
        std::process::exit(2);
    }
    let program = env!("CARGO_BIN_EXE_factlint");
    let factlint = |folder: &Path| {
        let mut command = Command::new(program);
        command.args(["check", "--threads", "1", "--format", "jsonl", "--facts"]).arg(&facts).arg(folder);
        command
    };
    let rival = |folder: &Path| {
        let mut command = Command::new(&typos);
        command.args(["--threads", "1"]).arg(folder);
        command
    };
    report("one story of 10 KB, a cast of 100, start to finish", 41, || factlint(&one), || rival(&one));
    report("50 MB of stories of 10 KB", 3, || factlint(&many), || rival(&many));
}

/// The example's sheet with its cast filled up to a hundred.
fn hundred_members(sheet: &Path) -> String {
    let text = fs::read_to_string(sheet).unwrap_or_default();
    let members =
        text.lines().filter(|line| line.starts_with("    name:") || line.contains("{ name:")).count();
    let mut more = String::new();
    for number in members..100 {
        let (given, family) = copy::name(number);
        more.push_str(&format!("  member-{number}:\n    name: {given} {family}\n"));
    }
    text.replacen("\npeople:\n", &format!("\npeople:\n{more}"), 1)
}

fn write(one: &Path, many: &Path) -> std::io::Result<()> {
    let stories = copy::stories(50_000_000);
    fs::create_dir_all(one)?;
    fs::create_dir_all(many)?;
    for (number, story) in stories.iter().enumerate() {
        fs::write(many.join(format!("{number:05}.txt")), story)?;
    }
    fs::write(one.join("story.txt"), stories.first().map_or("", String::as_str))
}

fn report(what: &str, runs: usize, ours: impl Fn() -> Command, theirs: impl Fn() -> Command) {
    let (mut own, mut rival) = (Vec::new(), Vec::new());
    // In turn, so that whatever else the machine does falls on both.
    for _ in 0..runs {
        own.extend(time(ours()));
        rival.extend(time(theirs()));
    }
    let (Some(own), Some(rival)) = (median(own), median(rival)) else {
        println!("{what}: typos is not there to be compared with (cargo install typos-cli)");
        return;
    };
    println!("{what}: {:.1} times as fast as typos", rival.as_secs_f64() / own.as_secs_f64());
}

fn time(mut command: Command) -> Option<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    command.status().ok()?;
    Some(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort();
    times.get(times.len() / 2).copied()
}
