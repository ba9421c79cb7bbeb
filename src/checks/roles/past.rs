//! Titles and time: offices that were held once, and told as if they still were; and such as were never held.

use jiff::ToSpan as _;

use super::judge::{Fit, Judge, Judgement, Mistake};
use crate::finding::Verdict;
use crate::sheet::model::{Member, Role};
use crate::sheet::{Kind, MemberId};

/// Copy goes on to call people by an office they lost a few days ago, and speaks of the days before.
const GRACE_DAYS: i64 = 10;

/// Fewer days where the sheet has who came after: copy of a change of office knows of both.
const GRACE_DAYS_OF_PREDECESSORS: i64 = 5;

/// Who was minister until so many months ago is called a former minister of that, and of nothing else.
const LATELY_MONTHS: i64 = 12;

impl<'a> Judge<'_, 'a> {
    /// The title is right at some time: is it at this?
    pub(super) fn at_its_time(&self, fitting: &[&'a Role]) -> Judgement<'a> {
        let around = self.title.around;
        let Some(&first) = fitting.first() else { return Judgement::NotCovered };
        let held: Vec<&Role> = fitting.iter().copied().filter(|role| self.times.hold(role)).collect();
        if self.times.reference.is_none() || (around.former && around.held) {
            return Judgement::Agrees;
        }
        if around.former {
            let ended = fitting
                .iter()
                .any(|role| role.to.zip(self.times.reference).is_some_and(|(to, reference)| to <= reference));
            // Who holds an office can have held it before, which the sheet would not say.
            return match held.first() {
                Some(&role) if !ended && role.from.is_some() => {
                    Judgement::Told(Verdict::Ahead, role, Mistake::Time)
                }
                _ => Judgement::Agrees,
            };
        }
        if around.designate || self.times.earlier {
            return Judgement::Agrees;
        }
        if let Some(&role) = held.first() {
            let acting = held.iter().all(|role| role.acting);
            return match (around.acting && !around.held, acting) {
                (true, false) if held.iter().all(|role| !role.acting) => {
                    Judgement::Told(Verdict::Loose, role, Mistake::Time)
                }
                _ => Judgement::Agrees,
            };
        }
        if fitting.iter().all(|role| self.times.is_over(role, self.grace(role))) {
            if fitting.iter().all(|role| self.times.is_history(role)) {
                return Judgement::Agrees;
            }
            let last = fitting.iter().copied().max_by_key(|role| role.to).unwrap_or(first);
            return Judgement::Told(Verdict::Stale, last, Mistake::Time);
        }
        if fitting.iter().all(|role| self.times.is_to_come(role)) {
            return Judgement::Told(Verdict::Ahead, first, Mistake::Time);
        }
        Judgement::Agrees
    }

    /// "Former president", of somebody whose offices of state are all over and exclude that one: the sheet
    /// tells what he was.
    pub(super) fn never_held(&self, person: &'a Member) -> Judgement<'a> {
        let is_past = |role: &Role| role.to.zip(self.times.reference).is_some_and(|(to, day)| to <= day);
        let of_places =
            || person.roles.iter().filter(|role| role.of.and_then(|of| self.kind(of)) == Some(Kind::Place));
        let of_state: Vec<&Role> = of_places().filter(|role| self.is_exclusive(&role.office)).collect();
        let is_told_exclusive = self.title.offices.iter().all(|&office| {
            self.case.rules.offices.get(usize::from(office)).is_some_and(|office| {
                !office.entry.excludes.is_empty() || (office.entry.of_bodies && self.title.offices.len() > 1)
            })
        });
        match of_state.last() {
            Some(&last)
                if is_told_exclusive
                    && of_places().all(is_past)
                    && of_state.iter().all(|role| self.fit(role) == Fit::Yes) =>
            {
                Judgement::Told(Verdict::Wrong, last, Mistake::Past)
            }
            _ => self.was_another_minister(person),
        }
    }

    /// "Former foreign minister", of somebody who until lately was minister of something else.
    fn was_another_minister(&self, person: &'a Member) -> Judgement<'a> {
        let is_portfolio = |office: &str| self.entry_of_office(office).is_some_and(|office| office.portfolio);
        let are_portfolios = self.title.offices.iter().all(|&office| {
            self.case.rules.offices.get(usize::from(office)).is_some_and(|office| office.entry.portfolio)
        });
        let lately = self.times.reference.and_then(|day| day.checked_sub(LATELY_MONTHS.months()).ok());
        let is_past = |role: &Role| role.to.zip(self.times.reference).is_some_and(|(to, day)| to <= day);
        let mut ministries = person.roles.iter().filter(|role| is_portfolio(&role.office));
        match (ministries.next(), ministries.next()) {
            (Some(only), None)
                if are_portfolios
                    && person.roles.iter().all(is_past)
                    && only.to.zip(lately).is_some_and(|(to, lately)| to >= lately)
                    && self.fit(only) == Fit::Yes =>
            {
                Judgement::Told(Verdict::Wrong, only, Mistake::Past)
            }
            _ => Judgement::NotCovered,
        }
    }

    /// A title that another of the sheet has, beside somebody all of whose offices are over.
    pub(super) fn long_gone(&self, id: MemberId, person: &'a Member) -> Judgement<'a> {
        let last = person.roles.iter().filter(|role| role.to.is_some()).max_by_key(|role| role.to);
        let Some((role, to)) = last.and_then(|role| Some((role, role.to?))) else {
            return Judgement::NotCovered;
        };
        // Of a day on which an office was held much may be told that no sheet has.
        let is_of_then = self.times.earlier || self.times.told.iter().any(|(first, _)| *first <= to);
        let is_wrong = !is_of_then
            && person.roles.iter().all(|role| role.to.is_some())
            && self.times.reference.is_some_and(|day| to <= day)
            && self.is_held_by_another(id, person);
        if is_wrong { Judgement::Told(Verdict::Wrong, role, Mistake::Office) } else { Judgement::NotCovered }
    }

    /// For how many days after its end somebody may be called by an office.
    fn grace(&self, role: &Role) -> i64 {
        let mut others = self.case.sheet.cast.iter().flat_map(|member| &member.roles);
        let is_filled = others.any(|other| {
            other.span != role.span
                && other.office == role.office
                && other.of == role.of
                && other.from.zip(role.to).is_some_and(|(from, to)| from >= to)
                && self.times.hold(other)
        });
        if is_filled { GRACE_DAYS_OF_PREDECESSORS } else { GRACE_DAYS }
    }
}
