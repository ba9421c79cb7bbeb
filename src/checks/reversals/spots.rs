//! What stands in a sentence that an event can be told of: the names of people, or the words of a thing.

use std::ops::Range;

use super::clause::tokens_of;
use super::facts::Fact;
use super::subject::Spot;
use crate::checks::case::Case;
use crate::checks::names::NameMention;
use crate::language::sense::SheetWord;
use crate::language::{Hit, Sense};
use crate::reading::lexer::Gap;
use crate::reading::vocabulary::fold_word;
use crate::sheet::{FormKind, MemberId};

/// The names of a sentence; where the fact is about a thing, the words of it.
pub(super) fn spots(case: &Case<'_>, sentence: &Range<usize>, fact: &Fact<'_>) -> Vec<Spot> {
    let scan = case.read.scan;
    let named = case.names_in(sentence);
    if !fact.is_of_thing() {
        let spots = spots_of_people(case, sentence, fact);
        let is_here = |who: &MemberId| spots.iter().any(|spot| spot.member == Some(*who));
        return if fact.who.iter().all(is_here) { spots } else { Vec::new() };
    }
    let Some((index, event)) = fact.event else { return Vec::new() };
    let kind = case.rules.events.iter().position(|known| known.id == event.event_type);
    let language = &scan.language.pack.language;
    let has_own = event.words.contains_key(language) || event.when.contains_key(language);
    let of_type = |hit: &&Hit| {
        !has_own
            && fact.event_type.entry.of_thing
            && matches!(hit.sense, Sense::Event(of) if kind == Some(usize::from(of)))
    };
    let of_sheet = |hit: &&Hit| matches!(hit.sense, Sense::Sheet(SheetWord::Event(of) | SheetWord::EventWhen(of)) if of == index);
    let mut ranges: Vec<Range<usize>> =
        scan.hits_in(sentence).iter().filter(of_type).map(tokens_of).collect();
    ranges.extend(case.wording_in(sentence).iter().filter(of_sheet).map(tokens_of));
    if !has_own {
        ranges.extend(
            named.iter().filter(|name| Some(name.member) == event.of).map(|name| name.tokens.clone()),
        );
    }
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut spots: Vec<Spot> = Vec::new();
    for tokens in ranges {
        if spots.last().is_none_or(|last| last.tokens.end <= tokens.start) {
            spots.push(Spot { tokens, member: None, declined: false, owner: false });
        }
    }
    spots
}

/// The names of a sentence, and in whose case they stand.
pub(super) fn spots_of_people(case: &Case<'_>, sentence: &Range<usize>, fact: &Fact<'_>) -> Vec<Spot> {
    case.names_in(sentence)
        .iter()
        .filter(|name| name.kind != FormKind::Adjective)
        .map(|name| {
            let other = fact.who.iter().find(|who| may_be_declined(case, name, **who));
            Spot {
                tokens: name.tokens.clone(),
                member: Some(other.copied().unwrap_or(name.member)),
                declined: name.inflected || other.is_some(),
                owner: is_owner(case, name),
            }
        })
        .collect()
}

/// The name only says whose: "Nazarbayev's", "Adams' lawyer".
fn is_owner(case: &Case<'_>, name: &NameMention) -> bool {
    let scan = case.read.scan;
    let has_ending = scan
        .tokens
        .get(name.tokens.end.wrapping_sub(1))
        .is_some_and(|last| (last.end as usize) > name.span.end);
    has_ending || (matches!(scan.raw(name.tokens.end), "'" | "’") && scan.gap(name.tokens.end) == Gap::None)
}

/// Whether a family name that is taken for one person's is another's in some case: "Назарбаєва" is a
/// woman's name, and her father's in the accusative.
fn may_be_declined(case: &Case<'_>, name: &NameMention, other: MemberId) -> bool {
    let scan = case.read.scan;
    let inflection = &scan.language.pack.inflection;
    if !inflection.declines_names
        || name.member == other
        || name.full
        || name.inflected
        || name.tokens.len() != 1
    {
        return false;
    }
    let word = scan.folded(name.tokens.start);
    case.sheet.cast.get(other.0 as usize).is_some_and(|member| {
        member.forms.iter().filter_map(|form| form.text.get(form.family.clone()?)).any(|family| {
            inflection.stems(&fold_word(family).folded).iter().any(|stem| {
                word.strip_prefix(&**stem)
                    .is_some_and(|ending| inflection.name_endings.iter().any(|known| known == ending))
            })
        })
    })
}
