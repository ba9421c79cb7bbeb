//! Workflow commands by which GitHub Actions shows findings beside the lines of a pull request.

use std::fmt::Write as _;

use super::render::{Remark, RemarkKind, Renderer, Reported, Run};
use crate::finding::Severity;

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`.
pub struct Github {
    /// Findings and errors only: no notes, no warnings about files, no summary.
    pub quiet: bool,
}

impl Renderer for Github {
    fn article(&self, article: &Reported<'_>) -> String {
        let mut out = String::new();
        let path = property(&article.source().path);
        for found in article.findings() {
            let finding = found.finding;
            let command = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Off => "notice",
            };
            let (start, end) = (found.start, found.end);
            let _ = write!(out, "::{command} file={path},line={}", start.line);
            // GitHub refuses columns where an annotation has several lines.
            let _ = match start.line == end.line {
                true => write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column),
                false => write!(out, ",endLine={}", end.line),
            };
            let mut message = finding.message.clone();
            if let Some((fact, place, _)) = found.fact {
                let _ = write!(message, "\n{}: {}:{}", fact.id, fact.sheet.path, place.line);
            }
            for note in &finding.notes {
                let _ = write!(message, "\n{note}");
            }
            let _ = writeln!(out, ",title={}::{}", property(&finding.rule), data(&message));
        }
        for note in article.checked.notes.iter().filter(|_| !self.quiet) {
            let _ = writeln!(out, "::notice file={path},title=factlint::{}", data(note));
        }
        out
    }

    fn left_out(&self, path: &str, why: &[Remark]) -> String {
        // Sheets have theirs once, however many articles they belong to.
        why.iter().filter(|remark| remark.path.as_deref() == Some(path)).map(|own| self.remark(own)).collect()
    }

    fn remark(&self, remark: &Remark) -> String {
        let command = match remark.kind {
            RemarkKind::Error => "error",
            RemarkKind::Warning if !self.quiet => "warning",
            // Notes stand with their articles.
            RemarkKind::Warning | RemarkKind::Note => return String::new(),
        };
        let mut out = format!("::{command} ");
        if let Some(path) = &remark.path {
            let _ = write!(out, "file={},", property(path));
        }
        if let Some(place) = remark.place {
            let _ = write!(out, "line={},col={},", place.line, place.column);
        }
        let _ = writeln!(out, "title=factlint::{}", data(&remark.to_string()));
        out
    }

    fn end(&self, run: &Run<'_>) -> String {
        if self.quiet {
            return String::new();
        }
        format!("::notice title=factlint::{}\n", data(run.tally.to_string().trim_end()))
    }
}

/// The text of a command: what would end its line is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: what would end it is escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
