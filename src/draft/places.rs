//! Places: the countries and cities of the gazetteer that the copy names. A sheet needs only those that its
//! facts point to; the others are known without it.

use super::gather::Seen;
use super::plan::{Member, Names, Plan, Remarks};
use crate::engine::Engine;
use crate::gazetteer::{EntryId, EntryKind};
use crate::sheet::Kind;

/// Puts every place into the plan, and the story's own. Writing leaves out those that no fact needs.
pub(super) fn plan(engine: &Engine, seen: &Seen, plan: &mut Plan) {
    for &entry in seen.places.keys() {
        let id = entry.entry().id;
        if entry.entry().kind == EntryKind::Body || plan.members.iter().any(|member| member.id == id) {
            continue;
        }
        let in_language = engine
            .rules()
            .language(&plan.language)
            .and_then(|language| language.gazetteer.preferred(entry).map(str::to_owned));
        let Some(name) = in_language else { continue };
        let names = [(plan.language.clone(), Names { name, ..Names::default() })].into();
        plan.members.push(Member {
            id: id.to_owned(),
            kind: Kind::Place,
            names,
            roles: Vec::new(),
            remarks: Remarks::default(),
        });
    }
    plan.place = story_place(seen).map(|entry| entry.entry().id.to_owned()).filter(|id| plan.has(id));
}

/// The country that is named far more often than any other.
fn story_place(seen: &Seen) -> Option<EntryId> {
    let mut counts: Vec<(usize, EntryId)> = Vec::new();
    for (&entry, &count) in seen.places.iter().filter(|(entry, _)| entry.is_country()) {
        let cities = seen.places.iter().filter(|(city, _)| city.country() == Some(entry));
        counts.push((count + cities.map(|(_, count)| count).sum::<usize>(), entry));
    }
    counts.sort_by_key(|&(count, entry)| (std::cmp::Reverse(count), entry));
    match counts[..] {
        [(first, entry), (second, _), ..] => (first >= 2 * second).then_some(entry),
        [(first, entry)] => (first > 1).then_some(entry),
        [] => None,
    }
}
