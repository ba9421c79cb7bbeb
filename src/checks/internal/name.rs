//! One person spelled in two ways: Tokayev and Tokazhev in one piece of copy, where no sheet says who is right.
//!
//! There is no recogniser of names: a full name is two capitalised words or more beside each other, of which
//! nobody knows anything else. Only words that sound nearly alike are held against each other, and all
//! that may part two people, or two forms of one word, keeps the check silent.

use rustc_hash::FxHashMap;

use super::Copy;
use super::name_words::{FullName, Word, is_name_word, words};
use crate::checks::case::{Draft, Reporter};
use crate::checks::names::near::NearKeys;
use crate::finding::Verdict;
use crate::language::sound::Ear;
use crate::reading::vocabulary::strip_diacritics;
use crate::rules::Check;

/// Shorter family names are like too many other words.
pub(super) const SHORTEST: usize = 5;
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
/// Longer copy is a list of names or a book.
const MOST_NAMES: usize = 400;

pub(super) fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    let names = copy.read.full_names();
    // Sheets settle most full names of most copy.
    let is_settled = |name: &FullName| {
        copy.read.scan.tokens.get(name.family).is_some_and(|token| copy.owned.names.contains(&token.word))
    };
    if names.iter().all(is_settled) || names.len() > MOST_NAMES {
        return;
    }
    let words = words(copy, names);
    let ears = copy.read.scan.language.ears(copy.rules);
    check_given(copy, names, &words, ears, reporter);
    let heard = Heard::new(&words);
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (index, near) in words.iter().enumerate() {
        // Most words have one use only, or more than a slip has.
        let may_be_slip =
            !near.owned && near.count < MOST && (near.full.len() == 1 || !near.alone.is_empty());
        if !may_be_slip {
            continue;
        }
        for right in heard.near(index, &words) {
            let Some(right) = words.get(right) else { continue };
            if let (Some(&full), Some(at)) = (right.full.first(), wrong_at(copy, names, right, near)) {
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
        || is_one_word(&right.heard.stem, &near.heard.stem)
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
    fn new(words: &[Word]) -> Self {
        let mut by_key: FxHashMap<&str, usize> = FxHashMap::default();
        let (mut keys, mut heard): (Vec<Box<str>>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
        for (index, word) in words.iter().enumerate() {
            if word.owned || word.full.is_empty() || word.heard.letters < SHORTEST {
                continue;
            }
            for key in word.heard.keys.iter() {
                let at = *by_key.entry(key).or_insert_with(|| {
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
    fn near(&self, index: usize, words: &[Word]) -> Vec<usize> {
        let mut near = Vec::new();
        let Some(word) = words.get(index).filter(|word| word.heard.letters >= SHORTEST) else {
            return near;
        };
        for key in word.heard.keys.iter() {
            let letters = key.chars().count();
            let mut found = Vec::new();
            self.near.find(key, &mut found);
            for (at, distance) in found {
                let longer = letters.max(self.near.key(at).chars().count());
                let is_like = distance as f64 <= (1.0 - LIKENESS) * longer as f64;
                for &other in self.words.get(at as usize).into_iter().flatten() {
                    let is_swapped = || {
                        words.get(other).is_some_and(|other| are_swapped(&word.heard.stem, &other.heard.stem))
                    };
                    if other != index && !near.contains(&other) && (is_like || is_swapped()) {
                        near.push(other);
                    }
                }
            }
        }
        near
    }
}
