//! Entries of configs' `suppress` that nothing needs any more. An entry may be for many articles, so this is told at
//! the end of a run, and only where the run has seen all that the entry can be for: a hook that is handed two files
//! knows nothing of the entries for others.

use std::collections::BTreeSet;
use std::sync::Arc;

use factlint::article::{Article, Metadata};
use factlint::config::patterns::Reach;
use factlint::engine::Checked;

use super::configs::Found;
use super::inputs::Input;
use super::run::Run;

/// What one article says of the entries of its config, by their indices.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfEntries {
    /// Those that are for it.
    pub(crate) holding: BTreeSet<usize>,
    /// Those of them that it was held against: it has a sheet, and their rules are not off for it.
    pub(crate) asked: BTreeSet<usize>,
    /// Those of them that something was found for.
    pub(crate) used: BTreeSet<usize>,
    /// From the config's folder.
    pub(crate) path: String,
}

/// What all articles of a run say of the entries of their configs.
#[derive(Default)]
pub(crate) struct Needless {
    configs: Vec<(Arc<Found>, Entries)>,
}

#[derive(Default)]
struct Entries {
    asked: BTreeSet<usize>,
    used: BTreeSet<usize>,
    /// Those that are for an article which could not be checked.
    missed: BTreeSet<usize>,
    /// The articles that entries are for, from the config's folder.
    paths: BTreeSet<String>,
}

/// A config with what is wrong with its entries.
pub(crate) struct OfConfig {
    pub(crate) found: Arc<Found>,
    pub(crate) article: Article,
    pub(crate) checked: Checked,
    /// The run could tell of every entry whether it is needed.
    pub(crate) is_whole: bool,
}

impl Needless {
    /// Takes what one article says; one that was left out says that it might have needed each of its entries.
    pub(crate) fn take(&mut self, input: &Input, of_entries: OfEntries, was_checked: bool) {
        let Some(found) = input.config.as_ref() else { return };
        let known = self.configs.iter().position(|(known, _)| Arc::ptr_eq(known, found));
        let at = known.unwrap_or_else(|| {
            self.configs.push((Arc::clone(found), Entries::default()));
            self.configs.len() - 1
        });
        let Some((_, entries)) = self.configs.get_mut(at) else { return };
        if of_entries.holding.is_empty() {
            return;
        }
        match was_checked {
            true => entries.asked.extend(of_entries.asked),
            false => entries.missed.extend(of_entries.holding),
        }
        entries.used.extend(of_entries.used);
        entries.paths.insert(of_entries.path);
    }

    /// The configs of the run with what is to be told of them, in the order of their paths.
    pub(crate) fn end(mut self, run: &Run<'_>) -> Vec<OfConfig> {
        self.configs.sort_by(|(a, _), (b, _)| a.path().cmp(b.path()));
        self.configs.into_iter().filter_map(|(found, entries)| entries.end(found, run)).collect()
    }
}

impl Entries {
    fn end(self, found: Arc<Found>, run: &Run<'_>) -> Option<OfConfig> {
        let suppress = &found.config.suppress;
        let is_seen = |index: usize| {
            // What lies in a folder that could not be gone through is not known.
            run.inputs.problems.is_empty()
                && self.asked.contains(&index)
                && !self.missed.contains(&index)
                && suppress.reaches(index).all(|reach| self.covers(&found, &reach, run))
        };
        let seen: BTreeSet<usize> = (0..suppress.entries.len()).filter(|&index| is_seen(index)).collect();
        let needless: BTreeSet<usize> = seen.difference(&self.used).copied().collect();
        let is_whole =
            (0..suppress.entries.len()).all(|index| seen.contains(&index) || self.used.contains(&index));
        let engine = run.engine_of(&found)?;
        let levels = found.config.levels(found.name(), "");
        let findings = suppress.unused(&needless, engine.rules(), levels.as_deref());
        let source = Arc::clone(&found.config.source);
        let body = 0..source.text.len();
        let article = Article::new(source, body, Metadata::default());
        let checked = Checked { findings, ..Checked::default() };
        Some(OfConfig { found, article, checked, is_whole })
    }

    /// Whether all that a pattern can stand for was looked at.
    fn covers(&self, found: &Found, reach: &Reach, run: &Run<'_>) -> bool {
        let configs = &run.settings.configs;
        let is_walked =
            |path: &str| run.inputs.walked.iter().any(|folder| configs.is_below(found, path, folder));
        match reach {
            Reach::Below(folder) => is_walked(folder),
            Reach::Path(path) => self.paths.contains(path) || is_walked(path),
        }
    }
}
