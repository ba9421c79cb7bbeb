//! `--changed-lines`: what changed since a revision, as git tells it.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use factlint::finding::Finding;
use factlint::source::Source;
use rustc_hash::{FxHashMap, FxHashSet};

use super::git::{cannot_run, command};
use super::inputs::{Input, Location, shown};

/// The lines of a repository's files that changed since a revision.
pub(crate) struct Changed {
    revision: String,
    /// The top of the work tree, without links in it.
    top: PathBuf,
    /// Changed lines of files, by their path from the top. Files that did not change are not in it.
    lines: FxHashMap<PathBuf, Vec<Lines>>,
    /// What git keeps. What it does not keep is new in all of its lines.
    tracked: FxHashSet<PathBuf>,
    left_out: AtomicUsize,
}

/// Lines of a file as it is now, counted from 1; the last one is among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lines {
    first: u32,
    last: u32,
}

impl Changed {
    /// Asks git what changed in the repository of the current folder since `revision`: in the files as they
    /// are on disk, committed or not. Otherwise, and where that cannot be told of all articles, says why.
    pub(crate) fn since(revision: &str, articles: &[Input]) -> Result<Self, String> {
        let top = output(&["rev-parse", "--show-toplevel"])?
            .map_err(|reason| format!("git finds no work tree here: {reason}"))?;
        let top = path_of(top.strip_suffix(b"\n").unwrap_or(&top));
        let top = fs::canonicalize(&top).map_err(|error| format!("{}: {error}", top.display()))?;
        let commit = format!("{revision}^{{commit}}");
        // A revision that begins with a dash must not be taken for an option.
        if output(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?.is_err() {
            return Err("git knows no such revision; give one commit, branch or tag, and fetch it first \
                        where the clone is shallow"
                .to_owned());
        }
        // All of the tree, so that a file that was moved here from anywhere is known again.
        let mut child = git(&[
            "-c",
            "core.quotePath=false",
            "diff",
            "--unified=0",
            "--inter-hunk-context=0",
            "--find-renames",
            "--text",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--ignore-submodules=all",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            &commit,
            "--",
        ])
        // A warning for each file of a large tree would fill a pipe that nobody empties.
        .stderr(Stdio::null())
        .spawn()
        .map_err(cannot_run)?;
        let lines = match child.stdout.take() {
            Some(stdout) => read_diff(BufReader::new(stdout)),
            None => Ok(FxHashMap::default()),
        };
        let ended = child.wait().map_err(cannot_run)?;
        if !ended.success() {
            return Err(format!("`git diff {revision}` fails ({ended})"));
        }
        let lines = lines.map_err(cannot_run)?;
        let tracked = output(&["ls-files", "-z", "--full-name", "--", ":/"])??;
        let tracked = tracked.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(path_of).collect();
        let changed =
            Self { revision: revision.to_owned(), top, lines, tracked, left_out: AtomicUsize::new(0) };
        for article in articles {
            let Location::File(path) = &article.place else {
                return Err("what changed in standard input cannot be told".to_owned());
            };
            // One that cannot be found is told as such when it is read.
            if fs::canonicalize(path).is_ok_and(|path| !path.starts_with(&changed.top)) {
                let (path, top) = (&article.shown, shown(&changed.top));
                return Err(format!("{path} is not in the git work tree {top}; run factlint in its own"));
            }
        }
        Ok(changed)
    }

    /// Leaves those findings that touch a changed line with one of their ends: a line of the copy, or the
    /// line of the sheet that it disagrees with.
    pub(crate) fn keep(&self, findings: &mut Vec<Finding>, file: &Path, article: &Source) {
        let before = findings.len();
        findings.retain(|finding| {
            self.touches(file, &lines_of(article, &finding.span)) || self.touches_fact(finding)
        });
        self.left_out.fetch_add(before - findings.len(), Ordering::Relaxed);
    }

    /// The same where fixes have changed the text: `on_disk` is the one that git has compared. Counts nothing.
    pub(crate) fn keep_in_fixed(
        &self,
        findings: &mut Vec<Finding>,
        file: &Path,
        fixed: &Source,
        on_disk: &Source,
    ) {
        let before = lines_before(&on_disk.text, &fixed.text);
        findings.retain(|finding| {
            let lines = lines_of(fixed, &finding.span);
            let of_line = |line: u32| before.get((line as usize).saturating_sub(1)).copied();
            let was = of_line(lines.first).zip(of_line(lines.last));
            let was = was.map_or(lines, |(first, last)| Lines { first: first.first, last: last.last });
            self.touches(file, &was) || self.touches_fact(finding)
        });
    }

    fn touches_fact(&self, finding: &Finding) -> bool {
        let fact = finding.fact.as_ref();
        fact.is_some_and(|fact| self.touches(Path::new(&fact.sheet.path), &lines_of(&fact.sheet, &fact.span)))
    }

    /// What to say of the findings that were left out, if any were.
    pub(crate) fn note(&self) -> Option<String> {
        let left_out = self.left_out.load(Ordering::Relaxed);
        let revision = &self.revision;
        match left_out {
            0 => None,
            1 => Some(format!("1 finding on lines that are as in {revision} is left out")),
            _ => Some(format!("{left_out} findings on lines that are as in {revision} are left out")),
        }
    }

    /// Whether one of these lines of a file has changed. Of a sheet from outside of the work tree none has.
    fn touches(&self, file: &Path, wanted: &Lines) -> bool {
        // Gone meanwhile, or of a name that cannot be shown: what is not known is told.
        let Ok(whole) = fs::canonicalize(file) else { return true };
        let Ok(path) = whole.strip_prefix(&self.top) else { return false };
        if !self.tracked.contains(path) {
            return true;
        }
        let Some(changed) = self.lines.get(path) else { return false };
        changed.iter().any(|lines| lines.first <= wanted.last && wanted.first <= lines.last)
    }
}

fn lines_of(source: &Source, span: &Range<usize>) -> Lines {
    let last = span.end.saturating_sub(1).max(span.start);
    Lines { first: source.line_number(span.start), last: source.line_number(last) }
}

/// For each line of a fixed text the lines that it was before.
fn lines_before(on_disk: &str, fixed: &str) -> Vec<Lines> {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    let mut before = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &lines(on_disk), &lines(fixed)) {
        let (_, old, new) = op.as_tag_tuple();
        for at in 0..new.len() {
            // Most fixes change lines and leave their number as it is.
            let (first, last) = match old.len() == new.len() {
                true => (old.start + at, old.start + at),
                false => (old.start, old.end.saturating_sub(1).max(old.start)),
            };
            before.push(Lines { first: number(first), last: number(last) });
        }
    }
    before
}

fn git(arguments: &[&str]) -> Command {
    let mut command = command();
    command.args(arguments).stdout(Stdio::piped());
    command
}

/// What git prints, or, inside, the first line of what it complains of.
fn output(arguments: &[&str]) -> Result<Result<Vec<u8>, String>, String> {
    let output = git(arguments).output().map_err(cannot_run)?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or_default();
    Ok(Err(first.strip_prefix("fatal: ").unwrap_or(first).to_owned()))
}

/// The changed lines of each file in a diff without context, by the path that the file has now.
fn read_diff(mut diff: impl BufRead) -> io::Result<FxHashMap<PathBuf, Vec<Lines>>> {
    let mut files: FxHashMap<PathBuf, Vec<Lines>> = FxHashMap::default();
    let mut path = None;
    // Lines of copy that are still to come. Copy may look like anything, a header too.
    let (mut removed, mut added) = (0_u32, 0_u32);
    let mut line = Vec::new();
    loop {
        line.clear();
        if diff.read_until(b'\n', &mut line)? == 0 {
            return Ok(files);
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        match text.first() {
            Some(b'-') if removed > 0 => removed -= 1,
            Some(b'+') if added > 0 => added -= 1,
            _ => {
                if let Some(name) = text.strip_prefix(b"+++ ") {
                    path = new_path(name);
                } else if let Some((old, new)) = text.strip_prefix(b"@@ -").and_then(hunk) {
                    (removed, added) = (old, new.1);
                    let (first, count) = new;
                    if let Some(path) = &path
                        && count > 0
                    {
                        let lines = Lines { first, last: first.saturating_add(count - 1) };
                        files.entry(PathBuf::clone(path)).or_default().push(lines);
                    }
                }
            }
        }
    }
}

/// Of `12,3 +14,2 @@ …` how many lines were taken away, and which is the first that was added and how
/// many were.
fn hunk(text: &[u8]) -> Option<(u32, (u32, u32))> {
    let text = text.split(|byte| *byte == b'@').next()?;
    let (old, new) = std::str::from_utf8(text).ok()?.trim_end().split_once(" +")?;
    let range = |text: &str| match text.split_once(',') {
        Some((first, count)) => Some((first.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    };
    let (_, removed) = range(old)?;
    Some((removed, range(new)?))
}

/// The path behind `+++ `; `None` where the file is gone.
fn new_path(name: &[u8]) -> Option<PathBuf> {
    // A path with a space in it has a tab behind it, quoted or not; a tab of its own would be quoted.
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let unquoted;
    let name = match name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) {
        Some(quoted) => {
            unquoted = unquote(quoted);
            unquoted.as_slice()
        }
        None => name,
    };
    name.strip_prefix(b"b/").map(path_of)
}

/// Takes back how git writes characters that would be in its way: as C does.
fn unquote(quoted: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let escaped = if first == b'\\' { rest.split_first() } else { None };
        let Some((&escaped, after)) = escaped else {
            bytes.push(first);
            continue;
        };
        rest = after;
        bytes.push(match escaped {
            b'a' => 0x07,
            b'b' => 0x08,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 0x0b,
            b'f' => 0x0c,
            b'r' => b'\r',
            b'0'..=b'7' => {
                let more = rest.iter().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                let (digits, after) = rest.split_at(more);
                rest = after;
                let octal = |value: u8, digit: &u8| value.wrapping_mul(8).wrapping_add(digit - b'0');
                digits.iter().fold(escaped - b'0', octal)
            }
            other => other,
        });
    }
    bytes
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(<OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes))
}

/// Git writes paths in UTF-8 there.
#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(<str as AsRef<OsStr>>::as_ref(&String::from_utf8_lossy(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(diff: &str) -> Vec<(String, Vec<(u32, u32)>)> {
        let mut files: Vec<_> = read_diff(diff.as_bytes())
            .unwrap()
            .into_iter()
            .map(|(path, lines)| {
                (shown(&path), lines.iter().map(|lines| (lines.first, lines.last)).collect())
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn lines_of_a_fixed_text_are_known_from_before() {
        let before = |old, new| -> Vec<(u32, u32)> {
            lines_before(old, new).iter().map(|lines| (lines.first, lines.last)).collect()
        };
        assert_eq!(before("a\nb\nc\n", "a\nB\nc\n"), [(1, 1), (2, 2), (3, 3)]);
        assert_eq!(before("<!-- x -->\na\nb\n", "a\nb\n"), [(2, 2), (3, 3)]);
        assert_eq!(before("a\nb\nc\n", "A\nc\n"), [(1, 2), (3, 3)]);
        assert!(before("a", "").is_empty());
    }

    #[test]
    fn copy_that_looks_like_a_header_is_copy() {
        let diff = "diff --git a/with space.txt b/with space.txt\n\
                    --- a/with space.txt\t\n\
                    +++ b/with space.txt\t\n\
                    @@ -2,2 +2 @@ a\n\
                    -- a/other.txt\n\
                    -b\n\
                    +@@ -1 +1,400 @@\n\
                    @@ -4,0 +4,2 @@ c\n\
                    +++ b/other.txt\n\
                    +e\n\
                    \\ No newline at end of file\n\
                    diff --git a/gone.txt b/gone.txt\n\
                    --- a/gone.txt\n\
                    +++ /dev/null\n\
                    @@ -1 +0,0 @@\n\
                    -x\n\
                    diff --git a/less.txt b/less.txt\n\
                    --- a/less.txt\n\
                    +++ b/less.txt\n\
                    @@ -7,2 +6,0 @@\n\
                    -x\n\
                    -y\n";
        assert_eq!(read(diff), [("with space.txt".to_owned(), vec![(2, 2), (4, 5)])]);
    }

    #[test]
    fn paths_that_git_quotes_are_read_back() {
        let diff = "--- \"a/q\\\"uo\\\\te.txt\"\n\
                    +++ \"b/q\\\"uo\\\\te\\001 \\t.txt\"\t\n\
                    @@ -1 +1 @@\n\
                    -x\n\
                    +y\n\
                    rename from \"\\321\\201.txt\"\n\
                    +++ \"b/\\320\\275\\320\\276.txt\"\n\
                    @@ -6 +6 @@ e\n\
                    -f\n\
                    +F\n";
        let expected =
            [("q\"uo\\te\u{1} \t.txt".to_owned(), vec![(1, 1)]), ("но.txt".to_owned(), vec![(6, 6)])];
        if cfg!(unix) {
            assert_eq!(read(diff), expected);
        }
        assert_eq!(unquote(b"a\\"), b"a\\");
        assert_eq!(unquote(b"\\7\\18\\7777"), b"\x07\x018\xff7");
    }

    proptest::proptest! {
        #[test]
        fn any_output_is_read(diff in "((@@ -[0-9]{1,10}(,[0-9]{1,3})? \\+[0-9]{1,10}(,[0-9]{1,10})? @@|[-+\"ab/\\\\0-9]*)\n){0,9}") {
            let _ = read_diff(diff.as_bytes());
        }
    }
}
