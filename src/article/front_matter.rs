//! Front matter: the YAML block between two `---` lines with which an article may begin.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use serde::Deserialize;

use super::Metadata;
use crate::day;
use crate::problem::Problem;
use crate::source::{BYTE_ORDER_MARK, Source};
use crate::yaml;

/// Keys that are ours. Markdown files carry others' keys beside them, which are none of our business.
const KEYS: [&str; 6] = ["language", "published", "story", "facts", "source", "dateline"];

/// What the front matter says, and the bytes of the file that are copy.
///
/// A `---` block that is no YAML mapping is copy: a story may begin with a rule. Only a block that
/// has one of our keys is front matter for certain, and then a YAML error in it is an error.
pub fn read(source: &Arc<Source>) -> Result<(Metadata, Range<usize>), Problem> {
    let text = source.text.as_str();
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let whole = start..text.len();
    let Some(block) = find(text, start) else { return Ok((Metadata::default(), whole)) };
    let yaml = text.get(block.yaml.clone()).unwrap_or_default();
    if yaml.trim().is_empty() {
        return Ok((Metadata::default(), block.end..text.len()));
    }
    // With the line above it, which YAML takes for the start of a document, and what is before that:
    // so offsets and lines are those of the file.
    let head = text.get(..block.yaml.end).unwrap_or_default();
    let alone = Arc::new(Source::new(source.path.as_str(), head));
    let entries: Entries = match yaml::read(&alone) {
        Ok(entries) => entries,
        Err(mut problem) if KEYS.iter().any(|key| line_of(yaml, key).is_some()) => {
            problem.source = Some(Arc::clone(source));
            return Err(problem);
        }
        Err(_) => return Ok((Metadata::default(), whole)),
    };
    let place = |key: &str| {
        let line = line_of(yaml, key).unwrap_or(0..yaml.len());
        block.yaml.start + line.start..block.yaml.start + line.end
    };
    // Of the two that decide what is checked, anything but a plain value is an error.
    let plain = |key: &str, value: Option<Value>| match value.map(Value::plain) {
        None => Ok(None),
        Some(Some(value)) => Ok(Some(value)),
        Some(None) => Err(Problem::at(source, place(key), format!("`{key}` takes one plain value")).key(key)),
    };
    let published = match plain("published", entries.published)? {
        None => None,
        Some(published) => Some(published_day(&published).ok_or_else(|| {
            let problem = |message| Problem::at(source, place("published"), message).key("published");
            let written = published.trim();
            let first = written.split(['T', 't', ' ']).next().unwrap_or(written);
            match day::parse(first) {
                Err(day::Fault::NotInTheCalendar) => problem(format!("there is no {first}")),
                _ => problem(format!("`{published}` is no date"))
                    .help("write it as 2022-01-09 or 2022-01-09T18:30:00+06:00"),
            }
        })?),
    };
    // Other tools have keys of the remaining names too, with all kinds of values.
    let lenient = |value: Option<Value>| value.and_then(Value::plain);
    let metadata = Metadata {
        language: plain("language", entries.language)?,
        published,
        story: lenient(entries.story),
        facts: match entries.facts {
            Some(Value::List(sheets)) => sheets,
            other => lenient(other).into_iter().collect(),
        },
        source: lenient(entries.source),
        dateline: lenient(entries.dateline),
    };
    Ok((metadata, block.end..text.len()))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entries {
    language: Option<Value>,
    published: Option<Value>,
    story: Option<Value>,
    facts: Option<Value>,
    source: Option<Value>,
    dateline: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    String(String),
    Bool(bool),
    Number(serde_json::Number),
    List(Vec<String>),
    Other(serde::de::IgnoredAny),
}

impl Value {
    /// A scalar as text.
    fn plain(self) -> Option<String> {
        match self {
            Self::String(text) => Some(text),
            Self::Bool(value) => Some(value.to_string()),
            Self::Number(value) => Some(value.to_string()),
            Self::List(_) | Self::Other(_) => None,
        }
    }
}

/// Where a block stands.
struct Block {
    /// What is between the two lines.
    yaml: Range<usize>,
    /// Where the copy starts.
    end: usize,
}

/// The block at `start`, if its first line is `---` and a later one is `---` or `...`.
fn find(text: &str, start: usize) -> Option<Block> {
    let mut lines = lines(text, start);
    let first = lines.next()?;
    if text.get(first.clone())?.trim_end() != "---" {
        return None;
    }
    for line in lines {
        if matches!(text.get(line.clone())?.trim_end(), "---" | "...") {
            return Some(Block { yaml: first.end..line.start, end: line.end });
        }
    }
    None
}

/// Lines from `start` on, each with its end of line.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = start;
    std::iter::from_fn(move || {
        let rest = text.as_bytes().get(at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let line = at..at + length;
        at += length;
        Some(line)
    })
}

/// The line on which a key of the outermost mapping stands, without its end.
fn line_of(yaml: &str, key: &str) -> Option<Range<usize>> {
    lines(yaml, 0).find_map(|line| {
        let text = yaml.get(line.clone())?;
        let rest = text.strip_prefix(key)?.trim_start_matches(' ').strip_prefix(':')?;
        rest.starts_with([' ', '\t', '\r', '\n']).then(|| line.start..line.start + text.trim_end().len())
    })
}

/// The day that a date or date-time names, in its own offset: half past eleven at night in Almaty is
/// that day, whatever the day in Greenwich.
fn published_day(published: &str) -> Option<Date> {
    // Some tools put a space before the offset.
    let compact: String;
    let published = published.trim();
    let published = match published.rsplit_once(' ') {
        Some((front, offset)) if offset.starts_with(['+', '-']) || offset == "Z" => {
            compact = format!("{front}{offset}");
            compact.as_str()
        }
        _ => published,
    };
    Some(Pieces::parse(published).ok()?.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("story.md", text))
    }

    fn metadata(text: &str) -> (Metadata, String) {
        let source = source(text);
        let (metadata, body) = read(&source).unwrap();
        (metadata, source.text[body].to_owned())
    }

    #[test]
    fn reads_our_keys_and_ignores_others() {
        let (metadata, body) = metadata(
            "---\nlayout: post\ntags: [a, b]\nlanguage: uk\npublished: 2022-01-09\nfacts: a.facts.yaml\n---\nКопія\n",
        );
        assert_eq!(metadata.language.as_deref(), Some("uk"));
        assert_eq!(metadata.published, Some(jiff::civil::date(2022, 1, 9)));
        assert_eq!(metadata.facts, ["a.facts.yaml"]);
        assert_eq!(body, "Копія\n");
    }

    #[test]
    fn takes_lists_byte_order_marks_and_other_line_ends() {
        let (metadata, body) = metadata(
            "\u{feff}---\r\nfacts:\r\n  - a.facts.yaml\r\n  - b.facts.yaml\r\nsource: { name: dpa }\r\n...\r\nCopy",
        );
        assert_eq!(metadata.facts, ["a.facts.yaml", "b.facts.yaml"]);
        assert_eq!(metadata.source, None);
        assert_eq!(body, "Copy");
    }

    #[test]
    fn the_day_is_that_of_its_own_offset() {
        for published in [
            "2022-01-09",
            "2022-01-09T23:30:00+06:00",
            "2022-01-09T00:30:00Z",
            "2022-01-09 23:30:00 +0600",
            "2022-01-09T23:30",
            "\"2022-01-09\"",
        ] {
            let (metadata, _) = metadata(&format!("---\npublished: {published}\n---\nCopy"));
            assert_eq!(metadata.published, Some(jiff::civil::date(2022, 1, 9)), "{published}");
        }
    }

    #[test]
    fn a_bad_day_is_an_error_with_its_place() {
        for published in [
            "2022-02-31",
            "yesterday",
            "9.1.2022",
            "20220109x",
            "2022",
            "true",
            "[2022-01-09]",
            "{ on: 2022-01-09 }",
        ] {
            let problem =
                read(&source(&format!("---\nlayout: x\npublished: {published}\n---\n"))).unwrap_err();
            assert!(problem.to_string().starts_with("story.md:3:1: "), "{problem}");
        }
    }

    #[test]
    fn a_block_that_is_no_mapping_is_copy() {
        for text in [
            "---\nIt rained: all day: long.\n---\nMore.",
            "---\nWords\n---\n",
            "---\nlanguage: uk\n",
            "--- x\n---\n",
        ] {
            let (metadata, body) = metadata(text);
            assert_eq!(metadata, Metadata::default());
            assert_eq!(body, text);
        }
    }

    #[test]
    fn a_broken_block_with_our_keys_is_an_error() {
        let problem = read(&source("---\nlanguage: uk\ndateline: [KYIV\n---\nCopy")).unwrap_err();
        assert!(problem.to_string().starts_with("story.md:"), "{problem}");
        let problem = read(&source("---\nlanguage: [uk, en]\n---\nCopy")).unwrap_err();
        assert!(problem.to_string().starts_with("story.md:2:1: `language`"), "{problem}");
    }

    #[test]
    fn an_empty_block_is_left_out() {
        assert_eq!(metadata("---\n---\nCopy").1, "Copy");
    }
}
