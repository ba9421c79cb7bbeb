//! One person spelled in two ways: Tokayev and Tokazhev in one piece of copy, where no sheet says who is right.
//!
//! There is no recogniser of names: a full name is two capitalised words or more beside each other, of which
//! nobody knows anything else. Only words that sound nearly alike are held against each other, and all
//! that may part two people, or two forms of one word, keeps the check silent.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Copy;
use crate::checks::case::{Draft, Reporter};
use crate::checks::names::near::NearKeys;
use crate::finding::Verdict;
use crate::language::sense::NumberSense;
use crate::language::sound::Ear;
use crate::language::{Marker, Sense, Term};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::{Shape, WordId, strip_diacritics};
use crate::rules::Check;

/// Shorter family names are like too many other words.
const SHORTEST: usize = 5;
/// A family name that more full names have than this is a family's.
const MOST_ALIKE: usize = 20;
/// In shorter words two letters change places to make other words.
const SHORTEST_SWAPPED: usize = 6;
/// Two sounds of so many must be this much alike.
const LIKENESS: f64 = 0.85;
/// A given name this long, shared, makes two full names of one person; shorter ones are too common.
const TELLING: usize = 6;
/// A misspelling that comes so often is a name of its own.
const MOST: usize = 3;
/// Endings that the pack may not know are no longer than this, in letters.
const LONGEST_ENDING: usize = 2;
/// So many small words stand between two words of a name at the most.
const PARTICLES: usize = 2;
/// Longer copy is a list of names or a book.
const MOST_NAMES: usize = 400;

/// A full name: the words before the last, and the last.
struct FullName {
    given: Range<usize>,
    family: usize,
    /// Two words, of which the first has its capital for another reason as well: it begins a sentence.
    doubtful: bool,
}

/// What is known of one capitalised word, whatever its endings.
#[derive(Default)]
struct Word {
    /// Folded, without an ending.
    stem: Box<str>,
    /// Full names whose family name it is, by their index.
    full: Vec<usize>,
    /// Tokens at which it stands alone, not where any word has a capital.
    alone: Vec<usize>,
    /// Somebody speaks who is called so, or has an office or an age: it is a person's.
    of_person: bool,
    /// How often it stands anywhere, in these ways or others.
    count: usize,
    /// It stands in a name of a sheet's cast.
    owned: bool,
}

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    let names = full_names(copy);
    if names.is_empty() || names.len() > MOST_NAMES {
        return;
    }
    let words = words(copy, &names);
    let ears = copy.read.scan.language.ears(copy.rules);
    check_given(copy, &names, &words, ears, reporter);
    let heard = Heard::new(&words, ears);
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (index, near) in words.iter().enumerate() {
        // Most words have one use only, or more than a slip has.
        let may_be_slip =
            !near.owned && near.count < MOST && (near.full.len() == 1 || !near.alone.is_empty());
        if !may_be_slip {
            continue;
        }
        for right in heard.near(index, ears, &words) {
            let Some(right) = words.get(right) else { continue };
            if let (Some(&full), Some(at)) = (right.full.first(), wrong_at(copy, &names, right, near)) {
                found.push((at, right.count, full));
            }
        }
    }
    // Of several it may be, the one told most often, and first.
    found.sort_unstable_by_key(|&(at, count, full)| (at, std::cmp::Reverse(count), full));
    found.dedup_by_key(|(at, ..)| *at);
    let inflection = &copy.read.scan.language.pack.inflection;
    for (at, _, full) in found {
        let (Some(token), Some(full)) = (copy.read.scan.tokens.get(at), names.get(full)) else { continue };
        let raw = copy.read.scan.raw(full.family);
        let mut draft = Draft::new(Check::InternalName, Verdict::Garbled, token.range());
        draft.expected = Some(inflection.without_possessive(raw).to_owned());
        reporter.report(draft);
    }
}

/// Reports given names that sound alike before one family name: "Karim Massimov", "Kareem Massimov".
fn check_given(
    copy: &Copy<'_>,
    names: &[FullName],
    words: &[Word],
    ears: &[Ear],
    reporter: &mut Reporter<'_>,
) {
    let scan = copy.read.scan;
    let of_name = |name: &FullName| name.given.clone().rev().find(|&at| is_name_word(copy, at));
    for word in words.iter().filter(|word| !word.owned && (2..=MOST_ALIKE).contains(&word.full.len())) {
        let given: Vec<usize> =
            word.full.iter().filter_map(|&index| names.get(index)).filter_map(of_name).collect();
        let Some(&first) = given.first() else { continue };
        let (right, sounds) = (scan.folded(first), |word: &str| ears.first().map(|ear| ear.key(word)));
        for &other in given.get(1..).unwrap_or(&[]) {
            let written = scan.folded(other);
            let is_slip = right.chars().count() >= SHORTEST
                && written.chars().count() >= SHORTEST
                && strip_diacritics(right) != strip_diacritics(written)
                && sounds(right) == sounds(written)
                && copy.sentence(first).start != copy.sentence(other).start;
            let Some(token) = scan.tokens.get(other).filter(|_| is_slip) else { continue };
            let mut draft = Draft::new(Check::InternalName, Verdict::Garbled, token.range());
            draft.expected = Some(scan.raw(first).to_owned());
            reporter.report(draft);
            break;
        }
    }
}

/// The token at which `near` is `right` misspelt, if it is.
fn wrong_at(copy: &Copy<'_>, names: &[FullName], right: &Word, near: &Word) -> Option<usize> {
    if near.count > right.count
        || right
            .full
            .iter()
            .filter_map(|&index| names.get(index))
            .all(|name| name.doubtful && right.count < 2)
        || is_one_word(&right.stem, &near.stem)
    {
        return None;
    }
    let of = |word: &'_ Word| word.full.iter().filter_map(|&index| names.get(index)).collect::<Vec<_>>();
    let sentence = |at: usize| copy.sentence(at).start;
    // Two names of one sentence are those of two people.
    let stands_beside = |at: usize| of(right).iter().any(|name| sentence(name.family) == sentence(at));
    match near.full[..] {
        // Alone, and nobody introduces another person of the name.
        [] => {
            let &at = near.alone.first()?;
            (right.of_person && near.alone.len() == near.count && !stands_beside(at)).then_some(at)
        }
        // Another full name with the same given name.
        [index] => {
            let wrong = names.get(index)?;
            let is_same_given = of(right).iter().any(|name| same_given(copy, name, wrong));
            let is_rarer = near.count < right.count || right.full.iter().all(|&full| full < index);
            (is_same_given
                && is_rarer
                && !stands_beside(wrong.family)
                && (right.count >= 2 || is_telling(copy, wrong)))
            .then_some(wrong.family)
        }
        _ => None,
    }
}

fn same_given(copy: &Copy<'_>, one: &FullName, other: &FullName) -> bool {
    let words = |name: &FullName| -> Vec<&str> {
        name.given.clone().filter(|&at| copy.is_word(at)).map(|at| copy.read.scan.folded(at)).collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && (one.ends_with(&other) || other.ends_with(&one))
}

fn is_telling(copy: &Copy<'_>, name: &FullName) -> bool {
    let letters: usize = name
        .given
        .clone()
        .filter(|&at| copy.is_word(at))
        .map(|at| copy.read.scan.folded(at).chars().count())
        .sum();
    letters >= TELLING
}

/// Every run of two to four capitalised words that may be a person's name.
fn full_names(copy: &Copy<'_>) -> Vec<FullName> {
    let scan = copy.read.scan;
    let mut names = Vec::new();
    let mut at = 0;
    while at < scan.tokens.len() {
        if !is_name_word(copy, at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut last = at;
        loop {
            let next = last + 1;
            // Given names may be joined by a hyphen; family names of two parts are left alone.
            let joined =
                scan.is_symbol(next, "-") && scan.gap(next) == Gap::None && scan.gap(next + 1) == Gap::None;
            let next = if joined { next + 1 } else { next };
            if !joined && scan.gap(next) > Gap::Narrow {
                break;
            }
            // "Alexandre de Moraes". Where nouns have capitals, "critics of Moraes" looks the same.
            let mut next = next;
            while !scan.language.pack.capitalised_nouns
                && next <= last + PARTICLES
                && is_particle(copy, next)
                && scan.gap(next + 1) <= Gap::Narrow
            {
                next += 1;
            }
            if !is_name_word(copy, next) {
                break;
            }
            last = next;
        }
        let follows_hyphen = last.checked_sub(1).is_some_and(|before| scan.is_symbol(before, "-"));
        let leads_hyphen = scan.is_symbol(last + 1, "-") && scan.gap(last + 1) == Gap::None;
        let words = (start..=last).filter(|&at| is_name_word(copy, at)).count();
        let is_place = copy.term_at(start, Term::PlaceHead).is_some()
            || start.checked_sub(1).is_some_and(|before| copy.term_at(before, Term::PlaceHead).is_some());
        if (2..=4).contains(&words) && !follows_hyphen && !leads_hyphen && !is_place {
            let begins = copy.read.sentences.binary_search(&(start as u32)).is_ok();
            names.push(FullName { given: start..last, family: last, doubtful: begins && words == 2 });
        }
        at = last + 1;
    }
    names
}

/// A small word that stands inside of names; one that joins two names is none.
fn is_particle(copy: &Copy<'_>, at: usize) -> bool {
    let pack = &copy.read.scan.language.pack;
    let word = copy.read.scan.folded(at);
    copy.read.scan.word(at).is_some_and(|word| word.shape == Shape::Lower)
        && pack.particles.iter().any(|particle| particle == word)
        && !pack.hedges.connect.iter().any(|joining| joining == word)
}

/// A capitalised word of which the language knows nothing else.
fn is_name_word(copy: &Copy<'_>, at: usize) -> bool {
    let scan = copy.read.scan;
    scan.word(at).is_some_and(|word| {
        word.kind == TokenKind::Word && matches!(word.shape, Shape::Capital | Shape::Mixed)
    }) && scan.hits_at(at).iter().all(|hit| hit.len > 1)
}

/// What stands where: each capitalised word once, in the order in which they come.
fn words(copy: &Copy<'_>, names: &[FullName]) -> Vec<Word> {
    let scan = copy.read.scan;
    let mut words: Vec<Word> = Vec::new();
    let mut by_stem: FxHashMap<Box<str>, usize> = FxHashMap::default();
    let mut by_id: FxHashMap<WordId, usize> = FxHashMap::default();
    let mut next_name = 0;
    for (at, token) in scan.tokens.iter().enumerate() {
        if token.kind != TokenKind::Word {
            continue;
        }
        while names.get(next_name).is_some_and(|name| name.family < at) {
            next_name += 1;
        }
        if !is_name_word(copy, at) {
            continue;
        }
        let index = *by_id.entry(token.word).or_insert_with(|| {
            let stem: Box<str> = stem(copy, token.word).into();
            *by_stem.entry(stem).or_insert_with_key(|stem| {
                words.push(Word { stem: stem.clone(), ..Word::default() });
                words.len() - 1
            })
        });
        let Some(word) = words.get_mut(index) else { continue };
        word.count += 1;
        word.of_person |= is_of_person(copy, names.get(next_name).filter(|name| name.family == at), at);
        word.owned |= copy.owned.names.contains(&token.word);
        match names.get(next_name).filter(|name| name.given.start <= at) {
            Some(name) if name.family == at => word.full.push(next_name),
            Some(_) => {}
            None if is_alone(copy, at) => word.alone.push(at),
            None => {}
        }
    }
    words
}

/// Whether what stands beside a name is said of people only: an office, an age, that somebody speaks.
fn is_of_person(copy: &Copy<'_>, name: Option<&FullName>, at: usize) -> bool {
    let scan = copy.read.scan;
    let start = name.map_or(at, |name| name.given.start);
    let before = start.saturating_sub(2)..start;
    let says = |sense| matches!(sense, Sense::Clause(Marker::Says));
    let has_office =
        copy.has(&before, |sense| matches!(sense, Sense::Office(_) | Sense::Former | Sense::Acting));
    let has_age = name.is_some()
        && matches!(scan.raw(at + 1), "," | "(")
        && scan.kind(at + 2) == Some(TokenKind::Number)
        && scan.raw(at + 2).len() == 2
        && matches!(scan.raw(at + 3), "," | ")" | ".");
    has_office || has_age || copy.has(&(at + 1..at + 4), says) || copy.has(&before, says)
}

/// A word folded, without an ending that names take.
fn stem<'a>(copy: &Copy<'a>, id: WordId) -> &'a str {
    let inflection = &copy.read.scan.language.pack.inflection;
    let word = inflection.without_possessive(copy.read.scan.vocabulary.folded(id));
    // Where names are declined their base form has an ending as well.
    let base: &[String] = if inflection.declines_names { &inflection.drop } else { &[] };
    inflection
        .name_endings
        .iter()
        .chain(base)
        .filter_map(|ending| word.strip_suffix(ending.as_str()))
        .filter(|stem| stem.chars().count() >= SHORTEST)
        .min_by_key(|stem| stem.len())
        .unwrap_or(word)
}

/// Whether the word stands as a family name alone does: nothing joined to it, no article where nouns have
/// one, and not where any word has a capital.
fn is_alone(copy: &Copy<'_>, at: usize) -> bool {
    let scan = copy.read.scan;
    let before = at.checked_sub(1);
    // Who is somewhere is no place, and what somebody is in is no person.
    if before.is_some_and(|before| copy.marker_at(before, Marker::Locative).is_some()) {
        return false;
    }
    let is_joined = |hyphen: usize, gap: usize| {
        matches!(scan.raw(hyphen), "-" | "‐" | "‑" | "@" | "#" | "/" | "." | "_")
            && scan.gap(gap) == Gap::None
    };
    let starts = copy.read.sentences.binary_search(&(at as u32)).is_ok()
        || before.is_some_and(|before| scan.kind(before) == Some(TokenKind::Symbol));
    let speaks = (at + 1..at + 3).any(|next| copy.marker_at(next, Marker::Says).is_some());
    let is_article =
        |sense| matches!(sense, Sense::Clause(Marker::Definite) | Sense::Number(NumberSense::Article));
    let defined = before.is_some_and(|before| copy.has(&(before..at), is_article));
    let joined = (is_joined(at + 1, at + 2) && scan.gap(at + 1) == Gap::None)
        || before.is_some_and(|before| is_joined(before, at));
    !(defined || joined || (starts && !speaks))
}

/// Whether two words are one word in two forms: with other endings, with and without diacritics, or one
/// built on the other.
fn is_one_word(one: &str, other: &str) -> bool {
    if strip_diacritics(one) == strip_diacritics(other) {
        return true;
    }
    if are_swapped(one, other) {
        return false;
    }
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (long, short) = (one.chars().count(), other.chars().count());
    // What differs only at its end is inflected or derived: Tokayev and Tokayeva, Korea and Korean.
    long.max(short) - shared <= LONGEST_ENDING || shared == long.min(short)
}

/// Two neighbouring letters of a word changed places, as fingers do it and endings never.
fn are_swapped(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len() != other.len() || one.len() < SHORTEST_SWAPPED {
        return false;
    }
    let differ: Vec<usize> = (0..one.len()).filter(|&at| one.get(at) != other.get(at)).collect();
    match differ[..] {
        [first, second] => {
            second == first + 1 && one.get(first) == other.get(second) && one.get(second) == other.get(first)
        }
        _ => false,
    }
}

/// The family names of a text by their sound.
struct Heard {
    near: NearKeys,
    /// By key: the names that sound so.
    words: Vec<Vec<usize>>,
}

impl Heard {
    fn new(words: &[Word], ears: &[Ear]) -> Self {
        let mut by_key: FxHashMap<Box<str>, usize> = FxHashMap::default();
        let (mut keys, mut heard): (Vec<Box<str>>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        for (index, word) in words.iter().enumerate() {
            if word.owned || word.full.is_empty() || word.stem.chars().count() < SHORTEST {
                continue;
            }
            for ear in ears {
                let key: Box<str> = ear.key(&word.stem).into();
                let at = *by_key.entry(key).or_insert_with_key(|key| {
                    keys.push(key.clone());
                    heard.push(Vec::new());
                    keys.len() - 1
                });
                if let Some(words) = heard.get_mut(at)
                    && !words.contains(&index)
                {
                    words.push(index);
                }
            }
        }
        Self { near: NearKeys::new(keys), words: heard }
    }

    /// The family names that sound nearly as a word does, itself aside.
    fn near(&self, index: usize, ears: &[Ear], words: &[Word]) -> Vec<usize> {
        let mut near = Vec::new();
        let Some(word) = words.get(index).filter(|word| word.stem.chars().count() >= SHORTEST) else {
            return near;
        };
        for ear in ears {
            let key = ear.key(&word.stem);
            let letters = key.chars().count();
            let mut found = Vec::new();
            self.near.find(&key, &mut found);
            for (at, distance) in found {
                let longer = letters.max(self.near.key(at).chars().count());
                let is_like = distance as f64 <= (1.0 - LIKENESS) * longer as f64;
                for &other in self.words.get(at as usize).into_iter().flatten() {
                    let is_swapped =
                        || words.get(other).is_some_and(|other| are_swapped(&word.stem, &other.stem));
                    if other != index && !near.contains(&other) && (is_like || is_swapped()) {
                        near.push(other);
                    }
                }
            }
        }
        near
    }
}
