//! A body of the sheet with the country of another that is easily taken for its own: "the Libyan army", where the
//! sheet has a Lebanese army and the copy nothing else of Libya.

use std::ops::Range;

use super::check::fact_id;
use super::demonym::report;
use super::index::IndexedForm;
use super::standing::Standing;
use crate::checks::case::{Case, Reporter};
use crate::finding::Severity;
use crate::gazetteer::{EntryId, PlaceMention};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::strip_diacritics;
use crate::sheet::{FormKind, Kind};

/// Reports bodies with the country of another.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let read = case.read;
    for place in
        read.places.iter().filter(|place| place.tokens.len() == 1 && place.tokens.start >= read.copy_start)
    {
        let Some(country) = place.country().filter(|_| place.entries.len() == 1) else { continue };
        if case.sheet.member_known_as(country).is_some() || is_told_elsewhere(case, place, country) {
            continue;
        }
        let Some((own, form, tokens)) = body_meant(case, place, country) else { continue };
        // In copy of another story the body is what it is called.
        if !read.places.iter().any(|place| place.is_of(own)) {
            continue;
        }
        let Some(member) = case.sheet.cast.get(form.member.0 as usize) else { continue };
        let body = read.scan.text_of(tokens.start, tokens.end);
        let fact = (fact_id(member), member.span.clone());
        report(read, place, own, body, Some(fact), Severity::Warning, reporter);
    }
}

/// Whether the copy has to do with a country besides one mention of it.
fn is_told_elsewhere(case: &Case<'_>, place: &PlaceMention, country: EntryId) -> bool {
    case.read.places.iter().any(|other| {
        other.tokens != place.tokens
            && other.entries.iter().any(|&entry| entry == country || entry.country() == Some(country))
    })
}

/// The body whose name stands there but for the country in it, with that country and the name's tokens.
fn body_meant<'c>(
    case: &Case<'c>,
    place: &PlaceMention,
    country: EntryId,
) -> Option<(EntryId, &'c IndexedForm, Range<usize>)> {
    let scan = case.read.scan;
    let at = place.tokens.start;
    // Any other word of the name, right behind or before, leads to the forms that have it.
    let neighbours = [Some((at + 1, 1i8)), at.checked_sub(1).map(|before| (before, -1))];
    for (neighbour, step) in neighbours.into_iter().flatten() {
        if scan.kind(neighbour) != Some(TokenKind::Word) {
            continue;
        }
        let mut found = None;
        case.index.exact(scan.folded(neighbour), |slot, _| {
            let Some(form) = case.index.forms.get(slot.form as usize) else { return };
            let position = usize::from(slot.word);
            let Some(of_country) = (if step > 0 { position.checked_sub(1) } else { Some(position + 1) })
            else {
                return;
            };
            if found.is_none()
                && let Some(own) = country_in(case, form, of_country, country)
                && let Some(tokens) = stands_at(case, form, of_country, at)
            {
                found = Some((own, form, tokens));
            }
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The country in a body's name, where it is taken for another.
fn country_in(case: &Case<'_>, form: &IndexedForm, position: usize, told: EntryId) -> Option<EntryId> {
    let is_body = form.kind == FormKind::Full
        && form.standing == Standing::Licensed
        && form.words.len() > 1
        && case.kind_of(form.member) == Some(Kind::Organization);
    let word = strip_diacritics(form.words.get(position).filter(|_| is_body)?);
    let gazetteer = &case.read.scan.language.gazetteer;
    // Adjectives are declined; the first letters and the countries that look alike leave little to doubt.
    gazetteer
        .beginning(word.get(..word.char_indices().nth(2)?.0)?)
        .filter(|(_, name)| name.entry.is_country() && name.entry.looks_like(told))
        .find(|(_, name)| {
            name.words().nth(1).is_none() && name.words().next().is_some_and(|own| is_same(own, &word))
        })
        .map(|(_, name)| name.entry)
}

/// Two words but for an ending.
fn is_same(one: &str, other: &str) -> bool {
    const LONGEST_ENDING: usize = 3;
    let one = one.trim_end_matches('*');
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longer = one.chars().count().max(other.chars().count());
    shared > LONGEST_ENDING && longer - shared <= LONGEST_ENDING
}

/// The tokens of a form all of whose words but one stand where they should, around that one.
fn stands_at(case: &Case<'_>, form: &IndexedForm, odd: usize, at: usize) -> Option<Range<usize>> {
    let start = at.checked_sub(odd)?;
    let end = start + form.words.len();
    let is_word = |position: usize| {
        let mut is = position == odd;
        case.index.exact(case.read.scan.folded(start + position), |slot, _| {
            is |= usize::from(slot.word) == position
                && case.index.forms.get(slot.form as usize).is_some_and(|other| std::ptr::eq(other, form));
        });
        is && case.read.scan.kind(start + position) == Some(TokenKind::Word)
    };
    (0..form.words.len()).all(is_word).then_some(start..end)
}
