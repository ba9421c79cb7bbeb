//! One article led to what is to be told of it: checked, with what its comments and its sidecar suppress
//! taken out.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use factlint::article::{Article, Metadata, load};
use factlint::engine::{Checked, Scratches};
use factlint::problem::Problem;
use factlint::source::Source;
use factlint::suppress::entries::{Entries, SIDECAR_ENDINGS};

use super::inputs::{Input, Location, bytes, shown};
use super::run::{Ready, Run};

/// See the [module](self).
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) ready: Ready,
    /// `None` if the article was left out.
    pub(crate) checked: Option<Checked>,
    /// The sidecar with what is wrong with its entries, if anything is.
    pub(crate) sidecar: Option<(Article, Checked)>,
}

/// Checks one article.
pub(crate) fn judge(run: &Run<'_>, input: &Input, scratches: &mut Scratches) -> Judged {
    let mut ready = run.ready(input);
    if ready.article.is_some() && ready.sheets_found == 0 {
        ready.problems.push(
            Problem::of_file(input.shown.as_str(), "no fact sheet for this article")
                .help("give one with --facts, or put a *.facts.yaml beside it"),
        );
    }
    // Without a single sheet nothing would be checked; why there is none is told.
    let request = ready.request(run.settings).filter(|request| !request.sheets.is_empty());
    let Some(request) = request else { return Judged { ready, ..Judged::default() } };
    let mut checked = run.engine.check(&request, scratches);
    let mut of_sidecar = None;
    match sidecar(input) {
        Ok(None) => {}
        Ok(Some(entries)) => {
            let used = entries.silence(request.article, &mut checked, |_| true);
            let findings = entries.findings(&used, run.engine.rules());
            if !findings.is_empty() {
                let (source, body) = (Arc::clone(&entries.source), 0..entries.source.text.len());
                let article = Article::new(source, body, Metadata::default());
                of_sidecar = Some((article, Checked { findings, ..Checked::default() }));
            }
        }
        Err(problem) => ready.problems.push(problem),
    }
    Judged { ready, checked: Some(checked), sidecar: of_sidecar }
}

/// The entries of the sidecar beside an article, if it has one.
fn sidecar(input: &Input) -> Result<Option<Entries>, Problem> {
    let (Location::File(path) | Location::Stdin(Some(path))) = &input.place else { return Ok(None) };
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
