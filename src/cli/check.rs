//! `factlint check`.

use std::io;
use std::ops::ControlFlow;

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
use super::changed::Changed;
use super::inputs::{Input, Location};
use super::output::Streams;
use super::pool::in_order;
use super::run::{Ready, Run, ToldSheets, engine_of, house};
use super::settings::Settings;
use super::verbose::account;

/// One article, checked and rendered.
struct Done {
    /// `None` if it was left out.
    piece: Option<Piece>,
    path: String,
    notes: Vec<String>,
    /// What `--verbose` says of it.
    account: Option<String>,
    ready: Ready,
}

pub(crate) fn run(arguments: CheckArgs) -> io::Result<Outcome> {
    let CheckArgs { common, fail_on, quiet, verbose, changed_lines, format, output } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(house) = house(&settings.rules, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(engine) = engine_of(&house, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(run) = Run::prepare(&settings, &engine, &mut streams) else { return Ok(Outcome::Failed) };
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
    if !quiet {
        streams.expect(run.inputs.articles.len());
    }
    let mut teller = Teller { report: Report::new(&*renderer), streams: &mut streams, quiet };
    let mut told = ToldSheets::default();
    teller.begin(&run.inputs.problems)?;
    let mut written = Ok(());
    in_order(
        &run.inputs.articles,
        settings.threads,
        Scratches::default,
        |scratches, input| check(&run, input, changed.as_ref(), &*renderer, scratches),
        |done| {
            teller.streams.step();
            if verbose && let Some(account) = &done.account {
                teller.streams.note(&format!("{}: {account}", done.path));
            }
            written = teller.tell(done, &mut told, renderer.tells_notes());
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    // The program ends here: taking the rules and sheets apart word by word would only cost time.
    std::mem::forget(run);
    written?;
    let tally = teller.end(settings.allow_nothing)?;
    if let Some(note) = changed.as_ref().and_then(Changed::note).filter(|_| !quiet) {
        streams.note(&note);
    }
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
    changed: Option<&Changed>,
    renderer: &dyn Renderer,
    scratches: &mut Scratches,
) -> Done {
    let mut ready = run.ready(input);
    let path = input.shown.clone();
    if ready.article.is_some() && ready.sheets_found == 0 {
        let problem = Problem::of_file(path.as_str(), "no fact sheet for this article")
            .help("give one with --facts, or put a *.facts.yaml beside it");
        ready.problems.push(if run.settings.allow_nothing { problem.warning() } else { problem });
    }
    // Without a single sheet nothing would be checked; why there is none is told.
    let request = ready.request(run.settings).filter(|request| !request.sheets.is_empty());
    let Some(request) = request else {
        return Done { piece: None, path, notes: Vec::new(), account: None, ready };
    };
    let mut checked = run.engine.check(&request, scratches);
    if let (Some(changed), Location::File(file)) = (changed, &input.place) {
        changed.keep(&mut checked.findings, file, &request.article.source);
    }
    let sheets: Vec<&str> = request.sheets.iter().map(|sheet| sheet.sheet.source.path.as_str()).collect();
    let reported =
        Reported { article: request.article, language: request.language, sheets: &sheets, checked: &checked };
    let piece = Piece { path: path.clone(), tally: reported.tally(), text: renderer.article(&reported) };
    let account = Some(account(run, &ready, &checked));
    Done { piece: Some(piece), path, notes: checked.notes, account, ready }
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
        let Done { piece, path, notes, ready, .. } = done;
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

    fn end(self, allow_nothing: bool) -> io::Result<factlint::report::Tally> {
        let tally = self.report.tally();
        let nothing = tally.articles == 0 && !allow_nothing;
        let text = self.report.end(self.streams.failed() || nothing);
        self.streams.print(&text)?;
        if nothing && !self.streams.failed() {
            self.streams.error("no article was checked: all were left out");
        }
        self.streams.flush()?;
        Ok(tally)
    }
}
