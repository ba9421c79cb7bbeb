//! The helping verb of a predicate: "has resigned", "wurde … ernannt".

use std::ops::Range;

use super::clause::{Clauses, Predicate};
use crate::language::sense::Way;
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::Shape;

/// So many words may stand between a helping verb and its participle where the participle is not last.
const BETWEEN: usize = 3;

impl Clauses<'_, '_> {
    /// "has resigned", "був призначений": the helping verb stands where the subject ends.
    pub(super) fn lead_with_helper(&self, predicate: &mut Predicate) {
        let at = predicate.tokens.start;
        let helper = [Marker::Passive, Marker::Perfect, Marker::PastPerfect]
            .into_iter()
            .find_map(|marker| Some((marker, self.around_ending(at, marker)?)))
            .filter(|(_, helper)| helper.start >= predicate.clause.start);
        if let Some((marker, helper)) = helper {
            predicate.looks_back = marker == Marker::PastPerfect;
            predicate.tokens.start = helper.start;
            predicate.lead = helper;
        }
    }

    /// Finds the helping verb of a participle.
    pub(super) fn help(&self, predicate: &mut Predicate) -> Option<()> {
        let verb = predicate.tokens.clone();
        if self.verb_last()
            && let Some(helper) = self.around_at(verb.end, Marker::Passive)
        {
            predicate.tokens.end = helper.end;
            predicate.subordinate = true;
            return Some(());
        }
        for (marker, looks_back) in [(Marker::Passive, false), (Marker::PastPassive, true)] {
            if let Some(helper) = self.helper_before(&verb, &predicate.clause, marker) {
                predicate.tokens.start = helper.start;
                predicate.lead = helper;
                predicate.looks_back = looks_back;
                return Some(());
            }
        }
        for (marker, looks_back) in [(Marker::Perfect, false), (Marker::PastPerfect, true)] {
            if self.verb_last()
                && let Some(helper) = self.helper_before(&verb, &predicate.clause, marker)
            {
                predicate.tokens.start = helper.start;
                predicate.lead = helper;
                predicate.way = Way::Object;
                predicate.looks_back = looks_back;
                return Some(());
            }
        }
        predicate.bare = self.is_apposed(&verb, predicate) || self.is_of_headline(&verb, predicate);
        predicate.bare.then_some(())
    }

    /// A participle behind a comma, with its date before or behind it: "Smith, released on Monday, denies it".
    fn is_apposed(&self, verb: &Range<usize>, predicate: &Predicate) -> bool {
        let scan = self.case.read.scan;
        let Range { start, end } = predicate.clause;
        let is_behind_comma =
            start.checked_sub(1).is_some_and(|at| at > predicate.sentence.start && scan.is_symbol(at, ","));
        let is_aside = |at: usize| self.is_small(at);
        is_behind_comma
            && (start..verb.start).all(is_aside)
            && (start..end).any(|at| self.in_date(at))
            && (!self.verb_last() || verb.end == end)
    }

    /// A participle behind a name that opens a line without a full stop: "Smith freed in Almaty".
    fn is_of_headline(&self, verb: &Range<usize>, predicate: &Predicate) -> bool {
        let scan = self.case.read.scan;
        let Range { start, end } = predicate.sentence;
        let opens = scan.gap(start) >= Gap::Paragraph || start == 0;
        let closes = end == scan.tokens.len() || scan.gap(end) >= Gap::Paragraph;
        let has_stop = end.checked_sub(1).is_some_and(|last| scan.kind(last) != Some(TokenKind::Word));
        let is_named = |at: usize| self.case.is_named(at);
        opens
            && closes
            && !has_stop
            && verb.start > start
            && is_named(verb.start - 1)
            && (verb.end..end).all(|at| self.is_small(at) || is_named(at))
    }

    /// The helping verb before a participle, with nothing between them that could part them.
    pub(super) fn helper_before(
        &self,
        verb: &Range<usize>,
        clause: &Range<usize>,
        marker: Marker,
    ) -> Option<Range<usize>> {
        if self.verb_last() && !self.closes(verb, clause) {
            return None;
        }
        let mut at = verb.start;
        let mut between = 0;
        while at > clause.start {
            if let Some(helper) = self.around_ending(at, marker) {
                return Some(helper);
            }
            at -= 1;
            if self.in_date(at) {
                continue;
            }
            between += 1;
            if !self.verb_last() && (between > BETWEEN || !self.is_adverb(at)) {
                return None;
            }
            // Another helping verb stands nearer.
            let is_other = |sense: Sense| {
                matches!(
                    sense,
                    Sense::Around(
                        Marker::Passive | Marker::Perfect | Marker::PastPassive | Marker::PastPerfect
                    )
                )
            };
            if self.case.read.scan.has_over(at, is_other) && self.around_ending(at + 1, marker).is_none() {
                return None;
            }
        }
        None
    }

    /// Whether nothing but the rest of a verb stands behind a participle in its clause.
    pub(super) fn closes(&self, verb: &Range<usize>, clause: &Range<usize>) -> bool {
        let scan = self.case.read.scan;
        (verb.end..clause.end).all(|at| {
            scan.kind(at) == Some(TokenKind::Symbol)
                || self.case.read.scan.has_over(at, |sense| {
                    matches!(sense, Sense::Clause(Marker::Auxiliary | Marker::Says))
                        || matches!(
                            sense,
                            Sense::Around(
                                Marker::Passive | Marker::Perfect | Marker::PastPassive | Marker::PastPerfect
                            )
                        )
                })
        }) || self.joins(verb.end)
    }

    /// A word that may stand between a helping verb and its participle.
    pub(super) fn is_adverb(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        scan.kind(at) == Some(TokenKind::Word)
            && scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Lower | Shape::Caseless))
            && !self.joins(at)
            && !self.case.read.scan.has_over(at, |sense| {
                matches!(
                    sense,
                    Sense::Clause(
                        Marker::Definite | Marker::Auxiliary | Marker::Break | Marker::Says | Marker::Agent
                    ) | Sense::Around(_)
                        | Sense::Told(_)
                        | Sense::Office(_)
                )
            })
    }
}
