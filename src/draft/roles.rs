//! Roles: offices that stand right by a name, with the country or the body that they are of.

use std::collections::BTreeMap;

use super::Copy;
use super::gather::sentence;
use super::plan::{Plan, Remarks, Role};
use crate::checks::case::Case;
use crate::checks::roles::{Held, Of, held};
use crate::rules::Ruleset;

/// An office that one copy tells of somebody.
pub(super) struct Told {
    person: String,
    office: String,
    /// The id of what it is of, and whether the sheet must list it.
    of: Option<(String, bool)>,
    acting: bool,
    from: String,
}

/// The offices of one copy before the sheet of its cast.
pub(super) fn read(case: &Case<'_>, copy: &Copy<'_>) -> Vec<Told> {
    held(case).into_iter().filter_map(|held| told(case, copy, &held)).collect()
}

fn told(case: &Case<'_>, copy: &Copy<'_>, held: &Held) -> Option<Told> {
    let person = case.sheet.cast.get(held.person.0 as usize)?.id.clone();
    let office = case.rules.offices.get(usize::from(held.office))?.id.clone();
    let of = match held.of {
        None => None,
        // Countries are known without being listed.
        Some(Of::Entry(entry)) if entry.is_country() => Some((entry.entry().id.to_owned(), false)),
        Some(Of::Entry(_)) => return None,
        Some(Of::Member(member)) => {
            let is_country = case.entry_of(member).is_some_and(|entry| entry.is_country());
            Some((case.sheet.cast.get(member.0 as usize)?.id.clone(), !is_country))
        }
    };
    let from = sentence(case.read, copy, held.token);
    Some(Told { person, office, of, acting: held.acting, from })
}

/// Gives everybody the offices that the copies tell of them.
pub(super) fn plan(rules: &Ruleset, told: Vec<Told>, plan: &mut Plan) {
    for member in &mut plan.members {
        let own: Vec<&Told> = told.iter().filter(|told| told.person == member.id).collect();
        for told in &own {
            // "President Tokayev" is the Kazakh president where other copy calls him that.
            let told_of: Vec<_> = own
                .iter()
                .filter(|other| other.office == told.office && (told.of.is_none() || other.of == told.of))
                .filter_map(|other| other.of.as_ref())
                .collect();
            let of = told_of.first().filter(|first| told_of.iter().all(|of| of == *first));
            if told.of.is_none() && of.is_none() && !told_of.is_empty() {
                continue;
            }
            let (of, is_listed) = of.map_or((None, false), |(of, listed)| (Some(of.clone()), *listed));
            let role = member.roles.iter_mut().find(|role| role.office == told.office && role.of == of);
            match role {
                Some(role) => role.acting &= told.acting,
                None => {
                    let mut remarks = Remarks::default();
                    remarks.add_source(&told.from);
                    let (office, acting) = (told.office.clone(), told.acting);
                    member.roles.push(Role { office, of, is_listed, acting, remarks });
                }
            }
        }
        doubt_contradictions(rules, &mut member.roles);
    }
    mark_rivals(rules, plan);
}

/// What one person cannot be at once: president of two countries, president and head of the government.
fn doubt_contradictions(rules: &Ruleset, roles: &mut [Role]) {
    let entry = |office: &str| rules.office(office).map(|(_, office)| &office.entry);
    let excludes =
        |a: &str, b: &str| entry(a).is_some_and(|entry| entry.excludes.iter().any(|other| other == b));
    let all: Vec<(String, Option<String>)> =
        roles.iter().map(|role| (role.office.clone(), role.of.clone())).collect();
    for role in roles {
        let is_against = |(office, of): &&(String, Option<String>)| match *office == role.office {
            true => *of != role.of && !entry(office).is_some_and(|entry| entry.many),
            false => excludes(office, &role.office) || excludes(&role.office, office),
        };
        let against: Vec<String> =
            all.iter().filter(is_against).map(|(office, of)| words(office, of)).collect();
        if !against.is_empty() {
            let own = words(&role.office, &role.of);
            role.remarks.disagree.push(format!("{own}, {}", against.join(", ")));
            role.remarks.doubt = Some("the copies call one person both".to_owned());
        }
    }
}

/// Two who hold what one holds at a time: both stand, and a mark says so.
fn mark_rivals(rules: &Ruleset, plan: &mut Plan) {
    let is_one = |office: &str| rules.office(office).is_some_and(|(_, office)| !office.entry.many);
    let mut holders: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for member in &plan.members {
        let certain = member.roles.iter().filter(|role| role.remarks.doubt.is_none() && is_one(&role.office));
        for (role, of) in certain.filter_map(|role| Some((role, role.of.as_ref()?))) {
            holders.entry((role.office.clone(), of.clone())).or_default().push(member.id.clone());
        }
    }
    for role in plan.members.iter_mut().flat_map(|member| &mut member.roles) {
        let of = role.of.clone().filter(|_| role.remarks.doubt.is_none()).unwrap_or_default();
        if let Some(holders) = holders.get(&(role.office.clone(), of)).filter(|holders| holders.len() > 1) {
            role.remarks.disagree.push(holders.join(", "));
        }
    }
}

fn words(office: &str, of: &Option<String>) -> String {
    of.as_ref().map_or_else(|| office.to_owned(), |of| format!("{office} of {of}"))
}
