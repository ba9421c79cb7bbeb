//! Number reading on sentences of our own, one table per language, and on any text at all.
#![allow(clippy::expect_used, reason = "a test may stop")]

#[path = "support/mod.rs"]
mod support;

use factlint::reading::quantity::{HedgeKind, NumberForm, Quantity, Unit};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    find: Vec<Wanted>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    text: String,
    value: Option<f64>,
    upper: Option<f64>,
    hedge: Option<HedgeKind>,
    low: Option<f64>,
    high: Option<f64>,
    unit: Option<Unit>,
    article: Option<bool>,
    form: Option<String>,
    other: Option<f64>,
}

impl Wanted {
    fn is(&self, text: &str, quantity: &Quantity) -> bool {
        let (form, other) = match quantity.form {
            NumberForm::Plain => ("plain", None),
            NumberForm::MaybeThousands { other } => ("maybe_thousands", Some(other)),
            NumberForm::ForeignDecimal => ("foreign_decimal", None),
            NumberForm::ForeignThousands => ("foreign_thousands", None),
            NumberForm::Malformed { other } => ("malformed", Some(other)),
        };
        text.get(quantity.number.clone()) == Some(self.text.as_str())
            && self.value.is_none_or(|value| value == quantity.value)
            && self.upper.is_none_or(|upper| Some(upper) == quantity.upper)
            && self.hedge.is_none_or(|hedge| hedge == quantity.hedge)
            && self.low.is_none_or(|low| low == quantity.hard.low)
            && self.high.is_none_or(|high| high == quantity.hard.high)
            && self.unit == quantity.unit
            && self.article.unwrap_or(false) == quantity.article
            && self.form.as_ref().is_none_or(|wanted| wanted == form)
            && self.other.is_none_or(|wanted| Some(wanted) == other)
    }
}

#[test]
fn tables_of_every_language() {
    let mut failures = Vec::new();
    for (code, language) in support::languages() {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/numbers.{code}.yaml"));
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let source = std::sync::Arc::new(factlint::source::Source::new(path.to_string_lossy(), text));
        let rows: Vec<Row> = match factlint::yaml::read(&source) {
            Ok(rows) => rows,
            Err(problem) => panic!("{problem}"),
        };
        for row in rows {
            let found = support::quantities(&row.text, &language);
            let solved = found.len() == row.find.len()
                && found.iter().zip(&row.find).all(|(quantity, wanted)| wanted.is(&row.text, quantity));
            if !solved {
                let found: Vec<_> = found
                    .iter()
                    .map(|quantity| {
                        let text = row.text.get(quantity.number.clone()).unwrap_or_default();
                        let Quantity { value, upper, hedge, hard, unit, article, form, .. } = quantity;
                        format!(
                            "\n  {text:?} {value} {upper:?} {hedge:?} {}..{} {unit:?} {article} {form:?}",
                            hard.low, hard.high
                        )
                    })
                    .collect();
                failures.push(format!("{code} {:?}{}", row.text, found.concat()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Spans lie in the text, on character boundaries, in order, and none reaches into the next.
fn check_spans(text: &str, found: &[Quantity]) -> Result<(), TestCaseError> {
    let mut end = 0;
    for quantity in found {
        prop_assert!(text.get(quantity.span.clone()).is_some_and(|text| !text.is_empty()));
        prop_assert!(text.get(quantity.number.clone()).is_some_and(|text| !text.is_empty()));
        prop_assert!(
            quantity.span.start <= quantity.number.start && quantity.number.end <= quantity.span.end
        );
        prop_assert!(quantity.span.start >= end, "{found:?}");
        for part in std::iter::once(&quantity.first).chain(&quantity.second) {
            prop_assert!(text.get(part.span.clone()).is_some());
        }
        end = quantity.span.end;
    }
    Ok(())
}

fn any_language(text: &str) -> Result<(), TestCaseError> {
    thread_local! {
        static LANGUAGES: std::collections::BTreeMap<String, std::sync::Arc<factlint::language::Language>> = support::languages();
    }
    LANGUAGES.with(|languages| {
        languages.values().try_for_each(|language| check_spans(text, &support::quantities(text, language)))
    })
}

/// Pieces that numbers are made of, so that made-up texts reach deep into the reader.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "1",
        "12",
        "123",
        "0",
        "000",
        "99999999999999999999999999999999999999999",
        ".",
        ",",
        "'",
        "-",
        "–",
        ":",
        "/",
        "%",
        "$",
        "+",
        ">",
        "=",
        " ",
        "\u{a0}",
        "\n",
        "\n\n",
        "one",
        "two",
        "twenty",
        "hundred",
        "thousand",
        "million",
        "and",
        "a",
        "half",
        "point",
        "zero",
        "between",
        "from",
        "to",
        "more than",
        "or more",
        "or equal to",
        "third",
        "several",
        "dozen",
        "k",
        "M",
        "th",
        "ein",
        "und",
        "einundzwanzig",
        "tausend",
        "halb",
        "einhalb",
        "Viertel",
        "Komma",
        "bis",
        "mil",
        "e",
        "um",
        "meio",
        "milhões",
        "vírgula",
        "de",
        "quarto",
        "два",
        "тисячі",
        "тис.",
        "пів",
        "цілих",
        "десятих",
        "від",
        "до",
        "п'ять",
        "сорок",
        "½",
        "№",
        "Artikel",
        "e\u{301}",
        "́",
        "ß",
        "界",
    ];
    proptest::collection::vec((0..PIECES.len(), prop::bool::ANY), 0..24).prop_map(|picks| {
        picks
            .into_iter()
            .map(|(at, space)| format!("{}{}", PIECES[at], if space { " " } else { "" }))
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        any_language(&text)?;
    }

    #[test]
    fn any_pieces_are_read(text in pieces()) {
        any_language(&text)?;
    }
}

#[test]
fn long_chains_end() {
    for piece in [
        "one point ",
        "1,",
        "1.",
        "22.5,",
        "1 234 ",
        "5-",
        "two hundred and ",
        "half a ",
        "more than 5 or equal to ",
        "eine halbe ",
    ] {
        let text = piece.repeat(20_000);
        assert!(any_language(&text).is_ok());
    }
}
