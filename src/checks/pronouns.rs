//! Whom a pronoun of one person means: the only one who is named in the sentence before.

use std::ops::Range;

use super::case::Case;
use crate::language::{Marker, Sense};
use crate::reading::lexer::Gap;
use crate::sheet::{Kind, MemberId};

/// Whether a token is a pronoun that stands as a subject: she.
pub(super) fn is_subject(case: &Case<'_>, at: usize) -> bool {
    case.read.scan.has_over(at, |sense| sense == Sense::Around(Marker::SubjectPronoun))
}

/// Whether a token is a pronoun that stands as an object: him.
pub(super) fn is_object(case: &Case<'_>, at: usize) -> bool {
    case.read.scan.has_over(at, |sense| sense == Sense::Around(Marker::ObjectPronoun))
}

/// Whom the pronoun at a token means: the sentence before, of the same paragraph, names this one person, and
/// its own names nobody before it.
pub(super) fn antecedent(case: &Case<'_>, at: usize, sentence: &Range<usize>) -> Option<MemberId> {
    if case.read.scan.gap(sentence.start) >= Gap::Paragraph {
        return None;
    }
    let people = |range: &Range<usize>| {
        let names = case.names_in(range).iter();
        names.map(|name| name.member).filter(|&member| case.kind_of(member) == Some(Kind::Person))
    };
    let mut before = people(&case.read.sentence(sentence.start.checked_sub(1)?));
    let only = before.next()?;
    (before.all(|member| member == only) && people(&(sentence.start..at)).next().is_none()).then_some(only)
}
