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
    #[command(
        after_help = "Examples:\n  factlint check --facts flood.facts.yaml stories\n  factlint check --diff stories\n  factlint check --fix stories"
    )]
    Check(CheckArgs),
    /// Show the names, dates and quantities that are seen in articles
    #[command(after_help = "Example: factlint read --date 2024-05-06 story.txt")]
    Read(ReadArgs),
    /// Check fact sheets, or describe their format
    #[command(after_help = "Example: factlint sheet check flood.facts.yaml")]
    Sheet {
        #[command(subcommand)]
        command: SheetCommand,
    },
    /// Run the examples of rules, and hold articles against their snapshots
    ///
    /// Exit code: 0 if all is as it should be, 1 if not, 2 if there was nothing to test or a file could not be
    /// used. Nothing is written.
    #[command(
        mut_arg("paths", optional_paths),
        after_help = "Example: factlint test --rules desk/rules stories"
    )]
    Test(TestArgs),
    /// Keep what each article reports, to see what a change of a rule or a fact changes
    ///
    /// A snapshot that is missing is written. One that differs is shown as a diff, and taken with --accept.
    #[command(
        mut_arg("paths", optional_paths),
        after_help = "Examples:\n  factlint snapshot stories\n  factlint snapshot --check stories\n  factlint snapshot --accept stories"
    )]
    Snapshot(SnapshotArgs),
    /// Say what a rule finds, why it matters, and how to change it
    #[command(after_help = "Example: factlint explain name/garbled")]
    Explain(ExplainArgs),
    /// List the rules
    #[command(after_help = "Example: factlint rules --format json")]
    Rules(RulesArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    /// Exit with 1 from this severity on
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub(crate) fail_on: FailOn,
    /// Show findings and errors only: no notes, no warnings about files, no summary
    #[arg(short, long)]
    pub(crate) quiet: bool,
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,
    /// Write the report to a file in place of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) fixes: FixArgs,
}

#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Fixing")]
pub(crate) struct FixArgs {
    /// Write safe fixes into the articles, and report what remains
    ///
    /// The copy of standard input comes out on standard output, fixed, and the report on standard error.
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix or --diff: also fixes that are to be read before they are taken
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Show what --fix would change as a unified diff, and write nothing; exit with 1 if there is any
    #[arg(long, conflicts_with = "format")]
    pub(crate) diff: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TestArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    /// Run the examples of the built-in rules too
    #[arg(long)]
    pub(crate) built_in: bool,
    /// Where the snapshots are [default: `snapshots` in the folder that is named]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SnapshotArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    /// Write nothing, and exit with 1 if a snapshot is missing or differs
    #[arg(long)]
    pub(crate) check: bool,
    /// Write what differs, and remove the snapshots of articles that are gone
    #[arg(long, conflicts_with = "check")]
    pub(crate) accept: bool,
    /// Where the snapshots are, in the folder that articles are named from
    /// [default: `snapshots` in the folder that is named]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) dir: Option<PathBuf>,
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
    /// here are taken whatever their ending; a `*.facts.yaml` named here is as if given with --facts.
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// A fact sheet for every article; repeat for more [default: those of the article's folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) facts: Vec<PathBuf>,
    /// A folder of rules laid over the built-in ones; repeat for more
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    /// The language of every article, as in `uk` [default: its front matter, else detected]
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

/// Where no path is named the folder is meant in which one is.
fn optional_paths(paths: clap::Arg) -> clap::Arg {
    paths.required(false).default_value(".")
}

fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as 2022-01-09".to_owned())
}
