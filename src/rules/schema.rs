//! The JSON Schemas of rule files and language packs, by which editors complete them as they are typed.
//! They are made from the types that the loader reads.

use super::file::RuleFile;
use crate::gazetteer::file::GazetteerFile;
use crate::language::Pack;

/// The schema of a rule file, with a newline at its end.
pub fn rules() -> String {
    text(&schemars::schema_for!(RuleFile))
}

/// The schema of a language pack, with a newline at its end.
pub fn language() -> String {
    text(&schemars::schema_for!(Pack))
}

/// The schema of a gazetteer, with a newline at its end.
pub fn gazetteer() -> String {
    text(&schemars::schema_for!(GazetteerFile))
}

fn text(schema: &schemars::Schema) -> String {
    // Serialising a JSON value into a string cannot fail; an empty schema would allow everything.
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    text
}
