//! The JSON Schema of a config, by which editors complete it as it is typed.

use super::file::ConfigFile;

/// The schema's text, with a newline at its end. It is made from the types that the loader reads.
pub fn text() -> String {
    let schema = schemars::schema_for!(ConfigFile);
    // Serialising a JSON value into a string cannot fail; an empty schema would allow everything.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    text
}
