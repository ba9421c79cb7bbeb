//! Fact sheets of a run: each loaded once, by whoever needs it first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use factlint::article::load;
use factlint::engine::{Engine, PreparedSheet};
use factlint::problem::Problem;
use factlint::source::Source;

use super::inputs::{bytes, shown};

/// One sheet, or why there is none; with it everything that is to be said of the file.
#[derive(Clone)]
pub(crate) struct Loaded {
    pub(crate) sheet: Option<Arc<PreparedSheet>>,
    pub(crate) problems: Arc<Vec<Problem>>,
}

/// The sheets that were asked for so far, all of them of one engine.
#[derive(Default)]
pub(crate) struct Sheets {
    known: Mutex<BTreeMap<PathBuf, Arc<OnceLock<Loaded>>>>,
}

impl Sheets {
    /// The sheet of that path. Others who ask for it meanwhile wait; others who ask for another do not.
    pub(crate) fn get(&self, engine: &Engine, path: &Path) -> Loaded {
        let slot = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(known.entry(path.to_owned()).or_default())
        };
        slot.get_or_init(|| load_sheet(engine, path)).clone()
    }
}

/// Reads and loads one sheet.
pub(crate) fn load_sheet(engine: &Engine, path: &Path) -> Loaded {
    let loaded = source(path).map_err(|problem| vec![problem]).and_then(|source| engine.load_sheet(&source));
    match loaded {
        Ok((sheet, problems)) => Loaded { sheet: Some(Arc::new(sheet)), problems: Arc::new(problems) },
        Err(problems) => Loaded { sheet: None, problems: Arc::new(problems) },
    }
}

/// A YAML file as text.
pub(crate) fn source(path: &Path) -> Result<Arc<Source>, Problem> {
    let shown = shown(path);
    let text = load::decode(&shown, bytes(path)?)?;
    Ok(Arc::new(Source::new(shown, text)))
}
