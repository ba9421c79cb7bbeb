//! Every distinct word of a run, once: its folded form, its shape, its script.
//!
//! Folding is what makes two spellings of one word the same string: NFC, lower case, one kind of
//! apostrophe, no invisible characters, and letters of the other script that only look right brought
//! back. It is done once per distinct word, never over a story.

use std::hash::Hasher;

use hashbrown::HashTable;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexer::TokenKind;
use crate::letters;

/// A distinct word of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordId(pub u32);

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// `word`
    Lower,
    /// `Word`
    Capital,
    /// `WORD`, two letters or more
    Upper,
    /// `McCartney`, `iPhone`
    Mixed,
    /// Letters without case, digits, symbols.
    Caseless,
}

/// The script a word's letters are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    Latin,
    Cyrillic,
    Greek,
    /// Any other script, by the first letter's block of 256 code points.
    Other(u16),
    /// Digits and symbols.
    None,
}

impl Script {
    /// The script of one letter.
    pub fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Self::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Self::Greek,
            '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' => Self::Cyrillic,
            // One block name for what is written together: the kana with the ideographs.
            '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => Self::Other(0x4e),
            '\u{ac00}'..='\u{d7af}' => Self::Other(0xac),
            _ if c.is_alphabetic() => Self::Other((c as u32 >> 8) as u16),
            _ => Self::None,
        }
    }

    /// The script of that English name, lower case, as language packs give it.
    pub fn by_name(name: &str) -> Self {
        let letter = match name {
            "latin" => return Self::Latin,
            "cyrillic" => return Self::Cyrillic,
            "greek" => return Self::Greek,
            "armenian" => 'Ա',
            "hebrew" => 'א',
            "arabic" => 'ا',
            "devanagari" => 'अ',
            "bengali" => 'অ',
            "tamil" => 'அ',
            "thai" => 'ก',
            "georgian" => 'ა',
            "ethiopic" => 'አ',
            "hangul" => '가',
            "han" | "japanese" => '中',
            _ => return Self::None,
        };
        Self::of(letter)
    }

    /// The script of a text's first letter.
    pub fn of_text(text: &str) -> Self {
        text.chars().map(Self::of).find(|script| *script != Self::None).unwrap_or(Self::None)
    }
}

/// What is known of one distinct word, whatever the language.
#[derive(Clone, Debug)]
pub struct Word {
    /// As it stands in the copy.
    raw: Box<str>,
    /// Folded for comparison, where that changes it.
    folded: Option<Box<str>>,
    pub shape: Shape,
    pub script: Script,
    pub kind: TokenKind,
    /// Letters of two scripts stand in it; `folded` has them all in the script of most.
    pub mixed_scripts: bool,
}

impl Word {
    /// Folded for comparison.
    #[inline]
    pub fn folded(&self) -> &str {
        self.folded.as_deref().unwrap_or(&self.raw)
    }
}

/// The words of a run.
#[derive(Default)]
pub struct Vocabulary {
    words: Vec<Word>,
    /// Words of up to sixteen bytes, nearly all there are, by their bytes.
    short: HashTable<ShortWord>,
    /// The others, by id.
    long: HashTable<u32>,
    /// The ids of ASCII symbols, by their byte: they are met too often to be looked up.
    symbols: Vec<Option<(WordId, Shape)>>,
}

/// A word's bytes in two numbers, so that two words are compared without looking at either's text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Bytes {
    first: u64,
    last: u64,
    len: u8,
}

struct ShortWord {
    bytes: Bytes,
    shape: Shape,
    id: u32,
}

impl Bytes {
    /// The first and the last eight bytes, or four, which meet or overlap; of three or fewer, each one.
    #[inline]
    fn of(raw: &[u8]) -> Option<Self> {
        let len = raw.len();
        let (first, last) = if let (Some(first), Some(last)) = (raw.first_chunk::<8>(), raw.last_chunk::<8>())
        {
            if len > 16 {
                return None;
            }
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (raw.first_chunk::<4>(), raw.last_chunk::<4>()) {
            (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
        } else {
            let byte = |at: usize| u64::from(raw.get(at).copied().unwrap_or(0));
            (byte(0) | byte(1) << 8, byte(2))
        };
        Some(Self { first, last, len: len as u8 })
    }

    /// Both halves of a product of two words, each mixed with a constant of random bits, as wyhash does.
    #[inline]
    fn hash(self) -> u64 {
        let first = self.first ^ 0xa076_1d64_78bd_642f;
        let last = self.last ^ 0xe703_7ed1_a0b4_28db ^ u64::from(self.len);
        let product = u128::from(first) * u128::from(last);
        (product as u64) ^ (product >> 64) as u64
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

impl Vocabulary {
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of a word as written, and its shape; it is folded if it was not met before.
    #[inline]
    pub fn intern(&mut self, raw: &str, kind: TokenKind) -> (WordId, Shape) {
        if kind == TokenKind::Symbol
            && let &[byte] = raw.as_bytes()
        {
            return self.symbol(byte, raw);
        }
        let Some(bytes) = Bytes::of(raw.as_bytes()) else { return self.intern_long(raw, kind) };
        let hash = bytes.hash();
        if let Some(known) = self.short.find(hash, |known| known.bytes == bytes) {
            return (WordId(known.id), known.shape);
        }
        let (id, shape) = self.add(raw, kind);
        self.short.insert_unique(hash, ShortWord { bytes, shape, id: id.0 }, |known| known.bytes.hash());
        (id, shape)
    }

    fn intern_long(&mut self, raw: &str, kind: TokenKind) -> (WordId, Shape) {
        let hash = hash(raw);
        let is_same = |&id: &u32| self.words.get(id as usize).is_some_and(|word| *word.raw == *raw);
        if let Some(&id) = self.long.find(hash, is_same) {
            return (WordId(id), self.word(WordId(id)).shape);
        }
        let (id, shape) = self.add(raw, kind);
        let Self { words, long, .. } = self;
        long.insert_unique(hash, id.0, |&other| {
            words.get(other as usize).map_or(0, |word| self::hash(&word.raw))
        });
        (id, shape)
    }

    fn symbol(&mut self, byte: u8, raw: &str) -> (WordId, Shape) {
        if let Some(Some(known)) = self.symbols.get(byte as usize) {
            return *known;
        }
        let known = self.add(raw, TokenKind::Symbol);
        if self.symbols.is_empty() {
            self.symbols = vec![None; 128];
        }
        if let Some(slot) = self.symbols.get_mut(byte as usize) {
            *slot = Some(known);
        }
        known
    }

    #[cold]
    fn add(&mut self, raw: &str, kind: TokenKind) -> (WordId, Shape) {
        let id = self.words.len() as u32;
        let folding = fold_word(raw);
        let folded = (folding.folded != raw).then(|| folding.folded.into_boxed_str());
        let script = Script::of_text(folded.as_deref().unwrap_or(raw));
        let shape = shape(raw);
        self.words.push(Word {
            raw: raw.into(),
            folded,
            shape,
            script,
            kind,
            mixed_scripts: folding.mixed_scripts,
        });
        (WordId(id), shape)
    }

    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id.0 as usize]
    }

    /// The word folded for comparison.
    #[inline]
    pub fn folded(&self, id: WordId) -> &str {
        self.word(id).folded()
    }

    /// The word as written.
    #[inline]
    pub fn raw(&self, id: WordId) -> &str {
        &self.word(id).raw
    }

    /// How many distinct words there are; ids are below this.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A folded word.
pub struct Folding {
    pub folded: String,
    pub mixed_scripts: bool,
}

/// Folds one word: NFC, lower case, plain apostrophes, no invisible characters, one script.
pub fn fold_word(raw: &str) -> Folding {
    if raw.is_ascii() {
        return Folding { folded: raw.to_ascii_lowercase(), mixed_scripts: false };
    }
    let mut folded = String::with_capacity(raw.len());
    if fold_plain(raw, &mut folded) {
        return Folding { folded, mixed_scripts: false };
    }
    fold_fully(raw)
}

fn fold_fully(raw: &str) -> Folding {
    let mut folded = String::with_capacity(raw.len());
    let (mut latin, mut cyrillic) = (0, 0);
    for c in raw.nfc() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            // The acute that dictionaries and encyclopedias put on a stressed Cyrillic vowel.
            '\u{301}' | '\u{300}' => {}
            '\u{2019}' | '\u{2bc}' | '\u{ff07}' | '\u{2018}' | '\u{60}' | '\u{b4}' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            _ => {
                match Script::of(c) {
                    Script::Latin => latin += 1,
                    Script::Cyrillic => cyrillic += 1,
                    _ => {}
                }
                // The final sigma is the same letter as the other.
                folded.extend(
                    c.to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c }).filter(|&c| c != '\u{307}'),
                );
            }
        }
    }
    if latin == 0 || cyrillic == 0 {
        return Folding { folded, mixed_scripts: false };
    }
    let to_cyrillic = cyrillic >= latin;
    let folded = folded.chars().map(|c| look_alike(c, to_cyrillic)).collect();
    Folding { folded, mixed_scripts: true }
}

/// Appends the folded form of a word of plain letters of one script, which needs nothing but lower case;
/// says whether it is one. Most words of rules and sheets are, and full folding costs ten times as much.
pub fn fold_plain(raw: &str, folded: &mut String) -> bool {
    let (mut latin, mut cyrillic) = (false, false);
    for c in raw.chars() {
        match c {
            'a'..='z' | 'à'..='ö' | 'ø'..='ÿ' => latin = true,
            'A'..='Z' | 'À'..='Ö' | 'Ø'..='ß' => latin = true,
            'Ѐ'..='џ' => cyrillic = true,
            _ => return false,
        }
        folded.extend(c.to_lowercase());
    }
    latin != cyrillic
}

/// Lower-case letters that look the same in Latin and Cyrillic (Unicode's confusables, both ways).
const LOOK_ALIKES: [(char, char); 14] = [
    ('a', 'а'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('c', 'с'),
    ('y', 'у'),
    ('x', 'х'),
    ('i', 'і'),
    ('j', 'ј'),
    ('s', 'ѕ'),
    ('k', 'к'),
    ('m', 'м'),
    ('t', 'т'),
    ('h', 'н'),
];

fn look_alike(c: char, to_cyrillic: bool) -> char {
    LOOK_ALIKES
        .iter()
        .find_map(|&(latin, cyrillic)| match to_cyrillic {
            true if c == latin => Some(cyrillic),
            false if c == cyrillic => Some(latin),
            _ => None,
        })
        .unwrap_or(c)
}

/// A folded word without its diacritics: for scripts where copy drops them. Cyrillic stays whole, as
/// its й and ї are letters, not accents.
pub fn strip_diacritics(folded: &str) -> String {
    if folded.is_ascii() || Script::of_text(folded) != Script::Latin {
        return folded.to_owned();
    }
    let mut plain = String::with_capacity(folded.len());
    for c in folded.nfd().filter(|&c| !is_combining_mark(c)) {
        match letters::plain(c) {
            Some(written) => plain.push_str(written),
            None => plain.push(c),
        }
    }
    plain
}

fn shape(raw: &str) -> Shape {
    let mut first_upper = None;
    let (mut upper, mut lower) = (0u32, 0u32);
    for c in raw.chars() {
        let case = if c.is_uppercase() {
            upper += 1;
            true
        } else if c.is_lowercase() {
            lower += 1;
            false
        } else {
            continue;
        };
        first_upper.get_or_insert(case);
    }
    match (first_upper, upper, lower) {
        (None, ..) => Shape::Caseless,
        (Some(true), 1, _) => Shape::Capital,
        (Some(true), _, 0) => Shape::Upper,
        (Some(false), 0, _) => Shape::Lower,
        _ => Shape::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_letters_fold_the_same_the_short_way() {
        let mut plain = 0;
        for c in ('\0'..='\u{5ff}').filter(|c| c.is_alphabetic()) {
            for word in [format!("{c}"), format!("a{c}"), format!("{c}б")] {
                let mut short = String::new();
                if fold_plain(&word, &mut short) {
                    let fully = fold_fully(&word);
                    assert_eq!((short, false), (fully.folded, fully.mixed_scripts), "{word}");
                    plain += 1;
                }
            }
        }
        assert!(plain > 300, "{plain}");
    }
}
