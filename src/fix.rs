//! Fixes, written into the copy. Text in, text out: which files are read and written is the command line's.
//!
//! Nothing outside of the spans that are replaced changes. After each round the copy is checked anew, since
//! one fix may uncover another, until nothing is left to do.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::article::Article;
use crate::engine::Checked;
use crate::finding::{Finding, Fix, Trust};
use crate::source::Source;
use crate::suppress;

/// After so many rounds the fixes chase one another, and none is taken.
const ROUNDS: usize = 10;

/// An article with what is left to say of it.
#[derive(Debug)]
pub struct Fixed {
    pub article: Article,
    pub checked: Checked,
    /// How many fixes were written, one at least.
    pub count: usize,
}

/// Writes every fix that is trusted at least so far, as often as there are any. `checked` is what `check` says of
/// the article as it is; what it leaves out, because it is suppressed or in a baseline, is not fixed. Neither is what
/// a suppression with a slip in it may have been meant for; `beside` are findings of a file of suppressions.
///
/// `None` where there is nothing to fix, or where fixes bring one another back.
pub fn fix(
    article: &Article,
    checked: &Checked,
    beside: &[Finding],
    least: Trust,
    mut check: impl FnMut(&Article) -> Checked,
) -> Option<Fixed> {
    let apply = |article: &Article, found: &[Finding]| {
        let (suppressions, others): (Vec<Finding>, Vec<Finding>) =
            found.iter().cloned().partition(suppress::is_of_suppression);
        // These come first: what they are for is known only when they are right.
        apply(article, &suppressions, least).or_else(|| {
            let is_free = |finding: &Finding| !may_be_meant(finding, &suppressions, beside);
            apply(article, &others.into_iter().filter(is_free).collect::<Vec<_>>(), least)
        })
    };
    let (mut text, mut count) = apply(article, &checked.findings)?;
    let mut seen = BTreeSet::from([article.source.text.clone()]);
    for _ in 0..ROUNDS {
        if !seen.insert(text.clone()) {
            return None;
        }
        let article = with_text(article, text);
        let checked = check(&article);
        match apply(&article, &checked.findings) {
            None => return Some(Fixed { article, checked, count }),
            Some((next, more)) => {
                text = next;
                count += more;
            }
        }
    }
    None
}

/// Whether a suppression with a slip in it, in the copy or beside it, may have been meant for a finding.
pub fn may_be_meant(finding: &Finding, in_copy: &[Finding], beside: &[Finding]) -> bool {
    in_copy.iter().chain(beside).any(|odd| suppress::may_mean(odd, finding))
}

/// The text of an article's file with the fixes of its findings that are trusted at least so far, and how many there
/// were; `None` where there is none. Of two that overlap the first is taken; where two want something else of one
/// place, neither. What stands before the copy is not touched.
pub fn apply(article: &Article, findings: &[Finding], least: Trust) -> Option<(String, usize)> {
    let text = article.source.text.as_str();
    let mut edits: Vec<(Range<usize>, &Fix)> = findings
        .iter()
        // A fix is of the text that was checked and of no other.
        .filter(|finding| text.get(finding.span.clone()) == Some(finding.text.as_str()))
        .filter(|finding| finding.span.start >= article.body.start)
        .filter_map(|finding| Some((finding.span.clone(), finding.fix.as_ref()?)))
        .filter(|(_, fix)| fix.trust >= least && fix.trust > Trust::DisplayOnly)
        .collect();
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut fixed = String::with_capacity(text.len() + 64);
    let (mut at, mut count, mut next) = (0, 0, 0);
    while let Some((span, fix)) = edits.get(next) {
        let same = edits.iter().skip(next).take_while(|(other, _)| other == span);
        let (mut wanted, mut is_clear) = (0, true);
        for (_, other) in same {
            wanted += 1;
            is_clear &= other.replacement == fix.replacement;
        }
        next += wanted;
        let is_free = span.start >= at && text.get(span.clone()) != Some(fix.replacement.as_str());
        if is_clear && is_free {
            fixed.push_str(text.get(at..span.start).unwrap_or_default());
            fixed.push_str(&fix.replacement);
            (at, count) = (span.end, count + 1);
        }
    }
    fixed.push_str(text.get(at..).unwrap_or_default());
    (count > 0).then_some((fixed, count))
}

/// The article with another text of the same front matter: fixes are of the copy behind it.
fn with_text(article: &Article, text: String) -> Article {
    let body = article.body.start..text.len();
    let source = Arc::new(Source::new(article.source.path.as_str(), text));
    Article::new(source, body, article.metadata.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Severity, Verdict};

    fn finding(text: &str, span: Range<usize>, replacement: &str, trust: Trust) -> Finding {
        Finding {
            rule: "name/garbled".into(),
            severity: Severity::Error,
            verdict: Verdict::Garbled,
            text: text[span.clone()].to_owned(),
            span,
            expected: None,
            message: String::new(),
            notes: Vec::new(),
            fact: None,
            fix: Some(Fix { replacement: replacement.into(), trust }),
        }
    }

    fn article(text: &str) -> Article {
        let source = Arc::new(Source::new("a.txt", text));
        Article::new(source, 0..text.len(), Default::default())
    }

    fn applied(text: &str, edits: &[(Range<usize>, &str, Trust)], least: Trust) -> String {
        let findings: Vec<Finding> = edits
            .iter()
            .map(|(span, replacement, trust)| finding(text, span.clone(), replacement, *trust))
            .collect();
        match apply(&article(text), &findings, least) {
            Some((text, count)) => format!("{count} {text}"),
            None => "nothing".into(),
        }
    }

    #[test]
    fn only_what_is_trusted_is_written() {
        let edits = [(0..2, "A", Trust::Safe), (3..5, "B", Trust::Unsafe), (6..8, "C", Trust::DisplayOnly)];
        assert_eq!(applied("aa bb cc\r\n", &edits, Trust::Safe), "1 A bb cc\r\n");
        assert_eq!(applied("aa bb cc\r\n", &edits, Trust::Unsafe), "2 A B cc\r\n");
        assert_eq!(applied("aa bb cc\r\n", &edits, Trust::DisplayOnly), "2 A B cc\r\n");
        assert_eq!(applied("aa bb cc\r\n", &edits[2..], Trust::Unsafe), "nothing");
    }

    #[test]
    fn of_fixes_that_overlap_the_first_is_written_and_of_two_minds_none() {
        let overlap = [(0..4, "X", Trust::Safe), (2..6, "Y", Trust::Safe), (7..8, "Z", Trust::Safe)];
        assert_eq!(applied("abcdefgh", &overlap, Trust::Safe), "2 XefgZ");
        let same = [(0..1, "X", Trust::Safe), (0..1, "X", Trust::Safe)];
        assert_eq!(applied("ab", &same, Trust::Safe), "1 Xb");
        let two_minds = [(0..1, "X", Trust::Safe), (0..1, "Y", Trust::Safe), (1..2, "Z", Trust::Safe)];
        assert_eq!(applied("ab", &two_minds, Trust::Safe), "1 aZ");
    }

    #[test]
    fn fixes_that_chase_one_another_are_not_taken() {
        let check = |article: &Article| {
            let other = if article.text() == "a" { "b" } else { "a" };
            let findings = vec![finding(article.text(), 0..1, other, Trust::Safe)];
            Checked { findings, ..Checked::default() }
        };
        let article = article("a");
        assert!(fix(&article, &check(&article), &[], Trust::Safe, check).is_none());
    }
}
