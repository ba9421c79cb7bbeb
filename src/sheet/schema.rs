//! The JSON Schema of a fact sheet, by which editors complete a sheet as it is typed.

use super::file::SheetFile;

/// The schema's text, with a newline at its end. It is made from the types that the loader reads.
pub fn text() -> String {
    let schema = schemars::schema_for!(SheetFile);
    // Serialising a JSON value into a string cannot fail; an empty schema would allow everything.
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    text
}
