//! Text of files made safe to show: what a terminal would act upon is spelled out instead.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is shown as its code: control characters, and those that change the order or
/// the joining of what stands around them. A copy in which they hide is to be seen as it is.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Appends a character as it is to be shown: hidden ones as `<U+202E>`.
pub fn push(out: &mut String, c: char) {
    if is_hidden(c) {
        // Writing to a string cannot fail.
        let _ = write!(out, "<U+{:04X}>", u32::from(c));
    } else {
        out.push(c);
    }
}

/// One line of text as it is to be shown: ends of lines and tabs become spaces, hidden characters
/// their codes.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\t' => out.push(' '),
            c => push(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// [`line()`], and no wider than `width` columns: what is cut off is an ellipsis.
pub fn cut(text: &str, width: usize) -> String {
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

    // Combining marks have no width: the length is bounded as well.
    let end = text.char_indices().nth(width * 4).map_or(text.len(), |(at, _)| at);
    let shown = line(text.get(..end).unwrap_or(text));
    if end == text.len() && shown.width() <= width {
        return shown.into_owned();
    }
    let mut out = String::new();
    let mut columns = 0;
    for c in shown.chars() {
        columns += c.width().unwrap_or(0);
        if columns >= width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_spelled_out() {
        assert_eq!(line("Київ, й"), "Київ, й");
        assert_eq!(line("a\u{202e}b\u{1b}[31m"), "a<U+202E>b<U+001B>[31m");
        assert_eq!(line("one\r\ntwo\tthree"), "one two three");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(cut("Токаєв", 6), "Токаєв");
        assert_eq!(cut("Токаєв сказав", 6), "Токає…");
        assert_eq!(cut("漢字漢字", 4), "漢…");
        assert!(cut(&"\u{301}".repeat(1_000), 10).chars().count() < 50);
    }
}
