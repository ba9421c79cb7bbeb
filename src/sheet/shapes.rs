//! The shapes of values in a sheet's file that have a short and a long form.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::file::EntryFile;
use crate::yaml::{At, untyped};

/// A map of ids in the order of the file.
#[derive(Clone, Debug)]
pub struct Entries<T>(pub Vec<(At<String>, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map (`key: value`)")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((key, map.next_value()?));
        }
        Ok(Entries(entries))
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Map_of_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// One text, or a list of texts.
#[derive(Clone, Debug, Default)]
pub struct OneOrMany(pub Vec<At<String>>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape = At::<OneOrManyShape>::deserialize(deserializer)?;
        let span = shape.range();
        Ok(Self(match shape.value {
            OneOrManyShape::One(text) => vec![At::new(text, span)],
            OneOrManyShape::Many(texts) => texts,
        }))
    }
}

enum OneOrManyShape {
    One(String),
    Many(Vec<At<String>>),
}

impl<'de> Deserialize<'de> for OneOrManyShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untyped(deserializer, OneOrManyVisitor)
    }
}

struct OneOrManyVisitor;

impl<'de> Visitor<'de> for OneOrManyVisitor {
    type Value = OneOrManyShape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(OneOrManyShape::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(list)).map(OneOrManyShape::Many)
    }
}

impl JsonSchema for OneOrMany {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "oneOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } }
            ]
        })
    }
}

/// Words by language: one, or a list of them.
pub type WordsFile = Entries<OneOrMany>;

/// A member's names in one language.
#[derive(Clone, Debug, Default)]
pub struct NamesFile {
    /// The first is the house style, the rest is accepted.
    pub names: Vec<At<String>>,
    pub also: Vec<At<String>>,
    pub short: Vec<At<String>>,
    pub abbreviation: Option<At<String>>,
    pub family: Option<At<String>>,
}

/// The long form of a member's names in one language; what is missing is as in the member itself.
#[derive(Clone, Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
struct NamesMap {
    /// The full name; of a list the first is the house style.
    name: OneOrMany,
    /// Further full names.
    also: OneOrMany,
    /// Short forms.
    short: OneOrMany,
    /// The abbreviation.
    abbreviation: Option<At<String>>,
    /// The family name; by default the word that stands where it does in `name`, else the last.
    family: Option<At<String>>,
}

impl<'de> Deserialize<'de> for NamesFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape = At::<NamesShape>::deserialize(deserializer)?;
        let span = shape.range();
        Ok(match shape.value {
            NamesShape::One(text) => Self { names: vec![At::new(text, span)], ..Self::default() },
            NamesShape::Many(names) => Self { names, ..Self::default() },
            NamesShape::Long(map) => Self {
                names: map.name.0,
                also: map.also.0,
                short: map.short.0,
                abbreviation: map.abbreviation,
                family: map.family,
            },
        })
    }
}

enum NamesShape {
    One(String),
    Many(Vec<At<String>>),
    Long(NamesMap),
}

impl<'de> Deserialize<'de> for NamesShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untyped(deserializer, NamesVisitor)
    }
}

struct NamesVisitor;

impl<'de> Visitor<'de> for NamesVisitor {
    type Value = NamesShape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a name, a list of names, or a map with `name`, `also`, `short`, `abbreviation`, `family`",
        )
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(NamesShape::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(list)).map(NamesShape::Many)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map)).map(NamesShape::Long)
    }
}

impl JsonSchema for NamesFile {
    fn schema_name() -> Cow<'static, str> {
        "Names".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let map = generator.subschema_for::<NamesMap>();
        json_schema!({
            "description": "A name, a list of names (the first is the house style), or the long form.",
            "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }, map]
        })
    }
}

/// A figure's values, in whichever form they were written.
#[derive(Clone, Debug)]
pub enum SeriesFile {
    /// One value without a date, of a constant figure.
    Scalar(String),
    /// Values by their dates.
    Map(Vec<(At<String>, At<DatedValue>)>),
    /// Entries that name their dates.
    List(Vec<At<EntryFile>>),
}

/// The value of a date: itself, or an entry without its date.
#[derive(Clone, Debug)]
pub enum DatedValue {
    Scalar(String),
    Entry(Box<EntryFile>),
}

impl<'de> Deserialize<'de> for SeriesFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untyped(deserializer, SeriesVisitor)
    }
}

struct SeriesVisitor;

impl<'de> Visitor<'de> for SeriesVisitor {
    type Value = SeriesFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("values by their dates (`2022-01-06: 18`) or a list of entries with `as_of`")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(SeriesFile::Scalar(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(list)).map(SeriesFile::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(date) = map.next_key()? {
            entries.push((date, map.next_value()?));
        }
        Ok(SeriesFile::Map(entries))
    }
}

impl<'de> Deserialize<'de> for DatedValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untyped(deserializer, DatedVisitor)
    }
}

struct DatedVisitor;

impl<'de> Visitor<'de> for DatedVisitor {
    type Value = DatedValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value (`18`, `more than 1000`) or a map with a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(DatedValue::Scalar(text.to_owned()))
    }

    /// Nothing stands there: the reason is told with the date, where a thousands comma may explain it.
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(DatedValue::Scalar(String::new()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map))
            .map(|entry| DatedValue::Entry(Box::new(entry)))
    }
}

impl JsonSchema for SeriesFile {
    fn schema_name() -> Cow<'static, str> {
        "Series".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<ValueText>();
        let entry = generator.subschema_for::<EntryFile>();
        json_schema!({
            "description": "Values by their dates, or a list of entries with `as_of`; of a constant figure also one value.",
            "oneOf": [
                value,
                { "type": "object", "additionalProperties": { "anyOf": [value, entry] } },
                { "type": "array", "items": entry, "minItems": 1 }
            ]
        })
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $expecting:literal, $schema_name:literal, $schema:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct TextVisitor;

                impl<'de> Visitor<'de> for TextVisitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                        Ok($name(text.to_owned()))
                    }
                }

                deserializer.deserialize_str(TextVisitor)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $schema_name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    )*};
}

texts! {
    /// A date as it is written, `2022-01-06`.
    DateText, "a date (`2022-01-06`)", "Date",
        { "description": "A day, `2022-01-06`.", "type": "string", "format": "date" };
    /// A time of day as it is written, `04:17`.
    TimeText, "a time (`04:17`)", "Time",
        { "description": "A time of day, `04:17`.", "type": "string", "pattern": "^[0-2]?[0-9]:[0-5][0-9](:[0-5][0-9])?$" };
    /// A number as it is written, perhaps with a hedge in the sheet's language.
    ValueText, "a number (`18`, `more than 1000`)", "Value",
        { "description": "A number, perhaps with a hedge in the sheet's language: `18`, `more than 1000`.",
          "type": ["number", "string"] };
}
