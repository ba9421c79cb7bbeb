//! Figures: the numbers of the copy with what they count, whose people, where, for which day and from whom.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::gather::{sentence, text_of};
use super::plan::{Entry, Figure, Plan, Remarks};
use super::{Copy, events, roles, write};
use crate::checks::case::Case;
use crate::checks::numbers;
use crate::engine::{Engine, Options, PreparedSheet, Scratches, Step};
use crate::gazetteer::{EntryId, EntryKind, PlaceForm};
use crate::language::{Marker, Sense};
use crate::reading::attribution::read_attributions;
use crate::reading::claim::{Claim, GroupWord, Telling, Whose};
use crate::reading::dates::Meaning;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::reading::vocabulary::Shape;
use crate::sheet::{self, FormKind, Kind, Sheet};
use crate::source::Source;
use crate::yaml;

/// What tells one figure from another: concept, group, place.
type Key = (String, Option<String>, Option<String>);

/// A figure has no more values than this.
pub(super) const MOST_VALUES: usize = 50;
/// Of values that disagree with one so many are named.
pub(super) const MOST_NAMED: usize = 5;

/// A number with where it came from, on its way into a figure.
struct Told {
    key: Key,
    copy: usize,
    entry: Entry,
}

/// Puts the figures and events of the copies into the plan, whose cast is there already.
pub(super) fn plan(engine: &Engine, copies: &[Copy<'_>], plan: &mut Plan) {
    let source = Arc::new(Source::new("draft", write::with_whole_cast(plan)));
    // Taken for a piece of a sheet: copy may have numbers and no names.
    let loaded = engine.with_context(|context| {
        let file = yaml::read(&source).ok()?;
        sheet::load_fragment(&source, &file, &plan.language, context).sheet
    });
    // A cast that does not load is mended later, when all is told at once.
    let cast = loaded.unwrap_or_else(|| Sheet::empty(Arc::clone(&source)));
    let sheets = [Arc::new(PreparedSheet::new(cast))];
    let mut told = Vec::new();
    let mut happened = Vec::new();
    let mut held = Vec::new();
    let mut scratches = Scratches::default();
    for (index, copy) in copies.iter().enumerate() {
        engine.visit(&copy.request(&sheets), &Options::default(), &mut scratches, |_, step| {
            let Step::Case(case) = step else { return };
            plan.days.extend(case.read.reference);
            plan.references.extend(case.read.reference);
            for claim in case.claims {
                let Some(quantity) = case.read.quantities.get(claim.quantity) else { continue };
                let Some(entry) = entry(case, copy, claim, quantity) else { continue };
                if let Some(key) = key(case, claim, quantity) {
                    told.push(Told { key, copy: index, entry: entry.clone() });
                }
                let start = copy.article.body.start + quantity.span.start;
                plan.numbers.insert((index, start), Entry { as_of: case.read.reference, ..entry });
            }
            happened.extend(events::read(case, copy));
            held.extend(roles::read(case, copy));
        });
    }
    plan.days.extend(told.iter().filter_map(|told| told.entry.as_of));
    let first = copies_first(plan);
    plan.days.retain(|day| first.is_none_or(|first| *day >= first));
    plan.figures = figures(engine, told, plan);
    events::plan(happened, plan);
    roles::plan(engine.rules(), held, plan);
}

/// The first day that can be of the story: what is told of a time long before the copy is history.
fn copies_first(plan: &Plan) -> Option<jiff::civil::Date> {
    const LONG_BEFORE: i32 = 62;
    // Of the days that the copy was told for, which were all put in first.
    plan.references.first().and_then(|first| first.checked_sub(jiff::Span::new().days(LONG_BEFORE)).ok())
}

/// What a number counts, where that is clear.
fn key(case: &Case<'_>, claim: &Claim, quantity: &Quantity) -> Option<Key> {
    let concept = case.rules.concepts.get(claim.concept? as usize)?;
    let scan = case.read.scan;
    let (before, behind) = (quantity.tokens.start.checked_sub(1), quantity.tokens.end);
    // "Suu Kyi, 75, spent years under arrest".
    let is_age = quantity.digits
        && quantity.value < 120.0
        && before.is_some_and(|before| scan.is_symbol(before, ",") && scan.gap(before + 1) != Gap::None)
        && scan.is_symbol(behind, ",");
    if is_age {
        return None;
    }
    let is_part = claim.barred || claim.previous || claim.partitive || quantity.hedge == HedgeKind::Vague;
    if is_part || quantity.unit.is_some() || quantity.article {
        return None;
    }
    if numbers::is_written_wrongly(quantity, claim, case.read.scan.text) {
        return None;
    }
    let group = match claim.whose {
        Whose::Nobodys => None,
        Whose::Group(GroupWord::Rule(group)) | Whose::Carried(GroupWord::Rule(group)) => {
            let group = case.rules.groups.get(group as usize)?;
            // Soldiers, of troops that are sent, and people in general say nothing.
            let is_counted_anyway = concept.entry.counts.as_deref() == Some(group.id.as_str());
            (!group.entry.neutral && !is_counted_anyway).then(|| group.id.clone())
        }
        _ => return None,
    };
    let force = case.names_in(&(quantity.tokens.end..quantity.tokens.end + 2));
    let force = force.iter().find(|name| name.kind == FormKind::Adjective);
    let group = match (group, force) {
        (None, Some(name)) => case.sheet.cast.get(name.member.0 as usize).map(|member| member.id.clone()),
        (group, _) => group,
    };
    Some((concept.id.clone(), group, place(case, claim)?))
}

/// The one place that the clause names, or else the sentence; `Some(None)`: none. `None`: several.
fn place(case: &Case<'_>, claim: &Claim) -> Option<Option<String>> {
    let from = |range: &Range<usize>| range.start.max(case.read.copy_start.min(range.end))..range.end;
    let named = |range: Range<usize>| -> Vec<&str> {
        let mut ids: Vec<&str> = case
            .names_in(&range)
            .iter()
            .filter(|name| name.kind != FormKind::Adjective && case.kind_of(name.member) == Some(Kind::Place))
            // The gazetteer knows which words are everyday words as well.
            .filter(|name| {
                let place = case.read.places_in(&(name.tokens.start..name.tokens.start + 1)).first();
                place.is_some_and(|place| place.form == PlaceForm::Name && !place.ambiguous)
            })
            .filter(|name| {
                // "Kazakhstan's ministry", "president of Kazakhstan": whose, not where.
                let last = name.tokens.end.checked_sub(1).and_then(|last| case.read.scan.tokens.get(last));
                let possessor = last.is_some_and(|last| last.end as usize > name.span.end);
                let before = name.tokens.start.saturating_sub(2)..name.tokens.start;
                let hits = case.read.scan.hits_in(&before);
                !possessor && !hits.iter().any(|hit| matches!(hit.sense, Sense::Office(_)))
            })
            .filter_map(|name| case.sheet.cast.get(name.member.0 as usize))
            .map(|member| member.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        // A city with its country is one place.
        let countries: Vec<&str> = ids
            .iter()
            .filter_map(|id| EntryId::of_id(id)?.country())
            .map(|country| country.entry().id)
            .collect();
        ids.retain(|id| !countries.contains(id));
        ids
    };
    let mut found = named(from(&claim.clause));
    if found.is_empty() {
        found = named(from(&claim.sentence));
    }
    match found[..] {
        [] => Some(None),
        [one] => Some(Some(one.to_owned())),
        _ => None,
    }
}

fn entry(case: &Case<'_>, copy: &Copy<'_>, claim: &Claim, quantity: &Quantity) -> Option<Entry> {
    let exactly = quantity.second.as_ref().filter(|_| claim.only_upper).map(|second| second.value);
    let value = match exactly {
        Some(value) => ("value", number(value)?),
        None => value(quantity)?,
    };
    let (low, high) = match exactly {
        Some(value) => (value, value),
        None => (quantity.hard.low, quantity.hard.high),
    };
    let kind = match claim.telling {
        Telling::Told => None,
        Telling::Planned => Some("planned"),
        Telling::Expected => Some("expected"),
        Telling::Additional => Some("additional"),
        Telling::Remaining => Some("remaining"),
    };
    Some(Entry {
        as_of: as_of(case, claim),
        value,
        bounds: (low, high),
        source: source(case, claim),
        kind,
        from: sentence(case.read, copy, quantity.tokens.start),
        disagree: None,
        doubt: None,
    })
}

fn value(quantity: &Quantity) -> Option<(&'static str, String)> {
    let key = match quantity.hedge {
        HedgeKind::Exact => "value",
        HedgeKind::MoreThan => "more_than",
        HedgeKind::AtLeast => "at_least",
        HedgeKind::AtMost | HedgeKind::UpTo => "at_most",
        HedgeKind::FewerThan => "fewer_than",
        HedgeKind::Almost => "almost",
        HedgeKind::About => "about",
        HedgeKind::Between => {
            let (low, high) = (number(quantity.value)?, number(quantity.upper?)?);
            return Some(("between", format!("[{low}, {high}]")));
        }
        HedgeKind::Vague => {
            let (low, high) = (number(quantity.hard.low)?, number(quantity.hard.high)?);
            return Some(("between", format!("[{low}, {high}]")));
        }
    };
    // "18 to 26" without a hedge.
    match quantity.upper {
        Some(upper) if upper > quantity.value => {
            Some(("between", format!("[{}, {}]", number(quantity.value)?, number(upper)?)))
        }
        _ => Some((key, number(quantity.value)?)),
    }
}

/// A whole number as a sheet writes it.
fn number(value: f64) -> Option<String> {
    (value.fract() == 0.0 && (0.0..1e15).contains(&value)).then(|| format!("{value:.0}"))
}

/// The day a number is told for: its own "as of", the one day of its sentence, else that of the copy.
fn as_of(case: &Case<'_>, claim: &Claim) -> Option<jiff::civil::Date> {
    let reference = case.read.reference;
    let day = |index: usize| match case.read.dates.get(index).filter(|date| !date.rough)?.meaning {
        Meaning::Day(day) => Some(day),
        Meaning::Range(_, last) => Some(last),
        _ => None,
    };
    if let Some(day) = claim.as_of.and_then(day) {
        return Some(day);
    }
    // "217 dead since the coup of 1 February": told of today.
    let runs_on = case
        .read
        .scan
        .hits_in(&claim.sentence)
        .iter()
        .any(|hit| matches!(hit.sense, Sense::Clause(Marker::Sum | Marker::Total)));
    let mut days = claim.dates.clone().filter(|_| !runs_on).filter_map(day);
    match (days.next(), days.next()) {
        (Some(only), None) if reference.is_none_or(|reference| only <= reference) => Some(only),
        _ => reference,
    }
}

/// Who is said to have given the number, where one is.
fn source(case: &Case<'_>, claim: &Claim) -> Option<String> {
    let scan = case.read.scan;
    let is_name = |at: usize| {
        scan.kind(at) == Some(TokenKind::Word)
            && scan
                .word(at)
                .is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper | Shape::Mixed))
            && !scan.is_article(at)
    };
    // "police said": a group that speaks in small letters.
    let is_group =
        |at: usize| scan.hits_at(at).iter().any(|hit| hit.len == 1 && matches!(hit.sense, Sense::Group(_)));
    let in_date = |at: usize| case.read.date_over(at).is_some();
    let in_place = |at: usize| {
        let next = case.read.places.partition_point(|place| place.tokens.end <= at);
        case.read.places.get(next).is_some_and(|place| {
            place.tokens.contains(&at)
                && place.form == PlaceForm::Name
                && place.entries.iter().any(|entry| entry.entry().kind != EntryKind::Body)
        })
    };
    let fits = |at: usize| is_name(at) && !in_date(at) && !in_place(at);
    let mut speakers: Vec<String> = Vec::new();
    for attribution in read_attributions(scan, &claim.sentence, case.read.dates) {
        let mut start = attribution.before;
        while start > claim.sentence.start && fits(start - 1) {
            start -= 1;
        }
        let mut end = attribution.behind;
        while end < claim.sentence.end && fits(end) {
            end += 1;
        }
        let before = start..attribution.before;
        let behind = attribution.behind..end;
        // "police said", right beside each other, and not those who are counted.
        let small = attribution.before.checked_sub(1).filter(|&at| {
            at >= claim.sentence.start && attribution.before == attribution.says.start && is_group(at)
        });
        let speaker = match (before.is_empty(), behind.is_empty(), small) {
            (false, true, _) => named(case, &before)?,
            (true, false, _) => named(case, &behind)?,
            (true, true, Some(at)) => text_of(scan, &(at..at + 1)),
            // Of two names beside it either may be the speaker's.
            (false, false, _) => return None,
            (true, true, None) => continue,
        };
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    match speakers.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// A speaker as a sheet names them: one of the cast by the name they have there, others as written where names
/// are not declined.
fn named(case: &Case<'_>, tokens: &Range<usize>) -> Option<String> {
    let member = case.names_in(tokens).first().and_then(|name| case.sheet.cast.get(name.member.0 as usize));
    if let Some(form) = member.and_then(|member| member.forms.first()) {
        return Some(form.text.clone());
    }
    let declined = case.read.scan.language.pack.inflection.declines_names;
    (!declined).then(|| text_of(case.read.scan, tokens))
}

/// The numbers put together: one figure for each concept, group and place.
fn figures(engine: &Engine, told: Vec<Told>, plan: &Plan) -> Vec<Figure> {
    let mut by_key: BTreeMap<Key, Vec<Told>> = BTreeMap::new();
    for mut number in told {
        // The story's own place goes without saying.
        if number.key.2 == plan.place {
            number.key.2 = None;
        }
        plan_day(&mut number.entry, plan);
        by_key.entry(number.key.clone()).or_default().push(number);
    }
    let mut figures: Vec<Figure> = Vec::new();
    for ((concept, group, place), told) in by_key {
        let parts: Vec<&str> =
            [Some(concept.as_str()), group.as_deref(), place.as_deref()].into_iter().flatten().collect();
        let wanted = parts.join("-");
        let taken = |id: &str| figures.iter().any(|figure| figure.id == id);
        let id = if taken(&wanted) { format!("{wanted}-2") } else { plan.free_id(&wanted) };
        let mut series = series(told, plan.days.first().copied());
        if engine.rules().rises(&concept) {
            doubt_what_falls(&mut series);
        }
        // So many numbers are not those of one thing.
        for entry in series.iter_mut().filter(|entry| entry.doubt.is_none()).skip(MOST_VALUES) {
            entry.doubt = Some("one of very many".to_owned());
        }
        mark_disagreements(&mut series);
        let mut figure = Figure { id, concept, group, place, series, remarks: Remarks::default() };
        if figure.series.iter().all(|entry| entry.doubt.is_some()) {
            figure.remarks.doubt = Some("give it a day (as_of), or `constant: true`".to_owned());
        }
        figures.push(figure);
    }
    figures
}

fn plan_day(entry: &mut Entry, plan: &Plan) {
    if entry.as_of.is_none() {
        // Copy without a day among copy of one day is most likely of that day.
        entry.as_of = plan.days.first().filter(|_| plan.days.len() == 1).copied();
    }
}

/// The values of one figure in order of their days; what several copies say alike stands there once.
fn series(told: Vec<Told>, first: Option<jiff::civil::Date>) -> Vec<Entry> {
    /// A number this much smaller than another of its copy and day is most likely a part of it.
    const PART: f64 = 5.0;
    let mut largest: BTreeMap<(usize, Option<jiff::civil::Date>), f64> = BTreeMap::new();
    for told in &told {
        let most = largest.entry((told.copy, told.entry.as_of)).or_default();
        *most = most.max(told.entry.bounds.0);
    }
    let most = |copy: usize, entry: &Entry| largest.get(&(copy, entry.as_of)).copied().unwrap_or_default();
    let mut series: Vec<Entry> = Vec::new();
    let mut ordered: Vec<(usize, Entry)> = told.iter().map(|told| (told.copy, told.entry.clone())).collect();
    ordered.sort_by_key(|(_, entry)| entry.as_of);
    for (copy, mut entry) in ordered {
        if entry.as_of.is_none() {
            entry.doubt = Some("of which day?".to_owned());
        } else if entry.as_of < first {
            entry.doubt = Some("long before the copy: history?".to_owned());
        } else if entry.bounds.0 * PART <= most(copy, &entry) && entry.kind.is_none() {
            entry.doubt = Some("perhaps a part of a larger number".to_owned());
        }
        let same = |known: &&mut Entry| {
            known.value == entry.value
                && known.kind == entry.kind
                && known.doubt.is_some() == entry.doubt.is_some()
        };
        if let Some(known) = series.iter_mut().rev().find(|known| known.kind == entry.kind).filter(same) {
            known.source = known.source.take().or(entry.source);
            continue;
        }
        // "146 dead" and "at least 146" of one day are one number.
        let alike = |known: &&mut Entry| {
            let loose = |key: &str| matches!(key, "value" | "at_least" | "about");
            known.as_of == entry.as_of
                && known.kind == entry.kind
                && known.doubt.is_some() == entry.doubt.is_some()
                && known.value.1 == entry.value.1
                && loose(known.value.0)
                && loose(entry.value.0)
        };
        if let Some(known) = series.iter_mut().find(alike) {
            if entry.value.0 == "value" {
                known.value = entry.value;
                known.bounds = entry.bounds;
            }
            known.source = known.source.take().or(entry.source);
            continue;
        }
        series.push(entry);
    }
    series
}

/// What is less than was told before, of what only rises, is most likely of one day or place of it.
fn doubt_what_falls(series: &mut [Entry]) {
    let mut most = 0.0;
    for entry in series.iter_mut().filter(|entry| entry.doubt.is_none() && entry.kind.is_none()) {
        if entry.bounds.1 < most {
            entry.doubt = Some("less than before: of one day or place only?".to_owned());
        } else {
            most = f64::max(most, entry.bounds.0);
        }
    }
}

/// Marks values of one day that cannot both be right.
fn mark_disagreements(series: &mut [Entry]) {
    let all = series.to_vec();
    for entry in series.iter_mut().filter(|entry| entry.doubt.is_none()) {
        let others: Vec<&str> = all
            .iter()
            .filter(|other| {
                other.doubt.is_none()
                    && other.as_of == entry.as_of
                    && other.kind == entry.kind
                    && (other.bounds.1 < entry.bounds.0 || entry.bounds.1 < other.bounds.0)
            })
            .map(|other| other.value.1.as_str())
            .take(MOST_NAMED)
            .collect();
        if !others.is_empty() {
            entry.disagree = Some(format!("{}, {}", entry.value.1, others.join(", ")));
        }
    }
}
