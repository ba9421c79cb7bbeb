//! Where a party begins and ends: what may stand between it and its predicate, and what makes it a part of
//! another phrase.

use super::clause::Predicate;
use super::subject::{Spot, Subjects, TITLES};
use crate::language::{Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;
use crate::sheet::Kind;

impl Subjects<'_, '_> {
    /// Whether somebody who may act stands right before a token: an office, a name, a noun with its article.
    pub(super) fn has_subject_before(&self, at: usize, predicate: &Predicate) -> bool {
        let Some(last) = at.checked_sub(1).filter(|&last| last >= predicate.sentence.start) else {
            return false;
        };
        let clauses = self.clauses;
        let scan = clauses.case.read.scan;
        if clauses.in_date(last) {
            return false;
        }
        let first = last.saturating_sub(8);
        let named = clauses.case.names_in(&(first..at)).iter().find(|name| name.tokens.end == at);
        if let Some(name) = named {
            return clauses.around_ending(name.tokens.start, Marker::Preposition).is_none();
        }
        if clauses.case.read.scan.has_over(last, |sense| matches!(sense, Sense::Office(_))) {
            return true;
        }
        // "Der Oberste Gerichtshof sprach": a noun with its article and an adjective or two.
        let is_capital = |at: usize| {
            scan.kind(at) == Some(TokenKind::Word)
                && scan.word(at).is_some_and(|word| !matches!(word.shape, Shape::Lower | Shape::Caseless))
        };
        is_capital(last)
            && (last.saturating_sub(TITLES + 1)..last).rev().any(|article| {
                self.is_article(article)
                    && article >= predicate.sentence.start
                    && clauses.around_ending(article, Marker::Preposition).is_none()
                    && (article + 1..last).all(|at| is_capital(at) || self.is_unknown(at))
            })
    }

    /// An article, definite or not.
    pub(super) fn is_article(&self, at: usize) -> bool {
        let scan = self.clauses.case.read.scan;
        scan.is_marked(at, &[Marker::Definite])
            || scan.language.pack.dates.one.iter().any(|article| article == scan.folded(at))
    }

    pub(super) fn is_plain_gap(&self, end: usize, spot: &Spot) -> bool {
        let scan = self.clauses.case.read.scan;
        spot.member.is_some_and(|member| self.kind(member) == Some(Kind::Person))
            && (end..spot.tokens.start).all(|at| {
                scan.kind(at) == Some(TokenKind::Word)
                    && !self.clauses.joins(at)
                    && !self.clauses.case.read.scan.has_over(at, |sense| {
                        matches!(sense, Sense::Around(_) | Sense::Clause(_) | Sense::Office(_))
                    })
            })
    }

    /// Whether the date that ends at a token is the second of two, with a comma between them or before it in the
    /// midst of one: "Tuesday, 10 January".
    fn has_dates_before(&self, last: usize, from: usize) -> bool {
        let scan = self.clauses.case.read.scan;
        let mut at = last;
        while at > from && self.clauses.in_date(at) && !scan.is_symbol(at, ",") {
            at -= 1;
        }
        at > from && scan.is_symbol(at, ",") && self.clauses.in_date(at - 1)
    }

    /// Steps back over dates and places with their prepositions: "Massimov on Wednesday resigned".
    pub(super) fn skip_dates_back(&self, at: usize, from: usize) -> usize {
        let case = self.clauses.case;
        let mut end = at;
        while end > from {
            // "On Tuesday, 10 January, was": the commas are the date's.
            let is_comma = case.read.scan.is_symbol(end - 1, ",")
                && end.checked_sub(2).is_some_and(|at| at >= from && self.clauses.in_date(at))
                && self.has_dates_before(end - 2, from);
            if is_comma || self.clauses.in_date(end - 1) {
                end -= 1;
                if !self.clauses.in_date(end.wrapping_sub(1))
                    && let Some(preposition) = self.clauses.around_ending(end, Marker::Preposition)
                {
                    end = preposition.start.max(from);
                }
                continue;
            }
            let place = case
                .names_in(&(end.saturating_sub(8)..end))
                .iter()
                .find(|name| name.tokens.end == end && self.kind(name.member) == Some(Kind::Place));
            let Some(place) = place else { break };
            let Some(preposition) = self.clauses.around_ending(place.tokens.start, Marker::Preposition)
            else {
                break;
            };
            end = preposition.start.max(from);
        }
        end
    }

    /// Steps over dates and places with their prepositions: "wurde am Mittwoch in Almaty der …".
    pub(super) fn skip_dates(&self, at: usize, to: usize) -> usize {
        let case = self.clauses.case;
        let is_place = |at: usize| {
            case.names_in(&(at..at + 1))
                .iter()
                .find(|name| self.kind(name.member) == Some(Kind::Place))
                .map(|name| name.tokens.end)
        };
        let mut at = at;
        while at < to {
            if self.clauses.in_date(at) {
                at += 1;
                continue;
            }
            let hits = case.read.scan.hits_at(at);
            let Some(preposition) = hits.iter().find(|hit| hit.sense == Sense::Around(Marker::Preposition))
            else {
                break;
            };
            let behind = at + preposition.len as usize;
            match is_place(behind) {
                Some(end) => at = end,
                None if self.clauses.in_date(behind) => at = behind,
                None => break,
            }
        }
        at
    }

    /// Whether a party that begins here is no part of a phrase before it. `object`: it may stand right behind
    /// another party, its subject.
    pub(super) fn is_bare(&self, start: usize, from: usize, object: bool) -> bool {
        let Some(before) = start.checked_sub(1).filter(|&before| before >= from) else { return true };
        let scan = self.clauses.case.read.scan;
        if self.clauses.in_date(before) || self.clauses.joins(before) {
            return true;
        }
        match scan.kind(before) {
            Some(TokenKind::Symbol) => !matches!(scan.raw(before), "-" | "/" | "&"),
            Some(TokenKind::Word) => {
                let case = self.clauses.case;
                let first = before.saturating_sub(8);
                let is_name = case
                    .names_in(&(first..start))
                    .iter()
                    .any(|name| name.tokens.contains(&before) && self.kind(name.member) == Some(Kind::Place));
                let is_capital = scan
                    .word(before)
                    .is_some_and(|word| !matches!(word.shape, Shape::Lower | Shape::Caseless));
                // "Judge Smith was", "Information Minister Smith was".
                // "Andrei Smith was" speaks of another Smith.
                let is_whole =
                    self.spots.iter().any(|spot| spot.tokens.start == start && spot.tokens.len() > 1);
                let is_title = self.is_own_day
                    && is_capital
                    && (is_whole || !scan.is_unknown_capital(before))
                    && (before == from
                        || self
                            .clauses
                            .case
                            .read
                            .scan
                            .has_over(start, |sense| matches!(sense, Sense::Office(_))));
                // "hat die Regierung den Ausnahmezustand": an article of its own sets it apart.
                let is_thing = self.spots.iter().all(|spot| spot.member.is_none());
                // Right before a verb of its own it says whose: "die Frau des Ministers wurde".
                let is_apart = (is_thing || self.is_own_day && object)
                    && scan.language.pack.verb_last
                    && self
                        .clauses
                        .case
                        .read
                        .scan
                        .has_over(start, |sense| sense == Sense::Clause(Marker::Definite));
                is_name
                    || is_title
                    || is_apart
                    || self.clauses.case.read.scan.has_over(before, |sense| {
                        matches!(sense, Sense::Clause(Marker::Says | Marker::Break))
                    })
                    || !is_capital
                        && !self.clauses.case.read.scan.has_over(before, |sense| {
                            sense == Sense::Around(Marker::Preposition)
                                || matches!(sense, Sense::Clause(Marker::Agent | Marker::Link))
                        })
            }
            _ => false,
        }
    }
}
