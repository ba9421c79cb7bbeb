//! The whole run as one JSON document.

use serde::Serialize;

use super::Tally;
use super::jsonl::Line;
use super::render::{Keeps, Located, Remark, RemarkKind, Renderer, Reported, Run};
use crate::suppress::Silence;

/// `{"format":1,"findings":[…],"notes":[…],"problems":[…],"skipped":[…],"summary":{…},"suppressed":[…]}`, one
/// finding a line. The last key is there where something was suppressed.
pub struct Json;

impl Renderer for Json {
    fn begin(&self) -> String {
        "{\"format\":1,\"findings\":[\n".to_owned()
    }

    fn article(&self, article: &Reported<'_>) -> String {
        lines(article, article.findings())
    }

    fn aside(&self, article: &Reported<'_>) -> String {
        if article.checked.silenced.is_empty() {
            return String::new();
        }
        lines(article, article.all().filter(|found| found.silence.and_then(Silence::of_desk).is_some()))
    }

    fn joint(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, run: &Run<'_>) -> String {
        let of = |notes: bool| {
            let is_told = move |remark: &&Remark| (remark.kind == RemarkKind::Note) == notes;
            run.remarks.iter().filter(is_told).map(Told::of).collect()
        };
        let rest = Rest { notes: of(true), problems: of(false), skipped: run.skipped, summary: run.tally };
        let rest = serde_json::to_string(&rest).unwrap_or_default();
        let rest = rest.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
        let suppressed = match run.asides.join(",\n") {
            suppressed if suppressed.is_empty() => String::new(),
            suppressed => format!(",\"suppressed\":[\n{suppressed}\n]"),
        };
        format!("\n],{rest}{suppressed}}}\n")
    }

    fn keeps(&self) -> Keeps {
        Keeps::Remarks
    }
}

/// Findings, one a line.
fn lines<'a>(article: &Reported<'_>, found: impl Iterator<Item = Located<'a>>) -> String {
    let lines: Vec<String> =
        found.filter_map(|found| serde_json::to_string(&Line::of(article.source(), &found)).ok()).collect();
    lines.join(",\n")
}

/// What stands behind the findings.
#[derive(Serialize)]
struct Rest<'a> {
    notes: Vec<Told<'a>>,
    problems: Vec<Told<'a>>,
    skipped: &'a [String],
    summary: Tally,
}

#[derive(Serialize)]
struct Told<'a> {
    severity: RemarkKind,
    path: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl<'a> Told<'a> {
    fn of(remark: &'a Remark) -> Self {
        Self {
            severity: remark.kind,
            path: remark.path.as_deref(),
            line: remark.place.map(|place| place.line),
            column: remark.place.map(|place| place.column),
            message: &remark.message,
            key: remark.key.as_deref(),
            help: remark.help.as_deref(),
        }
    }
}
