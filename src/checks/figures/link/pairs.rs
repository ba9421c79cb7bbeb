//! Numbers of one sentence that are told of places in turn: "17,674 people in Turkey and 3,377 in Syria",
//! "у Туреччині …, у Сирії …". Each belongs to its own place.

use crate::checks::case::Case;
use crate::reading::claim::Claim;
use crate::sheet::{FormKind, Kind, MemberId};

/// What stands in turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// A number of the concept, by the index of its quantity.
    Number(usize),
    Place(MemberId),
}

/// The place of a claim's number, where numbers of its concept and places take turns in its sentence and
/// there are as many of the one as of the other.
pub(super) fn place_of(case: &Case<'_>, claim: &Claim) -> Option<MemberId> {
    let concept = claim.concept?;
    let first = case.claims.partition_point(|other| other.sentence.start < claim.sentence.start);
    let numbers = case
        .claims
        .iter()
        .skip(first)
        .take_while(|other| other.sentence.start == claim.sentence.start)
        .filter(|other| other.concept == Some(concept));
    let mut turns: Vec<(usize, Turn)> = numbers
        .filter_map(|other| {
            let quantity = case.read.quantities.get(other.quantity)?;
            Some((quantity.tokens.start, Turn::Number(other.quantity)))
        })
        .collect();
    let many = turns.len();
    if many < 2 {
        return None;
    }
    let copy = claim.sentence.start.max(case.read.copy_start)..claim.sentence.end;
    let places = case
        .names_in(&copy)
        .iter()
        .filter(|name| case.kind_of(name.member) == Some(Kind::Place) && name.kind != FormKind::Adjective);
    turns.extend(places.map(|name| (name.tokens.start, Turn::Place(name.member))));
    if turns.len() != many * 2 || case.has_unknown_place(&copy) {
        return None;
    }
    turns.sort_by_key(|(at, _)| *at);
    let mut place = None;
    let mut seen: Vec<MemberId> = Vec::new();
    for pair in turns.chunks(2) {
        let (number, of) = match pair {
            [(_, Turn::Number(number)), (_, Turn::Place(of))]
                if matches!(turns.first(), Some((_, Turn::Number(_)))) =>
            {
                (*number, *of)
            }
            [(_, Turn::Place(of)), (_, Turn::Number(number))]
                if matches!(turns.first(), Some((_, Turn::Place(_)))) =>
            {
                (*number, *of)
            }
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
