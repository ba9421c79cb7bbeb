//! What a word of copy can be of a cast: each distinct word is looked up once.

use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::index::Slot;
use super::lone::Lone;
use super::recognise::Recogniser;
use crate::language::lexicon::LONGEST_WORD;
use crate::language::{Hit, Marker, Sense};
use crate::reading::vocabulary::{Shape, WordId};
use crate::sheet::{FormKind, Kind, MemberId};

/// Shorter words alone are exact or nothing.
pub(super) const SHORTEST_NEAR: usize = 5;

/// Beside another word of the same name, shorter ones may sound the same.
pub(super) const SHORTEST_BESIDE: usize = 3;

/// A shorter word of a family name of several is a particle, or too common to name anybody.
pub(super) const SHORTEST_OF_SEVERAL: usize = 4;

/// How sure a word is of a slot, best first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Quality {
    /// It is the word.
    Exact,
    /// It is the word with another ending.
    Inflected,
    /// It sounds the same.
    SameSound,
    /// Its sound is near: distance over the longer key's length.
    Near { distance: u8, longer: u8 },
}

impl Quality {
    pub(super) fn is_spelled_right(self) -> bool {
        matches!(self, Self::Exact | Self::Inflected)
    }

    pub(super) fn likeness(self) -> f32 {
        match self {
            Self::Near { distance, longer } => 1.0 - f32::from(distance) / f32::from(longer.max(1)),
            _ => 1.0,
        }
    }

    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Exact => 0,
            Self::Inflected => 1,
            Self::SameSound => 2,
            Self::Near { distance, .. } => 2 + distance,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Match {
    pub(super) slot: Slot,
    pub(super) quality: Quality,
    pub(super) member: MemberId,
    /// The form is a person's full name, whose words may stand alone or in part.
    pub(super) person: bool,
}

impl Match {
    /// Whether a run of words may begin with this one.
    fn begins(&self) -> bool {
        self.person || self.slot.word == 0
    }
}

/// What a distinct word can be: a range of [`NameMemo::flat`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Matches {
    from: u32,
    to: u32,
    /// Some run may begin with one of them. Small words such as "of" stand within many names and begin none.
    pub(super) begins: bool,
    /// One of them is the first word of a person's name, rightly spelled; or the second.
    pub(super) first_of_person: bool,
    pub(super) second_of_person: bool,
}

impl Matches {
    /// Where they are in [`NameMemo::flat`].
    pub(super) fn range(self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

/// What each distinct word can be of a cast, filled as words are met.
#[derive(Default)]
pub struct NameMemo {
    pub(super) by_word: Vec<Option<Matches>>,
    pub(super) flat: Vec<Match>,
    /// By word: what it is alone.
    pub(super) lone: Vec<Lone>,
    /// By member and words: whether a known system of romanisation writes the name so.
    pub(super) romanised: FxHashMap<(MemberId, SmallVec<[WordId; 3]>), bool>,
}

impl Recogniser<'_> {
    /// What the word at a token can be, as a range of the memory; looked up once per distinct word.
    #[inline]
    pub(super) fn matches(&mut self, at: usize) -> Range<usize> {
        self.known_matches(at).map_or(0..0, Matches::range)
    }

    /// As [`Self::matches`], with what is known of all of them.
    #[inline]
    pub(super) fn known_matches(&mut self, at: usize) -> Option<Matches> {
        let token = self.scan.tokens.get(at)?;
        Some(match self.memo.by_word.get(token.word.0 as usize) {
            Some(Some(known)) => *known,
            _ => self.look_up(at, token.word),
        })
    }

    #[cold]
    fn look_up(&mut self, at: usize, id: WordId) -> Matches {
        if self.memo.by_word.len() <= id.0 as usize {
            self.memo.by_word.resize(self.scan.vocabulary.len().max(id.0 as usize + 1), None);
        }
        let from = self.memo.flat.len();
        let word = self.scan.vocabulary.word(id);
        let folded = self.scan.vocabulary.folded(id);
        let inflection = &self.scan.language.pack.inflection;
        let bare = inflection.without_possessive(folded);
        let mut found: Vec<Match> = Vec::new();
        let matched = |slot: Slot, quality: Quality| {
            let form = &self.index.forms[slot.form as usize];
            let person = form.kind == FormKind::Full
                && self
                    .sheet
                    .cast
                    .get(form.member.0 as usize)
                    .is_some_and(|member| member.kind == Kind::Person);
            Match { slot, quality, member: form.member, person }
        };
        let mut add = |slot: Slot, quality: Quality| {
            match found.iter_mut().find(|known| known.slot == slot) {
                Some(known) => {
                    if quality.rank() < known.quality.rank() {
                        known.quality = quality;
                    }
                }
                None => found.push(matched(slot, quality)),
            };
        };
        for spelled in [folded, bare] {
            self.index.exact(spelled, |slot, inflected| {
                add(slot, if inflected { Quality::Inflected } else { Quality::Exact });
            });
            if bare == folded {
                break;
            }
        }
        let is_sane = folded.len() <= LONGEST_WORD;
        let is_name_like = is_sane && matches!(word.shape, Shape::Capital | Shape::Upper | Shape::Caseless);
        if found.is_empty()
            && is_name_like
            && bare.chars().count() >= SHORTEST_BESIDE
            && !self.is_known_word(at)
        {
            let mut add = |slot: Slot, distance: usize, longer: usize| {
                let quality = match distance {
                    0 => Quality::SameSound,
                    _ => Quality::Near { distance: distance as u8, longer: longer.min(255) as u8 },
                };
                match found.iter_mut().find(|known: &&mut Match| known.slot == slot) {
                    Some(known) => {
                        if quality.rank() < known.quality.rank() {
                            known.quality = quality;
                        }
                    }
                    None => found.push(matched(slot, quality)),
                };
            };
            self.index.near(bare, &mut add);
            for ending in &inflection.name_endings {
                if let Some(base) = bare.strip_suffix(ending.as_str())
                    && base.chars().count() >= SHORTEST_NEAR
                {
                    self.index.near(base, &mut add);
                }
            }
            found.retain(|found| self.is_spelling_error(bare, found));
        }
        self.memo.flat.extend_from_slice(&found);
        let of_person = |position: u8| {
            let is_so = |found: &Match| {
                found.person && found.slot.word == position && found.quality.is_spelled_right()
            };
            found.iter().any(is_so)
        };
        let matches = Matches {
            from: from as u32,
            to: self.memo.flat.len() as u32,
            begins: found.iter().any(Match::begins),
            first_of_person: of_person(0),
            second_of_person: of_person(1),
        };
        self.memo.by_word[id.0 as usize] = Some(matches);
        matches
    }

    /// Whether a word of a person's name names that person without the others. Where the whole name answers for the
    /// family's, as in Burma, no word of it does; nor does a small one of a family name of several, or a word
    /// that holds sentences together.
    pub(super) fn names_alone(&self, at: usize, found: &Match) -> bool {
        let form = &self.index.forms[found.slot.form as usize];
        let enough = match form.family.len() {
            _ if form.words.len() == 1 => true,
            1 => true,
            words if words == form.words.len() => false,
            _ => form.words[found.slot.word as usize].chars().nth(SHORTEST_OF_SEVERAL - 1).is_some(),
        };
        let is_function = |hit: &Hit| hit.len == 1 && hit.sense == Sense::Clause(Marker::Function);
        enough && form.family.contains(&found.slot.word) && !self.scan.hits_at(at).iter().any(is_function)
    }

    /// The word is one of several of a family name, and short enough to be a given name.
    pub(super) fn is_half(&self, found: &Match) -> bool {
        const LONGEST_GIVEN: usize = 8;
        let form = &self.index.forms[found.slot.form as usize];
        let word = &form.words[found.slot.word as usize];
        form.family.len() > 1 && form.words.len() > 1 && word.chars().nth(LONGEST_GIVEN).is_none()
    }

    /// The word of the cast is too short to be told by its sound.
    pub(super) fn is_short(&self, found: &Match) -> bool {
        let form = &self.index.forms[found.slot.form as usize];
        form.words[found.slot.word as usize].chars().nth(SHORTEST_NEAR - 1).is_none()
    }

    /// The language's own lexicon knows the word: a month, an office, a function word is no garbled name.
    pub(super) fn is_known_word(&self, at: usize) -> bool {
        self.scan.hits_at(at).iter().any(|hit| hit.len == 1)
    }

    /// Whether a near word is the form with letters mistaken, not another word built on it: "Armenier"
    /// is no misspelt "Armenien", "Nazarbayeva" no misspelt "Nazarbayev".
    pub(super) fn is_spelling_error(&self, word: &str, found: &Match) -> bool {
        if found.quality == Quality::SameSound {
            return true;
        }
        let form = &self.index.forms[found.slot.form as usize];
        let target = &*form.words[found.slot.word as usize];
        let shared = word.chars().zip(target.chars()).take_while(|(a, b)| a == b).count();
        let (word_len, target_len) = (word.chars().count(), target.chars().count());
        if shared == target_len {
            return false;
        }
        let is_person = self.sheet.cast[form.member.0 as usize].kind == Kind::Person;
        if shared == word_len {
            // The form cut short: a slip where a consonant fell, a derived word where a vowel did.
            let drop = &self.scan.language.pack.inflection.drop;
            return !drop.iter().any(|ending| target.ends_with(ending.as_str()));
        }
        // A derived word ends otherwise; where the last letter is the same, one before it was mistaken.
        let same_end = word.chars().next_back() == target.chars().next_back() && shared + 1 < target_len;
        is_person || same_end || shared + 2 < word_len.min(target_len)
    }
}
