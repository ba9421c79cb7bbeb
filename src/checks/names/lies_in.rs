//! A place of the sheet that the copy puts into another country than the sheet does: "the Syrian city of
//! Gaziantep", "Aleppo, in Turkey,".

use super::check::fact_id;
use super::demonym::{report, tells_history};
use super::mention::NameMention;
use crate::checks::case::{Case, Reporter};
use crate::finding::Severity;
use crate::gazetteer::{EntryId, PlaceForm, PlaceMention};
use crate::language::{Marker, Sense, Term};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::titles::{is_closing, is_hyphen};
use crate::reading::vocabulary::Shape;
use crate::sheet::{FormKind, Kind, MemberId};

/// Reports places with a country that they do not lie in.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let read = case.read;
    for name in case.names.iter().filter(|name| name.kind != FormKind::Adjective) {
        let Some(own) = country_of(case, name.member) else { continue };
        let told = told_before(case, name)
            .map(|told| (told, Severity::Error))
            .or_else(|| told_behind(case, name).map(|told| (told, Severity::Warning)));
        let Some((told, at_most)) = told else { continue };
        if is_there(case, told, name, own)
            || tells_history(read, name.tokens.start)
            || !is_of_this_story(case, name, own)
        {
            continue;
        }
        let Some(member) = case.sheet.cast.get(name.member.0 as usize) else { continue };
        let fact = (fact_id(member), member.span.clone());
        let place = read.scan.text.get(name.span.clone()).unwrap_or("");
        report(read, told, own, place, Some(fact), at_most, reporter);
    }
}

/// The country that the sheet puts a place into, where it says so and the world knows the country.
fn country_of(case: &Case<'_>, place: MemberId) -> Option<EntryId> {
    if case.kind_of(place) != Some(Kind::Place) {
        return None;
    }
    let land = case.land_of(place).filter(|land| *land != place)?;
    case.entry_of(land).filter(|entry| entry.is_country())
}

/// Whether a place may lie in the country that is told, by the sheet or as the world knows it.
fn is_there(case: &Case<'_>, told: &PlaceMention, name: &NameMention, own: EntryId) -> bool {
    let known = case.entry_of(name.member).and_then(EntryId::country);
    let mut namesakes = case.read.places_in(&name.tokens).iter().flat_map(|place| &place.entries);
    told.is_of(own)
        || known.is_some_and(|known| told.is_of(known))
        || namesakes.any(|entry| entry.country().is_some_and(|country| told.is_of(country)))
}

/// The world has two cities of many a name: the copy must have to do with the country of the sheet's.
fn is_of_this_story(case: &Case<'_>, name: &NameMention, own: EntryId) -> bool {
    case.read.places.iter().any(|place| place.is_of(own))
        || case.names.iter().any(|other| {
            other.member != name.member
                && case.land_of(other.member).and_then(|land| case.entry_of(land)) == Some(own)
        })
}

/// Whether a place of the world can be nothing but a country.
fn is_country(place: &PlaceMention) -> bool {
    !place.ambiguous && !place.entries.is_empty() && place.entries.iter().all(|entry| entry.is_country())
}

/// "The Syrian border town of Gaziantep", "in der syrischen Stadt Gaziantep", "im syrischen Gaziantep".
fn told_before<'c>(case: &Case<'c>, name: &NameMention) -> Option<&'c PlaceMention> {
    let scan = case.read.scan;
    let ends = |end: usize, term: Term| {
        (1..=2).find(|&len| {
            let fits = |hit: &crate::language::Hit| hit.sense == Sense::Term(term) && hit.len as usize == len;
            end.checked_sub(len).is_some_and(|start| scan.hits_at(start).iter().any(fits))
        })
    };
    let mut at = name.tokens.start;
    if let Some(len) = ends(at, Term::KindLink) {
        at -= len;
    }
    let kind = ends(at, Term::Kind);
    let is_country = |at: usize| {
        let place = case.read.places_in(&(at.saturating_sub(4)..at)).last()?;
        let is_adjective = place.form == PlaceForm::Adjective && place.tokens.end == at && is_country(place);
        // "Pro-Syrian", and "the Turkish and Syrian cities of A and B".
        let before = place.tokens.start.checked_sub(1);
        let is_joined = before.is_some_and(|before| {
            scan.is_marked(before, &[Marker::And]) || matches!(scan.symbol(before), Some('-' | ','))
        });
        (is_adjective && !is_joined).then_some(place)
    };
    let is_parted = (at..name.tokens.start).any(|at| scan.gap(at) >= Gap::Line);
    if is_parted || is_hyphen(scan, name.tokens.end) || goes_on(case, name.tokens.end) {
        return None;
    }
    match kind {
        Some(len) => {
            at -= len;
            let is_word = |at: usize| scan.word(at).is_some_and(|word| word.shape == Shape::Lower);
            is_country(at)
                .or_else(|| at.checked_sub(1).filter(|&before| is_word(before)).and_then(is_country))
        }
        None if at == name.tokens.start => is_country(at).filter(|place| {
            let before = place.tokens.start.checked_sub(1);
            before.is_some_and(|before| {
                scan.has_over(before, |sense| {
                    matches!(sense, Sense::Clause(Marker::Locative) | Sense::Term(Term::Where))
                })
            })
        }),
        // "A cidade síria de Gaziantep"
        None => is_country(at).filter(|place| ends(place.tokens.start, Term::Kind).is_some()),
    }
}

/// "In Gaziantep, Syria,", "Aleppo, in der Türkei,".
fn told_behind<'c>(case: &Case<'c>, name: &NameMention) -> Option<&'c PlaceMention> {
    let scan = case.read.scan;
    let comma = name.tokens.end;
    if !scan.is_symbol(comma, ",") || scan.gap(comma + 1) >= Gap::Paragraph {
        return None;
    }
    // One of several, or where somebody went from there: only a place by itself is followed by what it lies in.
    let before = name.tokens.start.checked_sub(1);
    let is_led = before.is_none_or(|before| {
        let is_preposition = scan.is_marked(before, &[Marker::Function, Marker::Locative])
            && !scan.is_marked(before, &[Marker::And, Marker::Break, Marker::Auxiliary]);
        is_preposition
            || scan.has_over(before, |sense| sense == Sense::Term(Term::KindLink))
            || case.read.starts_sentence(name.tokens.start)
    });
    let mut at = comma + 1;
    let is_located = scan.is_marked(at, &[Marker::Locative]);
    at += usize::from(is_located);
    at += usize::from(is_located && scan.is_article(at));
    let place = case.read.places_in(&(at..at + 1)).first()?;
    let end = place.tokens.end;
    let is_told = is_led && place.form == PlaceForm::Name && place.tokens.start == at && is_country(place);
    let closes =
        is_closing(scan, end) && !matches!(scan.symbol(end), Some(':' | ')' | '"' | '”' | '“' | '»'));
    (is_told && closes && !goes_on(case, end)).then_some(place)
}

/// Another place follows, or a word that joins one.
fn goes_on(case: &Case<'_>, end: usize) -> bool {
    let scan = case.read.scan;
    let is_place = |at: usize| {
        !case.read.places_in(&(at..at + 1)).is_empty()
            || case.names_in(&(at..at + 1)).iter().any(|name| case.kind_of(name.member) == Some(Kind::Place))
    };
    let is_comma = scan.is_symbol(end, ",");
    let next = end + usize::from(is_comma);
    let joins = |at: usize| scan.is_marked(at, &[Marker::And]);
    let is_led = |at: usize| {
        scan.kind(at) == Some(TokenKind::Word) && scan.is_marked(at, &[Marker::Locative]) && is_place(at + 1)
    };
    joins(end) || (is_comma && (joins(next) || is_place(next) || is_led(next)))
}
