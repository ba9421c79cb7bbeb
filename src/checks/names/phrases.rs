//! Names whose words must all stand in the copy in order: places, organizations, short forms.

use super::index::Slot;
use super::mention::{NameMention, Untold};
use super::recognise::{ALONE, BESIDE, Recogniser, Run};
use super::resolve::{Match, Quality, SHORTEST_NEAR, SHORTEST_OF_SEVERAL};
use super::standing::Standing;
use crate::reading::vocabulary::Shape;
use crate::sheet::{FormKind, Kind};

impl Recogniser<'_> {
    /// A form whose words must all stand there in order: places, organizations, short forms.
    pub(super) fn phrase_run(&mut self, start: usize, first: Match) -> Option<Run> {
        let form = &self.index.forms[first.slot.form as usize];
        let (member, kind, count) = (form.member, form.kind, form.words.len());
        let member_kind = self.sheet.cast[member.0 as usize].kind;
        let mut standing = form.standing;
        let mut weakest: Option<Quality> = None;
        let (mut badness, mut inflected) = (0u32, false);
        // Words that are right and long enough to be no preposition.
        let mut telling = 0;
        let mut near_at = None;
        let mut untold = Untold::No;
        let mut at = start;
        for word in 0..count {
            if word > 0 {
                at = self.next_word(at)?;
            }
            let quality = if word == 0 {
                first.quality
            } else {
                let slot = Slot { form: first.slot.form, word: word as u8 };
                {
                    let range = self.matches(at);
                    self.memo.flat[range].iter().find(|found| found.slot == slot)?.quality
                }
            };
            if quality.is_spelled_right() {
                inflected |= quality == Quality::Inflected;
                telling += usize::from(form.words[word].chars().nth(SHORTEST_OF_SEVERAL - 1).is_some());
            } else {
                // One mistaken word in a phrase of three, or in a name of two.
                if weakest.is_some() || (count == 2 && member_kind == Kind::Organization) {
                    return None;
                }
                weakest = Some(quality);
                near_at = Some((at, word));
            }
            badness += u32::from(quality.rank());
        }
        let whole = start..at + 1;
        let first_word = self.scan.word(start)?;
        let is_lower = first_word.shape == Shape::Lower;
        match kind {
            FormKind::Abbreviation => {
                let form_text = self.sheet.cast[member.0 as usize].forms.get(form.form as usize)?;
                let raw = self.scan.raw(start);
                let bare_len = self.scan.language.pack.inflection.without_possessive(raw).len();
                let written = &raw[..bare_len];
                let fits = match standing {
                    Standing::Foreign => first_word.shape == Shape::Upper && written.chars().count() >= 3,
                    _ => written == form_text.text || count > 1 || first_word.shape == Shape::Upper,
                };
                if !fits || weakest.is_some() {
                    return None;
                }
            }
            FormKind::Adjective => {
                if weakest.is_some() || matches!(standing, Standing::Foreign) {
                    return None;
                }
            }
            _ => {
                let form_is_lower = form.words.first().is_some_and(|_| {
                    self.sheet.cast[member.0 as usize]
                        .forms
                        .get(form.form as usize)
                        .and_then(|form| form.text.chars().next())
                        .is_some_and(char::is_lowercase)
                });
                if is_lower
                    && !form_is_lower
                    && (count == 1 || standing == Standing::Foreign || weakest.is_some())
                {
                    return None;
                }
            }
        }
        if let Some(weakest) = weakest {
            let alone = count == 1;
            let letters = self.scan.folded(start).chars().count();
            // One word beside it is as often of the kind as of the name: of "Kachin State", "State" tells nothing.
            let beside = member_kind == Kind::Person || telling > 1;
            let enough = if beside { BESIDE } else { ALONE };
            // Such a word must be near by its letters as well, or may be, where it is long.
            let letters_off = near_at.map_or(0, |(at, word): (usize, usize)| {
                strsim::osa_distance(self.scan.folded(at), &form.words[word])
            });
            let long = near_at.is_some_and(|(at, _)| self.scan.folded(at).chars().count() > SHORTEST_NEAR);
            // Of an organization whose head stands beside it less is enough.
            let needs_holder = alone && member_kind == Kind::Organization && weakest.likeness() < ALONE;
            if needs_holder && weakest.likeness() >= BESIDE {
                untold = Untold::Holder;
            }
            let is_near = weakest.likeness() >= enough
                || (!alone && letters_off == 1 && long)
                || untold == Untold::Holder;
            if !is_near
                || (!alone && !beside && weakest != Quality::SameSound && letters_off > 1)
                || (alone && (letters < SHORTEST_NEAR || self.is_short(&first)))
                || (alone && self.is_part_of_longer_name(&whole))
                || self.is_in_address(start)
                || !self.index.has_right_form(member)
            {
                return None;
            }
            // "Ausland" is no misspelt "Russland".
            let first_letter = |word: &str| word.chars().next();
            if alone
                && member_kind == Kind::Place
                && matches!(weakest, Quality::Near { .. })
                && form.words.first().and_then(|word| first_letter(word))
                    != first_letter(self.scan.folded(start))
            {
                return None;
            }
            // The world is full of places that differ in a letter: Antalya and Antakya.
            if alone
                && member_kind == Kind::Place
                && matches!(weakest, Quality::Near { .. })
                && form.words.first().is_some_and(|word| self.is_replaced(start, word))
            {
                return None;
            }
            standing = self.standing_of_near(&whole, member);
        } else if standing == Standing::Foreign
            && (self.is_in_address(start)
                || (kind != FormKind::Abbreviation
                    && count == 1
                    && (self.scan.folded(start).chars().count() < 4 || self.is_part_of_longer_name(&whole))))
        {
            return None;
        }
        Some(Run {
            words: count,
            badness,
            mention: NameMention {
                span: self.span(&whole),
                tokens: whole,
                member,
                kind,
                standing,
                full: matches!(kind, FormKind::Full),
                inflected,
                doubtful: count == 1
                    && (member_kind == Kind::Place
                        || (member_kind == Kind::Person && self.read.starts_sentence(start)))
                    && matches!(weakest, Some(Quality::Near { .. })),
                untold,
            },
        })
    }
}
