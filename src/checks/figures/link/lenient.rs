//! What nearly ties a number to a figure: the sentence before says what its own leaves out, or the noun is just what
//! the figure counts. And which of several figures of history, or of words that are told in turn, is meant.

use std::ops::Range;

use smallvec::SmallVec;

use super::{GroupWord, Linker, Whose, group_id};
use crate::checks::figures::pairs;
use crate::language::Sense;
use crate::language::sense::SheetWord;
use crate::reading::dates::Meaning;
use crate::reading::lexer::Gap;
use crate::sheet::{Figure, Kind};

type Fitting<'a> = SmallVec<[(u16, &'a Figure); 4]>;

impl Linker<'_, '_> {
    /// "2,640 soldiers are clearing roads": figures of a concept that counts the people of the number's noun, where no
    /// word says what became of them.
    pub(super) fn counting_the_noun(&self) -> SmallVec<[u16; 8]> {
        let Whose::Group(group @ GroupWord::Rule(_)) = self.claim.whose else { return SmallVec::new() };
        let Some(noun) = group_id(self.case, group).filter(|_| self.claim.of_people) else {
            return SmallVec::new();
        };
        let counts = |figure: &Figure| {
            let concept = self.case.rules.concepts.iter().find(|concept| concept.id == figure.concept);
            concept.is_some_and(|concept| concept.entry.counts.as_deref() == Some(noun))
        };
        (0u16..)
            .zip(&self.case.sheet.figures)
            .filter(|(_, figure)| counts(figure))
            .map(|(index, _)| index)
            .collect()
    }

    /// "Lula was elected. He won 60,345,999 votes": the sentence before says whose, and its own says nobody else's.
    pub(super) fn has_when_before(&self, index: u16) -> bool {
        self.is_lenient
            && !self.case.wording_in(&self.claim.sentence).iter().any(|hit| {
                matches!(hit.sense, Sense::Sheet(SheetWord::FigureWhen(other))
                    if self.claim.figures.contains(&other))
            })
            && self
                .sentence_before()
                .is_some_and(|before| self.case.says(&before, SheetWord::FigureWhen(index)))
    }

    /// "Soldiers cleared the square. Nine people were hurt": the sentence before names the figure's place, and no other.
    pub(super) fn is_of_place_before(&self, figure: &Figure) -> bool {
        let Some(before) = self.sentence_before().filter(|_| self.is_lenient) else { return false };
        let mut named = self
            .case
            .names_in(&before)
            .iter()
            .filter(|name| self.kind(name.member) == Some(Kind::Place))
            .filter(|name| !self.case.sheet.places.contains(&name.member))
            .peekable();
        named.peek().is_some() && named.all(|name| figure.places.contains(&name.member))
    }

    /// The sentence before, of the same paragraph.
    fn sentence_before(&self) -> Option<Range<usize>> {
        let start = self.case.read.sentence(self.claim.clause.start).start;
        let before = start.checked_sub(1).filter(|_| self.case.read.scan.gap(start) < Gap::Paragraph)?;
        Some(self.case.read.sentence(before))
    }

    /// A figure of history is told with its year: without one the story's own is meant, and with one no other's.
    pub(super) fn leave_history(&self, fitting: &mut Fitting<'_>) {
        let Some((from, to)) = self.case.sheet.period.filter(|_| fitting.len() > 1) else { return };
        let years = |figure: &Figure| {
            let days = || figure.series.iter().filter_map(|entry| entry.as_of);
            let is_history =
                figure.constant && days().next().is_some() && days().all(|day| day < from || day > to);
            is_history.then(|| days().map(|day| day.year()).collect::<SmallVec<[i16; 4]>>())
        };
        let told: SmallVec<[(i16, i16); 4]> = self
            .case
            .read
            .dates_in(&self.claim.sentence)
            .iter()
            .filter_map(|date| match date.meaning {
                Meaning::Day(day) => Some((day, day)),
                Meaning::Range(first, last) => Some((first, last)),
                _ => None,
            })
            .filter(|&(first, last)| last < from || first > to)
            .map(|(first, last)| (first.year(), last.year()))
            .collect();
        let is_told = |years: &[i16]| {
            years.iter().any(|year| told.iter().any(|&(first, last)| (first..=last).contains(year)))
        };
        fitting.retain(|(_, figure)| match years(figure) {
            Some(years) => is_told(&years),
            None => true,
        });
    }

    /// "A received 134 votes, B 82 and C three": of figures with the same words, whose own stand in the sentence in turn
    /// with its numbers.
    pub(super) fn take_in_turn(&self, fitting: &mut Fitting<'_>) {
        let is_told =
            |(index, _): &(u16, &Figure)| self.claim.figures.contains(index) && self.has_when(*index);
        if fitting.len() < 2 || !fitting.iter().all(is_told) {
            return;
        }
        let of =
            pairs::when_of(self.case, self.claim, |index| fitting.iter().any(|(fits, _)| *fits == index));
        fitting.retain(|(index, _)| of == Some(*index));
    }
}
