//! Which word says what a number counts. Words and numbers of a sentence are matched to each other,
//! nearest first, so that in "18 were killed and 748 injured" each number has its own.

use std::ops::Range;

use super::Slot;
use super::noun::Noun;
use super::words::{Step, Words};
use crate::language::{Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;

/// What a word of which nothing is known costs on the way, and what a comma and a joining word cost; other
/// words cost one.
const HEAVY: usize = 2;
const COMMA: usize = 5;
const JOIN: usize = 4;
/// A word further than this from the number says nothing of it.
const FARTHEST_BEHIND: usize = 20;
const FARTHEST_BEFORE: usize = 12;
/// Two words of different concepts on both sides of a number that are this close to equally near
/// leave it open which is meant.
const TIE: usize = 1;

/// A possible match.
struct Pair {
    slot: usize,
    trigger: usize,
    cost: usize,
}

/// Gives every slot its trigger, where one can be told. Slots are in order.
pub(super) fn assign(words: &Words<'_>, slots: &mut [Slot]) {
    if words.triggers.is_empty() {
        return;
    }
    let mut pairs = Vec::new();
    for slot in 0..slots.len() {
        behind(words, slots, slot, &mut pairs);
        before(words, slots, slot, &mut pairs);
    }
    // Pairs come in order of their slots.
    let of_slot: Vec<Range<usize>> = (0..slots.len())
        .map(|slot| {
            pairs.partition_point(|pair| pair.slot < slot)..pairs.partition_point(|pair| pair.slot <= slot)
        })
        .collect();
    let mut nearest: Vec<usize> = (0..pairs.len()).collect();
    nearest.sort_by_key(|&pair| (pairs[pair].cost, pairs[pair].slot));
    let mut owners: Vec<Option<usize>> = vec![None; words.triggers.len()];
    for pair in nearest.iter().filter_map(|&pair| pairs.get(pair)) {
        if let (Some(slot), Some(owner)) = (slots.get_mut(pair.slot), owners.get_mut(pair.trigger))
            && slot.trigger.is_none()
            && owner.is_none()
        {
            slot.trigger = Some(pair.trigger);
            slot.cost = pair.cost;
            *owner = Some(pair.slot);
        }
    }
    let unclear: Vec<usize> = (0..slots.len())
        .filter(|&slot| {
            let own = of_slot.get(slot).and_then(|range| pairs.get(range.clone())).unwrap_or(&[]);
            is_unclear(words, slots, slot, own, &owners)
        })
        .collect();
    for slot in unclear {
        slots[slot].trigger = None;
        slots[slot].unclear = true;
    }
    share(words, slots);
}

/// The words behind a number, up to the next number.
fn behind(words: &Words<'_>, slots: &[Slot], index: usize, pairs: &mut Vec<Pair>) {
    let slot = &slots[index];
    let limit = slots.get(index + 1).map_or(words.sentence.end, |next| next.hedged.start);
    // "200 people marched …": what they did has been said.
    let verb_follows = words.may_be_verb(slot.noun_end);
    let (mut at, mut cost, mut commas) = (slot.tokens.end, 0, 0);
    while at < limit {
        match words.step(at) {
            Step::Stop => return,
            Step::Break => {
                // "18 people who died": the clause behind the noun is the number's own.
                let own =
                    at == slot.noun_end || (at == slot.noun_end + 1 && words.scan.is_symbol(at - 1, ","));
                if !own {
                    return;
                }
                cost += 1;
            }
            Step::Comma => {
                commas += 1;
                cost += COMMA;
                if commas > 2 {
                    return;
                }
            }
            Step::Heavy => cost += HEAVY,
            Step::Join => cost += JOIN,
            Step::Light => cost += 1,
            Step::Inserted => {}
        }
        if cost > FARTHEST_BEHIND {
            return;
        }
        if let Some((trigger, found)) = words.trigger_at(at) {
            let too_far = verb_follows
                && at > slot.noun_end + 2
                && !(at <= slot.noun_end + 4
                    && (slot.noun_end + 1..at).all(|small| words.step(small) == Step::Light))
                // "248 Menschen kamen in den Fluten ums Leben": what ends the clause goes with its verb.
                && !(found.range.len() > 1 && words.scan.kind(found.range.end) != Some(TokenKind::Word));
            let is_named = at >= slot.noun_end && is_named_thing(words, at);
            if !too_far && !is_named {
                pairs.push(Pair { slot: index, trigger, cost });
            }
            at = found.range.end;
            continue;
        }
        at += 1;
    }
}

/// The words before a number, back to the one before it.
fn before(words: &Words<'_>, slots: &[Slot], index: usize, pairs: &mut Vec<Pair>) {
    let slot = &slots[index];
    let least = index.checked_sub(1).map_or(words.sentence.start, |before| slots[before].tokens.end);
    let verb_follows = words.may_be_verb(slot.noun_end);
    let (mut at, mut cost, mut commas) = (slot.hedged.start, 0, 0);
    while at > least {
        at -= 1;
        match words.step(at) {
            Step::Stop | Step::Break => return,
            Step::Comma => {
                commas += 1;
                cost += COMMA;
                if commas > 2 || verb_follows {
                    return;
                }
            }
            Step::Heavy => cost += HEAVY,
            Step::Join => cost += JOIN,
            Step::Light => cost += 1,
            Step::Inserted => {}
        }
        if cost > FARTHEST_BEFORE {
            return;
        }
        // Triggers are found by their first word; longer ones reach nearer than that.
        if let Some((trigger, found)) = words.trigger_at(at) {
            let cost = cost + 1 - found.range.len().min(cost);
            if found.range.end <= slot.hedged.start {
                pairs.push(Pair { slot: index, trigger, cost });
            }
        }
    }
}

/// "200 people at the funeral of the dead": an article before the word makes it a thing of its own and
/// no more what is said of the number.
fn is_named_thing(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    // Whatever longer phrase it is part of: "in memory of those killed".
    words.scan.hits_at(before).iter().any(|hit| hit.sense == Sense::Clause(Marker::Definite))
        && (!words.scan.language.pack.capitalised_nouns
            || words.scan.word(at).is_some_and(|word| word.shape == Shape::Capital))
}

/// Whether another word speaks of the number as well, so that it cannot be told which counts.
fn is_unclear(
    words: &Words<'_>,
    slots: &[Slot],
    index: usize,
    pairs: &[Pair],
    owners: &[Option<usize>],
) -> bool {
    let slot = &slots[index];
    let Some(own) = slot.trigger else { return false };
    let trigger = &words.triggers[own];
    let other_concept = |other: usize| words.triggers[other].concept != trigger.concept;
    let is_free =
        |other: usize| owners.get(other).is_some_and(|owner| owner.is_none_or(|owner| owner == index));
    // "killed or wounded", "dead and injured" count neither alone.
    let joined = [own.checked_sub(1), Some(own + 1)].into_iter().flatten().any(|other| {
        let Some(near) = words.triggers.get(other) else { return false };
        let gap = near.range.end.min(trigger.range.end)..near.range.start.max(trigger.range.start);
        other_concept(other)
            && is_free(other)
            && gap.len() == 1
            && (words.scan.is_symbol(gap.start, "/")
                || words.scan.is_symbol(gap.start, ",")
                || words.marker_at(gap.start, Marker::Function).is_some())
    });
    if joined {
        return true;
    }
    let stands_behind = trigger.range.start >= slot.tokens.end;
    // "18 people detained after the clash died": right behind its noun the first word may only
    // describe, and the second says what happened.
    let describes = stands_behind && trigger.range.start <= slot.noun_end;
    pairs.iter().filter(|pair| other_concept(pair.trigger) && is_free(pair.trigger)).any(|pair| {
        let other = &words.triggers[pair.trigger];
        let same_side = (other.range.start >= slot.tokens.end) == stands_behind;
        if same_side {
            let between = trigger.range.end.min(other.range.end)..other.range.start.max(trigger.range.start);
            describes && between.into_iter().all(|at| !matches!(words.step(at), Step::Comma | Step::Break))
        } else {
            // "Krankenhäuser haben 652 Verletzte behandelt": what is right behind the number is its own noun.
            let is_own_noun = stands_behind
                && trigger.range.start == slot.hedged.end
                && words.scan.language.pack.capitalised_nouns
                && words.scan.shape(trigger.range.start) == Some(Shape::Capital);
            !is_own_noun && pair.cost <= slot.cost + TIE
        }
    })
}

/// Numbers without a word of their own take their neighbour's, where the wording leaves no doubt.
fn share(words: &Words<'_>, slots: &mut [Slot]) {
    // "18 officers and 26 protesters died".
    for index in (0..slots.len().saturating_sub(1)).rev() {
        let (own, next) = (&slots[index], &slots[index + 1]);
        if let Some(trigger) = next.trigger
            && own.trigger.is_none()
            && !own.unclear
            && !own.partitive
            && !own.previous
            && matches!(own.noun, Noun::Group(_) | Noun::People)
            && matches!(next.noun, Noun::Group(_) | Noun::People)
            && words.triggers[trigger].range.start >= next.tokens.end
            && is_list(words, own.noun_end..next.hedged.start)
        {
            slots[index].trigger = Some(trigger);
        }
    }
    for index in 1..slots.len() {
        let (before, own) = (&slots[index - 1], &slots[index]);
        let Some(trigger) = before.trigger else { continue };
        if own.trigger.is_some() || own.unclear {
            continue;
        }
        // "killed 18 officers and 26 protesters".
        let listed = matches!(own.noun, Noun::Group(_))
            && words.triggers[trigger].range.end <= before.tokens.start
            && is_list(words, before.noun_end..own.hedged.start)
            && !words.may_be_verb(own.noun_end);
        // "rose from 18 to 26", where it is not read as a range.
        let risen = before.previous && is_list(words, before.hedged.end..own.hedged.start);
        // "41 were killed, among them 3 children", "up from 26".
        if listed || risen || own.partitive || own.previous {
            slots[index].trigger = Some(trigger);
        }
    }
}

/// Whether only a comma and small words stand between two things that are counted together.
fn is_list(words: &Words<'_>, gap: Range<usize>) -> bool {
    gap.len() <= 3
        && gap.into_iter().all(|at| {
            words.scan.is_symbol(at, ",")
                || (words.scan.kind(at) == Some(TokenKind::Word)
                    && words.marker_at(at, Marker::Function).is_some()
                    && words.marker_at(at, Marker::Break).is_none())
        })
}
