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
    /// character's.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start as usize <= offset);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or(0) as usize;
        let column = self.text[start..offset].chars().count() + 1;
        Place { line: line as u32, column: column as u32 }
    }
}
