//! `factlint sheet`.

use std::io;

use super::Outcome;
use super::args::{Color, SheetCommand};
use super::facts::load_sheet;
use super::inputs::shown;
use super::output::Streams;
use super::run::engine;

pub(crate) fn run(command: SheetCommand) -> io::Result<Outcome> {
    match command {
        SheetCommand::Check { files, rules, color } => {
            let mut streams = Streams::open(color);
            let Some(engine) = engine(&rules, &mut streams) else { return Ok(Outcome::Failed) };
            for file in &files {
                let loaded = load_sheet(&engine, file);
                streams.problems(loaded.problems.iter());
                if let Some(sheet) = loaded.sheet {
                    let sheet = &sheet.sheet;
                    streams.print(&format!(
                        "{}: {} cast members, {} figures, {} events\n",
                        factlint::report::visible::line(&shown(file)),
                        sheet.cast.len(),
                        sheet.figures.len(),
                        sheet.events.len(),
                    ))?;
                }
            }
            streams.flush()?;
            Ok(if streams.failed() { Outcome::Failed } else { Outcome::Clean })
        }
        SheetCommand::Draft(arguments) => super::draft::run(arguments),
        SheetCommand::Add(arguments) => super::add::run(arguments),
        SheetCommand::Schema => {
            let mut streams = Streams::open(Color::Never);
            streams.print(&factlint::sheet::schema::text())?;
            streams.flush()?;
            Ok(Outcome::Clean)
        }
    }
}
