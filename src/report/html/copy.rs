//! The copy of one article cut into paragraphs, with its findings marked. Nothing of the copy reaches the
//! page without being escaped.

use std::fmt::Write as _;
use std::ops::Range;

use crate::finding::Severity;
use crate::report::render::Located;
use crate::report::rule_docs::word;
use crate::report::visible;

/// An article longer than this, in bytes, is shown around its findings only.
const LONG: usize = 60_000;

/// Paragraphs kept on either side of a finding of a long article.
const AROUND: usize = 2;

/// A stretch of a paragraph longer than this without a finding is cut in the middle.
const STRETCH: usize = 8_000;

/// What is kept of it on either side.
const KEPT: usize = 2_000;

/// A paragraph, or several that are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Bytes of the file, and which findings begin in them.
    Shown { text: Range<usize>, findings: Range<usize> },
    /// How many paragraphs without a finding.
    LeftOut(usize),
}

/// A line of more bytes than this is a paragraph of its own; shorter ones may be one that was broken.
const BROKEN: usize = 140;

/// Cuts a file into paragraphs: at empty lines, behind long ones, and at `body`, where the front matter
/// ends; but never inside a finding.
pub(super) fn blocks(text: &str, body: usize, findings: &[Located<'_>]) -> Vec<Block> {
    let mut cuts = paragraphs(text, body, findings).into_iter().peekable();
    let mut blocks = Vec::new();
    let mut next = 0;
    while let Some(cut) = cuts.next() {
        let first = next;
        // What begins behind the last paragraph is shown at its end.
        let is_last = cuts.peek().is_none();
        while findings.get(next).is_some_and(|found| is_last || found.finding.span.start <= cut.end) {
            next += 1;
        }
        blocks.push(Block::Shown { text: cut, findings: first..next });
    }
    if text.len() > LONG { around_findings(blocks) } else { blocks }
}

/// The paragraphs of a text as bytes, without the empty lines between them; at least one.
fn paragraphs(text: &str, body: usize, findings: &[Located<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut next = 0;
    // Where the last finding ends that began so far.
    let mut reach = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if at == body {
            found.extend(open.take());
        }
        if line.trim().is_empty() && reach <= at {
            found.extend(open.take());
        } else {
            let content = at + line.trim_end_matches(['\n', '\r']).len();
            open.get_or_insert(at..content).end = content;
        }
        while let Some(Located { finding, .. }) =
            findings.get(next).filter(|found| found.finding.span.start < end)
        {
            reach = reach.max(finding.span.end);
            next += 1;
        }
        if line.len() > BROKEN && reach <= end {
            found.extend(open.take());
        }
        at = end;
    }
    found.extend(open);
    if found.is_empty() {
        found.push(0..0);
    }
    found
}

/// Leaves out what is far from any finding.
fn around_findings(blocks: Vec<Block>) -> Vec<Block> {
    let mut keep = vec![false; blocks.len()];
    for (index, block) in blocks.iter().enumerate() {
        if matches!(block, Block::Shown { findings, .. } if !findings.is_empty()) {
            let near = index.saturating_sub(AROUND)..(index + AROUND + 1).min(keep.len());
            keep.get_mut(near).into_iter().flatten().for_each(|keep| *keep = true);
        }
    }
    let mut kept: Vec<Block> = Vec::new();
    for (block, keep) in blocks.into_iter().zip(keep) {
        match kept.last_mut() {
            _ if keep => kept.push(block),
            Some(Block::LeftOut(count)) => *count += 1,
            _ => kept.push(Block::LeftOut(1)),
        }
    }
    kept
}

/// The paragraph `block` of `text` with the findings that begin in it; `number` is that of the first.
pub(super) fn marked(
    out: &mut String,
    text: &str,
    block: Range<usize>,
    findings: &[Located<'_>],
    number: usize,
) {
    let clamp = |at: usize| text.floor_char_boundary(at.clamp(block.start, block.end));
    let spans: Vec<Range<usize>> = findings
        .iter()
        .map(|found| {
            let start = clamp(found.finding.span.start);
            start..text.ceil_char_boundary(found.finding.span.end.clamp(start, block.end.max(start)))
        })
        .collect();
    let mut cuts: Vec<usize> =
        spans.iter().flat_map(|span| [span.start, span.end]).chain([block.start, block.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    // Findings that cover what comes next, in their order.
    let mut active: Vec<usize> = Vec::new();
    let mut next = 0;
    for (index, &at) in cuts.iter().enumerate() {
        active.retain(|&one| spans.get(one).is_some_and(|span| span.end > at));
        let first_new = active.len();
        while spans.get(next).is_some_and(|span| span.start <= at) {
            match spans.get(next) {
                // A finding without text has a mark of its own.
                Some(span) if span.is_empty() => mark(out, "", findings, &[next], &[next], &[next], number),
                _ => active.push(next),
            }
            next += 1;
        }
        let Some(&end) = cuts.get(index + 1) else { break };
        let part = text.get(at..end).unwrap_or_default();
        if active.is_empty() {
            stretch(out, part);
            continue;
        }
        let new = active.get(first_new..).unwrap_or_default().to_vec();
        let ending: Vec<usize> = active
            .iter()
            .copied()
            .filter(|&one| spans.get(one).is_some_and(|span| span.end == end))
            .collect();
        mark(out, part, findings, &active, &new, &ending, number);
    }
}

/// One stretch of marked text. It leads to the finding of `active` that matters most; `new` begin here,
/// and those of `ending` show their numbers.
fn mark(
    out: &mut String,
    part: &str,
    findings: &[Located<'_>],
    active: &[usize],
    new: &[usize],
    ending: &[usize],
    number: usize,
) {
    let severity = |one: &usize| findings.get(*one).map_or(Severity::Off, |found| found.finding.severity);
    let Some(owner) = active.iter().copied().rev().max_by_key(severity) else { return };
    let Some(found) = findings.get(owner) else { return };
    let name = word(&severity(&owner));
    let _ = write!(out, "<mark class=\"{name}\" data-severity=\"{name}\">");
    for other in new.iter().filter(|&&one| one != owner).filter_map(|&one| findings.get(one)) {
        let _ = write!(out, "<span id=\"m-f-{}\"></span>", other.fingerprint);
    }
    let target = format!("#f-{}", found.fingerprint);
    out.push_str("<a");
    if new.contains(&owner) {
        let _ = write!(out, " id=\"m-f-{}\"", found.fingerprint);
    }
    let _ = write!(out, " href=\"{target}\" data-to=\"{target}\">");
    stretch(out, if part.is_empty() { "‸" } else { part });
    out.push_str("</a>");
    for &one in ending {
        let name = word(&severity(&one));
        let _ = write!(out, "<sup><span class=\"unseen\"> {name} </span>{}</sup>", number + one);
    }
    out.push_str("</mark>");
}

/// Text of the copy; a very long one is cut in the middle.
fn stretch(out: &mut String, part: &str) {
    if part.len() <= STRETCH {
        return characters(out, part);
    }
    let head = part.get(..part.floor_char_boundary(KEPT)).unwrap_or_default();
    let tail = part.get(part.ceil_char_boundary(part.len() - KEPT)..).unwrap_or_default();
    let between = part.len() - head.len() - tail.len();
    characters(out, head);
    let _ = write!(out, "<span class=\"left-out\"> [… {between} bytes without a finding …] </span>");
    characters(out, tail);
}

/// Text with what means something in HTML escaped, and what hides spelled out.
fn characters(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(c),
            '\r' | crate::source::BYTE_ORDER_MARK => {}
            c if visible::is_hidden(c) => {
                let _ = write!(out, "<span class=\"code-point\">U+{:04X}</span>", u32::from(c));
            }
            c => character(out, c),
        }
    }
}

/// Text on one line, escaped.
pub(super) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in visible::line(text).chars() {
        character(&mut out, c);
    }
    out
}

fn character(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Verdict};
    use crate::report::render::located;
    use crate::source::Source;

    /// Finds each of `what`; the text with its marks as `[…]`, a paragraph each.
    fn shown(text: &str, spans: &[(usize, usize)]) -> Vec<String> {
        let finding = |&(start, end): &(usize, usize)| Finding {
            rule: "a/b".into(),
            severity: Severity::Error,
            verdict: Verdict::Wrong,
            span: start..end,
            text: String::new(),
            expected: None,
            message: String::new(),
            notes: Vec::new(),
            fact: None,
            fix: None,
        };
        let findings: Vec<Finding> = spans.iter().map(finding).collect();
        let source = Source::new("a.txt", text);
        let found: Vec<Located<'_>> = located(&source, &findings).collect();
        let all = blocks(text, 0, &found).into_iter().map(|block| match block {
            Block::LeftOut(count) => format!("{count} left out"),
            Block::Shown { text: block, findings } => {
                let mut out = String::new();
                let number = findings.start + 1;
                marked(&mut out, text, block, found.get(findings).unwrap(), number);
                without_tags(&out)
            }
        });
        all.collect()
    }

    fn without_tags(html: &str) -> String {
        let html = html
            .replace("<mark", "[<")
            .replace("</mark>", "]")
            .replace("<span class=\"unseen\"> error </span>", "^");
        let mut out = String::new();
        for part in html.split('<') {
            out += part.split_once('>').map_or(part, |(_, rest)| rest);
        }
        out
    }

    #[test]
    fn paragraphs_end_at_empty_lines_and_behind_long_ones() {
        assert_eq!(shown("a\nb 18 c\n\n \nd\n", &[(4, 6)]), ["a\nb [18^1] c", "d"]);
        let long = "x".repeat(150);
        assert_eq!(shown(&format!("{long}\n{long}\nend"), &[]), [long.clone(), long, "end".into()]);
        assert_eq!(shown("", &[]), [""]);
    }

    #[test]
    fn a_finding_is_never_cut_in_two() {
        assert_eq!(shown("a\nKarim\n\nMassimov b\n\nc", &[(2, 17)]), ["a\n[Karim\n\nMassimov^1] b", "c"]);
    }

    #[test]
    fn findings_may_overlap_be_empty_or_stand_behind_the_end() {
        assert_eq!(shown("one two three", &[(0, 7), (4, 13)]), ["[one ][two^1][ three^2]"]);
        assert_eq!(shown("one two", &[(0, 7), (4, 7)]), ["[one ][two^1^2]"]);
        assert_eq!(shown("one", &[(3, 3)]), ["one[‸^1]"]);
        assert_eq!(shown("one\n", &[(9, 12)]), ["one[‸^1]"]);
    }

    #[test]
    fn what_is_far_from_any_finding_is_left_out_of_a_long_article() {
        let text = format!("{}18\n\n{}", "word\n\n".repeat(8_000), "word\n\n".repeat(8_000));
        let shown = shown(&text, &[(48_000, 48_002)]);
        assert_eq!(shown, ["7998 left out", "word", "word", "[18^1]", "word", "word", "7998 left out"]);
    }

    proptest::proptest! {
        #[test]
        fn any_spans_of_any_text_are_shown(
            text in "(\\PC|\n|\r|\t|<|&|\u{202e}){0,200}",
            mut spans in proptest::collection::vec((0_usize..400, 0_usize..60), 0..6),
        ) {
            spans.sort();
            let spans: Vec<(usize, usize)> = spans.into_iter().map(|(start, length)| (start, start + length)).collect();
            let shown = shown(&text, &spans).concat();
            for number in 1..=spans.len() {
                let mark = format!("^{number}");
                proptest::prop_assert!(shown.contains(&mark), "{} in {}", mark, shown);
            }
        }
    }
}
