//! Which cast members an article names, and how it spells them.
//!
//! Likeness tells which member is meant, never whether the form is right: a word is first resolved to
//! a member, by its letters, its inflection or its sound, and only then judged against the forms that
//! the sheet licenses in the article's language.

use std::ops::Range;

use smallvec::SmallVec;

use super::index::NameIndex;
use super::mention::{NameMention, Untold};
use super::resolve::{Match, NameMemo, Quality, SHORTEST_NEAR};
use super::standing::Standing;
use crate::checks::case::Read;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::Shape;
use crate::sheet::{FormKind, MemberId, Sheet};

/// A word alone must be this much like a name's to be taken for it.
pub(super) const ALONE: f32 = 0.85;
/// Beside another word of the same name, this much.
pub(super) const BESIDE: f32 = 0.80;

/// Finds names in one article.
pub struct Recogniser<'a> {
    pub(super) read: &'a Read<'a>,
    pub(super) scan: &'a Scan<'a>,
    pub(super) sheet: &'a Sheet,
    pub(super) index: &'a NameIndex,
    pub(super) memo: &'a mut NameMemo,
    /// Members whose near namesakes this article names in full: lone words near them are theirs.
    pub(super) namesakes: Vec<MemberId>,
}

/// One word of a run, and what of one member it can be.
pub(super) struct Word {
    pub(super) token: usize,
    pub(super) matches: SmallVec<[Match; 4]>,
}

/// A run of words that may name a member.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) mention: NameMention,
    pub(super) words: usize,
    pub(super) badness: u32,
}

impl<'a> Recogniser<'a> {
    /// A recogniser of one article's names; `memo` is the one of this sheet, language and thread.
    pub fn new(read: &'a Read<'a>, sheet: &'a Sheet, index: &'a NameIndex, memo: &'a mut NameMemo) -> Self {
        Self { read, scan: read.scan, sheet, index, memo, namesakes: Vec::new() }
    }

    /// Every name of the article, in order, none overlapping.
    pub fn names(&mut self) -> Vec<NameMention> {
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < self.scan.tokens.len() {
            let token = self.scan.tokens[at];
            if token.kind != TokenKind::Word {
                at += 1;
                continue;
            }
            let run = self.run_at(at);
            // A longer name with one word mistaken is meant rather than the part of it that is right.
            let words = run.as_ref().map_or(0, |run| run.words);
            match self.whole_run(at, words).or(run) {
                Some(run) => {
                    at = run.mention.tokens.end.max(at + 1);
                    mentions.push(run.mention);
                }
                None => at += 1,
            }
        }
        let named: Vec<MemberId> =
            mentions.iter().filter(|mention| !mention.doubtful).map(|mention| mention.member).collect();
        for mention in mentions.iter_mut().filter(|mention| mention.doubtful && mention.tokens.len() == 1) {
            mention.doubtful = !named.contains(&mention.member);
        }
        // "Starters were served", "Hungry survivors": the first word of a sentence always has a capital.
        mentions.retain(|mention| {
            !(mention.doubtful
                && mention.tokens.len() == 1
                && self.read.starts_sentence(mention.tokens.start))
        });
        self.keep_what_is_told(&mut mentions);
        mentions
    }

    /// The best of the runs that begin with the word at a token, as one of the matches.
    pub(super) fn best_run(&mut self, at: usize, matches: Range<usize>) -> Option<Run> {
        let mut best: Option<Run> = None;
        let mut tried: SmallVec<[MemberId; 4]> = SmallVec::new();
        for index in matches {
            let found = self.memo.flat[index];
            let member = found.member;
            let run = if found.person {
                if tried.contains(&member) {
                    continue;
                }
                tried.push(member);
                self.person_run(at, member)
            } else if found.slot.word == 0 {
                self.phrase_run(at, found)
            } else {
                None
            };
            let Some(run) = run else { continue };
            let better = best.as_ref().is_none_or(|best| {
                (run.words, std::cmp::Reverse(run.badness), std::cmp::Reverse(run.mention.standing))
                    > (best.words, std::cmp::Reverse(best.badness), std::cmp::Reverse(best.mention.standing))
            });
            if better {
                best = Some(run);
            }
        }
        best
    }

    /// A person's name from a token on: words of any of their forms, in the order of the name.
    fn person_run(&mut self, start: usize, member: MemberId) -> Option<Run> {
        let mut words: SmallVec<[Word; 3]> = SmallVec::new();
        let mut at = start;
        let mut least_position = 0;
        loop {
            let is_lower = self.scan.word(at).is_some_and(|word| word.shape == Shape::Lower);
            let range = self.matches(at);
            let matches: SmallVec<[Match; 4]> = self.memo.flat[range]
                .iter()
                .copied()
                .filter(|found| found.person && found.member == member && found.slot.word >= least_position)
                .filter(|_| !is_lower || !words.is_empty())
                .collect();
            let Some(position) = matches.iter().map(|found| found.slot.word).min() else { break };
            least_position = position + 1;
            words.push(Word { token: at, matches });
            match self.next_word(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        // A run must not end in a small word that only joins names.
        while words.last().is_some_and(|word| {
            self.scan.word(word.token).is_some_and(|word| word.shape == Shape::Lower)
                && !self.is_behind_hyphen(word.token)
        }) {
            words.pop();
        }
        let first = words.first()?.token;
        let last = words.last()?.token;
        let form_of = |found: &Match| &self.index.forms[found.slot.form as usize];
        let has_family = words
            .iter()
            .any(|word| word.matches.iter().any(|found| form_of(found).family.contains(&found.slot.word)));
        if !has_family {
            return None;
        }
        if let [word] = &words[..]
            && !word.matches.iter().any(|found| self.names_alone(word.token, found))
        {
            return None;
        }
        // A family name of two words is not the whole name.
        let full = words.len() > 1
            && words.iter().any(|word| {
                word.matches.iter().all(|found| !form_of(found).family.contains(&found.slot.word))
                    || word
                        .matches
                        .iter()
                        .any(|found| form_of(found).family.len() == form_of(found).words.len())
            });
        // "Der" at the beginning of a sentence is not a part of "von der Leyen".
        let particles = &self.scan.language.pack.particles;
        if words.iter().all(|word| particles.iter().any(|particle| particle == self.scan.folded(word.token)))
        {
            return None;
        }
        // Each word by its best standing: right here, or right elsewhere, or only near.
        let mut standing = Standing::Licensed;
        let mut badness = 0u32;
        let (mut right, mut inflected) = (0, false);
        let mut weakest: Option<Quality> = None;
        let (mut same_sound, mut short) = (false, false);
        for word in &words {
            let spelled = word.matches.iter().filter(|found| found.quality.is_spelled_right());
            match spelled.min_by_key(|found| (form_of(found).standing, found.quality.rank())) {
                Some(found) => {
                    right += 1;
                    standing = standing.max(form_of(found).standing);
                    inflected |= found.quality == Quality::Inflected;
                    badness += u32::from(form_of(found).standing != Standing::Licensed);
                }
                None => {
                    let is_short = |found: &Match| self.is_short(found);
                    let nearest =
                        word.matches.iter().min_by_key(|found| (found.quality.rank(), is_short(found)))?;
                    same_sound |= nearest.quality == Quality::SameSound;
                    short |= is_short(nearest);
                    badness += 2 + u32::from(nearest.quality.rank());
                    let quality = nearest.quality;
                    if weakest.is_none_or(|weakest| quality.rank() > weakest.rank()) {
                        weakest = Some(quality);
                    }
                }
            }
        }
        let whole = first..last + 1;
        let alone = words.len() == 1;
        let (mut untold, mut is_relative) = (Untold::No, false);
        if let Some(weakest) = weakest {
            // Where the whole name answers for the family's, a part of it is too little to be near to.
            let is_part = |found: &Match| {
                let form = form_of(found);
                form.family.len() == form.words.len() && words.len() < form.words.len()
            };
            if words.iter().any(|word| word.matches.iter().all(is_part)) {
                return None;
            }
            // A word that sounds the same says who is meant as one that is right does.
            let beside = right > 0 || (same_sound && !alone);
            let enough = if beside { BESIDE } else { ALONE };
            if weakest.likeness() < enough {
                return None;
            }
            let letters = self.scan.folded(first).chars().count();
            if right == 0 && (letters < SHORTEST_NEAR || short) {
                return None;
            }
            // Of "Evo Morales" the later "Morales" is no misspelt Moraes.
            if alone && weakest != Quality::SameSound && self.namesakes.contains(&member) {
                return None;
            }
            if right == 0 && self.is_someone_else(first, member) {
                if alone {
                    self.namesakes.push(member);
                }
                return None;
            }
            // "Präsident Ebrahim Raisi" is no misspelt Ibrahim: the family name follows.
            if self.is_cut_at_hyphen(&whole) || (right == 0 && alone && self.is_given_name(last)) {
                return None;
            }
            if self.is_in_address(first) || !self.index.has_right_form(member) {
                return None;
            }
            // Of "Thomas-Greenfield" a Tomás is nobody.
            if alone && words.iter().all(|word| word.matches.iter().all(|found| self.is_half(found))) {
                return None;
            }
            if alone {
                untold = self.evidence_for_alone(first, &words, member);
            } else if right > 0 && weakest != Quality::SameSound {
                (untold, is_relative) = self.evidence_for(&words, &whole, member)?;
            }
            standing = self.standing_of_near(&whole, member);
        } else if standing == Standing::Foreign
            && ((alone
                && (self.scan.folded(first).chars().count() < 4
                    || words.iter().all(|word| word.matches.iter().all(|found| self.is_half(found)))
                    || self.is_someone_else(first, member)))
                || self.is_in_address(first))
        {
            return None;
        }
        Some(Run {
            words: words.len(),
            badness,
            mention: NameMention {
                span: self.span(&whole),
                tokens: whole,
                member,
                kind: if full { FormKind::Full } else { FormKind::Short },
                standing,
                full,
                inflected,
                doubtful: is_relative
                    || (alone
                        && right == 0
                        && matches!(weakest, Some(Quality::Near { .. }))
                        && self.read.starts_sentence(first)),
                untold,
            },
        })
    }

    /// A near form is right somewhere where a known system of romanisation writes the name so.
    pub(super) fn standing_of_near(&mut self, tokens: &Range<usize>, member: MemberId) -> Standing {
        if self.is_known_romanisation(tokens, member) { Standing::Foreign } else { Standing::Garbled }
    }

    /// The next word of the same name: after a space, a hyphen, or the stop of an initial.
    pub(super) fn next_word(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        match self.scan.kind(next)? {
            TokenKind::Word | TokenKind::Number if self.scan.gap(next) != Gap::Paragraph => Some(next),
            TokenKind::Symbol if self.scan.gap(next) == Gap::None => {
                let after = next + 1;
                let joins = match self.scan.raw(next) {
                    "-" | "\u{2010}" | "\u{2011}" => self.scan.gap(after) == Gap::None,
                    "." => self.scan.raw(at).chars().count() <= 3 && self.scan.gap(after) <= Gap::Space,
                    _ => false,
                };
                (joins && self.scan.kind(after) == Some(TokenKind::Word)).then_some(after)
            }
            _ => None,
        }
    }

    pub(super) fn span(&self, tokens: &Range<usize>) -> Range<usize> {
        let (Some(first), Some(last)) =
            (self.scan.tokens.get(tokens.start), self.scan.tokens.get(tokens.end - 1))
        else {
            return 0..0;
        };
        let raw = self.scan.raw(tokens.end - 1);
        let folded = self.scan.folded(tokens.end - 1);
        let bare = self.scan.language.pack.inflection.without_possessive(folded);
        // Folding keeps the letters of an ending one for one, so they are counted off from the end.
        let dropped = folded[bare.len()..].chars().count();
        let cut: usize = raw.chars().rev().take(dropped).map(char::len_utf8).sum();
        first.start as usize..(last.end as usize - cut).max(first.start as usize)
    }
}
