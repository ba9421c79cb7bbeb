//! What a rule file says: concepts, groups, event types and offices with their wording, and rules.
//!
//! Every file may say any part; all are merged by id and language ([`super::ruleset`]).

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize as Derive, Serialize};

use crate::finding::{Severity, Verdict};
use crate::language::Term;
use crate::language::sense::TitleWord;
use crate::reading::hedge_table::{Meaning, Signs};
use crate::reading::quantity::HedgeKind;

/// One YAML file under `rules/`. A file with
/// `language` is a language pack ([`crate::language::Pack`]); it too may bring wording.
#[derive(Clone, Debug, Default, Derive, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "factlint rule file")]
pub struct RuleFile {
    /// What is counted: killed, injured, troops.
    pub concepts: BTreeMap<String, ConceptEntry>,
    /// Whose: security forces, protesters.
    pub groups: BTreeMap<String, GroupEntry>,
    /// What happens: dismissal, explosion.
    pub events: BTreeMap<String, EventEntry>,
    /// Words that tell a phase of an event: start, end.
    pub phases: BTreeMap<String, PhaseEntry>,
    /// What people are: president, foreign minister.
    pub offices: BTreeMap<String, OfficeEntry>,
    /// Words that the checks within the copy look for, by what they mean there.
    pub terms: BTreeMap<Term, Wording>,
    /// What closed lists of a sheet hold: members, contributors.
    pub lists: BTreeMap<String, ListEntry>,
    /// Words around offices that are none themselves.
    pub titles: BTreeMap<TitleWord, Wording>,
    /// Words that say an office is no longer held.
    pub former: Wording,
    /// Words that say an office is held for the time being.
    pub acting: Wording,
    /// From here on a number without a hedge is round where its last digit is zero.
    pub round_from: Option<f64>,
    /// What a round number without a hedge means.
    pub round: Option<Meaning>,
    /// What hedges mean: `about: { hard: "[0.8n, 1.2n]", soft: "[0.9n, 1.1n]" }`.
    pub hedges: BTreeMap<HedgeKind, Meaning>,
    /// Words that are a number of their own, by a name that language packs use.
    pub vague: BTreeMap<String, Meaning>,
    /// Signs that mean the same in every language.
    pub signs: Signs,
    pub rules: Vec<RuleEntry>,
}

/// One string or a list of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Strings(pub Vec<String>);

/// Words and phrases by language. A plain word is inflected by the pack; `*` makes a prefix.
pub type Wording = BTreeMap<String, Strings>;

/// What is counted.
#[derive(Clone, Debug, Default, Derive, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ConceptEntry {
    /// What a number of it is called in an advisory: `death toll`; by default `number of` and the id.
    pub title: Option<String>,
    /// `people`, or what else the numbers are of.
    pub counts: Option<String>,
    /// `rises` where the figure is cumulative.
    pub trend: Option<Trend>,
    /// Words that say it happened.
    pub words: Wording,
}

/// How the values of a concept move with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Derive, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Trend {
    /// Only up, but for corrections: tolls.
    Rises,
    /// Up and down.
    Varies,
}

/// Whose people a figure counts.
#[derive(Clone, Debug, Default, Derive, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GroupEntry {
    /// People in general: such a noun ties to no group.
    pub neutral: bool,
    /// A wider group this one is part of.
    pub part_of: Option<String>,
    pub words: Wording,
}

/// A type of event.
#[derive(Clone, Debug, Default, Derive, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EventEntry {
    pub words: Wording,
    /// Event types that say the contrary.
    pub opposites: Vec<String>,
    /// It has a toll of its own: a number told of one that is not of the story is not the story's.
    pub disaster: bool,
    /// Disasters that come with it, whose toll is the same one: a storm and its floods.
    pub brings: Vec<String>,
    /// Those of the opposites that must have been before: a release undoes a detention.
    pub undoes: Vec<String>,
    /// The type as which a phase of it is told: `{ start: imposition, end: lifting }` of a curfew.
    pub phases: BTreeMap<String, String>,
    /// It happens to a thing, which the sheet's `words` or `when` name or its type does; `who` did it.
    pub of_thing: bool,
    /// The state of people that it begins: `detained`.
    pub state: Option<String>,
    /// For so many days after it nothing is likely to have undone it. Default: the whole story.
    pub holds: Option<u16>,
    /// It says nothing without its place: arrived (where?).
    pub needs_place: bool,
    /// It says nothing without an office: named (what?).
    pub needs_office: bool,
    /// Predicates that tell it, by whom they tell it of.
    pub told: ToldEntry,
}

/// Predicates of a type of event. They stand for themselves, with `(a|b)` for alternatives, `*` for a
/// prefix, and `…` where other words stand between their two pieces: `trat … zurück`.
#[derive(Clone, Debug, Default, Derive, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ToldEntry {
    /// Of their subject: resigned, (він) подав у відставку.
    pub subject: Wording,
    /// Of their subject, beside a helping verb that the pack marks `passive`: appointed.
    pub participle: Wording,
    /// Of their object: appointed (somebody), призначили (когось).
    pub object: Wording,
    /// As a noun, of what stands behind it or owns it: (the) release (of somebody).
    pub noun: Wording,
}

/// Words of a phase by language.
pub type PhaseEntry = Wording;

/// An office.
#[derive(Clone, Debug, Default, Derive, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OfficeEntry {
    pub words: Wording,
    /// More general offices by whose words whoever holds this one may be called: leader.
    pub also: Vec<String>,
    /// Offices that whoever holds this one never holds at the same time, both ways.
    pub excludes: Vec<String>,
    /// Many hold it at once: ambassadors, members of parliament.
    pub many: bool,
    /// It is an office of bodies and never of a country: a chair.
    pub of_bodies: bool,
    /// A ministry that is hardly ever joined with another of these: who is said to hold one holds no other.
    pub portfolio: bool,
    /// Nobody holds it in two bodies at once: a secretary-general.
    pub sole: bool,
    /// A country has one, whatever the body is that it is of: a speaker of parliament.
    pub national: bool,
}

/// What the members of a closed list have in common, and how copy names them.
#[derive(Clone, Debug, Default, Derive, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ListEntry {
    /// Words right before the members: troops from.
    pub before: Wording,
    /// Words right behind the members: sent troops.
    pub behind: Wording,
    /// What the members are called when they are counted: the five *members*.
    pub nouns: Wording,
}

/// One rule: what to check, how strictly, and what to tell the editor.
#[derive(Clone, Debug, Derive, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleEntry {
    /// `class/name`, unique.
    pub id: String,
    /// What to check. It may be left out where a rule of this id is there already.
    #[serde(default)]
    pub check: Option<Check>,
    /// For `check: figure`, the concept it serves; without one it serves all that have none.
    #[serde(default)]
    pub concept: Option<String>,
    /// By verdict, or one for all.
    #[serde(default)]
    pub severity: PerVerdict<Severity>,
    /// By verdict, or one for all, with `{placeholders}`.
    #[serde(default)]
    pub message: PerVerdict<String>,
    /// What it is about, in a few words: the heading of its page.
    #[serde(default)]
    pub title: Option<String>,
    /// What it finds, in a sentence or two.
    #[serde(default)]
    pub finds: Option<String>,
    /// Why it matters at a desk.
    #[serde(default)]
    pub why: Option<String>,
    /// Which of its findings have a fix, and how far it can be trusted; a rule without this has none.
    #[serde(default)]
    pub fix: Option<String>,
    /// Texts that must be flagged, and texts that must pass.
    #[serde(default)]
    #[schemars(with = "Vec<serde_json::Value>")]
    pub examples: Vec<Example>,
}

/// The closed set of checks, which is the Rust side of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Derive, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// A number against the sheet's figures.
    Figure,
    /// A number that the copy has of a source which did not give it.
    FigureSource,
    /// A spelling that is right nowhere.
    NameGarbled,
    /// A right spelling of another language.
    NameForeign,
    /// The adjective or name of one country beside the capital or office of another that is like it.
    NameDemonym,
    /// A real place or body that is not of this story, where one of the cast belongs.
    NameIntruder,
    /// Letters of two scripts in one word.
    NameMixedScript,
    /// A long name and the abbreviation beside it, of one organization or of two.
    NameAbbreviation,
    /// A weekday beside a date that is another day.
    DateWeekday,
    /// A day that does not exist.
    DateImpossible,
    /// An event of the sheet on another day.
    DateEvent,
    /// An event of the sheet told the other way round.
    StatusReversed,
    /// A dateline that does not fit the day of publication.
    DateDateline,
    /// An office that a person does not hold.
    RoleOffice,
    /// Somebody beside an office that is another's.
    RoleHolder,
    /// An age that a person does not have.
    RoleAge,
    /// One that is not of the list.
    ListMember,
    /// One of the list that is left out.
    ListMissing,
    /// A number of members that is not the list's.
    ListCount,
    /// A number that no language writes that way.
    NumberMalformed,
    /// Another language's separators, where they would change the value.
    NumberSeparator,
    /// One person spelled in two ways in one copy.
    InternalName,
    /// Two counts of one thing in one copy that cannot both hold.
    InternalFigure,
    /// A count of the headline that the copy below does not bear out.
    InternalHeadline,
    /// A part that is more than its whole.
    InternalPart,
    /// A sum that its parts do not add up to.
    InternalSum,
    /// A stated count against the names right behind it.
    InternalCount,
    /// A share of more than all.
    InternalPercent,
    /// The day the copy calls today against that of its dateline.
    InternalDateline,
    /// A suppression that suppresses nothing.
    SuppressionUnused,
    /// A suppression of a rule that is not there.
    SuppressionUnknownRule,
    /// A suppression that does not say why.
    SuppressionNoReason,
    /// A comment that was meant to suppress something and cannot be understood.
    SuppressionMalformed,
}

impl Check {
    /// Whether it is only about how a thing is written. What else is wrong is for people to put right:
    /// numbers, dates and what is told of somebody never change by themselves.
    pub fn may_be_fixed(self) -> bool {
        matches!(
            self,
            Self::NameGarbled
                | Self::NameForeign
                | Self::NameDemonym
                | Self::NameMixedScript
                | Self::NameAbbreviation
                | Self::SuppressionUnused
                | Self::SuppressionUnknownRule
                | Self::SuppressionMalformed
        )
    }
}

/// One value for all verdicts, or one each.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum PerVerdict<T> {
    All(T),
    Each(BTreeMap<Verdict, T>),
}

impl<T> Default for PerVerdict<T> {
    fn default() -> Self {
        Self::Each(BTreeMap::new())
    }
}

impl<T> PerVerdict<T> {
    pub fn get(&self, verdict: Verdict) -> Option<&T> {
        match self {
            Self::All(value) => Some(value),
            Self::Each(map) => map.get(&verdict),
        }
    }
}

/// A sheet in small, and texts to try on it.
#[derive(Clone, Debug, Default, Derive)]
#[serde(deny_unknown_fields, default)]
pub struct Example {
    /// What a sheet says below `format` and `story`.
    pub facts: Option<serde_json::Value>,
    /// The reference date.
    pub date: Option<jiff::civil::Date>,
    /// By language: `[text](verdict expected)` marks each finding.
    pub flag: Wording,
    /// By language: texts without a finding of this rule.
    pub pass: Wording,
}

impl<'de> Deserialize<'de> for Strings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StringsVisitor;
        impl<'de> Visitor<'de> for StringsVisitor {
            type Value = Strings;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a word or a list of words")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Strings, E> {
                Ok(Strings(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Strings, A::Error> {
                let mut strings = Vec::with_capacity(list.size_hint().unwrap_or(0));
                while let Some(text) = list.next_element::<String>()? {
                    strings.push(text);
                }
                Ok(Strings(strings))
            }
        }
        deserializer.deserialize_any(StringsVisitor)
    }
}

impl JsonSchema for Strings {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Strings".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let list = generator.subschema_for::<Vec<String>>();
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, list] })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for PerVerdict<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PerVerdictVisitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for PerVerdictVisitor<T> {
            type Value = PerVerdict<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one value for every verdict, or a map from verdict to value")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                T::deserialize(de::value::StrDeserializer::new(text)).map(PerVerdict::All)
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                BTreeMap::deserialize(de::value::MapAccessDeserializer::new(map)).map(PerVerdict::Each)
            }
            // YAML reads a bare `off` as text, but some writers make it a boolean.
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
                self.visit_str(if value { "on" } else { "off" })
            }
        }
        deserializer.deserialize_any(PerVerdictVisitor(std::marker::PhantomData))
    }
}
