//! Patterns of paths, as `.gitignore` has taught people to read them: a pattern without a `/` stands for a
//! name in any folder, one with a `/` for a path from the config's folder, and what stands for a folder
//! stands for all that is in it.

use std::path::Path;
use std::sync::Arc;

use globset::{Candidate, GlobBuilder, GlobSet, GlobSetBuilder};

use crate::problem::Problem;
use crate::source::Source;
use crate::yaml::At;

/// Patterns of one key of a config, compiled. Paths are relative to the config's folder.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    set: GlobSet,
    /// By pattern: it stands for folders only (`drafts/`).
    folders_only: Vec<bool>,
}

/// How a path meets patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Met {
    No,
    /// One of the folders that it lies in does.
    ByFolder,
    /// The path itself does.
    Itself,
}

impl Patterns {
    /// Compiles patterns; what is wrong with them goes to `problems`, at `key`.
    pub fn new<'p>(
        source: &Arc<Source>,
        key: &str,
        patterns: impl IntoIterator<Item = &'p At<String>>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut set = GlobSetBuilder::new();
        let mut folders_only = Vec::new();
        for pattern in patterns {
            match compile(pattern) {
                Ok((glob, only_folders)) => {
                    set.add(glob);
                    folders_only.push(only_folders);
                }
                Err((message, help)) => {
                    let mut problem = Problem::at(source, pattern.range(), message).key(key);
                    problem.help = help;
                    problems.push(problem);
                }
            }
        }
        match set.build() {
            Ok(set) => Self { set, folders_only },
            Err(error) => {
                problems.push(Problem::of_file(source.path.as_str(), error.to_string()).key(key));
                Self::default()
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.folders_only.is_empty()
    }

    /// How a path with forward slashes meets the patterns, by itself or by a folder that it lies in.
    pub fn meet(&self, path: &str, is_folder: bool) -> Met {
        if self.is_empty() {
            return Met::No;
        }
        if self.is_one(path, is_folder) {
            return Met::Itself;
        }
        let mut folders = Path::new(path).ancestors().skip(1).filter_map(Path::to_str);
        match folders.any(|folder| !folder.is_empty() && self.is_one(folder, true)) {
            true => Met::ByFolder,
            false => Met::No,
        }
    }

    fn is_one(&self, path: &str, is_folder: bool) -> bool {
        let found = self.set.matches_candidate(&Candidate::new(path));
        found.iter().any(|&at| is_folder || !self.folders_only.get(at).is_some_and(|&only| only))
    }
}

/// How far a pattern reaches, as a path from the config's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What it stands for lies in this folder or below; the empty path is the config's own.
    Below(String),
    /// It stands for this path, and where that is a folder for all in it.
    Path(String),
}

impl Reach {
    /// Of a pattern that compiles.
    pub fn of(pattern: &str) -> Self {
        let trimmed = pattern.strip_prefix("./").unwrap_or(pattern);
        let path = trimmed.strip_suffix('/').unwrap_or(trimmed);
        // A name stands for itself in every folder.
        let Some(path) = path.strip_prefix('/').or(path.contains('/').then_some(path)) else {
            return Self::Below(String::new());
        };
        match path.find(['*', '?', '[', '{', '\\']) {
            None => Self::Path(path.to_owned()),
            Some(wild) => {
                let head = path.get(..wild).unwrap_or_default();
                Self::Below(
                    head.rfind('/').and_then(|slash| head.get(..slash)).unwrap_or_default().to_owned(),
                )
            }
        }
    }
}

/// Whether a text has wildcards, or is a plain path.
pub fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '[', '{'])
}

type Refusal = (String, Option<String>);

fn compile(pattern: &str) -> Result<(globset::Glob, bool), Refusal> {
    let trimmed = pattern.strip_prefix("./").unwrap_or(pattern);
    if trimmed.trim().is_empty() {
        return Err(("an empty pattern".to_owned(), None));
    }
    if trimmed.starts_with('!') {
        let help = "name in `exclude` what is to be left out".to_owned();
        return Err((format!("the pattern `{pattern}` begins with `!`"), Some(help)));
    }
    if trimmed.split('/').any(|part| part == "..") {
        let help = "put a factlint.yaml into the folder that it is about".to_owned();
        return Err((format!("the pattern `{pattern}` leads out of the config's folder"), Some(help)));
    }
    let (path, folders_only) = match trimmed.strip_suffix('/') {
        Some(folder) => (folder, true),
        None => (trimmed, false),
    };
    // The config's own folder stands for all that is in it.
    let path = if path.is_empty() || path == "." { "**" } else { path };
    let anchored = match path.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None if path.contains('/') => path.to_owned(),
        None => format!("**/{path}"),
    };
    let glob = GlobBuilder::new(&anchored).literal_separator(true).backslash_escape(true).build();
    glob.map(|glob| (glob, folders_only))
        .map_err(|error| (format!("`{pattern}` is no pattern: {}", error.kind()), None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(patterns: &[&str], path: &str, is_folder: bool) -> Met {
        let source = Arc::new(Source::new("factlint.yaml", ""));
        let patterns: Vec<At<String>> =
            patterns.iter().map(|pattern| At::new((*pattern).to_owned(), 0..0)).collect();
        let mut problems = Vec::new();
        let compiled = Patterns::new(&source, "exclude", &patterns, &mut problems);
        assert!(problems.is_empty(), "{}", problems[0]);
        compiled.meet(path, is_folder)
    }

    #[test]
    fn a_name_stands_for_itself_in_every_folder_and_a_path_for_one() {
        for (pattern, path, expected) in [
            ("drafts", "drafts", Met::Itself),
            ("drafts", "a/drafts", Met::Itself),
            ("drafts", "a/drafts/b/c.md", Met::ByFolder),
            ("drafts", "a/drafts.md", Met::No),
            ("*.md", "a/b/c.md", Met::Itself),
            ("/*.md", "c.md", Met::Itself),
            ("/*.md", "a/c.md", Met::No),
            ("a/*.md", "a/c.md", Met::Itself),
            ("a/*.md", "a/b/c.md", Met::No),
            ("a/*.md", "b/a/c.md", Met::No),
            ("a/**", "a/b/c.md", Met::Itself),
            ("./a/**/*.md", "a/c.md", Met::Itself),
            ("a", "a/b/c.md", Met::ByFolder),
            ("a/", "a/b/c.md", Met::ByFolder),
            (".", "a/b/c.md", Met::Itself),
            ("історії/*.md", "історії/вибух.md", Met::Itself),
            ("{a,b}/*", "b/c", Met::Itself),
        ] {
            assert_eq!(met(&[pattern], path, false), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn a_pattern_reaches_no_further_than_its_first_wildcard() {
        let below = |path: &str| Reach::Below(path.to_owned());
        let path = |path: &str| Reach::Path(path.to_owned());
        for (pattern, expected) in [
            ("story.txt", below("")),
            ("drafts/", below("")),
            ("**", below("")),
            ("/story.txt", path("story.txt")),
            ("./a/story.txt", path("a/story.txt")),
            ("a/drafts/", path("a/drafts")),
            ("a/b*/c.md", below("a")),
            ("a/b/*.md", below("a/b")),
            ("історії/{a,b}", below("історії")),
        ] {
            assert_eq!(Reach::of(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn a_slash_at_the_end_stands_for_folders_only() {
        assert_eq!(met(&["drafts/"], "a/drafts", false), Met::No);
        assert_eq!(met(&["drafts/"], "a/drafts", true), Met::Itself);
        assert_eq!(met(&["a.md", "drafts/"], "drafts/x.md", false), Met::ByFolder);
    }
}
