//! Fixes as they are written: what `--fix` makes of copy, case by case (`tests/data/fixes.yaml`), and what holds
//! for any copy.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::sync::{Arc, LazyLock};

use factlint::engine::{Checked, PreparedSheet, Request, Scratches};
use factlint::finding::Trust;
use factlint::fix::{self, Fixed};
use factlint::source::Source;
use factlint::yaml;
use proptest::prelude::*;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use common::{ENGINE, article, sheet};

#[derive(Deserialize)]
struct File {
    sheet: serde_json::Value,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    language: String,
    copy: String,
    safe: Option<String>,
    r#unsafe: Option<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    let source = Arc::new(Source::new("fixes.yaml", include_str!("data/fixes.yaml")));
    yaml::read(&source).unwrap_or_else(|problem| panic!("{problem}"))
});

static SHEETS: LazyLock<Vec<Arc<PreparedSheet>>> =
    LazyLock::new(|| vec![sheet("fixes.facts.yaml", &FILE.sheet, "en").unwrap()]);

fn check(article: &factlint::article::Article, language: &str) -> Checked {
    let date = Some(jiff::civil::date(2022, 1, 9));
    ENGINE.check(&Request { article, language, sheets: &SHEETS, date }, &mut Scratches::default())
}

fn fixed(copy: &str, language: &str, least: Trust) -> Option<Fixed> {
    let article = article(copy, None);
    fix::fix(&article, &check(&article, language), &[], least, |article| check(article, language))
}

fn text(copy: &str, language: &str, least: Trust) -> String {
    fixed(copy, language, least).map_or(copy.to_owned(), |fixed| fixed.article.text().to_owned())
}

#[test]
fn every_case_is_fixed_as_it_says() {
    let mut differ = Vec::new();
    for Case { language, copy, safe, r#unsafe } in &FILE.cases {
        let safe = safe.as_ref().unwrap_or(copy);
        for (least, expected) in [(Trust::Safe, safe), (Trust::Unsafe, r#unsafe.as_ref().unwrap_or(safe))] {
            let found = text(copy, language, least);
            if found != *expected {
                differ.push(format!("{language}, {least:?}\n  copy      {copy:?}\n  expected  {expected:?}\n  found     {found:?}"));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

#[test]
fn letters_are_put_together_as_the_file_has_them() {
    let copy = "Президент Токаев і Касим-Жомарт Токайєв говорили. Й.";
    let right = "Президент Токаєв і Касим-Жомарт Токаєв говорили. Й.";
    assert_eq!(text(copy, "uk", Trust::Safe).nfc().collect::<String>(), right.nfc().collect::<String>());
    let apart: String = copy.nfd().collect();
    assert_eq!(text(&apart, "uk", Trust::Safe), right.nfd().collect::<String>());
}

/// Copy in pieces: names right, garbled and inflected, quotation marks, numbers, what breaks lines and words.
fn copy() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "Kareem Massimov",
        "Karim Massimov",
        "KAREEM MASSIMOV",
        "Masimovs",
        "Tokazhev",
        "Tokajew",
        "Nazarbaev",
        "Narsultan Nazarbayev’s",
        "Токаева",
        "Токаев",
        "Назарбаевим",
        "Масімоа",
        "UNFIL",
        "UNIFIL",
        "ODKB",
        "the Collective Securty Treaty Organization",
        "in Afganistan",
        "in Usbekhistan",
        "Жанaозен",
        "У Узбекістані",
        "“",
        "”",
        "\"",
        "«",
        "»",
        "'",
        "’",
        ">",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "  ",
        "\u{a0}",
        "-",
        ", ",
        ". ",
        "18 people were killed",
        "on 9 January 2022",
        "an ",
        "the ",
        "и\u{306}",
        "\u{feff}",
        "\u{202e}",
        "said",
    ];
    let piece = prop_oneof![9 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn fixing_twice_is_fixing_once(copy in copy(), language in 0_usize..4, all in any::<bool>()) {
        let language = ["en", "de", "pt", "uk"][language];
        let least = if all { Trust::Unsafe } else { Trust::Safe };
        let once = text(&copy, language, least);
        prop_assert_eq!(&text(&once, language, least), &once);
    }

    #[test]
    fn nothing_but_the_fixed_words_changes(copy in copy(), language in 0_usize..4) {
        let language = ["en", "de", "pt", "uk"][language];
        let article = article(&copy, None);
        let findings = check(&article, language).findings;
        let Some((fixed, count)) = fix::apply(&article, &findings, Trust::Unsafe) else { return Ok(()) };
        // Outside of the spans all bytes are there, in their order.
        let mut rest = fixed.as_str();
        let mut at = 0;
        let mut met = 0;
        for finding in findings.iter().filter(|finding| finding.fix.is_some()) {
            let fix = finding.fix.as_ref().unwrap();
            if fix.trust == Trust::DisplayOnly || finding.span.start < at {
                continue;
            }
            let before = &copy[at..finding.span.start];
            let Some(behind) = rest.strip_prefix(before).and_then(|rest| rest.strip_prefix(fix.replacement.as_str())) else {
                continue;
            };
            (rest, at, met) = (behind, finding.span.end, met + 1);
        }
        prop_assert_eq!(rest, &copy[at..]);
        prop_assert_eq!(met, count);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        prop_assert_eq!(digits(&fixed), digits(&copy));
    }
}
