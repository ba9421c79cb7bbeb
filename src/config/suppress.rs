//! What a config lets stand, for those of its articles whose paths an entry names.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::patterns::{Met, Patterns, Reach};
use crate::article::Article;
use crate::engine::Checked;
use crate::finding::Finding;
use crate::problem::Problem;
use crate::rules::{Levels, Ruleset};
use crate::source::Source;
use crate::suppress::entries::{ConfigEntry, Entries};
use crate::suppress::{directive, is_heard};
use crate::yaml::At;

/// `suppress` of a config.
#[derive(Debug)]
pub struct Suppress {
    pub entries: Vec<At<ConfigEntry>>,
    /// By entry: the articles that it is for.
    files: Vec<Patterns>,
    ready: Entries,
}

impl Suppress {
    pub(super) fn new(
        source: &Arc<Source>,
        entries: Vec<At<ConfigEntry>>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut files = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let key = key(index);
            if entry.files.0.is_empty() {
                let message = "this entry says of no article that it is meant";
                let problem = Problem::at(source, entry.range(), message).key(format!("{key}.files"));
                problems.push(problem.help("`files: \"**\"` stands for all articles of the config"));
            }
            if directive::reason(&entry.reason).is_none() {
                let problem = Problem::at(source, entry.reason.range(), "an empty reason");
                let help = "say for those who read the config why the finding is to stand";
                problems.push(problem.key(format!("{key}.reason")).help(help));
            }
            if let Some(text) = entry.text.as_ref().filter(|text| text.trim().is_empty()) {
                let problem = Problem::at(source, text.range(), "no finding has an empty text");
                problems.push(
                    problem.key(format!("{key}.text")).help("without `text`, all of the rule are meant"),
                );
            }
            files.push(Patterns::new(source, &format!("{key}.files"), &entry.files.0, problems));
        }
        let ready = Entries::of_config(source, &entries);
        Self { entries, files, ready }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the entry of that index is for an article. The path is relative to the config's folder.
    pub fn is_for(&self, index: usize, path: &str) -> bool {
        self.files.get(index).is_some_and(|files| files.meet(path, false) != Met::No)
    }

    /// The indices of the entries that are for an article.
    pub fn holding(&self, path: &str) -> BTreeSet<usize> {
        (0..self.entries.len()).filter(|&index| self.is_for(index, path)).collect()
    }

    /// Takes out of what was found in an article what these entries say is to stand there. Returns the indices of
    /// those that something was found for.
    pub fn silence(
        &self,
        holding: &BTreeSet<usize>,
        article: &Article,
        checked: &mut Checked,
    ) -> BTreeSet<usize> {
        if holding.is_empty() || checked.findings.is_empty() {
            return BTreeSet::new();
        }
        self.ready.silence(article, checked, |index| holding.contains(&index))
    }

    /// Whether what the rules of an entry find is told where these levels hold.
    pub fn is_heard(&self, index: usize, rules: &Ruleset, levels: Option<&Levels>) -> bool {
        self.entries.get(index).is_some_and(|entry| is_heard(&entry.rule, rules, levels))
    }

    /// How far the patterns of an entry reach.
    pub fn reaches(&self, index: usize) -> impl Iterator<Item = Reach> {
        let files = self.entries.get(index).map_or(&[][..], |entry| &entry.files.0);
        files.iter().map(|pattern| Reach::of(pattern))
    }

    /// What is to be told of entries that nothing is found for: findings of the config.
    pub fn unused(
        &self,
        needless: &BTreeSet<usize>,
        rules: &Ruleset,
        levels: Option<&Levels>,
    ) -> Vec<Finding> {
        self.ready.unused(|index| needless.contains(&index), rules, levels)
    }
}

/// Where an entry stands.
pub(super) fn key(index: usize) -> String {
    format!("suppress[{index}]")
}
