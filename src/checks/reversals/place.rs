//! Whether a predicate tells of the place where the sheet has its event.

use super::clause::{Clauses, Predicate};
use super::facts::Fact;
use super::subject::Party;
use crate::checks::names::NameMention;
use crate::rules::ruleset::EventType;
use crate::sheet::{FormKind, Kind, MemberId};

/// No other place is named, and the event's own where the event has nobody or the predicate needs it.
pub(super) fn place_fits(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    party: &Party,
    told: &EventType,
    fact: &Fact<'_>,
    is_own_day: bool,
) -> bool {
    let case = clauses.case;
    let places = fact.places();
    let is_place = |name: &&NameMention| {
        case.sheet.cast.get(name.member.0 as usize).is_some_and(|member| member.kind == Kind::Place)
            && !party.tokens.contains(&name.tokens.start)
    };
    // The sheet need not say that its towns lie in the country that it is about.
    let is_of_the_story = |member: MemberId| {
        let is_country =
            |place: MemberId| case.entry_of(place).is_some_and(crate::gazetteer::EntryId::is_country);
        case.sheet.places.contains(&member) && !places.iter().any(|&place| is_country(place))
    };
    let in_clause = || case.names_in(&predicate.clause).iter().filter(is_place);
    let others = in_clause().any(|name| {
        name.kind != FormKind::Adjective
            && !places.iter().any(|&place| case.sheet.lies_in(place, name.member))
            && !is_of_the_story(name.member)
            && Some(name.member) != fact.of()
    });
    if told.entry.needs_place || fact.event_type.entry.needs_place {
        let is_behind = |name: &&NameMention| {
            let at = name.tokens.start;
            let is_inside = predicate.lead.end <= at && at < predicate.tokens.end;
            let from = if is_inside { predicate.lead.end } else { predicate.tokens.end };
            let end = name.tokens.end;
            from <= at
                && (from..at).all(|at| clauses.is_small(at))
                // "left the Berlin hotel"
                && (case.read.scan.language.pack.verb_last || !clauses.is_unknown_noun(end))
        };
        return in_clause().filter(is_behind).any(|name| places.contains(&name.member));
    }
    if fact.is_of_thing() && !places.is_empty() {
        let is_named = case.names_in(&predicate.sentence).iter().any(|name| places.contains(&name.member));
        return !others && (is_named || is_understood(clauses, predicate, fact, is_own_day));
    }
    places.is_empty() || !others
}

/// The place needs no word: the story is of it, and nothing near names another one.
fn is_understood(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    fact: &Fact<'_>,
    is_own_day: bool,
) -> bool {
    let case = clauses.case;
    let places = fact.places();
    if !is_own_day && !places.iter().any(|place| case.sheet.places.contains(place)) {
        return false;
    }
    let before = predicate.sentence.start.checked_sub(1);
    let start = before.map_or(predicate.sentence.start, |at| clauses.sentence(at).start);
    let region = start..predicate.sentence.end;
    let is_of_fact = |member: MemberId| {
        places.iter().any(|&place| case.sheet.lies_in(place, member) || case.sheet.lies_in(member, place))
    };
    let is_other =
        |name: &NameMention| case.kind_of(name.member) == Some(Kind::Place) && !is_of_fact(name.member);
    !case.names_in(&region).iter().any(is_other)
        && !case.countries_in(&region).any(|country| !country.member.is_some_and(is_of_fact))
}
