//! One article led to what is to be told of it: checked, with what its comments, its sidecar and its config
//! suppress taken out, the nearest first.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::article::{Article, Metadata, load};
use factlint::engine::{Checked, Request, Scratches};
use factlint::problem::Problem;
use factlint::rules::Check;
use factlint::source::Source;
use factlint::suppress::entries::{Entries, SIDECAR_ENDINGS};

use super::desk::Suppressing;
use super::inputs::{Input, Location, bytes, shown};
use super::needless::OfEntries;
use super::run::{Ready, Run};
use super::which_sheet::Used;

/// See the [module](self).
pub(crate) struct Judged<'r> {
    pub(crate) ready: Ready<'r>,
    /// `None` if the article was left out.
    pub(crate) checked: Option<Checked>,
    /// The sheets it was checked against.
    pub(crate) used: Used,
    /// The sidecar with what is wrong with its entries, if anything is.
    pub(crate) sidecar: Option<Sidecar>,
    /// What it says of the entries of its config.
    pub(crate) of_entries: OfEntries,
    /// What the sidecar suppresses.
    entries: Option<Entries>,
    /// There is a sidecar, and it cannot be read: what is to stand in the copy is not known.
    pub(crate) is_sidecar_lost: bool,
}

/// A sidecar with what is to be told of it.
pub(crate) struct Sidecar {
    pub(crate) file: PathBuf,
    pub(crate) article: Article,
    pub(crate) checked: Checked,
}

impl Sidecar {
    /// What stands behind the article's name in its own.
    pub(crate) fn ending(&self) -> &'static str {
        let mut endings = SIDECAR_ENDINGS.into_iter();
        endings.find(|ending| self.article.source.path.ends_with(ending)).unwrap_or(SIDECAR_ENDINGS[0])
    }
}

impl Judged<'_> {
    /// What is to be said of the article with another text: as [`judge`] says it, the sidecar's own mistakes aside.
    pub(crate) fn again(&self, run: &Run<'_>, article: &Article, scratches: &mut [Scratches]) -> Checked {
        let request = self.ready.request(run.settings).zip(scratches.get_mut(self.ready.house));
        let Some((request, scratch)) = request else { return Checked::default() };
        let request = Request { article, ..request };
        let mut checked = self.ready.engine.check_with(&request, &self.ready.options(), scratch);
        if let Some(entries) = &self.entries {
            entries.silence_all(&mut checked);
        }
        if let Some(suppressing) = &self.ready.suppressing {
            suppressing.silence(article, &mut checked);
        }
        checked
    }
}

/// Checks one article; `None` where nothing can be said of it.
pub(crate) fn judge<'r>(run: &'r Run<'_>, input: &Input, scratches: &mut [Scratches]) -> Option<Judged<'r>> {
    judge_with(run, input, sidecar(input), scratches)
}

/// Checks one article with that sidecar.
pub(crate) fn judge_with<'r>(
    run: &'r Run<'_>,
    input: &Input,
    sidecar: Result<Option<(PathBuf, Entries)>, Problem>,
    scratches: &mut [Scratches],
) -> Option<Judged<'r>> {
    let mut ready = run.ready(input)?;
    let mut of_entries = ready.suppressing.as_ref().map(Suppressing::entries).unwrap_or_default();
    // Of a sheet that cannot be used it is told why; nothing would be checked against the others' facts.
    let is_lacking = ready.sheets_found > 0 && ready.sheets.is_empty();
    let request = ready.request(run.settings).filter(|_| !is_lacking);
    let (Some(request), Some(scratch)) = (request, scratches.get_mut(ready.house)) else {
        return Some(Judged {
            ready,
            checked: None,
            used: Used::default(),
            sidecar: None,
            of_entries,
            entries: None,
            is_sidecar_lost: false,
        });
    };
    let mut checked = ready.engine.check_with(&request, &ready.options(), scratch);
    let used = Used::new(&ready.why, checked.choice.as_ref());
    let (mut of_sidecar, mut suppressing, mut is_sidecar_lost) = (None, None, false);
    match sidecar {
        Ok(None) => {}
        Ok(Some((file, entries))) => {
            let silenced = entries.silence(request.article, &mut checked, |_| true);
            let mut findings = entries.findings(&silenced, ready.engine.rules(), ready.options().levels);
            if used.sheets.is_empty() {
                // As of comments: without a sheet most rules find nothing.
                let unused = ready.engine.rules().rule(Check::SuppressionUnused, None);
                findings.retain(|finding| unused.is_none_or(|unused| unused.id != finding.rule));
            }
            if !findings.is_empty() {
                let (source, body) = (Arc::clone(&entries.source), 0..entries.source.text.len());
                let article = Article::new(source, body, Metadata::default());
                let checked = Checked { findings, ..Checked::default() };
                of_sidecar = Some(Sidecar { file, article, checked });
            }
            suppressing = Some(entries);
        }
        Err(problem) => {
            is_sidecar_lost = true;
            ready.problems.push(problem);
        }
    }
    if let Some(suppressing) = &ready.suppressing
        && let Some(article) = &ready.article
    {
        of_entries.used = suppressing.silence(article, &mut checked);
        if !used.sheets.is_empty() {
            let (rules, levels) = (ready.engine.rules(), ready.options().levels);
            let is_heard = |&index: &usize| suppressing.is_heard(index, rules, levels);
            of_entries.asked = of_entries.holding.iter().copied().filter(is_heard).collect();
        }
    }
    Some(Judged {
        ready,
        checked: Some(checked),
        used,
        sidecar: of_sidecar,
        of_entries,
        entries: suppressing,
        is_sidecar_lost,
    })
}

/// The sidecar beside an article, if it has one, with its entries.
fn sidecar(input: &Input) -> Result<Option<(PathBuf, Entries)>, Problem> {
    let (Location::File(path) | Location::Stdin { path: Some(path), .. }) = &input.place else {
        return Ok(None);
    };
    // Most articles have none, which costs no more than to ask.
    let Some(file) = beside(path).or_else(|| beside_target(path)) else { return Ok(None) };
    let name = shown(&file);
    let text = load::decode(&name, bytes(&file)?)?;
    let entries = Entries::read_sidecar(&Arc::new(Source::new(name, text)))?;
    Ok(Some((file, entries)))
}

fn beside(article: &Path) -> Option<PathBuf> {
    let sidecars = SIDECAR_ENDINGS.iter().map(|ending| {
        let mut name = OsString::from(article);
        name.push(ending);
        PathBuf::from(name)
    });
    sidecars.into_iter().find(|sidecar| sidecar.is_file())
}

/// Of an article that is a link, the sidecar of what it leads to: fixes are written there.
fn beside_target(article: &Path) -> Option<PathBuf> {
    let is_link = fs::symlink_metadata(article).is_ok_and(|metadata| metadata.is_symlink());
    is_link.then(|| fs::canonicalize(article).ok()).flatten().and_then(|target| beside(&target))
}
