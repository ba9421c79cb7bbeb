//! Comments and suppressions on whole articles: what they do to the reading around them, and what holds for
//! any copy.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use factlint::engine::{Checked, PreparedSheet, Request, Scratches};
use factlint::suppress::entries;
use proptest::prelude::*;

use common::{ENGINE, article, sheet};

static SHEET: LazyLock<Arc<PreparedSheet>> = LazyLock::new(|| {
    let facts = serde_json::json!({
        "people": { "lima": { "name": "Ana Lima" } },
        "figures": { "killed": { "series": { "2024-05-05": 31 } } },
    });
    sheet("flood.facts.yaml", &facts, "en").expect("the sheet loads")
});

fn check(copy: &str) -> Checked {
    let article = article(copy, Some(jiff::civil::date(2024, 5, 6)));
    let sheets = [Arc::clone(&SHEET)];
    let request = Request { article: &article, language: "en", sheets: &sheets, date: None };
    let checked = ENGINE.check(&request, &mut Scratches::default());
    for finding in &checked.findings {
        let said = copy.get(finding.span.clone()).expect("spans are those of the file");
        assert!(said == finding.text || said.contains("<!--"), "{said:?} is not {:?}", finding.text);
    }
    checked
}

/// The findings of a text: rule and the words of the copy.
fn found(copy: &str) -> Vec<(String, Vec<String>)> {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    check(copy).findings.iter().map(|finding| (finding.rule.to_string(), words(&finding.text))).collect()
}

#[test]
fn a_comment_changes_nothing_in_how_the_copy_around_it_is_read() {
    let copy =
        "The floods have killed 13 people in one day. Police said so.\nAnna Lima agreed, and 13 it was.";
    assert_eq!(found(copy).len(), 2);
    for comment in ["<!-- 99 people were killed, Anna Lima said. -->", "<!--\n\nAn aside.\n\n-->", "<!---->"]
    {
        for (at, _) in copy.match_indices([' ', '\n', '.', ',']) {
            for (before, behind, alone) in
                [("", "", ""), (" ", "", " "), ("", " ", " "), ("\n", "\n", "\n"), ("\r\n", "\r\n", "\r\n")]
            {
                let (head, tail) = copy.split_at(at);
                let with = format!("{head}{before}{comment}{behind}{tail}");
                assert_eq!(found(&with), found(&format!("{head}{alone}{tail}")), "{with:?}");
            }
        }
    }
}

#[test]
fn to_take_out_what_is_unused_leaves_nothing_to_be_told() {
    let mut copy = "Ana Lima spoke. <!-- factlint: ignore name/garbled, date/*: as published -->\n\
        <!-- factlint: ignore-start figure/killed: as published -->\r\n\
        31 people were killed.\n<!-- factlint: ignore-end -->\nAnna Lima left. \
        <!-- factlint: ignore figure/killed, name/garbled, date/event: she signs so --> She did.\n\
        <!-- factlint: ingore name/garbled: as published -->\nAnna Lima wept.\n"
        .to_owned();
    for _ in 0..10 {
        let findings = check(&copy).findings;
        let Some(finding) = findings.first() else { break };
        let fix = finding.fix.as_ref().unwrap_or_else(|| panic!("{finding:?}"));
        copy.replace_range(finding.span.clone(), &fix.replacement);
    }
    assert_eq!(
        copy,
        "Ana Lima spoke.\n31 people were killed.\nAnna Lima left. \
         <!-- factlint: ignore name/garbled: she signs so --> She did.\n\
         <!-- factlint: ignore name/garbled: as published -->\nAnna Lima wept.\n"
    );
}

/// `FACTLINT_ACCEPT=1 cargo test --test suppress` writes it anew.
#[test]
fn the_schema_in_the_tree_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/sidecar.schema.json");
    let text = entries::schema();
    if std::env::var_os("FACTLINT_ACCEPT").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == text, "schemas/sidecar.schema.json is not that of the types; accept it and commit it");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_comments_are_followed_or_told_of(
        copy in "(Anna Lima |13 killed\\. |\\n|\\r\\n|> |<p>|é|<!-- |-->|factlint|: |:|ignore|-start|-end|-file| name/garbled|, |figure/\\*| why ){0,40}"
    ) {
        let checked = check(&copy);
        let without = check(&copy.replace("factlint", "faktlint"));
        // Each finding is told or kept, whatever the comments say.
        let of_copy = |checked: &Checked| {
            let told = checked.findings.iter().filter(|finding| !finding.rule.starts_with("suppression/"));
            let mut spans: Vec<_> = told
                .chain(checked.silenced.iter().map(|silenced| &silenced.finding))
                .map(|finding| (finding.span.clone().start, finding.rule.clone()))
                .collect();
            spans.sort();
            spans
        };
        prop_assert_eq!(of_copy(&checked), of_copy(&without));
    }
}
