//! What a sheet's loading needs of the rules and the language packs, handed in by whoever has them.

use std::collections::BTreeSet;

use crate::reading::quantity::HedgeKind;

/// The ids that the rules know. What stands in none of the sets needs wording in the sheet.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub concepts: BTreeSet<String>,
    /// The concepts whose figures only rise: tolls.
    pub rising: BTreeSet<String>,
    pub groups: BTreeSet<String>,
    pub event_types: BTreeSet<String>,
    pub offices: BTreeSet<String>,
    pub lists: BTreeSet<String>,
    /// Empty: states are not checked.
    pub states: BTreeSet<String>,
}

/// Reads a value with a hedge, such as `more than 1000`, in a language: the hedge, the number, and the
/// upper one of a range. `None` where the text is no value.
pub type ReadValue<'a> = dyn Fn(&str, &str) -> Option<(HedgeKind, f64, Option<f64>)> + 'a;

/// What a sheet is loaded with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub known: &'a Known,
    pub read_value: &'a ReadValue<'a>,
}
