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
    /// Show the names, dates and quantities that are seen in articles
    #[command(after_help = "Example: factlint read --date 2024-05-06 story.txt")]
    Read(ReadArgs),
    /// Check fact sheets, or describe their format
    #[command(after_help = "Example: factlint sheet check flood.facts.yaml")]
    Sheet {
        #[command(subcommand)]
        command: SheetCommand,
    },
    /// List the articles and passages that a change of the fact sheets touches
    ///
    /// Exit code: 0 if nothing needs a correction, 1 if something does, 2 if a file could not be used.
    #[command(after_help = "Example: factlint affected --since HEAD~1 stories\n         factlint affected \
                            --against flood.old.facts.yaml --facts flood.facts.yaml stories")]
    Affected(AffectedArgs),
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

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("old").required(true).args(["since", "against"])))]
pub(crate) struct AffectedArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    /// The old sheets are those of this Git revision, each at its path: HEAD, v1.2, 4f1c2ab
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<String>,
    /// The old sheet; the new one is the article's own, or that of --facts
    #[arg(long, value_name = "FILE")]
    pub(crate) against: Option<PathBuf>,
    #[arg(long, default_value = "human")]
    pub(crate) format: MentionFormat,
}

#[derive(Debug, Args)]
pub(crate) struct DraftArgs {
    /// Articles, or folders of them (.txt, .md, .markdown); `-` is standard input
    #[arg(value_name = "ARTICLE", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Write the sheet to a file in place of standard output; one that is there is not overwritten
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite the file of --output
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
    /// The story's id [default: `story:` of the front matter, else `draft`]
    #[arg(long, value_name = "ID")]
    pub(crate) story: Option<String>,
    /// The language of the sheet's unmarked forms [default: that of most articles]
    #[arg(long, value_name = "CODE")]
    pub(crate) sheet_language: Option<String>,
    /// The language of every article, as in `uk` [default: its front matter, else detected]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// The day from which "Thursday" is read, as in 2022-01-09 [default: the article's own]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) date: Option<Date>,
    /// A folder of rules laid over the built-in ones; repeat for more
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    /// NO_COLOR in the environment is honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// The sheet to add to; its comments and its order stay as they are
    #[arg(value_name = "SHEET")]
    pub(crate) sheet: PathBuf,
    /// A saved entity of Wikidata: https://www.wikidata.org/wiki/Special:EntityData/Q42.json
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) wikidata: Vec<PathBuf>,
    /// Names in every language that the entity has [default: the sheet's languages]
    #[arg(long)]
    pub(crate) all_languages: bool,
    /// The id in the sheet [default: of the name]
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// What it is, where the entity does not say
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<EntityKind>,
    /// A folder of rules laid over the built-in ones; repeat for more
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    /// NO_COLOR in the environment is honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EntityKind {
    Person,
    Place,
    Organization,
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
    /// Write a first sheet from copy that you trust: cast, figures and events, for you to edit
    ///
    /// The draft loads, and the same copy checked against it gives nothing. What cannot be told for certain
    /// stands in it as a comment.
    #[command(after_help = "Example: factlint sheet draft --output flood.facts.yaml stories")]
    Draft(DraftArgs),
    /// Add a person, place or organization to a sheet
    #[command(after_help = "Example: factlint sheet add flood.facts.yaml --wikidata Q42.json")]
    Add(AddArgs),
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
    /// JSON Lines
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
