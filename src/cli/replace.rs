//! Files written so that whoever looks sees the old one or the new one, and never a part of either.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use factlint::problem::Problem;
use tempfile::NamedTempFile;

use super::inputs::shown;
use super::output::unwritten;

/// Puts `new` in the place of a file that must still hold `old`. Links are followed and stay, and the file keeps
/// its mode. On an error the file is as it was.
pub(crate) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Problem> {
    let problem = |message: String| Problem::of_file(shown(path), message);
    let failed = |error: io::Error| {
        problem(match error.kind() {
            io::ErrorKind::NotFound => "not fixed: it has gone since it was read".to_owned(),
            _ => format!("not fixed: {}", unwritten(&error)),
        })
    };
    let target = fs::canonicalize(path).map_err(failed)?;
    let metadata = fs::metadata(&target).map_err(failed)?;
    if !metadata.is_file() {
        return Err(problem("not fixed: it is no ordinary file".to_owned()));
    }
    if metadata.permissions().readonly() {
        return Err(problem("not fixed: it is read-only".to_owned()));
    }
    if names(&metadata) > 1 {
        let help = "make a copy that stands for itself, or fix it by hand";
        return Err(problem("not fixed: other names (hard links) of it would keep the old text".to_owned())
            .help(help));
    }
    // To rename over a file asks for no permission to write it.
    drop(OpenOptions::new().write(true).open(&target).map_err(failed)?);
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = beside(folder).map_err(failed)?;
    file.write_all(new).map_err(failed)?;
    keep_owner(&metadata, file.path());
    file.as_file().set_permissions(metadata.permissions()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    if fs::read(&target).map_err(failed)? != old {
        return Err(problem("not fixed: it has changed since it was read".to_owned()).help("run it again"));
    }
    file.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder(folder);
    Ok(())
}

/// Writes a file, new or over an old one, whose mode stays; what a link leads to is written, and the link stays.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let problem = |error: io::Error| Problem::of_file(shown(path), unwritten(&error));
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let old = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
    if old.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(problem(io::ErrorKind::PermissionDenied.into()));
    }
    let mut file = beside(folder).map_err(problem)?;
    file.write_all(bytes).map_err(problem)?;
    if let Some(old) = old {
        file.as_file().set_permissions(old).map_err(problem)?;
    }
    file.as_file().sync_all().map_err(problem)?;
    file.persist(&target).map_err(|error| problem(error.error))?;
    sync_folder(folder);
    Ok(())
}

/// A new file in a folder, with the mode that files there usually have; it goes away if it is not kept.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".factlint-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// The owner and the group stay, as far as the system lets us.
#[cfg(unix)]
fn keep_owner(metadata: &Metadata, path: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};

    let _ = chown(path, None, Some(metadata.gid()));
    let _ = chown(path, Some(metadata.uid()), None);
}

#[cfg(not(unix))]
fn keep_owner(_: &Metadata, _: &Path) {}

/// The renaming itself outlives a crash; not every system can do this, and none needs it to be right.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
}
