//! What holds otherwise for some of a config's articles.

use std::sync::Arc;

use super::compile::Severities;
use super::file::OverrideFile;
use super::patterns::{Met, Patterns};
use crate::problem::Problem;
use crate::source::Source;
use crate::yaml::At;

/// One entry of `overrides`.
#[derive(Debug)]
pub struct Override {
    /// Where it stands: `overrides[0]`.
    pub key: String,
    pub languages: Vec<At<String>>,
    pub severities: Severities,
    pub facts: Vec<At<String>>,
    pub language: Option<At<String>>,
    pub require_facts: Option<At<bool>>,
    files: Patterns,
}

impl Override {
    pub(super) fn new(
        source: &Arc<Source>,
        index: usize,
        file: OverrideFile,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let OverrideFile { files, languages, severity, disable, facts, language, require_facts } = file;
        let key = format!("overrides[{index}]");
        if files.0.is_empty() && languages.0.is_empty() {
            let anything = severity.0.iter().map(|(rule, _)| rule.range());
            let anything = anything.chain(disable.0.iter().chain(&facts.0).chain(&language).map(At::range));
            let place = anything.chain(require_facts.iter().map(At::range)).min_by_key(|span| span.start);
            let message = "this override says of no article that it is meant";
            let problem = match place {
                Some(place) => Problem::at(source, place, message),
                None => Problem::of_file(source.path.as_str(), message),
            };
            problems.push(problem.key(key.as_str()).help("give it `files`, `languages`, or both"));
        }
        if let Some(language) = language.as_ref().filter(|_| !languages.0.is_empty()) {
            let message = "`language` says what an article is in, and `languages` asks for it";
            problems.push(
                Problem::at(source, language.range(), message)
                    .key(format!("{key}.language"))
                    .help("name the articles by `files` here"),
            );
        }
        let files = Patterns::new(source, &format!("{key}.files"), &files.0, problems);
        Self {
            key,
            languages: languages.0,
            severities: Severities { severity: severity.0, disable: disable.0 },
            facts: facts.0,
            language,
            require_facts,
            files,
        }
    }

    /// Whether it holds for an article, by its path and its language.
    pub fn holds(&self, path: &str, language: &str) -> bool {
        self.holds_for_file(path)
            && (self.languages.is_empty() || self.languages.iter().any(|known| known.value == language))
    }

    /// Whether it holds for an article as far as its path goes.
    pub(super) fn holds_for_file(&self, path: &str) -> bool {
        self.files.is_empty() || self.files.meet(path, false) != Met::No
    }
}
