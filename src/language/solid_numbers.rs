//! Numbers written in one word, as German writes them: taken apart into the number words of the pack.

use rustc_hash::FxHashMap;

use super::number_words::{NumberWords, read_part};
use super::wording::expand;
use crate::reading::rational::{Rational, lowest_place};
use crate::reading::vocabulary::fold_word;

/// The pieces that solid number words are made of.
#[derive(Default)]
pub struct SolidNumbers {
    pieces: FxHashMap<Box<str>, Piece>,
    /// In bytes.
    longest_piece: usize,
    /// Every letter that a piece begins with.
    first_letters: String,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    Word(u64),
    Scale(u64),
    Joiner,
    Addition(u32, u32),
}

/// No language's number words grow longer than this; made-up words must cost nothing. In bytes.
const LONGEST_WORD: usize = 120;
/// Larger values are words of their own; with pieces below this no sum can overflow.
const LARGEST_PIECE: u64 = 1_000_000;
/// A word is in at most this many pieces.
const MOST_PIECES: usize = 24;

impl SolidNumbers {
    pub fn new(words: &NumberWords) -> Self {
        let mut solid = Self::default();
        for (&value, forms) in words.words.iter().filter(|&(&value, _)| value < LARGEST_PIECE) {
            solid.add(forms, Piece::Word(value));
        }
        for (&value, forms) in words.scales.iter().filter(|&(&value, _)| value == 100 || value == 1000) {
            solid.add(forms, Piece::Scale(value));
        }
        solid.add(&words.joiners, Piece::Joiner);
        for (part, forms) in &words.additions {
            if let Some((numerator, denominator)) = read_part(part) {
                solid.add(forms, Piece::Addition(numerator, denominator));
            }
        }
        solid
    }

    fn add(&mut self, forms: &[String], piece: Piece) {
        for form in forms.iter().flat_map(|form| expand(form)) {
            let folded = fold_word(&form).folded;
            let Some(first) = folded.chars().next() else { continue };
            if !self.first_letters.contains(first) {
                self.first_letters.push(first);
            }
            self.longest_piece = self.longest_piece.max(folded.len());
            self.pieces.insert(folded.into(), piece);
        }
    }

    /// The value of a folded word that is a number of two pieces or more.
    pub fn value(&self, folded: &str) -> Option<Rational> {
        let first = folded.chars().next()?;
        if folded.len() > LONGEST_WORD || !self.first_letters.contains(first) {
            return None;
        }
        let mut pieces = Vec::new();
        self.take_apart(folded, &mut pieces)
    }

    /// Tries the longest piece first and goes back where the rest is no number.
    fn take_apart(&self, rest: &str, pieces: &mut Vec<Piece>) -> Option<Rational> {
        if rest.is_empty() {
            return if pieces.len() > 1 { evaluate(pieces) } else { None };
        }
        if pieces.len() == MOST_PIECES {
            return None;
        }
        for end in (1..=self.longest_piece.min(rest.len())).rev() {
            let Some(piece) = rest.get(..end).and_then(|head| self.pieces.get(head)) else { continue };
            pieces.push(*piece);
            if let Some(value) = self.take_apart(rest.get(end..).unwrap_or_default(), pieces) {
                return Some(value);
            }
            pieces.pop();
        }
        None
    }
}

/// What pieces are worth in their order; none where they make no number.
fn evaluate(pieces: &[Piece]) -> Option<Rational> {
    let (mut total, mut group): (u64, Option<u64>) = (0, None);
    let mut last_scale = u64::MAX;
    let mut at = 0;
    while let Some(&piece) = pieces.get(at) {
        at += 1;
        match piece {
            Piece::Word(value) => {
                // The ones stand before the tens: drei-und-zwanzig.
                let mut value = value;
                if let (Some(Piece::Joiner), Some(&Piece::Word(tens))) = (pieces.get(at), pieces.get(at + 1))
                    && (1..10).contains(&value)
                    && (20..100).contains(&tens)
                {
                    value += tens;
                    at += 2;
                }
                let whole = group.unwrap_or(0);
                if value == 0
                    || (whole != 0 && u128::from(value) >= lowest_place(u128::from(whole)))
                    || value >= last_scale
                {
                    return None;
                }
                group = Some(whole + value);
            }
            Piece::Scale(100) => match group.unwrap_or(1) {
                hundreds @ 1..100 => group = Some(hundreds * 100),
                _ => return None,
            },
            Piece::Scale(scale) => {
                if scale >= last_scale {
                    return None;
                }
                total += group.take().unwrap_or(1) * scale;
                last_scale = scale;
            }
            // hundert-und-eins
            Piece::Joiner
                if group.is_some_and(|group| group % 100 == 0) || (group.is_none() && total > 0) => {}
            Piece::Joiner => return None,
            Piece::Addition(numerator, denominator) => {
                if at != pieces.len() {
                    return None;
                }
                let whole = Rational::whole(u128::from(total + group?));
                return whole.plus(Rational::new(u128::from(numerator), u128::from(denominator))?);
            }
        }
    }
    if matches!(pieces.last(), Some(Piece::Joiner)) {
        return None;
    }
    Some(Rational::whole(u128::from(total + group.unwrap_or(0))))
}
