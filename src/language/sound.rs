//! How a language's letters sound: readings for comparing names, and romanisations.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a pack says of its letters. See `DESIGN.md`, "Names".
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sound {
    /// Letters and groups of letters, to their sounds in the common key alphabet: `dsch: j`.
    /// The longest that fits is read first; what is not listed stands for itself.
    pub readings: BTreeMap<String, String>,
    /// Ways to write this language's names in Latin letters, by the name of the system.
    pub romanisations: BTreeMap<String, BTreeMap<String, String>>,
}
