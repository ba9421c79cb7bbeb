//! What rules say to people: what each finds, why that matters, and its examples. The words are written
//! once, in the rule's YAML. The checks need none of them, so they are read only when somebody asks:
//! `factlint explain`, the pages in `docs/rules`, the help of a SARIF report.

use std::sync::Arc;

use serde::Deserialize;

use super::builtin;
use super::file::{Check, Example, PerVerdict, RuleEntry, RuleFile};
use super::levels::Levels;
use super::ruleset::{Rule, Ruleset};
use crate::finding::{Severity, Verdict};
use crate::problem::Problem;
use crate::source::Source;
use crate::yaml;

/// All rules of a run with their words, in the order of their ids.
#[derive(Debug, Default)]
pub struct Docs {
    pub rules: Vec<RuleDoc>,
}

/// One rule as people are told of it.
#[derive(Clone, Debug)]
pub struct RuleDoc {
    /// `class/name`.
    pub id: String,
    pub check: Check,
    /// For figures, the concept it serves.
    pub concept: Option<String>,
    /// The file that says what it finds: `rules/names.yaml`.
    pub file: String,
    /// A few words; the id where the rule gives none.
    pub title: String,
    pub finds: Option<String>,
    pub why: Option<String>,
    /// Which of its findings have a fix; `None` where none has.
    pub fix: Option<String>,
    pub examples: Vec<Example>,
    /// The verdicts it speaks of with how much each matters, the most first, and its message where it has one.
    pub verdicts: Vec<(Verdict, Severity, Option<String>)>,
    /// The path of the config that says some of the severities.
    pub config: Option<String>,
}

/// An example in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub text: String,
    pub marks: Vec<Mark>,
}

/// What is found in an example: `[18](wrong 16)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where the marked text starts, in bytes of the text without marks.
    pub start: usize,
    pub text: String,
    pub verdict: String,
    /// What would be right; empty where the example does not say.
    pub expected: String,
}

#[derive(Deserialize)]
struct BuiltIn {
    file: String,
    rule: RuleEntry,
}

impl Docs {
    /// The words of all rules of `rules`: the built-in ones, with those of a house's files laid over them.
    /// Fails where a file of the house cannot be read.
    pub fn new(rules: &Ruleset, house: &[Arc<Source>]) -> Result<Self, Problem> {
        let built_in: Vec<BuiltIn> = serde_json::from_str(builtin::DOCS)
            .map_err(|error| Problem::of_file("built-in rules", error.to_string()))?;
        let mut entries: Vec<(String, RuleEntry)> =
            built_in.into_iter().map(|BuiltIn { file, rule }| (file, rule)).collect();
        for source in house {
            let node = yaml::parse(source)?;
            if super::validate::is_pack(&node) {
                continue;
            }
            let file: RuleFile = yaml::from_node(source, &node)?;
            entries.extend(file.rules.into_iter().map(|rule| (source.path.clone(), rule)));
        }
        let mut docs = Self { rules: rules.rules.iter().map(RuleDoc::new).collect() };
        docs.rules.sort_by(|a, b| a.id.cmp(&b.id));
        for (file, entry) in entries {
            if let Some(doc) = docs.rules.iter_mut().find(|doc| doc.id == entry.id) {
                doc.lay_over(file, entry);
            }
        }
        Ok(docs)
    }

    /// Lets the severities of a config hold, whose path it is told by.
    pub fn hold(&mut self, rules: &Ruleset, levels: &Levels, config: &str) {
        for doc in &mut self.rules {
            let Some(rule) = rules.rules.iter().find(|rule| *rule.id == *doc.id) else { continue };
            for verdict in Verdict::ALL {
                let usual = rule.severity(verdict);
                let told = levels.severity(&rule.id, verdict, usual);
                if usual == told {
                    continue;
                }
                doc.config = Some(config.to_owned());
                match doc.verdicts.iter_mut().find(|(known, _, _)| *known == verdict) {
                    Some((_, severity, _)) => *severity = told,
                    // What the rule does not speak of it may not find either, unless a config asks for it.
                    None if usual == Severity::Off => doc.verdicts.push((verdict, told, None)),
                    None => {}
                }
            }
            doc.verdicts.sort_by_key(|&(_, severity, _)| std::cmp::Reverse(severity));
        }
    }

    pub fn get(&self, id: &str) -> Option<&RuleDoc> {
        self.rules.iter().find(|doc| doc.id == id)
    }

    /// The id that was probably meant.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        super::nearest_id(id, self.rules.iter().map(|doc| doc.id.as_str()))
    }
}

impl RuleDoc {
    fn new(rule: &Rule) -> Self {
        let mut verdicts: Vec<_> = Verdict::ALL
            .into_iter()
            .filter(|&verdict| speaks_of(&rule.severity, verdict) || speaks_of(&rule.message, verdict))
            .map(|verdict| (verdict, rule.severity(verdict), rule.message.get(verdict).cloned()))
            .collect();
        verdicts.sort_by_key(|&(_, severity, _)| std::cmp::Reverse(severity));
        Self {
            id: rule.id.to_string(),
            check: rule.check,
            concept: rule.concept.clone(),
            file: String::new(),
            title: rule.id.to_string(),
            finds: None,
            why: rule.why.clone(),
            fix: None,
            examples: Vec::new(),
            verdicts,
            config: None,
        }
    }

    fn lay_over(&mut self, file: String, entry: RuleEntry) {
        let RuleEntry { title, finds, why, fix, examples, .. } = entry;
        if self.file.is_empty() || finds.is_some() {
            self.file = file;
        }
        self.title = title.unwrap_or_else(|| std::mem::take(&mut self.title));
        self.finds = finds.or(self.finds.take());
        self.why = why.or(self.why.take());
        self.fix = fix.or(self.fix.take());
        self.examples.extend(examples);
    }

    /// What stands before the `/`.
    pub fn class(&self) -> &str {
        self.id.split_once('/').map_or("", |(class, _)| class)
    }

    /// What stands behind the `/`.
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(&self.id, |(_, name)| name)
    }

    /// The most that a finding of this rule can matter.
    pub fn highest(&self) -> Severity {
        self.verdicts.iter().map(|&(_, severity, _)| severity).max().unwrap_or(Severity::Off)
    }

    /// The example to show: the first of those that have the most languages.
    pub fn example(&self) -> Option<&Example> {
        let mut best: Option<&Example> = None;
        for example in &self.examples {
            if best.is_none_or(|best| example.flag.len() > best.flag.len()) {
                best = Some(example);
            }
        }
        best
    }
}

/// What stands before the bracket that closes, and behind it: what is expected may have brackets of its own.
fn closed(said: &str) -> Option<(&str, &str)> {
    let mut depth = 1;
    let (end, _) = said.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0
    })?;
    Some((said.get(..end)?, said.get(end + 1..)?))
}

/// Whether a rule names a verdict; one value for all names none.
fn speaks_of<T>(values: &PerVerdict<T>, verdict: Verdict) -> bool {
    match values {
        PerVerdict::All(_) => false,
        PerVerdict::Each(map) => map.contains_key(&verdict),
    }
}

impl Text {
    /// An example's text without its marks, and the marks.
    pub fn of(marked: &str) -> Self {
        let (mut text, mut marks) = (String::new(), Vec::new());
        let mut rest = marked;
        while let Some((before, from)) = rest.split_once('[') {
            let Some((inner, said)) = from.split_once("](") else { break };
            let Some((said, after)) = closed(said) else { break };
            text.push_str(before);
            let (verdict, expected) = said.split_once(' ').unwrap_or((said, ""));
            marks.push(Mark {
                start: text.len(),
                text: inner.to_owned(),
                verdict: verdict.to_owned(),
                expected: expected.to_owned(),
            });
            text.push_str(inner);
            rest = after;
        }
        text.push_str(rest);
        Self { text, marks }
    }

    /// The text with each marked part between `open` and `close`.
    pub fn marked(&self, open: &str, close: &str) -> String {
        let mut out = String::with_capacity(self.text.len() + self.marks.len() * 4);
        let mut at = 0;
        for mark in &self.marks {
            out.push_str(self.text.get(at..mark.start).unwrap_or_default());
            out.push_str(open);
            out.push_str(&mark.text);
            out.push_str(close);
            at = mark.start + mark.text.len();
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out_of_an_example() {
        let text = Text::of("Загинули [18](wrong 16) людей і [748](stale more than 800).");
        assert_eq!(text.text, "Загинули 18 людей і 748.");
        assert_eq!(text.marks[1].expected, "more than 800");
        assert_eq!(text.marked("<", ">"), "Загинули <18> людей і <748>.");
        assert_eq!(Text::of("a [b").text, "a [b");
        assert_eq!(Text::of("[A (B)](garbled C (D)).").marks[0].expected, "C (D)");
    }
}
