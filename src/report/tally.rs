//! What a run looked at and what it found: the last lines of every report.

use std::fmt;
use std::ops::AddAssign;

use serde::Serialize;

use crate::finding::{Coverage, Finding, Severity, Trust};
use crate::suppress::{Silence, Silenced};

/// The sums of a run, in the order in which they are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Articles checked.
    pub articles: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    #[serde(flatten)]
    pub coverage: Coverage,
    /// Articles that were left out: not readable, or in a language that nothing is known of.
    pub skipped: usize,
    /// Articles that were checked without any fact sheet, since none applies to them. This key and those
    /// behind it are left out of JSON where there are none.
    #[serde(skip_serializing_if = "is_none")]
    pub without_sheet: usize,
    /// Findings that comments, sidecar files or a config suppress.
    #[serde(skip_serializing_if = "is_none")]
    pub suppressed: usize,
    /// Findings that the baseline has.
    #[serde(skip_serializing_if = "is_none")]
    pub known: usize,
    /// Findings of the baseline that are not there any more.
    #[serde(skip_serializing_if = "is_none")]
    pub gone: usize,
    /// Fixes that were written.
    #[serde(skip_serializing_if = "is_none")]
    pub fixed: usize,
    /// Findings whose fix is safe, and those whose fix is not. They are counted again with each run, and no
    /// format but those for people has them.
    #[serde(skip)]
    pub fixable: (usize, usize),
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

impl Tally {
    /// One article that was checked.
    pub fn of(findings: &[Finding], coverage: Coverage) -> Self {
        let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let fixes = |trust| {
            let told = findings.iter().filter(|finding| finding.severity != Severity::Off);
            told.filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.trust == trust).count()
        };
        Self {
            articles: 1,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            coverage,
            fixable: (fixes(Trust::Safe), fixes(Trust::Unsafe)),
            ..Self::default()
        }
    }

    /// The same article, with what was found in it and is not told.
    pub fn silenced(mut self, silenced: &[Silenced]) -> Self {
        self.known = silenced.iter().filter(|silenced| silenced.by == Silence::Baseline).count();
        self.suppressed = silenced.len() - self.known;
        self
    }

    /// One article that was left out.
    pub fn skipped() -> Self {
        Self { skipped: 1, ..Self::default() }
    }

    /// `; 2 suppressed; 3 in the baseline`: what was found and is not told, and what was told and is not found
    /// any more. Empty where there is none of it.
    pub(super) fn untold(&self) -> String {
        [
            (self.suppressed, "suppressed"),
            (self.known, "in the baseline"),
            (self.gone, "gone from the baseline"),
        ]
        .into_iter()
        .filter(|&(count, _)| count > 0)
        .map(|(count, what)| format!("; {count} {what}"))
        .collect()
    }

    /// Whether something was found that matters as much as `severity` or more.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.errors > 0 && severity <= Severity::Error
            || self.warnings > 0 && severity <= Severity::Warning
            || self.infos > 0 && severity <= Severity::Info
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
        self.coverage += other.coverage;
        self.skipped += other.skipped;
        self.without_sheet += other.without_sheet;
        self.suppressed += other.suppressed;
        self.known += other.known;
        self.gone += other.gone;
        self.fixed += other.fixed;
        self.fixable.0 += other.fixable.0;
        self.fixable.1 += other.fixable.1;
    }
}

/// Two lines: what was looked at, and what was found; a third where there is something to fix.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Coverage { names, dates, figures, uncovered, .. } = self.coverage;
        writeln!(
            f,
            "{}, {}, {} checked; {} no fact covers",
            Count(names, "name"),
            Count(dates, "date"),
            Count(figures, "figure"),
            Count(uncovered, "figure"),
        )?;
        write!(f, "{}, {}", Count(self.errors, "error"), Count(self.warnings, "warning"))?;
        if self.infos > 0 {
            write!(f, ", {} for information", self.infos)?;
        }
        write!(f, " in {}", Count(self.articles, "article"))?;
        if self.without_sheet > 0 {
            write!(f, "; {} without a fact sheet", Count(self.without_sheet, "article"))?;
        }
        if self.skipped > 0 {
            write!(f, "; {} left out", Count(self.skipped, "article"))?;
        }
        f.write_str(&self.untold())?;
        if self.fixed > 0 {
            write!(f, "; {} fixed", self.fixed)?;
        }
        writeln!(f)?;
        match self.fixable {
            (0, 0) => Ok(()),
            (safe, 0) => writeln!(f, "{safe} can be fixed with --fix"),
            (0, other) => writeln!(f, "{other} can be fixed with --fix --unsafe-fixes"),
            (safe, other) => writeln!(f, "{safe} can be fixed with --fix, {other} more with --unsafe-fixes"),
        }
    }
}

/// `1 name`, `2 names`.
pub(super) struct Count(pub(super) usize, pub(super) &'static str);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, what) = self;
        write!(f, "{count} {what}{}", if *count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_was_looked_at_and_what_was_found() {
        let coverage = Coverage { names: 61, dates: 14, figures: 9, uncovered: 3, ..Coverage::default() };
        let tally = Tally { articles: 3, errors: 2, warnings: 1, coverage, ..Tally::default() };
        assert_eq!(
            tally.to_string(),
            "61 names, 14 dates, 9 figures checked; 3 figures no fact covers\n2 errors, 1 warning in 3 articles\n"
        );
        let tally = Tally { articles: 1, infos: 1, skipped: 1, ..Tally::default() };
        assert_eq!(
            tally.to_string(),
            "0 names, 0 dates, 0 figures checked; 0 figures no fact covers\n\
             0 errors, 0 warnings, 1 for information in 1 article; 1 article left out\n"
        );
    }

    #[test]
    fn says_what_was_found_and_is_not_told() {
        let tally = Tally { articles: 1, suppressed: 2, known: 3, gone: 1, ..Tally::default() };
        assert!(
            tally.to_string().ends_with(
                "0 errors, 0 warnings in 1 article; 2 suppressed; 3 in the baseline; 1 gone from the baseline\n"
            ),
            "{tally}"
        );
    }

    #[test]
    fn severities_are_thresholds() {
        let warned = Tally { warnings: 1, ..Tally::default() };
        assert!(!warned.reaches(Severity::Error));
        assert!(warned.reaches(Severity::Warning));
        assert!(warned.reaches(Severity::Info));
        assert!(!Tally::default().reaches(Severity::Info));
    }
}
