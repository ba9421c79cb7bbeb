//! Reading of dates: sentences kept as data, datelines, and what holds for any text.

#![expect(clippy::unwrap_used, reason = "a test fails where its data are missing")]

#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use factlint::language::Language;
use factlint::reading::dateline::find_dateline;
use factlint::reading::dates::{Meaning, read_dates};
use factlint::reading::reference::{ReferenceSource, find_reference};
use factlint::reading::scan::Scratch;
use factlint::source::Source;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    text: String,
    #[serde(default)]
    reference: Option<Date>,
    dates: Vec<(String, String)>,
}

fn read_yaml<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    factlint::yaml::read(&Arc::new(Source::new(path, text))).unwrap_or_else(|problem| panic!("{problem}"))
}

const CODES: [&str; 4] = ["en", "de", "pt", "uk"];

static LANGUAGES: LazyLock<BTreeMap<String, Arc<Language>>> = LazyLock::new(support::languages);

fn language(code: &str) -> &'static Language {
    &LANGUAGES[code]
}

fn told(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Day(day) => day.to_string(),
        Meaning::Range(from, to) => format!("{from}..{to}"),
        Meaning::Impossible { .. } => "!".to_owned(),
        Meaning::Unresolved => "?".to_owned(),
    }
}

#[test]
fn sentences_are_read_as_their_data_say() {
    let mut wrong = Vec::new();
    for code in CODES {
        for sentence in read_yaml::<Vec<Sentence>>(&format!("tests/data/dates.{code}.yaml")) {
            let mut scratch = Scratch::default();
            let scan = scratch.scan(&sentence.text, language(code));
            let read: Vec<(String, String)> = read_dates(&scan, sentence.reference)
                .iter()
                .map(|mention| (sentence.text[mention.span.clone()].to_owned(), told(&mention.meaning)))
                .collect();
            if read != sentence.dates {
                wrong.push(format!(
                    "{code} {}\n  read     {read:?}\n  expected {:?}",
                    sentence.text, sentence.dates
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_weekday_beside_a_date_is_told_with_its_place() {
    let text = "It was Friday, January 8, 2022.";
    let mut scratch = Scratch::default();
    let scan = scratch.scan(text, language("en"));
    let dates = read_dates(&scan, None);
    assert_eq!(dates.len(), 1);
    assert_eq!(dates[0].meaning, Meaning::Day(date(2022, 1, 8)));
    assert_eq!(dates[0].weekday, Some((5, 7..13)));
}

#[test]
fn datelines_give_the_reference() {
    let cases = [
        (
            "de",
            "MOSKAU, 8. Januar (Agentur) -- Der Sprecher sagte am 5. Januar 2022 nichts.",
            Some("MOSKAU"),
            "2022-01-08",
        ),
        ("en", "NUR-SULTAN, Jan 8 (Agency) - It began on Jan. 2, 2022.", Some("NUR-SULTAN"), "2022-01-08"),
        (
            "en",
            "Agency Moscow\n2 min read Last Updated : Jan 08 2022 | 8:06 AM IST\n\nHe spoke on Friday.",
            None,
            "2022-01-08",
        ),
        ("uk", "КИЇВ, 8 січня. Рада зібралася 3 січня 2022 року.", Some("КИЇВ"), "2022-01-08"),
        ("pt", "Brasília, 8 de janeiro de 2022 - O governo caiu.", Some("Brasília"), "2022-01-08"),
        (
            "pt",
            "SÃO PAULO, 2 jan (Agência) - Em 30 de dezembro de 2021 choveu.",
            Some("SÃO PAULO"),
            "2022-01-02",
        ),
    ];
    for (code, text, place, day) in cases {
        let mut scratch = Scratch::default();
        let scan = scratch.scan(text, language(code));
        let dates = read_dates(&scan, None);
        let dateline = find_dateline(&scan, &dates).unwrap_or_else(|| panic!("no dateline in {text}"));
        assert_eq!(dateline.place.map(|span| &text[span]), place, "{text}");
        let reference = find_reference(&scan, None, None, &[]).unwrap();
        assert_eq!(
            (reference.date.to_string().as_str(), reference.source),
            (day, ReferenceSource::Dateline),
            "{text}"
        );
    }
}

#[test]
fn a_dateline_without_its_year_takes_it_from_the_story() {
    let period = |from: i16, to: i16| (date(from, 7, 30), date(to, 9, 1));
    let one = [period(2020, 2020)];
    let cases = [
        ("en", "BEIRUT, Aug. 5 — The port is gone.", &one[..], Some("2020-08-05")),
        (
            "en",
            "BEIRUT, Lebanon, Sept 20 (Reuters) - In Tianjin, 173 died on 12 August 2015.",
            &one,
            Some("2020-09-20"),
        ),
        ("en", "BEIRUT, Feb. 5 - The port is gone.", &one, None),
        ("en", "BEIRUT, Aug. 5 - The port is gone.", &[period(2019, 2020)], None),
        ("en", "BEIRUT, Aug. 5 - The port is gone.", &[period(2019, 2019), period(2020, 2020)], None),
        (
            "en",
            "BEIRUT, Aug. 5 - The port is gone.",
            &[period(2020, 2020), period(2020, 2020)],
            Some("2020-08-05"),
        ),
        ("en", "BEIRUT, Feb. 29 - The port is gone.", &[period(2021, 2022)], None),
        ("de", "BEIRUT, 5. August (dpa) - Der Hafen ist zerstört.", &one, Some("2020-08-05")),
        ("pt", "BEIRUTE, 5 ago (Reuters) - O porto foi destruído.", &one, Some("2020-08-05")),
        ("uk", "БЕЙРУТ, 5 серпня – Порт зруйновано.", &one, Some("2020-08-05")),
    ];
    for (code, text, periods, day) in cases {
        let mut scratch = Scratch::default();
        let scan = scratch.scan(text, language(code));
        let reference = find_reference(&scan, None, None, periods);
        let found = reference.map(|reference| reference.date.to_string());
        assert_eq!(found.as_deref(), day, "{text}");
        assert!(reference.is_none_or(|reference| reference.assumption().is_some()), "{text}");
    }
}

#[test]
fn a_text_without_a_dateline_takes_its_latest_full_date() {
    let text = "He was born on 17 May 1953 and resigned on 5 January 2022, he said on Thursday.";
    let mut scratch = Scratch::default();
    let scan = scratch.scan(text, language("en"));
    assert!(find_dateline(&scan, &read_dates(&scan, None)).is_none());
    let reference = find_reference(&scan, None, None, &[]).unwrap();
    assert!(reference.assumption().is_some());
    assert_eq!(reference.date, date(2022, 1, 5));
    assert_eq!(
        find_reference(&scan, None, Some(date(2022, 1, 6)), &[]).unwrap().source,
        ReferenceSource::Published
    );
}

/// Pieces that dates are made of, so that random texts come near to dates.
const PIECES: [&str; 40] = [
    "8",
    "31",
    "2022",
    "20220108",
    "99999999999",
    "January",
    "Jan",
    ".",
    ",",
    "-",
    "/",
    "(",
    ")",
    " ",
    "\n",
    "\n\n",
    "next",
    "week",
    "Friday",
    "two",
    "ago",
    "in",
    "of",
    "the",
    "18th",
    "from",
    "to",
    "and",
    "am",
    "25.",
    "Januar",
    "há",
    "dias",
    "dia",
    "січня",
    "тому",
    "º",
    "'",
    "29",
    "February",
];

fn check(text: &str, reference: Option<Date>) {
    for language in LANGUAGES.values() {
        let mut scratch = Scratch::default();
        let scan = scratch.scan(text, language);
        let mut last = 0;
        for mention in read_dates(&scan, reference) {
            let Range { start, end } = mention.span;
            assert!(
                start < end && last <= start && text.get(start..end).is_some(),
                "{start}..{end} in {text:?}"
            );
            last = end;
        }
        let _ = find_reference(&scan, None, None, &[]);
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text, Some(date(2022, 1, 8)));
    }

    #[test]
    fn any_pieces_of_dates_are_read(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24),
        spaced in any::<bool>(),
        year in prop::option::of(-9999i16..=9999),
    ) {
        let text = pieces.join(if spaced { " " } else { "" });
        check(&text, year.and_then(|year| Date::new(year, 12, 31).ok()));
    }
}
