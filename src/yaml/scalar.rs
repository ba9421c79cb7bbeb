//! Text as a YAML scalar: plain where that is safe, else in double quotes.

use std::fmt::Write;

/// Plain words that YAML 1.1 or 1.2 takes for something else than text.
const RESERVED: [&str; 13] =
    ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf", "nil", "none"];

/// A text so that any YAML reader reads that text, on one line, in block and in flow style.
pub fn scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Among them line ends that only some readers know, and what nobody sees.
            c if crate::report::visible::is_hidden(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                // Writing to a string cannot fail.
                let _ = match u32::from(c) {
                    code @ 0..=0xffff => write!(quoted, "\\u{code:04X}"),
                    code => write!(quoted, "\\U{code:08X}"),
                };
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Letters, digits and a few marks that mean nothing to YAML between them.
fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '\'' | '’' | 'ʼ'))
        && !RESERVED.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Source;
    use crate::yaml::{self, Content};

    fn read_back(text: &str) -> String {
        let written = format!("- {}\n- [{}, x]\n- {0}: 1\n", scalar(text), scalar(text));
        let node = yaml::parse(&Arc::new(Source::new("a", written))).unwrap();
        let Content::List(nodes) = node.content else { panic!("a list") };
        let Content::Scalar { text: block, .. } = &nodes[0].content else { panic!("a scalar") };
        let Content::List(flow) = &nodes[1].content else { panic!("a list in flow style") };
        let Content::Scalar { text: in_flow, .. } = &flow[0].content else { panic!("a scalar") };
        let Content::Map(map) = &nodes[2].content else { panic!("a map") };
        assert_eq!((block, &map[0].0.text), (in_flow, block));
        block.clone()
    }

    #[test]
    fn odd_texts_come_back_as_they_were() {
        for text in [
            "Ana Lima",
            "O'Neill",
            "no",
            "No",
            "NULL",
            "~",
            "1e3",
            "0x1f",
            "12:30",
            "2022-01-09",
            "a: b",
            "a #b",
            "- a",
            "\"quoted\"",
            "back\\slash",
            "a\nb",
            "a\tb",
            " a",
            "a ",
            "",
            "[a]",
            "{a}",
            "a, b",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
            "?",
            "Об'єднані Нації",
            "e\u{301}",
            "\u{feff}x",
            "a\u{2028}b",
            "\u{85}",
            "\u{7}",
            "='",
            "<<",
            ".5",
            "习近平",
            "🙂",
        ] {
            assert_eq!(read_back(text), text);
        }
        assert_eq!(scalar("Kassym-Jomart Tokayev"), "Kassym-Jomart Tokayev");
        assert_eq!(scalar("no"), "\"no\"");
    }

    proptest::proptest! {
        #[test]
        fn any_text_comes_back_as_it_was(text in "[^\u{0}]{0,40}") {
            proptest::prop_assert_eq!(read_back(&text), text);
        }
    }
}
