//! Whole names in which one word is mistaken: the others say who is meant, so that even a short word can
//! be told for a slip, as "Su" for "Suu" in a name of four.
//!
//! The world is full of people whose names share all words but one, so the fewer words are right the less
//! the odd one may differ; and of the nearest namesakes only those are taken for the member whose right name
//! stands in the same article, or whose office stands beside.

use smallvec::SmallVec;

use super::mention::{NameMention, Untold};
use super::recognise::{Recogniser, Run};
use super::resolve::Match;
use super::standing::Standing;
use crate::reading::vocabulary::{Shape, strip_diacritics};
use crate::sheet::FormKind;

/// How far a word may be taken for a slip for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    No,
    /// Where the member's office stands beside.
    IfHeld,
    /// Where the article has the right name too, or the member's office stands beside.
    IfTold,
    /// Where the article names others of the cast, or the member's office stands beside.
    InStory,
    Yes,
}

impl Recogniser<'_> {
    /// A person's whole name of more than `words` words from a token on, one of its words mistaken.
    pub(super) fn whole_run(&mut self, at: usize, words: usize) -> Option<Run> {
        if !self.is_capital(at) {
            return None;
        }
        let next = self.next_word(at)?;
        let begins = self.known_matches(at).is_some_and(|known| known.first_of_person);
        if !begins && !self.known_matches(next).is_some_and(|known| known.second_of_person) {
            return None;
        }
        let mut forms: SmallVec<[u32; 4]> = SmallVec::new();
        for (token, position) in [(at, 0), (next, 1)] {
            let range = self.matches(token);
            let begins = |found: &&Match| {
                found.person && found.slot.word == position && found.quality.is_spelled_right()
            };
            for found in self.memo.flat[range].iter().filter(begins) {
                if !forms.contains(&found.slot.form) {
                    forms.push(found.slot.form);
                }
            }
        }
        forms.into_iter().find_map(|form| self.slipped_form(at, form, words))
    }

    /// The form from a token on with exactly one word mistaken.
    fn slipped_form(&mut self, start: usize, form: u32, words: usize) -> Option<Run> {
        let index = self.index;
        let indexed = index.forms.get(form as usize)?;
        let count = indexed.words.len();
        if count <= words.max(1) || indexed.standing != Standing::Licensed {
            return None;
        }
        let mut odd: SmallVec<[(usize, usize); 2]> = SmallVec::new();
        let mut right = 0;
        let mut at = start;
        for word in 0..count {
            if word > 0 {
                at = self.next_word(at)?;
            }
            if self.is_word_of(at, form, word) {
                // A particle says nothing of who is meant.
                right += usize::from(self.is_capital(at) || self.is_behind_hyphen(at));
            } else if odd.len() < 2 && (self.is_capital(at) || self.is_behind_hyphen(at)) {
                odd.push((at, word));
            } else {
                return None;
            }
        }
        let (odd, word, mut slip) = match odd[..] {
            [(at, word)] => (at, word, self.slip(at, form, word, right)),
            // "Ribeira Pávia": two of three are a letter off, each in a way that says little by itself.
            [(one, first), (other, second)]
                if right > 0
                    && [(one, first), (other, second)]
                        .iter()
                        .all(|&(at, word)| self.is_letter_off(at, form, word)) =>
            {
                (other, second, Slip::InStory)
            }
            // "Burgener Schraner": both words of a family name, in the wrong order. Where the whole name
            // answers for the family's, another order is another's name.
            [(one, first), (other, second)]
                if indexed.family.len() < count
                    && [first, second].iter().all(|&word| indexed.family.contains(&(word as u8)))
                    && self.is_word_of(one, form, second)
                    && self.is_word_of(other, form, first) =>
            {
                (other, second, Slip::Yes)
            }
            _ => return None,
        };
        let is_near = indexed.words.get(word).is_some_and(|target| {
            let (written, distance) = self.letters_off(odd, target);
            let ends = |word: &str| word.chars().rev().take(2).collect::<Vec<_>>();
            distance == 1 || ends(&written) == ends(&strip_diacritics(target))
        });
        // A word of the language, or of somebody else's name, is not lightly a slip.
        let range = self.matches(odd);
        let is_other = |found: &Match| {
            found.quality.is_spelled_right()
                && self
                    .index
                    .forms
                    .get(found.slot.form as usize)
                    .is_some_and(|of| of.member != indexed.member)
        };
        if right < 3
            && slip == Slip::Yes
            && (self.is_known_word(odd) || self.memo.flat[range].iter().any(is_other))
        {
            slip = Slip::IfTold;
        }
        let whole = start..at + 1;
        let is_given = word == 0 && indexed.family.len() < count;
        let is_doubted = matches!(slip, Slip::IfHeld | Slip::IfTold | Slip::InStory);
        let is_held = is_doubted && self.is_beside_office(&whole, indexed.member);
        // Where a family name is the brother's as well, so may the office once have been.
        let is_relative = is_held && is_given && slip == Slip::IfHeld;
        if is_held {
            slip = Slip::Yes;
        } else if slip == Slip::IfTold && right == 1 {
            slip = match is_given {
                true => self.telling_family(start, at, form),
                false => self.telling_given(start, odd, form, word),
            };
        }
        if matches!(slip, Slip::No | Slip::IfHeld)
            || (right < 3 && self.is_followed_by_name(at))
            || self.is_cut_at_hyphen(&whole)
            || self.is_in_address(start)
        {
            return None;
        }
        Some(Run {
            words: count,
            badness: 3,
            mention: NameMention {
                span: self.span(&whole),
                standing: self.standing_of_near(&whole, indexed.member),
                tokens: whole,
                member: indexed.member,
                kind: FormKind::Full,
                full: true,
                inflected: false,
                // A brother's given name may be as near.
                doubtful: is_relative || (is_given && right == 1 && slip != Slip::Yes),
                untold: match slip {
                    // "Greg Brockton" shares half of his name with many.
                    Slip::IfTold if indexed.family.contains(&(word as u8)) && is_near => Untold::Family,
                    Slip::IfTold => Untold::Name,
                    Slip::InStory => Untold::Story,
                    _ => Untold::No,
                },
            },
        })
    }

    /// Whether the word at a token is a word of a form, as it stands or inflected.
    fn is_word_of(&mut self, at: usize, form: u32, word: usize) -> bool {
        let range = self.matches(at);
        self.memo.flat[range].iter().any(|found| {
            found.slot.form == form
                && usize::from(found.slot.word) == word
                && found.quality.is_spelled_right()
        })
    }

    /// How the word at a token stands to the word of the cast that should be there, beside `right` words.
    fn slip(&self, at: usize, form: u32, word: usize, right: usize) -> Slip {
        let Some(indexed) = self.index.forms.get(form as usize) else { return Slip::No };
        let Some(target) = indexed.words.get(word) else { return Slip::No };
        let inflection = &self.scan.language.pack.inflection;
        let (written, distance) = self.letters_off(at, target);
        let target = strip_diacritics(target);
        // "М'ї" of "М'я", "Uns" of "Un": too short to be known for an inflection, and none the less one.
        const SHORTEST_STEM: usize = 3;
        let dropped = inflection.drop.iter().find_map(|letter| target.strip_suffix(letter.as_str()));
        let is_inflected = std::iter::once(target.as_str())
            .chain(dropped)
            .filter(|stem| stem.chars().count() < SHORTEST_STEM)
            .filter_map(|stem| written.strip_prefix(stem))
            .any(|ending| inflection.name_endings.iter().any(|known| known == ending));
        if is_inflected {
            return Slip::No;
        }
        let is_given = word == 0 && indexed.family.len() < indexed.words.len();
        match judge(&written, &target, distance, right, word == 0) {
            Slip::No
                if right == 1
                    && distance > 0
                    && self.is_near_for_holder(at, form, word, distance, is_given) =>
            {
                Slip::IfHeld
            }
            // Another way to write the sounds of the name's own script: "Ong" for "Aung".
            Slip::No if right >= 2 && self.index.is_written_otherwise(&written, indexed.member, word) => {
                Slip::Yes
            }
            Slip::No if right >= 2 && matches!(distance, 1 | 2) && starts_alike(&written, &target) => {
                Slip::IfHeld
            }
            slip => slip,
        }
    }

    /// The word at a token in plain letters, without the ending that brings it nearest to a word of the
    /// cast, and how many letters it is off.
    pub(super) fn letters_off(&self, at: usize, target: &str) -> (String, usize) {
        let inflection = &self.scan.language.pack.inflection;
        let written = strip_diacritics(inflection.without_possessive(self.scan.folded(at)));
        let target = strip_diacritics(target);
        let distance = strsim::osa_distance(&written, &target);
        if inflection.declines_names {
            for ending in &inflection.name_endings {
                if let Some(base) = written.strip_suffix(ending.as_str())
                    && base.chars().count() >= target.chars().count().saturating_sub(1).max(3)
                {
                    let of_base = strsim::osa_distance(base, &target);
                    if of_base < distance {
                        return (base.to_owned(), of_base);
                    }
                }
            }
        }
        (written, distance)
    }

    /// Whether the word at a token has other letters where a word of the cast has some; not only letters that
    /// are lost, added, or changed places.
    pub(super) fn is_replaced(&self, at: usize, target: &str) -> bool {
        let is_kept = |written: &str, target: &str| {
            let (written, target) = (strip_diacritics(written), strip_diacritics(target));
            let distance = strsim::osa_distance(&written, &target);
            let longer_by = written.chars().count().abs_diff(target.chars().count());
            distance == longer_by
                || (longer_by == 0 && strsim::levenshtein(&written, &target) == 2 * distance)
        };
        let inflection = &self.scan.language.pack.inflection;
        let written = inflection.without_possessive(self.scan.folded(at));
        // A declined name without its ending is held against the stem.
        let is_stem_kept = || {
            let stems = inflection.stems(target);
            inflection
                .name_endings
                .iter()
                .filter_map(|ending| written.strip_suffix(ending.as_str()))
                .any(|base| stems.iter().any(|stem| is_kept(base, stem)))
        };
        !(is_kept(written, target) || (inflection.declines_names && is_stem_kept()))
    }

    fn is_capital(&self, at: usize) -> bool {
        self.scan
            .word(at)
            .is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper | Shape::Mixed))
    }

    /// Another word of the same name may follow, so that the name is a longer one.
    fn is_followed_by_name(&mut self, last: usize) -> bool {
        let next = last + 1;
        !self.scan.language.pack.capitalised_nouns && self.is_unknown_capital(next, self.scan.gap(next))
    }
}

pub(super) fn starts_alike(one: &str, other: &str) -> bool {
    one.chars().next() == other.chars().next()
}

/// Whether `written` is a slip for `target`, `distance` edits away, where `right` other words of the name are right.
fn judge(written: &str, target: &str, distance: usize, right: usize, is_first: bool) -> Slip {
    let letters = target.chars().count();
    let longer = letters.max(written.chars().count());
    // A letter too many or too few, or two changed places: nobody else's name, most likely.
    let lost_or_added = letters != written.chars().count();
    let swapped = !lost_or_added && distance == 1 && strsim::levenshtein(written, target) == 2;
    let same_first = starts_alike(written, target);
    let same_last = written.chars().next_back() == target.chars().next_back();
    if distance == 0 {
        return Slip::No;
    }
    match (right, distance) {
        (0, _) => Slip::No,
        // Relatives share the family name, and names of two words are many.
        (1, 1) if is_first && (letters >= 3 && same_first) => Slip::IfTold,
        (1, 2) if is_first && (letters >= 5 && same_first && same_last) => Slip::IfTold,
        (1, _) if is_first => Slip::No,
        (1, 1) if (lost_or_added && letters >= 3) || swapped => Slip::IfTold,
        (1, 1) if same_first && (letters >= 4 || same_last) => Slip::IfTold,
        (1, 2) if same_first && letters >= 8 => Slip::IfTold,
        (1, _) => Slip::No,
        (2, 1) if letters >= 4 && (lost_or_added || swapped || same_first) => Slip::Yes,
        (2, 1) if lost_or_added || swapped => Slip::IfTold,
        (2, 2) if same_first && longer >= 5 => Slip::IfTold,
        (2, _) => Slip::No,
        (_, 1) => Slip::Yes,
        (_, distance) if !is_first && distance * 3 <= longer * 2 => Slip::Yes,
        _ => Slip::No,
    }
}
