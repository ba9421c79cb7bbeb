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
    sets: Vec<Sets>,
    told: SenseSet,
}

/// Senses of the hits that have to do with one token.
#[derive(Clone, Copy, Default)]
struct Sets {
    begin: SenseSet,
    over: SenseSet,
    end: SenseSet,
}

impl Hits {
    /// Makes room for a text of so many tokens; nothing is kept.
    pub fn clear(&mut self, tokens: usize) {
        let Self { all, first, sets, told } = self;
        all.clear();
        first.clear();
        first.reserve(tokens + 1);
        sets.clear();
        sets.resize(tokens, Sets::default());
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
        self.sets.get(token).map(|sets| sets.begin).unwrap_or_default()
    }

    /// The senses of those that go over a token.
    #[inline]
    pub fn over(&self, token: usize) -> SenseSet {
        self.sets.get(token).map(|sets| sets.over).unwrap_or_default()
    }

    /// The senses of those that end with a token.
    #[inline]
    pub fn end(&self, token: usize) -> SenseSet {
        self.sets.get(token).map(|sets| sets.end).unwrap_or_default()
    }

    /// The senses of those that begin within a stretch of tokens.
    #[inline]
    pub fn set_within(&self, tokens: &Range<usize>) -> SenseSet {
        let sets = self.sets.get(tokens.start..tokens.end.min(self.sets.len())).unwrap_or_default();
        sets.iter().fold(SenseSet::NONE, |all, sets| all | sets.begin)
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
        if let Some(sets) = self.sets.get_mut(token) {
            sets.begin |= set;
            sets.over |= set;
            sets.end |= set;
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
            let Some(covered) = self.sets.get_mut(token..token + hit.len as usize) else { continue };
            covered.iter_mut().for_each(|sets| sets.over |= set);
            if let [first, ..] = covered {
                first.begin |= set;
            }
            if let [.., last] = covered {
                last.end |= set;
            }
        }
    }
}
