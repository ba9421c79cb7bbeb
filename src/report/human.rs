//! Findings as people read them: the copy's line with the span marked, the sheet's line below it.

use annotate_snippets::{AnnotationKind, Level, Origin, Padding, Renderer, Snippet};

use super::render::{self, Reported, Run};
use super::visible;
use super::window::{Window, window};
use crate::finding::{FactRef, Finding, Severity, Trust};
use crate::source::{Place, Places, Source};

/// Whether a report has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Coloured,
}

impl Style {
    fn renderer(self) -> Renderer {
        match self {
            Self::Plain => Renderer::plain(),
            Self::Coloured => Renderer::styled(),
        }
        // Windows are cut to fit; the renderer must not cut them again.
        .term_width(1_000)
    }
}

/// Findings with both their ends, as people read them.
pub struct Human {
    pub style: Style,
    /// Findings only: no notes, no summary.
    pub quiet: bool,
}

impl render::Renderer for Human {
    fn article(&self, article: &Reported<'_>) -> String {
        let source = article.source();
        let mut out = findings(source, &article.checked.findings, self.style);
        for note in article.checked.notes.iter().filter(|_| !self.quiet) {
            let note = format!("{}: {note}", source.path);
            out.push_str(&format!("note: {}\n\n", visible::line(&note)));
        }
        out
    }

    fn end(&self, run: &Run<'_>) -> String {
        if self.quiet { String::new() } else { run.tally.to_string() }
    }
}

/// Every finding of one article, each followed by an empty line. `Off` is told to nobody.
pub fn findings(source: &Source, findings: &[Finding], style: Style) -> String {
    let renderer = style.renderer();
    let mut places = Places::new(source);
    let mut out = String::new();
    for finding in findings {
        let level = match finding.severity {
            Severity::Off => continue,
            Severity::Info => Level::INFO,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let place = places.place(finding.span.start);
        out.push_str(&one(&renderer, level, source, place, finding));
        out.push_str("\n\n");
    }
    out
}

fn one(renderer: &Renderer, level: Level<'_>, source: &Source, place: Place, finding: &Finding) -> String {
    let copy = window(&source.text, finding.span.clone());
    let marked = AnnotationKind::Primary.span(copy.span.clone());
    let mut group = level
        .primary_title(visible::line(&finding.message))
        .id(visible::line(&finding.rule))
        .element(origin(&source.path, place))
        .element(snippet(&copy, place).annotation(marked));
    if let Some(FactRef { sheet, id, span }) = &finding.fact {
        let place = sheet.place(span.start);
        let shown = window(&sheet.text, span.clone());
        let marked = AnnotationKind::Context.span(shown.span.clone()).label(visible::line(id));
        group = group
            .element(Padding)
            .element(origin(&sheet.path, place))
            .element(snippet(&shown, place).annotation(marked));
    }
    for note in &finding.notes {
        group = group.element(Level::NOTE.message(visible::line(note)));
    }
    if let Some(fix) = &finding.fix {
        let help = match (fix.replacement.as_str(), fix.trust) {
            ("", _) => Some("take it out".to_owned()),
            (replacement, Trust::Safe) => Some(format!("write `{}`", visible::line(replacement))),
            (replacement, Trust::Unsafe) => {
                Some(format!("perhaps `{}` (an unsafe fix)", visible::line(replacement)))
            }
            // Most messages say it themselves.
            (replacement, Trust::DisplayOnly) if finding.message.contains(replacement) => None,
            (replacement, Trust::DisplayOnly) => Some(format!("perhaps `{}`", visible::line(replacement))),
        };
        if let Some(help) = help {
            group = group.element(Level::HELP.message(help));
        }
    }
    without_marks(&renderer.render(&[group]))
}

/// A place as its own element: the renderer would count the column from the beginning of the window.
fn origin(path: &str, place: Place) -> Origin<'_> {
    Origin::path(visible::line(path)).line(place.line as usize).char_column(place.column as usize)
}

fn snippet<'a>(window: &Window, place: Place) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    Snippet::source(window.text.clone()).line_start(place.line as usize)
}

/// The renderer puts a `:::` of its own before a snippet whose place stands in another element, which
/// then has nothing to say. Every line of copy has a number in front, so none can look like it.
fn without_marks(report: &str) -> String {
    let kept: Vec<&str> = report.lines().filter(|line| !is_mark(line)).collect();
    kept.join("\n")
}

fn is_mark(line: &str) -> bool {
    let mut rest = line;
    let mut colons = 0;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            ' ' => {}
            ':' => colons += 1,
            '\u{1b}' => rest = rest.split_once('m').map_or("", |(_, rest)| rest),
            _ => return false,
        }
    }
    colons == 3
}
