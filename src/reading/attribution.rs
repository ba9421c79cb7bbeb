//! Who is said to say something: the places around a word of saying where its speaker stands.

use std::ops::Range;

use super::dates::DateMention;
use super::lexer::TokenKind;
use super::scan::Scan;
use crate::language::{Marker, Sense, SenseSet, SmallWords};

/// Around one word of saying ("said", "according to").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Tokens of the word.
    pub says: Range<usize>,
    /// A speaker before it ends here: "the Interior Ministry said".
    pub before: usize,
    /// A speaker behind it begins here: "nach Angaben des Innenministeriums".
    pub behind: usize,
}

/// A speaker stands no further from the word, in tokens.
const FARTHEST: usize = 6;

/// The attributions of a sentence, in order.
pub fn read_attributions(
    scan: &Scan<'_>,
    sentence: &Range<usize>,
    dates: &[DateMention],
) -> Vec<Attribution> {
    let in_date = |at: usize| {
        let next = dates.partition_point(|date| date.tokens.end <= at);
        dates.get(next).is_some_and(|date| date.tokens.contains(&at))
    };
    // Articles and prepositions; a word that joins or begins a clause has a speaker of its own.
    let is_small = |at: usize| {
        in_date(at)
            || (scan.kind(at) == Some(TokenKind::Word)
                && !scan.hits_at(at).iter().any(|hit| {
                    hit.len == 1 && matches!(hit.sense, Sense::Clause(Marker::Break | Marker::Says))
                })
                && !scan.small_words(at).is(SmallWords::JOINS)
                && scan.hits_at(at).iter().any(|hit| {
                    hit.len == 1
                        && (matches!(hit.sense, Sense::Clause(Marker::Function | Marker::Definite))
                            || hit.sense == Sense::Around(Marker::Preposition))
                }))
    };
    let mut attributions: Vec<Attribution> = Vec::new();
    if !scan.within(sentence).has_any(SenseSet::marker(Marker::Says)) {
        return attributions;
    }
    for hit in scan.hits_in(sentence) {
        if hit.sense != Sense::Clause(Marker::Says) {
            continue;
        }
        let says = hit.token as usize..hit.token as usize + hit.len as usize;
        // The longest of several says it.
        if attributions.last().is_some_and(|last| last.says.end > says.start) {
            continue;
        }
        let mut before = says.start;
        while before > sentence.start.max(says.start.saturating_sub(FARTHEST)) && is_small(before - 1) {
            before -= 1;
        }
        let mut behind = says.end;
        while behind < sentence.end.min(says.end + FARTHEST) && is_small(behind) {
            behind += 1;
        }
        attributions.push(Attribution { says, before, behind });
    }
    attributions
}
