//! What a comment asks of factlint: `factlint: ignore name/foreign-form, date/*: quoted as published`.

use std::ops::Range;

use crate::yaml::nearest;

/// One comment that asks for something.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive<'t> {
    pub(super) scope: Scope,
    pub(super) rules: Vec<Named<'t>>,
    pub(super) reason: Option<String>,
}

/// What a directive is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Its line; one that has a line to itself is for the next.
    Line,
    /// From here to the end of the block.
    Start,
    /// Ends a block.
    End,
    File,
}

/// A rule that a directive names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named<'t> {
    pub(super) rule: &'t str,
    /// Bytes of the file.
    pub(super) span: Range<usize>,
}

/// A comment that was meant for factlint and cannot be understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// Bytes of the file.
    pub(super) span: Range<usize>,
    pub(super) problem: String,
    /// What was probably meant there.
    pub(super) replacement: Option<String>,
}

const NAME: &str = "factlint";

const KEYWORDS: [(&str, Scope); 4] = [
    ("ignore", Scope::Line),
    ("ignore-start", Scope::Start),
    ("ignore-end", Scope::End),
    ("ignore-file", Scope::File),
];

/// What other linters call the same, where the spelling alone would lead to another keyword or to none.
const ELSEWHERE: [(&str, &str); 10] = [
    ("noqa", "ignore"),
    ("ignore-line", "ignore"),
    ("ignore-next-line", "ignore"),
    ("disable-line", "ignore"),
    ("disable-next-line", "ignore"),
    ("ignore-begin", "ignore-start"),
    ("disable", "ignore-start"),
    ("enable", "ignore-end"),
    ("disable-file", "ignore-file"),
    ("ignore-all", "ignore-file"),
];

/// Reads a comment, given as bytes of its file; `None` if it has nothing to do with factlint.
pub(super) fn read(text: &str, comment: Range<usize>) -> Option<Result<Directive<'_>, Malformed>> {
    let whole = text.get(comment.clone())?;
    let open = "<!--".len();
    let (inner, closed) = match whole.get(open..)?.strip_suffix("-->") {
        Some(inner) => (inner, true),
        // It is never closed: what it was meant to say stands behind it.
        None => (text.get(comment.start + open..)?.lines().next()?, false),
    };
    let mut cursor = Cursor { rest: inner, at: comment.start + open };
    let name = cursor.word();
    let malformed = |span: Range<usize>, problem: String, replacement: Option<&str>| {
        Some(Err(Malformed { span, problem, replacement: replacement.map(str::to_owned) }))
    };
    if name.text != NAME {
        return misnamed(&name, cursor).map(Err);
    }
    let has_colon = cursor.take(':');
    let colon_at = name.span.end;
    let keyword = cursor.word();
    let meant = meant(keyword.text);
    if !has_colon {
        // Prose about factlint is no directive.
        let meant = meant?;
        let problem = format!("write a colon behind `{NAME}`");
        return malformed(colon_at..keyword.span.end, problem, Some(&format!(": {meant}")));
    }
    if !closed {
        return malformed(comment, "it is never closed: write `-->` behind it".to_owned(), None);
    }
    let Some(&(_, scope)) = KEYWORDS.iter().find(|(known, _)| *known == keyword.text) else {
        let known = KEYWORDS.map(|(known, _)| format!("`{known}`")).join(", ");
        return match meant {
            Some(near) => {
                malformed(keyword.span, format!("there is no `{}`: write `{near}`", keyword.text), Some(near))
            }
            None if keyword.text.is_empty() => malformed(comment, format!("write one of {known}"), None),
            None => {
                malformed(keyword.span, format!("there is no `{}`: write one of {known}", keyword.text), None)
            }
        };
    };
    let mut rules = Vec::new();
    let reason = loop {
        cursor.skip(|c| c.is_whitespace() || c == ',');
        if cursor.take(':') {
            break reason(cursor.rest);
        }
        if cursor.rest.is_empty() {
            break None;
        }
        let named = cursor.until(|c| c.is_whitespace() || matches!(c, ',' | ':'));
        if !rules.is_empty() && !named.text.contains('/') {
            let at = named.span.start;
            let problem = format!("`{}` is no rule: write a colon before the reason", named.text);
            let before = text.get(..at).map_or(at, |before| before.trim_end_matches([' ', ',', '-']).len());
            return malformed(before..at, problem, Some(": "));
        }
        rules.push(Named { rule: named.text, span: named.span });
    };
    if rules.is_empty() && scope != Scope::End {
        let problem = format!("it names no rule: write `{NAME}: {} RULE: why`", keyword.text);
        return malformed(comment, problem, None);
    }
    Some(Ok(Directive { scope, rules, reason }))
}

/// `factlint-ignore`, `faclint: ignore`: near enough to have been meant for us.
fn misnamed(name: &Word<'_>, mut cursor: Cursor<'_>) -> Option<Malformed> {
    let malformed = |span: Range<usize>, keyword: &str| {
        let replacement = format!("{NAME}: {keyword}");
        let problem = format!("write `{replacement}`");
        Some(Malformed { span, problem, replacement: Some(replacement) })
    };
    let lower = name.text.to_ascii_lowercase();
    if let Some(keyword) = lower.strip_prefix(NAME).and_then(|rest| rest.strip_prefix(['-', '_'])) {
        return malformed(name.span.clone(), meant(keyword)?);
    }
    nearest(name.text, std::iter::once(NAME))?;
    cursor.take(':');
    let keyword = cursor.word();
    malformed(name.span.start..keyword.span.end, meant(keyword.text)?)
}

/// The keyword that a word was probably meant to be.
fn meant(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    match ELSEWHERE.iter().find(|(other, _)| *other == lower) {
        Some((_, keyword)) => Some(keyword),
        None => nearest(word, KEYWORDS.iter().map(|(keyword, _)| *keyword)),
    }
}

/// A reason on one line; none where there is no letter and no digit in it.
pub(crate) fn reason(text: &str) -> Option<String> {
    text.contains(char::is_alphanumeric).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A stretch of a comment.
struct Word<'t> {
    text: &'t str,
    /// Bytes of the file.
    span: Range<usize>,
}

/// Goes through a comment.
struct Cursor<'t> {
    rest: &'t str,
    /// Where the rest begins, in bytes of the file.
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The next word of letters and hyphens, after any white space; it may be empty.
    fn word(&mut self) -> Word<'t> {
        self.skip(char::is_whitespace);
        self.until(|c| !c.is_alphanumeric() && c != '-' && c != '_')
    }

    fn skip(&mut self, is: impl Fn(char) -> bool) {
        self.until(|c| !is(c));
    }

    /// Takes a character, after any white space, if it is the next.
    fn take(&mut self, wanted: char) -> bool {
        let after = self.rest.trim_start();
        let Some(rest) = after.strip_prefix(wanted) else { return false };
        self.at += self.rest.len() - rest.len();
        self.rest = rest;
        true
    }

    fn until(&mut self, ends: impl Fn(char) -> bool) -> Word<'t> {
        let (text, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        let span = self.at..self.at + text.len();
        (self.rest, self.at) = (rest, span.end);
        Word { text, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A comment in short: `scope rule,rule: reason`, or what is wrong with it and what it should be.
    fn short(comment: &str) -> String {
        match read(comment, 0..comment.len()) {
            None => "nothing".to_owned(),
            Some(Ok(Directive { scope, rules, reason })) => {
                let rules: Vec<&str> = rules
                    .iter()
                    .inspect(|named| assert_eq!(&comment[named.span.clone()], named.rule))
                    .map(|named| named.rule)
                    .collect();
                format!("{scope:?} {}: {}", rules.join(","), reason.as_deref().unwrap_or("-"))
            }
            Some(Err(Malformed { span, problem, replacement })) => match replacement {
                Some(with) => {
                    format!("{problem} => {}{with}{}", &comment[..span.start], &comment[span.end..])
                }
                None => problem,
            },
        }
    }

    #[test]
    fn directives() {
        for (comment, expected) in [
            ("<!-- factlint: ignore name/garbled: he signs so -->", "Line name/garbled: he signs so"),
            ("<!--factlint:ignore a/b,c/*:why: so-->", "Line a/b,c/*: why: so"),
            ("<!--\n  factlint: ignore-start a/b c/d :\n  long\n  reason\n-->", "Start a/b,c/d: long reason"),
            ("<!-- factlint: ignore-end -->", "End : -"),
            ("<!-- factlint: ignore-file a/b -->", "File a/b: -"),
            ("<!-- factlint: ignore a/b: … -->", "Line a/b: -"),
            ("<!-- factlint: ignore garbled: why -->", "Line garbled: why"),
            ("<!-- factlint: ignore назва/щось: чому -->", "Line назва/щось: чому"),
        ] {
            assert_eq!(short(comment), expected, "{comment}");
        }
    }

    #[test]
    fn what_is_not_for_us_is_left_alone() {
        for comment in [
            "<!-- -->",
            "<!-- factlint checks this story -->",
            "<!-- prettier-ignore -->",
            "<!-- lint: ignore -->",
            "<!-- about factlint: see the desk",
        ] {
            assert_eq!(short(comment), "nothing", "{comment}");
        }
    }

    #[test]
    fn what_was_meant_for_us_is_told() {
        for (comment, expected) in [
            (
                "<!-- factlint: ingore a/b: c -->",
                "there is no `ingore`: write `ignore` => <!-- factlint: ignore a/b: c -->",
            ),
            (
                "<!-- factlint: ignore-begin a/b: c -->",
                "there is no `ignore-begin`: write `ignore-start` => <!-- factlint: ignore-start a/b: c -->",
            ),
            (
                "<!-- factlint ignore a/b: c -->",
                "write a colon behind `factlint` => <!-- factlint: ignore a/b: c -->",
            ),
            (
                "<!-- factlint-disable-line a/b: c -->",
                "write `factlint: ignore` => <!-- factlint: ignore a/b: c -->",
            ),
            (
                "<!-- Faclint: ignore a/b: c -->",
                "write `factlint: ignore` => <!-- factlint: ignore a/b: c -->",
            ),
            (
                "<!-- factlint: ignore a/b -- as published -->",
                "`--` is no rule: write a colon before the reason => <!-- factlint: ignore a/b: -- as published -->",
            ),
            (
                "<!-- factlint: ignore a/b, as published -->",
                "`as` is no rule: write a colon before the reason => <!-- factlint: ignore a/b: as published -->",
            ),
            ("<!-- factlint: ignore -->", "it names no rule: write `factlint: ignore RULE: why`"),
            ("<!-- factlint: ignore: a/b -->", "it names no rule: write `factlint: ignore RULE: why`"),
            ("<!-- factlint: -->", "write one of `ignore`, `ignore-start`, `ignore-end`, `ignore-file`"),
            (
                "<!-- factlint: shut up -->",
                "there is no `shut`: write one of `ignore`, `ignore-start`, `ignore-end`, `ignore-file`",
            ),
            ("<!-- factlint: ignore a/b: c", "it is never closed: write `-->` behind it"),
        ] {
            assert_eq!(short(comment), expected, "{comment}");
        }
    }
}
