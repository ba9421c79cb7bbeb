//! What the tests of whole articles share: an engine, a sheet in small, an article.

#![allow(dead_code, reason = "not every test needs all of it")]

pub(crate) mod expected;
pub(crate) mod sentences;

use std::sync::{Arc, LazyLock};

use factlint::article::Article;
use factlint::engine::{Checked, Engine, PreparedSheet, Request, Scratches};
use factlint::finding::Finding;
use factlint::sheet;
use factlint::sheet::file::SheetFile;
use factlint::source::Source;
use factlint::yaml;
use jiff::civil::Date;

/// The engine with the built-in rules, made once.
pub(crate) static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::new(&[]).expect("the built-in rules load"));

/// A sheet from what a rule's example or a case says below `format` and `story`.
pub(crate) fn sheet(
    name: &str,
    facts: &serde_json::Value,
    language: &str,
) -> Result<Arc<PreparedSheet>, String> {
    // JSON is YAML, so that the sheet's own reader reads it.
    let source = Arc::new(Source::new(name, facts.to_string()));
    let file: SheetFile = yaml::read(&source).map_err(|problem| format!("{problem:?}"))?;
    let loaded = ENGINE.with_context(|context| sheet::load_fragment(&source, &file, language, context));
    match loaded.sheet {
        Some(sheet) => Ok(Arc::new(PreparedSheet::new(sheet))),
        None => Err(format!("{:#?}", loaded.problems)),
    }
}

/// An article without front matter, published on the day it is checked for.
pub(crate) fn article(text: &str, published: Option<Date>) -> Article {
    Article::new(
        Arc::new(Source::new("article.md", text)),
        0..text.len(),
        factlint::article::Metadata { published, ..Default::default() },
    )
}

pub(crate) fn check(
    text: &str,
    language: &str,
    date: Option<Date>,
    sheets: &[Arc<PreparedSheet>],
) -> Vec<Finding> {
    let article = article(text, date);
    let request = Request { article: &article, language, sheets, date };
    let Checked { findings, .. } = ENGINE.check(&request, &mut Scratches::default());
    findings
}
