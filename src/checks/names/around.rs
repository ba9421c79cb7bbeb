//! What stands around a name: the senses of its neighbours, and whether two things are bound together.

use std::ops::Range;

use crate::checks::case::Read;
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};

/// No phrase that matters here is longer, in tokens.
const LONGEST_PHRASE: usize = 6;

/// Whether a word or phrase over the token has one of the senses.
pub(super) fn has(read: &Read<'_>, at: usize, accept: impl Fn(Sense) -> bool) -> bool {
    read.scan
        .hits_in(&(at.saturating_sub(LONGEST_PHRASE - 1)..at + 1))
        .iter()
        .any(|hit| (hit.token + hit.len) as usize > at && accept(hit.sense))
}

pub(super) fn is_marked(read: &Read<'_>, at: usize, markers: &[Marker]) -> bool {
    has(read, at, |sense| matches!(sense, Sense::Clause(marker) if markers.contains(&marker)))
}

/// Articles, and the small words that make one noun another's.
fn is_binding(read: &Read<'_>, at: usize, more: &[Marker]) -> bool {
    let word = read.scan.folded(at);
    if read.scan.language.pack.numbers.joiners.iter().any(|joiner| joiner == word) {
        return false;
    }
    is_marked(read, at, &[Marker::Definite, Marker::Link])
        || is_marked(read, at, more)
        || read.scan.language.pack.dates.one.iter().any(|article| article == word)
}

/// Whether the tokens between two things are few and only bind them: articles, "of", commas, dashes and
/// words of the given markers, within one line.
pub(super) fn are_bound(read: &Read<'_>, between: Range<usize>, more: &[Marker]) -> bool {
    const MOST: usize = 4;
    between.len() <= MOST
        && (between.start..between.end + 1).all(|at| read.scan.gap(at) < Gap::Paragraph)
        && between.clone().all(|at| match read.scan.kind(at) {
            Some(TokenKind::Word) => is_binding(read, at, more),
            Some(TokenKind::Symbol) => matches!(read.scan.raw(at), "," | "–" | "—" | "-" | "("),
            _ => false,
        })
}

/// Whether the tokens between two things are none, or small words only that make one the other's.
pub(super) fn are_one_phrase(read: &Read<'_>, between: Range<usize>, more: &[Marker]) -> bool {
    are_bound(read, between.clone(), more)
        && between.len() <= 2
        && between.clone().all(|at| read.scan.kind(at) == Some(TokenKind::Word))
}

/// Whether a token begins a sentence or stands in the same one as another: both in one sentence.
pub(super) fn sentence_of(read: &Read<'_>, at: usize) -> Range<usize> {
    let next = read.sentences.partition_point(|&start| start as usize <= at);
    let start =
        next.checked_sub(1).and_then(|this| read.sentences.get(this)).map_or(0, |&start| start as usize);
    let end = read.sentences.get(next).map_or(read.scan.tokens.len(), |&start| start as usize);
    start..end
}
