//! The renderers, on findings made by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use factlint::finding::{FactRef, Finding, Fix, Severity, Trust, Verdict};
use factlint::mention::{Detail, Mention};
use factlint::reading::quantity::{HedgeKind, Unit};
use factlint::report::human::{self, Style};
use factlint::report::{jsonl, mentions};
use factlint::source::Source;
use proptest::prelude::*;

const SHEET: &str = "format: 1
story: kazakhstan-2022
people:
  tokayev:
    name: Kassym-Jomart Tokayev
    in:
      uk: Касим-Жомарт Токаєв
figures:
  killed-security: { concept: killed, series: { 2022-01-06: 18, 2022-01-09: 16 } }
";

fn sheet() -> Arc<Source> {
    Arc::new(Source::new("kazakhstan.facts.yaml", SHEET))
}

fn fact(id: &str, text: &str) -> FactRef {
    FactRef { sheet: sheet(), id: id.into(), span: place(SHEET, text) }
}

/// The bytes of the first place where `what` stands.
fn place(text: &str, what: &str) -> Range<usize> {
    let start = text.find(what).expect("the text is there");
    start..start + what.len()
}

fn finding(copy: &str, what: &str, rule: &str, message: &str) -> Finding {
    let span = place(copy, what);
    Finding {
        rule: rule.into(),
        severity: Severity::Error,
        verdict: Verdict::Wrong,
        text: copy[span.clone()].to_owned(),
        span,
        expected: None,
        message: message.into(),
        notes: Vec::new(),
        fact: None,
        fix: None,
    }
}

fn killed(copy: &str, what: &str) -> Finding {
    Finding {
        expected: Some("16".into()),
        notes: vec!["Readers remember the toll; corrections chase it.".into()],
        fact: Some(fact("figures.killed-security", "2022-01-09: 16")),
        ..finding(copy, what, "figure/killed", "18: the sheet has 16 (Interior Ministry, 2022-01-09)")
    }
}

fn name(copy: &str, what: &str) -> Finding {
    Finding {
        severity: Severity::Warning,
        verdict: Verdict::Foreign,
        expected: Some("Касим-Жомарт Токаєв".into()),
        fact: Some(fact("people.tokayev", "Касим-Жомарт Токаєв")),
        fix: Some(Fix { replacement: "Касим-Жомарт Токаєв".into(), trust: Trust::Safe }),
        ..finding(copy, what, "name/foreign", "not a Ukrainian form")
    }
}

fn both(name: &str, copy: &str, findings: &[Finding]) {
    let source = Source::new("copy/story.md", copy);
    let shown = format!(
        "{}---\n{}",
        human::findings(&source, findings, Style::Plain),
        jsonl::findings(&source, findings)
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

#[test]
fn cyrillic_with_both_ends() {
    let copy = "Перший рядок.\nЗа даними МВС, загинули 18 правоохоронців, заявив Токайєв.\n";
    both("report-cyrillic", copy, &[killed(copy, "18"), name(copy, "Токайєв")]);
}

#[test]
fn tabs_stand_for_four_columns() {
    let copy = "\tPolice\tsaid 18 officers died.";
    both("report-tabs", copy, &[killed(copy, "18")]);
}

#[test]
fn combining_marks_take_no_column() {
    // NFD: the breve of й and the diaeresis of ї stand by themselves.
    let copy = "Таки\u{306}и\u{306} Токаи\u{306}єв у Києві і Украi\u{308}ні: 18 людеи\u{306}.";
    both("report-nfd", copy, &[name(copy, "Токаи\u{306}єв"), killed(copy, "18")]);
}

#[test]
fn a_span_over_two_lines() {
    let copy = "The president, Kassym-Jomart\nTokaev, said on Sunday that it was over.\nMore.\n";
    both("report-two-lines", copy, &[name(copy, "Kassym-Jomart\nTokaev")]);
}

#[test]
fn a_span_at_the_end_of_the_file() {
    let copy = "Police counted 18";
    let mut after = killed(copy, "18");
    after.span = copy.len()..copy.len();
    after.severity = Severity::Info;
    both("report-end-of-file", copy, &[killed(copy, "18"), after]);
}

#[test]
fn a_long_line_is_cut_around_the_span() {
    let before = "Міністерство внутрішніх справ повідомило. ".repeat(40);
    let after = " Про це повідомляє агентство.".repeat(40);
    let copy = format!("Заголовок\n{before}Загинули 18 людей.{after}\n");
    both("report-long-line", &copy, &[killed(&copy, "18")]);
}

#[test]
fn what_would_reorder_or_colour_the_report_is_spelled_out() {
    let copy = "The \u{202e}toll\u{202c} is 18\u{200b}, \u{1b}[31mofficials said.";
    let mut finding = killed(copy, "18");
    finding.message = "\u{202e}18\u{1b}[0m\nand\nmore".into();
    both("report-hidden-characters", copy, &[finding]);
}

#[test]
fn what_is_off_is_told_to_nobody() {
    let copy = "It was 18.";
    let off = Finding { severity: Severity::Off, ..killed(copy, "18") };
    let source = Source::new("a.txt", copy);
    assert_eq!(human::findings(&source, std::slice::from_ref(&off), Style::Plain), "");
    assert_eq!(jsonl::findings(&source, &[off]), "");
}

#[test]
fn colours_change_nothing_but_colours() {
    let copy = "Police\tsaid 18 officers\ndied.";
    let source = Source::new("a.txt", copy);
    let findings = [killed(copy, "18"), name(copy, "officers\ndied")];
    let coloured = human::findings(&source, &findings, Style::Coloured);
    assert!(coloured.contains('\u{1b}'));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, human::findings(&source, &findings, Style::Plain));
}

#[test]
fn a_fingerprint_stays_when_the_copy_moves_and_differs_between_findings() {
    let fingerprints = |copy: &str| -> Vec<String> {
        let findings: Vec<Finding> = copy
            .match_indices("18")
            .map(|(at, found)| Finding { span: at..at + found.len(), ..killed(copy, "18") })
            .collect();
        jsonl::findings(&Source::new("a.txt", copy), &findings)
            .lines()
            .map(|line| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                line["fingerprint"].as_str().unwrap().to_owned()
            })
            .collect()
    };
    let here = fingerprints("There were 18 dead. There were 18 dead. Then 18 hurt.");
    assert_eq!(
        here,
        fingerprints("A new first line.\nThere were 18 dead. There were 18 dead. Then 18 hurt.")
    );
    assert_eq!(here[0], "e0d83762c4d5f0ef", "fingerprints are kept in files: they must never change");
    assert!(here[0] != here[1] && here[1] != here[2] && here[0] != here[2], "{here:?}");
}

#[test]
fn a_line_of_twenty_megabytes_costs_no_more_than_its_length() {
    let copy = "18 людей ".repeat(1_400_000);
    let findings: Vec<Finding> = copy
        .match_indices("18")
        .step_by(1_000)
        .map(|(at, found)| Finding { span: at..at + found.len(), ..killed("18", "18") })
        .collect();
    let source = Source::new("a.txt", copy);
    let started = Instant::now();
    let human = human::findings(&source, &findings, Style::Plain);
    let jsonl = jsonl::findings(&source, &findings);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!(human.len() < findings.len() * 2_000);
    assert!(
        jsonl.lines().last().is_some_and(|line| line.contains(r#""line":1,"column":12591001,"#)),
        "{jsonl:.0}"
    );
}

#[test]
fn mentions_as_a_table_and_as_lines() {
    let copy = "Понад 1000 людей, 16,5 км, кілька десятків;\n6 січня Токаєв";
    let quantity = |value, low, high, hedge, concept: Option<&str>, unit| Detail::Quantity {
        value,
        low,
        high,
        low_open: low.map(|_| true),
        high_open: high.map(|_| false),
        hedge,
        concept: concept.map(str::to_owned),
        group: concept.map(|_| "protesters".to_owned()),
        unit,
        article: false,
        fact: concept.map(|_| "figures.detained".to_owned()),
    };
    let mention = |what, detail| Mention { span: place(copy, what), text: what.to_owned(), detail };
    let day = jiff::civil::date(2022, 1, 6);
    let date = |date, from, to, problem| Detail::Date { date, from, to, problem };
    let mentions = [
        mention(
            "Понад 1000",
            quantity(None, Some(1000.0), None, HedgeKind::MoreThan, Some("detained"), None),
        ),
        mention("16,5 км", quantity(Some(16.5), None, None, HedgeKind::Exact, None, Some(Unit::Length))),
        mention("кілька десятків", quantity(None, Some(13.0), Some(99.0), HedgeKind::Vague, None, None)),
        mention("6 січня", date(Some(day), None, None, None)),
        mention("6", date(None, Some(day), Some(day), None)),
        mention("січня", date(None, None, None, Some("no such day"))),
        mention("Токаєв", Detail::Name { cast: "tokayev".into(), verdict: Verdict::Agrees }),
    ];
    let source = Source::new("a.txt", copy);
    let shown =
        format!("{}---\n{}", mentions::table(&source, &mentions), mentions::lines(&source, &mentions));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("mentions", shown));
}

/// Text with everything that is awkward to render.
fn text() -> impl Strategy<Value = String> {
    "(\\PC|[a-z ]|\n|\r|\r\n|\t|:::|\u{202e}|\u{301}|\u{feff}|\u{0}|//|漢|   ){0,200}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn renderers_never_panic(
        copy in text(), sheet in text(), note in text(), expected in text(),
        start in 0_usize..700, length in 0_usize..700, fact_start in 0_usize..700, fact_length in 0_usize..700,
    ) {
        let finding = Finding {
            rule: note.as_str().into(),
            severity: Severity::Error,
            verdict: Verdict::Wrong,
            span: start..start + length,
            text: copy.clone(),
            expected: Some(expected.clone()),
            message: note.clone(),
            notes: vec![note.clone(), expected.clone()],
            fact: Some(FactRef {
                sheet: Arc::new(Source::new(expected.as_str(), sheet)),
                id: note.clone(),
                span: fact_start..fact_start + fact_length,
            }),
            fix: Some(Fix { replacement: expected, trust: Trust::Safe }),
        };
        let mention = Mention {
            span: start..start + length,
            text: copy.clone(),
            detail: Detail::Name { cast: note.clone(), verdict: Verdict::Garbled },
        };
        let source = Source::new(note, copy);
        let findings = [finding.clone(), finding];
        let plain = human::findings(&source, &findings, Style::Plain);
        let hides = plain.contains(['\u{202e}', '\u{0}', '\u{1b}']);
        prop_assert!(!hides, "hidden characters are spelled out");
        let coloured = human::findings(&source, &findings, Style::Coloured);
        prop_assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
        prop_assert_eq!(jsonl::findings(&source, &findings).lines().count(), 2);
        mentions::table(&source, std::slice::from_ref(&mention));
        mentions::lines(&source, &[mention]);
    }
}
