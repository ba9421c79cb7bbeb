//! Whether an enumeration stands where the copy tells of a list of the sheet.

use std::ops::Range;

use super::{FARTHEST, near};
use crate::checks::case::Case;
use crate::checks::enumerations::{Enumeration, Flavour, is_connective, is_title};
use crate::gazetteer::EntryKind;
use crate::language::sense::{SheetWord, Term};
use crate::language::{Hit, Marker, Sense};
use crate::reading::vocabulary::Shape;
use crate::sheet::model::List;
use crate::sheet::{FormKind, Kind, MemberId};

/// Of so many members that two lists hardly share them.
const MANY: usize = 5;

/// Whether an enumeration stands where the copy tells of a list: its words right before or behind, and what
/// it is of not far away.
pub(super) fn is_about(
    case: &Case<'_>,
    index: u16,
    list: &List,
    enumeration: &Enumeration,
    sentence: &Range<usize>,
) -> bool {
    let scan = case.read.scan;
    let concept = case.rules.lists.iter().position(|known| known.id == list.concept);
    // Adjectives stand on either side of what they are of: "Russian troops", "tropas russas".
    let adjectives = enumeration.items.iter().any(|item| item.flavour == Flavour::Adjective);
    let is_word = |sense: Sense, before: bool| match sense {
        Sense::ListBefore(at) => before && concept == Some(usize::from(at)),
        Sense::ListBehind(at) => (adjectives || !before) && concept == Some(usize::from(at)),
        _ => false,
    };
    let is_own = |at: usize, end: bool| {
        case.wording_in(&(at.saturating_sub(FARTHEST)..at + 1)).iter().any(|hit| {
            let start = hit.token as usize;
            hit.sense == Sense::Sheet(SheetWord::List(index))
                && if end { start + hit.len as usize == at } else { start == at }
        })
    };
    let people = enumeration.items.iter().all(|item| item.flavour == Flavour::Person);
    let mut at = enumeration.tokens.start;
    let floor = sentence.start.max(at.saturating_sub(FARTHEST));
    let (mut told, mut own) = (false, false);
    loop {
        let hit = (at.saturating_sub(FARTHEST)..at).any(|start| {
            scan.hits_at(start).iter().any(|hit| start + hit.len as usize == at && is_word(hit.sense, true))
        });
        told |= hit;
        own |= is_own(at, true);
        if told || own || at <= floor {
            break;
        }
        // "Four ministers had gone before him:": a colon joins what the whole clause says.
        own |= scan.is_symbol(at - 1, ":") && (floor..at).any(|at| is_own(at, true));
        if own {
            break;
        }
        let before = at - 1;
        let name =
            case.names_in(&(before.saturating_sub(FARTHEST)..at)).last().filter(|name| name.tokens.end == at);
        if let Some(name) = name.filter(|name| Some(name.member) == list.of) {
            at = name.tokens.start;
        } else if is_connective(case, before)
            || scan.has_over(before, |sense| sense == Sense::Term(Term::Consists))
            || (people && is_title(case, before))
        {
            at = before;
        } else {
            break;
        }
    }
    // What stands behind may say of what they are members: "were members of the other".
    let led = told;
    let mut at = enumeration.tokens.end;
    let mut ceiling = sentence.end.min(at + 4);
    let mut passed = false;
    while !told && !own && at < ceiling {
        // "have since February imposed sanctions"
        if let Some(date) = case.read.dates_in(&(at..at + 1)).first() {
            ceiling = sentence.end.min(ceiling + date.tokens.len());
            at = date.tokens.end;
            continue;
        }
        told |= scan.hits_at(at).iter().any(|hit| is_word(hit.sense, false));
        own |= is_own(at, false);
        let is_symbol = matches!(scan.raw(at), "," | "–" | "—" | ")");
        if !is_symbol
            && !scan.is_marked(at, &[Marker::Function, Marker::Auxiliary])
            && !scan.has_over(at, |sense| sense == Sense::Term(Term::Consists))
        {
            // "Haben damit seit Februar Sanktionen verhängt": one word more between a helping verb and the rest.
            let is_adverb = at > enumeration.tokens.end
                && scan.is_marked(at - 1, &[Marker::Auxiliary])
                && scan.word(at).is_some_and(|word| word.shape == Shape::Lower);
            if passed || !is_adverb {
                break;
            }
            passed = true;
        }
        at += 1;
    }
    own || (told && list.of.is_none_or(|of| is_near(case, of, sentence, led && !adjectives)))
}

/// "The ten members of the bloc are": who names nine of ten needs not say of what, as long as no other body is
/// named. Their own may stand before them with a dash: "the G7 countries – Canada".
pub(super) fn is_plainly(
    case: &Case<'_>,
    index: u16,
    list: &List,
    enumeration: &Enumeration,
    sentence: &Range<usize>,
) -> bool {
    let scan = case.read.scan;
    if !is_nearly_all(case, list, enumeration) {
        return false;
    }
    let before = sentence.start..enumeration.tokens.start;
    let concept = case.rules.lists.iter().position(|known| known.id == list.concept);
    let adjectives = enumeration.items.iter().any(|item| item.flavour == Flavour::Adjective);
    let is_word = |hit: &Hit| matches!(hit.sense, Sense::ListBefore(at) if concept == Some(usize::from(at)));
    let says = || scan.hits_in(&before).iter().any(is_word) || case.says(&before, SheetWord::List(index));
    let is_other_body =
        |member: MemberId| Some(member) != list.of && case.kind_of(member) == Some(Kind::Organization);
    let other_body = case.names_in(sentence).iter().any(|name| is_other_body(name.member))
        || case.read.places_in(sentence).iter().any(|place| {
            let is_body = place.entries.iter().any(|entry| entry.entry().kind == EntryKind::Body);
            let is_of = |of| case.entry_of(of).is_some_and(|of| place.entries.contains(&of));
            is_body && !list.of.is_some_and(is_of)
        });
    let is_owned = list.of.is_some_and(|of| {
        case.names_in(&before).last().is_some_and(|name| {
            let between = name.tokens.end..before.end;
            name.member == of
                && between.clone().all(|at| is_connective(case, at))
                && between.clone().any(|at| matches!(scan.raw(at), ":" | "–" | "—" | "("))
        })
    });
    !other_body && (is_owned || (!adjectives && says()))
}

/// Whether an enumeration has all of a list but one at most, and hardly another.
fn is_nearly_all(case: &Case<'_>, list: &List, enumeration: &Enumeration) -> bool {
    let is_named = |&&member: &&MemberId| enumeration.items.iter().any(|item| item.is(case, member));
    let right = list.members.iter().filter(is_named).count();
    right >= MANY && right + 1 >= list.members.len() && enumeration.items.len() <= right + 1
}

/// Whether a member is named in a sentence, or, where `loosely`, in the two before it; by itself or within
/// another's name, "peacekeepers of the alliance".
fn is_near(case: &Case<'_>, member: MemberId, sentence: &Range<usize>, loosely: bool) -> bool {
    let mut start = sentence.start;
    for _ in 0..if loosely { 2 } else { 0 } {
        start = start.checked_sub(1).map_or(start, |last| case.read.sentence(last).start);
    }
    let Some(of) = case.sheet.cast.get(member.0 as usize) else { return false };
    let is_within = |written: &str| {
        let forms = of.forms.iter().filter(|form| form.kind != FormKind::Garbled && form.text.len() > 1);
        forms.map(|form| form.text.as_str()).any(|form| written.contains(form))
    };
    case.names_in(&near(start..sentence.end, sentence)).iter().any(|name| {
        name.member == member
            || (name.tokens.len() > 1 && case.read.scan.text.get(name.span.clone()).is_some_and(is_within))
    })
}
