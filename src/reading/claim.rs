//! What the copy claims with a number: which concept it counts, whose people, told from which day.
//!
//! The number's own noun decides first. The nearest concept word of the clause says what is counted,
//! and is carried over to numbers that leave it out ("18 officers were killed and 748 injured"). What
//! stays unclear stays unclaimed: a number is never tied by its value.

use std::ops::Range;

use super::dates::{DateMention, Meaning};
use super::lexer::TokenKind;
use super::quantity::{HedgeKind, Quantity};
use super::scan::Scan;
use crate::language::sense::SheetWord;
use crate::language::{Hit, Marker, Sense};

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
    pub telling: Telling,
    /// Tokens of the sentence, and of the clause within it.
    pub sentence: Range<usize>,
    pub clause: Range<usize>,
    /// Dates of the sentence, by index; the one that an "as of" names, if any.
    pub dates: Vec<usize>,
    pub as_of: Option<usize>,
    /// Denied, a part of a number just told, or of another time or place: no claim to check.
    pub barred: bool,
    /// Told as an earlier number: right if it ever was.
    pub previous: bool,
    /// A part of a number just told: "of them", "including".
    pub partitive: bool,
}

/// Words further than this from the number say nothing of it.
const FARTHEST: usize = 16;
/// What crossing a comma, a bracket or the beginning of a clause costs, in words.
const CROSSING: usize = 5;

/// Reads the claims of a text. `sheet` holds the hits of a sheet's own wording, in order.
pub fn read_claims(
    scan: &Scan<'_>,
    sentences: &[u32],
    quantities: &[Quantity],
    dates: &[DateMention],
    sheet: &[Hit],
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut reader = Reader { scan, quantities, dates, sheet, sentence: 0..0, counted: 0..0 };
    let mut next = 0;
    for (index, &start) in sentences.iter().enumerate() {
        let end = sentences.get(index + 1).map_or(scan.tokens.len(), |&end| end as usize);
        let first = next;
        while quantities.get(next).is_some_and(|quantity| quantity.tokens.start < end) {
            next += 1;
        }
        if first < next {
            reader.sentence = start as usize..end;
            reader.counted = first..next;
            reader.read(&mut claims);
        }
    }
    claims
}

struct Reader<'a> {
    scan: &'a Scan<'a>,
    quantities: &'a [Quantity],
    dates: &'a [DateMention],
    sheet: &'a [Hit],
    sentence: Range<usize>,
    /// The quantities of the sentence.
    counted: Range<usize>,
}

/// The noun a number counts, as far as it can be told.
enum Noun {
    None,
    People,
    Group(GroupWord),
    Unknown,
}

impl Reader<'_> {
    fn read(&mut self, claims: &mut Vec<Claim>) {
        let first_claim = claims.len();
        let mut carried: Option<GroupWord> = None;
        let sentence = self.sentence.clone();
        let told_dates: Vec<usize> = (0..self.dates.len())
            .filter(|&date| sentence.contains(&self.dates[date].tokens.start))
            .filter(|&date| matches!(self.dates[date].meaning, Meaning::Day(_) | Meaning::Range(..)))
            .collect();
        for index in self.counted.clone() {
            let quantity = &self.quantities[index];
            if quantity.article || quantity.hedge == HedgeKind::Vague && quantity.value == 0.0 {
                continue;
            }
            let tokens = quantity.tokens.clone();
            let (noun, figures) = self.noun(index);
            let trigger = self.trigger(index);
            let clause = self.clause(&tokens);
            let bound = self.bound_group(&tokens, trigger.as_ref());
            let is_total = self.marker_in(&clause, Marker::Total);
            let whose = match noun {
                Noun::Group(group) => Whose::Group(group),
                Noun::Unknown => Whose::SomethingElse,
                Noun::People | Noun::None => match bound {
                    Some(Ok(group)) => Whose::Group(group),
                    Some(Err(())) => Whose::Unclear,
                    None => match (&noun, carried) {
                        (Noun::None, Some(group)) if !is_total => Whose::Carried(group),
                        _ => Whose::Nobodys,
                    },
                },
            };
            match whose {
                Whose::Group(group) => carried = Some(group),
                Whose::Nobodys if is_total => carried = None,
                _ => {}
            }
            let (concept, trigger) = match trigger {
                Some((concept, range)) => (Some(concept), Some(range)),
                None => (None, None),
            };
            // A verb told once serves the numbers after it: "18 officers and 26 protesters died".
            let span = match &trigger {
                Some(range) => range.start.min(tokens.start)..range.end.max(tokens.end),
                None => clause.clone(),
            };
            let as_of = self.as_of(&tokens, &told_dates);
            let previous = self.marker_before(&tokens, Marker::Previous, 3);
            let partitive = self.marker_before(&tokens, Marker::Partitive, 3)
                || self.marker_after(&tokens, Marker::Partitive, 2);
            let denied =
                self.marker_in(&span, Marker::Negation) || self.marker_before(&tokens, Marker::Negation, 2);
            let elsewhere = self.marker_in(&clause, Marker::Elsewhere);
            let telling = self.telling(&tokens, &span, &clause);
            claims.push(Claim {
                quantity: index,
                concept,
                trigger,
                figures,
                whose,
                telling,
                sentence: sentence.clone(),
                clause,
                dates: told_dates.clone(),
                as_of,
                barred: denied || elsewhere,
                previous,
                partitive,
            });
        }
        self.share_triggers(&mut claims[first_claim..]);
    }

    /// "18 officers and 26 protesters died": the first number takes the trigger of the second, where
    /// nothing but the second stands between.
    fn share_triggers(&self, claims: &mut [Claim]) {
        for index in (0..claims.len().saturating_sub(1)).rev() {
            if claims[index].concept.is_some() || !matches!(claims[index].whose, Whose::Group(_)) {
                continue;
            }
            let (own, other) = (&claims[index], &claims[index + 1]);
            let gap = self.quantities[other.quantity]
                .tokens
                .start
                .saturating_sub(self.quantities[own.quantity].tokens.end);
            let Some(trigger) = other.trigger.clone() else { continue };
            if gap <= 6
                && trigger.start > self.quantities[other.quantity].tokens.start
                && own.clause.end >= other.clause.start
            {
                let concept = other.concept;
                claims[index].concept = concept;
                claims[index].trigger = Some(trigger);
            }
        }
    }

    /// The noun right behind the number, over adjectives and "of": and the sheet's figures that it names.
    fn noun(&self, index: usize) -> (Noun, Vec<u16>) {
        let quantity = &self.quantities[index];
        let next_number = self
            .quantities
            .get(index + 1)
            .map_or(self.sentence.end, |next| next.tokens.start)
            .min(self.sentence.end);
        let mut at = quantity.tokens.end;
        let mut unknown = 0;
        let mut linked = false;
        let mut figures = Vec::new();
        let mut found = None;
        while at < next_number && at < quantity.tokens.end + 7 {
            for hit in self.sheet_hits(at) {
                if let Sense::Sheet(SheetWord::Figure(figure)) = hit.sense
                    && !figures.contains(&figure)
                {
                    figures.push(figure);
                }
            }
            if found.is_none() {
                match self.group_at(at) {
                    Some((len, Some(group))) => {
                        found = Some(Noun::Group(group));
                        at += len;
                        continue;
                    }
                    // "18 people among the police": a neutral noun may still be followed by whose.
                    Some((len, None)) => {
                        found = Some(Noun::People);
                        at += len;
                        continue;
                    }
                    None => {}
                }
            } else {
                break;
            }
            if self.scan.kind(at) != Some(TokenKind::Word) {
                // A hyphen inside a compound goes on; any other mark ends the noun phrase.
                if self.scan.is_symbol(at, "-") {
                    at += 1;
                    continue;
                }
                break;
            }
            if let Some(len) = self.marker_len(at, Marker::Link) {
                linked = true;
                at += len;
                continue;
            }
            if self.concept_at(at).is_some() {
                at += 1;
                continue;
            }
            if self.marker_len(at, Marker::Break).is_some()
                || self.marker_len(at, Marker::Partitive).is_some()
            {
                break;
            }
            if self.marker_len(at, Marker::Function).is_some() {
                if linked {
                    at += 1;
                    continue;
                }
                break;
            }
            if self.marker_len(at, Marker::Additional).is_none() {
                unknown += 1;
                if unknown > 3 {
                    break;
                }
            }
            at += 1;
        }
        let noun = found.unwrap_or({
            let first = quantity.tokens.end;
            let is_plain = first < next_number
                && self.scan.kind(first) == Some(TokenKind::Word)
                && self.concept_at(first).is_none()
                && self.scan.hits_at(first).iter().all(|hit| !matches!(hit.sense, Sense::Clause(_)))
                && unknown > 0;
            if is_plain { Noun::Unknown } else { Noun::None }
        });
        (noun, figures)
    }

    /// The concept word nearest to the number, on either side, with no other number between.
    fn trigger(&self, index: usize) -> Option<(u16, Range<usize>)> {
        let tokens = &self.quantities[index].tokens;
        let left = index
            .checked_sub(1)
            .filter(|previous| self.counted.contains(previous))
            .map_or(self.sentence.start, |previous| self.quantities[previous].tokens.end);
        let right = self
            .quantities
            .get(index + 1)
            .filter(|_| self.counted.contains(&(index + 1)))
            .map_or(self.sentence.end, |next| next.tokens.start);
        let mut best: Option<(usize, u16, Range<usize>)> = None;
        let mut second: Option<(usize, u16)> = None;
        let mut consider = |cost: usize, concept: u16, range: Range<usize>| {
            if cost > FARTHEST {
                return;
            }
            match &best {
                Some((known, other, _)) if *known <= cost => {
                    if *other != concept && second.is_none_or(|(known, _)| cost < known) {
                        second = Some((cost, concept));
                    }
                }
                _ => {
                    if let Some((known, other, _)) = best.take()
                        && other != concept
                    {
                        second = Some((known, other));
                    }
                    best = Some((cost, concept, range));
                }
            }
        };
        let mut cost = 0;
        for at in tokens.end..right {
            cost += 1 + self.crossing(at);
            if let Some((len, concept)) = self.concept_at(at) {
                consider(cost, concept, at..at + len);
            }
            if cost > FARTHEST || self.is_hard_stop(at) {
                break;
            }
        }
        let mut cost = 0;
        for at in (left..tokens.start).rev() {
            cost += 1 + self.crossing(at);
            if let Some((len, concept)) = self.concept_at(at) {
                consider(cost, concept, at..at + len);
            }
            if cost > FARTHEST || self.is_hard_stop(at) {
                break;
            }
        }
        let (cost, concept, range) = best?;
        // "18 killed or wounded" counts neither alone; equally near words leave it open.
        if let Some((other, _)) = second
            && (other == cost || (other <= cost + 2 && other < CROSSING))
        {
            return None;
        }
        Some((concept, range))
    }

    fn crossing(&self, at: usize) -> usize {
        if self.scan.kind(at) == Some(TokenKind::Symbol) {
            return match self.scan.raw(at) {
                "," | "(" | ")" | "—" | "–" | ":" | "、" | "，" => CROSSING,
                _ => 0,
            };
        }
        if self.marker_len(at, Marker::Break).is_some() { CROSSING } else { 0 }
    }

    fn is_hard_stop(&self, at: usize) -> bool {
        self.scan.kind(at) == Some(TokenKind::Symbol) && matches!(self.scan.raw(at), ";" | "；")
    }

    /// The part of the sentence between the nearest commas, brackets and clause words.
    fn clause(&self, tokens: &Range<usize>) -> Range<usize> {
        let mut start = tokens.start;
        while start > self.sentence.start && self.crossing(start - 1) == 0 && !self.is_hard_stop(start - 1) {
            start -= 1;
        }
        let mut end = tokens.end;
        while end < self.sentence.end && self.crossing(end) == 0 && !self.is_hard_stop(end) {
            end += 1;
        }
        start..end
    }

    /// A group bound to a number with a neutral noun or none: behind "among" or "of" in the same
    /// stretch, or right behind the concept word. `Err` where one stands there unbound.
    fn bound_group(
        &self,
        tokens: &Range<usize>,
        trigger: Option<&(u16, Range<usize>)>,
    ) -> Option<Result<GroupWord, ()>> {
        let from = self.clause(tokens).start;
        let to = self.clause(tokens).end;
        for at in from..to {
            if tokens.contains(&at) {
                continue;
            }
            let Some((_, Some(group))) = self.group_at(at) else { continue };
            let is_linked = (1..=2).any(|back| {
                at.checked_sub(back).is_some_and(|before| {
                    before >= self.sentence.start
                        && self.hit_ends_at(before, at, Marker::Link)
                        && (back == 1 || self.marker_len(at - 1, Marker::Function).is_some())
                })
            });
            if is_linked {
                return Some(Ok(group));
            }
            if let Some((_, range)) = trigger {
                if at == range.end {
                    return Some(Ok(group));
                }
                if at + 1 == range.start {
                    return Some(Err(()));
                }
            }
        }
        None
    }

    /// Whether a marker begins at `before` and ends right before `at`, or at a small word before it.
    fn hit_ends_at(&self, before: usize, at: usize, marker: Marker) -> bool {
        let covers = |from: usize| {
            self.scan
                .hits_at(from)
                .iter()
                .any(|hit| hit.sense == Sense::Clause(marker) && from + hit.len as usize > before)
        };
        let _ = at;
        covers(before) || before.checked_sub(1).is_some_and(covers)
    }

    fn telling(&self, tokens: &Range<usize>, span: &Range<usize>, clause: &Range<usize>) -> Telling {
        if self.marker_before(tokens, Marker::Additional, 2)
            || self.marker_after(tokens, Marker::Additional, 1)
        {
            return Telling::Additional;
        }
        if self.marker_in(span, Marker::Planned) || self.marker_in(clause, Marker::Planned) {
            return Telling::Planned;
        }
        if self.marker_in(span, Marker::Expected) || self.marker_in(clause, Marker::Expected) {
            return Telling::Expected;
        }
        if self.marker_in(span, Marker::Remaining) {
            return Telling::Remaining;
        }
        Telling::Told
    }

    /// The date that an "as of" before it makes the number's own.
    fn as_of(&self, tokens: &Range<usize>, dates: &[usize]) -> Option<usize> {
        let marked = |&date: &usize| {
            let start = self.dates[date].tokens.start;
            (1..=4).any(|back| {
                start.checked_sub(back).is_some_and(|at| {
                    at >= self.sentence.start
                        && self.scan.hits_at(at).iter().any(|hit| {
                            hit.sense == Sense::Clause(Marker::AsOf) && at + hit.len as usize + 2 >= start
                        })
                })
            })
        };
        dates
            .iter()
            .copied()
            .filter(marked)
            .min_by_key(|&date| self.dates[date].tokens.start.abs_diff(tokens.start))
    }

    fn group_at(&self, at: usize) -> Option<(usize, Option<GroupWord>)> {
        let of_sheet = self.sheet_hits(at).iter().find_map(|hit| match hit.sense {
            Sense::Sheet(SheetWord::Group(group)) => Some((hit.len as usize, Some(GroupWord::Sheet(group)))),
            _ => None,
        });
        let of_rules = self.scan.sense_at(at, |sense| match sense {
            Sense::Group(group) => Some(Some(GroupWord::Rule(group))),
            Sense::People => Some(None),
            _ => None,
        });
        match (of_sheet, of_rules) {
            (Some(sheet), Some(rules)) => Some(if rules.0 > sheet.0 { rules } else { sheet }),
            (sheet, rules) => sheet.or(rules),
        }
    }

    fn concept_at(&self, at: usize) -> Option<(usize, u16)> {
        self.scan.sense_at(at, |sense| match sense {
            Sense::Concept(concept) => Some(concept),
            _ => None,
        })
    }

    fn sheet_hits(&self, at: usize) -> &[Hit] {
        let first = self.sheet.partition_point(|hit| (hit.token as usize) < at);
        let len = self.sheet[first..].iter().take_while(|hit| hit.token as usize == at).count();
        &self.sheet[first..first + len]
    }

    fn marker_len(&self, at: usize, marker: Marker) -> Option<usize> {
        self.scan.sense_at(at, |sense| (sense == Sense::Clause(marker)).then_some(())).map(|(len, ())| len)
    }

    fn marker_in(&self, range: &Range<usize>, marker: Marker) -> bool {
        range.clone().any(|at| self.marker_len(at, marker).is_some())
    }

    /// Whether a marker ends at most `words` before the number or its hedge.
    fn marker_before(&self, tokens: &Range<usize>, marker: Marker, words: usize) -> bool {
        let from = tokens.start.saturating_sub(words + 3).max(self.sentence.start);
        (from..tokens.start).any(|at| {
            self.marker_len(at, marker).is_some_and(|len| {
                at + len <= tokens.start + 1
                    && at + len + words >= tokens.start
                    && (at..tokens.start).all(|between| self.crossing(between) == 0 || between < at + len)
            })
        })
    }

    fn marker_after(&self, tokens: &Range<usize>, marker: Marker, words: usize) -> bool {
        (tokens.end..(tokens.end + words).min(self.sentence.end))
            .any(|at| self.marker_len(at, marker).is_some())
    }
}
