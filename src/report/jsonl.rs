//! Findings as JSON Lines, one a line, for other programs.

use serde::Serialize;

use super::Tally;
use super::fingerprint::Fingerprints;
use crate::finding::{Finding, Severity, Verdict};
use crate::source::{Places, Source};

/// One finding. The order of the keys is part of the format.
#[derive(Serialize)]
struct Line<'a> {
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
    fingerprint: String,
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
}

/// Every finding of one article. `Off` is told to nobody.
pub fn findings(source: &Source, findings: &[Finding]) -> String {
    let (mut starts, mut ends) = (Places::new(source), Places::new(source));
    let mut fingerprints = Fingerprints::default();
    let mut out = String::new();
    for finding in findings.iter().filter(|finding| finding.severity != Severity::Off) {
        let (place, end) = (starts.place(finding.span.start), ends.place(finding.span.end));
        push(
            &mut out,
            &Line {
                path: &source.path,
                line: place.line,
                column: place.column,
                end_line: end.line,
                end_column: end.column,
                start: finding.span.start,
                end: finding.span.end,
                rule: &finding.rule,
                severity: finding.severity,
                verdict: finding.verdict,
                text: &finding.text,
                expected: finding.expected.as_deref(),
                message: &finding.message,
                fact: finding.fact.as_ref().map(|fact| Fact {
                    sheet: &fact.sheet.path,
                    id: &fact.id,
                    line: fact.sheet.place(fact.span.start).line,
                }),
                fix: finding.fix.as_ref().map(|fix| Fix { replacement: &fix.replacement }),
                fingerprint: fingerprints.of(&source.path, &source.text, finding),
            },
        );
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
