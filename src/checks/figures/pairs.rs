//! Numbers of one sentence that are told of places in turn: "17,674 people in Turkey and 3,377 in Syria",
//! "у Туреччині …, у Сирії …". Each belongs to its own place, and what the first counts the others count too.

use std::borrow::Cow;

use crate::checks::case::Case;
use crate::checks::names::NameMention;
use crate::language::sense::SheetWord;
use crate::language::{Marker, Sense};
use crate::reading::claim::{Claim, Whose};
use crate::reading::lexer::TokenKind;
use crate::sheet::{FormKind, Kind, MemberId};

/// What stands in turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// A number, by the index of its quantity.
    Number(usize),
    /// Where, or whose: the index of a member or of a figure.
    Of(u32),
}

/// So near behind a number stands the place that is its own, in tokens: a preposition and an article between.
const NEAR_BEHIND: usize = 4;

/// A claim with the concept that it leaves to the first of its pairs.
pub(super) fn completed<'c>(case: &Case<'_>, claim: &'c Claim) -> Cow<'c, Claim> {
    if claim.concept.is_some() || !is_elliptic(case, claim) {
        return Cow::Borrowed(claim);
    }
    if let Some(figures) = figures_in_turn(case, claim) {
        return Cow::Owned(Claim { figures, ..claim.clone() });
    }
    let before = of_sentence(case, claim).take_while(|other| other.quantity < claim.quantity);
    let mut told = before.filter_map(|other| Some((other, other.concept?)));
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

/// "A received 134 votes, B 82": the figures whose words the first number has, where the others have only `when` each.
fn figures_in_turn(case: &Case<'_>, claim: &Claim) -> Option<Vec<u16>> {
    let first = of_sentence(case, claim)
        .take_while(|other| other.quantity < claim.quantity)
        .find(|other| !other.figures.is_empty())?;
    let figures = first.figures.clone();
    when_of(case, claim, |index| figures.contains(&index))?;
    Some(figures)
}

/// The place of a claim's number, where numbers and places take turns in its sentence and there are as many
/// of the one as of the other.
pub(super) fn place_of(case: &Case<'_>, claim: &Claim) -> Option<MemberId> {
    let copy = claim.sentence.start.max(case.read.copy_start)..claim.sentence.end;
    let is_place = |name: &&NameMention| {
        case.kind_of(name.member) == Some(Kind::Place) && name.kind != FormKind::Adjective
    };
    let places = || case.names_in(&copy).iter().filter(is_place);
    if case.has_unknown_place(&copy) || places().any(|name| is_part(case, name)) {
        return None;
    }
    in_turn(case, claim, places().map(|name| (name.tokens.start, name.member.0))).map(MemberId)
}

/// The one of some parties whose number a claim is, where numbers and parties take turns: "The CSU won 85 seats
/// and the AfD 32".
pub(super) fn party_of(
    case: &Case<'_>,
    claim: &Claim,
    is_party: impl Fn(MemberId) -> bool,
) -> Option<MemberId> {
    let parties = case.names_in(&claim.sentence).iter().filter(|name| is_party(name.member));
    in_turn(case, claim, parties.map(|name| (name.tokens.start, name.member.0))).map(MemberId)
}

/// The one of some figures with the same words whose `when` a claim's number takes turns with: "A received 134 votes,
/// B 82".
pub(super) fn when_of(case: &Case<'_>, claim: &Claim, is_figure: impl Fn(u16) -> bool) -> Option<u16> {
    let mut words: Vec<(usize, u32)> = case
        .wording_in(&claim.sentence)
        .iter()
        .filter_map(|hit| match hit.sense {
            Sense::Sheet(SheetWord::FigureWhen(index)) if is_figure(index) => {
                Some((hit.token as usize, u32::from(index)))
            }
            _ => None,
        })
        .collect();
    // A name of two words is said once.
    words.dedup_by(|next, last| next.1 == last.1 && next.0 == last.0 + 1);
    in_turn(case, claim, words.into_iter()).and_then(|index| index.try_into().ok())
}

/// `of`: where each stands, and which it is.
fn in_turn(case: &Case<'_>, claim: &Claim, of: impl Iterator<Item = (usize, u32)>) -> Option<u32> {
    // "5,894 people in Turkey and 1,832 in Syria, and injured 20,000": what else is counted takes no turn.
    let counts =
        |other: &Claim| (other.concept.is_some() || !other.figures.is_empty()).then_some(other.concept);
    let own = counts(claim).or_else(|| of_sentence(case, claim).find_map(counts));
    let is_counted = |other: &&Claim| match counts(other) {
        Some(counted) => Some(counted) == own && shares_words(other, claim),
        None => is_elliptic(case, other),
    };
    let mut turns: Vec<(usize, Turn)> = of_sentence(case, claim)
        .filter(is_counted)
        .filter_map(|other| {
            let quantity = case.read.quantities.get(other.quantity)?;
            Some((quantity.tokens.start, Turn::Number(other.quantity)))
        })
        .collect();
    if turns.len() < 2 {
        return None;
    }
    turns.extend(of.map(|(at, of)| (at, Turn::Of(of))));
    turns.sort_by_key(|(at, _)| *at);
    // "In Turkey 5,894 people died, and 1,832 in Syria": the place right behind the second number is its own.
    if let [
        (_, Turn::Of(first)),
        (_, Turn::Number(one)),
        (at, Turn::Number(other)),
        (place, Turn::Of(second)),
    ] = turns[..]
    {
        let is_beside = place.saturating_sub(at) <= NEAR_BEHIND && first != second;
        return [(one, first), (other, second)]
            .into_iter()
            .find(|&(number, _)| number == claim.quantity)
            .filter(|_| is_beside)
            .map(|(_, of)| of);
    }
    let mut found = None;
    let mut seen: Vec<u32> = Vec::new();
    let numbers_first = matches!(turns.first(), Some((_, Turn::Number(_))));
    for pair in turns.chunks(2) {
        let (number, of) = match *pair {
            [(_, Turn::Number(number)), (_, Turn::Of(of))] if numbers_first => (number, of),
            [(_, Turn::Of(of)), (_, Turn::Number(number))] if !numbers_first => (number, of),
            _ => return None,
        };
        if seen.contains(&of) {
            return None;
        }
        seen.push(of);
        if number == claim.quantity {
            found = Some(of);
        }
    }
    found
}

/// Whether words of the sheet, where both have some, are the same for two numbers without a concept of the rules.
fn shares_words(one: &Claim, other: &Claim) -> bool {
    one.concept.is_some()
        || one.figures.is_empty()
        || other.figures.is_empty()
        || one.figures.iter().any(|figure| other.figures.contains(figure))
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
