//! How a number is told: as a fact, a plan or a denial, of which day, of those who did it.

use std::ops::Range;

use super::words::Step;
use super::{Reader, Slot, Telling};
use crate::language::{Marker, Sense};
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::reading::vocabulary::Shape;

/// An "as of" reaches no further than this, in tokens.
const AS_OF: usize = 48;

impl Reader<'_> {
    /// A negation in the clause, or one that the clause depends on: "denied that 164 died".
    pub(super) fn is_denied(
        &self,
        slot: &Slot,
        told: &Range<usize>,
        clause: &Range<usize>,
        previous_end: usize,
    ) -> bool {
        let words = &self.words;
        let own = told.start.min(clause.start)..(told.end + 2).min(words.sentence.end);
        if words.has(&own, Marker::Negation)
            || words.marker_before(slot.hedged.start, Marker::Negation, 2).is_some()
        {
            return true;
        }
        // "Not 31 but 29": what is denied is the number before.
        self.governed_by(Marker::Negation, told, clause).is_some_and(|denial| denial >= previous_end)
    }

    /// Where a marker stands on which the whole clause depends: "denied that", "it is feared that".
    pub(super) fn governed_by(
        &self,
        marker: Marker,
        told: &Range<usize>,
        clause: &Range<usize>,
    ) -> Option<usize> {
        let words = &self.words;
        // The words that begin the clause, and those that end the one before it.
        let mut begin = clause.start.min(told.start);
        if words.marker_at(begin, Marker::Break).is_none() {
            begin =
                begin.checked_sub(1).filter(|&before| words.marker_at(before, Marker::Break).is_some())?;
        }
        while begin > words.sentence.start && words.step(begin - 1) == Step::Comma {
            begin -= 1;
        }
        words.marker_before(begin, marker, 3)
    }

    /// "killed by 18 officers": the number counts those who did it. As the same word can have other uses
    /// ("spoke of 18"), what they did must stand right beside them.
    pub(super) fn is_done_by(&self, slot: &Slot, trigger: Option<&Range<usize>>) -> bool {
        let is_beside = trigger.is_some_and(|trigger| {
            let is_before = trigger.end <= slot.hedged.start && slot.hedged.start - trigger.end <= 2;
            let is_behind = trigger.start >= slot.noun_end && trigger.start - slot.noun_end <= 1;
            is_before || is_behind
        });
        // "Die Leichen von 248 Menschen": of a noun, and done by nobody.
        let is_noun = trigger.is_some_and(|trigger| {
            self.words.scan.language.pack.capitalised_nouns
                && self.words.scan.shape(trigger.start) == Some(Shape::Capital)
        });
        is_beside && !is_noun && self.words.marker_before(slot.hedged.start, Marker::Agent, 0).is_some()
    }

    /// The hedge's words are also a preposition: "unter 20 Toten" is fewer than 20 or among them.
    pub(super) fn reads_two_ways(&self, slot: &Slot, quantity: &Quantity) -> bool {
        quantity.hedge == HedgeKind::FewerThan
            && (slot.hedged.start..slot.tokens.start).any(|at| {
                self.words.scan.hits_at(at).iter().any(|hit| hit.sense == Sense::Clause(Marker::Among))
            })
    }

    pub(super) fn telling(&self, slot: &Slot, told: &Range<usize>, clause: &Range<usize>) -> Telling {
        let words = &self.words;
        if words.marker_before(slot.hedged.start, Marker::Additional, 2).is_some()
            || words.marker_after(slot.hedged.end, Marker::Additional, 1)
        {
            return Telling::Additional;
        }
        let whole = told.start.min(clause.start)..told.end.max(clause.end);
        let says = |marker| words.has(&whole, marker) || self.governed_by(marker, told, clause).is_some();
        if says(Marker::Planned) {
            Telling::Planned
        } else if says(Marker::Expected) {
            Telling::Expected
        } else if words.has(&(told.start..told.end + 1), Marker::Remaining) {
            Telling::Remaining
        } else {
            Telling::Told
        }
    }

    /// The date that an "as of" before it makes the number's own.
    pub(super) fn as_of(&self, tokens: &Range<usize>, dates: &Range<usize>) -> Option<usize> {
        let marked = |&date: &usize| {
            let start = self.dates[date].tokens.start;
            start.abs_diff(tokens.start) <= AS_OF
                && (1..=4).any(|back| {
                    start.checked_sub(back).filter(|&at| at >= self.words.sentence.start).is_some_and(|at| {
                        self.words.scan.hits_at(at).iter().any(|hit| {
                            let end = at + hit.len as usize;
                            hit.sense == Sense::Clause(Marker::AsOf)
                                && end + 2 >= start
                                // "Дійшов до суходолу в четвер": up to the land, and not up to Thursday.
                                && (end..start).all(|between| !self.words.is_unknown(between))
                        })
                    })
                })
        };
        dates
            .clone()
            .filter(|&date| self.dates[date].tokens.start.abs_diff(tokens.start) <= AS_OF)
            .filter(marked)
            // "61 on Thursday, 102 on Friday and 284 by Sunday": another day stands between.
            .filter(|&date| {
                let start = self.dates[date].tokens.start;
                let between = tokens.start.min(start) + 1..tokens.start.max(start);
                !dates.clone().any(|other| between.contains(&self.dates[other].tokens.start))
            })
            .min_by_key(|&date| self.dates[date].tokens.start.abs_diff(tokens.start))
    }
}
