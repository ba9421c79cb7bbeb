//! Whether a number is told of the place of a figure.

use std::ops::Range;

use smallvec::SmallVec;

use super::Linker;
use crate::checks::figures::pairs;
use crate::checks::names::NameMention;
use crate::gazetteer::PlaceForm;
use crate::language::sense::SheetWord;
use crate::language::{Marker, Sense, SenseSet, Term};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;
use crate::sheet::model::GroupRef;
use crate::sheet::{Figure, FormKind, Kind, MemberId};

/// No words before a place that count it in are more, in tokens.
const LONGEST_LEAD: usize = 4;

/// Where a number is told of.
pub(super) enum Where {
    /// With more than one place, or with one that nobody knows: of no figure's for certain.
    Unclear,
    /// Numbers and places take turns, and this is the number's.
    Pair(MemberId),
    /// The places named with it.
    Places(SmallVec<[MemberId; 2]>),
}

impl Linker<'_, '_> {
    /// Places named with the number must be the figure's; a clause that names none goes to the
    /// story-wide figure only.
    pub(super) fn place_fits(&self, index: u16, figure: &Figure) -> bool {
        if self.is_of_a_place_before(figure) {
            return false;
        }
        let places = match self.told_of.get_or_init(|| self.where_told()) {
            Where::Unclear => return false,
            Where::Pair(place) => {
                let is_all_places = !figure.together || !figure.groups.is_empty() || figure.places.len() == 1;
                return is_all_places && figure.places.contains(place)
                    || self.is_member_group(figure, *place);
            }
            Where::Places(places) => places,
        };
        if figure.together && figure.groups.is_empty() {
            return figure.places.iter().all(|place| places.contains(place));
        }
        if self.is_sum_of(figure, places) {
            return true;
        }
        let mut named_own = false;
        for &place in places {
            if figure.places.contains(&place) {
                named_own = true;
            } else if !self.is_member_group(figure, place)
                && !self.is_named_by_when(index, place)
                && !self.describes_own(figure, place)
            {
                return false;
            }
        }
        named_own
            || figure.place_is_default
            || figure.places.is_empty()
            || places.is_empty() && self.is_of_place_before(figure)
    }

    /// "The concert hall outside Moscow": the place only says where the figure's own is.
    fn describes_own(&self, figure: &Figure, place: MemberId) -> bool {
        const BETWEEN: usize = 2;
        let scan = self.case.read.scan;
        let names = self.case.names_in(&self.claim.sentence);
        let is_own = |name: &NameMention| figure.places.contains(&name.member);
        names.iter().filter(|name| name.member == place).all(|name| {
            names.iter().filter(|own| is_own(own) && own.tokens.end < name.tokens.start).any(|own| {
                let between = own.tokens.end..name.tokens.start;
                between.len() <= BETWEEN
                    && scan.is_marked(between.start, &[Marker::Locative])
                    && between.clone().all(|at| scan.is_marked(at, &[Marker::Locative, Marker::Function]))
            })
        })
    }

    /// The words that a figure wants beside its number name the place: it is told of there.
    fn is_named_by_when(&self, index: u16, place: MemberId) -> bool {
        let case = self.case;
        case.wording_in(&self.claim.sentence)
            .iter()
            .filter(|hit| hit.sense == Sense::Sheet(SheetWord::FigureWhen(index)))
            .any(|hit| case.name_over(hit.token as usize).is_some_and(|name| name.member == place))
    }

    /// "42,000 people in Turkey and Syria", of a figure without a place in a sheet that has one for each of the two:
    /// it is of both.
    fn is_sum_of(&self, figure: &Figure, places: &[MemberId]) -> bool {
        if !figure.places.is_empty() || places.len() < 2 {
            return false;
        }
        let is_part = |other: &&Figure| {
            other.concept == figure.concept
                && other.groups == figure.groups
                && other.event == figure.event
                && other.places.len() == 1
        };
        let mut parts =
            self.case.sheet.figures.iter().filter(is_part).flat_map(|part| &part.places).peekable();
        parts.peek().is_some()
            && parts.clone().all(|part| places.contains(part))
            && places.iter().all(|place| parts.clone().any(|part| part == place))
    }

    /// Where the number is told of, whichever figure is asked about.
    fn where_told(&self) -> Where {
        if self.counts_a_place_in() {
            return Where::Unclear;
        }
        if let Some(place) = pairs::place_of(self.case, self.claim) {
            return Where::Pair(place);
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
        let region = if self.names_place(&own) { own } else { from..end };
        if self.case.has_unknown_place(&region) {
            return Where::Unclear;
        }
        let mut places: SmallVec<[MemberId; 2]> = self.places(&region).collect();
        match self.whose_toll() {
            Some(None) => return Where::Unclear,
            Some(Some(place)) if !places.contains(&place) => places.push(place),
            _ => {}
        }
        Where::Places(places)
    }

    /// "The Turkish death toll rose to 5,894", "Turkey's toll": the country whose toll it is, `None` inside where the
    /// sheet has none like it or only a part may be meant: "the Turkish city's toll", "the Syrian toll in rebel areas".
    fn whose_toll(&self) -> Option<Option<MemberId>> {
        const BETWEEN: usize = 2;
        let scan = self.case.read.scan;
        let number = self.case.read.quantities[self.claim.quantity].tokens.clone();
        let clause = &self.claim.clause;
        let has_toll = scan.within(clause).has_any(SenseSet::term(Term::Toll));
        let mut tolls = if has_toll { scan.hits_in(clause) } else { &[] }
            .iter()
            .filter(|hit| hit.sense == Sense::Term(Term::Toll))
            .map(|hit| hit.token as usize..hit.token as usize + hit.len as usize)
            // "12 Turkish victims" are Turks, wherever.
            .filter(|toll| !(number.end..number.end + BETWEEN + 1).contains(&toll.start));
        let toll = tolls.next()?;
        let between = |tokens: &Range<usize>| match tokens.end <= toll.start {
            true => tokens.end..toll.start,
            false => toll.end..tokens.start,
        };
        let is_near = |tokens: &Range<usize>, is_adjective: bool| {
            let between = between(tokens);
            (is_adjective || tokens.end <= toll.start)
                && between.len() <= BETWEEN
                && between.into_iter().all(|at| {
                    scan.kind(at) == Some(TokenKind::Word)
                        && scan.shape(at) != Some(Shape::Capital)
                        && !scan.begins(at).has_any(SenseSet::CLAUSE)
                })
        };
        let near = toll.start.saturating_sub(BETWEEN + 4).max(clause.start)..toll.end + BETWEEN + 1;
        let named = self.case.names_in(&near).iter().find(|name| {
            self.kind(name.member) == Some(Kind::Place)
                && is_near(&name.tokens, name.kind == FormKind::Adjective)
        });
        let country = || {
            self.case.countries_in(&near).find(|country| {
                is_near(&country.mention.tokens, country.mention.form == PlaceForm::Adjective)
            })
        };
        let (tokens, place) = match named {
            Some(name) => (&name.tokens, Some(name.member)),
            None => country().map(|country| (&country.mention.tokens, country.member))?,
        };
        let is_of_story = place.is_some_and(|place| self.case.sheet.places.contains(&place));
        let end = toll.end.max(tokens.end);
        let is_of_a_part = !between(tokens).is_empty() || scan.is_marked(end, &[Marker::Locative]);
        Some(place.filter(|_| is_of_story || !is_of_a_part))
    }

    /// "the hotel, where two people died": the clause tells of the place right before it, which is not the
    /// figure's.
    fn is_of_a_place_before(&self, figure: &Figure) -> bool {
        let scan = self.case.read.scan;
        let start = self.claim.clause.start;
        let is_where = |at: usize| {
            let has = |marker| scan.begins(at).has_any(SenseSet::marker(marker));
            has(Marker::Break) && has(Marker::Locative)
        };
        let Some(at) = [Some(start), start.checked_sub(1)].into_iter().flatten().find(|&at| is_where(at))
        else {
            return false;
        };
        let before = at.saturating_sub(5).max(self.claim.sentence.start)..at;
        !self.case.names_in(&before).iter().any(|name| figure.places.contains(&name.member))
    }

    /// "Together with Syria, more than 50,000 died", "apart from Syria": the number is of more than the place, or of all
    /// but it, and of which is not said.
    fn counts_a_place_in(&self) -> bool {
        let scan = self.case.read.scan;
        if !scan.senses().has_any(SenseSet::markers(&[Marker::Along, Marker::Except])) {
            return false;
        }
        let next = self.case.read.quantities.get(self.claim.quantity + 1);
        let sentence = &self.claim.sentence;
        let end = match next.filter(|next| next.tokens.start < sentence.end) {
            Some(next) => self.claim.clause.end.min(next.tokens.start),
            None => sentence.end,
        };
        self.case.names_in(&(self.previous_end.max(sentence.start)..end)).iter().any(|name| {
            let start = name.tokens.start;
            // An article may stand between.
            let first = start.checked_sub(1).filter(|&at| scan.is_article(at)).unwrap_or(start);
            self.kind(name.member) == Some(Kind::Place)
                && name.kind != FormKind::Adjective
                && scan.hits_in(&(first.saturating_sub(LONGEST_LEAD)..start)).iter().any(|hit| {
                    matches!(hit.sense, Sense::Clause(Marker::Along | Marker::Except))
                        && [first, start].contains(&(hit.token as usize + hit.len as usize))
                })
        })
    }

    fn is_member_group(&self, figure: &Figure, place: MemberId) -> bool {
        figure.groups.iter().chain(&figure.by).any(|group| *group == GroupRef::Member(place))
    }

    pub(super) fn names_place(&self, region: &Range<usize>) -> bool {
        self.places(region).next().is_some()
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
                            || scan.begins(before).has_any(SenseSet::OFFICE))
                });
                let is_possessor = scan
                    .tokens
                    .get(name.tokens.end - 1)
                    .is_some_and(|last| (last.end as usize) > name.span.end);
                !is_owner && !is_possessor
            })
            .map(|name| name.member)
    }
}
