//! Words of a copy that may be names: capitals of which the language knows nothing else, in full names or alone.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Copy;
use super::name::SHORTEST;
use crate::checks::case::Read;
use crate::language::sense::NumberSense;
use crate::language::{Marker, Sense, SenseSet, SmallWords, Term};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Shape, WordId};

/// So many small words stand between two words of a name at the most.
const PARTICLES: usize = 2;

/// A full name: the words before the last, and the last.
pub(crate) struct FullName {
    pub(crate) given: Range<usize>,
    pub(crate) family: usize,
    /// Two words, of which the first has its capital for another reason as well: it begins a sentence.
    pub(crate) doubtful: bool,
}

/// A word as it is heard, whatever copy it stands in.
#[derive(Clone, Default)]
pub(crate) struct HeardWord {
    /// Folded, without an ending.
    pub(crate) stem: Arc<str>,
    /// The letters of the stem.
    pub(crate) letters: usize,
    /// The keys of the stem, one for each way to hear it.
    pub(crate) keys: Arc<[Box<str>]>,
}

/// What a thread remembers of the words of one language that may be names.
pub(crate) type HeardWords = RefCell<FxHashMap<WordId, HeardWord>>;

/// What is known of one capitalised word, whatever its endings.
#[derive(Default)]
pub(crate) struct Word {
    /// Without an ending.
    pub(crate) heard: HeardWord,
    /// Full names whose family name it is, by their index.
    pub(crate) full: Vec<usize>,
    /// Tokens at which it stands alone, not where any word has a capital.
    pub(crate) alone: Vec<usize>,
    /// Somebody speaks who is called so, or has an office or an age: it is a person's.
    pub(crate) of_person: bool,
    /// How often it stands anywhere, in these ways or others.
    pub(crate) count: usize,
    /// It stands in a name of a sheet's cast.
    pub(crate) owned: bool,
}

/// Every run of two to four capitalised words that may be a person's name.
pub(crate) fn full_names(read: &Read<'_>) -> Vec<FullName> {
    let scan = read.scan;
    let mut names = Vec::new();
    let mut done = 0;
    for &capital in scan.capitals {
        let start = capital as usize;
        // Behind most words with a capital stands neither another one nor what joins two.
        if start < done || !may_go_on(scan, start + 1) || !scan.is_unknown_capital(start) {
            continue;
        }
        let mut last = start;
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
                && is_particle(scan, next)
                && scan.gap(next + 1) <= Gap::Narrow
            {
                next += 1;
            }
            if !scan.is_unknown_capital(next) {
                break;
            }
            last = next;
        }
        let follows_hyphen = last.checked_sub(1).is_some_and(|before| scan.is_symbol(before, "-"));
        let leads_hyphen = scan.is_symbol(last + 1, "-") && scan.gap(last + 1) == Gap::None;
        if last == start {
            done = last + 1;
            continue;
        }
        let words = (start..=last).filter(|&at| scan.is_unknown_capital(at)).count();
        let heads_place = |at: usize| scan.begins(at).has_any(SenseSet::term(Term::PlaceHead));
        let is_place = heads_place(start) || start.checked_sub(1).is_some_and(heads_place);
        if (2..=4).contains(&words) && !follows_hyphen && !leads_hyphen && !is_place {
            let begins = read.begins_sentence(start);
            names.push(FullName { given: start..last, family: last, doubtful: begins && words == 2 });
        }
        done = last + 1;
    }
    names
}

/// Whether a name of several words may go on with a token.
fn may_go_on(scan: &Scan<'_>, at: usize) -> bool {
    match scan.tokens.get(at) {
        Some(token) if token.kind == TokenKind::Word => {
            token.gap <= Gap::Narrow && (token.shape != Shape::Lower || is_particle(scan, at))
        }
        Some(token) => token.gap == Gap::None && scan.is_symbol(at, "-"),
        None => false,
    }
}

/// A small word that stands inside of names; one that joins two names is none.
fn is_particle(scan: &Scan<'_>, at: usize) -> bool {
    let small = scan.small_words(at);
    scan.shape(at) == Some(Shape::Lower) && small.is(SmallWords::PARTICLE) && !small.is(SmallWords::JOINS)
}

/// A capitalised word of which the language knows nothing else.
pub(crate) fn is_name_word(copy: &Copy<'_>, at: usize) -> bool {
    copy.read.scan.is_unknown_capital(at)
}

/// What stands where: each capitalised word once, in the order in which they come.
pub(crate) fn words(copy: &Copy<'_>, names: &[FullName]) -> Vec<Word> {
    let scan = copy.read.scan;
    let mut words: Vec<Word> = Vec::new();
    let mut by_stem: FxHashMap<Arc<str>, usize> = FxHashMap::default();
    let mut by_id: FxHashMap<WordId, usize> = FxHashMap::default();
    let mut next_name = 0;
    for &capital in scan.capitals {
        let at = capital as usize;
        let Some(token) = scan.tokens.get(at) else { continue };
        while names.get(next_name).is_some_and(|name| name.family < at) {
            next_name += 1;
        }
        if !is_name_word(copy, at) {
            continue;
        }
        let index = *by_id.entry(token.word).or_insert_with(|| {
            let heard = heard(copy, token.word);
            *by_stem.entry(Arc::clone(&heard.stem)).or_insert_with(|| {
                words.push(Word { heard, ..Word::default() });
                words.len() - 1
            })
        });
        let Some(word) = words.get_mut(index) else { continue };
        word.count += 1;
        // What a sheet settles is nobody's slip and nobody's measure.
        if copy.owned.names.contains(&token.word) {
            word.owned = true;
            continue;
        }
        word.of_person |= is_of_person(copy, names.get(next_name).filter(|name| name.family == at), at);
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
    let says = SenseSet::marker(Marker::Says);
    let has_office_or_speaks =
        copy.has(&before, SenseSet::OFFICE | SenseSet::FORMER | SenseSet::ACTING | says);
    let has_age = || {
        name.is_some()
            && matches!(scan.symbol(at + 1), Some(',' | '('))
            && scan.kind(at + 2) == Some(TokenKind::Number)
            && scan.raw(at + 2).len() == 2
            && matches!(scan.symbol(at + 3), Some(',' | ')' | '.'))
    };
    has_office_or_speaks || copy.has(&(at + 1..at + 4), says) || has_age()
}

/// How a word is heard; worked out once for each distinct word of a run.
fn heard(copy: &Copy<'_>, id: WordId) -> HeardWord {
    let mut known = copy.read.heard_words.borrow_mut();
    let heard = known.entry(id).or_insert_with(|| {
        let stem = stem(copy, id);
        let letters = stem.chars().count();
        // Shorter words are compared with none.
        let ears = if letters < SHORTEST { &[] } else { copy.read.scan.language.ears(copy.rules) };
        HeardWord { stem: stem.into(), letters, keys: ears.iter().map(|ear| ear.key(stem).into()).collect() }
    });
    heard.clone()
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
        matches!(scan.symbol(hyphen), Some('-' | '‐' | '‑' | '@' | '#' | '/' | '.' | '_'))
            && scan.gap(gap) == Gap::None
    };
    let starts = copy.read.begins_sentence(at)
        || before.is_some_and(|before| scan.kind(before) == Some(TokenKind::Symbol));
    let speaks = (at + 1..at + 3).any(|next| copy.marker_at(next, Marker::Says).is_some());
    let is_article = |before: usize| {
        let begins = scan.begins(before);
        begins.has_any(SenseSet::marker(Marker::Definite))
            || (begins.has_any(SenseSet::NUMBER)
                && scan
                    .hits_at(before)
                    .iter()
                    .any(|hit| matches!(hit.sense, Sense::Number(NumberSense::Article))))
    };
    let defined = before.is_some_and(is_article);
    let joined = (is_joined(at + 1, at + 2) && scan.gap(at + 1) == Gap::None)
        || before.is_some_and(|before| is_joined(before, at));
    !(defined || joined || (starts && !speaks))
}
