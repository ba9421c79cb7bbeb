//! `factlint check`.

use std::io;
use std::ops::ControlFlow;

use factlint::baseline::Entry;
use factlint::engine::{Engine, Scratches};
use factlint::problem::{Problem, Weight};
use factlint::report::concise::Concise;
use factlint::report::github::Github;
use factlint::report::html::Html;
use factlint::report::human::Human;
use factlint::report::json::Json;
use factlint::report::jsonl::Jsonl;
use factlint::report::junit::Junit;
use factlint::report::render::{Piece, Remark, Reported};
use factlint::report::sarif::Sarif;
use factlint::report::{Renderer, Report};
use factlint::rules::docs::Docs;

use super::Outcome;
use super::args::{CheckArgs, Format};
use super::baseline::Ledger;
use super::inputs::Input;
use super::judged::{Judged, judge};
use super::output::Streams;
use super::pool::in_order;
use super::run::{Ready, Run, ToldSheets, engine_of, house};
use super::settings::Settings;

/// One article, checked and rendered.
struct Done {
    /// The article, and its sidecar where something is wrong with that; none if it was left out.
    pieces: Vec<Piece>,
    path: String,
    notes: Vec<String>,
    /// What the baseline has of it and was not found.
    gone: Vec<Entry>,
    ready: Ready,
}

pub(crate) fn run(arguments: CheckArgs) -> io::Result<Outcome> {
    let CheckArgs { common, fail_on, quiet, format, output, baseline } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(house) = house(&settings.rules, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(engine) = engine_of(&house, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(run) = Run::prepare(&settings, &engine, &mut streams) else { return Ok(Outcome::Failed) };
    let ledger = match baseline.as_deref().map(Ledger::read).transpose() {
        Ok(ledger) => ledger,
        Err(problem) => {
            streams.problem(&problem);
            return Ok(Outcome::Failed);
        }
    };
    if let Some(path) = &output
        && let Err(problem) = streams.write_to(path)
    {
        streams.problem(&problem);
        return Ok(Outcome::Failed);
    }
    let docs = |engine: &Engine| Docs::new(engine.rules(), &house).unwrap_or_default();
    let renderer: Box<dyn Renderer> = match format {
        Format::Human => Box::new(Human { style: streams.style(), quiet }),
        Format::Concise => Box::new(Concise { quiet }),
        Format::Jsonl => Box::new(Jsonl),
        Format::Json => Box::new(Json),
        Format::Github => Box::new(Github { quiet }),
        Format::Junit => Box::new(Junit { threshold: fail_on.threshold() }),
        Format::Sarif => Box::new(Sarif::new(docs(&engine))),
        Format::Html => Box::new(Html::new(docs(&engine))),
    };
    let mut teller = Teller { report: Report::new(&*renderer), streams: &mut streams, quiet };
    let mut told = ToldSheets::default();
    teller.begin(&run.inputs.problems)?;
    let mut written = Ok(());
    in_order(
        &run.inputs.articles,
        settings.threads,
        Scratches::default,
        |scratches, input| check(&run, input, ledger.as_ref(), &*renderer, scratches),
        |done| {
            written = teller.tell(done, &mut told, renderer.tells_notes());
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    // The program ends here: taking the rules and sheets apart word by word would only cost time.
    std::mem::forget(run);
    written?;
    if let Some(ledger) = &ledger {
        teller.tell_of(&ledger.path)?;
    }
    let tally = teller.end()?;
    let _kept = std::mem::ManuallyDrop::new(engine);
    let found = fail_on.threshold().is_some_and(|severity| tally.reaches(severity));
    Ok(match (streams.failed(), found) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

fn check(
    run: &Run<'_>,
    input: &Input,
    ledger: Option<&Ledger>,
    renderer: &dyn Renderer,
    scratches: &mut Scratches,
) -> Done {
    let mut judged = judge(run, input, scratches);
    let gone = ledger.map(|ledger| ledger.take(input, &mut judged)).unwrap_or_default();
    let Judged { ready, checked, sidecar } = judged;
    let (mut pieces, mut notes) = (Vec::new(), Vec::new());
    if let Some(request) = ready.request(run.settings)
        && let Some(checked) = checked
    {
        let sheets: Vec<&str> = request.sheets.iter().map(|sheet| sheet.sheet.source.path.as_str()).collect();
        let article = request.article;
        let reported = Reported { article, language: request.language, sheets: &sheets, checked: &checked };
        pieces.push(reported.piece(renderer));
        if let Some((article, checked)) = &sidecar {
            let reported = Reported { article, language: "", sheets: &[], checked };
            let mut piece = reported.piece(renderer);
            // What stands in a sidecar is told as what stands in the copy, and is no copy.
            piece.tally.articles = 0;
            pieces.push(piece);
        }
        notes = checked.notes;
    }
    Done { pieces, path: input.shown.clone(), notes, gone, ready }
}

/// Tells a run as it goes on: the report, and what stands beside it on standard error.
struct Teller<'a> {
    report: Report<'a>,
    streams: &'a mut Streams,
    quiet: bool,
}

impl Teller<'_> {
    fn begin(&mut self, problems: &[Problem]) -> io::Result<()> {
        let text = self.report.begin();
        self.streams.print(&text)?;
        // Standard error has them already.
        problems.iter().try_for_each(|problem| self.remark(Remark::of(problem)))
    }

    fn tell(&mut self, done: Done, told: &mut ToldSheets, notes_in_report: bool) -> io::Result<()> {
        let Done { pieces, path, notes, gone, ready } = done;
        for problems in told.tell(&ready.of_sheets, self.streams, self.quiet) {
            for problem in problems.iter() {
                self.remark(Remark::of(problem))?;
            }
        }
        let told = |problem: &&Problem| !self.quiet || problem.weight == Weight::Error;
        self.streams.problems(ready.problems.iter().filter(told));
        let own: Vec<Remark> = ready.problems.iter().map(Remark::of).collect();
        if pieces.is_empty() {
            let of_sheets = ready.of_sheets.iter().flat_map(|(_, problems)| problems.iter());
            let errors = of_sheets.filter(|problem| problem.weight == Weight::Error);
            let text = self.report.left_out(&path, own, &errors.map(Remark::of).collect::<Vec<_>>());
            return self.streams.print(&text);
        }
        for piece in pieces {
            let text = self.report.article(piece);
            self.streams.print(&text)?;
        }
        own.into_iter().try_for_each(|remark| self.remark(remark))?;
        for note in notes {
            if !notes_in_report && !self.quiet {
                self.streams.note(&format!("{path}: {note}"));
            }
            self.remark(Remark::note(path.as_str(), note))?;
        }
        self.report.gone(gone.len());
        gone.into_iter().try_for_each(|entry| {
            let note = format!("gone from the baseline: {}: {}", entry.rule, entry.message);
            if !self.quiet {
                self.streams.note(&format!("{path}: {note}"));
            }
            self.remark(Remark::note(path.as_str(), note))
        })
    }

    /// Says what to do about what is gone.
    fn tell_of(&mut self, baseline: &str) -> io::Result<()> {
        let gone = self.report.tally().gone;
        if gone == 0 {
            return Ok(());
        }
        let what =
            if gone == 1 { "1 finding of it is".to_owned() } else { format!("{gone} findings of it are") };
        let note = format!("{what} gone: bring it up to date with `factlint baseline --output {baseline}`");
        if !self.quiet {
            self.streams.note(&format!("{baseline}: {note}"));
        }
        self.remark(Remark::note(baseline, note))
    }

    fn remark(&mut self, remark: Remark) -> io::Result<()> {
        let text = self.report.remark(remark);
        self.streams.print(&text)
    }

    fn end(self) -> io::Result<factlint::report::Tally> {
        let tally = self.report.tally();
        let text = self.report.end(self.streams.failed());
        self.streams.print(&text)?;
        if tally.articles == 0 && !self.streams.failed() {
            self.streams.error("no article was checked: all were left out");
        }
        self.streams.flush()?;
        Ok(tally)
    }
}
