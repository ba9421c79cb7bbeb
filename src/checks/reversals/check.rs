//! Reports what the copy tells the other way round: who and what must stand in the clause, and nothing
//! may make the telling true in its time.

use std::ops::Range;

use super::clause::{Clauses, Predicate, tokens_of};
use super::facts::{Fact, facts};
use super::subject::{Party, Spot, Subjects};
use super::times::{contradicts, names_day_of};
use crate::checks::case::{Case, Draft, Reporter};
use crate::checks::names::NameMention;
use crate::finding::Verdict;
use crate::language::sense::{SheetWord, Way};
use crate::language::wording::expand;
use crate::language::{Hit, Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::{Shape, fold_word};
use crate::rules::Check;
use crate::rules::file::Wording;
use crate::rules::ruleset::EventType;
use crate::sheet::{FormKind, Kind, MemberId};

/// Reports predicates that tell the contrary of an event of the sheet.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let mut known: Option<Vec<Fact<'_>>> = None;
    let clauses = Clauses { case };
    let mut last: Option<Range<usize>> = None;
    for hit in case.read.scan.hits {
        let Sense::Told(told) = hit.sense else { continue };
        let Some(kind) = case.rules.events.get(usize::from(told.event)) else { continue };
        if kind.entry.opposites.is_empty() {
            continue;
        }
        let facts = known.get_or_insert_with(|| facts(case));
        let mut against = facts.iter().filter(|fact| fact.opposite_of(kind, case.rules).is_some()).peekable();
        if against.peek().is_none() || is_within_longer(case, hit) {
            continue;
        }
        let Some(predicate) = clauses.predicate(hit, told) else { continue };
        let Some((fact, office)) = against.find_map(|fact| {
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
    if spots.is_empty() {
        return None;
    }
    // Told of the very day of the fact, less need stand beside it.
    let is_own_day = names_day_of(clauses, predicate, fact);
    if predicate.looks_back && !is_own_day {
        return None;
    }
    let subjects = Subjects { clauses, spots: &spots, is_own_day };
    let of_clause = subjects.of(predicate);
    let is_relative = of_clause.is_none() && is_own_day;
    let party = of_clause.or_else(|| subjects.antecedent(predicate, &fact.who).filter(|_| is_relative))?;
    let is_named = |who: &MemberId| case.names_in(&predicate.sentence).iter().any(|name| name.member == *who);
    let is_all = match fact.is_of_thing() {
        true => fact.who.iter().all(is_named),
        false => fact.who.iter().all(|who| party.spots.iter().any(|spot| spot.member == Some(*who))),
    };
    if !is_all || !place_fits(clauses, predicate, &party, told, fact, is_own_day) {
        return None;
    }
    // "Remains in office for the time being": whatever is held so is another thing.
    let is_held_otherwise = case.read.scan.hits_in(&predicate.clause).iter().any(|hit| {
        matches!(hit.sense, Sense::Acting | Sense::Former) && !party.tokens.contains(&(hit.token as usize))
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
            None if needs_none => None,
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

/// The names of a sentence; where the fact is about a thing, the words of it.
pub(super) fn spots(case: &Case<'_>, sentence: &Range<usize>, fact: &Fact<'_>) -> Vec<Spot> {
    let scan = case.read.scan;
    let named = case.names_in(sentence);
    if !fact.is_of_thing() {
        let spots = spots_of_people(case, sentence, fact);
        let is_here = |who: &MemberId| spots.iter().any(|spot| spot.member == Some(*who));
        return if fact.who.iter().all(is_here) { spots } else { Vec::new() };
    }
    let Some((index, event)) = fact.event else { return Vec::new() };
    let kind = case.rules.events.iter().position(|known| known.id == event.event_type);
    let language = &scan.language.pack.language;
    let has_own = event.words.contains_key(language) || event.when.contains_key(language);
    let of_type = |hit: &&Hit| {
        !has_own
            && fact.event_type.entry.of_thing
            && matches!(hit.sense, Sense::Event(of) if kind == Some(usize::from(of)))
    };
    let of_sheet = |hit: &&Hit| matches!(hit.sense, Sense::Sheet(SheetWord::Event(of) | SheetWord::EventWhen(of)) if of == index);
    let mut ranges: Vec<Range<usize>> =
        scan.hits_in(sentence).iter().filter(of_type).map(tokens_of).collect();
    ranges.extend(case.wording_in(sentence).iter().filter(of_sheet).map(tokens_of));
    if !has_own {
        ranges.extend(
            named.iter().filter(|name| Some(name.member) == event.of).map(|name| name.tokens.clone()),
        );
    }
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut spots: Vec<Spot> = Vec::new();
    for tokens in ranges {
        if spots.last().is_none_or(|last| last.tokens.end <= tokens.start) {
            spots.push(Spot { tokens, member: None, declined: false, owner: false });
        }
    }
    spots
}

/// The names of a sentence, and in whose case they stand.
pub(super) fn spots_of_people(case: &Case<'_>, sentence: &Range<usize>, fact: &Fact<'_>) -> Vec<Spot> {
    case.names_in(sentence)
        .iter()
        .filter(|name| name.kind != FormKind::Adjective)
        .map(|name| {
            let other = fact.who.iter().find(|who| may_be_declined(case, name, **who));
            Spot {
                tokens: name.tokens.clone(),
                member: Some(other.copied().unwrap_or(name.member)),
                declined: name.inflected || other.is_some(),
                owner: is_owner(case, name),
            }
        })
        .collect()
}

/// The name only says whose: "Nazarbayev's", "Adams' lawyer".
fn is_owner(case: &Case<'_>, name: &NameMention) -> bool {
    let scan = case.read.scan;
    let has_ending = scan
        .tokens
        .get(name.tokens.end.wrapping_sub(1))
        .is_some_and(|last| (last.end as usize) > name.span.end);
    has_ending || (matches!(scan.raw(name.tokens.end), "'" | "’") && scan.gap(name.tokens.end) == Gap::None)
}

/// Whether a family name that is taken for one person's is another's in some case: "Назарбаєва" is a
/// woman's name, and her father's in the accusative.
fn may_be_declined(case: &Case<'_>, name: &NameMention, other: MemberId) -> bool {
    let scan = case.read.scan;
    let inflection = &scan.language.pack.inflection;
    if !inflection.declines_names
        || name.member == other
        || name.full
        || name.inflected
        || name.tokens.len() != 1
    {
        return false;
    }
    let word = scan.folded(name.tokens.start);
    case.sheet.cast.get(other.0 as usize).is_some_and(|member| {
        member.forms.iter().filter_map(|form| form.text.get(form.family.clone()?)).any(|family| {
            inflection.stems(&fold_word(family).folded).iter().any(|stem| {
                word.strip_prefix(&**stem)
                    .is_some_and(|ending| inflection.name_endings.iter().any(|known| known == ending))
            })
        })
    })
}

/// No other place is named, and the event's own where the event has nobody or the predicate needs it.
fn place_fits(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    party: &Party,
    told: &EventType,
    fact: &Fact<'_>,
    is_own_day: bool,
) -> bool {
    let case = clauses.case;
    let places = fact.places();
    let is_place = |name: &&NameMention| {
        case.sheet.cast.get(name.member.0 as usize).is_some_and(|member| member.kind == Kind::Place)
            && !party.tokens.contains(&name.tokens.start)
    };
    let in_clause = || case.names_in(&predicate.clause).iter().filter(is_place);
    let others = in_clause().any(|name| {
        name.kind != FormKind::Adjective
            && !places.iter().any(|&place| lies_in(case, place, name.member))
            && Some(name.member) != fact.of()
    });
    if told.entry.needs_place || fact.event_type.entry.needs_place {
        let is_behind = |name: &&NameMention| {
            let at = name.tokens.start;
            let is_inside = predicate.lead.end <= at && at < predicate.tokens.end;
            let from = if is_inside { predicate.lead.end } else { predicate.tokens.end };
            let end = name.tokens.end;
            from <= at
                && (from..at).all(|at| clauses.is_small(at))
                // "left the Berlin hotel"
                && (case.read.scan.language.pack.verb_last || !clauses.is_unknown_noun(end))
        };
        return in_clause().filter(is_behind).any(|name| places.contains(&name.member));
    }
    if fact.is_of_thing() && !places.is_empty() {
        let is_named = case.names_in(&predicate.sentence).iter().any(|name| places.contains(&name.member));
        return !others && (is_named || is_understood(clauses, predicate, fact, is_own_day));
    }
    places.is_empty() || !others
}

/// Whether a place is the other, or lies within it.
fn lies_in(case: &Case<'_>, place: MemberId, whole: MemberId) -> bool {
    let mut at = Some(place);
    // A sheet may lay places in a ring.
    for _ in 0..8 {
        match at {
            Some(here) if here == whole => return true,
            Some(here) => at = case.sheet.cast.get(here.0 as usize).and_then(|member| member.within),
            None => return false,
        }
    }
    false
}

/// The place needs no word: the story is of it, and nothing near names another one.
fn is_understood(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    fact: &Fact<'_>,
    is_own_day: bool,
) -> bool {
    let case = clauses.case;
    let places = fact.places();
    if !is_own_day && !places.iter().any(|place| case.sheet.places.contains(place)) {
        return false;
    }
    let before = predicate.sentence.start.checked_sub(1);
    let start = before.map_or(predicate.sentence.start, |at| clauses.sentence(at).start);
    let region = start..predicate.sentence.end;
    let is_of_fact = |member: MemberId| {
        places.iter().any(|&place| lies_in(case, place, member) || lies_in(case, member, place))
    };
    let is_other =
        |name: &NameMention| case.kind_of(name.member) == Some(Kind::Place) && !is_of_fact(name.member);
    !case.names_in(&region).iter().any(is_other)
        && !case.countries_in(&region).any(|country| !country.member.is_some_and(is_of_fact))
}

/// An office stands in the clause outside of the party's own titles.
fn has_any_office(clauses: &Clauses<'_, '_>, predicate: &Predicate, party: &Party) -> bool {
    clauses
        .case
        .read
        .scan
        .hits_in(&predicate.clause)
        .iter()
        .any(|hit| matches!(hit.sense, Sense::Office(_)) && !party.tokens.contains(&(hit.token as usize)))
}

/// The tokens of the fact's office, with what it is of, where the clause has it outside of titles.
fn office_in(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    party: &Party,
    office: &str,
    fact: &Fact<'_>,
) -> Option<Range<usize>> {
    let case = clauses.case;
    let scan = case.read.scan;
    let (_, known) = case.rules.office(office)?;
    // Who chairs a body is its head as well.
    let is_office = |of: u16| {
        case.rules.offices.get(usize::from(of)).is_some_and(|other| {
            other.id == office || (fact.of().is_some() && known.entry.also.contains(&other.id))
        })
    };
    let is_of_title = |range: &Range<usize>| {
        party.tokens.start < range.end && range.start < party.tokens.end
            || case.names_in(&(range.end..range.end + 1)).iter().any(|name| {
                case.sheet.cast.get(name.member.0 as usize).is_some_and(|member| member.kind == Kind::Person)
            })
    };
    scan.hits_in(&predicate.clause)
        .iter()
        .filter(|hit| matches!(hit.sense, Sense::Office(of) if is_office(of)))
        .map(tokens_of)
        .filter(|range| !is_of_title(range))
        // "dismissed by critics as a lightweight head": the office is not what he was dismissed from.
        .filter(|range| {
            let between = predicate.tokens.end.max(party.tokens.end)..range.start;
            between.filter(|&at| clauses.is_unknown_noun(at)).count() <= 1
        })
        .find_map(|range| of_in(clauses, predicate, &range, fact))
}

/// An office with what it is of: an organization must stand beside it, a country may be left out.
fn of_in(
    clauses: &Clauses<'_, '_>,
    predicate: &Predicate,
    office: &Range<usize>,
    fact: &Fact<'_>,
) -> Option<Range<usize>> {
    let case = clauses.case;
    let Some(of) = fact.of() else { return Some(office.clone()) };
    let near = office.start.saturating_sub(6).max(predicate.clause.start)
        ..(office.end + 8).min(predicate.clause.end);
    let is_institution = |member: MemberId| {
        case.sheet.cast.get(member.0 as usize).is_some_and(|member| member.kind != Kind::Person)
    };
    let joined = |tokens: &Range<usize>| is_joined(clauses, office, tokens);
    let beside = |name: &&NameMention| is_institution(name.member) && joined(&name.tokens);
    let hull = |tokens: &Range<usize>| office.start.min(tokens.start)..office.end.max(tokens.end);
    if let Some(name) = case.names_in(&near).iter().filter(beside).find(|name| name.member == of) {
        return Some(hull(&name.tokens));
    }
    let is_country = case.sheet.cast.get(of.0 as usize).is_some_and(|member| member.kind == Kind::Place);
    let has_other =
        case.names_in(&near).iter().filter(beside).any(|name| name.kind != FormKind::Adjective || is_country);
    if is_country {
        return (!has_other).then(|| office.clone());
    }
    let (index, _) = fact.event?;
    case.wording_in(&near)
        .iter()
        .filter(|hit| hit.sense == Sense::Sheet(SheetWord::EventOf(index)))
        .map(tokens_of)
        .find(|range| joined(range) && stands_alone(case, range, of))
        .map(|range| hull(&range))
}

/// Nothing but small words stands between an office and a name.
fn is_joined(clauses: &Clauses<'_, '_>, office: &Range<usize>, tokens: &Range<usize>) -> bool {
    let between =
        if office.end <= tokens.start { office.end..tokens.start } else { tokens.end..office.start };
    between.into_iter().all(|at| {
        clauses.case.read.scan.kind(at) == Some(TokenKind::Symbol)
            || clauses.case.read.scan.has_over(at, |sense| {
                matches!(sense, Sense::Clause(Marker::Link | Marker::Definite | Marker::Function))
                    || matches!(sense, Sense::Office(_) | Sense::Around(Marker::Preposition))
            })
    })
}

/// A shortened name of an organization is no part of another one's: "the UN Security Council".
fn stands_alone(case: &Case<'_>, range: &Range<usize>, of: MemberId) -> bool {
    let scan = case.read.scan;
    let is_capital = |at: usize| {
        scan.word(at).is_some_and(|word| {
            word.kind == TokenKind::Word && matches!(word.shape, Shape::Capital | Shape::Upper | Shape::Mixed)
        })
    };
    let is_own = |at: usize| {
        let places = scan.hits_at(at).iter().any(|hit| matches!(hit.sense, Sense::Office(_)));
        places
            || case.names_in(&(at.saturating_sub(4)..at + 1)).iter().any(|name| {
                name.tokens.contains(&at)
                    && (name.member == of
                        || case
                            .sheet
                            .cast
                            .get(name.member.0 as usize)
                            .is_some_and(|member| member.kind != Kind::Organization))
            })
    };
    let before = range.start.checked_sub(1);
    let free_before = before.is_none_or(|at| !is_capital(at) || is_own(at));
    let free_behind = !is_capital(range.end) || is_own(range.end);
    let other_behind = case.names_in(&(range.end..range.end + 3)).iter().any(|name| {
        case.sheet.cast.get(name.member.0 as usize).is_some_and(|member| member.kind == Kind::Organization)
            && name.member != of
    });
    free_before && free_behind && !other_behind
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
