//! serde over the tree of nodes. An error that comes up through a node takes the node's span, and one that
//! comes up through a map or a list takes its key.

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::at::AT;
use super::de_key::KeyDeserializer;
use super::fault::Fault;
use super::node::{Content, Key, Node};
use super::untyped::UNTYPED;

#[derive(Clone, Copy)]
pub(super) struct NodeDeserializer<'a> {
    node: &'a Node,
}

impl<'a> NodeDeserializer<'a> {
    pub(super) fn new(node: &'a Node) -> Self {
        Self { node }
    }

    /// The text of a scalar as it is written, or `None` where it is empty.
    fn text(&self) -> Option<&'a str> {
        match &self.node.content {
            Content::Scalar { text, plain } if !(*plain && is_nothing(text)) => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar without quotes.
    fn plain(&self) -> Option<&'a str> {
        match &self.node.content {
            Content::Scalar { text, plain: true } if !is_nothing(text) => Some(text),
            _ => None,
        }
    }

    fn found(&self) -> Unexpected<'a> {
        match &self.node.content {
            Content::Scalar { text, plain: true } if is_nothing(text) => Unexpected::Unit,
            Content::Scalar { text, .. } => Unexpected::Str(text),
            Content::List(_) => Unexpected::Seq,
            Content::Map(_) => Unexpected::Map,
        }
    }

    fn mismatch<'de, V: Visitor<'de>>(&self, visitor: &V) -> Fault {
        de::Error::invalid_type(self.found(), visitor)
    }

    /// Gives the visitor what stands there, with errors placed.
    fn any<'de, V: Visitor<'de>>(self, visitor: V, as_written: bool) -> Result<V::Value, Fault> {
        match &self.node.content {
            Content::Scalar { text, plain: true } if is_nothing(text) => visitor.visit_unit(),
            Content::Scalar { text, plain } => {
                if as_written || !plain {
                    visitor.visit_str(text)
                } else if let Some(value) = truth(text) {
                    visitor.visit_bool(value)
                } else if let Ok(value) = text.parse() {
                    visitor.visit_u64(value)
                } else if let Ok(value) = text.parse() {
                    visitor.visit_i64(value)
                } else if let Some(value) = decimal(text) {
                    visitor.visit_f64(value)
                } else {
                    visitor.visit_str(text)
                }
            }
            Content::List(items) => self.list(items, visitor),
            Content::Map(entries) => self.map(entries, visitor),
        }
        .map_err(|fault| self.place(fault))
    }

    fn list<'de, V: Visitor<'de>>(self, items: &'a [Node], visitor: V) -> Result<V::Value, Fault> {
        let mut access = Items { items, next: 0 };
        let value = visitor.visit_seq(&mut access)?;
        if access.next < items.len() {
            return Err(Fault::new(format!(
                "expected a list of {}, found a list of {}",
                access.next,
                items.len()
            )));
        }
        Ok(value)
    }

    fn map<'de, V: Visitor<'de>>(self, entries: &'a [(Key, Node)], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_map(Entries { entries, next: 0 })
    }

    fn number<'de, N, V>(
        self,
        visitor: V,
        read: impl Fn(&str) -> Option<N>,
        visit: impl Fn(V, N) -> Result<V::Value, Fault>,
    ) -> Result<V::Value, Fault>
    where
        V: Visitor<'de>,
    {
        match self.plain().and_then(read) {
            Some(value) => visit(visitor, value),
            None => Err(self.mismatch(&visitor)),
        }
        .map_err(|fault| self.place(fault))
    }

    fn place(&self, fault: Fault) -> Fault {
        fault.spanning(self.node.span.clone())
    }
}

/// What YAML takes for no value.
fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// A number with a fraction or an exponent; words that Rust takes for numbers (`nan`, `inf`) are none.
fn decimal(text: &str) -> Option<f64> {
    text.bytes()
        .any(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
        .filter(|n: &f64| n.is_finite())
}

macro_rules! numbers {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.number(visitor, |text| text.parse::<$type>().ok(), |visitor, value| visitor.$visit(value))
        }
    )*};
}

impl<'de> Deserializer<'de> for NodeDeserializer<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.any(visitor, false)
    }

    numbers!(
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_u128 visit_u128 u128, deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32, deserialize_i64 visit_i64 i64,
        deserialize_i128 visit_i128 i128
    );

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.number(visitor, decimal, |visitor, value| visitor.visit_f64(value))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.number(visitor, truth, |visitor, value| visitor.visit_bool(value))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.text() {
            Some(text) => visitor.visit_str(text),
            None => Err(self.mismatch(&visitor)),
        }
        .map_err(|fault| self.place(fault))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.found() {
            Unexpected::Unit => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
        .map_err(|fault| self.place(fault))
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.found() {
            Unexpected::Unit => visitor.visit_unit(),
            _ => Err(self.mismatch(&visitor)),
        }
        .map_err(|fault| self.place(fault))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            AT => visitor.visit_seq(Located { node: self.node, next: 0 }),
            UNTYPED => self.any(visitor, true),
            _ => visitor.visit_newtype_struct(self),
        }
        .map_err(|fault| self.place(fault))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.content {
            Content::List(items) => self.list(items, visitor),
            _ => Err(self.mismatch(&visitor)),
        }
        .map_err(|fault| self.place(fault))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.content {
            Content::Map(entries) => self.map(entries, visitor),
            _ => Err(self.mismatch(&visitor)),
        }
        .map_err(|fault| self.place(fault))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match &self.node.content {
            Content::Map(entries) => match entries.as_slice() {
                [(key, value)] => visitor.visit_enum(Variant { key, value: Some(value) }),
                _ => Err(self.mismatch(&visitor)),
            },
            Content::Scalar { text, .. } if self.text().is_some() => {
                visitor.visit_enum(StrDeserializer::<Fault>::new(text))
            }
            _ => Err(self.mismatch(&visitor)),
        }
        .map_err(|fault| self.place(fault))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { bytes byte_buf unit_struct }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }
}

/// A list on its way.
struct Items<'a> {
    items: &'a [Node],
    next: usize,
}

impl<'de> SeqAccess<'de> for &mut Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some(node) = self.items.get(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(NodeDeserializer::new(node))
            .map(Some)
            .map_err(|fault| fault.spanning_key(&node.span).under_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len().saturating_sub(self.next))
    }
}

/// A map on its way.
struct Entries<'a> {
    entries: &'a [(Key, Node)],
    next: usize,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        let Some((key, _)) = self.entries.get(self.next) else { return Ok(None) };
        seed.deserialize(KeyDeserializer { key })
            .map(Some)
            .map_err(|fault| fault.spanning(key.span.clone()).under_key(&key.text))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let Some((key, node)) = self.entries.get(self.next) else {
            return Err(Fault::new("expected a value, found nothing"));
        };
        self.next += 1;
        seed.deserialize(NodeDeserializer::new(node))
            .map_err(|fault| fault.spanning_key(&key.span).under_key(&key.text))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len().saturating_sub(self.next))
    }
}

/// The parts of an [`super::At`]: start, end, value.
struct Located<'a> {
    node: &'a Node,
    next: u8,
}

impl<'de> SeqAccess<'de> for Located<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.next += 1;
        match self.next {
            1 => seed.deserialize(self.node.span.start.into_deserializer()).map(Some),
            2 => seed.deserialize(self.node.span.end.into_deserializer()).map(Some),
            3 => seed.deserialize(NodeDeserializer::new(self.node)).map(Some),
            _ => Ok(None),
        }
    }
}

/// A map of one key taken as an enum's variant with its content.
struct Variant<'a> {
    key: &'a Key,
    value: Option<&'a Node>,
}

impl<'de, 'a> EnumAccess<'de> for Variant<'a> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let value = seed
            .deserialize(KeyDeserializer { key: self.key })
            .map_err(|fault| fault.spanning(self.key.span.clone()))?;
        Ok((value, self))
    }
}

impl Variant<'_> {
    fn content<T>(self, read: impl FnOnce(NodeDeserializer<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
        match self.value {
            Some(node) => read(NodeDeserializer::new(node)),
            None => Err(Fault::new("expected a value, found nothing")),
        }
        .map_err(|fault| fault.spanning_key(&self.key.span).under_key(&self.key.text))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        self.content(|node| de::Deserialize::deserialize(node))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        self.content(|node| seed.deserialize(node))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.content(|node| node.deserialize_seq(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.content(|node| node.deserialize_map(visitor))
    }
}
