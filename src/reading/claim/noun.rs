//! The noun a number counts: right behind it, over adjectives and "of".

use std::ops::Range;

use super::GroupWord;
use super::words::Words;
use crate::language::Marker;
use crate::language::sense::Sense;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::Shape;

/// What a number counts, as far as its own noun tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun {
    /// The number stands alone: "748 were injured".
    None,
    /// Anybody: people, persons.
    People,
    Group(GroupWord),
    /// Something that nobody knows: cities, cars.
    Unknown,
}

/// A number's noun phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) noun: Noun,
    /// The token behind the phrase.
    pub(super) end: usize,
    /// Figures of the sheet whose own words stand in it.
    pub(super) figures: Vec<u16>,
}

/// Past this many tokens behind a number there is no noun of it.
const LONGEST: usize = 8;

/// Reads the noun phrase behind a number. `limit` is where the next number begins.
pub(super) fn read_noun(words: &Words<'_>, number: &Range<usize>, limit: usize) -> Phrase {
    let scan = words.scan;
    let capitals_are_nouns = scan.language.pack.capitalised_nouns;
    let limit = limit.min(number.end + LONGEST).min(words.sentence.end);
    // "R$": letters that touch a sign make another of it.
    let is_touched = |at: usize| {
        scan.kind(at) == Some(TokenKind::Symbol)
            && scan.gap(at) == Gap::None
            && at.checked_sub(1).is_some_and(|before| scan.kind(before) == Some(TokenKind::Word))
    };
    // "$31 billion", "US$ 31 billion": the sign stands before its number.
    let sign = number
        .start
        .checked_sub(1)
        .filter(|&at| scan.kind(at) == Some(TokenKind::Symbol) && scan.gap(number.start) != Gap::Paragraph)
        .map(|at| at - usize::from(is_touched(at)))
        .filter(|&at| at >= words.sentence.start);
    let mut figures: Vec<u16> = Vec::new();
    for figure in sign.into_iter().flat_map(|at| words.figures_at(at)) {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    let mut at = number.end;
    // Where the phrase ends if nothing more is found: adjectives without a noun are none of it.
    let mut end = at;
    let (mut unknown, mut linked, mut had) = (0, false, false);
    while at < limit {
        let before = figures.len();
        for figure in words.figures_at(at).filter(|_| !is_touched(at)) {
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
        if let Some(people) = words.people_at(at) {
            let end = people.range.end;
            return match people.group {
                Some(group) => Phrase { noun: Noun::Group(group), end, figures },
                None => behind_people(words, end, limit, figures),
            };
        }
        if figures.len() > before {
            // The sheet's own word for what is counted: nothing more need be known of it.
            return Phrase { noun: Noun::Unknown, end: at + 1, figures };
        }
        if scan.kind(at) != Some(TokenKind::Word) {
            // A hyphen inside a compound goes on; any other mark ends the phrase.
            if scan.is_symbol(at, "-") {
                at += 1;
                continue;
            }
            break;
        }
        if let Some((_, trigger)) = words.trigger_at(at) {
            // "Mit 514 Toten trauert der Libanon": what is counted can be a noun itself.
            had |= capitals_are_nouns && scan.shape(at) == Some(Shape::Capital);
            at = trigger.range.end;
            end = at;
            continue;
        }
        if let Some(len) = words.marker_at(at, Marker::Link) {
            linked = true;
            at += len;
            continue;
        }
        if linked && let Some(len) = words.marker_at(at, Marker::Function) {
            at += len;
            continue;
        }
        if let Some(len) = words.marker_at(at, Marker::Additional) {
            at += len;
            continue;
        }
        if !words.is_unknown(at) {
            break;
        }
        let is_capital = scan.word(at).is_some_and(|word| word.shape == Shape::Capital);
        if had && !is_capital {
            break;
        }
        at += 1;
        // Where nouns are capitalised every other word is an adjective or a verb.
        if capitals_are_nouns && !is_capital {
            continue;
        }
        unknown += 1;
        end = at;
        if unknown > 3 || capitals_are_nouns {
            break;
        }
    }
    Phrase { noun: if unknown > 0 { Noun::Unknown } else { Noun::None }, end, figures }
}

/// "16 members of the police" are police; "16 members of a gang" are not just anybody.
fn behind_people(words: &Words<'_>, end: usize, limit: usize, figures: Vec<u16>) -> Phrase {
    let people = |end: usize, figures| Phrase { noun: Noun::People, end, figures };
    let Some(len) = words.marker_at(end, Marker::Link) else { return people(end, figures) };
    let mut at = end + len;
    while at < limit && words.marker_at(at, Marker::Function).is_some() && words.people_at(at).is_none() {
        at += 1;
    }
    if at >= limit {
        return people(end, figures);
    }
    match words.people_at(at) {
        Some(whose) => match whose.group {
            Some(group) => Phrase { noun: Noun::Group(group), end: whose.range.end, figures },
            None => people(end, figures),
        },
        // "584 pessoas de suas casas": what became of them.
        None if words.trigger_at(end).is_some() => people(end, figures),
        // A name says where they are from, which is for the checks to judge.
        None if words.may_be_verb(at) || is_common_noun(words, at) => {
            Phrase { noun: Noun::Unknown, end: at + 1, figures }
        }
        None => people(end, figures),
    }
}

fn is_common_noun(words: &Words<'_>, at: usize) -> bool {
    words.scan.language.pack.capitalised_nouns
        && words.is_unknown(at)
        && !words.scan.hits_at(at).iter().any(|hit| matches!(hit.sense, Sense::Office(_)))
}
