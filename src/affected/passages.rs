//! Where a passage stands, as an advisory says it: the headline, the fourth paragraph.

use std::ops::Range;

/// A place in a piece of copy for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Passage {
    Headline,
    /// Counted from 1, without the headline.
    Paragraph(usize),
}

/// The paragraphs of a copy, parted by blank lines; the first is the headline where it is one line that ends
/// like none, or is marked as a heading.
pub(super) struct Passages {
    paragraphs: Vec<Range<usize>>,
    has_headline: bool,
}

impl Passages {
    pub(super) fn of(text: &str) -> Self {
        let mut paragraphs: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        let mut open = false;
        for line in text.split_inclusive('\n') {
            let end = at + line.len();
            if line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
                open = false;
            } else {
                match paragraphs.last_mut().filter(|_| open) {
                    Some(paragraph) => paragraph.end = end,
                    None => paragraphs.push(at..end),
                }
                // A heading ends with its line.
                open = !line.starts_with('#');
            }
            at = end;
        }
        let first = paragraphs.first().and_then(|first| text.get(first.clone())).unwrap_or("").trim();
        let is_marked = first.trim_start_matches('\u{feff}').starts_with('#');
        let ends_like_text = first.ends_with(['.', '!', '?', '…', '"', '”', '“', '»', ':', ')', '。']);
        let has_headline = paragraphs.len() > 1 && (is_marked || (!first.contains('\n') && !ends_like_text));
        Self { paragraphs, has_headline }
    }

    /// The passage of a byte of the copy.
    pub(super) fn at(&self, offset: usize) -> Passage {
        let index = self.paragraphs.partition_point(|paragraph| paragraph.start <= offset).saturating_sub(1);
        match (index, self.has_headline) {
            (0, true) => Passage::Headline,
            (index, headline) => Passage::Paragraph(index + 1 - usize::from(headline)),
        }
    }
}

/// `headline`, `4th paragraph`.
impl std::fmt::Display for Passage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Headline => f.write_str("headline"),
            Self::Paragraph(number) => {
                let ending = match (number % 10, number % 100) {
                    (_, 11..=13) => "th",
                    (1, _) => "st",
                    (2, _) => "nd",
                    (3, _) => "rd",
                    _ => "th",
                };
                write!(f, "{number}{ending} paragraph")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_counted_from_below_the_headline() {
        let text = "# Headline\nFirst one.\n\nSecond\none.\r\n \r\nThird.";
        let passages = Passages::of(text);
        let at = |part: &str| passages.at(text.find(part).unwrap_or_default()).to_string();
        assert_eq!(at("Head"), "headline");
        assert_eq!(at("First"), "1st paragraph");
        assert_eq!(at("one.\r"), "2nd paragraph");
        assert_eq!(at("Third"), "3rd paragraph");
        assert_eq!(Passages::of("One line only").at(3), Passage::Paragraph(1));
        assert_eq!(Passages::of("").at(0), Passage::Paragraph(1));
        assert_eq!(Passages::of("A sentence.\n\nAnother.").at(0), Passage::Paragraph(1));
        assert_eq!(Passage::Paragraph(112).to_string(), "112th paragraph");
        assert_eq!(Passage::Paragraph(121).to_string(), "121st paragraph");
    }
}
