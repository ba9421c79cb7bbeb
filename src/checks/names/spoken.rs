//! Short family names that are mistaken where somebody speaks: "said Diabo", of Hassan Diab.
//!
//! Four letters are near to too many words, so a lone one is taken for a slip only beside a word of saying,
//! in copy that has introduced the one who is meant and nobody who is called so.

use std::ops::Range;

use super::check::draft_of;
use super::index::Standing;
use super::recognise::NameMention;
use super::world::{has_unknown_neighbour, span_of};
use crate::checks::case::{Case, Reporter};
use crate::finding::Verdict;
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::{Shape, strip_diacritics};
use crate::rules::Check;
use crate::sheet::{FormKind, Kind, MemberId};

/// Shorter names are near to everything.
const SHORTEST: usize = 4;
/// From so many letters on two that changed places, however far apart, leave the name recognisable; and
/// only what is shorter can end otherwise and be no form of another name.
const LONG: usize = 5;
/// What stands there more often is a name of its own.
const MOST: usize = 2;

/// Reports lone words beside a word of saying that are nearly the family name of somebody introduced before.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let scan = case.read.scan;
    let mut last = None;
    for hit in scan.hits.iter().filter(|hit| hit.sense == Sense::Clause(Marker::Says)) {
        let word = hit.token as usize..(hit.token + hit.len) as usize;
        for at in [word.start.checked_sub(1), Some(word.end)].into_iter().flatten() {
            if last == Some(at) || !is_beside(case, at, &word) || !is_unknown(case, at) {
                continue;
            }
            last = Some(at);
            if let Some(member) = meant(case, at) {
                let mention = NameMention::new(
                    at..at + 1,
                    span_of(case.read, at),
                    member,
                    FormKind::Short,
                    Standing::Garbled,
                );
                if let Some(mut draft) = draft_of(case, &mention, Check::NameGarbled, Verdict::Garbled) {
                    // The last letter may be an ending.
                    draft.fix = None;
                    reporter.report(draft);
                }
            }
        }
    }
}

/// Nothing stands between the two.
fn is_beside(case: &Case<'_>, at: usize, word: &Range<usize>) -> bool {
    case.read.scan.gap(at.max(word.start)) <= Gap::Narrow
}

/// A capitalised word that nobody knows, here or elsewhere in the copy.
fn is_unknown(case: &Case<'_>, at: usize) -> bool {
    let scan = case.read.scan;
    let is_free = |at: usize| {
        !case.is_named(at)
            && case.read.places_in(&(at..at + 1)).is_empty()
            && !has_unknown_neighbour(&(at..at + 1), case.read, case.names)
    };
    let Some(token) = scan.tokens.get(at) else { return false };
    let is_name = token.kind == TokenKind::Word
        && scan.word(at).is_some_and(|word| word.shape == Shape::Capital)
        && scan.hits_at(at).is_empty()
        && scan.folded(at).chars().count() >= SHORTEST;
    if !is_name || !is_free(at) {
        return false;
    }
    let mut times = 0;
    scan.tokens.iter().enumerate().filter(|(_, other)| other.word == token.word).all(|(other, _)| {
        times += 1;
        times <= MOST && is_free(other)
    })
}

/// The one person introduced before whose family name the word nearly is.
fn meant(case: &Case<'_>, at: usize) -> Option<MemberId> {
    let bare = case.read.scan.language.pack.inflection.without_possessive(case.read.scan.folded(at));
    let written = strip_diacritics(bare);
    let mut meant = None;
    for name in case.names.iter().take_while(|name| name.tokens.start < at) {
        let is_introduced = name.full
            && name.standing == Standing::Licensed
            && meant != Some(name.member)
            && case.kind_of(name.member) == Some(Kind::Person);
        if !is_introduced || !is_slip_for(case, &written, name.member) {
            continue;
        }
        if meant.replace(name.member).is_some() {
            return None;
        }
    }
    meant
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
