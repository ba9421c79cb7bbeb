//! Whom a pronoun means: somebody who is the only one named in the sentence before.

use super::clause::{Clauses, Predicate};
use super::subject::{Party, Spot};
use crate::checks::pronouns::{antecedent, is_object, is_subject as is_subject_pronoun};
use crate::language::sense::Way;
use crate::language::{Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::sheet::MemberId;

/// The party of a predicate whose subject or object is a pronoun, if that can only mean `who`: "She was
/// freed on Monday", "a libertou".
pub(super) fn meant(clauses: &Clauses<'_, '_>, predicate: &Predicate, who: &[MemberId]) -> Option<Party> {
    let [who] = who else { return None };
    let at = match predicate.way {
        Way::Subject | Way::Participle => subject_before(clauses, predicate.lead.start, predicate),
        Way::Object => object_beside(clauses, predicate),
        Way::Noun => None,
    }?;
    (antecedent(clauses.case, at, &predicate.sentence) == Some(*who)).then(|| {
        let tokens = at..at + 1;
        let spot = Spot {
            tokens: tokens.clone(),
            member: Some(*who),
            declined: predicate.way == Way::Object,
            owner: false,
        };
        Party { spots: vec![spot], tokens }
    })
}

/// Whether the subject of a clause is a pronoun that can only mean a member: "the inquiry he rejected".
pub(super) fn is_subject(clauses: &Clauses<'_, '_>, predicate: &Predicate, who: MemberId) -> bool {
    subject_before(clauses, predicate.lead.start, predicate)
        .is_some_and(|at| antecedent(clauses.case, at, &predicate.sentence) == Some(who))
}

/// The pronoun right before a verb, dates aside.
fn subject_before(clauses: &Clauses<'_, '_>, lead: usize, predicate: &Predicate) -> Option<usize> {
    let mut at = lead;
    while at > predicate.sentence.start && clauses.in_date(at - 1) {
        at -= 1;
    }
    at.checked_sub(1).filter(|&at| at >= predicate.sentence.start && is_subject_pronoun(clauses.case, at))
}

/// The pronoun right before the verb, or right behind it with nothing that it could own.
fn object_beside(clauses: &Clauses<'_, '_>, predicate: &Predicate) -> Option<usize> {
    let scan = clauses.case.read.scan;
    let is_object = |at: usize| is_object(clauses.case, at);
    let lead = &predicate.lead;
    let before = lead.start.checked_sub(1).filter(|&at| at >= predicate.sentence.start && is_object(at));
    let owns_nothing = |at: usize| {
        scan.kind(at) != Some(TokenKind::Word)
            || clauses.in_date(at)
            || clauses.joins(at)
            || predicate.pieces.iter().any(|piece| piece.start == at)
            || scan.has_over(at, |sense| sense == Sense::Around(Marker::Preposition))
    };
    before.or_else(|| Some(lead.end).filter(|&at| is_object(at) && owns_nothing(at + 1)))
}
