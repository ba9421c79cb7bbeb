//! Titles that a verb tells of a name: "Keller is the president of Moldova", "Keller, who serves as president",
//! "the president of Moldova is Keller".

use std::ops::Range;

use super::apposition::Reader;
use crate::checks::names::NameMention;
use crate::language::sense::TitleWord;
use crate::language::{Marker, Sense, SenseSet};
use crate::reading::lexer::Gap;
use crate::reading::titles::{is_closing, is_hyphen, office_before};

/// No phrase that joins a name and a title is longer, in tokens.
const LONGEST_PREDICATE: usize = 5;
/// A text without a stop must not be walked through for every name in it.
const FARTHEST: usize = 60;

impl Reader<'_, '_> {
    /// Where the longest phrase begins that ends at a token and tells what somebody is.
    pub(super) fn predicate_before(&self, end: usize) -> Option<usize> {
        let scan = self.scan();
        // "Президент Молдови — Павел Лунгу."
        if let Some(dash) = end.checked_sub(1)
            && matches!(scan.symbol(dash), Some('–' | '—'))
        {
            return Some(dash);
        }
        if !scan.ends_before(end).has_any(SenseSet::title(TitleWord::Predicate)) {
            return None;
        }
        (end.saturating_sub(LONGEST_PREDICATE)..end)
            .find(|&start| self.predicates_at(start).any(|length| start + length == end))
    }

    /// Where the longest phrase ends that begins at a token and tells what somebody is.
    pub(super) fn predicate_behind(&self, start: usize) -> Option<usize> {
        let scan = self.scan();
        if !scan.begins(start).has_any(SenseSet::title(TitleWord::Predicate)) {
            return None;
        }
        self.predicates_at(start).max().map(|length| start + length)
    }

    fn predicates_at(&self, start: usize) -> impl Iterator<Item = usize> {
        let scan = self.scan();
        // Without its mark "é" is "e", which joins two.
        let joins = move |length: usize| {
            let raw = scan.raw(start).to_lowercase();
            length == 1 && scan.language.pack.hedges.connect.contains(&raw)
        };
        let hits = scan.hits_at(start).iter();
        let told = hits.filter(|hit| hit.sense == Sense::Title(TitleWord::Predicate));
        told.map(|hit| hit.len as usize).filter(move |&length| !joins(length))
    }

    /// Behind the day that begins at a token, or at the next one behind a small word: "since 2022".
    pub(super) fn behind_date(&self, at: usize) -> usize {
        let date = |at: usize| self.case.read.dates_in(&(at..at + 1)).first().map(|date| date.tokens.end);
        date(at).or_else(|| date(at + 1).filter(|_| self.is_small_word(at))).unwrap_or(at)
    }

    /// Whether what a verb tells behind a name is told of its bearer, and as a fact. `apart`: a comma parts both.
    pub(super) fn is_told_of_name(&self, person: &NameMention, apart: bool, sentence: &Range<usize>) -> bool {
        let scan = self.scan();
        let start = person.tokens.start;
        // "The wife of Pavel Lungu is": who it is told of is not who stands beside it.
        let is_subject = start == sentence.start
            || office_before(scan, start).is_some()
            || start.checked_sub(1).is_some_and(|before| match scan.symbol(before) {
                Some(_) => !is_hyphen(scan, before),
                None => {
                    apart
                        && !self.is_small_word(before)
                        && !scan.is_marked(before, &[Marker::And, Marker::Preposition])
                        && self.name_before(start).is_none()
                }
            });
        is_subject && self.is_told_as_fact(person, sentence)
    }

    /// Whether a title that a verb joins with the name behind it is all that the sentence begins with, and the
    /// name all that it ends with.
    pub(super) fn is_told_of_title(
        &self,
        person: &NameMention,
        title: usize,
        sentence: &Range<usize>,
    ) -> bool {
        let scan = self.scan();
        let end = person.tokens.end;
        let is_dash = person.tokens.start.checked_sub(1).is_some_and(|at| scan.symbol(at).is_some());
        title == sentence.start
            && (!is_dash || (person.full && (end + 1 >= sentence.end || scan.gap(end) >= Gap::Paragraph)))
            && is_closing(scan, end)
            && !scan.is_marked(end + 1, &[Marker::And])
            && self.is_told_as_fact(person, sentence)
    }

    /// No condition, question or hope, no other time, and nobody else's words.
    fn is_told_as_fact(&self, person: &NameMention, sentence: &Range<usize>) -> bool {
        let read = self.case.read;
        let last = person.tokens.end.saturating_sub(1);
        let is_possessor =
            read.scan.tokens.get(last).is_some_and(|token| token.end as usize > person.span.end);
        let region = sentence.start.max(last.saturating_sub(FARTHEST))..sentence.end.min(last + FARTHEST);
        let is_open = read.scan.hits_in(&region).iter().any(|hit| {
            let at = hit.token as usize;
            match hit.sense {
                Sense::Clause(Marker::Unasserted | Marker::Negation) => at < person.tokens.start,
                Sense::Clause(
                    Marker::Planned | Marker::Expected | Marker::Then | Marker::Elsewhere | Marker::Previous,
                ) => true,
                _ => false,
            }
        });
        let is_question = region.clone().any(|at| read.scan.is_symbol(at, "?"));
        !is_possessor && !person.inflected && !is_open && !is_question && !read.may_be_quoted(&person.tokens)
    }
}
