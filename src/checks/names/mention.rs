//! A cast member named in the copy.

use std::ops::Range;

use super::standing::Standing;
use crate::sheet::{FormKind, MemberId};

/// A cast member named in the copy.
#[derive(Clone, Debug)]
pub struct NameMention {
    pub tokens: Range<usize>,
    /// Bytes of the text, without an ending that only marks a possessor.
    pub span: Range<usize>,
    pub member: MemberId,
    pub kind: FormKind,
    pub standing: Standing,
    /// The whole name stands there, not a part of it.
    pub full: bool,
    /// Some word is not in its base form.
    pub inflected: bool,
    /// A place that is only near, in an article that names the right one nowhere, or a given name that is:
    /// the world has many places, and families many members, of like names.
    pub doubtful: bool,
    /// So near to a real other name that only an article which also has the right one can mean this member.
    pub(super) untold: Untold,
}

impl NameMention {
    /// A mention of which nothing more is known than what stands where.
    pub(in crate::checks) fn new(
        tokens: Range<usize>,
        span: Range<usize>,
        member: MemberId,
        kind: FormKind,
        standing: Standing,
    ) -> Self {
        let full = kind == FormKind::Full;
        Self {
            tokens,
            span,
            member,
            kind,
            standing,
            full,
            inflected: false,
            doubtful: false,
            untold: Untold::No,
        }
    }
}

/// What else an article must have so that a name is taken for a member's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Untold {
    No,
    /// The family name, rightly.
    Family,
    /// The whole name, rightly, or a day on which the sheet tells something of the member.
    Name,
    /// Somebody of the cast in full, or some body, rightly: the copy is of this story.
    Story,
    /// In the same sentence, somebody who holds an office of the member.
    Holder,
}
