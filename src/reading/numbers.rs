//! Numbers in copy: digits with separators, number words, scales, hedges, and what is none.

use super::compound_numbers::{Found, Number, read_number};
use super::hedges::qualify;
use super::lexer::{Gap, TokenKind};
use super::number_senses::NumberSenses;
use super::number_traps::is_no_quantity;
use super::quantity::{Quantity, Unit};
use super::scan::Scan;
use crate::language::number_words::NumberSense;

/// Reads every quantity of a text, in order.
pub fn read_quantities(scan: &Scan<'_>) -> Vec<Quantity> {
    let senses = NumberSenses::of(scan);
    let counts = read_counts(scan, &senses);
    qualify(scan, &senses, &counts)
}

/// A number or a vague word, before anything that stands around it is read.
pub struct Count {
    pub from: usize,
    /// The token behind it.
    pub to: usize,
    pub what: What,
}

/// What was counted with.
pub enum What {
    Number(Number),
    /// A vague word by its index in the hedge table, and what multiplies it: "several hundred".
    Vague {
        index: u16,
        times: f64,
    },
}

fn read_counts(scan: &Scan<'_>, senses: &NumberSenses) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    let mut hits = senses.starts().peekable();
    let mut at = 0;
    // The token behind the last number that a label took: "Articles 4 and 5".
    let mut labelled_to = None;
    while at < scan.tokens.len() {
        while hits.next_if(|&token| token < at).is_some() {}
        let hit = hits.peek() == Some(&at);
        if !hit && scan.kind(at) != Some(TokenKind::Number) {
            at += 1;
            continue;
        }
        let Some(count) = (match count_at(scan, senses, at) {
            Some(Reading::Count(count)) => Some(count),
            Some(Reading::Other { to }) => {
                at = to.max(at + 1);
                continue;
            }
            None => None,
        }) else {
            at += 1;
            continue;
        };
        at = count.to.max(at + 1);
        let labelled = labelled_to.is_some_and(|to| is_listed(scan, to, count.from));
        if labelled || is_no_quantity(scan, senses, count.from, count.to) {
            let label = senses.ending_at(count.from, |sense| (sense == NumberSense::Label).then_some(()));
            labelled_to = (labelled || label.is_some()).then_some(count.to);
        } else {
            counts.push(count);
        }
    }
    counts
}

enum Reading {
    Count(Count),
    Other { to: usize },
}

fn count_at(scan: &Scan<'_>, senses: &NumberSenses, at: usize) -> Option<Reading> {
    let number = match read_number(scan, senses, at) {
        Some(Found::Other { to }) => return Some(Reading::Other { to }),
        Some(Found::Number(number)) => Some(number),
        None => None,
    };
    // "тисячі людей" are thousands, "близько тисячі людей" is one.
    let hedged = |from: usize| before(scan, senses, from).is_some();
    match number {
        Some(number) if !number.bare_scale || hedged(number.from) => {
            Some(Reading::Count(Count { from: number.from, to: number.to, what: What::Number(number) }))
        }
        number => match vague_at(scan, senses, at) {
            Some(count) => Some(Reading::Count(count)),
            None => number.map(|number| {
                Reading::Count(Count { from: number.from, to: number.to, what: What::Number(number) })
            }),
        },
    }
}

fn vague_at(scan: &Scan<'_>, senses: &NumberSenses, at: usize) -> Option<Count> {
    let (mut to, index) = senses.vague(at)?;
    let mut times = 1.0;
    let links = &scan.language.pack.numbers.links;
    // "hundreds of thousands", "кілька десятків тисяч".
    for _ in 0..3 {
        let next = if links.iter().any(|link| link == scan.folded(to)) { to + 1 } else { to };
        let Some((end, scale)) = senses.scale(next).filter(|_| scan.gap(next) < Gap::Paragraph) else {
            break;
        };
        times *= scale as f64;
        to = end;
    }
    Some(Count { from: at, to, what: What::Vague { index, times } })
}

/// The hedge that ends where a number begins, an article between them aside: its first token and kind.
pub fn before(
    scan: &Scan<'_>,
    senses: &NumberSenses,
    from: usize,
) -> Option<(usize, super::quantity::HedgeKind)> {
    let hedge = |token: usize| {
        if scan.gap(token) == Gap::Paragraph {
            return None;
        }
        senses.ending_at(token, |sense| match sense {
            NumberSense::Before(kind) => Some(kind),
            _ => None,
        })
    };
    hedge(from).or_else(|| {
        // "About $1 million": the sign of a currency belongs to the number.
        let sign = |sense| (sense == NumberSense::UnitBefore(Unit::Money)).then_some(());
        let signed = senses.ending_at(from, sign).and_then(|(first, ())| {
            // "US$": letters that touch the sign are part of it.
            let letters = first.checked_sub(1).filter(|_| scan.gap(first) == Gap::None);
            hedge(first).or_else(|| letters.and_then(hedge))
        });
        if signed.is_some() {
            return signed;
        }
        let filler = from.checked_sub(1)?;
        let fillers = &scan.language.pack.hedges.fillers;
        fillers.iter().any(|word| word == scan.folded(filler)).then(|| hedge(filler))?
    })
}

/// Whether only a comma or a joining word stands between two tokens.
fn is_listed(scan: &Scan<'_>, to: usize, from: usize) -> bool {
    let hedges = &scan.language.pack.hedges;
    let joins = |token: usize| {
        let folded = scan.folded(token);
        scan.is_symbol(token, ",")
            || scan.language.hedges.signs.range.iter().any(|sign| sign == folded)
            || hedges.connect.iter().chain(&hedges.range.join).any(|word| word == folded)
    };
    from > to && from - to <= 2 && (to..from).all(joins)
}
