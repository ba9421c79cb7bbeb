//! The short way to a tree for YAML that uses none of its rarer features. Sheets are written in it, and
//! reading them is most of a short run: serde-saphyr's places cost five times what its parser does.
//!
//! What has an anchor, an alias, a tag, a merge key, a second document, a duplicate key, a
//! depth that nobody needs, or any fault at all goes the long way through serde-saphyr ([`super::node`]),
//! with its budgets and its messages. A test proves that both ways give the same tree.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle};
use rustc_hash::FxHashSet;

use super::node::{Content, Key, MAX_DEPTH, Node, enclosing};

/// The tree of `text`, whose bytes begin at `base` of the file; `None` where the long way is needed.
pub(super) fn parse(file: &str, base: usize) -> Option<Node> {
    let text = file.get(base..)?;
    let mut reader = Reader { parser: Parser::new_from_str(text), file, base };
    let mut root = None;
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::Comment(..), _) => {}
            (Event::DocumentStart(..), _) if root.is_none() => {
                let (event, span) = reader.next_node()?;
                root = Some(reader.node(event, span, 0)?);
            }
            (Event::DocumentEnd, _) => {}
            (Event::StreamEnd, _) => return root,
            _ => return None,
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    file: &'a str,
    base: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        let (event, span) = self.parser.next_event()?.ok()?;
        let range = span.byte_range()?;
        Some((event, range.start + self.base..range.end + self.base))
    }

    /// The next event that is no comment.
    fn next_node(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        loop {
            let next = self.next()?;
            if !matches!(next.0, Event::Comment(..)) {
                return Some(next);
            }
        }
    }

    fn node(&mut self, event: Event<'a>, span: Range<usize>, depth: usize) -> Option<Node> {
        if depth >= MAX_DEPTH / 2 {
            return None;
        }
        match event {
            Event::Scalar(text, style, 0, None) => scalar(&text, style, span),
            Event::SequenceStart(_, 0, None) => {
                let mut list: Vec<Node> = Vec::new();
                loop {
                    match self.next_node()? {
                        (Event::SequenceEnd, _) => break,
                        (event, span) => list.push(self.node(event, span, depth + 1)?),
                    }
                }
                let last = list.last().map(|node| node.span.end);
                Some(Node { span: enclosing(self.file, span, last), content: Content::List(list) })
            }
            Event::MappingStart(_, 0, None) => {
                let mut map: Vec<(Key, Node)> = Vec::new();
                let mut seen = FxHashSet::default();
                loop {
                    let (event, key_span) = self.next_node()?;
                    let key = match event {
                        Event::MappingEnd => break,
                        Event::Scalar(text, style, 0, None) => scalar(&text, style, key_span)?,
                        _ => return None,
                    };
                    let Content::Scalar { text, plain } = key.content else { return None };
                    if (plain && (text.is_empty() || text == "<<" || text == "~"))
                        || !seen.insert(text.clone())
                    {
                        return None;
                    }
                    let (event, span) = self.next_node()?;
                    let value = self.node(event, span, depth + 1)?;
                    map.push((Key { text, span: key.span }, value));
                }
                let last = map.last().map(|(key, node)| node.span.end.max(key.span.end));
                Some(Node { span: enclosing(self.file, span, last), content: Content::Map(map) })
            }
            _ => None,
        }
    }
}

fn scalar(text: &str, style: ScalarStyle, span: Range<usize>) -> Option<Node> {
    let plain = match style {
        ScalarStyle::Plain => true,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => false,
        // A block's span is that of its text; what it is written with does not tell it from plain text.
        ScalarStyle::Literal | ScalarStyle::Folded => true,
    };
    // A value left out is written as nothing; where it stands is serde-saphyr's to say.
    if text.is_empty() && plain || span.is_empty() {
        return None;
    }
    Some(Node { span, content: Content::Scalar { text: text.to_owned(), plain } })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::node;
    use super::parse;
    use crate::source::Source;

    fn both_ways(text: &str) -> bool {
        let source = Arc::new(Source::new("x.yaml", text));
        let Some(short) = parse(&source.text, 0) else { return false };
        let long = node::parse_the_long_way(&source).expect("the long way takes what the short way takes");
        assert_eq!(format!("{short:?}"), format!("{long:?}"), "{text}");
        true
    }

    #[test]
    fn both_ways_give_the_same_tree() {
        let taken = crate::rules::builtin::TEXTS.iter().filter(|(_, text)| both_ways(text)).count();
        assert!(taken * 10 >= crate::rules::builtin::TEXTS.len() * 9, "{taken} files went the short way");
    }

    proptest::proptest! {
        #[test]
        fn both_ways_give_the_same_tree_of_any_text(
            lines in proptest::collection::vec("( {0,4})(- )?([a-c\"'{}\\[\\],:#&*!|> 0-9é-]{0,12})(: ?)?([a-c\"'{}\\[\\], 0-9<~]{0,8})", 0..8)
        ) {
            both_ways(&lines.join("\n"));
        }
    }
}
