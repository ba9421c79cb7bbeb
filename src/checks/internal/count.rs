//! A stated count against the names right behind it: "the three cities of A and B", "zwei Länder, A, B und C".

use std::ops::Range;

use super::Copy;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::gazetteer::PlaceForm;
use crate::language::{Marker, Term};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::reading::vocabulary::Shape;
use crate::rules::Check;

/// Longer lists are seldom closed, and seldom counted by hand.
const MOST: f64 = 10.0;
/// Between a count and the noun stand so many words at the most: "the three Baltic states".
const ADJECTIVES: usize = 2;
/// A name has so many words at the most.
const LONGEST_NAME: usize = 6;

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    for quantity in copy.read.quantities {
        if quantity.hedge != HedgeKind::Exact
            || !copy.is_count(quantity)
            || quantity.value.fract() != 0.0
            || !(2.0..=MOST).contains(&quantity.value)
        {
            continue;
        }
        if copy.owned.counts.contains(&(quantity.number.start + reporter.offset)) {
            continue;
        }
        if is_whole_of_another(copy, quantity) {
            continue;
        }
        let named = names_behind(copy, quantity)
            .or_else(|| countries_behind(copy, quantity))
            .or_else(|| people_behind(copy, quantity));
        let Some(named) = named else { continue };
        if named as f64 == quantity.value {
            continue;
        }
        let mut draft = Draft::new(Check::InternalCount, Verdict::Wrong, quantity.number.clone());
        draft.expected = Some(named.to_string());
        reporter.report(draft);
    }
}

/// "Three of the ten provinces, A, B and C": the names are those of the first count.
fn is_whole_of_another(copy: &Copy<'_>, quantity: &Quantity) -> bool {
    const SMALL: usize = 3;
    let start = quantity.tokens.start;
    copy.read.quantities.iter().any(|other| {
        let end = other.tokens.end;
        (1..=SMALL).contains(&start.saturating_sub(end))
            && (end..start).all(|at| copy.is_word(at) && copy.marker_at(at, Marker::Function).is_some())
    })
}

/// How many names follow the counted noun, where they are a closed list.
fn names_behind(copy: &Copy<'_>, quantity: &Quantity) -> Option<usize> {
    let scan = copy.read.scan;
    let mut at = quantity.tokens.end;
    let mut adjectives = 0;
    while copy.term_at(at, Term::Kind).is_none() {
        if !copy.is_word(at) || adjectives == ADJECTIVES || copy.marker_at(at, Marker::Function).is_some() {
            return None;
        }
        adjectives += 1;
        at += 1;
    }
    let noun_end = at + copy.term_at(at, Term::Kind)?;
    let is_defined = quantity
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|before| copy.marker_at(before, Marker::Definite).is_some());
    let symbol = (scan.kind(noun_end) == Some(TokenKind::Symbol)).then(|| scan.raw(noun_end));
    // What parts the list from the noun must close it as well, or the sentence does.
    let (start, closing): (usize, &[&str]) = match symbol {
        Some("(") => (noun_end + 1, &[")"]),
        Some("–" | "—") => (noun_end + 1, &["–", "—", ".", ";", ":"]),
        Some(":") => (noun_end + 1, &[".", ";", "–", "—"]),
        Some(",") => (noun_end + 1, &[",", ".", ";"]),
        Some(_) => return None,
        // "The three cities of A and B": all of them, or they are not called the three.
        None if is_defined && adjectives == 0 => {
            let link = copy.term_at(noun_end, Term::KindLink).unwrap_or(0);
            if link == 0 && !scan.language.pack.capitalised_nouns {
                return None;
            }
            (noun_end + link, &[])
        }
        None => return None,
    };
    let (names, end) = list(copy, start)?;
    let named = names.len();
    // "Die drei Städte Bayerns und Sachsens": whose cities, and not which.
    let endings = &scan.language.pack.inflection.name_endings;
    let has_ending = |at: usize| endings.iter().any(|ending| scan.folded(at).ends_with(ending.as_str()));
    if start == noun_end && end.checked_sub(1).is_some_and(has_ending) {
        return None;
    }
    let sentence = copy.sentence(quantity.tokens.start);
    let closes =
        closing.is_empty() || end >= sentence.end || closing.iter().any(|symbol| scan.is_symbol(end, symbol));
    // "Three countries, France and Germany among them."
    let is_open = copy.has_marker(&(end..(end + 5).min(sentence.end)), &[Marker::Partitive]);
    (closes && !is_open && named >= 2).then_some(named)
}

/// "Five countries belong to it, diplomats said: A, B, C and D": the sentence begins with the count and ends
/// with countries, and nothing between them is of others.
fn countries_behind(copy: &Copy<'_>, quantity: &Quantity) -> Option<usize> {
    const FAR: usize = 20;
    let scan = copy.read.scan;
    let start = quantity.tokens.start;
    let sentence = copy.sentence(start);
    let begins = start == sentence.start
        || start.checked_sub(1).is_some_and(|before| {
            scan.is_symbol(before, ",") && scan.kind(sentence.start) == Some(TokenKind::Word)
        });
    let noun = (quantity.tokens.end..quantity.tokens.end + 2)
        .find(|&at| copy.term_at(at, Term::Countries).is_some())?;
    let colon = (noun + 1..(noun + FAR).min(sentence.end)).find(|&at| scan.is_symbol(at, ":"))?;
    let (names, end) = list(copy, colon + 1)?;
    let closes = end >= sentence.end || scan.is_symbol(end, ".");
    let between = noun + 1..colon;
    let is_of_others = copy.has_term(&between, Term::Kind)
        || copy.has_term(&between, Term::OtherEvent)
        || copy.has_marker(
            &between,
            &[Marker::Partitive, Marker::Additional, Marker::Example, Marker::Except, Marker::Negation],
        )
        || copy.read.quantities.iter().any(|other| between.contains(&other.tokens.start) && !other.article)
        || copy.read.places_in(&between).iter().any(|place| place.country().is_some());
    let are_countries = names.iter().all(|name| {
        let near = name.start..name.end;
        copy.read.places_in(&near).iter().any(|place| {
            place.form == PlaceForm::Name && place.country().is_some() && place.tokens.end == name.end
        })
    });
    (begins && closes && !is_of_others && are_countries).then_some(names.len())
}

/// "The four defendants, A B, C D and E F, were acquitted": a sentence that begins with them, and names them in
/// full between commas.
fn people_behind(copy: &Copy<'_>, quantity: &Quantity) -> Option<usize> {
    let scan = copy.read.scan;
    let start = quantity.tokens.start;
    let sentence = copy.sentence(start);
    let head = sentence.start..start;
    let is_defined = copy.marker_at(sentence.start, Marker::Definite).is_some()
        && (head.len() == 1
            || (head.len() == 2 && copy.term_at(sentence.start + 1, Term::OtherEvent).is_some()));
    let noun = quantity.tokens.end;
    let is_noun = copy.is_word(noun) && copy.marker_at(noun, Marker::Function).is_none();
    if !is_defined || !is_noun || !scan.is_symbol(noun + 1, ",") {
        return None;
    }
    let (names, end) = list(copy, noun + 2)?;
    let are_full = names.iter().all(|name| {
        name.clone().filter(|&at| copy.is_word(at)).count() >= 2 && copy.read.places_in(name).is_empty()
    });
    (scan.is_symbol(end, ",") && are_full).then_some(names.len())
}

/// The names of a list whose last is joined by a word, as tokens, and what stands behind it; `None` where it
/// may be no such list.
fn list(copy: &Copy<'_>, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
    let scan = copy.read.scan;
    let connect = &scan.language.pack.hedges.connect;
    // Of the words that join only the first of a pack's list means "and".
    let joins = |at: usize| connect.iter().any(|word| word == scan.folded(at)) && copy.is_word(at);
    let (mut at, mut names, mut joined) = (start, Vec::new(), false);
    loop {
        let first = at;
        at = name(copy, at)?;
        names.push(first..at);
        if joined {
            // More behind the last one: names that share a word, or another list.
            if joins(at) {
                return None;
            }
            return Some((names, at));
        }
        if scan.is_symbol(at, ",") && scan.gap(at) == Gap::None {
            at += 1;
            if joins(at) {
                joined = true;
                at += 1;
            }
        } else if joins(at) {
            joined = true;
            at += 1;
        } else {
            return None;
        }
    }
}

/// The token behind one name that begins at a token: capitals, the small words of names, and articles
/// before it.
fn name(copy: &Copy<'_>, start: usize) -> Option<usize> {
    let scan = copy.read.scan;
    let mut at = start;
    while copy.marker_at(at, Marker::Definite).is_some() && at < start + 1 {
        at += 1;
    }
    if let Some(len) = copy.term_at(at, Term::JoinedName) {
        return Some(at + len);
    }
    let is_capital = |at: usize| {
        copy.is_word(at)
            && scan.gap(at) != Gap::Paragraph
            && scan.word(at).is_some_and(|word| !matches!(word.shape, Shape::Lower | Shape::Caseless))
    };
    if !is_capital(at) {
        return None;
    }
    let is_hyphen =
        |at: usize| scan.is_symbol(at, "-") && scan.gap(at) == Gap::None && scan.gap(at + 1) == Gap::None;
    let pack = &scan.language.pack;
    let is_particle = |at: usize| {
        let has = |words: &[String]| words.iter().any(|word| word == scan.folded(at));
        has(&pack.particles) && !has(&pack.hedges.connect)
    };
    let first = at;
    let mut end = at;
    while at < first + LONGEST_NAME {
        if is_capital(at) {
            at += 1;
            end = at;
        } else if is_hyphen(at) || is_particle(at) {
            at += 1;
        } else {
            break;
        }
    }
    // A number, an apposition in brackets, a possessor: what the list is of cannot be told.
    (end == at && scan.kind(end) != Some(TokenKind::Number)).then_some(end)
}
