//! `factlint affected`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use factlint::affected::{Affected, Change, affected};
use factlint::candidates::{Candidates, Choice};
use factlint::engine::{Engine, Options, PreparedSheet, Request, Scratches};
use factlint::problem::Problem;
use factlint::report::affected as report;
use factlint::source::Source;

use super::Outcome;
use super::args::{AffectedArgs, MentionFormat};
use super::desk::Pool;
use super::facts::load_sheet;
use super::git::Revision;
use super::inputs::{Input, shown};
use super::judged::{Judged, judge};
use super::output::Streams;
use super::pool::in_order;
use super::run::{Ready, Run, ToldSheets};
use super::settings::Settings;

/// One article, looked at.
struct Done<'r> {
    ready: Ready<'r>,
    /// `None` if it was left out.
    affected: Option<Vec<Affected>>,
}

pub(crate) fn run(arguments: AffectedArgs) -> io::Result<Outcome> {
    let AffectedArgs { common, since, against, format } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let Some(mut run) = Run::prepare(&settings, &mut streams) else { return Ok(Outcome::Failed) };
    let old = run.engine().and_then(|engine| Old::find(since, against, engine, &run, &mut streams));
    let Some(old) = old else { return Ok(Outcome::Failed) };
    // An old sheet that lies among the copy is nobody's.
    for input in &mut run.inputs.articles {
        input.sheets.retain(|sheet| !old.is(sheet));
    }
    let Some(engine) = run.engine() else { return Ok(Outcome::Failed) };
    let changes = Changes {
        engine,
        old,
        is_given: run.facts.len() == 1,
        known: Mutex::default(),
        former: Mutex::default(),
    };
    let mut told = ToldSheets::default();
    let mut tally = report::Tally::default();
    let mut written = Ok(());
    in_order(
        &run.inputs.articles,
        settings.threads,
        || run.scratches(),
        |scratches, input| look(&run, &changes, input, scratches),
        |done| {
            let Some(done) = done else { return ControlFlow::Continue(()) };
            told.tell(&done.ready.of_sheets, &mut streams, false);
            streams.problems(&done.ready.problems);
            if let (Some(found), Some(article)) = (done.affected, &done.ready.article) {
                tally.add(&found);
                written = streams.print(&match format {
                    MentionFormat::Human => report::human(&article.source, &found),
                    MentionFormat::Jsonl => report::lines(&article.source, &found),
                });
            }
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    written?;
    changes.tell(&mut streams);
    match format {
        MentionFormat::Human if tally.articles > 0 => streams.print(&report::summary(&tally))?,
        MentionFormat::Human => {}
        MentionFormat::Jsonl => streams.print(&report::summary_line(&tally))?,
    }
    streams.flush()?;
    Ok(match (streams.failed(), tally.corrections > 0) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
}

fn look<'r>(
    run: &'r Run<'_>,
    changes: &Changes<'_>,
    input: &Input,
    scratches: &mut [Scratches],
) -> Option<Done<'r>> {
    // The sheets are those of a check, which chooses them where nobody says which.
    let Judged { mut ready, used, .. } = judge(run, input, scratches)?;
    let mut of_article = Vec::new();
    // The old sheet may lie beside the new one.
    let paths: Vec<PathBuf> = used.sheets.iter().map(PathBuf::from).collect();
    let mut paths: Vec<PathBuf> = paths.into_iter().filter(|path| !changes.old.is(path)).collect();
    if paths.is_empty()
        && let (Some(pool), Some(request), Some(scratch)) =
            (ready.pool(), ready.request(run.settings), scratches.get_mut(ready.house))
    {
        paths = changes.chosen_before(run, pool, &ready, &request, scratch);
    }
    if ready.article.is_some() && paths.is_empty() && ready.sheets_found <= used.sheets.len() {
        ready.problems.push(
            Problem::of_file(input.shown.as_str(), "no fact sheet for this article")
                .help("give one with --facts, or put a *.facts.yaml beside it")
                .warning(),
        );
    }
    for path in paths {
        if let Some(new) = run.sheet(&ready, &path) {
            match changes.of(&path, &new) {
                Ok(change) => of_article.push(change),
                // Told once, at the end.
                Err(()) => return Some(Done { ready, affected: None }),
            }
        }
    }
    let found = ready
        .request(run.settings)
        .filter(|_| !of_article.is_empty())
        .zip(scratches.get_mut(ready.house))
        .map(|(request, scratch)| affected(ready.engine, &request, &of_article, scratch));
    Some(Done { ready, affected: found })
}

/// Where the old sheets come from.
enum Old {
    Revision(Revision, String),
    Sheet(PathBuf, Arc<PreparedSheet>),
}

impl Old {
    fn find(
        since: Option<String>,
        against: Option<PathBuf>,
        engine: &Engine,
        run: &Run<'_>,
        streams: &mut Streams,
    ) -> Option<Self> {
        if let Some(path) = against {
            let loaded = load_sheet(engine, &path);
            // Its warnings are history.
            let Some(sheet) = loaded.sheet else {
                streams.problems(loaded.problems.iter());
                return None;
            };
            return Some(Self::Sheet(path, sheet));
        }
        let name = since?;
        let first = run.inputs.articles.first().and_then(Input::folder);
        let sheet = run.facts.first().and_then(|path| path.parent());
        let folder = sheet.or(first).filter(|folder| !folder.as_os_str().is_empty());
        match Revision::find(&name, folder.unwrap_or(Path::new("."))) {
            Ok(revision) => Some(Self::Revision(revision, name)),
            Err(message) => {
                streams.error(&format!("--since {name}: {message}"));
                None
            }
        }
    }

    /// Whether this is the old sheet itself.
    fn is(&self, path: &Path) -> bool {
        match self {
            Self::Sheet(old, _) => match (fs::canonicalize(old), fs::canonicalize(path)) {
                (Ok(old), Ok(path)) => old == path,
                _ => old == path,
            },
            Self::Revision(..) => false,
        }
    }
}

/// The changes of each sheet, worked out by whoever needs them first.
struct Changes<'a> {
    engine: &'a Engine,
    old: Old,
    /// The new sheet was given by itself: it takes the place of the old one, whatever their stories are called.
    is_given: bool,
    known: Mutex<BTreeMap<PathBuf, Known>>,
    /// By the pools of the run.
    former: Mutex<BTreeMap<usize, Arc<Former>>>,
}

/// A pool as it was before the changes.
struct Former {
    candidates: Candidates,
    /// By the paths of the old sheets those of the new ones.
    paths: BTreeMap<String, PathBuf>,
}

/// What became of one sheet.
#[derive(Clone)]
struct Known {
    change: Option<Arc<Change>>,
    problems: Arc<Vec<Problem>>,
    note: Option<String>,
}

impl Changes<'_> {
    fn of(&self, path: &Path, new: &Arc<PreparedSheet>) -> Result<Arc<Change>, ()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.entry(path.to_owned()).or_insert_with(|| self.compare(path, new));
        known.change.clone().ok_or(())
    }

    /// The sheets that copy which chooses none would have chosen before the changes: who is renamed in a sheet is not
    /// found in copy that has the old name.
    fn chosen_before(
        &self,
        run: &Run<'_>,
        pool: &Pool,
        ready: &Ready<'_>,
        request: &Request<'_>,
        scratch: &mut Scratches,
    ) -> Vec<PathBuf> {
        let former = {
            let mut known = self.former.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(pool.address()).or_insert_with(|| Arc::new(self.former(run, pool, ready))))
        };
        let options = Options { candidates: Some(&former.candidates), levels: None };
        match ready.engine.check_with(request, &options, scratch).choice {
            Some(Choice::Sheets(reasons)) => {
                reasons.iter().filter_map(|reason| former.paths.get(&reason.sheet)).cloned().collect()
            }
            _ => Vec::new(),
        }
    }

    fn former(&self, run: &Run<'_>, pool: &Pool, ready: &Ready<'_>) -> Former {
        let (mut sheets, mut paths) = (Vec::new(), BTreeMap::new());
        for new in pool.candidates.sheets() {
            let path = PathBuf::from(&new.sheet.source.path);
            if self.old.is(&path) || run.sheet(ready, &path).is_none() {
                continue;
            }
            let change = self.of(&path, new).ok().filter(|change| !change.facts.is_empty());
            let old = change.and_then(|change| change.old.clone()).unwrap_or_else(|| Arc::clone(new));
            paths.insert(old.sheet.source.path.clone(), path);
            sheets.push(old);
        }
        Former { candidates: Candidates::new(sheets), paths }
    }

    fn compare(&self, path: &Path, new: &Arc<PreparedSheet>) -> Known {
        let changed = |old: Option<Arc<PreparedSheet>>, note: Option<String>| Known {
            change: Some(Arc::new(Change::new(old, Some(Arc::clone(new))))),
            problems: Arc::default(),
            note,
        };
        match &self.old {
            Old::Sheet(_, old) if self.is_given || old.sheet.story == new.sheet.story => {
                changed(Some(Arc::clone(old)), None)
            }
            // A sheet of another story is as it was.
            Old::Sheet(..) => changed(Some(Arc::clone(new)), None),
            Old::Revision(revision, name) => match self.before(revision, name, path, new) {
                Ok(None) => {
                    let note = format!("{}: not in {name}: all of it is new", shown(path));
                    changed(None, Some(note))
                }
                Ok(old) => changed(old, None),
                Err(problems) => Known { change: None, problems: Arc::new(problems), note: None },
            },
        }
    }

    /// A sheet as it was in a revision: at its path, or else that of its story which has another path now.
    fn before(
        &self,
        revision: &Revision,
        name: &str,
        path: &Path,
        new: &PreparedSheet,
    ) -> Result<Option<Arc<PreparedSheet>>, Vec<Problem>> {
        let load = |text: String| {
            let source = Arc::new(Source::new(format!("{name}:{}", shown(path)), text));
            self.engine.load_sheet(&source).map(|(sheet, _)| Arc::new(sheet))
        };
        if let Some(text) = revision.text(path).map_err(|problem| vec![problem])? {
            return load(text).map(Some);
        }
        let removed = revision.removed_sheets(path).map_err(|problem| vec![problem])?;
        let mut loaded = removed.into_iter().filter_map(|text| load(text).ok());
        Ok(loaded.find(|old| old.sheet.story == new.sheet.story))
    }

    fn tell(&self, streams: &mut Streams) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for (path, known) in known.iter() {
            streams.problems(known.problems.iter());
            if let Some(note) = &known.note {
                streams.note(note);
            }
            match &known.change {
                Some(change) if change.facts.is_empty() => {
                    streams.note(&format!("{}: no fact was changed", shown(path)));
                }
                _ => {}
            }
        }
    }
}
