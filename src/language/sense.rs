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
    /// Says of somebody or something that an event came about.
    Told(Told),
    /// Tells how a clause stands to what it says of an event.
    Around(Marker),
    /// Means something to a check that looks within the copy only.
    Term(Term),
    /// Wording that a sheet brings.
    Sheet(SheetWord),
    /// Names somebody of the casts of several sheets, by an index into what they are called.
    Cast(u32),
}

/// A predicate that tells an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Told {
    /// The type of event, by its index in the rule set.
    pub event: u16,
    pub way: Way,
    pub piece: Piece,
}

/// Whom a predicate tells its event of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// Of its subject: resigned.
    Subject,
    /// Of its subject, with a helping verb: (was) appointed.
    Participle,
    /// Of its object: appointed (somebody).
    Object,
    /// Of whom or what a noun's own phrase names: the release (of somebody).
    Noun,
}

/// A predicate, or one of the two pieces in which it stands: "trat … zurück".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    Whole,
    First,
    Last,
}

/// What words mean to the checks that hold a copy against itself. Apart from [`Marker`]: these words are
/// nouns and verbs as well, and change nothing of what a number claims.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// Of what a share is taken, so that it cannot be more than all of it: voters, the vote.
    Whole,
    /// What is counted one by one, so that no more than all of it can be so: houses, schools.
    Counted,
    /// Begins a sentence with the whole that a part is then taken of: of the, of all.
    LedWhole,
    /// A share by itself: turnout.
    Rate,
    /// Takes a part out of the number behind it: of the, out of.
    PartOf,
    /// Makes the number beside it the sum of those before: in all.
    Sum,
    /// Makes the number beside it the sum of those before and of nothing else: together.
    Together,
    /// A kind of thing whose members are named one by one: cities, countries.
    Kind,
    /// Countries, as a kind: countries, nations.
    Countries,
    /// Stands between such a kind and its members: cities of A and B.
    KindLink,
    /// One name with a joining word in it: Bosnia and Herzegovina.
    JoinedName,
    /// Says where: prepositions of place, more of them than those that bar a number from a fact.
    Where,
    /// Begins a name of a place and no person's: North, New, Saint.
    PlaceHead,
    /// Tells of another event than the one told before: the second, elsewhere.
    OtherEvent,
    /// Says that a number moved, or was told at another time: rose, revised, preliminary.
    Moved,
    /// Says that a number is the whole toll: death toll.
    Toll,
    /// Stands between what has members and these: consists of, will include.
    Consists,
}

impl Term {
    /// The last one: a set of senses has a bit for each.
    pub const LAST: Self = Self::Consists;
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
    /// Names the organization that an event's office is of, without the place it is of.
    EventOf(u16),
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
    /// Says that the title beside it is now that of whoever stands on its other side: is, who serves as.
    Predicate,
}

impl TitleWord {
    /// The last one: a set of senses has a bit for each.
    pub const LAST: Self = Self::Predicate;
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
    /// Signs of a sum that runs on: since, so far, rose to.
    Sum,
    /// What has a toll of its own within a longer story: overnight, at a rally, in the clashes.
    Occasion,
    /// Sets one day apart from the sum: on Monday alone.
    Alone,
    /// Makes the number behind it what something is for, or by how much it changed: for, um.
    Purpose,
    /// Points back to the place told last: there.
    There,
    /// Prepositions: what stands behind one is neither subject nor object.
    Preposition,
    /// Helping verbs that make a participle tell something of its subject as a fact: was, has been.
    Passive,
    /// Helping verbs that make a participle tell something of its object as a fact: hat (… ernannt).
    Perfect,
    /// As `passive`, but looking back from another time: had been, war (… worden).
    PastPassive,
    /// As `perfect`, but looking back from another time: hatte (… ernannt), had (resigned).
    PastPerfect,
    /// A pronoun of one person that is a subject: she.
    SubjectPronoun,
    /// A pronoun of one person that is an object and, right beside its verb, nothing else: him.
    ObjectPronoun,
    /// Says that a number was taken back: withdrew the figure, a technical mistake.
    TakenBack,
    /// The clause tells nothing new as a fact: if, whether, before, wants, called for, rumours.
    Unasserted,
    /// Joins the last of several: and.
    And,
    /// Says that what follows are only some of them: such as.
    Example,
    /// Says that what follows is not among them: apart from.
    Except,
    /// Says that what follows is counted in with the rest: together with.
    Along,
    /// Every one of them.
    All,
    /// The first city of a country: capital.
    Capital,
    /// What governs a country from its capital: government, parliament.
    Government,
    /// Prepositions that make an event the time of what is told, so that a day behind it is the event's: during.
    Frame,
    /// Prepositions that make an event end before what is told, or begin behind it: after, since, before. Only a day
    /// right behind it is the event's.
    Sequence,
    /// Verbs that say of the event behind them only that it came about: held, gave, lost (a vote).
    Performs,
    /// Says that something was so before the day that is told: already.
    Already,
}

impl Marker {
    /// The last one: a set of senses has a bit for each.
    pub const LAST: Self = Self::Already;

    /// Whether it stands around predicates only: what counts people does not look at it.
    pub fn is_of_predicates(self) -> bool {
        matches!(
            self,
            Self::Preposition
                | Self::Passive
                | Self::Perfect
                | Self::PastPassive
                | Self::PastPerfect
                | Self::Unasserted
                | Self::TakenBack
                | Self::SubjectPronoun
                | Self::ObjectPronoun
                | Self::Frame
                | Self::Sequence
                | Self::Performs
                | Self::Already
        )
    }
}
