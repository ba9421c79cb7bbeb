//! Two numbers and what they are together: "15 tonnes and 8 tonnes, 25 tonnes together". Unlike a sum "in all"
//! there is nothing else that it can be of.

use super::Copy;
use super::sum::is_comma;
use crate::checks::case::{Draft, Reporter};
use crate::finding::Verdict;
use crate::language::{Marker, Term};
use crate::reading::quantity::{HedgeKind, Quantity, Unit};
use crate::rules::Check;

/// More parts than this are a list, of which some may not be meant.
const MOST_PARTS: usize = 4;
/// Between two parts stand so many tokens at the most.
const MOST_BETWEEN: usize = 10;

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    for hit in copy.told(Term::Together) {
        let said = hit.token as usize..hit.token as usize + hit.len as usize;
        let sentence = copy.sentence(said.start);
        if copy.has_marker(&sentence, &[Marker::Partitive, Marker::Negation, Marker::Elsewhere]) {
            continue;
        }
        let first = copy.read.quantities.partition_point(|one| one.tokens.start < sentence.start);
        let numbers: Vec<&Quantity> = copy
            .read
            .quantities
            .iter()
            .skip(first)
            .take_while(|one| one.tokens.start < sentence.end)
            .filter(|one| !one.article)
            .take(MOST_PARTS + 2)
            .collect();
        let Some((total, parts)) = numbers.split_last() else { continue };
        // "Two planes brought 15 and 8 tonnes": the planes are no part of the load.
        let led = parts.iter().take_while(|part| total.unit.is_some() && part.unit.is_none()).count();
        let parts = parts.get(led..).unwrap_or(&[]);
        let stands = stands_before(copy, total, said.start, said.end)
            || stands_behind(copy, total, said.start, said.end, sentence.end);
        if stands && are_parts(copy, parts, total) && !adds_up(parts, total) {
            let sum: f64 = parts.iter().map(|part| part.value).sum();
            let mut draft = Draft::new(Check::InternalSum, Verdict::Wrong, total.number.clone());
            draft.expected = Some(format!("{sum}"));
            reporter.report(draft);
        }
    }
}

/// ", together 25": the word right before the number, and a comma before the word.
fn stands_before(copy: &Copy<'_>, total: &Quantity, said: usize, end: usize) -> bool {
    let parted = said.checked_sub(1).is_some_and(|before| is_comma(copy, before));
    parted && copy.hedged_start(total) == end && counts_them(copy, total)
}

/// ", 25 tonnes together.": the word closes the clause.
fn stands_behind(copy: &Copy<'_>, total: &Quantity, said: usize, end: usize, limit: usize) -> bool {
    let parted = copy.hedged_start(total).checked_sub(1).is_some_and(|before| is_comma(copy, before));
    let between = total.tokens.end..said;
    let is_near = between.len() <= usize::from(total.unit.is_some()) && said >= total.tokens.end;
    parted && is_near && (end >= limit || !copy.is_word(end))
}

/// The sum has no noun that could be of another thing than its parts.
fn counts_them(copy: &Copy<'_>, total: &Quantity) -> bool {
    total.unit.is_some() || !copy.is_word(total.tokens.end)
}

/// Exact numbers of one unit, joined to each other, and all of them parts.
fn are_parts(copy: &Copy<'_>, parts: &[&Quantity], total: &Quantity) -> bool {
    let unit = total.unit.or_else(|| parts.iter().find_map(|part| part.unit));
    let can_be_added =
        matches!(unit, None | Some(Unit::Money | Unit::Length | Unit::Area | Unit::Mass | Unit::Volume));
    let is_fit = |one: &&Quantity| {
        one.hedge == HedgeKind::Exact
            && one.upper.is_none()
            && (one.unit == unit || one.unit.is_none())
            && (one.unit.is_some() || copy.is_count(one))
            && !copy.read.dates.iter().any(|date| date.tokens.contains(&one.tokens.start))
    };
    let connect = &copy.read.scan.language.pack.hedges.connect;
    let are_joined = parts.windows(2).all(|pair| {
        let [first, second] = pair else { return false };
        let between = first.tokens.end..copy.hedged_start(second);
        between.len() <= MOST_BETWEEN
            && (copy.has_marker(&between, &[Marker::Additional])
                || between.clone().any(|at| {
                    is_comma(copy, at) || connect.iter().any(|word| word == copy.read.scan.folded(at))
                }))
    });
    can_be_added
        && (2..=MOST_PARTS).contains(&parts.len())
        && parts.iter().chain(std::iter::once(&total)).all(is_fit)
        && are_joined
}

/// Whether the parts make the sum, as far as rounding goes. What is far from it is of something else.
fn adds_up(parts: &[&Quantity], total: &Quantity) -> bool {
    let sum: f64 = parts.iter().map(|part| part.value).sum();
    let is_near = total.value > sum / 2.0 && total.value < sum * 2.0;
    let rounding = parts.iter().map(|part| part.step).sum::<f64>() / 2.0 + total.step / 2.0;
    !is_near || (sum - total.value).abs() <= rounding || parts.iter().any(|part| part.value == total.value)
}
