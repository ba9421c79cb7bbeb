//! `--verbose`: how each article was taken, and why so. It says nothing of time, so that two runs of the
//! same copy say the same.

use factlint::engine::Checked;
use factlint::reading::reference::ReferenceSource;

use super::run::{Ready, Run};

/// Language, reference date and sheets of one article that was checked, on one line.
pub(crate) fn account(run: &Run<'_>, ready: &Ready, checked: &Checked) -> String {
    let metadata = ready.article.as_ref().map(|article| &article.metadata);
    let language = if run.settings.language.is_some() {
        "--language"
    } else if metadata.is_some_and(|metadata| metadata.language.is_some()) {
        "front matter"
    } else {
        "detected"
    };
    let reference = match checked.reference.zip(checked.reference_source) {
        None => "no reference date".to_owned(),
        Some((day, source)) => {
            let source = match source {
                ReferenceSource::Given => "--date",
                ReferenceSource::Published => "front matter",
                ReferenceSource::Dateline => "its dateline",
                ReferenceSource::LatestDate => "the latest full date in the copy",
            };
            format!("dates read from {day} ({source})")
        }
    };
    let why = if !run.facts.is_empty() {
        "given for all"
    } else if metadata.is_some_and(|metadata| !metadata.facts.is_empty()) {
        "front matter"
    } else {
        "by its folder"
    };
    let sheets: Vec<&str> = ready.sheets.iter().map(|sheet| sheet.sheet.source.path.as_str()).collect();
    format!("language {} ({language}); {reference}; facts of {} ({why})", ready.language, sheets.join(", "))
}
