//! Bytes of a file become text: UTF-8 only, with a clear word where they are something else.

use std::path::Path;
use std::sync::Arc;

use crate::problem::Problem;
use crate::source::Source;

/// The largest file that is read: byte offsets and line starts are kept in 32 bits.
const MAX_BYTES: u64 = 1 << 30;

/// Reads a file as UTF-8.
pub fn read_file(path: &Path) -> Result<Arc<Source>, Problem> {
    let shown = shown(path);
    let cannot =
        |error: std::io::Error| Problem::of_file(shown.clone(), format!("cannot be read: {}", plain(&error)));
    let size = std::fs::metadata(path).map_err(cannot)?.len();
    if size > MAX_BYTES {
        return Err(Problem::of_file(shown, "the file is larger than 1 GiB"));
    }
    let bytes = std::fs::read(path).map_err(cannot)?;
    from_bytes(shown, bytes)
}

/// Takes a file's bytes as UTF-8. Of what is not UTF-8, the problem names the first offending byte with
/// its line and column and says what the file looks like.
pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Result<Arc<Source>, Problem> {
    let path = path.into();
    if let Some(name) = utf16(&bytes) {
        return Err(Problem::of_file(path, format!("the file is {name}, not UTF-8")).help("save it as UTF-8"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(Source::new(path, text))),
        Err(error) => Err(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

/// The path as it is shown, with forward slashes.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The system's words for an error, without its number, which differs between systems.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// UTF-16 or UTF-32, told by its byte order mark or by the zero bytes of its Latin letters.
fn utf16(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some("UTF-16"),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let zeros = |remainder: usize| {
        head.iter().enumerate().filter(|(at, byte)| at % 2 == remainder && **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let half = head.len() / 2;
    (half >= 4 && even.max(odd) * 2 > half && even.min(odd) == 0)
        .then_some("UTF-16 without a byte order mark")
}

fn not_utf8(path: String, bytes: &[u8], at: usize) -> Problem {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let guess = guess(bytes);
    // The snippet shows the text up to there and a stand-in for the byte; what follows is of no use.
    let line_end = bytes.iter().skip(at).position(|byte| *byte == b'\n').map_or(bytes.len(), |end| at + end);
    let lossy = String::from_utf8_lossy(bytes.get(..line_end).unwrap_or_default()).into_owned();
    let source = Arc::new(Source::new(path, lossy));
    let span = at..source.text.ceil_char_boundary(at + 1);
    let place = source.place(at);
    let message =
        format!("not UTF-8: the byte 0x{byte:02X} in line {}, column {}{guess}", place.line, place.column);
    Problem::at(&source, span, message).help("save the file as UTF-8")
}

/// What bytes that are not UTF-8 look like.
fn guess(bytes: &[u8]) -> &'static str {
    let head = bytes.get(..bytes.len().min(1 << 16)).unwrap_or_default();
    if head.contains(&0) {
        return "; the file looks like no text at all";
    }
    let high = head.iter().filter(|byte| **byte >= 0x80).count();
    let letters = head.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    // A Cyrillic or Greek text has more high bytes than any Latin one.
    let runs = head.windows(4).filter(|window| window.iter().all(|byte| *byte >= 0xc0)).count();
    if runs * 4 > high.max(1) || high > letters {
        "; the file looks like a one-byte encoding such as Windows-1251"
    } else {
        "; the file looks like Latin-1 or Windows-1252"
    }
}
