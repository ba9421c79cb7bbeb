//! The headline against the copy below it: "80 dead" above copy that tells of 78 and of no other number.

use std::ops::Range;

use super::Copy;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::interval::Interval;
use crate::reading::claim::{Claim, GroupWord, Telling, Whose};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::rules::Check;
use crate::rules::file::Trend;

/// A headline is no longer than this, in tokens.
const LONGEST: usize = 30;
/// Among so many numbers of the copy sums are looked for.
const MOST_NUMBERS: usize = 24;

/// The tokens of the headline; none where the copy begins without one.
pub(super) fn find(copy: &Copy<'_>) -> Range<usize> {
    let scan = copy.read.scan;
    let end = (1..scan.tokens.len().min(LONGEST + 1)).find(|&at| scan.gap(at) >= Gap::Line);
    let Some(end) = end else { return 0..0 };
    // In copy with hard line breaks the first line is only a line: its sentence goes on.
    let goes_on = !copy.read.begins_sentence(end);
    let is_sentence = end.checked_sub(1).is_some_and(|last| {
        scan.kind(last) == Some(TokenKind::Symbol) && matches!(scan.raw(last), "." | ":" | ",")
    });
    if goes_on || is_sentence { 0..0 } else { 0..end }
}

pub(super) fn check(copy: &Copy<'_>, headline: &Range<usize>, reporter: &mut Reporter<'_>) {
    if headline.is_empty() {
        return;
    }
    let of_headline = copy.claims.iter().take_while(|claim| {
        copy.quantity(claim).is_some_and(|quantity| quantity.tokens.start < headline.end)
    });
    let of_headline: Vec<&Claim> = of_headline.collect();
    let body = copy.claims.get(of_headline.len()..).unwrap_or(&[]);
    for claim in &of_headline {
        let Some(quantity) = copy.quantity(claim) else { continue };
        let tells = is_toll(copy, claim)
            && copy.is_count(quantity)
            && quantity.hedge != HedgeKind::Vague
            && !claim.barred
            && !claim.partitive
            && !claim.previous
            && claim.telling == Telling::Told
            && group(claim).is_some()
            && !copy.owned.figures.contains(&claim.quantity);
        // Two numbers of one concept in a headline are a sum or a comparison.
        let is_alone = of_headline.iter().filter(|other| other.concept == claim.concept).count() == 1;
        if !tells || !is_alone {
            continue;
        }
        let Some(told) = only_number(copy, claim, body) else { continue };
        if !differs(quantity, told) || is_there(copy, quantity, headline.end) {
            continue;
        }
        let mut draft = Draft::new(Check::InternalHeadline, Verdict::Wrong, quantity.number.clone());
        draft.expected = copy.read.scan.text.get(told.span.clone()).map(str::to_owned);
        draft.values = vec![("context", copy.excerpt(&told.span))];
        reporter.report(draft);
    }
}

/// A count of people that only ever rises: the same number all through one piece of copy.
pub(super) fn is_toll(copy: &Copy<'_>, claim: &Claim) -> bool {
    let concept = claim.concept.and_then(|concept| copy.rules.concepts.get(concept as usize));
    concept.is_some_and(|concept| concept.entry.trend == Some(Trend::Rises) && concept.entry.counts.is_some())
}

/// The one number that the copy has for what a claim of the headline counts, parts of it aside.
fn only_number<'a>(copy: &Copy<'a>, claim: &Claim, body: &[Claim]) -> Option<&'a Quantity> {
    let mut only: Option<&Quantity> = None;
    for other in body.iter().filter(|other| other.concept == claim.concept) {
        let quantity = copy.quantity(other)?;
        // What is told as an earlier number is none of now, and no part of it.
        if other.partitive || other.previous || quantity.unit.is_some() {
            continue;
        }
        let is_plain = copy.is_count(quantity)
            && !other.barred
            && other.telling == Telling::Told
            // "Killed 54 worshippers" counts what "kills 45" does, whatever worshippers are.
            && (group(other) == group(claim) || other.whose == Whose::SomethingElse);
        if !is_plain || only.is_some_and(|only| only.value != quantity.value) {
            return None;
        }
        only = only.or(Some(quantity));
    }
    only
}

/// The group whose people are counted; `None` inside where the claim names none.
fn group(claim: &Claim) -> Option<Option<GroupWord>> {
    match claim.whose {
        Whose::Group(group) | Whose::Carried(group) => Some(Some(group)),
        Whose::Nobodys | Whose::Earlier => Some(None),
        Whose::Unclear | Whose::SomethingElse => None,
    }
}

/// Whether a headline's number cannot stand above the copy's. Who tells of at least 78 knows of 78.
fn differs(headline: &Quantity, told: &Quantity) -> bool {
    let known = match told.hedge {
        HedgeKind::AtLeast => Interval::exactly(told.value),
        HedgeKind::MoreThan => told.soft,
        HedgeKind::Vague => return false,
        _ => told.hard,
    };
    !headline.hard.meets(&known)
}

/// Whether the number stands somewhere in the copy, or two or three counts of people add up to it.
fn is_there(copy: &Copy<'_>, quantity: &Quantity, body: usize) -> bool {
    let interval = |other: &Quantity| Interval::closed(other.value, other.upper.unwrap_or(other.value));
    let fits = |low: f64, high: f64| match quantity.hard.high.is_finite() {
        // "More than 80" meets every larger number, a year as well: only 80 itself bears it out.
        true => quantity.hard.meets(&Interval::closed(low, high)),
        false => low <= quantity.value && quantity.value <= high,
    };
    let stands = copy
        .read
        .quantities
        .iter()
        .filter(|other| other.tokens.start >= body && other.unit.is_none() && !other.article)
        .map(interval)
        .any(|one| fits(one.low, one.high));
    if stands {
        return true;
    }
    let counts: Vec<Interval> = copy
        .claims
        .iter()
        .filter(|claim| claim.concept.is_some() || claim.of_people || claim.whose != Whose::SomethingElse)
        .filter_map(|claim| copy.quantity(claim))
        .filter(|other| other.tokens.start >= body && other.unit.is_none())
        .take(MOST_NUMBERS)
        .map(interval)
        .collect();
    counts.iter().enumerate().any(|(first, a)| {
        counts.iter().enumerate().skip(first + 1).any(|(second, b)| {
            fits(a.low + b.low, a.high + b.high)
                || counts
                    .iter()
                    .skip(second + 1)
                    .any(|c| fits(a.low + b.low + c.low, a.high + b.high + c.high))
        })
    })
}
