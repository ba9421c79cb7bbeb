//! Finds the things of a text by the tokens at which they begin, without searching.

use std::ops::Range;

/// For each token, how many things begin before it. Sentences, dates, places and names are asked for by their
/// tokens again and again.
#[derive(Debug, Default)]
pub struct ByToken {
    before: Vec<u32>,
    all: usize,
}

impl ByToken {
    /// Of things in the order of their first tokens, in a text of so many tokens.
    pub fn new(tokens: usize, starts: impl ExactSizeIterator<Item = usize>) -> Self {
        let all = starts.len();
        let mut before = Vec::with_capacity(tokens + 1);
        for (index, start) in (0u32..).zip(starts) {
            // What begins at one token begins before the next.
            let next = start.min(tokens) + 1;
            before.resize(next.max(before.len()), index);
        }
        before.resize((tokens + 1).max(before.len()), all as u32);
        Self { before, all }
    }

    /// How many begin before a token: the index of the first that does not.
    #[inline]
    pub fn before(&self, token: usize) -> usize {
        self.before.get(token).map_or(self.all, |&index| index as usize)
    }

    /// The indexes of those that begin within a stretch of tokens.
    #[inline]
    pub fn within(&self, tokens: &Range<usize>) -> Range<usize> {
        let first = self.before(tokens.start);
        first..self.before(tokens.end).max(first)
    }

    /// The index of the last that begins at or before a token.
    #[inline]
    pub fn at_or_before(&self, token: usize) -> Option<usize> {
        self.before(token.saturating_add(1)).checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_a_search_would_find() {
        let starts = [0usize, 3, 3, 4, 9];
        let by_token = ByToken::new(10, starts.iter().copied());
        for token in 0..14 {
            let searched = starts.partition_point(|&start| start < token);
            assert_eq!(by_token.before(token), searched, "{token}");
            let last = starts.partition_point(|&start| start <= token).checked_sub(1);
            assert_eq!(by_token.at_or_before(token), last, "{token}");
        }
        assert_eq!(by_token.within(&(1..5)), 1..4);
        let backwards = Range { start: 5, end: 2 };
        assert_eq!(by_token.within(&backwards), 4..4);
        assert_eq!(ByToken::new(0, [].into_iter()).before(3), 0);
    }
}
