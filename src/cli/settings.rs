//! Flags as resolved: what a run goes by.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;

use factlint::article::detect::code_of_tag;
use factlint::config;
use jiff::civil::Date;

use super::args::{CommonArgs, ConfigArgs, FailOn};
use super::configs::Configs;
use super::output::Streams;

/// What `check` and `read` share.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) paths: Vec<PathBuf>,
    /// Flags beat what they say.
    pub(crate) configs: Arc<Configs>,
    /// Named files are selected as those of folders are.
    pub(crate) force_exclude: bool,
    pub(crate) facts: Vec<PathBuf>,
    pub(crate) rules: Vec<PathBuf>,
    /// A code, not a tag: `pt` for `pt-BR`.
    pub(crate) language: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) skip_unknown_language: bool,
    /// Whether a run may find nothing to check.
    pub(crate) allow_nothing: bool,
    pub(crate) stdin_path: Option<PathBuf>,
    pub(crate) threads: usize,
}

impl Settings {
    /// Splits off the streams, which are used while the rest is only looked at.
    pub(crate) fn resolve(arguments: CommonArgs) -> (Self, Streams) {
        let CommonArgs {
            paths,
            config,
            force_exclude,
            facts,
            rules,
            language,
            date,
            skip_unknown_language,
            allow_nothing,
            stdin_path,
            color,
            threads,
        } = arguments;
        let configs = Arc::new(Configs::new(&config));
        // Whoever keeps a config here means the copy that it is of.
        let paths = match paths.is_empty() && configs.of_here().is_some() {
            true => vec![PathBuf::from(".")],
            false => paths,
        };
        let settings = Self {
            paths,
            configs,
            force_exclude,
            facts,
            rules,
            language: language.map(|tag| code_of_tag(&tag)),
            date,
            skip_unknown_language,
            allow_nothing,
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
            configs: Arc::new(Configs::new(&ConfigArgs::default())),
            force_exclude: false,
            facts: Vec::new(),
            rules,
            language: language.map(code_of_tag),
            date,
            skip_unknown_language: false,
            allow_nothing: false,
            stdin_path: None,
            threads: 1,
        }
    }
}

impl From<FailOn> for config::FailOn {
    fn from(flag: FailOn) -> Self {
        match flag {
            FailOn::Error => Self::Error,
            FailOn::Warning => Self::Warning,
            FailOn::Info => Self::Info,
            FailOn::Never => Self::Never,
        }
    }
}
