//! `factlint completions` and `factlint man`: both are written from the flags themselves.

use std::io;

use clap::CommandFactory;

use super::Outcome;
use super::args::{Cli, Color, CompletionsArgs, ManArgs};
use super::output::Streams;

pub(crate) fn completions(arguments: &CompletionsArgs) -> io::Result<Outcome> {
    let mut script = Vec::new();
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    print(&script)
}

pub(crate) fn man(arguments: &ManArgs) -> io::Result<Outcome> {
    let mut root = Cli::command();
    // Fills in what the commands have from those above them, as `--help` shows it.
    root.build();
    let mut command = &root;
    for name in &arguments.command {
        let Some(below) = command.find_subcommand(name) else {
            let mut streams = Streams::open(Color::Never);
            let above = command.get_bin_name().unwrap_or("factlint");
            streams.error(&format!("`{above}` has no command `{name}`; see `{above} --help`"));
            return Ok(Outcome::Failed);
        };
        command = below;
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    print(&page)
}

fn print(text: &[u8]) -> io::Result<Outcome> {
    let mut streams = Streams::open(Color::Never);
    streams.print(&String::from_utf8_lossy(text))?;
    streams.flush()?;
    Ok(Outcome::Clean)
}
