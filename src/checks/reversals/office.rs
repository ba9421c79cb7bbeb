//! The office that somebody is told to have got or lost, with what it is of.

use std::ops::Range;

use super::clause::{Clauses, Predicate, tokens_of};
use super::facts::Fact;
use super::subject::Party;
use crate::checks::case::Case;
use crate::checks::names::NameMention;
use crate::language::sense::{SheetWord, TitleWord};
use crate::language::{Hit, Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;
use crate::sheet::{FormKind, Kind, MemberId};

/// An office stands in the clause outside of the party's own titles.
pub(super) fn has_any_office(clauses: &Clauses<'_, '_>, predicate: &Predicate, party: &Party) -> bool {
    clauses
        .case
        .read
        .scan
        .hits_in(&predicate.clause)
        .iter()
        .any(|hit| matches!(hit.sense, Sense::Office(_)) && !party.tokens.contains(&(hit.token as usize)))
}

/// Whether the party is called by the fact's office, and by no other: who is dismissed or resigns loses what his title
/// says, "Parliament dismissed Prime Minister Smith".
pub(super) fn is_titled(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    party: &Party,
    office: &str,
    fact: &Fact<'_>,
) -> bool {
    let case = clauses.case;
    let scan = case.read.scan;
    // "Renunciou ao salário", "trat von einer Reise zurück": from what else is said.
    let is_else = |at: usize| {
        let is_noun = clauses.is_unknown_noun(at) || scan.is_unknown_capital(at) && !case.is_named(at);
        is_noun && !party.tokens.contains(&at) && !predicate.pieces.iter().any(|piece| piece.contains(&at))
    };
    let told = predicate.lead.end.min(party.tokens.end)..predicate.clause.end;
    if told.into_iter().any(is_else) {
        return false;
    }
    let id_of = |of: u16| case.rules.offices.get(usize::from(of)).map(|office| office.id.as_str());
    let hits = case.read.scan.hits_in(&party.tokens);
    let offices = || hits.iter().filter(|hit| matches!(hit.sense, Sense::Office(_)));
    let longest = offices().map(|hit| hit.len).max().unwrap_or(0);
    let is_own = |hit: &Hit| matches!(hit.sense, Sense::Office(of) if id_of(of) == Some(office));
    // "President" is within "vice president", and a minister is one of something.
    let is_only = offices().any(|hit| is_own(hit) && hit.len == longest)
        && offices()
            .filter(|hit| hit.len == longest)
            .all(|hit| is_own(hit) || offices().any(|own| is_own(own) && own.token == hit.token));
    // "Primeiro" is the first one, and no part of a prime minister.
    let is_within = |hit: &Hit| offices().any(|own| tokens_of(own).contains(&(hit.token as usize)));
    let is_plain = hits
        .iter()
        .all(|hit| !matches!(hit.sense, Sense::Former | Sense::Acting | Sense::Title(_)) || is_within(hit));
    let of = fact.of();
    let is_other =
        |name: &NameMention| case.kind_of(name.member) != Some(Kind::Person) && Some(name.member) != of;
    is_only && is_plain && !case.names_in(&party.tokens).iter().any(is_other)
}

/// The tokens of the fact's office, with what it is of, where the clause has it outside of titles.
pub(super) fn office_in(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    party: &Party,
    office: &str,
    fact: &Fact<'_>,
) -> Option<Range<usize>> {
    let case = clauses.case;
    let scan = case.read.scan;
    let (_, known) = case.rules.office(office)?;
    // Who chairs a body is its head as well.
    let is_office = |of: u16| {
        case.rules.offices.get(usize::from(of)).is_some_and(|other| {
            other.id == office || (fact.of().is_some() && known.entry.also.contains(&other.id))
        })
    };
    let is_of_title = |range: &Range<usize>| {
        party.tokens.start < range.end && range.start < party.tokens.end
            || case.names_in(&(range.end..range.end + 1)).iter().any(|name| {
                case.sheet.cast.get(name.member.0 as usize).is_some_and(|member| member.kind == Kind::Person)
            })
    };
    scan.hits_in(&predicate.clause)
        .iter()
        .filter(|hit| matches!(hit.sense, Sense::Office(of) if is_office(of)))
        .map(tokens_of)
        .filter(|range| !is_of_title(range) && !is_beside(case, range.start))
        // "dismissed by critics as a lightweight head": the office is not what he was dismissed from.
        .filter(|range| {
            let between = predicate.tokens.end.max(party.tokens.end)..range.start;
            between.filter(|&at| clauses.is_unknown_noun(at)).count() <= 1
        })
        .find_map(|range| of_in(clauses, predicate, &range, fact))
}

/// A word before an office makes it another one: "deputy head", "vice-president".
fn is_beside(case: &Case<'_>, office: usize) -> bool {
    let scan = case.read.scan;
    let before = (office.saturating_sub(2)..office).rev().find(|&at| !scan.is_symbol(at, "-"));
    before.is_some_and(|at| scan.has_over(at, |sense| sense == Sense::Title(TitleWord::Beside)))
}

/// An office with what it is of: an organization must stand beside it, a country may be left out.
fn of_in(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    office: &Range<usize>,
    fact: &Fact<'_>,
) -> Option<Range<usize>> {
    let case = clauses.case;
    let Some(of) = fact.of() else { return Some(office.clone()) };
    let near = office.start.saturating_sub(6).max(predicate.clause.start)
        ..(office.end + 8).min(predicate.clause.end);
    let is_institution = |member: MemberId| {
        case.sheet.cast.get(member.0 as usize).is_some_and(|member| member.kind != Kind::Person)
    };
    let joined = |tokens: &Range<usize>| is_joined(clauses, office, tokens);
    let beside = |name: &&NameMention| is_institution(name.member) && joined(&name.tokens);
    let hull = |tokens: &Range<usize>| office.start.min(tokens.start)..office.end.max(tokens.end);
    if let Some(name) = case.names_in(&near).iter().filter(beside).find(|name| name.member == of) {
        return Some(hull(&name.tokens));
    }
    let is_country = case.sheet.cast.get(of.0 as usize).is_some_and(|member| member.kind == Kind::Place);
    let has_other =
        case.names_in(&near).iter().filter(beside).any(|name| name.kind != FormKind::Adjective || is_country);
    if is_country {
        return (!has_other).then(|| office.clone());
    }
    let (index, _) = fact.event?;
    case.wording_in(&near)
        .iter()
        .filter(|hit| hit.sense == Sense::Sheet(SheetWord::EventOf(index)))
        .map(tokens_of)
        .find(|range| joined(range) && stands_alone(case, range, of))
        .map(|range| hull(&range))
        .or_else(|| (!has_other && is_understood(clauses, predicate, office, of)).then(|| office.clone()))
}

/// The organization goes without saying, "was removed as chief executive": the copy names it, its office is of
/// no country's kind, and the sentence names no other body and no name that nobody knows beside the office.
fn is_understood(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    office: &Range<usize>,
    of: MemberId,
) -> bool {
    let case = clauses.case;
    let scan = case.read.scan;
    let is_other = |name: &NameMention| case.kind_of(name.member) != Some(Kind::Person) && name.member != of;
    let leads_on = |at: usize| {
        scan.has_over(at, |sense| {
            matches!(sense, Sense::Clause(Marker::Link) | Sense::Around(Marker::Preposition))
        })
    };
    // "Head of the gallery": what it is of stands there.
    let is_of_something = leads_on(office.end) && !clauses.in_date(office.end + 1);
    // "Deputy head": another office.
    let is_plain = office.start.checked_sub(1).is_none_or(|before| {
        predicate.pieces.iter().any(|piece| piece.contains(&before)) || clauses.is_small(before)
    });
    let before = case.names_in(&(0..predicate.sentence.end)).iter().rev();
    let last =
        before.map(|name| name.member).find(|&member| case.kind_of(member) == Some(Kind::Organization));
    last == Some(of)
        && !case.names_in(&predicate.sentence).iter().any(is_other)
        && case.read.places_in(&predicate.sentence).is_empty()
        && !is_of_something
        && is_plain
        && !scan.is_unknown_capital(office.end)
}

/// Nothing but small words stands between an office and a name.
fn is_joined(clauses: &Clauses<'_, '_>, office: &Range<usize>, tokens: &Range<usize>) -> bool {
    let between =
        if office.end <= tokens.start { office.end..tokens.start } else { tokens.end..office.start };
    between.into_iter().all(|at| {
        clauses.case.read.scan.kind(at) == Some(TokenKind::Symbol)
            || clauses.case.read.scan.has_over(at, |sense| {
                matches!(sense, Sense::Clause(Marker::Link | Marker::Definite | Marker::Function))
                    || matches!(sense, Sense::Office(_) | Sense::Around(Marker::Preposition))
            })
    })
}

/// A shortened name of an organization is no part of another one's: "the UN Security Council".
fn stands_alone(case: &Case<'_>, range: &Range<usize>, of: MemberId) -> bool {
    let scan = case.read.scan;
    let is_capital = |at: usize| {
        scan.word(at).is_some_and(|word| {
            word.kind == TokenKind::Word && matches!(word.shape, Shape::Capital | Shape::Upper | Shape::Mixed)
        })
    };
    let is_own = |at: usize| {
        let places = scan.hits_at(at).iter().any(|hit| matches!(hit.sense, Sense::Office(_)));
        places
            || case.names_in(&(at.saturating_sub(4)..at + 1)).iter().any(|name| {
                name.tokens.contains(&at)
                    && (name.member == of
                        || case
                            .sheet
                            .cast
                            .get(name.member.0 as usize)
                            .is_some_and(|member| member.kind != Kind::Organization))
            })
    };
    let before = range.start.checked_sub(1);
    let free_before = before.is_none_or(|at| !is_capital(at) || is_own(at));
    let free_behind = !is_capital(range.end) || is_own(range.end);
    let other_behind = case.names_in(&(range.end..range.end + 3)).iter().any(|name| {
        case.sheet.cast.get(name.member.0 as usize).is_some_and(|member| member.kind == Kind::Organization)
            && name.member != of
    });
    free_before && free_behind && !other_behind
}
