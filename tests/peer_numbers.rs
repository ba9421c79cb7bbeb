//! Measures number reading on a folder of cases named by `FACTLINT_PEER`; says nothing without it.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop, and this one prints its measure"
)]

#[path = "peer/mod.rs"]
mod peer;

use std::collections::BTreeMap;

#[test]
fn numbers_of_other_suites() {
    let Some(folder) = std::env::var_os("FACTLINT_PEER") else { return };
    let path = std::path::Path::new(&folder).join("numbers.jsonl");
    let lines = std::fs::read_to_string(&path).expect("the folder holds numbers.jsonl");
    let languages = peer::languages();
    let mut tally: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let case: peer::Case = serde_json::from_str(line).expect("a line is a case");
        let Some(language) = languages.get(&case.lang) else { continue };
        let solved = peer::is_solved(&case.kind, &case.text, language, &case.expected);
        let (solved_so_far, total) = tally.entry((case.kind.clone(), case.lang.clone())).or_default();
        *total += 1;
        if solved {
            *solved_so_far += 1;
        } else {
            let found: Vec<_> = peer::quantities(&case.text, language)
                .iter()
                .map(|quantity| {
                    let text = case.text.get(quantity.span.clone()).unwrap_or_default();
                    format!("{text:?} = {}..{}", quantity.hard.low, quantity.hard.high)
                })
                .collect();
            let wanted: Vec<_> = case
                .expected
                .iter()
                .map(|wanted| {
                    let (start, end) = (wanted.start.unwrap_or(0), wanted.end.unwrap_or(0));
                    let text: String =
                        case.text.chars().skip(start).take(end.saturating_sub(start)).collect();
                    format!("{text:?} = {:?}{:?}", wanted.value, wanted.interval)
                })
                .collect();
            println!(
                "{} {} {:?}\n    wanted {wanted:?}\n    found  {found:?}",
                case.lang, case.kind, case.text
            );
        }
    }
    for ((kind, lang), (solved, total)) in tally {
        println!("{kind} {lang}: {solved}/{total}");
    }
}
