//! Numbers of one sentence that are told of places in turn: "17,674 people in Turkey and 3,377 in Syria",
//! "у Туреччині …, у Сирії …". Each belongs to its own place, and what the first counts the others count too.

use std::borrow::Cow;

use crate::checks::case::Case;
use crate::checks::names::NameMention;
use crate::language::{Marker, Sense};
use crate::reading::claim::{Claim, Whose};
use crate::reading::lexer::TokenKind;
use crate::sheet::{FormKind, Kind, MemberId};

/// What stands in turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// A number, by the index of its quantity.
    Number(usize),
    Place(MemberId),
}

/// A claim with the concept that it leaves to the first of its pairs.
pub(super) fn completed<'c>(case: &Case<'_>, claim: &'c Claim) -> Cow<'c, Claim> {
    if claim.concept.is_some() || !is_elliptic(case, claim) {
        return Cow::Borrowed(claim);
    }
    let mut told = of_sentence(case, claim).filter_map(|other| Some((other, other.concept?)));
    match told.next() {
        Some((first, concept))
            if told.all(|(_, other)| other == concept)
                && matches!(first.whose, Whose::Nobodys | Whose::Earlier)
                && place_of(case, claim).is_some() =>
        {
            Cow::Owned(Claim { concept: Some(concept), whose: first.whose, ..claim.clone() })
        }
        _ => Cow::Borrowed(claim),
    }
}

/// The place of a claim's number, where numbers and places take turns in its sentence and there are as many
/// of the one as of the other.
pub(super) fn place_of(case: &Case<'_>, claim: &Claim) -> Option<MemberId> {
    let mut turns: Vec<(usize, Turn)> = of_sentence(case, claim)
        .filter(|other| other.concept.is_some() || is_elliptic(case, other))
        .filter_map(|other| {
            let quantity = case.read.quantities.get(other.quantity)?;
            Some((quantity.tokens.start, Turn::Number(other.quantity)))
        })
        .collect();
    let many = turns.len();
    let copy = claim.sentence.start.max(case.read.copy_start)..claim.sentence.end;
    if many < 2 || case.has_unknown_place(&copy) {
        return None;
    }
    for name in case.names_in(&copy) {
        if case.kind_of(name.member) == Some(Kind::Place) && name.kind != FormKind::Adjective {
            if is_part(case, name) {
                return None;
            }
            turns.push((name.tokens.start, Turn::Place(name.member)));
        }
    }
    turns.sort_by_key(|(at, _)| *at);
    let mut place = None;
    let mut seen: Vec<MemberId> = Vec::new();
    let numbers_first = matches!(turns.first(), Some((_, Turn::Number(_))));
    for pair in turns.chunks(2) {
        let (number, of) = match *pair {
            [(_, Turn::Number(number)), (_, Turn::Place(of))] if numbers_first => (number, of),
            [(_, Turn::Place(of)), (_, Turn::Number(number))] if !numbers_first => (number, of),
            _ => return None,
        };
        if seen.contains(&of) {
            return None;
        }
        seen.push(of);
        if number == claim.quantity {
            place = Some(of);
        }
    }
    place
}

/// The claims of the claim's sentence, in order.
fn of_sentence<'c>(case: &Case<'c>, claim: &Claim) -> impl Iterator<Item = &'c Claim> {
    let sentence = case.read.sentence(claim.clause.start);
    let claims = case.claims;
    let first = claims.partition_point(|other| other.clause.start < sentence.start);
    claims.iter().skip(first).take_while(move |other| other.clause.start < sentence.end)
}

/// A number without a noun, behind which no word stands that it could count.
fn is_elliptic(case: &Case<'_>, claim: &Claim) -> bool {
    let Some(quantity) = case.read.quantities.get(claim.quantity) else { return false };
    let scan = case.read.scan;
    let end = quantity.tokens.end;
    let is_small = scan.is_marked(end, &[Marker::Function, Marker::Locative, Marker::And]);
    claim.figures.is_empty()
        && quantity.unit.is_none()
        && !claim.barred
        && !claim.partitive
        && (scan.kind(end) != Some(TokenKind::Word) || is_small)
}

/// Only a part of the place is meant, or that it is more than where: "northern Syria", "im Nordwesten Syriens",
/// "Syria's capital".
fn is_part(case: &Case<'_>, name: &NameMention) -> bool {
    let scan = case.read.scan;
    let is_preposition = |at: usize| scan.has_over(at, |sense| sense == Sense::Around(Marker::Preposition));
    let is_small = |at: usize| {
        scan.is_marked(at, &[Marker::Function, Marker::Locative, Marker::And]) || is_preposition(at)
    };
    let is_possessor =
        scan.tokens.get(name.tokens.end - 1).is_some_and(|last| (last.end as usize) > name.span.end);
    let behind = name.tokens.end;
    let says_what = |sense: Sense| matches!(sense, Sense::Concept(_));
    if is_possessor {
        let has_more = scan.kind(behind) == Some(TokenKind::Word) && !is_small(behind);
        return has_more && !(behind..behind + 2).any(|at| scan.has_over(at, says_what));
    }
    let mut at = name.tokens.start;
    // "Na" is preposition and article at once.
    while at.checked_sub(1).is_some_and(|before| scan.is_article(before) && !is_preposition(before)) {
        at -= 1;
    }
    at.checked_sub(1).is_some_and(|before| {
        scan.kind(before) == Some(TokenKind::Word) && !is_small(before)
            || scan.is_marked(before, &[Marker::Link]) && !scan.is_marked(before, &[Marker::Locative])
    })
}
