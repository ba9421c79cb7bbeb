//! The stretches of the copy beside an abbreviation that may be a long name, and what their words tell.

use std::ops::Range;

use super::Checker;
use crate::checks::names::long_names::{Content, is_same_word, is_small};
use crate::language::Marker;
use crate::language::sense::Sense;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::{Shape, fold_word, strip_diacritics};

/// A stretch of the copy that may be a long name.
pub(super) struct Phrase {
    pub(super) tokens: Range<usize>,
    pub(super) content: Vec<Content>,
}

impl Checker<'_, '_> {
    /// Every stretch that may be the long name: from a capital to the bracket, over capitals, the words that
    /// names of the sheet have, and small words that stand in them.
    pub(super) fn phrases(&self) -> Vec<Phrase> {
        let scan = self.case.read.scan;
        let around = &self.pair.around;
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut content: Vec<Content> = Vec::new();
        let mut unknown = 0;
        for at in around.clone().rev() {
            let Some(word) = scan.word(at) else { break };
            let is_hyphen = scan.is_symbol(at, "-") && scan.gap(at) == Gap::None;
            if is_hyphen {
                continue;
            }
            if word.kind != TokenKind::Word || scan.gap(at + 1) >= Gap::Line {
                break;
            }
            // "Germany's Social Democrats": an owner is no part of the name.
            let bare = scan.language.pack.inflection.without_possessive(scan.folded(at));
            if bare.len() < scan.folded(at).len() {
                break;
            }
            let folded = strip_diacritics(bare);
            let is_lower = word.shape == Shape::Lower;
            let is_article =
                [Marker::Definite, Marker::Function].into_iter().any(|marker| self.has_marker(at, marker));
            if is_small(&folded, word.shape) || (is_article && is_small(&folded, Shape::Lower)) {
                if !self.names.small.contains(&folded) {
                    break;
                }
                continue;
            }
            let one = Content { folded, is_lower };
            if is_lower && !self.is_word_of_names(&one) {
                unknown += 1;
                // A name has no verb in it.
                if unknown > 1 || !self.names_have_lower() {
                    break;
                }
            }
            content.insert(0, one);
            if !is_lower {
                phrases.push(Phrase { tokens: at..around.end, content: content.clone() });
            }
        }
        if self.pair.bracketed {
            phrases.retain(|phrase| self.starts_bracket(phrase.tokens.start));
        }
        phrases
    }

    pub(super) fn is_word_of_names(&self, word: &Content) -> bool {
        self.names.names.iter().any(|name| name.content.iter().any(|other| is_same_word(word, other)))
    }

    /// A small word of names stands right before: what follows is the rest of a longer name.
    pub(super) fn is_behind_small(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        at.checked_sub(1).is_some_and(|before| {
            self.names.small.contains(&strip_diacritics(scan.folded(before)))
                && scan.word(before).is_some_and(|word| word.shape == Shape::Lower)
        })
    }

    /// A small word joins the words of the phrase, and nobody's office stands among them.
    pub(super) fn is_put_together(&self, phrase: &Phrase) -> bool {
        let scan = self.case.read.scan;
        let is_joined = phrase.tokens.clone().any(|at| {
            scan.word(at).is_some_and(|word| is_small(&strip_diacritics(scan.folded(at)), word.shape))
        });
        let is_office = |sense| matches!(sense, Sense::Office(_) | Sense::Former | Sense::Acting);
        is_joined && !scan.hits_in(&phrase.tokens).iter().any(|hit| is_office(hit.sense))
    }

    /// The abbreviation is made of the phrase's own initials: it may well be another body's.
    pub(super) fn are_initials(&self, phrase: &Phrase) -> bool {
        let initials = phrase.content.iter().filter_map(|word| word.folded.chars().next());
        strip_diacritics(&fold_word(self.pair.abbreviation).folded).chars().eq(initials)
    }

    /// One letter of the abbreviation is not the initial it should be. The same letters in another order are
    /// the initials of another language.
    pub(super) fn is_nearly_initials(&self, phrase: &Phrase) -> bool {
        let initials: String = phrase.content.iter().filter_map(|word| word.folded.chars().next()).collect();
        let written = strip_diacritics(&fold_word(self.pair.abbreviation).folded);
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        initials.chars().count() == written.chars().count()
            && sorted(&initials) != sorted(&written)
            && initials.chars().zip(written.chars()).filter(|(a, b)| a != b).count() == 1
    }

    fn names_have_lower(&self) -> bool {
        self.names.names.iter().any(|name| name.content.iter().any(|word| word.is_lower))
    }
}
