//! What the copy claims with a number: which concept it counts, whose people, told from which day.
//!
//! The number's own noun decides first. The nearest concept word of the clause says what is counted,
//! and is carried over to numbers that leave it out ("18 officers were killed and 748 injured"). What
//! stays unclear stays unclaimed: a number is never tied by its value.

use std::ops::Range;

use super::dates::DateMention;
use super::lexer::{Gap, TokenKind};
use super::quantity::{HedgeKind, Quantity};
use super::scan::Scan;
use crate::language::{Hit, Marker, Sense};

mod assign;
mod noun;
mod telling;
mod whose;
mod words;

use noun::{Noun, read_noun};
use words::{Room, Step, Words};

/// A group as copy names it: one of the rules, or one of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupWord {
    Rule(u16),
    Sheet(u16),
}

/// Whose people a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The clause names no group.
    Nobodys,
    /// The number's own noun, or words bound to it, name the group.
    Group(GroupWord),
    /// Carried over from the number before in the same sentence.
    Carried(GroupWord),
    /// The clause names none, and the sentence before does.
    Earlier,
    /// A group stands there, but not clearly as the one that is counted.
    Unclear,
    /// The number counts something that nobody knows: cities, cars.
    SomethingElse,
}

/// What kind of telling it is; a sheet's entries of the same kind answer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    Told,
    Planned,
    Expected,
    Additional,
    Remaining,
}

/// One number with what it claims.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Index among the article's quantities.
    pub quantity: usize,
    /// The concept counted, by its index in the rules.
    pub concept: Option<u16>,
    /// Tokens of the word that says so.
    pub trigger: Option<Range<usize>>,
    /// Figures of the sheet whose own words name what is counted.
    pub figures: Vec<u16>,
    pub whose: Whose,
    /// The number's own noun is people, of a group or anybody.
    pub of_people: bool,
    pub telling: Telling,
    /// Tokens of the sentence near the number, and of the clause within it.
    pub sentence: Range<usize>,
    pub clause: Range<usize>,
    /// Dates of that sentence, by index; the one that an "as of" names, if any.
    pub dates: Range<usize>,
    pub as_of: Option<usize>,
    /// Denied, or of another time or place: no claim to check.
    pub barred: bool,
    /// Told as an earlier number: right if it ever was.
    pub previous: bool,
    /// A part of a number just told: "of them", "including".
    pub partitive: bool,
    /// "rose from 18 to 26": of the two numbers read as a range only the second is the claim.
    pub only_upper: bool,
}

/// A sentence reaches no further than this from a number, in tokens: a text without a stop must not be
/// walked through for every number in it.
const SENTENCE: usize = 160;

/// Reads the claims of a text. `sheet` holds the hits of a sheet's own wording, in order.
pub fn read_claims(
    scan: &Scan<'_>,
    sentences: &[u32],
    quantities: &[Quantity],
    dates: &[DateMention],
    sheet: &[Hit],
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut next = 0;
    let mut room = Room::default();
    for (index, &start) in sentences.iter().enumerate() {
        let end = sentences.get(index + 1).map_or(scan.tokens.len(), |&end| end as usize);
        let first = next;
        while quantities.get(next).is_some_and(|quantity| quantity.tokens.start < end) {
            next += 1;
        }
        // Articles are read as numbers as well, and claim nothing.
        let is_told = |counted: &&[Quantity]| counted.iter().any(|quantity| !quantity.article);
        let Some(counted) = quantities.get(first..next).filter(is_told) else { continue };
        let sentence = start as usize..end;
        // What the sentence right before this one counted.
        let before = index.checked_sub(1).and_then(|before| sentences.get(before));
        let last = claims
            .last()
            .filter(|claim| before.is_some_and(|&before| claim.sentence.end > before as usize))
            .map(|claim| claim.whose);
        let taken: Vec<Range<usize>> = counted.iter().map(|quantity| hedged(scan, quantity)).collect();
        // An article is a number only to those who ask, and a small word to everyone else.
        let qualifying: Vec<Range<usize>> = taken
            .iter()
            .zip(counted)
            .filter(|(_, quantity)| !quantity.article)
            .map(|(range, _)| range.clone())
            .collect();
        let words = Words::new(scan, sentence, &qualifying, sheet, std::mem::take(&mut room));
        let reader = Reader { words, dates };
        reader.read(first, counted, &taken, last, &mut claims);
        room = reader.words.leave();
    }
    claims
}

/// Tokens of a number with its hedges.
fn hedged(scan: &Scan<'_>, quantity: &Quantity) -> Range<usize> {
    let mut range = quantity.tokens.clone();
    while let Some(before) = range.start.checked_sub(1)
        && scan.tokens.get(before).is_some_and(|token| token.start as usize >= quantity.span.start)
    {
        range.start = before;
    }
    while scan.tokens.get(range.end).is_some_and(|token| token.end as usize <= quantity.span.end) {
        range.end += 1;
    }
    range
}

/// Whether a number is joined to another without a space, and to no range: a score, a telephone number.
fn is_chained(scan: &Scan<'_>, tokens: &Range<usize>) -> bool {
    let joined = |sign: usize, digits: usize| {
        scan.kind(sign) == Some(TokenKind::Symbol)
            && matches!(scan.raw(sign), "-" | "–" | ":" | "/" | "‑" | "−")
            && scan.kind(digits) == Some(TokenKind::Number)
            && scan.gap(sign.max(digits)) == Gap::None
    };
    (scan.gap(tokens.end) == Gap::None && joined(tokens.end, tokens.end + 1))
        || (tokens.start >= 2
            && scan.gap(tokens.start) == Gap::None
            && joined(tokens.start - 1, tokens.start - 2))
}

/// A number on its way to a claim.
struct Slot {
    quantity: usize,
    tokens: Range<usize>,
    hedged: Range<usize>,
    clause: Range<usize>,
    noun: Noun,
    /// The token behind the number's noun phrase.
    noun_end: usize,
    figures: Vec<u16>,
    /// Index of its trigger among those of the sentence, and how far it is.
    trigger: Option<usize>,
    cost: usize,
    /// Several words speak of it.
    unclear: bool,
    partitive: bool,
    previous: bool,
    /// The number before says from where it rose or fell to this one.
    reached: bool,
    only_upper: bool,
}

struct Reader<'a> {
    words: Words<'a>,
    dates: &'a [DateMention],
}

impl Reader<'_> {
    fn read(
        &self,
        first: usize,
        counted: &[Quantity],
        taken: &[Range<usize>],
        last: Option<Whose>,
        claims: &mut Vec<Claim>,
    ) {
        let of_index = |index: usize| counted.get(index);
        // What measures or labels stands between numbers without parting them from their words.
        let counts = |quantity: &Quantity| {
            quantity.unit.is_none() && !quantity.article && !is_chained(self.words.scan, &quantity.tokens)
        };
        let limit = |index: usize| {
            (index + 1..counted.len().min(index + 4))
                .find(|&next| of_index(next).is_some_and(counts))
                .and_then(|next| taken.get(next))
                .map_or(self.words.sentence.end, |next| next.start)
        };
        let (mut slots, mut measures) = (Vec::new(), Vec::new());
        for (index, (quantity, hedged)) in counted.iter().zip(taken).enumerate() {
            if quantity.article || quantity.hedge == HedgeKind::Vague && quantity.value == 0.0 {
                continue;
            }
            let slot = self.slot(first + index, quantity, hedged, limit(index));
            if counts(quantity) { slots.push(slot) } else { measures.push(slot) }
        }
        self.take_from_whole(&mut slots);
        self.look_back(&mut slots);
        assign::assign(&self.words, &mut slots);
        self.take_predicates(&mut slots);
        let mut known = whose::Known::next_sentence(last);
        let from = claims.len();
        for index in 0..slots.len() {
            let previous_end = index
                .checked_sub(1)
                .and_then(|before| slots.get(before))
                .map_or(self.words.sentence.start, |before| before.tokens.end);
            let next_start = slots.get(index + 1).map_or(self.words.sentence.end, |next| next.hedged.start);
            let Some(slot) = slots.get(index) else { continue };
            let whose = whose::whose(&self.words, slot, previous_end, next_start, &mut known);
            claims.push(self.claim(slot, whose, previous_end, of_index(slot.quantity - first)));
        }
        for slot in &measures {
            let whose = Whose::SomethingElse;
            claims.push(self.claim(slot, whose, slot.hedged.start, of_index(slot.quantity - first)));
        }
        if let Some(claims) = claims.get_mut(from..) {
            claims.sort_by_key(|claim| claim.quantity);
        }
    }

    /// "Corrected from 175 to 171", "de 175 para 171": one small word between two numbers, and the first is the older.
    fn look_back(&self, slots: &mut [Slot]) {
        let scan = self.words.scan;
        let range = &scan.language.pack.hedges.range;
        let (joins, opens) = (&range.join, &range.open);
        for index in 1..slots.len() {
            let Some([first, second]) = slots.get_mut(index - 1..=index) else { return };
            let is_opened = first.hedged.start.checked_sub(1).is_some_and(|before| {
                before >= self.words.sentence.start && opens.iter().any(|word| word == scan.folded(before))
            });
            let is_preposition =
                |at: usize| scan.has_over(at, |sense| sense == Sense::Around(Marker::Preposition));
            // "До 171" is up to 171 by itself.
            let at = first.hedged.end;
            let leads = joins.iter().any(|word| word == scan.folded(at))
                || self.words.marker_at(at, Marker::Purpose).is_some()
                || is_opened && is_preposition(at);
            if leads && at + 1 == second.tokens.start && !first.partitive {
                first.previous = true;
                (second.previous, second.reached) = (false, true);
            }
        }
    }

    /// "84 people have been identified", "identified 84 people": the sheet's own word says what became of those whom
    /// the number counts, where no word of the rules does.
    fn take_predicates(&self, slots: &mut [Slot]) {
        let words = &self.words;
        for slot in slots {
            if slot.trigger.is_some() || slot.unclear || !slot.figures.is_empty() {
                continue;
            }
            let is_people = slot.noun == Noun::People;
            let mut at = slot.noun_end;
            while let Some(len) = words.marker_at(at, Marker::Auxiliary) {
                at += len;
            }
            if is_people || slot.noun == Noun::None && at > slot.noun_end {
                slot.figures.extend(words.figures_at(at));
            }
            if is_people && let Some(before) = slot.hedged.start.checked_sub(1) {
                slot.figures.extend(words.figures_at(before));
            }
        }
    }

    /// "396 of the 476 seats": the sheet's own word for what is counted is the first number's.
    fn take_from_whole(&self, slots: &mut [Slot]) {
        for index in 1..slots.len() {
            let Some([part, whole]) = slots.get_mut(index - 1..=index) else { return };
            let between = part.tokens.end..whole.hedged.start;
            let small = [Marker::Link, Marker::Function, Marker::Definite];
            let link = self.words.marker_at(between.start, Marker::Link);
            let is_part = (1..=2).contains(&between.len())
                && link.is_some_and(|len| {
                    (between.start + len..between.end)
                        .all(|at| small.iter().any(|&marker| self.words.marker_at(at, marker).is_some()))
                })
                // "396 von 476 Sitzen": any small word that joins nothing.
                || (between.len() == 1
                    && self.words.step(between.start) == Step::Light
                    && self.words.marker_at(between.start, Marker::Function).is_some());
            if is_part && part.figures.is_empty() {
                part.figures = std::mem::take(&mut whole.figures);
            }
        }
    }

    fn slot(&self, index: usize, quantity: &Quantity, hedged: &Range<usize>, limit: usize) -> Slot {
        let words = &self.words;
        let phrase = read_noun(words, &quantity.tokens, limit);
        // "The 41 dead include 3 children": what follows is a part of it, not the number itself.
        let partitive = words.marker_before(hedged.start, Marker::Partitive, 3).is_some()
            || (hedged.end..(hedged.end + 2).min(words.sentence.end)).any(|at| {
                words.marker_at(at, Marker::Partitive).is_some_and(|len| at + len != limit)
                    && (hedged.end..at).all(|between| words.step(between).is_within_clause())
            });
        let only_upper = self.is_trend(quantity, hedged);
        Slot {
            quantity: index,
            tokens: quantity.tokens.clone(),
            hedged: hedged.clone(),
            clause: words.clause(&quantity.tokens),
            noun: phrase.noun,
            noun_end: phrase.end.max(hedged.end),
            figures: phrase.figures,
            trigger: None,
            cost: 0,
            unclear: false,
            partitive,
            previous: !only_upper
                && words
                    .marker_before(hedged.start, Marker::Previous, 3)
                    .is_some_and(|marker| !self.is_reached_from(marker..hedged.start)),
            reached: false,
            only_upper,
        }
    }

    /// "rose from 18 to 26" reads as a range; the words before it say that it is none.
    fn is_trend(&self, quantity: &Quantity, hedged: &Range<usize>) -> bool {
        if quantity.hedge != HedgeKind::Between {
            return false;
        }
        let scan = self.words.scan;
        (hedged.start.saturating_sub(3)..=hedged.start).any(|at| {
            scan.hits_at(at).iter().any(|hit| {
                let end = at + hit.len as usize;
                hit.sense == Sense::Clause(Marker::Previous)
                    && (hedged.start..=quantity.tokens.start).contains(&end)
            })
        })
    }

    /// "Climbed from 163 to 171": of the two numbers behind the word only the first is the older one.
    fn is_reached_from(&self, range: Range<usize>) -> bool {
        let scan = self.words.scan;
        let joins = &scan.language.pack.hedges.range.join;
        let Some(first) = range.clone().find(|&at| scan.kind(at) == Some(TokenKind::Number)) else {
            return false;
        };
        (first + 1..range.end).any(|at| joins.iter().any(|word| word == scan.folded(at)))
    }

    /// `previous_end` is where the number before ends, or the sentence begins.
    fn claim(&self, slot: &Slot, whose: Whose, previous_end: usize, quantity: Option<&Quantity>) -> Claim {
        let words = &self.words;
        let trigger = slot.trigger.and_then(|trigger| words.triggers.get(trigger));
        let clause = slot.clause.clone();
        let sentence = slot.tokens.start.saturating_sub(SENTENCE).max(words.sentence.start)
            ..(slot.tokens.end + SENTENCE).min(words.sentence.end);
        let told = match trigger {
            Some(trigger) => {
                trigger.range.start.min(slot.hedged.start)..trigger.range.end.max(slot.tokens.end)
            }
            None => clause.clone(),
        };
        let dates = self.dates_in(&sentence);
        let then = words.has(&clause, Marker::Then);
        Claim {
            quantity: slot.quantity,
            concept: trigger.map(|trigger| trigger.concept),
            trigger: trigger.map(|trigger| trigger.range.clone()),
            figures: slot.figures.clone(),
            whose,
            of_people: matches!(slot.noun, Noun::People | Noun::Group(_)),
            telling: self.telling(slot, &told, &clause),
            as_of: self.as_of(&slot.tokens, &dates),
            barred: self.is_denied(slot, &told, &clause, previous_end)
                || words.has(&sentence, Marker::Elsewhere)
                || (!slot.reached
                    && quantity.is_some_and(|quantity| quantity.unit.is_none())
                    && !slot.only_upper
                    && words.marker_before(slot.hedged.start, Marker::Purpose, 0).is_some())
                || self.is_done_by(slot, trigger.map(|trigger| &trigger.range))
                || quantity.is_some_and(|quantity| self.reads_two_ways(slot, quantity)),
            previous: slot.previous || then,
            partitive: slot.partitive,
            only_upper: slot.only_upper,
            sentence,
            clause,
            dates,
        }
    }

    fn dates_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.dates.partition_point(|date| date.tokens.start < range.start);
        let end = self.dates.partition_point(|date| date.tokens.start < range.end);
        first..end.max(first)
    }
}
