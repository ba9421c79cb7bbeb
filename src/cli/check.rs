//! `factlint check`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;

use factlint::config::FailOn;
use factlint::report::concise::Concise;
use factlint::report::diff::Diff;
use factlint::report::github::Github;
use factlint::report::html::Html;
use factlint::report::human::Human;
use factlint::report::json::Json;
use factlint::report::jsonl::Jsonl;
use factlint::report::junit::Junit;
use factlint::report::sarif::Sarif;
use factlint::report::{Renderer, Report};

use super::Outcome;
use super::args::{CheckArgs, Format};
use super::changed::Changed;
use super::fix::{self, Fixing};
use super::ledger::Ledgers;
use super::manner::{Manner, check, tell_config};
use super::needless::Needless;
use super::pool::in_order;
use super::run::{Run, ToldSheets};
use super::settings::Settings;
use super::teller::Teller;

pub(crate) fn run(arguments: CheckArgs) -> io::Result<Outcome> {
    let is_piped = arguments.common.paths.iter().any(|path| path.as_os_str() == "-");
    let wants_copy = arguments.fixes.fix && !arguments.fixes.diff && is_piped;
    let mut has_begun = false;
    let outcome = check_all(arguments, &mut has_begun)?;
    if wants_copy && !has_begun {
        give_back()?;
    }
    Ok(outcome)
}

/// Whether arguments that cannot be used ask for the fixed copy of standard input.
pub(crate) fn wants_copy_fixed(words: &[OsString]) -> bool {
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    has("check") && has("--fix") && has("-") && !has("--diff")
}

/// Lets standard input through as it came: whoever pipes their copy through must not lose it for a mistake elsewhere.
pub(crate) fn give_back() -> io::Result<()> {
    io::copy(&mut io::stdin().lock(), &mut io::stdout().lock()).map(drop)
}

/// `has_begun`: articles were read, standard input among them.
fn check_all(arguments: CheckArgs, has_begun: &mut bool) -> io::Result<Outcome> {
    let CheckArgs {
        common,
        fail_on,
        require_facts,
        verbose,
        quiet,
        format,
        output,
        baseline,
        changed_lines,
        fixes,
    } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let fail_on = fail_on.map(FailOn::from);
    let Some(mut run) = Run::prepare(&settings, &mut streams) else { return Ok(Outcome::Failed) };
    let ledgers = match Ledgers::read(baseline.as_deref(), &run.inputs.articles) {
        Ok(ledgers) => ledgers,
        Err(problem) => {
            streams.problem(&problem);
            return Ok(Outcome::Failed);
        }
    };
    let mut changed = None;
    if let Some(revision) = &changed_lines {
        match Changed::since(revision, &run.inputs.articles) {
            Ok(since) => changed = Some(since),
            Err(reason) => {
                streams.error(&format!("--changed-lines {revision}: {reason}"));
                return Ok(Outcome::Failed);
            }
        }
    }
    if let Some(path) = &output
        && let Err(problem) = run.inputs.refuse_to_overwrite(path).and_then(|()| streams.write_to(path))
    {
        streams.problem(&problem);
        return Ok(Outcome::Failed);
    }
    let fixing = Fixing::of(&fixes, streams.style());
    let gives_copy = fixing.as_ref().is_some_and(|fixing| fixing.prepare(&mut run.inputs));
    if gives_copy && output.is_none() {
        streams.write_beside();
    }
    *has_begun = true;
    let shows_fixes = fixing.as_ref().is_some_and(Fixing::is_shown);
    let renderer: Box<dyn Renderer> = match format {
        _ if shows_fixes => Box::new(Diff),
        Format::Human => Box::new(Human { style: streams.style(), quiet }),
        Format::Concise => Box::new(Concise { quiet }),
        Format::Jsonl => Box::new(Jsonl),
        Format::Json => Box::new(Json),
        Format::Github => Box::new(Github { quiet }),
        Format::Junit => {
            Box::new(Junit { threshold: fail_on.unwrap_or(FailOn::Error).threshold(), error: None })
        }
        Format::Sarif => Box::new(Sarif::new(run.docs())),
        Format::Html => Box::new(Html::new(run.docs())),
    };
    let manner = Manner {
        renderer: &*renderer,
        ledgers: &ledgers,
        changed: changed.as_ref(),
        fixing: fixing.as_ref(),
        format,
        fail_on,
        require_facts,
        verbose,
    };
    if !quiet {
        streams.expect(run.inputs.articles.len());
    }
    let mut teller = Teller {
        report: Report::new(&*renderer),
        streams: &mut streams,
        quiet,
        found: false,
        gone: BTreeMap::new(),
    };
    let mut told = ToldSheets::default();
    let mut needless = Needless::default();
    let mut inputs = run.inputs.articles.iter();
    teller.begin(&run.inputs.problems)?;
    let mut written = Ok(());
    in_order(
        &run.inputs.articles,
        settings.threads,
        || run.scratches(),
        |scratches, input| check(&run, input, &manner, scratches),
        |done| {
            teller.streams.step();
            let input = inputs.next();
            let Some(mut done) = done else { return ControlFlow::Continue(()) };
            if let Some(input) = input {
                needless.take(input, std::mem::take(&mut done.of_entries), !done.pieces.is_empty());
            }
            written = teller.tell(done, &mut told, renderer.tells_notes());
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    for of_config in needless.end(&run) {
        written = written.and_then(|()| tell_config(of_config, &manner, &mut teller));
    }
    for (ledger, gone) in ledgers.of_gone_files(&run.inputs.articles) {
        written = written.and_then(|()| teller.tell_gone(gone, Some(ledger.path.clone())));
    }
    let found = teller.found;
    let ended = written.and_then(|()| teller.tell_of_gone()).and_then(|()| teller.end(&run));
    // The program ends here: taking the rules and sheets apart word by word would only cost time.
    std::mem::forget(run);
    let tally = ended?;
    if let Some(note) = changed.as_ref().and_then(Changed::note).filter(|_| !quiet) {
        streams.note(&note);
    }
    if shows_fixes && !quiet && !streams.failed() {
        streams.note(&format!("{}, and nothing was written", fix::would_be(tally.fixed)));
    }
    let found = if shows_fixes { tally.fixed > 0 } else { found };
    Ok(match (streams.failed(), found) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}
