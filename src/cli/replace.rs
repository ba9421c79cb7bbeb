//! Replaces a file by a new text, whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use factlint::problem::Problem;

use super::inputs::shown;
use super::output::cannot_write;

/// Writes `text` beside the file and puts it in its place. A link stays a link: what it leads to is replaced.
/// The file keeps its permissions.
pub(crate) fn replace(path: &Path, text: &str) -> Result<(), Problem> {
    write(path, text).map_err(|error| Problem::of_file(shown(path), cannot_write(&error)))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    // Who may not write into the file must not put another in its place either.
    if metadata.permissions().readonly() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let (beside, mut file) = create_beside(&target)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::set_permissions(&beside, metadata.permissions()))
        .and_then(|()| fs::rename(&beside, &target));
    if written.is_err() {
        // What went wrong is told; what is left over matters less.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A new file in the folder of another, under a name that nobody has.
fn create_beside(target: &Path) -> io::Result<(PathBuf, fs::File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    for number in 0..100 {
        let beside = target.with_file_name(format!(".{name}.{}-{number}.tmp", std::process::id()));
        match fs::OpenOptions::new().write(true).create_new(true).open(&beside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened.map(|file| (beside, file)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
