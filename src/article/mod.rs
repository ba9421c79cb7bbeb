//! An article: one piece of copy in one language, with what its file says of it.

pub mod detect;
pub mod front_matter;
pub mod load;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::source::Source;

/// One piece of copy.
#[derive(Debug)]
pub struct Article {
    pub source: Arc<Source>,
    /// Bytes of the file that are copy: what stands after the front matter.
    pub body: Range<usize>,
    pub metadata: Metadata,
}

/// What the front matter says. `story`, `source` and `dateline` are kept and no check looks at them yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub language: Option<String>,
    /// The day of `published` in its own offset.
    pub published: Option<Date>,
    pub story: Option<String>,
    pub facts: Vec<String>,
    pub source: Option<String>,
    pub dateline: Option<String>,
}

impl Article {
    /// The copy itself; add `body.start` to its offsets for those of the file.
    pub fn text(&self) -> &str {
        &self.source.text[self.body.clone()]
    }
}
