//! The rules and packs that are compiled into the program.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::file::RuleFile;
use super::ruleset::Ruleset;
use crate::language::Pack;
use crate::language::sound::Sound;

/// Every file under `rules/`, as written, with the examples and reasons that the compact form leaves out.
pub const TEXTS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/builtin_texts.rs"));

/// What the rules say to people: title, what they find, why, examples, each with the name of its file.
/// It is read only when somebody asks for it.
pub(super) const DOCS: &str = include_str!(concat!(env!("OUT_DIR"), "/builtin_docs.json"));

/// The topics without their wording, and the sounds of every language.
const COMPACT: &str = include_str!(concat!(env!("OUT_DIR"), "/builtin.json"));

/// Every language's pack with the wording of the topics, by its code.
const PACKS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/builtin_packs.rs"));

#[derive(Deserialize)]
struct Compact {
    topics: Vec<RuleFile>,
    sounds: BTreeMap<String, Sound>,
}

/// Merges the built-in rules into `ruleset` and tells it of the packs. An error means that the program
/// itself was built from a bad file; a test loads them all.
pub fn load(ruleset: &mut Ruleset) -> Result<(), String> {
    let Compact { topics, mut sounds } = serde_json::from_str(COMPACT).map_err(|error| error.to_string())?;
    for topic in topics {
        ruleset.merge(topic);
    }
    for (code, pack) in PACKS {
        ruleset.add_builtin_pack(code, pack, sounds.remove(*code).unwrap_or_default());
    }
    Ok(())
}

/// Reads a built-in pack.
pub fn read_pack(text: &str) -> Option<Pack> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::PACKS;
    use crate::language::Pack;

    #[test]
    fn every_pack_is_read() {
        assert!(!PACKS.is_empty());
        for (code, text) in PACKS {
            if let Err(error) = serde_json::from_str::<Pack>(text) {
                panic!("{code}: {error}");
            }
        }
    }
}
