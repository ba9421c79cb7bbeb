//! Two dates that are one span, and lists of days that share a month.

use super::part::Part;
use super::reader::Reader;
use super::{DateShape, Meaning, Written, resolve};
use crate::language::date_phrases::DateRole;
use crate::reading::lexer::{Gap, TokenKind};

impl Reader<'_, '_> {
    /// The range that a part begins, with both its ends.
    pub(super) fn range_from(&self, from: &Part) -> Option<(Part, Part)> {
        if matches!(self.resolve_quick(from), Some(Meaning::Range(..))) && from.shape == DateShape::Span {
            return None;
        }
        let lead = self
            .before(from.start, |role| matches!(role, DateRole::From | DateRole::Between).then_some(role));
        let between = matches!(lead, Some((_, DateRole::Between)));
        let (next, dash) = self.connector(from.end, between)?;
        let spaced = dash && self.scan.gap(from.end) != Gap::None && self.scan.gap(next) != Gap::None;
        let begin = self.past_small(next);
        self.joined.set(if dash && from.written.day.is_some() { begin } else { usize::MAX });
        let to = self.part(begin);
        self.joined.set(usize::MAX);
        let to = to?;
        // "8 January — 16 people": a dash between words joins dates only where both are whole.
        if spaced && !from.is_lone_day() && to.is_lone_day() {
            return None;
        }
        // The dash of a dateline: behind it a sentence begins, with a preposition or a weekday of its own.
        let begins_sentence = begin != next || (to.weekday.is_some() && from.weekday.is_none());
        if spaced && (begins_sentence || is_backwards(from, &to)) {
            return None;
        }
        let bare = |part: &Part| part.is_lone_day() && !part.certain;
        let led = lead.is_some();
        let fits = match (from.is_lone_day(), to.is_lone_day()) {
            // "6–8 January"
            (true, false) => to.written.day.is_some() && to.written.month.is_some(),
            // "January 6–8", not "January 6–8 people"
            (false, true) => {
                from.written.month.is_some()
                    && from.written.day.is_some()
                    && from.written.year.is_none()
                    && (to.ordinal || led || self.ends_phrase(to.end) || !spaced && dash)
            }
            (true, true) => !bare(from) && (!bare(&to) || to.ordinal) && !dash,
            (false, false) => (from.certain && to.certain) || led || self.is_numeric_pair(from, &to, dash),
        };
        let alike = from.written.day.is_some() == to.written.day.is_some()
            || from.fixed.is_some()
            || to.fixed.is_some()
            || led
            || !dash;
        if !fits || !alike {
            return None;
        }
        let mut from = from.clone();
        if let Some((start, _)) = lead {
            from.start = start;
        }
        Some((from, to))
    }

    fn is_numeric_pair(&self, from: &Part, to: &Part, dash: bool) -> bool {
        let months = from.written.month.is_some() && to.written.month.is_some();
        dash && from.written.day.is_some() && to.written.day.is_some()
            || months && (to.certain || from.certain)
            || from.shape == DateShape::Year
                && to.shape == DateShape::Year
                && self.role_before(from.start, DateRole::YearLead).is_some()
    }

    fn resolve_quick(&self, part: &Part) -> Option<Meaning> {
        part.fixed.as_ref().map(|(meaning, _)| meaning.clone())
    }

    /// What joins the ends of a range at a token: the token after it, and whether it is a dash.
    fn connector(&self, at: usize, between: bool) -> Option<(usize, bool)> {
        if self.scan.gap(at) == Gap::Paragraph {
            return None;
        }
        if self.scan.kind(at) == Some(TokenKind::Symbol)
            && matches!(self.scan.raw(at), "-" | "–" | "—" | "~" | "‐" | "‑")
        {
            return (self.scan.gap(at + 1) < Gap::Paragraph).then_some((at + 1, true));
        }
        let next = self
            .role_at(at, DateRole::To)
            .or_else(|| between.then(|| self.role_at(at, DateRole::And)).flatten())?;
        (self.scan.gap(next) < Gap::Paragraph).then_some((next, false))
    }

    /// Past an article before a range's second end: "bis zum 8.", "until the 17th".
    pub(super) fn past_small(&self, at: usize) -> usize {
        let small = |role| {
            matches!(
                role,
                DateRole::Link
                    | DateRole::DayLead
                    | DateRole::Lead
                    | DateRole::Shift(_)
                    | DateRole::Nearest(_)
            )
            .then_some(())
        };
        self.phrases.at(self.scan, at, small).map_or(at, |(len, ())| at + len)
    }

    /// Both ends resolved, each completed by what the other brings.
    pub(super) fn resolve_ends(&self, from: &Part, to: &Part) -> (resolve::Resolved, resolve::Resolved) {
        let (mut first, mut last) = (from.clone(), to.clone());
        let complete = |part: &mut Written, other: &Written| {
            if part.day.is_some() {
                part.month = part.month.or(other.month);
            }
            part.year = part.year.or(other.year);
        };
        if first.fixed.is_none() && last.fixed.is_none() {
            let (from_year, to_year) = (first.written.year, last.written.year);
            complete(&mut first.written, &to.written);
            complete(&mut last.written, &from.written);
            let begin = (first.written.month, first.written.day);
            let end = (last.written.month, last.written.day);
            // From December to February: the year turns in between.
            let turns = begin.0.is_some() && (begin.0 > end.0 || begin.0 == end.0 && begin.1 > end.1);
            if turns && from_year.is_none() && to_year.is_some() {
                first.written.year = first.written.year.and_then(|year| year.checked_sub(1));
            } else if turns && to_year.is_none() && from_year.is_some() {
                last.written.year = last.written.year.and_then(|year| year.checked_add(1));
            }
            // "From April 27 to the 3rd": the next month.
            if turns && begin.0 == end.0 && to.is_lone_day() {
                last.written.month = last.written.month.map(|month| month % 12 + 1);
            } else if turns && begin.0 == end.0 && from.is_lone_day() {
                first.written.month = first.written.month.map(|month| (month + 10) % 12 + 1);
            }
        }
        let first = self.resolve(&first);
        let day = |resolved: &resolve::Resolved| match resolved.0 {
            Meaning::Day(day) | Meaning::Range(day, _) => Some(day),
            _ => None,
        };
        // The second end is the first such day from the first end on.
        let anchor = day(&first);
        let last = match (anchor, &last.fixed, last.weekday.as_ref()) {
            (Some(anchor), Some(_), Some((weekday, _))) if last.written.day.is_none() => {
                (Meaning::Day(resolve::nearest_weekday(anchor, *weekday, 1)), None)
            }
            (Some(anchor), None, _) if last.written.year.is_none() => {
                let mut resolved = resolve::fields(last.written, Some(anchor), true);
                if day(&resolved).is_some_and(|date| date < anchor)
                    && let Some(other) = resolved.1
                {
                    resolved = (Meaning::Day(other), None);
                }
                resolved
            }
            _ => self.resolve(&last),
        };
        (first, last)
    }

    /// "6, 7 and 8 January": the days before the one that brings the month are dates too.
    pub(super) fn list_from(&self, first: &Part) -> Option<Vec<Part>> {
        if !first.is_lone_day() {
            return None;
        }
        // Longer lists of days are tables.
        const LONGEST: usize = 8;
        let mut items = vec![first.clone()];
        while items.len() < LONGEST {
            let end = items.last()?.end;
            if self.scan.gap(end) == Gap::Paragraph {
                return None;
            }
            let comma = end + usize::from(matches!(self.scan.raw(end), "," | "/"));
            let next = self.role_at(comma, DateRole::And).unwrap_or(comma);
            if next == end || self.scan.gap(next) == Gap::Paragraph {
                return None;
            }
            let part = self.day_first(self.past_small(next), false)?;
            if part.is_lone_day() {
                items.push(part);
                continue;
            }
            let Written { year, month, day } = part.written;
            if day.is_none() || part.fixed.is_some() {
                return None;
            }
            for item in &mut items {
                let written = Written { year, month, ..item.written };
                *item = Part::of(item.start, item.end, written);
            }
            items.push(part);
            return Some(items);
        }
        None
    }
}

/// The second day lies before the first in one month: no range ends before it begins.
fn is_backwards(from: &Part, to: &Part) -> bool {
    let (from, to) = (from.written, to.written);
    from.month.is_some()
        && from.month == to.month
        && from.day > to.day
        && to.day.is_some()
        && from.year.is_none()
}
