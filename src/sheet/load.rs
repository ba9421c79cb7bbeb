//! Loading: bytes, YAML, types, references, and what the whole says. Everything that is wrong with a sheet
//! beyond its syntax and types is reported in one run.

use std::sync::Arc;

use super::compile::compile;
use super::file::SheetFile;
use super::known::Context;
use super::model::Sheet;
use crate::problem::{Problem, Weight};
use crate::source::Source;
use crate::yaml;

/// What came of loading one sheet.
#[derive(Debug)]
pub struct Loaded {
    /// The sheet, unless one of the problems is an error.
    pub sheet: Option<Sheet>,
    /// Errors and warnings in the order of the file.
    pub problems: Vec<Problem>,
}

impl Loaded {
    fn failed(problem: Problem) -> Self {
        Self { sheet: None, problems: vec![problem] }
    }

    /// The number of errors.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.weight == Weight::Error).count()
    }
}

/// Loads a sheet.
pub fn load(source: &Arc<Source>, context: &Context<'_>) -> Loaded {
    match yaml::read::<SheetFile>(source) {
        Ok(file) => loaded(source, &file, context, true),
        Err(problem) => Loaded::failed(problem),
    }
}

/// Loads the piece of a sheet that stands within another file of that source, such as a rule's example:
/// `format` and `story` may be missing, and so may `language`, which then is `language`.
pub fn load_fragment(
    source: &Arc<Source>,
    file: &SheetFile,
    language: &str,
    context: &Context<'_>,
) -> Loaded {
    let mut file = file.clone();
    file.language.get_or_insert_with(|| yaml::At::new(language.to_owned(), 0..0));
    loaded(source, &file, context, false)
}

fn loaded(source: &Arc<Source>, file: &SheetFile, context: &Context<'_>, whole: bool) -> Loaded {
    let (sheet, mut problems) = compile(source, file, context, whole);
    // Sorted by place; problems of the file as a whole come first. The sort keeps the order of equals.
    problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
    let failed = problems.iter().any(|problem| problem.weight == Weight::Error);
    Loaded { sheet: (!failed).then_some(sheet), problems }
}
