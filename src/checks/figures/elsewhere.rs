//! The second half of a toll: "17,674 people died in Turkey. Another 3,317 died in Syria" is all that the other place
//! has, and no more on top of what it had.

use std::borrow::Cow;

use super::pairs;
use super::series::Judgement;
use crate::checks::case::Case;
use crate::finding::Verdict;
use crate::reading::claim::{Claim, Telling};
use crate::reading::lexer::Gap;
use crate::sheet::model::EntryKind;
use crate::sheet::{Figure, FormKind, Kind};

/// A number on top of one that is told of another place counts as told of its own. Everything else stays as it is.
pub(super) fn told<'c>(case: &Case<'_>, claim: Cow<'c, Claim>, figure: &Figure) -> Cow<'c, Claim> {
    if claim.telling != Telling::Additional
        || !(is_second_half(case, &claim, figure) || is_of_another_kind(case, &claim, figure))
    {
        return claim;
    }
    Cow::Owned(Claim { telling: Telling::Told, ..claim.into_owned() })
}

/// "284 people died and another 652 were injured": on top of those who died, who are another figure's.
fn is_of_another_kind(case: &Case<'_>, claim: &Claim, figure: &Figure) -> bool {
    if figure.series.iter().any(|entry| entry.kind == EntryKind::Additional) {
        return false;
    }
    let read = case.read;
    let sentence = read.sentence(claim.clause.start);
    let from = match sentence.start.checked_sub(1) {
        Some(before) if read.scan.gap(sentence.start) < Gap::Paragraph => read.sentence(before).start,
        _ => sentence.start,
    };
    let claims = case.claims;
    let first = claims.partition_point(|other| other.clause.start < from);
    let mut told = claims
        .iter()
        .skip(first)
        .take_while(|other| other.quantity < claim.quantity)
        .filter(|other| other.concept.is_some())
        .peekable();
    told.peek().is_some()
        && told.all(|other| other.concept != claim.concept && other.telling == Telling::Told)
}

/// Whether a number that was told on top of another place's is too small to be more than what came since.
pub(super) fn may_be_more(case: &Case<'_>, claim: &Claim, judgement: &Judgement<'_>) -> bool {
    const HALF: f64 = 2.0;
    let quantity = &case.read.quantities[claim.quantity];
    judgement.verdict != Verdict::Agrees
        && judgement.current.is_none_or(|current| quantity.value * HALF < current.value.number)
}

fn is_second_half(case: &Case<'_>, claim: &Claim, figure: &Figure) -> bool {
    let read = case.read;
    let is_own = |places: &std::ops::Range<usize>| {
        case.names_in(places)
            .iter()
            .any(|name| figure.places.contains(&name.member) && name.kind != FormKind::Adjective)
    };
    let has_own_kind = figure.series.iter().any(|entry| entry.kind == EntryKind::Additional);
    if has_own_kind || figure.place_is_default || !is_own(&claim.clause) || !claim.dates.is_empty() {
        return false;
    }
    let sentence = read.sentence(claim.clause.start);
    let from = match sentence.start.checked_sub(1) {
        Some(before) if read.scan.gap(sentence.start) < Gap::Paragraph => read.sentence(before).start,
        _ => sentence.start,
    };
    let is_elsewhere = |other: &&Claim| {
        let is_other_place = |name: &crate::checks::names::NameMention| {
            case.kind_of(name.member) == Some(Kind::Place)
                && !figure.places.contains(&name.member)
                && name.kind != FormKind::Adjective
        };
        let place = pairs::place_of(case, other);
        other.concept == claim.concept
            && other.telling == Telling::Told
            && !other.barred
            && match place {
                Some(place) => !figure.places.contains(&place),
                None => {
                    let told = other.sentence.start..claim.clause.start.min(other.sentence.end);
                    case.names_in(&told).iter().any(is_other_place) && !is_own(&told)
                }
            }
    };
    let claims = case.claims;
    let first = claims.partition_point(|other| other.clause.start < from);
    claims
        .iter()
        .skip(first)
        .take_while(|other| other.quantity < claim.quantity)
        .any(|other| is_elsewhere(&other))
}
