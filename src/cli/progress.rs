//! A bar on standard error that says how far a long run is. It is for people who watch: where standard error
//! is no terminal there is none, and what is written takes its place.

use std::env;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a run must have been silent before the bar is shown. A run on one story is over long before.
const PATIENCE: Duration = Duration::from_millis(500);

/// How far a run is, shown or not. All of it is drawn by the thread that writes the report: another one
/// would wait for the lock on standard error, or draw into the middle of a finding.
pub(crate) struct Progress {
    total: u64,
    done: u64,
    /// When something was last written; the bar comes [`PATIENCE`] later.
    silent_since: Instant,
    patience: Duration,
    target: Option<Box<dyn Fn() -> ProgressDrawTarget>>,
    shown: Option<ProgressBar>,
}

impl Progress {
    /// A run that shows nothing.
    pub(crate) fn none() -> Self {
        Self {
            total: 0,
            done: 0,
            silent_since: Instant::now(),
            patience: PATIENCE,
            target: None,
            shown: None,
        }
    }

    /// A run of `total` articles that somebody may watch.
    pub(crate) fn of(total: usize) -> Self {
        if !is_watched() {
            return Self::none();
        }
        Self::onto(total, PATIENCE, Box::new(ProgressDrawTarget::stderr))
    }

    fn onto(total: usize, patience: Duration, target: Box<dyn Fn() -> ProgressDrawTarget>) -> Self {
        Self { total: total as u64, patience, target: Some(target), ..Self::none() }
    }

    /// One article more is done.
    pub(crate) fn step(&mut self) {
        self.done += 1;
        let Some(target) = &self.target else { return };
        if let Some(bar) = &self.shown {
            // Draws only so often as an eye can follow.
            bar.set_position(self.done);
        } else if self.silent_since.elapsed() >= self.patience {
            let bar = ProgressBar::with_draw_target(Some(self.total), target()).with_position(self.done);
            // The template is ours; if it should ever be bad, the bar is merely plainer.
            if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} articles") {
                bar.set_style(style);
            }
            bar.tick();
            self.shown = Some(bar);
        }
    }

    /// Takes the bar away, because something is about to be written.
    pub(crate) fn give_way(&mut self) {
        if self.target.is_none() {
            return;
        }
        if let Some(bar) = self.shown.take() {
            bar.finish_and_clear();
        }
        self.silent_since = Instant::now();
    }
}

/// Whether somebody sits before standard error: a terminal that can move its cursor, and no CI that
/// pretends to be one.
fn is_watched() -> bool {
    io::stderr().is_terminal()
        && env::var_os("CI").is_none()
        && env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::InMemoryTerm;

    fn progress(terminal: &InMemoryTerm, patience: Duration) -> Progress {
        let terminal = terminal.clone();
        let target = move || ProgressDrawTarget::term_like(Box::new(terminal.clone()));
        Progress::onto(40, patience, Box::new(target))
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let terminal = InMemoryTerm::new(4, 80);
        let mut progress = progress(&terminal, Duration::from_secs(3600));
        (0..40).for_each(|_| progress.step());
        progress.give_way();
        assert_eq!(terminal.contents(), "");
    }

    #[test]
    fn a_long_run_shows_how_far_it_is_and_leaves_nothing_behind() {
        let terminal = InMemoryTerm::new(4, 80);
        let mut progress = progress(&terminal, Duration::ZERO);
        (0..10).for_each(|_| progress.step());
        assert!(terminal.contents().ends_with("of 40 articles"), "{}", terminal.contents());
        progress.give_way();
        assert_eq!(terminal.contents(), "", "what is written has the line to itself");
        progress.step();
        assert!(terminal.contents().ends_with("11 of 40 articles"), "{}", terminal.contents());
        progress.give_way();
        assert_eq!(terminal.contents(), "");
    }
}
