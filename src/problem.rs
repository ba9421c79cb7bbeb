//! What can be wrong with an input: one problem, its place, and what to do about it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::source::Source;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The file cannot be used.
    Error,
    /// The file is used; something in it is probably not meant.
    Warning,
}

/// One thing wrong with a sheet, a rule file, a language pack or another input.
#[derive(Clone, Debug)]
pub struct Problem {
    pub weight: Weight,
    /// The file, where it could be read at all.
    pub source: Option<Arc<Source>>,
    /// The file's path, for problems of files that could not be read.
    pub path: String,
    /// Bytes of the file.
    pub span: Option<Range<usize>>,
    /// Where in the data: `figures.killed.series[1].value`.
    pub key: Option<String>,
    pub message: String,
    /// What the user can do: the nearest right key.
    pub help: Option<String>,
    /// A second place of the same file that belongs to it, with what it is: the first of two keys.
    pub other: Option<(Range<usize>, String)>,
}

impl Problem {
    /// An error at a span of a file.
    pub fn at(source: &Arc<Source>, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            weight: Weight::Error,
            path: source.path.clone(),
            source: Some(Arc::clone(source)),
            span: Some(span),
            key: None,
            message: message.into(),
            help: None,
            other: None,
        }
    }

    /// An error of a file as a whole.
    pub fn of_file(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            weight: Weight::Error,
            source: None,
            path: path.into(),
            span: None,
            key: None,
            message: message.into(),
            help: None,
            other: None,
        }
    }

    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names a second place of the same file.
    pub fn other(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.other = Some((span, label.into()));
        self
    }

    pub fn warning(mut self) -> Self {
        self.weight = Weight::Warning;
        self
    }
}

/// `path:line:column: message (at key); help` on one line; the renderer shows more.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let (Some(source), Some(span)) = (&self.source, &self.span) {
            let place = source.place(span.start);
            write!(f, ":{}:{}", place.line, place.column)?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(key) = &self.key {
            write!(f, " (at {key})")?;
        }
        if let (Some(source), Some((span, label))) = (&self.source, &self.other) {
            write!(f, "; {label}, in line {}", source.place(span.start).line)?;
        }
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}
