//! `factlint check`.

use std::io;
use std::ops::ControlFlow;

use factlint::engine::Scratches;
use factlint::problem::{Problem, Weight};
use factlint::report::human::Style;
use factlint::report::{Tally, human, jsonl};

use super::Outcome;
use super::args::{CheckArgs, Format};
use super::inputs::Input;
use super::output::Streams;
use super::pool::in_order;
use super::run::{Ready, Run, ToldSheets, engine};
use super::settings::Settings;

/// One article, checked and rendered.
struct Done {
    report: String,
    notes: Vec<String>,
    tally: Tally,
    ready: Ready,
}

pub(crate) fn run(arguments: CheckArgs) -> io::Result<Outcome> {
    let CheckArgs { common, fail_on, quiet } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(engine) = engine(&settings.rules, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(run) = Run::prepare(&settings, &engine, &mut streams) else { return Ok(Outcome::Failed) };
    let style = streams.style();
    let mut tally = Tally::default();
    let mut told = ToldSheets::default();
    let mut written = Ok(());
    in_order(
        &run.inputs.articles,
        settings.threads,
        Scratches::default,
        |scratches, input| check(&run, input, style, scratches),
        |done| {
            tally += done.tally;
            told.tell(done.ready.of_sheets, &mut streams, quiet);
            written =
                tell(&done.report, &done.notes, &done.ready.problems, settings.format, quiet, &mut streams);
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    // The program ends here: taking the rules and sheets apart word by word would only cost time.
    std::mem::forget(run);
    let _kept = std::mem::ManuallyDrop::new(engine);
    written?;
    match settings.format {
        Format::Jsonl => streams.print(&jsonl::summary(&tally))?,
        Format::Human if !quiet => streams.print(&tally.to_string())?,
        Format::Human => {}
    }
    if tally.articles == 0 && !streams.failed() {
        streams.error("no article was checked: all were left out");
    }
    streams.flush()?;
    let found = fail_on.threshold().is_some_and(|severity| tally.reaches(severity));
    Ok(match (streams.failed(), found) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

fn check(run: &Run<'_>, input: &Input, style: Style, scratches: &mut Scratches) -> Done {
    let mut ready = run.ready(input);
    if ready.article.is_some() && ready.sheets_found == 0 {
        ready.problems.push(
            Problem::of_file(input.shown.as_str(), "no fact sheet for this article")
                .help("give one with --facts, or put a *.facts.yaml beside it"),
        );
    }
    // Without a single sheet nothing would be checked; why there is none is told.
    let request = ready.request(run.settings).filter(|request| !request.sheets.is_empty());
    let Some(request) = request else {
        return Done { report: String::new(), notes: Vec::new(), tally: Tally::skipped(), ready };
    };
    let checked = run.engine.check(&request, scratches);
    let source = &request.article.source;
    let report = match run.settings.format {
        Format::Human => human::findings(source, &checked.findings, style),
        Format::Jsonl => jsonl::findings(source, &checked.findings),
    };
    let notes = checked.notes.iter().map(|note| format!("{}: {note}", source.path)).collect();
    let tally = Tally::of(&checked.findings, checked.coverage);
    Done { report, notes, tally, ready }
}

fn tell(
    report: &str,
    notes: &[String],
    problems: &[Problem],
    format: Format,
    quiet: bool,
    streams: &mut Streams,
) -> io::Result<()> {
    let told = |problem: &&Problem| !quiet || problem.weight == Weight::Error;
    streams.problems(problems.iter().filter(told));
    streams.print(report)?;
    for note in notes.iter().filter(|_| !quiet) {
        match format {
            Format::Human => {
                streams.print(&format!("note: {}\n\n", factlint::report::visible::line(note)))?
            }
            Format::Jsonl => streams.note(note),
        }
    }
    Ok(())
}
