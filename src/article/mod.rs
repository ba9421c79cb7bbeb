//! An article: one piece of copy in one language, with what its file says of it.

pub mod comments;
pub mod detect;
pub mod front_matter;
pub mod load;

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use self::comments::Comments;
use crate::source::Source;

/// One piece of copy.
#[derive(Debug)]
pub struct Article {
    pub source: Arc<Source>,
    /// Bytes of the file that are copy: what stands after the front matter.
    pub body: Range<usize>,
    pub metadata: Metadata,
    /// Its comments, which are no copy.
    pub comments: Comments,
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
    /// An article of a file, whose bytes `body` are copy.
    pub fn new(source: Arc<Source>, body: Range<usize>, metadata: Metadata) -> Self {
        let comments = Comments::find(&source.path, &source.text, body.clone());
        Self { source, body, metadata, comments }
    }

    /// The copy as it is read, its comments blanked; add `body.start` to its offsets for those of the file.
    pub fn text(&self) -> &str {
        self.file_text().get(self.body.clone()).unwrap_or_default()
    }

    /// The copy as it stands in the file, comments and all.
    pub fn written(&self) -> &str {
        self.source.text.get(self.body.clone()).unwrap_or_default()
    }

    /// The whole file, its comments blanked.
    pub fn file_text(&self) -> &str {
        self.comments.blanked().unwrap_or(&self.source.text)
    }
}
