//! People: full names put together, in one language by their inflection, across languages by their sound.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::base_form::{self, Form};
use super::gather::{Lone, Name, Seen};
use super::plan::{Member, Names, Plan, Remarks, slug};
use crate::engine::Engine;
use crate::language::sound::Ear;
use crate::sheet::Kind;

/// One person as one language names them.
#[derive(Debug)]
struct Group<'s> {
    language: &'s str,
    /// Every form, the first seen first.
    forms: Vec<Form>,
    seen: Vec<&'s Name>,
    /// The family name's and the given names' sounds, one of each reading.
    keys: Vec<(String, String)>,
}

/// Family names of so many sounds may be one sound off, longer ones two.
const LONG: usize = 8;
/// Given names of one person are this much alike across languages.
const GIVEN: f64 = 0.65;
/// Within one language, this much.
const GIVEN_SAME: f64 = 0.8;
/// A name that stands so often without any sign of what it is goes into the draft as a comment.
const OFTEN: usize = 2;

/// Puts the people that were seen into the plan.
pub(super) fn plan(engine: &Engine, seen: &Seen, plan: &mut Plan) {
    let groups = groups(engine, &seen.names);
    let people = across_languages(&groups);
    for person in people {
        let of: Vec<&Group<'_>> = person.iter().filter_map(|&index| groups.get(index)).collect();
        if let Some(member) = member(engine, &of, &seen.lone, plan) {
            plan.members.push(member);
        }
    }
}

/// The names of each language by person.
fn groups<'s>(engine: &Engine, names: &'s [Name]) -> Vec<Group<'s>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    // By the beginning of the family name, so that a name is held against few others.
    let mut near: FxHashMap<(&str, String), Vec<usize>> = FxHashMap::default();
    for name in names {
        let Some(language) = engine.rules().language(&name.language) else { continue };
        let inflection = &language.pack.inflection;
        let (Some(family), Some(given)) = (name.words.last(), name.words.first()) else { continue };
        let beginning: String = family.chars().take(3).collect();
        let candidates = near.entry((&name.language, beginning)).or_default();
        let same = |words: &[String]| {
            base_form::is_same_name(inflection, words, &name.words)
                // With or without a second given name.
                || (words.last().is_some_and(|other| base_form::is_same_word(inflection, other, family))
                    && words.first().is_some_and(|other| base_form::is_same_word(inflection, other, given)))
        };
        let known = candidates.iter().copied().find(|&index| {
            groups.get(index).is_some_and(|group| group.forms.iter().any(|form| same(&form.words)))
        });
        let index = known.unwrap_or_else(|| {
            candidates.push(groups.len());
            let keys = keys(language.ears(engine.rules()), &name.words);
            groups.push(Group { language: &name.language, forms: Vec::new(), seen: Vec::new(), keys });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(index) else { continue };
        group.seen.push(name);
        match group.forms.iter_mut().find(|form| form.text == name.text) {
            Some(form) => {
                form.count += 1;
                form.base = form.base.saturating_add(name.base);
            }
            None => group.forms.push(Form {
                text: name.text.clone(),
                words: name.words.clone(),
                count: 1,
                base: name.base,
            }),
        }
    }
    // The base form sounds most like those of other languages.
    for group in &mut groups {
        let Some(language) = engine.rules().language(group.language) else { continue };
        let base = base_form::base_form(&language.pack.inflection, &group.forms);
        if let Some(form) = base.and_then(|index| group.forms.get(index)) {
            group.keys = keys(language.ears(engine.rules()), &form.words);
        }
    }
    groups
}

fn keys(ears: &[Ear], words: &[String]) -> Vec<(String, String)> {
    let Some((family, given)) = words.split_last() else { return Vec::new() };
    ears.iter().map(|ear| (ear.key(family), given.iter().map(|word| ear.key(word)).collect())).collect()
}

/// Which groups are of one person, each in order.
fn across_languages(groups: &[Group<'_>]) -> Vec<Vec<usize>> {
    let mut people: Vec<Vec<usize>> = Vec::new();
    let mut by_sound: FxHashMap<char, Vec<usize>> = FxHashMap::default();
    for (index, group) in groups.iter().enumerate() {
        let mut first: Vec<char> =
            group.keys.iter().filter_map(|(family, _)| family.chars().next()).collect();
        first.sort_unstable();
        first.dedup();
        let candidates = first.iter().filter_map(|first| by_sound.get(first)).flatten().copied();
        let known = candidates.into_iter().find(|&person| {
            people.get(person).is_some_and(|of| {
                of.iter().filter_map(|&other| groups.get(other)).any(|other| is_same_person(group, other))
            })
        });
        let person = known.unwrap_or(people.len());
        match people.get_mut(person) {
            Some(of) => of.push(index),
            None => people.push(vec![index]),
        }
        for first in first {
            let list = by_sound.entry(first).or_default();
            if list.last() != Some(&person) {
                list.push(person);
            }
        }
    }
    people
}

fn is_same_person(a: &Group<'_>, b: &Group<'_>) -> bool {
    let least = if a.language == b.language { GIVEN_SAME } else { GIVEN };
    a.keys.iter().any(|(family, given)| {
        b.keys.iter().any(|(other_family, other_given)| {
            is_like(family, other_family)
                && strsim::normalized_damerau_levenshtein(given, other_given) >= least
        })
    })
}

fn is_like(a: &str, b: &str) -> bool {
    let longer = a.chars().count().max(b.chars().count());
    let most = match longer {
        0..=3 => 0,
        4..=LONG => 1,
        _ => 2,
    };
    strsim::osa_distance(a, b) <= most
}

fn member(engine: &Engine, groups: &[&Group<'_>], lone: &[Lone], plan: &Plan) -> Option<Member> {
    let seen = || groups.iter().flat_map(|group| &group.seen);
    let is_person = seen().any(|name| name.of_person)
        || (seen().any(|name| name.speaks) && !seen().any(|name| name.defined));
    let count = seen().count();
    let mut remarks = Remarks::default();
    if !is_person {
        // Where nouns have capitals two of them beside each other are nothing.
        let tells = |group: &&&Group<'_>| {
            engine.rules().pack(group.language).is_some_and(|pack| !pack.capitalised_nouns)
        };
        if seen().any(|name| name.defined) || count < OFTEN || !groups.iter().any(|group| tells(&group)) {
            return None;
        }
        remarks.doubt = Some("nothing in the copy says that this is a person".to_owned());
    }
    let mut names: BTreeMap<String, Names> = BTreeMap::new();
    for group in groups {
        let Some(pack) = engine.rules().pack(group.language) else { continue };
        let inflection = &pack.inflection;
        let Some(base) = base_form::base_form(inflection, &group.forms).and_then(|at| group.forms.get(at))
        else {
            continue;
        };
        let names = names.entry(group.language.to_owned()).or_default();
        for form in std::iter::once(base).chain(&group.forms) {
            let known = std::iter::once(&names.name).chain(&names.also).any(|known| {
                base_form::is_same_name(inflection, &super::gather::words_of(known), &form.words)
            });
            if names.name.is_empty() {
                names.name = form.text.clone();
            } else if !known && form.base >= super::gather::SURE {
                names.also.push(form.text.clone());
            }
        }
        if let [first, ..] = names.also.as_slice()
            && super::gather::words_of(first).len() == base.words.len()
        {
            let all: Vec<&str> =
                std::iter::once(&names.name).chain(&names.also).map(String::as_str).collect();
            remarks.disagree.push(all.join(", "));
        }
    }
    for name in seen().filter(|name| name.of_person).chain(seen()) {
        remarks.add_source(&name.from);
    }
    // Of what may be anything only clear forms are worth a line.
    if names.is_empty() && !is_person {
        return None;
    }
    if names.is_empty() {
        let first = groups.first()?;
        let form = first.forms.iter().max_by_key(|form| (form.base, form.count))?;
        names.insert(first.language.to_owned(), Names { name: form.text.clone(), ..Names::default() });
        remarks.doubt.get_or_insert_with(|| "seen in an inflected form only: write the base form".to_owned());
    }
    add_lone(engine, groups, lone, &mut names);
    let id = id(engine, &names, plan);
    Some(Member { id, kind: Kind::Person, names, roles: Vec::new(), remarks })
}

/// In a language that has the family name only, how it writes that is a form too.
fn add_lone(engine: &Engine, groups: &[&Group<'_>], lone: &[Lone], names: &mut BTreeMap<String, Names>) {
    const SHORTEST: usize = 5;
    let families: Vec<&str> =
        groups.iter().flat_map(|group| &group.keys).map(|(family, _)| family.as_str()).collect();
    for lone in lone.iter().filter(|lone| lone.folded.chars().count() >= SHORTEST) {
        if groups.iter().any(|group| group.language == lone.language) {
            continue;
        }
        let Some(language) = engine.rules().language(&lone.language) else { continue };
        let key = |ear: &Ear| ear.key(&lone.folded);
        let sounds = language.ears(engine.rules()).iter().any(|ear| families.contains(&key(ear).as_str()));
        let written = names.values().any(|names| {
            super::gather::words_of(&names.name).last().is_some_and(|family| *family == lone.folded)
        });
        if !sounds || written || language.pack.inflection.declines_names {
            continue;
        }
        let names = names.entry(lone.language.clone()).or_default();
        let inflection = &language.pack.inflection;
        let known = names
            .short
            .iter()
            .any(|known| base_form::is_same_word(inflection, &known.to_lowercase(), &lone.folded));
        if !known {
            names.short.push(lone.text.clone());
        }
    }
}

/// The family name where it is free, else the whole name.
fn id(engine: &Engine, names: &BTreeMap<String, Names>, plan: &Plan) -> String {
    let own = names.get(&plan.language).map(|names| names.name.as_str()).filter(|name| !name.is_empty());
    let common = names.get(crate::language::COMMON_READING).map(|names| names.name.as_str());
    let texts = own.into_iter().chain(common).chain(names.values().map(|names| names.name.as_str()));
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    let latin = |text: &str| slug(text).or_else(|| slug(&super::organizations::latin(engine, text)));
    let family = texts.iter().find_map(|text| latin(text.rsplit(' ').next()?));
    let whole = texts.iter().find_map(|text| latin(text));
    let free = |id: &String| !plan.members.iter().any(|member| member.id == *id);
    match (family, whole) {
        (Some(family), _) if free(&family) => family,
        (_, Some(whole)) => plan.free_id(&whole),
        (Some(family), None) => plan.free_id(&family),
        (None, None) => plan.free_id("person"),
    }
}
