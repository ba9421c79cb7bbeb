//! What the articles of one config have in common: where their sheets come from, and how strictly they are
//! judged.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use factlint::article::Article;
use factlint::candidates::Candidates;
use factlint::config::{FailOn, Suppress};
use factlint::engine::Checked;
use factlint::problem::{Problem, Weight};
use factlint::rules::{Levels, Ruleset};

use super::configs::Found;
use super::facts::Loaded;
use super::folders::sheets_below;
use super::inputs::{Input, Location, shown};
use super::needless::OfEntries;
use super::pool::in_order;
use super::run::House;
use super::settings::Settings;

/// See the [module](self).
pub(crate) struct Desk {
    found: Option<Arc<Found>>,
    /// The folder, whole, in which sheets are looked for.
    reach: PathBuf,
    /// Which of the run's houses has its rules.
    pub(crate) house: usize,
    /// The sheets that the config names for the copy to choose among; `None` where it names none.
    candidates: Option<Vec<PathBuf>>,
    pool: OnceLock<Pool>,
    /// Sheets by the places of the config that name them, each looked for once.
    named: Mutex<BTreeMap<usize, Result<Vec<PathBuf>, Problem>>>,
}

/// Candidates that were loaded.
pub(crate) struct Pool {
    pub(crate) candidates: Candidates,
    /// By the paths as they are shown, what is to be said of them.
    pub(crate) problems: BTreeMap<String, OfSheet>,
    /// There may be more: there was too much to look through.
    pub(crate) is_partial: bool,
}

/// A sheet's path and what is to be said of it.
type OfSheet = (PathBuf, Arc<Vec<Problem>>);

impl Pool {
    /// Tells it from other pools of the run.
    pub(crate) fn address(&self) -> usize {
        std::ptr::from_ref(self) as usize
    }

    /// Those that cannot be used: the right one may be among them.
    pub(crate) fn broken(&self) -> impl Iterator<Item = OfSheet> {
        let is_error = |problem: &Problem| problem.weight == Weight::Error;
        self.problems.values().filter(move |(_, problems)| problems.iter().any(is_error)).cloned()
    }
}

/// What a config says of one article before its language is known.
pub(crate) struct OfArticle {
    /// From the config's folder.
    path: String,
    pub(crate) language: Option<String>,
    pub(crate) skip_unknown_language: bool,
}

/// What a config lets stand in one article.
pub(crate) struct Suppressing<'d> {
    suppress: &'d Suppress,
    /// From the config's folder.
    path: String,
    /// The entries that are for it, by their indices.
    holding: BTreeSet<usize>,
}

impl Suppressing<'_> {
    /// The entries that are for the article, before anything was found in it.
    pub(crate) fn entries(&self) -> OfEntries {
        OfEntries { holding: self.holding.clone(), path: self.path.clone(), ..OfEntries::default() }
    }

    /// Takes out what is to stand, and returns which entries say so.
    pub(crate) fn silence(&self, article: &Article, checked: &mut Checked) -> BTreeSet<usize> {
        self.suppress.silence(&self.holding, article, checked)
    }

    /// Whether what the rules of an entry find in the article is told.
    pub(crate) fn is_heard(&self, index: usize, rules: &Ruleset, levels: Option<&Levels>) -> bool {
        self.suppress.is_heard(index, rules, levels)
    }
}

impl Desk {
    pub(crate) fn new(found: Option<Arc<Found>>, reach: PathBuf, house: usize) -> Self {
        Self { found, reach, house, candidates: None, pool: OnceLock::new(), named: Mutex::default() }
    }

    pub(crate) fn is_of(&self, config: Option<&Arc<Found>>, reach: &Path) -> bool {
        let is_same = match (&self.found, config) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (own, other) => own.is_none() && other.is_none(),
        };
        is_same && self.reach == reach
    }

    /// Whether this is the config that holds.
    pub(crate) fn has(&self, config: &Arc<Found>) -> bool {
        self.found.as_ref().is_some_and(|found| Arc::ptr_eq(found, config))
    }

    pub(crate) fn has_config(&self) -> bool {
        self.found.is_some()
    }

    /// What its config says of rules and languages that there are not.
    pub(crate) fn problems_with(&self, house: &House) -> Vec<Problem> {
        self.found.as_ref().map_or_else(Vec::new, |found| found.config.check_against(house.engine.rules()))
    }

    /// Finds the sheets that the config names for the copy to choose among. A pattern that finds none is a problem.
    pub(crate) fn find_candidates(&mut self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let Some(found) = self.found.as_ref().filter(|found| !found.config.candidates.is_empty()) else {
            return problems;
        };
        let mut candidates = Vec::new();
        for named in &found.config.candidates {
            match found.sheets(named) {
                Ok(sheets) => candidates.extend(sheets),
                Err(problem) => problems.push(problem),
            }
        }
        self.candidates = Some(candidates);
        problems
    }

    /// Whether it has sheets to choose among, or names some for some articles.
    pub(crate) fn has_sheets(&self) -> bool {
        let names_some = |found: &Arc<Found>| {
            let config = &found.config;
            !config.mapped.is_empty() || config.overrides.iter().any(|over| !over.facts.is_empty())
        };
        let has_some = |pool: &Pool| !pool.candidates.is_empty() || !pool.problems.is_empty();
        self.candidates.as_ref().is_some_and(|candidates| !candidates.is_empty())
            || self.pool.get().is_some_and(has_some)
            || self.found.as_ref().is_some_and(names_some)
    }

    /// The candidates, loaded when the first article needs them: those that the config names, else all there are.
    pub(crate) fn pool(&self, settings: &Settings, load: impl Fn(&Path) -> Loaded + Sync) -> Option<&Pool> {
        let pool = self.pool.get_or_init(|| {
            let (mut candidates, is_partial) = match &self.candidates {
                Some(named) => (named.clone(), false),
                None => sheets_below(&self.reach, &settings.configs),
            };
            candidates.sort_by_key(|path| shown(path));
            candidates.dedup_by_key(|path| shown(path));
            let (mut sheets, mut of_sheets) = (Vec::new(), BTreeMap::new());
            let mut paths = candidates.iter();
            in_order(
                &candidates,
                settings.threads,
                || (),
                |(), path| load(path),
                |Loaded { sheet, problems }| {
                    sheets.extend(sheet);
                    let path = paths.next().filter(|_| !problems.is_empty());
                    of_sheets.extend(path.map(|path| (shown(path), (path.clone(), problems))));
                    std::ops::ControlFlow::Continue(())
                },
            );
            Pool { candidates: Candidates::new(sheets), problems: of_sheets, is_partial }
        });
        (!pool.candidates.is_empty() || !pool.problems.is_empty() || pool.is_partial).then_some(pool)
    }

    pub(crate) fn of_article(&self, settings: &Settings, input: &Input) -> OfArticle {
        let Some(found) = &self.found else {
            return OfArticle { path: String::new(), language: None, skip_unknown_language: false };
        };
        let path = match &input.place {
            Location::File(path) | Location::Stdin { path: Some(path), .. } => {
                settings.configs.relative(found, path)
            }
            Location::Stdin { path: None, .. } => String::new(),
        };
        let language = found.config.language(&path).map(|language| language.value.clone());
        let skips = found.config.skip_unknown_language.as_ref().is_some_and(|skips| skips.value);
        OfArticle { path, language, skip_unknown_language: skips }
    }

    pub(crate) fn levels(&self, article: &OfArticle, language: &str) -> Option<Arc<Levels>> {
        self.found.as_ref()?.config.levels(&article.path, language)
    }

    /// What the config lets stand in an article, where it says anything of that.
    pub(crate) fn suppressing(&self, article: &OfArticle) -> Option<Suppressing<'_>> {
        let suppress = &self.found.as_ref()?.config.suppress;
        let holding = suppress.holding(&article.path);
        (!holding.is_empty()).then(|| Suppressing { suppress, path: article.path.clone(), holding })
    }

    pub(crate) fn requires_facts(&self, article: &OfArticle, language: &str) -> bool {
        let required = self.found.as_ref().map(|found| &found.config);
        required.and_then(|config| config.require_facts(&article.path, language)).is_some_and(|at| at.value)
    }

    pub(crate) fn fail_on(&self) -> Option<FailOn> {
        self.found.as_ref()?.config.fail_on.as_ref().map(|fail_on| fail_on.value)
    }

    /// The sheets that the config names for an article, by the places that name them.
    pub(crate) fn named_sheets(
        &self,
        article: &OfArticle,
        language: &str,
    ) -> Vec<(String, Result<Vec<PathBuf>, Problem>)> {
        let Some(found) = &self.found else { return Vec::new() };
        let mut known = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        let named = found.config.sheets(&article.path, language);
        named
            .into_iter()
            .map(|named| {
                let sheets = known.entry(named.span.start).or_insert_with(|| found.sheets(named)).clone();
                (found.place(named), sheets)
            })
            .collect()
    }
}
