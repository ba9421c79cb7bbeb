//! The adjective or name of one country beside the capital or the office of another that is easily taken for
//! it: "the Nigerian capital Niamey", "Austrian Prime Minister Anthony Albanese".

use std::ops::Range;

use super::around::{are_bound, are_one_phrase};
use crate::checks::case::{Case, Draft, Read, Reporter};
use crate::finding::{Severity, Trust, Verdict};
use crate::gazetteer::{EntryId, PlaceForm, PlaceMention};
use crate::language::sense::TitleWord;
use crate::language::{Marker, Sense, SenseSet, Term};
use crate::reading::dates::{DateMention, Meaning};
use crate::reading::lexer::{Gap, TokenKind};
use crate::rules::Check;
use crate::sheet::{Kind, Sheet};

/// Reports a capital with the country of another. It needs no sheet: capitals are known.
pub fn check_capitals(read: &Read<'_>, reporter: &mut Reporter<'_>) {
    if read.places.is_empty() {
        return;
    }
    for hit in read.scan.hits_of(SenseSet::marker(Marker::Capital)) {
        let word = hit.token as usize..(hit.token + hit.len) as usize;
        let Some((country, group)) = country_of(read, &word) else { continue };
        let Some((city, capital_of)) = city_of(read, &group, country) else { continue };
        if !is_confused(country, capital_of) && !is_plain(read, &group, country, city) {
            continue;
        }
        report(read, country, capital_of, city, None, Severity::Error, reporter);
    }
    for hit in read.scan.hits_of(SenseSet::marker(Marker::Government)) {
        let word = hit.token as usize..(hit.token + hit.len) as usize;
        let Some((country, group)) = country_of(read, &word) else { continue };
        if let Some((city, capital_of)) = seat_behind(read, group.end)
            && is_confused(country, capital_of)
        {
            report(read, country, capital_of, city, None, Severity::Error, reporter);
        }
    }
    for pair in read.places.windows(2) {
        if let [country, place] = pair
            && let Some((city, capital_of)) = city_owned(read, country, place)
        {
            report(read, country, capital_of, city, None, Severity::Warning, reporter);
        }
    }
}

/// "The Syrian capital Ankara": nothing parts the three, so that they can be of one city only.
fn is_plain(read: &Read<'_>, group: &Range<usize>, country: &PlaceMention, city: &str) -> bool {
    let next = read.places_in(&(group.end..group.end + 1)).first();
    country.form == PlaceForm::Adjective
        && !country.ambiguous
        && country.tokens.end < group.end
        && !country.entries.is_empty()
        && country.entries.iter().all(|entry| entry.is_country())
        && read.scan.gap(group.end) < Gap::Line
        && !tells_history(read, group.end)
        && next.is_some_and(|next| {
            read.scan.text.get(next.span.clone()) == Some(city)
                && next.entries.len() == 1
                && !next.ambiguous
                && !read.scan.is_marked(next.tokens.end, &[Marker::And])
        })
}

/// "The Austrian government in Canberra": the capital in which something sits, and the country whose it is.
fn seat_behind<'r>(read: &Read<'r>, at: usize) -> Option<(&'r str, EntryId)> {
    if !read.scan.is_marked(at, &[Marker::Locative]) {
        return None;
    }
    let at = at + 1 + usize::from(read.scan.is_article(at + 1));
    capital(read, read.places_in(&(at..at + 1)).first()?)
}

/// "In Zimbabwean Maputo": a capital right behind the adjective of a country that it is not in. Of other
/// times other things were true, and copy that tells of them says so.
fn city_owned<'r>(
    read: &Read<'r>,
    country: &PlaceMention,
    place: &PlaceMention,
) -> Option<(&'r str, EntryId)> {
    let before = country.tokens.start.checked_sub(1)?;
    let is_phrase = country.form == PlaceForm::Adjective
        && !country.ambiguous
        && country.tokens.end == place.tokens.start
        && read.scan.gap(place.tokens.start) < Gap::Line
        && read.scan.has_over(before, |sense| {
            matches!(sense, Sense::Clause(Marker::Locative) | Sense::Term(Term::Where))
        });
    if !is_phrase {
        return None;
    }
    let (city, of) = capital(read, place)?;
    let is_other = !country.entries.is_empty() && country.entries.iter().all(|entry| entry.is_country());
    (is_other && !country.is_of(of) && !tells_history(read, place.tokens.start)).then_some((city, of))
}

/// Whether the sentence at a token may tell of a time long ago, when cities were others'.
pub(super) fn tells_history(read: &Read<'_>, at: usize) -> bool {
    const LIVING: i16 = 20;
    let Some(now) = read.reference.map(|day| day.year()) else { return true };
    let is_history = |date: &DateMention| match date.meaning {
        Meaning::Day(day) => day.year() < now - LIVING,
        Meaning::Range(first, _) => first.year() < now - LIVING,
        _ => true,
    };
    let sentence = read.sentence(at);
    // A bare year is a number as well.
    let is_old_year = |at: usize| {
        let year = Some(read.scan.raw(at))
            .filter(|raw| raw.len() == 4 && read.scan.kind(at) == Some(TokenKind::Number));
        year.and_then(|raw| raw.parse::<i16>().ok()).is_some_and(|year| year > 1000 && year < now - LIVING)
    };
    read.dates_in(&sentence).iter().any(is_history)
        || sentence.clone().any(is_old_year)
        || read.scan.hits_in(&sentence).iter().any(|hit| {
            matches!(
                hit.sense,
                Sense::Clause(Marker::Then | Marker::Elsewhere)
                    | Sense::Former
                    | Sense::Title(TitleWord::Era)
            )
        })
}

/// The name of a capital that is nothing else, and the country whose it is.
fn capital<'r>(read: &Read<'r>, place: &PlaceMention) -> Option<(&'r str, EntryId)> {
    let [entry] = place.entries[..] else { return None };
    let is_name = place.form == PlaceForm::Name && !place.ambiguous;
    let of = entry.capital_of().filter(|_| is_name)?;
    Some((read.scan.text.get(place.span.clone())?, of))
}

/// Reports an officeholder of the sheet with the country of another.
pub fn check_offices(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let read = case.read;
    for name in case.names {
        let Some(member) = case.sheet.cast.get(name.member.0 as usize) else { continue };
        if member.kind != Kind::Person || member.roles.is_empty() {
            continue;
        }
        let near = name.tokens.start.saturating_sub(REACH)..name.tokens.end + REACH;
        if !read.scan.within(&near).has_any(SenseSet::OFFICE) {
            continue;
        }
        for hit in read.scan.hits_in(&near) {
            let Sense::Office(office) = hit.sense else { continue };
            let Some(office) = case.rules.offices.get(office as usize) else { continue };
            let word = hit.token as usize..(hit.token + hit.len) as usize;
            let Some((country, group)) = country_of(read, &word) else { continue };
            if !is_beside(read, &group, &name.tokens) {
                continue;
            }
            let held = || {
                member
                    .roles
                    .iter()
                    .filter(|role| role.office == office.id)
                    .filter_map(|role| Some((entry_of(case.sheet, role.of?)?, role.span.clone())))
            };
            let is_theirs = |entry: EntryId| {
                member.roles.iter().any(|role| {
                    [role.of, role.posted]
                        .into_iter()
                        .flatten()
                        .any(|of| entry_of(case.sheet, of) == Some(entry))
                })
            };
            if country.entries.iter().any(|&entry| is_theirs(entry)) {
                continue;
            }
            let Some((of, span)) = held().find(|(of, _)| is_confused(country, *of)) else { continue };
            let fact = (super::check::fact_id(member), span);
            let text = read.scan.text.get(name.span.clone()).unwrap_or("");
            report(read, country, of, text, Some(fact), Severity::Error, reporter);
            break;
        }
    }
}

/// An office stands this near its holder, in tokens.
const REACH: usize = 8;

fn entry_of(sheet: &Sheet, member: crate::sheet::MemberId) -> Option<EntryId> {
    sheet.cast.get(member.0 as usize)?.known.filter(|entry| entry.is_country())
}

/// Whether a mention can be of countries only that are taken for this one.
fn is_confused(country: &PlaceMention, right: EntryId) -> bool {
    let mut countries = country.entries.iter().filter(|entry| entry.is_country()).peekable();
    countries.peek().is_some() && countries.all(|entry| entry.looks_like(right))
}

/// The country that a word is said of, "Nigerian capital" or "capital of Nigeria", and the tokens of both.
fn country_of<'r>(read: &Read<'r>, word: &Range<usize>) -> Option<(&'r PlaceMention, Range<usize>)> {
    let is_country = |place: &&PlaceMention| place.entries.iter().any(|entry| entry.is_country());
    let before = read.places_in(&(word.start.saturating_sub(4)..word.start)).iter().rev().find(is_country);
    if let Some(place) = before
        && place.tokens.end == word.start
    {
        return Some((place, place.tokens.start..word.end));
    }
    let after = read.places_in(&(word.end..word.end + 3)).iter().find(is_country)?;
    let is_bound = are_one_phrase(read, word.end..after.tokens.start, &[Marker::Agent])
        // "In Nigeria" says where, not whose.
        && !(word.end..after.tokens.start).any(|at| is_only_locative(read, at));
    is_bound.then_some((after, word.start..after.tokens.end))
}

fn is_only_locative(read: &Read<'_>, at: usize) -> bool {
    read.scan.is_marked(at, &[Marker::Locative]) && !read.scan.is_marked(at, &[Marker::Link])
}

/// The capital that stands in apposition to a group of words, and the country whose it is.
fn city_of<'r>(read: &Read<'r>, group: &Range<usize>, country: &PlaceMention) -> Option<(&'r str, EntryId)> {
    let first = group.start.saturating_sub(REACH);
    let near = read.places_in(&(first..group.end + REACH));
    let beside = near.iter().filter(|place| {
        place.form == PlaceForm::Name
            && place.tokens != country.tokens
            && is_beside(read, group, &place.tokens)
            && !begins_a_list(read, &place.tokens, country)
    });
    let cities: Vec<(&str, EntryId)> = beside
        .filter_map(|place| {
            let of = place.entries.iter().find_map(|entry| entry.capital_of())?;
            Some((read.scan.text.get(place.span.clone())?, of))
        })
        .collect();
    // "Niamey, and the Nigerian capital, Abuja": the one that fits is meant.
    let fits = cities.iter().any(|(_, of)| country.is_of(*of));
    cities.into_iter().next().filter(|_| !fits)
}

/// Whether something stands beside a group of words as another name of the same. Behind it no article of its
/// own may stand, which in some languages is a preposition too; before it, a comma or a verb must part the two.
fn is_beside(read: &Read<'_>, group: &Range<usize>, other: &Range<usize>) -> bool {
    let is_word = |at: usize| read.scan.kind(at) == Some(TokenKind::Word);
    let is_auxiliary = |at: usize| read.scan.is_marked(at, &[Marker::Auxiliary]);
    if other.start >= group.end {
        let mut between = group.end..other.start;
        return are_bound(read, between.clone(), &[Marker::Auxiliary])
            && between
                .all(|at| !is_word(at) || is_auxiliary(at) || read.scan.is_marked(at, &[Marker::Link]));
    }
    if other.end > group.start {
        return false;
    }
    let mut between = other.end..group.start;
    are_bound(read, between.clone(), &[Marker::Auxiliary])
        && between.any(|at| !is_word(at) || is_auxiliary(at))
}

/// "The Slovenian capital, Bratislava and Vienna" may be three places.
fn begins_a_list(read: &Read<'_>, place: &Range<usize>, country: &PlaceMention) -> bool {
    let after = place.end;
    let is_joined = read.scan.kind(after) == Some(TokenKind::Word)
        && read.scan.language.pack.numbers.joiners.iter().any(|word| word == read.scan.folded(after));
    let joins = |at: usize| read.places_in(&(at..at + 1)).iter().any(|other| other.tokens != country.tokens);
    (is_joined && joins(after + 1)) || (read.scan.is_symbol(after, ",") && joins(after + 1))
}

pub(super) fn report(
    read: &Read<'_>,
    country: &PlaceMention,
    right: EntryId,
    whose: &str,
    fact: Option<(String, Range<usize>)>,
    at_most: Severity,
    reporter: &mut Reporter<'_>,
) {
    let gazetteer = &read.scan.language.gazetteer;
    let name = gazetteer.preferred(right);
    let expected = match country.form {
        PlaceForm::Adjective => gazetteer.preferred_adjective(right).or(name),
        _ => name,
    };
    let (Some(expected), Some(name)) = (expected, name) else { return };
    let inflection = &read.scan.language.pack.inflection;
    let mut draft = Draft::new(Check::NameDemonym, Verdict::Wrong, country.span.clone());
    draft.values = vec![("name", name.to_owned()), ("source", whose.to_owned())];
    // Where adjectives are declined the base form is the wrong one nearly everywhere.
    let is_plain = !inflection.declines_names
        && !country.inflected
        && (country.form != PlaceForm::Adjective || expected.starts_with(char::is_uppercase));
    // It may as well be the capital or the person that is mistaken.
    let trust = if is_plain { Trust::Unsafe } else { Trust::DisplayOnly };
    let written = read.scan.text.get(country.span.clone()).unwrap_or("");
    draft.fix = super::correction::of_tokens(read, &country.tokens, written, expected, trust);
    draft.expected = Some(expected.to_owned());
    draft.fact = fact;
    draft.at_most = at_most;
    reporter.report(draft);
}
