//! `factlint sheet check` and `factlint sheet schema`.

use std::io::{self, Write};
use std::path::PathBuf;

use crate::report::problem::render;
use crate::sheet::{self, Context};

/// Nothing is wrong but for warnings.
pub const OK: u8 = 0;
/// A sheet does not load, or there is none.
pub const FAILED: u8 = 2;

/// Loads every sheet and writes what is wrong with each, and a line for each that loads. Returns the exit
/// code: 2 where one has an error.
pub fn check(paths: &[PathBuf], context: &Context<'_>, styled: bool, out: &mut dyn Write) -> io::Result<u8> {
    let mut failed = paths.is_empty();
    if paths.is_empty() {
        writeln!(out, "error: no fact sheet was given")?;
    }
    for path in paths {
        let loaded = sheet::load_file(path, context);
        for problem in &loaded.problems {
            writeln!(out, "{}", render(problem, styled))?;
        }
        let shown = crate::encoding::shown(path);
        let errors = loaded.errors();
        let warnings = loaded.problems.len() - errors;
        failed |= errors > 0;
        let counts = match (errors, warnings) {
            (0, 0) => String::new(),
            (0, warnings) => count(warnings, "warning"),
            (errors, 0) => count(errors, "error"),
            (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
        };
        match &loaded.sheet {
            Some(sheet) => {
                let facts = format!(
                    "{}, {}, {}",
                    count(sheet.cast.len(), "cast member"),
                    count(sheet.figures.len(), "figure"),
                    count(sheet.events.len(), "event")
                );
                let tail = if counts.is_empty() { String::new() } else { format!("; {counts}") };
                writeln!(out, "{shown}: {facts}{tail}")?;
            }
            None => writeln!(out, "{shown}: {counts}")?,
        }
    }
    Ok(if failed { FAILED } else { OK })
}

/// Writes the JSON Schema of a sheet.
pub fn schema(out: &mut dyn Write) -> io::Result<u8> {
    out.write_all(sheet::schema::text().as_bytes())?;
    Ok(OK)
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
