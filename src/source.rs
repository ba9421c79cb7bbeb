//! A file as the editor has it: its name, its text, and where a byte offset stands in it.

use std::sync::OnceLock;

/// One file, or standard input under a name.
#[derive(Debug)]
pub struct Source {
    /// The path as it is to be shown, with forward slashes.
    pub path: String,
    pub text: String,
    line_starts: OnceLock<Vec<u32>>,
}

/// A place for people: both count from 1; the column counts Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), line_starts: OnceLock::new() }
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            std::iter::once(0)
                .chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at as u32 + 1))
                .collect()
        })
    }

    /// The place of a byte offset. An offset past the end is the end; one inside a character is that
    /// character's. Costs the length of the line; [`Places`] is for many offsets of one file.
    pub fn place(&self, offset: usize) -> Place {
        Places::new(self).place(offset)
    }

    /// The line of a byte offset, counted from 1. Unlike [`place`](Self::place) it costs the same on a long
    /// line as on a short one.
    pub fn line_number(&self, offset: usize) -> u32 {
        self.line(offset).0
    }

    /// The line of a byte offset, counted from 1, and the offset where its text starts: after the byte
    /// order mark, in a file that has one, so that the first letter stands in column 1.
    fn line(&self, offset: usize) -> (u32, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(0) as usize;
        let mark =
            if start == 0 && self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        (line as u32, start + mark)
    }
}

/// What some editors put in front of a UTF-8 file.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// Works out the places of many offsets of one file. Each costs only its distance from the one
/// before on the same line, so that a file that is one line of 20 MB is not counted through anew for
/// every finding in it.
pub struct Places<'a> {
    source: &'a Source,
    line: u32,
    offset: usize,
    column: usize,
}

impl<'a> Places<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self { source, line: 0, offset: 0, column: 1 }
    }

    /// As [`Source::place`].
    pub fn place(&mut self, offset: usize) -> Place {
        let text = &self.source.text;
        let offset = text.floor_char_boundary(offset);
        let (line, start) = self.source.line(offset);
        let offset = offset.max(start);
        if line != self.line {
            (self.line, self.offset, self.column) = (line, start, 1);
        }
        let count = |from: usize, to: usize| text.get(from..to).map_or(0, |between| between.chars().count());
        self.column = if offset >= self.offset {
            self.column + count(self.offset, offset)
        } else {
            self.column.saturating_sub(count(offset, self.offset)).max(1)
        };
        self.offset = offset;
        Place { line, column: self.column as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Place {
        Place { line, column }
    }

    #[test]
    fn columns_count_code_points_from_one() {
        let source = Source::new("a", "Київ\nnow");
        assert_eq!(source.place(0), at(1, 1));
        assert_eq!(source.place(8), at(1, 5));
        assert_eq!(source.place(3), at(1, 2), "inside a character is that character");
        assert_eq!(source.place(9), at(2, 1));
        assert_eq!(source.place(99), at(2, 4));
        assert_eq!(Source::new("a", "").place(0), at(1, 1));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        let source = Source::new("a", "\u{feff}Kyiv");
        assert_eq!(source.place(0), at(1, 1));
        assert_eq!(source.place(3), at(1, 1));
        assert_eq!(source.place(4), at(1, 2));
    }

    #[test]
    fn places_agree_with_place_in_any_order() {
        let source = Source::new("a", "а́бв\n\nдеж, кл\nм");
        let mut places = Places::new(&source);
        for offset in (0..source.text.len() + 2).chain((0..source.text.len()).rev()).chain([3, 9, 4, 20, 7]) {
            assert_eq!(places.place(offset), source.place(offset), "at {offset}");
        }
    }
}
