//! The small words around a date: looked up by text, only beside a word that makes a date.
//!
//! They stay out of the lexicon because words such as "of" and "on" stand everywhere: each would be a
//! hit at every place of a story.

use rustc_hash::FxHashMap;

use super::SmallWords;
use super::date_words::DateWords;
use crate::reading::lexer::{self, Gap};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Vocabulary, fold_word, strip_diacritics};

/// What a small word says of the date beside it; see the fields of [`DateWords`] of the same names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRole {
    Weak,
    Capital,
    Lower,
    Suffix,
    One,
    Link,
    Lead,
    MonthLead,
    YearLead,
    YearTrail,
    DayLead,
    DayTrail,
    Since,
    SaysWhich,
    Follower,
    AgoBefore,
    AgoAfter,
    AheadBefore,
    AheadAfter,
    LaterBefore,
    LaterAfter,
    EarlierBefore,
    EarlierAfter,
    After,
    Before,
    Shift(i8),
    ShiftAfter(i8),
    Nearest(i8),
    NearestAfter(i8),
    From,
    Between,
    To,
    And,
    Published,
}

#[derive(Clone, Debug)]
struct Phrase {
    /// Its words, folded, in the order of the text.
    words: Vec<Box<str>>,
    role: DateRole,
}

/// The small words of one language.
#[derive(Clone, Debug, Default)]
pub struct DatePhrases {
    phrases: Vec<Phrase>,
    /// Phrases by their first word, longest first.
    by_first: FxHashMap<Box<str>, Vec<u32>>,
    /// Phrases by their last word, longest first.
    by_last: FxHashMap<Box<str>, Vec<u32>>,
}

impl DatePhrases {
    pub(super) fn new(words: &DateWords) -> Self {
        use DateRole::*;
        let lists: [(&[String], DateRole); 30] = [
            (&words.weak, Weak),
            (&words.capital, Capital),
            (&words.lower, Lower),
            (&words.suffixes, Suffix),
            (&words.one, One),
            (&words.link, Link),
            (&words.lead, Lead),
            (&words.month_lead, MonthLead),
            (&words.year_lead, YearLead),
            (&words.year_trail, YearTrail),
            (&words.day_lead, DayLead),
            (&words.day_trail, DayTrail),
            (&words.since, Since),
            (&words.says_which, SaysWhich),
            (&words.followers, Follower),
            (&words.ago.before, AgoBefore),
            (&words.ago.after, AgoAfter),
            (&words.ahead.before, AheadBefore),
            (&words.ahead.after, AheadAfter),
            (&words.later.before, LaterBefore),
            (&words.later.after, LaterAfter),
            (&words.earlier.before, EarlierBefore),
            (&words.earlier.after, EarlierAfter),
            (&words.after, After),
            (&words.before, Before),
            (&words.from, From),
            (&words.between, Between),
            (&words.to, To),
            (&words.and, And),
            (&words.published, Published),
        ];
        let mut all = Self::default();
        for (list, role) in lists {
            all.add(list, role);
        }
        type Make = fn(i8) -> DateRole;
        for (table, make) in [
            (&words.shift, Shift as Make),
            (&words.shift_after, ShiftAfter),
            (&words.nearest, Nearest),
            (&words.nearest_after, NearestAfter),
        ] {
            for (&by, list) in table {
                all.add(list, make(by));
            }
        }
        let Self { phrases, by_first, by_last } = &mut all;
        for list in by_first.values_mut().chain(by_last.values_mut()) {
            list.sort_by_key(|&at| std::cmp::Reverse(phrases[at as usize].words.len()));
        }
        all
    }

    fn add(&mut self, list: &[String], role: DateRole) {
        for text in list {
            let mut tokens = Vec::new();
            lexer::lex(text, &mut Vocabulary::new(), &mut tokens);
            let words: Vec<Box<str>> =
                tokens.iter().map(|token| fold_word(&text[token.range()]).folded.into()).collect();
            // Copy drops diacritics: "atras".
            let plain: Vec<Box<str>> = words.iter().map(|word| strip_diacritics(word).into()).collect();
            if plain != words {
                self.add_words(plain, role);
            }
            self.add_words(words, role);
        }
    }

    fn add_words(&mut self, words: Vec<Box<str>>, role: DateRole) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let at = self.phrases.len() as u32;
        self.by_first.entry(first.clone()).or_default().push(at);
        self.by_last.entry(last.clone()).or_default().push(at);
        self.phrases.push(Phrase { words, role });
    }

    /// Whether some phrase begins with a folded word.
    pub fn has_beginning(&self, folded: &str) -> bool {
        self.by_first.contains_key(folded)
    }

    /// Whether some phrase ends with a folded word.
    pub fn has_end(&self, folded: &str) -> bool {
        self.by_last.contains_key(folded)
    }

    /// The longest phrase that begins at a token and that `pick` accepts: how many tokens it has, and
    /// what `pick` made of it.
    pub fn at<T>(
        &self,
        scan: &Scan<'_>,
        token: usize,
        pick: impl Fn(DateRole) -> Option<T>,
    ) -> Option<(usize, T)> {
        if !scan.small_words(token).is(SmallWords::BEGINS_DATE_PHRASE) {
            return None;
        }
        self.by_first.get(scan.folded(token))?.iter().find_map(|&at| {
            let phrase = self.phrases.get(at as usize)?;
            let role = pick(phrase.role)?;
            self.stands(scan, token, phrase).then_some((phrase.words.len(), role))
        })
    }

    /// The longest phrase that ends just before a token.
    pub fn before<T>(
        &self,
        scan: &Scan<'_>,
        token: usize,
        pick: impl Fn(DateRole) -> Option<T>,
    ) -> Option<(usize, T)> {
        let last = token.checked_sub(1)?;
        if scan.gap(token) == Gap::Paragraph {
            return None;
        }
        if !scan.small_words(last).is(SmallWords::ENDS_DATE_PHRASE) {
            return None;
        }
        self.by_last.get(scan.folded(last))?.iter().find_map(|&at| {
            let phrase = self.phrases.get(at as usize)?;
            let role = pick(phrase.role)?;
            let start = token.checked_sub(phrase.words.len())?;
            self.stands(scan, start, phrase).then_some((phrase.words.len(), role))
        })
    }

    fn stands(&self, scan: &Scan<'_>, token: usize, phrase: &Phrase) -> bool {
        phrase.words.iter().enumerate().all(|(at, word)| {
            scan.folded(token + at) == &**word && (at == 0 || scan.gap(token + at) < Gap::Paragraph)
        })
    }
}
