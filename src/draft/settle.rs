//! Holds a draft against the copy it was made of, and mends it until it says nothing against that copy.
//!
//! What the copies spell in two ways becomes a form more, what they count in two ways a value more, each with
//! a mark. What still disagrees then is doubtful and becomes a comment. Each round mends something or is the
//! last, so that there is an end.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::figures::{MOST_NAMED, MOST_VALUES};
use super::plan::{Entry, Plan, Remarks};
use super::{Copy, Draft, settle_roles, write};
use crate::engine::{Engine, Scratches};
use crate::finding::Finding;
use crate::problem::Problem;
use crate::sheet::Kind;
use crate::source::Source;

/// More rounds than that are not needed: a fact is mended once, and then made a comment.
const ROUNDS: usize = 12;

/// Mends the plan and writes it.
pub(super) fn settle(engine: &Engine, copies: &[Copy<'_>], mut plan: Plan) -> Draft {
    let mut tried: BTreeSet<(String, String)> = BTreeSet::new();
    let mut of_the_copy = 0;
    for round in 0..ROUNDS {
        without_lost_references(&mut plan);
        let source = Arc::new(Source::new("draft", write::text(&plan)));
        let sheet = match engine.load_sheet(&source) {
            Ok((sheet, warnings)) if warnings.is_empty() => sheet,
            Ok((_, problems)) | Err(problems) => {
                let mended = problems.iter().filter(|problem| mend_problem(problem, &mut plan)).count();
                if mended == 0 {
                    break;
                }
                continue;
            }
        };
        let sheets = [Arc::new(sheet)];
        let mut scratches = Scratches::default();
        let mut mended = 0;
        of_the_copy = 0;
        for (index, copy) in copies.iter().enumerate() {
            for finding in engine.check(&copy.request(&sheets), &mut scratches).findings {
                // The last rounds only make comments.
                let may_add = round + 4 < ROUNDS;
                if mend(index, copy, &finding, may_add, &mut tried, &mut plan) {
                    mended += 1;
                } else {
                    of_the_copy += 1;
                }
            }
        }
        if mended == 0 {
            break;
        }
    }
    without_lost_references(&mut plan);
    settle_roles::add_roles(engine, copies, &mut plan);
    let text = write::text(&plan);
    let used = plan.used();
    let certain = |remarks: &Remarks| remarks.doubt.is_none();
    let of_kind = |kind: Kind| {
        let members = plan.members.iter().filter(|member| member.kind == kind && certain(&member.remarks));
        members.filter(|member| kind != Kind::Place || used.contains(member.id.as_str())).count()
    };
    let all = plan.members.iter().map(|member| &member.remarks);
    let all = all.chain(plan.figures.iter().map(|figure| &figure.remarks));
    let all = all.chain(plan.events.iter().map(|event| &event.remarks));
    let all = all.chain(plan.members.iter().flat_map(|member| &member.roles).map(|role| &role.remarks));
    Draft {
        people: of_kind(Kind::Person),
        places: of_kind(Kind::Place),
        organizations: of_kind(Kind::Organization),
        figures: plan.figures.iter().filter(|figure| certain(&figure.remarks)).count(),
        events: plan.events.iter().filter(|event| certain(&event.remarks)).count(),
        doubtful: all.filter(|remarks| !certain(remarks)).count(),
        of_the_copy,
        text,
    }
}

/// Mends what a finding is about. `false` where it is of no fact, or nothing of it is left to mend.
fn mend(
    index: usize,
    copy: &Copy<'_>,
    finding: &Finding,
    may_add: bool,
    tried: &mut BTreeSet<(String, String)>,
    plan: &mut Plan,
) -> bool {
    let Some((section, id)) = finding.fact.as_ref().and_then(|fact| fact.id.split_once('.')) else {
        return false;
    };
    let first =
        may_add && tried.insert((format!("{section}.{id}"), format!("{index} {}", finding.span.start)));
    match section {
        "figures" => {
            let number = plan.numbers.get(&(index, finding.span.start)).cloned();
            if first && let Some(number) = number.filter(|number| number.as_of.is_some()) {
                return add_value(id, number, plan);
            }
        }
        "events" => {}
        _ => {
            let is_name = finding.expected.is_some() && finding.rule.starts_with("name/");
            if first && is_name && add_form(id, copy.language, &finding.text, plan) {
                return true;
            }
        }
    }
    make_doubtful(section, id, &format!("it does not fit “{}” in {}", finding.text, copy.path()), plan)
}

/// Adds a value to a figure that the copies tell otherwise.
fn add_value(id: &str, mut number: Entry, plan: &mut Plan) -> bool {
    let Some(figure) = plan.figures.iter_mut().find(|figure| figure.id == id) else { return false };
    let same = |entry: &&Entry| entry.as_of == number.as_of && entry.value == number.value;
    if figure.series.iter().any(|entry| same(&entry) && entry.doubt.is_none()) {
        return make_doubtful("figures", id, "the copies tell it in several ways", plan);
    }
    let others: Vec<&Entry> = figure.series.iter().filter(|entry| entry.doubt.is_none()).collect();
    if others.len() >= MOST_VALUES {
        return make_doubtful("figures", id, "the copies have very many numbers for it", plan);
    }
    let others: Vec<&str> = others.iter().map(|entry| entry.value.1.as_str()).take(MOST_NAMED).collect();
    number.disagree = Some(format!("{}, {}", number.value.1, others.join(", ")));
    number.doubt = None;
    figure.series.retain(|entry| !same(&entry));
    let at = figure.series.partition_point(|entry| entry.as_of <= number.as_of);
    figure.series.insert(at, number);
    true
}

/// Adds a form to a member that the copies spell otherwise.
fn add_form(id: &str, language: &str, text: &str, plan: &mut Plan) -> bool {
    let Some(member) = plan.members.iter_mut().find(|member| member.id == id) else { return false };
    let names = member.names.entry(language.to_owned()).or_default();
    let is_full = text.contains(' ') && !names.name.is_empty();
    let list = if is_full { &mut names.also } else { &mut names.short };
    if list.iter().any(|known| known == text) {
        return false;
    }
    list.push(text.to_owned());
    let named: Vec<&str> = member.names.values().map(|names| names.name.as_str()).collect();
    let named: Vec<&str> = named.into_iter().filter(|name| !name.is_empty()).take(1).collect();
    member.remarks.disagree.push(format!("{}, {text}", named.join(", ")));
    true
}

/// Makes a comment of a fact; `false` where it is one already.
fn make_doubtful(section: &str, id: &str, why: &str, plan: &mut Plan) -> bool {
    let remarks = match section {
        "figures" => plan.figures.iter_mut().find(|figure| figure.id == id).map(|figure| &mut figure.remarks),
        "events" => plan.events.iter_mut().find(|event| event.id == id).map(|event| &mut event.remarks),
        _ => plan.members.iter_mut().find(|member| member.id == id).map(|member| &mut member.remarks),
    };
    match remarks {
        Some(remarks) if remarks.doubt.is_none() => {
            remarks.doubt = Some(why.to_owned());
            true
        }
        _ => false,
    }
}

/// Mends what the loading of the sheet complains of: the entry becomes a comment.
fn mend_problem(problem: &Problem, plan: &mut Plan) -> bool {
    let Some(key) = &problem.key else { return false };
    let mut parts = key.split(['.', '[']);
    let (Some(section), Some(id)) = (parts.next(), parts.next()) else { return false };
    // A toll that falls is one that the copies disagree in: by whom each is told keeps both.
    if section == "figures"
        && let Some(figure) = plan.figures.iter_mut().find(|figure| figure.id == id)
        && figure.remarks.disagree.is_empty()
    {
        figure.remarks.disagree.push("the number falls with time: was one taken back?".to_owned());
        let mut most = f64::NEG_INFINITY;
        for entry in figure.series.iter_mut().filter(|entry| entry.doubt.is_none()) {
            let falls = entry.bounds.1 < most;
            most = most.max(entry.bounds.0);
            if !falls {
                continue;
            }
            let told = entry.from.split(": ").next().unwrap_or_default().to_owned();
            entry.source = Some(match entry.source.take() {
                Some(source) => format!("{source} ({told})"),
                None => told,
            });
        }
        return true;
    }
    make_doubtful(section, id, &problem.message, plan)
}

/// Facts that point to somebody who is a comment only must not point there.
fn without_lost_references(plan: &mut Plan) {
    let certain: BTreeSet<String> = plan
        .members
        .iter()
        .filter(|member| member.remarks.doubt.is_none())
        .map(|member| member.id.clone())
        .collect();
    let all: BTreeSet<String> = plan.members.iter().map(|member| member.id.clone()).collect();
    let is_lost = |id: &String| all.contains(id) && !certain.contains(id);
    for event in plan.events.iter_mut().filter(|event| event.remarks.doubt.is_none()) {
        if event.who.iter().chain(&event.places).any(is_lost) {
            event.remarks.doubt = Some("somebody in it is in doubt".to_owned());
        }
    }
    for figure in plan.figures.iter_mut().filter(|figure| figure.remarks.doubt.is_none()) {
        if figure.group.iter().chain(&figure.place).any(is_lost) {
            figure.remarks.doubt = Some("somebody in it is in doubt".to_owned());
        }
    }
    for role in plan.members.iter_mut().flat_map(|member| &mut member.roles) {
        if role.is_listed && role.of.as_ref().is_some_and(is_lost) {
            role.remarks.doubt.get_or_insert_with(|| "what it is of is in doubt".to_owned());
        }
    }
    if plan.place.as_ref().is_some_and(is_lost) {
        plan.place = None;
    }
}
