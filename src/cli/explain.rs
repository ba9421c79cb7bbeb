//! `factlint explain` and `factlint rules`.

use std::io;
use std::path::PathBuf;

use factlint::engine::Engine;
use factlint::report::rule_docs;
use factlint::rules::docs::Docs;

use super::Outcome;
use super::args::{Color, ConfigArgs, ExplainArgs, ListFormat, RulesArgs, RulesConfigArgs};
use super::configs::Configs;
use super::output::Streams;
use super::run::{engine_of, house};

pub(crate) fn explain(arguments: ExplainArgs) -> io::Result<Outcome> {
    let mut streams = Streams::open(Color::Never);
    let Some((engine, docs)) = docs(&arguments.rules, arguments.config, &mut streams) else {
        return Ok(Outcome::Failed);
    };
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
    let Some((engine, docs)) = docs(&arguments.rules, arguments.config, &mut streams) else {
        return Ok(Outcome::Failed);
    };
    match arguments.format {
        ListFormat::Human => streams.print(&rule_docs::table(&docs))?,
        ListFormat::Json => streams.print(&rule_docs::json(&docs.rules, engine.rules()))?,
    }
    streams.flush()?;
    Ok(Outcome::Clean)
}

/// The rules as they hold in the current folder, overrides for some of the articles in it aside.
fn docs(rules: &[PathBuf], config: RulesConfigArgs, streams: &mut Streams) -> Option<(Engine, Docs)> {
    let RulesConfigArgs { config, isolated } = config;
    let configs = Configs::new(&ConfigArgs { config, isolated });
    let house = house(rules, &configs, streams)?;
    let engine = engine_of(&house, streams)?;
    let mut docs = match Docs::new(engine.rules(), &house) {
        Ok(docs) => docs,
        Err(problem) => {
            streams.problem(&problem);
            return None;
        }
    };
    if let Some(found) = configs.of_here() {
        streams.problems(&found.config.check_against(engine.rules()));
        if streams.failed() {
            return None;
        }
        docs.hold(engine.rules(), &found.config.own_levels(), found.path());
        if found.config.overrides.iter().any(|over| !over.severities.is_empty()) {
            let path = found.path();
            streams.note(&format!(
                "{path} has overrides for some articles: `factlint config show PATH` says what holds for one"
            ));
        }
    }
    Some((engine, docs))
}
