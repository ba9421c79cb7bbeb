//! A long name and the abbreviation beside it, as a pair: "National Security Committee (KNB)".
//!
//! Names of organizations are built of a few words that all of them share, so a mistaken one is found by its
//! words and never by its letters; and only where an abbreviation stands beside it, which says who is meant.

pub mod bodies;
mod phrase;
mod wording;

use std::ops::Range;

use phrase::Phrase;

use super::long_names::{Content, LETTERS, LongName, LongNames, abbreviations, shared};
use super::near_abbreviation::initials_from;
use crate::checks::case::{Case, Draft, Reporter};
use crate::language::Marker;
use crate::language::sense::Sense;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Shape, fold_word, strip_diacritics};
use crate::sheet::model::Member;
use crate::sheet::{FormKind, Kind, MemberId};

/// A long name has no more tokens than this.
const LONGEST: usize = 12;
/// A name that shares this much of its words with the one meant is that one garbled, whatever stands before.
const MOSTLY: f64 = 0.5;
/// A name that shares so much is that one garbled, even where the abbreviation fits its own initials.
const NEARLY_ALL: f64 = 0.75;
/// Without an abbreviation that says who is meant, this much must be shared.
const MIXED_UP: f64 = 0.6;

/// A pair as it stands in the copy.
struct Pair<'a> {
    /// Tokens among which the long name is: up to the bracket, or all of what is in it.
    around: Range<usize>,
    /// The long name stands in the brackets, and begins where they do.
    bracketed: bool,
    abbreviation: &'a str,
    /// Tokens of the pair's other end: the brackets, or the abbreviation before them.
    other: Range<usize>,
}

/// Reports pairs of which one does not belong to the other.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let pairs = pairs(case.read.scan);
    if pairs.is_empty() {
        return;
    }
    let names = case.index.long_names(case.sheet);
    if names.names.is_empty() {
        return;
    }
    for pair in &pairs {
        let checker = Checker { case, names, pair };
        if let Some(draft) = checker.judge() {
            reporter.report(draft);
        }
    }
}

/// Every "… (ABC)" and "ABC (…)" of a text.
fn pairs<'a>(scan: &Scan<'a>) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    for (at, token) in scan.tokens.iter().enumerate() {
        if token.kind != TokenKind::Symbol || !scan.is_symbol(at, "(") {
            continue;
        }
        if let Some(end) = abbreviation_behind(scan, at + 1)
            && scan.is_symbol(end, ")")
            && at > 0
        {
            let around = at.saturating_sub(LONGEST)..at;
            let abbreviation = scan.text_of(at + 1, end);
            pairs.push(Pair { around, bracketed: false, abbreviation, other: at..end + 1 });
            continue;
        }
        let Some(start) =
            (at.saturating_sub(2)..at).find(|&start| abbreviation_behind(scan, start) == Some(at))
        else {
            continue;
        };
        let Some(end) = (at + 2..at + 2 + LONGEST).find(|&end| scan.is_symbol(end, ")")) else { continue };
        let abbreviation = scan.text_of(start, at);
        pairs.push(Pair { around: at + 1..end, bracketed: true, abbreviation, other: start..at });
    }
    pairs
}

/// The token behind an abbreviation that begins at a token: a word of capitals, perhaps with a number (G7).
fn abbreviation_behind(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let word = scan.word(at).filter(|word| word.kind == TokenKind::Word)?;
    let has_number = scan.kind(at + 1) == Some(TokenKind::Number) && scan.gap(at + 1) == Gap::None;
    let is_upper = word.shape == Shape::Upper || (has_number && word.shape == Shape::Capital);
    let end = at + 1 + usize::from(has_number);
    (is_upper && LETTERS.contains(&scan.text_of(at, end).chars().count())).then_some(end)
}

struct Checker<'c, 'a> {
    case: &'c Case<'a>,
    names: &'c LongNames,
    pair: &'c Pair<'a>,
}

impl<'a> Checker<'_, 'a> {
    fn judge(&self) -> Option<Draft<'a>> {
        let owners = self.owners();
        if let Some(named) = self.named() {
            return self.judge_right_name(named, &owners);
        }
        let phrases = self.phrases();
        match owners[..] {
            [owner] => self.judge_near_name(owner, &phrases),
            // An abbreviation of two organizations says not which is meant.
            [_, _, ..] => None,
            [] => self.judge_unknown(&phrases),
        }
    }

    /// The members that have the abbreviation in any language.
    fn owners(&self) -> Vec<MemberId> {
        let written = fold_word(self.pair.abbreviation).folded;
        let mut owners = self.names.owners_of(&written).to_vec();
        // Another script's abbreviation, letter by letter in this one, is found by the recogniser.
        let token = if self.pair.bracketed { self.pair.other.start } else { self.pair.other.start + 1 };
        for name in self.case.names_in(&(token..token + 1)) {
            let is_organization =
                self.member(name.member).is_some_and(|member| member.kind == Kind::Organization);
            if is_organization && name.kind == FormKind::Abbreviation && !owners.contains(&name.member) {
                owners.push(name.member);
            }
        }
        owners
    }

    fn member(&self, id: MemberId) -> Option<&'a Member> {
        self.case.sheet.cast.get(id.0 as usize)
    }

    /// The organization whose name, in any form, stands where the long name does.
    fn named(&self) -> Option<(MemberId, Range<usize>)> {
        let around = &self.pair.around;
        self.case
            .names_in(around)
            .iter()
            .filter(|name| {
                name.tokens.end == around.end
                    && (!self.pair.bracketed || self.starts_bracket(name.tokens.start))
                    && name.kind != FormKind::Adjective
                    && !self.is_part_of_longer(name.tokens.start)
            })
            .map(|name| (name.member, name.tokens.clone()))
            .next()
    }

    /// A word that names of the sheet are built of stands right before: "National Security Council" is not
    /// the Security Council.
    fn is_part_of_longer(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        let Some(before) = at.checked_sub(1).filter(|_| scan.gap(at) <= Gap::Narrow) else { return false };
        let Some(word) = scan.word(before).filter(|word| word.kind == TokenKind::Word) else { return false };
        let one =
            Content { folded: strip_diacritics(scan.folded(before)), is_lower: word.shape == Shape::Lower };
        word.shape == Shape::Capital && self.is_word_of_names(&one)
    }

    /// Nothing but an article stands between the bracket and the token.
    fn starts_bracket(&self, at: usize) -> bool {
        let start = self.pair.around.start;
        (start..at).all(|before| self.has_marker(before, Marker::Definite)) && at <= start + 1
    }

    fn has_marker(&self, at: usize, marker: Marker) -> bool {
        self.case.read.scan.hits_at(at).iter().any(|hit| hit.sense == Sense::Clause(marker))
    }

    /// A right long name, or one that the other rules judge: its abbreviation may be somebody else's.
    fn judge_right_name(&self, named: (MemberId, Range<usize>), owners: &[MemberId]) -> Option<Draft<'a>> {
        let (id, tokens) = named;
        let member = self.member(id)?;
        if member.kind != Kind::Organization || owners.contains(&id) {
            return None;
        }
        let own = self.abbreviation_of(member);
        let [owner] = owners else {
            // Nobody's: a slip of its own abbreviation, or one that the sheet does not know.
            let own = own?;
            let language = self.case.read.scan.language.pack.language.as_str();
            // Where the sheet says what the language's abbreviation is, one that is like it is wrong even if
            // it is made of the name's own initials.
            let is_said = own.language.as_deref() == Some(language);
            let is_slip = is_slip(&own.text, self.pair.abbreviation)
                || (is_like(&own.text, self.pair.abbreviation)
                    && (is_said
                        || (self.has_initials(&tokens, &own.text)
                            && !self.has_initials(&tokens, self.pair.abbreviation))));
            return (owners.is_empty() && is_slip)
                .then(|| self.draft(tokens, member, self.pair_of(member, None), true));
        };
        // "The finance ministry (SPD)" tells the minister's party; only where the name has an abbreviation
        // of its own, or the two names are near, is one taken for the other.
        let is_near = || {
            self.forms_of(id)
                .any(|one| self.forms_of(*owner).any(|other| shared(&one.content, &other.content) > 0))
        };
        match own {
            Some(own) => Some(self.draft(tokens, member, self.pair_of(member, Some(own)), true)),
            None if is_near() => {
                let owner = self.member(*owner)?;
                Some(self.draft(tokens, owner, self.pair_of(owner, None), true))
            }
            None => None,
        }
    }

    /// The abbreviation says who is meant, and the long name is nearly that one's.
    fn judge_near_name(&self, owner: MemberId, phrases: &[Phrase]) -> Option<Draft<'a>> {
        // A part of the name, or its words in another order, is a short way to say it.
        let likeness = |phrase: &Phrase| -> (f64, bool) {
            self.forms_of(owner)
                .map(|name| {
                    let shared = shared(&phrase.content, &name.content);
                    let longer = phrase.content.len().max(name.content.len()).max(1);
                    // All of the name with more around it is somebody or something of that body's.
                    let is_right = shared == phrase.content.len() || shared == name.content.len();
                    (shared as f64 / longer as f64, is_right)
                })
                .fold((0.0, false), |(most, whole), (likeness, all)| (f64::max(most, likeness), whole || all))
        };
        let judged: Vec<(f64, bool, &Phrase)> = phrases
            .iter()
            .map(|phrase| {
                let (likeness, whole) = likeness(phrase);
                (likeness, whole, phrase)
            })
            .collect();
        let (most, whole, best) =
            judged.iter().max_by(|a, b| a.0.total_cmp(&b.0).then(a.2.tokens.len().cmp(&b.2.tokens.len())))?;
        if *most == 0.0 || *whole || best.content.len() < 2 {
            return None;
        }
        // "German Social Democrats (SPD)": most of the name, and whose it is before it.
        if judged.iter().any(|(likeness, whole, phrase)| {
            *whole && likeness >= most && *likeness > MOSTLY && !self.is_behind_small(phrase.tokens.start)
        }) {
            return None;
        }
        if *most < MOSTLY {
            // "The secretary-general of the Organization (OTSC)": what stands nearest is right as it is. And
            // one word of many is shared by titles of people; names that are put together have a small word.
            let is_right_nearby = judged.iter().any(|(_, whole, _)| *whole);
            if is_right_nearby || self.pair.bracketed || !self.is_put_together(best) {
                return None;
            }
        }
        if *most < NEARLY_ALL && self.are_initials(best) {
            return None;
        }
        let member = self.member(owner)?;
        Some(self.draft(best.tokens.clone(), member, None, false))
    }

    /// Neither is known as it stands: a name mixed up of those of the sheet, with an abbreviation that is
    /// nearly the name's own initials. Where they are its initials, it is another body's name.
    fn judge_unknown(&self, phrases: &[Phrase]) -> Option<Draft<'a>> {
        let longest = phrases.iter().max_by_key(|phrase| phrase.tokens.len())?;
        let is_of_the_sheet = longest.content.iter().all(|word| self.is_word_of_names(word));
        if longest.content.len() < 3 || !is_of_the_sheet || !self.is_nearly_initials(longest) {
            return None;
        }
        let mut best: Option<(f64, &LongName)> = None;
        for name in &self.names.names {
            let Some(member) = self.member(name.member) else { continue };
            if self.abbreviation_of(member).is_none() {
                continue;
            }
            let shared = shared(&longest.content, &name.content);
            let likeness = shared as f64 / longest.content.len().max(name.content.len()) as f64;
            if shared == longest.content.len() {
                return None;
            }
            if likeness >= MIXED_UP && best.as_ref().is_none_or(|(most, _)| likeness > *most) {
                best = Some((likeness, name));
            }
        }
        let member = self.member(best?.1.member)?;
        Some(self.draft(longest.tokens.clone(), member, self.pair_of(member, None), true))
    }

    /// The words as they stand in the copy have these letters as their initials.
    fn has_initials(&self, tokens: &Range<usize>, letters: &str) -> bool {
        let letters = strip_diacritics(&fold_word(letters).folded);
        initials_from(self.case.read.scan, tokens.start, &letters) == Some(tokens.end)
    }

    fn forms_of(&self, id: MemberId) -> impl Iterator<Item = &LongName> {
        self.names.names.iter().filter(move |name| name.member == id)
    }
}

/// One letter of a short abbreviation mistaken, its letters in another order, or another number behind them.
fn is_like(right: &str, written: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let letters = |text: &'_ str| text.trim_end_matches(is_digit).to_owned();
    if right.ends_with(is_digit) && written.ends_with(is_digit) {
        return letters(right) == letters(written);
    }
    let (mut right, mut written): (Vec<char>, Vec<char>) =
        (right.chars().collect(), written.chars().collect());
    if right.len() != written.len() || right.len() < 3 {
        return false;
    }
    let differ = right.iter().zip(&written).filter(|(right, written)| right != written).count();
    right.sort_unstable();
    written.sort_unstable();
    differ == 1 || right == written
}

/// One letter of an abbreviation mistaken, or two that changed places.
fn is_slip(right: &str, written: &str) -> bool {
    let (right, written): (Vec<char>, Vec<char>) = (right.chars().collect(), written.chars().collect());
    if right.len() != written.len() || right.len() < 4 {
        return false;
    }
    let differ: Vec<usize> = (0..right.len()).filter(|&at| right.get(at) != written.get(at)).collect();
    match differ[..] {
        [_] => true,
        [first, second] => {
            second == first + 1
                && right.get(first) == written.get(second)
                && right.get(second) == written.get(first)
        }
        _ => false,
    }
}
