//! Whether a told event can be true beside the fact that it seems to contradict: told of another time,
//! told as what came before, or come about since.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use super::clause::{Clauses, Predicate, tokens_of};
use super::facts::Fact;
use super::spots::{spots, spots_of_people};
use super::subject::Subjects;
use crate::language::sense::{Told, Way};
use crate::language::{Hit, Marker, Sense};
use crate::reading::dates::{DateMention, Meaning};
use crate::reading::lexer::{Gap, TokenKind};
use crate::rules::ruleset::EventType;
use crate::sheet::model::{Role, State};
use crate::sheet::{Kind, MemberId};

/// Where the rules do not say how long an event holds: any story.
const HOLDS: u16 = 60;

/// Whether nothing of the sheet or the copy makes the predicate true in its time.
pub(super) fn contradicts(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    told: &EventType,
    fact: &Fact<'_>,
) -> bool {
    let case = clauses.case;
    let reference = case.read.reference;
    // Copy from before the event, or of another story.
    if let Some(reference) = reference
        && (fact.from.is_some_and(|from| reference < from)
            || case.sheet.period.is_some_and(|(_, to)| reference > plus(to, HOLDS)))
    {
        return false;
    }
    let Some(named) = named_day(clauses, predicate, fact) else { return false };
    let day = named.or(reference);
    let Some(right) = fact.opposite_of(told, case.rules) else { return false };
    let undoes = told.entry.undoes.contains(&right.id);
    // A day of its own behind the event, or so long after it that it may have been undone.
    let holds = right.entry.holds.unwrap_or(HOLDS);
    let is_later = fact.to.zip(named).is_some_and(|(to, named)| named > plus(to, 1));
    let is_long_after = undoes && fact.to.zip(day).is_some_and(|(to, day)| day > plus(to, holds));
    if (is_later || is_long_after) && !is_confirmed(clauses, fact, day) {
        return false;
    }
    !is_another_fact(clauses, &predicate.sentence, told, fact, day)
        && !is_role_begun(clauses, fact, named)
        && !is_told_rightly(clauses, predicate, told, fact)
}

/// Whether the clause names the very day of the fact and no other: what is told of it can then be no older
/// and no later thing.
pub(super) fn names_day_of(clauses: &Clauses<'_, '_>, predicate: &Predicate, fact: &Fact<'_>) -> bool {
    let (Some(from), Some(to)) = (fact.from, fact.to) else { return false };
    let dates = clauses.case.read.dates;
    let region = clauses.with_dates(&predicate.clause);
    let first = dates.partition_point(|date| date.tokens.start < region.start);
    let is_own = |date: &DateMention| match date.meaning {
        Meaning::Day(day) if !date.rough => (from..=to).contains(&day),
        _ => false,
    };
    let mut days =
        dates.iter().skip(first).take_while(|date| date.tokens.start < region.end).map(is_own).peekable();
    if days.peek().is_some() {
        return days.all(|is_own| is_own);
    }
    let sentence = &predicate.sentence;
    // "27 February. The junta appoints …": the day is the heading of an entry.
    if let Some(heading) = clauses.case.read.heading_of(sentence) {
        return is_own(heading) && clauses.case.read.dates_in(sentence).is_empty();
    }
    // "On Monday, the minister, Smith, was appointed": the day opens the sentence.
    let first = dates.partition_point(|date| date.tokens.start < sentence.start);
    let opening = dates.get(first).filter(|date| date.tokens.start <= sentence.start + 2 && is_own(date));
    opening.is_some_and(|date| {
        let others = dates.iter().skip(first + 1);
        let between = date.tokens.end..predicate.lead.start;
        let parts = |sense: Sense| matches!(sense, Sense::Clause(Marker::Says | Marker::Break));
        others.take_while(|date| date.tokens.start < sentence.end).all(is_own)
            && !clauses.case.read.scan.hits_in(&between).iter().any(|hit| parts(hit.sense))
    })
}

/// The day that the clause names for itself, the last of several; `None` where it looks back to a day
/// before the event or to none that is certain.
#[expect(clippy::option_option, reason = "a clause without a day is not one of another time")]
fn named_day(clauses: &Clauses<'_, '_>, predicate: &Predicate, fact: &Fact<'_>) -> Option<Option<Date>> {
    let dates = clauses.case.read.dates;
    let first = dates.partition_point(|date| date.tokens.start < predicate.sentence.start);
    let mut named = None;
    for date in dates.iter().skip(first).take_while(|date| date.tokens.start < predicate.sentence.end) {
        let (from, to) = match date.meaning {
            Meaning::Day(day) => (day, day),
            Meaning::Range(from, to) => (from, to),
            _ => continue,
        };
        if date.rough || fact.from.is_some_and(|of_fact| plus(to, 1) < of_fact) {
            return None;
        }
        if predicate.clause.contains(&date.tokens.start) {
            named = named.max(Some(from));
        }
    }
    // A year alone is not always read as a date: "wurde 2016 … ernannt".
    let is_other_year = predicate.clause.clone().any(|at| {
        let raw = clauses.case.read.scan.raw(at);
        raw.len() == 4
            && raw.parse::<i16>().is_ok_and(|year| {
                (1800..2200).contains(&year) && fact.from.is_some_and(|from| from.year() != year)
            })
    });
    if is_other_year {
        return None;
    }
    Some(named)
}

/// The sheet says that the state which the event brought about goes on at that day: by the states of
/// people, or by an office that ended or began with it.
fn is_confirmed(clauses: &Clauses<'_, '_>, fact: &Fact<'_>, day: Option<Date>) -> bool {
    let cast = &clauses.case.sheet.cast;
    let covers = |from: Option<Date>, to: Option<Date>| {
        day.is_none_or(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day < to))
    };
    let in_state = |state: &State| {
        fact.event_type.entry.state.as_deref() == Some(&state.state) && covers(state.from, state.to)
    };
    let office = fact.office();
    let of_office = |role: &&Role| Some(role.office.as_str()) == office && role.of == fact.of();
    !fact.who.is_empty()
        && fact.who.iter().all(|who| {
            let Some(member) = cast.get(who.0 as usize) else { return false };
            if member.states.iter().any(in_state) {
                return true;
            }
            let mut roles = member.roles.iter().filter(of_office).peekable();
            if office.is_none() || roles.peek().is_none() {
                return false;
            }
            let holds = member.roles.iter().filter(of_office).any(|role| covers(role.from, role.to));
            let began = member
                .roles
                .iter()
                .filter(of_office)
                .any(|role| role.from.is_some() && role.from == fact.from);
            // Whom an office ended for does not hold it; whom it began for does.
            holds == began
        })
}

/// The day is that on which the sheet has the office begin.
fn is_role_begun(clauses: &Clauses<'_, '_>, fact: &Fact<'_>, named: Option<Date>) -> bool {
    let (Some(named), Some(office)) = (named, fact.office()) else { return false };
    let begins = |who: &MemberId| {
        clauses.case.sheet.cast.get(who.0 as usize).is_some_and(|member| {
            member
                .roles
                .iter()
                .any(|role| role.office == office && role.of == fact.of() && role.from == Some(named))
        })
    };
    fact.from != Some(named) && fact.who.iter().any(begins)
}

/// Another event of the sheet is the one that is told.
fn is_another_fact(
    clauses: &Clauses<'_, '_>,
    sentence: &Range<usize>,
    told: &EventType,
    fact: &Fact<'_>,
    day: Option<Date>,
) -> bool {
    let case = clauses.case;
    super::facts::facts(case).iter().any(|other| {
        let same_who =
            other.who.is_empty() && fact.who.is_empty() || other.who.iter().any(|who| fact.who.contains(who));
        let same_office =
            other.office().is_none() || fact.office().is_none() || other.office() == fact.office();
        // What contradicts the fact too, in whatever words.
        let same_meaning =
            other.is_what_is_told(told) || fact.event_type.entry.opposites.contains(&other.event_type.id);
        let in_time = other.from.zip(day).is_none_or(|(from, day)| from <= day);
        // Of things, the other one must be told of.
        let is_told_of =
            !other.is_of_thing() || !fact.is_of_thing() || !spots(case, sentence, other).is_empty();
        same_who && same_office && same_meaning && in_time && is_told_of
    })
}

/// The copy tells the event rightly beside it: in the same sentence or the next ones, and anywhere where
/// what is told must have been before the event ("was appointed", of one who is removed).
fn is_told_rightly(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    told: &EventType,
    fact: &Fact<'_>,
) -> bool {
    let case = clauses.case;
    let scan = case.read.scan;
    let is_before =
        fact.opposite_of(told, case.rules).is_some_and(|right| right.entry.undoes.contains(&told.id));
    let region = match is_before && !names_day_of(clauses, predicate, fact) {
        true => 0..scan.tokens.len(),
        false => neighbours(clauses, predicate),
    };
    let right = |index: u16| {
        case.rules
            .events
            .get(usize::from(index))
            .is_some_and(|known| told.entry.opposites.contains(&known.id))
    };
    scan.hits_in(&region).iter().any(|hit| {
        let is_right = match hit.sense {
            Sense::Told(other) => {
                right(other.event) && clauses.is_complete(hit, other) && has_object(clauses, hit, other)
            }
            Sense::Event(index) => right(index),
            _ => false,
        };
        let tokens = tokens_of(hit);
        let is_own =
            predicate.pieces.iter().any(|piece| tokens.start < piece.end && piece.start < tokens.end);
        is_right && !is_own && !is_of_others(clauses, hit, fact) && {
            let sentence = clauses.sentence(tokens.start);
            let is_active = matches!(hit.sense, Sense::Told(other) if other.way == Way::Object);
            // Within the sentence itself the one may be named once, or by a pronoun; "declared her
            // resignation" is not told of what somebody else declared.
            sentence == predicate.sentence
                || (fact.is_of_thing() && (!is_active || !spots(case, &sentence, fact).is_empty()))
                || case.names_in(&sentence).iter().any(|name| fact.who.contains(&name.member))
        }
    })
}

/// Whether something can be the object of a verb that needs one: "two other names" tells nothing.
fn has_object(clauses: &Clauses<'_, '_>, hit: &Hit, told: Told) -> bool {
    let scan = clauses.case.read.scan;
    let pack = &scan.language.pack;
    let end = tokens_of(hit).end;
    told.way != Way::Object
        || pack.verb_last
        || pack.inflection.declines_names
        || (scan.kind(end) == Some(TokenKind::Word) && scan.gap(end) < Gap::Paragraph)
}

/// What is told rightly is told of somebody else: "was freed, and the director, Smith, is detained".
fn is_of_others(clauses: &Clauses<'_, '_>, hit: &Hit, fact: &Fact<'_>) -> bool {
    if fact.is_of_thing() {
        return false;
    }
    // A word for the event can be what tells it: "is detained".
    let mut tellings = clauses.case.read.scan.hits_at(hit.token as usize).iter();
    let Some((hit, told)) = tellings.find_map(|hit| match hit.sense {
        Sense::Told(told) => Some((hit, told)),
        _ => None,
    }) else {
        return false;
    };
    let Some(other) = clauses.predicate(hit, told) else { return false };
    let spots = spots_of_people(clauses.case, &other.sentence, fact);
    let party = Subjects { clauses, spots: &spots, is_own_day: true }.of(&other);
    let is_other_person =
        |member: MemberId| clauses.case.kind_of(member) == Some(Kind::Person) && !fact.who.contains(&member);
    party.is_some_and(|party| party.spots.iter().all(|spot| spot.member.is_some_and(is_other_person)))
}

/// The sentence with the one before and the one behind it.
fn neighbours(clauses: &Clauses<'_, '_>, predicate: &Predicate) -> std::ops::Range<usize> {
    let before = predicate.sentence.start.checked_sub(1).map_or(0, |at| clauses.sentence(at).start);
    let end = predicate.sentence.end;
    let behind = if end < clauses.case.read.scan.tokens.len() { clauses.sentence(end).end } else { end };
    before..behind
}

fn plus(day: Date, days: u16) -> Date {
    day.checked_add(Span::new().days(i64::from(days))).unwrap_or(day)
}
