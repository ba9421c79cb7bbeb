//! Two versions of a text as a unified diff, which `patch` and `git apply` read.

use std::fmt::Write as _;

use similar::TextDiff;

use super::human::Style;
use super::render::{Renderer, Reported};
use super::visible;

/// For a run that shows what fixes would change: what is found is not told.
pub struct Diff;

impl Renderer for Diff {
    fn article(&self, _: &Reported<'_>) -> String {
        String::new()
    }
}

/// What has changed, with three lines around; empty where nothing has. The plain one is exact; in colours, for
/// a terminal, control characters of the text are spelled out.
pub fn unified(old_name: &str, new_name: &str, old: &str, new: &str, style: Style) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&lines(old), &lines(new));
    let mut text = String::new();
    // Hunk by hunk: the library takes a lone carriage return for the end of a line.
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        let _ = writeln!(text, "{}", hunk.header());
        for change in hunk.iter_changes() {
            let _ = write!(text, "{}{}", change.tag(), change.value());
            if !change.value().ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    if !text.is_empty() {
        text.insert_str(0, &format!("--- {}\n+++ {}\n", named(old_name), named(new_name)));
    }
    match style {
        Style::Plain => text,
        Style::Coloured => text.split_inclusive('\n').map(coloured).collect(),
    }
}

/// The tab tells `patch` where a name with a space ends.
fn named(path: &str) -> String {
    let path = visible::line(path);
    if path.contains(' ') { format!("{path}\t") } else { path.into_owned() }
}

fn coloured(line: &str) -> String {
    let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
    // Of a file with the line ends of Windows every line would show one.
    let line = line.strip_suffix('\r').unwrap_or(line);
    let colour = match line.as_bytes().first() {
        Some(b'+') if !line.starts_with("+++") => "\u{1b}[32m",
        Some(b'-') if !line.starts_with("---") => "\u{1b}[31m",
        Some(b'@') => "\u{1b}[36m",
        _ => return format!("{}{end}", visible::line(line)),
    };
    format!("{colour}{}\u{1b}[0m{end}", visible::line(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_lines_and_of_the_file_are_told_as_they_are() {
        let diff = |old, new| unified("a b.txt", "a b.txt", old, new, Style::Plain);
        assert_eq!(diff("same\n", "same\n"), "");
        assert_eq!(
            diff("one\r\ntwo", "one\r\n2"),
            "--- a b.txt\t\n+++ a b.txt\t\n@@ -1,2 +1,2 @@\n one\r\n-two\n\\ No newline at end of file\n+2\n\
             \\ No newline at end of file\n"
        );
        assert!(
            diff("a\r", "b\r")
                .ends_with("-a\r\n\\ No newline at end of file\n+b\r\n\\ No newline at end of file\n")
        );
        assert_eq!(diff("a\rb\n", "a\rc\n"), "--- a b.txt\t\n+++ a b.txt\t\n@@ -1 +1 @@\n-a\rb\n+a\rc\n");
    }
}
