//! `factlint completions` and `factlint man`: both are written from the flags themselves.

use std::io;

use clap::CommandFactory;
use clap_complete::Shell;

use super::Outcome;
use super::args::{Cli, Color, CompletionsArgs, ManArgs};
use super::output::Streams;

pub(crate) fn completions(arguments: &CompletionsArgs) -> io::Result<Outcome> {
    print(&script(arguments.shell))
}

pub(crate) fn man(arguments: &ManArgs) -> io::Result<Outcome> {
    match page(&arguments.command) {
        Ok(page) => print(&page?),
        Err(reason) => {
            Streams::open(Color::Never).error(&reason);
            Ok(Outcome::Failed)
        }
    }
}

fn script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, &mut command, name, &mut script);
    script
}

/// The page of the command that `names` lead to, or which of them there is not.
fn page(names: &[String]) -> Result<io::Result<Vec<u8>>, String> {
    let mut root = Cli::command();
    // Fills in what the commands have from those above them, as `--help` shows it.
    root.build();
    let mut command = &root;
    for name in names {
        let above = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
        command = command
            .find_subcommand(name)
            .ok_or_else(|| format!("`{above}` has no command `{name}`; see `{above} --help`"))?;
    }
    let program = format!("{} {}", root.get_name(), root.get_version().unwrap_or_default());
    let man = clap_mangen::Man::new(command.clone()).source(program);
    let mut page = Vec::new();
    Ok(man.render(&mut page).map(|()| page))
}

fn print(text: &[u8]) -> io::Result<Outcome> {
    let mut streams = Streams::open(Color::Never);
    streams.print(&String::from_utf8_lossy(text))?;
    streams.flush()?;
    Ok(Outcome::Clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_shell_completes_commands_and_flags() {
        for shell in Shell::value_variants() {
            let script = String::from_utf8(script(*shell)).unwrap();
            for word in ["check", "changed-lines", "schema"] {
                assert!(script.contains(word), "{shell}: {word}");
            }
        }
    }

    #[test]
    fn every_command_has_a_page_with_its_example() {
        fn walk(command: &clap::Command, names: &[String]) {
            let page = String::from_utf8(page(names).unwrap().unwrap()).unwrap();
            assert!(page.contains(".TH factlint"), "{names:?}");
            assert!(page.contains("Example") && page.contains("factlint"), "{names:?}");
            for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
                walk(below, &[names, &[below.get_name().to_owned()]].concat());
            }
        }
        walk(&Cli::command(), &[]);
        let wrong = ["chekc".to_owned()];
        assert!(page(&wrong).unwrap_err().starts_with("`factlint` has no command `chekc`"));
        let wrong = ["sheet".to_owned(), "chekc".to_owned()];
        assert!(page(&wrong).unwrap_err().starts_with("`factlint sheet` has no command `chekc`"));
    }
}
