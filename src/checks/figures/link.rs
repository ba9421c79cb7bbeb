//! Which figure of the sheet a claim is about: concept, group, place, words and event must all fit, and
//! exactly one figure may be left. A claim is never tied by its value.

use std::ops::Range;

use smallvec::SmallVec;

use crate::checks::case::Case;
use crate::language::sense::SheetWord;
use crate::language::{Marker, Sense, SenseSet};
use crate::reading::claim::{Claim, GroupWord, Whose};
use crate::reading::dates::{DateMention, Meaning};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;
use crate::sheet::model::{Event, GroupRef};
use crate::sheet::{Figure, FormKind, Kind, MemberId};

/// The figure that a claim is about, if exactly one fits.
pub fn link<'a>(case: &Case<'a>, claim: &Claim, previous_end: usize) -> Option<&'a Figure> {
    if claim.barred {
        return None;
    }
    let linker = Linker { case, claim, previous_end };
    // In the order of the sheet: those of the claim's concept, and those whose own words stand there.
    let of_concept = claim.concept.map_or(&[][..], |concept| case.kinds.figures_of(concept));
    let mut candidates: SmallVec<[u16; 8]> = of_concept.iter().chain(&claim.figures).copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut fitting: SmallVec<[(u16, &Figure); 4]> = candidates
        .into_iter()
        .filter_map(|index| Some((index, case.sheet.figures.get(index as usize)?)))
        .filter(|(index, figure)| linker.fits(*index, figure))
        .collect();
    // Words of their own that stand there tell figures apart that are else alike.
    let is_worded = |index: u16, figure: &Figure| {
        claim.figures.contains(&index) || (!figure.when.is_empty() && linker.has_when(index))
    };
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

/// Whether a figure counts the same concept as the claim.
pub fn same_concept(case: &Case<'_>, claim: &Claim, figure: &Figure) -> bool {
    claim
        .concept
        .and_then(|concept| case.rules.concepts.get(concept as usize))
        .is_some_and(|concept| concept.id == figure.concept)
}

/// The id of the group a claim names.
pub fn group_id<'a>(case: &Case<'a>, group: GroupWord) -> Option<&'a str> {
    match group {
        GroupWord::Rule(index) => case.rules.groups.get(index as usize).map(|group| group.id.as_str()),
        GroupWord::Sheet(index) => case.sheet.groups.get(index as usize).map(|group| group.id.as_str()),
    }
}

struct Linker<'c, 'a> {
    case: &'c Case<'a>,
    claim: &'c Claim,
    /// Where the number before in the sentence ends, or the sentence begins.
    previous_end: usize,
}

impl Linker<'_, '_> {
    fn fits(&self, index: u16, figure: &Figure) -> bool {
        let named = self.claim.figures.contains(&index);
        if self.claim.partitive && figure.part_of.is_none() {
            return false;
        }
        if self.has_wording(&figure.when) && !self.has_when(index) {
            return false;
        }
        self.unit_fits(named)
            && self.group_fits(figure, named)
            && self.place_fits(figure)
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
                    || (figure.groups.is_empty() && self.is_counted_anyway(group) && !self.names_a_force())
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
        let own = distance(&nearest.tokens);
        // An adjective right at the number says whose people they are.
        !in_sentence().any(|name| {
            name.kind == FormKind::Adjective
                && !members.contains(&name.member)
                && distance(&name.tokens) < own.min(3)
        })
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

    /// Places named with the number must be the figure's; a clause that names none goes to the
    /// story-wide figure only.
    fn place_fits(&self, figure: &Figure) -> bool {
        if self.is_of_a_place_before(figure) {
            return false;
        }
        let end = self
            .claim
            .trigger
            .as_ref()
            .map_or(self.claim.clause.end, |trigger| trigger.end.max(self.claim.clause.end));
        let copy_start = self.case.read.copy_start;
        let from = match self.claim.sentence.contains(&copy_start) {
            true => copy_start.min(end),
            false => self.claim.sentence.start,
        };
        let own = self.previous_end.min(self.claim.clause.start).max(from)..end;
        let mut region = own;
        if !self.names_place(&region) {
            region = from..end;
        }
        if self.case.has_unknown_place(&region) {
            return false;
        }
        let mut named_own = false;
        for name in self.places(&region) {
            if figure.places.contains(&name) {
                named_own = true;
            } else if !self.is_member_group(figure, name) {
                return false;
            }
        }
        named_own || figure.place_is_default || figure.places.is_empty()
    }

    /// "the hotel, where two people died": the clause tells of the place right before it, which is not the
    /// figure's.
    fn is_of_a_place_before(&self, figure: &Figure) -> bool {
        let scan = self.case.read.scan;
        let start = self.claim.clause.start;
        let is_where = |at: usize| {
            let begins = scan.begins(at);
            let has = |marker| begins.has_any(SenseSet::marker(marker));
            has(Marker::Break) && has(Marker::Locative)
        };
        let Some(at) = [Some(start), start.checked_sub(1)].into_iter().flatten().find(|&at| is_where(at))
        else {
            return false;
        };
        let before = at.saturating_sub(5).max(self.claim.sentence.start)..at;
        !self.case.names_in(&before).iter().any(|name| figure.places.contains(&name.member))
    }

    fn is_member_group(&self, figure: &Figure, place: MemberId) -> bool {
        figure.groups.iter().chain(&figure.by).any(|group| *group == GroupRef::Member(place))
    }

    fn names_place(&self, region: &Range<usize>) -> bool {
        self.places(region).next().is_some()
    }

    fn kind(&self, member: MemberId) -> Option<Kind> {
        self.case.sheet.cast.get(member.0 as usize).map(|member| member.kind)
    }

    /// Places named in a stretch, other than as the owner of an institution or in an adjective.
    fn places(&self, region: &Range<usize>) -> impl Iterator<Item = MemberId> {
        let scan = self.case.read.scan;
        self.case
            .names_in(region)
            .iter()
            .filter(move |name| {
                self.kind(name.member) == Some(Kind::Place) && name.kind != FormKind::Adjective
            })
            .filter(move |name| {
                // "Kazakhstan's Interior Ministry", "президент Казахстану": whose, not where.
                let before = name.tokens.start.checked_sub(1);
                let is_owner = before.is_some_and(|before| {
                    scan.kind(before) == Some(TokenKind::Word)
                        && (self.case.name_ending_at(name.tokens.start).is_some()
                            || scan.hits_at(before).iter().any(|hit| matches!(hit.sense, Sense::Office(_))))
                });
                let is_possessor = scan
                    .tokens
                    .get(name.tokens.end - 1)
                    .is_some_and(|last| (last.end as usize) > name.span.end);
                !is_owner && !is_possessor
            })
            .map(|name| name.member)
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

    /// Where several events of a type stand in the sheet, the figure of one needs that event's words,
    /// date or place in the clause or the sentence before.
    fn event_fits(&self, figure: &Figure) -> bool {
        let Some((index, event)) = self.event_of(figure) else { return true };
        let alike = match self.case.kinds.event_type(index) {
            Some(known) => self.case.kinds.events_of(known).len(),
            None => {
                self.case.sheet.events.iter().filter(|other| other.event_type == event.event_type).count()
            }
        };
        let sentences = self.case.read.sentences;
        let this = sentences.partition_point(|&start| (start as usize) < self.claim.sentence.start + 1);
        let start = sentences.get(this.saturating_sub(2)).map_or(0, |&start| start as usize);
        alike < 2 || self.tells_of(index, event, &(start..self.claim.sentence.end))
    }

    /// Of a figure of one event and one of the whole story: the sentence's own words and date say which is
    /// meant, unless it adds up.
    fn choose_by_event(&self, fitting: &mut SmallVec<[(u16, &Figure); 4]>) {
        let scan = self.case.read.scan;
        let clause = self.claim.sentence.start..self.claim.clause.end;
        let adds_up = scan
            .hits_in(&clause)
            .iter()
            .any(|hit| matches!(hit.sense, Sense::Clause(Marker::Sum | Marker::Total)));
        // "Seven on Friday, eight on Saturday": of several dates the number's is the nearest.
        let tokens = &self.case.read.quantities[self.claim.quantity].tokens;
        let distance = |date: &DateMention| match date.tokens.start >= tokens.end {
            true => date.tokens.start - tokens.end,
            false => tokens.start.saturating_sub(date.tokens.end),
        };
        let dates = self.case.read.dates_in(&self.claim.sentence);
        let near = match dates.iter().min_by_key(|date| distance(date)) {
            Some(date) if dates.len() > 1 => {
                date.tokens.start.min(tokens.start)..date.tokens.end.max(tokens.end)
            }
            _ => self.claim.sentence.clone(),
        };
        let is_told = |figure: &Figure| {
            self.event_of(figure).is_some_and(|(index, event)| self.tells_of(index, event, &near))
        };
        if adds_up {
            fitting.retain(|(_, figure)| figure.event.is_none());
        } else if fitting.iter().any(|(_, figure)| is_told(figure)) {
            fitting.retain(|(_, figure)| is_told(figure));
        }
    }

    fn event_of(&self, figure: &Figure) -> Option<(u16, &Event)> {
        let id = figure.event.as_ref()?;
        (0u16..).zip(&self.case.sheet.events).find(|(_, event)| event.id == *id)
    }

    fn tells_of(&self, index: u16, event: &Event, near: &Range<usize>) -> bool {
        let has_words = self.case.says(near, SheetWord::Event(index));
        // The story's own place is every event's.
        let has_place = self.case.names_in(near).iter().any(|name| {
            event.places.contains(&name.member) && !self.case.sheet.places.contains(&name.member)
        });
        let has_date = self.case.read.dates_in(near).iter().any(|date| match date.meaning {
            Meaning::Day(day) => {
                event.from.is_some_and(|from| from <= day)
                    && event.to.or(event.from).is_some_and(|to| day <= to)
            }
            _ => false,
        });
        has_words || has_place || has_date
    }
}
