//! `EXPECTED.yaml` of a story: what a careful editor marks in its articles.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use factlint::source::Source;
use factlint::yaml;
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expected {
    pub language: String,
    pub reference: Date,
    pub findings: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub text: String,
    #[serde(default = "first")]
    pub occurrence: usize,
    pub class: String,
    pub rule: String,
    pub verdict: String,
    pub severity: String,
    pub expected: Option<String>,
    /// Not found so far.
    #[serde(default)]
    pub missed: bool,
}

fn first() -> usize {
    1
}

impl Row {
    /// Where it stands in the text of its article, in bytes.
    pub(crate) fn start(&self, article: &str, text: &str) -> usize {
        let start = text.match_indices(self.text.as_str()).nth(self.occurrence - 1);
        start.unwrap_or_else(|| panic!("{article} has no {:?}", self.text)).0
    }
}

/// The articles of a story's folder by their names.
pub(crate) fn expected(folder: &Path) -> BTreeMap<String, Expected> {
    let text = std::fs::read_to_string(folder.join("EXPECTED.yaml")).unwrap();
    let source = Arc::new(Source::new("EXPECTED.yaml", text));
    yaml::read(&source).unwrap_or_else(|problem| panic!("{problem:?}"))
}
