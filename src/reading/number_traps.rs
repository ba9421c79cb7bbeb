//! Digits and number words that are no quantity: labels, clock times, addresses, page furniture.

use super::lexer::{Gap, TokenKind};
use super::number_senses::NumberSenses;
use super::scan::Scan;
use super::vocabulary::Shape;
use crate::language::number_words::NumberSense;

/// Whether a token is a word of letters with case that touches the token before it. Scripts without
/// case put their counters right behind the digits.
pub fn is_glue(scan: &Scan<'_>, token: usize) -> bool {
    scan.kind(token) == Some(TokenKind::Word)
        && scan.gap(token) == Gap::None
        && scan.word(token).is_some_and(|word| word.shape != Shape::Caseless)
}

/// Whether digits at a token belong to a name: `SCP173`, `COVID-19`, `user_5`.
pub fn is_tail_of_name(scan: &Scan<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| scan.gap(at) == Gap::None) else { return false };
    match scan.kind(before) {
        Some(TokenKind::Word) => scan.word(before).is_some_and(|word| word.shape != Shape::Caseless),
        Some(TokenKind::Symbol) => {
            matches!(scan.raw(before), "_" | "@" | "\\" | "&" | "=" | "-" | "\u{2010}" | "\u{2011}")
                && scan.gap(before) == Gap::None
                && before.checked_sub(1).is_some_and(|word| is_name_part(scan, word))
        }
        _ => false,
    }
}

/// A word with case that is no tail of a number itself: that of "5k-20k" is one.
fn is_name_part(scan: &Scan<'_>, token: usize) -> bool {
    let behind_digits = scan.gap(token) == Gap::None
        && token.checked_sub(1).is_some_and(|before| scan.kind(before) == Some(TokenKind::Number));
    scan.kind(token) == Some(TokenKind::Word)
        && scan.word(token).is_some_and(|word| word.shape != Shape::Caseless)
        && !behind_digits
}

/// Past this many bytes on either side an address is not looked at further.
const FAR: usize = 300;

/// Whether tokens `from..to` stand inside a web or mail address.
pub fn is_in_address(scan: &Scan<'_>, from: usize, to: usize) -> bool {
    let sign = |token: usize| {
        scan.kind(token) == Some(TokenKind::Symbol)
            && matches!(
                scan.raw(token),
                "/" | "." | "_" | "=" | "&" | "?" | "@" | "~" | "%" | "-" | ":" | "#"
            )
    };
    let touches_before = from > 0 && scan.gap(from) == Gap::None && sign(from - 1);
    let touches_behind = scan.gap(to) == Gap::None && sign(to);
    if !touches_before && !touches_behind {
        return false;
    }
    let (Some(first), Some(last)) =
        (scan.tokens.get(from), to.checked_sub(1).and_then(|at| scan.tokens.get(at)))
    else {
        return false;
    };
    let bytes = scan.text.as_bytes();
    let (start, end) = (first.start as usize, last.end as usize);
    let before = bytes.get(start.saturating_sub(FAR)..start).unwrap_or_default();
    let behind = bytes.get(end..(end + FAR).min(bytes.len())).unwrap_or_default();
    let start = start - before.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let end = end + behind.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let run = bytes.get(start..end).unwrap_or_default();
    let has = |needle: &[u8]| memchr::memmem::find(run, needle).is_some();
    let letter_dot_letter = || {
        run.windows(3)
            .any(|three| matches!(three, [a, b'.', b] if a.is_ascii_lowercase() && b.is_ascii_lowercase()))
    };
    has(b"://")
        || run.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"www."))
        || (has(b"@") && has(b"."))
        || (has(b"/") && letter_dot_letter())
}

/// Whether the words around tokens `from..to` make them something else than a quantity.
pub fn is_no_quantity(scan: &Scan<'_>, senses: &NumberSenses, from: usize, to: usize) -> bool {
    let behind = |sense: NumberSense| senses.is(to, sense).is_some();
    behind(NumberSense::Clock)
        || behind(NumberSense::Furniture)
        || senses.ending_at(from, |sense| (sense == NumberSense::Label).then_some(())).is_some()
        || is_in_idiom(senses, from, to)
        || is_in_address(scan, from, to)
}

/// Whether the sign before a token is Markdown's for a heading, "# 19 dead": at the head of its line, with a space
/// behind it.
pub fn is_in_heading(scan: &Scan<'_>, token: usize) -> bool {
    let is_mark = |at: usize| scan.is_symbol(at, "#") && scan.gap(at + 1) < Gap::Line;
    let mut start = token;
    while start.checked_sub(1).is_some_and(is_mark) {
        start -= 1;
    }
    start < token && scan.gap(token) != Gap::None && (start == 0 || scan.gap(start) >= Gap::Line)
}

/// Whether a phrase that is no number covers the tokens: "the one", "por cento".
fn is_in_idiom(senses: &NumberSenses, from: usize, to: usize) -> bool {
    (from.saturating_sub(4)..=from).any(|first| {
        senses.at(first).iter().any(|hit| {
            let covers = first + hit.len as usize >= to;
            match hit.sense {
                NumberSense::Idiom => covers,
                NumberSense::Unit(_) => covers && first < from,
                _ => false,
            }
        })
    })
}
