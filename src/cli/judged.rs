//! One article led to what is to be told of it: checked, with what its comments, its sidecar and its config
//! suppress taken out, the nearest first.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use factlint::article::{Article, Metadata, load};
use factlint::engine::{Checked, Request, Scratches};
use factlint::problem::Problem;
use factlint::source::Source;
use factlint::suppress::entries::{Entries, SIDECAR_ENDINGS};

use super::inputs::{Input, Location, bytes, shown};
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
    pub(crate) sidecar: Option<(Article, Checked)>,
    /// What the sidecar suppresses.
    entries: Option<Entries>,
    /// There is a sidecar, and it cannot be read: what is to stand in the copy is not known.
    pub(crate) is_sidecar_lost: bool,
}

impl Judged<'_> {
    /// What is to be said of the article with another text: as [`judge`], the sidecar's own mistakes aside.
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
    let mut ready = run.ready(input)?;
    // Of a sheet that cannot be used it is told why; nothing would be checked against the others' facts.
    let is_lacking = ready.sheets_found > 0 && ready.sheets.is_empty();
    let request = ready.request(run.settings).filter(|_| !is_lacking);
    let (Some(request), Some(scratch)) = (request, scratches.get_mut(ready.house)) else {
        return Some(Judged {
            ready,
            checked: None,
            used: Used::default(),
            sidecar: None,
            entries: None,
            is_sidecar_lost: false,
        });
    };
    let mut checked = ready.engine.check_with(&request, &ready.options(), scratch);
    let used = Used::new(&ready.why, checked.choice.as_ref());
    let (mut of_sidecar, mut suppressing, mut is_sidecar_lost) = (None, None, false);
    match sidecar(input) {
        Ok(None) => {}
        Ok(Some(entries)) => {
            let silenced = entries.silence(request.article, &mut checked, |_| true);
            let findings = entries.findings(&silenced, ready.engine.rules(), ready.options().levels);
            if !findings.is_empty() {
                let (source, body) = (Arc::clone(&entries.source), 0..entries.source.text.len());
                let article = Article::new(source, body, Metadata::default());
                of_sidecar = Some((article, Checked { findings, ..Checked::default() }));
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
        suppressing.silence(article, &mut checked);
    }
    Some(Judged {
        ready,
        checked: Some(checked),
        used,
        sidecar: of_sidecar,
        entries: suppressing,
        is_sidecar_lost,
    })
}

/// The entries of the sidecar beside an article, if it has one.
fn sidecar(input: &Input) -> Result<Option<Entries>, Problem> {
    let (Location::File(path) | Location::Stdin { path: Some(path), .. }) = &input.place else {
        return Ok(None);
    };
    for ending in SIDECAR_ENDINGS {
        let mut name = OsString::from(path);
        name.push(ending);
        let path = PathBuf::from(name);
        // Most articles have none, which costs no more than to ask.
        if path.is_file() {
            let name = shown(&path);
            let text = load::decode(&name, bytes(&path)?)?;
            return Entries::read_sidecar(&Arc::new(Source::new(name, text))).map(Some);
        }
    }
    Ok(None)
}
