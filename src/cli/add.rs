//! `factlint sheet add`.

use std::io;
use std::path::Path;
use std::sync::Arc;

use factlint::article::load;
use factlint::engine::Engine;
use factlint::problem::{Problem, Weight};
use factlint::sheet::Kind;
use factlint::source::Source;
use factlint::wikidata::{self, Added, Entity, Wanted};

use super::Outcome;
use super::args::{AddArgs, EntityKind};
use super::facts::source;
use super::inputs::{bytes, shown};
use super::output::Streams;
use super::replace;
use super::run::engine;

pub(crate) fn run(arguments: AddArgs) -> io::Result<Outcome> {
    let AddArgs { sheet, wikidata, all_languages, id, kind, rules, color } = arguments;
    let mut streams = Streams::open(color);
    let Some(engine) = engine(&rules, &mut streams) else { return Ok(Outcome::Failed) };
    let wanted = Wanted {
        id,
        kind: kind.map(|kind| match kind {
            EntityKind::Person => Kind::Person,
            EntityKind::Place => Kind::Place,
            EntityKind::Organization => Kind::Organization,
        }),
        all_languages,
    };
    let mut entities = Vec::new();
    for path in &wikidata {
        match entities_of(path) {
            Ok(found) => entities.extend(found.into_iter().map(|entity| (path.as_path(), entity))),
            Err(problem) => streams.problem(&problem),
        }
    }
    if wanted.id.is_some() && entities.len() > 1 {
        streams.error("--id is for one entity: these files hold several");
    }
    // All or nothing: half of them in the sheet would have to be sorted out by hand.
    if streams.failed() {
        return Ok(Outcome::Failed);
    }
    match add(&engine, &sheet, &entities, &wanted) {
        Ok((text, added)) => {
            if let Err(problem) = replace::write(&sheet, text.as_bytes()) {
                streams.problem(&problem);
                return Ok(Outcome::Failed);
            }
            for added in &added {
                streams.print(&format!("{}: added {}\n{}", shown(&sheet), added.id, added.entry))?;
                for alias in &added.left_out {
                    streams.note(&format!("`{alias}` is left out: somebody else in the sheet is called so"));
                }
            }
            streams.flush()?;
            Ok(Outcome::Clean)
        }
        Err(problems) => {
            streams.problems(&problems);
            Ok(Outcome::Failed)
        }
    }
}

fn entities_of(path: &Path) -> Result<Vec<Entity>, Problem> {
    let text = load::decode(&shown(path), bytes(path)?)?;
    wikidata::read(&text).map_err(|message| {
        Problem::of_file(shown(path), message)
            .help("save it from https://www.wikidata.org/wiki/Special:EntityData/Q42.json")
    })
}

/// The sheet's text with the entities in it, which loads.
fn add(
    engine: &Engine,
    path: &Path,
    entities: &[(&Path, Entity)],
    wanted: &Wanted,
) -> Result<(String, Vec<Added>), Vec<Problem>> {
    let mut file = source(path).map_err(|problem| vec![problem])?;
    let mut all = Vec::new();
    for (from, entity) in entities {
        // A sheet with nothing in it yet is no error here.
        let sheet = match engine.load_sheet(&file) {
            Ok((prepared, _)) => prepared.sheet,
            Err(problems) if problems.iter().any(is_of_the_text) => return Err(problems),
            Err(_) => empty(engine, &file)?,
        };
        let node = factlint::yaml::parse(&file).map_err(|problem| vec![problem])?;
        let added = wikidata::insert(&sheet, &node, entity, wanted)
            .map_err(|message| vec![Problem::of_file(shown(from), message)])?;
        let changed = Arc::new(Source::new(shown(path), added.text.as_str()));
        // What does not load is not written.
        let (loaded, _) = engine.load_sheet(&changed)?;
        if loaded.sheet.cast.len() != sheet.cast.len() + 1 {
            let message = "cannot add to this sheet without changing what is there: add the entry by hand";
            return Err(vec![Problem::of_file(shown(path), message)]);
        }
        file = changed;
        all.push(added);
    }
    Ok((file.text.clone(), all))
}

/// Whether a problem stands somewhere in the text; that there is nothing in it stands nowhere.
fn is_of_the_text(problem: &Problem) -> bool {
    problem.weight == Weight::Error && problem.span.is_some()
}

/// A sheet that has its head and no facts yet.
fn empty(engine: &Engine, file: &Arc<Source>) -> Result<factlint::sheet::Sheet, Vec<Problem>> {
    let head = factlint::yaml::read(file).map_err(|problem| vec![problem])?;
    let loaded = engine.with_context(|context| factlint::sheet::load_fragment(file, &head, "en", context));
    loaded.sheet.ok_or(loaded.problems)
}
