//! JUnit's XML, which most CI systems show: a test suite for each article, a test case for each finding.
//!
//! A document is written article by article, so the root has no sums; readers add up those of the suites.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::human::{self, Style};
use super::render::{Remark, RemarkKind, Renderer, Reported, Run};
use super::visible;
use crate::finding::{Coverage, Severity};

/// See the [module](self).
pub struct Junit {
    /// From this severity on a finding is a failure; below it is a case that passes, with its text as output.
    pub threshold: Option<Severity>,
    /// What is wrong with the article as a whole, where it was checked all the same.
    pub error: Option<String>,
}

impl Renderer for Junit {
    fn begin(&self) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"factlint\">\n".to_owned()
    }

    fn article(&self, article: &Reported<'_>) -> String {
        let path = attribute(&article.source().path);
        let (mut cases, mut tests, mut failures, mut errors) = (String::new(), 0, 0, 0);
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        for found in article.findings() {
            let finding = found.finding;
            tests += 1;
            let mut name = format!("{}: {}", finding.rule, finding.message);
            // Readers tell cases apart by their names, from one run to the next; so there is no line in it.
            let times = seen.entry(name.clone()).or_default();
            *times += 1;
            if *times > 1 {
                let _ = write!(name, " ({times})");
            }
            let _ = writeln!(
                cases,
                "    <testcase name=\"{}\" classname=\"{path}\" file=\"{path}\" line=\"{}\">",
                attribute(&name),
                found.start.line
            );
            let shown = content(
                human::findings(article.source(), std::slice::from_ref(finding), Style::Plain).trim_end(),
            );
            if self.threshold.is_some_and(|threshold| finding.severity >= threshold) {
                failures += 1;
                let _ = writeln!(
                    cases,
                    "      <failure message=\"{}\" type=\"{}\">{shown}</failure>",
                    attribute(&finding.message),
                    attribute(&finding.rule)
                );
            } else {
                let _ = writeln!(cases, "      <system-out>{shown}</system-out>");
            }
            cases.push_str("    </testcase>\n");
        }
        if let Some(error) = &self.error {
            (tests, errors) = (tests + 1, 1);
            let _ = writeln!(
                cases,
                "    <testcase name=\"is checked\" classname=\"{path}\" file=\"{path}\">\n      <error \
                 message=\"{}\"/>\n    </testcase>",
                attribute(error)
            );
        }
        if tests == 0 {
            tests = 1;
            let _ =
                writeln!(cases, "    <testcase name=\"no findings\" classname=\"{path}\" file=\"{path}\"/>");
        }
        let Coverage { names, dates, figures, uncovered, .. } = article.checked.coverage;
        let mut properties = String::new();
        for (name, value) in
            [("names", names), ("dates", dates), ("figures", figures), ("uncovered", uncovered)]
        {
            let _ = writeln!(properties, "      <property name=\"{name}\" value=\"{value}\"/>");
        }
        let mut notes = String::new();
        for note in &article.checked.notes {
            let _ = writeln!(notes, "    <system-out>{}</system-out>", content(note));
        }
        format!(
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"0\">\n    \
             <properties>\n{properties}    </properties>\n{cases}{notes}  </testsuite>\n"
        )
    }

    fn left_out(&self, path: &str, why: &[Remark]) -> String {
        let errors = why.iter().any(|remark| remark.kind == RemarkKind::Error);
        let told = |remark: &Remark| match &remark.path {
            Some(other) if other != path => format!("{other}: {remark}"),
            _ => remark.to_string(),
        };
        let why: Vec<String> = why.iter().map(told).collect();
        let path = attribute(path);
        let why = attribute(&why.join("; "));
        let (element, errors, skipped) = if errors { ("error", 1, 0) } else { ("skipped", 0, 1) };
        format!(
            "  <testsuite name=\"{path}\" tests=\"1\" failures=\"0\" errors=\"{errors}\" skipped=\"{skipped}\">\n    \
             <testcase name=\"is checked\" classname=\"{path}\" file=\"{path}\">\n      \
             <{element} message=\"{why}\"/>\n    </testcase>\n  </testsuite>\n"
        )
    }

    fn remark(&self, remark: &Remark) -> String {
        match (remark.kind, &remark.path) {
            (RemarkKind::Error, Some(path)) => self.left_out(path, std::slice::from_ref(remark)),
            _ => String::new(),
        }
    }

    fn end(&self, _run: &Run<'_>) -> String {
        "</testsuites>\n".to_owned()
    }
}

/// Text on one line for the value of an attribute.
fn attribute(text: &str) -> String {
    escape(&visible::line(text))
}

/// Text between tags. Its lines stay.
fn content(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| escape(&visible::line(line))).collect();
    lines.join("\n")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no way to write these two.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
