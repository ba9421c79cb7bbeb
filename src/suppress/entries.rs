//! Suppressing from outside of the copy: the sidecar file of one article, or `suppress` of a config.
//!
//! Plain text has no comments, so what a desk lets stand there is written beside it: `story.txt` has its
//! sidecar in `story.txt.factlint.yaml`.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::comments::{Teller, is_heard, is_known, nearest};
use super::{Silence, Silenced, directive, names};
use crate::article::Article;
use crate::checks::case::Reporter;
use crate::engine::Checked;
use crate::finding::{Finding, Severity};
use crate::problem::Problem;
use crate::reading::vocabulary::fold_word;
use crate::rules::{Levels, Ruleset};
use crate::sheet::shapes::OneOrMany;
use crate::source::{Places, Source};
use crate::yaml::{self, At};

/// What stands behind an article's name in that of its sidecar.
pub const SIDECAR_ENDINGS: [&str; 2] = [".factlint.yaml", ".factlint.yml"];

/// A sidecar file: findings of the article beside it that are not to be told.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "factlint sidecar file")]
pub struct SidecarFile {
    /// Findings that are not to be told.
    pub suppress: Option<Vec<At<SidecarEntry>>>,
}

/// One entry of a sidecar file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SidecarEntry {
    /// The id of a rule, `name/garbled`, or a class of them, `name/*`.
    pub rule: At<String>,
    /// What the copy says there; every finding of the rule where it is missing.
    pub text: Option<At<String>>,
    /// Which of several such findings, counted from 1; all of them where it is missing.
    pub occurrence: Option<At<u32>>,
    /// The line where the finding begins, counted from 1. It moves with every edit above: `text` does not.
    pub line: Option<At<u32>>,
    /// Why the finding is to stand.
    pub reason: Option<At<String>>,
}

/// One entry of `suppress` in a config.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfigEntry {
    /// Patterns of the articles that it is for, from the config's folder.
    pub files: OneOrMany,
    /// The id of a rule, `name/garbled`, or a class of them, `name/*`.
    pub rule: At<String>,
    /// What the copy says there; every finding of the rule where it is missing.
    pub text: Option<At<String>>,
    /// Why the finding is to stand: a config is read by all.
    pub reason: At<String>,
}

/// Entries of one file, ready to be held against findings.
#[derive(Debug)]
pub struct Entries {
    /// The file that they stand in.
    pub source: Arc<Source>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// The whole entry, in bytes of its file.
    span: Range<usize>,
    rule: At<String>,
    /// The words of the text, folded.
    text: Option<Vec<String>>,
    occurrence: Option<u32>,
    line: Option<u32>,
    reason: Option<String>,
}

impl Entries {
    /// Reads a sidecar file.
    pub fn read_sidecar(source: &Arc<Source>) -> Result<Self, Problem> {
        // The last entry may have been taken out with its key.
        let file = match yaml::is_empty(source) {
            true => SidecarFile { suppress: None },
            false => yaml::read(source)?,
        };
        let mut entries = Vec::new();
        for (index, entry) in file.suppress.unwrap_or_default().into_iter().enumerate() {
            for (key, number) in [("occurrence", &entry.occurrence), ("line", &entry.line)] {
                if let Some(number) = number.as_ref().filter(|number| number.value == 0) {
                    return Err(Problem::at(source, number.range(), "it is counted from 1")
                        .key(format!("suppress[{index}].{key}")));
                }
            }
            let span = entry.range();
            let SidecarEntry { rule, text, occurrence, line, reason } = entry.value;
            let mut made = Entry::new(span, rule, text, reason);
            (made.occurrence, made.line) = (occurrence.map(|at| at.value), line.map(|at| at.value));
            entries.push(made);
        }
        Ok(Self { source: Arc::clone(source), entries })
    }

    /// The entries of a config, whose file is `source`.
    pub fn of_config(source: &Arc<Source>, entries: &[At<ConfigEntry>]) -> Self {
        let entry = |entry: &At<ConfigEntry>| {
            let ConfigEntry { files: _, rule, text, reason } = entry.value.clone();
            Entry::new(entry.range(), rule, text, Some(reason))
        };
        Self { source: Arc::clone(source), entries: entries.iter().map(entry).collect() }
    }

    /// As [`silence`](Self::silence), of an article that was changed since: which of several findings an entry means
    /// cannot be counted any more, so all that it may mean are taken out.
    pub fn silence_all(&self, checked: &mut Checked) {
        for finding in std::mem::take(&mut checked.findings) {
            match self.entries.iter().find(|entry| entry.may_be_of(&finding)) {
                Some(entry) => {
                    let by = Silence::Entry { reason: entry.reason.clone() };
                    checked.silenced.push(Silenced { finding, by });
                }
                None => checked.findings.push(finding),
            }
        }
    }

    /// Takes out of what was found in an article what the entries suppress, those that `is_for` says are for
    /// it, by their index. Returns the indices of those that suppressed something.
    pub fn silence(
        &self,
        article: &Article,
        checked: &mut Checked,
        is_for: impl Fn(usize) -> bool,
    ) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        let mut seen = vec![0_u32; self.entries.len()];
        let mut places = Places::new(&article.source);
        for finding in std::mem::take(&mut checked.findings) {
            let line = places.place(finding.span.start).line;
            let found = self.entries.iter().enumerate().position(|(index, entry)| {
                is_for(index) && entry.is_of(&finding, line) && {
                    let seen = seen.get_mut(index).map_or(0, |seen| {
                        *seen += 1;
                        *seen
                    });
                    entry.occurrence.is_none_or(|occurrence| occurrence == seen)
                }
            });
            match found.and_then(|index| Some((index, self.entries.get(index)?))) {
                Some((index, entry)) => {
                    used.insert(index);
                    let by = Silence::Entry { reason: entry.reason.clone() };
                    checked.silenced.push(Silenced { finding, by });
                }
                None => checked.findings.push(finding),
            }
        }
        used
    }

    /// What is wrong with the entries, once every article that they are for was checked: findings of the
    /// file that they stand in. `used` are the indices of those that suppressed something; `levels` say how much
    /// the findings matter, where a config does.
    pub fn findings(&self, used: &BTreeSet<usize>, rules: &Ruleset, levels: Option<&Levels>) -> Vec<Finding> {
        let is_needless = |index: usize| {
            let entry = self.entries.get(index).filter(|_| !used.contains(&index));
            entry.is_some_and(|entry| is_heard(&entry.rule, rules, levels))
        };
        self.told(rules, levels, |entry, index, teller| {
            let id = entry.rule.as_str();
            if !is_known(id, rules) {
                match nearest(id, rules) {
                    Some(near) => teller.unknown(entry.rule.range(), id, Some(near.clone()), near),
                    None => teller.unknown(self.whole(entry), id, None, String::new()),
                }
            } else if is_needless(index) {
                teller.unused(self.whole(entry), id);
            }
            if entry.reason.is_none() {
                teller.no_reason(entry.span.clone(), id);
            }
        })
    }

    /// What is to be told of the entries that suppress nothing, and of nothing else.
    pub fn unused(
        &self,
        is_needless: impl Fn(usize) -> bool,
        rules: &Ruleset,
        levels: Option<&Levels>,
    ) -> Vec<Finding> {
        self.told(rules, levels, |entry, index, teller| {
            if is_needless(index) {
                teller.unused(self.whole(entry), &entry.rule);
            }
        })
    }

    /// What is told of each entry, as findings of the file that they stand in.
    fn told(
        &self,
        rules: &Ruleset,
        levels: Option<&Levels>,
        tell: impl Fn(&Entry, usize, &mut Teller<'_, '_>),
    ) -> Vec<Finding> {
        let text = self.source.text.as_str();
        let mut reporter = Reporter {
            rules,
            levels,
            sheet: None,
            accepting: Vec::new(),
            text,
            offset: 0,
            findings: Vec::new(),
        };
        let mut teller = Teller { text, reporter: &mut reporter };
        for (index, entry) in self.entries.iter().enumerate() {
            tell(entry, index, &mut teller);
        }
        reporter.findings.retain(|finding| finding.severity != Severity::Off);
        reporter.findings
    }

    /// What has to go for an entry to go: its lines, where it is an item of a list of lines; in brackets, one of the
    /// commas beside it.
    fn whole(&self, entry: &Entry) -> Range<usize> {
        let text = &self.source.text;
        let before = text.get(..entry.span.start).unwrap_or_default();
        let behind = text.get(entry.span.end..).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let end = behind.find('\n').map(|at| entry.span.end + at);
        let is_item = before.get(start..).is_some_and(|head| head.trim() == "-");
        let is_last = text.get(entry.span.end..end.unwrap_or(text.len())).is_some_and(|rest| {
            let rest = rest.trim();
            rest.is_empty() || rest.starts_with('#')
        });
        if is_item && is_last {
            return start..end.map_or(text.len(), |end| end + 1);
        }
        let after = behind.trim_start();
        if let Some(rest) = after.strip_prefix(',') {
            return entry.span.start..text.len() - rest.trim_start_matches(' ').len();
        }
        match before.trim_end().strip_suffix(',') {
            Some(head) if after.starts_with(']') => head.len()..entry.span.end,
            _ => entry.span.clone(),
        }
    }
}

impl Entry {
    fn new(
        span: Range<usize>,
        rule: At<String>,
        text: Option<At<String>>,
        reason: Option<At<String>>,
    ) -> Self {
        let text = text.map(|text| words(&text).collect());
        let reason = reason.and_then(|reason| directive::reason(&reason));
        Self { span, rule, text, occurrence: None, line: None, reason }
    }

    fn is_of(&self, finding: &Finding, line: u32) -> bool {
        self.line.is_none_or(|wanted| wanted == line) && self.may_be_of(finding)
    }

    /// Whether it is of such findings, wherever they stand.
    fn may_be_of(&self, finding: &Finding) -> bool {
        names(&self.rule, &finding.rule)
            && self.text.as_ref().is_none_or(|text| words(&finding.text).eq(text.iter().map(String::as_str)))
    }
}

/// The words of a text, folded as names are: capitals and line breaks make no other text of it.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split_whitespace().map(|word| fold_word(word).folded)
}

/// The JSON Schema of a sidecar file, with a newline at its end. It is made from the types that are read.
pub fn schema() -> String {
    let schema = schemars::schema_for!(SidecarFile);
    // Serialising a JSON value into a string cannot fail; an empty schema would allow everything.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Severity, Verdict};

    const COPY: &str = "Tokajev met Zas.\nZas met\nTOKAJEV; Tokajev left.\n";

    fn checked() -> (Article, Checked) {
        let finding = |rule: &str, at: usize, len: usize| Finding {
            rule: rule.into(),
            severity: Severity::Error,
            verdict: Verdict::Garbled,
            span: at..at + len,
            text: COPY[at..at + len].to_owned(),
            expected: None,
            message: String::new(),
            notes: Vec::new(),
            fact: None,
            fix: None,
        };
        let findings = vec![
            finding("name/garbled", 0, 7),
            finding("name/foreign-form", 12, 3),
            finding("name/garbled", 17, 7),
            finding("name/garbled", 25, 7),
            finding("name/garbled", 34, 7),
        ];
        let article = Article::new(Arc::new(Source::new("a.txt", COPY)), 0..COPY.len(), Default::default());
        (article, Checked { findings, ..Checked::default() })
    }

    /// Where the findings are that are left over, and which entries were used.
    fn left(sidecar: &str) -> (Vec<usize>, Vec<usize>) {
        let entries = Entries::read_sidecar(&Arc::new(Source::new("a.txt.factlint.yaml", sidecar)));
        let (article, mut checked) = checked();
        let used =
            entries.map(|entries| entries.silence(&article, &mut checked, |_| true)).unwrap_or_default();
        (checked.findings.iter().map(|finding| finding.span.start).collect(), used.into_iter().collect())
    }

    #[test]
    fn entries_take_what_they_name() {
        for (entry, expected) in [
            ("{ rule: name/garbled }", vec![12]),
            ("{ rule: name/* }", vec![]),
            ("{ rule: name/garbled, text: tokajev }", vec![12, 17]),
            ("{ rule: name/garbled, text: Zas met }", vec![0, 12, 25, 34]),
            ("{ rule: name/garbled, text: Tokajev, occurrence: 2 }", vec![0, 12, 17, 34]),
            ("{ rule: name/*, line: 3 }", vec![0, 12, 17]),
            ("{ rule: date/event }", vec![0, 12, 17, 25, 34]),
        ] {
            let (left, used) = left(&format!("suppress:\n  - {entry}\n"));
            assert_eq!(left, expected, "{entry}");
            assert_eq!(used.is_empty(), left.len() == 5, "{entry}");
        }
    }

    #[test]
    fn the_first_entry_that_fits_has_a_finding() {
        let sidecar = "suppress: [{ rule: name/garbled, line: 1 }, { rule: name/garbled, text: Tokajev }]";
        assert_eq!(left(sidecar), (vec![12, 17], vec![0, 1]));
        assert_eq!(left("suppress:\n"), (vec![0, 12, 17, 25, 34], vec![]));
    }
}
