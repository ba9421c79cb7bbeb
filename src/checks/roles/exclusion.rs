//! What says that a title cannot be a person's: who else holds it, and what the person holds beside it.

use super::apposition::Of;
use super::judge::{Fit, Judge};
use crate::sheet::model::{Member, Role};
use crate::sheet::{Kind, MemberId};

impl Judge<'_, '_> {
    /// Another of the sheet holds the office where the title says so, or in the person's own country.
    pub(super) fn is_held_by_another(&self, id: MemberId, person: &Member) -> bool {
        let many = self.title.offices.iter().any(|&office| {
            self.case.rules.offices.get(usize::from(office)).is_some_and(|office| office.entry.many)
        });
        if many {
            return false;
        }
        let is_place = |member: &MemberId| self.kind(*member) == Some(Kind::Place);
        let mut own = person.roles.iter().filter_map(|role| role.of).filter(is_place);
        let of: Vec<MemberId> = match self.title.of.is_empty() {
            false => {
                let listed = self.title.of.iter().filter_map(|&of| match of {
                    Of::Member(member) => Some(member),
                    Of::Entry(_) => None,
                });
                listed.collect()
            }
            true => match own.next() {
                Some(first) if own.all(|of| of == first) => vec![first],
                _ => return false,
            },
        };
        (0u32..).map(MemberId).zip(&self.case.sheet.cast).filter(|(other, _)| *other != id).any(
            |(_, other)| {
                other.roles.iter().any(|role| {
                    role.of.is_some_and(|place| of.contains(&place))
                        && self.times.hold(role)
                        && (self.means(&role.office, true)
                            // A mere "director" is not the head of the country.
                            || (!self.title.of.is_empty() && self.means(&role.office, false)))
                })
            },
        )
    }

    /// The person holds an office beside which nobody holds this one, and the sheet tells of others who do.
    pub(super) fn is_excluded(&self, current: &[&Role]) -> bool {
        let told = |office: &str| self.case.rules.office(office).map(|(index, _)| index);
        let excludes = |office: &str, other: u16| {
            self.case.rules.office(office).is_some_and(|(_, office)| {
                office.entry.excludes.iter().any(|excluded| told(excluded) == Some(other))
            })
        };
        let is_known = self
            .case
            .sheet
            .cast
            .iter()
            .any(|member| member.roles.iter().any(|role| self.means(&role.office, true)));
        let of_a_country = self.is_of_a_country();
        is_known
            && self
                .title
                .offices
                .iter()
                .filter(|office| !(of_a_country && self.is_of_bodies(**office)))
                .all(|&office| current.iter().any(|role| excludes(&role.office, office)))
    }

    /// The title is of one ministry, and the person's only office another one.
    pub(super) fn is_another_portfolio(&self, current: &[&Role]) -> bool {
        let is_portfolio = |office: u16| {
            self.case.rules.offices.get(usize::from(office)).is_some_and(|office| office.entry.portfolio)
        };
        let [only] = current else { return false };
        self.fit(only) == Fit::Yes
            && self.case.rules.office(&only.office).is_some_and(|(index, _)| is_portfolio(index))
            && self.title.offices.iter().all(|&office| is_portfolio(office))
    }
}
