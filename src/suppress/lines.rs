//! Which line a comment is for, and what goes with it when it is taken out.

use std::ops::Range;

use memchr::{memchr, memrchr};

use crate::article::comments::BLANK;

/// Finds the lines of comments, which are asked for in their order. `text` is the file with its comments
/// blanked: there a comment with a line to itself stands on the line behind it.
pub(super) struct Lines<'t> {
    text: &'t str,
    /// Where the search for the last line that was found began, and that line: many comments may be for one.
    last: Option<(usize, Range<usize>)>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, last: None }
    }

    /// The line of a comment; where it has no copy, the next that has.
    pub(super) fn of(&mut self, comment: &Range<usize>) -> Range<usize> {
        if let Some((from, line)) = &self.last
            && (*from..line.end.max(*from + 1)).contains(&comment.start)
        {
            return line.clone();
        }
        let bytes = self.text.as_bytes();
        let head = bytes.get(..comment.start).unwrap_or_default();
        let from = memrchr(b'\n', head).map_or(0, |newline| newline + 1);
        let mut line = from..end_of_line(bytes, comment.end);
        while !has_copy(self.text.get(line.clone()).unwrap_or_default()) && line.end < bytes.len() {
            line = line.end + 1..end_of_line(bytes, line.end + 1);
        }
        self.last = Some((from, line.clone()));
        line
    }
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    memchr(b'\n', bytes.get(from..).unwrap_or_default()).map_or(bytes.len(), |newline| from + newline)
}

/// Whether anything but tags and the marks of a block quotation stands on a line.
fn has_copy(line: &str) -> bool {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let is_tag = |inside: &str| inside.starts_with(|c: char| c == '/' || c.is_ascii_alphabetic());
        rest = match rest
            .strip_prefix('<')
            .filter(|inside| is_tag(inside))
            .and_then(|tag| tag.split_once('>'))
        {
            Some((_, behind)) => behind,
            None if c.is_whitespace() || c == '>' || c == BLANK => {
                rest.get(c.len_utf8()..).unwrap_or_default()
            }
            None => return true,
        };
    }
    false
}

/// A comment with what is to go with it: its line where it has one to itself, else the spaces that would be
/// one too many.
pub(super) fn with_its_space(text: &str, comment: &Range<usize>) -> Range<usize> {
    let before = text.get(..comment.start).unwrap_or_default();
    let behind = text.get(comment.end..).unwrap_or_default();
    let blanks = |c: char| c == ' ' || c == '\t';
    let start = before.trim_end_matches(blanks).len();
    let after = behind.trim_start_matches(blanks);
    let end = text.len() - after.len();
    let begins_line = before.get(..start).is_none_or(|head| head.is_empty() || head.ends_with('\n'));
    let line_break = ["\r\n", "\n"].into_iter().find(|line_break| after.starts_with(line_break));
    match line_break {
        Some(line_break) if begins_line => start..end + line_break.len(),
        Some(_) => start..comment.end,
        None if after.is_empty() => start..end,
        None if begins_line || start < comment.start => comment.start..end,
        None => comment.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::comments::Comments;

    fn lines(text: &str) -> Vec<&str> {
        let comments = Comments::find("a.md", text, 0..text.len());
        let mut lines = Lines::new(comments.blanked().unwrap_or(text));
        comments.spans().iter().map(|comment| text[lines.of(comment)].trim()).collect()
    }

    #[test]
    fn a_comment_is_for_its_line_or_for_the_next() {
        assert_eq!(lines("a\nb <!-- 1 -->\nc"), ["b <!-- 1 -->"]);
        assert_eq!(lines("a\n<!-- 1 -->\r\nb\nc"), ["<!-- 1 -->\r\nb"]);
        assert_eq!(lines("a\n\n<!-- 1 -->\n<!-- 2 -->\n\nb\nc"), ["b", "b"]);
        assert_eq!(lines("> <!-- 1 -->\n> b\n> c"), ["> b"]);
        assert_eq!(lines("<div><!-- 1 -->\n<p>\nb</p>\n</div>"), ["b</p>"]);
        assert_eq!(
            lines("<!-- 1 --> a\nb <!-- 2 --> c\n<!-- 3 -->"),
            ["<!-- 1 --> a", "b <!-- 2 --> c", "<!-- 3 -->"]
        );
        assert_eq!(lines("a < 3 <!-- 1\n2 --> b\nc"), ["a < 3 <!-- 1\n2 --> b"]);
    }

    #[test]
    fn what_goes_with_a_comment() {
        for (text, left) in [
            ("a\n <!----> \r\nb", "a\nb"),
            ("a <!---->\nb", "a\nb"),
            ("a <!----> b", "a b"),
            ("a<!---->b", "ab"),
            ("<!----> b", "b"),
            ("a\n<!---->", "a\n"),
            ("a<!----> b", "a b"),
        ] {
            let at = text.find("<!---->").unwrap_or_default();
            let mut cut = text.to_owned();
            cut.replace_range(with_its_space(text, &(at..at + 7)), "");
            assert_eq!(cut, left, "{text:?}");
        }
    }
}
