//! The stretch of a sentence that a date can date: up to the nearest comma, with what stands before the commas around
//! the date alone, or of the sentence that it heads.

use std::ops::Range;

use super::case::Case;
use crate::language::{Marker, SenseSet};
use crate::reading::dates::DateMention;

/// The sentence behind a date that is a sentence of its own: the first of an entry of a chronicle.
pub(super) fn headed_by(case: &Case<'_>, date: &DateMention) -> Option<Range<usize>> {
    const LONGEST: usize = 60;
    let own = case.read.sentence(date.tokens.start);
    let behind = case.read.sentence(own.end);
    let is_heading = |heading: &DateMention| heading.tokens == date.tokens;
    (behind.start == own.end
        && behind.len() <= LONGEST
        && case.read.heading_of(&behind).is_some_and(is_heading)
        && case.read.dates_in(&behind).is_empty())
    .then_some(behind)
}

/// Where the first clause of a sentence ends.
pub(super) fn first_clause(case: &Case<'_>, sentence: &Range<usize>) -> usize {
    sentence.clone().find(|&at| stops(case, at)).unwrap_or(sentence.end)
}

fn stops(case: &Case<'_>, at: usize) -> bool {
    let scan = case.read.scan;
    matches!(
        scan.symbol(at),
        Some(',' | ';' | ':' | '(' | ')' | '–' | '—' | '"' | '«' | '»' | '“' | '”' | '„')
    ) || (scan.begins(at).has_any(SenseSet::marker(Marker::Break)) && !is_in_own_words(case, at))
}

/// A word of the sheet's own wording: the "before" of "appeared before parliament" begins no clause.
fn is_in_own_words(case: &Case<'_>, at: usize) -> bool {
    const LONGEST: usize = 8;
    let own = case.wording_in(&(at.saturating_sub(LONGEST)..at));
    own.iter().any(|hit| hit.token as usize + hit.len as usize > at)
}

/// The clause of a date with that which it dates from between commas: "the dismissal of Smith, on 16 November,
/// shocked", "a demissão de Smith, em 16 de novembro".
pub(super) fn with_what_it_dates(
    case: &Case<'_>,
    date: &DateMention,
    clause: Range<usize>,
    sentence: &Range<usize>,
) -> Range<usize> {
    let scan = case.read.scan;
    let is_small = |at: usize| {
        date.tokens.contains(&at)
            || scan.is_marked(at, &[Marker::Function, Marker::Locative])
            || scan.is_article(at)
    };
    let closes = clause.end >= sentence.end || matches!(scan.symbol(clause.end), Some(',' | '.' | ';'));
    // "On 5 May, a bomb went off": the day opens the sentence.
    if clause.start == sentence.start && scan.is_symbol(clause.end, ",") && clause.clone().all(is_small) {
        let behind = clause.end + 1;
        let end = (behind..sentence.end).find(|&at| stops(case, at)).unwrap_or(sentence.end);
        return clause.start..end;
    }
    let comma =
        clause.start.checked_sub(1).filter(|&comma| comma > sentence.start && scan.is_symbol(comma, ","));
    let Some(comma) = comma.filter(|_| closes && clause.clone().all(is_small)) else { return clause };
    let mut start = comma;
    while start > sentence.start && !stops(case, start - 1) {
        start -= 1;
    }
    start..clause.end
}

/// The stretch of the sentence around a date up to the nearest comma, bracket or clause word.
pub(crate) fn clause_around(case: &Case<'_>, date: &DateMention, sentence: &Range<usize>) -> Range<usize> {
    let mut start = date.tokens.start;
    while start > sentence.start && !stops(case, start - 1) {
        start -= 1;
    }
    let mut end = date.tokens.end;
    while end < sentence.end && !stops(case, end) {
        end += 1;
    }
    start..end
}
