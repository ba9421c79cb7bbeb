//! `factlint config`.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::sync::Arc;

use factlint::article::detect::code_of_tag;
use factlint::config::{Config, FailOn};
use factlint::finding::Severity;
use factlint::problem::Problem;
use factlint::report::rule_docs::word;
use factlint::rules::file::PerVerdict;
use factlint::yaml::At;

use super::Outcome;
use super::args::{Color, ConfigCommand, ConfigShowArgs};
use super::configs::{Configs, Found};
use super::inputs::{article_by, shown};
use super::output::Streams;
use super::run::engine;

pub(crate) fn run(command: ConfigCommand) -> io::Result<Outcome> {
    let mut streams = Streams::open(Color::Never);
    match command {
        ConfigCommand::Show(arguments) => show(&arguments, &mut streams)?,
        ConfigCommand::Schema => streams.print(&factlint::config::schema::text())?,
    }
    streams.flush()?;
    Ok(if streams.failed() { Outcome::Failed } else { Outcome::Clean })
}

/// Prints what holds for a path, as YAML that a config could say, with the place of each value behind it.
fn show(arguments: &ConfigShowArgs, streams: &mut Streams) -> io::Result<()> {
    let configs = Configs::new(&arguments.config);
    let path = arguments.path.as_deref().unwrap_or(Path::new("."));
    let found = if path.is_dir() { configs.of_folder(path) } else { configs.of_file(path) };
    streams.problems(&configs.take_problems());
    if let Some(found) = found.as_ref().filter(|_| !streams.failed()) {
        let rules = if arguments.rules.is_empty() { found.rules() } else { arguments.rules.clone() };
        if let Some(engine) = engine(&rules, streams) {
            let problems: Vec<Problem> = found.config.check_against(engine.rules());
            streams.problems(&problems);
        }
    }
    if streams.failed() {
        return Ok(());
    }
    let text = Shown { arguments, configs: &configs, path, found }.text();
    streams.print(&text)
}

/// What stands for a list that nobody gives.
const NONE: (&str, &str) = ("[]", "default");

/// Everything that is needed to say what holds.
struct Shown<'a> {
    arguments: &'a ConfigShowArgs,
    configs: &'a Configs,
    path: &'a Path,
    found: Option<Arc<Found>>,
}

/// Lines of YAML, each with where its value is from.
#[derive(Default)]
struct Lines(Vec<(String, String)>);

impl Lines {
    fn add(&mut self, line: impl Into<String>, from: impl Into<String>) {
        self.0.push((line.into(), from.into()));
    }

    /// A key with a list of values.
    fn list(&mut self, key: &str, values: Vec<(String, String)>, default: (&str, &str)) {
        if values.is_empty() {
            self.add(format!("{key}: {}", default.0), default.1);
            return;
        }
        self.add(format!("{key}:"), "");
        for (value, from) in values {
            self.add(format!("  - {}", quoted(&value)), from);
        }
    }

    fn text(&self) -> String {
        let width = self.0.iter().filter(|(_, from)| !from.is_empty()).map(|(line, _)| line.chars().count());
        let width = width.max().unwrap_or(0);
        let mut text = String::new();
        for (line, from) in &self.0 {
            let _ = match from.is_empty() {
                true => writeln!(text, "{line}"),
                false => writeln!(text, "{line}{}  # {from}", " ".repeat(width - line.chars().count())),
            };
        }
        text
    }
}

impl Shown<'_> {
    fn text(&self) -> String {
        let mut lines = Lines::default();
        let path = shown(self.path);
        let path = if path.is_empty() || path == "." { "the current folder".to_owned() } else { path };
        lines.add(
            match &self.found {
                Some(found) => format!("# {} holds for {path}{}", found.path(), self.selected(found)),
                None => format!("# no config holds for {path}"),
            },
            "",
        );
        let config = self.found.as_ref().map(|found| &found.config);
        let relative = self.relative();
        let language = self.language();
        let code = language.as_ref().map_or("", |(code, _)| code.as_str());
        let places = |values: &[At<String>]| -> Vec<(String, String)> {
            values.iter().map(|value| (value.value.clone(), self.place(value))).collect()
        };
        lines.list(
            "articles",
            config.map_or_else(Vec::new, |config| places(&config.articles)),
            ("[\"*.txt\", \"*.md\", \"*.markdown\"]", "default"),
        );
        lines.list("exclude", config.map_or_else(Vec::new, |config| places(&config.exclude)), NONE);
        self.facts(&relative, code, &mut lines);
        let flags = |paths: &[std::path::PathBuf]| -> Vec<(String, String)> {
            paths.iter().map(|path| (shown(path), "flag".to_owned())).collect()
        };
        lines.list(
            "rules",
            match self.arguments.rules.as_slice() {
                [] => config.map_or_else(Vec::new, |config| places(&config.rules)),
                rules => flags(rules),
            },
            NONE,
        );
        let fail_on = self.arguments.fail_on.map(|flag| (FailOn::from(flag), "flag".to_owned()));
        let of_config = || config?.fail_on.as_ref().map(|at| (at.value, self.place(at)));
        let fail_on = fail_on.or_else(of_config).unwrap_or((FailOn::Error, "default".to_owned()));
        lines.add(format!("fail-on: {}", fail_on.0.word()), fail_on.1);
        let truth = |flag: bool, of_config: Option<&At<bool>>| match (flag, of_config) {
            (true, _) => (true, "flag".to_owned()),
            (false, Some(at)) => (at.value, self.place(at)),
            (false, None) => (false, "default".to_owned()),
        };
        let required = config.and_then(|config| config.require_facts(&relative, code));
        let (value, from) = truth(self.arguments.require_facts, required);
        lines.add(format!("require-facts: {value}"), from);
        let skips = config.and_then(|config| config.skip_unknown_language.as_ref());
        let (value, from) = truth(self.arguments.skip_unknown_language, skips);
        lines.add(format!("skip-unknown-language: {value}"), from);
        match &language {
            Some((code, from)) => lines.add(format!("language: {code}"), from.as_str()),
            None => lines.add("# language: as the article says, else detected", "default"),
        }
        self.severities(&relative, code, &mut lines);
        self.suppressed(&relative, &mut lines);
        lines.text()
    }

    /// Whether the path would be taken from a folder.
    fn selected(&self, found: &Found) -> &'static str {
        let path = self.relative();
        let is_excluded = match self.path.is_dir() {
            true => found.config.excludes(&path, true),
            false => !article_by(found.config.selects(&path), self.path),
        };
        match (is_excluded, self.path.is_dir()) {
            (true, true) => ", and leaves it out",
            (true, false) => ", and takes it for no article",
            (false, _) => "",
        }
    }

    fn facts(&self, path: &str, language: &str, lines: &mut Lines) {
        if !self.arguments.facts.is_empty() {
            let flags = self.arguments.facts.iter().map(|path| (shown(path), "flag".to_owned()));
            lines.list("facts", flags.collect(), NONE);
            return;
        }
        let config = self.found.as_ref().map(|found| &found.config);
        let named = config.map_or_else(Vec::new, |config| config.sheets(path, language));
        let candidates = config.map_or(&[][..], |config| config.candidates.as_slice());
        let of = if named.is_empty() { candidates.iter().collect() } else { named };
        lines.list(
            "facts",
            of.into_iter().map(|at| (at.value.clone(), self.place(at))).collect(),
            ("[]", "default: those of the nearest folder above, else what the copy chooses of all there are"),
        );
    }

    fn severities(&self, path: &str, language: &str, lines: &mut Lines) {
        let Some(found) = &self.found else { return };
        let config = &found.config;
        let holding = config.overrides.iter().filter(|over| over.holds(path, language));
        let mut said: Vec<(String, String)> = Vec::new();
        for severities in std::iter::once(&config.severities).chain(holding.map(|over| &over.severities)) {
            let told = severities.severity.iter().map(|(rule, severity)| (rule, words(severity)));
            let disabled = severities.disable.iter().map(|rule| (rule, "off".to_owned()));
            for (rule, severity) in told.chain(disabled) {
                said.push((format!("  {}: {severity}", quoted(&rule.value)), self.place(rule)));
            }
        }
        if said.is_empty() {
            lines.add("severity: {}", "default");
            return;
        }
        lines.add("severity:  # later lines win", "");
        for (line, from) in said {
            lines.add(line, from);
        }
    }

    /// What is not told, where the config says anything of that.
    fn suppressed(&self, path: &str, lines: &mut Lines) {
        let Some(found) = &self.found else { return };
        let Config { suppress, baseline, .. } = &found.config;
        let holding = suppress.entries.iter().enumerate().filter(|(index, _)| suppress.is_for(*index, path));
        let entries: Vec<(String, String)> = holding
            .map(|(_, entry)| {
                let files = entry.files.0.iter().map(|file| quoted(file)).collect::<Vec<_>>().join(", ");
                let text = entry.text.as_ref().map(|text| format!(", text: {}", quoted(text)));
                let (rule, reason) = (quoted(&entry.rule), quoted(&entry.reason));
                let text = text.unwrap_or_default();
                let said = format!("  - {{ files: [{files}], rule: {rule}{text}, reason: {reason} }}");
                (said, self.place(entry))
            })
            .collect();
        if !entries.is_empty() {
            lines.add("suppress:", "");
            entries.into_iter().for_each(|(entry, from)| lines.add(entry, from));
        }
        if let Some(baseline) = baseline {
            lines.add(format!("baseline: {}", quoted(baseline)), self.place(baseline));
        }
    }

    fn language(&self) -> Option<(String, String)> {
        if let Some(flag) = &self.arguments.language {
            return Some((code_of_tag(flag), "flag".to_owned()));
        }
        let language = self.found.as_ref()?.config.language(&self.relative())?;
        Some((language.value.clone(), self.place(language)))
    }

    fn relative(&self) -> String {
        self.found.as_ref().map_or_else(String::new, |found| self.configs.relative(found, self.path))
    }

    fn place<T>(&self, value: &At<T>) -> String {
        self.found.as_ref().map_or_else(String::new, |found| found.place(value))
    }
}

fn words(severity: &PerVerdict<Severity>) -> String {
    match severity {
        PerVerdict::All(severity) => word(severity),
        PerVerdict::Each(each) => {
            let each =
                each.iter().map(|(verdict, severity)| format!("{}: {}", word(verdict), word(severity)));
            format!("{{ {} }}", each.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text as YAML takes it back: in quotes where it begins like something else.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '*' | ' ');
    match text.starts_with(char::is_alphanumeric) && text.chars().all(plain) && !text.ends_with(' ') {
        true => text.to_owned(),
        false => serde_json::to_string(text).unwrap_or_default(),
    }
}
