//! Which config holds for a file: the one that was named, or the nearest above it. Each is read once.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use factlint::config::patterns::{Met, is_pattern};
use factlint::config::{Config, NAMES, Patterns};
use factlint::problem::Problem;
use factlint::yaml::At;
use ignore::WalkBuilder;

use super::args::ConfigArgs;
use super::facts::source;
use super::inputs::{is_sheet, reason, shown, walk_problem};

/// A config and the folder that its paths are relative to.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) config: Config,
    /// As files in it are opened and shown: from the current folder where it lies in or above it.
    pub(crate) folder: PathBuf,
    absolute: PathBuf,
}

/// See the [module](self).
#[derive(Debug)]
pub(crate) struct Configs {
    current: PathBuf,
    from: From,
    known: Mutex<Known>,
}

#[derive(Debug)]
enum From {
    /// `--isolated`.
    Nowhere,
    /// `--config`; `None` where it cannot be used.
    Given(Option<Arc<Found>>),
    Above,
}

#[derive(Debug, Default)]
struct Known {
    by_folder: BTreeMap<PathBuf, Option<Arc<Found>>>,
    problems: Vec<Problem>,
}

impl Configs {
    pub(crate) fn new(arguments: &ConfigArgs) -> Self {
        let current = std::env::current_dir().unwrap_or_default();
        let mut known = Known::default();
        let from = match (&arguments.config, arguments.isolated) {
            (_, true) => From::Nowhere,
            (None, false) => From::Above,
            (Some(file), false) => {
                let folder = file.parent().unwrap_or(Path::new("")).to_owned();
                let absolute = cleaned(&current.join(&folder));
                From::Given(match read(file, folder, absolute) {
                    Ok(found) => Some(Arc::new(found)),
                    Err(problems) => {
                        known.problems = problems;
                        None
                    }
                })
            }
        };
        Self { current, from, known: Mutex::new(known) }
    }

    /// The config of a file, whether or not there is such a file.
    pub(crate) fn of_file(&self, file: &Path) -> Option<Arc<Found>> {
        self.of_folder(file.parent().unwrap_or(Path::new("")))
    }

    /// The config of the current folder.
    pub(crate) fn of_here(&self) -> Option<Arc<Found>> {
        self.of_folder(Path::new(""))
    }

    /// The config of the files in a folder.
    pub(crate) fn of_folder(&self, folder: &Path) -> Option<Arc<Found>> {
        match &self.from {
            From::Nowhere => None,
            From::Given(found) => found.clone(),
            From::Above => {
                let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
                self.above(&self.whole(folder), &mut known)
            }
        }
    }

    /// What is wrong with the configs that were asked for so far, each told once.
    pub(crate) fn take_problems(&self) -> Vec<Problem> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).problems)
    }

    /// A path from the folder of a config, with forward slashes.
    pub(crate) fn relative(&self, found: &Found, path: &Path) -> String {
        let absolute = self.whole(path);
        // What lies elsewhere is met by patterns of names only.
        let inside = absolute.strip_prefix(&found.absolute).unwrap_or(&absolute);
        shown(inside).trim_start_matches('/').to_owned()
    }

    /// A path from the root, without `.` and `..`.
    pub(crate) fn whole(&self, path: &Path) -> PathBuf {
        cleaned(&self.current.join(path))
    }

    /// Whether a path from the folder of a config is that of a folder or lies below it.
    pub(crate) fn is_below(&self, found: &Found, path: &str, folder: &Path) -> bool {
        cleaned(&found.absolute.join(path)).starts_with(self.whole(folder))
    }

    fn above(&self, folder: &Path, known: &mut Known) -> Option<Arc<Found>> {
        let mut asked = Vec::new();
        let mut answer = None;
        for at in folder.ancestors() {
            if let Some(of_folder) = known.by_folder.get(at) {
                answer = of_folder.clone();
                break;
            }
            asked.push(at.to_owned());
            if let Some(file) = self.here(at, &mut known.problems) {
                let near = self.seen_from_here(at);
                match read(&near.join(file), near, at.to_owned()) {
                    Ok(found) => answer = Some(Arc::new(found)),
                    Err(problems) => known.problems.extend(problems),
                }
                break;
            }
        }
        known.by_folder.extend(asked.into_iter().map(|folder| (folder, answer.clone())));
        answer
    }

    /// The config that lies in a folder.
    fn here(&self, folder: &Path, problems: &mut Vec<Problem>) -> Option<&'static str> {
        let mut there = NAMES.into_iter().filter(|name| folder.join(name).is_file());
        let first = there.next()?;
        if let Some(second) = there.next() {
            let path = shown(&self.seen_from_here(folder).join(second));
            let message = format!("`{first}` lies beside it, and only one of them can hold");
            problems.push(Problem::of_file(path, message).help("keep one of them"));
        }
        Some(first)
    }

    /// A folder as it is reached from the current one, where that is simple.
    pub(crate) fn seen_from_here(&self, folder: &Path) -> PathBuf {
        if let Ok(below) = folder.strip_prefix(&self.current) {
            return below.to_owned();
        }
        match self.current.strip_prefix(folder) {
            Ok(up) => up.components().map(|_| "..").collect(),
            Err(_) => folder.to_owned(),
        }
    }
}

impl Found {
    /// The folder that its paths are relative to, whole.
    pub(crate) fn absolute(&self) -> &Path {
        &self.absolute
    }

    /// The path of the config's file.
    pub(crate) fn path(&self) -> &str {
        &self.config.source.path
    }

    /// The name of the config's file.
    pub(crate) fn name(&self) -> &str {
        self.path().rsplit('/').next().unwrap_or_default()
    }

    /// The config's file.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join(self.name())
    }

    /// Where a value of it stands: `desk/factlint.yaml:4`.
    pub(crate) fn place<T>(&self, value: &At<T>) -> String {
        format!("{}:{}", self.path(), self.config.line(value.range()))
    }

    /// The folders of rules that it names.
    pub(crate) fn rules(&self) -> Vec<PathBuf> {
        self.config.rules.iter().map(|rules| self.folder.join(&rules.value)).collect()
    }

    /// What is to be said of folders of rules that it names and that are not there.
    pub(crate) fn missing_rules(&self) -> Vec<Problem> {
        let named = self.config.rules.iter();
        let problem = |named: &At<String>| {
            let error = std::fs::metadata(self.folder.join(&named.value)).err()?;
            let message = format!("`{}`: {}", named.value, reason(&error));
            let help = "paths of folders of rules are relative to the folder of this file";
            Some(Problem::at(&self.config.source, named.range(), message).key("rules").help(help))
        };
        named.filter_map(problem).collect()
    }

    /// The file of the baseline that it names, whether or not it is there.
    pub(crate) fn baseline_file(&self) -> Option<PathBuf> {
        let named = self.config.baseline.as_ref()?;
        Some(self.folder.join(named.value.strip_prefix("./").unwrap_or(&named.value)))
    }

    /// The file of the baseline that it names; none there is a problem.
    pub(crate) fn baseline(&self) -> Result<Option<PathBuf>, Problem> {
        let (Some(named), Some(file)) = (&self.config.baseline, self.baseline_file()) else {
            return Ok(None);
        };
        match std::fs::metadata(&file) {
            Ok(_) => Ok(Some(file)),
            Err(error) => {
                let message = format!("`{}`: {}", named.value, reason(&error));
                let help = "write it with `factlint baseline`";
                Err(Problem::at(&self.config.source, named.range(), message).key("baseline").help(help))
            }
        }
    }

    /// The sheets that a path or a pattern of its file names; none is a problem.
    pub(crate) fn sheets(&self, named: &At<String>) -> Result<Vec<PathBuf>, Problem> {
        let problem = |message: String| {
            Problem::at(&self.config.source, named.range(), message).key("facts").help(
                "paths of sheets are relative to the folder of this file, and a pattern names files that end in .facts.yaml",
            )
        };
        let text = named.value.strip_prefix("./").unwrap_or(&named.value);
        let plain = self.folder.join(text);
        if !is_pattern(text) && !plain.is_dir() {
            // What is no file is told as of any other sheet, with its place here.
            return match std::fs::metadata(&plain) {
                Ok(_) => Ok(vec![plain]),
                Err(error) => Err(problem(format!("`{}`: {}", named.value, reason(&error)))),
            };
        }
        let (root, rest) = literal_head(text);
        let root = self.folder.join(root);
        let mut problems = Vec::new();
        let patterns = match plain.is_dir() {
            true => Default::default(),
            false => {
                let anchor = if text.contains('/') { "/" } else { "" };
                let anchored = At::new(format!("{anchor}{rest}"), named.range());
                Patterns::new(&self.config.source, "facts", [&anchored], &mut problems)
            }
        };
        if let Some(problem) = problems.pop() {
            return Err(problem);
        }
        let here = if root.as_os_str().is_empty() { Path::new(".") } else { &root };
        let none = || problem(format!("no fact sheet is found by `{}`", named.value));
        if !here.is_dir() {
            return Err(none());
        }
        let mut sheets = Vec::new();
        for entry in WalkBuilder::new(here).build() {
            let path = entry.map_err(|error| walk_problem(&root, &error))?.into_path();
            let inside = path.strip_prefix(here).unwrap_or(&path);
            let is_meant = patterns.is_empty() || patterns.meet(&shown(inside), false) != Met::No;
            if is_sheet(&path) && is_meant && !path.is_dir() {
                sheets.push(root.join(inside));
            }
        }
        sheets.sort();
        match sheets.is_empty() {
            true => Err(none()),
            false => Ok(sheets),
        }
    }
}

/// The folders before the first wildcard of a pattern, and the rest.
fn literal_head(pattern: &str) -> (&str, &str) {
    let wild = pattern.find(['*', '?', '[', '{', '\\']).unwrap_or(pattern.len());
    match pattern[..wild].rfind('/') {
        Some(slash) => (&pattern[..slash + 1], &pattern[slash + 1..]),
        None => ("", pattern),
    }
}

fn read(file: &Path, folder: PathBuf, absolute: PathBuf) -> Result<Found, Vec<Problem>> {
    let source = source(file).map_err(|problem| vec![problem])?;
    Ok(Found { config: Config::read(&source)?, folder, absolute })
}

/// A path without `.` and `..`, by its words only: a link to a folder stands where it is seen.
pub(crate) fn cleaned(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                cleaned.pop();
            }
            other => cleaned.push(other),
        }
    }
    cleaned
}
