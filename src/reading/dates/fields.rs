//! Day, month and year as words and numbers, in every order.

use super::part::Part;
use super::reader::Reader;
use super::{Written, resolve};
use crate::language::date_phrases::DateRole;
use crate::language::date_words::{DateOrder, DateSense, DateUnit};
use crate::reading::lexer::{Gap, TokenKind};

/// A day of the month by itself.
pub(super) struct Day {
    pub(super) end: usize,
    pub(super) value: u32,
    /// Written as an ordinal: `18th`, `25.`, "second".
    pub(super) ordinal: bool,
    pub(super) digits: bool,
}

impl Reader<'_, '_> {
    /// The value of a number token of at most four digits, and how many it has.
    pub(super) fn digits(&self, at: usize) -> Option<(u32, usize)> {
        if self.scan.kind(at) != Some(TokenKind::Number) {
            return None;
        }
        let raw = self.scan.raw(at);
        let len = raw.chars().take(9).count();
        let value = raw
            .chars()
            .take(9)
            .try_fold(0u32, |value, c| Some(value * 10 + crate::reading::lexer::digit_value(c)?))?;
        (len <= 8).then_some((value, len))
    }

    /// Whether a number goes on from the token before it: the decimals of a price, a part of a code.
    pub(super) fn is_continued(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.joined.get() != at) else { return false };
        if self.scan.kind(before) != Some(TokenKind::Symbol) {
            return false;
        }
        let symbol = self.scan.raw(before);
        let touches = self.scan.gap(at) == Gap::None;
        if is_currency(symbol) {
            return true;
        }
        touches
            && (matches!(symbol, "#" | "№" | "+")
                || (matches!(symbol, "." | "," | ":" | "/" | "-")
                    && self.scan.gap(before) == Gap::None
                    && before > 0
                    && self.scan.kind(before - 1) == Some(TokenKind::Number)
                    && (symbol != "-" || !self.may_end_range(before - 1))))
    }

    /// Whether a number before a hyphen can be the first end of a range: `6-8`, not `133-03-2020`.
    fn may_end_range(&self, at: usize) -> bool {
        let glued = |at: usize| self.scan.gap(at) == Gap::None;
        self.digits(at).is_some_and(|(_, len)| len <= 2)
            && !(at > 0 && glued(at) && self.scan.kind(at - 1) == Some(TokenKind::Symbol))
    }

    /// Whether a number that ends before a token goes on there: decimals, percent, a glued unit.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        if self.scan.gap(at) != Gap::None {
            return self.scan.raw(at) == "%";
        }
        match self.scan.kind(at) {
            Some(TokenKind::Symbol) => match self.scan.raw(at) {
                "." | "," | ":" | "/" => {
                    self.scan.kind(at + 1) == Some(TokenKind::Number) && self.scan.gap(at + 1) == Gap::None
                }
                "%" | "°" | "‰" => true,
                symbol => is_currency(symbol),
            },
            Some(TokenKind::Word | TokenKind::Number) => true,
            None => false,
        }
    }

    /// A day of the month at a token, in digits or words.
    pub(super) fn day(&self, at: usize) -> Option<Day> {
        if let Some((value, len)) = self.digits(at) {
            if len > 2 || self.is_continued(at) {
                return None;
            }
            let end = at + 1;
            if let Some(end) = self.suffix(end) {
                return Some(Day { end, value, ordinal: true, digits: true });
            }
            if self.words.ordinal_stop
                && self.scan.is_symbol(end, ".")
                && self.scan.gap(end) == Gap::None
                && !(self.scan.kind(end + 1) == Some(TokenKind::Number)
                    && self.scan.gap(end + 1) == Gap::None)
            {
                return Some(Day { end: end + 1, value, ordinal: true, digits: true });
            }
            return Some(Day { end, value, ordinal: false, digits: true });
        }
        let ordinal = self.date_sense(at, |sense| match sense {
            DateSense::Ordinal(day) => Some(u32::from(day)),
            _ => None,
        });
        let cardinal = self.date_sense(at, |sense| match sense {
            DateSense::Cardinal(day) if day <= 31 => Some(u32::from(day)),
            _ => None,
        });
        let is_ordinal = ordinal.map_or(0, |(len, _)| len) >= cardinal.map_or(0, |(len, _)| len);
        let (len, value) = if is_ordinal { ordinal? } else { cardinal? };
        Some(Day { end: at + len, value, ordinal: is_ordinal, digits: false })
    }

    /// The token after what makes an ordinal of the digits before it.
    pub(super) fn suffix(&self, at: usize) -> Option<usize> {
        if self.scan.gap(at) != Gap::None {
            return None;
        }
        let mark = matches!(self.scan.raw(at), "-" | "‐" | "‑" | ".") && self.scan.gap(at + 1) == Gap::None;
        self.role_at(at + usize::from(mark), DateRole::Suffix)
    }

    /// A month at a token: the token after it with its full stop, and its number.
    pub(super) fn month(&self, at: usize) -> Option<(usize, u8)> {
        let (len, month) = self.date_sense(at, |sense| match sense {
            DateSense::Month(month) => Some(month),
            _ => None,
        })?;
        Some((at + len, month))
    }

    /// Past the full stop of an abbreviated month, where the date goes on behind it.
    fn past_stop(&self, month: usize, end: usize) -> usize {
        // No month is abbreviated to more letters than this.
        const LONGEST: usize = 5;
        let stop = self.scan.is_symbol(end, ".")
            && self.scan.gap(end) == Gap::None
            && self.scan.raw(month).chars().count() <= LONGEST
            && self.scan.gap(end + 1) < Gap::Paragraph
            && (self.scan.kind(end + 1) == Some(TokenKind::Number) || self.scan.is_symbol(end + 1, ","));
        if stop { end + 1 } else { end }
    }

    /// `8 January 2022`, "the second of August", `8. Januar`, or a lone day that may be one. `named`:
    /// a weekday stands before it.
    pub(super) fn day_first(&self, at: usize, named: bool) -> Option<Part> {
        let day = self.day(at)?;
        if let Some(part) = self.day_month(at, &day) {
            return Some(part);
        }
        self.day_and_ordinal_month(at, &day, named).or_else(|| self.lone_day(at, &day))
    }

    /// A day of the year by its name: "Christmas Day 2021".
    pub(super) fn named(&self, at: usize) -> Option<Part> {
        let (len, (month, day)) = self.date_sense(at, |sense| match sense {
            DateSense::Named(month, day) => Some((month, day)),
            _ => None,
        })?;
        let (end, year) = self.year_after(at + len).map_or((at + len, None), |(end, year)| (end, Some(year)));
        Some(Part::of(at, end, Written { day: Some(day.into()), month: Some(month), year }))
    }

    fn day_month(&self, at: usize, day: &Day) -> Option<Part> {
        let month_at = match self.role_at(day.end, DateRole::Link) {
            Some(after) if self.month(after).is_some() => after,
            _ => day.end,
        };
        if self.scan.gap(month_at) == Gap::Paragraph {
            return None;
        }
        if let Some((end, month)) = self.month(month_at) {
            let from = self.past_stop(month_at, end);
            let year = self.year_after(from);
            let (end, year) = year.map_or((end, None), |(end, year)| (end, Some(year)));
            let most = if year.is_some() || (day.ordinal && self.is_led(at)) { 99 } else { 31 };
            if day.value > most || (day.value == 0 && year.is_none()) {
                return None;
            }
            return Some(Part::of(at, end, Written { day: Some(day.value), month: Some(month), year }));
        }
        // "9 de 8 de 1971"
        let number = self.role_at(day.end, DateRole::Link)?;
        let (month, _) = self.digits(number).filter(|&(month, len)| len <= 2 && (1..=12).contains(&month))?;
        let number = self.role_at(number + 1, DateRole::Link)?;
        let (year, _) = self.digits(number).filter(|&(_, len)| len == 4)?;
        let year = i16::try_from(year).ok().filter(|year| super::years::YEARS.contains(year))?;
        let written = Written { day: Some(day.value), month: Some(month as u8), year: Some(year) };
        Some(Part::of(at, number + 1, written))
    }

    /// "siebter vierter", "7. vierter": the month as an ordinal.
    fn day_and_ordinal_month(&self, at: usize, day: &Day, named: bool) -> Option<Part> {
        let slash = self.scan.is_symbol(day.end, "/");
        if !(day.ordinal && self.words.ordinal_stop && (named || self.is_led(at))) {
            return None;
        }
        let month_at = day.end + usize::from(slash);
        let month = self.day(month_at).filter(|month| month.ordinal && (1..=12).contains(&month.value))?;
        let year = self.year_after(month.end);
        // "am 3. zweiten Versuch": a noun behind it is what is counted.
        if year.is_none()
            && self.scan.word(month.end).is_some_and(|word| {
                word.kind == TokenKind::Word && word.shape != crate::reading::vocabulary::Shape::Lower
            })
        {
            return None;
        }
        let (end, year) = year.map_or((month.end, None), |(end, year)| (end, Some(year)));
        Some(Part::of(at, end, Written { day: Some(day.value), month: Some(month.value as u8), year }))
    }

    /// A day of the month alone; certain where small words say so.
    fn lone_day(&self, at: usize, day: &Day) -> Option<Part> {
        if !(1..=31).contains(&day.value) || (day.digits && !day.ordinal && self.goes_on(day.end)) {
            return None;
        }
        let written = Written { day: Some(day.value), ..Written::default() };
        let mut part = Part { ordinal: day.ordinal, ..Part::of(at, day.end, written) };
        let trail = self.role_at(day.end, DateRole::DayTrail);
        part.end = trail.unwrap_or(part.end);
        // "the 15th day of next month", "am 21. dieses Monats"
        let linked = self.role_at(part.end, DateRole::Link).unwrap_or(part.end);
        if day.ordinal
            && let Some(unit) = self.shifted_month(linked)
        {
            let reference = self.reference?;
            let month = resolve::plus(reference.first_of_month(), i64::from(unit.1), DateUnit::Month);
            let written =
                Written { month: Some(month.month() as u8), year: Some(month.year()), ..part.written };
            let shape = super::DateShape::Day;
            let resolved = resolve::fields(written, self.reference, false);
            return Some(Part { end: unit.0, fixed: Some(resolved), shape, ..part });
        }
        let lead = self.role_before(at, DateRole::DayLead);
        part.certain = trail.is_some() || lead.is_some() && self.ends_phrase(part.end);
        // A full stop that may end the sentence is not part of the day.
        if let (true, Some(start)) = (part.certain, lead) {
            part.start = start;
        }
        Some(part)
    }

    fn shifted_month(&self, at: usize) -> Option<(usize, i8)> {
        let (len, by) = self.phrases.at(self.scan, at, |role| match role {
            DateRole::Shift(by) => Some(by),
            _ => None,
        })?;
        let (end, _) = self.unit(at + len, |unit| unit == DateUnit::Month)?;
        Some((end, by))
    }

    /// `January 8, 2022`, `Jan. 8`, `January 2022`, or a month alone.
    pub(super) fn month_first(&self, at: usize) -> Option<Part> {
        let (bare_end, month) = self.month(at)?;
        let end = self.past_stop(at, bare_end);
        let comma = end + usize::from(self.scan.is_symbol(end, ","));
        let linked = self.role_at(comma, DateRole::Link).unwrap_or(comma);
        let weak = self.is_weak(at, bare_end - at);
        let mut written = Written { month: Some(month), ..Written::default() };
        if self.scan.gap(linked) < Gap::Paragraph
            && let Some(day) = self.day(linked)
            && (1..=31).contains(&day.value)
            && !(day.digits && self.goes_on(day.end))
            && (comma == end || day.ordinal)
        {
            let year = self.year_after(day.end);
            // "In May 20 people died": a number after a word that leads only months counts something.
            let is_count = year.is_none()
                && !day.ordinal
                && !self.ends_phrase(day.end)
                && !matches!(self.scan.raw(day.end), "-" | "–" | "—")
                && (self.words.order != DateOrder::Mdy
                    || !day.digits
                    || self.role_before(at, DateRole::MonthLead).is_some()
                        && self.role_before(at, DateRole::Lead).is_none());
            if !is_count {
                written.day = Some(day.value);
                let (end, year) = year.map_or((day.end, None), |(end, year)| (end, Some(year)));
                written.year = year;
                return Some(Part::of(at, end, written));
            }
        }
        if let Some((end, year)) = self.year_after(end).or_else(|| self.year_after(bare_end)) {
            written.year = Some(year);
            return Some(Part::of(at, end, written));
        }
        let (start, by) = match self.before(at, |role| match role {
            DateRole::Shift(by) | DateRole::Nearest(by) => Some(by),
            _ => None,
        }) {
            Some((start, by)) => (start, Some(by)),
            None => (at, None),
        };
        let lone = Part::of(start, bare_end, written);
        if let (Some(by), Some(reference)) = (by, self.reference) {
            return Some(Part { fixed: Some(resolve::shifted_month(month, by, reference)), ..lone });
        }
        let led = by.is_some()
            || self
                .before(at, |role| {
                    matches!(role, DateRole::MonthLead | DateRole::From | DateRole::To | DateRole::Between)
                        .then_some(())
                })
                .is_some();
        Some(if weak && !(led && self.ends_phrase(bare_end)) { lone.uncertain() } else { lone })
    }
}

/// Whether a symbol is a currency's.
fn is_currency(symbol: &str) -> bool {
    matches!(symbol.chars().next(), Some('$' | '£' | '¢' | '¥' | '\u{20a0}'..='\u{20cf}' | '\u{a4}'))
}
