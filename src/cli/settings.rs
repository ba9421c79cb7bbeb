//! Flags as resolved: what a run goes by.

use std::path::PathBuf;
use std::thread::available_parallelism;

use factlint::article::detect::code_of_tag;
use factlint::finding::Severity;
use jiff::civil::Date;

use super::args::{CommonArgs, FailOn};
use super::output::Streams;

/// What `check` and `read` share.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) facts: Vec<PathBuf>,
    pub(crate) rules: Vec<PathBuf>,
    /// A code, not a tag: `pt` for `pt-BR`.
    pub(crate) language: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) skip_unknown_language: bool,
    pub(crate) stdin_path: Option<PathBuf>,
    pub(crate) threads: usize,
}

impl Settings {
    /// Splits off the streams, which are used while the rest is only looked at.
    pub(crate) fn resolve(arguments: CommonArgs) -> (Self, Streams) {
        let CommonArgs {
            paths,
            facts,
            rules,
            language,
            date,
            skip_unknown_language,
            stdin_path,
            color,
            threads,
        } = arguments;
        let settings = Self {
            paths,
            facts,
            rules,
            language: language.map(|tag| code_of_tag(&tag)),
            date,
            skip_unknown_language,
            stdin_path,
            threads: match threads {
                Some(threads) => threads.into(),
                None => available_parallelism().map_or(1, usize::from),
            },
        };
        (settings, Streams::open(color))
    }

    /// For reading articles one by one without any sheet.
    pub(crate) fn of_copy(
        paths: Vec<PathBuf>,
        rules: Vec<PathBuf>,
        language: Option<&str>,
        date: Option<Date>,
    ) -> Self {
        Self {
            paths,
            facts: Vec::new(),
            rules,
            language: language.map(code_of_tag),
            date,
            skip_unknown_language: false,
            stdin_path: None,
            threads: 1,
        }
    }
}

impl FailOn {
    /// The lowest severity that fails a run; `None` where none does.
    pub(crate) fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}
