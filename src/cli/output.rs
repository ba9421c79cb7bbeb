//! The two streams: findings go to standard output, what hinders a run to standard error.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use factlint::problem::{Problem, Weight};
use factlint::report::human::Style;

use super::args::Color;
use super::inputs::shown;

/// Both streams, with or without colours.
pub(crate) struct Streams {
    /// Standard output, or the file that stands for it.
    out: Box<dyn Write>,
    style: Style,
    err: AutoStream<io::StderrLock<'static>>,
    /// Problems that were errors.
    errors: usize,
}

impl Streams {
    pub(crate) fn open(color: Color) -> Self {
        let choice = match color {
            // Asks NO_COLOR, CLICOLOR_FORCE and whether the stream is a terminal.
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let out = AutoStream::new(io::stdout().lock(), choice);
        let style = style_of(&out);
        Self {
            // What is rendered without colours needs nobody to take them out again.
            out: match style {
                Style::Plain => Box::new(out.into_inner()),
                Style::Coloured => Box::new(out),
            },
            style,
            err: AutoStream::new(io::stderr().lock(), choice),
            errors: 0,
        }
    }

    /// Lets the report go to a file, without colours.
    pub(crate) fn write_to(&mut self, path: &Path) -> Result<(), Problem> {
        let file = File::create(path).map_err(|error| Problem::of_file(shown(path), cannot_write(&error)))?;
        self.out = Box::new(BufWriter::new(file));
        self.style = Style::Plain;
        Ok(())
    }

    /// How a report for standard output is to be rendered.
    pub(crate) fn style(&self) -> Style {
        self.style
    }

    pub(crate) fn print(&mut self, text: &str) -> io::Result<()> {
        if text.is_empty() { Ok(()) } else { self.out.write_all(text.as_bytes()) }
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// A remark beside the report.
    pub(crate) fn note(&mut self, text: &str) {
        self.complain("note", text);
    }

    pub(crate) fn problem(&mut self, problem: &Problem) {
        if problem.weight == Weight::Error {
            self.errors += 1;
        }
        let text = rendered(problem, style_of(&self.err));
        // Nowhere is left to say that standard error is gone.
        let _ = self.err.write_all(text.as_bytes());
    }

    pub(crate) fn problems<'a>(&mut self, problems: impl IntoIterator<Item = &'a Problem>) {
        for problem in problems {
            self.problem(problem);
        }
    }

    /// An error that is of no one file.
    pub(crate) fn error(&mut self, text: &str) {
        self.errors += 1;
        self.complain("error", text);
    }

    /// Whether any problem was an error.
    pub(crate) fn failed(&self) -> bool {
        self.errors > 0
    }

    fn complain(&mut self, kind: &str, text: &str) {
        // Nowhere is left to say that standard error is gone.
        let _ = writeln!(self.err, "{kind}: {}", factlint::report::visible::line(text));
    }
}

/// Why a file could not be written, in words that are the same everywhere.
pub(crate) fn cannot_write(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "cannot write it: there is no such folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to write it".to_owned(),
        _ => format!("cannot write it: {error}"),
    }
}

fn style_of<S: anstream::stream::RawStream>(stream: &AutoStream<S>) -> Style {
    match stream.current_choice() {
        ColorChoice::Never => Style::Plain,
        _ => Style::Coloured,
    }
}

/// A problem as it is told: with its line of the file where it has one, else on one line. The one place
/// where problems are rendered.
fn rendered(problem: &Problem, style: Style) -> String {
    if problem.span.is_some() {
        return format!("{}\n", factlint::report::problem::render(problem, style == Style::Coloured));
    }
    let kind = match problem.weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
    };
    format!("{kind}: {}\n", factlint::report::visible::line(&problem.to_string()))
}

impl std::fmt::Debug for Streams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams").field("errors", &self.errors).finish_non_exhaustive()
    }
}

/// For when standard output is gone and no `Streams` are at hand.
pub(crate) fn last_words(text: &str) {
    let _ = writeln!(io::stderr(), "error: {text}");
}
