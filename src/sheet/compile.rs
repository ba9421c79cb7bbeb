//! From what the file says to the model: references resolved, dates and values read, short and long forms
//! made one.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::{Date, Time};

use super::check;
use super::file::{
    EventFile, ListFile, OrganizationFile, PersonFile, PlaceFile, RoleFile, SheetFile, StateFile,
};
use super::known::Context;
use super::model::{
    Accept, Event, Form, FormKind, Group, GroupRef, Kind, List, Member, MemberId, Role, Sheet, State, Words,
};
use super::names::{self, NameParts};
use super::references::{Ids, Path, Problems, kind_of};
use super::shapes::{DateText, OneOrMany, TimeText, WordsFile};
use crate::day;
use crate::gazetteer::{EntryId, EntryKind, Gazetteer};
use crate::problem::Problem;
use crate::source::Source;
use crate::yaml::At;

/// Compiles a sheet; `whole`: with its heading, as a file of its own has it.
pub(super) fn compile(
    source: &Arc<Source>,
    file: &SheetFile,
    context: &Context<'_>,
    whole: bool,
) -> (Sheet, Vec<Problem>) {
    let mut problems = Problems::new(source);
    let ids = Ids::gather(file, context.known, &mut problems);
    let mut compiler = Compiler { file, context, ids, problems, default_places: Vec::new() };
    let mut sheet = Sheet::empty(Arc::clone(source));
    compiler.heading(&mut sheet, whole);
    compiler.cast(&mut sheet);
    sheet.groups = compiler.groups();
    sheet.figures = file.figures.0.iter().map(|(id, figure)| compiler.figure(id, figure)).collect();
    sheet.events = file.events.0.iter().map(|(id, event)| compiler.event(id, event)).collect();
    sheet.lists = file.lists.0.iter().map(|(id, list)| compiler.list(id, list)).collect();
    sheet.accept = compiler.accept();
    let world = std::mem::take(&mut compiler.ids.world);
    let mut problems = compiler.problems;
    check::check(file, &sheet, context.known, whole, &mut problems);
    for (id, entry) in &world {
        let member = member_of_world(id, *entry, &sheet.language);
        push(&mut sheet, member);
    }
    forget_namesakes(&mut sheet);
    sheet.known =
        (0..).map(MemberId).zip(&sheet.cast).filter_map(|(id, member)| Some((member.known?, id))).collect();
    // Of two members that are one country the first has its names.
    sheet.known.sort();
    sheet.known.dedup_by_key(|(entry, _)| *entry);
    (sheet, problems.list)
}

pub(super) struct Compiler<'a> {
    pub(super) file: &'a SheetFile,
    pub(super) context: &'a Context<'a>,
    pub(super) ids: Ids<'a>,
    pub(super) problems: Problems<'a>,
    /// The sheet's own `where`.
    pub(super) default_places: Vec<MemberId>,
}

impl Compiler<'_> {
    fn heading(&mut self, sheet: &mut Sheet, whole: bool) {
        let file = self.file;
        if let Some(format) = &file.format
            && format.value != 1
        {
            let message = format!("this is format {}, and this program reads format 1", format.value);
            self.problems.error(format.range(), &Path::root("format"), message);
        }
        if whole {
            let missing = [
                ("format", "format: 1", file.format.is_none()),
                ("story", "story: an-id", file.story.is_none()),
                ("language", "language: en", file.language.is_none()),
            ];
            for (key, example, _) in missing.into_iter().filter(|(_, _, missing)| *missing) {
                let problem = self.problems.file(format!("the key `{key}` is missing"));
                problem.help = Some(format!("begin the sheet with `{example}`"));
            }
        }
        sheet.story = file.story.as_ref().map(|story| story.value.clone()).unwrap_or_default();
        sheet.title = file.title.clone();
        sheet.language = self.language().to_owned();
        sheet.timezone = file.timezone.clone();
        if let Some(place) = &file.place {
            self.default_places = self.places(place, &Path::root("where"));
            sheet.places = self.default_places.clone();
        }
        if let Some(period) = &file.period {
            let path = Path::root("period");
            let from = self.date(&period.from, &path.key("from"));
            let to = match &period.to {
                Some(to) => self.date(to, &path.key("to")),
                None => Some(Date::MAX),
            };
            let span = period.to.as_ref().unwrap_or(&period.from).range();
            self.in_order(from, to, span, &path);
            sheet.period = from.zip(to);
        }
    }

    pub(super) fn language(&self) -> &str {
        self.file.language.as_ref().map(|language| language.value.as_str()).unwrap_or_default()
    }

    fn cast(&mut self, sheet: &mut Sheet) {
        let file = self.file;
        for (id, person) in &file.people.0 {
            let member = self.person(id, person);
            push(sheet, member);
        }
        for (id, place) in &file.places.0 {
            let member = self.place(id, place);
            push(sheet, member);
        }
        for (id, organization) in &file.organizations.0 {
            let member = self.organization(id, organization);
            push(sheet, member);
        }
    }

    fn person(&mut self, id: &At<String>, person: &PersonFile) -> Member {
        let root = Path::root("people");
        let path = root.key(id);
        let forms = names::forms(&NameParts {
            name: &person.name,
            languages: &person.languages,
            also: &person.also.0,
            short: &person.short.0,
            abbreviation: person.abbreviation.as_ref(),
            adjective: None,
            garbled: &person.garbled.0,
            family: person.family.as_ref(),
            person: true,
        });
        let mut member = member(id, Kind::Person, forms);
        member.born = self.optional_date(person.born.as_ref(), &path.key("born"));
        let roles = path.key("roles");
        member.roles = person
            .roles
            .iter()
            .enumerate()
            .map(|(index, role)| self.role(role, &roles.index(index)))
            .collect();
        let states = path.key("states");
        member.states = person
            .states
            .iter()
            .enumerate()
            .map(|(index, state)| self.state(state, &states.index(index)))
            .collect();
        member
    }

    fn place(&mut self, id: &At<String>, place: &PlaceFile) -> Member {
        let forms = names::forms(&NameParts {
            name: &place.name,
            languages: &place.languages,
            also: &place.also.0,
            short: &place.short.0,
            abbreviation: place.abbreviation.as_ref(),
            adjective: Some(&place.adjective),
            garbled: &place.garbled.0,
            family: None,
            person: false,
        });
        let mut member = member(id, Kind::Place, forms);
        member.within = self.within(id, place.within.as_ref(), "places");
        member.known = self.known_place(&member);
        member
    }

    /// The country or city that a place is, by its id or by one of its names. What lies within another place
    /// is no country: Georgia, within the United States.
    fn known_place(&self, place: &Member) -> Option<EntryId> {
        let fits = |entry: &EntryId| match entry.entry().kind {
            EntryKind::Country => place.within.is_none(),
            EntryKind::City => true,
            EntryKind::Body => false,
        };
        EntryId::of_id(&place.id).filter(fits).or_else(|| {
            place
                .forms
                .iter()
                .filter(|form| form.kind == FormKind::Full)
                .find_map(|form| {
                    let language = form.language.as_deref().unwrap_or(self.language());
                    Gazetteer::builtin(language).entry_named(&form.text)
                })
                .filter(fits)
        })
    }

    fn organization(&mut self, id: &At<String>, organization: &OrganizationFile) -> Member {
        let forms = names::forms(&NameParts {
            name: &organization.name,
            languages: &organization.languages,
            also: &organization.also.0,
            short: &organization.short.0,
            abbreviation: organization.abbreviation.as_ref(),
            adjective: Some(&organization.adjective),
            garbled: &organization.garbled.0,
            family: None,
            person: false,
        });
        let mut member = member(id, Kind::Organization, forms);
        member.within = self.within(id, organization.within.as_ref(), "organizations");
        member.known = EntryId::of_id(id).filter(|entry| entry.entry().kind == EntryKind::Body);
        member
    }

    fn within(&mut self, id: &At<String>, within: Option<&At<String>>, section: &str) -> Option<MemberId> {
        let root = Path::root(section);
        let path = root.key(id);
        self.member(within, Some(Kind::Place), &path.key("within"))
    }

    fn role(&mut self, role: &At<RoleFile>, path: &Path<'_>) -> Role {
        let from = self.optional_date(role.from.as_ref(), &path.key("from"));
        let to = self.optional_date(role.to.as_ref(), &path.key("to"));
        let span = role.to.as_ref().map_or(role.range(), At::range);
        self.in_order(from, to, span, path);
        Role {
            office: role.office.value.clone(),
            of: self.member(role.of.as_ref(), None, &path.key("of")),
            posted: self.member(role.posted.as_ref(), None, &path.key("posted")),
            from,
            to,
            acting: role.acting,
            span: role.range(),
        }
    }

    fn state(&mut self, state: &At<StateFile>, path: &Path<'_>) -> State {
        let from = self.optional_date(state.from.as_ref(), &path.key("from"));
        let to = self.optional_date(state.to.as_ref(), &path.key("to"));
        let span = state.to.as_ref().map_or(state.range(), At::range);
        self.in_order(from, to, span, path);
        State { state: state.state.value.clone(), from, to, span: state.range() }
    }

    fn groups(&mut self) -> Vec<Group> {
        let group = |(id, group): &(At<String>, super::file::GroupFile)| Group {
            id: id.value.clone(),
            words: words(&group.words),
            span: id.range(),
        };
        self.file.groups.0.iter().map(group).collect()
    }

    fn event(&mut self, id: &At<String>, event: &EventFile) -> Event {
        let root = Path::root("events");
        let path = root.key(id);
        let date = self.optional_date(event.date.as_ref(), &path.key("date"));
        let from = self.optional_date(event.from.as_ref(), &path.key("from"));
        let to = self.optional_date(event.to.as_ref(), &path.key("to"));
        let date_span = [&event.date, &event.from, &event.to]
            .into_iter()
            .flatten()
            .map(At::range)
            .reduce(|first, last| first.start..last.end)
            .unwrap_or_else(|| id.range());
        if let (Some(date), Some(other)) = (&event.date, event.from.as_ref().or(event.to.as_ref())) {
            self.problems.error(other.range(), &path, "the event has `date` and also `from` or `to`").other =
                Some((date.range(), "the date is here".to_owned()));
        } else if event.date.is_none() && event.from.is_none() && event.to.is_none() {
            self.problems.error(id.range(), &path, "the event has no date").help =
                Some("give `date`, or `from` and `to`".to_owned());
        }
        self.in_order(from, to, event.to.as_ref().map_or(id.range(), At::range), &path);
        let who = path.key("who");
        Event {
            id: id.value.clone(),
            span: id.range(),
            event_type: event.event_type.value.clone(),
            phase: event.phase.clone(),
            who: self.members(&event.who, None, &who),
            places: self.places(&event.place, &path.key("where")),
            office: event.office.as_ref().map(|office| office.value.clone()),
            of: self.member(event.of.as_ref(), None, &path.key("of")),
            from: date.or(from),
            to: date.or(to),
            time: event.time.as_ref().and_then(|time| self.time(time, &path.key("time"))),
            date_span,
            words: words(&event.words),
            when: words(&event.when),
            source: event.source.clone().or_else(|| self.file.source.clone()),
            note: event.note.clone(),
        }
    }

    fn list(&mut self, id: &At<String>, list: &ListFile) -> List {
        let root = Path::root("lists");
        let path = root.key(id);
        if list.members.0.is_empty() {
            self.problems.error(id.range(), &path.key("members"), "the list has no members");
        }
        List {
            id: id.value.clone(),
            span: id.range(),
            concept: list.concept.value.clone(),
            of: self.member(list.of.as_ref(), None, &path.key("of")),
            members: self.members(&list.members, None, &path.key("members")),
            words: words(&list.words),
        }
    }

    fn accept(&mut self) -> Vec<Accept> {
        let accept = |accept: &At<super::file::AcceptFile>| Accept {
            text: accept.text.value.clone(),
            rule: accept.rule.clone(),
            reason: accept.reason.clone(),
            span: accept.text.range(),
        };
        self.file.accept.iter().map(accept).collect()
    }

    pub(super) fn member(
        &mut self,
        id: Option<&At<String>>,
        kind: Option<Kind>,
        path: &Path<'_>,
    ) -> Option<MemberId> {
        self.ids.member(id?, kind, path, &mut self.problems)
    }

    pub(super) fn members(&mut self, ids: &OneOrMany, kind: Option<Kind>, path: &Path<'_>) -> Vec<MemberId> {
        let several = ids.0.len() > 1;
        let mut members = Vec::new();
        for (index, id) in ids.0.iter().enumerate() {
            let member = match several {
                true => self.ids.member(id, kind, &path.index(index), &mut self.problems),
                false => self.ids.member(id, kind, path, &mut self.problems),
            };
            members.extend(member);
        }
        members
    }

    pub(super) fn places(&mut self, ids: &OneOrMany, path: &Path<'_>) -> Vec<MemberId> {
        self.members(ids, Some(Kind::Place), path)
    }

    pub(super) fn group_refs(&mut self, ids: &OneOrMany, path: &Path<'_>) -> Vec<GroupRef> {
        let several = ids.0.len() > 1;
        let mut groups = Vec::new();
        for (index, id) in ids.0.iter().enumerate() {
            let group = match several {
                true => self.ids.group(id, &path.index(index), &mut self.problems),
                false => self.ids.group(id, path, &mut self.problems),
            };
            groups.extend(group);
        }
        groups
    }

    pub(super) fn optional_date(&mut self, date: Option<&At<DateText>>, path: &Path<'_>) -> Option<Date> {
        self.date(date?, path)
    }

    pub(super) fn date(&mut self, date: &At<DateText>, path: &Path<'_>) -> Option<Date> {
        let text = date.value.0.trim();
        match day::parse(text) {
            Ok(date) => return Some(date),
            Err(day::Fault::NotInTheCalendar) => {
                self.problems.error(date.range(), path, format!("there is no {text}"));
            }
            Err(day::Fault::Shape) => {
                self.problems.error(date.range(), path, format!("`{text}` is no date")).help =
                    Some("dates are written `2022-01-06`: year, month, day".to_owned());
            }
        }
        None
    }

    pub(super) fn time(&mut self, time: &At<TimeText>, path: &Path<'_>) -> Option<Time> {
        let text = time.value.0.trim();
        let mut numbers = text.split(':').map(|part| match part.len() {
            1 | 2 => part.parse::<i8>().ok(),
            _ => None,
        });
        let (hour, minute, second) = (numbers.next().flatten(), numbers.next().flatten(), numbers.next());
        let read = match (hour, minute, second, numbers.next()) {
            (Some(hour), Some(minute), None, None) => Time::new(hour, minute, 0, 0).ok(),
            (Some(hour), Some(minute), Some(Some(second)), None) => Time::new(hour, minute, second, 0).ok(),
            _ => None,
        };
        if read.is_none() {
            self.problems.error(time.range(), path, format!("`{text}` is no time of day")).help =
                Some("times are written `\"04:17\"`".to_owned());
        }
        read
    }

    fn in_order(&mut self, from: Option<Date>, to: Option<Date>, span: Range<usize>, path: &Path<'_>) {
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            self.problems.error(span, path, format!("`from` ({from}) is after `to` ({to})"));
        }
    }
}

fn push(sheet: &mut Sheet, member: Member) {
    let number = MemberId(u32::try_from(sheet.cast.len()).unwrap_or(u32::MAX));
    sheet.by_id.entry(member.id.clone()).or_insert(number);
    sheet.cast.push(member);
}

fn member(id: &At<String>, kind: Kind, forms: Vec<Form>) -> Member {
    Member {
        id: id.value.clone(),
        span: id.range(),
        kind,
        forms,
        born: None,
        roles: Vec::new(),
        states: Vec::new(),
        within: None,
        known: None,
    }
}

/// A city that lies within a country other than the gazetteer's is another of that name: Porto Novo, within
/// Brazil.
fn forget_namesakes(sheet: &mut Sheet) {
    const DEEPEST: usize = 8;
    for at in 0..sheet.cast.len() {
        let Some(member) = sheet.cast.get(at) else { continue };
        let Some(country) = member.known.and_then(EntryId::country) else { continue };
        let mut outer = member.within;
        let mut is_there = outer.is_none();
        for _ in 0..DEEPEST {
            let Some(place) = outer.and_then(|id| sheet.cast.get(id.0 as usize)) else { break };
            is_there |= place.known == Some(country);
            outer = place.within;
        }
        if !is_there && let Some(member) = sheet.cast.get_mut(at) {
            member.known = None;
        }
    }
}

/// A member that the sheet only refers to, with its name in the sheet's language, or in English.
fn member_of_world(id: &At<String>, entry: EntryId, language: &str) -> Member {
    let mut member = member(id, kind_of(entry), Vec::new());
    member.known = Some(entry);
    let name = [language, "en"]
        .into_iter()
        .find_map(|language| Some((language, Gazetteer::builtin(language).preferred(entry)?.to_owned())));
    member.forms.extend(name.map(|(language, text)| Form {
        text,
        span: id.range(),
        kind: FormKind::Full,
        language: Some(language.to_owned()),
        anywhere: false,
        preferred: true,
        family: None,
    }));
    member
}

pub(super) fn words(file: &WordsFile) -> Words {
    file.0
        .iter()
        .map(|(language, words)| {
            (language.value.clone(), words.0.iter().map(|word| word.value.trim().to_owned()).collect())
        })
        .collect()
}
