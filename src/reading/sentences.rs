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
    for (before, (previous, token)) in
        scan.tokens.iter().zip(scan.tokens.get(1..).unwrap_or_default()).enumerate()
    {
        let at = before + 1;
        let begins = match token.gap {
            Gap::Paragraph => true,
            Gap::Line if !wrapped => true,
            // Most words follow a word, and no sentence ends with one.
            _ if previous.kind != TokenKind::Symbol => false,
            Gap::None => scan.symbol(before).is_some_and(is_full_width_stop),
            _ => follows_stop(scan, at),
        };
        if begins {
            starts.push(at as u32);
        }
    }
    starts
}

fn is_full_width_stop(symbol: char) -> bool {
    matches!(symbol, '。' | '！' | '？' | '।')
}

/// Whether the token stands after a stop that ends a sentence, closing quotes and brackets aside.
fn follows_stop(scan: &Scan<'_>, at: usize) -> bool {
    let mut before = at - 1;
    while before > 0 && scan.symbol(before).is_some_and(is_closing) && scan.gap(before) == Gap::None {
        before -= 1;
    }
    match scan.symbol(before) {
        Some('!' | '?' | '…' | '؟' | '۔' | '。' | '！' | '？' | '।') => starts_upper(scan, at),
        Some('.') => {
            if !starts_upper(scan, at) || is_abbreviated(scan, before) {
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

/// No abbreviation is longer, in tokens.
const LONGEST_ABBREVIATION: usize = 12;

/// Whether the stop is one of an abbreviation's, whatever sense that has.
fn is_abbreviated(scan: &Scan<'_>, stop: usize) -> bool {
    scan.hits_in(&(stop.saturating_sub(LONGEST_ABBREVIATION)..stop + 1)).iter().any(|hit| {
        let end = hit.token as usize + hit.len as usize;
        hit.len > 1 && end > stop && scan.is_symbol(end - 1, ".")
    })
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

fn is_closing(symbol: char) -> bool {
    matches!(symbol, '"' | '”' | '“' | '»' | '’' | '\'' | ')' | ']' | '›' | '」' | '』')
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
