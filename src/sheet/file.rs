//! What a fact sheet's file says, as serde reads it: every key, with the places of the values. Texts such
//! as dates and values are read further in `compile.rs` and `figures.rs`, so that all that is wrong with them
//! is reported at once.

use serde::Deserialize;

use super::shapes::{DateText, Entries, NamesFile, OneOrMany, SeriesFile, TimeText, ValueText, WordsFile};
use crate::yaml::At;

/// A fact sheet: what is true of one story.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "factlint fact sheet")]
pub struct SheetFile {
    /// The version of this format: 1.
    #[schemars(required)]
    pub format: Option<At<u32>>,
    /// The id of the story.
    #[schemars(required)]
    pub story: Option<At<String>>,
    /// The story's name for people.
    pub title: Option<String>,
    /// The language of every unmarked form: an ISO 639 code.
    #[schemars(required)]
    pub language: Option<At<String>>,
    /// The story's time zone, such as `Asia/Almaty`.
    pub timezone: Option<String>,
    /// The days that the story covers; an `as_of` outside is probably mistyped.
    pub period: Option<PeriodFile>,
    /// The default place of the figures.
    #[serde(rename = "where")]
    pub place: Option<OneOrMany>,
    /// The default source of the figures.
    pub source: Option<String>,
    /// The people of the story by id.
    #[serde(default)]
    pub people: Entries<PersonFile>,
    /// The places of the story by id.
    #[serde(default)]
    pub places: Entries<PlaceFile>,
    /// The organizations of the story by id.
    #[serde(default)]
    pub organizations: Entries<OrganizationFile>,
    /// Groups of people that the rules do not know, or more words for those they know.
    #[serde(default)]
    pub groups: Entries<GroupFile>,
    /// Counted facts by id.
    #[serde(default)]
    pub figures: Entries<FigureFile>,
    /// What happened, by id.
    #[serde(default)]
    pub events: Entries<EventFile>,
    /// Closed sets: the members of an alliance, the signatories of a treaty.
    #[serde(default)]
    pub lists: Entries<ListFile>,
    /// Findings that are not to be told, with the reason.
    #[serde(default)]
    pub accept: Vec<At<AcceptFile>>,
}

/// The days that a story covers, both included.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodFile {
    /// The first day.
    pub from: At<DateText>,
    /// The last day; open where it is missing.
    pub to: Option<At<DateText>>,
}

/// A person.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonFile {
    /// The full name, right in every language of its script unless `in` says otherwise.
    pub name: At<String>,
    /// The name in other languages.
    #[serde(rename = "in", default)]
    pub languages: Entries<NamesFile>,
    /// Further full names, accepted in every language.
    #[serde(default)]
    pub also: OneOrMany,
    /// The family name; by default the last word of the name.
    pub family: Option<At<String>>,
    /// Further short forms; the family name is accepted by itself.
    #[serde(default)]
    pub short: OneOrMany,
    /// An abbreviation that stands for the name.
    pub abbreviation: Option<At<String>>,
    /// Spellings seen in the wild that are never right.
    #[serde(default)]
    pub garbled: OneOrMany,
    /// The day of birth.
    pub born: Option<At<DateText>>,
    /// The offices held.
    #[serde(default)]
    pub roles: Vec<At<RoleFile>>,
    /// What the person is or was: detained, dead.
    #[serde(default)]
    pub states: Vec<At<StateFile>>,
}

/// A place.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceFile {
    /// The name, right in every language of its script unless `in` says otherwise.
    pub name: At<String>,
    /// The name in other languages.
    #[serde(rename = "in", default)]
    pub languages: Entries<NamesFile>,
    /// Further names, accepted in every language.
    #[serde(default)]
    pub also: OneOrMany,
    /// Short forms.
    #[serde(default)]
    pub short: OneOrMany,
    /// The abbreviation.
    pub abbreviation: Option<At<String>>,
    /// Adjectives and names of its people, by language.
    #[serde(default)]
    pub adjective: WordsFile,
    /// Spellings seen in the wild that are never right.
    #[serde(default)]
    pub garbled: OneOrMany,
    /// The id of the place that this one lies in.
    pub within: Option<At<String>>,
}

/// An organization.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationFile {
    /// The name, right in every language of its script unless `in` says otherwise.
    pub name: At<String>,
    /// The name in other languages.
    #[serde(rename = "in", default)]
    pub languages: Entries<NamesFile>,
    /// Further names, accepted in every language.
    #[serde(default)]
    pub also: OneOrMany,
    /// Short forms.
    #[serde(default)]
    pub short: OneOrMany,
    /// The abbreviation.
    pub abbreviation: Option<At<String>>,
    /// Adjectives and names of its people, by language.
    #[serde(default)]
    pub adjective: WordsFile,
    /// Spellings seen in the wild that are never right.
    #[serde(default)]
    pub garbled: OneOrMany,
    /// The id of the place that it belongs to.
    pub within: Option<At<String>>,
}

/// An office held.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleFile {
    /// The office: `president`, `chair`.
    pub office: At<String>,
    /// The id of what it is an office of.
    pub of: Option<At<String>>,
    /// The id of an ambassador's host.
    pub posted: Option<At<String>>,
    /// The first day.
    pub from: Option<At<DateText>>,
    /// The last day.
    pub to: Option<At<DateText>>,
    /// Held for the time being.
    #[serde(default)]
    pub acting: bool,
}

/// A state that a person is in.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StateFile {
    /// The state: `detained`, `dead`.
    pub state: At<String>,
    /// The first day.
    pub from: Option<At<DateText>>,
    /// The last day.
    pub to: Option<At<DateText>>,
}

/// A group of people with its wording.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GroupFile {
    /// What copy calls them, by language.
    pub words: WordsFile,
}

/// A counted fact.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FigureFile {
    /// What is counted: `killed`, `troops`; by default the figure's id.
    pub concept: Option<At<String>>,
    /// Whose people: a group or a cast id, or a list of them, any of which ties.
    pub group: OneOrMany,
    /// All of the groups at once.
    pub together: bool,
    /// Where: a place's id, or a list of them, any of which ties. By default the sheet's `where`.
    #[serde(rename = "where")]
    pub place: Option<OneOrMany>,
    /// Who acted, as against whose people: a group or a cast id, or a list of them.
    pub by: OneOrMany,
    /// The id of the event that the figure belongs to.
    pub event: Option<At<String>>,
    /// The id of the figure that this one is a part of.
    pub part_of: Option<At<String>>,
    /// History: outside of the period, with or without a date.
    pub constant: bool,
    /// Words for what is counted, by language: a sufficient tie, with the number.
    pub words: WordsFile,
    /// Words, by language, one of which must stand in the sentence too.
    pub when: WordsFile,
    /// The source of the values that name none; by default the sheet's `source`.
    pub source: Option<String>,
    /// A remark for people.
    pub note: Option<String>,
    /// The values by their dates.
    #[schemars(required)]
    pub series: Option<At<SeriesFile>>,
}

/// One dated value of a figure. Exactly one of the keys of values stands in it.
#[derive(Clone, Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EntryFile {
    /// The day of the value; it holds from some moment of it.
    pub as_of: Option<At<DateText>>,
    /// The time of day, `"04:17"`.
    pub time: Option<At<TimeText>>,
    /// Exactly so many; or a value with a hedge in the sheet's language.
    pub value: Option<At<ValueText>>,
    /// So many or more.
    pub at_least: Option<At<ValueText>>,
    /// More than so many.
    pub more_than: Option<At<ValueText>>,
    /// So many or fewer.
    pub at_most: Option<At<ValueText>>,
    /// Fewer than so many.
    pub fewer_than: Option<At<ValueText>>,
    /// A little less than so many.
    pub almost: Option<At<ValueText>>,
    /// So many, more or less.
    pub about: Option<At<ValueText>>,
    /// From so many to so many.
    pub between: Option<At<(At<ValueText>, At<ValueText>)>>,
    /// Who says so.
    pub source: Option<String>,
    /// What kind of number it is where it does not say what happened.
    pub kind: Option<KindFile>,
    /// The day on which it was taken back.
    pub retracted: Option<At<DateText>>,
    /// Others say otherwise.
    pub disputed: bool,
    /// A remark for people.
    pub note: Option<String>,
}

/// What kind of number a value is where it does not say what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum KindFile {
    Planned,
    Expected,
    Additional,
    Remaining,
}

/// Something that happened.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventFile {
    /// What kind of event: `protest`, `dismissal`.
    #[serde(rename = "type")]
    pub event_type: At<String>,
    /// A part of it: `start`, `end`.
    pub phase: Option<String>,
    /// The ids of those it happened to or who did it.
    #[serde(default)]
    pub who: OneOrMany,
    /// The ids of the places.
    #[serde(rename = "where", default)]
    pub place: OneOrMany,
    /// The office it is about.
    pub office: Option<At<String>>,
    /// The id of what it is an office of.
    pub of: Option<At<String>>,
    /// The day.
    pub date: Option<At<DateText>>,
    /// The first day, of what took longer.
    pub from: Option<At<DateText>>,
    /// The last day.
    pub to: Option<At<DateText>>,
    /// The time of day, `"04:17"`.
    pub time: Option<At<TimeText>>,
    /// Words for it, by language.
    #[serde(default)]
    pub words: WordsFile,
    /// Words, by language, one of which must stand in the sentence too.
    #[serde(default)]
    pub when: WordsFile,
    /// Who says so.
    pub source: Option<String>,
    /// A remark for people.
    pub note: Option<String>,
}

/// A closed set.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListFile {
    /// What its members are: `contributors`, `signatories`.
    pub concept: At<String>,
    /// The id of what they are members of.
    pub of: Option<At<String>>,
    /// The ids of the members.
    #[schemars(required)]
    pub members: OneOrMany,
    /// Words for the list, by language, that stand before or behind its members: `the founders`.
    #[serde(default)]
    pub words: WordsFile,
}

/// A finding that is not to be told.
#[derive(Clone, Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptFile {
    /// The text of the copy.
    pub text: At<String>,
    /// The rule, `name/garbled`; every rule where it is missing.
    pub rule: Option<String>,
    /// Why.
    pub reason: Option<String>,
}
