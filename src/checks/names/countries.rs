//! Countries that no sheet lists, spelled as another language does or as none does. The world is full of
//! words that are like a country's name: a word is judged only where a country must stand, behind a
//! preposition of place or in a list with other countries.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::mention::NameMention;
use super::surroundings::is_in_address;
use super::world::{has_unknown_neighbour, overlaps, span_of};
use crate::checks::case::{Draft, Read, Reporter};
use crate::finding::{Severity, Trust, Verdict};
use crate::gazetteer::{EntryId, PlaceForm};
use crate::language::{Inflection, Marker};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::{Shape, WordId, strip_diacritics};
use crate::rules::Check;

/// Shorter words are near too many others.
const SHORTEST: usize = 8;
/// A name of this many letters may be off by one, a longer one by two.
const SHORT: usize = 8;
/// Less like a name than this, a word is another.
const LIKENESS: f32 = 0.85;

/// Reports garbled and foreign names of countries; `names` are those of the sheet's cast, which are judged
/// elsewhere.
pub fn check(read: &Read<'_>, names: &[NameMention], reporter: &mut Reporter<'_>) {
    if read.scan.language.gazetteer.is_empty() {
        return;
    }
    let mut known = FxHashMap::default();
    for &(at, entry) in read.foreign_countries {
        if stands_for_a_country(read, at) && is_free(read, names, at, &mut known) {
            report(read, at, entry, Check::NameForeign, Verdict::Foreign, Severity::Error, reporter);
        }
    }
    for &capital in read.scan.capitals {
        let at = capital as usize;
        let Some(token) = read.scan.tokens.get(at).filter(|_| can_be_garbled(read, at)) else { continue };
        let remembered = read.near_countries.borrow().get(&token.word).copied();
        if remembered == Some(None) || !stands_for_a_country(read, at) {
            continue;
        }
        // What another language writes so is no slip of the pen.
        if read.foreign_countries.binary_search_by_key(&at, |(at, _)| *at).is_ok() {
            continue;
        }
        let near = remembered.unwrap_or_else(|| {
            let near = nearest(read, at);
            read.near_countries.borrow_mut().insert(token.word, near);
            near
        });
        let Some((entry, letters)) = near else { continue };
        if !is_free(read, names, at, &mut known) {
            continue;
        }
        let at_most = if letters <= SHORT { Severity::Warning } else { Severity::Error };
        report(read, at, entry, Check::NameGarbled, Verdict::Garbled, at_most, reporter);
    }
}

/// A long capitalised word that means nothing to anyone.
fn can_be_garbled(read: &Read<'_>, at: usize) -> bool {
    let scan = read.scan;
    scan.tokens
        .get(at)
        .is_some_and(|token| (token.end - token.start) as usize >= SHORTEST && token.shape == Shape::Capital)
        && scan.kind(at) == Some(TokenKind::Word)
        && scan.begins(at).is_empty()
}

/// Nobody else has the word: no name of the cast, of the gazetteer, no longer name, here or elsewhere.
/// `elsewhere` remembers of each word whether it is a part of a longer name somewhere.
fn is_free(
    read: &Read<'_>,
    names: &[NameMention],
    at: usize,
    elsewhere: &mut FxHashMap<WordId, bool>,
) -> bool {
    let tokens = at..at + 1;
    let is_taken = |at: usize| {
        let tokens = at..at + 1;
        overlaps(names, &tokens)
            || is_in_address(read.scan, at)
            || is_in_a_place(read, at)
            || has_unknown_neighbour(&tokens, read, names)
    };
    if is_taken(tokens.start) {
        return false;
    }
    // "Vítor França", and later França.
    let Some(word) = read.scan.tokens.get(at).map(|token| token.word) else { return false };
    !*elsewhere.entry(word).or_insert_with(|| {
        read.scan.tokens.iter().enumerate().any(|(other, token)| {
            token.word == word && has_unknown_neighbour(&(other..other + 1), read, names)
        })
    })
}

fn is_in_a_place(read: &Read<'_>, at: usize) -> bool {
    read.place_over(at).is_some()
}

/// Behind a preposition of place, an article between them or not, or beside a country of a list.
fn stands_for_a_country(read: &Read<'_>, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back);
    let is_locative = |at: usize| read.scan.is_marked(at, &[Marker::Locative]);
    let is_article = |at: usize| read.scan.is_marked(at, &[Marker::Definite]);
    let is_there = before(1).is_some_and(is_locative)
        || (before(1).is_some_and(is_article) && before(2).is_some_and(is_locative));
    is_there || is_listed(read, at)
}

/// "Kazakhstan, Uzbekhistan and Tajikistan".
fn is_listed(read: &Read<'_>, at: usize) -> bool {
    let joins = |at: usize| {
        read.scan.is_symbol(at, ",")
            || read.scan.language.pack.numbers.joiners.iter().any(|word| word == read.scan.folded(at))
    };
    let is_country = |tokens: Range<usize>, ends: Option<usize>| {
        read.places_in(&tokens).iter().any(|place| {
            place.form == PlaceForm::Name
                && place.country().is_some()
                && ends.is_none_or(|end| place.tokens.end == end)
        })
    };
    let before = at.checked_sub(1).filter(|&before| joins(before));
    let behind = joins(at + 1) && is_country(at + 2..at + 3, None);
    before.is_some_and(|before| is_country(before.saturating_sub(8)..before, Some(before)))
        && (behind || read.scan.kind(at + 1) != Some(TokenKind::Word))
        || (behind && before.is_some())
}

/// The one country whose name is near a word, and the letters of the longer of both.
fn nearest(read: &Read<'_>, at: usize) -> Option<(EntryId, usize)> {
    let inflection = &read.scan.language.pack.inflection;
    let word = strip_diacritics(read.scan.folded(at));
    word.chars().nth(SHORTEST - 1)?;
    let bare = inflection.without_possessive(&word);
    let first = bare.chars().next()?;
    let mut buffer = [0; 4];
    let first: &str = first.encode_utf8(&mut buffer);
    let mut best: Option<(EntryId, usize, usize)> = None;
    for (name, country) in read.scan.language.gazetteer.lone_countries(first) {
        let Some((distance, letters)) = distance(bare, name, inflection) else { continue };
        match best {
            Some((entry, known, _)) if known < distance || (known == distance && entry == *country) => {}
            Some((entry, known, _)) if known == distance && entry != *country => return None,
            _ => best = Some((*country, distance, letters)),
        }
    }
    best.map(|(entry, _, letters)| (entry, letters))
}

/// How far a word is from a name, where it is near enough and no other word built on it.
fn distance(word: &str, name: &str, inflection: &Inflection) -> Option<(usize, usize)> {
    let near = |word: &str, name: &str| {
        // Bytes tell most of them apart: a letter has four at the most, and two may be missing.
        if word.len().abs_diff(name.len()) > 8 {
            return None;
        }
        let (word_letters, name_letters) = (word.chars().count(), name.chars().count());
        let letters = word_letters.max(name_letters);
        if word_letters.min(name_letters) + 1 < SHORTEST || word_letters.abs_diff(name_letters) > 2 {
            return None;
        }
        let shared = word.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        // Something built on the name, the name cut short, or only another ending.
        if shared + 1 >= word_letters.min(name_letters) {
            return None;
        }
        let distance = strsim::osa_distance(word, name);
        let is_near = distance > 0
            && distance <= if letters <= SHORT { 1 } else { 2 }
            && 1.0 - distance as f32 / letters as f32 >= LIKENESS;
        is_near.then_some((distance, letters))
    };
    if let Some(found) = near(word, name) {
        return Some(found);
    }
    if !inflection.declines_names {
        return None;
    }
    let stems = inflection.stems(name);
    inflection
        .name_endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending.as_str()))
        .flat_map(|base| stems.iter().filter_map(move |stem| near(base, stem)))
        .min()
}

fn report(
    read: &Read<'_>,
    at: usize,
    entry: EntryId,
    check: Check,
    verdict: Verdict,
    at_most: Severity,
    reporter: &mut Reporter<'_>,
) {
    let Some(expected) = read.scan.language.gazetteer.preferred(entry) else { return };
    let mut draft = Draft::new(check, verdict, span_of(read, at));
    draft.values = vec![("name", expected.to_owned())];
    // Another language's name may want another article; a short word may be another place's.
    let is_sure = check == Check::NameGarbled && at_most == Severity::Error;
    let trust = if is_sure { Trust::Safe } else { Trust::Unsafe };
    draft.fix = super::correction::of_word(read, at, &draft.span, expected, trust);
    draft.expected = Some(expected.to_owned());
    draft.at_most = at_most;
    reporter.report(draft);
}
