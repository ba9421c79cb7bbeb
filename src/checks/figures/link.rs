//! Which figure of the sheet a claim is about: concept, group, place, words and event must all fit, and
//! exactly one figure may be left. A claim is never tied by its value.

use std::cell::OnceCell;
use std::ops::Range;

use smallvec::SmallVec;

use super::pairs;
use crate::checks::case::Case;
use crate::checks::names::NameMention;
use crate::language::Sense;
use crate::language::sense::SheetWord;
use crate::reading::claim::{Claim, GroupWord, Whose};
use crate::reading::dates::Meaning;
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;
use crate::sheet::model::GroupRef;
use crate::sheet::{Figure, FormKind, Kind, MemberId};

/// A figure that a claim is about.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    pub figure: &'a Figure,
    /// The words alone leave it open: something is told only if the number is a slip of the figure's own.
    pub is_weak: bool,
}

/// The figure that a claim is about, if exactly one fits; where none does, the one that its words nearly tie.
pub fn link<'a>(case: &Case<'a>, claim: &Claim, previous_end: usize) -> Option<Link<'a>> {
    if claim.barred {
        return None;
    }
    let mut linker = Linker { case, claim, previous_end, told_of: OnceCell::new(), is_lenient: false };
    // In the order of the sheet: those of the claim's concept, and those whose own words stand there.
    let of_concept = claim.concept.map_or(&[][..], |concept| case.kinds.figures_of(concept));
    let mut candidates: SmallVec<[u16; 8]> = of_concept.iter().chain(&claim.figures).copied().collect();
    if candidates.is_empty() {
        candidates.extend(linker.counting_the_noun());
    }
    candidates.sort_unstable();
    candidates.dedup();
    if let Some(figure) =
        linker.only(&candidates).filter(|_| claim.concept.is_some() || !claim.figures.is_empty())
    {
        return Some(Link { figure, is_weak: false });
    }
    linker.is_lenient = true;
    linker.only(&candidates).map(|figure| Link { figure, is_weak: true })
}

impl<'a> Linker<'_, 'a> {
    /// The one figure that fits.
    fn only(&self, candidates: &[u16]) -> Option<&'a Figure> {
        let (linker, case, claim) = (self, self.case, self.claim);
        let mut fitting: SmallVec<[(u16, &Figure); 4]> = candidates
            .iter()
            .filter_map(|&index| Some((index, case.sheet.figures.get(index as usize)?)))
            .filter(|(index, figure)| linker.fits(*index, figure))
            .collect();
        // Words of their own that stand there tell figures apart that are else alike.
        let is_worded = |index: u16, figure: &Figure| {
            claim.figures.contains(&index) || (!figure.when.is_empty() && linker.has_when(index))
        };
        linker.leave_history(&mut fitting);
        linker.take_in_turn(&mut fitting);
        if fitting.len() > 1 && claim.figures.is_empty() {
            let is_others = |figure: &Figure| !figure.together && linker.members_are_of_next(figure);
            if !fitting.iter().all(|(_, figure)| is_others(figure)) {
                fitting.retain(|(_, figure)| !is_others(figure));
            }
        }
        if fitting.len() > 1 && fitting.iter().any(|(index, figure)| is_worded(*index, figure)) {
            fitting.retain(|(index, figure)| is_worded(*index, figure));
        } else if fitting.len() > 1 {
            linker.choose_by_event(&mut fitting);
        }
        match fitting[..] {
            [(_, only)] => Some(only),
            _ => None,
        }
    }
}

/// The figures that count the same concept as the claim, in the order of the sheet.
pub fn of_concept<'a>(case: &Case<'a>, claim: &Claim) -> impl Iterator<Item = &'a Figure> {
    let (sheet, kinds) = (case.sheet, case.kinds);
    let figures = claim.concept.map_or(&[][..], |concept| kinds.figures_of(concept));
    figures.iter().filter_map(|&index| sheet.figures.get(usize::from(index)))
}

/// The id of the group a claim names.
pub fn group_id<'a>(case: &Case<'a>, group: GroupWord) -> Option<&'a str> {
    match group {
        GroupWord::Rule(index) => case.rules.groups.get(index as usize).map(|group| group.id.as_str()),
        GroupWord::Sheet(index) => case.sheet.groups.get(index as usize).map(|group| group.id.as_str()),
    }
}

mod event;
mod lenient;
mod place;

struct Linker<'c, 'a> {
    case: &'c Case<'a>,
    claim: &'c Claim,
    /// Where the number before in the sentence ends, or the sentence begins.
    previous_end: usize,
    /// Worked out when the first figure asks.
    told_of: OnceCell<place::Where>,
    /// Nobody fits by the words alone: what nearly does is asked for.
    is_lenient: bool,
}

impl Linker<'_, '_> {
    fn fits(&self, index: u16, figure: &Figure) -> bool {
        let named = self.claim.figures.contains(&index);
        if self.claim.partitive && figure.part_of.is_none() {
            return false;
        }
        if self.has_wording(&figure.when) && !self.has_when(index) && !self.has_when_before(index) {
            return false;
        }
        self.unit_fits(named)
            && self.group_fits(figure, named)
            && self.place_fits(index, figure)
            && figure.by.iter().all(|by| self.is_named(by))
            && self.time_fits(figure)
            && self.event_fits(figure)
    }

    /// What a unit measures is counted only by figures that name it.
    fn unit_fits(&self, named: bool) -> bool {
        let quantity = &self.case.read.quantities[self.claim.quantity];
        // "A quarter of the seats" counts none.
        let is_share = quantity.value > 0.0 && quantity.value < 1.0;
        !is_share && (named || quantity.unit.is_none())
    }

    fn has_wording(&self, words: &crate::sheet::model::Words) -> bool {
        words.contains_key(&self.case.read.scan.language.pack.language)
    }

    fn has_when(&self, index: u16) -> bool {
        self.case.says(&self.claim.sentence, SheetWord::FigureWhen(index))
    }

    fn group_fits(&self, figure: &Figure, named: bool) -> bool {
        let members_only = figure.groups.iter().all(|group| matches!(group, GroupRef::Member(_)));
        if !figure.groups.is_empty() && members_only {
            return match self.claim.whose {
                // "34 Syrians": the name of the people is the noun.
                Whose::SomethingElse if !named && !self.counts_people_of(figure) => false,
                Whose::Unclear if !named => false,
                Whose::Group(group) | Whose::Carried(group) if !named && !self.is_counted_anyway(group) => {
                    false
                }
                _ if named && figure.groups.iter().all(|group| !self.is_named(group)) => {
                    self.is_understood(figure)
                }
                _ => self.members_fit(figure),
            };
        }
        match self.claim.whose {
            Whose::Group(group) | Whose::Carried(group) => {
                let Some(id) = group_id(self.case, group) else { return false };
                let of_group =
                    figure.groups.iter().any(|of| matches!(of, GroupRef::Group(known) if known == id));
                of_group
                    // The sheet's own word is a group's too: "the backing of 100 lawmakers".
                    || (named && figure.groups.is_empty())
                    || (figure.groups.is_empty() && self.is_counted_by(figure, group) && !self.names_a_force())
            }
            Whose::Unclear | Whose::Earlier if self.is_lenient => {
                figure.groups.is_empty() && !self.names_a_force()
            }
            // "584 pessoas de telhados foram resgatadas": whatever the noun is, a word says what became of it.
            Whose::SomethingElse if self.is_lenient && self.claim.concept.is_some() => {
                figure.groups.is_empty()
            }
            Whose::Nobodys => figure.groups.is_empty() && !self.names_a_force(),
            // The sentence before told of a group: this number may be of the same.
            Whose::Earlier => {
                figure.groups.is_empty() && !self.names_a_force() && !self.has_parts_by_group(figure)
            }
            Whose::Unclear | Whose::SomethingElse => named && figure.groups.is_empty(),
        }
    }

    /// The concept counts this group whatever is said: soldiers, of troops that are sent.
    fn is_counted_anyway(&self, group: GroupWord) -> bool {
        let concept = self.claim.concept.and_then(|concept| self.case.rules.concepts.get(concept as usize));
        concept
            .and_then(|concept| concept.entry.counts.as_deref())
            .is_some_and(|counts| group_id(self.case, group) == Some(counts))
    }

    /// The same, of a figure whose concept the copy may leave out.
    fn is_counted_by(&self, figure: &Figure, group: GroupWord) -> bool {
        let concept = || self.case.rules.concepts.iter().find(|concept| concept.id == figure.concept);
        self.is_counted_anyway(group)
            || self.is_lenient
                && self.claim.concept.is_none()
                && concept()
                    .and_then(|concept| concept.entry.counts.as_deref())
                    .is_some_and(|counts| group_id(self.case, group) == Some(counts))
    }

    /// The sheet has figures of the concept for groups as well.
    fn has_parts_by_group(&self, figure: &Figure) -> bool {
        self.case
            .sheet
            .figures
            .iter()
            .any(|other| other.concept == figure.concept && !other.groups.is_empty())
    }

    /// "2,500 Russian troops" counts the Russian ones: not those of a figure without a group.
    fn names_a_force(&self) -> bool {
        let tokens = &self.case.read.quantities[self.claim.quantity].tokens;
        self.case.names_in(&(tokens.end..tokens.end + 2)).iter().any(|name| name.kind == FormKind::Adjective)
    }

    /// The cast members whose people the figure counts are named, and no other stands nearer.
    fn members_fit(&self, figure: &Figure) -> bool {
        let tokens = &self.case.read.quantities[self.claim.quantity].tokens;
        let distance = |name: &Range<usize>| {
            if name.start >= tokens.end {
                name.start - tokens.end
            } else {
                tokens.start.saturating_sub(name.end)
            }
        };
        let members: Vec<MemberId> = figure
            .groups
            .iter()
            .filter_map(|group| match group {
                GroupRef::Member(member) => Some(*member),
                GroupRef::Group(_) => None,
            })
            .collect();
        let in_sentence = || {
            self.case
                .names_in(&self.claim.sentence)
                .iter()
                .filter(|name| self.kind(name.member) != Some(Kind::Person))
        };
        if figure.together {
            return members.iter().all(|member| in_sentence().any(|name| name.member == *member));
        }
        let nearest_own = in_sentence()
            .filter(|name| members.contains(&name.member))
            .min_by_key(|name| distance(&name.tokens));
        let Some(nearest) = nearest_own else { return false };
        // "The NLD won 396 seats, the USDP 33": another party stands between.
        if self.kind(nearest.member) == Some(Kind::Organization)
            && (nearest.tokens.end..tokens.start).any(|at| self.is_party(at))
        {
            return false;
        }
        // "The CSU won 85 seats and the AfD 32": where several parties of the sheet are named, only their order says
        // whose a number is.
        let is_rival = |member: MemberId| {
            self.kind(member) == Some(Kind::Organization)
                && !members.contains(&member)
                && self.case.sheet.figures.iter().any(|other| {
                    other.concept == figure.concept && other.groups.contains(&GroupRef::Member(member))
                })
        };
        if in_sentence().any(|name| is_rival(name.member)) {
            let party = pairs::party_of(self.case, self.claim, |member| {
                members.contains(&member) || is_rival(member)
            });
            return party.is_some_and(|party| members.contains(&party));
        }
        let own = distance(&nearest.tokens);
        // An adjective right at the number says whose people they are.
        !in_sentence().any(|name| {
            name.kind == FormKind::Adjective
                && !members.contains(&name.member)
                && distance(&name.tokens) < own.min(3)
        })
    }

    /// "Of the 117 dead, 43 were Syrians": whose people the figure counts is named behind the next number only.
    fn members_are_of_next(&self, figure: &Figure) -> bool {
        let Some(next) = self.case.read.quantities.get(self.claim.quantity + 1) else { return false };
        let is_next = |name: &NameMention| name.tokens.start >= next.tokens.end;
        let is_member = |group: &GroupRef, name: &NameMention| *group == GroupRef::Member(name.member);
        let mut own = self
            .case
            .names_in(&self.claim.sentence)
            .iter()
            .filter(|name| figure.groups.iter().any(|group| is_member(group, name)))
            .peekable();
        own.peek().is_some() && own.all(is_next)
    }

    /// The noun of the number names the people of one of the figure's members: "34 Syrians", "34 Syrian
    /// nationals".
    fn counts_people_of(&self, figure: &Figure) -> bool {
        let tokens = &self.case.read.quantities[self.claim.quantity].tokens;
        self.case
            .names_in(&(tokens.end..tokens.end + 2))
            .iter()
            .any(|name| figure.groups.contains(&GroupRef::Member(name.member)))
    }

    /// The figure's members go without saying: one of them is named before, and the sentence names no other
    /// party, known or unknown.
    fn is_understood(&self, figure: &Figure) -> bool {
        let named_before = self
            .case
            .names
            .iter()
            .take_while(|name| name.tokens.start < self.claim.sentence.start)
            .any(|name| figure.groups.contains(&GroupRef::Member(name.member)));
        let other_member = self
            .case
            .names_in(&self.claim.sentence)
            .iter()
            .any(|name| self.kind(name.member) == Some(Kind::Organization));
        named_before && !other_member && !self.claim.sentence.clone().any(|at| self.is_party(at))
    }

    /// A capitalised word that nobody knows: perhaps another party.
    fn is_party(&self, at: usize) -> bool {
        let scan = self.case.read.scan;
        scan.word(at).is_some_and(|word| match word.shape {
            Shape::Upper => word.kind == TokenKind::Word,
            Shape::Capital => at > self.claim.sentence.start && !scan.language.pack.capitalised_nouns,
            _ => false,
        }) && !scan.is_known(at)
            && !self.case.is_named(at)
    }

    fn is_named(&self, group: &GroupRef) -> bool {
        match group {
            GroupRef::Member(member) => {
                self.case.names_in(&self.claim.sentence).iter().any(|name| name.member == *member)
            }
            GroupRef::Group(id) => self.claim.sentence.clone().any(|at| {
                self.case.read.scan.hits_at(at).iter().any(|hit| match hit.sense {
                    Sense::Group(group) => {
                        self.case.rules.groups.get(group as usize).is_some_and(|group| group.id == *id)
                    }
                    _ => false,
                })
            }),
        }
    }

    fn kind(&self, member: MemberId) -> Option<Kind> {
        self.case.sheet.cast.get(member.0 as usize).map(|member| member.kind)
    }

    /// A date outside the story's period tells of another time.
    fn time_fits(&self, figure: &Figure) -> bool {
        let Some((from, to)) = self.case.sheet.period else { return true };
        // Copy of another time is of another story.
        let is_of_another_time = self.case.read.reference.is_some_and(|day| {
            day < from || to.checked_add(jiff::Span::new().years(1)).is_ok_and(|last| day > last)
        });
        if is_of_another_time && !figure.constant {
            return false;
        }
        figure.constant
            || !self.claim.dates.clone().any(|date| {
                let (first, last) = match self.case.read.dates[date].meaning {
                    Meaning::Day(day) => (day, day),
                    Meaning::Range(first, last) => (first, last),
                    _ => return false,
                };
                last < from || first > to
            })
    }
}
