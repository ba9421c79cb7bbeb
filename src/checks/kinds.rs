//! What the rules call that which a sheet counts and tells of, worked out once per sheet: so that a claim
//! is put before the figures of its concept only, and a clause before the events it has words of.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::gazetteer::{EntryId, Gazetteer};
use crate::rules::Ruleset;
use crate::sheet::{Kind, Sheet};

/// Figures and events of one sheet by their kinds.
#[derive(Debug, Default)]
pub struct Kinds {
    /// By event: its type's index in the rules.
    event_types: Vec<Option<u16>>,
    /// Types of disasters that come with one of the sheet's.
    brought: Vec<u16>,
    figures_of: FxHashMap<u16, Vec<u16>>,
    events_of: FxHashMap<u16, Vec<u16>>,
    /// See [`Kinds::has_body`].
    bodies: OnceLock<Vec<EntryId>>,
}

impl Kinds {
    pub fn new(sheet: &Sheet, rules: &Ruleset) -> Self {
        let concept = |id: &str| position(rules.concepts.iter().map(|concept| concept.id.as_str()), id);
        let event_type = |id: &str| position(rules.events.iter().map(|event| event.id.as_str()), id);
        let concepts: Vec<_> = sheet.figures.iter().map(|figure| concept(&figure.concept)).collect();
        let event_types: Vec<_> = sheet.events.iter().map(|event| event_type(&event.event_type)).collect();
        let brought = event_types
            .iter()
            .flatten()
            .filter_map(|&event| rules.events.get(usize::from(event)))
            .flat_map(|event| &event.entry.brings)
            .filter_map(|id| event_type(id))
            .collect();
        Self {
            brought,
            figures_of: by_kind(&concepts),
            events_of: by_kind(&event_types),
            event_types,
            bodies: OnceLock::new(),
        }
    }

    /// Whether an organization of the sheet is a body of the gazetteer under any of its names. Looked up for
    /// all of them when it is first asked for: most copy asks for none.
    pub fn has_body(&self, sheet: &Sheet, body: EntryId) -> bool {
        let bodies = self.bodies.get_or_init(|| {
            let organizations = sheet.cast.iter().filter(|member| member.kind == Kind::Organization);
            let forms = organizations.flat_map(|member| &member.forms);
            forms
                .filter_map(|form| {
                    let language = form.language.as_deref().unwrap_or(&sheet.language);
                    Gazetteer::builtin(language).entry_named(&form.text)
                })
                .collect()
        });
        bodies.contains(&body)
    }

    /// The type of an event, where the rules know it.
    pub fn event_type(&self, event: u16) -> Option<u16> {
        self.event_types.get(event as usize).copied().flatten()
    }

    /// Whether the sheet has events of a type, or of one that brings it: floods, in a story of a storm.
    pub fn tells_of(&self, event_type: u16) -> bool {
        !self.events_of(event_type).is_empty() || self.brought.contains(&event_type)
    }

    /// The figures of a concept, in order.
    pub fn figures_of(&self, concept: u16) -> &[u16] {
        self.figures_of.get(&concept).map_or(&[], Vec::as_slice)
    }

    /// The events of a type, in order.
    pub fn events_of(&self, event_type: u16) -> &[u16] {
        self.events_of.get(&event_type).map_or(&[], Vec::as_slice)
    }
}

fn position<'a>(mut ids: impl Iterator<Item = &'a str>, id: &str) -> Option<u16> {
    ids.position(|known| known == id).and_then(|index| u16::try_from(index).ok())
}

fn by_kind(kinds: &[Option<u16>]) -> FxHashMap<u16, Vec<u16>> {
    let mut by_kind: FxHashMap<u16, Vec<u16>> = FxHashMap::default();
    for (index, kind) in (0..=u16::MAX).zip(kinds) {
        if let Some(kind) = kind {
            by_kind.entry(*kind).or_default().push(index);
        }
    }
    by_kind
}
