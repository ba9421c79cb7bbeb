//! Intruders: real places and bodies that are not of this story, standing where one of its cast belongs:
//! "at the request of Tokyo" for Tokayev, "ODIHR sent peacekeepers" for ODKB.
//!
//! A real Tokyo may stand in any story, so one sign is never enough. The name must be of the world and not
//! of the sheet; nothing else in the copy may speak of its country; it must begin like a name of the
//! cast; and the very thing that the copy tells of it, the sheet or the copy itself tells of that member.

use std::ops::Range;

use super::around::are_one_phrase;
use super::check::{fact_id, right_form};
use super::mention::NameMention;
use super::standing::Standing;
use crate::checks::case::{Case, Draft, Reporter};
use crate::finding::Verdict;
use crate::gazetteer::{EntryId, EntryKind, PlaceForm, PlaceMention};
use crate::language::{Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::rules::Check;
use crate::sheet::model::{Event, GroupRef};
use crate::sheet::{FormKind, Kind, MemberId};

/// Reports the intruders of an article.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    for place in case.read.places {
        if place.tokens.start < case.read.copy_start || !is_stranger(case, place) {
            continue;
        }
        let meant = match place.form {
            PlaceForm::Name if !is_body(place) => {
                person_meant(case, place).or_else(|| place_meant(case, place))
            }
            PlaceForm::Abbreviation => body_meant(case, place),
            _ => None,
        };
        if let Some(member) = meant {
            report(case, place, member, reporter);
        }
    }
}

fn is_body(place: &PlaceMention) -> bool {
    place.entries.iter().any(|entry| entry.entry().kind == EntryKind::Body)
}

/// Neither the sheet nor anything else in the copy has to do with the place.
fn is_stranger(case: &Case<'_>, place: &PlaceMention) -> bool {
    if place.entries.is_empty() || names_over(case, &place.tokens).next().is_some() {
        return false;
    }
    let country = |entry: EntryId| entry.country().unwrap_or(entry);
    let of_sheet = place.entries.iter().any(|&entry| {
        [entry, country(entry)].into_iter().any(|entry| case.sheet.member_known_as(entry).is_some())
    });
    // The same slip may stand there again: an abbreviation, where a body that is meant is once called by its
    // name, and a place that acts as a person does.
    let is_again = |other: &PlaceMention| {
        other.form == place.form
            && other.entries == place.entries
            && (is_body(place)
                || deed_of(case, &other.tokens, other.inflected).is_some()
                || office_before(case, other).is_some())
    };
    let is_of_it = |other: &PlaceMention| {
        other.tokens != place.tokens
            && !is_again(other)
            && other
                .entries
                .iter()
                .any(|&one| place.entries.iter().any(|&entry| country(one) == country(entry)))
    };
    if of_sheet {
        return false;
    }
    let mut again = 0;
    for other in case.read.places {
        again += usize::from(other.entries == place.entries);
        if again > MOST_SLIPS || is_of_it(other) {
            return false;
        }
    }
    true
}

/// What stands there more often than this is what the copy is about.
const MOST_SLIPS: usize = 8;

/// The cast member that a place's name sounds like and of whom the sheet or the copy tells what the copy
/// tells of the place.
fn person_meant(case: &Case<'_>, place: &PlaceMention) -> Option<MemberId> {
    let first = case.read.scan.folded(place.tokens.start);
    let alike: Vec<MemberId> = case
        .index
        .persons_beginning_like(first, case.sheet)
        .into_iter()
        .filter(|_| place.tokens.len() == 1)
        .collect();
    if alike.is_empty() {
        return None;
    }
    let by_office = || {
        let office = office_before(case, place)?;
        alike.iter().copied().find(|member| {
            case.sheet
                .cast
                .get(member.0 as usize)
                .is_some_and(|member| member.roles.iter().any(|role| role.office == office))
        })
    };
    let by_deed = || {
        let deed = deed_of(case, &place.tokens, place.inflected)?;
        let id = &case.rules.events.get(deed as usize)?.id;
        // The sentence is about this story.
        let sentence = case.read.sentence(place.tokens.start);
        if case.names_in(&sentence).is_empty() {
            return None;
        }
        alike.iter().copied().find(|member| {
            let in_sheet = |event: &Event| event.event_type == *id && event.who.contains(member);
            case.sheet.events.iter().any(in_sheet)
                || case.names.iter().any(|name| {
                    name.member == *member && deed_of(case, &name.tokens, name.inflected) == Some(deed)
                })
        })
    };
    by_deed().or_else(by_office)
}

/// The office whose word stands right before a place: "President Tokyo", which is no "president of Tokyo".
fn office_before<'a>(case: &Case<'a>, place: &PlaceMention) -> Option<&'a str> {
    // A declined place may be whose office it is.
    if case.read.scan.language.pack.inflection.declines_names {
        return None;
    }
    let end = place.tokens.start;
    let first = end.saturating_sub(4);
    case.read.scan.hits_in(&(first..end)).iter().find_map(|hit| match hit.sense {
        Sense::Office(office) if (hit.token + hit.len) as usize == end => {
            case.rules.offices.get(office as usize).map(|office| office.id.as_str())
        }
        _ => None,
    })
}

/// The type of event that the copy tells of somebody: "the request of X", "X's request", "X requested".
fn deed_of(case: &Case<'_>, who: &Range<usize>, inflected: bool) -> Option<u16> {
    let read = case.read;
    let scan = read.scan;
    let event = |sense: Sense| match sense {
        Sense::Event(event) => Some(event),
        _ => None,
    };
    // Behind it: a verb or, of a possessor, the noun.
    if let Some((_, found)) = scan.sense_at(who.end, event) {
        return Some(found);
    }
    let declines = scan.language.pack.inflection.declines_names || inflected;
    scan.hits_in(&(who.start.saturating_sub(5)..who.start)).iter().rev().find_map(|hit| {
        let found = event(hit.sense)?;
        let end = (hit.token + hit.len) as usize;
        let between = end..who.start;
        let is_bound = end <= who.start
            && are_one_phrase(read, between.clone(), &[Marker::Agent])
            && (declines || !between.is_empty())
            // "A protest in Tokyo" says where.
            && !between.clone().any(|at| {
                read.scan.is_marked(at, &[Marker::Locative]) && !read.scan.is_marked(at, &[Marker::Link])
            });
        is_bound.then_some(found)
    })
}

/// The country of the sheet that is taken for this one, where the sheet has an event there that the copy
/// tells of this one: "the coup in Nigeria", of a story of Niger.
fn place_meant(case: &Case<'_>, place: &PlaceMention) -> Option<MemberId> {
    let read = case.read;
    let country = place.country()?;
    let sentence = read.sentence(place.tokens.start);
    let is_other_time = sentence.clone().any(|at| read.scan.is_marked(at, &[Marker::Elsewhere]))
        || read
            .dates
            .iter()
            .any(|date| sentence.contains(&date.tokens.start) && is_of_another_time(case, date));
    if is_other_time || is_listed_with_others(case, place) {
        return None;
    }
    let start = place.tokens.start;
    let deed = read.scan.hits_in(&(start.saturating_sub(5)..start)).iter().rev().find_map(|hit| {
        let Sense::Event(event) = hit.sense else { return None };
        let end = (hit.token + hit.len) as usize;
        let is_there = end < start
            && are_one_phrase(read, end..start, &[Marker::Locative])
            && (end..start).any(|at| read.scan.is_marked(at, &[Marker::Locative]));
        is_there.then_some(event)
    })?;
    let id = &case.rules.events.get(deed as usize)?.id;
    case.sheet
        .events
        .iter()
        .filter(|event| event.event_type == *id)
        .flat_map(|event| &event.places)
        .copied()
        .find(|&member| {
            case.entry_of(member).is_some_and(|entry| entry.looks_like(country))
                && !case.names_in(&sentence).iter().any(|name| name.member == member)
        })
}

fn is_of_another_time(case: &Case<'_>, date: &crate::reading::dates::DateMention) -> bool {
    use crate::reading::dates::Meaning;
    let Some((from, to)) = case.sheet.period else { return true };
    match date.meaning {
        Meaning::Day(day) => day < from || day > to,
        Meaning::Range(first, last) => last < from || first > to,
        _ => true,
    }
}

/// Other places stand beside it: a list names what it names.
fn is_listed_with_others(case: &Case<'_>, place: &PlaceMention) -> bool {
    let near = place.tokens.start.saturating_sub(5)..place.tokens.end + 4;
    let others = case.read.places_in(&near).iter().filter(|other| other.tokens != place.tokens);
    others.count() > 0
        || case.names_in(&near).iter().any(|name| kind_of(case, name.member) == Some(Kind::Place))
}

/// The organization of the sheet whose abbreviation is like this one's, where the sentence tells of this one
/// what the sheet tells of that: its event, in its place, with what its figures count.
fn body_meant(case: &Case<'_>, place: &PlaceMention) -> Option<MemberId> {
    let read = case.read;
    let entry = *place.entries.first()?;
    let raw = read.scan.folded(place.tokens.start);
    if place.tokens.len() > 1 || raw.chars().count() < 3 || is_introduced(case, place) {
        return None;
    }
    let mut alike = case.index.abbreviations_beginning_like(raw);
    alike.retain(|member| kind_of(case, *member) == Some(Kind::Organization));
    if alike.is_empty() || case.kinds.has_body(case.sheet, entry) {
        return None;
    }
    let sentence = read.sentence(place.tokens.start);
    alike.into_iter().find(|&member| {
        !case.names_in(&sentence).iter().any(|name| name.member == member)
            && does_its_deed(case, place, member)
    })
}

/// "The OSCE's ODIHR": another body beside it says which it is.
fn is_introduced(case: &Case<'_>, place: &PlaceMention) -> bool {
    const NEAR: usize = 4;
    let sentence = case.read.sentence(place.tokens.start);
    let near = place.tokens.start.saturating_sub(NEAR).max(sentence.start)
        ..(place.tokens.end + NEAR).min(sentence.end);
    case.read.places_in(&near).iter().any(|other| is_body(other) && other.entries != place.entries)
        || case.names_in(&near).iter().any(|name| kind_of(case, name.member) == Some(Kind::Organization))
}

fn does_its_deed(case: &Case<'_>, place: &PlaceMention, member: MemberId) -> bool {
    let read = case.read;
    let sentence = read.sentence(place.tokens.start);
    let is_event = |at: usize, id: &str| {
        read.scan.has_over(at, |sense| match sense {
            Sense::Event(event) => case.rules.events.get(event as usize).is_some_and(|event| event.id == id),
            _ => false,
        })
    };
    // The verb stands right behind its subject; or, behind a verb that helps it, later in the clause.
    let behind = place.tokens.end;
    let is_word = |at: usize| read.scan.kind(at) == Some(TokenKind::Word);
    let verb = if is_word(behind) && read.scan.is_marked(behind, &[Marker::Auxiliary]) {
        let goes_on = |at: &usize| {
            (is_word(*at) || read.scan.kind(*at) == Some(TokenKind::Number))
                && !read.scan.is_marked(*at, &[Marker::Break])
        };
        (behind + 1..sentence.end)
            .take_while(goes_on)
            .find(|&at| read.scan.has_over(at, |sense| matches!(sense, Sense::Event(_))))
    } else {
        Some(behind).filter(|&at| is_word(at))
    };
    let Some(verb) = verb else { return false };
    let names = case.names_in(&sentence);
    let has_event = case.sheet.events.iter().any(|event| {
        (event.of == Some(member) || event.who.contains(&member))
            && is_event(verb, &event.event_type)
            && (event.places.is_empty()
                || event.places.iter().any(|place| names.iter().any(|name| name.member == *place)))
    });
    // What is sent stands in the clause of the verb, or right before the name: "soldiers of ODIHR".
    let ends = |at: &usize| {
        matches!(read.scan.raw(*at), "," | ";" | ":") || read.scan.is_marked(*at, &[Marker::Break])
    };
    let end = (verb + 1..sentence.end).find(ends).unwrap_or(sentence.end);
    let start = place.tokens.start.saturating_sub(2).max(sentence.start);
    has_event && (start..end).any(|at| at != verb && is_counted_of(case, at, member))
}

/// Whether a word is what the sheet's figures count of a member: troops, of an alliance; another word than a
/// verb that tells the event itself.
fn is_counted_of(case: &Case<'_>, at: usize, member: MemberId) -> bool {
    let figures = || {
        let whose = GroupRef::Member(member);
        case.sheet
            .figures
            .iter()
            .filter(move |figure| figure.groups.contains(&whose) || figure.by.contains(&whose))
    };
    let is_event = case.read.scan.has_over(at, |sense| matches!(sense, Sense::Event(_)));
    !is_event
        && case.read.scan.has_over(at, |sense| match sense {
            Sense::Concept(concept) => case
                .rules
                .concepts
                .get(concept as usize)
                .is_some_and(|concept| figures().any(|figure| figure.concept == concept.id)),
            Sense::Group(group) => {
                let Some(group) = case.rules.groups.get(group as usize) else { return false };
                figures().any(|figure| {
                    case.rules.concept(&figure.concept).and_then(|concept| concept.entry.counts.as_deref())
                        == Some(group.id.as_str())
                })
            }
            _ => false,
        })
}

fn kind_of(case: &Case<'_>, member: MemberId) -> Option<Kind> {
    case.sheet.cast.get(member.0 as usize).map(|member| member.kind)
}

fn names_over<'c>(case: &'c Case<'_>, tokens: &Range<usize>) -> impl Iterator<Item = &'c NameMention> {
    const LONGEST: usize = 16;
    let tokens = tokens.clone();
    case.names_in(&(tokens.start.saturating_sub(LONGEST)..tokens.end))
        .iter()
        .filter(move |name| name.tokens.end > tokens.start)
}

fn report(case: &Case<'_>, place: &PlaceMention, id: MemberId, reporter: &mut Reporter<'_>) {
    let Some(member) = case.sheet.cast.get(id.0 as usize) else { return };
    let scan = case.read.scan;
    let kind = match (member.kind, place.form) {
        (Kind::Person, _) => FormKind::Short,
        (_, PlaceForm::Abbreviation) => FormKind::Abbreviation,
        _ => FormKind::Full,
    };
    let (tokens, span) = (place.tokens.clone(), place.span.clone());
    let mention = NameMention {
        full: false,
        inflected: place.inflected,
        ..NameMention::new(tokens, span, id, kind, Standing::Garbled)
    };
    let language = scan.language.pack.language.as_str();
    let Some(right) = right_form(case.sheet, id, &mention, language, scan) else { return };
    let mut draft = Draft::new(Check::NameIntruder, Verdict::Garbled, place.span.clone());
    draft.values = vec![("name", right.text.clone()), ("fact", fact_id(member))];
    draft.expected = Some(right.text);
    draft.fact = Some((fact_id(member), right.span));
    reporter.report(draft);
}
