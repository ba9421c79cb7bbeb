//! What `factlint affected` shows: corrections with their advisories, and what else is touched.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;

use super::{jsonl, visible};
use crate::affected::{Affected, Effect, Standpoint};
use crate::source::{Places, Source};

/// How many passages there are of which kind, over all articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Articles that were looked at.
    pub articles: usize,
    /// Of these, those that need a correction.
    pub to_correct: usize,
    pub corrections: usize,
    pub touched: usize,
}

impl Tally {
    /// Counts one article.
    pub fn add(&mut self, affected: &[Affected]) {
        let corrections = affected.iter().filter(|passage| passage.effect == Effect::Correction).count();
        self.articles += 1;
        self.to_correct += usize::from(corrections > 0);
        self.corrections += corrections;
        self.touched += affected.len() - corrections;
    }
}

/// For people: one line a passage, the message below those to be corrected.
pub fn human(source: &Source, affected: &[Affected]) -> String {
    let mut out = String::new();
    let mut places = Places::new(source);
    // One advisory for a name that stands in a paragraph five times.
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for passage in affected {
        let place = places.place(passage.span.start);
        let at = format!("{}:{}:{}", visible::line(&source.path), place.line, place.column);
        let said = visible::line(&passage.text);
        // Writing to a string cannot fail.
        let _ = match &passage.advisory {
            Some(advisory) if !told.insert(advisory) => Ok(()),
            Some(advisory) => {
                let message = passage.message.as_deref().unwrap_or_default();
                writeln!(
                    out,
                    "{at}: {}\n    {} ({})",
                    visible::line(advisory),
                    visible::line(message),
                    visible::line(&passage.fact)
                )
            }
            None => writeln!(
                out,
                "{at}: touched: “{said}” in {}: {} ({})",
                passage.passage,
                standpoint(passage.effect),
                visible::line(&passage.fact)
            ),
        };
    }
    out
}

/// What was counted, in a line.
pub fn summary(tally: &Tally) -> String {
    format!(
        "{} in {} of {}; {} touched that need none\n",
        counted(tally.corrections, "correction"),
        tally.to_correct,
        counted(tally.articles, "article"),
        counted(tally.touched, "passage"),
    )
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn standpoint(effect: Effect) -> &'static str {
    match effect {
        Effect::Correction => "to be corrected",
        Effect::Touched(Standpoint::Holds) => "holds",
        Effect::Touched(Standpoint::RightNow) => "disagreed, and is right now",
        Effect::Touched(Standpoint::WrongBefore) => "disagreed before as well",
        Effect::Touched(Standpoint::NotCovered) => "no fact covers it any more",
    }
}

/// One passage. The order of the keys is part of the format.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    /// Bytes of the file.
    start: usize,
    end: usize,
    /// `correction`, `holds`, `right-now`, `wrong-before`, `not-covered`.
    effect: &'static str,
    text: &'a str,
    passage: String,
    fact: &'a str,
    expected: Option<&'a str>,
    message: Option<&'a str>,
    advisory: Option<&'a str>,
}

/// JSON Lines, one passage a line.
pub fn lines(source: &Source, affected: &[Affected]) -> String {
    let mut out = String::new();
    let mut places = Places::new(source);
    for passage in affected {
        let place = places.place(passage.span.start);
        let line = Line {
            path: &source.path,
            line: place.line,
            column: place.column,
            start: passage.span.start,
            end: passage.span.end,
            effect: match passage.effect {
                Effect::Correction => "correction",
                Effect::Touched(Standpoint::Holds) => "holds",
                Effect::Touched(Standpoint::RightNow) => "right-now",
                Effect::Touched(Standpoint::WrongBefore) => "wrong-before",
                Effect::Touched(Standpoint::NotCovered) => "not-covered",
            },
            text: &passage.text,
            passage: passage.passage.to_string(),
            fact: &passage.fact,
            expected: passage.expected.as_deref(),
            message: passage.message.as_deref(),
            advisory: passage.advisory.as_deref(),
        };
        jsonl::push(&mut out, &line);
    }
    out
}

/// The last line of the JSON Lines.
pub fn summary_line(tally: &Tally) -> String {
    let mut out = String::new();
    jsonl::push(&mut out, &serde_json::json!({ "summary": tally }));
    out
}
