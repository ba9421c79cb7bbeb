//! Cuts a text into words, digit runs and symbols in one pass over its bytes.
//!
//! A word is a run of letters with their combining marks and inner apostrophes. In scripts that are
//! written without spaces every letter is a word of its own, so that phrases are still sequences of
//! words. A number is a run of decimal digits only; separators stay symbols, for the number reader
//! to judge. White space is no token; each token knows what stood before it.

use super::vocabulary::{Shape, Vocabulary, WordId};
use crate::language::SmallWords;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum TokenKind {
    Word,
    Number,
    Symbol,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Gap {
    /// The tokens touch.
    None,
    /// Spaces or tabs.
    Space,
    /// A space that is not to be broken or is thin (NBSP, U+2009, U+202F): a separator inside numbers.
    Narrow,
    /// One line break.
    Line,
    /// A blank line, or the start of the text.
    Paragraph,
}

/// One token; `start..end` are bytes of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub start: u32,
    pub end: u32,
    pub word: WordId,
    pub kind: TokenKind,
    pub gap: Gap,
    pub shape: Shape,
    /// Filled in by whoever knows the language.
    pub small: SmallWords,
}

impl Token {
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The text of a token or of a run of them.
pub fn slice<'t>(text: &'t str, tokens: &[Token]) -> &'t str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => &text[first.start as usize..last.end as usize],
        _ => "",
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    Symbol,
    Letter,
    /// A letter of a script without spaces: a word of its own.
    Lone,
    Digit,
    /// Continues whatever stands before it: combining marks, joiners, soft hyphens.
    Mark,
    Apostrophe,
    Space,
    Narrow,
    Newline,
    /// A blanked byte of a comment: not there at all.
    Blank,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Symbol; 128];
    let mut i = 0;
    while i < 128 {
        let c = i as u8;
        table[i] = match c {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\'' => Class::Apostrophe,
            b'\n' => Class::Newline,
            0 => Class::Blank,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => Class::Space,
            _ => Class::Symbol,
        };
        i += 1;
    }
    table
};

fn classify(c: char) -> Class {
    match c {
        '\u{2019}' | '\u{2bc}' | '\u{ff07}' | '\u{2018}' | '\u{60}' | '\u{b4}' => Class::Apostrophe,
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2007}' | '\u{2008}' | '\u{200a}' => Class::Narrow,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Newline,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Class::Mark,
        '\u{aa}' | '\u{ba}' => Class::Symbol,
        '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Lone,
        // Thai, Lao, Myanmar, Khmer: letters alone, their signs go with them.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
            if c.is_numeric() {
                Class::Digit
            } else if is_mark(c) {
                Class::Mark
            } else if c.is_alphabetic() {
                Class::Lone
            } else {
                Class::Symbol
            }
        }
        _ if is_mark(c) => Class::Mark,
        _ if c.is_alphabetic() => Class::Letter,
        _ if digit_value(c).is_some() => Class::Digit,
        _ if c.is_whitespace() => Class::Space,
        _ => Class::Symbol,
    }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The value of a decimal digit of any script that news is written in.
pub fn digit_value(c: char) -> Option<u32> {
    // Where each script's digit zero stands (Unicode, general category Nd).
    const ZEROS: [u32; 16] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xe50, 0xed0,
        0x1040, 0xff10,
    ];
    let code = c as u32;
    ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&code)).map(|zero| code - zero)
}

/// The class of the character at a byte, and how many bytes it has.
#[inline(always)]
fn class_at(text: &str, at: usize) -> (Class, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 { (ASCII[byte as usize], 1) } else { wide_class_at(text, at) }
}

/// The class of a character that is not ASCII.
#[inline(never)]
fn wide_class_at(text: &str, at: usize) -> (Class, usize) {
    let bytes = text.as_bytes();
    let byte = bytes[at];
    if byte < 0xe0 {
        // Latin and Cyrillic letters, which most letters of copy that are not ASCII are (Unicode's blocks from
        // U+00C0 on and from U+0400 on, signs left out).
        let code = (u32::from(byte & 0x1f) << 6) | u32::from(bytes[at + 1] & 0x3f);
        if matches!(code, 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0x24f | 0x400..=0x481 | 0x48a..=0x52f) {
            return (Class::Letter, 2);
        }
    }
    match text[at..].chars().next() {
        Some(c) => (classify(c), c.len_utf8()),
        None => (Class::Symbol, 1),
    }
}

/// Where the word that goes on at a byte ends.
#[inline(always)]
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        // Most letters of most copy: no class needs to be looked up. Behind the two bytes stand U+0400 to
        // U+047F, which are all letters.
        if byte < 0x80 {
            match ASCII[byte as usize] {
                Class::Letter => at += 1,
                Class::Apostrophe => match apostrophe_end(text, at, 1) {
                    Some(next) => at = next,
                    None => break,
                },
                _ => break,
            }
        } else if matches!(byte, 0xd0 | 0xd1) {
            at += 2;
        } else {
            match wide_class_at(text, at) {
                (Class::Letter | Class::Mark, width) => at += width,
                (Class::Apostrophe, width) => match apostrophe_end(text, at, width) {
                    Some(next) => at = next,
                    None => break,
                },
                _ => break,
            }
        }
    }
    at
}

/// The byte behind an apostrophe that belongs to its word, as one does where a letter follows.
#[inline(never)]
fn apostrophe_end(text: &str, at: usize, width: usize) -> Option<usize> {
    let next = at + width;
    (next < text.len() && class_at(text, next).0 == Class::Letter).then_some(next)
}

/// Cuts `text` into tokens, giving every distinct word its id.
#[inline]
pub fn lex(text: &str, vocabulary: &mut Vocabulary, tokens: &mut Vec<Token>) {
    cut(text, tokens, |raw, kind| vocabulary.intern(raw, kind));
}

/// Cuts `text` into tokens, whose ids and shapes `name` gives.
pub fn cut(text: &str, tokens: &mut Vec<Token>, mut name: impl FnMut(&str, TokenKind) -> (WordId, Shape)) {
    tokens.clear();
    let bytes = text.as_bytes();
    let class_at = |at: usize| class_at(text, at);
    let mut gap = Gap::Paragraph;
    let mut at = 0;
    while at < bytes.len() {
        let (class, width) = class_at(at);
        let start = at;
        at += width;
        let kind = match class {
            Class::Space => {
                gap = gap.max(Gap::Space);
                continue;
            }
            Class::Narrow => {
                if gap == Gap::None {
                    gap = Gap::Narrow;
                }
                continue;
            }
            Class::Newline => {
                gap = if gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
                continue;
            }
            Class::Letter => {
                at = word_end(text, at);
                TokenKind::Word
            }
            Class::Digit => {
                while at < bytes.len() {
                    let (next, width) = class_at(at);
                    if next != Class::Digit {
                        break;
                    }
                    at += width;
                }
                TokenKind::Number
            }
            Class::Lone => {
                while at < bytes.len() {
                    let (next, width) = class_at(at);
                    if next != Class::Mark {
                        break;
                    }
                    at += width;
                }
                TokenKind::Word
            }
            Class::Mark => {
                // A mark with nothing before it: a zero-width joiner or a byte-order mark is no token.
                if gap == Gap::None
                    && let Some(last) = tokens.last_mut()
                    && last.end as usize == start
                {
                    continue;
                }
                continue;
            }
            Class::Blank => continue,
            Class::Symbol | Class::Apostrophe => TokenKind::Symbol,
        };
        let (word, shape) = name(&text[start..at], kind);
        let small = SmallWords::default();
        tokens.push(Token { start: start as u32, end: at as u32, word, kind, gap, shape, small });
        gap = Gap::None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_one_class_the_short_way_and_the_long() {
        for c in '\u{80}'..='\u{7ff}' {
            let text = c.to_string();
            assert!(class_at(&text, 0) == (classify(c), 2), "{c:?}");
        }
    }
}
