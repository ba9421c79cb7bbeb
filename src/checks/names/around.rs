//! What stands around a name: the senses of its neighbours, and whether two things are bound together.

use std::ops::Range;

use crate::checks::case::Read;
use crate::language::Marker;
use crate::reading::lexer::{Gap, TokenKind};

/// Articles, and the small words that make one noun another's.
fn is_binding(read: &Read<'_>, at: usize, more: &[Marker]) -> bool {
    let word = read.scan.folded(at);
    if read.scan.language.pack.numbers.joiners.iter().any(|joiner| joiner == word) {
        return false;
    }
    read.scan.is_article(at) || read.scan.is_marked(at, &[Marker::Link]) || read.scan.is_marked(at, more)
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
