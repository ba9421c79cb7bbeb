//! Whose people a number counts: the group of its own noun, one that a word like "among" binds to it,
//! or the one carried over from the number before.

use std::ops::Range;

use super::noun::Noun;
use super::words::{Step, Words};
use super::{GroupWord, Slot, Whose};
use crate::language::Marker;

/// What is known of groups when the next number comes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// Bound by "among" to everything up to the next such word.
    bound: Option<GroupWord>,
    /// Of the number before.
    carried: Option<GroupWord>,
    /// The sentence before named a group.
    earlier: bool,
}

impl Known {
    /// What the next sentence starts with, after one whose numbers counted `last`.
    pub(super) fn next_sentence(last: Option<Whose>) -> Self {
        let earlier =
            matches!(last, Some(Whose::Group(_) | Whose::Carried(_) | Whose::Unclear | Whose::Earlier));
        Self { earlier, ..Self::default() }
    }
}

/// Decides whose people the slot counts and what the next one is to know. `previous_end` is where the
/// number before ends, or the sentence begins; `next_start` where the next one begins.
pub(super) fn whose(
    words: &Words<'_>,
    slot: &Slot,
    previous_end: usize,
    next_start: usize,
    known: &mut Known,
) -> Whose {
    let clause = slot.clause.clone();
    let is_total = words.has(&(previous_end..next_start), Marker::Total) && words.has(&clause, Marker::Total);
    let between = previous_end..slot.hedged.start;
    if between.clone().any(|at| words.step(at) == Step::Stop) {
        (known.bound, known.carried) = (None, None);
    }
    if let Some(group) = last_bound(words, &between) {
        (known.bound, known.carried) = (Some(group), None);
    }
    if is_total {
        (known.bound, known.carried) = (None, None);
    }
    let whose = match slot.noun {
        Noun::Group(group) => {
            known.bound = None;
            Whose::Group(group)
        }
        Noun::Unknown => return Whose::SomethingElse,
        Noun::People | Noun::None => match beside(words, slot, next_start).or(known.bound) {
            Some(group) => Whose::Group(group),
            None if slot.noun == Noun::People => Whose::Nobodys,
            None => match known.carried {
                Some(group) => Whose::Carried(group),
                None if !is_total && names_another(words, slot, &clause, previous_end, next_start) => {
                    Whose::Unclear
                }
                None if known.earlier && !is_total => Whose::Earlier,
                None => Whose::Nobodys,
            },
        },
    };
    // A part of a number says nothing of the next whole one.
    if slot.partitive {
        return whose;
    }
    known.carried = match whose {
        Whose::Group(group) | Whose::Carried(group) => Some(group),
        _ => None,
    };
    known.earlier &= whose == Whose::Earlier;
    whose
}

/// The last group that a word like "among" binds in a stretch.
fn last_bound(words: &Words<'_>, range: &Range<usize>) -> Option<GroupWord> {
    words
        .markers_in(range)
        .iter()
        .rev()
        .filter(|(_, marker)| *marker == Marker::Among)
        .find_map(|(among, _)| group_behind(words, among.end, range.end))
}

/// The group right behind a token, small words and one adjective aside.
fn group_behind(words: &Words<'_>, from: usize, limit: usize) -> Option<GroupWord> {
    let mut heavy = 0;
    for at in from..limit.min(from + 5) {
        if let Some(people) = words.people_at(at) {
            return people.group;
        }
        match words.step(at) {
            Step::Light | Step::Join | Step::Inserted => {}
            Step::Heavy => {
                heavy += 1;
                if heavy > 1 {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// A group told beside the number or its trigger: "18 people among the police", "26 dead on the side of
/// the protesters", "the number of dead officers is 16".
fn beside(words: &Words<'_>, slot: &Slot, next_start: usize) -> Option<GroupWord> {
    let trigger = slot.trigger.and_then(|trigger| words.triggers.get(trigger)).map(|trigger| &trigger.range);
    if let Some(trigger) = trigger.filter(|trigger| trigger.end <= slot.hedged.start)
        && let Some(people) = words.people_at(trigger.end)
        && people.range.end <= slot.hedged.start
        && let Some(group) = people.group
    {
        return Some(group);
    }
    let behind_trigger =
        trigger.filter(|trigger| trigger.start >= slot.tokens.end).map(|trigger| trigger.end);
    [Some(slot.noun_end), behind_trigger].into_iter().flatten().find_map(|end| {
        let near = end..(end + 3).min(next_start);
        words
            .markers_in(&near)
            .iter()
            .filter(|(among, marker)| {
                *marker == Marker::Among && (end..among.start).all(|at| words.step(at).is_within_clause())
            })
            .find_map(|(among, _)| group_behind(words, among.end, next_start))
    })
}

/// Whether a group stands in the clause that may be the one that is counted: not one that only speaks
/// or acts.
fn names_another(
    words: &Words<'_>,
    slot: &Slot,
    clause: &Range<usize>,
    previous_end: usize,
    next_start: usize,
) -> bool {
    let range = clause.start.max(previous_end)..clause.end.min(next_start);
    // "Officials put the death toll at 284": who tells a toll is not counted in it.
    let tells_toll = slot
        .trigger
        .and_then(|trigger| words.triggers.get(trigger))
        .is_some_and(|trigger| words.is_toll(&trigger.range) && trigger.range.end <= slot.hedged.start);
    let is_teller = |people: &super::words::People| {
        tells_toll && people.range.start == range.start && words.may_be_verb(people.range.end)
    };
    words.people_in(&range).iter().filter(|people| people.group.is_some() && !is_teller(people)).any(
        |people| {
            let speaks = words.marker_before(people.range.start, Marker::Says, 2).is_some()
                || words.marker_after(people.range.end, Marker::Says, 2);
            let acts = words.marker_before(people.range.start, Marker::Agent, 2).is_some();
            !speaks && !acts && !slot.tokens.contains(&people.range.start)
        },
    )
}
