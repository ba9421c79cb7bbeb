//! Events: a day, the words of one type of event tied to it, and who or where, all in one clause.

use jiff::civil::Date;

use super::Copy;
use super::gather::sentence;
use super::plan::{Event, Plan, Remarks};
use crate::checks::case::Case;
use crate::checks::date_clauses::clause_around;
use crate::checks::date_ties::is_tied;
use crate::checks::names::Standing;
use crate::language::{Marker, Sense};
use crate::reading::dates::{DateShape, Meaning};
use crate::sheet::{FormKind, Kind};

/// What stands between a date and an event's words is not looked at further away, in tokens.
const FARTHEST: usize = 160;

/// The events of one copy before the sheet of its cast.
pub(super) fn read(case: &Case<'_>, copy: &Copy<'_>) -> Vec<Event> {
    let mut found = Vec::new();
    for (index, date) in case.read.dates.iter().enumerate() {
        let Meaning::Day(day) = date.meaning else { continue };
        let is_clear = matches!(
            date.shape,
            DateShape::Full | DateShape::DayMonth | DateShape::Weekday | DateShape::Relative
        );
        let is_past = case.read.reference.is_none_or(|reference| day <= reference);
        if date.rough || date.tokens.start < case.read.copy_start || !is_clear || !is_past {
            continue;
        }
        let whole = case.read.sentence(date.tokens.start);
        let whole = whole.start.max(date.tokens.start.saturating_sub(FARTHEST))
            ..whole.end.min(date.tokens.end + FARTHEST);
        let clause = clause_around(case, date, &whole);
        let others = case.read.dates_in(&clause).len() > 1
            || index
                .checked_sub(1)
                .and_then(|before| case.read.dates.get(before))
                .is_some_and(|before| clause.contains(&before.tokens.start));
        let hits = case.read.scan.hits_in(&clause);
        let unasserted = hits.iter().any(|hit| {
            matches!(
                hit.sense,
                Sense::Clause(Marker::Negation | Marker::Planned | Marker::Expected | Marker::Elsewhere)
                    | Sense::Around(Marker::Unasserted)
            )
        });
        if others || unasserted {
            continue;
        }
        let mut types: Vec<u16> = hits
            .iter()
            .filter_map(|hit| match hit.sense {
                Sense::Event(event) => Some(event),
                _ => None,
            })
            .collect();
        types.sort_unstable();
        types.dedup();
        let [event_type] = types[..] else { continue };
        let tied = hits.iter().filter(|hit| hit.sense == Sense::Event(event_type)).any(|hit| {
            let trigger = hit.token as usize..hit.token as usize + hit.len as usize;
            is_tied(case, trigger, &date.tokens, &clause)
        });
        let Some(event_type) = case.rules.events.get(event_type as usize).filter(|_| tied) else { continue };
        let ids = |kind: Kind| {
            let mut ids: Vec<String> = case
                .names_in(&clause)
                .iter()
                .filter(|name| case.kind_of(name.member) == Some(kind) && name.kind != FormKind::Adjective)
                .filter(|name| matches!(name.standing, Standing::Licensed | Standing::Unjudged))
                .filter_map(|name| case.sheet.cast.get(name.member.0 as usize))
                .map(|member| member.id.clone())
                .collect();
            ids.sort();
            ids.dedup();
            ids
        };
        let (who, places) = (ids(Kind::Person), ids(Kind::Place));
        if who.is_empty() && places.is_empty() {
            continue;
        }
        let mut phases = case
            .rules
            .phases
            .keys()
            .enumerate()
            .filter(|(position, _)| hits.iter().any(|hit| hit.sense == Sense::Phase(*position as u16)));
        let phase = match (phases.next(), phases.next()) {
            (Some((_, phase)), None) => Some(phase.clone()),
            (None, _) => None,
            // Its beginning and its end in one clause: of which the day is cannot be told.
            _ => continue,
        };
        let mut remarks = Remarks::default();
        remarks.add_source(&sentence(case.read, copy, date.tokens.start));
        found.push(Event {
            id: String::new(),
            event_type: event_type.id.clone(),
            phase,
            who,
            places,
            date: day,
            remarks,
        });
    }
    found
}

/// Puts events into the plan: what several copies tell alike once, and marked where they tell another day.
pub(super) fn plan(happened: Vec<Event>, plan: &mut Plan) {
    let same = |a: &Event, b: &Event| {
        a.event_type == b.event_type && a.phase == b.phase && a.who == b.who && a.places == b.places
    };
    let mut events: Vec<Event> = Vec::new();
    // What was long before the story is another one.
    let first = plan.days.first().copied();
    for event in happened.into_iter().filter(|event| first.is_none_or(|first| event.date >= first)) {
        match events.iter_mut().find(|known| same(known, &event) && known.date == event.date) {
            Some(known) => event.remarks.from.iter().for_each(|from| known.remarks.add_source(from)),
            None => events.push(event),
        }
    }
    events.sort_by(|a, b| (a.date, &a.event_type, &a.who).cmp(&(b.date, &b.event_type, &b.who)));
    let days: Vec<Vec<Date>> = events
        .iter()
        .map(|event| events.iter().filter(|other| same(event, other)).map(|other| other.date).collect())
        .collect();
    for (mut event, days) in events.into_iter().zip(days) {
        if days.len() > 1 {
            let days: Vec<String> = days.iter().map(Date::to_string).collect();
            event.remarks.disagree.push(format!("{}, or these are several events", days.join(", ")));
        }
        let of = event.who.first().or(event.places.first()).map(String::as_str).unwrap_or_default();
        event.id = plan.free_id(&format!("{}-{of}", event.event_type));
        plan.days.insert(event.date);
        plan.events.push(event);
    }
}
