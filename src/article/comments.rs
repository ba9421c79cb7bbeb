//! Comments in copy: notes of the desk that nobody publishes. In Markdown and HTML they are found and
//! blanked, so that no check reads them and the words on either side of one read as if it were not there.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

/// Stands for each byte of a comment in the text that is read. No file has one: [`super::load`] refuses
/// them. The lexer passes over it without a gap.
pub const BLANK: char = '\0';

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// A stretch of a text without what is left of its comments.
pub fn without_blanks(text: &str) -> Cow<'_, str> {
    match memchr::memchr(BLANK as u8, text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace(BLANK, "")),
        None => Cow::Borrowed(text),
    }
}

/// The comments of one article, and its file without them.
#[derive(Debug, Default)]
pub struct Comments {
    spans: Vec<Range<usize>>,
    blanked: Option<String>,
    published: bool,
}

impl Comments {
    /// Finds the comments in the copy of a file. `path` says by its ending what kind of file it is.
    pub fn find(path: &str, text: &str, body: Range<usize>) -> Self {
        let Some(copy) = text.get(body.clone()) else { return Self::default() };
        let Some(first) = memmem::find(copy.as_bytes(), OPEN.as_bytes()) else { return Self::default() };
        let spans = spans(text, body.start + first, body.end);
        // In plain text a comment is copy like any other.
        let published = !has_comments(path);
        let blanked = (!published).then(|| blank(text, body.start, &spans));
        Self { spans, blanked, published }
    }

    /// Bytes of the file, from `<!--` to behind `-->`, in order. One that is never closed reaches to behind
    /// its `<!--` only, is the last, and is not blanked.
    pub fn spans(&self) -> &[Range<usize>] {
        &self.spans
    }

    /// Whether readers would see them: in plain text they are no comments.
    pub fn are_published(&self) -> bool {
        self.published
    }

    /// The whole file with every comment blanked, byte for byte as long; `None` where there is nothing to
    /// blank.
    pub fn blanked(&self) -> Option<&str> {
        self.blanked.as_deref()
    }
}

/// Whether files of that name have comments. Standard input without a name is taken to.
fn has_comments(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path == "<stdin>"
        || name.rsplit_once('.').is_some_and(|(_, ending)| {
            ["md", "markdown", "mdown", "mkd", "html", "htm", "xhtml"]
                .iter()
                .any(|known| ending.eq_ignore_ascii_case(known))
        })
}

fn spans(text: &str, first: usize, end: usize) -> Vec<Range<usize>> {
    let (open, close) = (memmem::Finder::new(OPEN), memmem::Finder::new(CLOSE));
    let bytes = text.as_bytes().get(..end).unwrap_or_default();
    let find = |finder: &memmem::Finder<'_>, from: usize| {
        Some(from + finder.find(bytes.get(from..).unwrap_or_default())?)
    };
    let mut spans = Vec::new();
    let mut next = Some(first);
    while let Some(start) = next {
        let inside = start + OPEN.len();
        match find(&close, inside) {
            Some(at) => {
                spans.push(start..at + CLOSE.len());
                next = find(&open, at + CLOSE.len());
            }
            None => {
                spans.push(start..inside);
                next = None;
            }
        }
    }
    spans
}

/// The text with its comments blanked. A comment that has its line to itself takes the line break along: it
/// must not make two paragraphs of one.
fn blank(text: &str, body: usize, spans: &[Range<usize>]) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut clean_before = true;
    for (index, span) in spans.iter().enumerate() {
        let before = text.get(blanked.len().max(body)..span.start).unwrap_or_default();
        clean_before = match before.rsplit_once('\n') {
            Some((_, line)) => line.trim().is_empty(),
            None => clean_before && before.trim().is_empty(),
        };
        blanked.push_str(text.get(blanked.len()..span.start).unwrap_or_default());
        if !text.get(span.clone()).is_some_and(|comment| comment.ends_with(CLOSE)) {
            break;
        }
        blanked.extend(std::iter::repeat_n(BLANK, span.len()));
        let until = spans.get(index + 1).map_or(text.len(), |next| next.start);
        let behind = text.get(span.end..until).unwrap_or_default();
        if clean_before
            && let Some(line) = behind.find('\n')
            && behind.get(..line).is_some_and(|rest| rest.trim().is_empty())
        {
            blanked.push_str(behind.get(..line).unwrap_or_default());
            blanked.push(BLANK);
        }
    }
    blanked.push_str(text.get(blanked.len()..).unwrap_or_default());
    blanked
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text as it is read, with a dot for each blank.
    fn read(path: &str, text: &str) -> String {
        let comments = Comments::find(path, text, 0..text.len());
        let read = comments.blanked().unwrap_or(text);
        assert_eq!(read.len(), text.len());
        read.replace(BLANK, ".")
    }

    #[test]
    fn comments_are_blanked_in_markdown_and_html_only() {
        for path in ["a.md", "b/ü.HTML", "<stdin>"] {
            assert_eq!(read(path, "a<!-- é -->b <!---->."), "a...........b ........");
        }
        assert_eq!(read("a.txt", "a <!-- b -->"), "a <!-- b -->");
        assert_eq!(read("md", "a <!-- b -->"), "a <!-- b -->");
    }

    #[test]
    fn a_comment_with_a_line_to_itself_takes_its_break_along() {
        assert_eq!(read("a.md", "x\n <!-- b --> \ny"), "x\n .......... .y");
        assert_eq!(read("a.md", "x\r\n<!-- b -->\r\ny"), "x\r\n..........\r.y");
        assert_eq!(read("a.md", "x\n\n<!-- b -->\n\ny"), "x\n\n...........\ny");
        assert_eq!(read("a.md", "<!--\nb\n--><!-- c -->\ny"), ".....................y");
        assert_eq!(read("a.md", "x <!-- b -->\ny"), "x ..........\ny");
        assert_eq!(read("a.md", "<!-- b --> x <!-- c -->\ny"), ".......... x ..........\ny");
        assert_eq!(read("a.md", "x\n<!-- b -->"), "x\n..........");
    }

    #[test]
    fn one_that_is_never_closed_is_no_comment() {
        assert_eq!(read("a.md", "x <!-- b --> y <!-- c"), "x .......... y <!-- c");
    }

    proptest::proptest! {
        #[test]
        fn any_text_keeps_its_length_and_its_other_bytes(text in "(<!--|-->|--|[ \nаb\r]){0,20}") {
            let comments = Comments::find("a.md", &text, 0..text.len());
            let read = comments.blanked().unwrap_or(&text);
            proptest::prop_assert_eq!(read.len(), text.len());
            for (old, new) in text.bytes().zip(read.bytes()) {
                proptest::prop_assert!(new == old || new == 0);
            }
        }
    }
}
