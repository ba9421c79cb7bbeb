//! The way through a text: at each word or number that can begin a date, the longest date there.

use std::ops::Range;

use jiff::civil::Date;

use super::part::Part;
use super::{DateMention, DateShape, Meaning, resolve};
use crate::language::date_phrases::{DatePhrases, DateRole};
use crate::language::date_words::{DateSense, DateWords};
use crate::language::{Marker, Sense, SenseSet};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::Shape;

/// Reads one text.
pub(super) struct Reader<'s, 'a> {
    pub(super) scan: &'s Scan<'a>,
    pub(super) words: &'a DateWords,
    pub(super) phrases: &'a DatePhrases,
    pub(super) reference: Option<Date>,
    /// The last day told, for what refers back to it.
    pub(super) previous: Option<Date>,
    /// The token before which everything is read.
    pub(super) floor: usize,
    /// The token behind a dash that joins the ends of a range: it goes on from no number.
    pub(super) joined: std::cell::Cell<usize>,
    mentions: Vec<DateMention>,
}

impl<'s, 'a> Reader<'s, 'a> {
    pub(super) fn new(scan: &'s Scan<'a>, reference: Option<Date>) -> Self {
        let words = &scan.language.pack.dates;
        Self {
            scan,
            words,
            phrases: words.phrases(),
            reference,
            previous: None,
            floor: 0,
            joined: std::cell::Cell::new(usize::MAX),
            mentions: Vec::new(),
        }
    }

    pub(super) fn read(mut self) -> Vec<DateMention> {
        let mut hits = self
            .scan
            .hits
            .iter()
            .filter(|hit| matches!(hit.sense, Sense::Date(_)))
            .map(|hit| hit.token as usize);
        let mut hit = hits.next();
        let tokens = self.scan.tokens;
        for (at, token) in tokens.iter().enumerate() {
            while hit.is_some_and(|hit| hit < at) {
                hit = hits.next();
            }
            if (token.kind == TokenKind::Number || hit == Some(at)) && at >= self.floor {
                self.read_at(at);
            }
        }
        self.mentions
    }

    fn read_at(&mut self, at: usize) {
        let Some(part) = self.part(at) else { return };
        if let Some((from, to)) = self.range_from(&part) {
            self.tell_range(from, to);
        } else if let Some(items) = self.list_from(&part) {
            for item in items {
                self.tell(item);
            }
        } else if part.certain {
            self.tell(part);
        }
    }

    /// Resolves a part and keeps it as a mention.
    pub(super) fn tell(&mut self, part: Part) {
        let (meaning, other) = self.resolve(&part);
        if let Meaning::Day(date) = meaning {
            // "The day before, January 4, he spoke": the date beside it says which day is meant.
            if matches!(part.shape, DateShape::Full | DateShape::DayMonth)
                && let Some(last) = self.mentions.last_mut()
                && last.shape == DateShape::SameDay
                && last.tokens.end + 1 == part.start
                && self.scan.is_symbol(last.tokens.end, ",")
            {
                last.meaning = Meaning::Day(date);
            }
            self.previous = Some(date);
        }
        self.keep(&part, meaning, other);
    }

    fn keep(&mut self, part: &Part, meaning: Meaning, other: Option<Date>) {
        let tokens = part.start.max(self.floor)..part.end;
        let Some(span) = self.bytes(&tokens) else { return };
        self.floor = part.end;
        self.mentions.push(DateMention {
            span,
            meaning,
            shape: part.shape,
            weekday: part.weekday.clone().and_then(|(day, tokens)| Some((day, self.bytes(&tokens)?))),
            other,
            written: part.written,
            rough: part.rough,
            tokens,
        });
    }

    fn tell_range(&mut self, from: Part, to: Part) {
        let ((first, _), (last, _)) = self.resolve_ends(&from, &to);
        let part = Part { end: to.end, shape: DateShape::Span, ..from };
        let meaning = match (first, last) {
            (
                Meaning::Day(first) | Meaning::Range(first, _),
                Meaning::Day(last) | Meaning::Range(_, last),
            ) if first <= last => {
                self.previous = Some(last);
                Meaning::Range(first, last)
            }
            (impossible @ Meaning::Impossible { .. }, _) | (_, impossible @ Meaning::Impossible { .. }) => {
                impossible
            }
            _ => Meaning::Unresolved,
        };
        self.keep(&part, meaning, None);
    }

    /// Whether the last date told ends with a weekday's name.
    pub(super) fn told_weekday(&self) -> bool {
        self.mentions.last().is_some_and(|mention| mention.shape == DateShape::Weekday)
    }

    /// What a part means, with the other day it can mean.
    pub(super) fn resolve(&self, part: &Part) -> resolve::Resolved {
        match &part.fixed {
            Some(resolved) => resolved.clone(),
            None => resolve::fields(part.written, self.reference, self.is_ahead(part.start)),
        }
    }

    fn bytes(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let first = self.scan.tokens.get(tokens.start)?;
        let last = self.scan.tokens.get(tokens.end.checked_sub(1)?)?;
        (first.start < last.end).then_some(first.start as usize..last.end as usize)
    }

    /// The longest date that begins at a token.
    pub(super) fn part(&self, at: usize) -> Option<Part> {
        if self.scan.kind(at)? == TokenKind::Number {
            // "q1", "F16": a number that touches a word is part of a name.
            if at > 0 && self.scan.gap(at) == Gap::None && self.scan.kind(at - 1) == Some(TokenKind::Word) {
                return None;
            }
            return self
                .numeric(at, false)
                .or_else(|| self.weekday(at))
                .or_else(|| self.counted_units(at))
                .or_else(|| self.day_first(at, false))
                .or_else(|| self.year_first(at));
        }
        self.anaphora(at)
            .or_else(|| self.relative(at))
            .or_else(|| self.numeric(at, false))
            .or_else(|| self.month_first(at))
            .or_else(|| self.named(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.counted_units(at))
            .or_else(|| self.shifted_unit(at))
            .or_else(|| self.whole_unit(at))
            .or_else(|| self.day_first(at, false))
            .or_else(|| self.year_first(at))
    }

    /// The longest hit of a date sense at a token, where case allows it.
    pub(super) fn date_sense<T>(
        &self,
        at: usize,
        pick: impl Fn(DateSense) -> Option<T>,
    ) -> Option<(usize, T)> {
        if !self.scan.begins(at).has_any(SenseSet::DATE) {
            return None;
        }
        let (len, sense) = self.scan.sense_at(at, |sense| match sense {
            Sense::Date(sense) => pick(sense),
            _ => None,
        })?;
        self.case_allows(at, len).then_some((len, sense))
    }

    fn case_allows(&self, at: usize, len: usize) -> bool {
        let case = |role| (role == DateRole::Capital || role == DateRole::Lower).then_some(role);
        let Some((_, role)) = self.phrases.at(self.scan, at, case).filter(|found| found.0 == len) else {
            return true;
        };
        let Some(word) = self.scan.word(at) else { return false };
        match role {
            DateRole::Lower => word.shape == Shape::Lower,
            _ => word.shape != Shape::Lower,
        }
    }

    /// Whether the date word of so many tokens is another word too.
    pub(super) fn is_weak(&self, at: usize, len: usize) -> bool {
        self.role_at(at, DateRole::Weak).is_some_and(|end| end - at == len)
            // With or without its full stop it is the same word.
            || len > 1 && self.scan.is_symbol(at + len - 1, ".") && self.is_weak(at, len - 1)
    }

    /// The token after a phrase of this role at a token.
    pub(super) fn role_at(&self, at: usize, role: DateRole) -> Option<usize> {
        if at > 0 && self.scan.gap(at) == Gap::Paragraph {
            return None;
        }
        self.phrases.at(self.scan, at, |other| (other == role).then_some(())).map(|(len, ())| at + len)
    }

    /// The first token of a phrase of this role that ends just before a token, not before the floor.
    pub(super) fn role_before(&self, at: usize, role: DateRole) -> Option<usize> {
        self.before(at, |other| (other == role).then_some(())).map(|(start, ())| start)
    }

    pub(super) fn before<T>(&self, at: usize, pick: impl Fn(DateRole) -> Option<T>) -> Option<(usize, T)> {
        let (len, picked) = self.phrases.before(self.scan, at, pick)?;
        let start = at - len;
        (start >= self.floor).then_some((start, picked))
    }

    /// Whether what stands at a token can follow a lone number or a weak word without being what it
    /// counts or names: a mark, a small word, the end.
    pub(super) fn ends_phrase(&self, at: usize) -> bool {
        if self.scan.gap(at) == Gap::Paragraph {
            return true;
        }
        match self.scan.kind(at) {
            None => true,
            Some(TokenKind::Number) => false,
            Some(TokenKind::Symbol) => {
                // A hyphen or a percent sign that touches goes on with the word or number.
                self.scan.gap(at) != Gap::None
                    || !matches!(self.scan.symbol(at), Some('%' | '-' | '°' | '‰' | '/' | '\''))
            }
            Some(TokenKind::Word) => {
                self.scan.gap(at) != Gap::None
                    && (self.role_at(at, DateRole::Follower).is_some()
                        || self.role_at(at, DateRole::And).is_some()
                        || self.role_at(at, DateRole::To).is_some()
                        || self
                            .scan
                            .begins(at)
                            .has_any(SenseSet::markers(&[Marker::Function, Marker::Break])))
            }
        }
    }

    /// Whether a word that leads a date of this kind stands before a token.
    pub(super) fn is_led(&self, at: usize) -> bool {
        self.before(at, |role| {
            matches!(
                role,
                DateRole::Lead
                    | DateRole::MonthLead
                    | DateRole::DayLead
                    | DateRole::Shift(_)
                    | DateRole::Nearest(_)
                    | DateRole::From
                    | DateRole::Between
                    | DateRole::To
            )
            .then_some(())
        })
        .is_some()
    }

    /// Whether the clause around a token speaks of what is to come.
    pub(super) fn is_ahead(&self, at: usize) -> bool {
        // Far enough for a verb at the clause's other end, near enough to stay in the clause.
        const REACH: usize = 10;
        let scan = self.scan;
        let is_end = |token: usize| {
            scan.gap(token) == Gap::Paragraph
                || matches!(scan.symbol(token), Some('.' | ';' | '!' | '?' | ':'))
        };
        let planned = SenseSet::marker(Marker::Planned);
        if !scan.within(&(at.saturating_sub(REACH)..at + REACH + 1)).has_any(planned) {
            return false;
        }
        let is_planned = |token: usize| scan.begins(token).has_any(planned);
        let back = (at.saturating_sub(REACH)..at).rev().take_while(|&token| !is_end(token));
        let forth = (at + 1..=at + REACH).take_while(|&token| !is_end(token));
        back.chain(forth).any(is_planned)
    }
}
