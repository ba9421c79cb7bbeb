//! Reports what the copy tells the other way round: who and what must stand in the clause, and nothing
//! may make the telling true in its time.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::clause::{Clauses, Predicate, tokens_of};
use super::facts::{Fact, facts};
use super::office::{has_any_office, is_titled, office_in};
use super::place::place_fits;
use super::pronoun;
use super::spots::spots;
use super::subject::{Party, Subjects};
use super::times::{contradicts, names_day_of};
use crate::checks::case::{Case, Draft, Reporter};
use crate::finding::Verdict;
use crate::language::sense::Way;
use crate::language::wording::expand;
use crate::language::{Hit, Marker, Sense, SenseSet};
use crate::rules::Check;
use crate::rules::file::Wording;
use crate::rules::ruleset::EventType;
use crate::sheet::MemberId;

/// Reports predicates that tell the contrary of an event of the sheet.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let mut known: Option<Vec<Fact<'_>>> = None;
    // By the event that is told, the facts that it contradicts: one event is told in many places.
    let mut contradicted: FxHashMap<u16, Vec<usize>> = FxHashMap::default();
    let clauses = Clauses { case };
    let mut last: Option<Range<usize>> = None;
    for hit in case.read.scan.hits_of(SenseSet::TOLD) {
        let Sense::Told(told) = hit.sense else { continue };
        let Some(kind) = case.rules.events.get(usize::from(told.event)) else { continue };
        if kind.entry.opposites.is_empty() {
            continue;
        }
        let facts = known.get_or_insert_with(|| facts(case));
        let against = contradicted.entry(told.event).or_insert_with(|| {
            let contradicts = |index: &usize| {
                facts.get(*index).is_some_and(|fact| fact.opposite_of(kind, case.rules).is_some())
            };
            (0..facts.len()).filter(contradicts).collect()
        });
        if against.is_empty() || is_within_longer(case, hit) {
            continue;
        }
        let Some(predicate) = clauses.predicate(hit, told) else { continue };
        let Some((fact, office)) = against.iter().filter_map(|&index| facts.get(index)).find_map(|fact| {
            let office = tells_of(&clauses, &predicate, kind, fact)?;
            contradicts(&clauses, &predicate, kind, fact).then_some((fact, office))
        }) else {
            continue;
        };
        if last.as_ref().is_some_and(|last| predicate.tokens.start < last.end) {
            continue;
        }
        last = Some(predicate.tokens.clone());
        report(case, &predicate, kind, fact, office, reporter);
    }
}

/// A longer predicate or phrase begins at the same word: "left open" is not "left".
fn is_within_longer(case: &Case<'_>, hit: &Hit) -> bool {
    let first = (hit.token as usize).saturating_sub(6);
    let tokens = tokens_of(hit);
    case.read.scan.hits_in(&(first..tokens.end)).iter().any(|other| {
        let range = tokens_of(other);
        matches!(other.sense, Sense::Told(_))
            && range.len() > tokens.len()
            && range.start <= tokens.start
            && tokens.end <= range.end
            && other.sense != hit.sense
    })
}

/// Whether the predicate tells of all that the fact is about; the tokens of the office where it has one.
fn tells_of(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    told: &EventType,
    fact: &Fact<'_>,
) -> Option<Option<Range<usize>>> {
    let case = clauses.case;
    let spots = spots(case, &predicate.sentence, fact);
    if spots.is_empty() && fact.is_of_thing() {
        return None;
    }
    // Told of the very day of the fact, less need stand beside it.
    let is_own_day = names_day_of(clauses, predicate, fact);
    let needs_day = predicate.looks_back || predicate.way == Way::Noun || spots.is_empty();
    if needs_day && !is_own_day {
        return None;
    }
    let subjects = Subjects { clauses, spots: &spots, is_own_day };
    let of_clause = match spots.is_empty() {
        true => pronoun::meant(clauses, predicate, &fact.who),
        false => subjects.of(predicate),
    };
    let is_relative = of_clause.is_none() && is_own_day;
    let party = of_clause.or_else(|| subjects.antecedent(predicate, &fact.who).filter(|_| is_relative))?;
    let is_named = |who: &MemberId| {
        case.names_in(&predicate.sentence).iter().any(|name| name.member == *who)
            || pronoun::is_subject(clauses, predicate, *who)
    };
    let is_all = match fact.is_of_thing() {
        true => fact.who.iter().all(is_named),
        false => fact.who.iter().all(|who| party.spots.iter().any(|spot| spot.member == Some(*who))),
    };
    if !is_all || !place_fits(clauses, predicate, &party, told, fact, is_own_day) {
        return None;
    }
    // "Remains in office for the time being": whatever is held so is another thing. Who "was dismissed" is not
    // called the dismissed one.
    let is_own = |at: usize| predicate.pieces.iter().any(|piece| piece.contains(&at));
    let is_held_otherwise = case.read.scan.hits_in(&predicate.clause).iter().any(|hit| {
        let at = hit.token as usize;
        matches!(hit.sense, Sense::Acting | Sense::Former) && !party.tokens.contains(&at) && !is_own(at)
    });
    if is_held_otherwise && (fact.office().is_some() || told.entry.needs_office) {
        return None;
    }
    // "Minister Smith was appointed on Monday": what he then resigned as stands in his title or nowhere. "Took
    // over" and "remains" say too little.
    let is_plain = !told.entry.needs_office || predicate.way != Way::Subject || is_relative;
    let any_office = has_any_office(clauses, predicate, &party);
    let needs_none = is_own_day && is_plain && !any_office;
    let office = match fact.office() {
        Some(office) => match office_in(clauses, predicate, &party, office, fact) {
            None if needs_none || is_of_title(clauses, predicate, &party, told, fact, office) => None,
            office => Some(office?),
        },
        None => {
            if told.entry.needs_office && !any_office && !needs_none {
                return None;
            }
            let of = fact.of().filter(|of| !fact.who.contains(of));
            if of.is_some_and(|of| !case.names_in(&predicate.sentence).iter().any(|name| name.member == of)) {
                return None;
            }
            None
        }
    };
    Some(office)
}

/// What ends an office, or gives it back, is told of somebody who is called by it.
fn is_of_title(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    party: &Party,
    told: &EventType,
    fact: &Fact<'_>,
    office: &str,
) -> bool {
    told.entry.undoes.contains(&fact.event_type.id) && is_titled(clauses, predicate, party, office, fact)
}

fn report(
    case: &Case<'_>,
    predicate: &Predicate,
    told: &EventType,
    fact: &Fact<'_>,
    office: Option<Range<usize>>,
    reporter: &mut Reporter<'_>,
) {
    let scan = case.read.scan;
    let office = office.unwrap_or(predicate.tokens.clone());
    // "zum Chef … ernannt": the preposition belongs to what is said of the office.
    let led = Clauses { case }
        .around_ending(office.start, Marker::Preposition)
        .filter(|_| office != predicate.tokens)
        .unwrap_or(office.clone());
    let tokens = predicate.tokens.start.min(led.start)..predicate.tokens.end.max(office.end);
    let (Some(first), Some(last)) =
        (scan.tokens.get(tokens.start), scan.tokens.get(tokens.end.wrapping_sub(1)))
    else {
        return;
    };
    let Some(right) = fact.opposite_of(told, case.rules) else { return };
    let mut expected = word_of(case, right).unwrap_or_else(|| right.id.clone());
    if office != predicate.tokens {
        expected = format!("{expected}: {}", scan.text_of(office.start, office.end));
    }
    let mut draft =
        Draft::new(Check::StatusReversed, Verdict::Wrong, first.start as usize..last.end as usize);
    draft.expected = Some(expected);
    draft.values = vec![
        ("fact", fact.id.clone()),
        ("date", fact.from.map(|from| from.to_string()).unwrap_or_default()),
        ("source", fact.event.and_then(|(_, event)| event.source.clone()).unwrap_or_default()),
    ];
    draft.fact = Some((fact.id.clone(), fact.span.clone()));
    reporter.report(draft);
}

/// A word for a type of event in the article's language.
fn word_of(case: &Case<'_>, kind: &EventType) -> Option<String> {
    let pack = &case.read.scan.language.pack;
    let of_pack = pack.events.get(&kind.id);
    let first = |wording: &Wording| {
        wording.get(&pack.language).and_then(|words| words.0.first()).map(|word| {
            let word = expand(word).into_iter().next().unwrap_or_default();
            word.replace('…', " … ").replace('*', "")
        })
    };
    std::iter::once(&kind.entry)
        .chain(of_pack)
        .find_map(|entry| first(&entry.told.participle))
        .or_else(|| std::iter::once(&kind.entry).chain(of_pack).find_map(|entry| first(&entry.told.subject)))
        .or_else(|| std::iter::once(&kind.entry).chain(of_pack).find_map(|entry| first(&entry.words)))
}
