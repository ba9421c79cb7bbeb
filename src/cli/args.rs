//! Flags as parsed. What they come to is in `settings`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use factlint::day;
use jiff::civil::Date;

/// What stands behind the help of the program.
const TOP: &str = "\
Example: factlint check stories

Exit codes:
  0  nothing was found at or above --fail-on
  1  something was
  2  a file could not be used, the arguments were wrong, or nothing was checked";

/// Checks wire copy against a fact sheet: names, dates, troop counts, death tolls.
#[derive(Debug, Parser)]
#[command(name = "factlint", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = TOP)]
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
    /// Write down what is found now, so that `check --baseline` tells what is new
    ///
    /// What the file has of articles that are not checked in this run stays in it, unless they are gone.
    /// Exit code: 0 if it was written, 2 if a file could not be used; then nothing is written.
    #[command(after_help = "Example: factlint baseline stories")]
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
    /// Show which settings hold for a path and where they come from, or describe their file
    #[command(after_help = "Example: factlint config show stories/flood.md")]
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print a script that completes commands and flags in a shell
    #[command(
        after_help = "Example: factlint completions bash > ~/.local/share/bash-completion/completions/factlint"
    )]
    Completions(CompletionsArgs),
    /// Print a manual page
    #[command(after_help = "Example: factlint man check > factlint-check.1")]
    Man(ManArgs),
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
    /// Show findings and errors only: no notes, no warnings about files, no summary, no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Say of each article which language, reference date and sheets it was checked with, and why
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Only findings that touch lines changed since a git revision, in the copy or in its sheet
    ///
    /// The files are taken as they are on disk, committed or not; files that git does not keep have
    /// changed in all of their lines.
    #[arg(long, value_name = "REV")]
    pub(crate) changed_lines: Option<String>,
    #[arg(long, default_value = "human")]
    pub(crate) format: Format,
    /// Write the report to a file in place of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Tell only what this file of `factlint baseline` does not have, and what is gone from it
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) fixes: FixArgs,
}

#[derive(Debug, Args)]
pub(crate) struct BaselineArgs {
    #[command(flatten)]
    pub(crate) common: CommonArgs,
    /// The file to write; its paths are relative to its folder
    /// [default: the config's, else factlint-baseline.json]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
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
    #[command(flatten)]
    pub(crate) config: RulesConfigArgs,
    #[arg(long, default_value = "human")]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    /// A folder of rules laid over the built-in ones; repeat for more
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) config: RulesConfigArgs,
    #[arg(long, default_value = "human")]
    pub(crate) format: ListFormat,
}

/// Whose severities are shown.
#[derive(Debug, Default, Args)]
pub(crate) struct RulesConfigArgs {
    /// The config whose severities and rules hold [default: the nearest factlint.yaml above the current folder]
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,
    /// Use no config: show the rules as they are out of the box
    #[arg(long)]
    pub(crate) isolated: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// The command whose page is wanted, as in `sheet check` [default: the program as a whole]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
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
    /// A folder that holds a `*.facts.yaml` brings it along for the articles in it and below, whichever of them
    /// are named. Files named here are taken whatever their ending; a `*.facts.yaml` named here is as if given with --facts. Without
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
    /// Pass where there is nothing to check: no article, or none that has a fact sheet
    ///
    /// For hooks and pipelines that are given whatever changed. Copy that has a sheet is checked as ever.
    #[arg(long)]
    pub(crate) allow_nothing: bool,
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

/// Where no path is named the folder is meant in which one is.
fn optional_paths(paths: clap::Arg) -> clap::Arg {
    paths.required(false).default_value(".")
}

fn date(text: &str) -> Result<Date, String> {
    day::parse(text).map_err(|fault| match fault {
        day::Fault::NotInTheCalendar => format!("there is no {}", text.trim()),
        day::Fault::Shape => "a day is written as 2022-01-09".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    /// The examples in the help of a command: each line that calls the program.
    fn examples(command: &clap::Command) -> Vec<String> {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let lines = help.lines().map(|line| line.trim_start_matches("Example:").trim());
        lines.filter(|line| line.starts_with("factlint ")).map(str::to_owned).collect()
    }

    fn walk(command: &clap::Command, path: &str) {
        let examples = examples(command);
        assert!(!examples.is_empty(), "`{path} --help` has an example");
        for example in &examples {
            assert!(example.starts_with(path), "`{example}` is an example of `{path}`");
            // What the shell would take for itself ends the arguments.
            let words = example.split_whitespace().take_while(|word| !matches!(*word, ">" | "<" | "|"));
            if let Err(error) = Cli::try_parse_from(words) {
                panic!("`{example}` cannot be run: {error}");
            }
        }
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            walk(below, &format!("{path} {}", below.get_name()));
        }
    }

    #[test]
    fn every_command_has_an_example_that_can_be_run() {
        let command = Cli::command();
        command.clone().debug_assert();
        walk(&command, "factlint");
    }

    #[test]
    fn every_flag_says_what_it_does() {
        fn walk(command: &clap::Command) {
            for argument in command.get_arguments() {
                let help = argument.get_help().is_some() || !argument.get_possible_values().is_empty();
                let is_named_well = argument.get_value_names().is_some() && argument.is_positional();
                assert!(help || is_named_well, "{}: {}", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(walk);
        }
        walk(&Cli::command());
    }
}
