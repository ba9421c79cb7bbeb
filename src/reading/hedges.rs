//! What stands around numbers: hedges before and behind, ranges, units; numbers become quantities.

use std::ops::Range;

use super::hedge_table::HedgeTable;
use super::lexer::{Gap, TokenKind};
use super::number_senses::NumberSenses;
use super::number_traps::is_in_heading;
use super::numbers::{Count, What, before};
use super::quantity::{HedgeKind, NumberForm, NumberPart, Quantity, Unit};
use super::rational::Rational;
use super::scan::Scan;
use crate::interval::Interval;
use crate::language::number_words::NumberSense;

/// Gives numbers their hedges and joins them to ranges.
pub fn qualify(scan: &Scan<'_>, senses: &NumberSenses, counts: &[Count]) -> Vec<Quantity> {
    let reader = Qualifier { scan, senses, counts, table: &scan.language.hedges };
    let mut quantities: Vec<Built> = Vec::new();
    let mut index = 0;
    // What a hedge before the next number may not reach into.
    let mut taken_to = 0;
    while let Some(count) = counts.get(index) {
        let built = match reader.range(index, taken_to) {
            Some(range) => {
                index += 2;
                Some(range)
            }
            None => {
                index += 1;
                reader.single(index - 1, count, taken_to)
            }
        };
        let Some(built) = built else { continue };
        taken_to = built.tokens.end;
        match quantities.last().and_then(|last| reader.combined(last, &built)) {
            Some(combined) => {
                quantities.pop();
                quantities.push(combined);
            }
            None => quantities.push(built),
        }
    }
    quantities.into_iter().map(|built| built.quantity).collect()
}

/// A quantity with the tokens that its hedges take too.
struct Built {
    quantity: Quantity,
    tokens: Range<usize>,
}

struct Qualifier<'s> {
    scan: &'s Scan<'s>,
    senses: &'s NumberSenses,
    counts: &'s [Count],
    table: &'s HedgeTable,
}

impl Qualifier<'_> {
    fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.scan.tokens.get(from).map_or(0, |token| token.start as usize);
        let end = to
            .checked_sub(1)
            .and_then(|last| self.scan.tokens.get(last))
            .map_or(start, |token| token.end as usize);
        start..end.max(start)
    }

    fn single(&self, index: usize, count: &Count, taken_to: usize) -> Option<Built> {
        let led = before(self.scan, self.senses, count.from)
            .filter(|&(first, _)| first >= taken_to && !self.is_target(first, count.from));
        let number = match &count.what {
            What::Number(number) => number,
            What::Vague { index, times } => return self.vague(count, *index, *times),
        };
        if number.bare_part && number.share && led.is_none() {
            return None;
        }
        let followed = self.after(index, count.to);
        let (hedge, kept_before) = match (led.map(|(_, kind)| kind), followed.map(|(_, kind)| kind)) {
            (None, None) => (None, true),
            (Some(kind), None) => (Some(kind), true),
            (None, Some(HedgeKind::Exact)) => (None, true),
            (Some(HedgeKind::MoreThan | HedgeKind::AtLeast), Some(HedgeKind::Exact)) => {
                (Some(HedgeKind::AtLeast), true)
            }
            (Some(HedgeKind::FewerThan | HedgeKind::AtMost), Some(HedgeKind::Exact)) => {
                (Some(HedgeKind::AtMost), true)
            }
            (None, Some(kind)) => (Some(kind), true),
            (Some(HedgeKind::Exact), Some(kind)) => (Some(kind), true),
            // "about 500 or more": the bound says more than the about.
            (Some(HedgeKind::About), Some(kind)) => (Some(kind), false),
            (Some(kind), Some(_)) => (Some(kind), true),
        };
        // A hedge behind the number is part of it only where it changed what is meant.
        let uses_after = match (led.map(|(_, kind)| kind), followed) {
            (_, None) | (None, Some((_, HedgeKind::Exact))) => false,
            (Some(kind), Some((_, HedgeKind::Exact))) => Some(kind) != hedge,
            (Some(kind), Some(_)) => matches!(kind, HedgeKind::Exact | HedgeKind::About),
            (None, Some(_)) => true,
        };
        let from = led.filter(|_| kept_before).map_or(count.from, |(first, _)| first).min(count.from);
        let to = followed.filter(|_| uses_after).map_or(count.to, |(end, _)| end);
        let value = number.value.to_f64();
        let step = number.value.step();
        let (hard, soft) = match hedge {
            None => self.table.bare(value, step),
            Some(kind) => self.table.intervals(kind, (value, step), (value, step)),
        };
        let unit = self.unit(count.from, count.to, to).or(number.share.then_some(Unit::Share));
        let part = NumberPart { span: self.bytes(count.from, count.to), value };
        let quantity = Quantity {
            span: self.bytes(from, to),
            number: part.span.clone(),
            tokens: count.from..count.to,
            value,
            upper: None,
            step,
            hedge: hedge.unwrap_or(HedgeKind::Exact),
            hard,
            soft,
            // "At least one" counts, whatever else the word is; "über einen" mostly does not.
            article: number.article
                && !matches!(hedge, Some(HedgeKind::AtLeast | HedgeKind::AtMost | HedgeKind::Exact)),
            digits: number.digits,
            unit,
            form: number.form,
            first: part,
            second: None,
        };
        Some(Built { quantity, tokens: from..to })
    }

    /// Whether tokens `from..to` lead to what something changed to: a word of change stands before them.
    fn is_target(&self, from: usize, to: usize) -> bool {
        // "Has risen by today already from 154 to".
        const REACH: usize = 5;
        let scan = self.scan;
        let joins = to == from + 1
            && scan.language.pack.hedges.change.join.iter().any(|word| word == scan.folded(from));
        joins
            && (from.saturating_sub(REACH)..from)
                .rev()
                .take_while(|&at| {
                    scan.kind(at) != Some(TokenKind::Symbol) && scan.gap(at + 1) < Gap::Paragraph
                })
                .any(|at| self.senses.is(at, NumberSense::Change).is_some())
    }

    fn vague(&self, count: &Count, index: u16, times: f64) -> Option<Built> {
        let meaning = self.table.vague(index)?;
        let (hard, soft) = meaning.intervals((1.0, 1.0), (1.0, 1.0));
        let scaled = |interval: Interval| Interval {
            low: interval.low * times,
            high: interval.high * times,
            ..interval
        };
        let (hard, soft) = (scaled(hard), scaled(soft));
        let part = NumberPart { span: self.bytes(count.from, count.to), value: soft.low };
        let quantity = Quantity {
            span: part.span.clone(),
            number: part.span.clone(),
            tokens: count.from..count.to,
            value: soft.low,
            upper: None,
            step: soft.low,
            hedge: HedgeKind::Vague,
            hard,
            soft,
            article: false,
            digits: false,
            unit: self.unit(count.from, count.to, count.to),
            form: NumberForm::Plain,
            first: part,
            second: None,
        };
        Some(Built { quantity, tokens: count.from..count.to })
    }

    /// The hedge behind a number, or behind the number and its noun: the token behind it and its kind.
    fn after(&self, index: usize, to: usize) -> Option<(usize, HedgeKind)> {
        let next = self.counts.get(index + 1).map(|count| count.from);
        let hedge_at = |token: usize, shortest: usize| {
            if self.scan.gap(token) == Gap::Paragraph {
                return None;
            }
            self.senses
                .find(token, |sense| match sense {
                    NumberSense::After(kind) => Some(kind),
                    _ => None,
                })
                // Where a number follows, the hedge is that number's: "200 or greater than 190".
                .filter(|&(end, _)| next != Some(end) && end >= token + shortest)
        };
        hedge_at(to, 1).or_else(|| {
            let noun = self.scan.kind(to) == Some(TokenKind::Word) && self.scan.gap(to) == Gap::Space;
            (noun && next != Some(to)).then(|| hedge_at(to + 1, 2))?
        })
    }

    /// What the number measures: a unit behind it, behind its hedge, or before it.
    fn unit(&self, from: usize, to: usize, hedged_to: usize) -> Option<Unit> {
        let scan = self.scan;
        let find = |token: usize| {
            (scan.gap(token) < Gap::Paragraph).then(|| {
                self.senses.find(token, |sense| match sense {
                    NumberSense::Unit(unit) => Some(unit),
                    _ => None,
                })
            })?
        };
        let links = &scan.language.pack.numbers.links;
        let behind = |token: usize| {
            find(token)
                .or_else(|| links.iter().any(|link| link == scan.folded(token)).then(|| find(token + 1))?)
                // "13-year-old", "5-kilometre".
                .or_else(|| {
                    (scan.is_symbol(token, "-") && scan.gap(token) == Gap::None).then(|| find(token + 1))?
                })
        };
        let unit = behind(to).or_else(|| (hedged_to != to).then(|| behind(hedged_to))?);
        unit.map(|(_, unit)| unit).or_else(|| {
            // "# 248 killed" is a heading of Markdown, "#3" a label.
            let is_heading = scan.gap(from) != Gap::None
                && from.checked_sub(1).is_some_and(|sign| scan.is_symbol(sign, "#"));
            let before = self.senses.ending_at(from, |sense| match sense {
                NumberSense::UnitBefore(Unit::Label) if is_heading => None,
                NumberSense::UnitBefore(unit) => Some(unit),
                _ => None,
            });
            before.map(|(_, unit)| unit).filter(|unit| *unit != Unit::Label || !is_in_heading(scan, from))
        })
    }

    /// The range that a number and the next one make.
    fn range(&self, index: usize, taken_to: usize) -> Option<Built> {
        let scan = self.scan;
        let (low, high) = (self.counts.get(index)?, self.counts.get(index + 1)?);
        let (What::Number(first), What::Number(second)) = (&low.what, &high.what) else { return None };
        if first.article || second.article || high.from <= low.to || scan.gap(high.from) == Gap::Paragraph {
            return None;
        }
        let words = &scan.language.pack.hedges;
        // "5% to 10%": a unit may stand between.
        let unit_end = self.senses.find(low.to, |sense| matches!(sense, NumberSense::Unit(_)).then_some(()));
        let mut join = unit_end.map_or(low.to, |(end, ())| end).min(high.from);
        // "zwei- bis dreitausend": the hyphen stands for what both share.
        if scan.is_symbol(join, "-") && scan.gap(join) == Gap::None && join + 1 < high.from {
            join += 1;
        }
        if scan.gap(join) == Gap::Paragraph {
            return None;
        }
        let is = |words: &[String], token: usize| words.iter().any(|word| word == scan.folded(token));
        // An article may stand between the joining word and the second number.
        let filled = join + 2 == high.from && is(&words.fillers, join + 1);
        if join + 1 != high.from && !filled {
            return None;
        }
        // "Rose from 154 to 254" tells two numbers.
        if is(&words.change.join, join) && self.is_target(join, high.from) {
            return None;
        }
        let opener = |open: &[String]| {
            let token = low.from.checked_sub(1).filter(|&token| token >= taken_to)?;
            if scan.gap(low.from) == Gap::Paragraph {
                return None;
            }
            if is(open, token) {
                return Some(token);
            }
            let before = token.checked_sub(1).filter(|&before| before >= taken_to)?;
            (is(&words.fillers, token) && is(open, before)).then_some(before)
        };
        let from = if self.is_range_sign(join, low.from, high.to) || is(&words.range.join, join) {
            opener(&words.range.open).unwrap_or(low.from)
        } else if is(&words.between.join, join) {
            opener(&words.between.open)?
        } else {
            return None;
        };
        let least = distributed(first.value, first.scaled, second.scaled).unwrap_or(first.value);
        let (a, b) = (least.to_f64(), second.value.to_f64());
        if a >= b {
            return None;
        }
        let (hard, soft) =
            self.table.intervals(HedgeKind::Between, (a, least.step()), (b, second.value.step()));
        let form = if first.form == NumberForm::Plain { second.form } else { first.form };
        let quantity = Quantity {
            span: self.bytes(from, high.to),
            number: self.bytes(low.from, high.to),
            tokens: low.from..high.to,
            value: a,
            upper: Some(b),
            step: least.step(),
            hedge: HedgeKind::Between,
            hard,
            soft,
            article: false,
            digits: first.digits || second.digits,
            unit: self
                .unit(low.from, high.to, high.to)
                .or((first.share || second.share).then_some(Unit::Share)),
            form,
            first: NumberPart { span: self.bytes(low.from, low.to), value: first.value.to_f64() },
            second: Some(NumberPart { span: self.bytes(high.from, high.to), value: b }),
        };
        Some(Built { quantity, tokens: from..high.to })
    }

    /// A dash between two numbers that is no part of a longer chain: of a phone number, say.
    fn is_range_sign(&self, sign: usize, from: usize, to: usize) -> bool {
        let scan = self.scan;
        let is_sign = |token: usize| {
            scan.kind(token) == Some(TokenKind::Symbol)
                && (self.table.signs.range.iter().any(|sign| sign == scan.raw(token))
                    || scan.raw(token) == "/")
        };
        if !is_sign(sign) || scan.raw(sign) == "/" {
            return false;
        }
        let touching = scan.gap(sign) == Gap::None && scan.gap(sign + 1) == Gap::None;
        let spaced = scan.gap(sign) != Gap::None && scan.gap(sign + 1) != Gap::None;
        let chain_before = from > 0 && scan.gap(from) == Gap::None && is_sign(from - 1);
        let chain_behind = is_sign(to)
            && scan.gap(to) == Gap::None
            && scan.gap(to + 1) == Gap::None
            && scan.kind(to + 1) == Some(TokenKind::Number);
        (touching || (spaced && scan.gap(sign) < Gap::Line && scan.gap(sign + 1) < Gap::Line))
            && !chain_before
            && !chain_behind
    }

    /// "more than 100 and fewer than 300": two bounds that make one range.
    fn combined(&self, last: &Built, next: &Built) -> Option<Built> {
        let scan = self.scan;
        let is_lower = |kind| matches!(kind, HedgeKind::MoreThan | HedgeKind::AtLeast);
        let is_upper = |kind| matches!(kind, HedgeKind::FewerThan | HedgeKind::AtMost | HedgeKind::UpTo);
        let (a, b) = (&last.quantity, &next.quantity);
        let (low, high) = if is_lower(a.hedge) && is_upper(b.hedge) {
            (a, b)
        } else if is_upper(a.hedge) && is_lower(b.hedge) {
            (b, a)
        } else {
            return None;
        };
        let between = last.tokens.end..next.tokens.start;
        let joined = between.len() == 1
            && scan.gap(next.tokens.start) < Gap::Paragraph
            && (scan.is_symbol(between.start, ",")
                || scan.language.pack.hedges.connect.iter().any(|word| word == scan.folded(between.start)));
        if !joined || low.value >= high.value {
            return None;
        }
        let hard = Interval {
            low: low.hard.low,
            low_open: low.hard.low_open,
            high: high.hard.high,
            high_open: high.hard.high_open,
        };
        let quantity = Quantity {
            span: a.span.start..b.span.end,
            number: a.number.start..b.number.end,
            tokens: a.tokens.start..b.tokens.end,
            value: low.value,
            upper: Some(high.value),
            step: low.step,
            hedge: HedgeKind::Between,
            hard,
            soft: hard,
            article: false,
            digits: a.digits || b.digits,
            unit: b.unit.or(a.unit),
            form: if a.form == NumberForm::Plain { b.form } else { a.form },
            first: a.first.clone(),
            second: Some(b.first.clone()),
        };
        Some(Built { quantity, tokens: last.tokens.start..next.tokens.end })
    }
}

/// "5 to 10 thousand": the scale of the second number is the first one's too.
fn distributed(
    first: Rational,
    first_scaled: Option<(Rational, u128)>,
    second_scaled: Option<(Rational, u128)>,
) -> Option<Rational> {
    let (multiplied, scale) = second_scaled?;
    let fits = first_scaled.is_none() && first.to_f64() < multiplied.to_f64();
    fits.then(|| first.times(Rational::whole(scale)))?
}
