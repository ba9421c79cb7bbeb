//! What `check` and `read` have in common: from the flags to one article with its language and sheets.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::article::detect::{Detected, code_of_tag, detect};
use factlint::article::{Article, load};
use factlint::engine::{Engine, PreparedSheet, Request};
use factlint::problem::{Problem, Weight};
use factlint::source::Source;

use super::facts::{Loaded, Sheets, source};
use super::inputs::{Input, Inputs, collect, shown};
use super::output::Streams;
use super::settings::Settings;

/// The engine with the house's rules; what is wrong with those is told.
pub(crate) fn engine(rules: &[PathBuf], streams: &mut Streams) -> Option<Engine> {
    engine_of(&house(rules, streams)?, streams)
}

/// The files of the house's folders of rules; one that cannot be read is told.
pub(crate) fn house(rules: &[PathBuf], streams: &mut Streams) -> Option<Vec<Arc<Source>>> {
    let mut house = Vec::new();
    for folder in rules {
        match super::inputs::rule_files(folder) {
            Ok(files) => {
                for file in files {
                    match source(&file) {
                        Ok(source) => house.push(source),
                        Err(problem) => streams.problem(&problem),
                    }
                }
            }
            Err(problem) => streams.problem(&problem),
        }
    }
    // With half of the rules a run would pass what the other half forbids.
    if streams.failed() { None } else { Some(house) }
}

/// The engine with files of the house that were read; what is wrong with them is told.
pub(crate) fn engine_of(house: &[Arc<Source>], streams: &mut Streams) -> Option<Engine> {
    match Engine::new(house) {
        Ok(engine) => Some(engine),
        Err(problems) => {
            streams.problems(&problems);
            None
        }
    }
}

/// A run that is ready to go.
pub(crate) struct Run<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) engine: &'a Engine,
    pub(crate) inputs: Inputs,
    pub(crate) sheets: Sheets<'a>,
    /// Sheets for every article; empty where each has its own.
    pub(crate) facts: Vec<PathBuf>,
}

impl<'a> Run<'a> {
    /// Finds the articles; `None` if the run cannot go on, which has then been told.
    pub(crate) fn prepare(settings: &'a Settings, engine: &'a Engine, streams: &mut Streams) -> Option<Self> {
        if let Some(language) = settings.language.as_deref()
            && !engine.languages().contains(&language)
        {
            streams.error(&format!("--language {language}: {}", no_pack(engine, language)));
            return None;
        }
        let mut inputs = collect(settings);
        streams.problems(&inputs.problems);
        if inputs.articles.is_empty() {
            if inputs.problems.is_empty() {
                streams.error("no article: a folder's articles end in .txt, .md or .markdown");
            }
            return None;
        }
        let mut facts = settings.facts.clone();
        facts.append(&mut inputs.sheets);
        // A sheet that is given twice must not find everything twice.
        let mut seen = BTreeSet::new();
        facts.retain(|sheet| seen.insert(shown(sheet)));
        Some(Self { settings, engine, inputs, sheets: Sheets::new(engine), facts })
    }

    /// One article made ready, and everything that there is to say on the way.
    pub(crate) fn ready(&self, input: &Input) -> Ready {
        let mut ready = Ready::default();
        let Some(article) = self.copy(input, &mut ready) else { return ready };
        for path in self.sheets_of(input, &article) {
            let Loaded { sheet, problems } = self.sheets.get(&path);
            ready.sheets_found += 1;
            ready.sheets.extend(sheet);
            ready.of_sheets.push((path, problems));
        }
        ready.article = Some(article);
        ready
    }

    /// One article without its sheets, its language and what there is to say of it put into `ready`.
    pub(crate) fn copy(&self, input: &Input, ready: &mut Ready) -> Option<Article> {
        let article = match input.bytes().and_then(|bytes| load::load(&input.shown, bytes)) {
            Ok(loaded) => {
                ready.problems.extend(loaded.warnings);
                loaded.article
            }
            Err(problem) => {
                ready.problems.push(problem);
                return None;
            }
        };
        match self.language(&article) {
            Ok(language) => ready.language = language,
            Err(problem) => {
                ready.problems.push(if self.settings.skip_unknown_language {
                    problem.warning()
                } else {
                    problem
                });
                return None;
            }
        }
        Some(article)
    }

    /// `--facts`, else what the front matter names, else the sheets of the folder.
    fn sheets_of(&self, input: &Input, article: &Article) -> Vec<PathBuf> {
        if !self.facts.is_empty() {
            return self.facts.clone();
        }
        if article.metadata.facts.is_empty() {
            return input.sheets.clone();
        }
        let folder = input.folder().unwrap_or(Path::new(""));
        article.metadata.facts.iter().map(|sheet| folder.join(sheet)).collect()
    }

    fn language(&self, article: &Article) -> Result<String, Problem> {
        let path = &article.source.path;
        let known = |code: &str| self.engine.languages().contains(&code);
        if let Some(language) = &self.settings.language {
            return Ok(language.clone());
        }
        if let Some(tag) = &article.metadata.language {
            let code = code_of_tag(tag);
            return if known(&code) {
                Ok(code)
            } else {
                Err(Problem::of_file(path, no_pack(self.engine, tag)).key("language"))
            };
        }
        let help = "say it with `language:` in the front matter, or with --language";
        match detect(article.text()) {
            Detected::Sure(code) if known(code) => Ok(code.to_owned()),
            Detected::Sure(code) => Err(Problem::of_file(
                path,
                format!("the copy looks like `{code}`: {}", no_pack(self.engine, code)),
            )
            .help(help)),
            Detected::Unsure(guess) => {
                let guess = guess.map_or(String::new(), |code| format!(" (perhaps `{code}`)"));
                Err(Problem::of_file(path, format!("cannot tell the language of the copy{guess}")).help(help))
            }
        }
    }
}

fn no_pack(engine: &Engine, language: &str) -> String {
    format!("no language pack for `{language}`, only for {}", engine.languages().join(", "))
}

/// An article with its language and sheets, as far as it came.
#[derive(Default)]
pub(crate) struct Ready {
    /// `None` if the article has to be left out.
    pub(crate) article: Option<Article>,
    pub(crate) language: String,
    pub(crate) sheets: Vec<Arc<PreparedSheet>>,
    /// Sheets that apply, among them those that could not be loaded.
    pub(crate) sheets_found: usize,
    pub(crate) problems: Vec<Problem>,
    /// Those of the sheets, by path: several articles have the same.
    pub(crate) of_sheets: Vec<(PathBuf, Arc<Vec<Problem>>)>,
}

impl Ready {
    pub(crate) fn request(&self, settings: &Settings) -> Option<Request<'_>> {
        let article = self.article.as_ref()?;
        Some(Request { article, language: &self.language, sheets: &self.sheets, date: settings.date })
    }
}

/// Tells the problems of sheets once each, however many articles have them.
#[derive(Default)]
pub(crate) struct ToldSheets {
    told: BTreeSet<PathBuf>,
}

impl ToldSheets {
    /// Tells what is new, and returns it: for each sheet that was not told of yet, its problems.
    pub(crate) fn tell(
        &mut self,
        sheets: &[(PathBuf, Arc<Vec<Problem>>)],
        streams: &mut Streams,
        errors_only: bool,
    ) -> Vec<Arc<Vec<Problem>>> {
        let mut new = Vec::new();
        for (path, problems) in sheets {
            if problems.is_empty() || !self.told.insert(path.clone()) {
                continue;
            }
            streams.problems(problems.iter().filter(|problem| problem.weight == Weight::Error));
            // Who checks copy can mend no sheet; who keeps the sheet asks for them.
            let warnings = problems.iter().filter(|problem| problem.weight == Weight::Warning).count();
            if warnings > 0 && !errors_only {
                let plural = if warnings == 1 { "" } else { "s" };
                let path = path.display();
                streams.note(&format!(
                    "{warnings} warning{plural} in {path}: see `factlint sheet check {path}`"
                ));
            }
            new.push(Arc::clone(problems));
        }
        new
    }
}
