//! How much the right word of a name says of whose the other one is, which is a letter or two off.

use super::recognise::Recogniser;
use super::resolve::{Quality, SHORTEST_NEAR};
use super::whole::{Slip, starts_alike};
use crate::reading::lexer::Token;
use crate::reading::vocabulary::strip_diacritics;

/// A family name that stands in the copy more often than this is somebody's own.
const MOST_SLIPS: usize = 2;

/// A family name of so many letters is few people's.
const LONG_FAMILY: usize = 7;

/// The rank of a quality that is one sound off at most.
const HEARD: u8 = Quality::Near { distance: 1, longer: 1 }.rank();

impl Recogniser<'_> {
    /// How much a given name says of whose family name, one letter off, stands behind it: where both are long
    /// enough to be few people's, nothing knows the family name, and the copy does not go on about somebody who
    /// is called so.
    pub(super) fn telling_given(&mut self, given: usize, odd: usize, form: u32, word: usize) -> Slip {
        let Some(indexed) = self.index.forms.get(form as usize) else { return Slip::IfTold };
        let is_family = indexed.words.len() == 2
            && usize::from(indexed.family.start) == word
            && indexed.family.len() == 1
            && word == 1;
        let Some(target) = indexed.words.get(word).filter(|_| is_family) else { return Slip::IfTold };
        let (written, distance) = self.letters_off(odd, target);
        if distance != 1 || !self.is_nobodys(odd) {
            return Slip::IfTold;
        }
        let given = self.scan.folded(given);
        let are_long = |least: usize| [&written, &**target].iter().all(|word| has_letters(word, least));
        if has_letters(given, SHORTEST_NEAR) && are_long(SHORTEST_NEAR) {
            return Slip::Yes;
        }
        // "Greg Brockmane": a longer name makes up for a shorter one, where no letter stands for another.
        let is_kept = !self.is_replaced(odd, target);
        match is_kept && has_letters(given, SHORTEST_NEAR - 1) && are_long(LONG_FAMILY) {
            true => Slip::InStory,
            false => Slip::IfTold,
        }
    }

    /// How much a family name says of whose given name, one letter off, stands before it. Names of brother and
    /// sister differ at their ends: Michael, Michaela.
    pub(super) fn telling_family(&mut self, odd: usize, family: usize, form: u32) -> Slip {
        let Some(target) = self.index.forms.get(form as usize).and_then(|form| form.words.first()) else {
            return Slip::IfTold;
        };
        let (written, target) = (strip_diacritics(self.scan.folded(odd)), strip_diacritics(target));
        let shared = written.chars().zip(target.chars()).take_while(|(a, b)| a == b).count();
        let shorter = written.chars().count().min(target.chars().count());
        let is_telling = shared + 1 < shorter
            && shorter + 1 >= SHORTEST_NEAR
            && has_letters(self.scan.folded(family), LONG_FAMILY)
            && self.is_nobodys(odd);
        if is_telling { Slip::InStory } else { Slip::IfTold }
    }

    /// Nothing knows the word at a token as it stands, and the copy does not go on about it.
    pub(super) fn is_nobodys(&mut self, at: usize) -> bool {
        let range = self.matches(at);
        !self.is_known_word(at)
            && self.read.places_in(&(at..at + 1)).is_empty()
            && !self.memo.flat[range].iter().any(|found| found.quality.is_spelled_right())
            && self.scan.tokens.get(at).is_some_and(|token| {
                let is_again = |other: &&Token| other.word == token.word;
                self.scan.tokens.iter().filter(is_again).nth(MOST_SLIPS).is_none()
            })
    }

    /// The word at a token is one letter off from the one of the form, and nobody's.
    pub(super) fn is_letter_off(&mut self, at: usize, form: u32, word: usize) -> bool {
        let Some(target) = self.index.forms.get(form as usize).and_then(|form| form.words.get(word)) else {
            return false;
        };
        has_letters(target, SHORTEST_NEAR) && self.letters_off(at, target).1 == 1 && self.is_nobodys(at)
    }

    /// Whether a word may be a slip where the office beside says who is meant: two letters off from a family
    /// name, or hardly other to the ear.
    pub(super) fn is_near_for_holder(
        &self,
        at: usize,
        form: u32,
        word: usize,
        distance: usize,
        is_given: bool,
    ) -> bool {
        let Some(target) = self.index.forms.get(form as usize).and_then(|form| form.words.get(word)) else {
            return false;
        };
        let same_first = starts_alike(self.scan.folded(at), target);
        if !is_given {
            let least = if distance == 1 { SHORTEST_NEAR - 2 } else { SHORTEST_NEAR };
            return same_first && distance <= 2 && has_letters(target, least);
        }
        has_letters(target, SHORTEST_NEAR - 1) && self.is_heard(at, form, word)
    }

    /// The word at a token is one sound off at most from the one of the form.
    fn is_heard(&self, at: usize, form: u32, word: usize) -> bool {
        let known = self.scan.tokens.get(at).and_then(|token| self.memo.by_word.get(token.word.0 as usize));
        let heard = known.copied().flatten().map_or(0..0, |matches| matches.range());
        self.memo.flat.get(heard).unwrap_or_default().iter().any(|found| {
            found.slot.form == form && usize::from(found.slot.word) == word && found.quality.rank() <= HEARD
        })
    }
}

fn has_letters(word: &str, least: usize) -> bool {
    word.chars().nth(least - 1).is_some()
}
