//! Findings as JSON Lines, one a line, for other programs.

use serde::Serialize;

use super::Tally;
use super::render::{Located, Renderer, Reported, Run, located};
use crate::finding::{Finding, Severity, Trust, Verdict};
use crate::source::Source;
use crate::suppress::Silence;

/// JSON Lines, written as the articles come.
pub struct Jsonl;

impl Renderer for Jsonl {
    fn article(&self, article: &Reported<'_>) -> String {
        let mut out = String::new();
        for found in article.findings() {
            push(&mut out, &Line::of(article.source(), &found));
        }
        out
    }

    fn end(&self, run: &Run<'_>) -> String {
        summary(&run.tally)
    }

    fn tells_notes(&self) -> bool {
        false
    }
}

/// One finding. The order of the keys is part of the format.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    /// That of the first code point behind the span.
    end_column: u32,
    /// Bytes of the file.
    start: usize,
    end: usize,
    rule: &'a str,
    severity: Severity,
    verdict: Verdict,
    text: &'a str,
    expected: Option<&'a str>,
    message: &'a str,
    fact: Option<Fact<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
    fingerprint: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressed: Option<Suppressed<'a>>,
}

/// Why a finding is not told.
#[derive(Serialize)]
struct Suppressed<'a> {
    /// As in SARIF: `inSource` or `external`.
    kind: &'static str,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Fact<'a> {
    sheet: &'a str,
    id: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Fix<'a> {
    replacement: &'a str,
    trust: Trust,
}

impl<'a> Line<'a> {
    pub(super) fn of(source: &'a Source, found: &'a Located<'a>) -> Self {
        let finding = found.finding;
        Self {
            path: &source.path,
            line: found.start.line,
            column: found.start.column,
            end_line: found.end.line,
            end_column: found.end.column,
            start: finding.span.start,
            end: finding.span.end,
            rule: &finding.rule,
            severity: finding.severity,
            verdict: finding.verdict,
            text: &finding.text,
            expected: finding.expected.as_deref(),
            message: &finding.message,
            fact: found.fact.map(|(fact, place, _)| Fact {
                sheet: &fact.sheet.path,
                id: &fact.id,
                line: place.line,
            }),
            fix: finding.fix.as_ref().map(|fix| Fix { replacement: &fix.replacement, trust: fix.trust }),
            fingerprint: &found.fingerprint,
            notes: &finding.notes,
            suppressed: found
                .silence
                .and_then(Silence::of_desk)
                .map(|(kind, reason)| Suppressed { kind, reason }),
        }
    }
}

/// Every finding of one article. `Off` is told to nobody.
pub fn findings(source: &Source, findings: &[Finding]) -> String {
    let mut out = String::new();
    for found in located(source, findings) {
        push(&mut out, &Line::of(source, &found));
    }
    out
}

/// The last line.
pub fn summary(tally: &Tally) -> String {
    #[derive(Serialize)]
    struct Summary<'a> {
        summary: &'a Tally,
    }
    let mut out = String::new();
    push(&mut out, &Summary { summary: tally });
    out
}

/// One line. Strings, numbers and such as these always serialise; a line that did not would be left out.
pub(super) fn push(out: &mut String, line: &impl Serialize) {
    if let Ok(line) = serde_json::to_string(line) {
        out.push_str(&line);
        out.push('\n');
    }
}
