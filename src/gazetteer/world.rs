//! The places and bodies of the world, without their names: what is the capital of what, and which
//! countries copy takes for one another.

use std::fmt;

/// An index into the world's entries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub u16);

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A country, or a territory that copy treats like one.
    Country,
    City,
    /// An international organisation.
    Body,
}

/// A country, a city or an international organisation.
#[derive(Debug)]
pub struct Entry {
    /// English, lower case, with hyphens: `united-states`.
    pub id: &'static str,
    pub kind: EntryKind,
    /// Of a city: the country it lies in. Of a country: its capital.
    other: u16,
}

const NONE: u16 = u16::MAX;

include!(concat!(env!("OUT_DIR"), "/gazetteer_world.rs"));

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.entry().id)
    }
}

impl EntryId {
    /// The entry.
    pub fn entry(self) -> &'static Entry {
        // Ids are made below and by the build script only; one past the end would be the first entry.
        ENTRIES.get(self.0 as usize).unwrap_or(&ENTRIES[0])
    }

    /// The entry of an id such as `armenia`, `usa` or `tokyo`.
    pub fn of_id(id: &str) -> Option<Self> {
        let by_id = ENTRIES.binary_search_by(|entry| entry.id.cmp(id)).ok().map(|at| at as u16);
        let by_alias = || {
            let at = ALIASES.binary_search_by(|(alias, _)| (*alias).cmp(id)).ok()?;
            ALIASES.get(at).map(|(_, entry)| *entry)
        };
        by_id.or_else(by_alias).map(Self)
    }

    /// The ids of all entries, without the further ones.
    pub fn ids() -> impl Iterator<Item = &'static str> {
        ENTRIES.iter().map(|entry| entry.id)
    }

    /// Whether it is a country, or a territory that copy treats like one.
    pub fn is_country(self) -> bool {
        self.entry().kind == EntryKind::Country
    }

    /// The country a city lies in.
    pub fn country(self) -> Option<Self> {
        let entry = self.entry();
        (entry.kind == EntryKind::City && entry.other != NONE).then_some(Self(entry.other))
    }

    /// The capital of a country.
    pub fn capital(self) -> Option<Self> {
        let entry = self.entry();
        (entry.kind == EntryKind::Country && entry.other != NONE).then_some(Self(entry.other))
    }

    /// The country a city is the capital of.
    pub fn capital_of(self) -> Option<Self> {
        self.country().filter(|country| country.capital() == Some(self))
    }

    /// Whether two are international organisations of which neither is a part of the other.
    pub fn is_apart_from(self, other: Self) -> bool {
        let is_body = |entry: Self| entry.entry().kind == EntryKind::Body;
        let has_part = |whole: Self, part: Self| {
            PARTS.iter().any(|(known, parts)| *known == whole.0 && parts.contains(&part.0))
        };
        self != other && is_body(self) && is_body(other) && !has_part(self, other) && !has_part(other, self)
    }

    /// Whether two countries, or their adjectives, are taken for one another.
    pub fn looks_like(self, other: Self) -> bool {
        self != other && LOOK_ALIKES.iter().any(|alike| alike.contains(&self.0) && alike.contains(&other.0))
    }
}
