//! Direct quotations: marks that pair, marks that do not, and what a finding within one weighs.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use factlint::finding::Severity;
use factlint::reading::quotation::read_quotations;
use factlint::reading::scan::Scratch;

use common::{ENGINE, check, sheet};

fn quoted(text: &str, language: &str) -> Vec<String> {
    let language = ENGINE.rules().language(language).unwrap();
    let mut scratch = Scratch::default();
    let scan = scratch.scan(text, language);
    read_quotations(&scan).iter().map(|range| scan.text_of(range.start, range.end).to_owned()).collect()
}

#[test]
fn marks_that_belong_together_quote() {
    for (language, text, expected) in [
        ("en", "He said: “It is over. Go home.” Nobody went.", vec!["It is over. Go home."]),
        ("en", "\"18 died,\" he said, \"and 30 are missing.\"", vec!["18 died,", "and 30 are missing."]),
        ("en", "The workers' boss said: ‘We won’t go.’ They didn’t.", vec!["We won’t go."]),
        ("en", "“First.\n\n“Second.” Then.", vec!["First.\n\n“Second."]),
        ("de", "„Es sind 18 Tote“, sagte er. „Mehr nicht.“", vec!["Es sind 18 Tote", "Mehr nicht."]),
        ("de", "»Nein«, sagte sie.", vec!["Nein"]),
        ("pt", "“São 18 mortos”, disse. «Só isso».", vec!["São 18 mortos", "Só isso"]),
        ("uk", "«Загинули 18 людей», – сказав він.", vec!["Загинули 18 людей"]),
    ] {
        assert_eq!(quoted(text, language), expected, "{text}");
    }
}

#[test]
fn a_mark_that_is_never_closed_quotes_nothing() {
    for (language, text) in [
        ("en", "He said: “It is over.\n\nNobody went home. 18 died.”"),
        ("en", "A 12\" gun and 6' of rope. The '90s and rock 'n' roll."),
        ("de", "„Es ist vorbei.\n\nNiemand ging."),
        ("uk", "«Кінець.\n\nНіхто не пішов."),
        ("en", "“"),
        ("en", ""),
    ] {
        assert_eq!(quoted(text, language), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_figure_in_a_quotation_weighs_less_and_a_name_the_same() {
    let facts = serde_json::json!({
        "people": { "lima": { "name": "Ana Carolina Lima" } },
        "figures": { "killed": { "series": { "2022-01-09": 16 } } },
    });
    let sheets = vec![sheet("quoted.facts.yaml", &facts, "en").unwrap()];
    let date = Some("2022-01-09".parse().unwrap());
    let said = check("“18 people were killed,” the mayor said.", "en", date, &sheets);
    let told = check("The mayor said 18 people were killed.", "en", date, &sheets);
    assert_eq!(said[0].severity, Severity::Warning);
    assert!(said[0].notes.iter().any(|note| note.contains("quotation")), "{:?}", said[0].notes);
    assert!(said[0].fix.is_none());
    assert_eq!(told[0].severity, Severity::Error);
    assert!(told[0].notes.is_empty());
    let name = check("“I know Ana Carolyna Lima,” the mayor said.", "en", date, &sheets);
    assert_eq!(name[0].severity, Severity::Error);
}
