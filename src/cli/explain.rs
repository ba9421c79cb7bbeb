//! `factlint explain` and `factlint rules`.

use std::io;
use std::path::PathBuf;

use factlint::engine::Engine;
use factlint::report::rule_docs;
use factlint::rules::docs::Docs;

use super::Outcome;
use super::args::{Color, ExplainArgs, ListFormat, RulesArgs};
use super::output::Streams;
use super::run::{engine_of, house};

pub(crate) fn explain(arguments: ExplainArgs) -> io::Result<Outcome> {
    let mut streams = Streams::open(Color::Never);
    let Some((engine, docs)) = docs(&arguments.rules, &mut streams) else { return Ok(Outcome::Failed) };
    let mut shown = Vec::new();
    for id in &arguments.ids {
        match docs.get(id) {
            Some(doc) => shown.push(doc.clone()),
            None => {
                let near = docs.nearest(id).map(|near| format!("did you mean `{near}`?"));
                let help = near.unwrap_or_else(|| "`factlint rules` lists them".to_owned());
                streams.error(&format!("no rule has the id `{id}`; {help}"));
            }
        }
    }
    if streams.failed() {
        return Ok(Outcome::Failed);
    }
    match arguments.format {
        ListFormat::Human => {
            let pages: Vec<String> = shown.iter().map(|doc| rule_docs::plain(doc, engine.rules())).collect();
            streams.print(&pages.join("\n\n"))?;
        }
        ListFormat::Json => streams.print(&rule_docs::json(&shown, engine.rules()))?,
    }
    streams.flush()?;
    Ok(Outcome::Clean)
}

pub(crate) fn list(arguments: RulesArgs) -> io::Result<Outcome> {
    let mut streams = Streams::open(Color::Never);
    let Some((engine, docs)) = docs(&arguments.rules, &mut streams) else { return Ok(Outcome::Failed) };
    match arguments.format {
        ListFormat::Human => streams.print(&rule_docs::table(&docs))?,
        ListFormat::Json => streams.print(&rule_docs::json(&docs.rules, engine.rules()))?,
    }
    streams.flush()?;
    Ok(Outcome::Clean)
}

fn docs(rules: &[PathBuf], streams: &mut Streams) -> Option<(Engine, Docs)> {
    let house = house(rules, streams)?;
    let engine = engine_of(&house, streams)?;
    match Docs::new(engine.rules(), &house) {
        Ok(docs) => Some((engine, docs)),
        Err(problem) => {
            streams.problem(&problem);
            None
        }
    }
}
