//! Which cast members an article names, and how it spells them.
//!
//! Likeness tells which member is meant, never whether the form is right: a word is first resolved to
//! a member, by its letters, its inflection or its sound, and only then judged against the forms that
//! the sheet licenses in the article's language.

use std::ops::Range;

use smallvec::SmallVec;

use super::index::{NameIndex, Slot, Standing};
use super::resolve::{Match, NameMemo, Quality, SHORTEST_NEAR};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::Shape;
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// A cast member named in the copy.
#[derive(Clone, Debug)]
pub struct NameMention {
    pub tokens: Range<usize>,
    /// Bytes of the text, without an ending that only marks a possessor.
    pub span: Range<usize>,
    pub member: MemberId,
    pub kind: FormKind,
    pub standing: Standing,
    /// The whole name stands there, not a part of it.
    pub full: bool,
    /// Some word is not in its base form.
    pub inflected: bool,
    /// A place that is only near, in an article that names the right one nowhere: the world has many
    /// places of like names.
    pub doubtful: bool,
}

/// A word alone must be this much like a name's to be taken for it.
const ALONE: f32 = 0.85;
/// Beside another word of the same name, this much.
const BESIDE: f32 = 0.80;

/// Finds names in one article.
pub struct Recogniser<'a> {
    pub scan: &'a Scan<'a>,
    pub sheet: &'a Sheet,
    pub index: &'a NameIndex,
    pub memo: &'a mut NameMemo,
    /// Members whose near namesakes this article names in full: lone words near them are theirs.
    pub namesakes: Vec<MemberId>,
}

/// A run of words that may name a member.
#[derive(Clone, Debug)]
struct Run {
    mention: NameMention,
    words: usize,
    badness: u32,
}

impl Recogniser<'_> {
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
            let matches = self.matches(at);
            if matches.is_empty() {
                at += 1;
                continue;
            }
            match self.best_run(at, matches) {
                Some(run) => {
                    at = run.mention.tokens.end.max(at + 1);
                    mentions.push(run.mention);
                }
                None => at += 1,
            }
        }
        let named: Vec<MemberId> =
            mentions.iter().filter(|mention| !mention.doubtful).map(|mention| mention.member).collect();
        for mention in mentions.iter_mut().filter(|mention| mention.doubtful) {
            mention.doubtful = !named.contains(&mention.member);
        }
        mentions
    }

    fn best_run(&mut self, at: usize, matches: Range<usize>) -> Option<Run> {
        let mut best: Option<Run> = None;
        let mut tried: Vec<MemberId> = Vec::new();
        for index in matches {
            let found = self.memo.flat[index];
            let form = &self.index.forms[found.slot.form as usize];
            let member = form.member;
            let person_name =
                form.kind == FormKind::Full && self.sheet.cast[member.0 as usize].kind == Kind::Person;
            let run = if person_name {
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
        struct Word {
            token: usize,
            matches: SmallVec<[Match; 4]>,
        }
        let mut words: SmallVec<[Word; 3]> = SmallVec::new();
        let mut at = start;
        let mut least_position = 0;
        loop {
            let is_lower = self.scan.word(at).is_some_and(|word| word.shape == Shape::Lower);
            let range = self.matches(at);
            let matches: SmallVec<[Match; 4]> = self.memo.flat[range]
                .iter()
                .copied()
                .filter(|found| {
                    let form = &self.index.forms[found.slot.form as usize];
                    form.member == member && form.kind == FormKind::Full && found.slot.word >= least_position
                })
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
        while words
            .last()
            .is_some_and(|word| self.scan.word(word.token).is_some_and(|word| word.shape == Shape::Lower))
        {
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
                    let nearest = word.matches.iter().min_by_key(|found| found.quality.rank())?;
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
        if let Some(weakest) = weakest {
            let enough = if right > 0 { BESIDE } else { ALONE };
            if weakest.likeness() < enough {
                return None;
            }
            let letters = self.scan.folded(first).chars().count();
            if right == 0 && letters < SHORTEST_NEAR {
                return None;
            }
            // Of "Evo Morales" the later "Morales" is no misspelt Moraes.
            if alone && weakest != Quality::SameSound && self.namesakes.contains(&member) {
                return None;
            }
            if right == 0 && alone && self.is_someone_else(first, member) {
                self.namesakes.push(member);
                return None;
            }
            if self.is_cut_at_hyphen(&whole) {
                return None;
            }
            if self.is_in_address(first) || !self.index.has_right_form(member) {
                return None;
            }
            standing = self.standing_of_near(&whole, member);
        } else if standing == Standing::Foreign
            && ((alone
                && (self.scan.folded(first).chars().count() < 4 || self.is_someone_else(first, member)))
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
                kind: if alone { FormKind::Short } else { FormKind::Full },
                standing,
                full: !alone,
                inflected,
                doubtful: false,
            },
        })
    }

    /// A near form is right somewhere where a known system of romanisation writes the name so.
    fn standing_of_near(&mut self, tokens: &Range<usize>, member: MemberId) -> Standing {
        if self.is_known_romanisation(tokens, member) { Standing::Foreign } else { Standing::Garbled }
    }

    /// A form whose words must all stand there in order: places, organizations, short forms.
    fn phrase_run(&mut self, start: usize, first: Match) -> Option<Run> {
        let form = &self.index.forms[first.slot.form as usize];
        let (member, kind, count) = (form.member, form.kind, form.words.len());
        let member_kind = self.sheet.cast[member.0 as usize].kind;
        let mut standing = form.standing;
        let mut weakest: Option<Quality> = None;
        let (mut badness, mut inflected) = (0u32, false);
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
            } else {
                // One mistaken word in a phrase of three, or in a name of two.
                if weakest.is_some() || (count == 2 && member_kind == Kind::Organization) {
                    return None;
                }
                weakest = Some(quality);
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
            let enough = if alone { ALONE } else { BESIDE };
            if weakest.likeness() < enough
                || (alone && letters < SHORTEST_NEAR)
                || (alone && self.is_part_of_longer_name(&whole))
                || self.is_in_address(start)
                || !self.index.has_right_form(member)
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
                    && member_kind == Kind::Place
                    && matches!(weakest, Some(Quality::Near { .. })),
            },
        })
    }

    /// The next word of the same name: after a space, a hyphen, or the stop of an initial.
    fn next_word(&self, at: usize) -> Option<usize> {
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

    fn span(&self, tokens: &Range<usize>) -> Range<usize> {
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
