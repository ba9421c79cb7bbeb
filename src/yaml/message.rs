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
    let (Some(offset), Some(len)) = (span.byte_offset(), span.byte_len()) else { return 0..0 };
    let start = text.floor_char_boundary((offset as usize).saturating_add(base));
    let end = text.floor_char_boundary(start.saturating_add(len as usize));
    start..end
}

/// One parser error as a problem.
pub(super) fn problem(source: &Arc<Source>, base: usize, error: &Error) -> Problem {
    let mut error = error;
    while let Error::AliasError { error: inner, .. } | Error::WithSnippet { error: inner, .. } = error {
        error = inner;
    }
    let mut place = error.location().map_or(0..0, |location| span(&source.text, base, &location));
    let (message, help) = wording(error);
    // The parser stops behind the tab or at the next token; the tab itself is what the user looks for.
    let tab = tab_before(&source.text, place.start);
    let is_syntax =
        matches!(error, Error::Message { .. } | Error::Unexpected { .. } | Error::ExternalMessage { .. });
    if let (true, Some(tab)) = (is_syntax, tab) {
        place = tab;
        return Problem::at(source, place, "a tab stands where only spaces may")
            .help("YAML indents with spaces; replace the tab by spaces");
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

/// Plain words for the parser's frequent complaints, by what they contain.
fn syntax(text: &str) -> Option<(&'static str, &'static str)> {
    let table: [(&str, (&str, &str)); 8] = [
        (
            "mapping values are not allowed",
            (
                "a second `:` stands here, or this line is indented further than it should be",
                "put text with `: ` in quotes",
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
