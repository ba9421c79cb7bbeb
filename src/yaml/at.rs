//! A value with its place.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};

use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

/// The name by which [`At`] asks the node deserializer for a span. No other deserializer knows it.
pub(super) const AT: &str = "\u{0}factlint::At";

/// A value and the bytes of the file it was read from. Read by another deserializer than that of this
/// module, the span is `0..0`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At<T> {
    pub value: T,
    pub span: RangeOf,
}

/// The bytes of a value: as `Range<usize>`, but ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RangeOf {
    pub start: usize,
    pub end: usize,
}

impl From<RangeOf> for Range<usize> {
    fn from(range: RangeOf) -> Self {
        range.start..range.end
    }
}

impl<T> At<T> {
    pub fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span: RangeOf { start: span.start, end: span.end } }
    }

    /// The bytes of the file.
    pub fn range(&self) -> Range<usize> {
        self.span.into()
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(AT, AtVisitor(PhantomData))
    }
}

struct AtVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AtVisitor<T> {
    type Value = At<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::deserialize(deserializer).map(|value| At { value, span: RangeOf::default() })
    }

    /// The node deserializer gives start, end and the value.
    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let start = parts.next_element()?.unwrap_or_default();
        let end = parts.next_element()?.unwrap_or_default();
        match parts.next_element()? {
            Some(value) => Ok(At { value, span: RangeOf { start, end } }),
            None => Err(serde::de::Error::custom("expected a value, found nothing")),
        }
    }
}

/// In the schema a value with its place is the value.
impl<T: schemars::JsonSchema> schemars::JsonSchema for At<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        T::schema_id()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::json_schema(generator)
    }
}
