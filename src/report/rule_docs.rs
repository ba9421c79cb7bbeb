//! The words of rules as people read them: `factlint explain`, the pages in `docs/rules`, and the help
//! in a SARIF report. All come from the same few sentences of the rule's YAML.

use std::fmt::Write as _;

use serde::Serialize;

use super::visible;
use crate::rules::docs::{Docs, RuleDoc, Text};
use crate::rules::file::{Check, Example};
use crate::rules::ruleset::Ruleset;
use crate::yaml;

/// A rule as `factlint explain` tells of it.
pub fn plain(doc: &RuleDoc, rules: &Ruleset) -> String {
    let mut out = format!("{}: {}\n", doc.id, doc.title);
    for text in [&doc.finds, &doc.why].into_iter().flatten() {
        let _ = write!(out, "\n{}\n", wrap(text));
    }
    let _ = write!(out, "\n{}\n", wrap(&format!("Fix: {}", fix(doc))));
    let config = doc.config.as_ref().map(|config| format!(", as {} has it", visible::line(config)));
    let _ = writeln!(out, "\nSeverity{}", config.unwrap_or_default());
    for (verdict, severity, message) in &doc.verdicts {
        let _ = write!(out, "  {:<10} {:<8}", word(verdict), word(severity));
        if let Some(message) = message {
            let _ = write!(out, " {message}");
        }
        trim_end(&mut out);
        out.push('\n');
    }
    if let Some(example) = doc.example() {
        let _ = write!(out, "\nExample{}\n", with(example));
        if let Some(facts) = &example.facts {
            for line in yaml::write(facts).lines() {
                let _ = writeln!(out, "    {line}");
            }
        }
        for (language, wrong, right) in pairs(example, rules) {
            let _ =
                write!(out, "\n  {language}\n    wrong  {}{}\n", wrong.marked("[", "]"), expected(&wrong));
            let _ = writeln!(out, "    right  {}", right.text);
        }
    }
    let verdict = first_verdict(doc);
    let _ = write!(
        out,
        "\nChange how much it matters, in factlint.yaml:\n\n    severity: {{ {}: {{ {verdict}: info }} }}\n",
        doc.id
    );
    let _ = write!(
        out,
        "\nor for all who have your rules, in a file of a folder of them:\n\n{}",
        indent(&options(doc))
    );
    if !doc.file.is_empty() {
        let _ = write!(out, "\nThe words are in {}.\n", doc.file);
    }
    out
}

/// The page of a rule, in Markdown.
pub fn page(doc: &RuleDoc, rules: &Ruleset) -> String {
    let mut out = format!(
        "<!-- Written from {} by `FACTLINT_ACCEPT=1 cargo test --test rule_docs`; change it there. -->\n\n# {}\n\n**{}**\n\n{}",
        doc.file,
        doc.id,
        doc.title,
        help(doc)
    );
    if let Some(example) = doc.example() {
        let _ = write!(out, "\n## Example\n\n");
        if let Some(facts) = &example.facts {
            let _ = write!(
                out,
                "With this in the sheet{}:\n\n```yaml\n{}```\n\n",
                on(example),
                yaml::write(facts)
            );
        } else if let Some(date) = example.date {
            let _ = write!(out, "In copy of {date}, with any sheet:\n\n");
        }
        out.push_str("| language | wrong | right |\n|---|---|---|\n");
        for (language, wrong, right) in pairs(example, rules) {
            let wrong = format!("{}{}", wrong.marked("\u{1}", "\u{2}"), expected(&wrong));
            let wrong = cell(&wrong).replace(['\u{1}', '\u{2}'], "**");
            let _ = writeln!(out, "| {language} | {wrong} | {} |", cell(&right.text));
        }
        let _ = write!(
            out,
            "\nThere are more of them in [`{0}`](../../../{0}), and all are run by the tests.\n",
            doc.file
        );
    }
    let _ = write!(
        out,
        "\n## Options\n\nSeverity and wording are changed by the rule's id, in a file of a folder that is given with\n\
         `--rules`; what you do not name stays:\n\n```yaml\n{}```\n",
        options(doc)
    );
    if doc.check == Check::Figure {
        out.push_str(
            "\nA rule with a `concept` of its own serves the figures of that concept alone. What \"about\" or\n\
             \"more than\" allow is said for all figures at once, in [`rules/hedges.yaml`](../../../rules/hedges.yaml).\n",
        );
    }
    out
}

/// What a rule finds, why that matters, and its verdicts: the first part of its page, in Markdown.
pub fn help(doc: &RuleDoc) -> String {
    let mut out = String::new();
    if let Some(finds) = &doc.finds {
        let _ = write!(out, "{}\n\n", markdown(finds));
    }
    if let Some(why) = &doc.why {
        let _ = write!(out, "**Why it matters:** {}\n\n", markdown(why));
    }
    let _ = write!(out, "**Fix:** {}\n\n", markdown(fix(doc)));
    out.push_str("| verdict | severity | what is told |\n|---|---|---|\n");
    for (verdict, severity, message) in &doc.verdicts {
        let message = message.as_deref().map(cell).unwrap_or_default();
        let _ = write!(out, "| {} | {} | {message}", word(verdict), word(severity));
        out.push_str(if message.is_empty() { "|\n" } else { " |\n" });
    }
    out
}

/// Which findings `--fix` takes care of.
fn fix(doc: &RuleDoc) -> &str {
    doc.fix.as_deref().map_or("None; what is wrong is put right by hand.", str::trim)
}

/// [`help`] without marks of Markdown.
pub fn help_text(doc: &RuleDoc) -> String {
    let texts: Vec<&str> = [&doc.finds, &doc.why].into_iter().flatten().map(|text| text.trim()).collect();
    if texts.is_empty() { doc.title.clone() } else { texts.join("\n\n") }
}

/// The list of all pages, in Markdown.
pub fn index(docs: &Docs) -> String {
    let mut out = String::from(
        "<!-- Written by `FACTLINT_ACCEPT=1 cargo test --test rule_docs` from the files in rules/. -->\n\n# Rules\n\n\
         `factlint explain RULE` shows a page in the terminal; `factlint rules` lists them.\n\n\
         | rule | what it finds | severity |\n|---|---|---|\n",
    );
    for doc in &docs.rules {
        let _ = writeln!(
            out,
            "| [`{}`]({}/{}.md) | {} | {} |",
            doc.id,
            doc.class(),
            doc.name(),
            markdown(&doc.title),
            severities(doc)
        );
    }
    out
}

/// All rules, one a line.
pub fn table(docs: &Docs) -> String {
    let width = docs.rules.iter().map(|doc| doc.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for doc in &docs.rules {
        let _ =
            writeln!(out, "{:<width$}  {:<7}  {}", doc.id, word(&doc.highest()), visible::line(&doc.title));
    }
    out
}

/// All rules with their words as JSON, for other programs.
pub fn json(docs: &[RuleDoc], rules: &Ruleset) -> String {
    let values: Vec<_> = docs.iter().map(|doc| JsonRule::new(doc, rules)).collect();
    let mut text = serde_json::to_string_pretty(&values).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct JsonRule<'a> {
    id: &'a str,
    title: &'a str,
    finds: Option<&'a str>,
    why: Option<&'a str>,
    check: Check,
    concept: Option<&'a str>,
    file: &'a str,
    verdicts: Vec<JsonVerdict<'a>>,
    examples: Vec<JsonExample>,
    fix: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonVerdict<'a> {
    verdict: crate::finding::Verdict,
    severity: crate::finding::Severity,
    message: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonExample {
    language: String,
    wrong: String,
    right: String,
}

impl<'a> JsonRule<'a> {
    fn new(doc: &'a RuleDoc, rules: &Ruleset) -> Self {
        let trimmed = |text: &'a Option<String>| text.as_deref().map(str::trim);
        Self {
            id: &doc.id,
            title: &doc.title,
            finds: trimmed(&doc.finds),
            why: trimmed(&doc.why),
            check: doc.check,
            concept: doc.concept.as_deref(),
            file: &doc.file,
            verdicts: doc
                .verdicts
                .iter()
                .map(|(verdict, severity, message)| JsonVerdict {
                    verdict: *verdict,
                    severity: *severity,
                    message: message.as_deref(),
                })
                .collect(),
            examples: doc
                .example()
                .map(|example| pairs(example, rules))
                .unwrap_or_default()
                .into_iter()
                .map(|(language, wrong, right)| JsonExample {
                    language,
                    wrong: wrong.text,
                    right: right.text,
                })
                .collect(),
            fix: trimmed(&doc.fix),
        }
    }
}

/// By language, by its English name: the first text that is flagged, and the first that passes.
fn pairs(example: &Example, rules: &Ruleset) -> Vec<(String, Text, Text)> {
    let pair = |(language, wrong): (&String, &crate::rules::file::Strings)| {
        let right = example.pass.get(language)?.0.first()?;
        let name = rules.pack(language).map_or(language.as_str(), |pack| pack.name.as_str());
        Some((name.to_owned(), Text::of(wrong.0.first()?), Text::of(right)))
    };
    let mut pairs: Vec<_> = example.flag.iter().filter_map(pair).collect();
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    pairs
}

/// What would be right, where the example says so.
fn expected(text: &Text) -> String {
    let expected: Vec<&str> = text
        .marks
        .iter()
        .map(|mark| mark.expected.as_str())
        .filter(|expected| !expected.is_empty())
        .collect();
    if expected.is_empty() { String::new() } else { format!(" → {}", expected.join(", ")) }
}

fn with(example: &Example) -> String {
    if example.facts.is_some() { format!(", with this in the sheet{}:", on(example)) } else { on(example) }
}

fn on(example: &Example) -> String {
    example.date.map(|date| format!(", in copy of {date}")).unwrap_or_default()
}

/// How the severity of the verdict that matters most is set.
fn options(doc: &RuleDoc) -> String {
    let verdict = first_verdict(doc);
    format!(
        "rules:\n  - id: {}\n    severity: {{ {verdict}: info }}   # error, warning, info or off\n",
        doc.id
    )
}

/// The verdict that matters most.
fn first_verdict(doc: &RuleDoc) -> String {
    doc.verdicts.first().map_or("wrong".to_owned(), |(verdict, _, _)| word(verdict))
}

/// How much findings of a rule matter, the most first.
fn severities(doc: &RuleDoc) -> String {
    let mut known: Vec<_> = doc.verdicts.iter().map(|&(_, severity, _)| severity).collect();
    known.dedup();
    known.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// A verdict or a severity as the formats write it.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Text in which nothing is taken for Markdown.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.trim().chars() {
        if matches!(c, '*' | '_' | '`' | '<' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text for a cell of a table in Markdown.
fn cell(text: &str) -> String {
    markdown(text).replace('|', "\\|").replace('\n', " ")
}

/// Text in lines of at most eighty columns.
fn wrap(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for part in text.split_whitespace() {
        let width = part.chars().count();
        if column > 0 && column + 1 + width > 80 {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(part);
        column += width;
    }
    out
}

fn indent(text: &str) -> String {
    text.lines().fold(String::new(), |out, line| out + "    " + line + "\n")
}

fn trim_end(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
}
