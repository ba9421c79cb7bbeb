//! The dateline at the head of a story: "MOSKAU, 8. Januar (Xinhua) --", "Last Updated : Jan 08 2022".

use std::ops::Range;

use super::dates::{DateMention, DateShape, Meaning};
use super::lexer::{Gap, TokenKind};
use super::scan::Scan;
use super::vocabulary::Shape;
use crate::language::date_phrases::DateRole;

/// Where and when a story says it was filed.
#[derive(Clone, Debug)]
pub struct Dateline {
    /// Bytes of the text: place and date, or label and date.
    pub span: Range<usize>,
    /// Bytes of the place, where one stands there.
    pub place: Option<Range<usize>>,
    /// The date as read; it may lack its year.
    pub date: DateMention,
    /// It is a line that says when the story was published, not where it was filed.
    pub label: bool,
}

/// Datelines stand at the head: in the first so many tokens.
const HEAD: usize = 250;
/// Longer runs of words before a date are a sentence, not a place.
const LONGEST_PLACE: usize = 8;

/// Finds the dateline among a text's dates; one that names its place first.
pub fn find_dateline(scan: &Scan<'_>, dates: &[DateMention]) -> Option<Dateline> {
    let head = || {
        dates
            .iter()
            .take_while(|date| date.tokens.start < HEAD)
            .filter(|date| matches!(date.meaning, Meaning::Day(_) | Meaning::Unresolved))
    };
    let days = || head().filter(|date| matches!(date.shape, DateShape::Full | DateShape::DayMonth));
    // A weekday alone says which part is the dateline, and not which day it is.
    let mut weekdays = head().filter(|date| date.shape == DateShape::Weekday);
    days()
        .find_map(|date| placed(scan, date))
        .or_else(|| days().find_map(|date| labelled(scan, date)))
        .or_else(|| weekdays.find_map(|date| placed(scan, date)))
}

/// `PLACE, 8 January (Agency) --`
fn placed(scan: &Scan<'_>, date: &DateMention) -> Option<Dateline> {
    let start = line_start(scan, date.tokens.start)?;
    let end = date.tokens.start;
    // Place and date are parted by a comma, or a dash, or a parenthesis.
    let comma = scan.kind(end.checked_sub(1)?) == Some(TokenKind::Symbol)
        && matches!(scan.raw(end - 1), "," | "(" | "-" | "–" | "—" | "/" | "." | "|");
    let place = start..if comma { end - 1 } else { end };
    if place.is_empty() || place.len() > LONGEST_PLACE || !comma {
        return None;
    }
    let names = |token: usize| {
        scan.word(token).is_some_and(|word| word.kind == TokenKind::Word && word.shape != Shape::Lower)
    };
    let first = scan.word(place.start)?;
    let capitals = place.clone().filter(|&token| scan.kind(token) == Some(TokenKind::Word)).all(names);
    if first.kind != TokenKind::Word || !capitals {
        return None;
    }
    let upper = first.shape == Shape::Upper;
    if !(closes(scan, date.tokens.end, upper)) {
        return None;
    }
    let bytes = |tokens: &Range<usize>| {
        let first = scan.tokens.get(tokens.start)?;
        let last = scan.tokens.get(tokens.end.checked_sub(1)?)?;
        Some(first.start as usize..last.end as usize)
    };
    let place = bytes(&place)?;
    Some(Dateline { span: place.start..date.span.end, place: Some(place), date: date.clone(), label: false })
}

/// Whether what follows a date closes a dateline: an agency in parentheses, a dash, a full stop, the
/// line's end. After a place in capitals a comma or colon is enough.
fn closes(scan: &Scan<'_>, at: usize, upper: bool) -> bool {
    if scan.gap(at) >= Gap::Line {
        return true;
    }
    match scan.raw(at) {
        "-" | "–" | "—" | "." | "/" | "(" | "―" | ")" => true,
        "," | ":" => upper,
        _ => false,
    }
}

/// `Last Updated : Jan 08 2022`
fn labelled(scan: &Scan<'_>, date: &DateMention) -> Option<Dateline> {
    let phrases = scan.language.pack.dates.phrases();
    let mut end = date.tokens.start;
    // A colon, or a weekday told apart from the date, may stand between.
    for _ in 0..2 {
        if let Some((len, ())) = phrases.before(scan, end, |role| (role == DateRole::Published).then_some(()))
        {
            let start = scan.tokens.get(end - len)?.start as usize;
            return Some(Dateline {
                span: start..date.span.end,
                place: None,
                date: date.clone(),
                label: true,
            });
        }
        end = end.checked_sub(1).filter(|&end| scan.kind(end) == Some(TokenKind::Symbol))?;
    }
    None
}

/// The first token of a token's line, where that is near.
fn line_start(scan: &Scan<'_>, token: usize) -> Option<usize> {
    (0..=token).rev().take(LONGEST_PLACE + 2).find(|&token| scan.gap(token) >= Gap::Line)
}
