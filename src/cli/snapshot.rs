//! `factlint snapshot`: which article has which snapshot, and what becomes of those that differ.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use factlint::engine::Scratches;
use factlint::problem::Problem;
use factlint::report::diff;
use factlint::report::render::Reported;
use factlint::snapshot::{is_snapshot, snapshot};
use ignore::WalkBuilder;

use super::Outcome;
use super::args::SnapshotArgs;
use super::folders::Folders;
use super::inputs::{Input, Location, bytes, reason, shown};
use super::judged::{Judged, judge};
use super::output::{Streams, unwritten};
use super::pool::in_order;
use super::replace::write;
use super::run::{NO_SHEET, Ready, Run, ToldSheets};
use super::settings::Settings;

/// The folder that snapshots are in unless another is given.
const FOLDER: &str = "snapshots";
/// What is put behind an article's name.
pub(crate) const ENDING: &str = ".snap";

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nothing.
    Check,
    /// Snapshots that are missing.
    New,
    /// Those and all that differ; those whose article is gone are removed.
    Accept,
}

pub(crate) fn run(arguments: SnapshotArgs) -> io::Result<Outcome> {
    let SnapshotArgs { common, check, accept, dir } = arguments;
    let (settings, mut streams) = Settings::resolve(common);
    let mode = match (check, accept) {
        (true, _) => Mode::Check,
        (_, true) => Mode::Accept,
        _ => Mode::New,
    };
    compare(&settings, dir.as_deref(), mode, &mut streams)
}

/// Holds every article against its snapshot.
pub(crate) fn compare(
    settings: &Settings,
    dir: Option<&Path>,
    mode: Mode,
    streams: &mut Streams,
) -> io::Result<Outcome> {
    let Some(mut run) = Run::prepare(settings, streams) else { return Ok(Outcome::Failed) };
    let places = match Places::find(settings, dir) {
        Ok(places) => places,
        Err(problem) => {
            streams.problem(&problem);
            return Ok(Outcome::Failed);
        }
    };
    // Whatever part of the articles is named, each has the sheets that it has when all of them are.
    let mut folders = Folders::new(&settings.configs);
    for input in run.inputs.articles.iter_mut().filter(|input| input.sheets.is_empty()) {
        if let Ok(place) = places.of(input) {
            input.sheets = folders.nearest(&place.root.join(&place.name), &place.root);
        }
    }
    let mut comparison =
        Comparison { places: &places, mode, streams, counts: Counts::default(), seen: BTreeSet::new() };
    let mut told = ToldSheets::default();
    let mut written = Ok(());
    let mut has_sheet = false;
    in_order(
        &run.inputs.articles,
        settings.threads,
        || run.scratches(),
        |scratches, input| taken(&run, &places, input, scratches),
        |taken| {
            let Some((ready, place, text)) = taken else { return ControlFlow::Continue(()) };
            has_sheet |= ready.sheets_found > 0;
            told.tell(&ready.of_sheets, comparison.streams, true);
            comparison.streams.problems(&ready.problems);
            written = match (place, text) {
                (Some(place), Some(text)) => comparison.article(&place, &text),
                (place, _) => {
                    comparison.seen.extend(place.map(|place| place.snapshot));
                    Ok(())
                }
            };
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    written?;
    if !has_sheet && !run.knows_sheets() && !run.inputs.articles.is_empty() {
        comparison.streams.error(NO_SHEET);
        return Ok(Outcome::Failed);
    }
    comparison.stale()?;
    comparison.end()
}

/// The snapshot of one article as it is now.
fn taken<'r>(
    run: &'r Run<'_>,
    places: &Places,
    input: &Input,
    scratches: &mut [Scratches],
) -> Option<(Ready<'r>, Option<Place>, Option<String>)> {
    let Judged { mut ready, checked, used, .. } = judge(run, input, scratches)?;
    let place = match places.of(input) {
        Ok(place) => place,
        Err(problem) => {
            ready.problems.push(problem);
            return Some((ready, None, None));
        }
    };
    let text = ready.request(run.settings).zip(checked).map(|(request, checked)| {
        let sheets: Vec<&str> = used.sheets.iter().map(String::as_str).collect();
        let reported = Reported {
            article: request.article,
            language: request.language,
            sheets: &sheets,
            checked: &checked,
        };
        let name_of_sheet = |sheet: &str| match fs::canonicalize(sheet) {
            Ok(path) => shown(&relative(&place.root, &path)),
            Err(_) => sheet.to_owned(),
        };
        snapshot(&place.name, &reported, name_of_sheet)
    });
    Some((ready, Some(place), text))
}

/// Where the snapshots of a run are.
struct Places {
    /// The paths that were named, whole, with the folder that each one's articles are named from.
    named: Vec<(PathBuf, PathBuf)>,
    /// The folder of snapshots, where one is given.
    dir: Option<PathBuf>,
    here: PathBuf,
}

/// One article and its snapshot.
struct Place {
    /// The folder that articles are named from.
    root: PathBuf,
    /// The article's path from there.
    name: String,
    snapshot: PathBuf,
}

impl Places {
    fn find(settings: &Settings, dir: Option<&Path>) -> Result<Self, Problem> {
        let here = fs::canonicalize(".").map_err(|error| Problem::of_file(".", reason(&error)))?;
        // A folder that is still to be made has no whole path yet, but the one that it is in has.
        let whole = |path: &Path| match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => {
                let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
                fs::canonicalize(parent).map(|parent| parent.join(name))
            }
            _ => fs::canonicalize(path),
        };
        let dir = dir
            .map(|dir| whole(dir).map_err(|error| Problem::of_file(shown(dir), reason(&error))))
            .transpose()?;
        let mut named = Vec::new();
        for path in &settings.paths {
            // What is not there has been told of.
            let Ok(path) = (if path.is_dir() { fs::canonicalize(path) } else { whole(path) }) else {
                continue;
            };
            let root = match &dir {
                Some(dir) => dir.parent().unwrap_or(dir).to_owned(),
                None => root_of(&path),
            };
            named.push((path, root));
        }
        // What stands in two of them is of the outer one.
        named.sort();
        Ok(Self { named, dir, here })
    }

    fn of(&self, input: &Input) -> Result<Place, Problem> {
        let problem = |message: String| Problem::of_file(input.shown.as_str(), message);
        let Location::File(path) = &input.place else {
            return Err(problem("standard input has no snapshot".to_owned()));
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = fs::canonicalize(folder).map_err(|error| problem(reason(&error)))?;
        let path = folder.join(path.file_name().unwrap_or_default());
        let root = self.named.iter().find(|(named, _)| path.starts_with(named)).map(|(_, root)| root);
        let root = root.map_or(folder.as_path(), PathBuf::as_path);
        let Ok(name) = path.strip_prefix(root) else {
            let root = shown(&relative(&self.here, root));
            return Err(problem(format!("its snapshot would be outside of {root}, where --dir is"))
                .help("give a folder with --dir that is beside or above the articles"));
        };
        let mut snapshot = self.folder(root).join(name).into_os_string();
        snapshot.push(ENDING);
        Ok(Place { root: root.to_owned(), name: shown(name), snapshot: snapshot.into() })
    }

    /// The folder of the snapshots of a root.
    fn folder(&self, root: &Path) -> PathBuf {
        self.dir.clone().unwrap_or_else(|| root.join(FOLDER))
    }

    /// A path as it is told: from where we are.
    fn told(&self, path: &Path) -> String {
        shown(&relative(&self.here, path))
    }

    /// The snapshots of what was named whose articles are gone, with those that are none left out.
    fn stale(&self, seen: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
        let mut stale = BTreeSet::new();
        for (named, root) in self.named.iter().filter(|(named, _)| named.is_dir()) {
            let folder = self.folder(root);
            let below = named.strip_prefix(root).map(|below| folder.join(below)).unwrap_or(folder.clone());
            for entry in WalkBuilder::new(below).standard_filters(false).build().flatten() {
                let path = entry.path();
                let name = path.strip_prefix(&folder).ok().and_then(Path::to_str);
                let Some(name) = name.and_then(|name| name.strip_suffix(ENDING)) else { continue };
                let is_gone = !seen.contains(path) && root.join(name).symlink_metadata().is_err();
                if is_gone && is_kept(path) {
                    stale.insert(path.to_owned());
                }
            }
        }
        stale.into_iter().collect()
    }
}

/// Whether there are snapshots of what is named; other programs have folders of that name too.
pub(crate) fn are_there(settings: &Settings, dir: Option<&Path>) -> bool {
    let Ok(places) = Places::find(settings, dir) else { return false };
    places.named.iter().any(|(_, root)| {
        let files = WalkBuilder::new(places.folder(root)).standard_filters(false).build().flatten();
        let mut named = files.filter(|file| file.path().to_string_lossy().ends_with(ENDING));
        named.any(|file| is_kept(file.path()))
    })
}

fn is_kept(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| is_snapshot(&text))
}

/// The folder that the articles of a path are named from: the nearest one, from the path's own upwards, that has
/// snapshots of it, else its own.
fn root_of(path: &Path) -> PathBuf {
    let own = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
    let has_snapshots = |root: &&Path| {
        let Ok(below) = path.strip_prefix(root) else { return false };
        let mut kept = root.join(FOLDER).join(below).into_os_string();
        if !path.is_dir() {
            kept.push(ENDING);
        }
        Path::new(&kept).exists()
    };
    own.ancestors().find(has_snapshots).unwrap_or(own).to_owned()
}

/// A path as it is from a folder; both are whole.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    // Another drive is nowhere from here.
    if shared == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

/// What came of the articles so far.
struct Comparison<'a> {
    places: &'a Places,
    mode: Mode,
    streams: &'a mut Streams,
    counts: Counts,
    /// The snapshots of articles that are there.
    seen: BTreeSet<PathBuf>,
}

#[derive(Default)]
struct Counts {
    same: usize,
    changed: usize,
    new: usize,
    stale: usize,
}

impl Comparison<'_> {
    fn article(&mut self, place: &Place, text: &str) -> io::Result<()> {
        let told = self.places.told(&place.snapshot);
        self.seen.insert(place.snapshot.clone());
        let kept = match place.snapshot.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            _ => match self.kept(&place.snapshot, &told) {
                Some(kept) => Some(kept),
                None => return Ok(()),
            },
        };
        let Some(kept) = kept else {
            self.counts.new += 1;
            return match self.mode {
                Mode::Check => self.say("missing", &told),
                Mode::New | Mode::Accept => self.write(&place.snapshot, &told, text),
            };
        };
        if kept == text {
            self.counts.same += 1;
            return Ok(());
        }
        self.counts.changed += 1;
        if self.mode == Mode::Accept {
            return self.write(&place.snapshot, &told, text);
        }
        let now = format!("{} as it is now", self.places.told(&place.root.join(&place.name)));
        let diff = diff::unified(&told, &now, &kept, text, self.streams.style());
        self.streams.print(&format!("{diff}\n"))
    }

    /// A snapshot that is there; `None` where it cannot be used, which is told.
    fn kept(&mut self, path: &Path, told: &str) -> Option<String> {
        let text = bytes(path).and_then(|bytes| factlint::article::load::decode(told, bytes));
        // Git may give lines another end.
        match text.map(|text| text.replace("\r\n", "\n")) {
            // What a merge emptied, or left in two minds from its first line on, was one.
            Ok(text) if is_snapshot(&text) || text.trim().is_empty() || text.starts_with("<<<<<<<") => {
                Some(text)
            }
            Ok(_) => {
                let help = "another file is called as the snapshot would be: give a folder with --dir";
                self.streams.problem(&Problem::of_file(told, "it is no snapshot").help(help));
                None
            }
            Err(problem) => {
                self.streams.problem(&problem);
                None
            }
        }
    }

    fn write(&mut self, path: &Path, told: &str, text: &str) -> io::Result<()> {
        let folder = path.parent().unwrap_or(path);
        let made =
            fs::create_dir_all(folder).map_err(|error| Problem::of_file(shown(folder), unwritten(&error)));
        match made.and_then(|()| write(path, text.as_bytes())) {
            Ok(()) => self.say("written", told),
            Err(problem) => {
                self.streams.problem(&problem);
                Ok(())
            }
        }
    }

    /// Tells of the snapshots whose articles are gone, or takes them away.
    fn stale(&mut self) -> io::Result<()> {
        for path in self.places.stale(&self.seen) {
            self.counts.stale += 1;
            let told = self.places.told(&path);
            if self.mode != Mode::Accept {
                self.say("stale", &format!("{told} (its article is gone)"))?;
                continue;
            }
            match fs::remove_file(&path) {
                Ok(()) => {
                    // A folder that is empty now has nothing to say; one that is not stays.
                    let _ = path.parent().map(fs::remove_dir);
                    self.say("removed", &told)?;
                }
                Err(error) => {
                    self.streams.problem(&Problem::of_file(told, format!("cannot remove it: {error}")));
                }
            }
        }
        Ok(())
    }

    fn say(&mut self, what: &str, of: &str) -> io::Result<()> {
        self.streams.print(&format!("{what}: {}\n", factlint::report::visible::line(of)))
    }

    fn end(self) -> io::Result<Outcome> {
        let Self { mode, streams, counts: Counts { same, changed, new, stale }, .. } = self;
        let parts: Vec<String> = [(same, "as before"), (changed, "changed"), (new, "new"), (stale, "stale")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if !parts.is_empty() {
            streams.print(&format!("snapshots: {}\n", parts.join(", ")))?;
        }
        streams.flush()?;
        let differs = match mode {
            Mode::Check => changed + new > 0,
            Mode::New => changed > 0,
            Mode::Accept => false,
        };
        if differs || (stale > 0 && mode != Mode::Accept) {
            streams.note("look at it, and take it with `factlint snapshot --accept`");
        }
        Ok(match (streams.failed(), differs) {
            (true, _) => Outcome::Failed,
            (false, true) => Outcome::Found,
            (false, false) => Outcome::Clean,
        })
    }
}
