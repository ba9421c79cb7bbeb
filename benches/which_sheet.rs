//! Choosing among two hundred sheets beside checking against one: how many of 10,000 articles find the right
//! sheet, and what that costs. The runs take turns on one core, and ratios are told, not seconds.
//!
//! `cargo bench --bench which_sheet`

#![allow(clippy::print_stdout, reason = "a bench says what it measured")]

#[path = "copy/mod.rs"]
mod copy;

use std::sync::Arc;
use std::time::{Duration, Instant};

use copy::desk;
use factlint::article::{Article, load};
use factlint::candidates::{Candidates, Choice};
use factlint::engine::{Engine, Options, PreparedSheet, Request, Scratches};
use factlint::source::Source;

const SHEETS: usize = 200;
const ARTICLES: usize = 10_000;
const BYTES: usize = 5_000;
const ROUNDS: usize = 3;

fn main() {
    // `cargo test --benches` asks every bench whether it runs; this one is for `cargo bench` only.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let engine = Engine::new(&[]).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let texts: Vec<String> = (0..SHEETS).map(desk::sheet).collect();
    let stories: Vec<(Article, usize)> = desk::stories(ARTICLES, SHEETS, BYTES)
        .into_iter()
        .map(|story| match load::load("story.md", story.text.into_bytes()) {
            Ok(loaded) => (loaded.article, story.sheet),
            Err(problem) => panic!("{problem}"),
        })
        .collect();
    let (mut choosing, mut single, mut named) = (Vec::new(), Vec::new(), Vec::new());
    let mut right = 0;
    for _ in 0..ROUNDS {
        // Everything that a run has to do, from loading the sheets on.
        choosing.push(time(|| {
            let candidates = Candidates::new(load_all(&engine, &texts));
            let options = Options { candidates: Some(&candidates), levels: None };
            right = check(&engine, &stories, &options, |_| Vec::new());
        }));
        single.push(time(|| {
            let one = load_all(&engine, &texts[..1]);
            check(&engine, &stories, &Options::default(), |_| one.clone());
        }));
        named.push(time(|| {
            let all = load_all(&engine, &texts);
            check(&engine, &stories, &Options::default(), |sheet| vec![Arc::clone(&all[sheet])]);
        }));
    }
    println!("{right} of {ARTICLES} articles find the right one of {SHEETS} sheets");
    let ratio = |other: &[Duration]| 100.0 * median(other).as_secs_f64() / median(&choosing).as_secs_f64();
    println!("throughput beside one sheet for all: {:.0}%", ratio(&single));
    println!("throughput beside the right sheet named for each: {:.0}%", ratio(&named));
}

fn load_all(engine: &Engine, texts: &[String]) -> Vec<Arc<PreparedSheet>> {
    let load = |(number, text): (usize, &String)| {
        let source = Arc::new(Source::new(format!("{number}.facts.yaml"), text.as_str()));
        match engine.load_sheet(&source) {
            Ok((sheet, _)) => Arc::new(sheet),
            Err(problems) => panic!("{}", problems[0]),
        }
    };
    texts.iter().enumerate().map(load).collect()
}

/// Checks all articles, and counts those for which just their own sheet was chosen.
fn check(
    engine: &Engine,
    stories: &[(Article, usize)],
    options: &Options<'_>,
    sheets: impl Fn(usize) -> Vec<Arc<PreparedSheet>>,
) -> usize {
    let mut scratches = Scratches::default();
    let mut right = 0;
    for (article, sheet) in stories {
        let language = article.metadata.language.as_deref().unwrap_or("en");
        let request = Request { article, language, sheets: &sheets(*sheet), date: None };
        let checked = engine.check_with(&request, options, &mut scratches);
        let own = format!("{sheet}.facts.yaml");
        let is_right =
            |choice| matches!(choice, Choice::Sheets(of) if matches!(&*of, [one] if one.sheet == own));
        right += usize::from(checked.choice.is_some_and(is_right));
    }
    right
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
