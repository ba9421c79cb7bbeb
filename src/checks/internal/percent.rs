//! Shares of more than all: "120 percent of voters". What grew by 120 percent may have done so.

use std::ops::Range;

use super::Copy;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::language::sense::NumberSense;
use crate::language::{Marker, Sense, Term};
use crate::reading::lexer::TokenKind;
use crate::reading::quantity::{HedgeKind, Quantity, Unit};
use crate::rules::Check;

/// So many words may stand between a share and its whole, besides small ones.
const MOST_BETWEEN: usize = 2;

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    for quantity in copy.read.quantities {
        // Who writes "more than 100 percent" means it.
        if quantity.unit == Some(Unit::Percent)
            && quantity.value > 100.0
            && quantity.upper.is_none()
            && matches!(quantity.hedge, HedgeKind::Exact | HedgeKind::About | HedgeKind::Almost)
            && is_share(copy, quantity)
        {
            let draft = Draft::new(Check::InternalPercent, Verdict::Wrong, quantity.number.clone());
            reporter.report(draft);
        }
    }
}

fn is_share(copy: &Copy<'_>, quantity: &Quantity) -> bool {
    let scan = copy.read.scan;
    let sentence = copy.sentence(quantity.tokens.start);
    let around = quantity.tokens.start.saturating_sub(12).max(sentence.start)
        ..(quantity.tokens.end + 12).min(sentence.end);
    if copy.has_marker(&around, &[Marker::Negation, Marker::Previous, Marker::Elsewhere]) {
        return false;
    }
    let is_unit = |at: usize| {
        scan.hits_at(at)
            .iter()
            .find(|hit| hit.sense == Sense::Number(NumberSense::Unit(Unit::Percent)))
            .map(|hit| at + hit.len as usize)
    };
    let end = (quantity.tokens.end..quantity.tokens.end + 3)
        .find_map(is_unit)
        .or_else(|| scan.is_symbol(quantity.tokens.end, "%").then_some(quantity.tokens.end + 1));
    let start = copy.hedged_start(quantity);
    if end.is_some_and(|end| is_led_by_whole(copy, start, end, &sentence)) {
        return true;
    }
    if copy.has_term(&around, Term::Moved) {
        return false;
    }
    end.is_some_and(|end| is_before_whole(copy, end, sentence.end) || is_subject(copy, start, end, &sentence))
        || is_behind_rate(copy, start, sentence.start)
}

/// "Of the houses inspected so far, 140 percent need repairs": the sentence begins with the whole.
fn is_led_by_whole(copy: &Copy<'_>, start: usize, end: usize, sentence: &Range<usize>) -> bool {
    let Some(len) = copy.term_at(sentence.start, Term::LedWhole) else { return false };
    let is_small = |at: usize| copy.marker_at(at, Marker::Function).is_some();
    let is_helping = |at: usize| copy.marker_at(at, Marker::Auxiliary).is_some();
    let whole = sentence.start + len;
    let Some(mut before) = start.checked_sub(1).filter(|&before| before > whole) else { return false };
    let is_inverted = is_helping(before);
    if is_inverted {
        before -= 1;
    }
    let behind = end..(end + 3).min(sentence.end);
    copy.is_word(whole)
        && !is_small(whole)
        && copy.read.scan.is_symbol(before, ",")
        && copy.is_word(end)
        && (!is_small(end) || is_helping(end))
        // "Of the tariffs, 145 percent was the highest", "sind 120 Prozent mehr".
        && !copy.has_marker(&behind, &[Marker::Definite])
        && !copy.has_term(&(end..(end + 6).min(sentence.end)), Term::Moved)
}

/// "140 percent of the ambulances were damaged": the share begins its clause, and its verb follows.
fn is_subject(copy: &Copy<'_>, start: usize, end: usize, sentence: &Range<usize>) -> bool {
    let scan = copy.read.scan;
    let begins = start == sentence.start
        || start.checked_sub(1).is_some_and(|before| {
            scan.kind(before) == Some(TokenKind::Symbol) || copy.marker_at(before, Marker::And).is_some()
        });
    let mut at = end;
    at +=
        copy.term_at(at, Term::PartOf).into_iter().chain(copy.marker_at(at, Marker::Link)).max().unwrap_or(0);
    if copy.marker_at(at, Marker::Definite).is_some() {
        at += 1;
    }
    let Some(len) = copy.term_at(at, Term::Counted) else { return false };
    begins && copy.marker_at(at + len, Marker::Auxiliary).is_some()
}

/// "of the registered voters"; where the language needs no "of", the whole stands right there.
fn is_before_whole(copy: &Copy<'_>, end: usize, limit: usize) -> bool {
    let mut at = end;
    let mut between = 0;
    if let Some(len) =
        copy.term_at(at, Term::PartOf).into_iter().chain(copy.marker_at(at, Marker::Link)).max()
    {
        at += len;
    }
    while at < limit.min(end + 6) {
        if copy.term_at(at, Term::Whole).is_some() || copy.term_at(at, Term::Rate).is_some() {
            return true;
        }
        if !copy.is_word(at) || copy.marker_at(at, Marker::Break).is_some() {
            return false;
        }
        if copy.marker_at(at, Marker::Definite).is_none() {
            // Any other small word begins something else: "120 percent in the vote".
            if copy.marker_at(at, Marker::Function).is_some() {
                return false;
            }
            between += 1;
            if between > MOST_BETWEEN {
                return false;
            }
        }
        at += 1;
    }
    false
}

/// "Turnout was 120 percent", "eine Wahlbeteiligung von 120 Prozent".
fn is_behind_rate(copy: &Copy<'_>, start: usize, least: usize) -> bool {
    let mut at = start;
    let mut between = 0;
    while let Some(before) = at.checked_sub(1).filter(|&before| before >= least) {
        at = before;
        if copy.term_at(at, Term::Rate).is_some() {
            return true;
        }
        if !copy.is_word(at) || copy.marker_at(at, Marker::Break).is_some() {
            return false;
        }
        let is_small = [Marker::Function, Marker::Auxiliary, Marker::Definite]
            .into_iter()
            .any(|marker| copy.marker_at(at, marker).is_some());
        between += usize::from(!is_small);
        if between > MOST_BETWEEN || start - at > 6 {
            return false;
        }
    }
    false
}
