//! Sheets as they were in a revision of a Git repository. Git itself is asked, as a program.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use factlint::article::load;
use factlint::problem::Problem;

use super::inputs::{is_sheet, shown};

/// A revision that exists in the repository of some folder.
pub(crate) struct Revision {
    /// The full hash: nothing in it can be taken for an option.
    hash: String,
}

impl Revision {
    /// A revision, if the folder is in a repository that has it.
    pub(crate) fn find(name: &str, folder: &Path) -> Result<Self, String> {
        let inside = git(folder, &["rev-parse".into(), "--git-dir".into()])?;
        if !inside.status.success() {
            return Err(format!("{} is in no Git repository", folder_name(folder)));
        }
        let commit = format!("{name}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        let known = git(folder, &arguments.map(OsString::from))?;
        if !known.status.success() {
            return Err(format!("Git knows no revision `{name}`"));
        }
        let hash = String::from_utf8_lossy(&known.stdout).trim().to_owned();
        if hash.is_empty() { Err(format!("Git knows no revision `{name}`")) } else { Ok(Self { hash }) }
    }

    /// The text of a file as it was; `None` where it was not there.
    pub(crate) fn text(&self, path: &Path) -> Result<Option<String>, Problem> {
        let Some(name) = path.file_name() else { return Ok(None) };
        let mut old = OsString::from(format!("{}:./", self.hash));
        old.push(name);
        let there = git(folder_of(path), &["cat-file".into(), "-e".into(), old.clone()])
            .map_err(|message| Problem::of_file(shown(path), message))?;
        if there.status.success() { self.blob(path, old).map(Some) } else { Ok(None) }
    }

    /// The texts of the sheets that were there and are not any more, in the repository of a file.
    pub(crate) fn removed_sheets(&self, of: &Path) -> Result<Vec<String>, Problem> {
        let arguments = ["diff", "--no-renames", "--diff-filter=D", "--name-only", "-z", &self.hash];
        let removed = git(folder_of(of), &arguments.map(OsString::from))
            .map_err(|message| Problem::of_file(shown(of), message))?;
        let list = String::from_utf8_lossy(&removed.stdout).into_owned();
        let sheets = list.split('\0').filter(|name| is_sheet(Path::new(name)));
        sheets.map(|name| self.blob(of, OsString::from(format!("{}:{name}", self.hash)))).collect()
    }

    fn blob(&self, path: &Path, object: OsString) -> Result<String, Problem> {
        let problem = |message: String| Problem::of_file(shown(path), message);
        let found = git(folder_of(path), &["cat-file".into(), "blob".into(), object]).map_err(problem)?;
        if !found.status.success() {
            let reason = String::from_utf8_lossy(&found.stderr).trim().to_owned();
            return Err(problem(format!("Git cannot show it as it was: {reason}")));
        }
        load::decode(&shown(path), found.stdout)
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn folder_name(folder: &Path) -> String {
    if folder == Path::new(".") { "this folder".to_owned() } else { shown(folder) }
}

fn git(folder: &Path, arguments: &[OsString]) -> Result<Output, String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    command().arg("-C").arg(folder).args(arguments).output().map_err(cannot_run)
}

/// Git, asked to look only: no lock is taken that another call would wait for, its messages are those that are
/// known, and what the user sets for their own calls changes nothing.
pub(crate) fn command() -> Command {
    let mut command = Command::new("git");
    command.stdin(Stdio::null()).env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    for variable in ["GIT_DIFF_OPTS", "GIT_LITERAL_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_NOGLOB_PATHSPECS"]
    {
        command.env_remove(variable);
    }
    command
}

pub(crate) fn cannot_run(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "git is not installed, or not on the path".to_owned(),
        _ => format!("cannot run git: {error}"),
    }
}
