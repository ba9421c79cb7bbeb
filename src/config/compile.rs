//! A config that was read and found sound: what holds for an article by its path and its language.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::file::{ConfigFile, FailOn};
use super::overrides::Override;
use super::patterns::{Met, Patterns};
use super::suppress::{self, Suppress};
use crate::finding::Severity;
use crate::problem::Problem;
use crate::rules::file::PerVerdict;
use crate::rules::{Levels, Ruleset};
use crate::source::Source;
use crate::yaml::{self, At};

/// See the [module](self). All paths are those of the file: relative to its folder, and not looked for yet.
#[derive(Debug)]
pub struct Config {
    pub source: Arc<Source>,
    pub articles: Vec<At<String>>,
    pub exclude: Vec<At<String>>,
    /// Patterns of sheets among which the copy chooses.
    pub candidates: Vec<At<String>>,
    pub mapped: Vec<Mapped>,
    pub rules: Vec<At<String>>,
    pub severities: Severities,
    pub overrides: Vec<Override>,
    pub fail_on: Option<At<FailOn>>,
    pub require_facts: Option<At<bool>>,
    pub skip_unknown_language: Option<At<bool>>,
    pub language: Option<At<String>>,
    pub suppress: Suppress,
    /// The file whose findings are not told.
    pub baseline: Option<At<String>>,
    are_articles: Patterns,
    are_excluded: Patterns,
    /// Severities by the overrides that hold, worked out once each.
    levels: Mutex<BTreeMap<Vec<usize>, Arc<Levels>>>,
}

/// Articles that have sheets of their own.
#[derive(Debug)]
pub struct Mapped {
    pub pattern: At<String>,
    pub sheets: Vec<At<String>>,
    files: Patterns,
}

/// What a part of a config says of rules, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Severities {
    pub severity: Vec<(At<String>, PerVerdict<Severity>)>,
    pub disable: Vec<At<String>>,
}

/// How a file in a folder stands to `articles` and `exclude`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selected {
    /// It is an article, whatever its ending.
    Yes,
    /// It is one if it has the ending of one.
    ByEnding,
    No,
}

impl Config {
    /// Reads a config, or tells everything that is wrong with it; of syntax and types, the first.
    pub fn read(source: &Arc<Source>) -> Result<Self, Vec<Problem>> {
        // A file that says nothing still says where the reach of the config above it ends.
        let file = match yaml::is_empty(source) {
            true => ConfigFile::default(),
            false => yaml::read(source).map_err(|problem| vec![problem])?,
        };
        let ConfigFile {
            articles,
            exclude,
            facts,
            rules,
            severity,
            disable,
            overrides,
            fail_on,
            require_facts,
            skip_unknown_language,
            language,
            suppress,
            baseline,
        } = file;
        let mut problems = Vec::new();
        let are_articles = Patterns::new(source, "articles", &articles.0, &mut problems);
        let are_excluded = Patterns::new(source, "exclude", &exclude.0, &mut problems);
        let mut mapped = Vec::new();
        for (pattern, sheets) in facts.mapped {
            if sheets.0.is_empty() {
                problems.push(Problem::at(source, pattern.range(), "no sheet is named here").key("facts"));
            }
            let files = Patterns::new(source, "facts", [&pattern], &mut problems);
            mapped.push(Mapped { pattern, sheets: sheets.0, files });
        }
        let overrides = (0..)
            .zip(overrides)
            .map(|(index, file)| Override::new(source, index, file, &mut problems))
            .collect();
        let suppress = Suppress::new(source, suppress.unwrap_or_default(), &mut problems);
        let config = Self {
            source: Arc::clone(source),
            articles: articles.0,
            exclude: exclude.0,
            candidates: facts.candidates,
            mapped,
            rules: rules.0,
            severities: Severities { severity: severity.0, disable: disable.0 },
            overrides,
            fail_on,
            require_facts,
            skip_unknown_language,
            language,
            suppress,
            baseline,
            are_articles,
            are_excluded,
            levels: Mutex::default(),
        };
        config.check_places(&mut problems);
        problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        if problems.is_empty() { Ok(config) } else { Err(problems) }
    }

    /// Paths of sheets, of folders of rules and of the baseline that are empty.
    fn check_places(&self, problems: &mut Vec<Problem>) {
        let of_overrides = self.overrides.iter().flat_map(|over| &over.facts);
        let sheets = self.mapped.iter().flat_map(|mapped| &mapped.sheets);
        for (key, place) in (self.candidates.iter().chain(sheets).chain(of_overrides).map(|at| ("facts", at)))
            .chain(self.rules.iter().map(|at| ("rules", at)))
            .chain(self.baseline.iter().map(|at| ("baseline", at)))
        {
            if place.trim().is_empty() {
                problems.push(Problem::at(&self.source, place.range(), "an empty path").key(key));
            }
        }
    }

    /// What it says of rules and languages that there are not, in the order of the file.
    pub fn check_against(&self, rules: &Ruleset) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.severities.check(&self.source, "", rules, &mut problems);
        self.check_language(self.language.as_ref(), "language", rules, &mut problems);
        for over in &self.overrides {
            over.severities.check(&self.source, &over.key, rules, &mut problems);
            for language in over.languages.iter().chain(&over.language) {
                self.check_language(Some(language), &over.key, rules, &mut problems);
            }
        }
        for (index, entry) in self.suppress.entries.iter().enumerate() {
            let key = format!("{}.rule", suppress::key(index));
            problems.extend(unknown_rule(&self.source, key, &entry.rule, rules));
        }
        problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        problems
    }

    fn check_language(
        &self,
        language: Option<&At<String>>,
        key: &str,
        rules: &Ruleset,
        problems: &mut Vec<Problem>,
    ) {
        let Some(language) = language else { return };
        if rules.languages().any(|known| known == language.value) {
            return;
        }
        let known: Vec<&str> = rules.languages().collect();
        problems.push(
            Problem::at(&self.source, language.range(), format!("no language pack for `{}`", language.value))
                .key(key)
                .help(format!("there are packs for {}", known.join(", "))),
        );
    }

    /// Whether a file of a folder is an article. The path is relative to the config's folder.
    pub fn selects(&self, path: &str) -> Selected {
        if self.excludes(path, false) {
            return Selected::No;
        }
        match self.are_articles.meet(path, false) {
            _ if self.articles.is_empty() => Selected::ByEnding,
            Met::Itself => Selected::Yes,
            Met::ByFolder => Selected::ByEnding,
            Met::No => Selected::No,
        }
    }

    /// Whether `exclude` names a file or a folder, or one that it lies in.
    pub fn excludes(&self, path: &str, is_folder: bool) -> bool {
        self.are_excluded.meet(path, is_folder) != Met::No
    }

    /// The sheets that are named for an article: those of the last override that names some, else of every
    /// entry of `facts` that meets it.
    pub fn sheets(&self, path: &str, language: &str) -> Vec<&At<String>> {
        let mut overriding = self.overrides.iter().rev();
        if let Some(over) = overriding.find(|over| !over.facts.is_empty() && over.holds(path, language)) {
            return over.facts.iter().collect();
        }
        let mapped = self.mapped.iter().filter(|mapped| mapped.files.meet(path, false) != Met::No);
        mapped.flat_map(|mapped| &mapped.sheets).collect()
    }

    /// The language of an article that does not say its own.
    pub fn language(&self, path: &str) -> Option<&At<String>> {
        let overriding = self.overrides.iter().rev().filter(|over| over.holds_for_file(path));
        overriding.filter_map(|over| over.language.as_ref()).next().or(self.language.as_ref())
    }

    /// Whether an article must have a sheet.
    pub fn require_facts(&self, path: &str, language: &str) -> Option<&At<bool>> {
        let overriding = self.overrides.iter().rev().filter(|over| over.holds(path, language));
        overriding.filter_map(|over| over.require_facts.as_ref()).next().or(self.require_facts.as_ref())
    }

    /// How much findings in an article matter; `None` where the config says nothing of it.
    pub fn levels(&self, path: &str, language: &str) -> Option<Arc<Levels>> {
        let holding: Vec<usize> = (0..)
            .zip(&self.overrides)
            .filter(|(_, over)| !over.severities.is_empty() && over.holds(path, language))
            .map(|(index, _)| index)
            .collect();
        if holding.is_empty() && self.severities.is_empty() {
            return None;
        }
        let mut known = self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        let levels = known.entry(holding).or_insert_with_key(|holding| {
            let mut levels = self.own_levels();
            for over in holding.iter().filter_map(|&index| self.overrides.get(index)) {
                over.severities.lay_over(&mut levels);
            }
            Arc::new(levels)
        });
        Some(Arc::clone(levels))
    }

    /// How much findings matter where no override holds.
    pub fn own_levels(&self) -> Levels {
        let mut levels = Levels::default();
        self.severities.lay_over(&mut levels);
        levels
    }

    /// The line of the file on which a value stands.
    pub fn line(&self, span: std::ops::Range<usize>) -> u32 {
        self.source.place(span.start).line
    }
}

impl Severities {
    pub fn is_empty(&self) -> bool {
        self.severity.is_empty() && self.disable.is_empty()
    }

    fn lay_over(&self, levels: &mut Levels) {
        for (rule, severity) in &self.severity {
            levels.set(rule, severity);
        }
        for rule in &self.disable {
            levels.set(rule, &PerVerdict::All(Severity::Off));
        }
    }

    /// Ids that no rule has. `of` is the key above, where there is one.
    fn check(&self, source: &Arc<Source>, of: &str, rules: &Ruleset, problems: &mut Vec<Problem>) {
        let severity = self.severity.iter().map(|(rule, _)| ("severity", rule));
        for (key, rule) in severity.chain(self.disable.iter().map(|rule| ("disable", rule))) {
            let key = if of.is_empty() { key.to_owned() } else { format!("{of}.{key}") };
            problems.extend(unknown_rule(source, key, rule, rules));
        }
    }
}

/// What is to be said of an id that no rule has.
fn unknown_rule(source: &Arc<Source>, key: String, rule: &At<String>, rules: &Ruleset) -> Option<Problem> {
    if rules.has(rule) {
        return None;
    }
    let problem = Problem::at(source, rule.range(), format!("no rule has the id `{}`", rule.value)).key(key);
    Some(problem.help(match rules.nearest(rule) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`factlint rules` lists them".to_owned(),
    }))
}
