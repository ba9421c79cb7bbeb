//! The YAML reader: what it takes, how it places what is wrong, and that nothing makes it panic.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use factlint::problem::Problem;
use factlint::report::problem::render;
use factlint::sheet::{self, Context, Known};
use factlint::source::Source;
use factlint::yaml::{self, At};
use proptest::prelude::*;
use serde::Deserialize;

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Problem> {
    yaml::read(&Arc::new(Source::new("x.yaml", text)))
}

#[derive(Debug, PartialEq, Deserialize, PartialOrd, Eq, Ord)]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
    Green,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shape {
    Point,
    Circle(f64),
    Box { width: u32 },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Everything {
    #[serde(default)]
    numbers: BTreeMap<u64, Vec<String>>,
    #[serde(default)]
    days: BTreeMap<i16, String>,
    #[serde(default)]
    pairs: Vec<(String, String)>,
    #[serde(default)]
    colours: BTreeMap<Colour, bool>,
    #[serde(default)]
    shapes: Vec<Shape>,
    rate: Option<f64>,
    title: Option<At<String>>,
    nothing: Option<String>,
}

#[test]
fn every_shape_of_serde_is_read() {
    let text = "numbers: { 1: [one, a], 20: [twenty] }\ndays: { -1: yesterday, 0: today }\npairs: [[a, b]]\n\
                colours: { red: true, green: false }\nshapes: [point, { circle: 2.5 }, { box: { width: 3 } }]\n\
                rate: 3\ntitle: 2022\nnothing: ~\n";
    let read: Everything = read(text).unwrap();
    assert_eq!(read.numbers[&1], ["one", "a"]);
    assert_eq!(read.days[&-1], "yesterday");
    assert_eq!(read.pairs, [("a".to_owned(), "b".to_owned())]);
    assert!(read.colours[&Colour::Red]);
    assert_eq!(read.shapes, [Shape::Point, Shape::Circle(2.5), Shape::Box { width: 3 }]);
    assert_eq!((read.rate, read.nothing), (Some(3.0), None));
    let title = read.title.unwrap();
    assert_eq!((title.as_str(), &text[title.range()]), ("2022", "2022"));
}

#[test]
fn errors_have_their_key_path_their_place_and_plain_words() {
    let cases: &[(&str, &str)] = &[
        (
            "numbers: { one: [a] }",
            "x.yaml:1:12: expected a whole number, found the text `one` (at numbers.one)",
        ),
        ("numbers: { 1: [a, [b]] }", "x.yaml:1:19: expected a text, found a list (at numbers.1[1])"),
        ("pairs: [[a, b, c]]", "x.yaml:1:9: expected a list of 2, found a list of 3 (at pairs[0])"),
        ("pairs: [[a]]", "x.yaml:1:9: expected a list of 2, found a list of 1 (at pairs[0])"),
        ("rate: high", "x.yaml:1:7: expected a number, found the text `high` (at rate)"),
        ("rate: \"3\"", "x.yaml:1:7: expected a number, found the text `3` (at rate)"),
        (
            "colours: { read: true }",
            "x.yaml:1:12: `read` is not known here (at colours.read); did you mean `red`? it can be `red`, `green`",
        ),
        (
            "colours: { red: yes }",
            "x.yaml:1:17: expected `true` or `false`, found the text `yes` (at colours.red)",
        ),
        (
            "shapes: [{ circle: x }]",
            "x.yaml:1:20: expected a number, found the text `x` (at shapes[0].circle)",
        ),
        ("shapes: [{ box: {} }]", "x.yaml:1:12: the key `width` is missing (at shapes[0].box)"),
        ("[a, b]", "x.yaml:1:1: expected a map (`key: value`), found a list"),
        (
            "titel: x",
            "x.yaml:1:1: unknown key `titel` (at titel); did you mean `title`? the keys here are `numbers`, `days`, `pairs`, `colours`, `shapes`, `rate`, `title`, `nothing`",
        ),
        ("? [a, b]\n: c", "x.yaml:1:3: a list or map stands where a key should"),
        (
            "title: a\ntitle: b",
            "x.yaml:2:1: the key `title` stands here a second time (at title); the first is here, in line 1",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(&read::<Everything>(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn aliases_and_merges_work_and_keep_their_places() {
    let text = "a: &x { red: true }\nb: *x\nc: { <<: *x, green: false }\n";
    let read: BTreeMap<String, BTreeMap<Colour, At<bool>>> = read(text).unwrap();
    assert_eq!(read["c"].len(), 2);
    assert_eq!(&text[read["b"][&Colour::Red].range()], "true");
}

/// A laughing bomb of every kind ends soon and is an error.
#[test]
fn bombs_do_not_load() {
    let mut billion = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        billion.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let wide = format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(2000), "*a, ".repeat(2000));
    let cases = [
        billion,
        wide,
        "[".repeat(200_000),
        "{a: ".repeat(100_000),
        "- ".repeat(100_000),
        "a: &a [*a]".to_owned(),
    ];
    for text in cases {
        assert!(read::<serde::de::IgnoredAny>(&text).is_err());
    }
}

fn all_inside(problems: &[Problem]) -> Result<(), TestCaseError> {
    for problem in problems {
        let spans = problem.span.iter().chain(problem.other.iter().map(|(span, _)| span));
        for span in spans {
            let text = &problem.source.as_ref().map(|source| source.text.as_str()).unwrap_or_default();
            prop_assert!(text.get(span.clone()).is_some(), "{span:?} of {} bytes: {problem}", text.len());
        }
        render(problem, false);
        render(problem, true);
    }
    Ok(())
}

fn check(name: &str, bytes: Vec<u8>) -> Result<(), TestCaseError> {
    let known = Known::default();
    let context = Context { known: &known, read_value: &|_, _| None };
    match factlint::article::load::decode(name, bytes) {
        Ok(text) => all_inside(&sheet::load(&Arc::new(Source::new(name, text)), &context).problems),
        Err(problem) => all_inside(&[problem]),
    }
}

/// Pieces of sheets, and of what makes YAML hard.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "people:",
            "places:",
            "figures:",
            "events:",
            "lists:",
            "in:",
            "name:",
            "series:",
            "also:",
            "family:",
            "value:",
            "as_of:",
            "between:",
            "where:",
            "group:",
            "killed:",
            "a:",
            "б:",
            "\n",
            "\n  ",
            "\n    ",
            "\n      ",
            " ",
            "{",
            "}",
            "[",
            "]",
            ", ",
            "- ",
            "? ",
            ": ",
            "*a",
            "&a ",
            "<<: ",
            "\"",
            "'",
            "|\n",
            ">-\n",
            "#",
            "\t",
            "---\n",
            "...\n",
            "!t ",
            "!!str ",
            "%YAML 1.2\n",
            "2022-01-06",
            "2022-02-31",
            "more than 1000",
            "18",
            "4,404",
            "Токаєв",
            "é",
            "e\u{301}",
            "\u{202e}",
            "\u{feff}",
            "\r\n",
            "\r",
            "\u{85}",
            "\u{2028}",
            "\0",
            "~",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check("x", bytes)?;
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        check("x", text.into_bytes())?;
    }

    #[test]
    fn any_near_sheet_is_answered(pieces in prop::collection::vec(piece(), 0..40)) {
        check("x", format!("format: 1\nstory: s\nlanguage: en\n{}", pieces.concat()).into_bytes())?;
        check("x", pieces.concat().into_bytes())?;
    }

    /// A good sheet with one piece put anywhere in it.
    #[test]
    fn any_broken_sheet_is_answered(at in 0usize..4000, piece in piece(), cut in 0usize..20) {
        let sheet = include_str!("sheets/good/kazakhstan.facts.yaml");
        let at = sheet.floor_char_boundary(at.min(sheet.len()));
        let to = sheet.floor_char_boundary((at + cut).min(sheet.len()));
        check("x", format!("{}{piece}{}", &sheet[..at], &sheet[to..]).into_bytes())?;
    }
}
