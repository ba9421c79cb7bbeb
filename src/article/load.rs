//! From the bytes of a file to an article, or to what is wrong with them and what to do about it.

use std::ops::Range;
use std::sync::Arc;

use super::{Article, front_matter};
use crate::problem::Problem;
use crate::source::{BYTE_ORDER_MARK, Source};

/// The longest file that is read, in bytes: offsets of lines are kept in 32 bits.
pub const LONGEST: u64 = u32::MAX as u64;

/// An article, and what is odd about it and yet no hindrance.
#[derive(Debug)]
pub struct Loaded {
    pub article: Article,
    pub warnings: Vec<Problem>,
}

/// An article from the bytes of a file. `path` is the name it is to go by.
pub fn load(path: &str, bytes: Vec<u8>) -> Result<Loaded, Problem> {
    let text = decode(path, bytes)?;
    let source = Arc::new(Source::new(path, text));
    let (metadata, body) = front_matter::read(&source)?;
    let copy = source.text.get(body.clone()).unwrap_or_default();
    if copy.trim().is_empty() {
        let message = if body.start > BYTE_ORDER_MARK.len_utf8() {
            "there is no copy after the front matter"
        } else {
            "the file is empty"
        };
        return Err(Problem::of_file(path, message));
    }
    let warnings = bidi_controls(&source).into_iter().collect();
    Ok(Loaded { article: Article::new(source, body, metadata), warnings })
}

/// The text of a file in UTF-8, for any kind of file: sheets and rules come in the same encodings.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.len() as u64 > LONGEST {
        return Err(too_long(path));
    }
    if let Some(encoding) = wide_encoding(&bytes) {
        return Err(Problem::of_file(path, format!("the file is in {}, not in UTF-8", encoding.name))
            .help(convert(path, encoding.iconv)));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            return Err(not_utf8(path, error.as_bytes(), at));
        }
    };
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let nuls = memchr::memchr_iter(0, text.as_bytes()).count();
        if looks_binary(text.as_bytes()) {
            return Err(binary(path));
        }
        let source = Arc::new(Source::new(path, text));
        let message = match nuls {
            1 => "the file has a NUL character, which no text has".to_owned(),
            _ => format!("the file has {nuls} NUL characters, which no text has; this is the first"),
        };
        return Err(Problem::at(&source, at..at + 1, message)
            .help("the file may have been damaged on its way: fetch it again, or take them out"));
    }
    Ok(text)
}

/// The problem of a file longer than [`LONGEST`].
pub fn too_long(path: &str) -> Problem {
    Problem::of_file(path, "the file is longer than 4 GiB").help("split it into one file per article")
}

fn convert(path: &str, from: &str) -> String {
    format!("save it as UTF-8: iconv -f {from} -t UTF-8 {path}")
}

struct Encoding {
    name: &'static str,
    iconv: &'static str,
}

/// UTF-16 and UTF-32 by their byte order marks, and UTF-16 without one by the NULs that every second
/// byte then is in Latin script.
fn wide_encoding(bytes: &[u8]) -> Option<Encoding> {
    let marked = |name, iconv| Some(Encoding { name, iconv });
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return marked("UTF-32", "UTF-32"),
        [0xff, 0xfe, ..] => return marked("UTF-16 (little-endian, with a byte order mark)", "UTF-16"),
        [0xfe, 0xff, ..] => return marked("UTF-16 (big-endian, with a byte order mark)", "UTF-16"),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(512) & !1)?;
    let pairs = head.len() / 2;
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if pairs >= 4 && odd * 10 > pairs * 7 && even == 0 {
        return marked("UTF-16 (little-endian, without a byte order mark)", "UTF-16LE");
    }
    if pairs >= 4 && even * 10 > pairs * 7 && odd == 0 {
        return marked("UTF-16 (big-endian, without a byte order mark)", "UTF-16BE");
    }
    None
}

fn binary(path: &str) -> Problem {
    Problem::of_file(path, "the file is binary, not text").help("give text in UTF-8")
}

/// Whether the head of a file has more control characters than any text has.
fn looks_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let controls = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    controls * 20 > head.len()
}

/// The problem of a file that is not UTF-8 from `at` on.
fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Problem {
    if looks_binary(bytes) {
        return binary(path);
    }
    // Up to the first bad byte the text is as it is, so that line and column can be told, and a bit
    // of what follows makes the snippet; the rest would be copied for nothing.
    let shown = bytes.get(..bytes.len().min(at + 200)).unwrap_or(bytes);
    let source = Arc::new(Source::new(path, String::from_utf8_lossy(shown).into_owned()));
    let byte = bytes.get(at).copied().unwrap_or_default();
    let problem = |message: String, help: &str| {
        Problem::at(&source, at..at + char::REPLACEMENT_CHARACTER.len_utf8(), message).help(help)
    };
    let head = bytes.get(..bytes.len().min(1 << 16)).unwrap_or(bytes);
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in head.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if good > bad {
        return problem(
            format!("the file is damaged: byte 0x{byte:02x} is not UTF-8, while most of it is"),
            "fetch it again, or write the character anew",
        );
    }
    let high = head.iter().filter(|byte| !byte.is_ascii()).count();
    let low = head.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    // Among the Latin keys of a sheet, Cyrillic is told by words of such letters; a Latin alphabet has
    // them one by one.
    let runs = head.windows(4).filter(|window| window.iter().all(|byte| *byte >= 0xc0)).count();
    if high > low || runs * 4 > high {
        return problem(
            format!("the file is not in UTF-8 (byte 0x{byte:02x}); it looks like Windows-1251 or KOI8"),
            &convert(path, "WINDOWS-1251"),
        );
    }
    problem(
        format!("the file is not in UTF-8 (byte 0x{byte:02x}); it looks like Latin-1 or Windows-1252"),
        &convert(path, "WINDOWS-1252"),
    )
}

/// A warning for characters that make a text be shown in another order than it has: what the reader
/// sees is then not what was checked.
fn bidi_controls(source: &Arc<Source>) -> Option<Problem> {
    let bytes = source.text.as_bytes();
    let mut found = memchr::memchr_iter(0xe2, bytes).filter_map(|at| control_at(bytes, at));
    let first = found.next()?;
    let more = found.count();
    let code = source.text.get(first.clone()).and_then(|text| text.chars().next()).map_or(0, u32::from);
    let message = match more {
        0 => format!("U+{code:04X} changes the order in which text is shown"),
        _ => format!("U+{code:04X} and {more} more like it change the order in which text is shown"),
    };
    let help = "take them out unless the copy quotes a right-to-left script";
    Some(Problem::at(source, first, message).help(help).warning())
}

/// U+202A to U+202E and U+2066 to U+2069 at `at`, where a byte 0xe2 stands.
fn control_at(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let is_control = match (bytes.get(at + 1)?, bytes.get(at + 2)?) {
        (0x80, third) => (0xaa..=0xae).contains(third),
        (0x81, third) => (0xa6..=0xa9).contains(third),
        _ => false,
    };
    is_control.then_some(at..at + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(bytes: &[u8]) -> String {
        load("a.txt", bytes.to_vec()).unwrap_err().to_string()
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(problem(b""), "a.txt: the file is empty");
        assert_eq!(problem("\u{feff} \n".as_bytes()), "a.txt: the file is empty");
        assert_eq!(problem(b"---\nlanguage: en\n---\n\n"), "a.txt: there is no copy after the front matter");
        assert!(problem(b"\xff\xfeT\0o\0").starts_with("a.txt: the file is in UTF-16 (little-endian, with"));
        assert!(problem(b"\xfe\xff\0T\0o").starts_with("a.txt: the file is in UTF-16 (big-endian, with"));
        assert!(
            problem(b"T\0o\0k\0a\0y\0").starts_with("a.txt: the file is in UTF-16 (little-endian, without")
        );
        assert!(problem(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01").starts_with("a.txt: the file is binary"));
        assert!(
            problem("Sixteen\0 people died in the city of Almaty.".as_bytes()).starts_with("a.txt:1:8: ")
        );
        assert!(
            problem(b"Sa\xf5 Paulo")
                .contains("1:3: the file is not in UTF-8 (byte 0xf5); it looks like Latin-1")
        );
        assert!(problem(b"\xca\xe8\xbf\xe2 \xed\xe8\xed\xb3").contains("Windows-1251"));
        assert!(problem("Київ".as_bytes().split_last().unwrap().1).contains("damaged: byte 0xd0"));
    }

    #[test]
    fn a_byte_order_mark_is_no_copy() {
        let loaded = load("a.txt", "\u{feff}Kyiv".into()).unwrap();
        assert_eq!(loaded.article.text(), "Kyiv");
        assert_eq!(loaded.article.body, 3..7);
    }

    #[test]
    fn bidi_controls_are_a_warning() {
        let loaded = load("a.txt", "He — \u{202e}said\u{202c} “so”".into()).unwrap();
        let [warning] = loaded.warnings.as_slice() else { panic!("one warning") };
        assert!(warning.to_string().starts_with("a.txt:1:6: U+202E and 1 more"), "{warning}");
        assert!(load("a.txt", "“so” — yes…".into()).unwrap().warnings.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_load_or_say_why(bytes: Vec<u8>) {
            if let Ok(loaded) = load("a", bytes) {
                let _ = loaded.article.text();
            }
        }

        #[test]
        fn any_text_loads_or_says_why(text in "(---\n)?(published: |language: |facts: )?\\PC*\n(---\n)?\\PC*") {
            if let Err(problem) = load("a", text.into()) {
                let _ = problem.to_string();
            }
        }
    }
}
