//! A predicate of the copy that tells an event, its helping verb, and the clause around it. Where the
//! clause only wishes, asks, denies or looks back there is none.

use std::ops::Range;

use crate::checks::case::Case;
use crate::language::sense::{Piece, Told, Way};
use crate::language::{Hit, Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;

/// No phrase that matters here is longer, in tokens.
const LONGEST_PHRASE: usize = 8;
/// What stands further from a predicate than this does not speak of it.
const FARTHEST: usize = 120;
/// What opens a sentence before its first comma is no longer, in tokens.
const OPENING: usize = 5;
/// So many words may stand between a helping verb and its participle where the participle is not last.
const BETWEEN: usize = 3;

/// See the [module](self).
pub(super) struct Predicate {
    pub(super) way: Way,
    /// Tokens from the first of its pieces, the helping verb among them, to the last.
    pub(super) tokens: Range<usize>,
    /// Its pieces alone.
    pub(super) pieces: Vec<Range<usize>>,
    /// The piece that changes with the subject, which stands right before it.
    pub(super) lead: Range<usize>,
    /// It stands at the end of its clause with its helping verb behind it: "dass … ernannt wurde".
    pub(super) subordinate: bool,
    pub(super) clause: Range<usize>,
    pub(super) sentence: Range<usize>,
}

/// Reads predicates out of an article.
pub(super) struct Clauses<'c, 'a> {
    pub(super) case: &'c Case<'a>,
}

impl Clauses<'_, '_> {
    /// The predicate that begins with a hit, where it tells something as a fact.
    pub(super) fn predicate(&self, hit: &Hit, told: Told) -> Option<Predicate> {
        let verb = tokens_of(hit);
        let sentence = self.sentence(verb.start);
        let clause = self.clause(&verb, &sentence);
        let mut predicate = Predicate {
            way: told.way,
            tokens: verb.clone(),
            pieces: vec![verb.clone()],
            lead: verb.clone(),
            subordinate: false,
            clause,
            sentence,
        };
        match (told.piece, told.way) {
            (Piece::Last, _) => return None,
            (Piece::First, _) => {
                let last = Told { piece: Piece::Last, ..told };
                let rest = verb.end..predicate.clause.end;
                let closing = self.case.read.scan.hits_in(&rest).iter().find(|hit| {
                    hit.sense == Sense::Told(last)
                        && (!self.verb_last() || self.ends_clause(&tokens_of(hit), &predicate))
                })?;
                predicate.tokens.end = tokens_of(closing).end;
                predicate.pieces.push(tokens_of(closing));
            }
            (Piece::Whole, Way::Subject) => self.lead_with_helper(&mut predicate),
            (Piece::Whole, Way::Object) => {
                if self.helper_before(&verb, &predicate.clause, Marker::Passive).is_some() {
                    return None;
                }
            }
            (Piece::Whole, Way::Participle) => self.help(&mut predicate)?,
        }
        (!self.is_unasserted(&predicate)).then_some(predicate)
    }

    /// A predicate of one piece, or the first of two with the other behind it in the sentence.
    pub(super) fn is_complete(&self, hit: &Hit, told: Told) -> bool {
        let last = Told { piece: Piece::Last, ..told };
        let verb = tokens_of(hit);
        match told.piece {
            Piece::Whole => true,
            Piece::Last => false,
            Piece::First => {
                let rest = verb.end..self.sentence(verb.start).end;
                self.case.read.scan.hits_in(&rest).iter().any(|hit| hit.sense == Sense::Told(last))
            }
        }
    }

    /// "has resigned", "був призначений": the helping verb stands where the subject ends.
    fn lead_with_helper(&self, predicate: &mut Predicate) {
        let at = predicate.tokens.start;
        let helper = [Marker::Passive, Marker::Perfect]
            .into_iter()
            .find_map(|marker| self.around_ending(at, marker))
            .filter(|helper| helper.start >= predicate.clause.start);
        if let Some(helper) = helper {
            predicate.tokens.start = helper.start;
            predicate.lead = helper;
        }
    }

    /// Finds the helping verb of a participle.
    fn help(&self, predicate: &mut Predicate) -> Option<()> {
        let verb = predicate.tokens.clone();
        if self.verb_last()
            && let Some(helper) = self.around_at(verb.end, Marker::Passive)
        {
            predicate.tokens.end = helper.end;
            predicate.subordinate = true;
            return Some(());
        }
        if let Some(helper) = self.helper_before(&verb, &predicate.clause, Marker::Passive) {
            predicate.tokens.start = helper.start;
            predicate.lead = helper;
            return Some(());
        }
        if self.verb_last()
            && let Some(helper) = self.helper_before(&verb, &predicate.clause, Marker::Perfect)
        {
            predicate.tokens.start = helper.start;
            predicate.lead = helper;
            predicate.way = Way::Object;
            return Some(());
        }
        None
    }

    fn verb_last(&self) -> bool {
        self.case.read.scan.language.pack.verb_last
    }

    /// The helping verb before a participle, with nothing between them that could part them.
    fn helper_before(
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
            let other = if marker == Marker::Passive { Marker::Perfect } else { Marker::Passive };
            if self.has(at, |sense| sense == Sense::Around(other)) {
                return None;
            }
        }
        None
    }

    /// Whether nothing but the rest of a verb stands behind a participle in its clause.
    fn closes(&self, verb: &Range<usize>, clause: &Range<usize>) -> bool {
        let scan = self.case.read.scan;
        (verb.end..clause.end).all(|at| {
            scan.kind(at) == Some(TokenKind::Symbol)
                || self.has(at, |sense| {
                    matches!(sense, Sense::Clause(Marker::Auxiliary | Marker::Says))
                        || matches!(sense, Sense::Around(Marker::Passive | Marker::Perfect))
                })
        }) || self.joins(verb.end)
    }

    fn ends_clause(&self, verb: &Range<usize>, predicate: &Predicate) -> bool {
        self.closes(verb, &predicate.clause)
    }

    /// A word that may stand between a helping verb and its participle.
    fn is_adverb(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        scan.kind(at) == Some(TokenKind::Word)
            && scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Lower | Shape::Caseless))
            && !self.joins(at)
            && !self.has(at, |sense| {
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

    /// Wishes, conditions, plans, questions, denials and looks back tell nothing as a fact.
    fn is_unasserted(&self, predicate: &Predicate) -> bool {
        let scan = self.case.read.scan;
        let sentence = &predicate.sentence;
        if (predicate.tokens.end..sentence.end).any(|at| matches!(scan.raw(at), "?" | "？" | "؟")) {
            return true;
        }
        // The clause, and those that govern it: "denied that", "it is unclear whether".
        let mut start = predicate.clause.start;
        while start > sentence.start {
            let is_comma = scan.is_symbol(start - 1, ",");
            let governs = self.has(start, is_break)
                || (!is_comma && scan.kind(start - 1) == Some(TokenKind::Word))
                || (start >= 2 && is_comma && self.has(start - 2, is_break));
            if !governs {
                break;
            }
            start -= 1;
            while start > sentence.start && !self.separates(start - 1) {
                start -= 1;
            }
        }
        let whole = start..predicate.clause.end;
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
        // Words of denial can be the predicate's own: "zurückgewiesen".
        let is_own = |hit: &Hit| predicate.pieces.iter().any(|piece| piece.contains(&(hit.token as usize)));
        if scan.hits_in(&whole).iter().any(|hit| is_barring(hit.sense) && !is_own(hit)) {
            return true;
        }
        // "If he resigns, she is freed": another clause of the sentence is the condition.
        let conditional = |sense: Sense| sense == Sense::Around(Marker::Unasserted);
        sentence.clone().any(|at| {
            (at == sentence.start || scan.kind(at - 1) == Some(TokenKind::Symbol))
                && scan.hits_at(at).iter().any(|hit| conditional(hit.sense))
        }) || {
            // "According to rumours, …"
            let end = predicate.clause.start.min(sentence.start + OPENING);
            scan.hits_in(&(sentence.start..end)).iter().any(|hit| conditional(hit.sense))
        }
    }

    /// The sentence around a token, as far as anything in it can speak of the token.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        let starts = self.case.read.sentences;
        let next = starts.partition_point(|&start| start as usize <= at);
        let start = starts.get(next.saturating_sub(1)).map_or(0, |&start| start as usize);
        let end = starts.get(next).map_or(self.case.read.scan.tokens.len(), |&start| start as usize);
        start.max(at.saturating_sub(FARTHEST))..end.min(at + FARTHEST)
    }

    /// The stretch around a verb up to the nearest comma, bracket or clause word.
    fn clause(&self, verb: &Range<usize>, sentence: &Range<usize>) -> Range<usize> {
        let mut start = verb.start;
        while start > sentence.start && !self.separates(start - 1) {
            start -= 1;
        }
        let mut end = verb.end;
        while end < sentence.end && !self.separates(end) {
            end += 1;
        }
        start..end
    }

    fn separates(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        match scan.kind(at) {
            Some(TokenKind::Symbol) => {
                matches!(scan.raw(at), "," | ";" | ":" | "(" | ")" | "–" | "—" | "、" | "，" | "；")
            }
            _ => scan.hits_at(at).iter().any(|hit| is_break(hit.sense)),
        }
    }

    /// Whether a word or phrase over the token has one of the senses.
    pub(super) fn has(&self, at: usize, accept: impl Fn(Sense) -> bool) -> bool {
        let first = at.saturating_sub(LONGEST_PHRASE - 1);
        self.case
            .read
            .scan
            .hits_in(&(first..at + 1))
            .iter()
            .any(|hit| hit.token as usize + hit.len as usize > at && accept(hit.sense))
    }

    /// A phrase of the marker that ends right before a token.
    pub(super) fn around_ending(&self, at: usize, marker: Marker) -> Option<Range<usize>> {
        let first = at.saturating_sub(LONGEST_PHRASE);
        self.case
            .read
            .scan
            .hits_in(&(first..at))
            .iter()
            .find(|hit| hit.sense == Sense::Around(marker) && tokens_of(hit).end == at)
            .map(tokens_of)
    }

    fn around_at(&self, at: usize, marker: Marker) -> Option<Range<usize>> {
        self.case.read.scan.hits_at(at).iter().find(|hit| hit.sense == Sense::Around(marker)).map(tokens_of)
    }

    /// Whether the token is part of a date.
    pub(super) fn in_date(&self, at: usize) -> bool {
        let dates = self.case.read.dates;
        let next = dates.partition_point(|date| date.tokens.end <= at);
        dates.get(next).is_some_and(|date| date.tokens.contains(&at))
    }

    /// A word without capital of which nothing is known.
    pub(super) fn is_unknown_noun(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        scan.kind(at) == Some(TokenKind::Word)
            && scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Lower | Shape::Caseless))
            && !self.joins(at)
            && !self.in_date(at)
            && !self.has(at, |sense| matches!(sense, Sense::Clause(_) | Sense::Around(_) | Sense::Told(_)))
    }

    /// A small word or part of a date: nothing that could be an object.
    pub(super) fn is_small(&self, at: usize) -> bool {
        self.in_date(at)
            || self.has(at, |sense| {
                matches!(
                    sense,
                    Sense::Clause(Marker::Function | Marker::Definite | Marker::Link)
                        | Sense::Around(Marker::Preposition)
                )
            })
    }

    /// Whether the token joins what stands before and behind it: and.
    pub(super) fn joins(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        scan.language.pack.hedges.connect.iter().any(|word| word == scan.folded(at))
    }
}

fn is_break(sense: Sense) -> bool {
    sense == Sense::Clause(Marker::Break)
}

/// The tokens of a hit.
pub(super) fn tokens_of(hit: &Hit) -> Range<usize> {
    hit.token as usize..hit.token as usize + hit.len as usize
}
