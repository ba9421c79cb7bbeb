//! The hits of number words in a text, and what can be asked of them at a token.

use super::rational::Rational;
use super::scan::Scan;
use crate::language::Sense;
use crate::language::number_words::NumberSense;

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
    /// The longest hit, in tokens.
    longest: usize,
}

impl NumberSenses {
    pub fn of(scan: &Scan<'_>) -> Self {
        let hits: Vec<_> = scan
            .hits
            .iter()
            .filter_map(|hit| match hit.sense {
                Sense::Number(sense) => Some(NumberHit { token: hit.token, len: hit.len, sense }),
                _ => None,
            })
            .collect();
        let longest = hits.iter().map(|hit| hit.len as usize).max().unwrap_or(0);
        Self { hits, longest }
    }

    pub fn all(&self) -> &[NumberHit] {
        &self.hits
    }

    pub fn at(&self, token: usize) -> &[NumberHit] {
        let first = self.hits.partition_point(|hit| (hit.token as usize) < token);
        let rest = self.hits.get(first..).unwrap_or_default();
        let len = rest.iter().take_while(|hit| hit.token as usize == token).count();
        rest.get(..len).unwrap_or_default()
    }

    /// The longest hit at a token that `pick` takes: the token behind it, and what `pick` made of it.
    pub fn find<T>(&self, token: usize, pick: impl Fn(NumberSense) -> Option<T>) -> Option<(usize, T)> {
        self.at(token).iter().find_map(|hit| pick(hit.sense).map(|made| (token + hit.len as usize, made)))
    }

    /// The longest hit whose last token is before `token`: its first token, and what `pick` made of it.
    pub fn ending_at<T>(&self, token: usize, pick: impl Fn(NumberSense) -> Option<T>) -> Option<(usize, T)> {
        let end = self.hits.partition_point(|hit| (hit.token as usize) < token);
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
