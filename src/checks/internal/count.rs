//! A stated count against the names right behind it: "the three cities of A and B", "zwei Länder, A, B und C".

use super::Copy;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
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
        let Some(named) = names_behind(copy, quantity) else { continue };
        if named as f64 == quantity.value {
            continue;
        }
        let mut draft = Draft::new(Check::InternalCount, Verdict::Wrong, quantity.number.clone());
        draft.expected = Some(named.to_string());
        reporter.report(draft);
    }
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
    let (named, end) = list(copy, start)?;
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

/// Counts the names of a list whose last is joined by a word; `None` where it may be no such list.
fn list(copy: &Copy<'_>, start: usize) -> Option<(usize, usize)> {
    let scan = copy.read.scan;
    let connect = &scan.language.pack.hedges.connect;
    // Of the words that join only the first of a pack's list means "and".
    let joins = |at: usize| connect.iter().any(|word| word == scan.folded(at)) && copy.is_word(at);
    let (mut at, mut named, mut joined) = (start, 0, false);
    loop {
        at = name(copy, at)?;
        named += 1;
        if joined {
            // More behind the last one: names that share a word, or another list.
            if joins(at) {
                return None;
            }
            return Some((named, at));
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
