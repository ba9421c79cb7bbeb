//! The ids of a sheet, and what a reference to one of them means.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::file::SheetFile;
use super::known::Known;
use super::model::{GroupRef, Kind, MemberId};
use crate::gazetteer::{EntryId, EntryKind};
use crate::problem::Problem;
use crate::source::Source;
use crate::yaml::{At, nearest};

/// A key path, put into words only where there is a problem.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    segment: Segment<'a>,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    pub(super) fn root(key: &'a str) -> Self {
        Self { parent: None, segment: Segment::Key(key) }
    }

    pub(super) fn key<'b>(&'b self, key: &'b str) -> Path<'b> {
        Path { parent: Some(self), segment: Segment::Key(key) }
    }

    pub(super) fn index(&self, index: usize) -> Path<'_> {
        Path { parent: Some(self), segment: Segment::Index(index) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match (self.parent, self.segment) {
            (None, Segment::Key(key)) => f.write_str(key),
            (Some(_), Segment::Key(key)) => write!(f, ".{key}"),
            (_, Segment::Index(index)) => write!(f, "[{index}]"),
        }
    }
}

/// The problems of one file, gathered.
pub(super) struct Problems<'a> {
    source: &'a Arc<Source>,
    pub(super) list: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(source: &'a Arc<Source>) -> Self {
        Self { source, list: Vec::new() }
    }

    /// Adds an error; what is returned can be given help or be made a warning.
    pub(super) fn error(
        &mut self,
        span: Range<usize>,
        path: &Path<'_>,
        message: impl Into<String>,
    ) -> &mut Problem {
        self.add(Problem::at(self.source, span, message).key(path.to_string()))
    }

    pub(super) fn warning(
        &mut self,
        span: Range<usize>,
        path: &Path<'_>,
        message: impl Into<String>,
    ) -> &mut Problem {
        self.add(Problem::at(self.source, span, message).key(path.to_string()).warning())
    }

    /// Adds an error of the file as a whole.
    pub(super) fn file(&mut self, message: impl Into<String>) -> &mut Problem {
        self.add(Problem::of_file(self.source.path.clone(), message))
    }

    fn add(&mut self, problem: Problem) -> &mut Problem {
        self.list.push(problem);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }
}

/// What an id of a sheet is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Cast(Kind),
    Group,
    Figure,
    Event,
    List,
}

impl Section {
    fn article_and_name(self) -> &'static str {
        match self {
            Self::Cast(Kind::Person) => "a person",
            Self::Cast(Kind::Place) => "a place",
            Self::Cast(Kind::Organization) => "an organization",
            Self::Group => "a group",
            Self::Figure => "a figure",
            Self::Event => "an event",
            Self::List => "a list",
        }
    }
}

/// Every id of a sheet.
pub(super) struct Ids<'a> {
    cast: BTreeMap<&'a str, (Kind, MemberId)>,
    groups: BTreeMap<&'a str, ()>,
    figures: BTreeMap<&'a str, ()>,
    events: BTreeMap<&'a str, ()>,
    lists: BTreeMap<&'a str, ()>,
    known: &'a Known,
    /// How many the sheet's own cast are.
    own: u32,
    /// What the sheet refers to without listing it, since the gazetteer knows it: members behind its own.
    pub(super) world: Vec<(At<String>, EntryId)>,
}

impl<'a> Ids<'a> {
    /// Gathers the ids; those that stand twice are reported. Cast and groups share one set of ids, since a
    /// figure's `group` may name either; figures, events and lists have their own.
    pub(super) fn gather(file: &'a SheetFile, known: &'a Known, problems: &mut Problems<'_>) -> Self {
        let mut ids = Self {
            cast: BTreeMap::new(),
            groups: file.groups.0.iter().map(|(id, _)| (id.as_str(), ())).collect(),
            figures: file.figures.0.iter().map(|(id, _)| (id.as_str(), ())).collect(),
            events: file.events.0.iter().map(|(id, _)| (id.as_str(), ())).collect(),
            lists: file.lists.0.iter().map(|(id, _)| (id.as_str(), ())).collect(),
            known,
            own: 0,
            world: Vec::new(),
        };
        let mut first: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        let mut number = 0;
        let cast = [
            ("people", Kind::Person, file.people.0.iter().map(|(id, _)| id).collect::<Vec<_>>()),
            ("places", Kind::Place, file.places.0.iter().map(|(id, _)| id).collect()),
            ("organizations", Kind::Organization, file.organizations.0.iter().map(|(id, _)| id).collect()),
        ];
        for (section, kind, members) in cast {
            for id in members {
                twice(&mut first, section, id, problems);
                ids.cast.entry(id.as_str()).or_insert((kind, MemberId(number)));
                number += 1;
            }
        }
        ids.own = number;
        for (id, _) in &file.groups.0 {
            twice(&mut first, "groups", id, problems);
        }
        ids
    }

    /// What an id is, wherever it stands.
    fn section(&self, id: &str) -> Option<Section> {
        if let Some((kind, _)) = self.cast.get(id) {
            return Some(Section::Cast(*kind));
        }
        [
            (self.groups.contains_key(id) || self.known.groups.contains(id), Section::Group),
            (self.figures.contains_key(id), Section::Figure),
            (self.events.contains_key(id), Section::Event),
            (self.lists.contains_key(id), Section::List),
        ]
        .into_iter()
        .find_map(|(is, section)| is.then_some(section))
    }

    /// The member of a place or body that the sheet lacks and the gazetteer knows by this id.
    fn of_world(&mut self, id: &At<String>, kind: Option<Kind>) -> Option<MemberId> {
        if self.section(id.as_str()).is_some() {
            return None;
        }
        let entry = EntryId::of_id(id.as_str())?;
        if kind.is_some_and(|kind| kind != kind_of(entry)) {
            return None;
        }
        let at = match self.world.iter().position(|(_, known)| *known == entry) {
            Some(at) => at,
            None => {
                self.world.push((id.clone(), entry));
                self.world.len() - 1
            }
        };
        Some(MemberId(self.own + at as u32))
    }

    /// A cast member; `kind` where only one kind fits.
    pub(super) fn member(
        &mut self,
        id: &At<String>,
        kind: Option<Kind>,
        path: &Path<'_>,
        problems: &mut Problems<'_>,
    ) -> Option<MemberId> {
        let fits = |of: Kind| kind.is_none_or(|kind| kind == of);
        if let Some((of, member)) = self.cast.get(id.as_str())
            && fits(*of)
        {
            return Some(*member);
        }
        if let Some(member) = self.of_world(id, kind) {
            return Some(member);
        }
        let wanted = kind
            .map_or("a person, a place or an organization", |kind| Section::Cast(kind).article_and_name());
        let candidates = self.cast.iter().filter(|(_, (of, _))| fits(*of)).map(|(id, _)| *id);
        self.missing(id, wanted, candidates, path, problems);
        None
    }

    /// A group of the sheet or the rules, or a cast member.
    pub(super) fn group(
        &mut self,
        id: &At<String>,
        path: &Path<'_>,
        problems: &mut Problems<'_>,
    ) -> Option<GroupRef> {
        if let Some((_, member)) = self.cast.get(id.as_str()) {
            return Some(GroupRef::Member(*member));
        }
        if self.groups.contains_key(id.as_str()) || self.known.groups.contains(id.as_str()) {
            return Some(GroupRef::Group(id.value.clone()));
        }
        if let Some(member) = self.of_world(id, None) {
            return Some(GroupRef::Member(member));
        }
        let candidates = self
            .groups
            .keys()
            .chain(self.cast.keys())
            .copied()
            .chain(self.known.groups.iter().map(String::as_str));
        self.missing(id, "a group or one of the cast", candidates, path, problems);
        None
    }

    pub(super) fn event(
        &self,
        id: &At<String>,
        path: &Path<'_>,
        problems: &mut Problems<'_>,
    ) -> Option<String> {
        if self.events.contains_key(id.as_str()) {
            return Some(id.value.clone());
        }
        self.missing(id, "an event", self.events.keys().copied(), path, problems);
        None
    }

    pub(super) fn figure(
        &self,
        id: &At<String>,
        path: &Path<'_>,
        problems: &mut Problems<'_>,
    ) -> Option<String> {
        if self.figures.contains_key(id.as_str()) {
            return Some(id.value.clone());
        }
        self.missing(id, "a figure", self.figures.keys().copied(), path, problems);
        None
    }

    /// Reports an id that is not there, or that is something else.
    fn missing<'b>(
        &self,
        id: &At<String>,
        wanted: &str,
        candidates: impl Iterator<Item = &'b str>,
        path: &Path<'_>,
        problems: &mut Problems<'_>,
    ) {
        let text = id.as_str();
        let problem = match self.section(text) {
            Some(section) => problems.error(
                id.range(),
                path,
                format!("`{text}` is {}, and {wanted} is wanted here", section.article_and_name()),
            ),
            None => problems.error(
                id.range(),
                path,
                format!("there is no `{text}` in this sheet; {wanted} is wanted here"),
            ),
        };
        if let Some(near) = nearest(text, candidates.filter(|candidate| *candidate != text)) {
            problem.help = Some(format!("did you mean `{near}`?"));
        }
    }
}

/// What a member of the world's is.
pub(super) fn kind_of(entry: EntryId) -> Kind {
    match entry.entry().kind {
        EntryKind::Country | EntryKind::City => Kind::Place,
        EntryKind::Body => Kind::Organization,
    }
}

fn twice<'a>(
    first: &mut BTreeMap<&'a str, Range<usize>>,
    section: &str,
    id: &'a At<String>,
    problems: &mut Problems<'_>,
) {
    match first.get(id.as_str()) {
        Some(span) => {
            let problem = problems.error(
                id.range(),
                &Path::root(section).key(id),
                format!("the id `{}` is used twice", id.value),
            );
            problem.other = Some((span.clone(), "the first is here".to_owned()));
            problem.help = Some(
                "people, places, organizations and groups share their ids; give one of them another"
                    .to_owned(),
            );
        }
        None => {
            first.insert(id.as_str(), id.range());
        }
    }
}
