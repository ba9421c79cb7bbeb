//! What stands around a run that may be a name: somebody else's given name, a longer name, an address; and
//! whether a known system of romanisation writes it so.

use std::ops::Range;

use super::recognise::Recogniser;
use super::resolve::{Quality, SHORTEST_NEAR};
use super::standing::Standing;
use crate::language::Sense;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::titles::is_hyphen;
use crate::reading::vocabulary::{Shape, strip_diacritics};
use crate::sheet::{Kind, MemberId};

impl Recogniser<'_> {
    /// A hyphen joins the run to a word it does not cover: "Kim Jong-un" is no misspelt "Kim Yong-hyun".
    pub(super) fn is_cut_at_hyphen(&self, tokens: &Range<usize>) -> bool {
        let is_joined = |hyphen: usize, word: usize| {
            matches!(self.scan.raw(hyphen), "-" | "\u{2010}" | "\u{2011}")
                && self.scan.gap(hyphen) == Gap::None
                && self.scan.gap(hyphen + 1) == Gap::None
                && self.scan.kind(word) == Some(TokenKind::Word)
        };
        is_joined(tokens.end, tokens.end + 1)
            || tokens.start.checked_sub(2).is_some_and(|before| {
                is_joined(before + 1, before) && self.scan.gap(tokens.start) == Gap::None
            })
    }

    /// A hyphen joins the word to one before it: "Han Duck-soo".
    pub(super) fn is_behind_hyphen(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|hyphen| is_hyphen(self.scan, hyphen))
    }

    /// Another person's given name stands before a lone family name: that is somebody else.
    pub(super) fn is_someone_else(&mut self, at: usize, member: MemberId) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let glued_by_hyphen = matches!(self.scan.raw(before), "-") && self.scan.gap(at) == Gap::None;
        if glued_by_hyphen {
            return true;
        }
        if self.scan.kind(before) != Some(TokenKind::Word) || self.scan.gap(at) > Gap::Narrow {
            return false;
        }
        let shape = self.scan.word(before).map(|word| word.shape);
        let is_capital = match shape {
            Some(Shape::Capital | Shape::Mixed) => true,
            // In a headline of capitals every word looks like a name: there, none is taken for one.
            Some(Shape::Upper) => self.scan.word(at).is_some_and(|word| word.shape != Shape::Upper),
            _ => false,
        };
        if !is_capital || self.is_known_word(before) {
            return false;
        }
        // A word of the cast before it is a title or a country, unless it is another's given name.
        let matches = self.matches(before);
        !self.memo.flat[matches].iter().any(|found| {
            let form = &self.index.forms[found.slot.form as usize];
            let is_near = matches!(found.quality, Quality::Near { .. });
            (form.member == member && !is_near)
                || self.sheet.cast[form.member.0 as usize].kind != Kind::Person
        })
    }

    /// A capitalised word that nobody knows follows at once: another one's family name. Where nouns are
    /// capitalised a title must stand before as well.
    pub(super) fn is_given_name(&mut self, at: usize) -> bool {
        let follows = self.is_unknown_capital(at + 1, self.scan.gap(at + 1));
        let has_title = || {
            at.checked_sub(1).is_some_and(|before| {
                self.scan.hits_at(before).iter().any(|hit| matches!(hit.sense, Sense::Office(_)))
            })
        };
        follows && (!self.scan.language.pack.capitalised_nouns || has_title())
    }

    /// A lone word with a capitalised neighbour that nobody knows: part of a title or another name.
    pub(super) fn is_part_of_longer_name(&mut self, tokens: &Range<usize>) -> bool {
        let before = tokens.start.checked_sub(1);
        let gap_before = self.scan.gap(tokens.start);
        is_behind_abbreviation(self.scan, tokens.start)
            || before.is_some_and(|before| self.is_unknown_capital(before, gap_before))
            || self.is_unknown_capital(tokens.end, self.scan.gap(tokens.end))
    }

    pub(super) fn is_unknown_capital(&mut self, at: usize, gap: Gap) -> bool {
        gap <= Gap::Narrow && self.scan.is_unknown_capital(at) && self.matches(at).is_empty()
    }

    /// The word is part of a web or mail address, a handle or a tag.
    pub(super) fn is_in_address(&self, at: usize) -> bool {
        is_in_address(self.scan, at)
    }

    /// Known systems of romanisation give the words from forms of another script.
    pub(super) fn is_known_romanisation(&mut self, tokens: &Range<usize>, member: MemberId) -> bool {
        let words =
            tokens.clone().filter_map(|at| self.scan.tokens.get(at)).map(|token| token.word).collect();
        let key = (member, words);
        if let Some(&known) = self.memo.romanised.get(&key) {
            return known;
        }
        let known = self.find_romanisation(tokens, member);
        self.memo.romanised.insert(key, known);
        known
    }

    fn find_romanisation(&self, tokens: &Range<usize>, member: MemberId) -> bool {
        let written: Vec<String> = tokens
            .clone()
            .filter(|&at| self.scan.kind(at) == Some(TokenKind::Word))
            .map(|at| self.scan.language.pack.inflection.without_possessive(self.scan.folded(at)))
            .map(strip_diacritics)
            .collect();
        let is_right = |word: &str| {
            let mut right = false;
            self.index.exact(word, |slot, _| right |= self.index.forms[slot.form as usize].member == member);
            right
        };
        // A short word comes out of some other form by chance: "Saw", out of one more way to hear "Zaw".
        let is_telling = written.iter().all(|word| word.chars().count() >= SHORTEST_NEAR || is_right(word));
        let romanised: Vec<String> = self.sheet.cast[member.0 as usize]
            .forms
            .iter()
            .filter(|form| is_telling || form.preferred)
            .flat_map(|form| self.index.romanised(&form.text))
            .map(|text| strip_diacritics(&text))
            .collect();
        let words = || {
            romanised
                .iter()
                .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
                .filter(|word| !word.is_empty())
        };
        let is_in_order = || {
            romanised.iter().any(|text| {
                let words: Vec<&str> =
                    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
                words.windows(written.len()).any(|window| window.iter().eq(written.iter()))
            })
        };
        // One system for the given name and another for the family's are met as well; and where a name comes
        // from another script, its last glide is written in every way there is: Sergei, Sergey, Sergej.
        let is_other_glide = |word: &str| {
            let bare = without_glide(word);
            let own = self.index.forms_of(member).filter(|form| form.standing == Standing::Licensed);
            let mut own = own.flat_map(|form| &form.words).map(|other| strip_diacritics(other));
            bare.len() < word.len()
                && (words().any(|other| without_glide(other) == bare)
                    || own.any(|other| without_glide(&other) == bare && other.len() > bare.len()))
        };
        let is_written = |word: &str| {
            word.chars().count() >= SHORTEST_NEAR
                && (words().any(|other| other == word) || is_other_glide(word))
        };
        words().next().is_some()
            && (is_in_order()
                || (written.iter().any(|word| !is_right(word))
                    && written.iter().all(|word| is_right(word) || is_written(word))))
    }
}

/// A folded word without the letters at its end that romanisations write for one another.
fn without_glide(word: &str) -> &str {
    word.trim_end_matches(['i', 'y', 'j'])
}

/// Letters that stand for a longer name stand right before a word that has not all of its own in capitals:
/// "ISAR Germany", "I.S.A.R. Germany".
pub(super) fn is_behind_abbreviation(scan: &Scan<'_>, at: usize) -> bool {
    let is_upper = |at: usize| scan.word(at).is_some_and(|word| word.shape == Shape::Upper);
    let Some(before) = at.checked_sub(1).filter(|_| scan.gap(at) <= Gap::Narrow && !is_upper(at)) else {
        return false;
    };
    let is_initial = || {
        scan.is_symbol(before, ".")
            && scan.gap(before) == Gap::None
            && before.checked_sub(2).is_some_and(|stop| scan.is_symbol(stop, "."))
            && scan.raw(before - 1).chars().all(char::is_uppercase)
    };
    (is_upper(before) && scan.raw(before).chars().nth(2).is_some()) || is_initial()
}

/// The word is part of a web or mail address, a handle or a tag.
pub(super) fn is_in_address(scan: &Scan<'_>, at: usize) -> bool {
    const WINDOW: usize = 120;
    let Some(token) = scan.tokens.get(at) else { return false };
    let text = scan.text;
    let floor = text.floor_char_boundary((token.start as usize).saturating_sub(WINDOW));
    let ceiling = text.ceil_char_boundary((token.end as usize + WINDOW).min(text.len()));
    let head = &text[floor..token.start as usize];
    let tail = &text[token.end as usize..ceiling];
    let head = head.rsplit(char::is_whitespace).next().unwrap_or("");
    let tail = tail.split(char::is_whitespace).next().unwrap_or("");
    let dotted = |text: &str| {
        text.split('.')
            .skip(1)
            .any(|part| part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()))
    };
    head.contains("//")
        || head.contains('@')
        || head.ends_with('#')
        || tail.starts_with('@')
        || dotted(tail)
        || dotted(head)
}
