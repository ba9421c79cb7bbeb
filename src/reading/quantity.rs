//! What the copy says of a number: the number, its hedge, and the interval they mean.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::interval::Interval;

/// How a number is qualified.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum HedgeKind {
    /// No hedge.
    Exact,
    MoreThan,
    AtLeast,
    AtMost,
    FewerThan,
    Almost,
    About,
    UpTo,
    Between,
    /// A word that is a number of its own: several, dozens, hundreds.
    Vague,
}

/// A number with its hedge, as it stands in the copy.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// Bytes of the text: number and hedge.
    pub span: Range<usize>,
    /// Bytes of the number alone: from the first number to the last.
    pub number: Range<usize>,
    /// Tokens of the number alone.
    pub tokens: Range<usize>,
    /// What the first number means: in "5 to 10 thousand" it is 5000. Of a vague word the least it
    /// usually means.
    pub value: f64,
    /// The second number of a range.
    pub upper: Option<f64>,
    /// The unit of the first number's last significant digit: 100 for 2500.
    pub step: f64,
    pub hedge: HedgeKind,
    /// Outside of it the copy contradicts.
    pub hard: Interval,
    /// Outside of it the copy is loose.
    pub soft: Interval,
    /// The number is a word that is also an article or a pronoun: a count only to those who ask.
    pub article: bool,
    /// Written in digits.
    pub digits: bool,
    /// What it measures where that is no count of anything: `%`, `km`.
    pub unit: Option<Unit>,
    /// Whether the language writes numbers so.
    pub form: NumberForm,
    /// The first number as written. The second, where there is one.
    pub first: NumberPart,
    pub second: Option<NumberPart>,
}

/// One number as written, without what qualifies it.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberPart {
    /// Bytes of the text.
    pub span: Range<usize>,
    pub value: f64,
}

/// Whether a language writes numbers so. A check decides whether it matters, which depends on what
/// is counted: see `checks::numbers`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberForm {
    /// As the language writes it.
    Plain,
    /// A decimal mark of this language with three digits behind it, which another language would
    /// read as thousands: "4.404" in English. `other` is the value read that way.
    MaybeThousands { other: f64 },
    /// Another language's decimal mark, read as one: "44.04" and "1.6511" in Portuguese.
    ForeignDecimal,
    /// Another language's thousands marks, which can only be those: "1.234.567" in English.
    ForeignThousands,
    /// No language writes it so: "1.234.56", or thousands behind a full number of thousands
    /// ("12.391 mil" in Portuguese). `other` is the value that was probably meant.
    Malformed { other: f64 },
}

/// What a number measures.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Percent,
    Money,
    Length,
    Area,
    Mass,
    Volume,
    Temperature,
    Magnitude,
    /// Minutes, hours, days, weeks, months, years: a duration or an age.
    Time,
    /// A part of a whole: half, two thirds.
    Share,
    /// It counts nothing and only tells which one: No. 4, version two.
    Label,
}

impl Quantity {
    /// The bounds the words themselves give, for those who want to see what was read: "fewer than 5" has
    /// no lower one, though nothing that is counted is below none.
    pub fn shown(&self) -> Interval {
        match self.hedge {
            HedgeKind::AtMost | HedgeKind::UpTo => Interval::up_to(self.hard.high),
            HedgeKind::FewerThan => Interval::below(self.hard.high),
            _ => self.hard,
        }
    }
}
