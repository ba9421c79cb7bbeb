//! `factlint check`.

use std::io;
use std::ops::ControlFlow;

use factlint::article::Article;
use factlint::engine::{Engine, Request, Scratches};
use factlint::problem::{Problem, Weight};
use factlint::report::concise::Concise;
use factlint::report::diff::Diff;
use factlint::report::github::Github;
use factlint::report::html::Html;
use factlint::report::human::Human;
use factlint::report::json::Json;
use factlint::report::jsonl::Jsonl;
use factlint::report::junit::Junit;
use factlint::report::render::{Piece, Remark, Reported};
use factlint::report::sarif::Sarif;
use factlint::report::{Renderer, Report, Tally};
use factlint::rules::docs::Docs;

use super::Outcome;
use super::args::{CheckArgs, Format};
use super::fix::{self, Fixing};
use super::inputs::Input;
use super::output::Streams;
use super::pool::in_order;
use super::run::{Ready, Run, ToldSheets, engine_of, house};
use super::settings::Settings;

/// One article, checked and rendered.
struct Done {
    /// `None` if it was left out.
    piece: Option<Piece>,
    path: String,
    notes: Vec<String>,
    /// Standard input as it is to come out.
    copy: Option<Vec<u8>>,
    ready: Ready,
}

pub(crate) fn run(arguments: CheckArgs) -> io::Result<Outcome> {
    let CheckArgs { common, fail_on, quiet, format, output, fixes } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(house) = house(&settings.rules, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(engine) = engine_of(&house, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(mut run) = Run::prepare(&settings, &engine, &mut streams) else { return Ok(Outcome::Failed) };
    if let Some(path) = &output
        && let Err(problem) = streams.write_to(path)
    {
        streams.problem(&problem);
        return Ok(Outcome::Failed);
    }
    let fixing = Fixing::of(&fixes, streams.style());
    let gives_copy = fixing.as_ref().is_some_and(|fixing| fixing.prepare(&mut run.inputs));
    if gives_copy && output.is_none() {
        streams.write_beside();
    }
    let shows_fixes = fixing.as_ref().is_some_and(Fixing::is_shown);
    let docs = |engine: &Engine| Docs::new(engine.rules(), &house).unwrap_or_default();
    let renderer: Box<dyn Renderer> = match format {
        _ if shows_fixes => Box::new(Diff),
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
        |scratches, input| check(&run, input, &*renderer, fixing.as_ref(), scratches),
        |done| {
            written = teller.tell(done, &mut told, renderer.tells_notes());
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    // The program ends here: taking the rules and sheets apart word by word would only cost time.
    std::mem::forget(run);
    written?;
    let tally = teller.end()?;
    let _kept = std::mem::ManuallyDrop::new(engine);
    if shows_fixes && !quiet && !streams.failed() {
        streams.note(&format!("{}, and nothing was written", fix::would_be(tally.fixed)));
    }
    let found = if shows_fixes {
        tally.fixed > 0
    } else {
        fail_on.threshold().is_some_and(|severity| tally.reaches(severity))
    };
    Ok(match (streams.failed(), found) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

fn check(
    run: &Run<'_>,
    input: &Input,
    renderer: &dyn Renderer,
    fixing: Option<&Fixing>,
    scratches: &mut Scratches,
) -> Done {
    let mut ready = run.ready_to_check(input);
    let path = input.shown.clone();
    let Some(request) = ready.request_to_check(run.settings) else {
        let copy = input.kept().map(<[u8]>::to_vec);
        return Done { piece: None, path, notes: Vec::new(), copy, ready };
    };
    let checked = run.engine.check(&request, scratches);
    let fixed = fixing.map_or(Ok(None), |fixing| {
        let check = |article: &Article| run.engine.check(&Request { article, ..request }, scratches);
        fixing.fix(input, request.article, &checked, check)
    });
    let (fixed, unfixed) = match fixed {
        Ok(fixed) => (fixed, None),
        Err(problem) => (None, Some(problem)),
    };
    let sheets: Vec<&str> = request.sheets.iter().map(|sheet| sheet.sheet.source.path.as_str()).collect();
    let (article, left) = match &fixed {
        Some(fixed) => (&fixed.article, &fixed.checked),
        None => (request.article, &checked),
    };
    let reported = Reported { article, language: request.language, sheets: &sheets, checked: left };
    let tally = Tally { fixed: fixed.as_ref().map_or(0, |fixed| fixed.count), ..reported.tally() };
    let diff = fixing.zip(fixed.as_ref()).and_then(|(fixing, fixed)| fixing.diff(request.article, fixed));
    let text = diff.unwrap_or_else(|| renderer.article(&reported));
    let piece = Piece { path: path.clone(), tally, text };
    let copy = input.kept().map(|_| article.source.text.as_bytes().to_vec());
    let notes = left.notes.clone();
    ready.problems.extend(unfixed);
    Done { piece: Some(piece), path, notes, copy, ready }
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
        let Done { piece, path, notes, copy, ready } = done;
        if let Some(copy) = copy {
            self.streams.copy(&copy)?;
        }
        for problems in told.tell(&ready.of_sheets, self.streams, self.quiet) {
            for problem in problems.iter() {
                self.remark(Remark::of(problem))?;
            }
        }
        let told = |problem: &&Problem| !self.quiet || problem.weight == Weight::Error;
        self.streams.problems(ready.problems.iter().filter(told));
        let own: Vec<Remark> = ready.problems.iter().map(Remark::of).collect();
        let Some(piece) = piece else {
            let of_sheets = ready.of_sheets.iter().flat_map(|(_, problems)| problems.iter());
            let errors = of_sheets.filter(|problem| problem.weight == Weight::Error);
            let text = self.report.left_out(&path, own, &errors.map(Remark::of).collect::<Vec<_>>());
            return self.streams.print(&text);
        };
        let text = self.report.article(piece);
        self.streams.print(&text)?;
        own.into_iter().try_for_each(|remark| self.remark(remark))?;
        for note in notes {
            if !notes_in_report && !self.quiet {
                self.streams.note(&format!("{path}: {note}"));
            }
            self.remark(Remark::note(path.as_str(), note))?;
        }
        Ok(())
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
