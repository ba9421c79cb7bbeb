//! One pass over an article: its tokens and every word or phrase that may matter.

use std::ops::Range;

use super::lexer::{self, Gap, Token, TokenKind};
use super::vocabulary::{Shape, Vocabulary, Word};
use crate::language::{Hit, Hits, Language, Marker, Memo, Sense, SenseSet, SmallWords};

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
    /// Words with a capital letter, or letters in both cases, in order.
    pub capitals: &'a [u32],
    by_token: &'a Hits,
}

/// What a thread keeps from article to article of one language.
#[derive(Default)]
pub struct Scratch {
    pub vocabulary: Vocabulary,
    pub memo: Memo,
    pub tokens: Vec<Token>,
    hits: Hits,
    capitals: Vec<u32>,
    /// By word; `None` where it was not asked for.
    small_words: Vec<Option<SmallWords>>,
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
        self.look_at_tokens(language);
        self.hits.clear(self.tokens.len());
        language.lexicon.scan(&self.tokens, &self.vocabulary, &mut self.memo, &mut self.hits);
        Scan {
            text,
            language,
            vocabulary: &self.vocabulary,
            tokens: &self.tokens,
            hits: self.hits.all(),
            capitals: &self.capitals,
            by_token: &self.hits,
        }
    }

    /// Fills in what the tokens are by themselves.
    fn look_at_tokens(&mut self, language: &Language) {
        let Self { vocabulary, tokens, capitals, small_words, .. } = self;
        small_words.resize(vocabulary.len().max(small_words.len()), None);
        capitals.clear();
        for (at, token) in (0u32..).zip(tokens) {
            if matches!(token.shape, Shape::Capital | Shape::Mixed | Shape::Upper) {
                capitals.push(at);
            }
            let Some(known) = small_words.get_mut(token.word.0 as usize) else { continue };
            token.small =
                *known.get_or_insert_with(|| SmallWords::of(vocabulary.folded(token.word), language));
        }
    }
}

impl<'a> Scan<'a> {
    /// The hits that begin at a token, longest first.
    #[inline]
    pub fn hits_at(&self, token: usize) -> &'a [Hit] {
        self.hits_in(&(token..token + 1))
    }

    /// The hits that begin within a stretch of tokens, in order.
    #[inline]
    pub fn hits_in(&self, tokens: &Range<usize>) -> &'a [Hit] {
        self.by_token.within(tokens)
    }

    /// The senses of the words and phrases that begin at a token.
    #[inline]
    pub fn begins(&self, token: usize) -> SenseSet {
        self.by_token.begin(token)
    }

    /// The senses of the words and phrases that go over a token.
    #[inline]
    pub fn over(&self, token: usize) -> SenseSet {
        self.by_token.over(token)
    }

    /// The senses of the words and phrases that end just before a token.
    #[inline]
    pub fn ends_before(&self, token: usize) -> SenseSet {
        token.checked_sub(1).map(|last| self.by_token.end(last)).unwrap_or_default()
    }

    /// The senses of the words and phrases that begin within a stretch of tokens.
    #[inline]
    pub fn within(&self, tokens: &Range<usize>) -> SenseSet {
        self.by_token.set_within(tokens)
    }

    /// The senses of all words and phrases of the text.
    #[inline]
    pub fn senses(&self) -> SenseSet {
        self.by_token.told()
    }

    /// The words and phrases of some senses, in order. Most copy has none of most.
    #[inline]
    pub fn hits_of(&self, senses: SenseSet) -> impl Iterator<Item = &'a Hit> + use<'a> {
        self.by_token.of(senses, 0..self.tokens.len())
    }

    /// Those that begin within a stretch of tokens.
    #[inline]
    pub fn hits_of_in(
        &self,
        senses: SenseSet,
        tokens: Range<usize>,
    ) -> impl Iterator<Item = &'a Hit> + use<'a> {
        self.by_token.of(senses, tokens)
    }

    /// Whether a word or phrase over a token has one of the senses.
    pub fn has_over(&self, token: usize, accept: impl Fn(Sense) -> bool) -> bool {
        if self.over(token).is_empty() {
            return false;
        }
        let first = token.saturating_sub(LONGEST_PHRASE - 1);
        self.hits_in(&(first..token + 1))
            .iter()
            .any(|hit| hit.token as usize + hit.len as usize > token && accept(hit.sense))
    }

    /// Whether a word or phrase over a token is one of these markers.
    #[inline]
    pub fn is_marked(&self, token: usize, markers: &[Marker]) -> bool {
        self.over(token).has_any(SenseSet::markers(markers))
    }

    /// Whether a token is an article or another word that makes what follows a thing of its own.
    #[inline]
    pub fn is_article(&self, token: usize) -> bool {
        self.is_marked(token, &[Marker::Definite]) || self.is_indefinite_article(token)
    }

    #[inline]
    pub fn is_indefinite_article(&self, token: usize) -> bool {
        self.small_words(token).is(SmallWords::INDEFINITE)
    }

    /// What a token is by itself, as a small word.
    #[inline]
    pub fn small_words(&self, token: usize) -> SmallWords {
        self.tokens.get(token).map(|token| token.small).unwrap_or_default()
    }

    /// Whether a word of the language begins at a token: of a kind that no proper name begins with.
    pub fn is_known(&self, token: usize) -> bool {
        !self.begins(token).without(SenseSet::TERM).is_empty()
    }

    /// Whether a token is a word with a capital of which the language knows nothing: a name, perhaps.
    pub fn is_unknown_capital(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| {
            token.kind == TokenKind::Word && matches!(token.shape, Shape::Capital | Shape::Mixed)
        }) && (self.begins(token).is_empty() || self.hits_at(token).iter().all(|hit| hit.len > 1))
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

    /// The character of a symbol; `None` if the token is none.
    #[inline]
    pub fn symbol(&self, token: usize) -> Option<char> {
        let token = self.tokens.get(token).filter(|token| token.kind == TokenKind::Symbol)?;
        self.text.get(token.start as usize..)?.chars().next()
    }

    /// How a token is written.
    #[inline]
    pub fn shape(&self, token: usize) -> Option<Shape> {
        self.tokens.get(token).map(|token| token.shape)
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
