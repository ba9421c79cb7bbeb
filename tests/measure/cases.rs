//! Cases of readers in JSON Lines: read, solved or not, counted, and compared with the program.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use factlint::language::Language;
use factlint::reading::dates::{DateMention, read_dates};
use factlint::reading::numbers::read_quantities;
use factlint::reading::quantity::Quantity;
use factlint::reading::reference::find_reference;
use factlint::reading::scan::Scratch;
use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::contract::{Program, Seen};
use crate::floors::{Counts, Percent};
use crate::support;

/// What every case has, whatever it asks for. Offsets of a case count characters; ends are exclusive.
pub(crate) trait Case: DeserializeOwned {
    const WHAT: &'static str;
    fn text(&self) -> &str;
    fn language(&self) -> &str;
    fn kind(&self) -> &str;
    /// The day from which it is read.
    fn date(&self) -> Option<Date>;
    fn solved(&self, reading: &Reading) -> bool;
    /// Why it is left unsolved on purpose.
    fn out_of_scope(&self) -> Option<&'static str> {
        None
    }
    /// What the readers made of it, for people.
    fn found(&self, reading: &Reading) -> String;
}

/// What the readers make of a text.
pub(crate) struct Reading {
    pub(crate) dates: Vec<DateMention>,
    pub(crate) quantities: Vec<Quantity>,
}

/// Reads a text as the program does: what is part of a date is no quantity.
pub(crate) fn read(text: &str, language: &Language, date: Option<Date>) -> Reading {
    let mut scratch = Scratch::default();
    let scan = scratch.scan(text, language);
    let reference = find_reference(&scan, date, None, &[]).map(|reference| reference.date);
    let dates = read_dates(&scan, reference);
    let mut quantities = read_quantities(&scan);
    quantities.retain(|quantity| {
        !dates
            .iter()
            .any(|date| date.span.start < quantity.number.end && quantity.number.start < date.span.end)
    });
    Reading { dates, quantities }
}

/// Measures one file; what fails.
pub(crate) fn measure<C: Case>(file: &Path, floors: &Percent, program: &Program) -> Vec<String> {
    let lines = std::fs::read_to_string(file).expect("the cases can be read");
    let languages = support::languages();
    let mut counts = Counts::default();
    let mut seen = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let case: C = serde_json::from_str(line).expect("a line is a case");
        let Some(language) = languages.get(case.language()) else { continue };
        let reading = read(case.text(), Arc::as_ref(language), case.date());
        let solved = case.solved(&reading);
        counts.add(case.kind(), case.language(), solved);
        if !solved {
            let mark = case.out_of_scope().map_or("unsolved".into(), |why| format!("out of scope ({why})"));
            println!(
                "{mark}: {} {} {:?}\n    {}",
                case.language(),
                case.kind(),
                case.text(),
                case.found(&reading)
            );
        }
        seen.push(Seen::new(case.text(), case.language(), case.date(), &reading));
    }
    let mut failures = counts.judge(C::WHAT, floors);
    failures.extend(program.compare_reading(&seen));
    failures
}

/// Characters of a text from its bytes.
pub(crate) fn characters(text: &str, span: &Range<usize>) -> Range<usize> {
    let count = |to: usize| text.get(..to).map_or(usize::MAX, |head| head.chars().count());
    count(span.start)..count(span.end)
}
