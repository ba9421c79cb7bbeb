//! Turns the YAML under `rules/` into JSON that the program reads at start: YAML takes ten times as
//! long to read, the examples and reasons are not needed for checking, and of all languages only the
//! article's is. So the wording of the topics goes to the packs, each pack to a file of its own, and the
//! sounds of all of them, which every sheet's names are heard with, to one. Types are not judged here; a
//! test loads every file through the same door as a house's own.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut topics = Vec::new();
    let mut packs: BTreeMap<String, Value> = BTreeMap::new();
    let mut texts = String::from("[\n");
    for file in &files {
        let name = format!("rules/{}", file.strip_prefix(&root)?.display()).replace('\\', "/");
        let text = fs::read_to_string(file)?;
        // `off` is a severity here, and `no` a language.
        let options = serde_saphyr::options! { strict_booleans: true };
        let value: Value = serde_saphyr::from_str_with_options(&text, options)
            .map_err(|error| format!("{name}: {error}"))?;
        match value.get("language").and_then(Value::as_str) {
            Some(code) => {
                packs.insert(code.to_owned(), value);
            }
            None => topics.push(value),
        }
        texts.push_str(&format!("    ({name:?}, include_str!({:?})),\n", file.display().to_string()));
    }
    texts.push(']');
    for topic in &mut topics {
        drop_prose(topic);
        hand_out_wording(topic, &mut packs);
    }
    let mut sounds = Map::new();
    let mut table = String::from("[\n");
    for (code, pack) in &mut packs {
        if let Some(sound) = pack.as_object_mut().and_then(|pack| pack.remove("sound")) {
            sounds.insert(code.clone(), sound);
        }
        let path = out.join(format!("pack_{code}.json"));
        fs::write(&path, serde_json::to_vec(pack)?)?;
        table.push_str(&format!("    ({code:?}, include_str!({:?})),\n", path.display().to_string()));
    }
    table.push(']');
    fs::write(out.join("builtin_packs.rs"), table)?;
    fs::write(out.join("builtin.json"), serde_json::to_vec(&json!({ "topics": topics, "sounds": sounds }))?)?;
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

/// Examples and reasons are no part of checking; who wants them reads the YAML itself.
fn drop_prose(file: &mut Value) {
    for rule in file.get_mut("rules").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(rule) = rule.as_object_mut() {
            rule.remove("examples");
            rule.remove("why");
        }
    }
}

/// Moves each language's words of a topic into its pack; an empty list stays, to say that there are some.
fn hand_out_wording(topic: &mut Value, packs: &mut BTreeMap<String, Value>) {
    for section in ["concepts", "groups", "events", "offices"] {
        for (id, entry) in topic.get_mut(section).and_then(Value::as_object_mut).into_iter().flatten() {
            hand_out(entry.get_mut("words"), packs, &[section, id, "words"]);
        }
    }
    for (id, wording) in topic.get_mut("phases").and_then(Value::as_object_mut).into_iter().flatten() {
        hand_out(Some(wording), packs, &["phases", id]);
    }
    for (id, entry) in topic.get_mut("lists").and_then(Value::as_object_mut).into_iter().flatten() {
        for words in ["before", "behind", "nouns"] {
            hand_out(entry.get_mut(words), packs, &["lists", id, words]);
        }
    }
    for (word, wording) in topic.get_mut("titles").and_then(Value::as_object_mut).into_iter().flatten() {
        hand_out(Some(wording), packs, &["titles", word]);
    }
    for section in ["former", "acting"] {
        hand_out(topic.get_mut(section), packs, &[section]);
    }
}

fn hand_out(wording: Option<&mut Value>, packs: &mut BTreeMap<String, Value>, path: &[&str]) {
    for (code, words) in wording.and_then(Value::as_object_mut).into_iter().flatten() {
        let Some(pack) = packs.get_mut(code) else { continue };
        let words = match std::mem::replace(words, json!([])) {
            Value::Array(words) => words,
            word => vec![word],
        };
        let mut place = pack;
        for key in path.iter().copied().chain([code.as_str()]) {
            let Some(map) = place.as_object_mut() else { return };
            place = map.entry(key).or_insert_with(|| if key == code { json!([]) } else { json!({}) });
        }
        match place {
            Value::Array(known) => known.extend(words),
            // One word alone is a list of one.
            other => *other = Value::Array(std::iter::once(other.take()).chain(words).collect()),
        }
    }
}
