//! The hits of number words in a text, and what can be asked of them at a token.

use super::rational::Rational;
use super::scan::Scan;
use crate::language::number_words::NumberSense;
use crate::language::{Sense, SenseSet};

/// A hit that has to do with numbers.
#[derive(Clone, Copy, Debug)]
pub struct NumberHit {
    pub token: u32,
    pub len: u32,
    pub sense: NumberSense,
}

/// All such hits of a text, in the order of their first token, longest first.
pub struct NumberSenses {
    hits: Vec<NumberHit>,
    /// Where each token's hits begin in `hits`, and past the last token where they end: numbers are asked
    /// about their neighbours so often that a search each time would cost more than all else.
    firsts: Vec<u32>,
    /// The longest hit, in tokens.
    longest: usize,
}

impl NumberSenses {
    pub fn of(scan: &Scan<'_>) -> Self {
        let hits: Vec<_> = scan
            .hits_of(SenseSet::NUMBER)
            .filter_map(|hit| match hit.sense {
                Sense::Number(sense) => Some(NumberHit { token: hit.token, len: hit.len, sense }),
                _ => None,
            })
            .collect();
        let longest = hits.iter().map(|hit| hit.len as usize).max().unwrap_or(0);
        let mut firsts = Vec::with_capacity(scan.tokens.len() + 1);
        for (index, hit) in (0u32..).zip(&hits) {
            while firsts.len() <= hit.token as usize {
                firsts.push(index);
            }
        }
        firsts.resize(scan.tokens.len() + 1, hits.len() as u32);
        Self { hits, firsts, longest }
    }

    /// Where in `hits` those of a token begin; the end, past the last token.
    fn first(&self, token: usize) -> usize {
        self.firsts.get(token).map_or(self.hits.len(), |&first| first as usize)
    }

    /// The tokens at which a number may begin, in order; one may come more than once.
    pub fn starts(&self) -> impl Iterator<Item = usize> + '_ {
        let begins = |hit: &&NumberHit| {
            matches!(
                hit.sense,
                NumberSense::Word(_)
                    | NumberSense::Solid
                    | NumberSense::Scale(_)
                    | NumberSense::Fraction(..)
                    | NumberSense::Denominator(_)
                    | NumberSense::Vague(_)
            )
        };
        self.hits.iter().filter(begins).map(|hit| hit.token as usize)
    }

    pub fn at(&self, token: usize) -> &[NumberHit] {
        self.hits.get(self.first(token)..self.first(token + 1)).unwrap_or_default()
    }

    /// The longest hit at a token that `pick` takes: the token behind it, and what `pick` made of it.
    pub fn find<T>(&self, token: usize, pick: impl Fn(NumberSense) -> Option<T>) -> Option<(usize, T)> {
        self.at(token).iter().find_map(|hit| pick(hit.sense).map(|made| (token + hit.len as usize, made)))
    }

    /// The longest hit whose last token is before `token`: its first token, and what `pick` made of it.
    pub fn ending_at<T>(&self, token: usize, pick: impl Fn(NumberSense) -> Option<T>) -> Option<(usize, T)> {
        let end = self.first(token);
        let mut found = None;
        for hit in self.hits.get(..end).unwrap_or_default().iter().rev() {
            let first = hit.token as usize;
            if first + self.longest < token {
                break;
            }
            if first + hit.len as usize == token
                && let Some(made) = pick(hit.sense)
            {
                found = Some((first, made));
            }
        }
        found
    }

    /// A number word's value.
    pub fn word(&self, scan: &Scan<'_>, token: usize) -> Option<(usize, Rational)> {
        self.find(token, |sense| match sense {
            NumberSense::Word(value) => Some(Rational::whole(u128::from(value))),
            NumberSense::Solid => scan.language.lexicon.solid_number(scan.folded(token)),
            _ => None,
        })
    }

    pub fn scale(&self, token: usize) -> Option<(usize, u128)> {
        self.find(token, |sense| match sense {
            NumberSense::Scale(value) => Some(u128::from(value)),
            _ => None,
        })
    }

    pub fn denominator(&self, token: usize) -> Option<(usize, u128)> {
        self.find(token, |sense| match sense {
            NumberSense::Denominator(value) => Some(u128::from(value)),
            _ => None,
        })
    }

    pub fn fraction(&self, token: usize) -> Option<(usize, Rational)> {
        self.find(token, |sense| match sense {
            NumberSense::Fraction(numerator, denominator) => {
                Rational::new(u128::from(numerator), u128::from(denominator))
            }
            _ => None,
        })
    }

    pub fn addition(&self, token: usize) -> Option<(usize, Rational)> {
        self.find(token, |sense| match sense {
            NumberSense::Addition(numerator, denominator) => {
                Rational::new(u128::from(numerator), u128::from(denominator))
            }
            _ => None,
        })
    }

    pub fn ordinal(&self, token: usize) -> Option<(usize, u128)> {
        self.find(token, |sense| match sense {
            NumberSense::Ordinal(value) => Some(u128::from(value)),
            _ => None,
        })
    }

    pub fn vague(&self, token: usize) -> Option<(usize, u16)> {
        self.find(token, |sense| match sense {
            NumberSense::Vague(index) => Some(index),
            _ => None,
        })
    }

    /// Whether a hit of exactly this sense begins at a token; the token behind it.
    pub fn is(&self, token: usize, sense: NumberSense) -> Option<usize> {
        self.find(token, |other| (other == sense).then_some(())).map(|(to, ())| to)
    }
}
