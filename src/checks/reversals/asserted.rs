//! Whether a predicate tells something as a fact: no wish, condition, plan, question, denial or look back.

use super::clause::{Clauses, Predicate, is_break};
use crate::language::{Hit, Marker, Sense};
use crate::reading::lexer::TokenKind;

/// What opens a sentence before its first comma is no longer, in tokens.
const OPENING: usize = 5;

impl Clauses<'_, '_> {
    /// Wishes, conditions, plans, questions, denials and looks back tell nothing as a fact.
    pub(super) fn is_unasserted(&self, predicate: &Predicate) -> bool {
        let scan = self.case.read.scan;
        let sentence = &predicate.sentence;
        if (predicate.tokens.end..sentence.end).any(|at| matches!(scan.raw(at), "?" | "？" | "؟")) {
            return true;
        }
        // The clause, and those that govern it: "denied that", "it is unclear whether".
        let mut start = predicate.clause.start;
        while start > sentence.start {
            let is_comma = scan.is_symbol(start - 1, ",");
            let governs = self.case.read.scan.has_over(start, is_break)
                || (!is_comma && scan.kind(start - 1) == Some(TokenKind::Word))
                || (start >= 2 && is_comma && self.case.read.scan.has_over(start - 2, is_break));
            if !governs {
                break;
            }
            start -= 1;
            while start > sentence.start && !self.separates(start - 1) {
                start -= 1;
            }
        }
        // "Lehnte den Rücktritt ab und bat …": what is joined behind it is another telling.
        let end = match self.joins(predicate.tokens.end) {
            true => predicate.tokens.end,
            false => predicate.clause.end,
        };
        let whole = start..end;
        let is_barring = |sense: Sense| {
            matches!(
                sense,
                Sense::Around(Marker::Unasserted)
                    | Sense::Clause(
                        Marker::Negation
                            | Marker::Planned
                            | Marker::Expected
                            | Marker::Elsewhere
                            | Marker::Then
                            | Marker::Previous
                    )
            )
        };
        // Words of denial can be the predicate's own: "zurückgewiesen"; its helping verb can look like a wish.
        let is_own = |hit: &Hit| {
            let at = hit.token as usize;
            predicate.lead.contains(&at) || predicate.pieces.iter().any(|piece| piece.contains(&at))
        };
        if scan.hits_in(&whole).iter().any(|hit| is_barring(hit.sense) && !is_own(hit)) {
            return true;
        }
        // "Police denied, Smith had been freed", "Smith had been freed, denied the police".
        let beside = [
            predicate.clause.start.checked_sub(2),
            // What goes on behind an inserted clause is not about it: "Smith, freed on Monday, denies all".
            Some(predicate.clause.end + 1).filter(|_| predicate.clause.start == sentence.start),
        ];
        let governs = |at: usize| {
            sentence.contains(&at)
                && scan.is_symbol(if at < start { at + 1 } else { at - 1 }, ",")
                && scan.has_over(at, |sense| {
                    matches!(sense, Sense::Around(Marker::Unasserted) | Sense::Clause(Marker::Negation))
                })
        };
        if self.verb_last() && beside.into_iter().flatten().any(governs) {
            return true;
        }
        // "If he resigns, she is freed": another clause of the sentence is the condition.
        let conditional = |sense: Sense| sense == Sense::Around(Marker::Unasserted);
        let resumed = self.is_inserted(predicate).then_some(predicate.clause.end + 1);
        sentence.clone().any(|at| {
            (at == sentence.start || scan.kind(at - 1) == Some(TokenKind::Symbol))
                && Some(at) != resumed
                && scan.hits_at(at).iter().any(|hit| conditional(hit.sense))
        }) || {
            // "According to rumours, …"
            let end = predicate.clause.start.min(sentence.start + OPENING);
            scan.hits_in(&(sentence.start..end)).iter().any(|hit| conditional(hit.sense))
        }
    }

    /// Whether the clause is set between commas behind whom or what it is about: what stands behind the second
    /// comma goes on with the sentence, "the government, which lifted the curfew, wants".
    fn is_inserted(&self, predicate: &Predicate) -> bool {
        let scan = self.case.read.scan;
        let start = self.with_dates(&predicate.clause).start;
        let leads = |at: usize| scan.has_over(at, is_break) || at == predicate.lead.start;
        let first = match start.checked_sub(1) {
            Some(before) if scan.has_over(before, is_break) => before,
            _ => start,
        };
        let comma = first.checked_sub(1).filter(|&comma| scan.is_symbol(comma, ","));
        leads(first)
            && comma.is_some_and(|comma| comma > predicate.sentence.start)
            && scan.is_symbol(predicate.clause.end, ",")
    }
}
