//! Direct quotations: what stands between quotation marks that belong together. A mark that is never
//! closed quotes nothing beyond its paragraph, unless the next one begins with the same mark, as copy
//! does where a quotation goes on.

use std::ops::Range;

use super::lexer::{Gap, TokenKind};
use super::scan::Scan;

/// The tokens of every direct quotation without its marks, in order, none overlapping.
pub fn read_quotations(scan: &Scan<'_>) -> Vec<Range<usize>> {
    let pairs = &scan.language.pack.quotes;
    let mut quotations = Vec::new();
    let mut open: Option<(usize, &(String, String))> = None;
    for at in 0..scan.tokens.len() {
        // A paragraph ends a quotation that does not go on in the next one.
        if scan.gap(at) == Gap::Paragraph
            && let Some((_, pair)) = open
            && scan.raw(at) != pair.0
        {
            open = None;
        }
        if scan.kind(at) != Some(TokenKind::Symbol) {
            continue;
        }
        let raw = scan.raw(at);
        match open {
            // German closes with what English opens with: of a mark that opens, the other end decides.
            Some((start, pair)) if closes(scan, at, raw, pair, pairs) => {
                quotations.push(start + 1..at);
                open = None;
            }
            Some(_) => {}
            None => {
                open = pairs.iter().find(|pair| pair.0 == raw && opens(scan, at)).map(|pair| (at, pair));
            }
        }
    }
    quotations
}

/// Whether a token stands in one of the quotations.
pub fn is_quoted(quotations: &[Range<usize>], token: usize) -> bool {
    let next = quotations.partition_point(|quotation| quotation.end <= token);
    quotations.get(next).is_some_and(|quotation| quotation.contains(&token))
}

/// An opening mark stands right before what it quotes, and apart from what is before it.
fn opens(scan: &Scan<'_>, at: usize) -> bool {
    let is_apart = at == 0 || scan.gap(at) != Gap::None || scan.kind(at - 1) == Some(TokenKind::Symbol);
    is_apart && scan.gap(at + 1) == Gap::None
}

/// A closing mark stands right behind what it quotes; one that is an apostrophe goes on without a space.
fn closes(
    scan: &Scan<'_>,
    at: usize,
    raw: &str,
    open: &(String, String),
    pairs: &[(String, String)],
) -> bool {
    let is_end = pairs.iter().any(|pair| pair.0 == open.0 && pair.1 == raw);
    is_end
        && scan.gap(at) == Gap::None
        && (scan.gap(at + 1) != Gap::None || scan.kind(at + 1) != Some(TokenKind::Word))
}
