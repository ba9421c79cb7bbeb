//! What somebody is called beside a name: titles, articles, the institution of an office.

use super::subject::{Spot, Subjects, TITLES};
use crate::checks::names::NameMention;
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::Shape;
use crate::sheet::{FormKind, Kind};

impl Subjects<'_, '_> {
    /// Where the titles before a name begin. `strict`: no words of which nothing is known.
    pub(super) fn titles_back(&self, spot: &Spot, from: usize, strict: bool) -> Option<usize> {
        let mut at = spot.tokens.start;
        let mut unknown = 0;
        while at > from {
            let before = at - 1;
            if let Some(start) =
                self.office_of_institution(at, from).or_else(|| self.office_of_kind(at, from))
            {
                at = start;
            } else if self.is_title(before) {
                at = before;
            } else if !strict && unknown < TITLES && self.is_unknown(before) {
                unknown += 1;
                at = before;
            } else {
                break;
            }
        }
        Some(at)
    }

    /// The spot that stands behind titles.
    pub(super) fn titles_on(&self, from: usize, to: usize) -> Option<&Spot> {
        let scan = self.clauses.case.read.scan;
        let pack = &scan.language.pack;
        let mut unknown = 0;
        let mut at = from;
        let mut office = false;
        while at < to {
            let here = self.spots.iter().find(|spot| spot.tokens.start == at);
            if let Some(spot) = here {
                let is_person = spot.member.is_none_or(|member| self.kind(member) == Some(Kind::Person));
                // "den Chef des KNB, Karim Massimow": the organization belongs to the title.
                if !is_person && office {
                    at = spot.tokens.end;
                    continue;
                }
                return Some(spot);
            }
            let is_office =
                self.clauses.case.read.scan.has_over(at, |sense| matches!(sense, Sense::Office(_)));
            let is_comma_behind_office = office && scan.is_symbol(at, ",");
            let is_link = office
                && self.clauses.case.read.scan.has_over(at, |sense| sense == Sense::Clause(Marker::Link));
            // "den Direktor des Hafens, Hassan Koraytem": what the office is of need not be known.
            let is_of_office = office
                && scan.word(at).is_some_and(|word| word.shape == Shape::Capital)
                && at > from
                && self.clauses.case.read.scan.has_over(at - 1, |sense| sense == Sense::Clause(Marker::Link));
            // "посла в ООН Чжо Мо Туна": the office is of what the preposition leads to, an article between.
            let behind = at + 1 + usize::from(scan.is_marked(at + 1, &[Marker::Definite]));
            let is_led = office
                && scan.has_over(at, |sense| sense == Sense::Around(Marker::Preposition))
                && self
                    .clauses
                    .case
                    .names_in(&(behind..behind + 1))
                    .iter()
                    .any(|name| self.kind(name.member) != Some(Kind::Person));
            if is_office || is_comma_behind_office || is_link || is_led || is_of_office || self.is_title(at) {
                office |= is_office;
            } else if let Some(end) = self.rank_at(at, to) {
                at = end;
                continue;
            } else if !pack.inflection.declines_names && unknown < TITLES && self.is_unknown(at) {
                unknown += 1;
            } else {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Where a rank ends that no rule need know: an abbreviation, or a capital of which nothing is known, right
    /// before the whole name of a person: "Gen. Pavel Orlow", "General Pavel Orlow".
    fn rank_at(&self, at: usize, to: usize) -> Option<usize> {
        let case = self.clauses.case;
        let scan = case.read.scan;
        let abbreviations = scan.hits_at(at).iter().filter(|hit| hit.sense == Sense::Abbreviation);
        let abbreviated = abbreviations.map(|hit| at + hit.len as usize).max();
        let is_named = || self.spots.iter().any(|spot| spot.tokens.contains(&at));
        let is_capital = || scan.is_unknown_capital(at) && scan.gap(at + 1) <= Gap::Narrow && !is_named();
        let end = abbreviated.or_else(|| is_capital().then_some(at + 1)).filter(|&end| end < to)?;
        let is_whole = |name: &NameMention| {
            name.tokens.start == end && name.full && self.kind(name.member) == Some(Kind::Person)
        };
        let names = case.names_in(&(end..end + 1));
        (names.iter().any(is_whole) || (abbreviated.is_some() && self.rank_at(end, to).is_some()))
            .then_some(end)
    }

    /// Where an office begins whose institution or country ends right before a token: "голову КНБ".
    pub(super) fn office_of_institution(&self, at: usize, from: usize) -> Option<usize> {
        let case = self.clauses.case;
        let name = case
            .names_in(&(at.saturating_sub(12)..at))
            .iter()
            .find(|name| name.tokens.end == at && self.kind(name.member) != Some(Kind::Person))?;
        let mut before = name.tokens.start;
        while before > from
            && self
                .clauses
                .case
                .read
                .scan
                .has_over(before - 1, |sense| matches!(sense, Sense::Clause(Marker::Link | Marker::Definite)))
        {
            before -= 1;
        }
        let hits = case.read.scan.hits_in(&(before.saturating_sub(4).max(from)..before));
        hits.iter()
            .find(|hit| matches!(hit.sense, Sense::Office(_)) && (hit.token + hit.len) as usize == before)
            .map(|hit| hit.token as usize)
    }

    /// Where an office begins which is of something common that ends right before a token: "ex-chefe da inteligência".
    fn office_of_kind(&self, at: usize, from: usize) -> Option<usize> {
        let scan = self.clauses.case.read.scan;
        let noun = at.checked_sub(1).filter(|&noun| noun > from && self.is_unknown(noun))?;
        let is_link = |at: usize| scan.has_over(at, |sense| sense == Sense::Clause(Marker::Link));
        let link = noun.checked_sub(1).filter(|&link| link > from && is_link(link))?;
        let hits = scan.hits_in(&(link.saturating_sub(4).max(from)..link));
        hits.iter()
            .find(|hit| matches!(hit.sense, Sense::Office(_)) && (hit.token + hit.len) as usize == link)
            .map(|hit| hit.token as usize)
    }

    /// Titles, articles, adjectives of places, and ages.
    pub(super) fn is_title(&self, at: usize) -> bool {
        let case = self.clauses.case;
        let scan = case.read.scan;
        if self.clauses.case.read.scan.has_over(at, |sense| sense == Sense::Around(Marker::Preposition)) {
            return false;
        }
        let is_of_cast = || {
            let first = at.saturating_sub(8);
            case.names_in(&(first..at + 1)).iter().any(|name| {
                name.tokens.contains(&at)
                    && (name.kind == FormKind::Adjective
                        || self.kind(name.member) == Some(Kind::Organization))
            })
        };
        let word = scan.folded(at);
        scan.kind(at) == Some(TokenKind::Number)
            || (scan.is_symbol(at, "-") && scan.gap(at) == Gap::None)
            || self.clauses.case.read.scan.has_over(at, |sense| {
                matches!(
                    sense,
                    Sense::Office(_) | Sense::Former | Sense::Acting | Sense::Clause(Marker::Definite)
                )
            })
            || scan.language.pack.dates.one.iter().any(|article| article == word)
            || is_of_cast()
    }
}
