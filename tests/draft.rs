//! First sheets: what is drafted from the example stories loads without a remark, and says nothing against the
//! copy it was made of.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails may panic")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::ENGINE;
use factlint::article::detect::{Detected, detect};
use factlint::article::{Article, load};
use factlint::draft::{Copy, Draft, Options, draft};
use factlint::engine::{PreparedSheet, Request, Scratches};
use factlint::sheet::{Kind, Sheet};
use factlint::source::Source;

fn article(path: &Path) -> Article {
    let name = path.file_name().unwrap().to_str().unwrap();
    load::load(name, fs::read(path).unwrap()).unwrap().article
}

fn copy_of(name: &str, text: &str) -> Article {
    load::load(name, text.as_bytes().to_vec()).unwrap().article
}

fn language(article: &Article) -> String {
    match (&article.metadata.language, detect(article.text())) {
        (Some(language), _) => language.clone(),
        (None, Detected::Sure(code)) => code.to_owned(),
        (None, Detected::Unsure(_)) => panic!("{}: which language?", article.source.path),
    }
}

/// The pieces of an example story in which there is nothing to find.
fn clean(story: &Path) -> Vec<Article> {
    let text = fs::read_to_string(story.join("EXPECTED.yaml")).unwrap();
    let source = Arc::new(Source::new("EXPECTED.yaml", text));
    let expected: BTreeMap<String, serde_json::Value> = factlint::yaml::read(&source).unwrap();
    let is_clean = |path: &PathBuf| {
        let expected = expected.get(path.file_name().unwrap().to_str().unwrap());
        expected.is_none_or(|expected| {
            expected.get("findings").and_then(|list| list.as_array()).is_none_or(Vec::is_empty)
        })
    };
    let mut paths: Vec<PathBuf> = fs::read_dir(story).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "md" || ending == "txt"));
    paths.sort();
    paths.iter().filter(|path| is_clean(path)).map(|path| article(path)).collect()
}

fn drafted(articles: &[Article]) -> (Draft, Option<Arc<PreparedSheet>>) {
    let languages: Vec<String> = articles.iter().map(language).collect();
    let copies: Vec<Copy<'_>> = articles
        .iter()
        .zip(&languages)
        .map(|(article, language)| Copy { article, language, date: None })
        .collect();
    let made = draft(&ENGINE, &copies, &Options::default());
    if made.people + made.organizations + made.figures + made.events == 0 {
        // Nothing certain; the program says so.
        return (made, None);
    }
    let source = Arc::new(Source::new("draft.facts.yaml", made.text.as_str()));
    let (sheet, warnings) = ENGINE.load_sheet(&source).unwrap_or_else(|problems| {
        panic!("{}\n{}", made.text, problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    assert!(warnings.is_empty(), "{}\n{warnings:#?}", made.text);
    let sheets = [Arc::new(sheet)];
    for (article, language) in articles.iter().zip(&languages) {
        let request = Request { article, language, sheets: &sheets, date: None };
        let found = ENGINE.check(&request, &mut Scratches::default()).findings;
        let of_the_sheet: Vec<String> = found
            .iter()
            .filter(|finding| finding.fact.is_some())
            .map(|finding| format!("{}: {} {}", article.source.path, finding.rule, finding.message))
            .collect();
        assert!(of_the_sheet.is_empty(), "{}\n{of_the_sheet:#?}", made.text);
    }
    let [sheet] = sheets;
    (made, Some(sheet))
}

fn people(sheet: &Sheet) -> Vec<&str> {
    let people = sheet.cast.iter().filter(|member| member.kind == Kind::Person);
    people.map(|member| member.id.as_str()).collect()
}

#[test]
fn the_copy_of_the_examples_agrees_with_what_is_drafted_from_it() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut stories = 0;
    for story in fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()) {
        let articles = clean(&story);
        assert!(!articles.is_empty(), "{} has clean copy", story.display());
        let (together, _) = drafted(&articles);
        assert_eq!(together.of_the_copy, 0, "{}", story.display());
        assert!(together.people > 2, "{}", together.text);
        // Every third alone: each takes a while where nothing is optimised.
        for article in articles.into_iter().step_by(3) {
            drafted(&[article]);
        }
        stories += 1;
    }
    assert!(stories >= 3);
}

#[test]
fn one_person_of_three_languages_is_one_and_stands_in_the_base_form() {
    let copies = [
        copy_of("en.txt", "---\npublished: 2024-05-06\nlanguage: en\n---\nPresident Marko Kovalenko spoke."),
        copy_of(
            "de.txt",
            "---\npublished: 2024-05-06\nlanguage: de\n---\nDas sagte Präsident Marko Kowalenko.",
        ),
        copy_of(
            "uk.txt",
            "---\npublished: 2024-05-06\nlanguage: uk\n---\n\
             Президента Марка Коваленка чекали. Президент Марко Коваленко заявив про це.",
        ),
    ];
    let (made, sheet) = drafted(&copies);
    let sheet = sheet.unwrap();
    assert_eq!(people(&sheet.sheet), ["kovalenko"], "{}", made.text);
    let forms: Vec<&str> = sheet.sheet.cast[0].forms.iter().map(|form| form.text.as_str()).collect();
    assert_eq!(forms, ["Marko Kovalenko", "Marko Kowalenko", "Марко Коваленко"], "{}", made.text);
}

#[test]
fn a_name_seen_in_an_inflected_form_only_is_a_comment() {
    let copy = "---\npublished: 2024-05-06\nlanguage: uk\n---\nПрезидента Марка Коваленка чекали. Загинули 18 людей.";
    let (made, sheet) = drafted(&[copy_of("uk.txt", copy)]);
    assert!(people(&sheet.unwrap().sheet).is_empty(), "{}", made.text);
    assert!(made.text.contains("# in doubt: seen in an inflected form only"), "{}", made.text);
}

#[test]
fn numbers_of_several_days_are_a_series_and_disagreements_are_marked() {
    let head = |day: u32| format!("---\npublished: 2024-05-0{day}\nlanguage: en\n---\n");
    let copies = [
        copy_of("1.txt", &format!("{}The ministry said that 18 people were killed.", head(6))),
        copy_of("2.txt", &format!("{}At least 26 people were killed, police said.", head(7))),
        copy_of("3.txt", &format!("{}The ministry said that 31 people were killed.", head(6))),
    ];
    let (made, sheet) = drafted(&copies);
    let sheet = sheet.unwrap();
    let [killed] = &sheet.sheet.figures[..] else { panic!("one figure: {}", made.text) };
    assert_eq!(killed.id, "killed");
    assert_eq!(killed.series.len(), 3, "{}", made.text);
    assert!(made.text.contains("# copies disagree: "), "{}", made.text);
}

/// The roles in a sheet: `tokayev: president of kazakhstan`.
fn roles(sheet: &Sheet) -> Vec<String> {
    let of = |id: Option<factlint::sheet::MemberId>| {
        id.map_or_else(String::new, |id| format!(" of {}", sheet.cast[id.0 as usize].id))
    };
    let people = sheet.cast.iter().flat_map(|member| member.roles.iter().map(move |role| (member, role)));
    people.map(|(member, role)| format!("{}: {}{}", member.id, role.office, of(role.of))).collect()
}

#[test]
fn an_office_that_stands_by_a_name_is_a_role_in_every_language() {
    for (language, copy, expected) in [
        ("en", "Kazakh President Marko Kovalenko spoke.", "kovalenko: president of kazakhstan"),
        ("en", "Mette Hansen, the prime minister of Denmark, spoke.", "hansen: prime-minister of denmark"),
        ("de", "Das sagte der kasachische Präsident Marko Kowalenko.", "kowalenko: president of kazakhstan"),
        ("pt", "O presidente do Cazaquistão, Marko Kovalenko, falou.", "kovalenko: president of kazakhstan"),
        ("uk", "Президент Казахстану Марко Коваленко заявив про це.", "kovalenko: president of kazakhstan"),
        // Nobody's any more, or said of somebody else.
        ("en", "Former Kazakh President Marko Kovalenko spoke.", ""),
        (
            "en",
            "President Marko Kovalenko spoke. The spokesman of the Kazakh president, Ivan Bondar, agreed.",
            "kovalenko: president",
        ),
    ] {
        let head = format!("---\npublished: 2024-05-06\nlanguage: {language}\n---\n");
        let (made, sheet) = drafted(&[copy_of("copy.txt", &format!("{head}{copy}"))]);
        let found = sheet.map(|sheet| roles(&sheet.sheet)).unwrap_or_default();
        assert_eq!(found.join("; "), expected, "{}", made.text);
    }
}

#[test]
fn offices_in_which_the_copies_disagree_are_comments() {
    let head = "---\npublished: 2024-05-06\nlanguage: en\n---\n";
    let copies = [
        copy_of("1.txt", &format!("{head}Danish Prime Minister Mette Hansen spoke.")),
        copy_of("2.txt", &format!("{head}Swedish Prime Minister Mette Hansen spoke.")),
    ];
    let (made, sheet) = drafted(&copies);
    assert!(roles(&sheet.unwrap().sheet).is_empty(), "{}", made.text);
    assert!(made.text.contains("# copies disagree: prime-minister of denmark, prime-minister of sweden"));
    assert!(made.text.contains("# - { office: prime-minister, of: denmark }"), "{}", made.text);
}
