//! What is to stand in a draft, before it is written.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::sheet::Kind;

/// The sheet to be.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) story: String,
    pub(super) language: String,
    /// The id of the story's place.
    pub(super) place: Option<String>,
    pub(super) members: Vec<Member>,
    pub(super) figures: Vec<Figure>,
    pub(super) events: Vec<Event>,
    /// Whether the roles of its people are written. They come last: what the sheet says without them holds.
    pub(super) has_roles: bool,
    /// Every day of the story.
    pub(super) days: BTreeSet<Date>,
    /// The days that the copies are told for.
    pub(super) references: BTreeSet<Date>,
    /// Every number of the copies by the copy's index and the byte of its file where it begins, told for the
    /// copy's own day: also those that went into no figure.
    pub(super) numbers: BTreeMap<(usize, usize), Entry>,
}

/// What every entry has besides its data.
#[derive(Clone, Debug, Default)]
pub(super) struct Remarks {
    /// The sentences it came from, with their files.
    pub(super) from: Vec<String>,
    /// In what the copies disagree.
    pub(super) disagree: Vec<String>,
    /// Why it stands there as a comment only.
    pub(super) doubt: Option<String>,
}

/// One of the cast.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) id: String,
    pub(super) kind: Kind,
    /// By language.
    pub(super) names: BTreeMap<String, Names>,
    pub(super) roles: Vec<Role>,
    pub(super) remarks: Remarks,
}

/// An office that a person holds.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) office: String,
    /// The id of what it is of.
    pub(super) of: Option<String>,
    /// That has to stand in the sheet.
    pub(super) is_listed: bool,
    pub(super) acting: bool,
    pub(super) remarks: Remarks,
}

/// A member's forms in one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The base form; empty where only others were seen.
    pub(super) name: String,
    pub(super) also: Vec<String>,
    pub(super) short: Vec<String>,
    pub(super) abbreviation: Option<String>,
}

impl Names {
    /// Whether there is nothing but this name.
    pub(super) fn is_only(&self, name: &str) -> bool {
        self.name == name && self.also.is_empty() && self.short.is_empty() && self.abbreviation.is_none()
    }
}

/// A counted fact.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) id: String,
    pub(super) concept: String,
    pub(super) group: Option<String>,
    /// The id of the place; `None`: the story's.
    pub(super) place: Option<String>,
    pub(super) series: Vec<Entry>,
    pub(super) remarks: Remarks,
}

/// One value of a figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) as_of: Option<Date>,
    /// The key of the value and the value as YAML: `more_than`, `1000`.
    pub(super) value: (&'static str, String),
    /// The least and the most that it means.
    pub(super) bounds: (f64, f64),
    pub(super) source: Option<String>,
    pub(super) kind: Option<&'static str>,
    /// File and sentence.
    pub(super) from: String,
    pub(super) disagree: Option<String>,
    pub(super) doubt: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) event_type: String,
    pub(super) phase: Option<String>,
    pub(super) who: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) date: Date,
    pub(super) remarks: Remarks,
}

impl Plan {
    pub(super) fn new(story: String, language: String) -> Self {
        Self {
            story,
            language,
            place: None,
            members: Vec::new(),
            figures: Vec::new(),
            events: Vec::new(),
            has_roles: false,
            days: BTreeSet::new(),
            references: BTreeSet::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// Whether a member of that id stands in the sheet, and not only as a comment.
    pub(super) fn has(&self, id: &str) -> bool {
        self.members.iter().any(|member| member.id == id && member.remarks.doubt.is_none())
    }

    /// The ids that facts of the sheet point to.
    pub(super) fn used(&self) -> BTreeSet<&str> {
        let figures = self.figures.iter().filter(|figure| figure.remarks.doubt.is_none());
        let events = self.events.iter().filter(|event| event.remarks.doubt.is_none());
        let roles = self.members.iter().flat_map(|member| &member.roles);
        let listed = roles.filter(|role| self.has_roles && role.is_listed && role.remarks.doubt.is_none());
        figures
            .flat_map(|figure| figure.place.iter().chain(&figure.group))
            .chain(events.flat_map(|event| event.who.iter().chain(&event.places)))
            .chain(listed.filter_map(|role| role.of.as_ref()))
            .chain(&self.place)
            .map(String::as_str)
            .collect()
    }

    /// An id that nobody has yet: the wanted one, or with a number behind it.
    pub(super) fn free_id(&self, wanted: &str) -> String {
        let taken = |id: &str| {
            self.members.iter().any(|member| member.id == id)
                || self.figures.iter().any(|figure| figure.id == id)
                || self.events.iter().any(|event| event.id == id)
        };
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
    }
}

impl Remarks {
    /// Adds a sentence, of many only the first few.
    pub(super) fn add_source(&mut self, from: &str) {
        const MOST: usize = 3;
        if self.from.len() < MOST && !self.from.iter().any(|known| known == from) {
            self.from.push(from.to_owned());
        }
    }
}

/// A text as an id: lower-case ASCII letters and digits, parted by hyphens. `None` where nothing is left.
pub(crate) fn slug(text: &str) -> Option<String> {
    let plain = crate::reading::vocabulary::strip_diacritics(&text.to_lowercase());
    let mut id = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c);
        } else if c.is_alphabetic() {
            return None;
        } else if !matches!(c, '\'' | '’' | 'ʼ') && !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-').to_owned();
    (id.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(id)
}
