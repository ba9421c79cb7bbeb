//! The places and organizations beside an office that say what it is an office of.

use std::ops::Range;

use smallvec::SmallVec;

use super::apposition::{LONGEST_TITLE, Of, Reader};
use crate::checks::names::NameMention;
use crate::gazetteer::{PlaceForm, PlaceMention};
use crate::language::Marker;
use crate::reading::titles::{is_closing, is_hyphen};
use crate::sheet::FormKind;

/// A place or an organization beside an office.
pub(super) struct Owner {
    pub(super) tokens: Range<usize>,
    pub(super) of: SmallVec<[Of; 2]>,
    pub(super) adjective: bool,
    /// It has an ending that only marks a possessor, or is a genitive.
    pub(super) possessor: bool,
    /// It may be no place at all.
    pub(super) ambiguous: bool,
}

impl Reader<'_, '_> {
    /// The place or organization whose name ends at a token.
    pub(super) fn owner_before(&self, end: usize) -> Option<Owner> {
        match self.name_before(end) {
            Some(name) => self.owner_named(name),
            None => {
                let place = self.case.read.place_over(end.checked_sub(1)?)?;
                self.owner_of_the_world(Some(place).filter(|place| place.tokens.end == end)?)
            }
        }
    }

    /// The place or organization whose name begins at a token.
    pub(super) fn owner_at(&self, start: usize) -> Option<Owner> {
        match self.name_at(start) {
            Some(name) => self.owner_named(name),
            None => self.owner_of_the_world(self.case.read.places_in(&(start..start + 1)).first()?),
        }
    }

    fn owner_named(&self, name: &NameMention) -> Option<Owner> {
        (!self.is_person(name.member)).then(|| Owner {
            tokens: name.tokens.clone(),
            of: SmallVec::from_elem(Of::Member(name.member), 1),
            adjective: name.kind == FormKind::Adjective,
            possessor: self.is_possessor(&name.tokens, name.span.end, name.inflected),
            ambiguous: false,
        })
    }

    fn owner_of_the_world(&self, place: &PlaceMention) -> Option<Owner> {
        let overlaps =
            |name: &NameMention| name.tokens.start < place.tokens.end && place.tokens.start < name.tokens.end;
        let first = place.tokens.start.saturating_sub(LONGEST_TITLE);
        if place.form == PlaceForm::Other
            || self.case.names_in(&(first..place.tokens.end)).iter().any(overlaps)
        {
            return None;
        }
        Some(Owner {
            tokens: place.tokens.clone(),
            of: place.entries.iter().copied().map(Of::Entry).collect(),
            adjective: place.form == PlaceForm::Adjective,
            possessor: self.is_possessor(&place.tokens, place.span.end, place.inflected),
            // Beside an office "German" is no given name.
            ambiguous: place.ambiguous && place.form != PlaceForm::Adjective,
        })
    }

    /// A name has an ending that only marks a possessor, or is a genitive.
    fn is_possessor(&self, tokens: &Range<usize>, end: usize, inflected: bool) -> bool {
        let last = self.scan().tokens.get(tokens.end - 1).map_or(0, |token| token.end as usize);
        last > end || (inflected && !self.scan().language.pack.inflection.declines_names)
    }

    /// Whether a name before an office says what it is an office of: "Kazakh", "Kazakhstan's", "UN".
    pub(super) fn can_own(&self, name: &Owner, floor: usize, hyphen: bool) -> bool {
        let scan = self.scan();
        if name.tokens.start < floor {
            return false;
        }
        // "Pro-Russian" says nothing of an office.
        if name.tokens.start > floor && is_hyphen(scan, name.tokens.start - 1) {
            return false;
        }
        if hyphen || name.adjective || name.possessor {
            return true;
        }
        // "In Kazakhstan President Putin said": the place is another phrase.
        let before = name.tokens.start.checked_sub(1).filter(|&before| before >= floor);
        !scan.language.pack.inflection.declines_names
            && before.is_none_or(|before| {
                scan.is_article(before) || !scan.is_marked(before, &[Marker::Function, Marker::Locative])
            })
    }

    /// What stands behind a name, between commas, and says of what its bearer is: "o chanceler Mekdad, da Síria,".
    pub(super) fn owner_behind_name(&self, person: &NameMention, sentence: &Range<usize>) -> Option<Owner> {
        let scan = self.scan();
        let link = person.tokens.end + 1;
        let is_link = scan.is_symbol(person.tokens.end, ",")
            && scan.is_marked(link, &[Marker::Link])
            && !scan.is_marked(link, &[Marker::Locative, Marker::And]);
        let first = link + 1 + usize::from(scan.is_article(link + 1));
        let owner = self.owner_at(first).filter(|owner| is_link && !owner.adjective && !owner.possessor)?;
        let end = owner.tokens.end;
        // "Mekdad, da Síria, da Turquia e do Irã": several have part in it.
        let goes_on = scan.is_symbol(end, ",")
            && (scan.is_marked(end + 1, &[Marker::Link, Marker::And]) || self.owner_at(end + 1).is_some());
        (end <= sentence.end && is_closing(scan, end) && !goes_on).then_some(owner)
    }
}
