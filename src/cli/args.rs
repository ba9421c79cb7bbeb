//! Flags as parsed. What they come to is in `settings`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Checks wire copy against a fact sheet: names, dates, troop counts, death tolls.
#[derive(Debug, Parser)]
#[command(name = "factlint", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check articles against their fact sheets
    ///
    /// Exit code: 0 if nothing was found at or above --fail-on, 1 if something was, 2 if a file could
    /// not be used, or there was no article, no fact sheet or no rule.
    #[command(after_help = "Example: factlint check --facts flood.facts.yaml stories")]
    Check(CheckArgs),
    /// Write down what is found now, so that `check --baseline` tells what is new
    ///
    /// What the file has of articles that are not checked in this run stays in it, unless they are gone.
    /// Exit code: 0 if it was written, 2 if a file could not be used; then nothing is written.
    #[command(
        after_help = "Example: factlint baseline stories\n         factlint check --baseline factlint-baseline.json stories"
    )]
    Baseline(BaselineArgs),
    /// Show the names, dates and quantities that are seen in articles
    #[command(after_help = "Example: factlint read --date 2024-05-06 story.txt")]
    Read(ReadArgs),
    /// Check fact sheets, or describe their format
    #[command(after_help = "Example: factlint sheet check flood.facts.yaml")]
    Sheet {
        #[command(subcommand)]
        command: SheetCommand,
    },
    /// Say what a rule finds, why it matters, and how to change it
    #[command(after_help = "Example: factlint explain name/garbled")]
    Explain(ExplainArgs),
    /// List the rules
    #[command(after_help = "Example: factlint rules --format json")]
    Rules(RulesArgs),
    /// Show which settings hold for a path and where they come from, or describe their file
    #[command(after_help = "Example: factlint config show stories/flood.md")]
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    /// Exit with 1 from this severity on [default: the config's, else error]
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// Take it for an error if no fact sheet applies to an article
    #[arg(long)]
    pub(crate) require_facts: bool,
    /// Say for each article which fact sheet it was checked against, and why
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Show findings and errors only: no notes, no warnings about files, no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,
    /// Write the report to a file in place of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Tell only what this file of `factlint baseline` does not have, and what is gone from it
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    /// The file to write; its paths are relative to its folder
    #[arg(short, long, value_name = "FILE", default_value = "factlint-baseline.json")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Ids of rules, as a report shows them
    #[arg(value_name = "RULE", required = true)]
    pub(crate) ids: Vec<String>,
    /// A folder of rules laid over the built-in ones; repeat for more
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    #[arg(long, default_value = "human")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// A folder of rules laid over the built-in ones; repeat for more
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    #[arg(long, default_value = "human")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    #[arg(long, default_value = "human")]
    pub(crate) format: MentionFormat,
}

#[derive(Debug, Args)]
pub(crate) struct CommonArgs {
    /// Articles, or folders of them (.txt, .md, .markdown); `-` is standard input
    ///
    /// A folder that holds a `*.facts.yaml` brings it along for the articles in it and below. Files named
    /// here are taken whatever their ending; a `*.facts.yaml` named here is as if given with --facts. Without
    /// a PATH the current folder is taken, if a factlint.yaml holds for it.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// Leave out files named here too, where the config's `articles` and `exclude` leave them out of folders
    ///
    /// For hooks, which name every file that changed. It is no error if nothing is left.
    #[arg(long)]
    pub(crate) force_exclude: bool,
    /// A fact sheet for every article; repeat for more [default: those of the article, see the README]
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Vec<PathBuf>,
    /// A folder of rules laid over the built-in ones; repeat for more [default: the config's]
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    /// The language of every article, as in `uk` [default: its front matter, else the config's, else detected]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// The day from which "Thursday" is read, as in 2022-01-09 [default: the article's own]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) date: Option<Date>,
    /// Leave out articles in a language that has no pack or cannot be told, without failing
    #[arg(long)]
    pub(crate) skip_unknown_language: bool,
    /// The path that standard input goes by
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_path: Option<PathBuf>,
    /// NO_COLOR in the environment is honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Threads to use [default: all cores]; the output never depends on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// Where settings are taken from.
#[derive(Debug, Default, Args)]
pub(crate) struct ConfigArgs {
    /// The config for every article [default: the nearest factlint.yaml above it]
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,
    /// Use no config
    #[arg(long)]
    pub(crate) isolated: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print the settings that hold for a path, each with the line of the config that says it
    #[command(after_help = "Example: factlint config show stories/flood.md")]
    Show(ConfigShowArgs),
    /// Print the JSON Schema of a config, for editors
    #[command(after_help = "Example: factlint config schema > config.schema.json")]
    Schema,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigShowArgs {
    /// An article or a folder [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// Show it for articles in this language [default: what the config says of the path]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// As for `check`
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Vec<PathBuf>,
    /// As for `check`
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    /// As for `check`
    #[arg(long, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<FailOn>,
    /// As for `check`
    #[arg(long)]
    pub(crate) require_facts: bool,
    /// As for `check`
    #[arg(long)]
    pub(crate) skip_unknown_language: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SheetCommand {
    /// Load fact sheets and say everything that is wrong with them
    #[command(after_help = "Example: factlint sheet check flood.facts.yaml")]
    Check {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// A folder of rules laid over the built-in ones; repeat for more
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
        /// NO_COLOR in the environment is honoured
        #[arg(long, value_name = "WHEN", default_value = "auto")]
        color: Color,
    },
    /// Print the JSON Schema of a fact sheet, for editors
    #[command(after_help = "Example: factlint sheet schema > sheet.schema.json")]
    Schema,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: both ends of each finding
    Human,
    /// For people and editors: one line a finding
    Concise,
    /// JSON Lines, one finding a line, a summary last
    Jsonl,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// JUnit's XML, a test suite an article
    Junit,
    /// One page to read: the copy with the findings marked, the facts beside it
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MentionFormat {
    /// For people
    Human,
    /// JSON Lines, one mention a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as 2022-01-09".to_owned())
}
