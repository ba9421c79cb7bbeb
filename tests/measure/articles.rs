//! Articles with what a careful editor marks in them, checked against the sheet of the examples.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use factlint::article::load;
use factlint::engine::{PreparedSheet, Request, Scratches};
use factlint::finding::{Finding, Severity};
use factlint::source::Source;
use serde::Deserialize;

use crate::contract::Program;
use crate::floors::{self, Counts, read_yaml};
use crate::support;

/// What one article is to give.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    language: String,
    errors: Vec<Mark>,
    /// Texts that may carry a warning.
    #[serde(default)]
    may_warn: Vec<String>,
    /// Texts that may carry neither an error nor a warning.
    #[serde(default)]
    must_pass: Vec<String>,
}

/// One error: a text by which occurrence it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    text: String,
    /// Counted from 1.
    #[serde(default = "first")]
    occurrence: usize,
    expected: String,
    class: String,
}

fn first() -> usize {
    1
}

/// Measures the articles beside an `expected.yaml`; what fails.
pub(crate) fn measure(file: &Path, floors: &floors::Articles, program: &Program) -> Vec<String> {
    let expected: BTreeMap<String, Expected> = read_yaml(&file.to_string_lossy());
    let folder = file.parent().unwrap_or(Path::new(""));
    let engine = support::engine();
    let sheet_path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&floors.sheet);
    let sheet = std::fs::read_to_string(&sheet_path).expect("the sheet can be read");
    let sheet = Arc::new(Source::new(floors.sheet.as_str(), sheet));
    let sheet: Arc<PreparedSheet> = match engine.load_sheet(&sheet) {
        Ok((sheet, _)) => Arc::new(sheet),
        Err(problems) => panic!("{problems:?}"),
    };
    let sheets = [sheet];
    let mut scratches = Scratches::default();
    let mut counts = Counts::default();
    let mut failures = Vec::new();
    for (name, expected) in &expected {
        let path = folder.join(name);
        let bytes = std::fs::read(&path).expect("a marked article is there");
        let article = load::load(name, bytes).expect("a marked article is text").article;
        let date = floors
            .reference
            .iter()
            .filter(|(beginning, _)| name.starts_with(beginning.as_str()))
            .max_by_key(|(beginning, _)| beginning.len())
            .map(|(_, &date)| date);
        let request = Request { article: &article, language: &expected.language, sheets: &sheets, date };
        let checked = engine.check(&request, &mut scratches);
        let judged = Judged { text: &article.source.text, findings: &checked.findings };
        failures.extend(judged.judge(name, expected, floors, &mut counts));
        failures.extend(program.compare_findings(
            &path,
            &sheet_path,
            &expected.language,
            date,
            &checked.findings,
        ));
    }
    let floor = BTreeMap::from([("error".to_owned(), BTreeMap::from([("all".to_owned(), floors.found)]))]);
    failures.extend(counts.judge("articles", &floor));
    failures
}

struct Judged<'a> {
    text: &'a str,
    findings: &'a [Finding],
}

impl Judged<'_> {
    fn judge(
        &self,
        name: &str,
        expected: &Expected,
        floors: &floors::Articles,
        counts: &mut Counts,
    ) -> Vec<String> {
        let mut failures = Vec::new();
        let mut marked: Vec<Range<usize>> = Vec::new();
        for mark in &expected.errors {
            let Some(span) = self.place(mark) else {
                failures.push(format!("{name}: {:?} does not stand there", mark.text));
                continue;
            };
            let found = self.at(&span, Severity::Error).next();
            let later = floors.later.classes.contains(&mark.class) || floors.later.texts.contains(&mark.text);
            let kind = if later { "later" } else { "error" };
            counts.add(kind, &expected.language, found.is_some());
            match found {
                Some(finding) => {
                    let told = finding.expected.as_deref().unwrap_or("-");
                    println!("found: {name} {:?} -> {told:?} (marked {:?})", mark.text, mark.expected);
                }
                None => println!("unsolved ({kind}): {name} {:?} -> {:?}", mark.text, mark.expected),
            }
            marked.push(span);
        }
        let may_warn: Vec<Range<usize>> =
            expected.may_warn.iter().flat_map(|text| self.occurrences(text)).collect();
        for finding in self.findings {
            let within = |spans: &[Range<usize>]| spans.iter().any(|span| overlap(span, &finding.span));
            if finding.severity == Severity::Error && !within(&marked) {
                failures.push(format!("{name}: false error {:?}: {}", finding.text, finding.message));
            } else if finding.severity == Severity::Warning {
                let mark = if within(&may_warn) { "expected" } else { "further" };
                println!("{mark} warning: {name} {:?}: {}", finding.text, finding.message);
            }
        }
        for text in &expected.must_pass {
            let mut spans = self.occurrences(text).peekable();
            if spans.peek().is_none() {
                failures.push(format!("{name}: {text:?} does not stand there"));
            }
            for finding in spans.flat_map(|span| self.at(&span, Severity::Warning)) {
                failures.push(format!("{name}: {text:?} must pass: {}", finding.message));
            }
        }
        failures
    }

    /// Where a mark stands. A text that stands by itself once only is that one, however its occurrences
    /// inside of longer words were counted.
    fn place(&self, mark: &Mark) -> Option<Range<usize>> {
        let mut alone = self.occurrences(&mark.text).filter(|span| {
            let before = self.text.get(..span.start).and_then(|head| head.chars().next_back());
            let after = self.text.get(span.end..).and_then(|tail| tail.chars().next());
            ![before, after].iter().flatten().any(|letter| letter.is_alphanumeric())
        });
        match (alone.next(), alone.next()) {
            (Some(span), None) => Some(span),
            _ => self.occurrences(&mark.text).nth(mark.occurrence.saturating_sub(1)),
        }
    }

    fn occurrences<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.text.match_indices(text).map(|(start, found)| start..start + found.len())
    }

    /// Findings of at least this severity that overlap a span.
    fn at(&self, span: &Range<usize>, severity: Severity) -> impl Iterator<Item = &Finding> + use<'_> {
        let span = span.clone();
        self.findings
            .iter()
            .filter(move |finding| finding.severity >= severity && overlap(&finding.span, &span))
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
