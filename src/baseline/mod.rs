//! The baseline: what was found when it was written, so that a run can tell what is new and what is gone.
//!
//! A finding is known by its fingerprint ([`crate::report::fingerprint`]): rule, path, text, the words next
//! to it and which of several such it is. Nothing of it is a line number, so edits elsewhere in the file
//! change nothing. Paths are relative to the folder of the baseline, so that it does not matter where a run
//! starts.

mod file;

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use self::file::Entry;
use crate::article::Article;
use crate::engine::Checked;
use crate::finding::{Finding, Severity};
use crate::problem::Problem;
use crate::report::fingerprint::Fingerprints;
use crate::source::Source;
use crate::suppress::{Silence, Silenced};

/// The findings of one baseline, by their paths.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: BTreeMap<String, Vec<Entry>>,
}

impl Baseline {
    /// Reads the file of a baseline.
    pub fn read(source: &Arc<Source>) -> Result<Self, Problem> {
        file::read(source).map(Self::of)
    }

    /// A baseline of these entries.
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut by_path: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for entry in entries {
            by_path.entry(entry.path.clone()).or_default().push(entry);
        }
        for entries in by_path.values_mut() {
            entries.sort();
            entries.dedup_by(|later, first| later.fingerprint == first.fingerprint);
        }
        Self { entries: by_path }
    }

    /// The text of its file: one entry a line, in an order that edits of the copy do not change.
    pub fn to_text(&self) -> String {
        file::write(self.entries())
    }

    /// All entries, by path, rule and text.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values().flatten()
    }

    /// Takes out of what was found in an article what the baseline has, and returns what it has of that
    /// article and was not found. `path` is the article's from the folder of the baseline.
    pub fn take(&self, path: &str, article: &Article, checked: &mut Checked) -> Vec<&Entry> {
        let Some(entries) = self.entries.get(path) else { return Vec::new() };
        // Whether each entry was found.
        let mut known: FxHashMap<&str, bool> =
            entries.iter().map(|entry| (entry.fingerprint.as_str(), false)).collect();
        let fingerprints = fingerprints(path, article, checked);
        for (finding, fingerprint) in std::mem::take(&mut checked.findings).into_iter().zip(fingerprints) {
            match known.get_mut(fingerprint.as_str()) {
                Some(found) => {
                    *found = true;
                    checked.silenced.push(Silenced { finding, by: Silence::Baseline });
                }
                None => checked.findings.push(finding),
            }
        }
        entries
            .iter()
            .filter(|entry| !known.get(entry.fingerprint.as_str()).is_some_and(|&found| found))
            .collect()
    }
}

/// What was found in an article as entries of a baseline. `path` is the article's from the folder of the
/// baseline. What is suppressed is no part of it.
pub fn entries_of(path: &str, article: &Article, checked: &Checked) -> Vec<Entry> {
    let told = checked.findings.iter().zip(fingerprints(path, article, checked));
    told.filter(|(finding, _)| finding.severity != Severity::Off)
        .map(|(finding, fingerprint)| Entry {
            path: path.to_owned(),
            rule: finding.rule.to_string(),
            text: finding.text.clone(),
            message: finding.message.clone(),
            fingerprint,
        })
        .collect()
}

/// The fingerprint of each finding that is told. What is suppressed counts as well where equal findings are
/// told apart: to suppress the first of two does not make the second the first.
fn fingerprints(path: &str, article: &Article, checked: &Checked) -> Vec<String> {
    let told = checked.findings.iter().map(|finding| (finding, true));
    let silenced = checked.silenced.iter().map(|silenced| (&silenced.finding, false));
    let mut all: Vec<(&Finding, bool)> = told.chain(silenced).collect();
    all.sort_by(|(a, _), (b, _)| a.order(b));
    let mut fingerprints = Fingerprints::default();
    all.into_iter()
        .map(|(finding, is_told)| (fingerprints.of(path, article.file_text(), finding), is_told))
        .filter_map(|(fingerprint, is_told)| is_told.then_some(fingerprint))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Verdict;

    /// An article in which every `18` is a finding.
    fn checked(copy: &str) -> (Article, Checked) {
        let findings = copy.match_indices("18").map(|(at, text)| Finding {
            rule: "figure/killed".into(),
            severity: Severity::Error,
            verdict: Verdict::Wrong,
            span: at..at + text.len(),
            text: text.to_owned(),
            expected: None,
            message: "18 killed: the sheet has 16".into(),
            notes: Vec::new(),
            fact: None,
            fix: None,
        });
        let checked = Checked { findings: findings.collect(), ..Checked::default() };
        (Article::new(Arc::new(Source::new("shown.md", copy)), 0..copy.len(), Default::default()), checked)
    }

    /// How many findings of `new` are new, and how many of `old` are gone.
    fn compare(old: &str, new: &str) -> (usize, usize) {
        let (article, found) = checked(old);
        let baseline = Baseline::of(entries_of("desk/a.md", &article, &found));
        let source = Arc::new(Source::new("factlint-baseline.json", baseline.to_text()));
        let Ok(baseline) = Baseline::read(&source) else { panic!("it reads what it writes") };
        let (article, mut found) = checked(new);
        let gone = baseline.take("desk/a.md", &article, &mut found).len();
        (found.findings.len(), gone)
    }

    #[test]
    fn edits_elsewhere_change_nothing() {
        let old = "Police said 18 died.";
        for (new, expected) in [
            (old, (0, 0)),
            ("A new line.\n\nPolice said\n18   died. More.", (0, 0)),
            ("Police said <!-- a note of the desk --> 18 <!-- another --> died.", (0, 0)),
            ("Police said 18 were killed.", (1, 1)),
            ("Police said 16 died.", (0, 1)),
            ("The army said 18 left. Police said 18 died.", (1, 0)),
        ] {
            assert_eq!(compare(old, new), expected, "{new}");
        }
    }

    #[test]
    fn one_more_of_what_is_known_is_one_that_is_new() {
        let one = "He said 18 died.\n";
        assert_eq!(compare(one, &one.repeat(2)), (1, 0));
        assert_eq!(compare(&one.repeat(3), one), (0, 2));
        assert_eq!(compare(&one.repeat(2), &format!("Elsewhere 18 died.\n{}", one.repeat(2))), (1, 0));
    }

    #[test]
    fn what_is_suppressed_is_gone_from_it_and_its_like_stays_known() {
        let copy = "He said 18 died.\nHe said 18 died.\n";
        let (article, found) = checked(copy);
        let baseline = Baseline::of(entries_of("a.md", &article, &found));
        let (article, mut found) = checked(copy);
        let first = found.findings.remove(0);
        found.silenced.push(Silenced { finding: first, by: Silence::Comment { reason: None } });
        let gone = baseline.take("a.md", &article, &mut found);
        assert_eq!((found.findings.len(), gone.len()), (0, 1));
    }

    #[test]
    fn the_file_does_not_depend_on_the_order_in_which_it_was_made() {
        let (article, found) = checked("a 18 b 18 c 18");
        let mut entries = entries_of("a.md", &article, &found);
        let text = Baseline::of(entries.clone()).to_text();
        entries.reverse();
        assert_eq!(Baseline::of(entries).to_text(), text);
        assert_eq!(text.lines().count(), 5 + 3, "an entry a line");
    }
}
