//! Direct quotations: what stands between quotation marks that belong together. A mark that is never
//! closed quotes nothing beyond its paragraph, unless the next one begins with the same mark, as copy
//! does where a quotation goes on.

use std::ops::Range;

use super::lexer::{Gap, TokenKind};
use super::scan::Scan;

/// The tokens of every direct quotation without its marks, in order, none overlapping.
pub fn read_quotations(scan: &Scan<'_>) -> Vec<Range<usize>> {
    let pairs = &scan.language.pack.quotes;
    // Most symbols are commas and stops.
    let first_byte = |mark: &String| mark.as_bytes().first().copied().unwrap_or(u8::MAX);
    let of_marks = pairs.iter().flat_map(|(open, close)| [first_byte(open), first_byte(close)]);
    let bits = of_marks.filter(u8::is_ascii).fold(0u128, |bits, byte| bits | 1 << byte);
    let may_be_mark =
        |raw: &str| raw.bytes().next().is_some_and(|byte| byte >= 0x80 || bits >> byte & 1 == 1);
    let mut quotations = Vec::new();
    let mut open: Option<(usize, &(String, String))> = None;
    for (at, token) in scan.tokens.iter().enumerate() {
        if token.kind != TokenKind::Symbol && token.gap != Gap::Paragraph {
            continue;
        }
        // A paragraph ends a quotation that does not go on in the next one.
        if token.gap == Gap::Paragraph
            && let Some((_, pair)) = open
            && scan.raw(at) != pair.0
        {
            open = None;
        }
        let raw = scan.text.get(token.range()).unwrap_or_default();
        if token.kind != TokenKind::Symbol || !may_be_mark(raw) {
            continue;
        }
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

/// The tokens that may be somebody else's words, in order, none overlapping. This rather has too much than too
/// little: the quotations, what stands between marks that are none of the language's, paragraphs with a mark that
/// has no other end, and lines that begin as quotations do in Markdown and in mail.
pub fn read_doubtful(scan: &Scan<'_>, quotations: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut doubtful = quotations.to_vec();
    let mut known = quotations.iter().peekable();
    for paragraph in parts(scan, Gap::Paragraph) {
        doubtful_in(scan, paragraph, &mut known, &mut doubtful);
    }
    doubtful.extend(parts(scan, Gap::Line).filter(|line| scan.is_symbol(line.start, ">")));
    doubtful.sort_by_key(|range| range.start);
    doubtful.dedup_by(|later, first| {
        let overlaps = later.start <= first.end;
        if overlaps {
            first.end = first.end.max(later.end);
        }
        overlaps
    });
    doubtful
}

/// The tokens cut where such a gap, or a wider one, stands before one.
fn parts(scan: &Scan<'_>, gap: Gap) -> impl Iterator<Item = Range<usize>> {
    let count = scan.tokens.len();
    let mut start = 0;
    std::iter::from_fn(move || {
        let from = start;
        start = (from + 1..count).find(|&at| scan.gap(at) >= gap).unwrap_or(count);
        (from < count).then_some(from..start)
    })
}

/// Adds what is doubtful in one paragraph; `known` are the quotations from there on.
fn doubtful_in<'q>(
    scan: &Scan<'_>,
    paragraph: Range<usize>,
    known: &mut std::iter::Peekable<impl Iterator<Item = &'q Range<usize>>>,
    doubtful: &mut Vec<Range<usize>>,
) {
    let mut open: Option<usize> = None;
    let mut at = paragraph.start;
    while at < paragraph.end {
        while known.next_if(|quotation| quotation.end < at).is_some() {}
        // A pair of the language's is passed over with its marks.
        if let Some(quotation) = known.peek().filter(|quotation| quotation.start <= at + 1) {
            at = quotation.end + 1;
            continue;
        }
        let raw = scan.raw(at);
        let is_mark = scan.symbol(at).is_some_and(|symbol| MARKS.contains(symbol));
        if is_mark {
            match open {
                None if opens(scan, at) => open = Some(at),
                None if !APOSTROPHES.contains(raw) => return doubtful.push(paragraph),
                Some(from) if scan.gap(at) == Gap::None && !opens(scan, at) => {
                    doubtful.push(from..at);
                    open = None;
                }
                _ => {}
            }
        }
        at += 1;
    }
    if open.is_some() {
        doubtful.push(paragraph);
    }
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
