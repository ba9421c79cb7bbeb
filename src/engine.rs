//! The engine: rules and language packs, ready to check articles against sheets. It prints nothing,
//! reads no file and asks no clock.

use std::sync::Arc;

use jiff::civil::Date;

use crate::article::Article;
use crate::finding::{Coverage, Finding};
use crate::problem::Problem;
use crate::reading::mention::Mention;
use crate::reading::scan::Scratch;
use crate::sheet::Sheet;
use crate::source::Source;

/// Rules and packs: the built-in ones, with a house's own laid over them.
#[derive(Default)]
pub struct Engine {}

/// A sheet prepared for checking, per language as articles ask for it.
pub struct PreparedSheet {
    pub sheet: Arc<Sheet>,
}

/// How one article is to be checked.
pub struct Request<'a> {
    pub article: &'a Article,
    /// A language that [`Engine::languages`] knows.
    pub language: &'a str,
    pub sheets: &'a [Arc<PreparedSheet>],
    /// The day from which relative dates are read, where the user gives one.
    pub date: Option<Date>,
}

/// What became of one article.
#[derive(Debug, Default)]
pub struct Checked {
    /// In order of span, severity (errors first), rule.
    pub findings: Vec<Finding>,
    pub coverage: Coverage,
    /// What had to be assumed, once each: the reference date.
    pub notes: Vec<String>,
    pub reference: Option<Date>,
}

impl Engine {
    /// The built-in rules with `house` laid over them, or everything that is wrong with the latter.
    pub fn new(house: &[Arc<Source>]) -> Result<Self, Vec<Problem>> {
        let _ = house;
        Ok(Self {})
    }

    /// Codes of the languages that have a pack, in order.
    pub fn languages(&self) -> Vec<&str> {
        vec!["de", "en", "pt", "uk"]
    }

    /// Loads and checks a sheet; warnings come beside it.
    pub fn load_sheet(&self, source: &Arc<Source>) -> Result<(PreparedSheet, Vec<Problem>), Vec<Problem>> {
        Err(vec![Problem::of_file(source.path.clone(), "not built yet")])
    }

    /// Checks one article. `scratch` is the thread's own.
    pub fn check(&self, request: &Request<'_>, scratch: &mut Scratches) -> Checked {
        let _ = (request, scratch);
        Checked::default()
    }

    /// Every mention of one article, in order.
    pub fn read(&self, request: &Request<'_>, scratch: &mut Scratches) -> Vec<Mention> {
        let _ = (request, scratch);
        Vec::new()
    }
}

/// What one thread keeps between articles: one scratch per language.
#[derive(Default)]
pub struct Scratches {
    pub by_language: Vec<(String, Scratch)>,
}
