//! How a form of a name stands in copy of one language: right, another language's, or never right.

use crate::reading::vocabulary::Script;
use crate::sheet::model::Member;
use crate::sheet::{FormKind, Sheet};

/// How a form stands in the article's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Right here.
    Licensed,
    /// The sheet has no form for this language and script: nothing to say against it.
    Unjudged,
    /// Right in another language.
    Foreign,
    /// Listed as never right; or, of a mention, only near to a form that is.
    Garbled,
}

/// How one of a member's forms stands in copy of `language`. See `DESIGN.md`, "Which forms are right".
pub(super) fn standing(
    sheet: &Sheet,
    member: &Member,
    position: usize,
    language: &str,
    script: Script,
) -> Standing {
    let Some(form) = member.forms.get(position) else { return Standing::Foreign };
    if form.kind == FormKind::Garbled {
        return Standing::Garbled;
    }
    if form.anywhere || form.language.as_deref() == Some(language) {
        return Standing::Licensed;
    }
    // Each part falls back by itself: what the language has of its own replaces the unmarked one.
    let has_own = member.forms.iter().any(|other| {
        other.language.as_deref() == Some(language)
            && match form.kind {
                FormKind::Abbreviation => other.kind == FormKind::Abbreviation,
                FormKind::Short => other.kind == FormKind::Short,
                FormKind::Adjective => other.kind == FormKind::Adjective,
                _ => other.kind == FormKind::Full,
            }
    });
    match &form.language {
        None if !has_own && (Script::of_text(&form.text) == script || sheet.language == language) => {
            Standing::Licensed
        }
        None if !has_own => Standing::Unjudged,
        // Where the sheet has nothing in this language or its script, no form of another is wrong.
        Some(_) if !has_own && !has_unmarked(member, form.kind, script) => Standing::Unjudged,
        _ => Standing::Foreign,
    }
}

fn has_unmarked(member: &Member, kind: FormKind, script: Script) -> bool {
    member.forms.iter().any(|other| {
        other.language.is_none()
            && other.kind != FormKind::Garbled
            && (other.kind == kind || kind == FormKind::Short)
            && Script::of_text(&other.text) == script
    })
}
