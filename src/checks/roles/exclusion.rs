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
        if self.title.of.is_empty() && self.is_held_in_the_country(id, person) {
            return true;
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
        self.others(id).any(|other| {
            other.roles.iter().any(|role| {
                role.of.is_some_and(|place| of.contains(&place))
                    && self.times.hold(role)
                    && (self.means(&role.office, true)
                        // A mere "director" is not the head of the country.
                        || (!self.title.of.is_empty() && self.means(&role.office, false)))
            })
        })
    }

    /// Another of the sheet holds an office of which a country has one, in the country where all of the person's
    /// offices are. Of bodies the sheet may not say where they are: there it must be an office of state by its
    /// name, which neither companies nor universities have.
    fn is_held_in_the_country(&self, id: MemberId, person: &Member) -> bool {
        let mut lands = person.roles.iter().filter_map(|role| role.of).map(|of| self.case.land_of(of));
        let Some(own) = lands.next() else { return false };
        let is_same = |other: Option<MemberId>| own.is_none() || other.is_none() || own == other;
        if !lands.all(is_same) {
            return false;
        }
        let is_there = |role: &Role| {
            let Some(office) = self.entry_of_office(&role.office) else { return false };
            let land = role.of.map(|of| self.case.land_of(of));
            let is_known = own.is_some() && land == Some(own);
            land.is_some_and(is_same)
                && (office.portfolio || office.national || (is_known && !office.excludes.is_empty()))
        };
        self.others(id)
            .flat_map(|other| &other.roles)
            .any(|role| self.means(&role.office, true) && self.times.hold(role) && is_there(role))
    }

    /// The others of the cast.
    fn others(&self, id: MemberId) -> impl Iterator<Item = &Member> {
        let cast = (0u32..).map(MemberId).zip(&self.case.sheet.cast);
        cast.filter(move |(other, _)| *other != id).map(|(_, member)| member)
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
