//! What a word is by itself, whatever stands around it: small words that readers ask about again and again.
//! A token carries the answer, so that nobody compares its text with a list.

use super::Language;

/// Kinds of small words, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SmallWords(u8);

impl SmallWords {
    /// Joins two numbers or two things: and.
    pub const JOINS: Self = Self(1);
    /// An indefinite article.
    pub const INDEFINITE: Self = Self(1 << 1);
    /// Stands inside of names: de, van.
    pub const PARTICLE: Self = Self(1 << 2);
    /// Some phrase around dates begins with it.
    pub const BEGINS_DATE_PHRASE: Self = Self(1 << 3);
    /// Some phrase around dates ends with it.
    pub const ENDS_DATE_PHRASE: Self = Self(1 << 4);

    #[inline]
    pub fn is(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }

    /// What a folded word is in a language.
    pub fn of(folded: &str, language: &Language) -> Self {
        let pack = &language.pack;
        let phrases = pack.dates.phrases();
        let among = |words: &[String]| words.iter().any(|word| word == folded);
        let kinds = [
            (Self::JOINS, among(&pack.hedges.connect)),
            (Self::INDEFINITE, among(&pack.dates.one)),
            (Self::PARTICLE, among(&pack.particles)),
            (Self::BEGINS_DATE_PHRASE, phrases.has_beginning(folded)),
            (Self::ENDS_DATE_PHRASE, phrases.has_end(folded)),
        ];
        kinds.iter().filter(|(_, is)| *is).fold(Self::default(), |all, (kind, _)| Self(all.0 | kind.0))
    }
}
