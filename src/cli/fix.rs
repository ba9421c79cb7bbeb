//! `factlint check --fix` and `--diff`: which fixes are taken, and what becomes of the fixed copy.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use factlint::article::Article;
use factlint::engine::Checked;
use factlint::finding::{Finding, Trust};
use factlint::fix::{Fixed, apply, fix};
use factlint::problem::Problem;
use factlint::report::diff;
use factlint::report::human::Style;
use factlint::source::Source;

use super::args::FixArgs;
use super::inputs::{Input, Inputs, Location};
use super::replace::replace;

/// What is fixed in this run, and how.
pub(crate) struct Fixing {
    /// Fixes that are trusted less are left alone.
    least: Trust,
    /// For `--diff`, which writes nothing: how it looks.
    shown: Option<Style>,
}

impl Fixing {
    /// `None` where nothing is to be fixed.
    pub(crate) fn of(arguments: &FixArgs, style: Style) -> Option<Self> {
        let FixArgs { fix, unsafe_fixes, diff } = *arguments;
        let least = if unsafe_fixes { Trust::Unsafe } else { Trust::Safe };
        (fix || diff).then_some(Self { least, shown: diff.then_some(style) })
    }

    /// Whether what would be fixed is shown, and nothing written.
    pub(crate) fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// Makes the articles of a run ready to be written: a file that has two paths is fixed and told of once, and
    /// standard input, which can be read once only, is kept. Whether it is to come out on standard output.
    pub(crate) fn prepare(&self, inputs: &mut Inputs) -> bool {
        if self.is_shown() {
            return false;
        }
        let mut seen = BTreeSet::new();
        inputs.articles.retain(|input| match &input.place {
            Location::File(path) => fs::canonicalize(path).map_or(true, |path| seen.insert(path)),
            Location::Stdin { .. } => true,
        });
        let stdin = inputs.articles.iter_mut().find(|input| matches!(input.place, Location::Stdin { .. }));
        stdin.map(Input::keep).is_some()
    }

    /// Fixes one article and writes it, if it is a file; `check` is what is said of any text of it. `None` where
    /// there is nothing to fix. On an error the article is as it was.
    pub(crate) fn fix(
        &self,
        input: &Input,
        article: &Article,
        checked: &Checked,
        beside: &[Finding],
        check: impl FnMut(&Article) -> Checked,
    ) -> Result<Option<Fixed>, Problem> {
        let Some(fixed) = fix(article, checked, beside, self.least, check) else { return Ok(None) };
        if let Location::File(path) = &input.place
            && !self.is_shown()
        {
            replace(path, article.source.text.as_bytes(), fixed.article.source.text.as_bytes())?;
        }
        Ok(Some(fixed))
    }

    /// The text of a file of suppressions, which is read as an article is, with the fixes of what is wrong with it,
    /// and how many there are. `None` where there is none, or where nobody could read what comes of it.
    pub(crate) fn mend(
        &self,
        file: &Article,
        findings: &[Finding],
        is_sound: impl Fn(&Arc<Source>) -> bool,
    ) -> Option<(Arc<Source>, usize)> {
        let (text, count) = apply(file, findings, self.least)?;
        let source = Arc::new(Source::new(file.source.path.as_str(), text));
        is_sound(&source).then_some((source, count))
    }

    /// Whether it takes the fix of a finding.
    pub(crate) fn takes(&self, finding: &Finding) -> bool {
        finding.fix.as_ref().is_some_and(|fix| fix.trust >= self.least && fix.trust > Trust::DisplayOnly)
    }

    /// Writes such a file, unless it is only shown. On an error it is as it was.
    pub(crate) fn write(&self, path: &Path, old: &Source, new: &Source) -> Result<(), Problem> {
        if self.is_shown() {
            return Ok(());
        }
        replace(path, old.text.as_bytes(), new.text.as_bytes())
    }

    /// What the report has of a fixed file in place of its findings, where that is shown.
    pub(crate) fn diff(&self, old: &Source, new: &Source) -> Option<String> {
        Some(diff::unified(&old.path, &old.path, &old.text, &new.text, self.shown?))
    }
}

/// What a run that shows fixes comes to.
pub(crate) fn would_be(count: usize) -> String {
    match count {
        0 => "nothing to fix".to_owned(),
        1 => "1 fix".to_owned(),
        count => format!("{count} fixes"),
    }
}
