//! Numbers as such: what no language writes that way, and another language's separators.

use super::case::{Draft, Read, Reporter};
use crate::finding::Verdict;
use crate::reading::claim::Claim;
use crate::reading::quantity::{NumberForm, NumberPart, Quantity};
use crate::rules::Check;

/// What is wrong with how a count is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Slip {
    Malformed,
    /// Another language's separators; the value they were meant to tell.
    Separator(f64),
}

/// Reports numbers that cannot be meant as they stand.
pub fn check(read: &Read<'_>, claims: &[Claim], reporter: &mut Reporter<'_>) {
    for claim in claims {
        let Some(quantity) = read.quantities.get(claim.quantity) else { continue };
        for part in [Some(&quantity.first), quantity.second.as_ref()].into_iter().flatten() {
            match slip(quantity, part, claim, read.scan.text) {
                Some(Slip::Malformed) => {
                    reporter.report(Draft::new(Check::NumberMalformed, Verdict::Wrong, part.span.clone()));
                }
                Some(Slip::Separator(meant)) => {
                    let mut draft = Draft::new(Check::NumberSeparator, Verdict::Wrong, part.span.clone());
                    let marks = &read.scan.language.pack.numbers.thousands;
                    draft.expected = Some(grouped(meant, marks.first().map_or(" ", String::as_str)));
                    reporter.report(draft);
                }
                None => {}
            }
        }
    }
}

/// Whether a number is reported for its writing, so that its value says nothing.
pub fn is_written_wrongly(quantity: &Quantity, claim: &Claim, text: &str) -> bool {
    [Some(&quantity.first), quantity.second.as_ref()]
        .into_iter()
        .flatten()
        .any(|part| slip(quantity, part, claim, text).is_some())
}

fn slip(quantity: &Quantity, part: &NumberPart, claim: &Claim, text: &str) -> Option<Slip> {
    // Measures have decimals, and a bare number may be a score or a rate.
    let counts = claim.concept.is_some() || claim.of_people;
    if quantity.unit.is_some() || !quantity.digits || !counts {
        return None;
    }
    match quantity.form {
        NumberForm::MaybeThousands { other } => Some(Slip::Separator(other)),
        NumberForm::ForeignThousands => Some(Slip::Separator(part.value)),
        NumberForm::Malformed { .. } => Some(Slip::Malformed),
        // One decimal is an average: "2.5 people a household".
        NumberForm::Plain | NumberForm::ForeignDecimal => {
            let written = text.get(part.span.clone()).unwrap_or("");
            let decimals = written.rsplit(['.', ',']).next().map_or(0, |digits| digits.chars().count());
            (part.value.fract() != 0.0 && decimals > 1 && !claim.barred).then_some(Slip::Malformed)
        }
    }
}

/// A whole number in groups of three, for those who write so.
fn grouped(value: f64, mark: &str) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}
