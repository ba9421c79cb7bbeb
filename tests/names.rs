//! Sentences that name the cast of a sheet: which names in them are reported, kept as data.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

/// Each finding of the names' rules is its text, an arrow, what should stand there.
#[test]
fn names_are_reported_as_their_data_say() {
    common::sentences::hold("names.yaml", |finding| {
        let foreign = if &*finding.rule == "name/foreign-form" { " (foreign)" } else { "" };
        let shown = format!("{} -> {}{foreign}", finding.text, finding.expected.unwrap_or_default());
        finding.rule.starts_with("name/").then_some(shown)
    });
}
