//! The whole run as one JSON document.

use serde::Serialize;

use super::Tally;
use super::jsonl::Line;
use super::render::{Keeps, Remark, RemarkKind, Renderer, Reported, Run};

/// `{"format":1,"findings":[…],"notes":[…],"problems":[…],"skipped":[…],"summary":{…}}`, one finding a line.
pub struct Json;

impl Renderer for Json {
    fn begin(&self) -> String {
        "{\"format\":1,\"findings\":[\n".to_owned()
    }

    fn article(&self, article: &Reported<'_>) -> String {
        let lines: Vec<String> = article
            .findings()
            .filter_map(|found| serde_json::to_string(&Line::of(article.source(), &found)).ok())
            .collect();
        lines.join(",\n")
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
        format!("\n],{}\n", rest.strip_prefix('{').unwrap_or("}"))
    }

    fn keeps(&self) -> Keeps {
        Keeps::Remarks
    }
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
