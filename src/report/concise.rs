//! One line each: for editors that jump to `path:line:column`, and for `grep`.

use std::fmt::Write as _;

use super::render::{Renderer, Reported, Run};
use super::rule_docs::word;
use super::visible;

/// `path:line:column: severity rule: message (sheet:line:column)`.
pub struct Concise {
    /// Findings only: no notes, no summary.
    pub quiet: bool,
}

impl Renderer for Concise {
    fn article(&self, article: &Reported<'_>) -> String {
        let mut out = String::new();
        let path = visible::line(&article.source().path);
        for found in article.findings() {
            let finding = found.finding;
            let _ = write!(
                out,
                "{path}:{}:{}: {} {}: {}",
                found.start.line,
                found.start.column,
                word(&finding.severity),
                visible::line(&finding.rule),
                visible::line(&finding.message),
            );
            if let Some((fact, place, _)) = found.fact {
                let sheet = visible::line(&fact.sheet.path);
                let _ = write!(out, " ({sheet}:{}:{})", place.line, place.column);
            }
            out.push('\n');
        }
        for note in article.checked.notes.iter().filter(|_| !self.quiet) {
            let _ = writeln!(out, "{path}: note: {}", visible::line(note));
        }
        out
    }

    fn end(&self, run: &Run<'_>) -> String {
        if self.quiet { String::new() } else { run.tally.to_string() }
    }
}
