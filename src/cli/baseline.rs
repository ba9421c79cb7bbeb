//! `factlint baseline`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use factlint::baseline::{Baseline, Entry, entries_of};
use factlint::problem::Problem;
use factlint::source::Source;

use super::Outcome;
use super::args::BaselineArgs;
use super::configs::Found;
use super::inputs::{Input, shown};
use super::judged::{Judged, judge};
use super::ledger::{Folder, Ledger, article_of};
use super::needless::Needless;
use super::output::Streams;
use super::pool::in_order;
use super::replace;
use super::run::{NO_SHEET, Run, ToldSheets};
use super::settings::Settings;

/// The file that is written where neither a flag nor a config says which.
pub(crate) const BASELINE: &str = "factlint-baseline.json";

/// What became of one article.
struct Done<'r> {
    judged: Judged<'r>,
    /// By the baseline that it is of, which is told by its index.
    book: usize,
    path: String,
    entries: Vec<Entry>,
}

/// One file that is to be written.
struct Book {
    file: PathBuf,
    folder: Folder,
    /// What is there already.
    old: Baseline,
    /// The files that were looked at.
    checked: BTreeSet<String>,
    articles: usize,
    /// Configs of which not every entry could be told whether it is needed.
    configs: BTreeMap<String, Arc<Source>>,
    found: Vec<Entry>,
}

impl Book {
    fn open(file: PathBuf) -> Result<Self, Problem> {
        // What is there already is read before it is written over.
        let old = file.exists().then(|| Ledger::read(&file)).transpose()?;
        let old = old.map_or_else(Baseline::default, |ledger| ledger.baseline);
        let folder = Folder::of_file(&file);
        Ok(Self {
            file,
            folder,
            old,
            checked: BTreeSet::new(),
            articles: 0,
            configs: BTreeMap::new(),
            found: Vec::new(),
        })
    }
}

pub(crate) fn run(arguments: BaselineArgs) -> io::Result<Outcome> {
    let BaselineArgs { common, output } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(run) = Run::prepare(&settings, &mut streams) else { return Ok(Outcome::Failed) };
    let (mut books, of_articles) = match books(output.as_deref(), &run.inputs.articles) {
        Ok(books) => books,
        Err(problem) => {
            streams.problem(&problem);
            return Ok(Outcome::Failed);
        }
    };
    let mut told = ToldSheets::default();
    let mut needless = Needless::default();
    let (mut articles, mut has_sheet) = (0, false);
    let jobs: Vec<(&Input, usize)> = run.inputs.articles.iter().zip(of_articles).collect();
    let mut results: Vec<(usize, String, Vec<Entry>)> = Vec::new();
    let mut inputs = run.inputs.articles.iter();
    in_order(
        &jobs,
        settings.threads,
        || run.scratches(),
        |scratches, (input, book)| {
            let judged = judge(&run, input, scratches)?;
            let path = books.get(*book)?.folder.path_to(input);
            let mut entries = Vec::new();
            if let (Some(article), Some(checked)) = (&judged.ready.article, &judged.checked) {
                entries.extend(entries_of(&path, article, checked));
            }
            if let Some(sidecar) = &judged.sidecar {
                let path = format!("{path}{}", sidecar.ending());
                entries.extend(entries_of(&path, &sidecar.article, &sidecar.checked));
            }
            Some(Done { judged, book: *book, path, entries })
        },
        |done| {
            let input = inputs.next();
            let Some(Done { judged, book, path, entries }) = done else { return ControlFlow::Continue(()) };
            told.tell(&judged.ready.of_sheets, &mut streams, false);
            streams.problems(&judged.ready.problems);
            has_sheet |= !judged.used.sheets.is_empty();
            if let Some(input) = input {
                needless.take(input, judged.of_entries, judged.checked.is_some());
            }
            if judged.checked.is_some() {
                articles += 1;
                results.push((book, path, entries));
            }
            ControlFlow::Continue(())
        },
    );
    for (book, path, entries) in results {
        if let Some(book) = books.get_mut(book) {
            book.articles += 1;
            book.checked.insert(path);
            book.found.extend(entries);
        }
    }
    if !has_sheet && articles > 0 && !run.knows_sheets() && !streams.failed() {
        streams.error(NO_SHEET);
    }
    if streams.failed() || articles == 0 {
        if !streams.failed() {
            streams.error("no article was checked: all were left out");
        }
        for book in &books {
            let file = shown(&book.file);
            streams.note(&format!("{file} was not written: with what was left out it would not be whole"));
        }
        return Ok(Outcome::Failed);
    }
    for of_config in needless.end(&run) {
        let file = of_config.found.file();
        let of_its_articles = jobs.iter().find(|(input, _)| {
            input.config.as_ref().is_some_and(|config| Arc::ptr_eq(config, &of_config.found))
        });
        let Some(book) = of_its_articles.and_then(|(_, book)| books.get_mut(*book)) else { continue };
        let path = book.folder.path_to_file(&file);
        book.found.extend(entries_of(&path, &of_config.article, &of_config.checked));
        if of_config.is_whole {
            book.checked.insert(path);
        } else {
            book.configs.insert(path, Arc::clone(&of_config.article.source));
        }
    }
    for book in books {
        book.close(&mut streams)?;
    }
    Ok(if streams.failed() { Outcome::Failed } else { Outcome::Clean })
}

/// The files to write, and for each article which of them is its own: the one that is given, else that of its config.
fn books(given: Option<&Path>, articles: &[Input]) -> Result<(Vec<Book>, Vec<usize>), Problem> {
    let mut books: Vec<Book> = Vec::new();
    let mut of_articles = Vec::new();
    let mut last: Option<(Option<&Arc<Found>>, usize)> = None;
    for input in articles {
        let config = input.config.as_ref();
        // Articles of one config mostly stand together.
        let known = last.filter(|(last, _)| match (last, config) {
            (Some(last), Some(config)) => Arc::ptr_eq(last, config),
            (last, config) => last.is_none() && config.is_none(),
        });
        let book = match known {
            Some((_, book)) => book,
            None => {
                let of_config = || config.and_then(|found| found.baseline_file());
                let file = given.map(Path::to_owned).or_else(of_config).unwrap_or_else(|| BASELINE.into());
                match books.iter().position(|book| book.file == file) {
                    Some(known) => known,
                    None => {
                        books.push(Book::open(file)?);
                        books.len() - 1
                    }
                }
            }
        };
        last = Some((config, book));
        of_articles.push(book);
    }
    Ok((books, of_articles))
}

impl Book {
    fn close(self, streams: &mut Streams) -> io::Result<()> {
        let Self { file, folder, old, checked, articles, configs, found } = self;
        let was_checked = |path: &str| {
            checked.contains(path) || article_of(path).is_some_and(|article| checked.contains(article))
        };
        // What this run did not look at stays, unless its file is gone.
        let is_there = |entry: &Entry| match configs.get(&entry.path) {
            Some(config) => config.text.contains(&entry.text),
            None => folder.has(&entry.path),
        };
        let is_kept = |entry: &&Entry| !was_checked(&entry.path) && is_there(entry);
        let mut kept: Vec<Entry> = old.entries().filter(is_kept).cloned().collect();
        kept.retain(|entry| !found.contains(entry));
        let counts = (found.len(), articles, kept.len());
        let new = Baseline::of(found.into_iter().chain(kept));
        let before = streams.failed();
        write(&file, new.to_text(), streams);
        if streams.failed() && !before {
            return Ok(());
        }
        report(&shown(&file), counts, &old, &new, streams)
    }
}

/// Writes the file anew, unless that changes nothing.
fn write(path: &Path, text: String, streams: &mut Streams) {
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return;
    }
    if let Err(problem) = replace::write(path, text.as_bytes()) {
        streams.problem(&problem);
    }
}

/// Says what was written, and what is otherwise than before.
fn report(
    path: &str,
    (found, articles, kept): (usize, usize, usize),
    old: &Baseline,
    new: &Baseline,
    streams: &mut Streams,
) -> io::Result<()> {
    let known = |baseline: &Baseline| -> BTreeSet<(String, String)> {
        baseline.entries().map(|entry| (entry.path.clone(), entry.fingerprint.clone())).collect()
    };
    let (before, after) = (known(old), known(new));
    let (came, went) = (after.difference(&before).count(), before.difference(&after).count());
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let mut text =
        format!("{path}: {found} finding{} in {articles} article{}", plural(found), plural(articles));
    if !before.is_empty() {
        text.push_str(&format!("; {came} new, {went} gone"));
    }
    if kept > 0 {
        text.push_str(&format!("; {kept} of other articles kept"));
    }
    streams.print(&format!("{}\n", factlint::report::visible::line(&text)))?;
    streams.flush()
}
