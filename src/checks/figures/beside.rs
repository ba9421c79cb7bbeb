//! What the other numbers of a sentence say of one: it is compared with the one that holds now, or told as a whole
//! number among whole ones.

use std::ops::Range;

use super::check::Linked;
use super::slip;
use crate::checks::case::Case;
use crate::finding::Verdict;
use crate::reading::claim::Claim;

/// "28 people died, 652 were hurt and 73 are missing": beside the whole numbers of other figures it is no part.
pub(super) fn has_whole_beside(case: &Case<'_>, tied: &[Option<Linked<'_>>], index: usize) -> bool {
    let (Some(claim), Some(Some(linked))) = (case.claims.get(index), tied.get(index)) else { return false };
    let is_whole = |at: usize| {
        let (Some(other), Some(Some(beside))) = (case.claims.get(at), tied.get(at)) else { return false };
        at != index
            && overlap(other, claim)
            && beside.figure.concept != linked.figure.concept
            && beside.figure.places == linked.figure.places
            && beside.figure.groups == linked.figure.groups
            && beside.judgement.verdict == Verdict::Agrees
            && case
                .read
                .quantities
                .get(other.quantity)
                .is_some_and(|quantity| slip::significant(quantity.value) >= 2)
    };
    around(index, tied.len()).any(is_whole)
}

/// The numbers beside one, and itself.
fn around(index: usize, count: usize) -> Range<usize> {
    index.saturating_sub(MOST_COMPARED)..(index + MOST_COMPARED + 1).min(count)
}

/// "First given as 44,128, the toll is 44,218": a number beside the one that holds now, of the same figure and in the
/// same sentence, is what that is compared with.
pub(super) fn leave_compared(case: &Case<'_>, tied: &mut [Option<Linked<'_>>]) {
    let is_wrong = |linked: &Linked<'_>| matches!(linked.judgement.verdict, Verdict::Wrong | Verdict::Newer);
    for index in 0..tied.len() {
        let (Some(claim), Some(Some(linked))) = (case.claims.get(index), tied.get(index)) else { continue };
        let is_current = |other: &Linked<'_>| {
            std::ptr::eq(other.figure, linked.figure)
                && other.judgement.verdict == Verdict::Agrees
                && other
                    .judgement
                    .current
                    .zip(other.judgement.matched)
                    .is_some_and(|(current, matched)| std::ptr::eq(current, matched))
        };
        let is_beside = |at: usize| {
            at != index
                && case.claims.get(at).is_some_and(|other| overlap(other, claim))
                && tied.get(at).is_some_and(|other| other.as_ref().is_some_and(is_current))
        };
        if is_wrong(linked) && around(index, tied.len()).any(is_beside) {
            tied[index] = None;
        }
    }
}

/// So many numbers of a sentence are looked at for the one that holds now.
const MOST_COMPARED: usize = 4;

/// Whether two claims stand in one sentence, which reaches only so far from each.
fn overlap(one: &Claim, other: &Claim) -> bool {
    one.sentence.contains(&other.clause.start) && other.sentence.contains(&one.clause.start)
}
