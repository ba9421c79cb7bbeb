//! What an article reports, as a text to be kept beside it. A desk that changes a rule or a fact sees what the
//! change touches by comparing.
//!
//! The text has nothing that changes by itself: no path of a machine, no day of today. A fact is named by its key
//! and not by its line, since every new fact in a sheet would move all that stand below it.

use std::fmt::Write as _;

use crate::finding::Trust;
use crate::report::render::Reported;
use crate::report::rule_docs::word;
use crate::report::visible;

/// The first line of every snapshot.
const HEAD: &str = "# factlint snapshot 1";

/// Whether a text is a snapshot and no other file that is called like one.
pub fn is_snapshot(text: &str) -> bool {
    text.lines().next() == Some(HEAD)
}

/// The snapshot of an article. `path` is what it goes by, and `name_of_sheet` makes of a sheet's path what that
/// goes by.
pub fn snapshot(path: &str, article: &Reported<'_>, name_of_sheet: impl Fn(&str) -> String) -> String {
    let sheets: Vec<String> = article.sheets.iter().map(|sheet| name_of_sheet(sheet)).collect();
    let coverage = article.checked.coverage;
    let mut out = format!(
        "{HEAD}\narticle: {}\nlanguage: {}\nsheets: {}\nchecked: names {}, dates {}, figures {}; not covered {}\n",
        visible::line(path),
        article.language,
        visible::line(&sheets.join(", ")),
        coverage.names,
        coverage.dates,
        coverage.figures,
        coverage.uncovered,
    );
    for note in &article.checked.notes {
        line(&mut out, "note: ", note);
    }
    let mut findings = article.findings().peekable();
    if findings.peek().is_none() {
        out.push_str("\nnothing found\n");
    }
    for found in findings {
        let finding = found.finding;
        let _ = write!(out, "\n{}:{} {} ", found.start.line, found.start.column, word(&finding.severity));
        line(&mut out, &format!("{}: ", finding.rule), &finding.message);
        line(&mut out, "  text: ", &finding.text);
        if let Some(expected) = &finding.expected {
            line(&mut out, "  expected: ", expected);
        }
        if let Some((fact, ..)) = found.fact {
            line(&mut out, "  fact: ", &format!("{} in {}", fact.id, name_of_sheet(&fact.sheet.path)));
        }
        // One that is only shown is what is expected.
        if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.trust > Trust::DisplayOnly) {
            line(&mut out, &format!("  {} fix: ", word(&fix.trust)), &fix.replacement);
        }
        for note in &finding.notes {
            line(&mut out, "  note: ", note);
        }
    }
    out
}

fn line(out: &mut String, label: &str, text: &str) {
    out.push_str(label);
    out.push_str(&visible::line(text));
    out.push('\n');
}
