//! The right pair of an organization's name and abbreviation, and the finding that tells it.

use std::ops::Range;

use super::{Checker, abbreviations};
use crate::checks::case::Draft;
use crate::checks::names::check::fact_id;
use crate::finding::Verdict;
use crate::rules::Check;
use crate::sheet::model::{Form, Member};

impl<'a> Checker<'_, 'a> {
    pub(super) fn draft(
        &self,
        tokens: Range<usize>,
        member: &'a Member,
        expected: Option<String>,
        whole: bool,
    ) -> Draft<'a> {
        let scan = self.case.read.scan;
        let tokens = match whole {
            true => tokens.start.min(self.pair.other.start)..tokens.end.max(self.pair.other.end),
            false => tokens,
        };
        // Of "ABC (long name)" the closing bracket is part of the pair.
        let end = if whole && self.pair.bracketed { tokens.end + 1 } else { tokens.end };
        let start = scan.tokens.get(tokens.start).map_or(0, |token| token.start as usize);
        let end = end
            .checked_sub(1)
            .and_then(|last| scan.tokens.get(last))
            .map_or(start, |token| token.end as usize);
        let long = self.long_name_of(member);
        let expected = expected.or_else(|| long.map(|form| form.text.clone()));
        let mut draft = Draft::new(Check::NameAbbreviation, Verdict::Garbled, start..end.max(start));
        draft.values = vec![
            ("name", expected.clone().unwrap_or_default()),
            ("language", scan.language.pack.name.clone()),
            ("fact", fact_id(member)),
        ];
        draft.expected = expected;
        draft.fact = Some((fact_id(member), long.map_or(member.span.clone(), |form| form.span.clone())));
        draft
    }

    /// "National Security Committee (KNB)".
    pub(super) fn pair_of(&self, member: &'a Member, abbreviation: Option<&'a Form>) -> Option<String> {
        let name = &self.long_name_of(member)?.text;
        Some(match abbreviation.or_else(|| self.abbreviation_of(member)) {
            Some(abbreviation) => format!("{name} ({})", abbreviation.text),
            None => name.clone(),
        })
    }

    /// The abbreviation that is right in the article's language.
    pub(super) fn abbreviation_of(&self, member: &'a Member) -> Option<&'a Form> {
        let language = self.case.read.scan.language.pack.language.as_str();
        abbreviations(member)
            .find(|form| form.language.as_deref() == Some(language))
            .or_else(|| abbreviations(member).find(|form| form.language.is_none()))
    }

    fn long_name_of(&self, member: &'a Member) -> Option<&'a Form> {
        let own = self
            .names
            .names
            .iter()
            .filter(|name| self.member(name.member).is_some_and(|known| std::ptr::eq(known, member)));
        own.filter_map(|name| member.forms.get(name.form))
            .max_by_key(|form| (form.preferred, form.language.is_some()))
    }
}
