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
    pub value: f64,
    /// The second number of a range.
    pub upper: Option<f64>,
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
    Mass,
    Volume,
    Temperature,
    Magnitude,
    /// Minutes, hours, days, weeks, months, years: a duration or an age.
    Time,
}

impl Quantity {
    /// The bounds the words themselves give, for those who want to see what was read.
    pub fn shown(&self) -> Interval {
        self.hard
    }
}
