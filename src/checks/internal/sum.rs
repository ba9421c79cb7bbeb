//! Sums that their parts do not add up to: "61 in the north and 27 in the south, 98 in all".

use std::ops::Range;

use super::Copy;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::interval::Interval;
use crate::language::{Marker, Term};
use crate::reading::claim::{Claim, Telling, Whose};
use crate::reading::lexer::TokenKind;
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::rules::Check;

/// Parts are this many at the most; more is a table.
const MOST_PARTS: usize = 8;
/// Below this a sum that is larger than its parts may well have parts that nobody told.
const LEAST_TO_BE_A_SLIP: f64 = 20.0;

/// A number of one sentence on its way to a sum.
struct Item<'a> {
    claim: &'a Claim,
    quantity: &'a Quantity,
    /// The first token of the number with its hedge.
    start: usize,
}

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    // Most copy adds nothing up.
    let mut done = 0;
    for hit in copy.told(Term::Sum) {
        let at = hit.token as usize;
        if at < done {
            continue;
        }
        let sentence = copy.sentence(at);
        done = sentence.end;
        check_sentence(copy, &sentence, reporter);
    }
}

fn check_sentence(copy: &Copy<'_>, sentence: &Range<usize>, reporter: &mut Reporter<'_>) {
    let Some(items) = items(copy, sentence) else { return };
    for (index, total) in items.iter().enumerate() {
        let (before, rest) = items.split_at(index);
        let behind = rest.get(1..).unwrap_or(&[]);
        let is_last = behind.is_empty() && before.len() >= 2 && is_sum_behind(copy, before, total);
        let is_first = before.is_empty() && behind.len() >= 2 && is_sum_before(copy, total, behind);
        let parts = if is_last { before } else { behind };
        if !(is_last || is_first) || parts.len() > MOST_PARTS {
            continue;
        }
        let (low, high) = parts.iter().fold((0.0, 0.0), |(low, high), part| {
            (low + part.quantity.hard.low, high + part.quantity.hard.high)
        });
        let sum: f64 = parts.iter().map(|part| part.quantity.value).sum();
        if total.quantity.hard.meets(&Interval::closed(low, high)) {
            continue;
        }
        // A total above its parts may have others that nobody tells; below them it cannot be.
        let stated = total.quantity.value;
        let may_be_slip = is_last && sum >= LEAST_TO_BE_A_SLIP && is_slip(stated, sum);
        // The last digit is where a part that nobody tells would show.
        let is_more = stated > sum && !(may_be_slip && (stated - sum) % 10.0 == 0.0);
        if is_more || (stated < sum && is_among(stated, parts)) {
            continue;
        }
        let expected = format!("{sum}");
        let mut draft = Draft::new(Check::InternalSum, Verdict::Wrong, total.quantity.number.clone());
        draft.expected = Some(expected);
        reporter.report(draft);
        return;
    }
}

/// The numbers of a sentence, where every one of them is a plain count of what happened.
fn items<'a>(copy: &Copy<'a>, sentence: &Range<usize>) -> Option<Vec<Item<'a>>> {
    if copy.has_marker(
        sentence,
        &[Marker::Partitive, Marker::Elsewhere, Marker::Previous, Marker::Remaining, Marker::Additional],
    ) {
        return None;
    }
    let first = copy.claims.partition_point(|claim| {
        copy.quantity(claim).is_some_and(|quantity| quantity.tokens.start < sentence.start)
    });
    let mut items = Vec::new();
    for claim in copy.claims.get(first..).unwrap_or(&[]) {
        let quantity = copy.quantity(claim)?;
        if quantity.tokens.start >= sentence.end {
            break;
        }
        let is_plain = copy.is_count(quantity)
            && quantity.hedge == HedgeKind::Exact
            && !claim.barred
            && !claim.previous
            && matches!(claim.telling, Telling::Told | Telling::Remaining);
        if !is_plain {
            return None;
        }
        items.push(Item { claim, quantity, start: copy.hedged_start(quantity) });
        if items.len() > MOST_PARTS + 1 {
            return None;
        }
    }
    (items.len() >= 3).then_some(items)
}

/// "61 in the north and 27 in the south, 98 in all": parts joined to each other, a comma, and a number that
/// the word for the sum stands right beside.
fn is_sum_behind(copy: &Copy<'_>, parts: &[Item<'_>], total: &Item<'_>) -> bool {
    let Some(last) = parts.last() else { return false };
    let end = total.quantity.tokens.end;
    let said = copy.term_at(end, Term::Sum).is_some() || said_before(copy, total.start).is_some();
    let comma = (last.quantity.tokens.end..total.start).rev().take(4).any(|at| is_comma(copy, at));
    said && comma && are_joined(copy, parts) && !is_of_another_kind(parts, total)
}

/// "In all 98 were hurt: 61 in the north and 27 in the south": the parts have no nouns of their own, so that
/// they count what the total counts.
fn is_sum_before(copy: &Copy<'_>, total: &Item<'_>, parts: &[Item<'_>]) -> bool {
    let Some(first) = parts.first() else { return false };
    let end = total.quantity.tokens.end;
    let said = said_before(copy, total.start).is_some()
        || (end..end + 3).any(|at| copy.term_at(at, Term::Sum).is_some());
    let parted = first.start.checked_sub(1).is_some_and(|at| is_comma(copy, at));
    said && parted
        && are_joined(copy, parts)
        && parts.iter().all(|part| {
            let next = part.quantity.tokens.end;
            copy.marker_at(next, Marker::Function).is_some()
                || copy.marker_at(next, Marker::Locative).is_some()
        })
        && !is_of_another_kind(parts, total)
}

/// The words for a sum right before a number, one word or a comma aside.
fn said_before(copy: &Copy<'_>, start: usize) -> Option<usize> {
    copy.term_before(start, Term::Sum).or_else(|| {
        let before = start.checked_sub(1)?;
        let is_small = copy.is_word(before) || copy.read.scan.is_symbol(before, ",");
        is_small.then(|| copy.term_before(before, Term::Sum))?
    })
}

/// Between two parts stands a comma or a word that joins: "12 houses in 3 towns" has none.
fn are_joined(copy: &Copy<'_>, parts: &[Item<'_>]) -> bool {
    let connect = &copy.read.scan.language.pack.hedges.connect;
    parts.windows(2).all(|pair| {
        let [first, second] = pair else { return false };
        (first.quantity.tokens.end..second.start)
            .any(|at| is_comma(copy, at) || connect.iter().any(|word| word == copy.read.scan.folded(at)))
    })
}

/// The numbers do not count one thing: dead and injured, people and houses.
fn is_of_another_kind(parts: &[Item<'_>], total: &Item<'_>) -> bool {
    let mut concepts: Vec<u16> =
        parts.iter().chain(std::iter::once(total)).filter_map(|item| item.claim.concept).collect();
    concepts.dedup();
    concepts.len() > 1
        || (total.claim.of_people && parts.iter().any(|part| part.claim.whose == Whose::SomethingElse))
}

pub(super) fn is_comma(copy: &Copy<'_>, at: usize) -> bool {
    copy.read.scan.kind(at) == Some(TokenKind::Symbol)
        && matches!(copy.read.scan.raw(at), "," | ";" | ":" | "–" | "—" | "-" | "(" | ")")
}

/// Some of the parts make the total by themselves, or one of them is it: the others are of something else.
fn is_among(total: f64, parts: &[Item<'_>]) -> bool {
    (1u32..1 << parts.len().min(MOST_PARTS)).any(|some| {
        let chosen = parts.iter().enumerate().filter(|(at, _)| some & (1 << at) != 0);
        chosen.map(|(_, part)| part.quantity.value).sum::<f64>() == total
    })
}

/// One digit mistaken, or two that changed places: a slip of the hand and no further part.
pub(super) fn is_slip(a: f64, b: f64) -> bool {
    let (a, b) = (format!("{a}"), format!("{b}"));
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let differ: Vec<usize> = (0..a.len()).filter(|&at| a.get(at) != b.get(at)).collect();
    match differ[..] {
        [_] => true,
        [first, second] => {
            second == first + 1 && a.get(first) == b.get(second) && a.get(second) == b.get(first)
        }
        _ => false,
    }
}
