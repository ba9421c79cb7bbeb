//! Enumerations of the copy against the closed lists of a sheet: one too many, one too few, a number that is
//! not theirs.

use std::ops::Range;

use super::case::{Case, Draft, Reporter};
use super::enumerations::{Enumeration, Flavour, Item, Who, enumerations, is_connective};
use super::names::fact_id;
use super::roles::name_in;
use crate::finding::{Severity, Verdict};
use crate::language::sense::{SheetWord, Term, TitleWord};
use crate::language::{Marker, Sense};
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::rules::Check;
use crate::sheet::model::{List, Span};
use crate::sheet::{Kind, MemberId};

mod about;

use about::{is_about, is_plainly};

/// No enumeration is shorter: two names stand together for many reasons.
const SHORTEST: usize = 3;

/// What stands further from an enumeration than this, in tokens, does not lead it.
const FARTHEST: usize = 8;

/// Reports enumerations and numbers that are not those of the sheet's lists.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let found = enumerations(case);
    for enumeration in found.iter().filter(|enumeration| enumeration.items.len() >= SHORTEST) {
        let sentence = near(case.read.sentence(enumeration.tokens.start), &enumeration.tokens);
        let count = stated_count(case, enumeration, &sentence);
        if !judge_members(case, enumeration, &sentence, count, reporter) {
            judge_count(case, enumeration, count, reporter);
        }
    }
    if !case.sheet.lists.is_empty() {
        judge_sizes(case, &found, reporter);
    }
}

/// A text without a stop must not be walked through for every enumeration in it.
const WIDEST: usize = 150;

/// The part of a region that is not too far from some tokens.
fn near(region: Range<usize>, tokens: &Range<usize>) -> Range<usize> {
    region.start.max(tokens.start.saturating_sub(WIDEST))..region.end.min(tokens.end + WIDEST)
}

/// Holds an enumeration against the list it is of; whether that told anything.
fn judge_members(
    case: &Case<'_>,
    enumeration: &Enumeration,
    sentence: &Range<usize>,
    count: Option<&Quantity>,
    reporter: &mut Reporter<'_>,
) -> bool {
    let all = || (0u16..).zip(&case.sheet.lists);
    let mut lists: Vec<&List> = all()
        .filter(|(index, list)| is_about(case, *index, list, enumeration, sentence))
        .map(|(_, list)| list)
        .collect();
    if lists.is_empty() {
        let is_plainly = |(index, list): &(u16, &List)| is_plainly(case, *index, list, enumeration, sentence);
        lists = all().filter(is_plainly).map(|(_, list)| list).collect();
    }
    let excess = |list: &List| -> Vec<&Item> {
        enumeration
            .items
            .iter()
            .filter(|item| !list.members.iter().any(|&member| item.is(case, member)))
            .collect()
    };
    // What is right for one list is not held against another.
    let Some(list) = lists.iter().copied().min_by_key(|list| excess(list).len()) else { return false };
    let scan = case.read.scan;
    let region = sentence.start..enumeration.tokens.end;
    let says = |marker: Marker| region.clone().any(|at| scan.is_marked(at, &[marker]));
    if says(Marker::Negation) || says(Marker::Expected) {
        return false;
    }
    let excess = excess(list);
    let right = enumeration.items.len() - excess.len();
    let missing: Vec<MemberId> = list
        .members
        .iter()
        .copied()
        .filter(|&member| !enumeration.items.iter().any(|item| item.is(case, member)))
        .collect();
    if !excess.is_empty() {
        let kinds = kinds_of(case, list);
        let is_alike = |item: &&Item| !item.ambiguous && kinds.has(case, item);
        // Two of the list beside one that is not may have met for another reason.
        let few = right < SHORTEST && list.members.len() > SHORTEST;
        let adjectives = enumeration.items.iter().any(|item| item.flavour == Flavour::Adjective);
        if right < 2 || excess.len() * 2 > right || !excess.iter().all(is_alike) || (few && adjectives) {
            return false;
        }
        for item in &excess {
            let expected = match (&missing[..], &excess[..]) {
                ([one], [_]) => Some(name_in(case, *one)),
                _ => None,
            };
            let mut draft = Draft::new(Check::ListMember, Verdict::Wrong, item.span.clone());
            draft.values = values(case, list);
            draft.expected = expected;
            draft.fact = fact(list);
            if few {
                draft.at_most = Severity::Warning;
            }
            reporter.report(draft);
        }
        return true;
    }
    let named_beside = |member: MemberId| {
        let before =
            sentence.start.checked_sub(1).map_or(sentence.start, |last| case.read.sentence(last).start);
        case.names_in(&near(before..sentence.end, &enumeration.tokens))
            .iter()
            .any(|name| name.member == member)
    };
    // Where states stand alone, the organization beside them on the list is not left out.
    let is_of_kind = |member: MemberId| {
        let is_country = Who::Member(member).is_country(case);
        enumeration.items.iter().any(|item| item.is_country(case) == is_country)
    };
    let missing: Vec<MemberId> =
        missing.into_iter().filter(|&member| is_of_kind(member) && !named_beside(member)).collect();
    let claims_all = count.is_some_and(|count| count.value == list.members.len() as f64);
    let [one, rest @ ..] = &missing[..] else { return false };
    let complete = enumeration.closed && !enumeration.goes_on;
    if !complete || says(Marker::Example) || says(Marker::Additional) || !(claims_all || rest.is_empty()) {
        return false;
    }
    let verdict = if claims_all { Verdict::Wrong } else { Verdict::Loose };
    let mut draft = Draft::new(Check::ListMissing, verdict, enumeration.span(case));
    let names: Vec<String> = std::iter::once(one).chain(rest).map(|&member| name_in(case, member)).collect();
    draft.expected = Some(names.join(", "));
    draft.values = values(case, list);
    draft.fact = fact(list);
    reporter.report(draft);
    true
}

/// A number that leads an enumeration: "the five countries – Russia, Belarus …" counts six.
fn judge_count(
    case: &Case<'_>,
    enumeration: &Enumeration,
    count: Option<&Quantity>,
    reporter: &mut Reporter<'_>,
) {
    let Some(count) = count else { return };
    let many = enumeration.items.len();
    if count.value == many as f64
        || !enumeration.closed
        || enumeration.goes_on
        || enumeration.items.iter().any(|item| item.ambiguous)
    {
        return;
    }
    let mut draft = Draft::new(Check::ListCount, Verdict::Wrong, count.number.clone());
    draft.expected = Some(many.to_string());
    let names: Vec<&str> =
        enumeration.items.iter().filter_map(|item| case.read.scan.text.get(item.span.clone())).collect();
    draft.values = vec![("members", names.join(", ")), ("name", String::new()), ("fact", String::new())];
    reporter.report(draft);
}

/// Numbers of members that no enumeration follows: "all six members of the alliance".
fn judge_sizes(case: &Case<'_>, found: &[Enumeration], reporter: &mut Reporter<'_>) {
    let scan = case.read.scan;
    for quantity in case.read.quantities.iter().filter(|quantity| is_exact_count(quantity)) {
        let start = quantity.tokens.start;
        let Some(before) = start.checked_sub(1) else { continue };
        let all = scan.is_marked(before, &[Marker::All]);
        let owner = case.names_in(&(start.saturating_sub(FARTHEST)..start));
        let owned = owner.last().filter(|name| name.tokens.end == start);
        let sentence = case.read.sentence(start);
        // "The members" may be those just named; "all members" and "its members" are all there are.
        let definite = scan.is_marked(before, &[Marker::Definite]);
        if !all && !definite && owned.is_none() {
            continue;
        }
        let Some((end, concepts)) = noun_behind(case, quantity.tokens.end, &sentence) else { continue };
        let next = found.partition_point(|enumeration| enumeration.tokens.start < end);
        if found.get(next).is_some_and(|enumeration| enumeration.tokens.start < end + FARTHEST) {
            continue;
        }
        let around = start.saturating_sub(2)..(end + 4).min(sentence.end);
        let restricted = (end..(end + 6).min(sentence.end))
            .any(|at| scan.is_marked(at, &[Marker::Break, Marker::Partitive]));
        let lists: Vec<&List> = case
            .sheet
            .lists
            .iter()
            .filter(|list| {
                list.of.is_some_and(|of| case.names_in(&around).iter().any(|name| name.member == of))
            })
            .collect();
        let Some(list) = lists.iter().find(|list| {
            case.rules
                .lists
                .iter()
                .position(|known| known.id == list.concept)
                .is_some_and(|index| concepts.contains(&(index as u16)))
        }) else {
            continue;
        };
        if restricted
            || lists.iter().any(|list| list.members.len() as f64 == quantity.value)
            || quantity.value < 3.0
        {
            continue;
        }
        let mut draft = Draft::new(Check::ListCount, Verdict::Wrong, quantity.number.clone());
        draft.expected = Some(list.members.len().to_string());
        draft.values = values(case, list);
        draft.fact = fact(list);
        if !all && owned.is_none() {
            draft.at_most = Severity::Warning;
        }
        reporter.report(draft);
    }
}

/// The noun of counted members behind a number: where it ends, and of which lists it may be.
fn noun_behind(case: &Case<'_>, start: usize, sentence: &Range<usize>) -> Option<(usize, Vec<u16>)> {
    let scan = case.read.scan;
    let mut at = start;
    // "Six CSTO members": the name of what they are members of.
    while let Some(name) = case.names_in(&(at..at + 1)).first() {
        at = name.tokens.end;
    }
    if scan.is_symbol(at, "-") {
        at += 1;
    }
    let hits = scan.hits_at(at).iter().filter(|hit| matches!(hit.sense, Sense::ListNoun(_)));
    let longest = hits.clone().map(|hit| hit.len as usize).max()?;
    let concepts = hits
        .filter(|hit| hit.len as usize == longest)
        .filter_map(|hit| match hit.sense {
            Sense::ListNoun(concept) => Some(concept),
            _ => None,
        })
        .collect();
    (at + longest <= sentence.end).then_some((at + longest, concepts))
}

/// The number that says how many an enumeration has: "the five countries –".
fn stated_count<'c>(
    case: &Case<'c>,
    enumeration: &Enumeration,
    sentence: &Range<usize>,
) -> Option<&'c Quantity> {
    let scan = case.read.scan;
    let floor = sentence.start.max(enumeration.tokens.start.saturating_sub(FARTHEST));
    let quantities = case.read.quantities;
    let after = quantities.partition_point(|quantity| quantity.tokens.start < enumeration.tokens.start);
    let quantity = quantities.get(after.checked_sub(1)?)?;
    if quantity.tokens.start < floor || quantity.tokens.end > enumeration.tokens.start {
        return None;
    }
    if !is_exact_count(quantity) || is_whole_of_some(case, quantity, sentence) {
        return None;
    }
    let between = quantity.tokens.end..enumeration.tokens.start;
    let is_noun = |sense: Sense| matches!(sense, Sense::ListNoun(_) | Sense::Title(TitleWord::Country));
    let is_own = |at: usize| {
        let mut own = case.wording_in(&(at..at + 1)).iter();
        own.any(|hit| matches!(hit.sense, Sense::Sheet(SheetWord::List(_))) && hit.len == 1)
    };
    let leads = |at: usize| {
        scan.has_over(at, |sense| is_noun(sense) || matches!(sense, Sense::ListBefore(_)))
            || is_own(at)
            || is_connective(case, at)
            || case.is_named(at)
    };
    let has_noun = between.clone().any(|at| is_own(at) || scan.has_over(at, is_noun));
    let are_some = between.clone().any(|at| scan.is_marked(at, &[Marker::Example, Marker::Partitive]));
    (has_noun && !are_some && between.clone().all(leads)).then_some(quantity)
}

/// "Three of the ten provinces", "of the ten provinces": only some of so many are named.
fn is_whole_of_some(case: &Case<'_>, quantity: &Quantity, sentence: &Range<usize>) -> bool {
    const FARTHEST: usize = 3;
    let scan = case.read.scan;
    let is_part = |at: usize| {
        scan.is_marked(at, &[Marker::Link, Marker::Partitive, Marker::Agent])
            || scan.has_over(at, |sense| matches!(sense, Sense::Term(Term::PartOf | Term::LedWhole)))
    };
    let is_small = |at: usize| scan.is_article(at) || scan.is_marked(at, &[Marker::Function]) || is_part(at);
    let start = quantity.tokens.start;
    let floor = sentence.start.max(start.saturating_sub(FARTHEST));
    let mut at = start;
    let mut parts = false;
    while at > floor && is_small(at - 1) {
        at -= 1;
        parts |= is_part(at);
    }
    let after = case.read.quantities.partition_point(|other| other.tokens.end < at);
    let is_of_number = case.read.quantities.get(after).is_some_and(|other| other.tokens.end == at);
    parts && at < start && (at == sentence.start || is_of_number)
}

/// What the members of a list are: only what is of the same kind can be one too many.
struct Kinds {
    countries: bool,
    organizations: bool,
    others: bool,
}

impl Kinds {
    fn has(&self, case: &Case<'_>, item: &Item) -> bool {
        match (item.is_country(case), item.flavour) {
            (true, _) => self.countries,
            (false, Flavour::Body) => self.organizations || (self.others && !self.countries),
            (false, _) => !self.countries && (self.others || self.organizations),
        }
    }
}

fn kinds_of(case: &Case<'_>, list: &List) -> Kinds {
    let mut kinds = Kinds { countries: false, organizations: false, others: false };
    for &member in &list.members {
        match (Who::Member(member).is_country(case), case.kind_of(member)) {
            (true, _) => kinds.countries = true,
            (false, Some(Kind::Organization)) => kinds.organizations = true,
            (false, _) => kinds.others = true,
        }
    }
    kinds
}

fn values<'v>(case: &Case<'_>, list: &List) -> Vec<(&'v str, String)> {
    let names: Vec<String> = list.members.iter().map(|&member| name_in(case, member)).collect();
    let of = list.of.and_then(|of| case.sheet.cast.get(of.0 as usize)).map(fact_id).unwrap_or_default();
    vec![
        ("members", names.join(", ")),
        ("name", list.of.map(|of| name_in(case, of)).unwrap_or_default()),
        ("fact", of),
    ]
}

/// A whole number of things, without a hedge.
fn is_exact_count(quantity: &Quantity) -> bool {
    quantity.hedge == HedgeKind::Exact
        && quantity.unit.is_none()
        && !quantity.article
        && quantity.upper.is_none()
        && quantity.value.fract() == 0.0
        && (2.0..100.0).contains(&quantity.value)
}

fn fact(list: &List) -> Option<(String, Span)> {
    Some((format!("lists.{}", list.id), list.span.clone()))
}
