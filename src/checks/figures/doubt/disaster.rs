//! Which disaster a stretch of copy tells of: the sheet's, or another one.

use std::ops::Range;

use super::{Doubt, Setting};
use crate::language::Sense;

/// A type of events that words tell of.
struct Told {
    /// The sheet has events of the type.
    is_of_story: bool,
    is_disaster: bool,
}

impl Doubt<'_, '_> {
    fn told_events(&self, range: &Range<usize>) -> impl Iterator<Item = Told> {
        let case = self.case;
        case.read.scan.hits_in(range).iter().filter_map(move |hit| match hit.sense {
            Sense::Event(event_type) => Some(Told {
                is_of_story: case.kinds.tells_of(event_type),
                is_disaster: case.rules.events.get(usize::from(event_type))?.entry.disaster,
            }),
            _ => None,
        })
    }

    /// What the words for events say; a sheet without events does not say what the story is of.
    pub(super) fn setting_by_events(&self, range: &Range<usize>) -> Setting {
        let mut setting = Setting::Unsaid;
        if self.case.sheet.events.is_empty() {
            return setting;
        }
        for told in self.told_events(range) {
            if told.is_of_story {
                return Setting::Story;
            }
            if told.is_disaster {
                setting = Setting::Other;
            }
        }
        setting
    }

    /// Whether a disaster is told of that the sheet has, or may have where it has no events.
    pub(super) fn tells_of_own_disaster(&self, range: &Range<usize>) -> bool {
        let any = self.case.sheet.events.is_empty();
        self.told_events(range).any(|told| told.is_disaster && (any || told.is_of_story))
    }
}
