//! Which of many sheets an article is about: hundreds of articles of a desk with two hundred sheets.

#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]

#[path = "../benches/copy/mod.rs"]
mod copy;

use std::sync::Arc;

use copy::desk;
use factlint::article::load;
use factlint::candidates::{Candidates, Choice};
use factlint::engine::{Engine, Options, PreparedSheet, Request, Scratches};
use factlint::source::Source;

fn sheets(engine: &Engine, texts: impl IntoIterator<Item = String>) -> Vec<Arc<PreparedSheet>> {
    let load = |(number, text): (usize, String)| {
        let source = Arc::new(Source::new(format!("{number}.facts.yaml"), text));
        match engine.load_sheet(&source) {
            Ok((sheet, _)) => Arc::new(sheet),
            Err(problems) => panic!("{}", problems[0]),
        }
    };
    texts.into_iter().enumerate().map(load).collect()
}

/// What is chosen for a text.
fn choice(engine: &Engine, candidates: &Candidates, text: &str, scratches: &mut Scratches) -> Choice {
    let article = load::load("story.md", text.into()).unwrap().article;
    let language = article.metadata.language.clone().unwrap();
    let request = Request { article: &article, language: &language, sheets: &[], date: None };
    let options = Options { candidates: Some(candidates), levels: None };
    engine.check_with(&request, &options, scratches).choice.unwrap()
}

fn chosen(choice: &Choice) -> Vec<&str> {
    match choice {
        Choice::Sheets(reasons) => reasons.iter().map(|reason| reason.sheet.as_str()).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_right_sheet_is_picked_out_of_two_hundred() {
    const SHEETS: usize = 200;
    const ARTICLES: usize = 600;
    let engine = Engine::new(&[]).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let candidates = Candidates::new(sheets(&engine, (0..SHEETS).map(desk::sheet)));
    let mut scratches = Scratches::default();
    let mut wrong = Vec::new();
    for story in desk::stories(ARTICLES, SHEETS, 1_500) {
        let choice = choice(&engine, &candidates, &story.text, &mut scratches);
        if chosen(&choice) != [format!("{}.facts.yaml", story.sheet)] {
            wrong.push((story.sheet, choice));
        }
    }
    assert!(wrong.len() * 100 <= ARTICLES, "{} of {ARTICLES} are wrong: {wrong:#?}", wrong.len());
}

/// Sheets in small: a story, its period where it has one, and its people.
fn small(engine: &Engine, of: &[(&str, &str, &str)]) -> Candidates {
    let text = |&(story, period, rest): &(&str, &str, &str)| {
        format!("format: 1\nstory: {story}\nlanguage: en\n{period}{rest}\n")
    };
    Candidates::new(sheets(engine, of.iter().map(text)))
}

const MAY: &str = "period: { from: 2024-05-01, to: 2024-05-31 }\n";
const LIMA: &str = "people: { lima: { name: Ana Lima }, brito: { name: Caetano Brito } }";

fn story(body: &str) -> String {
    format!("---\nlanguage: en\npublished: 2024-05-06\n---\n{body}\n")
}

#[test]
fn countries_alone_make_no_story() {
    let engine = Engine::new(&[]).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let cast =
        "people: { lima: { name: Ana Lima } }\nplaces: { brazil: { name: Brazil }, peru: { name: Peru } }";
    let candidates = small(&engine, &[("flood", MAY, cast)]);
    let choose = |text: &str| {
        let choice = choice(&engine, &candidates, &story(text), &mut Scratches::default());
        !chosen(&choice).is_empty()
    };
    assert!(!choose("Brazil and Peru signed a treaty on trade."));
    assert!(choose("Ana Lima left Brazil."));
    // Neither a common word nor one of the cast out of three.
    assert!(!choose("The lima beans of Brazil are dear."));
    assert!(!choose("Lima would not comment."));
}

#[test]
fn a_sheet_of_one_applies_where_that_one_is_named() {
    let engine = Engine::new(&[]).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let candidates = small(&engine, &[("flood", "", "people: { brito: { name: Caetano Brito } }")]);
    let choice = choice(&engine, &candidates, &story("Brito would not comment."), &mut Scratches::default());
    assert_eq!(chosen(&choice), ["0.facts.yaml"]);
}

#[test]
fn of_one_cast_the_period_decides() {
    let engine = Engine::new(&[]).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let june = "period: { from: 2024-06-01, to: 2024-06-30 }\n";
    let candidates = small(&engine, &[("flood", june, LIMA), ("drought", MAY, LIMA)]);
    let text = story("Ana Lima and Caetano Brito spoke.");
    assert_eq!(
        chosen(&choice(&engine, &candidates, &text, &mut Scratches::default())),
        ["1.facts.yaml"],
        "the day of the article is in May"
    );
    let text = text.replace("2024-05-06", "2024-07-06");
    let late = choice(&engine, &candidates, &text, &mut Scratches::default());
    assert_eq!(late, Choice::OutsideOfAll(jiff::civil::date(2024, 7, 6)));
}

#[test]
fn sheets_of_one_story_go_together_and_of_two_stories_none_is_guessed() {
    let engine = Engine::new(&[]).unwrap_or_else(|problems| panic!("{}", problems[0]));
    let text = story("Ana Lima and Caetano Brito spoke.");
    let one = small(&engine, &[("flood", MAY, LIMA), ("flood", MAY, LIMA)]);
    let both = choice(&engine, &one, &text, &mut Scratches::default());
    assert_eq!(chosen(&both), ["0.facts.yaml", "1.facts.yaml"]);
    let two = small(&engine, &[("flood", MAY, LIMA), ("strike", MAY, LIMA)]);
    let tied = choice(&engine, &two, &text, &mut Scratches::default());
    assert_eq!(tied, Choice::Tied(vec!["0.facts.yaml".into(), "1.facts.yaml".into()]));
}
