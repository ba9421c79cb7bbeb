//! Short family names that are mistaken where somebody speaks: "said Diabo", of Hassan Diab.
//!
//! Four letters are near to too many words, so a lone one is taken for a slip only beside a word of saying,
//! in copy that has introduced the one who is meant and nobody who is called so.

use rustc_hash::{FxHashMap, FxHashSet};

use super::check::draft_of;
use super::mention::NameMention;
use super::standing::Standing;
use super::world::{has_unknown_neighbour, span_of};
use crate::checks::case::{Case, Reporter};
use crate::finding::Verdict;
use crate::language::{Marker, SenseSet};
use crate::reading::lexer::Gap;
use crate::reading::vocabulary::{WordId, strip_diacritics};
use crate::rules::Check;
use crate::sheet::{FormKind, Kind, MemberId};

/// Shorter names are near to everything.
const SHORTEST: usize = 4;
/// From so many letters on two that changed places, however far apart, leave the name recognisable; and
/// only what is shorter can end otherwise and be no form of another name.
const LONG: usize = 5;
/// What stands there more often is a name of its own.
const MOST: usize = 2;

/// Copy with more such words than this is a list, or no copy.
const MOST_WORDS: usize = 40;

/// Reports lone words beside a word of saying that are nearly the family name of somebody introduced before.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let candidates = candidates(case);
    if candidates.is_empty() || candidates.len() > MOST_WORDS {
        return;
    }
    let introduced = introduced(case);
    for at in candidates {
        let Some(member) = meant(case, at, &introduced) else { continue };
        let (tokens, span) = (at..at + 1, span_of(case.read, at));
        let mention = NameMention::new(tokens, span, member, FormKind::Short, Standing::Garbled);
        if let Some(mut draft) = draft_of(case, &mention, Check::NameGarbled, Verdict::Garbled) {
            // The last letter may be an ending.
            draft.fix = None;
            reporter.report(draft);
        }
    }
}

/// The words beside one of saying that nobody knows, here or elsewhere in the copy.
fn candidates(case: &Case<'_>) -> Vec<usize> {
    let scan = case.read.scan;
    let mut beside: Vec<usize> = Vec::new();
    for hit in scan.hits_of(SenseSet::marker(Marker::Says)) {
        let word = hit.token as usize..(hit.token + hit.len) as usize;
        let neighbours = [word.start.checked_sub(1), Some(word.end)].into_iter().flatten();
        beside.extend(neighbours.filter(|&at| {
            scan.gap(at.max(word.start)) <= Gap::Narrow && is_name(case, at) && is_free(case, at)
        }));
    }
    beside.sort_unstable();
    beside.dedup();
    if beside.is_empty() {
        return beside;
    }
    // How often each stands there, or that it is once somebody else's.
    let id = |at: usize| scan.tokens.get(at).map(|token| token.word);
    let mut times: FxHashMap<WordId, usize> = beside.iter().filter_map(|&at| Some((id(at)?, 0))).collect();
    for (at, token) in scan.tokens.iter().enumerate() {
        if let Some(times) = times.get_mut(&token.word) {
            *times += if is_free(case, at) { 1 } else { MOST + 1 };
        }
    }
    beside.retain(|&at| id(at).and_then(|word| times.get(&word)).is_some_and(|times| *times <= MOST));
    beside
}

/// A capitalised word of which the language knows nothing, long enough to be told for a slip.
fn is_name(case: &Case<'_>, at: usize) -> bool {
    let scan = case.read.scan;
    scan.is_unknown_capital(at) && scan.hits_at(at).is_empty() && scan.folded(at).chars().count() >= SHORTEST
}

/// Nobody of the cast and no place is called so, and it is part of no longer name.
fn is_free(case: &Case<'_>, at: usize) -> bool {
    !case.is_named(at)
        && case.read.places_in(&(at..at + 1)).is_empty()
        && !has_unknown_neighbour(&(at..at + 1), case.read, case.names)
}

/// The people that the copy has by their whole names, rightly, and where it first does.
fn introduced(case: &Case<'_>) -> Vec<(usize, MemberId)> {
    let mut known = FxHashSet::default();
    let is_person = |name: &&NameMention| {
        name.full && name.standing == Standing::Licensed && case.kind_of(name.member) == Some(Kind::Person)
    };
    let people = case.names.iter().filter(is_person);
    people.filter(|name| known.insert(name.member)).map(|name| (name.tokens.start, name.member)).collect()
}

/// The one person introduced before whose family name the word nearly is.
fn meant(case: &Case<'_>, at: usize, introduced: &[(usize, MemberId)]) -> Option<MemberId> {
    let bare = case.read.scan.language.pack.inflection.without_possessive(case.read.scan.folded(at));
    let written = strip_diacritics(bare);
    let mut meant = introduced
        .iter()
        .take_while(|(first, _)| *first < at)
        .map(|(_, member)| *member)
        .filter(|&member| is_slip_for(case, &written, member));
    let first = meant.next()?;
    meant.next().is_none().then_some(first)
}

/// Whether a word is a slip for a person's family name in a form that is right here.
fn is_slip_for(case: &Case<'_>, written: &str, member: MemberId) -> bool {
    case.index.forms_of(member).any(|form| {
        form.kind == FormKind::Full
            && form.standing == Standing::Licensed
            && form.family.len() == 1
            && form
                .words
                .get(usize::from(form.family.start))
                .is_some_and(|family| is_slip(&strip_diacritics(family), written))
    })
}

fn is_slip(right: &str, written: &str) -> bool {
    let (long, other) = (right.chars().count(), written.chars().count());
    let shared = right.chars().zip(written.chars()).take_while(|(a, b)| a == b).count();
    if long < SHORTEST || shared == 0 {
        return false;
    }
    // "Selenska" is somebody else than Selenskyj.
    let ends_otherwise = shared + 1 >= long.min(other);
    match strsim::osa_distance(right, written) {
        1 => !ends_otherwise || long < LONG,
        2 => long >= LONG && long == other && sorted(right) == sorted(written),
        _ => false,
    }
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}
