//! Turns the YAML under `rules/` into JSON that the program reads at start: YAML takes ten times as
//! long to read, and the examples and reasons are not needed for checking. Types are not judged here;
//! a test loads every file through the same door as a house's own.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut compact = Vec::new();
    let mut texts = String::from("[\n");
    for file in &files {
        let name = format!("rules/{}", file.strip_prefix(&root)?.display()).replace('\\', "/");
        let text = fs::read_to_string(file)?;
        // `off` is a severity here, and `no` a language.
        let options = serde_saphyr::options! { strict_booleans: true };
        let mut value: Value = serde_saphyr::from_str_with_options(&text, options)
            .map_err(|error| format!("{name}: {error}"))?;
        drop_prose(&mut value);
        compact.push(serde_json::json!([name, value]));
        texts.push_str(&format!("    ({name:?}, include_str!({:?})),\n", file.display().to_string()));
    }
    texts.push(']');
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("builtin.json"), serde_json::to_vec(&compact)?)?;
    fs::write(out.join("builtin_texts.rs"), texts)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            files.push(path);
        }
    }
    Ok(())
}

/// Examples are for the tests, which read the YAML itself.
fn drop_prose(file: &mut Value) {
    for rule in file.get_mut("rules").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(rule) = rule.as_object_mut() {
            rule.remove("examples");
        }
    }
}
