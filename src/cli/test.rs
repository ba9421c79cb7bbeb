//! `factlint test`: the examples of rules, and the snapshots of articles.

use std::io;

use factlint::examples::{self, Examples, Tried};

use super::Outcome;
use super::args::TestArgs;
use super::output::Streams;
use super::run::{engine_of, house};
use super::settings::Settings;
use super::snapshot::{self, Mode};

pub(crate) fn run(arguments: TestArgs) -> io::Result<Outcome> {
    let TestArgs { common, built_in, dir } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(house) = house(&settings.rules, &settings.configs, &mut streams) else {
        return Ok(Outcome::Failed);
    };
    let Some(engine) = engine_of(&house, &mut streams) else { return Ok(Outcome::Failed) };
    let mut rules = Vec::new();
    let asked = [built_in.then(examples::built_in), (!house.is_empty()).then(|| examples::of_files(&house))];
    for read in asked.into_iter().flatten() {
        match read {
            Ok(examples) => rules.extend(examples),
            Err(problems) => {
                streams.problems(&problems);
                return Ok(Outcome::Failed);
            }
        }
    }
    let has_examples = rules.iter().any(|rule| !rule.examples.is_empty());
    let has_snapshots = snapshot::are_there(&settings, dir.as_deref());
    if !has_examples && !has_snapshots {
        streams.error(match house.is_empty() {
            true => "nothing to test: give rules with --rules or --built-in, or take snapshots with `factlint snapshot`",
            false => "nothing to test: the rules have no `examples`, and there are no snapshots",
        });
        return Ok(Outcome::Failed);
    }
    let mut outcome = Outcome::Clean;
    if has_examples {
        let tried = examples::run(&engine, &rules);
        tell(&tried, &rules, &mut streams)?;
        if !tried.failures.is_empty() {
            outcome = Outcome::Found;
        }
    }
    if has_snapshots {
        outcome = outcome.max(snapshot::compare(&settings, dir.as_deref(), Mode::Check, &mut streams)?);
    }
    streams.flush()?;
    Ok(outcome)
}

/// What fails, and how much was tried.
fn tell(tried: &Tried, rules: &[Examples], streams: &mut Streams) -> io::Result<()> {
    for failure in &tried.failures {
        let text = failure.to_string();
        let lines: Vec<_> = text.lines().map(factlint::report::visible::line).collect();
        streams.print(&format!("{}\n\n", lines.join("\n")))?;
    }
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let with_examples = rules.iter().filter(|rule| !rule.examples.is_empty()).count();
    let failed = match tried.failures.len() {
        0 => "all hold".to_owned(),
        failed => format!("{failed} failed"),
    };
    let texts = count(tried.texts, "text");
    streams.print(&format!("examples: {texts} of {}, {failed}\n", count(with_examples, "rule")))
}
