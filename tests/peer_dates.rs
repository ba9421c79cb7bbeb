//! Measures date reading on labelled cases kept outside the tree: `FACTLINT_PEER=folder cargo test
//! --test peer_dates -- --nocapture`. Without the variable it passes in silence.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a measuring tool for people")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use factlint::language::{Language, Pack};
use factlint::reading::dates::{DateMention, Meaning, read_dates};
use factlint::reading::scan::Scratch;
use factlint::source::Source;
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    lang: String,
    text: String,
    reference: Option<Date>,
    kind: String,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    start: usize,
    end: usize,
    date: Option<Date>,
    #[serde(default)]
    accept: Vec<Reading>,
    range_start: Option<Date>,
    range_end: Option<Date>,
}

/// A day, or the two ends of a span.
#[derive(Deserialize)]
#[serde(untagged)]
enum Reading {
    Day(Date),
    Span(Option<Date>, Option<Date>),
}

fn language(code: &str) -> Option<Language> {
    let path = format!("{}/rules/languages/{code}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).ok()?;
    match factlint::yaml::read::<Pack>(&Arc::new(Source::new(path, text))) {
        Ok(pack) => Some(Language::of_pack(pack)),
        Err(problem) => panic!("{problem}"),
    }
}

/// Characters of a text from its bytes.
fn characters(text: &str, span: &Range<usize>) -> Range<usize> {
    text[..span.start].chars().count()..text[..span.end].chars().count()
}

fn agrees(mention: &DateMention, expected: &Expected) -> bool {
    match (&mention.meaning, expected.date) {
        (Meaning::Day(day), Some(date)) => {
            *day == date
                || expected.accept.iter().any(|reading| matches!(reading, Reading::Day(date) if date == day))
        }
        (Meaning::Range(from, to), None) => {
            // The cases end a range before the day, month or year that its words name as its end; in
            // copy that end is part of it.
            let fits = |start: Option<Date>, end: Option<Date>| {
                start.is_none_or(|start| start == *from)
                    && end.is_none_or(|end| {
                        let next = end.tomorrow().unwrap_or(end);
                        end == *to
                            || [next, next.last_of_month(), next.last_of_year()].contains(to)
                                && (next == *to || next.day() == 1)
                    })
            };
            fits(expected.range_start, expected.range_end)
                || expected
                    .accept
                    .iter()
                    .any(|reading| matches!(reading, Reading::Span(start, end) if fits(*start, *end)))
        }
        // "Since Monday" is open at one end: the day it names is read.
        (Meaning::Day(day), None) => match (expected.range_start, expected.range_end) {
            (Some(start), None) => start == *day,
            (None, Some(end)) => end == *day,
            _ => false,
        },
        _ => false,
    }
}

/// Whether a case is solved with exact spans, and with spans one of which contains the other.
fn solved(case: &Case, text: &str, mentions: &[DateMention]) -> (bool, bool) {
    if case.expected.is_empty() {
        let quiet = mentions.iter().all(|mention| matches!(mention.meaning, Meaning::Impossible { .. }));
        return (quiet, quiet);
    }
    let all = |fits: &dyn Fn(&Range<usize>, &Expected) -> bool| {
        case.expected.iter().all(|expected| {
            mentions
                .iter()
                .any(|mention| fits(&characters(text, &mention.span), expected) && agrees(mention, expected))
        })
    };
    let strict = all(&|span, expected| span.start == expected.start && span.end == expected.end);
    let lenient = all(&|span, expected| {
        (span.start >= expected.start && span.end <= expected.end)
            || (span.start <= expected.start && span.end >= expected.end)
    });
    (strict, lenient)
}

#[test]
fn peer_dates() {
    let Ok(folder) = std::env::var("FACTLINT_PEER") else { return };
    let out_of_scope = include_str!("peer/out-of-scope.txt");
    let out_of_scope: Vec<&str> = out_of_scope
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .filter(|text| !text.is_empty())
        .collect();
    let lines =
        std::fs::read_to_string(format!("{folder}/dates.jsonl")).expect("dates.jsonl in FACTLINT_PEER");
    let mut languages: BTreeMap<String, Language> = BTreeMap::new();
    let mut counts: BTreeMap<(String, String), [usize; 4]> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let case: Case = serde_json::from_str(line).expect("a case");
        if !languages.contains_key(&case.lang) {
            let Some(language) = language(&case.lang) else { continue };
            languages.insert(case.lang.clone(), language);
        }
        let language = &languages[&case.lang];
        let mut scratch = Scratch::default();
        let scan = scratch.scan(&case.text, language);
        let mentions = read_dates(&scan, case.reference);
        let (strict, lenient) = solved(&case, &case.text, &mentions);
        let excused = out_of_scope.contains(&case.text.trim());
        let count = counts.entry((case.kind.clone(), case.lang.clone())).or_default();
        count[0] += usize::from(strict);
        count[1] += usize::from(lenient);
        count[2] += 1;
        count[3] += usize::from(excused && !lenient);
        if !lenient {
            let read: Vec<String> = mentions
                .iter()
                .map(|mention| format!("{:?}={:?}", &case.text[mention.span.clone()], mention.meaning))
                .collect();
            let mark = if excused { "out of scope" } else { "unsolved" };
            println!(
                "{mark} {} {} {:?} {}\n    read {}",
                case.lang,
                case.kind,
                case.reference,
                case.text,
                read.join("; ")
            );
        }
    }
    let mut dates = [0usize; 3];
    for ((kind, lang), [strict, lenient, all, excused]) in &counts {
        println!("{kind} {lang}: {lenient}/{all} ({strict} with exact spans, {excused} out of scope)");
        if kind == "date" {
            dates[0] += lenient;
            dates[1] += all;
            dates[2] += strict;
        }
    }
    println!("date, all languages: {}/{} ({} with exact spans)", dates[0], dates[1], dates[2]);
    assert!(dates[0] * 100 >= dates[1] * 80, "fewer than 80% of the dates are read");
}
