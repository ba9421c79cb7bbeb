//! Enumerations of countries and people in the copy: "Russia, Belarus and Armenia".

use std::ops::Range;

use smallvec::SmallVec;

use super::case::Case;
use super::names::NameMention;
use crate::gazetteer::{EntryId, EntryKind, PlaceForm};
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::Shape;
use crate::sheet::{FormKind, Kind, MemberId};

/// Who one of several is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Who {
    Member(MemberId),
    /// Of the world: one of these, and none of the sheet.
    World(SmallVec<[EntryId; 2]>),
}

impl Who {
    pub(super) fn is_country(&self, case: &Case<'_>) -> bool {
        match self {
            // A place that lies in another is no country, whether or not the world knows it.
            Self::Member(member) => case.entry_of(*member).map_or_else(
                || is_kind(case, *member, Kind::Place) && case.land_of(*member) == Some(*member),
                EntryId::is_country,
            ),
            Self::World(entries) => entries.iter().all(|entry| entry.is_country()),
        }
    }
}

/// One of several.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) tokens: Range<usize>,
    pub(super) span: Range<usize>,
    pub(super) who: Who,
    pub(super) flavour: Flavour,
    /// It may be something else altogether.
    pub(super) ambiguous: bool,
}

impl Item {
    /// Whether it is this member, or may be.
    pub(super) fn is(&self, case: &Case<'_>, member: MemberId) -> bool {
        match &self.who {
            Who::Member(own) => *own == member,
            Who::World(entries) => case.entry_of(member).is_some_and(|entry| entries.contains(&entry)),
        }
    }

    pub(super) fn is_country(&self, case: &Case<'_>) -> bool {
        self.who.is_country(case)
    }
}

/// Only names of one kind make one enumeration; countries and organizations stand beside one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    Place,
    /// An organization.
    Body,
    Adjective,
    Person,
}

/// Several names in a row.
#[derive(Debug)]
pub(super) struct Enumeration {
    pub(super) items: Vec<Item>,
    pub(super) tokens: Range<usize>,
    /// The last is joined by "and".
    pub(super) closed: bool,
    /// Something that is no known name stands before the first or behind the last as one of them.
    pub(super) goes_on: bool,
}

impl Enumeration {
    /// Bytes of the text.
    pub(super) fn span(&self, case: &Case<'_>) -> Range<usize> {
        let at = |token: usize| case.read.scan.tokens.get(token);
        match (at(self.tokens.start), at(self.tokens.end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }
}

/// Every enumeration of two names or more, in order.
pub(super) fn enumerations(case: &Case<'_>) -> Vec<Enumeration> {
    let items = items(case);
    let mut found = Vec::new();
    let mut first = 0;
    while first < items.len() {
        let mut last = first;
        let mut closed = false;
        while let (Some(one), Some(next)) = (items.get(last), items.get(last + 1)) {
            let Some(join) = join(case, one, next) else { break };
            // "The alliance, of which Russia, Armenia …": whose members follow is none of them.
            let is_owner = last == first && one.flavour == Flavour::Body && next.flavour != Flavour::Body;
            if is_owner && join == Join::Comma {
                break;
            }
            last += 1;
            closed = join == Join::And;
            // "Russia and Belarus, Armenia and Tajikistan" is no one list, but the end of it may be.
            if closed {
                break;
            }
        }
        if last > first
            && let Some(several) = items.get(first..last + 1)
            && let (Some(start), Some(end)) = (several.first(), several.last())
        {
            let tokens = start.tokens.start..end.tokens.end;
            let mut several = several.to_vec();
            // Among countries "Georgia" and "Jordan" are countries too.
            let countries = several.iter().filter(|item| !item.ambiguous && item.is_country(case)).count();
            for item in several.iter_mut().filter(|_| countries >= 2) {
                item.ambiguous &= !item.is_country(case);
            }
            found.push(Enumeration {
                items: several,
                goes_on: leads_on(case, tokens.start) || goes_on(case, tokens.end),
                tokens,
                closed,
            });
        }
        first = last + 1;
    }
    found
}

/// The names of the sheet and of the world, in order.
fn items(case: &Case<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = case
        .names
        .iter()
        .map(|name| Item {
            tokens: name.tokens.clone(),
            span: name.span.clone(),
            who: Who::Member(name.member),
            flavour: match name.kind {
                FormKind::Adjective => Flavour::Adjective,
                _ if is_kind(case, name.member, Kind::Person) => Flavour::Person,
                _ if is_kind(case, name.member, Kind::Organization) => Flavour::Body,
                _ => Flavour::Place,
            },
            ambiguous: name.doubtful,
        })
        .collect();
    let named = items.len();
    for place in case.read.places.iter().filter(|place| place.form != PlaceForm::Other) {
        let own = items.get(..named).unwrap_or_default();
        let after = own.partition_point(|item| item.tokens.end <= place.tokens.start);
        if own.get(after).is_some_and(|item| item.tokens.start < place.tokens.end) {
            continue;
        }
        items.push(Item {
            tokens: place.tokens.clone(),
            span: place.span.clone(),
            who: Who::World(place.entries.clone()),
            flavour: match place.form {
                PlaceForm::Adjective => Flavour::Adjective,
                _ if place.entries.iter().any(|entry| entry.entry().kind == EntryKind::Body) => Flavour::Body,
                _ => Flavour::Place,
            },
            ambiguous: place.ambiguous,
        });
    }
    items.sort_by_key(|item| item.tokens.start);
    items
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    Comma,
    And,
}

/// No more tokens than these stand between two of one enumeration: ", and from the".
const LONGEST_JOIN: usize = 4;

fn join(case: &Case<'_>, one: &Item, next: &Item) -> Option<Join> {
    let scan = case.read.scan;
    // "Armenia and Kazakhstan's president" are no two countries.
    let owns = |item: &Item| {
        scan.tokens.get(item.tokens.end - 1).is_some_and(|last| last.end as usize > item.span.end)
    };
    if owns(one) || owns(next) {
        return None;
    }
    let between = one.tokens.end..next.tokens.start;
    // "The USA, Canada and the EU" are one list.
    let is_power = |flavour: Flavour| matches!(flavour, Flavour::Place | Flavour::Body);
    let are_alike = one.flavour == next.flavour || (is_power(one.flavour) && is_power(next.flavour));
    if !are_alike || between.is_empty() || between.len() > LONGEST_JOIN {
        return None;
    }
    let mut join = None;
    for at in between.clone() {
        if scan.gap(at) >= Gap::Paragraph {
            return None;
        }
        let first = at == between.start;
        if scan.is_symbol(at, ",") && first {
            join = Some(Join::Comma);
        } else if scan.is_marked(at, &[Marker::And]) && (first || join == Some(Join::Comma)) {
            join = Some(Join::And);
        } else if join.is_none()
            || !(is_small(case, at) || next.flavour == Flavour::Person && is_title(case, at))
        {
            return None;
        }
    }
    join.filter(|_| scan.gap(next.tokens.start) < Gap::Paragraph)
}

/// An article or a preposition that is said again: "from Russia and from Belarus".
fn is_small(case: &Case<'_>, at: usize) -> bool {
    let scan = case.read.scan;
    scan.is_article(at)
        || (scan.is_marked(at, &[Marker::Function])
            && !scan.is_marked(at, &[Marker::Break, Marker::Auxiliary, Marker::Except]))
}

/// What somebody is: "Justice Minister". Where nouns are capitalised, a noun before a full name is that too.
pub(super) fn is_title(case: &Case<'_>, at: usize) -> bool {
    let scan = case.read.scan;
    let is_noun = || {
        let is_capital = scan.word(at).is_some_and(|word| word.shape == Shape::Capital);
        let is_full = |name: &NameMention| name.tokens.start == at + 1 && name.tokens.len() > 1;
        is_capital && !case.is_named(at) && case.names_in(&(at + 1..at + 2)).iter().any(is_full)
    };
    scan.has_over(at, |sense| matches!(sense, Sense::Office(_)))
        || (scan.language.pack.verb_last && is_noun())
}

/// What may stand between the words of a list and its members: small words, a colon, a dash.
pub(super) fn is_connective(case: &Case<'_>, at: usize) -> bool {
    let scan = case.read.scan;
    match scan.kind(at) {
        Some(TokenKind::Symbol) => {
            matches!(scan.raw(at), ":" | "–" | "—" | "-" | "(" | "," | "»" | "«" | "“" | "”" | "\"")
        }
        Some(TokenKind::Word) => {
            (scan.is_article(at)
                || scan.is_marked(at, &[Marker::Function, Marker::Link, Marker::Auxiliary, Marker::Example]))
                && !scan.is_marked(at, &[Marker::And, Marker::Locative, Marker::Except])
        }
        _ => false,
    }
}

/// Another of them stands before the first.
fn leads_on(case: &Case<'_>, start: usize) -> bool {
    let scan = case.read.scan;
    let mut at = start;
    while at.checked_sub(1).is_some_and(|before| scan.is_article(before)) {
        at -= 1;
    }
    at.checked_sub(1).is_some_and(|before| scan.is_marked(before, &[Marker::And]))
        || (at >= 2
            && scan.is_symbol(at - 1, ",")
            && scan.word(at - 2).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper)))
}

/// Another of them stands behind the last.
fn goes_on(case: &Case<'_>, end: usize) -> bool {
    let scan = case.read.scan;
    scan.is_marked(end, &[Marker::And])
        || (scan.is_symbol(end, ",") && scan.is_marked(end + 1, &[Marker::And]))
        || (scan.is_symbol(end, ",")
            && scan.word(end + 1).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper)))
}

fn is_kind(case: &Case<'_>, member: MemberId, kind: Kind) -> bool {
    case.sheet.cast.get(member.0 as usize).is_some_and(|member| member.kind == kind)
}
