//! The day the copy calls today, against the day it was filed: "MOSCOW, Jan. 8 -- … today (Friday)".

use std::ops::Range;

use jiff::civil::Date;

use super::Copy;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::language::sense::{DateSense, Sense};
use crate::reading::dates::{DateMention, DateShape, Meaning};
use crate::rules::Check;

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    let filed: Vec<Date> = copy.dateline.into_iter().chain(copy.read.reference).collect();
    if filed.is_empty() {
        return;
    }
    for (index, named) in copy.read.dates.iter().enumerate() {
        let neighbours = [index.checked_sub(1), Some(index + 1)];
        for relative in neighbours.into_iter().flatten().filter_map(|index| copy.read.dates.get(index)) {
            let Some(days) = days_from_today(copy, relative) else { continue };
            let Some(weekday) = lone_weekday(copy, named) else { continue };
            if !is_apposition(copy, &relative.tokens, &named.tokens) {
                continue;
            }
            let day_of =
                |filed: &Date| filed.checked_add(jiff::Span::new().days(days)).map(|day| day.weekday());
            let fits = |filed: &Date| day_of(filed).is_ok_and(|day| day.to_monday_one_offset() == weekday);
            let Some(real) = filed.first().and_then(|filed| day_of(filed).ok()) else { continue };
            if filed.iter().any(fits) {
                continue;
            }
            let expected = copy
                .read
                .scan
                .language
                .pack
                .dates
                .weekdays
                .get(real.to_monday_zero_offset() as usize)
                .and_then(|names| names.first())
                .cloned();
            let mut draft = Draft::new(Check::InternalDateline, Verdict::Wrong, named.span.clone());
            draft.values = vec![
                ("date", filed.first().map(ToString::to_string).unwrap_or_default()),
                ("name", copy.read.scan.text.get(relative.span.clone()).unwrap_or("").to_owned()),
            ];
            draft.expected = expected;
            reporter.report(draft);
        }
    }
}

/// How many days from today a word such as "yesterday" is.
fn days_from_today(copy: &Copy<'_>, date: &DateMention) -> Option<i32> {
    let (Meaning::Day(day), DateShape::Relative, false) = (&date.meaning, date.shape, date.rough) else {
        return None;
    };
    let days = day.since(copy.read.reference?).ok()?.get_days();
    (-2..=2).contains(&days).then_some(days)
}

/// The day of the week that a mention consists of, 1 (Monday) to 7.
fn lone_weekday(copy: &Copy<'_>, date: &DateMention) -> Option<i8> {
    if date.shape != DateShape::Weekday {
        return None;
    }
    date.tokens
        .clone()
        .find_map(|at| {
            copy.read.scan.sense_at(at, |sense| match sense {
                Sense::Date(DateSense::Weekday(weekday)) => i8::try_from(weekday).ok(),
                _ => None,
            })
        })
        .map(|(_, weekday)| weekday)
}

/// "today (Friday)", "today, Friday,": the second only explains the first.
fn is_apposition(copy: &Copy<'_>, first: &Range<usize>, second: &Range<usize>) -> bool {
    let scan = copy.read.scan;
    let between = if first.end <= second.start { first.end..second.start } else { second.end..first.start };
    let end = first.end.max(second.end);
    let [at] = between.clone().collect::<Vec<_>>()[..] else { return false };
    match scan.raw(at) {
        "(" => scan.is_symbol(end, ")"),
        "," => scan.is_symbol(end, ",") || scan.is_symbol(end, "."),
        _ => false,
    }
}
