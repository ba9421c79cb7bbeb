//! Ages that stand for the person of the sentence before: "Altman returned. The 38-year-old wrote", "Der 38-Jährige".

use std::ops::Range;

use super::{Age, FARTHEST_IN_BRACKETS, whole_number};
use crate::checks::case::Case;
use crate::checks::names::NameMention;
use crate::language::sense::TitleWord;
use crate::language::{Marker, Sense, SenseSet};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::titles::is_hyphen;
use crate::reading::vocabulary::Shape;
use crate::sheet::{Kind, MemberId};

/// An age that begins its sentence stands no further in, in tokens: "O presidente de 38 anos".
const HEAD: usize = 4;

/// Every such age with whose it is, and the tokens whose dates may date it.
pub(super) fn ages(case: &Case<'_>) -> Vec<(Age, MemberId, Range<usize>)> {
    let scan = case.read.scan;
    if !scan.senses().has_any(SenseSet::title(TitleWord::Age)) {
        return Vec::new();
    }
    let words = scan.hits.iter().filter(|hit| hit.sense == Sense::Title(TitleWord::Age));
    words.filter_map(|hit| told(case, hit.token as usize, hit.token as usize + hit.len as usize)).collect()
}

/// The age whose word for it stands at some tokens.
fn told(case: &Case<'_>, start: usize, end: usize) -> Option<(Age, MemberId, Range<usize>)> {
    let scan = case.read.scan;
    let number = (start.checked_sub(2)?..start).rev().find(|&at| !is_hyphen(scan, at))?;
    let years = whole_number(case, number)?;
    let sentence = case.read.sentence(number);
    if number - sentence.start > HEAD || !is_person(case, &sentence, number, start, end) {
        return None;
    }
    let before = case.read.sentence(sentence.start.checked_sub(1)?);
    if scan.gap(sentence.start) >= Gap::Paragraph {
        return None;
    }
    let member = subject(case, &before)?;
    let near = before.start.max(number.saturating_sub(super::DATED))..sentence.end.min(number + super::DATED);
    // Nothing but the sentence before says whose it is: only a slip is told.
    Some((Age { token: number, years, farthest: FARTHEST_IN_BRACKETS }, member, near))
}

/// Whether the age stands for somebody: "The 38-year-old said", "Der 38-Jährige", "O presidente de 38 anos".
fn is_person(case: &Case<'_>, sentence: &Range<usize>, number: usize, start: usize, end: usize) -> bool {
    let scan = case.read.scan;
    let is_people = |at: usize| {
        scan.has_over(at, |sense| matches!(sense, Sense::Office(_) | Sense::People | Sense::Group(_)))
    };
    let is_small = |at: usize| scan.is_article(at) || scan.is_marked(at, &[Marker::Function, Marker::Link]);
    let head = sentence.start..number;
    if !head.clone().all(|at| is_small(at) || is_people(at)) {
        return false;
    }
    let acts = |at: usize| {
        scan.is_symbol(at, ",")
            || scan.is_marked(at, &[Marker::Says, Marker::Auxiliary])
            || scan.has_over(at, |sense| matches!(sense, Sense::Told(_)))
    };
    // Where nouns have capitals, the age itself is one: "Der 38-Jährige", and no "38-jähriger Turm".
    let is_noun = scan.language.pack.capitalised_nouns
        && scan.shape(start) == Some(Shape::Capital)
        && start > number + 1
        && head.len() == 1;
    is_noun || head.clone().any(is_people) || (head.len() <= 1 && (is_people(end) || acts(end)))
}

/// The one person whom a sentence names, where it tells of nobody else and of him himself, not of a relative.
fn subject(case: &Case<'_>, sentence: &Range<usize>) -> Option<MemberId> {
    let scan = case.read.scan;
    let is_person = |name: &&NameMention| case.kind_of(name.member) == Some(Kind::Person);
    let mut people = case.names_in(sentence).iter().filter(is_person);
    let only = people.next()?;
    let owns = scan.tokens.get(only.tokens.end - 1).is_some_and(|last| (last.end as usize) > only.span.end)
        || matches!(scan.raw(only.tokens.end), "'" | "’") && scan.gap(only.tokens.end) == Gap::None;
    let is_led = only.tokens.start.checked_sub(1).is_some_and(|before| {
        scan.is_marked(before, &[Marker::Link, Marker::Agent])
            || scan.has_over(before, |sense| sense == Sense::Around(Marker::Preposition))
    });
    // "Tokajews Bruder".
    let is_declined = only.inflected;
    // Two capitals in a row of which nothing is known: somebody else. Where nouns have capitals, one is enough.
    let is_strange = |at: usize| scan.is_unknown_capital(at) && !case.is_named(at) && at > sentence.start;
    let has_other = sentence.clone().any(|at| {
        is_strange(at)
            && is_strange(at + 1)
            && scan.kind(at + 1) == Some(TokenKind::Word)
            && scan.gap(at + 1) <= Gap::Narrow
    });
    (people.all(|name| name.member == only.member) && !owns && !is_led && !is_declined && !has_other)
        .then_some(only.member)
}
