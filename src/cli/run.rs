//! What `check` and `read` have in common: from the flags to one article with its language and sheets.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::article::detect::{Detected, code_of_tag, detect};
use factlint::article::{Article, load};
use factlint::config::FailOn;
use factlint::engine::{Engine, Options, PreparedSheet, Request, Scratches};
use factlint::problem::{Problem, Weight};
use factlint::rules::Levels;
use factlint::rules::docs::Docs;
use factlint::source::Source;

use super::args::ConfigArgs;
use super::configs::{Configs, Found};
use super::desk::{Desk, OfArticle, Pool, Suppressing};
use super::facts::{Loaded, Sheets, source};
use super::inputs::{Input, Inputs, collect, shown};
use super::output::Streams;
use super::settings::Settings;
use super::which_sheet::Why;

/// The engine with the house's rules; what is wrong with those is told.
pub(crate) fn engine(rules: &[PathBuf], streams: &mut Streams) -> Option<Engine> {
    engine_of(&house(rules, &Configs::new(&ConfigArgs::default()), streams)?, streams)
}

/// The files of folders of rules, by default of those that the config of the current folder names; what
/// cannot be read is told.
pub(crate) fn house(rules: &[PathBuf], configs: &Configs, streams: &mut Streams) -> Option<Vec<Arc<Source>>> {
    if !rules.is_empty() {
        return rules_in(rules, streams);
    }
    let rules = configs.of_here().map_or_else(Vec::new, |found| found.rules());
    streams.problems(&configs.take_problems());
    rules_in(&rules, streams)
}

fn rules_in(folders: &[PathBuf], streams: &mut Streams) -> Option<Vec<Arc<Source>>> {
    let mut house = Vec::new();
    for folder in folders {
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

/// Rules that some of the articles are checked by, and the sheets loaded with them.
pub(crate) struct House {
    folders: Vec<PathBuf>,
    pub(crate) files: Vec<Arc<Source>>,
    pub(crate) engine: Engine,
    sheets: Sheets,
}

/// A run that is ready to go.
pub(crate) struct Run<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) inputs: Inputs,
    /// One for each set of folders of rules, of which most runs have one.
    pub(crate) houses: Vec<House>,
    desks: Vec<Desk>,
    /// Sheets for every article; empty where each has its own.
    pub(crate) facts: Vec<PathBuf>,
}

impl<'a> Run<'a> {
    /// Finds the articles; `None` if the run cannot go on, which has then been told.
    pub(crate) fn prepare(settings: &'a Settings, streams: &mut Streams) -> Option<Self> {
        let configs = &settings.configs;
        let mut inputs = collect(settings);
        streams.problems(&configs.take_problems());
        if streams.failed() {
            return None;
        }
        let (mut houses, mut desks) = (Vec::new(), Vec::new());
        let of_articles = inputs.articles.iter().map(|input| (input.config.clone(), input.reach.as_path()));
        let here = || inputs.articles.is_empty().then(|| (configs.of_here(), Path::new("")));
        for (config, reach) in of_articles.chain(here()) {
            if desks.iter().all(|desk: &Desk| !desk.is_of(config.as_ref(), reach)) {
                let house = find_house(settings, config.as_deref(), &mut houses, streams)?;
                desks.push(Desk::new(config, reach.to_owned(), house));
            }
        }
        for desk in &desks {
            streams.problems(&desk.problems_with(houses.get(desk.house)?));
        }
        if streams.failed() {
            return None;
        }
        for house in &houses {
            if let Some(language) = settings.language.as_deref()
                && !house.engine.languages().contains(&language)
            {
                streams.error(&format!("--language {language}: {}", no_pack(&house.engine, language)));
                return None;
            }
        }
        if settings.paths.is_empty() {
            streams.error("no PATH: name articles or folders, or put a factlint.yaml here or above");
            return None;
        }
        let mut facts = settings.facts.clone();
        facts.append(&mut inputs.sheets);
        // A sheet that is given twice must not find everything twice.
        let mut seen = BTreeSet::new();
        facts.retain(|sheet| seen.insert(shown(sheet)));
        if facts.is_empty() {
            for desk in &mut desks {
                inputs.problems.extend(desk.find_candidates());
            }
        }
        streams.problems(&inputs.problems);
        if inputs.articles.is_empty() {
            match (inputs.problems.is_empty(), inputs.excluded) {
                // Where a run may be about nothing, it ends with a whole report all the same.
                (true, 0) if settings.allow_nothing => {}
                (true, 0) if desks.iter().any(Desk::has_config) => streams.error(NONE_SELECTED),
                (true, 0) => streams.error(NO_ARTICLE),
                (true, _) => streams.note("no article: the config leaves out all that was named"),
                _ => {}
            }
            if streams.failed() {
                return None;
            }
        }
        Some(Self { settings, inputs, houses, desks, facts })
    }

    /// What the rules say to people, those of all houses.
    pub(crate) fn docs(&self) -> Docs {
        let mut all = Docs::default();
        for house in &self.houses {
            let docs = Docs::new(house.engine.rules(), &house.files).unwrap_or_default();
            all.rules
                .extend(docs.rules.into_iter().filter(|doc| all.get(&doc.id).is_none()).collect::<Vec<_>>());
        }
        all.rules.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    /// The engine of the first of the articles' configs.
    pub(crate) fn engine(&self) -> Option<&Engine> {
        self.houses.first().map(|house| &house.engine)
    }

    /// The engine with the rules of a config.
    pub(crate) fn engine_of(&self, found: &Arc<Found>) -> Option<&Engine> {
        let desk = self.desks.iter().find(|desk| desk.has(found))?;
        self.houses.get(desk.house).map(|house| &house.engine)
    }

    /// A sheet as it is for an article.
    pub(crate) fn sheet(&self, ready: &Ready<'_>, path: &Path) -> Option<Arc<PreparedSheet>> {
        self.houses.get(ready.house)?.sheets.get(ready.engine, path).sheet
    }

    /// What one thread keeps between articles.
    pub(crate) fn scratches(&self) -> Vec<Scratches> {
        self.houses.iter().map(|_| Scratches::default()).collect()
    }

    /// Whether any sheet was named or seen, so that an article without one is not checked against nothing for
    /// want of sheets.
    pub(crate) fn knows_sheets(&self) -> bool {
        !self.facts.is_empty() || self.desks.iter().any(Desk::has_sheets)
    }

    /// One article made ready, and everything that there is to say on the way.
    pub(crate) fn ready(&self, input: &Input) -> Option<Ready<'_>> {
        let Copy { mut ready, article, desk, of_config } = self.copy(input)?;
        let Some(article) = article else { return Some(ready) };
        ready.language_of_config = of_config.language.is_some();
        ready.levels = desk.levels(&of_config, &ready.language);
        ready.requires_facts = desk.requires_facts(&of_config, &ready.language);
        ready.fail_on = desk.fail_on();
        if let Some(house) = self.houses.get(desk.house) {
            self.find_sheets(desk, house, &of_config, input, &article, &mut ready);
        }
        ready.article = Some(article);
        Some(ready)
    }

    /// One article without its sheets, its language and what there is to say of it in `ready`.
    pub(crate) fn copy(&self, input: &Input) -> Option<Copy<'_>> {
        let desk = self.desks.iter().find(|desk| desk.is_of(input.config.as_ref(), &input.reach))?;
        let house = self.houses.get(desk.house)?;
        let of_config = desk.of_article(self.settings, input);
        let mut copy = Copy { ready: Ready::new(desk.house, house), article: None, desk, of_config };
        copy.ready.suppressing = desk.suppressing(&copy.of_config);
        let article = match input.bytes().and_then(|bytes| load::load(&input.shown, bytes)) {
            Ok(loaded) => {
                copy.ready.problems.extend(loaded.warnings);
                loaded.article
            }
            Err(problem) => {
                if !self.is_none_of_ours(input, None) {
                    copy.ready.problems.push(problem);
                }
                return Some(copy);
            }
        };
        match self.language(&article, &house.engine, copy.of_config.language.as_deref()) {
            Ok(language) => {
                copy.ready.language = language;
                copy.article = Some(article);
            }
            Err(_) if self.is_none_of_ours(input, Some(&article)) => {}
            Err(problem) => {
                let skips = self.settings.skip_unknown_language || copy.of_config.skip_unknown_language;
                copy.ready.problems.push(if skips { problem.warning() } else { problem });
            }
        }
        Some(copy)
    }

    /// `--facts`, else what the front matter names, else the config, else the sheets of the folder, else those
    /// among which the copy chooses.
    fn find_sheets<'r>(
        &'r self,
        desk: &'r Desk,
        house: &House,
        of_config: &OfArticle,
        input: &Input,
        article: &Article,
        ready: &mut Ready<'r>,
    ) {
        if !self.facts.is_empty() {
            self.facts.iter().for_each(|path| ready.add(house, path.clone(), Why::Flag));
            return;
        }
        if !article.metadata.facts.is_empty() {
            let folder = input.folder().unwrap_or(Path::new(""));
            for sheet in &article.metadata.facts {
                ready.add(house, folder.join(sheet), Why::FrontMatter);
            }
            return;
        }
        let named = desk.named_sheets(of_config, &ready.language);
        if !named.is_empty() {
            for (place, sheets) in named {
                match sheets {
                    Ok(sheets) => {
                        for path in sheets {
                            ready.add(house, path, Why::Config(place.clone()));
                        }
                    }
                    Err(problem) => {
                        ready.sheets_found += 1;
                        ready.of_sheets.push((PathBuf::from(place), Arc::new(vec![problem])));
                    }
                }
            }
            return;
        }
        if !input.sheets.is_empty() {
            input.sheets.iter().for_each(|path| ready.add(house, path.clone(), Why::Folder));
            return;
        }
        if let Some(pool) = desk.pool(self.settings, |path| house.sheets.get(&house.engine, path)) {
            ready.of_sheets.extend(pool.broken());
            ready.pool = Some(pool);
        }
    }

    /// Whether a text is no copy that anybody keeps facts on, and need not be one that can be read. Only
    /// where the run may be given such texts.
    fn is_none_of_ours(&self, input: &Input, article: Option<&Article>) -> bool {
        self.settings.allow_nothing
            && self.facts.is_empty()
            && input.sheets.is_empty()
            && article.is_none_or(|article| article.metadata.facts.is_empty())
    }

    fn language(
        &self,
        article: &Article,
        engine: &Engine,
        of_config: Option<&str>,
    ) -> Result<String, Problem> {
        let path = &article.source.path;
        let known = |code: &str| engine.languages().contains(&code);
        if let Some(language) = &self.settings.language {
            return Ok(language.clone());
        }
        if let Some(tag) = &article.metadata.language {
            let code = code_of_tag(tag);
            return if known(&code) {
                Ok(code)
            } else {
                Err(Problem::of_file(path, no_pack(engine, tag)).key("language"))
            };
        }
        if let Some(language) = of_config {
            return Ok(language.to_owned());
        }
        let help = "say it with `language:` in the front matter, or with --language";
        match detect(article.text()) {
            Detected::Sure(code) if known(code) => Ok(code.to_owned()),
            Detected::Sure(code) => Err(Problem::of_file(
                path,
                format!("the copy looks like `{code}`: {}", no_pack(engine, code)),
            )
            .help(help)),
            Detected::Unsure(guess) => {
                let guess = guess.map_or(String::new(), |code| format!(" (perhaps `{code}`)"));
                Err(Problem::of_file(path, format!("cannot tell the language of the copy{guess}")).help(help))
            }
        }
    }
}

/// A run without a single sheet has checked next to nothing, and is no pass.
pub(crate) const NO_SHEET: &str = "no fact sheet for any article: give one with --facts, put a *.facts.yaml beside \
                                   the copy, or name it in factlint.yaml";
const NO_ARTICLE: &str = "no article: a folder's articles end in .txt, .md or .markdown";
const NONE_SELECTED: &str = "no article: the config's `articles` and `exclude` leave nothing";

/// The house of a config's rules, among those there are or made now.
fn find_house(
    settings: &Settings,
    config: Option<&Found>,
    houses: &mut Vec<House>,
    streams: &mut Streams,
) -> Option<usize> {
    let folders = match (settings.rules.is_empty(), config) {
        (true, Some(found)) => {
            let missing = found.missing_rules();
            streams.problems(&missing);
            if !missing.is_empty() {
                return None;
            }
            found.rules()
        }
        _ => settings.rules.clone(),
    };
    if let Some(known) = houses.iter().position(|house| house.folders == folders) {
        return Some(known);
    }
    let files = rules_in(&folders, streams)?;
    let engine = engine_of(&files, streams)?;
    houses.push(House { folders, files, engine, sheets: Sheets::default() });
    Some(houses.len() - 1)
}

fn no_pack(engine: &Engine, language: &str) -> String {
    format!("no language pack for `{language}`, only for {}", engine.languages().join(", "))
}

/// An article before its sheets are found.
pub(crate) struct Copy<'r> {
    pub(crate) ready: Ready<'r>,
    /// `None` if it has to be left out.
    pub(crate) article: Option<Article>,
    desk: &'r Desk,
    of_config: OfArticle,
}

/// An article with its language and sheets, as far as it came.
pub(crate) struct Ready<'r> {
    pub(crate) engine: &'r Engine,
    /// Which of a thread's memories are those of the engine.
    pub(crate) house: usize,
    /// `None` if the article has to be left out.
    pub(crate) article: Option<Article>,
    pub(crate) language: String,
    /// The config says it.
    pub(crate) language_of_config: bool,
    pub(crate) sheets: Vec<Arc<PreparedSheet>>,
    /// Sheets that apply, among them those that could not be loaded.
    pub(crate) sheets_found: usize,
    /// For each sheet that was loaded, its path and why it applies.
    pub(crate) why: Vec<(String, Why)>,
    /// Where no sheet applies so far: those among which the copy chooses.
    pool: Option<&'r Pool>,
    levels: Option<Arc<Levels>>,
    pub(crate) requires_facts: bool,
    /// What the config says.
    pub(crate) fail_on: Option<FailOn>,
    /// What the config lets stand.
    pub(crate) suppressing: Option<Suppressing<'r>>,
    pub(crate) problems: Vec<Problem>,
    /// Those of the sheets, by path: several articles have the same.
    pub(crate) of_sheets: Vec<(PathBuf, Arc<Vec<Problem>>)>,
}

impl<'r> Ready<'r> {
    fn new(at: usize, house: &'r House) -> Self {
        Self {
            engine: &house.engine,
            house: at,
            article: None,
            language: String::new(),
            language_of_config: false,
            sheets: Vec::new(),
            sheets_found: 0,
            why: Vec::new(),
            pool: None,
            levels: None,
            requires_facts: false,
            fail_on: None,
            suppressing: None,
            problems: Vec::new(),
            of_sheets: Vec::new(),
        }
    }

    /// Adds a sheet that applies.
    fn add(&mut self, house: &House, path: PathBuf, why: Why) {
        // What is named twice must not find everything twice.
        if self.of_sheets.iter().any(|(known, _)| *known == path) {
            return;
        }
        let Loaded { sheet, problems } = house.sheets.get(&house.engine, &path);
        self.sheets_found += 1;
        self.why.extend(sheet.is_some().then(|| (shown(&path), why)));
        self.sheets.extend(sheet);
        self.of_sheets.push((path, problems));
    }

    pub(crate) fn request(&self, settings: &Settings) -> Option<Request<'_>> {
        let article = self.article.as_ref()?;
        Some(Request { article, language: &self.language, sheets: &self.sheets, date: settings.date })
    }

    pub(crate) fn options(&self) -> Options<'_> {
        Options { candidates: self.pool.map(|pool| &pool.candidates), levels: self.levels.as_deref() }
    }

    /// The sheets that the copy chose among, where nobody names any.
    pub(crate) fn pool(&self) -> Option<&'r Pool> {
        self.pool
    }

    /// How many sheets the copy chose among.
    pub(crate) fn candidates(&self) -> usize {
        self.pool.map_or(0, |pool| pool.candidates.len())
    }

    /// Whether there may be sheets that it did not choose among.
    pub(crate) fn is_partial(&self) -> bool {
        self.pool.is_some_and(|pool| pool.is_partial)
    }

    /// Takes along what is to be said of a sheet that was chosen.
    pub(crate) fn chose(&mut self, sheet: &str) {
        self.of_sheets.extend(self.pool.and_then(|pool| pool.problems.get(sheet)).cloned());
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
