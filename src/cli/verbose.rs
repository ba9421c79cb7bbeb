//! `--verbose`: how each article was taken, and why so. It says nothing of time, so that two runs of the
//! same copy say the same.

use factlint::engine::Checked;
use factlint::reading::reference::ReferenceSource;

use super::run::{Ready, Run};

/// Language and reference date of one article that was checked, on one line. Its sheets, and why they apply,
/// are told beside it.
pub(crate) fn account(run: &Run<'_>, ready: &Ready<'_>, checked: &Checked) -> String {
    let metadata = ready.article.as_ref().map(|article| &article.metadata);
    let language = if run.settings.language.is_some() {
        "--language"
    } else if metadata.is_some_and(|metadata| metadata.language.is_some()) {
        "front matter"
    } else if ready.language_of_config {
        "config"
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
                ReferenceSource::Period => "its dateline, in the year of the fact sheet",
                ReferenceSource::LatestDate => "the latest full date in the copy",
            };
            format!("dates read from {day} ({source})")
        }
    };
    format!("language {} ({language}); {reference}", ready.language)
}
