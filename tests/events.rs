//! Sentences that tell events of a sheet: which dates in them are reported, kept as data.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

/// Each finding of the dates' rules is its text.
#[test]
fn dates_of_events_are_reported_as_their_data_say() {
    common::sentences::hold("events.yaml", |finding| {
        finding.rule.starts_with("date/").then_some(finding.text)
    });
}
