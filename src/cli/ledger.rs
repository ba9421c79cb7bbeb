//! Baselines as a run reads them: which holds for an article, and what it has that was not found any more.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use factlint::article::Article;
use factlint::baseline::{Baseline, Entry};
use factlint::engine::Checked;
use factlint::problem::Problem;
use factlint::suppress::entries::SIDECAR_ENDINGS;

use super::configs::{Found, cleaned};
use super::facts::source;
use super::inputs::{Input, Location, shown};
use super::judged::Judged;

/// A baseline with the folder that its paths are relative to.
pub(crate) struct Ledger {
    pub(crate) baseline: Baseline,
    folder: Folder,
    /// As it is shown.
    pub(crate) path: String,
}

impl Ledger {
    /// Reads the baseline of a file.
    pub(crate) fn read(path: &Path) -> Result<Self, Problem> {
        let source = source(path).map_err(|problem| match path.exists() {
            true => problem,
            false => problem.help("write it with `factlint baseline`"),
        })?;
        Ok(Self { baseline: Baseline::read(&source)?, folder: Folder::of_file(path), path: shown(path) })
    }

    /// Takes out of what was found in an article what the baseline has.
    pub(crate) fn take_from(&self, input: &Input, article: &Article, checked: &mut Checked) {
        self.baseline.take(&self.folder.path_to(input), article, checked);
    }

    /// Takes out of what was found in an article, and in its sidecar, what the baseline has. Returns what
    /// the baseline has of them and was not found.
    pub(crate) fn take(&self, input: &Input, judged: &mut Judged<'_>) -> Vec<Gone> {
        let path = self.folder.path_to(input);
        let mut gone = Vec::new();
        if let Some(checked) = &mut judged.checked
            && let Some(article) = &judged.ready.article
        {
            gone.extend(all_gone(&input.shown, self.baseline.take(&path, article, checked)));
            for ending in SIDECAR_ENDINGS {
                let (path, shown) = (format!("{path}{ending}"), format!("{}{ending}", input.shown));
                let of_sidecar = match &mut judged.sidecar {
                    Some(sidecar) if sidecar.ending() == ending => {
                        self.baseline.take(&path, &sidecar.article, &mut sidecar.checked)
                    }
                    // Without its sidecar nothing is wrong with that.
                    _ => self.baseline.take(&path, article, &mut Default::default()),
                };
                gone.extend(all_gone(&shown, of_sidecar));
            }
        }
        gone
    }

    /// The same of a config.
    pub(crate) fn take_of_config(
        &self,
        config: &Found,
        article: &Article,
        checked: &mut Checked,
    ) -> Vec<Gone> {
        let path = self.folder.path_to_file(&config.file());
        all_gone(config.path(), self.baseline.take(&path, article, checked)).collect()
    }

    /// What it has of files that are gone, those left out that `is_told` says are told of anyway.
    fn of_gone_files(&self, is_told: impl Fn(&str) -> bool) -> Vec<Gone> {
        let mut last: Option<(&str, bool)> = None;
        let mut gone = Vec::new();
        for entry in self.baseline.entries() {
            let path = entry.path.as_str();
            let is_gone = match last {
                Some((last, is_gone)) if last == path => is_gone,
                _ => !is_told(path) && !self.folder.has(path),
            };
            last = Some((path, is_gone));
            if is_gone {
                gone.push(Gone { path: self.folder.seen_from_here(path), entry: entry.clone() });
            }
        }
        gone
    }
}

/// What a baseline has and was not found.
pub(crate) struct Gone {
    /// The file that it was found in, as it is shown.
    pub(crate) path: String,
    pub(crate) entry: Entry,
}

fn all_gone<'e>(path: &str, entries: Vec<&'e Entry>) -> impl Iterator<Item = Gone> + use<'e> {
    let path = path.to_owned();
    entries.into_iter().map(move |entry| Gone { path: path.clone(), entry: entry.clone() })
}

/// The baselines of a run: one for all articles, or that of each article's config.
#[derive(Default)]
pub(crate) struct Ledgers {
    of_all: Option<Ledger>,
    of_configs: Vec<(Arc<Found>, Ledger)>,
}

impl Ledgers {
    /// Reads the file that was given, or else those that the configs of the articles name.
    pub(crate) fn read(given: Option<&Path>, articles: &[Input]) -> Result<Self, Problem> {
        if let Some(file) = given {
            return Ok(Self { of_all: Some(Ledger::read(file)?), of_configs: Vec::new() });
        }
        let mut ledgers = Self::default();
        let mut last = None;
        for found in articles.iter().filter_map(|input| input.config.as_ref()) {
            // Articles of one config mostly stand together.
            if last.replace(found).is_some_and(|last| Arc::ptr_eq(last, found)) {
                continue;
            }
            if ledgers.of_config(found).is_none()
                && let Some(file) = found.baseline()?
            {
                ledgers.of_configs.push((Arc::clone(found), Ledger::read(&file)?));
            }
        }
        Ok(ledgers)
    }

    /// The baseline that holds for an article.
    pub(crate) fn of(&self, input: &Input) -> Option<&Ledger> {
        self.of_all.as_ref().or_else(|| self.of_config(input.config.as_ref()?))
    }

    /// The baseline that holds for a config and its articles.
    pub(crate) fn of_config(&self, config: &Arc<Found>) -> Option<&Ledger> {
        let mut of_configs = self.of_configs.iter();
        let of_config = || of_configs.find(|(found, _)| Arc::ptr_eq(found, config)).map(|(_, ledger)| ledger);
        self.of_all.as_ref().or_else(of_config)
    }

    /// What the baselines have of files that are gone. `articles` are those of the run, of which it is told anyway.
    pub(crate) fn of_gone_files(&self, articles: &[Input]) -> Vec<(&Ledger, Vec<Gone>)> {
        let ledgers = self.of_all.iter().chain(self.of_configs.iter().map(|(_, ledger)| ledger));
        let of_ledger = |ledger: &Ledger| {
            let known: BTreeSet<String> = articles.iter().map(|input| ledger.folder.path_to(input)).collect();
            ledger.of_gone_files(|path| known.contains(article_of(path).unwrap_or(path)))
        };
        let told = ledgers.map(|ledger| (ledger, of_ledger(ledger)));
        told.filter(|(_, gone)| !gone.is_empty()).collect()
    }
}

/// The article whose sidecar a path is.
pub(crate) fn article_of(path: &str) -> Option<&str> {
    SIDECAR_ENDINGS.iter().find_map(|ending| path.strip_suffix(ending))
}

/// The folder of a baseline.
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(crate) fn of_file(path: &Path) -> Self {
        Self { path: real(path.parent().unwrap_or(Path::new(""))) }
    }

    /// A path from this folder as it is from the current one.
    fn seen_from_here(&self, path: &str) -> String {
        shown(&relative(&cleaned(&self.path.join(path)), &real(Path::new(""))))
    }

    /// Whether a file is there; of a sidecar, whether its article is there too.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.path.join(path).exists()
            && article_of(path).is_none_or(|article| self.path.join(article).exists())
    }

    /// The path of an article from this folder, with forward slashes: the same from wherever it is asked.
    pub(crate) fn path_to(&self, input: &Input) -> String {
        let (Location::File(path) | Location::Stdin { path: Some(path), .. }) = &input.place else {
            return input.shown.clone();
        };
        self.path_to_file(path)
    }

    pub(crate) fn path_to_file(&self, path: &Path) -> String {
        let (folder, name) = (path.parent().unwrap_or(Path::new("")), path.file_name().unwrap_or_default());
        shown(&relative(&real(folder).join(name), &self.path))
    }
}

/// A folder without links and without `..`; as far as it goes for one that is not there.
fn real(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    fs::canonicalize(folder).or_else(|_| std::path::absolute(folder)).unwrap_or_else(|_| folder.to_owned())
}

/// The way from a folder to a path, both absolute; the path where no way leads to it.
fn relative(path: &Path, folder: &Path) -> PathBuf {
    let (mut to, mut from) = (path.components().peekable(), folder.components().peekable());
    while let (Some(a), Some(b)) = (to.peek(), from.peek())
        && a == b
    {
        to.next();
        from.next();
    }
    if to.peek().is_some_and(|part| matches!(part, Component::Prefix(_) | Component::RootDir)) {
        return path.to_owned();
    }
    from.map(|_| Component::ParentDir).chain(to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_the_folder() {
        for (path, folder, expected) in [
            ("/desk/stories/a.md", "/desk", "stories/a.md"),
            ("/desk/a.md", "/desk/ci/baselines", "../../a.md"),
            ("/a.md", "/", "a.md"),
            ("/desk/огляд/a b.md", "/desk/огляд", "a b.md"),
        ] {
            assert_eq!(shown(&relative(Path::new(path), Path::new(folder))), expected);
        }
    }
}
