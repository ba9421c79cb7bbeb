//! When the words around a title allow another reading: it is then somebody else's, perhaps, and nothing wrong
//! is told of it.

use std::ops::Range;

use super::apposition::{Apposition, Reader};
use crate::checks::names::NameMention;
use crate::language::Marker;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::titles::{around_before, is_closing, office_before};
use crate::reading::vocabulary::Shape;

impl Reader<'_, '_> {
    /// Whether the name that stands behind a title and a comma is surely its bearer's: the apposition ends
    /// behind it, and the title does not begin the sentence as part of another phrase ("According to the
    /// Russian president, Tokayev …").
    pub(super) fn ends_clearly(&self, person: &NameMention, start: usize, sentence: &Range<usize>) -> bool {
        let scan = self.scan();
        let end = person.tokens.end;
        if !is_closing(scan, end) {
            return false;
        }
        let is_listed = self.name_at(end + 1).is_some_and(|name| self.is_person(name.member));
        let led = start - sentence.start;
        // "The president of Kazakhstan, Tokayev, who chairs": what begins the sentence is its subject.
        let is_parted = |at: usize| {
            scan.is_marked(at, &[Marker::And]) || (led > 0 && scan.is_marked(at, &[Marker::Break]))
        };
        if scan.is_symbol(end, ",") && (is_listed || is_parted(end + 1)) {
            return false;
        }
        // "The decision of the president, Tokayev, was awaited" begins with its subject.
        let is_subject = scan.is_article(sentence.start) && !scan.is_article(end + 1);
        let fronted = (1..=3).contains(&led)
            && !is_subject
            && scan.is_marked(sentence.start, &[Marker::Function, Marker::Says, Marker::Break]);
        !fronted
    }

    /// The title hangs on another: "the spokesman of the Kazakh president, Uali".
    pub(super) fn is_chained(&self, start: usize, floor: usize, loose: bool) -> bool {
        let scan = self.scan();
        let mut at = start;
        let mut small = false;
        while at > floor && start - at < 4 && self.is_small_word(at - 1) {
            at -= 1;
            small = true;
        }
        let hangs = office_before(scan, at).is_some()
            || around_before(scan, at).is_some_and(|(_, around)| around.beside);
        hangs && at > floor && (loose || !small)
    }

    /// "The Russian and Kazakh presidents", "president and prime minister": each is another's.
    pub(super) fn is_one_of_several(&self, start: usize, context: Option<usize>) -> bool {
        let scan = self.scan();
        [start.checked_sub(1), context].into_iter().flatten().any(|and| {
            scan.is_marked(and, &[Marker::And])
                && (office_before(scan, and).is_some() || self.owner_before(and).is_some())
        })
    }

    /// A word that nobody knows stands before the title and may belong to it: "Gazprom President", "the
    /// trade union president".
    pub(super) fn is_part_of_a_longer_title(&self, found: &Apposition, start: usize, floor: usize) -> bool {
        let scan = self.scan();
        let Some(before) = start.checked_sub(1).filter(|&before| before >= floor) else { return false };
        if scan.kind(before) != Some(TokenKind::Word) || scan.gap(start) >= Gap::Paragraph {
            return false;
        }
        if self.name_before(start).is_some() || self.owner_before(start).is_some() {
            return true;
        }
        if scan.has_over(before, |_| true) {
            return false;
        }
        match scan.word(before).map(|word| word.shape) {
            Some(Shape::Lower) => {
                found.of.is_empty()
                    && !found.around.is_any()
                    && scan.word(found.office.start).is_some_and(|word| word.shape == Shape::Lower)
            }
            Some(Shape::Caseless) => false,
            _ => true,
        }
    }

    /// The name may be the object or the subject of a verb beside it: "dass der Präsident Putin bat", "the
    /// minister Tokayev dismissed".
    pub(super) fn may_be_object(
        &self,
        person: &NameMention,
        found: &Apposition,
        context: Option<usize>,
    ) -> bool {
        let scan = self.scan();
        let is_unknown = |at: usize| {
            scan.word(at).is_some_and(|word| word.kind == TokenKind::Word && word.shape == Shape::Lower)
                && !scan.is_marked(at, &[Marker::Function, Marker::Says, Marker::And, Marker::Auxiliary])
        };
        let end = person.tokens.end;
        let pack = &scan.language.pack;
        // "Sagte der Präsident Putin" and a title that begins the sentence leave no room for another verb.
        let object = pack.verb_last
            && context.is_some_and(|at| {
                !scan.is_marked(at, &[Marker::Says]) && (is_unknown(at) || !is_closing(scan, end))
            });
        object || (pack.bare_relatives && found.of.is_empty() && is_unknown(end))
    }

    /// Where names are declined, a title and a name in different cases are not of one person.
    pub(super) fn cases_differ(&self, person: &NameMention, found: &Apposition) -> bool {
        let scan = self.scan();
        scan.language.pack.inflection.declines_names && person.inflected == self.is_base_form(found)
    }

    /// Whether the office stands as the rules write it.
    fn is_base_form(&self, found: &Apposition) -> bool {
        let scan = self.scan();
        let written: Vec<&str> = found
            .office
            .clone()
            .filter(|&at| scan.kind(at) == Some(TokenKind::Word))
            .map(|at| scan.folded(at))
            .collect();
        found.offices.iter().any(|&office| {
            self.case.rules.office_words(office, &scan.language.pack.language).any(|phrase| {
                let phrase = phrase.replace('*', "").to_lowercase();
                phrase.split([' ', '-']).eq(written.iter().copied())
            })
        })
    }

    /// Another word with a capital follows, or another's name right behind: the name is part of a longer one,
    /// or two people's are run together.
    pub(super) fn name_goes_on(&self, person: &NameMention) -> bool {
        let scan = self.scan();
        let next = person.tokens.end;
        let is_near = scan.gap(next) <= Gap::Narrow;
        if is_near && !person.full && self.name_at(next).is_some_and(|name| self.is_person(name.member)) {
            return true;
        }
        // Where nouns have capitals, one may follow a whole name; behind a title and one word it is a name.
        (!scan.language.pack.capitalised_nouns || !person.full)
            && is_near
            && self.name_at(next).is_none()
            && scan.is_unknown_capital(next)
    }
}
