//! A YAML document as a tree whose every node and key has its bytes. Only this file and `message.rs`
//! know serde-saphyr.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{Location, Spanned};

use super::fault::Fault;
use super::{message, plain};
use crate::problem::Problem;
use crate::source::Source;

/// How deep lists and maps may stand in each other; a sheet needs seven.
pub(super) const MAX_DEPTH: usize = 48;

/// A value and its bytes.
#[derive(Clone, Debug)]
pub struct Node {
    pub span: Range<usize>,
    pub content: Content,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text without its quotes. `plain`: written without quotes, so that `18` is a number, `true` a
    /// truth value, and nothing at all is nothing.
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Clone, Debug)]
pub struct Key {
    pub text: String,
    pub span: Range<usize>,
}

/// Parses one document: one only, no duplicate keys, no alias bombs.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Problem> {
    let base = base(source);
    if is_empty(source) {
        return Err(Problem::of_file(source.path.clone(), "the file is empty"));
    }
    match plain::parse(&source.text, base) {
        Some(node) => Ok(node),
        None => parse_the_long_way(source),
    }
}

/// With everything YAML can do, its limits, and a message for what is wrong.
pub(super) fn parse_the_long_way(source: &Arc<Source>) -> Result<Node, Problem> {
    let base = base(source);
    let text = source.text.get(base..).unwrap_or_default();
    let raw: Spanned<Raw> = serde_saphyr::from_str_with_options(text, options(text.len()))
        .map_err(|error| message::problem(source, base, &error))?;
    Builder { text: &source.text, base }.node(raw).map_err(|fault| fault.into_problem(source))
}

/// Offsets are those of the file, byte order mark and all.
fn base(source: &Source) -> usize {
    if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Only blank lines, comments and document marks.
pub(super) fn is_empty(source: &Source) -> bool {
    let text = source.text.get(base(source)..).unwrap_or_default();
    text.lines()
        .map(str::trim)
        .all(|line| line.is_empty() || line.starts_with('#') || line == "---" || line == "...")
}

/// Limits that grow with the file: an honest file of any size loads, while what aliases may add stays
/// small beside the file itself.
fn options(len: usize) -> serde_saphyr::Options {
    let by_size = len.saturating_add(10_000);
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: by_size.saturating_mul(2),
            max_nodes: by_size,
            max_total_scalar_bytes: by_size.saturating_mul(2),
            max_total_comment_bytes: by_size,
            max_depth: MAX_DEPTH,
            max_aliases: 1_000 + len / 16,
            max_anchors: 1_000 + len / 16,
            max_merge_keys: 1_000 + len / 16,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 10_000 + len / 4,
        },
        // Found below, where the place of the first is known too.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        reject_unsupported_tags: true,
        non_finite_float_policy: serde_saphyr::options::NonFiniteFloatPolicy::PassThrough,
        strict_booleans: true,
        with_snippet: false,
        emit_comments: false,
    }
}

/// What serde-saphyr hands over; scalars other than strings are taken from the file as written.
enum Raw {
    Text(String),
    AsWritten,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<RawKey>, Spanned<Raw>)>),
}

struct RawKey(String);

impl<'de> Deserialize<'de> for RawKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(RawKey)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::AsWritten)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = entries.next_key()? {
            map.push((key, entries.next_value()?));
        }
        Ok(Raw::Map(map))
    }
}

/// Turns what was read into nodes.
struct Builder<'a> {
    text: &'a str,
    base: usize,
}

impl Builder<'_> {
    fn node(&self, raw: Spanned<Raw>) -> Result<Node, Fault> {
        let span = self.span(&raw.defined);
        Ok(match raw.value {
            Raw::Text(text) => {
                let plain = !matches!(self.byte(span.start), Some(b'"' | b'\'' | b'|' | b'>'));
                Node { span, content: Content::Scalar { text, plain } }
            }
            Raw::AsWritten => {
                let text = self.text.get(span.clone()).unwrap_or_default().trim();
                Node { span, content: Content::Scalar { text: text.to_owned(), plain: true } }
            }
            Raw::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    list.push(self.node(item).map_err(|fault| fault.under_index(index))?);
                }
                let last = list.last().map(|node| node.span.end);
                Node { span: enclosing(self.text, span, last), content: Content::List(list) }
            }
            Raw::Map(entries) => {
                let mut map: Vec<(Key, Node)> = Vec::with_capacity(entries.len());
                let mut seen = FxHashMap::default();
                for (key, value) in entries {
                    let span = self.span(&key.defined);
                    let text = key.value.0;
                    if let Some(first) = seen.insert(text.clone(), span.clone()) {
                        return Err(Fault::new(format!("the key `{text}` stands here a second time"))
                            .spanning(span)
                            .other(first, "the first is here")
                            .under_key(&text));
                    }
                    let value = self.node(value).map_err(|fault| fault.under_key(&text))?;
                    map.push((Key { text, span }, value));
                }
                let last = map.last().map(|(key, node)| node.span.end.max(key.span.end));
                Node { span: enclosing(self.text, span, last), content: Content::Map(map) }
            }
        })
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn span(&self, location: &Location) -> Range<usize> {
        message::span(self.text, self.base, location)
    }
}

/// The span from a collection's start to the end of its last part, closing bracket included.
pub(super) fn enclosing(file: &str, span: Range<usize>, last: Option<usize>) -> Range<usize> {
    let end = last.unwrap_or(span.start).max(span.end);
    let closing = match file.as_bytes().get(span.start).copied() {
        Some(b'{') => b'}',
        Some(b'[') => b']',
        _ => return span.start..end,
    };
    let rest = file.as_bytes().get(end..).unwrap_or_default();
    match rest.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != b',') {
        Some(at) if rest.get(at) == Some(&closing) => span.start..end + at + 1,
        _ => span.start..end,
    }
}
