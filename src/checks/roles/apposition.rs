//! Which titles stand by a person: before the name or behind it, with the country they are of.

use std::ops::Range;

use smallvec::SmallVec;

use super::owners::Owner;
use crate::checks::case::Case;
use crate::checks::names::NameMention;
use crate::gazetteer::EntryId;
use crate::language::sense::TitleWord;
use crate::language::{Marker, Sense, SenseSet};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::titles::{
    Around, Offices, around_before, around_behind, is_closing, is_hyphen, office_before, office_behind,
};
use crate::reading::vocabulary::Shape;
use crate::sheet::model::Form;
use crate::sheet::{Kind, MemberId};

/// A title that stands by a person.
#[derive(Debug)]
pub(super) struct Apposition {
    /// Tokens of the office alone.
    pub(super) office: Range<usize>,
    /// Tokens of the office with the country it is of.
    pub(super) whole: Range<usize>,
    pub(super) offices: Offices,
    /// What it is an office of, as far as the sheet knows it: any of these.
    pub(super) of: SmallVec<[Of; 2]>,
    pub(super) around: Around,
    /// The words can also be read so that the title is another's.
    pub(super) doubtful: bool,
}

/// What a title is of: one of the cast, or one of the world that no sheet lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Member(MemberId),
    Entry(EntryId),
}

/// No title with all that belongs to it is longer, in tokens.
pub(super) const LONGEST_TITLE: usize = 16;

/// So many tokens may describe who held an office between "former" and its word.
const LONGEST_DESCRIPTION: usize = 5;

impl Apposition {
    fn take(&mut self, owner: Owner) {
        self.of.extend(owner.of);
        self.doubtful |= owner.ambiguous;
    }
}

/// Looks around the names of one article.
pub(super) struct Reader<'s, 'a> {
    pub(super) case: &'s Case<'a>,
}

impl<'a> Reader<'_, 'a> {
    pub(super) fn scan(&self) -> &'a Scan<'a> {
        self.case.read.scan
    }

    /// The title that ends where a person's name begins: "Armenian President", "the president of
    /// Kazakhstan,".
    pub(super) fn before(&self, person: &NameMention, sentence: &Range<usize>) -> Option<Apposition> {
        let scan = self.scan();
        let floor = sentence.start.max(person.tokens.start.saturating_sub(LONGEST_TITLE));
        if !scan.within(&(floor..person.tokens.start)).has_any(SenseSet::OFFICE) {
            return None;
        }
        let mut at = person.tokens.start;
        let comma = at > floor && scan.is_symbol(at - 1, ",");
        at -= usize::from(comma);
        let told = self.predicate_before(at).filter(|_| !comma);
        at = told.unwrap_or(at);
        let mut found = Apposition {
            office: 0..0,
            whole: 0..0,
            offices: Offices::new(),
            of: SmallVec::new(),
            around: Around::default(),
            doubtful: false,
        };
        // What the office is of, from its end to its beginning.
        let mut has_complement = false;
        let (office, offices) = loop {
            if at <= floor {
                return None;
            }
            if let Some((office, offices)) = office_before(scan, at)
                && office.start >= floor
            {
                break (office, offices);
            }
            if self.name_before(at).is_some_and(|name| self.is_person(name.member)) {
                return None;
            }
            if let Some(owner) = self.owner_before(at) {
                has_complement = true;
                at = owner.tokens.start;
                // "Президент Чилі Альберто Фернандес": no given name stands before a whole name.
                let is_given = owner.ambiguous && !person.full;
                found.take(Owner { ambiguous: is_given, ..owner });
            } else if let Some((start, around)) = around_before(scan, at) {
                if around.beside {
                    return None;
                }
                has_complement |= around.country;
                found.around = found.around.and(around);
                at = start;
            } else if is_hyphen(scan, at - 1) || (has_complement && self.is_small_word(at - 1)) {
                at -= 1;
            } else {
                return None;
            }
        };
        let complement = told.unwrap_or(person.tokens.start);
        found.whole = office.start..if has_complement { complement } else { office.end };
        while found.whole.end > office.end && scan.kind(found.whole.end - 1) == Some(TokenKind::Symbol) {
            found.whole.end -= 1;
        }
        found.offices = offices;
        found.office = office;
        let start = self.modifiers_before(&mut found, floor)?;
        found.whole.start = start;
        let article = start > floor && scan.is_article(start - 1);
        let context = start.checked_sub(1 + usize::from(article)).filter(|&context| context >= floor);
        if told.is_some() && !self.is_told_of_title(person, start - usize::from(article), sentence) {
            return None;
        }
        if comma && !self.ends_clearly(person, start - usize::from(article), sentence) {
            return None;
        }
        if found.of.is_empty()
            && !comma
            && told.is_none()
            && let Some(owner) = self.owner_behind_name(person, sentence)
        {
            found.whole.end = owner.tokens.end;
            found.take(owner);
        }
        found.doubtful |= self.is_chained(start, floor, comma || article)
            || self.is_one_of_several(start, context)
            || (!article && self.is_part_of_a_longer_title(&found, start, floor))
            || (!comma
                && told.is_none()
                && article
                && !person.full
                && self.may_be_object(person, &found, context))
            || self.cases_differ(person, &found)
            || self.name_goes_on(person);
        Some(found)
    }

    /// What stands before the office and belongs to it; where it begins. `None`: it is another title.
    fn modifiers_before(&self, found: &mut Apposition, floor: usize) -> Option<usize> {
        let scan = self.scan();
        let mut start = found.office.start;
        while start > floor {
            let hyphen = is_hyphen(scan, start - 1);
            let at = if hyphen { start - 1 } else { start };
            if !hyphen && scan.gap(start) >= Gap::Paragraph {
                break;
            }
            let owner = self.owner_before(at);
            // "People Power Party leader": the word is part of a name.
            let is_named = |begin: usize| owner.as_ref().is_some_and(|owner| owner.tokens.start < begin);
            if let Some((begin, around)) = around_before(scan, at)
                && begin >= floor
                && !is_named(begin)
            {
                if around.beside {
                    return None;
                }
                found.around = found.around.and(around);
                start = begin;
            } else if let Some(owner) = owner
                && self.can_own(&owner, floor, hyphen)
            {
                start = owner.tokens.start;
                found.take(owner);
            } else if let Some(begin) = self.age_before(at) {
                start = begin;
            } else {
                // "The former police commander": a former commander of the police, or a former policeman.
                if self.is_former_farther_on(at, floor) {
                    (found.around.former, found.around.held) = (true, true);
                }
                found.doubtful |= hyphen;
                break;
            }
        }
        Some(start)
    }

    /// Words that only describe stand between a title and what tells that it is over: "the former far-right",
    /// "der frühere rechte".
    fn is_former_farther_on(&self, end: usize, floor: usize) -> bool {
        let scan = self.scan();
        let describes = |at: usize| {
            is_hyphen(scan, at)
                || (scan.kind(at) == Some(TokenKind::Word)
                    && scan.gap(at + 1) < Gap::Paragraph
                    && !self.is_small_word(at)
                    && !scan.is_marked(at, &[Marker::And, Marker::Break, Marker::Says, Marker::Auxiliary])
                    && !self.name_before(at + 1).is_some_and(|name| self.is_person(name.member)))
        };
        (floor.max(end.saturating_sub(LONGEST_DESCRIPTION))..end)
            .rev()
            .take_while(|&at| describes(at))
            .any(|at| around_before(scan, at).is_some_and(|(begin, around)| begin >= floor && around.former))
    }

    /// The title that begins behind a person's name: ", the Armenian president,".
    pub(super) fn behind(&self, person: &NameMention, sentence: &Range<usize>) -> Option<Apposition> {
        let scan = self.scan();
        let ceiling = sentence.end.min(person.tokens.end + LONGEST_TITLE);
        let mut at = person.tokens.end;
        if at >= ceiling || !scan.within(&(at..ceiling)).has_any(SenseSet::OFFICE) {
            return None;
        }
        let apart = matches!(scan.symbol(at), Some(',' | '(' | '–' | '—'));
        at += usize::from(apart);
        let told = self.predicate_behind(at).filter(|&end| !scan.is_indefinite_article(end));
        if !apart && told.is_none() {
            return None;
        }
        at = told.unwrap_or(at);
        // "Who is since 2022 the president", "der seit 2022 Präsident ist".
        for at_article in [true, false, true] {
            match at_article {
                true => at += usize::from(at < ceiling && scan.is_article(at)),
                false => at = self.behind_date(at),
            }
        }
        let first = at;
        let mut found = Apposition {
            office: 0..0,
            whole: 0..0,
            offices: Offices::new(),
            of: SmallVec::new(),
            around: Around::default(),
            doubtful: false,
        };
        let (office, offices) = loop {
            if at >= ceiling {
                return None;
            }
            if let Some(found) = office_behind(scan, at) {
                break found;
            }
            if let Some((end, around)) = around_behind(scan, at) {
                if around.beside {
                    return None;
                }
                found.around = found.around.and(around);
                at = end;
            } else if let Some(owner) = self.owner_at(at) {
                // "Guterres, the UN secretary general,"
                let next = owner.tokens.end + usize::from(is_hyphen(scan, owner.tokens.end));
                if !(owner.adjective || owner.possessor || office_behind(scan, next).is_some()) {
                    return None;
                }
                at = owner.tokens.end;
                found.take(owner);
            } else if is_hyphen(scan, at) {
                at += 1;
            } else {
                return None;
            }
        };
        at = office.end;
        let mut end = at;
        while at < ceiling {
            if self.name_at(at).is_some_and(|name| self.is_person(name.member)) {
                return None;
            }
            if let Some(owner) = self.owner_at(at) {
                (at, end) = (owner.tokens.end, owner.tokens.end);
                found.take(owner);
            } else if let Some((after, around)) = around_behind(scan, at) {
                if around.beside {
                    return None;
                }
                found.around = found.around.and(around);
                (at, end) = (after, after);
            } else if is_hyphen(scan, at) || self.is_small_word(at) {
                at += 1;
            } else {
                break;
            }
        }
        let whole = first..end;
        // "Keller, die Präsidentin der Moldau ist": the verb stands at the end.
        let verb = self.predicate_behind(at).filter(|_| scan.language.pack.verb_last && apart && at == end);
        if let Some(behind) = verb.filter(|_| told.is_none()) {
            (at, end) = (behind, behind);
        }
        let is_told = told.or(verb).is_some();
        if is_told && !self.is_told_of_name(person, apart, sentence) {
            return None;
        }
        // "President since 2019": nothing but a day may follow before the apposition is closed.
        let dated = !self.case.read.dates_in(&(at..at + 1)).is_empty();
        if !dated && (at != end || !is_closing(scan, at)) {
            return None;
        }
        let behind = at + 1;
        if scan.is_symbol(at, ",") && !is_told {
            if self.name_at(behind).is_some_and(|name| self.is_person(name.member)) {
                return None;
            }
            // "Tokayev, the Russian president, and Pashinyan" may be three; "unlike Putin, the Kazakh
            // president, who" is two.
            // So may "Putin, o presidente chinês, Xi Jinping,", of whom the sheet knows one.
            let is_name = scan.word(behind).is_some_and(|word| {
                word.kind == TokenKind::Word && !matches!(word.shape, Shape::Lower | Shape::Caseless)
            });
            found.doubtful |= is_name || scan.is_marked(behind, &[Marker::And, Marker::Break]);
        }
        let led = person.tokens.start - sentence.start;
        // "Unlike Putin, the Kazakh president", "ao contrário de Putin, o presidente", but "das sagte Putin, der
        // russische Präsident".
        let is_led = match led {
            1 => true,
            2 => !scan.is_marked(person.tokens.start - 1, &[Marker::Says]),
            3 => self.is_small_word(person.tokens.start - 1),
            _ => false,
        };
        found.doubtful |= (is_told && found.around.acting)
            || (!is_told && is_led && office_before(scan, person.tokens.start).is_none())
            || person
                .tokens
                .start
                .checked_sub(1)
                .is_some_and(|before| scan.is_marked(before, &[Marker::And]));
        found.whole = whole;
        found.office = office;
        found.offices = offices;
        Some(found)
    }

    pub(super) fn name_before(&self, end: usize) -> Option<&'a NameMention> {
        self.case.name_ending_at(end)
    }

    pub(super) fn name_at(&self, start: usize) -> Option<&'a NameMention> {
        self.case.names_in(&(start..start + 1)).first()
    }

    pub(super) fn is_person(&self, member: MemberId) -> bool {
        self.case.sheet.cast.get(member.0 as usize).is_some_and(|member| member.kind == Kind::Person)
    }

    /// A preposition or an article: what may stand between an office and what it is of.
    pub(super) fn is_small_word(&self, at: usize) -> bool {
        let scan = self.scan();
        scan.is_article(at)
            || (scan.is_marked(at, &[Marker::Function, Marker::Link])
                && !scan.is_marked(at, &[Marker::And, Marker::Break, Marker::Auxiliary]))
    }

    /// Where "68-year-old" begins that ends at a token.
    pub(super) fn age_before(&self, end: usize) -> Option<usize> {
        let scan = self.scan();
        if !scan.ends_before(end).has_any(SenseSet::title(TitleWord::Age)) {
            return None;
        }
        let first = end.saturating_sub(4);
        let (start, _) = (first..end).find_map(|start| {
            let fits = |len: u32| start + len as usize == end;
            scan.hits_at(start)
                .iter()
                .find(|hit| hit.sense == Sense::Title(TitleWord::Age) && fits(hit.len))
                .map(|hit| (start, hit))
        })?;
        let number = (start.checked_sub(2)?..start).rev().find(|&at| !is_hyphen(scan, at))?;
        (scan.kind(number) == Some(TokenKind::Number)).then_some(number)
    }
}

/// The family name of a person's form.
pub(super) fn family_of(form: &Form) -> &str {
    form.family.clone().and_then(|range| form.text.get(range)).unwrap_or(&form.text)
}
