//! What a hedge means as an interval: the table of `rules/hedges.yaml`, which desks can change.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::quantity::{HedgeKind, Unit};
use crate::interval::Interval;
use crate::language::merge::{Merge, merge_fields};

/// What the rule files say of hedges, merged. A hedge that none of them gives means the number itself.
#[derive(Clone, Debug, Default)]
pub struct HedgeTable {
    /// From here on a number without a hedge is round where its last digit is zero.
    pub round_from: Option<f64>,
    /// What a round number without a hedge means.
    pub round: Option<Meaning>,
    pub hedges: BTreeMap<HedgeKind, Meaning>,
    /// Words that are a number of their own, by a name that language packs use.
    pub vague: BTreeMap<String, Meaning>,
    pub signs: Signs,
}

merge_fields!(HedgeTable { round_from, round, hedges, vague, signs });
merge_fields!(Signs { before, after, units, units_before, range, hyphens });

/// A house's meaning replaces the one that was there.
impl Merge for Meaning {
    fn absorb(&mut self, other: Self) {
        *self = other;
    }
}

/// What one hedge means.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// Outside of it the copy contradicts.
    pub hard: Formula,
    /// Outside of it the copy is loose.
    pub soft: Formula,
}

/// Signs that mean the same in every language.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Signs {
    pub before: BTreeMap<HedgeKind, Vec<String>>,
    pub after: BTreeMap<HedgeKind, Vec<String>>,
    pub units: BTreeMap<Unit, Vec<String>>,
    pub units_before: BTreeMap<Unit, Vec<String>>,
    /// Between two numbers these make a range.
    pub range: Vec<String>,
    /// Between two number words these only join.
    pub hyphens: Vec<String>,
}

impl HedgeTable {
    /// The hard and the soft interval of a number with its hedge. `step` is the unit of the last
    /// significant digit of `low`, `upper_step` that of `high`; both numbers are one but in a range.
    pub fn intervals(
        &self,
        hedge: HedgeKind,
        (low, step): (f64, f64),
        (high, upper_step): (f64, f64),
    ) -> (Interval, Interval) {
        match self.hedges.get(&hedge) {
            Some(meaning) => meaning.intervals((low, step), (high, upper_step)),
            None => (Interval::closed(low, high), Interval::closed(low, high)),
        }
    }

    /// The intervals of a number that nothing qualifies, not even "exactly".
    pub fn bare(&self, value: f64, step: f64) -> (Interval, Interval) {
        match &self.round {
            Some(round) if step >= 10.0 && self.round_from.is_some_and(|from| value >= from) => {
                round.intervals((value, step), (value, step))
            }
            _ => self.intervals(HedgeKind::Exact, (value, step), (value, step)),
        }
    }

    /// Where a vague word's meaning stands.
    pub fn vague_index(&self, name: &str) -> Option<u16> {
        self.vague.keys().position(|other| other == name).and_then(|index| index.try_into().ok())
    }

    /// The meaning at an index that [`Self::vague_index`] gave.
    pub fn vague(&self, index: u16) -> Option<&Meaning> {
        self.vague.values().nth(usize::from(index))
    }
}

impl Meaning {
    /// Hard and soft.
    pub fn intervals(&self, low: (f64, f64), high: (f64, f64)) -> (Interval, Interval) {
        (self.hard.interval(low, high), self.soft.interval(low, high))
    }
}

/// An interval in terms of a number `n` and the unit `u` of its last significant digit: `[0.8n, n)`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Formula {
    text: String,
    low: Vec<Terms>,
    high: Vec<Terms>,
    low_open: bool,
    high_open: bool,
}

/// `fixed + n × times + u × units`
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Terms {
    fixed: f64,
    times: f64,
    units: f64,
}

impl Formula {
    fn interval(&self, low: (f64, f64), high: (f64, f64)) -> Interval {
        let at = |terms: &Terms, (n, u): (f64, f64)| {
            let scaled = |factor: f64, by: f64| if factor == 0.0 { 0.0 } else { factor * by };
            terms.fixed + scaled(terms.times, n) + scaled(terms.units, u)
        };
        Interval {
            low: self.low.iter().map(|terms| at(terms, low)).fold(f64::INFINITY, f64::min),
            high: self.high.iter().map(|terms| at(terms, high)).fold(f64::NEG_INFINITY, f64::max),
            low_open: self.low_open,
            high_open: self.high_open,
        }
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.text
    }
}

impl TryFrom<String> for Formula {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let shape = || format!("\"{text}\" is no interval; write it like \"[0.8n, n)\"");
        let trimmed = text.trim();
        let low_open = match trimmed.chars().next() {
            Some('(') => true,
            Some('[') => false,
            _ => return Err(shape()),
        };
        let high_open = match trimmed.chars().next_back() {
            Some(')') => true,
            Some(']') => false,
            _ => return Err(shape()),
        };
        let inner = trimmed.trim_matches(['(', '[', ')', ']']);
        let (low, high) = inner.split_once(',').ok_or_else(shape)?;
        let (low, high) = (read_side(low)?, read_side(high)?);
        Ok(Self { low, high, low_open, high_open, text })
    }
}

fn read_side(side: &str) -> Result<Vec<Terms>, String> {
    side.split(" or ").map(read_terms).collect()
}

fn read_terms(text: &str) -> Result<Terms, String> {
    let mut terms = Terms::default();
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // A minus begins a term of its own.
    for term in compact.replace('-', "+-").split('+').filter(|term| !term.is_empty()) {
        let (sign, term) = term.strip_prefix('-').map_or((1.0, term), |rest| (-1.0, rest));
        let (place, factor) = match term.strip_suffix('n') {
            Some(factor) => (&mut terms.times, factor),
            None => match term.strip_suffix('u') {
                Some(factor) => (&mut terms.units, factor),
                None => (&mut terms.fixed, term),
            },
        };
        let factor = match factor {
            "" => 1.0,
            "inf" | "∞" => f64::INFINITY,
            _ => factor.parse::<f64>().ok().filter(|factor| factor.is_finite()).ok_or_else(|| {
                format!("\"{term}\" is no part of a bound; write numbers, `n`, `u` and `inf`")
            })?,
        };
        *place += sign * factor;
    }
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Formula, HedgeTable};
    use crate::interval::Interval;
    use crate::reading::quantity::HedgeKind;
    use crate::rules::{Ruleset, builtin};

    fn built_in() -> Arc<HedgeTable> {
        let mut rules = Ruleset::default();
        builtin::load(&mut rules).unwrap();
        Arc::clone(rules.hedges())
    }

    #[test]
    fn every_hedge_has_its_meaning() {
        assert!(built_in().hedges.len() >= 9 && built_in().round.is_some());
    }

    #[test]
    fn formulas_say_what_is_wrong_with_them() {
        assert!(Formula::try_from("[n, 2x]".to_owned()).is_err());
        assert!(Formula::try_from("n".to_owned()).is_err());
        assert!(Formula::try_from("]".to_owned()).is_err());
    }

    #[test]
    fn intervals_follow_the_table() {
        let table = built_in();
        let about = table.intervals(HedgeKind::About, (2500.0, 100.0), (2500.0, 100.0));
        assert_eq!(about, (Interval::closed(2000.0, 3000.0), Interval::closed(2250.0, 2750.0)));
        let (hard, _) = table.bare(2500.0, 100.0);
        assert!(hard.contains(2450.0) && !hard.contains(2550.0));
        assert!(table.bare(20.0, 10.0).0.is_point());
        assert!(table.bare(748.0, 1.0).0.is_point());
    }
}
