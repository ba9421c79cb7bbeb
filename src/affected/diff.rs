//! Which facts of two sheets are not the same, by their ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::sheet::Sheet;
use crate::sheet::model::{Entry, Event, Figure, GroupRef, List, Member, MemberId};

/// Ids as findings have them (`figures.killed`) of all facts that were changed, taken away or are new.
pub(super) fn changed(old: &Sheet, new: &Sheet) -> BTreeSet<String> {
    let (old, new) = (facts(old), facts(new));
    let mut changed: BTreeSet<String> =
        old.iter().filter(|(id, fact)| new.get(*id) != Some(fact)).map(|(id, _)| id.clone()).collect();
    changed.extend(new.into_keys().filter(|id| !old.contains_key(id)));
    changed
}

/// The ids of every fact of a sheet.
pub(super) fn all(sheet: &Sheet) -> BTreeSet<String> {
    facts(sheet).into_keys().collect()
}

/// Every fact of a sheet as a text that is the same where the fact is; where it stands in the file plays no
/// part.
fn facts(sheet: &Sheet) -> BTreeMap<String, String> {
    let ids = |members: &[MemberId]| members.iter().map(|&member| id(sheet, member)).collect::<Vec<_>>();
    let members = sheet.cast.iter().map(|of| (crate::checks::names::fact_id(of), member(sheet, of)));
    let figures =
        sheet.figures.iter().map(|of| (format!("figures.{}", of.id), figure(sheet, of, &ids(&of.places))));
    let events = sheet.events.iter().map(|of| (format!("events.{}", of.id), event(sheet, of)));
    let lists = sheet.lists.iter().map(|of| (format!("lists.{}", of.id), list(sheet, of)));
    members.chain(figures).chain(events).chain(lists).collect()
}

fn id(sheet: &Sheet, member: MemberId) -> &str {
    sheet.cast.get(member.0 as usize).map_or("", |member| member.id.as_str())
}

fn member(sheet: &Sheet, member: &Member) -> String {
    let forms: Vec<_> = member
        .forms
        .iter()
        .map(|form| (&form.text, form.kind, &form.language, form.anywhere, form.preferred, &form.family))
        .collect();
    let roles: Vec<_> = member
        .roles
        .iter()
        .map(|role| {
            let [of, posted] = [role.of, role.posted].map(|of| of.map(|of| id(sheet, of)));
            (&role.office, of, posted, role.from, role.to, role.acting)
        })
        .collect();
    let states: Vec<_> = member.states.iter().map(|state| (&state.state, state.from, state.to)).collect();
    let within = member.within.map(|place| id(sheet, place));
    format!("{forms:?} {:?} {roles:?} {states:?} {within:?}", member.born)
}

fn figure(sheet: &Sheet, figure: &Figure, places: &[&str]) -> String {
    let groups = |groups: &[GroupRef]| {
        let name = |group: &GroupRef| match group {
            GroupRef::Group(id) => id.clone(),
            GroupRef::Member(member) => id(sheet, *member).to_owned(),
        };
        groups.iter().map(name).collect::<Vec<_>>()
    };
    let series: Vec<_> = figure.series.iter().map(entry).collect();
    format!(
        "{} {:?} {} {places:?} {:?} {:?} {:?} {} {:?} {:?} {series:?}",
        figure.concept,
        groups(&figure.groups),
        figure.together,
        groups(&figure.by),
        figure.event,
        figure.part_of,
        figure.constant,
        figure.words,
        figure.when,
    )
}

fn entry(entry: &Entry) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {}",
        entry.as_of,
        entry.time,
        entry.value.interval,
        entry.source,
        entry.kind,
        entry.retracted,
        entry.disputed
    )
}

fn event(sheet: &Sheet, event: &Event) -> String {
    let ids = |members: &[MemberId]| members.iter().map(|&member| id(sheet, member)).collect::<Vec<_>>();
    format!(
        "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
        event.event_type,
        event.phase,
        ids(&event.who),
        ids(&event.places),
        event.office,
        event.of.map(|of| id(sheet, of)),
        event.from,
        event.to,
        event.words,
        event.when
    )
}

fn list(sheet: &Sheet, list: &List) -> String {
    let members: Vec<&str> = list.members.iter().map(|&member| id(sheet, member)).collect();
    format!("{} {:?} {members:?} {:?}", list.concept, list.of.map(|of| id(sheet, of)), list.words)
}
