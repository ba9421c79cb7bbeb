//! Days counted from another day: yesterday, two weeks ago, three days after Friday, next month.

use jiff::civil::Date;

use super::part::Part;
use super::reader::Reader;
use super::{DateShape, Meaning, resolve};
use crate::language::date_phrases::DateRole;
use crate::language::date_words::{DateSense, DateUnit};
use crate::reading::lexer::{Gap, TokenKind};

/// No copy counts more units than this in a date.
const MOST: u32 = 9_999;

/// What leads to a day that others are counted from, and which way.
fn anchored(role: DateRole) -> Option<i64> {
    match role {
        DateRole::After => Some(1),
        DateRole::Before => Some(-1),
        _ => None,
    }
}

impl Reader<'_, '_> {
    /// A unit of time at a token.
    pub(super) fn unit(&self, at: usize, accept: impl Fn(DateUnit) -> bool) -> Option<(usize, DateUnit)> {
        let (len, unit) = self.date_sense(at, |sense| match sense {
            DateSense::Unit(unit) if accept(unit) => Some(unit),
            _ => None,
        })?;
        (at == 0 || self.scan.gap(at) < Gap::Paragraph).then_some((at + len, unit))
    }

    /// Yesterday, the day after tomorrow.
    pub(super) fn relative(&self, at: usize) -> Option<Part> {
        let (len, days) = self.date_sense(at, |sense| match sense {
            DateSense::Relative(days) => Some(days),
            _ => None,
        })?;
        if self.is_weak(at, len) && !self.ends_phrase(at + len) {
            return None;
        }
        let resolved = match self.reference {
            Some(reference) => (Meaning::Day(resolve::plus_days(reference, i64::from(days))), None),
            None => (Meaning::Unresolved, None),
        };
        Some(Part::fixed(at, at + len, DateShape::Relative, resolved))
    }

    /// The same day, the day before: counted from the last day told, or from the date that follows.
    pub(super) fn anaphora(&self, at: usize) -> Option<Part> {
        let (len, (days, open)) = self.date_sense(at, |sense| match sense {
            DateSense::Anaphora { days, open } => Some((days, open)),
            _ => None,
        })?;
        // A longer reading of the same words is the better one: "the day before yesterday".
        if self.relative(at).is_some_and(|part| part.end > at + len) {
            return None;
        }
        let end = at + len;
        // "On the day before": the phrase that goes further says which day is meant.
        let goes_further = |start: usize| {
            let other = self.date_sense(start, |sense| match sense {
                DateSense::Anaphora { .. } => Some(()),
                _ => None,
            });
            other.is_some_and(|(other, ())| other > 2 && start + other > end)
        };
        if (at + 1..end).any(goes_further) {
            return None;
        }
        let closed = self.scan.kind(end) != Some(TokenKind::Word)
            || self.scan.gap(end) == Gap::Paragraph
            || self.role_at(end, DateRole::And).is_some();
        if open && !closed {
            let anchor = self.anchor(end)?;
            let day = self.day_of(&anchor)?;
            let resolved = (Meaning::Day(resolve::plus_days(day, i64::from(days))), None);
            return Some(Part::fixed(at, anchor.end, DateShape::Relative, resolved));
        }
        // "Um dia depois da explosão": it is counted from what follows, which is no date.
        if self.phrases.at(self.scan, end - 1, anchored).is_some_and(|(len, _)| len > 1) {
            return None;
        }
        // "On the same day that Altman was ousted": which day it is says what follows.
        let is_bound = self.role_at(end, DateRole::SaysWhich).is_some()
            // "Am selben Tag zurückgetreten, an dem": the end of the verb may come first.
            || (end..=end + 1).any(|at| {
                self.scan.is_symbol(at, ",") && self.role_at(at + 1, DateRole::SaysWhich).is_some()
            });
        let resolved = match self.previous.or(self.reference) {
            Some(day) if !is_bound => (Meaning::Day(resolve::plus_days(day, i64::from(days))), None),
            _ => (Meaning::Unresolved, None),
        };
        Some(Part::fixed(at, end, DateShape::SameDay, resolved))
    }

    /// A day that others are counted from: any but one that counts itself.
    fn anchor(&self, at: usize) -> Option<Part> {
        if self.scan.gap(at) == Gap::Paragraph {
            return None;
        }
        let at = self
            .phrases
            .at(self.scan, at, |role| {
                matches!(role, DateRole::Link | DateRole::Shift(_) | DateRole::Nearest(_)).then_some(())
            })
            .map_or(at, |(len, ())| at + len);
        self.relative(at)
            .or_else(|| self.numeric(at, true))
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at, false))
            .or_else(|| self.weekday(at))
            .filter(|part| part.certain)
    }

    fn day_of(&self, part: &Part) -> Option<Date> {
        match self.resolve(part).0 {
            Meaning::Day(day) => Some(day),
            _ => None,
        }
    }

    /// A count at a token, and whether it is written in digits.
    fn count(&self, at: usize) -> Option<(usize, u32)> {
        if let Some((value, _)) = self.digits(at) {
            return (!self.is_continued(at) && value <= MOST).then_some((at + 1, value));
        }
        let (len, value) = self.date_sense(at, |sense| match sense {
            DateSense::Cardinal(value) => Some(u32::from(value)),
            _ => None,
        })?;
        Some((at + len, value))
    }

    /// Two days ago, in three weeks, "vor einem Jahr", "the last two weeks".
    pub(super) fn counted_units(&self, at: usize) -> Option<Part> {
        // What shifts may stand between count and unit: "the 5 past years".
        let shift = |role| match role {
            DateRole::Shift(by) | DateRole::Nearest(by) if by != 0 => Some(by.signum()),
            _ => None,
        };
        let (mut start, mut end, count, mut shifted) = match self.count(at) {
            Some((after, count)) => {
                let (after, by) = match self.phrases.at(self.scan, after, shift) {
                    Some((len, by)) => (after + len, Some(by)),
                    None => (after, None),
                };
                (at, after, count, by)
            }
            // A language without articles counts one unit without a word.
            None if self.words.one.is_empty() => {
                let (end, unit) = self.unit(at, |unit| unit != DateUnit::Weekend)?;
                return self.counted_day(at, end, &[(1, unit)], false);
            }
            None => (self.role_before(at, DateRole::One)?, at, 1, None),
        };
        let (after, unit) = self.unit(end, |unit| unit != DateUnit::Weekend)?;
        end = after;
        let mut steps = vec![(count, unit)];
        // "2 years 1 month 21 days", "2 weeks and 2 days"
        loop {
            let next = self.role_at(end, DateRole::And).unwrap_or(end);
            let Some((after, count)) = self.count(next) else { break };
            let Some((after, unit)) =
                self.unit(after, |unit| unit < steps.last().map_or(unit, |step| step.1))
            else {
                break;
            };
            steps.push((count, unit));
            end = after;
        }
        if shifted.is_none()
            && let Some((from, by)) = self.before(start, shift)
        {
            start = from;
            shifted = Some(by);
        }
        if let Some(by) = shifted {
            return self.counted_span(start, end, &steps, by);
        }
        self.counted_day(start, end, &steps, true)
    }

    /// The next three days, the last two weeks.
    fn counted_span(&self, start: usize, end: usize, steps: &[(u32, DateUnit)], by: i8) -> Option<Part> {
        let reference = self.reference?;
        let far = steps.iter().fold(reference, |day, &(count, unit)| {
            resolve::plus(day, i64::from(count) * i64::from(by), unit)
        });
        let one = i64::from(by);
        let (first, last) = if by > 0 {
            (resolve::plus_days(reference, one), far)
        } else {
            (far, resolve::plus_days(reference, one))
        };
        (first <= last)
            .then(|| Part::fixed(start, end, DateShape::Span, (Meaning::Range(first, last), None)))
            .map(|part| Part { rough: true, ..part })
    }

    fn counted_day(
        &self,
        start: usize,
        end: usize,
        steps: &[(u32, DateUnit)],
        may_be_anchored: bool,
    ) -> Option<Part> {
        enum From {
            Reference,
            Previous,
            Anchor(Date),
        }
        let behind = |role| match role {
            DateRole::AgoAfter => Some((From::Reference, -1)),
            DateRole::AheadAfter => Some((From::Reference, 1)),
            DateRole::LaterAfter => Some((From::Previous, 1)),
            DateRole::EarlierAfter => Some((From::Previous, -1)),
            _ => None,
        };
        let ahead = |role| match role {
            DateRole::AgoBefore => Some((From::Reference, -1)),
            DateRole::AheadBefore => Some((From::Reference, 1)),
            DateRole::LaterBefore => Some((From::Previous, 1)),
            DateRole::EarlierBefore => Some((From::Previous, -1)),
            _ => None,
        };
        let lead = self.before(start, ahead);
        let leads_on = self.phrases.at(self.scan, end, anchored);
        let anchor_word = leads_on.filter(|_| may_be_anchored);
        // Counted from a noun: "a week after the blast".
        let by_noun = |behind: usize| {
            leads_on.is_some_and(|(len, _)| {
                len >= behind
                    && self.scan.kind(end + len) == Some(TokenKind::Word)
                    && self.scan.gap(end + len) < Gap::Paragraph
            })
        };
        let by_anchor = anchor_word.and_then(|(len, sign)| {
            let anchor = self.anchor(end + len)?;
            Some((anchor.end, From::Anchor(self.day_of(&anchor)?), sign))
        });
        let (start, end, from, sign) = if let Some((end, from, sign)) = by_anchor {
            (start, end, from, sign)
        } else if let Some((len, (from, sign))) = self.phrases.at(self.scan, end, behind) {
            if by_noun(len) {
                return None;
            }
            // "há dois dias atrás" says it twice.
            (lead.map_or(start, |(start, _)| start), end + len, from, sign)
        } else {
            let (start, (from, sign)) = lead?;
            // "In three days of fighting" is how long it took.
            if sign > 0 && (by_noun(0) || self.role_at(end, DateRole::Link).is_some()) {
                return None;
            }
            (start, end, from, sign)
        };
        let base = match from {
            From::Reference => self.reference,
            From::Previous => self.previous.or(self.reference),
            From::Anchor(day) => Some(day),
        };
        let resolved = match base {
            Some(base) => {
                let day = steps
                    .iter()
                    .fold(base, |day, &(count, unit)| resolve::plus(day, i64::from(count) * sign, unit));
                (Meaning::Day(day), None)
            }
            None => (Meaning::Unresolved, None),
        };
        let rough = steps.iter().any(|step| step.1 > DateUnit::Day);
        Some(Part { rough, ..Part::fixed(start, end, DateShape::Relative, resolved) })
    }

    /// The unit with what says which one: "next week", "la semana pasada".
    pub(super) fn which_unit(
        &self,
        at: usize,
        accept: impl Fn(DateUnit) -> bool,
    ) -> Option<(usize, usize, DateUnit, i8)> {
        let (end, unit) = self.unit(at, accept)?;
        if let Some((len, by)) = self.phrases.at(self.scan, end, |role| match role {
            DateRole::ShiftAfter(by) | DateRole::NearestAfter(by) => Some(by),
            _ => None,
        }) {
            return Some((at, end + len, unit, by));
        }
        let (start, by) = self.before(at, |role| match role {
            DateRole::Shift(by) | DateRole::Nearest(by) => Some(by),
            _ => None,
        })?;
        Some((start, end, unit, by))
    }

    /// Next week, last year, this month; with a weekday behind it that day: "last week Tuesday".
    pub(super) fn shifted_unit(&self, at: usize) -> Option<Part> {
        let (start, end, unit, by) = self.which_unit(at, |unit| unit != DateUnit::Day)?;
        // "The last week of July" is July's, not the one before this.
        if let Some(after) = self.role_at(end, DateRole::Link)
            && (self.month(after).is_some() || self.year_first(after).is_some())
        {
            return None;
        }
        let Some(reference) = self.reference else {
            let resolved = (Meaning::Unresolved, None);
            return Some(Part { rough: true, ..Part::fixed(start, end, DateShape::Span, resolved) });
        };
        let around = resolve::plus(resolve::unit_around(reference, unit).0, i64::from(by), unit);
        if unit == DateUnit::Week
            && let Some((end, weekday, tokens)) = self.weekday_after(end)
        {
            let resolved = (Meaning::Day(resolve::in_week_of(around, weekday)), None);
            let part = Part::fixed(start, end, DateShape::Weekday, resolved);
            return Some(Part { weekday: Some((weekday, tokens)), ..part });
        }
        let (first, last) = resolve::unit_around(around, unit);
        Some(Part::fixed(start, end, DateShape::Span, (Meaning::Range(first, last), None)))
    }

    /// A unit and which one in one word: "last year" where a language has one word for it.
    pub(super) fn whole_unit(&self, at: usize) -> Option<Part> {
        let (len, (unit, by)) = self.date_sense(at, |sense| match sense {
            DateSense::Whole(unit, by) => Some((unit, by)),
            _ => None,
        })?;
        let resolved = match self.reference {
            Some(reference) => {
                let around = resolve::plus(reference, i64::from(by), unit);
                let (first, last) = resolve::unit_around(around, unit);
                (Meaning::Range(first, last), None)
            }
            None => (Meaning::Unresolved, None),
        };
        Some(Part::fixed(at, at + len, DateShape::Span, resolved))
    }

    /// A weekday that goes on from "next week": "next week on Tuesday", "next week - Tuesday".
    fn weekday_after(&self, at: usize) -> Option<(usize, u8, std::ops::Range<usize>)> {
        let mut next = at;
        if self.scan.kind(next) == Some(TokenKind::Symbol) && matches!(self.scan.raw(next), "-" | "–" | ",")
        {
            next += 1;
        }
        next = self.role_at(next, DateRole::Lead).unwrap_or(next);
        let (end, weekday) = self.weekday_name(next)?;
        Some((end, weekday, next..end))
    }
}
