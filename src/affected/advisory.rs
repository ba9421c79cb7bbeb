//! The line that an agency sends with a corrected story.

use super::{Disagreement, Passage};
use crate::finding::Verdict;
use crate::rules::Ruleset;
use crate::sheet::Sheet;

/// `CORRECTS death toll in 4th paragraph to 164, not 146`.
pub(super) fn advisory(
    rules: &Ruleset,
    sheet: Option<&Sheet>,
    now: &Disagreement,
    text: &str,
    fact: &str,
    passage: Passage,
) -> String {
    let what = subject(rules, sheet, now.rule.as_deref().unwrap_or_default(), fact);
    let said = one_line(text);
    let verb = if now.verdict == Verdict::Stale { "UPDATES" } else { "CORRECTS" };
    match now.expected.as_deref().filter(|expected| !expected.is_empty()) {
        Some(expected) => format!("{verb} {what} in {passage} to {}, not {said}", one_line(expected)),
        None => format!("{verb} {what} in {passage}, not {said}"),
    }
}

/// What is corrected: the title of a figure's concept, a name, a title, a date.
fn subject(rules: &Ruleset, sheet: Option<&Sheet>, rule: &str, fact: &str) -> String {
    let (section, id) = fact.split_once('.').unwrap_or(("", fact));
    let words = |id: &str| id.replace(['-', '_'], " ");
    match section {
        "figures" => {
            let figure = sheet.and_then(|sheet| sheet.figures.iter().find(|figure| figure.id == id));
            let concept = figure.map_or(id, |figure| figure.concept.as_str());
            rules
                .concept_title(concept)
                .map_or_else(|| format!("number of {}", words(concept)), str::to_owned)
        }
        "events" => {
            let event = sheet.and_then(|sheet| sheet.events.iter().find(|event| event.id == id));
            format!("date of {}", words(event.map_or(id, |event| event.event_type.as_str())))
        }
        "lists" => format!("list of {}", words(id)),
        _ if rule.starts_with("name/") => "spelling of name".to_owned(),
        _ if rule.starts_with("role/") => {
            let member = sheet.and_then(|sheet| sheet.cast.get(sheet.member(id)?.0 as usize));
            let name = member.and_then(|member| member.forms.first()).map(|form| form.text.as_str());
            format!("title of {}", name.unwrap_or(id))
        }
        _ => format!("what is said of {}", words(id)),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
