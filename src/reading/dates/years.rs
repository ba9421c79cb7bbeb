//! Years: behind a day or a month, in digits, in words, alone.

use super::part::Part;
use super::reader::Reader;
use super::{Written, resolve};
use crate::language::date_phrases::DateRole;
use crate::language::date_words::DateUnit;
use crate::language::sense::NumberSense;
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::Shape;

/// Years that copy writes in four digits.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1000..=2199;
/// Years that a bare number beside a small word can be.
const LIKELY_YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

impl Reader<'_, '_> {
    /// A year that goes on from a month or a day: the token after it, and the year.
    pub(super) fn year_after(&self, at: usize) -> Option<(usize, i16)> {
        if self.scan.gap(at) == Gap::Paragraph {
            return None;
        }
        // Of this year, next year: the year is counted from the reference.
        let linked = self.role_at(at, DateRole::Link).unwrap_or(at);
        for start in [linked, at] {
            let unit_end = |at: usize| self.unit(at, |unit| unit == DateUnit::Year).map(|(end, _)| end);
            if let Some((len, by)) = self.phrases.at(self.scan, start, |role| match role {
                DateRole::Shift(by) | DateRole::Nearest(by) => Some(by),
                _ => None,
            }) && let Some(end) = unit_end(start + len)
                && let Some(reference) = self.reference
            {
                return Some((end, reference.year().saturating_add(i16::from(by))));
            }
        }
        let comma = at + usize::from(self.scan.is_symbol(at, ","));
        let lead = if comma > at {
            comma
        } else {
            self.role_at(at, DateRole::YearLead).or_else(|| self.role_at(at, DateRole::Link)).unwrap_or(at)
        };
        let apostrophe = matches!(self.scan.raw(lead), "'" | "’" | "‘")
            && self.scan.gap(lead + 1) == Gap::None
            && self.scan.kind(lead + 1) == Some(TokenKind::Number);
        let number = lead + usize::from(apostrophe);
        if self.scan.gap(number) == Gap::Paragraph {
            return None;
        }
        let bare = number == at;
        if let Some((value, len)) = self.digits(number) {
            let end = number + 1;
            let glued_letters =
                self.scan.gap(end) == Gap::None && self.scan.kind(end) == Some(TokenKind::Word);
            if self.goes_on(end) && !(glued_letters && self.role_at(end, DateRole::YearTrail).is_some()) {
                return None;
            }
            let trail = self.role_at(end, DateRole::YearTrail).or_else(|| self.suffix(end));
            let counts = trail.is_none() && !self.ends_phrase(end);
            return match len {
                4 => {
                    let year = i16::try_from(value).ok().filter(|year| YEARS.contains(year))?;
                    // A number past the next years with a word behind it counts that word.
                    let far = self.reference.map_or(2025, |date| date.year()) + 5;
                    (!(bare && counts && year > far)).then_some((trail.unwrap_or(end), year))
                }
                2 if apostrophe || (lead > comma || value > 31) && !counts => {
                    Some((trail.unwrap_or(end), resolve::short_year(value, self.reference)))
                }
                _ => None,
            };
        }
        let (end, year) = self.year_in_words(number)?;
        Some((self.role_at(end, DateRole::YearTrail).unwrap_or(end), year))
    }

    /// A year in words: "two thousand and twenty", "nineteen eighty six".
    fn year_in_words(&self, at: usize) -> Option<(usize, i16)> {
        let (mut pairs, mut value, mut last, mut end, mut next) = (0i64, 0i64, i64::MAX, at, at);
        // No year has more words than this.
        for _ in 0..8 {
            if next > at && self.scan.gap(next) >= Gap::Paragraph {
                break;
            }
            let Some((len, sense)) = self.scan.sense_at(next, |sense| match sense {
                Sense::Number(sense) => Some(sense),
                _ => None,
            }) else {
                // Words may be joined: "and", a hyphen.
                if end == at || next > end {
                    break;
                }
                match self.role_at(next, DateRole::And) {
                    Some(after) => next = after,
                    None if self.scan.is_symbol(next, "-") => next += 1,
                    None => break,
                }
                continue;
            };
            match sense {
                NumberSense::Word(word) if word < 2200 => {
                    let word = word as i64;
                    let magnitude = |n: i64| if n < 10 { 10 } else { 100 };
                    if value > 0 && value % magnitude(word) != 0 || (10..100).contains(&value) && word >= 10 {
                        // "nineteen eighty": the first pair is the century.
                        if pairs > 0 || !(10..100).contains(&value) {
                            break;
                        }
                        pairs = value;
                        value = word;
                    } else {
                        if word >= last {
                            break;
                        }
                        value += word;
                    }
                    last = word;
                }
                NumberSense::Scale(scale @ (100 | 1000)) => {
                    let (scale, below) = (scale as i64, value % 1000);
                    value = value - below + below.max(1) * scale;
                    last = scale;
                }
                _ => break,
            }
            next += len;
            end = next;
        }
        let year = if pairs > 0 { pairs * 100 + value } else { value };
        i16::try_from(year).ok().filter(|year| YEARS.contains(year)).map(|year| (end, year))
    }

    /// Where a language tells a year with nothing before it, whether digits at a token are one: behind them stands
    /// what can be no noun that they count, or a verb and then such a word.
    fn stands_as_year(&self, at: usize, year: i16) -> bool {
        // A round number counts as often as it is a year.
        if !self.words.bare_year || year % 100 == 0 {
            return false;
        }
        let scan = self.scan;
        let begins_clause = at == 0
            || scan.gap(at) >= Gap::Paragraph
            || scan.kind(at - 1) == Some(TokenKind::Symbol)
                && matches!(scan.raw(at - 1), "." | "!" | "?" | "," | ";");
        let behind_word = at > 0
            && scan.kind(at - 1) == Some(TokenKind::Word)
            && scan.gap(at) < Gap::Paragraph
            && !scan.hits_in(&(at.saturating_sub(4)..at)).iter().any(|hit| {
                hit.token as usize + hit.len as usize == at
                    && matches!(
                        hit.sense,
                        Sense::Number(_)
                            | Sense::Date(_)
                            | Sense::Clause(Marker::Function | Marker::Definite)
                    )
            });
        let is_small = |token: usize| {
            scan.gap(token) < Gap::Paragraph
                && (scan.kind(token) == Some(TokenKind::Number)
                    || scan.hits_at(token).iter().any(|hit| {
                        matches!(
                            hit.sense,
                            Sense::Number(
                                NumberSense::Before(_)
                                    | NumberSense::Word(_)
                                    | NumberSense::Solid
                                    | NumberSense::Vague(_)
                            ) | Sense::Clause(Marker::Definite)
                        )
                    }))
        };
        let is_place = |token: usize| {
            scan.gap(token) < Gap::Paragraph
                && scan.hits_at(token).iter().any(|hit| hit.sense == Sense::Clause(Marker::Locative))
        };
        let is_verb = |token: usize| {
            scan.gap(token) < Gap::Paragraph
                && scan
                    .word(token)
                    .is_some_and(|word| word.kind == TokenKind::Word && word.shape == Shape::Lower)
        };
        (behind_word && (is_small(at + 1) || is_place(at + 1)))
            || (begins_clause && is_verb(at + 1) && is_small(at + 2))
    }

    /// A year alone, after or before a word that says so: "in 2019", "2019 року".
    pub(super) fn year_first(&self, at: usize) -> Option<Part> {
        let (end, year, digits) = match self.digits(at) {
            Some((value, 4)) if !self.is_continued(at) => (at + 1, i16::try_from(value).ok()?, true),
            Some(_) => return None,
            None => self.year_in_words(at).map(|(end, year)| (end, year, false))?,
        };
        let trail = self.role_at(end, DateRole::YearTrail).or_else(|| self.suffix(end));
        // "2021-22" is a season.
        if trail.is_none()
            && matches!(self.scan.raw(end), "-" | "–" | "/")
            && self.scan.gap(end) == Gap::None
            && self.digits(end + 1).is_some_and(|(_, len)| len < 4)
        {
            return None;
        }
        // "Of 2030 troops": a number past the next years with a word behind it counts that word.
        let far = self.reference.map_or(2025, |date| date.year()) + 5;
        if trail.is_none() && year > far && !self.ends_phrase(end) && self.month(end).is_none() {
            return None;
        }
        if !LIKELY_YEARS.contains(&year) || (trail.is_none() && self.goes_on(end)) {
            return None;
        }
        let part = Part::of(at, trail.unwrap_or(end), Written { year: Some(year), ..Written::default() });
        // "2017 april"
        if digits
            && let Some((end, month)) = self.month(end)
            && self.scan.gap(end) != Gap::Paragraph
        {
            return Some(Part::of(at, end, Written { month: Some(month), ..part.written }));
        }
        let led = self.role_before(at, DateRole::YearLead).is_some();
        let certain = led || trail.is_some() || (digits && self.stands_as_year(at, year));
        Some(if certain { part } else { part.uncertain() })
    }
}
