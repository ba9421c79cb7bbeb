//! The parser's errors in plain words.

use std::ops::Range;
use std::sync::Arc;

use serde_saphyr::{Error, Location, MessageFormatter, UserMessageFormatter};

use crate::problem::Problem;
use crate::source::Source;

/// A location as bytes of the file; `base` is the length of the byte order mark. The start is moved to
/// the end of the text at most.
pub(super) fn span(text: &str, base: usize, location: &Location) -> Range<usize> {
    let span = location.span();
    let (start, len) = match (span.byte_offset(), span.byte_len()) {
        (Some(offset), Some(len)) => ((offset as usize).saturating_add(base), len as usize),
        // The scanner's own errors have a line and a column only.
        _ => (offset_of(text, location.line(), location.column()), 0),
    };
    let start = text.floor_char_boundary(start);
    let end = text.floor_char_boundary(start.saturating_add(len));
    start..end
}

/// The byte offset of a line and a column, both from 1; the column counts characters.
fn offset_of(text: &str, line: u64, column: u64) -> usize {
    let lines_before = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
    let line_start = match lines_before {
        0 => 0,
        _ => {
            memchr::memchr_iter(b'\n', text.as_bytes()).nth(lines_before - 1).map_or(text.len(), |at| at + 1)
        }
    };
    let rest = text.get(line_start..).unwrap_or_default();
    let rest = rest.get(..rest.find('\n').unwrap_or(rest.len())).unwrap_or_default();
    let before = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    line_start + rest.char_indices().nth(before).map_or(rest.len(), |(at, _)| at)
}

/// One parser error as a problem.
pub(super) fn problem(source: &Arc<Source>, base: usize, error: &Error) -> Problem {
    let outer = error.location();
    let mut error = error;
    while let Error::AliasError { error: inner, .. } | Error::WithSnippet { error: inner, .. } = error {
        error = inner;
    }
    let mut place = outer.or(error.location()).map_or(0..0, |location| span(&source.text, base, &location));
    let (message, help) = wording(error);
    // The parser stops behind the tab or at the next token; the tab itself is what the user looks for.
    if message == TAB.0
        && let Some(tab) = tab_before(&source.text, place.start)
    {
        place = tab;
    }
    let problem = Problem::at(source, place, message);
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

/// The tabs in the indentation of the line of `at`.
fn tab_before(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?;
    let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
    let indent = line.get(..blank)?;
    let tab = indent.find('\t')?;
    let run = indent.get(tab..)?.bytes().take_while(|byte| *byte == b'\t').count();
    Some(start + tab..start + tab + run)
}

/// The message, and what can be done.
fn wording(error: &Error) -> (String, Option<String>) {
    let with = |message: &str, help: &str| (message.to_owned(), Some(help.to_owned()));
    match error {
        Error::Eof { .. } => ("the file is empty".to_owned(), None),
        Error::MultipleDocuments { .. } => {
            with("a second YAML document begins here", "one file holds one document; remove the `---`")
        }
        Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => {
            with("the aliases (`*name`) of this file repeat too much", "write the values out")
        }
        Error::RecursiveReferencesRequireWeakTypes { .. } => {
            with("this alias (`*name`) stands inside of what it names", "write the value out")
        }
        Error::UnknownAnchor { .. } => with(
            "no anchor (`&name`) of that name stands before this alias",
            "a text that begins with `*` needs quotes",
        ),
        Error::Budget { breach, .. } => budget(breach),
        Error::NullIntoString { .. } => ("a key is empty".to_owned(), None),
        Error::Unexpected { .. } => ("a list or map stands where a key should".to_owned(), None),
        other => {
            let text = UserMessageFormatter.format_message(other).into_owned();
            match syntax(&text) {
                Some((message, help)) => with(message, help),
                None => (text, None),
            }
        }
    }
}

fn budget(breach: &serde_saphyr::budget::BudgetBreach) -> (String, Option<String>) {
    use serde_saphyr::budget::BudgetBreach;
    match breach {
        BudgetBreach::Depth { .. } => {
            ("lists and maps stand too deep in each other".to_owned(), Some("a missing bracket?".to_owned()))
        }
        BudgetBreach::Aliases { .. }
        | BudgetBreach::Anchors { .. }
        | BudgetBreach::AliasAnchorRatio { .. }
        | BudgetBreach::MergeKeys { .. }
        | BudgetBreach::RecordedAnchorEvents { .. } => (
            "the aliases (`*name`) of this file repeat too much".to_owned(),
            Some("write the values out".to_owned()),
        ),
        _ => ("the file holds more than its size allows".to_owned(), None),
    }
}

const TAB: (&str, &str) =
    ("a tab stands where only spaces may", "YAML indents with spaces; replace the tab by spaces");

/// Plain words for the parser's frequent complaints, by what they contain.
fn syntax(text: &str) -> Option<(&'static str, &'static str)> {
    let table: [(&str, (&str, &str)); 17] = [
        ("tabs disallowed", TAB),
        ("tab cannot", TAB),
        ("a tab", TAB),
        ("recursion limit", ("lists and maps stand too deep in each other", "a missing bracket?")),
        (
            "unsupported tag",
            (
                "tags (`!name`) mean nothing in this file",
                "remove it; a text that begins with `!` needs quotes",
            ),
        ),
        (
            "while parsing a flow mapping",
            (
                "a `,` or the closing `}` of a map is missing before this",
                "close the map that was opened with `{`",
            ),
        ),
        (
            "while parsing a flow sequence",
            (
                "a `,` or the closing `]` of a list is missing before this",
                "close the list that was opened with `[`",
            ),
        ),
        (
            "unclosed quote",
            (
                "a quotation mark is missing at the end of a text",
                "close the text that was opened with a quotation mark",
            ),
        ),
        ("unclosed bracket", ("a closing bracket is missing", "close the bracket that is opened here")),
        (
            "mapping values are not allowed",
            (
                "a second `:` stands here, or this line is indented further than it should be",
                "text with `: ` needs quotes, and every key a space behind its `:`",
            ),
        ),
        ("did not find expected key", ("this line does not fit the lines above it", "check its indentation")),
        ("could not find expected ':'", ("a `:` is missing after this key", "keys are written `key: value`")),
        ("simple key", ("a `:` is missing after this key", "keys are written `key: value`")),
        (
            "found character that cannot start any token",
            ("this character cannot begin a value", "put the text in quotes"),
        ),
        ("invalid indentation", ("this line does not fit the lines above it", "check its indentation")),
        (
            "unexpected end",
            ("the file ends inside of a list, map or text", "a missing bracket or quotation mark?"),
        ),
        (
            "end of stream",
            ("the file ends inside of a list, map or text", "a missing bracket or quotation mark?"),
        ),
    ];
    table.into_iter().find(|(part, _)| text.contains(part)).map(|(_, words)| words)
}
