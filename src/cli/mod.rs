//! The command line: flags, files, threads, streams and the exit code.

mod add;
mod affected;
mod args;
mod baseline;
mod changed;
mod check;
mod config;
mod configs;
mod desk;
mod draft;
mod explain;
mod facts;
mod fix;
mod folders;
mod git;
mod inputs;
mod judged;
mod ledger;
mod manner;
mod needless;
mod output;
mod pool;
mod progress;
mod read;
mod replace;
mod run;
mod settings;
mod sheet;
mod shell;
mod snapshot;
mod teller;
mod test;
mod verbose;
mod which_sheet;

use std::process::ExitCode;

use clap::Parser;

/// What a run came to. Later ones weigh more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Something.
    Found,
    /// Usage, load or I/O errors; or nothing was checked.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Found => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Parses the arguments and does what they say.
pub(crate) fn main() -> ExitCode {
    let parsed = match args::Cli::try_parse() {
        Ok(parsed) => parsed,
        Err(error) => {
            // Whoever closed the stream does not want to read it.
            let _ = error.print();
            let words: Vec<_> = std::env::args_os().skip(1).collect();
            if error.use_stderr() && check::wants_copy_fixed(&words) && check::give_back().is_err() {
                output::last_words("cannot write the copy");
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let outcome = match parsed.command {
        args::Command::Check(arguments) => check::run(arguments),
        args::Command::Baseline(arguments) => baseline::run(arguments),
        args::Command::Read(arguments) => read::run(arguments),
        args::Command::Sheet { command } => sheet::run(command),
        args::Command::Test(arguments) => test::run(arguments),
        args::Command::Snapshot(arguments) => snapshot::run(arguments),
        args::Command::Affected(arguments) => affected::run(arguments),
        args::Command::Explain(arguments) => explain::explain(arguments),
        args::Command::Rules(arguments) => explain::list(arguments),
        args::Command::Config { command } => config::run(command),
        args::Command::Completions(arguments) => shell::completions(&arguments),
        args::Command::Man(arguments) => shell::man(&arguments),
    };
    match outcome {
        Ok(outcome) => outcome.into(),
        // The reader has seen enough: `factlint check … | head` is no failure.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            output::last_words(&format!("cannot write: {error}"));
            Outcome::Failed.into()
        }
    }
}
