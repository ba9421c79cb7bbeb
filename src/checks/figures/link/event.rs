//! Which event of the sheet a number is told of, where there are several.

use std::ops::Range;

use smallvec::SmallVec;

use super::Linker;
use crate::language::sense::SheetWord;
use crate::language::{Marker, Sense};
use crate::reading::dates::{DateMention, Meaning};
use crate::sheet::Figure;
use crate::sheet::model::Event;

impl Linker<'_, '_> {
    /// Where several events of a type stand in the sheet, the figure of one needs that event's words,
    /// date or place in the clause or the sentence before.
    pub(super) fn event_fits(&self, figure: &Figure) -> bool {
        let Some((index, event)) = self.event_of(figure) else { return true };
        let alike = match self.case.kinds.event_type(index) {
            Some(known) => self.case.kinds.events_of(known).len(),
            None => {
                self.case.sheet.events.iter().filter(|other| other.event_type == event.event_type).count()
            }
        };
        let sentences = self.case.read.sentences;
        let this = sentences.partition_point(|&start| (start as usize) < self.claim.sentence.start + 1);
        let start = sentences.get(this.saturating_sub(2)).map_or(0, |&start| start as usize);
        alike < 2 || self.tells_of(index, event, &(start..self.claim.sentence.end))
    }

    /// Of a figure of one event and one of the whole story: the sentence's own words and date say which is
    /// meant, unless it adds up.
    pub(super) fn choose_by_event(&self, fitting: &mut SmallVec<[(u16, &Figure); 4]>) {
        let scan = self.case.read.scan;
        let clause = self.claim.sentence.start..self.claim.clause.end;
        let adds_up = scan
            .hits_in(&clause)
            .iter()
            .any(|hit| matches!(hit.sense, Sense::Clause(Marker::Sum | Marker::Total)));
        // "Seven on Friday, eight on Saturday": of several dates the number's is the nearest.
        let tokens = &self.case.read.quantities[self.claim.quantity].tokens;
        let distance = |date: &DateMention| match date.tokens.start >= tokens.end {
            true => date.tokens.start - tokens.end,
            false => tokens.start.saturating_sub(date.tokens.end),
        };
        let dates = self.case.read.dates_in(&self.claim.sentence);
        let near = match dates.iter().min_by_key(|date| distance(date)) {
            Some(date) if dates.len() > 1 => {
                date.tokens.start.min(tokens.start)..date.tokens.end.max(tokens.end)
            }
            _ => self.claim.sentence.clone(),
        };
        let is_told = |figure: &Figure| {
            self.event_of(figure).is_some_and(|(index, event)| self.tells_of(index, event, &near))
        };
        if adds_up {
            fitting.retain(|(_, figure)| figure.event.is_none());
        } else if fitting.iter().any(|(_, figure)| is_told(figure)) {
            fitting.retain(|(_, figure)| is_told(figure));
        }
    }

    fn event_of(&self, figure: &Figure) -> Option<(u16, &Event)> {
        let id = figure.event.as_ref()?;
        (0u16..).zip(&self.case.sheet.events).find(|(_, event)| event.id == *id)
    }

    fn tells_of(&self, index: u16, event: &Event, near: &Range<usize>) -> bool {
        let has_words = self.case.says(near, SheetWord::Event(index));
        // The story's own place is every event's.
        let has_place = self.case.names_in(near).iter().any(|name| {
            event.places.contains(&name.member) && !self.case.sheet.places.contains(&name.member)
        });
        let has_date = self.case.read.dates_in(near).iter().any(|date| match date.meaning {
            Meaning::Day(day) => {
                event.from.is_some_and(|from| from <= day)
                    && event.to.or(event.from).is_some_and(|to| day <= to)
            }
            _ => false,
        });
        has_words || has_place || has_date
    }
}
