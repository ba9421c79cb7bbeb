//! An error on its way up through the tree: it gathers its span and its key path as it goes.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Expected, Unexpected};

use crate::problem::Problem;
use crate::source::Source;

/// One thing wrong with a document's shape. Boxed, so that a result is small where all is well.
#[derive(Debug)]
pub(super) struct Fault(Box<Inner>);

#[derive(Debug)]
struct Inner {
    message: String,
    help: Option<String>,
    span: Option<Range<usize>>,
    other: Option<(Range<usize>, String)>,
    /// The error is of the value as a whole and is better shown at its key.
    at_key: bool,
    /// The key path, innermost first.
    path: Vec<Segment>,
}

#[derive(Debug)]
enum Segment {
    Key(String),
    Index(usize),
}

impl Fault {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            message: message.into(),
            help: None,
            span: None,
            other: None,
            at_key: false,
            path: Vec::new(),
        }))
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Sets the place unless a more exact one is known.
    pub(super) fn spanning(mut self, span: Range<usize>) -> Self {
        if self.0.span.is_none() && !self.0.at_key {
            self.0.span = Some(span);
        }
        self
    }

    /// Sets the place of one that is best shown at its key.
    pub(super) fn spanning_key(mut self, span: &Range<usize>) -> Self {
        if self.0.span.is_none() {
            self.0.span = Some(span.clone());
        }
        self
    }

    pub(super) fn other(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.0.other = Some((span, label.into()));
        self
    }

    pub(super) fn under_key(mut self, key: &str) -> Self {
        self.0.path.push(Segment::Key(key.to_owned()));
        self
    }

    pub(super) fn under_index(mut self, index: usize) -> Self {
        self.0.path.push(Segment::Index(index));
        self
    }

    pub(super) fn into_problem(self, source: &Arc<Source>) -> Problem {
        let inner = *self.0;
        let mut key = String::new();
        for segment in inner.path.iter().rev() {
            match segment {
                Segment::Key(name) if key.is_empty() => key.push_str(name),
                Segment::Key(name) => {
                    key.push('.');
                    key.push_str(name);
                }
                Segment::Index(index) => key.push_str(&format!("[{index}]")),
            }
        }
        let mut problem = Problem::at(source, inner.span.unwrap_or(0..0), inner.message);
        problem.help = inner.help;
        problem.other = inner.other;
        problem.key = (!key.is_empty()).then_some(key);
        problem
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {}, found {}", wanted(expected), describe(found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn invalid_length(len: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("expected {}, found a list of {len}", wanted(expected)))
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        let fault = Self::new(format!("unknown key `{field}`"));
        // In a list in braces the rest of a text behind its comma is taken for a key.
        if field.contains(char::is_whitespace) {
            return fault.help("a text with a comma must be in quotes here".to_owned());
        }
        match choices(field, known, 8, "the keys here are") {
            Some(help) => fault.help(help),
            None => fault,
        }
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        let fault = Self::new(format!("`{variant}` is not known here"));
        match choices(variant, known, 10, "it can be") {
            Some(help) => fault.help(help),
            None => fault,
        }
    }

    fn missing_field(field: &'static str) -> Self {
        let mut fault = Self::new(format!("the key `{field}` is missing"));
        fault.0.at_key = true;
        fault
    }
}

/// The nearest right word, and all of them where they are no more than `few`.
fn choices(word: &str, known: &[&str], few: usize, introduction: &str) -> Option<String> {
    let all = || format!("{introduction} {}", list(known.iter().copied()));
    match nearest(word, known.iter().copied()) {
        Some(near) if known.len() <= few => Some(format!("did you mean `{near}`? {}", all())),
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if known.is_empty() => None,
        None => Some(all()),
    }
}

/// Words in code marks, with commas between them.
fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The one of `known` that `word` was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing is quadratic in the length; nobody means a known word by a page of text.
    if word.len() > 100 {
        return None;
    }
    let lower = word.to_lowercase();
    let allowed = (lower.chars().count() / 3).max(1);
    known
        .filter_map(|candidate| {
            let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// What serde's own visitors expect, in plain words; ours say it plainly themselves.
fn wanted(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    match text.as_str() {
        "a string" | "a borrowed string" | "a character" => "a text".into(),
        "a boolean" => "`true` or `false`".into(),
        "a sequence" => "a list".into(),
        "a map" => "a map (`key: value`)".into(),
        "unit" | "option" => "nothing".into(),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => {
            "a whole number".into()
        }
        "f32" | "f64" => "a number".into(),
        _ if text.starts_with("struct ") => "a map (`key: value`)".into(),
        _ if text.starts_with("enum ") || text == "variant identifier" => "one of the known words".into(),
        _ => match text.strip_prefix("a tuple of size ") {
            Some(size) => format!("a list of {size}"),
            None => text,
        },
    }
}

/// What stands there, in plain words.
fn describe(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("the number {value}"),
        Unexpected::Signed(value) => format!("the number {value}"),
        Unexpected::Float(value) => format!("the number {value}"),
        Unexpected::Char(value) => format!("the text `{value}`"),
        Unexpected::Str("") => "an empty text".into(),
        Unexpected::Str(text) if text.chars().count() <= 40 && !text.contains('\n') => {
            format!("the text `{text}`")
        }
        Unexpected::Str(_) => "a text".into(),
        Unexpected::Unit | Unexpected::Option => "nothing".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "a map".into(),
        other => other.to_string(),
    }
}
