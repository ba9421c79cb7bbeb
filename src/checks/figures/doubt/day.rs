//! Whether a number is of one day of a toll that runs for days, or of a part of it.

use std::ops::Range;

use jiff::civil::Date;
use smallvec::SmallVec;

use super::Doubt;
use crate::checks::figures::series::Judgement;
use crate::checks::figures::slip;
use crate::finding::Verdict;
use crate::language::{Marker, Sense};
use crate::reading::claim::Telling;
use crate::reading::dates::{Meaning, days_between};
use crate::sheet::model::{Entry, EntryKind};

/// A number this many times smaller than the figure's counts most likely a part of it.
const FAR_LESS: f64 = 5.0;
/// A number this many times greater is most likely of something else.
const FAR_MORE: f64 = 50.0;

impl Doubt<'_, '_> {
    /// "Twelve people were killed on Saturday", of a toll that has run for days: the count of that day alone,
    /// unless the copy adds up.
    pub(super) fn is_of_one_day(&self, judgement: &Judgement<'_>) -> bool {
        let Some(current) = judgement.current else { return false };
        let claim = self.claim;
        let quantity = &self.case.read.quantities[claim.quantity];
        let is_less = quantity.upper.unwrap_or(quantity.value) < current.value.number;
        let is_newer = judgement.verdict == Verdict::Newer;
        // A number that was right once is no day's.
        if !matches!(judgement.verdict, Verdict::Wrong | Verdict::Newer | Verdict::Loose)
            || claim.telling != Telling::Told
            || !(is_less || is_newer)
            || self.figure.event.is_some()
            // A day's own count is no slip of the whole one.
            || slip::swaps_digits(quantity.value, current.value.number)
            || claim.as_of.is_some()
            || !self.case.rules.rises(&self.figure.concept)
            || !self.runs_for_days()
        {
            return false;
        }
        let told = self.told();
        if self.sets_a_day_apart(&told) {
            return true;
        }
        if self.has(&told, Marker::Sum)
            || self.has(&told, Marker::Total)
            || self.has(&told, Marker::AsOf) && is_newer
        {
            return false;
        }
        // Of the disaster itself, not of a day of it.
        if self.tells_of_own_disaster(&told) && !self.has(&told, Marker::Occasion) {
            return false;
        }
        self.has(&claim.sentence, Marker::Occasion) || self.has_day_of_its_own()
    }

    /// "Rescuers found four bodies", of 190: far less than the whole, and nothing says that it is the whole
    /// or that digits were lost or turned round.
    pub(super) fn is_a_part(&self, judgement: &Judgement<'_>) -> bool {
        let quantity = &self.case.read.quantities[self.claim.quantity];
        let value = quantity.upper.unwrap_or(quantity.value);
        let Some(current) = judgement.current.filter(|_| judgement.verdict == Verdict::Wrong) else {
            return false;
        };
        let told = self.told();
        value * FAR_LESS < current.value.number
            && !is_misread(value, current.value.number)
            && !slip::loses_digit(value, current.value.number)
            && !self.has(&told, Marker::Sum)
            && !self.has(&told, Marker::Total)
            && !self.tells_of_own_disaster(&told)
    }

    /// "The company has 221,000 employees", of 770 of another company: so much more is no slip, unless zeros were added.
    pub(super) fn is_far_more(&self, judgement: &Judgement<'_>) -> bool {
        let quantity = &self.case.read.quantities[self.claim.quantity];
        judgement.verdict == Verdict::Wrong
            && judgement.current.is_some_and(|current| {
                let right = current.value.number;
                quantity.value > right * FAR_MORE && !is_misread(quantity.value, right)
            })
    }

    /// "On Monday alone", and not "in Toamasina alone".
    fn sets_a_day_apart(&self, told: &Range<usize>) -> bool {
        const BETWEEN: usize = 3;
        let case = self.case;
        case.read.scan.hits_in(told).iter().filter(|hit| hit.sense == Sense::Clause(Marker::Alone)).any(
            |hit| {
                let start = hit.token as usize;
                let near = start.saturating_sub(BETWEEN)..start + hit.len as usize + BETWEEN;
                !case.read.dates_in(&near).is_empty()
                    || !case.names_in(&near).iter().any(|name| self.figure.places.contains(&name.member))
            },
        )
    }

    /// The days for which the figure has values.
    fn days(&self) -> impl Iterator<Item = Date> + '_ {
        let told = |entry: &&Entry| entry.kind == EntryKind::Told;
        self.figure.series.iter().filter(told).filter_map(|entry| entry.as_of)
    }

    /// The figure has values of several days, or its only one is of a story that runs for days.
    fn runs_for_days(&self) -> bool {
        let mut days = self.days();
        let first = days.next();
        let is_long = self.case.sheet.period.is_some_and(|(from, to)| from < to);
        days.any(|day| Some(day) != first) || (is_long && !self.is_of_sole_day())
    }

    /// The claim names the only day for which the figure has a value.
    fn is_of_sole_day(&self) -> bool {
        let mut days = self.days();
        let first = days.next();
        !days.any(|day| Some(day) != first)
            && self.claim.dates.clone().filter_map(|date| self.case.read.dates.get(date)).all(
                |date| matches!(date.meaning, Meaning::Day(day) if Some(day) == first || date.other == first),
            )
    }

    /// A day of the story stands with the claim, and not as the day on which somebody told it.
    fn has_day_of_its_own(&self) -> bool {
        self.claim.dates.clone().any(|index| {
            self.case.read.dates.get(index).is_some_and(|date| {
                let near = self.up_to_mark(date.tokens.start, date.tokens.end);
                let is_day = match date.meaning {
                    Meaning::Day(_) => !date.rough,
                    Meaning::Range(from, to) => days_between(from, to) <= 3,
                    _ => false,
                };
                is_day && !self.has(&near, Marker::Says)
            })
        })
    }
}

/// Zeros lost, or the same digits in another order: 600 for 6,000, 18 for 81.
fn is_misread(value: f64, right: f64) -> bool {
    let digits = |number: f64| {
        let mut digits: SmallVec<[u8; 12]> =
            number.to_string().bytes().filter(|&digit| digit != b'0').collect();
        digits.sort_unstable();
        digits
    };
    digits(value) == digits(right)
}
