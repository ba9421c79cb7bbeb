//! A fact sheet after loading: short and long forms are the same thing here.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::{Date, Time};

use crate::gazetteer::EntryId;
use crate::interval::Interval;
use crate::source::Source;

/// Bytes of the sheet's file.
pub type Span = Range<usize>;

/// One loaded, checked sheet.
#[derive(Debug)]
pub struct Sheet {
    pub source: Arc<Source>,
    pub story: String,
    pub title: Option<String>,
    /// The language of every unmarked form.
    pub language: String,
    pub timezone: Option<String>,
    pub period: Option<(Date, Date)>,
    /// The sheet's own `where`.
    pub places: Vec<MemberId>,
    pub cast: Vec<Member>,
    pub groups: Vec<Group>,
    pub figures: Vec<Figure>,
    pub events: Vec<Event>,
    pub lists: Vec<List>,
    pub accept: Vec<Accept>,
    pub(super) by_id: BTreeMap<String, MemberId>,
    /// The members that the gazetteer knows, in order of its entries.
    pub(super) known: Vec<(EntryId, MemberId)>,
}

/// An index into [`Sheet::cast`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemberId(pub u32);

/// What a cast member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Person,
    Place,
    Organization,
}

/// A person, place or organization.
#[derive(Debug)]
pub struct Member {
    pub id: String,
    pub span: Span,
    pub kind: Kind,
    /// Every form of every language.
    pub forms: Vec<Form>,
    pub born: Option<Date>,
    pub roles: Vec<Role>,
    pub states: Vec<State>,
    /// The place this one lies in, where the sheet says (`within`).
    pub within: Option<MemberId>,
    /// What the gazetteer knows it as: a country, a city or an international organisation. Its names and
    /// adjectives are then known in languages that the sheet has none for.
    pub known: Option<EntryId>,
}

impl Member {
    /// Whether a form is right in a language, scripts aside: a form without a language is right in those
    /// languages that have no form of that kind of their own. The caller looks at the script.
    pub fn licensed(&self, form: &Form, language: &str) -> bool {
        if form.kind == FormKind::Garbled {
            return false;
        }
        match &form.language {
            Some(of) => of == language,
            None if form.anywhere => true,
            None => !self.forms.iter().any(|other| {
                other.kind == form.kind && other.preferred && other.language.as_deref() == Some(language)
            }),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormKind {
    /// The whole name; of a person with its family part marked.
    Full,
    /// A short form: `AKK`, `Lula`, and a family name that is no part of the full form. One that is stands
    /// in [`Form::family`] of the full form only.
    Short,
    Abbreviation,
    /// Of a place: the adjective and the demonym.
    Adjective,
    /// Seen in the wild, never right.
    Garbled,
}

/// One spelling of a cast member.
#[derive(Clone, Debug)]
pub struct Form {
    pub text: String,
    pub span: Span,
    pub kind: FormKind,
    /// The language it is licensed in. `None`: every language of its script (for `name` only those
    /// that have no form of their own; see [`Member::licensed`]), or every language (`anywhere`).
    pub language: Option<String>,
    /// Accepted in every language (`also`).
    pub anywhere: bool,
    /// The house style of its language, or the sheet's own: the first of each list.
    pub preferred: bool,
    /// Bytes of `text` that are the family name, of a person's full form.
    pub family: Option<Range<usize>>,
}

/// An office held.
#[derive(Debug)]
pub struct Role {
    pub office: String,
    pub of: Option<MemberId>,
    pub posted: Option<MemberId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub acting: bool,
    pub span: Span,
}

/// A state a person is in: detained, dead.
#[derive(Debug)]
pub struct State {
    pub state: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub span: Span,
}

/// Words by language; `*` makes a prefix.
pub type Words = BTreeMap<String, Vec<String>>;

/// A group the rules do not know, or more words for one they know.
#[derive(Debug)]
pub struct Group {
    pub id: String,
    pub words: Words,
    pub span: Span,
}

/// Whose people a figure counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupRef {
    /// A group of the rules or the sheet, by id.
    Group(String),
    Member(MemberId),
}

/// A counted fact.
#[derive(Debug)]
pub struct Figure {
    pub id: String,
    pub span: Span,
    /// The figure's id where the sheet does not say.
    pub concept: String,
    /// Any of these; all of them at once where `together`.
    pub groups: Vec<GroupRef>,
    pub together: bool,
    /// Where: any of these. Empty: story-wide.
    pub places: Vec<MemberId>,
    /// The place is the sheet's `where`, not the figure's own.
    pub place_is_default: bool,
    pub by: Vec<GroupRef>,
    pub event: Option<String>,
    pub part_of: Option<String>,
    pub constant: bool,
    pub words: Words,
    pub when: Words,
    /// In order of their dates and times; those of one day in order of the file.
    pub series: Vec<Entry>,
    pub note: Option<String>,
}

/// One dated value of a figure.
#[derive(Debug)]
pub struct Entry {
    pub span: Span,
    /// `None` for a constant figure.
    pub as_of: Option<Date>,
    pub time: Option<Time>,
    pub value: Value,
    pub source: Option<String>,
    pub kind: EntryKind,
    pub retracted: Option<Date>,
    pub disputed: bool,
    pub note: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// What happened.
    Told,
    Planned,
    Expected,
    Additional,
    Remaining,
}

/// A value as the sheet has it, and the interval it stands for.
#[derive(Clone, Debug)]
pub struct Value {
    /// As the sheet writes it, or as it is to be shown: `more than 1000`.
    pub text: String,
    pub hedge: crate::reading::quantity::HedgeKind,
    /// The number, or the lower of two.
    pub number: f64,
    /// The upper of two.
    pub upper: Option<f64>,
    pub interval: Interval,
}

/// Something that happened on a day or between two.
#[derive(Debug)]
pub struct Event {
    pub id: String,
    pub span: Span,
    pub event_type: String,
    pub phase: Option<String>,
    pub who: Vec<MemberId>,
    pub places: Vec<MemberId>,
    pub office: Option<String>,
    pub of: Option<MemberId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub time: Option<Time>,
    pub date_span: Span,
    pub words: Words,
    pub when: Words,
    pub source: Option<String>,
    pub note: Option<String>,
}

/// A closed set: the members of an alliance, the signatories of a treaty.
#[derive(Debug)]
pub struct List {
    pub id: String,
    pub span: Span,
    pub concept: String,
    pub of: Option<MemberId>,
    pub members: Vec<MemberId>,
    pub words: Words,
}

/// A finding that is not to be told.
#[derive(Debug)]
pub struct Accept {
    pub text: String,
    pub rule: Option<String>,
    pub reason: Option<String>,
    pub span: Span,
}

impl Sheet {
    /// A sheet of a file with nothing in it.
    pub fn empty(source: Arc<Source>) -> Self {
        Self {
            source,
            story: String::new(),
            title: None,
            language: String::new(),
            timezone: None,
            period: None,
            places: Vec::new(),
            cast: Vec::new(),
            groups: Vec::new(),
            figures: Vec::new(),
            events: Vec::new(),
            lists: Vec::new(),
            accept: Vec::new(),
            by_id: BTreeMap::new(),
            known: Vec::new(),
        }
    }

    /// Whether a place is the other, or lies within it.
    pub fn lies_in(&self, place: MemberId, whole: MemberId) -> bool {
        let mut at = Some(place);
        // A sheet may lay places in a ring.
        for _ in 0..8 {
            match at {
                Some(here) if here == whole => return true,
                Some(here) => at = self.cast.get(here.0 as usize).and_then(|member| member.within),
                None => return false,
            }
        }
        false
    }

    /// The words of a figure of a concept that the rules do not know: its own, or those that the sheet gives
    /// another figure of the concept, said once.
    pub fn words_of<'s>(&'s self, figure: &'s Figure) -> &'s Words {
        let has_words = |other: &&Figure| other.concept == figure.concept && !other.words.is_empty();
        match figure.words.is_empty() {
            true => self.figures.iter().find(has_words).map_or(&figure.words, |other| &other.words),
            false => &figure.words,
        }
    }

    /// The first and the last day of the story: its period, or else those of its figures.
    pub fn days(&self) -> Option<(Date, Date)> {
        let figures = self.figures.iter().filter(|figure| !figure.constant);
        let days = || figures.clone().flat_map(|figure| &figure.series).filter_map(|entry| entry.as_of);
        self.period.or_else(|| days().min().zip(days().max()))
    }

    /// Whether there is nothing to check copy against.
    pub fn has_no_facts(&self) -> bool {
        self.cast.is_empty() && self.figures.is_empty() && self.events.is_empty() && self.lists.is_empty()
    }

    /// The cast member that is this entry of the gazetteer.
    pub fn member_known_as(&self, entry: EntryId) -> Option<MemberId> {
        let at = self.known.binary_search_by_key(&entry, |(entry, _)| *entry).ok()?;
        self.known.get(at).map(|(_, member)| *member)
    }

    /// The cast member of that id.
    pub fn member(&self, id: &str) -> Option<MemberId> {
        self.by_id.get(id).copied()
    }
}
