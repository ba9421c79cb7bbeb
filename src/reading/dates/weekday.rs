//! Weekdays: alone, with a date beside them, with a word that says which one.

use super::part::Part;
use super::reader::Reader;
use super::{DateShape, Meaning, Written, resolve};
use crate::language::date_phrases::DateRole;
use crate::language::date_words::{DateSense, DateUnit};
use crate::reading::lexer::{Gap, TokenKind};

impl Reader<'_, '_> {
    /// A weekday's name at a token: the token after it, and its number.
    pub(super) fn weekday_name(&self, at: usize) -> Option<(usize, u8)> {
        if at > 0 && self.scan.gap(at) == Gap::Paragraph {
            return None;
        }
        let (len, day) = self.weekday_sense(at)?;
        Some((at + len, day))
    }

    fn weekday_sense(&self, at: usize) -> Option<(usize, u8)> {
        let (len, day) = self.date_sense(at, |sense| match sense {
            DateSense::Weekday(day) => Some(day),
            _ => None,
        })?;
        // "6a" is one; "2 a 5" is none.
        let spelled = self.scan.kind(at) != Some(TokenKind::Number) || self.scan.gap(at + 1) == Gap::None;
        spelled.then_some((len, day))
    }

    /// A date that begins with a weekday, or a weekday alone.
    pub(super) fn weekday(&self, at: usize) -> Option<Part> {
        let (len, day) = self.weekday_sense(at)?;
        let end = at + len;
        let which = self.which_weekday(at, end);
        let start = which.map_or(at, |(start, ..)| start);
        let after = which.map_or(end, |(_, after, _)| after);
        let dated = self.weekday_and_date(at, end, day).or_else(|| {
            // "no sábado passado (7)": the word that says which one stands between.
            (after != end && self.scan.is_symbol(after, "("))
                .then(|| self.weekday_and_date(at, after, day))?
        });
        if let Some(part) = dated
            && !(self.is_listed(at, end) && self.goes_on_as_list(&part))
        {
            return Some(Part { start, weekday: Some((day, at..end)), ..part });
        }
        if let Some(part) = self.weekday_of_week(start, after, day) {
            return Some(Part { weekday: Some((day, at..end)), ..part });
        }
        let resolved = match self.reference {
            Some(reference) => match which {
                Some((_, _, which)) => which.resolve(day, reference),
                None => resolve::lone_weekday(day, reference, self.is_ahead(at)),
            },
            None => (Meaning::Unresolved, None),
        };
        let part = Part::fixed(start, after, DateShape::Weekday, resolved);
        let part = Part { weekday: Some((day, at..end)), ..part };
        let certain = !self.is_weak(at, len)
            || (which.is_some() || self.is_led(at) || self.is_listed(at, end))
                && (self.ends_phrase(after)
                    || self.weekday_name(after).is_some()
                    || self.scan.is_symbol(after, "."));
        Some(if certain { part } else { part.uncertain() })
    }

    /// Whether a weekday goes on a list of weekdays just told.
    fn is_listed(&self, at: usize, end: usize) -> bool {
        let before = self.role_before_any(at);
        let told = self.floor > 0
            && before <= self.floor
            && self.floor.checked_sub(1).is_some_and(|last| self.scan.kind(last).is_some())
            && self.scan.gap(at) < Gap::Paragraph
            && self.told_weekday();
        told && end > at
    }

    /// "Monday and Tuesday, March 22 and 23": the days are as many as the weekdays, in their order.
    fn goes_on_as_list(&self, part: &Part) -> bool {
        self.role_at(part.end, DateRole::And).is_some_and(|next| {
            self.day(self.past_small(next)).is_some_and(|day| (1..=31).contains(&day.value))
        })
    }

    /// Before a comma or a word that joins lists, if one stands before the token.
    fn role_before_any(&self, at: usize) -> usize {
        let mut at = self.role_before(at, DateRole::And).unwrap_or(at);
        while at > self.floor && matches!(self.scan.raw(at - 1), "," | ".") {
            at -= 1;
        }
        at
    }

    /// "This Friday", "na sexta passada": where it begins and ends, and which one.
    fn which_weekday(&self, at: usize, end: usize) -> Option<(usize, usize, Which)> {
        let pick = |role| match role {
            DateRole::Shift(by) => Some(Which::Week(by)),
            DateRole::Nearest(by) => Some(Which::Nearest(by)),
            _ => None,
        };
        let pick_after = |role| match role {
            DateRole::ShiftAfter(by) => Some(Which::Week(by)),
            DateRole::NearestAfter(by) => Some(Which::Nearest(by)),
            _ => None,
        };
        if let Some((len, which)) = self.phrases.at(self.scan, end, pick_after)
            && self.scan.gap(end) < Gap::Paragraph
            // "Monday last week": the word belongs to the week.
            && self.unit(end + len, |_| true).is_none()
        {
            return Some((at, end + len, which));
        }
        let (start, which) = self.before(at, pick)?;
        // "This coming Friday": the nearer word says more.
        let start = self.before(start, pick).map_or(start, |(start, _)| start);
        Some((start, end, which))
    }

    /// `Friday, Jan 7`, "Dienstag, der 25.", "sexta-feira (7)", "Friday 7/6".
    fn weekday_and_date(&self, at: usize, end: usize, weekday: u8) -> Option<Part> {
        let mut next = end;
        let mut parenthesis = false;
        let mut comma = false;
        if self.scan.gap(next) == Gap::Paragraph {
            return None;
        }
        // The full stop of an abbreviation, then a comma, a parenthesis or a dash.
        // The full stop of a whole name ends the sentence.
        const LONGEST_ABBREVIATION: usize = 5;
        let stop = self.scan.is_symbol(next, ".") && self.scan.gap(next) == Gap::None;
        if stop {
            if self.scan.raw(at).chars().count() > LONGEST_ABBREVIATION {
                return None;
            }
            next += 1;
        }
        if self.scan.kind(next) == Some(TokenKind::Symbol) {
            match self.scan.raw(next) {
                "," => comma = true,
                "(" => parenthesis = true,
                "-" | "‐" | "–"
                    if self.scan.gap(next) == Gap::None && self.scan.gap(next + 1) == Gap::None => {}
                _ => return None,
            }
            next += 1;
        }
        if self.scan.gap(next) == Gap::Paragraph {
            return None;
        }
        let led = self
            .phrases
            .at(self.scan, next, |role| match role {
                DateRole::Link | DateRole::DayLead => Some(()),
                DateRole::Lead => comma.then_some(()),
                _ => None,
            })
            // "Put off on Wednesday until April 1": these are two days.
            .filter(|_| {
                let apart = |role| {
                    matches!(role, DateRole::To | DateRole::From | DateRole::Before | DateRole::After)
                        .then_some(())
                };
                comma
                    && self
                        .phrases
                        .at(self.scan, next, |role| (role == DateRole::Link).then_some(()))
                        .is_some()
                    || self.phrases.at(self.scan, next, apart).is_none()
            })
            .map(|(len, ())| next + len);
        if stop && led.is_some() {
            return None;
        }
        let date_at = led.unwrap_or(next);
        let is_dated = |part: &Part| part.written.day.is_some() && part.written.month.is_some();
        let dated = self
            .numeric(date_at, true)
            .filter(is_dated)
            .or_else(|| self.month_first(date_at).filter(is_dated))
            .or_else(|| self.day_first(date_at, true).filter(is_dated));
        let name = Some((weekday, at..end));
        let close = |end: usize| end + usize::from(parenthesis && self.scan.is_symbol(end, ")"));
        if let Some(part) = dated {
            return Some(Part { start: at, end: close(part.end), weekday: name, ..part });
        }
        let day = self
            .day(date_at)
            .filter(|day| (1..=31).contains(&day.value) && !(day.digits && self.goes_on(day.end)))?;
        let alone = if parenthesis {
            self.scan.is_symbol(day.end, ")")
        } else if comma && led.is_none() && !day.ordinal {
            // "Quinta-feira, 6, a polícia": only where that weekday is that day.
            matches!(self.scan.raw(day.end), "," | "." | ";")
                && self.scan.gap(day.end + 1) != Gap::None
                && self.reference.is_some_and(|reference| {
                    let (meaning, other) = resolve::lone_weekday(weekday, reference, false);
                    let is_day = |date: jiff::civil::Date| date.day() as u32 == day.value;
                    matches!(meaning, Meaning::Day(date) if is_day(date)) || other.is_some_and(is_day)
                })
        } else {
            // "Dienstag, der 25." and "Monday 21!", not "On Monday 21 people".
            (!comma || led.is_some() || day.ordinal)
                && self.ends_phrase(day.end)
                && (day.digits || led.is_some())
        };
        if !alone {
            return None;
        }
        let resolved = match self.reference {
            // "Quarta-feira (5)" is a day of these weeks; "Friday the 13th" is whichever comes.
            Some(reference) if (at..day.end).any(|at| self.scan.is_symbol(at, "(")) => {
                resolve::weekday_and_day(weekday, day.value, reference)
            }
            Some(reference) => resolve::weekday_on_day(weekday, day.value, reference),
            None => (Meaning::Unresolved, None),
        };
        let part = Part::fixed(at, close(day.end), DateShape::Day, resolved);
        Some(Part { weekday: name, written: Written { day: Some(day.value), ..Written::default() }, ..part })
    }

    /// "Tuesday of next week", "Dienstag nächster Woche", "terça da próxima semana".
    fn weekday_of_week(&self, start: usize, end: usize, weekday: u8) -> Option<Part> {
        let mut next = end + usize::from(self.scan.is_symbol(end, ","));
        for _ in 0..2 {
            let small =
                |role| matches!(role, DateRole::Link | DateRole::Lead | DateRole::MonthLead).then_some(());
            let Some((len, ())) = self.phrases.at(self.scan, next, small) else { break };
            next += len;
        }
        let is_week = |unit| unit == DateUnit::Week;
        let shift = self.phrases.at(self.scan, next, |role| match role {
            DateRole::Shift(by) | DateRole::Nearest(by) => Some(by),
            _ => None,
        });
        let (end, by) = match shift {
            Some((len, by)) => (self.unit(next + len, is_week)?.0, by),
            None => {
                let (after, _) = self.unit(next, is_week)?;
                let (len, by) = self.phrases.at(self.scan, after, |role| match role {
                    DateRole::ShiftAfter(by) | DateRole::NearestAfter(by) => Some(by),
                    _ => None,
                })?;
                (after + len, by)
            }
        };
        let resolved = match self.reference {
            Some(reference) => {
                let week = resolve::plus(reference, i64::from(by), DateUnit::Week);
                (Meaning::Day(resolve::in_week_of(week, weekday)), None)
            }
            None => (Meaning::Unresolved, None),
        };
        Some(Part::fixed(start, end, DateShape::Weekday, resolved))
    }
}

/// Which weekday a word beside it says.
#[derive(Clone, Copy)]
enum Which {
    /// That of a week counted from the reference's.
    Week(i8),
    /// The nearest ahead or past.
    Nearest(i8),
}

impl Which {
    fn resolve(self, weekday: u8, reference: jiff::civil::Date) -> resolve::Resolved {
        let nearest = |by: i8| resolve::nearest_weekday(reference, weekday, i32::from(by.signum()));
        match self {
            Self::Nearest(by) => {
                let week = resolve::plus(reference, i64::from(by), DateUnit::Week);
                let day = nearest(by);
                let other = resolve::in_week_of(week, weekday);
                (Meaning::Day(day), (other != day).then_some(other))
            }
            Self::Week(by) => {
                let week = resolve::plus(reference, i64::from(by), DateUnit::Week);
                let day = resolve::in_week_of(week, weekday);
                let other = match by {
                    0 if day <= reference => nearest(1),
                    0 => nearest(-1),
                    _ => nearest(by),
                };
                (Meaning::Day(day), (other != day).then_some(other))
            }
        }
    }
}
