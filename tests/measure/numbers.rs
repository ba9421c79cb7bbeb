//! Cases of number reading: cardinals, hedged numbers as intervals, and what is no number.

use factlint::reading::quantity::{HedgeKind, NumberPart, Quantity};
use jiff::civil::Date;
use serde::Deserialize;

use crate::cases::{Case, Reading, characters};

#[derive(Debug, Deserialize)]
pub(crate) struct Numbers {
    text: String,
    lang: String,
    kind: String,
    #[serde(default)]
    expected: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
struct Expected {
    start: Option<usize>,
    end: Option<usize>,
    value: Option<f64>,
    interval: Option<(Option<f64>, Option<f64>)>,
}

impl Case for Numbers {
    const WHAT: &'static str = "numbers";

    fn text(&self) -> &str {
        &self.text
    }

    fn language(&self) -> &str {
        &self.lang
    }

    fn kind(&self) -> &str {
        &self.kind
    }

    fn date(&self) -> Option<Date> {
        None
    }

    fn solved(&self, reading: &Reading) -> bool {
        let found = &reading.quantities;
        if self.kind == "hedge" {
            return self
                .expected
                .iter()
                .all(|wanted| found.iter().any(|quantity| self.is_interval(quantity, wanted)));
        }
        // A vague word has no value, so that a suite of values does not know it.
        let parts: Vec<&NumberPart> = found
            .iter()
            .filter(|quantity| quantity.hedge != HedgeKind::Vague || self.kind == "negative")
            .flat_map(|quantity| std::iter::once(&quantity.first).chain(&quantity.second))
            .collect();
        parts.len() == self.expected.len()
            && self.expected.iter().all(|wanted| parts.iter().any(|part| self.is_number(part, wanted)))
    }

    fn found(&self, reading: &Reading) -> String {
        let wanted: Vec<String> = self
            .expected
            .iter()
            .map(|wanted| {
                let (start, end) = (wanted.start.unwrap_or(0), wanted.end.unwrap_or(0));
                let text: String = self.text.chars().skip(start).take(end.saturating_sub(start)).collect();
                format!("{text:?} = {:?} {:?}", wanted.value, wanted.interval)
            })
            .collect();
        let found: Vec<String> = reading
            .quantities
            .iter()
            .map(|quantity| {
                let text = self.text.get(quantity.span.clone()).unwrap_or_default();
                format!("{text:?} = {} in {}..{}", quantity.value, quantity.hard.low, quantity.hard.high)
            })
            .collect();
        format!("wanted {}; found {}", wanted.join(", "), found.join(", "))
    }
}

impl Numbers {
    fn stands(&self, span: &std::ops::Range<usize>, wanted: &Expected) -> bool {
        let span = characters(&self.text, span);
        wanted.start.is_none_or(|start| start == span.start) && wanted.end.is_none_or(|end| end == span.end)
    }

    fn is_number(&self, part: &NumberPart, wanted: &Expected) -> bool {
        wanted.value.is_some_and(|value| same(part.value, value)) && self.stands(&part.span, wanted)
    }

    /// Open and closed ends are the same here, and a count that has no least value begins at zero.
    fn is_interval(&self, quantity: &Quantity, wanted: &Expected) -> bool {
        let Some((low, high)) = wanted.interval else { return false };
        let low_fits = match low {
            Some(low) => same(quantity.hard.low, low),
            None => quantity.hard.low <= 0.0,
        };
        let high_fits = match high {
            Some(high) => same(quantity.hard.high, high),
            None => quantity.hard.high.is_infinite(),
        };
        low_fits && high_fits && self.stands(&quantity.span, wanted)
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}
