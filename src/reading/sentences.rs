//! Where sentences begin: stops that end one, against those of abbreviations, ordinals and initials.

use super::lexer::{Gap, TokenKind};
use super::scan::Scan;
use super::vocabulary::Shape;
use crate::language::Sense;
use crate::language::sense::DateSense;

/// The first tokens of the sentences of a text, in order; the first is 0 where there is any token.
pub fn sentence_starts(scan: &Scan<'_>) -> Vec<u32> {
    let mut starts = Vec::new();
    if scan.tokens.is_empty() {
        return starts;
    }
    starts.push(0);
    let wrapped = is_hard_wrapped(scan.text);
    let mut covered_by_abbreviation = 0;
    let mut next_hit = 0;
    for at in 0..scan.tokens.len() {
        while let Some(hit) = scan.hits.get(next_hit).filter(|hit| hit.token as usize <= at) {
            // The stop of an abbreviation ends no sentence, whatever sense the abbreviation has.
            let end = hit.token as usize + hit.len as usize;
            if hit.len > 1 && scan.is_symbol(end - 1, ".") {
                covered_by_abbreviation = covered_by_abbreviation.max(end);
            }
            next_hit += 1;
        }
        if at == 0 {
            continue;
        }
        let gap = scan.gap(at);
        let begins = match gap {
            Gap::Paragraph => true,
            Gap::Line if !wrapped => true,
            Gap::None => is_full_width_stop(scan.raw(at - 1)),
            // Most words follow a word, and no sentence ends with one.
            _ => {
                scan.kind(at - 1) == Some(TokenKind::Symbol)
                    && follows_stop(scan, at, covered_by_abbreviation)
            }
        };
        if begins && starts.last().is_none_or(|&last| last < at as u32) {
            starts.push(at as u32);
        }
    }
    starts
}

fn is_full_width_stop(symbol: &str) -> bool {
    matches!(symbol, "。" | "！" | "？" | "।")
}

/// Whether the token stands after a stop that ends a sentence, closing quotes and brackets aside.
fn follows_stop(scan: &Scan<'_>, at: usize, covered_by_abbreviation: usize) -> bool {
    let mut before = at - 1;
    while before > 0 && is_closing(scan.raw(before)) && scan.gap(before) == Gap::None {
        before -= 1;
    }
    if scan.kind(before) != Some(TokenKind::Symbol) {
        return false;
    }
    match scan.raw(before) {
        "!" | "?" | "…" | "؟" | "۔" | "。" | "！" | "？" | "।" => starts_upper(scan, at),
        "." => {
            if before < covered_by_abbreviation || !starts_upper(scan, at) {
                return false;
            }
            let Some(previous) = before.checked_sub(1) else { return false };
            match scan.kind(previous) {
                // "8. Januar", and "am 8. in Moskau" needs no capital to be told from a sentence's end.
                Some(TokenKind::Number) if scan.language.pack.ordinal_stop => {
                    scan.raw(previous).len() > 2
                        || !scan
                            .hits_at(at)
                            .iter()
                            .any(|hit| matches!(hit.sense, Sense::Date(DateSense::Month(_))))
                }
                // An initial: "J. Smith".
                Some(TokenKind::Word) => {
                    scan.raw(previous).chars().count() > 1
                        || scan.word(previous).is_none_or(|word| word.shape == Shape::Lower)
                }
                _ => true,
            }
        }
        _ => false,
    }
}

fn starts_upper(scan: &Scan<'_>, at: usize) -> bool {
    let mut at = at;
    // Quotes, brackets and dashes may open a sentence.
    while scan.kind(at) == Some(TokenKind::Symbol)
        && scan.gap(at + 1) <= Gap::Space
        && at + 1 < scan.tokens.len()
    {
        at += 1;
    }
    match scan.word(at) {
        Some(word) if word.kind == TokenKind::Word => !matches!(word.shape, Shape::Lower),
        Some(_) => true,
        None => true,
    }
}

fn is_closing(symbol: &str) -> bool {
    matches!(symbol, "\"" | "”" | "“" | "»" | "’" | "'" | ")" | "]" | "›" | "」" | "』")
}

/// Whether single line breaks are only typesetting: most lines end at about one width.
fn is_hard_wrapped(text: &str) -> bool {
    let (mut lines, mut full, mut long) = (0usize, 0usize, 0usize);
    let mut start = 0;
    // The head of a text tells; a long story must not be walked for it.
    for at in memchr::memchr_iter(b'\n', text.as_bytes()).take(200) {
        let len = at - start;
        start = at + 1;
        match len {
            0..=2 => {}
            3..=54 => lines += 1,
            55..=100 => {
                lines += 1;
                full += 1;
            }
            _ => {
                lines += 1;
                long += 1;
            }
        }
    }
    lines >= 4 && long == 0 && full * 5 >= lines * 3
}
