//! What a lexicon finds in a text, by token.

use std::ops::Range;

use super::{Sense, SenseSet};

/// A phrase of the lexicon where it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The phrase's first token.
    pub token: u32,
    /// How many tokens it has.
    pub len: u32,
    pub sense: Sense,
}

/// Takes what a lexicon finds, in order of the tokens.
pub trait TakeHits {
    /// A word by itself: its senses, and the same as a set.
    fn word(&mut self, token: usize, senses: &[Sense], set: SenseSet);

    /// All that begins at one token, longest first.
    fn phrases(&mut self, hits: &[Hit]);
}

impl TakeHits for Vec<Hit> {
    fn word(&mut self, token: usize, senses: &[Sense], _: SenseSet) {
        self.extend(senses.iter().map(|&sense| Hit { token: token as u32, len: 1, sense }));
    }

    fn phrases(&mut self, hits: &[Hit]) {
        self.extend_from_slice(hits);
    }
}

/// The hits of a text, and which kinds of senses there are at each token: most questions need no more.
#[derive(Default)]
pub struct Hits {
    all: Vec<Hit>,
    /// Where the hits of each token begin; of tokens behind the last hit it is left out.
    first: Vec<u32>,
    /// The senses of those that begin at each token, go over it, and end with it.
    begin: Vec<SenseSet>,
    over: Vec<SenseSet>,
    end: Vec<SenseSet>,
    told: SenseSet,
}

impl Hits {
    /// Makes room for a text of so many tokens; nothing is kept.
    pub fn clear(&mut self, tokens: usize) {
        let Self { all, first, begin, over, end, told } = self;
        all.clear();
        first.clear();
        first.reserve(tokens + 1);
        for sets in [begin, over, end] {
            sets.clear();
            sets.resize(tokens, SenseSet::NONE);
        }
        *told = SenseSet::NONE;
    }

    /// In order of their first token, longest first.
    pub fn all(&self) -> &[Hit] {
        &self.all
    }

    /// Those that begin within a stretch of tokens, in order.
    #[inline]
    pub fn within(&self, tokens: &Range<usize>) -> &[Hit] {
        let at = |token: usize| self.first.get(token).map_or(self.all.len(), |&first| first as usize);
        self.all.get(at(tokens.start)..at(tokens.end)).unwrap_or_default()
    }

    /// The senses of all of them.
    #[inline]
    pub fn told(&self) -> SenseSet {
        self.told
    }

    /// The senses of those that begin at a token.
    #[inline]
    pub fn begin(&self, token: usize) -> SenseSet {
        self.begin.get(token).copied().unwrap_or_default()
    }

    /// The senses of those that go over a token.
    #[inline]
    pub fn over(&self, token: usize) -> SenseSet {
        self.over.get(token).copied().unwrap_or_default()
    }

    /// The senses of those that end with a token.
    #[inline]
    pub fn end(&self, token: usize) -> SenseSet {
        self.end.get(token).copied().unwrap_or_default()
    }

    /// The senses of those that begin within a stretch of tokens.
    #[inline]
    pub fn set_within(&self, tokens: &Range<usize>) -> SenseSet {
        let sets = self.begin.get(tokens.start..tokens.end.min(self.begin.len())).unwrap_or_default();
        sets.iter().fold(SenseSet::NONE, |all, &set| all | set)
    }

    /// Those of some senses that begin within a stretch of tokens, in order.
    #[inline]
    pub fn of(&self, senses: SenseSet, tokens: Range<usize>) -> impl Iterator<Item = &Hit> {
        let end = if self.told.has_any(senses) { tokens.end.min(self.begin.len()) } else { 0 };
        let sets = self.begin.get(tokens.start..end).unwrap_or_default();
        let at = (tokens.start..).zip(sets).filter(move |(_, set)| set.has_any(senses));
        at.flat_map(|(token, _)| self.within(&(token..token + 1)))
            .filter(move |hit| SenseSet::from(hit.sense).has_any(senses))
    }

    #[inline]
    fn begin_at(&mut self, token: usize) {
        self.first.resize((token + 1).max(self.first.len()), self.all.len() as u32);
    }
}

impl TakeHits for Hits {
    #[inline]
    fn word(&mut self, token: usize, senses: &[Sense], set: SenseSet) {
        self.begin_at(token);
        self.all.word(token, senses, set);
        self.told |= set;
        for sets in [&mut self.begin, &mut self.over, &mut self.end] {
            if let Some(senses) = sets.get_mut(token) {
                *senses |= set;
            }
        }
    }

    fn phrases(&mut self, hits: &[Hit]) {
        let Some(first) = hits.first() else { return };
        let token = first.token as usize;
        self.begin_at(token);
        self.all.extend_from_slice(hits);
        for hit in hits {
            let set = SenseSet::from(hit.sense);
            self.told |= set;
            let tokens = token..token + hit.len as usize;
            let Some(covered) = self.over.get_mut(tokens.clone()) else { continue };
            covered.iter_mut().for_each(|senses| *senses |= set);
            if let Some(first) = self.begin.get_mut(token) {
                *first |= set;
            }
            if let Some(last) = self.end.get_mut(tokens.end - 1) {
                *last |= set;
            }
        }
    }
}
