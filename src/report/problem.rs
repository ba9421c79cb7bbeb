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

/// Renders one problem, with a newline at its end; `styled`: with colours.
pub fn render(problem: &Problem, styled: bool) -> String {
    let level = match problem.weight {
        Weight::Error => Level::ERROR,
        Weight::Warning => Level::WARNING,
    };
    let message = visible(&problem.message);
    let mut group = level.primary_title(message.as_ref()).elements(Vec::<Element<'_>>::new());
    let path = visible(&problem.path);
    let windows = windows(problem);
    if windows.is_empty() {
        group = group.element(Origin::path(path.as_ref()));
    }
    for (index, window) in windows.iter().enumerate() {
        if index == 0 {
            let origin = Origin::path(path.as_ref()).line(window.line).char_column(window.column);
            group = group.element(origin);
        }
        let mut snippet = Snippet::source(window.text.as_str()).line_start(window.line).fold(true);
        for mark in &window.marks {
            let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            snippet = snippet.annotation(kind.span(mark.span.clone()).label(mark.label.as_deref()));
        }
        group = group.element(snippet);
    }
    let key = problem.key.as_deref().map(visible);
    let help = problem.help.as_deref().map(visible);
    if !windows.is_empty() && (key.is_some() || help.is_some()) {
        group = group.element(Padding);
    }
    if let Some(key) = &key {
        group = group.element(Level::NOTE.with_name("at").message(key.as_ref()));
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_ref()));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    // The windows are narrow enough; the renderer shall not cut them by the terminal's width.
    let mut text = renderer.term_width(WINDOW * 4).render(&[group]);
    text.push('\n');
    text
}

/// A line, or the part of it around a place.
struct Window {
    line: usize,
    /// The column of the place in the whole line.
    column: usize,
    text: String,
    marks: Vec<Mark>,
}

struct Mark {
    /// Bytes of the window's text.
    span: Range<usize>,
    primary: bool,
    label: Option<String>,
}

/// The problem's place, and the other one in a window of its own unless it stands in the same.
fn windows(problem: &Problem) -> Vec<Window> {
    let (Some(source), Some(span)) = (&problem.source, &problem.span) else { return Vec::new() };
    let (mut first, range) = window(source, span.clone(), true, None);
    let mut windows = Vec::new();
    if let Some((other, label)) = &problem.other {
        let label = visible(label).into_owned();
        let inside = range.start <= other.start && other.end <= range.end;
        if inside && let Some(offset) = first.marks.first().map(|mark| mark.span.start) {
            // Both count from the same cut: the difference of the places is that of the marks.
            let start = (offset + other.start).saturating_sub(span.start);
            let end = start + other.len().max(1);
            if first.text.is_char_boundary(start) && first.text.is_char_boundary(end.min(first.text.len())) {
                first.marks.push(Mark {
                    span: start..end.min(first.text.len()),
                    primary: false,
                    label: Some(label),
                });
            }
        } else {
            windows.push(window(source, other.clone(), false, Some(label)).0);
        }
    }
    windows.insert(0, first);
    windows
}

/// The window around a span, and the bytes of the file that it shows. Of a span of several lines the
/// first is marked.
fn window(
    source: &Source,
    span: Range<usize>,
    primary: bool,
    label: Option<String>,
) -> (Window, Range<usize>) {
    let text = source.text.as_str();
    let start = text.floor_char_boundary(span.start);
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let rest = text.get(start..).unwrap_or_default();
    let line_end = start + rest.find('\n').unwrap_or(rest.len());
    let end = text.floor_char_boundary(span.end).clamp(start, line_end);
    let line = text.get(line_start..line_end).unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let place = source.place(start);

    let (mut from, mut to) = (line_start, line_start + line.len());
    if line.len() > WINDOW && line.chars().nth(WINDOW).is_some() {
        let before = text.get(line_start..start).unwrap_or_default();
        from = before.char_indices().rev().nth(BEFORE - 1).map_or(line_start, |(at, _)| line_start + at);
        let shown = text.get(from..to).unwrap_or_default();
        to = shown.char_indices().nth(WINDOW).map_or(to, |(at, _)| from + at);
    }
    let end = end.min(to).max(start);
    let mut shown = String::new();
    if from > line_start {
        shown.push('…');
    }
    let shift = shown.len();
    shown.push_str(text.get(from..to).unwrap_or_default());
    if to < line_start + line.len() {
        shown.push('…');
    }
    let mark = start.min(shown.len() + from) - from + shift..end - from + shift;
    let window = Window {
        line: place.line as usize,
        column: place.column as usize,
        text: shown,
        marks: vec![Mark { span: mark, primary, label }],
    };
    (window, from..to)
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
