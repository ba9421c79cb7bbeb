//! A house's own rule files and language packs, laid over the built-in ones.

use std::sync::Arc;

use super::file::RuleFile;
use super::ruleset::{PLACEHOLDERS, Ruleset, placeholders};
use crate::finding::Verdict;
use crate::language::Pack;
use crate::problem::Problem;
use crate::source::Source;
use crate::yaml;

/// Merges files into `rules`, in the order given; or tells everything that is wrong with them.
pub fn load(rules: &mut Ruleset, files: &[Arc<Source>]) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut read = Vec::new();
    for source in files {
        if is_pack(&source.text) {
            match yaml::read::<Pack>(source) {
                Ok(pack) => {
                    check_pack(&pack, source, &mut problems);
                    rules.merge_pack(pack);
                }
                Err(problem) => problems.push(problem),
            }
        } else {
            match yaml::read::<RuleFile>(source) {
                Ok(file) => read.push((source, file)),
                Err(problem) => problems.push(problem),
            }
        }
    }
    let mut entries = Vec::new();
    for (source, file) in read {
        entries.extend(file.rules.iter().map(|rule| (Arc::clone(source), rule.clone())));
        rules.merge(file);
    }
    for (source, rule) in entries {
        let place = |text: &str| {
            let start = source.text.find(text).unwrap_or(0);
            start..(start + text.len()).min(source.text.len())
        };
        if let Some(concept) = &rule.concept
            && rules.concept(concept).is_none()
        {
            let known: Vec<&str> = rules.concepts.iter().map(|concept| concept.id.as_str()).collect();
            let mut problem = Problem::at(&source, place(concept), format!("unknown concept `{concept}`"))
                .key(format!("rules.{}", rule.id));
            if let Some(nearest) = yaml::nearest(concept, known.into_iter()) {
                problem = problem.help(format!("did you mean `{nearest}`?"));
            }
            problems.push(problem);
        }
        if !rule.id.contains('/') {
            problems.push(
                Problem::at(&source, place(&rule.id), format!("the rule id `{}` has no class", rule.id))
                    .help("write it as `class/name`, such as `figure/evacuated`"),
            );
        }
        for verdict in Verdict::ALL {
            let Some(message) = rule.message.get(verdict) else { continue };
            for key in placeholders(message).filter(|key| !PLACEHOLDERS.contains(key)) {
                let written = format!("{{{key}}}");
                let problem =
                    Problem::at(&source, place(&written), format!("unknown placeholder `{written}`"))
                        .key(format!("rules.{}.message", rule.id))
                        .help(format!(
                            "the placeholders are {}",
                            PLACEHOLDERS.map(|known| format!("{{{known}}}")).join(", ")
                        ));
                if !problems
                    .iter()
                    .any(|known| known.message == problem.message && known.span == problem.span)
                {
                    problems.push(problem);
                }
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// A language pack says which language it is of.
fn is_pack(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("language:"))
}

fn check_pack(pack: &Pack, source: &Arc<Source>, problems: &mut Vec<Problem>) {
    for (what, count, right) in
        [("months", pack.dates.months.len(), 12), ("weekdays", pack.dates.weekdays.len(), 7)]
    {
        if count != 0 && count != right {
            let start = source.text.find(&format!("{what}:")).unwrap_or(0);
            problems.push(
                Problem::at(
                    source,
                    start..start + what.len(),
                    format!("{count} lists of {what}; there are {right}"),
                )
                .key(format!("dates.{what}"))
                .help("give one list each, in their order, Monday and January first"),
            );
        }
    }
}
