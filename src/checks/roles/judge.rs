//! How a title stands to the roles that a sheet gives to a person.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::apposition::{Apposition, Of};
use crate::checks::case::Case;
use crate::finding::Verdict;
use crate::gazetteer::EntryKind;
use crate::rules::file::OfficeEntry;
use crate::sheet::model::{Member, Role};
use crate::sheet::{Kind, MemberId};

/// What became of a title.
pub(super) enum Judgement<'a> {
    Agrees,
    /// The sheet does not say enough to judge.
    NotCovered,
    /// The verdict, and the role that is the person's own.
    Told(Verdict, &'a Role, Mistake),
}

/// What of a title is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    Office,
    /// The office is right, and what it is of is not.
    Of,
    /// Both are right at another time.
    Time,
    /// It is told as an office of the past, and others are known.
    Past,
}

/// Who lost an office longer ago is told of as history, and everybody knows.
const HISTORY_YEARS: i64 = 12;

/// The days of which a sentence tells.
pub(super) struct Times {
    pub(super) reference: Option<Date>,
    /// The dates of the sentence and of the one before it, first and last day.
    pub(super) told: Vec<(Date, Date)>,
    /// The sentence, or the one before, speaks of a time before that of the copy.
    pub(super) earlier: bool,
}

impl Times {
    /// Whether a role is held at the reference date or on a day that is told.
    pub(super) fn hold(&self, role: &Role) -> bool {
        let Some(reference) = self.reference else { return true };
        std::iter::once((reference, reference)).chain(self.told.iter().copied()).any(|(first, last)| {
            role.from.is_none_or(|from| from <= last) && role.to.is_none_or(|to| first <= to)
        })
    }

    /// Whether a role is held at the reference date and on all days that are told.
    fn hold_throughout(&self, role: &Role) -> bool {
        self.reference.is_some_and(|reference| {
            std::iter::once((reference, reference)).chain(self.told.iter().copied()).all(|(first, last)| {
                role.from.is_none_or(|from| from <= first) && role.to.is_none_or(|to| last <= to)
            })
        })
    }

    /// Whether a role ended so long ago that nobody is called by it any more.
    pub(super) fn is_over(&self, role: &Role, grace: i64) -> bool {
        self.ended_before(role, grace.days())
    }

    /// Whether a role ended so long ago that copy which tells of it tells of that time.
    pub(super) fn is_history(&self, role: &Role) -> bool {
        self.ended_before(role, HISTORY_YEARS.years())
    }

    fn ended_before(&self, role: &Role, ago: Span) -> bool {
        let day = self.reference.and_then(|reference| reference.checked_sub(ago).ok());
        role.to.zip(day).is_some_and(|(to, day)| to < day)
    }

    pub(super) fn is_to_come(&self, role: &Role) -> bool {
        role.from.zip(self.reference).is_some_and(|(from, reference)| from > reference)
    }
}

/// How what a title is of stands to what a role is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Two countries, or two organizations.
    No,
    /// A country and an organization, which may belong together.
    Maybe,
    Yes,
}

/// How one of a person's roles serves a title.
#[derive(Clone, Copy)]
struct Served<'a> {
    role: &'a Role,
    fit: Fit,
}

/// Judges one title of one person.
pub(super) struct Judge<'s, 'a> {
    pub(super) case: &'s Case<'a>,
    pub(super) title: &'s Apposition,
    pub(super) times: &'s Times,
}

impl<'a> Judge<'_, 'a> {
    pub(super) fn judge(&self, id: MemberId, person: &'a Member) -> Judgement<'a> {
        if person.roles.is_empty() {
            return Judgement::NotCovered;
        }
        let mut served = self.served(person);
        // "The former president", of the head of a party, is no former head of it.
        if self.title.around.former && !self.title.around.held && self.title.of.is_empty() {
            served.retain(|served| {
                served.role.to.is_some()
                    || !self.times.hold(served.role)
                    || self.means(&served.role.office, true)
            });
        }
        let fitting: Vec<&Role> =
            served.iter().filter(|served| served.fit == Fit::Yes).map(|served| served.role).collect();
        if !fitting.is_empty() {
            return self.at_its_time(&fitting);
        }
        // The chair of a council is no "Russian leader" where the same person presides over another country.
        let presides_elsewhere = served.iter().any(|served| {
            served.fit == Fit::No && self.is_exclusive(&served.role.office) && self.times.hold(served.role)
        });
        if served.iter().any(|served| served.fit == Fit::Maybe) && !presides_elsewhere {
            return Judgement::NotCovered;
        }
        let around = self.title.around;
        if around.former || around.designate {
            return match self.of_another(&served, false) {
                Judgement::NotCovered if served.is_empty() && !around.designate => self.never_held(person),
                judgement => judgement,
            };
        }
        if !served.is_empty()
            && let Judgement::Told(verdict, role, mistake) = self.of_another(&served, true)
        {
            return Judgement::Told(verdict, role, mistake);
        }
        let current: Vec<&Role> = person.roles.iter().filter(|role| self.times.hold(role)).collect();
        let Some(&own) = self.best(&current) else { return self.long_gone(id, person) };
        let is_wrong = self.is_held_by_another(id, person)
            || self.is_excluded(&current)
            || (served.is_empty() && self.is_another_portfolio(&current));
        if is_wrong {
            let mut alike = served.iter().map(|served| served.role).filter(|role| self.times.hold(role));
            return match alike.next() {
                Some(role) => Judgement::Told(Verdict::Wrong, role, Mistake::Of),
                None => Judgement::Told(Verdict::Wrong, own, Mistake::Office),
            };
        }
        Judgement::NotCovered
    }

    /// Whether the title can be this person's only: held now, and through all the days that are told, with
    /// what it is of beside it. Where `known` it may go without saying what it is of, if that is the story's.
    pub(super) fn names_one(&self, person: &'a Member, known: bool) -> bool {
        let around = self.title.around;
        let is_of_story = |role: &Role| role.of.is_some_and(|of| self.case.sheet.places.contains(&of));
        !around.former
            && !around.designate
            && !self.times.earlier
            && !self.is_many()
            && self.served(person).iter().any(|served| {
                served.fit == Fit::Yes
                    && served.role.of.is_some()
                    && (!self.title.of.is_empty() || (known && is_of_story(served.role)))
                    && self.times.hold_throughout(served.role)
            })
    }

    /// The role of a person that the title is of and that nobody else can have meanwhile: held now and through
    /// all the days that are told, by its very word. Where `at_home` it may go without saying that it is an
    /// office of the story's own country.
    pub(super) fn only_role(&self, person: &'a Member, at_home: bool) -> Option<&'a Role> {
        if !self.names_one(person, at_home) {
            return None;
        }
        let is_one = |role: &Role| {
            self.case.rules.office(&role.office).is_some_and(|(_, office)| {
                let entry = &office.entry;
                !entry.excludes.is_empty() || entry.portfolio || entry.sole
            })
        };
        let mut direct = person.roles.iter().filter(|role| {
            self.means(&role.office, true) && self.fit(role) == Fit::Yes && self.times.hold_throughout(role)
        });
        direct.find(|role| is_one(role) && !role.acting)
    }

    fn is_many(&self) -> bool {
        self.title.offices.iter().any(|&office| {
            self.case.rules.offices.get(usize::from(office)).is_some_and(|office| office.entry.many)
        })
    }

    /// The roles of a person that the title can mean: those of the very office, or, where there is none,
    /// those that are told by a more general word.
    fn served(&self, person: &'a Member) -> Vec<Served<'a>> {
        let serve = |direct: bool| -> Vec<Served<'a>> {
            person
                .roles
                .iter()
                .filter(|role| self.means(&role.office, direct))
                .map(|role| Served { role, fit: self.fit(role) })
                .collect()
        };
        let direct = serve(true);
        if direct.iter().any(|served| served.fit > Fit::No) {
            return direct;
        }
        let general = serve(false);
        if general.iter().any(|served| served.fit > Fit::No) || direct.is_empty() { general } else { direct }
    }

    /// Whether the title's words are of an office, or, where not `direct`, of a more general one.
    pub(super) fn means(&self, office: &str, direct: bool) -> bool {
        let Some((index, office)) = self.case.rules.office(office) else { return false };
        if direct {
            return self.title.offices.contains(&index)
                && !(office.entry.of_bodies && self.is_of_a_country());
        }
        office.entry.also.iter().any(|general| {
            self.case.rules.office(general).is_some_and(|(index, _)| self.title.offices.contains(&index))
        })
    }

    /// The title is of countries only, and can mean an office that countries have.
    pub(super) fn is_of_a_country(&self) -> bool {
        !self.title.of.is_empty()
            && self.title.of.iter().all(|&of| self.kind_of(of) == Some(Kind::Place))
            && !self.title.offices.iter().all(|&office| self.is_of_bodies(office))
    }

    pub(super) fn is_of_bodies(&self, office: u16) -> bool {
        self.case.rules.offices.get(usize::from(office)).is_some_and(|office| office.entry.of_bodies)
    }

    pub(super) fn fit(&self, role: &Role) -> Fit {
        let Some(of) = role.of.filter(|_| !self.title.of.is_empty()) else { return Fit::Yes };
        let within = |inner: MemberId, outer: MemberId| {
            self.case.sheet.cast.get(inner.0 as usize).is_some_and(|member| member.within == Some(outer))
        };
        self.title
            .of
            .iter()
            .map(|&told| {
                let fits = match told {
                    Of::Member(told) => {
                        let is_posted = |posted: MemberId| {
                            posted == told || within(told, posted) || {
                                let country = self.case.entry_of(posted);
                                country.is_some()
                                    && self.case.entry_of(told).is_some_and(|city| city.country() == country)
                            }
                        };
                        told == of
                            || within(of, told)
                            || within(told, of)
                            || role.posted.is_some_and(is_posted)
                    }
                    Of::Entry(told) => {
                        // A city stands for its country, which an ambassador in Berlin is posted to.
                        let is_entry = |member: MemberId| {
                            let entry = self.case.entry_of(member);
                            entry.is_some() && (entry == Some(told) || told.country() == entry)
                        };
                        is_entry(of) || role.posted.is_some_and(is_entry)
                    }
                };
                match fits {
                    true => Fit::Yes,
                    false if self.kind_of(told) == self.kind(of) => Fit::No,
                    false => Fit::Maybe,
                }
            })
            .max()
            .unwrap_or(Fit::Yes)
    }

    fn kind_of(&self, told: Of) -> Option<Kind> {
        match told {
            Of::Member(member) => self.kind(member),
            Of::Entry(entry) if entry.entry().kind == EntryKind::Body => Some(Kind::Organization),
            Of::Entry(_) => Some(Kind::Place),
        }
    }

    pub(super) fn kind(&self, member: MemberId) -> Option<Kind> {
        self.case.sheet.cast.get(member.0 as usize).map(|member| member.kind)
    }

    /// The very office is the person's, and of another country, or of another body where nobody holds two.
    fn of_another(&self, served: &[Served<'a>], current: bool) -> Judgement<'a> {
        let elsewhere = served.iter().filter(|served| {
            let role = served.role;
            match role.of.and_then(|of| self.kind(of)) {
                Some(Kind::Place) if current => self.times.hold(role),
                // Nobody governs in two countries, one after the other.
                Some(Kind::Place) => self
                    .entry_of_office(&role.office)
                    .is_some_and(|office| !office.excludes.is_empty() || office.portfolio || office.national),
                Some(Kind::Organization) => {
                    let is_sole = || {
                        self.means(&role.office, true)
                            && self.entry_of_office(&role.office).is_some_and(|office| office.sole)
                    };
                    current
                        && served.fit == Fit::No
                        && self.times.hold(role)
                        && (is_sole() || self.are_apart(role))
                }
                _ => false,
            }
        });
        match elsewhere.map(|served| served.role).next() {
            Some(role) => Judgement::Told(Verdict::Wrong, role, Mistake::Of),
            None => Judgement::NotCovered,
        }
    }

    /// The title is of international bodies that have nothing to do with the one of a role: nobody is head of
    /// two of them.
    fn are_apart(&self, role: &Role) -> bool {
        let own = role.of.and_then(|of| self.case.entry_of(of));
        let is_apart = |told: &Of| {
            let told = match *told {
                Of::Entry(entry) => Some(entry),
                Of::Member(member) => self.case.entry_of(member),
            };
            told.zip(own).is_some_and(|(told, own)| told.is_apart_from(own))
        };
        !self.title.of.is_empty() && self.title.of.iter().all(is_apart)
    }

    pub(super) fn is_exclusive(&self, office: &str) -> bool {
        self.entry_of_office(office).is_some_and(|office| !office.excludes.is_empty())
    }

    pub(super) fn entry_of_office(&self, office: &str) -> Option<&'a OfficeEntry> {
        self.case.rules.office(office).map(|(_, office)| &office.entry)
    }

    /// Of several roles the one to tell of: the most prominent that is of a country the title names.
    fn best<'r>(&self, roles: &'r [&'a Role]) -> Option<&'r &'a Role> {
        let rank = |role: &Role| (self.fit(role) == Fit::Yes, self.is_exclusive(&role.office));
        roles.iter().rev().max_by_key(|role| rank(role))
    }
}
