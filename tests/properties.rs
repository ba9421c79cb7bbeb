//! What holds for any article and any sheet: nothing panics, spans are where they should be, the same
//! gives the same, and how a letter is put together or an apostrophe is drawn changes nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

#[path = "support/mod.rs"]
mod support;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock};

use factlint::article::{Article, load};
use factlint::engine::{Engine, PreparedSheet, Request, Scratches};
use factlint::finding::{Finding, Severity};
use factlint::source::Source;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use unicode_normalization::UnicodeNormalization;

static ENGINE: LazyLock<Engine> = LazyLock::new(support::engine);

const LANGUAGES: [&str; 4] = ["en", "de", "pt", "uk"];

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
}

/// Every sheet of the examples.
static SHEETS: LazyLock<Vec<Arc<PreparedSheet>>> = LazyLock::new(|| {
    files(&examples())
        .iter()
        .filter(|path| path.to_string_lossy().ends_with(".facts.yaml"))
        .map(|path| sheet(&std::fs::read_to_string(path).unwrap()).expect("an example's sheet loads"))
        .collect()
});

/// Every article of the examples: its language and its text.
static ARTICLES: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    files(&examples())
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "txt"))
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?;
            let language = LANGUAGES.into_iter().find(|code| name.starts_with(&format!("{code}-")))?;
            Some((language, std::fs::read_to_string(path).unwrap()))
        })
        .collect()
});

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn sheet(text: &str) -> Option<Arc<PreparedSheet>> {
    let source = Arc::new(Source::new("story.facts.yaml", text));
    ENGINE.load_sheet(&source).ok().map(|(sheet, _)| Arc::new(sheet))
}

fn article(text: &str) -> Option<Article> {
    Some(load::load("story.txt", text.as_bytes().to_vec()).ok()?.article)
}

fn findings(text: &str, language: &str, sheets: &[Arc<PreparedSheet>]) -> Vec<Finding> {
    let Some(article) = article(text) else { return Vec::new() };
    let request = Request { article: &article, language, sheets, date: Some(date(2022, 1, 10)) };
    ENGINE.check(&request, &mut Scratches::default()).findings
}

/// Checks and reads one article, twice with one memory and once with a fresh one.
fn sound(text: &str, language: &str, sheets: &[Arc<PreparedSheet>]) -> Result<(), TestCaseError> {
    let Some(article) = article(text) else { return Ok(()) };
    let request = Request { article: &article, language, sheets, date: None };
    let mut scratches = Scratches::default();
    let checked = ENGINE.check(&request, &mut scratches);
    let again = ENGINE.check(&request, &mut scratches);
    let fresh = ENGINE.check(&request, &mut Scratches::default());
    prop_assert_eq!(format!("{:?}", &checked.findings), format!("{:?}", &again.findings));
    prop_assert_eq!(format!("{:?}", &checked.findings), format!("{:?}", &fresh.findings));
    let inside = |span: &Range<usize>| {
        span.start >= article.body.start
            && span.end <= article.body.end
            && !span.is_empty()
            && article.source.text.get(span.clone()).is_some()
    };
    for finding in &checked.findings {
        prop_assert!(inside(&finding.span), "{:?}", finding);
        prop_assert_eq!(&article.source.text[finding.span.clone()], finding.text.as_str());
        if let Some(fact) = &finding.fact {
            prop_assert!(fact.sheet.text.get(fact.span.clone()).is_some(), "{:?}", fact);
        }
    }
    let order = |finding: &Finding| {
        let severity = std::cmp::Reverse(finding.severity);
        (finding.span.start, finding.span.end, severity, finding.rule.clone())
    };
    prop_assert!(checked.findings.is_sorted_by_key(order));
    for mention in ENGINE.read(&request, &mut scratches) {
        prop_assert!(inside(&mention.span), "{:?}", mention);
        prop_assert_eq!(&article.source.text[mention.span.clone()], mention.text.as_str());
    }
    Ok(())
}

/// Copy in pieces: names right and garbled, numbers, dates, and what breaks words apart.
fn copy() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "Kassym-Jomart Tokayev",
        "Tokazhev",
        "Токаєва",
        "Tokajews",
        "TOKAYEV’S",
        "Kareem Massimov",
        "Nazarbaye",
        "18",
        "4.404",
        "4,404",
        "2,5 тис.",
        "понад 1 тис.",
        "more than",
        "mil",
        "tausend",
        "dois",
        "сто",
        "1.6511",
        "people",
        "killed",
        "were",
        "Menschen",
        "getötet",
        "pessoas",
        "morreram",
        "загинули",
        "людей",
        "of them",
        "troops",
        "detained",
        "Monday",
        "8 January",
        "8. Januar",
        "6 de janeiro",
        "6 січня",
        "2022",
        "31.02.2022",
        "yesterday",
        "am selben Tag",
        "станом на",
        "on",
        "in",
        "Almaty",
        "Казахстані",
        "CSTO",
        "ODKB",
        "ОДКБ",
        ".",
        ",",
        "\n\n",
        "\u{a0}",
        "\u{301}",
        "\u{200b}",
        "’",
        "'",
        "“",
        "(",
        "-",
        "–",
        "\u{202e}",
        "👩‍👩‍👧",
        "ﬁ",
        "İ",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => (0_u64..5_000_000).prop_map(|number| number.to_string()),
    ];
    let gap = prop_oneof![5 => Just(" "), 1 => Just(""), 1 => Just("\n")];
    proptest::collection::vec((piece, gap), 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap.to_owned()]).collect())
}

/// A sheet in pieces; what does not load is no case.
fn small_sheet() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "Kassym-Jomart Tokayev",
        "Karim Massimov",
        "Касим-Жомарт Токаєв",
        "Xi Jinping",
        "Li",
        "Jean de la Croix",
        "Tokajew",
        "Öz",
        "O’Neil",
        "\u{418}\u{306}ван",
        "A B C D E F",
    ];
    const CONCEPTS: &[&str] = &["killed", "injured", "detained", "troops", "magnitude"];
    const GROUPS: &[&str] = &["", "group: security-forces, ", "group: protesters, ", "group: miners, "];
    const VALUES: &[&str] =
        &["18", "4404", "more than 1000", "about 2500", "0", "\"1 to 3\"", "1000000000000"];
    let names = proptest::sample::subsequence(NAMES, 0..5);
    let figure = (
        proptest::sample::select(CONCEPTS),
        proptest::sample::select(GROUPS),
        proptest::collection::btree_map(2_i8..29, proptest::sample::select(VALUES), 1..4),
    );
    (names, proptest::collection::vec(figure, 0..5), any::<bool>()).prop_map(|(names, figures, constant)| {
        let mut text = String::from("format: 1\nstory: s\nlanguage: en\n");
        text.push_str("period: { from: 2022-01-02, to: 2022-01-31 }\npeople:\n");
        for (index, name) in names.iter().enumerate() {
            text.push_str(&format!("  p{index}: {{ name: {name} }}\n"));
        }
        if names.is_empty() {
            text.push_str("  nobody: { name: Nemo Nobody }\n");
        }
        text.push_str("groups: { miners: { words: { en: [miner], uk: [шахтар] } } }\nfigures:\n");
        for (index, (concept, group, series)) in figures.iter().enumerate() {
            let series: Vec<String> =
                series.iter().map(|(day, value)| format!("2022-01-{day:02}: {value}")).collect();
            text.push_str(&format!(
                "  f{index}: {{ concept: {concept}, {group}constant: {constant}, series: {{ {} }} }}\n",
                series.join(", ")
            ));
        }
        if figures.is_empty() {
            text.push_str("  killed: { series: { 2022-01-06: 18 } }\n");
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_checked(text in any::<String>()) {
        for language in LANGUAGES {
            sound(&text, language, &SHEETS)?;
        }
    }

    #[test]
    fn copy_of_any_pieces_is_checked(text in copy()) {
        for language in LANGUAGES {
            sound(&text, language, &SHEETS)?;
        }
    }

    #[test]
    fn any_sheet_meets_any_copy(text in copy(), facts in small_sheet(), language in 0_usize..4) {
        if let Some(sheet) = crate::sheet(&facts) {
            sound(&text, LANGUAGES[language], &[sheet])?;
        }
    }

    /// An article of the examples with a hole torn in it, or cut off in the middle.
    #[test]
    fn torn_articles_are_checked(which in any::<proptest::sample::Index>(), from in 0.0..1.0_f64, len in 0_usize..90) {
        let (language, text) = which.get(&ARTICLES);
        let at = |at: usize| text.floor_char_boundary(at.min(text.len()));
        let start = at((text.len() as f64 * from) as usize);
        let torn = format!("{}{}", &text[..start], &text[at(start + len)..]);
        sound(&torn, language, &SHEETS)?;
        sound(&text[..start], language, &SHEETS)?;
    }
}

#[test]
fn generated_sheets_load() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let sheets =
        (0..50).filter(|_| sheet(&small_sheet().new_tree(&mut runner).unwrap().current()).is_some()).count();
    assert!(sheets > 40, "{sheets} of 50");
}

/// Rule, verdict, what is found and what is expected, whatever the letters are put together of.
fn told(findings: &[Finding]) -> Vec<[String; 4]> {
    let plain = |text: &str| text.nfc().collect::<String>().replace('\'', "’");
    findings
        .iter()
        .filter(|finding| finding.severity != Severity::Off)
        .map(|finding| {
            [
                finding.rule.to_string(),
                format!("{:?}", finding.verdict),
                plain(&finding.text),
                plain(finding.expected.as_deref().unwrap_or_default()),
            ]
        })
        .collect()
}

#[test]
fn how_letters_and_apostrophes_are_written_changes_no_finding() {
    assert!(ARTICLES.len() >= 8);
    let mut found = 0;
    for (language, text) in ARTICLES.iter() {
        let expected = told(&findings(text, language, &SHEETS));
        found += expected.len();
        let variants: [(&str, String); 4] = [
            ("composed", text.nfc().collect()),
            ("decomposed", text.nfd().collect()),
            ("straight apostrophes", text.replace('’', "'")),
            ("curly apostrophes", text.replace('\'', "’")),
        ];
        for (what, variant) in variants {
            assert_eq!(told(&findings(&variant, language, &SHEETS)), expected, "{what}: {text}");
        }
    }
    assert!(found > 0, "the examples are garbled on purpose");
}

#[test]
fn the_program_says_the_same_with_any_number_of_threads() {
    for arguments in [["check", "--format=jsonl"], ["check", "--format=human"], ["read", "--format=jsonl"]] {
        let outputs: Vec<_> = ["1", "4"]
            .iter()
            .map(|threads| {
                Command::new(env!("CARGO_BIN_EXE_factlint"))
                    .args(arguments)
                    .args(["--threads", threads, "."])
                    .current_dir(examples())
                    .output()
                    .unwrap()
            })
            .collect();
        assert!(!outputs[0].stdout.is_empty());
        assert_eq!(outputs[0], outputs[1], "{arguments:?}");
    }
}
