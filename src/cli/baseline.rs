//! `factlint baseline`, and what `factlint check --baseline` takes from it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use factlint::article::Article;
use factlint::baseline::{Baseline, Entry, entries_of};
use factlint::engine::Checked;
use factlint::problem::Problem;
use factlint::suppress::entries::SIDECAR_ENDINGS;

use super::Outcome;
use super::args::BaselineArgs;
use super::configs::Found;
use super::facts::source;
use super::inputs::{Input, Location, shown};
use super::judged::{Judged, judge};
use super::output::Streams;
use super::pool::in_order;
use super::replace;
use super::run::{NO_SHEET, Run, ToldSheets};
use super::settings::Settings;

/// A baseline with the folder that its paths are relative to.
pub(crate) struct Ledger {
    baseline: Baseline,
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
    pub(crate) fn take(&self, input: &Input, judged: &mut Judged<'_>) -> Vec<Entry> {
        let path = self.folder.path_to(input);
        let mut gone = Vec::new();
        if let Some(checked) = &mut judged.checked
            && let Some(article) = &judged.ready.article
        {
            gone.extend(self.baseline.take(&path, article, checked));
            for ending in SIDECAR_ENDINGS {
                let path = format!("{path}{ending}");
                match &mut judged.sidecar {
                    Some((sidecar, checked)) if sidecar.source.path.ends_with(ending) => {
                        gone.extend(self.baseline.take(&path, sidecar, checked));
                    }
                    // Without its sidecar nothing is wrong with that.
                    _ => gone.extend(self.baseline.take(&path, article, &mut Default::default())),
                }
            }
        }
        gone.into_iter().cloned().collect()
    }
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

    fn of_config(&self, config: &Arc<Found>) -> Option<&Ledger> {
        let mut of_configs = self.of_configs.iter();
        of_configs.find(|(found, _)| Arc::ptr_eq(found, config)).map(|(_, ledger)| ledger)
    }
}

/// The folder of a baseline.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn of_file(path: &Path) -> Self {
        Self { path: real(path.parent().unwrap_or(Path::new(""))) }
    }

    /// The path of an article from this folder, with forward slashes: the same from wherever it is asked.
    fn path_to(&self, input: &Input) -> String {
        let (Location::File(path) | Location::Stdin { path: Some(path), .. }) = &input.place else {
            return input.shown.clone();
        };
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

/// What became of one article.
struct Done<'r> {
    path: String,
    entries: Vec<Entry>,
    judged: Judged<'r>,
}

pub(crate) fn run(arguments: BaselineArgs) -> io::Result<Outcome> {
    let BaselineArgs { common, output } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(run) = Run::prepare(&settings, &mut streams) else { return Ok(Outcome::Failed) };
    // What is there already is read before it is written over.
    let old = match output.exists().then(|| Ledger::read(&output)).transpose() {
        Ok(old) => old.map_or_else(Baseline::default, |ledger| ledger.baseline),
        Err(problem) => {
            streams.problem(&problem);
            return Ok(Outcome::Failed);
        }
    };
    let folder = Folder::of_file(&output);
    let mut told = ToldSheets::default();
    let mut checked = BTreeSet::new();
    let mut has_sheet = false;
    let mut found: Vec<Entry> = Vec::new();
    in_order(
        &run.inputs.articles,
        settings.threads,
        || run.scratches(),
        |scratches, input| {
            let judged = judge(&run, input, scratches)?;
            let path = folder.path_to(input);
            let mut entries = Vec::new();
            if let (Some(article), Some(checked)) = (&judged.ready.article, &judged.checked) {
                entries.extend(entries_of(&path, article, checked));
            }
            if let Some((sidecar, checked)) = &judged.sidecar {
                let name = sidecar.source.path.strip_prefix(&input.shown).unwrap_or_default();
                entries.extend(entries_of(&format!("{path}{name}"), sidecar, checked));
            }
            Some(Done { path, entries, judged })
        },
        |done| {
            let Some(Done { path, entries, judged }) = done else { return ControlFlow::Continue(()) };
            told.tell(&judged.ready.of_sheets, &mut streams, false);
            streams.problems(&judged.ready.problems);
            has_sheet |= !judged.used.sheets.is_empty();
            if judged.checked.is_some() {
                checked.insert(path);
            }
            found.extend(entries);
            ControlFlow::Continue(())
        },
    );
    if !has_sheet && !checked.is_empty() && !run.knows_sheets() && !streams.failed() {
        streams.error(NO_SHEET);
    }
    if streams.failed() || checked.is_empty() {
        if !streams.failed() {
            streams.error("no article was checked: all were left out");
        }
        streams.note(&format!(
            "{} was not written: with what was left out it would not be whole",
            shown(&output)
        ));
        return Ok(Outcome::Failed);
    }
    let articles = |path: &str| {
        let of_sidecar = SIDECAR_ENDINGS.iter().find_map(|ending| path.strip_suffix(ending));
        checked.contains(path) || of_sidecar.is_some_and(|article| checked.contains(article))
    };
    // What this run did not look at stays, unless its file is gone.
    let kept: Vec<Entry> = old
        .entries()
        .filter(|entry| !articles(&entry.path) && folder.path.join(&entry.path).exists())
        .cloned()
        .collect();
    let counts = (found.len(), checked.len(), kept.len());
    let new = Baseline::of(found.into_iter().chain(kept));
    write(&output, new.to_text(), &mut streams);
    if streams.failed() {
        return Ok(Outcome::Failed);
    }
    report(&shown(&output), counts, &old, &new, &mut streams)?;
    Ok(Outcome::Clean)
}

/// Writes the file anew, unless that changes nothing.
fn write(path: &Path, text: String, streams: &mut Streams) {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return;
    }
    if let Err(problem) = replace::write(path, text.as_bytes()) {
        streams.problem(&problem);
    }
}

/// Says what was written, and what is otherwise than before.
fn report(
    path: &str,
    (found, articles, kept): (usize, usize, usize),
    old: &Baseline,
    new: &Baseline,
    streams: &mut Streams,
) -> io::Result<()> {
    let known = |baseline: &Baseline| -> BTreeSet<(String, String)> {
        baseline.entries().map(|entry| (entry.path.clone(), entry.fingerprint.clone())).collect()
    };
    let (before, after) = (known(old), known(new));
    let (came, went) = (after.difference(&before).count(), before.difference(&after).count());
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let mut text =
        format!("{path}: {found} finding{} in {articles} article{}", plural(found), plural(articles));
    if !before.is_empty() {
        text.push_str(&format!("; {came} new, {went} gone"));
    }
    if kept > 0 {
        text.push_str(&format!("; {kept} of other articles kept"));
    }
    streams.print(&format!("{}\n", factlint::report::visible::line(&text)))?;
    streams.flush()
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
