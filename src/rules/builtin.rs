//! The rules and packs that are compiled into the program.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::file::RuleFile;
use super::ruleset::Ruleset;
use crate::language::Pack;

/// Every file under `rules/`, as written: for the tests that run the examples and for `explain`.
pub const TEXTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/builtin_texts.rs"));

const COMPACT: &str = include_str!(concat!(env!("OUT_DIR"), "/builtin.json"));

/// One built-in file.
enum File {
    Pack(Box<Pack>),
    Rules(Box<RuleFile>),
}

struct NamedFile(File);

impl<'de> Deserialize<'de> for NamedFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, value): (String, &serde_json::value::RawValue) = Deserialize::deserialize(deserializer)?;
        let read = if name.contains("/languages/") {
            serde_json::from_str(value.get()).map(|pack| File::Pack(Box::new(pack)))
        } else {
            serde_json::from_str(value.get()).map(|rules| File::Rules(Box::new(rules)))
        };
        read.map(NamedFile).map_err(|error| D::Error::custom(format!("{name}: {error}")))
    }
}

/// Merges the built-in rules and packs into `ruleset`. An error means that the program itself was
/// built from a bad file; a test loads them all.
pub fn load(ruleset: &mut Ruleset) -> Result<(), String> {
    let files: Vec<NamedFile> = serde_json::from_str(COMPACT).map_err(|error| error.to_string())?;
    for NamedFile(file) in files {
        match file {
            File::Pack(pack) => ruleset.merge_pack(*pack),
            File::Rules(rules) => ruleset.merge(*rules),
        }
    }
    Ok(())
}
