//! Parts that are more than their whole: "103 of the 100", "12 dead, among them 15 children".

use std::ops::Range;

use super::{Copy, is_year};
use crate::checks::case::{Draft, Reporter};
use crate::finding::{Severity, Verdict};
use crate::language::sense::NumberSense;
use crate::language::{Marker, Sense, Term};
use crate::reading::claim::{Claim, Whose};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::quantity::{HedgeKind, Quantity, Unit};
use crate::rules::Check;

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    for pair in copy.read.quantities.windows(2) {
        let [part, whole] = pair else { continue };
        if is_taken_out(copy, part, whole) {
            report(copy, part, &[whole], Severity::Error, reporter);
        }
        let [whole, part] = pair else { continue };
        if is_of_a_sum(copy, whole, part) {
            report(copy, part, &[whole], Severity::Warning, reporter);
        }
    }
    for pair in copy.claims.windows(2) {
        let [whole, part] = pair else { continue };
        if let (Some(whole), Some(part)) = led_by_whole(copy, whole, part) {
            report(copy, part, &[whole], Severity::Warning, reporter);
        }
    }
    for (index, claim) in copy.claims.iter().enumerate() {
        if let Some(part) = told_part(copy, claim)
            && let Some(wholes) = wholes_before(copy, index)
            // The parts may be of all that was told before, taken together.
            && least(part) > wholes.iter().map(|whole| most(whole)).sum()
        {
            report(copy, part, &wholes, Severity::Warning, reporter);
        }
    }
}

fn report(
    copy: &Copy<'_>,
    part: &Quantity,
    wholes: &[&Quantity],
    at_most: Severity,
    reporter: &mut Reporter<'_>,
) {
    let text = |span: &Range<usize>| copy.read.scan.text.get(span.clone()).unwrap_or("").to_owned();
    let whole: Vec<String> = wholes.iter().map(|whole| text(&whole.number)).collect();
    let mut draft = Draft::new(Check::InternalPart, Verdict::Wrong, part.number.clone());
    draft.values = vec![("name", whole.join(" + "))];
    draft.at_most = at_most;
    reporter.report(draft);
}

/// "103 of the 100": nothing but words that take a part stand between, and the second is a plain count.
fn is_taken_out(copy: &Copy<'_>, part: &Quantity, whole: &Quantity) -> bool {
    let start = copy.hedged_start(whole);
    let scan = copy.read.scan;
    copy.is_count(part)
        && copy.is_count(whole)
        && part.hedge != HedgeKind::Vague
        && whole.hedge == HedgeKind::Exact
        && least(part) > whole.value
        // "by 20, from 15 to 35": some languages take out and count from with one word.
        && !scan.language.pack.hedges.range.join.iter().any(|word| word == scan.folded(whole.tokens.end))
        && copy.term_before(start, Term::PartOf) == Some(part.tokens.end)
        // "200 of the 12-inch records", "40 of the 500 000-strong force".
        && !(scan.is_symbol(whole.tokens.end, "-") && scan.gap(whole.tokens.end) == Gap::None)
        // "12 of the 10 best" is an ordinal in other words, and "5 of the 2 o'clock" a time: a noun follows.
        && copy.is_word(whole.tokens.end)
}

/// "10 million euros, 20 million of it at once": an amount, a comma, and a part of it.
fn is_of_a_sum(copy: &Copy<'_>, whole: &Quantity, part: &Quantity) -> bool {
    const LEAST: f64 = 1000.0;
    const MUCH: f64 = 1.1;
    let scan = copy.read.scan;
    let start = copy.hedged_start(part);
    let fits = whole.unit == Some(Unit::Money)
        && matches!(part.unit, None | Some(Unit::Money))
        && [whole, part].into_iter().all(|one| {
            one.upper.is_none()
                && !one.article
                && !is_year(one)
                && one.value >= LEAST
                && matches!(one.hedge, HedgeKind::Exact | HedgeKind::About | HedgeKind::Almost)
        })
        && match whole.hedge {
            // However round an amount is, nobody takes much more than it says out of it.
            HedgeKind::Exact => part.value > whole.value * MUCH,
            _ => least(part) > most(whole),
        }
        && start > whole.tokens.end
        && copy.sentence(whole.tokens.start).contains(&start);
    if !fits {
        return false;
    }
    // Nothing but the currency stands before the comma, and one small word behind it.
    let is_money = |at: usize| {
        scan.hits_at(at)
            .iter()
            .find(|hit| hit.sense == Sense::Number(NumberSense::Unit(Unit::Money)))
            .map(|hit| at + hit.len as usize)
    };
    let end = whole.tokens.end;
    let end = (end..end + 2).find_map(is_money).unwrap_or(end);
    let Some(comma) = (end..end + 2).find(|&at| scan.is_symbol(at, ",")) else { return false };
    // "$24 million": the sign stands before the number.
    let is_sign = |at: usize| part.unit.is_some() && scan.kind(at) == Some(TokenKind::Symbol) && at > comma;
    let start = start.checked_sub(1).filter(|&before| is_sign(before)).unwrap_or(start);
    let said_before = copy.marker_at(comma + 1, Marker::Partitive).map(|len| comma + 1 + len);
    let behind = part.tokens.end;
    let behind = is_money(behind).unwrap_or(behind);
    // "5 million for masks, of which 12 million": of the masks.
    (said_before == Some(start) && comma == end)
        || (start == comma + 1 && copy.marker_at(behind, Marker::Partitive).is_some())
}

/// "Of the 30 passengers, 33 were hurt": the sentence begins with its whole, and the part has no noun of its
/// own. Both are `None` where it is none, or no more than its whole.
fn led_by_whole<'a>(
    copy: &Copy<'a>,
    whole: &Claim,
    part: &Claim,
) -> (Option<&'a Quantity>, Option<&'a Quantity>) {
    let (Some(first), Some(second)) = (copy.quantity(whole), copy.quantity(part)) else {
        return (None, None);
    };
    let sentence = copy.sentence(first.tokens.start);
    let next = second.tokens.end;
    let of_people = whole.of_people && (part.of_people || part.whose != Whose::SomethingElse);
    let fits = (of_people || is_told_of_things(copy, first, second))
        && copy.term_at(sentence.start, Term::PartOf).map(|len| sentence.start + len)
            == Some(copy.hedged_start(first))
        && sentence.contains(&second.tokens.start)
        && [first, second].into_iter().all(|one| copy.is_count(one) && one.hedge == HedgeKind::Exact)
        && !part.barred
        && second.value > first.value
        // "Of the two brothers, 25 and 31, …" tells how old they are.
        && copy.is_word(next)
        && !copy.read.scan.language.pack.hedges.connect.iter().any(|word| word == copy.read.scan.folded(next));
    if fits { (Some(first), Some(second)) } else { (None, None) }
}

/// "Of the 40 planes, 55 were late": a verb stands where the noun of the second number would.
fn is_told_of_things(copy: &Copy<'_>, whole: &Quantity, part: &Quantity) -> bool {
    /// A smaller number may be of things that bear numbers themselves.
    const LEAST: f64 = 10.0;
    let next = part.tokens.end;
    let noun = whole.tokens.end;
    let is_date = copy.read.dates.iter().any(|date| date.tokens.contains(&whole.tokens.start));
    whole.value >= LEAST
        && !is_date
        && copy.is_word(noun)
        && copy.marker_at(noun, Marker::Function).is_none()
        && copy.marker_at(next, Marker::Auxiliary).is_some()
        && !copy.has_marker(&(next..next + 2), &[Marker::Definite])
        && copy.hedged_start(part).checked_sub(1).is_some_and(|before| copy.read.scan.is_symbol(before, ","))
}

/// The number of a claim that tells a part of what was just told.
fn told_part<'a>(copy: &Copy<'a>, claim: &Claim) -> Option<&'a Quantity> {
    let part = copy.quantity(claim)?;
    if !claim.partitive
        || claim.barred
        || !copy.is_count(part)
        || is_year(part)
        || part.hedge == HedgeKind::Vague
        || claim.whose == Whose::SomethingElse
    {
        return None;
    }
    let start = copy.hedged_start(part);
    // No other number stands between the word that says so and the number.
    let least = match claim.quantity.checked_sub(1).and_then(|before| copy.read.quantities.get(before)) {
        Some(before) => before.tokens.end,
        None => 0,
    };
    let before = start.saturating_sub(4).max(least)..start;
    let behind = part.tokens.end..part.tokens.end + 2;
    let is_marked = |range: &Range<usize>| copy.has_marker(range, &[Marker::Partitive]);
    (is_marked(&before) || is_marked(&behind)).then_some(part)
}

/// The people counted before a part: in its sentence, or where it is the first number there, in the one
/// before. `None` where something else is counted as well.
fn wholes_before<'a>(copy: &Copy<'a>, index: usize) -> Option<Vec<&'a Quantity>> {
    let part = copy.claims.get(index)?;
    let start = copy.quantity(part)?.tokens.start;
    let sentence = copy.sentence(start);
    let of_sentence = |range: &Range<usize>| -> Vec<&Claim> {
        copy.claims
            .get(..index)
            .unwrap_or(&[])
            .iter()
            .rev()
            .take(12)
            .take_while(|claim| {
                copy.quantity(claim).is_some_and(|quantity| quantity.tokens.start >= range.start)
            })
            .filter(|claim| copy.quantity(claim).is_some_and(|quantity| quantity.tokens.start < range.end))
            .collect()
    };
    let own = of_sentence(&sentence);
    let wholes = match own.is_empty() {
        false => own,
        true => {
            // "Among them were 15 children": the words that say so come first.
            let head = sentence.start..start;
            if head.len() > 6 {
                return None;
            }
            of_sentence(&copy.sentence(sentence.start.checked_sub(1)?))
        }
    };
    // A part of a part: its whole is the last that is none itself, and may be any of them.
    let mut found = Vec::new();
    for claim in wholes {
        let quantity = copy.quantity(claim)?;
        let counts_people = claim.of_people
            || claim
                .concept
                .and_then(|concept| copy.rules.concepts.get(concept as usize))
                .is_some_and(|concept| concept.entry.counts.as_deref() == Some(PEOPLE));
        if quantity.article
            || !copy.is_count(quantity)
            || !counts_people
            || claim.whose == Whose::SomethingElse
        {
            return None;
        }
        found.push(quantity);
    }
    (!found.is_empty()).then_some(found)
}

/// What concepts count whose numbers are of people.
const PEOPLE: &str = "people";

/// The most that a whole can be: who says "at least 12, including 15" knows of 15.
fn most(quantity: &Quantity) -> f64 {
    match quantity.hedge {
        HedgeKind::AtLeast | HedgeKind::MoreThan => quantity.soft.high,
        _ => quantity.hard.high,
    }
}

/// The least that a part can be: no number that is told of a part is rounded up beyond its whole.
fn least(quantity: &Quantity) -> f64 {
    match quantity.hedge {
        HedgeKind::Exact => quantity.value,
        _ => quantity.hard.low,
    }
}
