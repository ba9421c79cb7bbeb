//! What several tests need: the languages of the tree, and their readers.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::expect_used, reason = "a test may stop")]

use std::collections::BTreeMap;
use std::sync::Arc;

use factlint::engine::Engine;
use factlint::language::Language;
use factlint::reading::numbers::read_quantities;
use factlint::reading::quantity::Quantity;
use factlint::reading::scan::Scratch;

/// The built-in rules and packs.
pub(crate) fn engine() -> Engine {
    match Engine::new(&[]) {
        Ok(engine) => engine,
        Err(problems) => panic!("{problems:?}"),
    }
}

/// The languages of the tree by their code, with the wording of all rules.
pub(crate) fn languages() -> BTreeMap<String, Arc<Language>> {
    let engine = engine();
    let codes: Vec<String> = engine.languages().into_iter().map(str::to_owned).collect();
    codes
        .into_iter()
        .map(|code| {
            let language = Arc::clone(engine.rules().language(&code).expect("a listed language has a pack"));
            (code, language)
        })
        .collect()
}

/// Every quantity of a text.
pub(crate) fn quantities(text: &str, language: &Language) -> Vec<Quantity> {
    let mut scratch = Scratch::default();
    read_quantities(&scratch.scan(text, language))
}
