//! Problems of inputs as people read them: the message, the place, the line with a caret, what to do.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Padding, Renderer, Snippet};

use crate::problem::{Problem, Weight};
use crate::source::Source;

/// The most characters of a line that are shown; around the place where it is longer.
const WINDOW: usize = 120;

/// How many of them stand before the place.
const BEFORE: usize = 50;

/// Two places are shown in one piece of the file where it is no longer than this, in bytes.
const PIECE: usize = 1 << 16;

/// Renders one problem, with a newline at its end; `styled`: with colours.
pub fn render(problem: &Problem, styled: bool) -> String {
    let level = match problem.weight {
        Weight::Error => Level::ERROR,
        Weight::Warning => Level::WARNING,
    };
    let message = visible(&problem.message);
    let mut group = level.primary_title(message.as_ref()).elements(Vec::<Element<'_>>::new());
    let path = visible(&problem.path);
    let pieces = pieces(problem);
    if pieces.is_empty() {
        group = group.element(Origin::path(path.as_ref()));
    }
    for piece in &pieces {
        let mut snippet =
            Snippet::source(piece.text.as_str()).line_start(piece.line).path(path.as_ref()).fold(true);
        for mark in &piece.marks {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            snippet = snippet.annotation(kind.span(mark.span.clone()).label(mark.label.as_deref()));
        }
        group = group.element(snippet);
    }
    let key = problem.key.as_deref().map(visible);
    let help = problem.help.as_deref().map(visible);
    if !pieces.is_empty() && (key.is_some() || help.is_some()) {
        group = group.element(Padding);
    }
    if let Some(key) = &key {
        group = group.element(Level::NOTE.with_name("at").message(key.as_ref()));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_ref()));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    // The pieces are narrow enough; the renderer shall not cut them by the terminal's width.
    let mut text = renderer.term_width(WINDOW * 4).render(&[group]);
    for piece in &pieces {
        // Of a line that was cut, the renderer knows the column within the cut only.
        if let Some((shown, real)) = piece.columns {
            let place = |column: usize| format!("{path}:{}:{column}", piece.line);
            text = text.replacen(&place(shown), &place(real), 1);
        }
    }
    text.push('\n');
    text
}

/// A part of the file with its marks.
struct Piece {
    /// The number of its first line.
    line: usize,
    text: String,
    marks: Vec<Mark>,
    /// Of a line that was cut: the column of the place in the cut, and in the line.
    columns: Option<(usize, usize)>,
}

struct Mark {
    /// Bytes of the piece's text.
    span: Range<usize>,
    primary: bool,
    label: Option<String>,
}

/// The problem's place, and the other one: in one piece where they are near, else in two.
fn pieces(problem: &Problem) -> Vec<Piece> {
    let (Some(source), Some(span)) = (&problem.source, &problem.span) else { return Vec::new() };
    let first = Line::at(source, span);
    let Some((other, label)) = &problem.other else { return vec![first.piece(true, None)] };
    let label = visible(label).into_owned();
    let second = Line::at(source, other);
    let start = first.bytes.start.min(second.bytes.start);
    let end = first.bytes.end.max(second.bytes.end);
    if first.is_long() || second.is_long() || end - start > PIECE {
        return vec![first.piece(true, None), second.piece(false, Some(label))];
    }
    let mark = |line: &Line<'_>| line.span.start - start..line.span.end - start;
    vec![Piece {
        line: first.number.min(second.number),
        text: source.text.get(start..end).unwrap_or_default().to_owned(),
        marks: vec![
            Mark { span: mark(&first), primary: true, label: None },
            Mark { span: mark(&second), primary: false, label: Some(label) },
        ],
        columns: None,
    }]
}

/// The line of a place. Of a place of several lines it is the first.
struct Line<'a> {
    number: usize,
    column: usize,
    text: &'a str,
    /// The line's bytes of the file, without its end.
    bytes: Range<usize>,
    /// The place's bytes of the file within the line.
    span: Range<usize>,
}

impl<'a> Line<'a> {
    fn at(source: &'a Source, span: &Range<usize>) -> Self {
        let text = source.text.as_str();
        let start = text.floor_char_boundary(span.start);
        let from = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
        let rest = text.get(from..).unwrap_or_default();
        let line = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let to = from + line.len();
        let start = start.min(to);
        let end = text.floor_char_boundary(span.end).clamp(start, to);
        let place = source.place(start);
        Self {
            number: place.line as usize,
            column: place.column as usize,
            text: line,
            bytes: from..to,
            span: start..end,
        }
    }

    fn is_long(&self) -> bool {
        self.text.len() > WINDOW && self.text.chars().nth(WINDOW).is_some()
    }

    /// The line alone, or the part of it around the place.
    fn piece(&self, primary: bool, label: Option<String>) -> Piece {
        let (start, end) = (self.span.start - self.bytes.start, self.span.end - self.bytes.start);
        if !self.is_long() {
            let marks = vec![Mark { span: start..end, primary, label }];
            return Piece { line: self.number, text: self.text.to_owned(), marks, columns: None };
        }
        let before = self.text.get(..start).unwrap_or_default();
        let from = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        let rest = self.text.get(from..).unwrap_or_default();
        let to = rest.char_indices().nth(WINDOW).map_or(self.text.len(), |(at, _)| from + at);
        let mut text = String::new();
        if from > 0 {
            text.push('…');
        }
        let shift = text.len();
        text.push_str(self.text.get(from..to).unwrap_or_default());
        if to < self.text.len() {
            text.push('…');
        }
        let span = start - from + shift..end.min(to) - from + shift;
        let shown = text.get(..span.start).unwrap_or_default().chars().count() + 1;
        let marks = vec![Mark { span, primary, label }];
        Piece { line: self.number, text, marks, columns: Some((shown, self.column)) }
    }
}

/// A message with everything visible that would move the cursor or turn the direction of the text.
fn visible(text: &str) -> Cow<'_, str> {
    let hides = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match hides(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}
