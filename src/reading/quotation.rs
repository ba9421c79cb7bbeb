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

/// What Unicode calls quotation marks, with the straight and the bent apostrophe. A language's own pairs are
/// in its pack; copy also has others.
const MARKS: &str = "\"'«»‘’‚‛“”„‟‹›「」『』〝〞〟";

/// Of these a single one is no end of a quotation but part of a word.
const APOSTROPHES: &str = "'’";

/// Whether a token may be somebody else's words. Other than [`is_quoted`] this rather says yes once too
/// often: also in a paragraph with a mark that has no other end, between marks that are none of the
/// language's, and in a line that begins as quotations do in Markdown and in mail.
pub fn may_be_quoted(scan: &Scan<'_>, quotations: &[Range<usize>], token: usize) -> bool {
    /// What has no end within so many tokens is no paragraph, and nothing can be said of it.
    const LONGEST: usize = 2_000;
    if is_quoted(quotations, token) {
        return true;
    }
    let first_with = |gap: Gap| {
        let mut first = token;
        while first > token.saturating_sub(LONGEST) && scan.gap(first) < gap {
            first -= 1;
        }
        first
    };
    if scan.is_symbol(first_with(Gap::Line), ">") {
        return true;
    }
    let start = first_with(Gap::Paragraph);
    let count = scan.tokens.len();
    let last = count.min(token + LONGEST);
    let end = (token + 1..last).find(|&at| scan.gap(at) == Gap::Paragraph).unwrap_or(last);
    let has_start = start == 0 || scan.gap(start) == Gap::Paragraph;
    let has_end = end == count || scan.gap(end) == Gap::Paragraph;
    if !has_start || !has_end {
        return true;
    }
    let known = quotations.partition_point(|quotation| quotation.end < start);
    let mut known = quotations.get(known..).unwrap_or_default().iter().peekable();
    let mut open: Option<usize> = None;
    let mut at = start;
    while at < end {
        // A pair of the language's is passed over with its marks.
        while known.next_if(|quotation| quotation.end < at).is_some() {}
        if let Some(quotation) = known.next_if(|quotation| quotation.start <= at + 1 && at <= quotation.end) {
            at = quotation.end + 1;
            continue;
        }
        let raw = scan.raw(at);
        if scan.kind(at) == Some(TokenKind::Symbol) && !raw.is_empty() && MARKS.contains(raw) {
            match open {
                None if opens(scan, at) => open = Some(at),
                None if !APOSTROPHES.contains(raw) => return true,
                Some(from) if scan.gap(at) == Gap::None && !opens(scan, at) => {
                    if (from..at).contains(&token) {
                        return true;
                    }
                    open = None;
                }
                _ => {}
            }
        }
        at += 1;
    }
    open.is_some()
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
