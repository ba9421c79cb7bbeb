//! One pass over an article: its tokens and every word or phrase that may matter.

use super::lexer::{self, Gap, Token, TokenKind};
use super::vocabulary::{Shape, Vocabulary, Word};
use crate::language::{Hit, Language, Marker, Memo, Sense};

/// No phrase that reaches over a token from before it is longer, in tokens.
const LONGEST_PHRASE: usize = 8;

/// What the readers read from: tokens, and the hits of the language's lexicon among them.
pub struct Scan<'a> {
    pub text: &'a str,
    pub language: &'a Language,
    pub vocabulary: &'a Vocabulary,
    pub tokens: &'a [Token],
    /// In order of their first token, longest first.
    pub hits: &'a [Hit],
    /// Where the hits of each token begin; one more than there are tokens.
    first_hits: &'a [u32],
}

/// What a thread keeps from article to article of one language.
#[derive(Default)]
pub struct Scratch {
    pub vocabulary: Vocabulary,
    pub memo: Memo,
    pub tokens: Vec<Token>,
    pub hits: Vec<Hit>,
    first_hits: Vec<u32>,
}

/// Past this many distinct words the memory is dropped: a flood of made-up words must not fill the machine.
const MOST_WORDS: usize = 400_000;

impl Scratch {
    /// Drops what is remembered where it has grown too large; ids of words are then given anew. Says
    /// whether it did.
    pub fn forget_if_full(&mut self) -> bool {
        let full = self.vocabulary.len() > MOST_WORDS;
        if full {
            *self = Self::default();
        }
        full
    }

    /// Cuts `text` and finds what may matter in it.
    pub fn scan<'a>(&'a mut self, text: &'a str, language: &'a Language) -> Scan<'a> {
        lexer::lex(text, &mut self.vocabulary, &mut self.tokens);
        self.hits.clear();
        language.lexicon.scan(&self.tokens, &self.vocabulary, &mut self.memo, &mut self.hits);
        index_hits(&self.hits, self.tokens.len(), &mut self.first_hits);
        Scan {
            text,
            language,
            vocabulary: &self.vocabulary,
            tokens: &self.tokens,
            hits: &self.hits,
            first_hits: &self.first_hits,
        }
    }
}

fn index_hits(hits: &[Hit], tokens: usize, first_hits: &mut Vec<u32>) {
    first_hits.clear();
    first_hits.reserve(tokens + 1);
    for (index, hit) in (0u32..).zip(hits) {
        first_hits.resize((hit.token as usize + 1).max(first_hits.len()), index);
    }
    first_hits.resize(tokens + 1, hits.len() as u32);
}

impl<'a> Scan<'a> {
    /// The hits that begin at a token, longest first.
    #[inline]
    pub fn hits_at(&self, token: usize) -> &'a [Hit] {
        self.hits_in(&(token..token + 1))
    }

    /// The hits that begin within a stretch of tokens, in order.
    #[inline]
    pub fn hits_in(&self, tokens: &std::ops::Range<usize>) -> &'a [Hit] {
        let at = |token: usize| match self.first_hits.get(token) {
            Some(&first) => first as usize,
            None => self.hits.len(),
        };
        self.hits.get(at(tokens.start)..at(tokens.end)).unwrap_or_default()
    }

    /// Whether a word or phrase over a token has one of the senses.
    pub fn has_over(&self, token: usize, accept: impl Fn(Sense) -> bool) -> bool {
        let first = token.saturating_sub(LONGEST_PHRASE - 1);
        self.hits_in(&(first..token + 1))
            .iter()
            .any(|hit| hit.token as usize + hit.len as usize > token && accept(hit.sense))
    }

    /// Whether a word or phrase over a token is one of these markers.
    pub fn is_marked(&self, token: usize, markers: &[Marker]) -> bool {
        self.has_over(token, |sense| matches!(sense, Sense::Clause(marker) if markers.contains(&marker)))
    }

    /// Whether a token is an article or another word that makes what follows a thing of its own.
    pub fn is_article(&self, token: usize) -> bool {
        self.is_marked(token, &[Marker::Definite]) || self.is_indefinite_article(token)
    }

    pub fn is_indefinite_article(&self, token: usize) -> bool {
        let word = self.folded(token);
        self.language.pack.dates.one.iter().any(|article| article == word)
    }

    /// Whether a word of the language begins at a token: of a kind that no proper name begins with.
    pub fn is_known(&self, token: usize) -> bool {
        self.hits_at(token).iter().any(|hit| !matches!(hit.sense, Sense::Term(_)))
    }

    /// Whether a token is a word with a capital of which the language knows nothing: a name, perhaps.
    pub fn is_unknown_capital(&self, token: usize) -> bool {
        self.kind(token) == Some(TokenKind::Word)
            && self.word(token).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Mixed))
            && self.hits_at(token).iter().all(|hit| hit.len > 1)
    }

    /// The longest hit at a token whose sense `pick` accepts, with what it made of it.
    pub fn sense_at<T>(&self, token: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<(usize, T)> {
        self.hits_at(token).iter().find_map(|hit| pick(hit.sense).map(|sense| (hit.len as usize, sense)))
    }

    /// The text of tokens `from..to`, with what stands between them.
    pub fn text_of(&self, from: usize, to: usize) -> &'a str {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if first.start <= last.end => {
                &self.text[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }

    /// A token as written; empty past the end.
    pub fn raw(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| self.vocabulary.raw(token.word))
    }

    /// A token folded for comparison; empty past the end.
    pub fn folded(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |token| self.vocabulary.folded(token.word))
    }

    pub fn word(&self, token: usize) -> Option<&'a Word> {
        self.tokens.get(token).map(|token| self.vocabulary.word(token.word))
    }

    pub fn kind(&self, token: usize) -> Option<TokenKind> {
        self.tokens.get(token).map(|token| token.kind)
    }

    /// What stands before a token; past the end, a paragraph.
    pub fn gap(&self, token: usize) -> Gap {
        self.tokens.get(token).map_or(Gap::Paragraph, |token| token.gap)
    }

    /// Whether the token is this symbol.
    #[inline]
    pub fn is_symbol(&self, token: usize, symbol: &str) -> bool {
        self.tokens.get(token).is_some_and(|token| {
            token.kind == TokenKind::Symbol
                && self.text.as_bytes().get(token.range()) == Some(symbol.as_bytes())
        })
    }
}
