//! Cases of date reading: days, ranges, and what is no date.

use std::ops::Range;

use factlint::reading::dates::{DateMention, Meaning};
use jiff::civil::Date;
use serde::Deserialize;

use crate::cases::{Case, Reading, characters};

#[derive(Deserialize)]
pub(crate) struct Dates {
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
    accept: Vec<Accepted>,
    range_start: Option<Date>,
    range_end: Option<Date>,
}

/// A day, or the two ends of a span.
#[derive(Deserialize)]
#[serde(untagged)]
enum Accepted {
    Day(Date),
    Span(Option<Date>, Option<Date>),
}

impl Case for Dates {
    const WHAT: &'static str = "dates";

    fn text(&self) -> &str {
        &self.text
    }

    fn language(&self) -> &str {
        &self.lang
    }

    fn kind(&self) -> &str {
        &self.kind
    }

    fn date(&self) -> Option<Date> {
        self.reference
    }

    /// The right day, at a span that contains that of the case or stands within it: whether "on"
    /// belongs to "on Monday" is a matter of taste.
    fn solved(&self, reading: &Reading) -> bool {
        if self.expected.is_empty() {
            let is_none = |mention: &DateMention| matches!(mention.meaning, Meaning::Impossible { .. });
            return reading.dates.iter().all(is_none);
        }
        let meets = |span: &Range<usize>, expected: &Expected| {
            (span.start >= expected.start && span.end <= expected.end)
                || (span.start <= expected.start && span.end >= expected.end)
        };
        self.expected.iter().all(|expected| {
            reading.dates.iter().any(|mention| {
                meets(&characters(&self.text, &mention.span), expected) && agrees(mention, expected)
            })
        })
    }

    fn out_of_scope(&self) -> Option<&'static str> {
        include_str!("out-of-scope.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .find(|(text, _)| *text == self.text.trim())
            .map(|(_, why)| why)
    }

    fn found(&self, reading: &Reading) -> String {
        let found: Vec<String> = reading
            .dates
            .iter()
            .map(|mention| {
                let text = self.text.get(mention.span.clone()).unwrap_or_default();
                format!("{text:?} = {:?}", mention.meaning)
            })
            .collect();
        let reference = self.reference.map_or("no day".to_owned(), |day| day.to_string());
        format!("read from {reference}: {}", found.join("; "))
    }
}

fn agrees(mention: &DateMention, expected: &Expected) -> bool {
    match (&mention.meaning, expected.date) {
        (Meaning::Day(day), Some(date)) => {
            *day == date
                || expected.accept.iter().any(|other| matches!(other, Accepted::Day(date) if date == day))
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
                    .any(|other| matches!(other, Accepted::Span(start, end) if fits(*start, *end)))
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
