//! Why a number that does not agree with its figure may be another number: of another day, place, time or
//! disaster than the figure's. Asked only where a finding would follow; where in doubt there is none.

use std::ops::Range;

use jiff::civil::Date;
use smallvec::SmallVec;

use super::pairs;
use super::series::Judgement;
use crate::checks::case::Case;
use crate::finding::Verdict;
use crate::gazetteer::PlaceForm;
use crate::language::{Marker, Sense, Term};
use crate::reading::claim::Claim;
use crate::reading::dates::{DateShape, Meaning};
use crate::reading::lexer::{Gap, TokenKind};
use crate::sheet::{Figure, FormKind, Kind, MemberId};

mod day;
mod disaster;

/// So many sentences back a paragraph is read for what it tells of.
const SENTENCES: usize = 6;
/// A word of saying this near to a date says when it was said.
const SAYING: usize = 4;

/// Whether the claim is better left alone.
pub(super) fn is_doubtful(
    case: &Case<'_>,
    claim: &Claim,
    figure: &Figure,
    judgement: &Judgement<'_>,
) -> bool {
    if matches!(judgement.verdict, Verdict::Agrees | Verdict::Disputed) {
        return false;
    }
    let doubt = Doubt { case, claim, figure };
    (pairs::place_of(case, claim).is_none() && doubt.is_of_another_place())
        || doubt.may_be_of_one_place()
        || doubt.is_of_another_country()
        || doubt.is_of_another_disaster()
        || doubt.is_of_another_year()
        || doubt.is_set_elsewhere()
        || doubt.is_of_one_day(judgement)
        || doubt.is_far_more(judgement)
}

/// Whether the claim may be of a part of what its figure counts.
pub(super) fn may_be_part(
    case: &Case<'_>,
    claim: &Claim,
    figure: &Figure,
    judgement: &Judgement<'_>,
) -> bool {
    Doubt { case, claim, figure }.is_a_part(judgement)
}

struct Doubt<'c, 'a> {
    case: &'c Case<'a>,
    claim: &'c Claim,
    figure: &'c Figure,
}

/// What a sentence says of the place and time that the next ones tell of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// The story's own.
    Story,
    /// Another's.
    Other,
    Unsaid,
}

impl Doubt<'_, '_> {
    fn has(&self, range: &Range<usize>, marker: Marker) -> bool {
        self.case.read.scan.hits_in(range).iter().any(|hit| hit.sense == Sense::Clause(marker))
    }

    /// The sentence up to the end of the claim's clause.
    fn told(&self) -> Range<usize> {
        let end = self.claim.trigger.as_ref().map_or(0, |trigger| trigger.end).max(self.claim.clause.end);
        self.claim.sentence.start..end
    }

    /// "Five officers were killed when their station in Bago burned down": the place follows in a clause of
    /// its own. Where somebody only spoke is another matter.
    fn is_of_another_place(&self) -> bool {
        let told = self.told();
        let rest = told.end..self.claim.sentence.end;
        // "Who died there".
        let near = self.claim.clause.start..told.end + 2;
        let names_own = || {
            self.case
                .names_in(&self.claim.sentence)
                .iter()
                .any(|name| self.figure.places.contains(&name.member) && name.kind != FormKind::Adjective)
        };
        let names_other = || {
            self.case.names_in(&rest).iter().any(|name| {
                self.case.kind_of(name.member) == Some(Kind::Place)
                    && name.kind != FormKind::Adjective
                    && !self.figure.places.contains(&name.member)
                    && !self.case.sheet.places.contains(&name.member)
                    && self.has(&(name.tokens.start.saturating_sub(3)..name.tokens.start), Marker::Locative)
            })
        };
        // "Most of them in villages on the coast": where some of them were.
        !self.has(&rest, Marker::Says)
            && !self.has(&rest, Marker::Partitive)
            && (self.case.has_unknown_place(&rest) || names_other())
            || self.case.has_unknown_place(&told) && !names_own()
            || self.has(&near, Marker::There) && self.is_there_elsewhere()
    }

    /// "Syria's government-held areas have a death toll of 1,414": the figure is of all places, and the sentence
    /// names one with a figure of its own, if only as whose something is.
    fn may_be_of_one_place(&self) -> bool {
        let figure = self.figure;
        let has_own = |place: MemberId| {
            self.case.sheet.figures.iter().any(|other| {
                other.concept == figure.concept && other.event == figure.event && other.places == [place]
            })
        };
        let mut named: SmallVec<[MemberId; 4]> =
            self.case.names_in(&self.claim.sentence).iter().map(|name| name.member).collect();
        named.sort_unstable();
        named.dedup();
        figure.places.is_empty() && named.into_iter().filter(|&member| has_own(member)).count() == 1
    }

    /// "Mozambique reported 248 dead": the clause names a country that the sheet does not have, and no place of the
    /// figure.
    fn is_of_another_country(&self) -> bool {
        let clause = &self.claim.clause;
        let case = self.case;
        let is_own =
            |member: MemberId| self.figure.places.contains(&member) || case.sheet.places.contains(&member);
        case.countries_in(clause)
            .any(|country| country.member.is_none() && country.mention.form != PlaceForm::Adjective)
            && !case.names_in(&self.claim.sentence).iter().any(|name| is_own(name.member))
            && !case.sheet.places.is_empty()
    }

    /// "Two people died there": in the place told last, which is not the figure's.
    fn is_there_elsewhere(&self) -> bool {
        let paragraph = self.paragraph_start()..self.claim.clause.start;
        let last = self.case.names_in(&paragraph).iter().rev().find(|name| {
            self.case.kind_of(name.member) == Some(Kind::Place) && name.kind != FormKind::Adjective
        });
        let since = last.map_or(paragraph.start, |name| name.tokens.end);
        self.case.has_unknown_place(&(since..paragraph.end))
            || last.is_some_and(|name| {
                let is_default =
                    self.figure.place_is_default && self.case.sheet.places.contains(&name.member);
                !is_default && !self.figure.places.contains(&name.member)
            })
    }

    /// "The civil war killed 150,000 people": of a disaster that the sheet knows nothing of.
    fn is_of_another_disaster(&self) -> bool {
        self.setting_by_events(&self.told()) == Setting::Other
    }

    /// "Halifax, 1917: 1,782 dead", and of a figure of history another year's: "in 1990 the party won 392".
    fn is_of_another_year(&self) -> bool {
        let history = self.history();
        if let Some(years) = &history
            && self.case.read.dates_in(&self.claim.sentence).iter().any(|date| match date.meaning {
                Meaning::Day(day) => !years.contains(&day.year()),
                Meaning::Range(from, to) => {
                    !years.iter().any(|year| (from.year()..=to.year()).contains(year))
                }
                _ => false,
            })
        {
            return true;
        }
        let period = self.case.sheet.period.map_or(i16::MIN..=i16::MAX, |(from, to)| from.year()..=to.year());
        let quantities = self.case.read.quantities;
        let first = quantities.partition_point(|other| other.tokens.start < self.claim.sentence.start);
        quantities
            .iter()
            .skip(first)
            .take_while(|other| other.tokens.start < self.claim.clause.end)
            .enumerate()
            .filter(|(_, other)| other.tokens.len() == 1)
            .filter_map(|(at, other)| Some((first + at, other.tokens.start, self.year(other.tokens.start)?)))
            // "5,894 in Turkey and 1832 in Syria": it counts what the first one does; "1270 houses" counts houses.
            .filter(|&(quantity, ..)| !self.is_of_a_pair(quantity))
            .filter(|&(quantity, ..)| quantity != self.claim.quantity || self.claim.figures.is_empty())
            .map(|(_, at, year)| (at, year))
            .any(|(at, year)| match &history {
                Some(years) => !years.contains(&year),
                // "The 1999 quake killed 17,127", "starben 2020 bei einem Beben 117".
                None => !period.contains(&year) && (self.stands_apart(at) || self.counts_nobody(at)),
            })
    }

    /// The number is told of a place in turn with the claim's.
    fn is_of_a_pair(&self, quantity: usize) -> bool {
        let claims = self.case.claims;
        let at = claims.partition_point(|claim| claim.quantity < quantity);
        pairs::place_of(self.case, self.claim).is_some()
            && claims.get(at).is_some_and(|other| {
                other.quantity == quantity && pairs::place_of(self.case, other).is_some()
            })
    }

    /// The year that four digits can be.
    fn year(&self, at: usize) -> Option<i16> {
        let digits = self.case.read.scan.raw(at);
        digits.parse().ok().filter(|year| digits.len() == 4 && (1000..2100).contains(year))
    }

    /// No people stand behind the four digits.
    fn counts_nobody(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        let is_people = |sense| matches!(sense, Sense::People | Sense::Group(_) | Sense::Concept(_));
        // "The 1999 death toll" is of 1999.
        let is_toll = |at: usize| scan.hits_at(at).iter().any(|hit| hit.sense == Sense::Term(Term::Toll));
        !scan
            .hits_in(&(at + 1..at + 3))
            .iter()
            .any(|hit| is_people(hit.sense) && !is_toll(hit.token as usize))
    }

    /// A mark stands behind the number and before it, so that nothing is counted with it.
    fn stands_apart(&self, at: usize) -> bool {
        let is_mark = |at: usize| self.case.read.scan.kind(at) == Some(TokenKind::Symbol);
        is_mark(at + 1) && (at == self.claim.sentence.start || at.checked_sub(1).is_some_and(is_mark))
    }

    /// Of a figure of history, whose values lie outside the story's period, their years.
    fn history(&self) -> Option<SmallVec<[i16; 4]>> {
        let (from, to) = self.case.sheet.period?;
        let days = || self.figure.series.iter().filter_map(|entry| entry.as_of);
        let is_history =
            self.figure.constant && days().next().is_some() && days().all(|day| day < from || day > to);
        is_history.then(|| days().map(Date::year).collect())
    }

    /// The sentences before it, back to the first that says, tell of another time or place.
    fn is_set_elsewhere(&self) -> bool {
        let own = self.claim.sentence.start..self.told().end;
        // What always holds is told of whatever the sentence before is set in.
        let timeless = self.figure.constant
            && self.history().is_none()
            && !self.has(&self.claim.sentence, Marker::There);
        if timeless || self.setting(&own, true) == Setting::Story {
            return false;
        }
        let sentences = self.case.read.sentences;
        let this = sentences.partition_point(|&start| start as usize <= self.claim.sentence.start);
        for index in (0..this.saturating_sub(1)).rev().take(SENTENCES) {
            let (Some(&start), Some(&end)) = (sentences.get(index), sentences.get(index + 1)) else { break };
            // Each paragraph is set anew.
            if self.case.read.scan.gap(end as usize) == Gap::Paragraph {
                return false;
            }
            match self.setting(&(start as usize..end as usize), false) {
                Setting::Story => return false,
                Setting::Other => return true,
                Setting::Unsaid => {}
            }
        }
        false
    }

    /// `own`: it is the claim's sentence, whose words of the story are asked for only.
    fn setting(&self, range: &Range<usize>, own: bool) -> Setting {
        let case = self.case;
        let is_of_story = case.names_in(range).iter().any(|name| match case.kind_of(name.member) {
            Some(Kind::Place) => {
                self.figure.places.contains(&name.member) || case.sheet.places.contains(&name.member)
            }
            Some(_) => !own,
            None => false,
        });
        let disaster = self.setting_by_events(range);
        let history = self.history();
        let (mut within, mut other, mut another_year) = (false, disaster == Setting::Other, false);
        for date in case.read.dates_in(range) {
            let (first, last) = match date.meaning {
                Meaning::Day(day) => (day, day),
                Meaning::Range(first, last) => (first, last),
                _ => continue,
            };
            let Some((from, to)) = case.sheet.period else { continue };
            let is_history = history
                .as_ref()
                .is_some_and(|years| years.iter().any(|year| (first.year()..=last.year()).contains(year)));
            if is_history || (first <= to && from <= last) {
                within = true;
            } else {
                other = true;
                another_year |= date.written.year.is_some() || date.shape == DateShape::Year;
            }
        }
        // "Five years ago this week, in August 2015": the year says which. History names the story's own
        // place and people too.
        if another_year && !own {
            return Setting::Other;
        }
        if is_of_story || (own && disaster == Setting::Story) {
            return Setting::Story;
        }
        if within {
            Setting::Story
        } else if other || (!self.has(range, Marker::Says) && self.case.has_unknown_place(range)) {
            Setting::Other
        } else {
            Setting::Unsaid
        }
    }

    /// The few tokens on either side of a date up to a mark.
    fn up_to_mark(&self, start: usize, end: usize) -> Range<usize> {
        let scan = self.case.read.scan;
        let is_word = |at: &usize| scan.kind(*at) == Some(TokenKind::Word);
        let before = (start.saturating_sub(SAYING)..start).rev().take_while(is_word).count();
        let after = (end..end + SAYING).take_while(is_word).count();
        start - before..end + after
    }

    fn paragraph_start(&self) -> usize {
        let scan = self.case.read.scan;
        let sentences = self.case.read.sentences;
        let this = sentences.partition_point(|&start| start as usize <= self.claim.sentence.start);
        let mut start = self.claim.sentence.start;
        for index in (0..this).rev().take(SENTENCES) {
            let Some(&at) = sentences.get(index) else { break };
            start = at as usize;
            if scan.gap(start) == Gap::Paragraph {
                break;
            }
        }
        start
    }
}
