//! A predicate of the copy that tells an event, its helping verb, and the clause around it. Where the
//! clause only wishes, asks, denies or looks back there is none.

use std::ops::Range;

use crate::checks::case::Case;
use crate::language::sense::{Piece, Told, Way};
use crate::language::{Hit, Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;
use crate::sheet::{Kind, MemberId};

/// No phrase that matters here is longer, in tokens.
const LONGEST_PHRASE: usize = 8;
/// What stands further from a predicate than this does not speak of it.
const FARTHEST: usize = 120;

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
    /// It is a participle without a helping verb: "Smith, released on Monday, …".
    pub(super) bare: bool,
    /// It is told as what came before something else: had been appointed.
    pub(super) looks_back: bool,
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
            bare: false,
            looks_back: false,
            clause,
            sentence,
        };
        match (told.piece, told.way) {
            (Piece::Last, _) => return None,
            (Piece::First, _) => {
                let last = Told { piece: Piece::Last, ..told };
                let rest = verb.end..predicate.sentence.end;
                let (closing, end) = self.case.read.scan.hits_in(&rest).iter().find_map(|hit| {
                    let closing = tokens_of(hit);
                    let end = self.clause_end(&predicate.clause, &closing, &predicate.sentence)?;
                    (hit.sense == Sense::Told(last)
                        && (!self.verb_last() || self.closes(&closing, &(predicate.clause.start..end))))
                    .then_some((closing, end))
                })?;
                // "Hob den Ausnahmezustand auf und ließ …": what is joined behind the closing piece is another clause.
                let is_closed = self.verb_last() && self.joins(closing.end);
                predicate.clause.end = if is_closed { closing.end } else { end };
                predicate.tokens.end = closing.end;
                predicate.pieces.push(closing);
            }
            (Piece::Whole, Way::Noun) => {}
            (Piece::Whole, Way::Subject) => self.lead_with_helper(&mut predicate),
            (Piece::Whole, Way::Object) => {
                if self.helper_before(&verb, &predicate.clause, Marker::Passive).is_some() {
                    return None;
                }
                if let Some(helper) = self.around_ending(verb.start, Marker::PastPerfect) {
                    predicate.looks_back = true;
                    predicate.tokens.start = helper.start;
                }
            }
            (Piece::Whole, Way::Participle) => self.help(&mut predicate)?,
        }
        (!self.is_unasserted(&predicate)).then_some(predicate)
    }

    /// Where a clause ends that has the verb's last piece in it, or behind a person's name between commas:
    /// "ließ den Direktor, Hassan Koraytem, frei".
    fn clause_end(
        &self,
        clause: &Range<usize>,
        closing: &Range<usize>,
        sentence: &Range<usize>,
    ) -> Option<usize> {
        if closing.end <= clause.end {
            return Some(clause.end);
        }
        let scan = self.case.read.scan;
        let behind = self.clause(closing, sentence);
        let between = clause.end + 1..behind.start.checked_sub(1)?;
        let is_enclosed = scan.is_symbol(clause.end, ",") && scan.is_symbol(between.end, ",");
        let is_person = |member: MemberId| self.case.kind_of(member) == Some(Kind::Person);
        let is_name =
            self.case.names_in(&between).iter().any(|name| name.tokens == between && is_person(name.member));
        (is_enclosed && is_name).then_some(behind.end)
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

    pub(super) fn verb_last(&self) -> bool {
        self.case.read.scan.language.pack.verb_last
    }

    /// The sentence around a token, as far as anything in it can speak of the token.
    pub(super) fn sentence(&self, at: usize) -> Range<usize> {
        let sentence = self.case.read.sentence(at);
        sentence.start.max(at.saturating_sub(FARTHEST))..sentence.end.min(at + FARTHEST)
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

    pub(super) fn separates(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        match scan.kind(at) {
            Some(TokenKind::Symbol) => {
                matches!(scan.raw(at), "," | ";" | ":" | "(" | ")" | "–" | "—" | "、" | "，" | "；")
            }
            _ => scan.hits_at(at).iter().any(|hit| is_break(hit.sense)),
        }
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

    pub(super) fn around_at(&self, at: usize, marker: Marker) -> Option<Range<usize>> {
        self.case.read.scan.hits_at(at).iter().find(|hit| hit.sense == Sense::Around(marker)).map(tokens_of)
    }

    /// The clause with the dates that its commas cut: "on Friday, 7 August, he resigned".
    pub(super) fn with_dates(&self, clause: &Range<usize>) -> Range<usize> {
        let scan = self.case.read.scan;
        let mut start = clause.start;
        while let Some(comma) = start.checked_sub(1).filter(|&comma| scan.is_symbol(comma, ","))
            && comma.checked_sub(1).is_some_and(|last| self.in_date(last))
        {
            start = comma;
            while start.checked_sub(1).is_some_and(|last| self.in_date(last)) {
                start -= 1;
            }
        }
        start..clause.end
    }

    /// Whether the token is part of a date.
    pub(super) fn in_date(&self, at: usize) -> bool {
        self.case.read.date_over(at).is_some()
    }

    /// A word without capital of which nothing is known.
    pub(super) fn is_unknown_noun(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        scan.kind(at) == Some(TokenKind::Word)
            && scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Lower | Shape::Caseless))
            && !self.joins(at)
            && !self.in_date(at)
            && !self
                .case
                .read
                .scan
                .has_over(at, |sense| matches!(sense, Sense::Clause(_) | Sense::Around(_) | Sense::Told(_)))
    }

    /// A small word or part of a date: nothing that could be an object.
    pub(super) fn is_small(&self, at: usize) -> bool {
        self.in_date(at)
            || self.case.read.scan.has_over(at, |sense| {
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

pub(super) fn is_break(sense: Sense) -> bool {
    sense == Sense::Clause(Marker::Break)
}

/// The tokens of a hit.
pub(super) fn tokens_of(hit: &Hit) -> Range<usize> {
    hit.token as usize..hit.token as usize + hit.len as usize
}
