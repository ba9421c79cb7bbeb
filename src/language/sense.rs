//! What a word or phrase can mean to a reader. Which words mean it is said in YAML only.

use serde::{Deserialize, Serialize};

pub use super::date_words::DateSense;
pub use super::number_words::NumberSense;

/// One meaning of one word or phrase of a language.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sense {
    /// Part of a number written in words or beside digits.
    Number(NumberSense),
    /// Part of a date.
    Date(DateSense),
    /// Tells how the clause stands to its facts.
    Clause(Marker),
    /// Triggers a concept, by its index in the rule set.
    Concept(u16),
    /// Names a group, by its index in the rule set.
    Group(u16),
    /// People in general: a noun that ties a number to no group.
    People,
    /// Triggers a type of event, by its index in the rule set.
    Event(u16),
    /// Words of a phase of an event (start, end), by its index in the rule set.
    Phase(u16),
    /// Says that an office is no longer held.
    Former,
    /// Says that an office is held for the time being.
    Acting,
    /// Names an office, by its index in the rule set.
    Office(u16),
    /// Stands around an office and changes what it claims.
    Title(TitleWord),
    /// Words of a closed list that stand before its members, by its concept's index in the rule set.
    ListBefore(u16),
    /// Words of a closed list that stand behind its members.
    ListBehind(u16),
    /// What the members of a closed list are called when they are counted.
    ListNoun(u16),
    /// An abbreviation whose full stop ends no sentence.
    Abbreviation,
    /// Wording that a sheet brings.
    Sheet(SheetWord),
}

/// What wording of a sheet stands for, by its index in the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SheetWord {
    Group(u16),
    /// Names what a figure counts.
    Figure(u16),
    /// One of them must stand in the sentence of a figure.
    FigureWhen(u16),
    /// Triggers an event.
    Event(u16),
    /// One of them must stand in the sentence of an event.
    EventWhen(u16),
    /// Stands before the members of a list.
    List(u16),
}

/// Words around a title that are none themselves.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TitleWord {
    /// Says that the office is held now: current, new.
    Held,
    /// Says that the office is still to be taken: elect, designate.
    Designate,
    /// Makes the title somebody else's, or another office: deputy, adviser, wife, candidate.
    Beside,
    /// Stands for the country itself: republic, country.
    Country,
    /// Makes a number before or behind it an age: years old.
    Age,
    /// The sentence may tell of another time: under, during the rule.
    Era,
}

/// Words that stand around a claim and change what it claims.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Marker {
    /// Not, never, denied.
    Negation,
    /// Will, is to, plans.
    Planned,
    /// Is feared, could.
    Expected,
    /// A further, another: a number on top of one already told.
    Additional,
    /// Still: what is left of a number.
    Remaining,
    /// Of them, among those: a part of a number just told.
    Partitive,
    /// As of: a date follows from which the numbers of the clause are told.
    AsOf,
    /// Then, at that time, earlier: the numbers are those of the last date told.
    Then,
    /// Up from, after: the number that follows is an older one.
    Previous,
    /// In all, altogether: the number is of the whole story, whatever group stood before.
    Total,
    /// Small words that a counted noun never is: articles, auxiliaries, prepositions.
    Function,
    /// Small verbs that help another: was, has been, wurde. They are among `function` too.
    Auxiliary,
    /// Words that begin a new clause.
    Break,
    /// Stands between a number and the noun it counts without changing either: of, of the.
    Link,
    /// Prepositions of place: what follows says where.
    Locative,
    /// Another year's, a different event's: last year, the previous disaster.
    Elsewhere,
    /// Binds the group behind it to the numbers of the stretch: among, on the side of.
    Among,
    /// Makes what follows a thing of its own: the, these, his.
    Definite,
    /// Says that whoever stands beside it only speaks: said, according to.
    Says,
    /// Names who did it: killed by.
    Agent,
    /// Joins the last of several: and.
    And,
    /// Says that what follows are only some of them: such as.
    Example,
    /// Says that what follows is not among them: apart from.
    Except,
    /// Every one of them.
    All,
    /// The first city of a country: capital.
    Capital,
}
