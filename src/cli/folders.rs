//! Where the sheets of an article are looked for, so that it has the same ones however it was named: by itself, in a
//! folder, or by a hook among others.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::configs::{Configs, Found};
use super::inputs::{is_sheet, walker};

/// Past so many files and folders no sheet is looked for any more: somebody may keep their copy in a folder with all
/// else that they have. An archive of ten thousand articles is far below.
pub(crate) const MOST: usize = 100_000;

/// Folders, whole, in which the sheets of a file are looked for.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    /// Up to here the nearest folder with sheets is looked for: the top of the repository, else the current folder;
    /// the folder of the config where that is above.
    pub(crate) up: PathBuf,
    /// Below here are the sheets among which copy chooses that has none above it: the folder of the config, else the
    /// same.
    pub(crate) below: PathBuf,
}

impl Bounds {
    fn of(folder: PathBuf) -> Self {
        Self { up: folder.clone(), below: folder }
    }
}

/// The sheets of folders, each looked up once.
pub(crate) struct Folders {
    configs: Arc<Configs>,
    known: BTreeMap<PathBuf, Vec<PathBuf>>,
    /// By folder the top of the repository that it is in.
    tops: BTreeMap<PathBuf, Option<PathBuf>>,
    /// Folders at which git does not look for a repository.
    ceilings: Vec<PathBuf>,
}

impl Folders {
    pub(crate) fn new(configs: &Arc<Configs>) -> Self {
        let ceilings = env::var_os("GIT_CEILING_DIRECTORIES");
        let ceilings = ceilings.map(|paths| env::split_paths(&paths).collect()).unwrap_or_default();
        Self { configs: Arc::clone(configs), known: BTreeMap::new(), tops: BTreeMap::new(), ceilings }
    }

    /// Where the sheets of a file are looked for. One from elsewhere was found in the folder `named`, or was named by
    /// itself.
    pub(crate) fn bounds(&mut self, file: &Path, config: Option<&Found>, named: Option<&Path>) -> Bounds {
        let folder = self.configs.whole(file.parent().unwrap_or(Path::new("")));
        let of_config = config.map(Found::absolute).filter(|of_config| folder.starts_with(of_config));
        let here = self.configs.whole(Path::new(""));
        let above = self.top(&folder).or_else(|| folder.starts_with(&here).then_some(here));
        let own = || {
            let named = named.map(|named| self.configs.whole(named));
            named.filter(|named| folder.starts_with(named)).unwrap_or_else(|| folder.clone())
        };
        match (of_config, above) {
            // A config for some of the copy has no sheets to itself, unless it says so.
            (Some(of_config), Some(above)) if of_config.starts_with(&above) => {
                Bounds { up: above, below: of_config.to_owned() }
            }
            (Some(of_config), _) => Bounds::of(of_config.to_owned()),
            (None, above) => Bounds::of(above.unwrap_or_else(own)),
        }
    }

    /// The sheets of the nearest folder that has any, from that of the file up to `top`.
    pub(crate) fn nearest(&mut self, file: &Path, top: &Path) -> Vec<PathBuf> {
        let folder = self.configs.whole(file.parent().unwrap_or(Path::new("")));
        for at in folder.ancestors().take_while(|at| at.starts_with(top)) {
            let sheets = self.own(at);
            if !sheets.is_empty() {
                return sheets;
            }
        }
        Vec::new()
    }

    /// The sheets of a folder.
    fn own(&mut self, folder: &Path) -> Vec<PathBuf> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let near = self.configs.seen_from_here(folder);
        // A folder that cannot be listed has been complained of where that matters.
        let mut sheets: Vec<PathBuf> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| near.join(entry.file_name()))
            .filter(|path| is_sheet(path) && !is_hidden(path) && !path.is_dir())
            .collect();
        sheets.sort();
        self.known.insert(folder.to_owned(), sheets.clone());
        sheets
    }

    /// The top of the repository that a folder is in.
    fn top(&mut self, folder: &Path) -> Option<PathBuf> {
        let mut asked = Vec::new();
        let mut top = None;
        for at in folder.ancestors() {
            if let Some(known) = self.tops.get(at) {
                top = known.clone();
                break;
            }
            // As git has it: the folder where it begins is no ceiling.
            if at != folder && self.ceilings.iter().any(|ceiling| ceiling == at) {
                break;
            }
            asked.push(at.to_owned());
            // In a worktree and in a submodule it is a file.
            if at.join(".git").exists() {
                top = Some(at.to_owned());
                break;
            }
        }
        self.tops.extend(asked.into_iter().map(|folder| (folder, top.clone())));
        top
    }
}

/// All sheets in a folder and below, without hidden ones and what `.gitignore` or a config leaves out, and whether
/// there was too much to go through all of it.
pub(crate) fn sheets_below(reach: &Path, configs: &Arc<Configs>) -> (Vec<PathBuf>, bool) {
    let near = configs.seen_from_here(reach);
    let here = if near.as_os_str().is_empty() { Path::new(".") } else { &near };
    let mut walker = walker(here, configs);
    // So that it is the same ones where it is too many.
    walker.sort_by_file_name(Ord::cmp);
    let mut sheets = Vec::new();
    // What cannot be listed has no sheets that could be read.
    for (count, entry) in walker.build().flatten().enumerate() {
        if count == MOST {
            return (sheets, true);
        }
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        if !is_folder && is_sheet(entry.path()) && !entry.path().is_dir() {
            let path = entry.path();
            sheets.push(path.strip_prefix("./").unwrap_or(path).to_owned());
        }
    }
    (sheets, false)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}
