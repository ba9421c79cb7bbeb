//! All wording of one language, compiled: which words of copy can mean what.
//!
//! A lexicon is a trie over lexemes. A lexeme is one word of some wording, matched exactly, by
//! inflection or as a prefix. Each distinct word of copy is looked up once; what it can be is kept in
//! a [`Memo`]. Looking a word up costs its own length, whatever the size of the lexicon.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::hits::{Hit, TakeHits};
use super::inflection::Inflection;
use super::sense::Sense;
use super::sense_set::SenseSet;
use super::solid_numbers::SolidNumbers;
use crate::reading::lexer::{self, Gap, Token, TokenKind};
use crate::reading::rational::Rational;
use crate::reading::vocabulary::{Vocabulary, WordId, fold_plain, strip_diacritics};

/// How the words of a phrase are matched, where no `*` says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Matching {
    /// As they are written, case and missing diacritics aside.
    Exact,
    /// In every form the language's inflection gives them.
    Inflected,
}

/// The longest word of copy that can be wording, in bytes; longer ones are addresses, codes or noise.
pub const LONGEST_WORD: usize = 256;

type Lexeme = u32;
type LexemeList = SmallVec<[Lexeme; 2]>;
type Node = u32;
const ROOT: Node = 0;

/// See the [module](self).
#[derive(Default)]
pub struct Lexicon {
    exact: FxHashMap<Box<str>, LexemeList>,
    stems: FxHashMap<Box<str>, LexemeList>,
    prefixes: FxHashMap<Box<str>, LexemeList>,
    endings: Vec<String>,
    edges: FxHashMap<(Node, Lexeme), Node>,
    senses: Vec<SmallVec<[Sense; 1]>>,
    /// By lexeme: the node that phrases beginning with it lead to, or the root.
    starts: Vec<Node>,
    /// By lexeme: some phrase goes on with it.
    inner: Vec<bool>,
    /// By node: bits of the lexemes with which some phrase goes on from it, by [`bit`].
    goes_on: Vec<u64>,
    /// By folded word: the lexeme for each way of matching it.
    lexemes: FxHashMap<Box<str>, [Option<Lexeme>; 3]>,
    /// Words of phrases added so far, kept so that cutting the next costs no new memory.
    vocabulary: Vocabulary,
    /// The phrase being added, folded.
    folded: String,
    inflection: Inflection,
    /// Two-letter spellings of one letter, `ä` → `ae`.
    spellings: Vec<(String, String)>,
    /// Number words that are put together in one word, and the lexeme that stands for all of them.
    solid: Option<(SolidNumbers, Lexeme)>,
}

/// One of 64 bits for a lexeme: where none is shared, no lexeme is.
fn bit(lexeme: Lexeme) -> u64 {
    1 << (lexeme % u64::BITS)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum How {
    Exact,
    Inflected,
    Prefix,
}

impl Lexicon {
    /// An empty lexicon of a language that inflects like this and spells some letters otherwise.
    pub fn new(inflection: &Inflection, spellings: &[(String, String)]) -> Self {
        Self {
            endings: inflection.endings.clone(),
            inflection: inflection.clone(),
            spellings: spellings.to_vec(),
            senses: vec![SmallVec::new()],
            goes_on: vec![0],
            ..Self::default()
        }
    }

    /// Adds one phrase with its meaning. Words ending in `*` are prefixes. Hyphens are optional, and
    /// a full stop at the end is taken along where it stands.
    pub fn add(&mut self, phrase: &str, matching: Matching, sense: Sense) {
        if self.add_plain(phrase, matching, sense) {
            return;
        }
        let mut tokens = Vec::with_capacity(4);
        let mut vocabulary = std::mem::take(&mut self.vocabulary);
        lexer::lex(phrase, &mut vocabulary, &mut tokens);
        let mut node = ROOT;
        let mut at = 0;
        while at < tokens.len() {
            let token = tokens[at];
            let text = &phrase[token.range()];
            at += 1;
            if text == "-" {
                continue;
            }
            let starred =
                tokens.get(at).is_some_and(|next| next.gap == Gap::None && &phrase[next.range()] == "*");
            let how = if starred {
                at += 1;
                How::Prefix
            } else if matching == Matching::Inflected && token.kind == TokenKind::Word {
                How::Inflected
            } else {
                How::Exact
            };
            if text == "." && at == tokens.len() && node != ROOT {
                // The phrase without its full stop means the same; with it, the stop is part of it.
                self.mean(node, sense);
            }
            let lexeme = self.lexeme(vocabulary.folded(token.word), how);
            node = self.step(node, lexeme);
        }
        if node != ROOT {
            self.mean(node, sense);
        }
        self.vocabulary = vocabulary;
    }

    /// Adds a phrase of plain words and spaces, as most are, without cutting it into tokens first.
    fn add_plain(&mut self, phrase: &str, matching: Matching, sense: Sense) -> bool {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        // Every word is looked at before the first is added: a phrase goes one way or the other.
        let is_plain = phrase.split(' ').enumerate().all(|(index, word)| {
            if index > 0 {
                folded.push(' ');
            }
            let (letters, star) = word.strip_suffix('*').map_or((word, ""), |letters| (letters, "*"));
            let is_plain = fold_plain(letters, &mut folded);
            folded.push_str(star);
            is_plain
        });
        if is_plain {
            let mut node = ROOT;
            for word in folded.split(' ') {
                let (letters, how) = match (word.strip_suffix('*'), matching) {
                    (Some(letters), _) => (letters, How::Prefix),
                    (None, Matching::Inflected) => (word, How::Inflected),
                    (None, Matching::Exact) => (word, How::Exact),
                };
                let lexeme = self.lexeme(letters, how);
                node = self.step(node, lexeme);
            }
            self.mean(node, sense);
        }
        self.folded = folded;
        is_plain
    }

    /// Gives every word that these pieces make a number of one sense.
    pub fn add_solid_numbers(&mut self, solid: SolidNumbers, sense: Sense) {
        let lexeme = self.starts.len() as Lexeme;
        self.starts.push(ROOT);
        self.inner.push(false);
        self.solid = Some((solid, lexeme));
        let node = self.step(ROOT, lexeme);
        self.mean(node, sense);
    }

    /// The value of a folded word that is a number of several words in one.
    pub fn solid_number(&self, folded: &str) -> Option<Rational> {
        self.solid.as_ref().and_then(|(solid, _)| solid.value(folded))
    }

    fn mean(&mut self, node: Node, sense: Sense) {
        let senses = &mut self.senses[node as usize];
        if !senses.contains(&sense) {
            senses.push(sense);
        }
    }

    fn step(&mut self, node: Node, lexeme: Lexeme) -> Node {
        let next = self.senses.len() as Node;
        let reached = if node == ROOT {
            let start = &mut self.starts[lexeme as usize];
            if *start == ROOT {
                *start = next;
            }
            *start
        } else {
            self.goes_on[node as usize] |= bit(lexeme);
            self.inner[lexeme as usize] = true;
            *self.edges.entry((node, lexeme)).or_insert(next)
        };
        if reached == next {
            self.senses.push(SmallVec::new());
            self.goes_on.push(0);
        }
        reached
    }

    fn lexeme(&mut self, folded: &str, how: How) -> Lexeme {
        if let Some(Some(lexeme)) = self.lexemes.get(folded).map(|by_how| by_how[how as usize]) {
            return lexeme;
        }
        let lexeme = self.starts.len() as Lexeme;
        self.starts.push(ROOT);
        self.inner.push(false);
        self.lexemes.entry(folded.into()).or_default()[how as usize] = Some(lexeme);
        self.spell(folded, how, lexeme);
        if !folded.is_ascii() {
            let plain = strip_diacritics(folded);
            if plain != folded {
                self.spell(&plain, how, lexeme);
            }
            if self.spellings.iter().any(|(letter, _)| folded.contains(letter.as_str())) {
                let respelled = self
                    .spellings
                    .iter()
                    .fold(folded.to_owned(), |text, (letter, letters)| text.replace(letter, letters));
                self.spell(&respelled, how, lexeme);
            }
        }
        lexeme
    }

    fn spell(&mut self, form: &str, how: How, lexeme: Lexeme) {
        let table = match how {
            How::Prefix => &mut self.prefixes,
            How::Exact | How::Inflected => &mut self.exact,
        };
        table.entry(form.into()).or_default().push(lexeme);
        if how == How::Inflected {
            for stem in self.inflection.stems(form) {
                match self.stems.get_mut(&*stem) {
                    Some(lexemes) => lexemes.push(lexeme),
                    None => {
                        self.stems.insert(stem.into(), LexemeList::from_elem(lexeme, 1));
                    }
                }
            }
        }
    }

    /// Every lexeme a folded word can be.
    fn look_up(&self, folded: &str, found: &mut Vec<Lexeme>) {
        // No wording has such a word, and every beginning of it would be looked up.
        if folded.len() > LONGEST_WORD {
            return;
        }
        let mut take = |lexemes: Option<&LexemeList>| {
            for &lexeme in lexemes.into_iter().flatten() {
                if !found.contains(&lexeme) {
                    found.push(lexeme);
                }
            }
        };
        take(self.exact.get(folded));
        if let Some((solid, lexeme)) = &self.solid
            && solid.value(folded).is_some()
        {
            take(Some(&LexemeList::from_elem(*lexeme, 1)));
        }
        if !self.stems.is_empty() {
            for ending in &self.endings {
                if let Some(stem) = folded.strip_suffix(ending.as_str()) {
                    take(self.stems.get(stem));
                }
            }
        }
        if !self.prefixes.is_empty() {
            for (at, c) in folded.char_indices() {
                take(self.prefixes.get(&folded[..at + c.len_utf8()]));
            }
        }
    }

    /// Finds every phrase in `tokens`; hits come in order of their first token, longest first.
    pub fn scan(&self, tokens: &[Token], vocabulary: &Vocabulary, memo: &mut Memo, hits: &mut impl TakeHits) {
        let mut found = std::mem::take(&mut memo.found);
        for start in 0..tokens.len() {
            let lexemes = memo.lexemes(self, vocabulary, tokens[start].word);
            if !lexemes.starts {
                continue;
            }
            // Most words begin no phrase, or none that the next word goes on with: what they mean alone is
            // remembered with them.
            if lexemes.goes_on == 0 || !self.may_go_on(lexemes.goes_on, tokens, start + 1, vocabulary, memo) {
                let senses = &memo.senses[lexemes.first_sense as usize..lexemes.last_sense as usize];
                hits.word(start, senses, lexemes.set);
                continue;
            }
            found.clear();
            self.walk(ROOT, start, start, tokens, vocabulary, memo, &mut found);
            found.reverse();
            found.sort_by_key(|hit| std::cmp::Reverse(hit.len));
            hits.phrases(&found);
        }
        memo.found = found;
    }

    /// Whether a phrase can go on with a token: as one of the lexemes of these bits, or over a hyphen.
    #[inline]
    fn may_go_on(
        &self,
        bits: u64,
        tokens: &[Token],
        at: usize,
        vocabulary: &Vocabulary,
        memo: &mut Memo,
    ) -> bool {
        tokens.get(at).is_some_and(|token| {
            memo.lexemes(self, vocabulary, token.word).inner & bits != 0
                || (token.kind == TokenKind::Symbol && token.gap == Gap::None)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "one step of the walk, called from itself and `scan` only")]
    fn walk(
        &self,
        node: Node,
        start: usize,
        at: usize,
        tokens: &[Token],
        vocabulary: &Vocabulary,
        memo: &mut Memo,
        hits: &mut Vec<Hit>,
    ) {
        let Some(token) = tokens.get(at) else { return };
        if at > start && token.gap == Gap::Paragraph {
            return;
        }
        let range = memo.lexemes(self, vocabulary, token.word);
        let can_be_here =
            if node == ROOT { range.starts } else { range.inner & self.goes_on[node as usize] != 0 };
        for index in if can_be_here { range.start..range.end } else { 0..0 } {
            let lexeme = memo.flat[index as usize];
            let next = if node == ROOT {
                self.starts[lexeme as usize]
            } else if self.goes_on[node as usize] & bit(lexeme) == 0 {
                // The table of edges is large, and most of it far from the processor.
                ROOT
            } else {
                self.edges.get(&(node, lexeme)).copied().unwrap_or(ROOT)
            };
            if next == ROOT {
                continue;
            }
            for &sense in &self.senses[next as usize] {
                let len = (at + 1 - start) as u32;
                let hit = Hit { token: start as u32, len, sense };
                if !hits.iter().any(|other| other.len == len && other.sense == sense) {
                    hits.push(hit);
                }
            }
            if self.goes_on[next as usize] != 0 {
                self.walk(next, start, at + 1, tokens, vocabulary, memo, hits);
            }
        }
        // A hyphen inside a phrase is skipped: "sexta-feira" is "sexta feira".
        if node != ROOT && token.kind == TokenKind::Symbol && token.gap == Gap::None {
            let raw = vocabulary.raw(token.word);
            let word_follows = tokens.get(at + 1).is_some_and(|next| next.kind != TokenKind::Symbol);
            if word_follows && matches!(raw, "-" | "\u{2010}" | "\u{2011}") {
                self.walk(node, start, at + 1, tokens, vocabulary, memo, hits);
            }
        }
    }
}

/// What each distinct word can be, by [`WordId`]; filled as words are met.
#[derive(Default)]
pub struct Memo {
    by_word: Vec<Option<Lexemes>>,
    flat: Vec<Lexeme>,
    senses: Vec<Sense>,
    buffer: Vec<Lexeme>,
    /// What begins at one token.
    found: Vec<Hit>,
}

#[derive(Clone, Copy)]
struct Lexemes {
    start: u32,
    end: u32,
    /// Some phrase begins with one of them.
    starts: bool,
    /// Bits of those with which some phrase goes on, by [`bit`].
    inner: u64,
    /// Bits of the lexemes with which phrases go on that begin with one of them.
    goes_on: u64,
    /// What they mean alone.
    first_sense: u32,
    last_sense: u32,
    set: SenseSet,
}

impl Memo {
    #[inline]
    fn lexemes(&mut self, lexicon: &Lexicon, vocabulary: &Vocabulary, word: WordId) -> Lexemes {
        if let Some(Some(lexemes)) = self.by_word.get(word.0 as usize) {
            return *lexemes;
        }
        self.fill(lexicon, vocabulary, word)
    }

    #[cold]
    fn fill(&mut self, lexicon: &Lexicon, vocabulary: &Vocabulary, word: WordId) -> Lexemes {
        if self.by_word.len() <= word.0 as usize {
            self.by_word.resize(vocabulary.len().max(word.0 as usize + 1), None);
        }
        self.buffer.clear();
        let folded = vocabulary.folded(word);
        lexicon.look_up(folded, &mut self.buffer);
        let start = self.flat.len() as u32;
        self.flat.extend_from_slice(&self.buffer);
        let starts = self.buffer.iter().any(|&lexeme| lexicon.starts[lexeme as usize] != ROOT);
        let nodes =
            self.buffer.iter().map(|&lexeme| lexicon.starts[lexeme as usize]).filter(|&node| node != ROOT);
        let goes_on = nodes.clone().fold(0, |bits, node| bits | lexicon.goes_on[node as usize]);
        let first_sense = self.senses.len();
        for sense in nodes.flat_map(|node| &lexicon.senses[node as usize]) {
            if !self.senses[first_sense..].contains(sense) {
                self.senses.push(*sense);
            }
        }
        // In the order in which a walk finds them.
        self.senses[first_sense..].reverse();
        let lexemes = Lexemes {
            start,
            end: self.flat.len() as u32,
            starts,
            inner: self
                .buffer
                .iter()
                .filter(|&&lexeme| lexicon.inner[lexeme as usize])
                .fold(0, |bits, &lexeme| bits | bit(lexeme)),
            goes_on,
            first_sense: first_sense as u32,
            last_sense: self.senses.len() as u32,
            set: self.senses[first_sense..]
                .iter()
                .fold(SenseSet::NONE, |set, &sense| set | SenseSet::from(sense)),
        };
        self.by_word[word.0 as usize] = Some(lexemes);
        lexemes
    }
}
