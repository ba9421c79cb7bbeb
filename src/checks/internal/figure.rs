//! Two counts of one thing that cannot both hold: 80 dead in one paragraph and 87 in another.
//!
//! Copy tells many numbers of one concept that are all right: of other places, other days, other sources,
//! other events. So two are held against each other only where nothing of the kind stands with either.

use std::ops::Range;

use super::Copy;
use super::headline::is_toll;
use super::sum::is_slip;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::language::sense::NumberSense;
use crate::language::{Hit, Marker, Sense, SenseSet, Term};
use crate::reading::claim::{Claim, Telling, Whose};
use crate::reading::dates::Meaning;
use crate::reading::lexer::TokenKind;
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::reading::vocabulary::{Shape, WordId};
use crate::rules::Check;

/// Small counts are too often equal or near by chance.
const LEAST: f64 = 10.0;
/// A text with more tolls than this is a table or a chronicle.
const MOST: usize = 40;

/// A count that stands for the whole story, as far as can be told.
struct Told<'a> {
    claim: &'a Claim,
    quantity: &'a Quantity,
    sentence: Range<usize>,
    /// Folded words of places behind prepositions of place.
    places: Vec<WordId>,
    /// Words beside those who speak.
    speakers: Vec<WordId>,
    attributed: bool,
    /// It is called the toll, or the total.
    is_whole: bool,
    in_headline: bool,
}

pub(super) fn check(copy: &Copy<'_>, headline: &Range<usize>, reporter: &mut Reporter<'_>) {
    let told: Vec<Told<'_>> =
        copy.claims.iter().filter_map(|claim| told(copy, claim, headline)).take(MOST + 1).collect();
    if told.len() < 2 || told.len() > MOST {
        return;
    }
    for (index, odd) in told.iter().enumerate() {
        if odd.in_headline || copy.owned.figures.contains(&odd.claim.quantity) {
            continue;
        }
        let same = |other: &Told<'_>| {
            other.claim.concept == odd.claim.concept && other.claim.whose == odd.claim.whose
        };
        let agreeing = |one: &Told<'_>| {
            told.iter().filter(|other| same(other) && other.quantity.hard.meets(&one.quantity.hard)).count()
        };
        // Of two numbers the one told less often is odd; of two told once, the later.
        if agreeing(odd) > 1 {
            continue;
        }
        let against = told.iter().enumerate().find(|(at, other)| {
            let twice = agreeing(other) > 1;
            *at != index
                && same(other)
                && !other.quantity.hard.meets(&odd.quantity.hard)
                && are_of_one_event(copy, odd, other)
                && ((twice && is_slip(odd.quantity.value, other.quantity.value))
                    || (*at < index && odd.is_whole && other.is_whole))
        });
        let Some((_, other)) = against else { continue };
        // Three numbers of one thing are told of several.
        let values = told.iter().filter(|one| same(one)).fold(Vec::new(), |mut values: Vec<f64>, one| {
            if !values.contains(&one.quantity.value) {
                values.push(one.quantity.value);
            }
            values
        });
        if values.len() > 2 {
            continue;
        }
        let mut draft = Draft::new(Check::InternalFigure, Verdict::Wrong, odd.quantity.number.clone());
        draft.expected = copy.read.scan.text.get(other.quantity.span.clone()).map(str::to_owned);
        draft.values = vec![("context", copy.excerpt(&other.quantity.span))];
        reporter.report(draft);
    }
}

/// A claim as a count of the whole story; `None` where it is one of a part, a time or another event.
fn told<'a>(copy: &Copy<'a>, claim: &'a Claim, headline: &Range<usize>) -> Option<Told<'a>> {
    let quantity = copy.quantity(claim)?;
    let is_plain = is_toll(copy, claim)
        && copy.is_count(quantity)
        && quantity.value >= LEAST
        && !matches!(
            quantity.hedge,
            HedgeKind::Vague | HedgeKind::FewerThan | HedgeKind::AtMost | HedgeKind::UpTo
        )
        && !claim.barred
        && !claim.partitive
        && !claim.previous
        && !claim.only_upper
        && claim.as_of.is_none()
        && claim.telling == Telling::Told
        && matches!(claim.whose, Whose::Nobodys | Whose::Group(_) | Whose::Earlier);
    if !is_plain {
        return None;
    }
    let sentence = copy.sentence(quantity.tokens.start);
    let is_ordinal = |hit: &Hit| matches!(hit.sense, Sense::Number(NumberSense::Ordinal(_)));
    let is_of_another = copy.has_term(&sentence, Term::OtherEvent)
        || copy.has_term(&sentence, Term::Moved)
        || copy.has_marker(
            &sentence,
            &[Marker::Elsewhere, Marker::Then, Marker::Previous, Marker::Additional, Marker::Partitive],
        )
        || (copy.has(&sentence, SenseSet::NUMBER)
            && copy.read.scan.hits_in(&sentence).iter().any(is_ordinal));
    if is_of_another {
        return None;
    }
    Some(Told {
        places: places(copy, &sentence),
        speakers: speakers(copy, &sentence),
        attributed: copy.has_marker(&sentence, &[Marker::Says]),
        is_whole: copy.has_term(&sentence, Term::Toll)
            || copy.has_term(&sentence, Term::Sum)
            || copy.has_marker(&sentence, &[Marker::Total]),
        in_headline: headline.contains(&quantity.tokens.start),
        claim,
        quantity,
        sentence,
    })
}

/// The capitalised words behind prepositions of place.
fn places(copy: &Copy<'_>, sentence: &Range<usize>) -> Vec<WordId> {
    let scan = copy.read.scan;
    let mut places = Vec::new();
    for at in sentence.clone() {
        let said = copy.marker_at(at, Marker::Locative).into_iter().chain(copy.term_at(at, Term::Where));
        let Some(len) = said.max() else { continue };
        for next in at + len..(at + len + 3).min(sentence.end) {
            if scan
                .word(next)
                .is_some_and(|word| word.shape == Shape::Capital && word.kind == TokenKind::Word)
                && let Some(token) = scan.tokens.get(next)
            {
                places.push(token.word);
            }
        }
    }
    places
}

/// Markers of words that name no speaker.
const SMALL: SenseSet = SenseSet::markers(&[Marker::Function, Marker::Says, Marker::Break, Marker::Definite]);

/// The words around those that say somebody speaks.
fn speakers(copy: &Copy<'_>, sentence: &Range<usize>) -> Vec<WordId> {
    const NEAR: usize = 5;
    let scan = copy.read.scan;
    let mut speakers = Vec::new();
    for at in sentence.clone() {
        let Some(len) = copy.marker_at(at, Marker::Says) else { continue };
        for near in at.saturating_sub(NEAR).max(sentence.start)..(at + len + NEAR).min(sentence.end) {
            let is_small = scan.begins(near).has_any(SMALL);
            // What is told of says nothing of who tells it.
            let is_told = SenseSet::PEOPLE | SenseSet::CONCEPT | SenseSet::NUMBER;
            if copy.is_word(near)
                && !is_small
                && !copy.has(&(near..near + 1), is_told)
                && let Some(token) = scan.tokens.get(near)
            {
                speakers.push(token.word);
            }
        }
    }
    speakers
}

/// Whether nothing says that the two are of different times, places or sources.
fn are_of_one_event(copy: &Copy<'_>, one: &Told<'_>, other: &Told<'_>) -> bool {
    if one.sentence == other.sentence {
        return false;
    }
    let share = |a: &[WordId], b: &[WordId]| a.iter().any(|word| b.contains(word));
    let same_place = match (one.places.is_empty(), other.places.is_empty()) {
        (true, true) => true,
        (false, false) => share(&one.places, &other.places),
        // A number with a place may be that place's alone; the headline's place is the story's.
        _ => one.in_headline || other.in_headline,
    };
    // What nobody is quoted with is the copy's own; what somebody is, may be one of several counts.
    let same_source = !one.attributed || (other.attributed && share(&one.speakers, &other.speakers));
    let (first, second) = (days(copy, &one.sentence), days(copy, &other.sentence));
    // "This year", "since May": a number of more than one day.
    if first.iter().chain(&second).any(|meaning| matches!(meaning, Meaning::Range(..))) {
        return false;
    }
    let same_day = first.is_empty() || second.is_empty() || first.iter().any(|day| second.contains(day));
    same_place && same_source && same_day
}

fn days(copy: &Copy<'_>, sentence: &Range<usize>) -> Vec<Meaning> {
    let first = copy.read.dates.partition_point(|date| date.tokens.start < sentence.start);
    copy.read
        .dates
        .iter()
        .skip(first)
        .take_while(|date| date.tokens.start < sentence.end)
        .map(|date| date.meaning.clone())
        .collect()
}
