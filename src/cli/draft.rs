//! `factlint sheet draft`.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use factlint::article::Article;
use factlint::article::detect::code_of_tag;
use factlint::draft::{Copy, Draft, Options, draft};
use factlint::problem::Problem;

use super::Outcome;
use super::args::DraftArgs;
use super::inputs::shown;
use super::output::Streams;
use super::run::{self, Run};
use super::settings::Settings;

pub(crate) fn run(arguments: DraftArgs) -> io::Result<Outcome> {
    let DraftArgs { paths, output, force, story, sheet_language, language, date, rules, color } = arguments;
    let settings = Settings::of_copy(paths, rules, language.as_deref(), date);
    let mut streams = Streams::open(color);
    let Some(run) = Run::prepare(&settings, &mut streams) else { return Ok(Outcome::Failed) };
    let Some(engine) = run.engine() else { return Ok(Outcome::Failed) };
    let sheet_language = sheet_language.map(|tag| code_of_tag(&tag));
    if let Some(language) = &sheet_language
        && !engine.languages().contains(&language.as_str())
    {
        let known = engine.languages().join(", ");
        streams.error(&format!("--sheet-language {language}: no language pack for it, only for {known}"));
        return Ok(Outcome::Failed);
    }
    if let Some(path) = output.as_deref().filter(|path| !force && path.exists()) {
        streams.problem(&there_already(path));
        return Ok(Outcome::Failed);
    }
    let mut articles: Vec<(Article, String)> = Vec::new();
    for input in &run.inputs.articles {
        let Some(run::Copy { ready, article, .. }) = run.copy(input) else { continue };
        streams.problems(&ready.problems);
        articles.extend(article.map(|article| (article, ready.language)));
    }
    // A sheet of half of the copy would look like one of all of it.
    if streams.failed() {
        return Ok(Outcome::Failed);
    }
    let copies: Vec<Copy<'_>> =
        articles.iter().map(|(article, language)| Copy { article, language, date: settings.date }).collect();
    let made = draft(engine, &copies, &Options { story, language: sheet_language });
    if made.people + made.organizations + made.figures + made.events == 0 {
        streams.error("nothing in the copy is certain enough for a sheet: give it more articles");
        return Ok(Outcome::Failed);
    }
    match &output {
        Some(path) => {
            if let Err(problem) = write_new(path, &made.text, force) {
                streams.problem(&problem);
                return Ok(Outcome::Failed);
            }
            streams.note(&format!("{}: {}", shown(path), summary(&made)));
        }
        None => {
            streams.print(&made.text)?;
            streams.flush()?;
            streams.note(&summary(&made));
        }
    }
    if made.of_the_copy > 0 {
        streams.note(&format!(
            "{} that no sheet can cure: `factlint check` tells them",
            counted(made.of_the_copy, "finding", "findings")
        ));
    }
    Ok(Outcome::Clean)
}

fn summary(made: &Draft) -> String {
    let parts = [
        counted(made.people, "person", "people"),
        counted(made.places, "place", "places"),
        counted(made.organizations, "organization", "organizations"),
        counted(made.figures, "figure", "figures"),
        counted(made.events, "event", "events"),
    ];
    format!("{}; {} in doubt, as comments", parts.join(", "), made.doubtful)
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn there_already(path: &Path) -> Problem {
    Problem::of_file(shown(path), "this file is there already").help("give another one, or --force")
}

/// Writes a file; one that is there only with `force`, and whole or not at all.
fn write_new(path: &Path, text: &str, force: bool) -> Result<(), Problem> {
    if force && path.exists() {
        return super::replace::write(path, text.as_bytes());
    }
    let problem = |error: io::Error| match error.kind() {
        // Somebody else was faster.
        io::ErrorKind::AlreadyExists => there_already(path),
        _ => Problem::of_file(shown(path), super::output::unwritten(&error)),
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(problem)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(problem)
}
