//! The bit of a file that a report shows around a span. The renderer is given this bit only, so that
//! a line of 20 MB costs no more than one of eighty letters.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::visible;

/// Columns shown of a line that has to be cut.
const WIDTH: usize = 96;

/// Columns of context that a span has at least on its right, however long the text before it.
const RIGHT: usize = 32;

/// Lines of a span that are shown; of a longer one only the first is.
const MOST_LINES: usize = 5;

/// Characters looked at in one direction: combining marks take no columns.
const MOST_CHARACTERS: usize = 400;

/// What to show, and where in it the span is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    pub text: String,
    /// Bytes of `text`, on character boundaries.
    pub span: Range<usize>,
}

/// The window around `span` of `text`. Takes any span: one past the end is at the end, one that
/// begins inside a character begins with it.
pub fn window(text: &str, span: Range<usize>) -> Window {
    let start = text.floor_char_boundary(span.start);
    let mut end = text.ceil_char_boundary(span.end).max(start);
    let breaks =
        |range: Range<usize>| text.get(range).map_or(0, |text| text.matches('\n').take(MOST_LINES).count());
    if breaks(start..end) >= MOST_LINES {
        end = start + text.get(start..end).and_then(|text| text.find('\n')).unwrap_or(0);
    }
    let mut builder = Builder { out: String::new() };
    let marked = text.get(start..end).unwrap_or_default();
    let (first, rest) = marked.split_once('\n').map_or((marked, None), |(first, rest)| (first, Some(rest)));
    // What is left and right of the first marked line share what it leaves of the width.
    let spare = WIDTH.saturating_sub(columns(first));
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let right = if rest.is_some() { 0 } else { columns(line_head(after)) };
    let left = spare.saturating_sub(right.min((spare / 2).max(RIGHT)));
    let used = builder.left(before, left);
    let span_start = builder.out.len();
    let mut span_end;
    match rest {
        None => {
            builder.right(first, WIDTH);
            span_end = builder.out.len();
            builder.right(line_head(after), spare.saturating_sub(used).max(RIGHT));
        }
        Some(rest) => {
            builder.right(first, WIDTH);
            let mut lines = rest.split('\n').peekable();
            span_end = builder.out.len();
            while let Some(line) = lines.next() {
                builder.out.push('\n');
                builder.right(line, WIDTH);
                span_end = builder.out.len();
                if lines.peek().is_none() {
                    builder.right(line_head(after), WIDTH.saturating_sub(columns(line)).max(RIGHT));
                }
            }
        }
    }
    // An end of line that belongs to the span is not drawn.
    if builder.out.as_bytes().get(span_end.wrapping_sub(1)) == Some(&b'\n') && span_end > span_start + 1 {
        span_end -= 1;
        builder.out.truncate(span_end);
    }
    Window { text: builder.out, span: span_start..span_end }
}

/// The text up to the end of its first line.
fn line_head(text: &str) -> &str {
    let head = text.get(..text.floor_char_boundary(MOST_CHARACTERS * 4)).unwrap_or(text);
    head.split('\n').next().unwrap_or(head)
}

/// How many columns a character takes: what is spelled out takes as many as its code.
fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        c if visible::is_hidden(c) => 8,
        c => c.width().unwrap_or(1),
    }
}

fn columns(text: &str) -> usize {
    text.chars().take(MOST_CHARACTERS).map(width).sum()
}

struct Builder {
    out: String,
}

impl Builder {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c == '\t' { self.out.push(c) } else { visible::push(&mut self.out, c) }
        }
    }

    /// The end of the line that `before` breaks off in, at most `most` columns of it, cut at a word.
    /// Returns the columns used.
    fn left(&mut self, before: &str, most: usize) -> usize {
        let (mut used, mut from, mut word) = (0, before.len(), None);
        for (count, (at, c)) in before.char_indices().rev().enumerate() {
            if c == '\n' {
                self.push(before.get(from..).unwrap_or_default());
                return used;
            }
            if used + width(c) > most || count >= MOST_CHARACTERS {
                let cut = word.unwrap_or(from);
                self.out.push('…');
                self.push(before.get(cut..).unwrap_or_default());
                return used + 1;
            }
            if c.is_whitespace() {
                word = Some(at);
            }
            used += width(c);
            from = at;
        }
        // A byte order mark is no text of the line.
        self.push(before.get(from..).unwrap_or_default().trim_start_matches(crate::source::BYTE_ORDER_MARK));
        used
    }

    /// The beginning of a line, at most `most` columns of it, cut at a word.
    fn right(&mut self, line: &str, most: usize) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let (mut used, mut word) = (0, None);
        for (count, (at, c)) in line.char_indices().enumerate() {
            if used + width(c) > most || count >= MOST_CHARACTERS {
                self.push(line.get(..word.unwrap_or(at)).unwrap_or_default());
                self.out.push('…');
                return;
            }
            used += width(c);
            if c.is_whitespace() {
                word = Some(at + c.len_utf8());
            }
        }
        self.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, what: &str) -> (String, String) {
        let at = text.find(what).unwrap();
        let window = window(text, at..at + what.len());
        (window.text[window.span].to_owned(), window.text)
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(marked("a\nЗагинули 18 людей.\r\nb", "18"), ("18".into(), "Загинули 18 людей.".into()));
    }

    #[test]
    fn a_long_line_is_cut_at_words() {
        let text = format!("{} 18 {}", "слово ".repeat(1_000).trim(), "слово ".repeat(1_000));
        let (span, shown) = marked(&text, "18");
        assert_eq!(span, "18");
        assert!(shown.starts_with("… слово") && shown.ends_with("слово …"), "{shown}");
        assert!(shown.chars().count() <= WIDTH + 4, "{shown}");
    }

    #[test]
    fn lines_of_a_span_stand_below_each_other() {
        assert_eq!(
            marked("President Kassym-Jomart\r\nTokayev said\nso", "Kassym-Jomart\r\nTokayev"),
            ("Kassym-Jomart\nTokayev".into(), "President Kassym-Jomart\nTokayev said".into())
        );
        let long = "x\n".repeat(1_000);
        assert_eq!(window(&long, 2..1_000), Window { text: "x".into(), span: 0..1 });
    }

    #[test]
    fn hidden_characters_are_spelled_out() {
        assert_eq!(marked("a\u{202e}18\u{200f}", "18").1, "a<U+202E>18<U+200F>");
    }

    #[test]
    fn the_end_of_a_file_has_a_place() {
        assert_eq!(window("abc", 3..3), Window { text: "abc".into(), span: 3..3 });
        assert_eq!(window("abc\n", 4..9), Window { text: String::new(), span: 0..0 });
        assert_eq!(window("", 0..0), Window { text: String::new(), span: 0..0 });
    }

    proptest::proptest! {
        #[test]
        fn any_span_of_any_text_has_a_window(text in "(\\PC|\n|\r|\t|\u{202e}|\u{301}){0,300}", start in 0_usize..1500, length in 0_usize..1500) {
            let window = window(&text, start..start + length);
            assert!(window.text.get(window.span.clone()).is_some());
            assert!(window.text.len() < 30_000);
        }
    }
}
