//! A long name and an abbreviation beside it, both of the world: "World Health Organization (WTO)". No sheet is
//! needed to see that they are of two bodies.

use std::ops::Range;

use super::{Pair, is_like, pairs};
use crate::checks::case::{Draft, Read, Reporter};
use crate::checks::names::near_abbreviation::initials_from;
use crate::finding::Verdict;
use crate::gazetteer::{EntryId, EntryKind, Gazetteer, NameKind, PlaceForm};
use crate::language::Marker;
use crate::reading::lexer::Gap;
use crate::reading::vocabulary::{fold_word, strip_diacritics};
use crate::rules::Check;

/// Reports pairs of the gazetteer's organizations that do not belong together.
pub fn check(read: &Read<'_>, reporter: &mut Reporter<'_>) {
    if read.scan.language.gazetteer.is_empty() || read.places.is_empty() {
        return;
    }
    for pair in pairs(read.scan) {
        if let Some((tokens, expected)) = judge(read, &pair) {
            let start = read.scan.tokens.get(tokens.start).map_or(0, |token| token.start as usize);
            let text = read.scan.text_of(tokens.start, tokens.end);
            let span = start..start + text.len();
            // What a sheet has said of a pair need not be said again without one.
            if reporter.has_reported(Check::NameAbbreviation, &span) {
                continue;
            }
            let mut draft = Draft::new(Check::NameAbbreviation, Verdict::Wrong, span);
            draft.values = vec![("name", expected.clone())];
            draft.expected = Some(expected);
            reporter.report(draft);
        }
    }
}

/// The tokens of a pair that is wrong, and what is right.
fn judge(read: &Read<'_>, pair: &Pair<'_>) -> Option<(Range<usize>, String)> {
    let gazetteer = &read.scan.language.gazetteer;
    let around = &pair.around;
    let place = read.places_in(around).iter().find(|place| {
        place.form == PlaceForm::Name
            && place.tokens.end == around.end
            && (!pair.bracketed || leads(read, around.start..place.tokens.start))
    })?;
    let [entry] = place.entries[..] else { return None };
    // "The South Asian World Bank" is another.
    let is_longer = place.tokens.start.checked_sub(1).is_some_and(|before| {
        read.scan.gap(place.tokens.start) < Gap::Line
            && read.scan.is_unknown_capital(before)
            && !read.starts_sentence(before)
    });
    if entry.entry().kind != EntryKind::Body
        || place.ambiguous
        || is_longer
        || is_own(entry, pair.abbreviation)
    {
        return None;
    }
    let own = gazetteer
        .names()
        .find(|name| name.entry == entry && name.kind == NameKind::Abbreviation)
        .map(|name| name.text);
    let written = strip_diacritics(&fold_word(pair.abbreviation).folded);
    let is_wrong = match gazetteer.entry_named(pair.abbreviation) {
        Some(other) => other.is_apart_from(entry),
        // Nobody's, and its own but for a letter.
        None => own.is_some_and(|own| {
            let folded = strip_diacritics(&fold_word(own).folded);
            is_like(&folded, &written)
                && (written.chars().nth(3).is_some() || sorted(&folded) == sorted(&written))
                && !Gazetteer::languages()
                    .any(|code| Gazetteer::builtin(code).entry_named(pair.abbreviation).is_some())
                && initials_from(read.scan, place.tokens.start, &written) != Some(place.tokens.end)
        }),
    };
    let (first, last) = match pair.bracketed {
        true => (pair.other.start, place.tokens.end + 1),
        false => (place.tokens.start, pair.other.end),
    };
    let name = read.scan.text.get(place.span.clone()).unwrap_or("");
    is_wrong.then(|| (first..last, own.map_or_else(|| name.to_owned(), |own| format!("{name} ({own})"))))
}

/// Nothing but an article stands between the bracket and the name.
fn leads(read: &Read<'_>, between: Range<usize>) -> bool {
    between.len() <= 1 && between.into_iter().all(|at| read.scan.is_marked(at, &[Marker::Definite]))
}

/// Whether some language abbreviates the body so.
fn is_own(entry: EntryId, abbreviation: &str) -> bool {
    Gazetteer::languages().any(|code| {
        let gazetteer = Gazetteer::builtin(code);
        let words = fold_word(abbreviation).folded;
        let mut own = gazetteer.with_first(&words);
        own.any(|(_, name)| name.entry == entry)
    })
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}
