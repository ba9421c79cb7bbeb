//! What can be told the other way round: events of the sheet, and states that its people are in.

use jiff::civil::Date;

use crate::checks::case::Case;
use crate::rules::Ruleset;
use crate::rules::ruleset::EventType;
use crate::sheet::MemberId;
use crate::sheet::model::{Event, Span, State};

/// An event, or the beginning of a state of one person.
pub(super) struct Fact<'a> {
    /// `events.massimov-detained`, `people.massimov`.
    pub(super) id: String,
    pub(super) span: Span,
    pub(super) event_type: &'a EventType,
    /// Its index among the sheet's events, and the event; of a state there is none.
    pub(super) event: Option<(u16, &'a Event)>,
    pub(super) who: Vec<MemberId>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// Every fact of the sheet whose type the rules know.
pub(super) fn facts<'a>(case: &Case<'a>) -> Vec<Fact<'a>> {
    let of_type = |id: &str| case.rules.events.iter().find(|known| known.id == id);
    let mut facts: Vec<Fact<'a>> = (0u16..)
        .zip(&case.sheet.events)
        .filter_map(|(index, event)| {
            Some(Fact {
                id: format!("events.{}", event.id),
                span: event.span.clone(),
                event_type: of_type(&event.event_type)?,
                event: Some((index, event)),
                who: event.who.clone(),
                from: event.from,
                to: event.to.or(event.from),
            })
        })
        .collect();
    for (id, member) in (0u32..).map(MemberId).zip(&case.sheet.cast) {
        for state in &member.states {
            let Some(event_type) = begins(case.rules, state) else { continue };
            let is_told =
                facts.iter().any(|fact| fact.who == [id] && std::ptr::eq(fact.event_type, event_type));
            if !is_told {
                facts.push(Fact {
                    id: format!("people.{}", member.id),
                    span: state.span.clone(),
                    event_type,
                    event: None,
                    who: vec![id],
                    from: state.from,
                    to: state.from,
                });
            }
        }
    }
    facts
}

/// The type of event with which a state begins.
pub(super) fn begins<'a>(rules: &'a Ruleset, state: &State) -> Option<&'a EventType> {
    rules.events.iter().find(|known| known.entry.state.as_deref() == Some(&state.state))
}

impl<'a> Fact<'a> {
    /// The type that stands for this fact among the opposites of `told`, where `told` contradicts it: its
    /// own type, or that of its phase (a curfew's beginning is an imposition).
    pub(super) fn opposite_of(&self, told: &EventType, rules: &'a Ruleset) -> Option<&'a EventType> {
        let opposites = &told.entry.opposites;
        if opposites.contains(&self.event_type.id) {
            return Some(self.event_type);
        }
        let told_as = self.told_as()?;
        (opposites.iter().any(|opposite| opposite == told_as))
            .then(|| rules.events.iter().find(|known| known.id == told_as))
            .flatten()
    }

    /// The type as which the event's phase is told.
    fn told_as(&self) -> Option<&'a str> {
        let phase = self.event.and_then(|(_, event)| event.phase.as_deref())?;
        self.event_type.entry.phases.get(phase).map(String::as_str)
    }

    /// Whether the event itself is what the predicate `told` tells.
    pub(super) fn is_what_is_told(&self, told: &EventType) -> bool {
        self.event_type.id == told.id || self.told_as() == Some(told.id.as_str())
    }

    /// Whether it happens to a thing, and `who` did it. Where the sheet has an office it happens to who holds
    /// that: talks are suspended, and so are governors.
    pub(super) fn is_of_thing(&self) -> bool {
        self.who.is_empty() || (self.event_type.entry.of_thing && self.office().is_none())
    }

    pub(super) fn office(&self) -> Option<&'a str> {
        self.event.and_then(|(_, event)| event.office.as_deref())
    }

    pub(super) fn of(&self) -> Option<MemberId> {
        self.event.and_then(|(_, event)| event.of)
    }

    pub(super) fn places(&self) -> &'a [MemberId] {
        self.event.map_or(&[], |(_, event)| &event.places)
    }
}
