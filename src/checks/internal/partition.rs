//! A count told place by place to the last one: "114 people, 40 in A, 53 in B and 38 in other places". The other
//! places close the list, so that its numbers are all there are, and none is counted twice.

use std::ops::Range;

use super::Copy;
use super::sum::is_comma;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::language::{Marker, Term};
use crate::reading::claim::Claim;
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::reading::vocabulary::Shape;
use crate::rules::Check;

/// More places than this are a table.
const MOST_PARTS: usize = 6;
/// So many tokens behind the last number the sentence ends.
const MOST_BEHIND: usize = 5;

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    for (index, claim) in copy.claims.iter().enumerate() {
        let Some(whole) = copy.quantity(claim) else { continue };
        let can_be_whole = copy.is_count(whole)
            && !claim.partitive
            && matches!(whole.hedge, HedgeKind::Exact | HedgeKind::AtLeast)
            && !is_in_a_place(copy, whole);
        if !can_be_whole {
            continue;
        }
        let sentence = copy.sentence(whole.tokens.start);
        let rest = copy.claims.get(index + 1..).unwrap_or(&[]);
        let Some(parts) = parts(copy, claim, rest, &sentence) else { continue };
        let sum: f64 = parts.iter().map(|part| part.value).sum();
        // A round count may be less than its parts by what it is rounded.
        if !are_places(copy, whole, &parts, &sentence) || sum < whole.value + whole.step {
            continue;
        }
        let mut draft = Draft::new(Check::InternalSum, Verdict::Wrong, whole.number.clone());
        draft.expected = Some(format!("{sum}"));
        reporter.report(draft);
    }
}

/// The numbers behind a count to the end of its sentence, where they count what it does.
fn parts<'a>(
    copy: &Copy<'a>,
    whole: &Claim,
    rest: &[Claim],
    sentence: &Range<usize>,
) -> Option<Vec<&'a Quantity>> {
    let mut parts = Vec::new();
    for claim in rest {
        let quantity = copy.quantity(claim)?;
        if quantity.tokens.start >= sentence.end {
            break;
        }
        let counts_them = claim.concept.is_none() || claim.concept == whole.concept;
        if !counts_them
            || !copy.is_count(quantity)
            || quantity.hedge != HedgeKind::Exact
            || parts.len() == MOST_PARTS
        {
            return None;
        }
        parts.push(quantity);
    }
    (parts.len() >= 2).then_some(parts)
}

/// Behind each number stands a place, and behind the last the other places, with which the sentence ends.
fn are_places(copy: &Copy<'_>, whole: &Quantity, parts: &[&Quantity], sentence: &Range<usize>) -> bool {
    let scan = copy.read.scan;
    let (Some((last, named)), Some(first)) = (parts.split_last(), parts.first()) else { return false };
    let end = last.tokens.end;
    let said = preposition(copy, end).map_or(end, |len| end + len);
    let are_others = copy.term_at(said, Term::OtherEvent).is_some();
    let begins = (whole.tokens.end..first.tokens.start).rev().take(3).any(|at| is_comma(copy, at));
    let connect = &scan.language.pack.hedges.connect;
    let are_joined = parts.windows(2).all(|pair| {
        let [first, second] = pair else { return false };
        second.tokens.start.checked_sub(1).is_some_and(|before| {
            before > first.tokens.end
                && (is_comma(copy, before) || connect.iter().any(|word| word == scan.folded(before)))
        })
    });
    begins
        && are_joined
        && named.iter().all(|part| is_in_a_place(copy, part))
        && are_others
        && sentence.end <= end + MOST_BEHIND
}

/// A preposition of place and a name stand right behind the number: no noun of its own.
fn is_in_a_place(copy: &Copy<'_>, part: &Quantity) -> bool {
    let end = part.tokens.end;
    preposition(copy, end).is_some_and(|len| {
        let word = copy.read.scan.word(end + len);
        word.is_some_and(|word| !matches!(word.shape, Shape::Lower | Shape::Caseless))
    })
}

/// How long a preposition of place is that begins at a token.
fn preposition(copy: &Copy<'_>, at: usize) -> Option<usize> {
    copy.term_at(at, Term::Where).into_iter().chain(copy.marker_at(at, Marker::Locative)).max()
}
