//! Every format on one set of findings: Cyrillic copy, tabs, a long line, a span over two lines, markup in
//! the copy, an article without findings, and one that was left out.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::ops::Range;
use std::sync::Arc;

use factlint::article::{Article, Metadata};
use factlint::engine::Checked;
use factlint::finding::{Coverage, FactRef, Finding, Fix, Severity, Trust, Verdict};
use factlint::problem::Problem;
use factlint::report::concise::Concise;
use factlint::report::github::Github;
use factlint::report::html::Html;
use factlint::report::human::{Human, Style};
use factlint::report::json::Json;
use factlint::report::jsonl::Jsonl;
use factlint::report::junit::Junit;
use factlint::report::render::{Remark, Reported};
use factlint::report::sarif::Sarif;
use factlint::report::{Renderer, Report};
use factlint::rules::docs::Docs;
use factlint::source::Source;
use factlint::suppress::{Silence, Silenced};

use common::ENGINE;
use proptest::prelude::*;

const SHEET: &str = "format: 1
story: unrest
people:
  tokayev: { name: Kassym-Jomart Tokayev, in: { uk: Касим-Жомарт Токаєв } }
figures:
  killed:
    series:
      2022-01-06: 18
      2022-01-09: 16
";

const UKRAINIAN: &str = "---\nlanguage: uk\n---\n# Огляд тижня\n\n\tМВС:\t18 правоохоронців загинули.\n\n\
    Про це заявив Касим-Жомарт\nТокайєв у неділю.\n";

const MARKUP: &str =
    "Ministry: <script>alert(1)</script> & \"18\" dead, [18](x) later.\r\nAt last, 18: 100%.";

fn long() -> String {
    let before = "The ministry said that talks would go on. ".repeat(30);
    let after = " Nothing else was known.".repeat(30);
    format!("{before}Police said 18 people were killed.{after}\nThe end.\n")
}

fn spans(text: &str, what: &str) -> Vec<Range<usize>> {
    text.match_indices(what).map(|(at, found)| at..at + found.len()).collect()
}

fn article(path: &str, text: &str, body: usize) -> Article {
    Article::new(Arc::new(Source::new(path, text)), body..text.len(), Metadata::default())
}

fn finding(text: &str, span: Range<usize>) -> Finding {
    let sheet = Arc::new(Source::new("desk/unrest.facts.yaml", SHEET));
    let value = spans(SHEET, "2022-01-09: 16").remove(0);
    Finding {
        rule: "figure/killed".into(),
        severity: Severity::Error,
        verdict: Verdict::Wrong,
        text: text[span.clone()].to_owned(),
        span,
        expected: Some("16".into()),
        message: "18 killed: the sheet has 16 (Interior Ministry, 2022-01-09)".into(),
        notes: Vec::new(),
        fact: Some(FactRef { sheet, id: "figures.killed".into(), span: value }),
        fix: None,
    }
}

/// The articles of the run with what was found in them.
fn articles() -> Vec<(Article, &'static str, Checked)> {
    let coverage = Coverage { names: 2, dates: 1, figures: 1, ..Coverage::default() };
    let uk = article("copy/огляд 1.md", UKRAINIAN, UKRAINIAN.find("# ").unwrap());
    let stale = Finding {
        verdict: Verdict::Stale,
        severity: Severity::Warning,
        message: "18 killed was right on 2022-01-06; now 16 (killed, 2022-01-09)".into(),
        notes: vec!["18 is what figures.missing has".into()],
        ..finding(UKRAINIAN, spans(UKRAINIAN, "18").remove(0))
    };
    let name = Finding {
        rule: "name/garbled".into(),
        verdict: Verdict::Garbled,
        expected: Some("Касим-Жомарт Токаєв".into()),
        message: "“Касим-Жомарт\nТокайєв” is no spelling of Kassym-Jomart Tokayev".into(),
        fact: Some(FactRef {
            id: "people.tokayev".into(),
            span: spans(SHEET, "Касим-Жомарт Токаєв").remove(0),
            sheet: Arc::new(Source::new("desk/unrest.facts.yaml", SHEET)),
        }),
        fix: Some(Fix { replacement: "Касим-Жомарт Токаєв".into(), trust: Trust::Safe }),
        ..finding(UKRAINIAN, spans(UKRAINIAN, "Касим-Жомарт\nТокайєв").remove(0))
    };
    let long = long();
    let wrong = finding(&long, spans(&long, "18").remove(0));
    let markup: Vec<Finding> = spans(MARKUP, "18")
        .into_iter()
        .enumerate()
        .map(|(index, span)| Finding {
            severity: [Severity::Error, Severity::Info, Severity::Off][index],
            message: format!("“{}” <b>is</b> [16](y), 100%: not 18", &MARKUP[span.clone()]),
            fact: None,
            ..finding(MARKUP, span)
        })
        .collect();
    // Two findings of one place, one of them wider.
    let wide = Finding {
        rule: "number/separator".into(),
        severity: Severity::Warning,
        fact: None,
        ..finding(MARKUP, spans(MARKUP, "& \"18\" dead").remove(0))
    };
    let checked = |findings, notes: &[&str]| Checked {
        findings,
        coverage,
        notes: notes.iter().map(|&note| note.to_owned()).collect(),
        reference: Some(jiff::civil::date(2022, 1, 9)),
        ..Checked::default()
    };
    let mut markup = markup;
    markup.insert(0, wide);
    vec![
        (article("copy/clean.txt", "Sixteen people died.\n", 0), "en", checked(Vec::new(), &[])),
        (article("copy/long.txt", &long, 0), "en", checked(vec![wrong], &[])),
        (
            article("copy/markup,a:b.txt", MARKUP, 0),
            "en",
            checked(markup, &["dates are read from 2022-01-09, the latest full date in the copy"]),
        ),
        (uk, "uk", checked(vec![stale, name], &[])),
    ]
}

/// The whole report of the run.
fn report(renderer: &dyn Renderer) -> String {
    let mut report = Report::new(renderer);
    let mut out = report.begin();
    for (article, language, checked) in articles() {
        let reported =
            Reported { article: &article, language, sheets: &["desk/unrest.facts.yaml"], checked: &checked };
        let path = article.source.path.clone();
        out += &report.article(reported.piece(renderer));
        for note in &checked.notes {
            out += &report.remark(Remark::note(path.as_str(), note.as_str()));
        }
    }
    let problem = Problem::of_file("copy/verses.txt", "cannot tell the language of the copy").help("say it");
    let sheet = Problem::of_file("desk/gone.facts.yaml", "there is no such file or folder");
    out += &report.remark(Remark::of(&sheet));
    out += &report.left_out("copy/verses.txt", vec![Remark::of(&problem)], &[Remark::of(&sheet)]);
    out + &report.end(true)
}

fn docs() -> Docs {
    Docs::new(ENGINE.rules(), &[]).unwrap()
}

fn snapshot(name: &str, report: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("format-{name}"), report));
}

#[test]
fn human() {
    snapshot("human", &report(&Human { style: Style::Plain, quiet: false }));
}

#[test]
fn concise_is_one_line_each() {
    let told = report(&Concise { quiet: false });
    snapshot("concise", &told);
    let quiet = report(&Concise { quiet: true });
    assert_eq!(quiet.lines().count(), 6);
    assert!(quiet.lines().all(|line| line.starts_with("copy/") && told.contains(line)), "{quiet}");
}

#[test]
fn jsonl() {
    snapshot("jsonl", &report(&Jsonl));
}

#[test]
fn json_is_one_document() {
    let told = report(&Json);
    snapshot("json", &told);
    let document: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(document["findings"].as_array().unwrap().len(), 6);
    let lines = report(&Jsonl);
    for (line, finding) in lines.lines().zip(document["findings"].as_array().unwrap()) {
        assert_eq!(serde_json::from_str::<serde_json::Value>(line).unwrap(), *finding);
    }
}

#[test]
fn github_takes_no_command_from_the_copy() {
    let told = report(&Github { quiet: false });
    snapshot("github", &told);
    for line in told.lines() {
        assert!(
            ["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start)),
            "{line}"
        );
    }
}

#[test]
fn junit_is_read_by_its_reader() {
    let told = report(&Junit { threshold: Some(Severity::Error), error: None });
    snapshot("junit", &told);
    let read = quick_junit::Report::deserialize_from_str(&told).expect("it is JUnit");
    let suites: Vec<(String, usize, usize, usize)> = read
        .test_suites
        .iter()
        .map(|suite| (suite.name.to_string(), suite.tests, suite.failures, suite.errors))
        .collect();
    let of = |path: &str, tests, failures, errors| (path.to_owned(), tests, failures, errors);
    assert_eq!(
        suites,
        [
            of("copy/clean.txt", 1, 0, 0),
            of("copy/long.txt", 1, 1, 0),
            of("copy/markup,a:b.txt", 3, 1, 0),
            of("copy/огляд 1.md", 2, 1, 0),
            of("desk/gone.facts.yaml", 1, 0, 1),
            of("copy/verses.txt", 1, 0, 1),
        ]
    );
}

/// The official schema.
fn sarif_validator() -> jsonschema::Validator {
    let schema = include_str!("sarif/sarif-schema-2.1.0.json");
    let mut schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    // This pattern has a bracket too many for a strict reader of patterns; we write no language.
    for of in ["run", "toolComponent"] {
        schema["definitions"][of]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    jsonschema::validator_for(&schema).unwrap()
}

/// The report on one article with four findings: one told, two suppressed, one in the baseline.
fn with_silenced(renderer: &dyn Renderer) -> String {
    let copy = "Police said 18 died. He said 18 died. They said 18 died. All say 18.";
    let mut found = spans(copy, "18").into_iter().map(|span| finding(copy, span));
    let findings = vec![found.next().unwrap()];
    let silences = [
        Silence::Comment { reason: Some("as “published”".into()) },
        Silence::Entry { reason: None },
        Silence::Baseline,
    ];
    let silenced = found.zip(silences).map(|(finding, by)| Silenced { finding, by }).collect();
    let checked = Checked { findings, silenced, ..Checked::default() };
    let article = article("copy/a.md", copy, 0);
    let reported = Reported { article: &article, language: "en", sheets: &[], checked: &checked };
    let mut report = Report::new(renderer);
    let begun = report.begin() + &report.article(reported.piece(renderer));
    begun + &report.end(false)
}

#[test]
fn what_is_suppressed_is_in_sarif_and_json_and_in_no_other_format() {
    let told = with_silenced(&Sarif::new(docs()));
    let document: serde_json::Value = serde_json::from_str(&told).unwrap();
    let faults: Vec<String> =
        sarif_validator().iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let results = document["runs"][0]["results"].as_array().unwrap();
    let suppressions: Vec<&serde_json::Value> =
        results.iter().map(|result| &result["suppressions"]).collect();
    assert_eq!(suppressions[0], &serde_json::Value::Null);
    assert_eq!(
        suppressions[1],
        &serde_json::json!([{ "kind": "inSource", "justification": "as “published”" }])
    );
    assert_eq!(suppressions[2], &serde_json::json!([{ "kind": "external" }]));
    assert_eq!(results.len(), 3, "what is in the baseline is in no report");
    let told = with_silenced(&Json);
    let document: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(document["findings"].as_array().unwrap().len(), 1);
    let suppressed = document["suppressed"].as_array().unwrap();
    assert_eq!(suppressed.len(), 2);
    assert_eq!(suppressed[0]["suppressed"]["kind"], "inSource");
    assert_eq!(document["summary"]["suppressed"], 2);
    assert_eq!(document["summary"]["known"], 1);
    for renderer in [
        Box::new(Human { style: Style::Plain, quiet: true }) as Box<dyn Renderer>,
        Box::new(Concise { quiet: true }),
        Box::new(Jsonl),
        Box::new(Github { quiet: true }),
        Box::new(Junit { threshold: None, error: None }),
    ] {
        let told = with_silenced(&*renderer);
        assert!(told.contains("18 killed") && !told.contains("published"), "{told}");
        assert!(
            !["copy/a.md:1:30", "\"column\":30", "col=30"].iter().any(|place| told.contains(place)),
            "{told}"
        );
    }
}

#[test]
fn sarif_keeps_to_the_official_schema() {
    let validator = sarif_validator();
    let told = report(&Sarif::new(docs()));
    let mut document: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
    let faults: Vec<String> = validator.iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    // A URI reference has these characters only; the schema's formats are left to their reader.
    for uri in told.split("\"uri\":\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)), "{uri}");
    }
    // The test would see a fault.
    document["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&document));
    // Every result finds its rule, and the sheet.
    let results = document["runs"][0]["results"].as_array().unwrap();
    let rules = &document["runs"][0]["tool"]["driver"]["rules"];
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
    }
    assert_eq!(
        results[0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "desk/unrest.facts.yaml"
    );
    // An empty run is a document as well.
    let sarif = Sarif::new(docs());
    let empty = Report::new(&sarif);
    let empty: serde_json::Value = serde_json::from_str(&(empty.begin() + &empty.end(true))).unwrap();
    assert!(validator.is_valid(&empty));
}

#[test]
fn sarif() {
    // The rules are those of docs/rules; here only that of the findings, lest each new rule changes this.
    let mut docs = docs();
    docs.rules.retain(|doc| doc.id == "name/garbled");
    snapshot("sarif", &report(&Sarif::new(docs)));
}

#[test]
fn html_takes_nothing_from_the_copy_and_nothing_from_outside() {
    let told = report(&Html::new(docs()));
    // Style and script have files of their own.
    let between = |open: &str, close: &str| {
        let (_, rest) = told.split_once(open).unwrap();
        rest.split_once(close).unwrap().0.to_owned()
    };
    let (style, script) = (between("<style>", "</style>"), between("<script>", "</script>"));
    let page = told.replace(&style, "…").replace(&script, "…");
    let policy = page.split("'sha256-").skip(1).filter_map(|rest| rest.split('\'').next());
    let page = policy.fold(page.clone(), |page, hash| page.replace(hash, "…"));
    snapshot("html", &page);
    assert_eq!(page.matches("<script").count(), 1, "the copy brings no script");
    for outside in ["http:", "https:", "src=", "url(", "@import", "style=", "onclick", "<b>is</b>"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(!style.contains("url(") && !style.contains("@import"));
    // Every link has its target, and every id stands once.
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    for target in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(unique.contains(target), "{target}");
    }
    if let Some(path) = std::env::var_os("FACTLINT_HTML") {
        std::fs::write(path, &told).unwrap();
    }
}

/// Text with everything that is awkward to write down.
fn awkward() -> impl Strategy<Value = String> {
    "(\\PC|[a-z ]|\n|\r\n|\t|<|>|&|\"|'|%|::|\\]\\(|\u{202e}|\u{0}|\u{1b}|\u{ffff}|\u{feff}|漢){0,120}"
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_format_stays_well_formed_whatever_the_copy_says(
        copy in awkward(), sheet in awkward(), said in awkward(), path in awkward(),
        start in 0_usize..300, length in 0_usize..300, fact in 0_usize..300,
    ) {
        let finding = Finding {
            rule: said.as_str().into(),
            message: said.clone(),
            notes: vec![said.clone()],
            expected: Some(said.clone()),
            span: start..start + length,
            text: copy.clone(),
            fact: Some(FactRef {
                sheet: Arc::new(Source::new(path.as_str(), sheet)),
                id: said.clone(),
                span: fact..fact + length,
            }),
            fix: Some(Fix { replacement: said.clone(), trust: Trust::Safe }),
            ..finding("18", 0..2)
        };
        let checked = Checked { findings: vec![finding.clone(), finding], notes: vec![said.clone()], ..Checked::default() };
        let article = article(&path, &copy, 0);
        let reported = Reported { article: &article, language: &said, sheets: &[&path], checked: &checked };
        let whole = |renderer: &dyn Renderer| {
            let mut report = Report::new(renderer);
            let piece = reported.piece(renderer);
            let problem = Remark::of(&Problem::of_file(path.as_str(), said.as_str()).help(said.as_str()));
            let parts = [
                report.begin(),
                report.article(piece),
                report.left_out(&path, vec![problem.clone()], std::slice::from_ref(&problem)),
                report.remark(problem),
            ];
            parts.concat() + &report.end(true)
        };
        for json in [whole(&Json), whole(&Sarif::new(Docs::default()))] {
            prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{}", json);
        }
        let concise = whole(&Concise { quiet: true });
        prop_assert_eq!(concise.lines().count(), 2, "{}", concise);
        let github = whole(&Github { quiet: false });
        prop_assert!(github.lines().all(|line| line.starts_with("::")), "{}", github);
        let junit = whole(&Junit { threshold: None, error: None });
        prop_assert!(quick_junit::Report::deserialize_from_str(&junit).is_ok(), "{}", junit);
        let html = whole(&Html::new(Docs::default()));
        prop_assert_eq!(html.matches("<script").count(), 1);
        prop_assert_eq!(html.matches("<li class=").count(), 2);
    }
}
