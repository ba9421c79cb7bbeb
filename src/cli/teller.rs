//! A run told as it goes on: the report, and what stands beside it on standard error.

use std::collections::BTreeMap;
use std::io;

use factlint::problem::{Problem, Weight};
use factlint::report::render::{Piece, Remark, RemarkKind};
use factlint::report::{Report, Tally};

use super::ledger::Gone;
use super::needless::OfEntries;
use super::output::Streams;
use super::run::{NO_SHEET, Ready, Run, ToldSheets};

/// One article, checked and rendered.
pub(crate) struct Done<'r> {
    /// The article, and its sidecar where something is wrong with that; none if it was left out.
    pub(crate) pieces: Vec<Piece>,
    pub(crate) path: String,
    pub(crate) notes: Vec<String>,
    /// What is told of its sheets only to those who ask.
    pub(crate) about_sheets: Vec<String>,
    /// What the baseline has of it and was not found.
    pub(crate) gone: Vec<Gone>,
    /// That baseline's path, where anything is gone.
    pub(crate) gone_from: Option<String>,
    /// Standard input as it is to come out.
    pub(crate) copy: Option<Vec<u8>>,
    /// Something was found that fails a run.
    pub(crate) fails: bool,
    /// What it says of the entries of its config.
    pub(crate) of_entries: OfEntries,
    /// The report of the article has the errors too that are of it as a whole.
    pub(crate) is_error_told: bool,
    pub(crate) ready: Ready<'r>,
}

/// Tells a run as it goes on: the report, and what stands beside it on standard error.
pub(crate) struct Teller<'a> {
    pub(crate) report: Report<'a>,
    pub(crate) streams: &'a mut Streams,
    pub(crate) quiet: bool,
    /// Something was found that fails the run.
    pub(crate) found: bool,
    /// How much is gone from baselines, by their paths.
    pub(crate) gone: BTreeMap<String, usize>,
}

impl Teller<'_> {
    pub(crate) fn begin(&mut self, problems: &[Problem]) -> io::Result<()> {
        let text = self.report.begin();
        self.streams.print(&text)?;
        // Standard error has them already.
        problems.iter().try_for_each(|problem| self.remark(Remark::of(problem)))
    }

    /// Tells what came of one article.
    pub(crate) fn tell(
        &mut self,
        done: Done<'_>,
        told: &mut ToldSheets,
        notes_in_report: bool,
    ) -> io::Result<()> {
        let Done {
            pieces,
            path,
            notes,
            about_sheets,
            gone,
            gone_from,
            copy,
            fails,
            is_error_told,
            ready,
            ..
        } = done;
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
        let is_told = |remark: &Remark| is_error_told && remark.kind == RemarkKind::Error;
        own.into_iter().filter(|remark| !is_told(remark)).try_for_each(|remark| self.remark(remark))?;
        for note in notes {
            if !notes_in_report && !self.quiet {
                self.streams.note(&format!("{path}: {note}"));
            }
            self.remark(Remark::note(path.as_str(), note))?;
        }
        for note in about_sheets {
            self.remark(Remark::note(path.as_str(), note))?;
        }
        self.tell_gone(gone, gone_from)
    }

    /// Tells of a config what is wrong with its entries, as of an article.
    pub(crate) fn tell_config(
        &mut self,
        piece: Piece,
        gone: Vec<Gone>,
        gone_from: Option<String>,
        fails: bool,
    ) -> io::Result<()> {
        self.found |= fails;
        let text = self.report.article(piece);
        self.streams.print(&text)?;
        self.tell_gone(gone, gone_from)
    }

    /// Tells what a baseline has and was not found.
    pub(crate) fn tell_gone(&mut self, gone: Vec<Gone>, from: Option<String>) -> io::Result<()> {
        self.report.gone(gone.len());
        if let Some(baseline) = from {
            *self.gone.entry(baseline).or_default() += gone.len();
        }
        gone.into_iter().try_for_each(|Gone { path, entry }| {
            let note = format!("gone from the baseline: {}: {}", entry.rule, entry.message);
            if !self.quiet {
                self.streams.note(&format!("{path}: {note}"));
            }
            self.remark(Remark::note(path.as_str(), note))
        })
    }

    /// Says what to do about what is gone.
    pub(crate) fn tell_of_gone(&mut self) -> io::Result<()> {
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

    /// The end of the report.
    pub(crate) fn end(mut self, run: &Run<'_>) -> io::Result<Tally> {
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
