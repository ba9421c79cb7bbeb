//! Which files a run is about: the articles, and the sheets that their folders bring along.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::article::load;
use factlint::config::compile::Selected;
use factlint::problem::Problem;
use factlint::suppress::entries::SIDECAR_ENDINGS;
use ignore::WalkBuilder;

use super::baseline::BASELINE;
use super::configs::{Configs, Found};
use super::folders::Folders;
use super::settings::Settings;
use super::snapshot::ENDING as SNAPSHOT_ENDING;

/// One article to be.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// The path as it is shown, with forward slashes; the order of the report.
    pub(crate) shown: String,
    pub(crate) place: Location,
    /// The sheets of the nearest folder that has some, from its own upwards.
    pub(crate) sheets: Vec<PathBuf>,
    /// The folder, whole, whose sheets it chooses among where it has none: see [`Reach`](super::folders::Bounds).
    pub(crate) reach: PathBuf,
    /// The config that holds for it.
    pub(crate) config: Option<Arc<Found>>,
}

/// Where the bytes come from.
#[derive(Clone, Debug)]
pub(crate) enum Location {
    File(PathBuf),
    Stdin {
        /// The path it stands for.
        path: Option<PathBuf>,
        /// What came, where it has been read beforehand.
        kept: Option<Arc<Vec<u8>>>,
    },
}

impl Input {
    /// The folder that paths in the article are relative to.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.place {
            Location::File(path) | Location::Stdin { path: Some(path), .. } => path.parent(),
            Location::Stdin { path: None, .. } => None,
        }
    }

    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Problem> {
        match &self.place {
            Location::File(path) => bytes(path),
            Location::Stdin { kept: Some(bytes), .. } => Ok(bytes.to_vec()),
            Location::Stdin { .. } => limited(&self.shown, io::stdin().lock(), 0),
        }
    }

    /// Reads standard input beforehand, so that it can be given back. Why it cannot be is told where the
    /// article is read.
    pub(crate) fn keep(&mut self) {
        if let Location::Stdin { kept, .. } = &mut self.place {
            *kept = limited(&self.shown, io::stdin().lock(), 0).ok().map(Arc::new);
        }
    }

    /// What [`keep`](Self::keep) has kept.
    pub(crate) fn kept(&self) -> Option<&[u8]> {
        match &self.place {
            Location::Stdin { kept, .. } => kept.as_deref().map(Vec::as_slice),
            Location::File(_) => None,
        }
    }
}

/// What the paths of the command line came to.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// In order of their paths, each once.
    pub(crate) articles: Vec<Input>,
    /// Sheets named among the articles: they are for all, as with `--facts`.
    pub(crate) sheets: Vec<PathBuf>,
    /// The folders that were gone through.
    pub(crate) walked: Vec<PathBuf>,
    /// Files that were named and left out with `--force-exclude`.
    pub(crate) excluded: usize,
    pub(crate) problems: Vec<Problem>,
}

impl Inputs {
    /// What is read in a run must not be written over by its report.
    pub(crate) fn refuse_to_overwrite(&self, output: &Path) -> Result<(), Problem> {
        let Ok(real) = fs::canonicalize(output) else { return Ok(()) };
        let is_real = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path == real);
        let is_article =
            self.articles.iter().any(|input| matches!(&input.place, Location::File(path) if is_real(path)));
        let what = match (is_article, is_sheet(&real), own_kind(&real)) {
            (true, _, _) => "copy",
            (false, true, _) => "a fact sheet",
            (false, false, Some(kind)) => kind,
            (false, false, None) => return Ok(()),
        };
        Err(Problem::of_file(shown(output), format!("the report would be written over {what}")))
    }
}

/// Goes through the paths of the command line.
pub(crate) fn collect(settings: &Settings) -> Inputs {
    let mut inputs = Inputs::default();
    let mut articles = BTreeMap::new();
    let configs = &settings.configs;
    let mut folders = Folders::new(configs);
    for path in &settings.paths {
        if path.as_os_str() == "-" {
            let stands_for = settings.stdin_path.clone();
            let named = stands_for.as_deref().unwrap_or(Path::new(""));
            if settings.force_exclude && stands_for.is_some() && !is_selected(configs, named) {
                inputs.excluded += 1;
                continue;
            }
            let shown = stands_for.as_deref().map_or_else(|| "<stdin>".to_owned(), shown);
            let config = configs.of_file(named);
            let bounds = folders.bounds(named, config.as_deref(), None);
            let sheets =
                stands_for.as_deref().map(|path| folders.nearest(path, &bounds.up)).unwrap_or_default();
            let place = Location::Stdin { path: stands_for, kept: None };
            articles.insert(shown.clone(), Input { shown, place, sheets, reach: bounds.below, config });
            continue;
        }
        match fs::metadata(path) {
            Err(error) => inputs.problems.push(Problem::of_file(shown(path), reason(&error))),
            Ok(metadata) if metadata.is_dir() => {
                walk(path, configs, &mut folders, &mut articles, &mut inputs.problems);
                inputs.walked.push(path.clone());
            }
            Ok(_) if is_sheet(path) => inputs.sheets.push(path.clone()),
            Ok(_) if settings.force_exclude && !is_selected(configs, path) => inputs.excluded += 1,
            Ok(_) => match own_kind(path) {
                Some(_) if settings.allow_nothing => inputs.excluded += 1,
                Some(kind) => inputs.problems.push(
                    Problem::of_file(shown(path), format!("this is {kind}, and no copy"))
                        .help("name the articles, or a folder of them"),
                ),
                None => add(&mut articles, configs, &mut folders, path, None),
            },
        }
    }
    inputs.articles = articles.into_values().collect();
    inputs
}

/// Whether a file of a folder is an article, as its config says.
fn is_selected(configs: &Configs, path: &Path) -> bool {
    article_by(
        match configs.of_file(path) {
            Some(found) => found.config.selects(&configs.relative(&found, path)),
            None => Selected::ByEnding,
        },
        path,
    )
}

/// Whether a file is an article where its config selects it like that.
pub(crate) fn article_by(selected: Selected, path: &Path) -> bool {
    match selected {
        Selected::Yes => !is_sheet(path) && own_kind(path).is_none(),
        Selected::ByEnding => is_article(path),
        Selected::No => false,
    }
}

/// The articles of a folder and of the folders in it. Hidden files and what `.gitignore` names are
/// left out, and links to folders are not followed: they can lead in circles.
fn walk(
    root: &Path,
    configs: &Arc<Configs>,
    folders: &mut Folders,
    articles: &mut BTreeMap<String, Input>,
    problems: &mut Vec<Problem>,
) {
    for entry in walker(root, configs).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(walk_problem(root, &error));
                continue;
            }
        };
        let path = entry.path();
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            continue;
        }
        if !is_selected(configs, path) {
            continue;
        }
        match fs::metadata(path) {
            Err(error) => problems.push(Problem::of_file(shown(path), reason(&error))),
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => add(articles, configs, folders, path, Some(root)),
        }
    }
}

/// Goes through a folder without what configs exclude. A folder that is named is meant.
pub(crate) fn walker(root: &Path, configs: &Arc<Configs>) -> WalkBuilder {
    let mut builder = WalkBuilder::new(root);
    let pruning = Arc::clone(configs);
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let is_excluded =
            |found: Arc<Found>| found.config.excludes(&pruning.relative(&found, entry.path()), true);
        entry.depth() == 0 || !is_folder || !pruning.of_file(entry.path()).is_some_and(is_excluded)
    });
    builder
}

pub(crate) fn walk_problem(root: &Path, error: &ignore::Error) -> Problem {
    let mut inner = error;
    let mut path = root;
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: of, err } => {
                path = of;
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => break,
        };
    }
    let message = inner.io_error().map_or_else(|| inner.to_string(), reason);
    Problem::of_file(shown(path), message)
}

/// Adds a file, of the folder `root` where it was not named by itself.
fn add(
    articles: &mut BTreeMap<String, Input>,
    configs: &Configs,
    folders: &mut Folders,
    path: &Path,
    root: Option<&Path>,
) {
    let shown = shown(path);
    articles.entry(shown.clone()).or_insert_with(|| {
        let config = configs.of_file(path);
        let bounds = folders.bounds(path, config.as_deref(), root);
        let sheets = folders.nearest(path, &bounds.up);
        Input { shown, place: Location::File(path.to_owned()), sheets, reach: bounds.below, config }
    });
}

/// A path as it is shown and ordered by: forward slashes, no `./` in front.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if std::path::MAIN_SEPARATOR == '\\' { text.replace('\\', "/") } else { text.into_owned() };
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

fn is_config(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    factlint::config::NAMES.contains(&name)
}

/// What a file of factlint's own is, by its name. Sheets aside, which may be named among articles.
pub(crate) fn own_kind(path: &Path) -> Option<&'static str> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if is_config(path) {
        return Some("a config");
    }
    if SIDECAR_ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        return Some("the sidecar file of an article");
    }
    if name == BASELINE {
        return Some("a baseline");
    }
    name.ends_with(SNAPSHOT_ENDING).then_some("a snapshot")
}

fn is_article(path: &Path) -> bool {
    path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| {
        ["txt", "md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// `*.facts.yaml` or `*.facts.yml`.
pub(crate) fn is_sheet(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    [".facts.yaml", ".facts.yml"].iter().any(|ending| name.ends_with(ending))
}

/// The files of a folder of rules and of the folders in it, in order.
pub(crate) fn rule_files(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    if !fs::metadata(folder).map_err(|error| Problem::of_file(shown(folder), reason(&error)))?.is_dir() {
        return Err(Problem::of_file(shown(folder), "--rules takes a folder"));
    }
    let mut files = Vec::new();
    for entry in WalkBuilder::new(folder).build() {
        let path = entry.map_err(|error| walk_problem(folder, &error))?.into_path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if matches!(ending, "yaml" | "yml") && path.is_file() && !is_sheet(&path) && !is_config(&path) {
            files.push(path);
        }
    }
    files.sort();
    match files.is_empty() {
        true => Err(Problem::of_file(shown(folder), "no rule: the folder holds no .yaml file")),
        false => Ok(files),
    }
}

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    let shown = shown(path);
    let problem = |error: io::Error| Problem::of_file(shown.as_str(), reason(&error));
    let file = fs::File::open(path).map_err(problem)?;
    let metadata = file.metadata().map_err(problem)?;
    if metadata.is_dir() {
        return Err(Problem::of_file(shown.as_str(), "this is a folder"));
    }
    limited(&shown, file, metadata.len())
}

/// Reads to the end, unless that is too far: a device may have none.
fn limited(shown: &str, input: impl Read, expected: u64) -> Result<Vec<u8>, Problem> {
    if expected > load::LONGEST {
        return Err(load::too_long(shown));
    }
    let mut bytes = Vec::with_capacity(expected as usize + 1);
    input
        .take(load::LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Problem::of_file(shown, reason(&error)))?;
    if bytes.len() as u64 > load::LONGEST { Err(load::too_long(shown)) } else { Ok(bytes) }
}

/// Why a file could not be read, in words that are the same everywhere.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "no permission to read it".into(),
        io::ErrorKind::NotADirectory => "part of the path is a file, not a folder".into(),
        _ => format!("cannot read it: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::{Cli, Command};
    use clap::Parser;

    /// The articles with their sheets for these arguments, in a folder of this test's own.
    fn articles(name: &str, files: &[&str], arguments: &[&str]) -> Vec<String> {
        let folder = std::env::temp_dir().join(format!("factlint-{name}-{}", std::process::id()));
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let arguments = arguments.iter().map(|argument| folder.join(argument).into_os_string());
        let parsed = Cli::try_parse_from(["factlint".into(), "check".into()].into_iter().chain(arguments));
        let Command::Check(parsed) = parsed.unwrap().command else { panic!("it is a check") };
        let (settings, _) = Settings::resolve(parsed.common);
        let inputs = collect(&settings);
        fs::remove_dir_all(&folder).unwrap();
        let relative = |path: &Path| shown(path.strip_prefix(&folder).unwrap());
        let of = |paths: &[PathBuf]| paths.iter().map(|path| relative(path)).collect::<Vec<_>>().join(" ");
        inputs
            .articles
            .iter()
            .map(|input| format!("{}: {}", relative(Path::new(&input.shown)), of(&input.sheets)))
            .chain(inputs.sheets.iter().map(|sheet| format!("all: {}", relative(sheet))))
            .collect()
    }

    #[test]
    fn a_folder_brings_its_sheets_along_for_what_is_below() {
        let files = [
            "top.txt",
            "kz/b.facts.yml",
            "kz/a.facts.yaml",
            "kz/one.md",
            "kz/de/two.txt",
            "kz/uk/uk.facts.yaml",
            "kz/uk/three.txt",
            "kz/.hidden.facts.yaml",
        ];
        let expected = [
            "kz/de/two.txt: kz/a.facts.yaml kz/b.facts.yml",
            "kz/one.md: kz/a.facts.yaml kz/b.facts.yml",
            "kz/uk/three.txt: kz/uk/uk.facts.yaml",
        ];
        assert_eq!(articles("below", &files, &["kz"]), expected);
        let all = articles("all", &files, &["", "kz/uk", "kz/one.md"]);
        assert_eq!(all[..3], expected);
        assert_eq!(all[3..], ["top.txt: "]);
    }

    #[test]
    fn an_article_named_from_elsewhere_has_the_sheets_of_its_own_folder() {
        let files = ["kz/a.facts.yaml", "kz/one.html", "kz/de/two.txt"];
        let found = articles("named", &files, &["kz/one.html", "kz/de/two.txt"]);
        assert_eq!(found, ["kz/de/two.txt: ", "kz/one.html: kz/a.facts.yaml"]);
    }

    #[test]
    fn a_sheet_named_among_the_articles_is_for_all() {
        let files = ["a.facts.yaml", "one.txt"];
        let found = articles("sheet", &files, &["a.facts.yaml", "one.txt"]);
        assert_eq!(found, ["one.txt: a.facts.yaml", "all: a.facts.yaml"]);
    }
}
