//! `factlint check`.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;

use factlint::article::Article;
use factlint::baseline::Entry;
use factlint::config::FailOn;
use factlint::engine::{Checked, Scratches};
use factlint::fix::Fixed;
use factlint::problem::{Problem, Weight};
use factlint::report::concise::Concise;
use factlint::report::diff::Diff;
use factlint::report::github::Github;
use factlint::report::html::Html;
use factlint::report::human::Human;
use factlint::report::json::Json;
use factlint::report::jsonl::Jsonl;
use factlint::report::junit::Junit;
use factlint::report::render::{Piece, Remark, RemarkKind, Reported};
use factlint::report::sarif::Sarif;
use factlint::report::{Renderer, Report, Tally};

use super::Outcome;
use super::args::{CheckArgs, Format};
use super::baseline::Ledgers;
use super::changed::Changed;
use super::fix::{self, Fixing};
use super::inputs::{Input, Location};
use super::judged::{Judged, judge};
use super::output::Streams;
use super::pool::in_order;
use super::run::{NO_SHEET, Ready, Run, ToldSheets};
use super::settings::Settings;
use super::verbose::account;
use super::which_sheet::no_sheet;

/// One article, checked and rendered.
struct Done<'r> {
    /// The article, and its sidecar where something is wrong with that; none if it was left out.
    pieces: Vec<Piece>,
    path: String,
    notes: Vec<String>,
    /// What is told of its sheets only to those who ask.
    about_sheets: Vec<String>,
    /// What the baseline has of it and was not found.
    gone: Vec<Entry>,
    /// That baseline's path, where anything is gone.
    gone_from: Option<String>,
    /// Standard input as it is to come out.
    copy: Option<Vec<u8>>,
    /// Something was found that fails a run.
    fails: bool,
    ready: Ready<'r>,
}

/// What holds for every article of a run.
struct Manner<'a> {
    renderer: &'a dyn Renderer,
    ledgers: &'a Ledgers,
    changed: Option<&'a Changed>,
    fixing: Option<&'a Fixing>,
    format: Format,
    /// The flag beats the configs.
    fail_on: Option<FailOn>,
    require_facts: bool,
    verbose: bool,
}

pub(crate) fn run(arguments: CheckArgs) -> io::Result<Outcome> {
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
    let shows_fixes = fixing.as_ref().is_some_and(Fixing::is_shown);
    let renderer: Box<dyn Renderer> = match format {
        _ if shows_fixes => Box::new(Diff),
        Format::Human => Box::new(Human { style: streams.style(), quiet }),
        Format::Concise => Box::new(Concise { quiet }),
        Format::Jsonl => Box::new(Jsonl),
        Format::Json => Box::new(Json),
        Format::Github => Box::new(Github { quiet }),
        Format::Junit => Box::new(Junit { threshold: fail_on.unwrap_or(FailOn::Error).threshold() }),
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
    teller.begin(&run.inputs.problems)?;
    let mut written = Ok(());
    in_order(
        &run.inputs.articles,
        settings.threads,
        || run.scratches(),
        |scratches, input| check(&run, input, &manner, scratches),
        |done| {
            teller.streams.step();
            let Some(done) = done else { return ControlFlow::Continue(()) };
            written = teller.tell(done, &mut told, renderer.tells_notes());
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
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

impl Manner<'_> {
    /// Leaves out what does not touch a changed line, where that is asked for.
    fn keep_changed(&self, input: &Input, article: &Article, checked: &mut Checked) {
        if let (Some(changed), Location::File(file)) = (self.changed, &input.place) {
            changed.keep(&mut checked.findings, file, &article.source);
        }
    }

    fn shows_fixes(&self) -> bool {
        self.fixing.is_some_and(Fixing::is_shown)
    }

    /// The article with its fixes, where there are any and they are asked for. What is not told is not fixed.
    fn fix(
        &self,
        run: &Run<'_>,
        input: &Input,
        judged: &Judged<'_>,
        scratches: &mut [Scratches],
    ) -> Result<Option<Fixed>, Problem> {
        let (Some(fixing), Some(article), Some(checked)) =
            (self.fixing, &judged.ready.article, &judged.checked)
        else {
            return Ok(None);
        };
        if judged.is_sidecar_lost {
            return Ok(None);
        }
        fixing.fix(input, article, checked, |article: &Article| {
            let mut checked = judged.again(run, article, scratches);
            if let Some(ledger) = self.ledgers.of(input) {
                ledger.take_from(input, article, &mut checked);
            }
            self.keep_changed(input, article, &mut checked);
            checked
        })
    }
}

fn check<'r>(
    run: &'r Run<'_>,
    input: &Input,
    manner: &Manner<'_>,
    scratches: &mut [Scratches],
) -> Option<Done<'r>> {
    let mut judged = judge(run, input, scratches)?;
    let ledger = manner.ledgers.of(input);
    let gone = ledger.map(|ledger| ledger.take(input, &mut judged)).unwrap_or_default();
    let gone_from = ledger.filter(|_| !gone.is_empty()).map(|ledger| ledger.path.clone());
    if let Some(checked) = &mut judged.checked
        && let Some(article) = &judged.ready.article
    {
        manner.keep_changed(input, article, checked);
    }
    let fixed = manner.fix(run, input, &judged, scratches);
    let Judged { ready, checked, used, sidecar, .. } = judged;
    let path = input.shown.clone();
    let mut done = Done {
        pieces: Vec::new(),
        path,
        notes: Vec::new(),
        about_sheets: Vec::new(),
        gone,
        gone_from,
        copy: input.kept().map(<[u8]>::to_vec),
        fails: false,
        ready,
    };
    let (Some(mut checked), Some(request)) = (checked, done.ready.request(run.settings)) else {
        return Some(done);
    };
    let (fixed, mut problem) = match fixed {
        Ok(fixed) => (fixed, None),
        Err(problem) => (None, Some(problem)),
    };
    let diff = manner.fixing.zip(fixed.as_ref());
    let diff = diff.and_then(|(fixing, fixed)| fixing.diff(request.article, fixed));
    let count = fixed.as_ref().map_or(0, |fixed| fixed.count);
    let of_fixed = fixed.map(|fixed| {
        checked = fixed.checked;
        fixed.article
    });
    let article = of_fixed.as_ref().unwrap_or(request.article);
    done.copy = done.copy.map(|_| article.source.text.as_bytes().to_vec());
    if used.sheets.is_empty() {
        let note = no_sheet(checked.choice.as_ref(), done.ready.candidates());
        // Whatever changed is given to hooks, copy or not.
        if manner.require_facts || (done.ready.requires_facts && !run.settings.allow_nothing) {
            problem = problem.or(Some(
                Problem::of_file(done.path.as_str(), note)
                    .help("name its sheet with `facts:` in the front matter or in factlint.yaml"),
            ));
        } else {
            checked.notes.push(note);
        }
    }
    if manner.verbose {
        let account = account(run, &done.ready, &checked);
        checked.notes.push(account);
        checked.notes.extend_from_slice(&used.why);
    } else if manner.format == Format::Json && used.by_choice {
        // The one document that holds all that had to be assumed; for people it would be a note an article.
        done.about_sheets.extend_from_slice(&used.why);
    }
    let fail_on = manner.fail_on.or(done.ready.fail_on).unwrap_or(FailOn::Error).threshold();
    let sheets: Vec<&str> = used.sheets.iter().map(String::as_str).collect();
    // The one format that says of each finding whether it fails the run, which the configs decide.
    let own = Junit { threshold: fail_on };
    let renderer: &dyn Renderer = if manner.format == Format::Junit { &own } else { manner.renderer };
    let reported = Reported { article, language: request.language, sheets: &sheets, checked: &checked };
    let mut piece = reported.piece(renderer);
    piece.tally.without_sheet = usize::from(sheets.is_empty());
    piece.tally.fixed = count;
    piece.text = diff.unwrap_or(piece.text);
    done.pieces.push(piece);
    if let Some((article, checked)) = sidecar.as_ref().filter(|_| !manner.shows_fixes()) {
        let reported = Reported { article, language: "", sheets: &[], checked };
        let mut piece = reported.piece(renderer);
        // What stands in a sidecar is told as what stands in the copy, and is no copy.
        piece.tally.articles = 0;
        piece.tally.fixable = (0, 0);
        done.pieces.push(piece);
    }
    done.fails =
        fail_on.is_some_and(|severity| done.pieces.iter().any(|piece| piece.tally.reaches(severity)));
    done.notes = checked.notes;
    done.ready.problems.extend(problem);
    if used.by_choice {
        used.sheets.iter().for_each(|sheet| done.ready.chose(sheet));
    }
    Some(done)
}

/// Tells a run as it goes on: the report, and what stands beside it on standard error.
struct Teller<'a> {
    report: Report<'a>,
    streams: &'a mut Streams,
    quiet: bool,
    /// Something was found that fails the run.
    found: bool,
    /// How much is gone from baselines, by their paths.
    gone: BTreeMap<String, usize>,
}

impl Teller<'_> {
    fn begin(&mut self, problems: &[Problem]) -> io::Result<()> {
        let text = self.report.begin();
        self.streams.print(&text)?;
        // Standard error has them already.
        problems.iter().try_for_each(|problem| self.remark(Remark::of(problem)))
    }

    fn tell(&mut self, done: Done<'_>, told: &mut ToldSheets, notes_in_report: bool) -> io::Result<()> {
        let Done { pieces, path, notes, about_sheets, gone, gone_from, copy, fails, ready } = done;
        if let Some(copy) = copy {
            self.streams.copy(&copy)?;
        }
        self.found |= fails;
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
        for note in about_sheets {
            self.remark(Remark::note(path.as_str(), note))?;
        }
        self.report.gone(gone.len());
        if let Some(baseline) = gone_from {
            *self.gone.entry(baseline).or_default() += gone.len();
        }
        gone.into_iter().try_for_each(|entry| {
            let note = format!("gone from the baseline: {}: {}", entry.rule, entry.message);
            if !self.quiet {
                self.streams.note(&format!("{path}: {note}"));
            }
            self.remark(Remark::note(path.as_str(), note))
        })
    }

    /// Says what to do about what is gone.
    fn tell_of_gone(&mut self) -> io::Result<()> {
        for (baseline, gone) in std::mem::take(&mut self.gone) {
            let what = if gone == 1 {
                "1 finding of it is".to_owned()
            } else {
                format!("{gone} findings of it are")
            };
            let note =
                format!("{what} gone: bring it up to date with `factlint baseline --output {baseline}`");
            if !self.quiet {
                self.streams.note(&format!("{baseline}: {note}"));
            }
            self.remark(Remark::note(baseline.as_str(), note))?;
        }
        Ok(())
    }

    fn remark(&mut self, remark: Remark) -> io::Result<()> {
        let text = self.report.remark(remark);
        self.streams.print(&text)
    }

    fn end(mut self, run: &Run<'_>) -> io::Result<Tally> {
        let tally = self.report.tally();
        if tally.articles > 0
            && tally.articles == tally.without_sheet
            && !run.knows_sheets()
            && !run.settings.allow_nothing
            && !self.streams.failed()
        {
            self.fail(NO_SHEET)?;
        }
        let may_be_nothing = run.settings.allow_nothing;
        if tally.articles == 0 && !run.inputs.articles.is_empty() && !self.streams.failed() && !may_be_nothing
        {
            self.fail("no article was checked: all were left out")?;
        }
        let text = self.report.end(self.streams.failed());
        self.streams.print(&text)?;
        self.streams.flush()?;
        Ok(tally)
    }

    /// An error of the run as a whole, in the report as well.
    fn fail(&mut self, message: &str) -> io::Result<()> {
        self.streams.error(message);
        self.remark(Remark {
            kind: RemarkKind::Error,
            path: None,
            place: None,
            message: message.to_owned(),
            key: None,
            help: None,
        })
    }
}
