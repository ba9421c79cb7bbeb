//! Which cast members an article names, and how it spells them.
//!
//! Likeness tells which member is meant, never whether the form is right: a word is first resolved to
//! a member, by its letters, its inflection or its sound, and only then judged against the forms that
//! the sheet licenses in the article's language.

use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::index::{NameIndex, Slot, Standing};
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Shape, WordId};
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

/// How sure a word is of a slot, best first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Quality {
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
    fn is_spelled_right(self) -> bool {
        matches!(self, Self::Exact | Self::Inflected)
    }

    fn likeness(self) -> f32 {
        match self {
            Self::Near { distance, longer } => 1.0 - f32::from(distance) / f32::from(longer.max(1)),
            _ => 1.0,
        }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Exact => 0,
            Self::Inflected => 1,
            Self::SameSound => 2,
            Self::Near { distance, .. } => 2 + distance,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Match {
    slot: Slot,
    quality: Quality,
}

/// What each distinct word can be of a cast, filled as words are met.
#[derive(Default)]
pub struct NameMemo {
    by_word: Vec<Option<(u32, u32)>>,
    flat: Vec<Match>,
    /// By member and words: whether a known system of romanisation writes the name so.
    romanised: FxHashMap<(MemberId, SmallVec<[WordId; 3]>), bool>,
}

/// A word alone must be this much like a name's to be taken for it.
const ALONE: f32 = 0.85;
/// Beside another word of the same name, this much.
const BESIDE: f32 = 0.80;
/// Shorter words alone are exact or nothing.
const SHORTEST_NEAR: usize = 5;
/// Beside another word of the same name, shorter ones may sound the same.
const SHORTEST_BESIDE: usize = 3;

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

    /// What the word at a token can be, as a range of the memory; looked up once per distinct word.
    #[inline]
    fn matches(&mut self, at: usize) -> Range<usize> {
        let Some(token) = self.scan.tokens.get(at) else { return 0..0 };
        let (from, to) = match self.memo.by_word.get(token.word.0 as usize) {
            Some(Some(range)) => *range,
            _ => self.look_up(at, token.word),
        };
        from as usize..to as usize
    }

    #[cold]
    fn look_up(&mut self, at: usize, id: WordId) -> (u32, u32) {
        if self.memo.by_word.len() <= id.0 as usize {
            self.memo.by_word.resize(self.scan.vocabulary.len().max(id.0 as usize + 1), None);
        }
        let from = self.memo.flat.len();
        let word = self.scan.vocabulary.word(id);
        let folded = self.scan.vocabulary.folded(id);
        let inflection = &self.scan.language.pack.inflection;
        let bare = inflection.without_possessive(folded);
        let mut found: Vec<Match> = Vec::new();
        let mut add = |slot: Slot, quality: Quality| {
            match found.iter_mut().find(|known| known.slot == slot) {
                Some(known) => {
                    if quality.rank() < known.quality.rank() {
                        known.quality = quality;
                    }
                }
                None => found.push(Match { slot, quality }),
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
        let is_name_like = matches!(word.shape, Shape::Capital | Shape::Upper | Shape::Caseless);
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
                    None => found.push(Match { slot, quality }),
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
        let range = (from as u32, self.memo.flat.len() as u32);
        self.memo.by_word[id.0 as usize] = Some(range);
        range
    }

    /// The language's own lexicon knows the word: a month, an office, a function word is no garbled name.
    fn is_known_word(&self, at: usize) -> bool {
        self.scan.hits_at(at).iter().any(|hit| hit.len == 1)
    }

    /// Whether a near word is the form with letters mistaken, not another word built on it: "Armenier"
    /// is no misspelt "Armenien", "Nazarbayeva" no misspelt "Nazarbayev".
    fn is_spelling_error(&self, word: &str, found: &Match) -> bool {
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
            standing = if self.is_known_romanisation(&whole, member) {
                Standing::Foreign
            } else {
                Standing::Garbled
            };
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
            standing = if self.is_known_romanisation(&whole, member) {
                Standing::Foreign
            } else {
                Standing::Garbled
            };
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

    /// A hyphen joins the run to a word it does not cover: "Kim Jong-un" is no misspelt "Kim Yong-hyun".
    fn is_cut_at_hyphen(&self, tokens: &Range<usize>) -> bool {
        let is_joined = |hyphen: usize, word: usize| {
            matches!(self.scan.raw(hyphen), "-" | "\u{2010}" | "\u{2011}")
                && self.scan.gap(hyphen) == Gap::None
                && self.scan.gap(hyphen + 1) == Gap::None
                && self.scan.kind(word) == Some(TokenKind::Word)
        };
        is_joined(tokens.end, tokens.end + 1)
            || tokens.start.checked_sub(2).is_some_and(|before| {
                is_joined(before + 1, before) && self.scan.gap(tokens.start) == Gap::None
            })
    }

    /// Another person's given name stands before a lone family name: that is somebody else.
    fn is_someone_else(&mut self, at: usize, member: MemberId) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let glued_by_hyphen = matches!(self.scan.raw(before), "-") && self.scan.gap(at) == Gap::None;
        if glued_by_hyphen {
            return true;
        }
        if self.scan.kind(before) != Some(TokenKind::Word) || self.scan.gap(at) > Gap::Narrow {
            return false;
        }
        let shape = self.scan.word(before).map(|word| word.shape);
        let is_capital = match shape {
            Some(Shape::Capital | Shape::Mixed) => true,
            // In a headline of capitals every word looks like a name: there, none is taken for one.
            Some(Shape::Upper) => self.scan.word(at).is_some_and(|word| word.shape != Shape::Upper),
            _ => false,
        };
        if !is_capital || self.is_known_word(before) {
            return false;
        }
        // A word of the cast before it is a title or a country, unless it is another's given name.
        let matches = self.matches(before);
        !self.memo.flat[matches].iter().any(|found| {
            let form = &self.index.forms[found.slot.form as usize];
            form.member == member || self.sheet.cast[form.member.0 as usize].kind != Kind::Person
        })
    }

    /// A lone word with a capitalised neighbour that nobody knows: part of a title or another name.
    fn is_part_of_longer_name(&mut self, tokens: &Range<usize>) -> bool {
        let before = tokens.start.checked_sub(1);
        let gap_before = self.scan.gap(tokens.start);
        before.is_some_and(|before| self.is_unknown_capital(before, gap_before))
            || self.is_unknown_capital(tokens.end, self.scan.gap(tokens.end))
    }

    fn is_unknown_capital(&mut self, at: usize, gap: Gap) -> bool {
        gap <= Gap::Narrow
            && self.scan.kind(at) == Some(TokenKind::Word)
            && self.scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Mixed))
            && !self.is_known_word(at)
            && self.matches(at).is_empty()
    }

    /// The word is part of a web or mail address, a handle or a tag.
    fn is_in_address(&self, at: usize) -> bool {
        const WINDOW: usize = 120;
        let Some(token) = self.scan.tokens.get(at) else { return false };
        let text = self.scan.text;
        let floor = text.floor_char_boundary((token.start as usize).saturating_sub(WINDOW));
        let ceiling = text.ceil_char_boundary((token.end as usize + WINDOW).min(text.len()));
        let head = &text[floor..token.start as usize];
        let tail = &text[token.end as usize..ceiling];
        let head = head.rsplit(char::is_whitespace).next().unwrap_or("");
        let tail = tail.split(char::is_whitespace).next().unwrap_or("");
        let dotted = |text: &str| {
            text.split('.')
                .skip(1)
                .any(|part| part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()))
        };
        head.contains("//")
            || head.contains('@')
            || head.ends_with('#')
            || tail.starts_with('@')
            || dotted(tail)
            || dotted(head)
    }

    /// One known system of romanisation gives all the words from a form of another script.
    fn is_known_romanisation(&mut self, tokens: &Range<usize>, member: MemberId) -> bool {
        let words =
            tokens.clone().filter_map(|at| self.scan.tokens.get(at)).map(|token| token.word).collect();
        let key = (member, words);
        if let Some(&known) = self.memo.romanised.get(&key) {
            return known;
        }
        let known = self.find_romanisation(tokens, member);
        self.memo.romanised.insert(key, known);
        known
    }

    fn find_romanisation(&self, tokens: &Range<usize>, member: MemberId) -> bool {
        let written: Vec<&str> = tokens
            .clone()
            .filter(|&at| self.scan.kind(at) == Some(TokenKind::Word))
            .map(|at| self.scan.language.pack.inflection.without_possessive(self.scan.folded(at)))
            .collect();
        self.sheet.cast[member.0 as usize].forms.iter().any(|form| {
            self.index.romanised(&form.text).iter().any(|text| {
                let words: Vec<&str> =
                    text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
                words.windows(written.len()).any(|window| {
                    window.iter().zip(&written).all(|(system, written)| {
                        crate::reading::vocabulary::strip_diacritics(system)
                            == crate::reading::vocabulary::strip_diacritics(written)
                    })
                })
            })
        })
    }

    /// Whether a clause marker stands at a token.
    pub fn has_marker(&self, at: usize, marker: Marker) -> bool {
        self.scan.hits_at(at).iter().any(|hit| hit.sense == Sense::Clause(marker))
    }
}
