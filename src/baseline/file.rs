//! The file of a baseline: JSON, one entry a line, so that a diff shows what came and what went.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::source::{BYTE_ORDER_MARK, Source};

/// The number of the shape that is written here.
const FORMAT: u64 = 1;

/// One finding that is known. The order of the keys is that of the file, and entries are ordered by them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The article, from the folder of the baseline, with forward slashes.
    pub path: String,
    pub rule: String,
    /// What the copy says there.
    pub text: String,
    /// For people: what was said of it when the baseline was written.
    pub message: String,
    /// What it is known by.
    pub fingerprint: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: u64,
    findings: Vec<Entry>,
}

/// All that is read of a file of another format.
#[derive(Deserialize)]
struct Head {
    format: u64,
}

const HELP: &str = "mend it, or delete it and write it anew with `factlint baseline`";

pub(super) fn read(source: &Arc<Source>) -> Result<Vec<Entry>, Problem> {
    let text = source.text.trim_start_matches(BYTE_ORDER_MARK);
    if text.trim().is_empty() {
        return Err(Problem::of_file(source.path.as_str(), "the baseline is empty").help(HELP));
    }
    let broken = |error: serde_json::Error| {
        let said = error.to_string();
        // The place is told with the problem.
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        let base = source.text.len() - text.len();
        Problem::at(source, place(text, base, &error), format!("the baseline cannot be read: {said}"))
            .help(HELP)
    };
    let head: Head = serde_json::from_str(text).map_err(broken)?;
    if head.format != FORMAT {
        let message =
            format!("the baseline has format {}, and this factlint knows {FORMAT} only", head.format);
        return Err(Problem::of_file(source.path.as_str(), message).key("format").help(
            "use the factlint that wrote it, or delete it and write it anew with `factlint baseline`",
        ));
    }
    serde_json::from_str(text).map(|file: File| file.findings).map_err(broken)
}

/// Where an error is; it counts lines from 1, and columns in bytes.
fn place(text: &str, base: usize, error: &serde_json::Error) -> Range<usize> {
    let start = match error.line() {
        0 | 1 => 0,
        line => memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 2).map_or(text.len(), |at| at + 1),
    };
    let at = base + text.floor_char_boundary(start + error.column().saturating_sub(1));
    at..at
}

pub(super) fn write<'e>(entries: impl Iterator<Item = &'e Entry>) -> String {
    let lines: Vec<String> = entries
        // Texts always serialise; an entry that did not would be told as new.
        .filter_map(|entry| Some(format!("\n    {}", serde_json::to_string(entry).ok()?)))
        .collect();
    let end = if lines.is_empty() { "" } else { "\n  " };
    format!("{{\n  \"format\": {FORMAT},\n  \"findings\": [{}{end}]\n}}\n", lines.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        match read(&Arc::new(Source::new("b.json", text))) {
            Ok(entries) => format!("{} entries", entries.len()),
            Err(problem) => problem.to_string(),
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        for (text, expected) in [
            ("\u{feff}{\r\n\"format\": 1, \"findings\": []}", "0 entries"),
            ("", "b.json: the baseline is empty"),
            (
                "{\"format\": 2, \"found\": {}}",
                "b.json: the baseline has format 2, and this factlint knows 1 only",
            ),
            ("{\"findings\": []}", "b.json:1:16: the baseline cannot be read: missing field `format`"),
            (
                "{\"format\": 1,\n<<<<<<< HEAD",
                "b.json:2:1: the baseline cannot be read: key must be a string",
            ),
            (
                "{\"format\": 1, \"findings\": [{\"path\": \"a\", \"rul\": 1}]}",
                "b.json:1:46: the baseline cannot be read: unknown field `rul`",
            ),
            ("{\"format\": 1, \"findings\": [", "b.json:1:27: the baseline cannot be read: EOF"),
        ] {
            let problem = problem(text);
            assert!(problem.starts_with(expected), "{problem}");
        }
    }

    #[test]
    fn an_empty_baseline_is_a_file_too() {
        assert_eq!(write(std::iter::empty()), "{\n  \"format\": 1,\n  \"findings\": []\n}\n");
    }
}
