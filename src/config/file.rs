//! What a config's file says, as serde reads it: every key, with the places of the values. What the types
//! cannot say (patterns, ids of rules) is read further in `compile.rs`.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::finding::Severity;
use crate::rules::file::PerVerdict;
use crate::sheet::shapes::{Entries, OneOrMany};
use crate::suppress::entries::ConfigEntry;
use crate::yaml::{At, untyped};

/// What holds for the articles below the folder of this file. All paths are relative to that folder; in
/// patterns `*` stands for anything within a name, `**` for any folders, and a pattern without a `/` for
/// that name in every folder.
#[derive(Clone, Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(title = "factlint config")]
pub struct ConfigFile {
    /// Which files of a folder are articles: patterns, or folders; by default those that end in .txt, .md
    /// or .markdown.
    pub articles: OneOrMany,
    /// What is left out of folders: patterns of files and folders. With `--force-exclude` also of files that
    /// are named.
    pub exclude: OneOrMany,
    /// The fact sheets. A pattern names sheets among which each article's copy chooses; a map says which
    /// articles have which sheets (`stories/flood/**: facts/flood.facts.yaml`); a list may hold both.
    pub facts: FactsFile,
    /// Folders of rules and language packs, laid over the built-in ones in this order.
    pub rules: OneOrMany,
    /// How much findings matter, by the id of their rule or `class/*`: one severity for all that the rule
    /// tells, or one for each verdict. Later entries win.
    pub severity: SeverityFile,
    /// Rules that are told to nobody, by their id or `class/*`.
    pub disable: OneOrMany,
    /// What holds otherwise for some articles. Later ones win.
    pub overrides: Vec<OverrideFile>,
    /// The severity from which on a run fails: error, warning, info or never.
    pub fail_on: Option<At<FailOn>>,
    /// An article that no fact sheet applies to is an error.
    pub require_facts: Option<At<bool>>,
    /// Articles in a language that has no pack or cannot be told are left out without an error.
    pub skip_unknown_language: Option<At<bool>>,
    /// The language of articles that do not say theirs; else it is detected.
    pub language: Option<At<String>>,
    /// Findings that are not to be told, in the articles that each entry names.
    pub suppress: Option<Vec<At<ConfigEntry>>>,
    /// The file of `factlint baseline` whose findings are not told.
    pub baseline: Option<At<String>>,
}

/// What holds otherwise for the articles that it names by their paths, by their languages, or by both.
#[derive(Clone, Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct OverrideFile {
    /// Patterns of articles.
    pub files: OneOrMany,
    /// Codes of languages, as in `uk`.
    pub languages: OneOrMany,
    /// As above, laid over it.
    pub severity: SeverityFile,
    /// As above, added to it. A severity given in a later override makes a rule heard again.
    pub disable: OneOrMany,
    /// The sheets of these articles, in place of those that `facts` above gives them.
    pub facts: OneOrMany,
    /// As above. Not beside `languages`.
    pub language: Option<At<String>>,
    /// As above.
    pub require_facts: Option<At<bool>>,
}

/// Severities by the id of a rule.
pub type SeverityFile = Entries<PerVerdict<Severity>>;

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The lowest severity that fails a run; `None` where none does.
    pub fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }

    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Never => "never",
        }
    }
}

/// The sheets of a config, whichever way they are written.
#[derive(Clone, Debug, Default)]
pub struct FactsFile {
    /// Patterns of sheets among which the copy chooses.
    pub candidates: Vec<At<String>>,
    /// Patterns of articles, with the sheets that these have.
    pub mapped: Vec<(At<String>, OneOrMany)>,
}

enum FactsShape {
    One(String),
    Many(Vec<At<FactsShape>>),
    Mapped(Entries<OneOrMany>),
}

impl FactsFile {
    fn add(&mut self, shape: At<FactsShape>) {
        let span = shape.range();
        match shape.value {
            FactsShape::One(pattern) => self.candidates.push(At::new(pattern, span)),
            FactsShape::Many(shapes) => shapes.into_iter().for_each(|shape| self.add(shape)),
            FactsShape::Mapped(entries) => self.mapped.extend(entries.0),
        }
    }
}

impl<'de> Deserialize<'de> for FactsFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut facts = Self::default();
        facts.add(At::deserialize(deserializer)?);
        Ok(facts)
    }
}

impl<'de> Deserialize<'de> for FactsShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        untyped(deserializer, FactsVisitor)
    }
}

struct FactsVisitor;

impl<'de> Visitor<'de> for FactsVisitor {
    type Value = FactsShape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pattern of sheets, a map from articles to their sheets, or a list of these")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(FactsShape::One(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(list)).map(FactsShape::Many)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Deserialize::deserialize(MapAccessDeserializer::new(map)).map(FactsShape::Mapped)
    }
}

impl JsonSchema for FactsFile {
    fn schema_name() -> Cow<'static, str> {
        "Facts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let sheets = generator.subschema_for::<OneOrMany>();
        let mapped = json_schema!({ "type": "object", "additionalProperties": sheets });
        json_schema!({
            "oneOf": [
                { "type": "string" },
                mapped,
                { "type": "array", "items": { "oneOf": [{ "type": "string" }, mapped] } }
            ]
        })
    }
}
