//! Turns the YAML under `rules/` into JSON that the program reads at start: YAML takes ten times as
//! long to read, the examples and reasons are not needed for checking, and of all languages only the
//! article's is. What the rules say to people goes to a file of its own. The wording of the topics goes to the packs, each pack to a file of its own, and the
//! sounds of all of them, which every sheet's names are heard with, to one. Types are not judged here; a
//! test loads every file through the same door as a house's own.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

#[allow(dead_code, unreachable_pub, reason = "the program has this module too, and there it is reached")]
#[path = "src/letters.rs"]
mod letters;
#[allow(unreachable_pub, reason = "the program has this module too, and there it is reached")]
#[path = "src/gazetteer/lines.rs"]
mod lines;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/letters.rs");
    println!("cargo::rerun-if-changed=src/gazetteer/lines.rs");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("rules");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut topics = Vec::new();
    let mut places = Vec::new();
    let mut packs: BTreeMap<String, Value> = BTreeMap::new();
    let mut docs = Vec::new();
    let mut texts = String::from("[\n");
    for file in &files {
        let name = format!("rules/{}", file.strip_prefix(&root)?.display()).replace('\\', "/");
        let text = fs::read_to_string(file)?;
        // `off` is a severity here, and `no` a language.
        let options = serde_saphyr::options! { strict_booleans: true };
        let value: Value = serde_saphyr::from_str_with_options(&text, options)
            .map_err(|error| format!("{name}: {error}"))?;
        if value.get("gazetteer").is_some() {
            places.push((name, value));
            continue;
        }
        match value.get("language").and_then(Value::as_str) {
            Some(code) => {
                packs.insert(code.to_owned(), value);
            }
            None => {
                docs.extend(prose(&name, &value));
                topics.push(value);
            }
        }
        texts.push_str(&format!("    ({name:?}, include_str!({:?})),\n", file.display().to_string()));
    }
    texts.push(']');
    // What is kept by hand comes behind what is made, and has the last word.
    places.sort_by_key(|(name, _)| !name.contains("/cldr/"));
    gazetteer(&places, &out)?;
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
    fs::write(out.join("builtin_docs.json"), serde_json::to_vec(&docs)?)?;
    html_page(&out)
}

/// Style and script of the HTML report, and the hashes by which its policy knows them. A browser hashes
/// them with `\n` at the ends of lines, whatever the checkout has.
fn html_page(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=src/report/html");
    let folder = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("src/report/html");
    let mut hashes = Vec::new();
    for name in ["page.css", "page.js"] {
        let text = fs::read_to_string(folder.join(name))?.replace("\r\n", "\n");
        hashes.push(format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes()))));
        fs::write(out.join(name), text)?;
    }
    fs::write(out.join("page_hashes.rs"), format!("({:?}, {:?})", hashes[0], hashes[1]))?;
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

/// What rules say to people. It is no part of checking.
const PROSE: [&str; 5] = ["title", "finds", "why", "fix", "examples"];

/// What the rules of a file say to people, each with the file's name.
fn prose(file: &str, topic: &Value) -> Vec<Value> {
    let rules = topic.get("rules").and_then(Value::as_array).into_iter().flatten();
    let said = |rule: &Value| {
        let keys = std::iter::once("id").chain(PROSE);
        keys.filter_map(|key| Some((key.to_owned(), rule.get(key)?.clone()))).collect::<Map<_, _>>()
    };
    rules.map(|rule| json!({ "file": file, "rule": said(rule) })).collect()
}

fn drop_prose(file: &mut Value) {
    for rule in file.get_mut("rules").and_then(Value::as_array_mut).into_iter().flatten() {
        for key in PROSE {
            rule.as_object_mut().and_then(|rule| rule.remove(key));
        }
    }
}

/// Moves each language's words of a topic into its pack; an empty list stays, to say that there are some.
fn hand_out_wording(topic: &mut Value, packs: &mut BTreeMap<String, Value>) {
    for section in ["concepts", "groups", "events", "offices"] {
        for (id, entry) in topic.get_mut(section).and_then(Value::as_object_mut).into_iter().flatten() {
            hand_out(entry.get_mut("words"), packs, &[section, id, "words"]);
            for way in ["subject", "participle", "object"] {
                let told = entry.get_mut("told").and_then(|told| told.get_mut(way));
                hand_out(told, packs, &[section, id, "told", way]);
            }
        }
    }
    for section in ["phases", "terms"] {
        for (id, wording) in topic.get_mut(section).and_then(Value::as_object_mut).into_iter().flatten() {
            hand_out(Some(wording), packs, &[section, id]);
        }
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

/// Compiles the gazetteer: the world's entries into static arrays, and each language's names into a table
/// of sorted lines.
fn gazetteer(files: &[(String, Value)], out: &Path) -> Result<(), Box<dyn Error>> {
    let is_world = |file: &&(String, Value)| file.1["gazetteer"] == "world";
    // By id: what it is, and the capital of a country or the country of a city.
    let mut entries: BTreeMap<String, (&str, Option<String>)> = BTreeMap::new();
    let mut aliases: BTreeMap<String, String> = BTreeMap::new();
    let (mut look_alikes, mut parts) = (Vec::new(), Vec::new());
    for (_, file) in files.iter().filter(is_world) {
        for (id, country) in map(file, "countries") {
            let capital = country["capital"].as_str().map(str::to_owned);
            entries.insert(id.clone(), ("Country", capital));
            for alias in strings(&country["also"]) {
                aliases.insert(alias, id.clone());
            }
        }
        look_alikes.extend(file["look_alikes"].as_array().into_iter().flatten().map(strings));
        parts.extend(map(file, "parts").map(|(whole, parts)| (whole.clone(), strings(parts))));
    }
    for (name, file) in files.iter().filter(is_world) {
        for (id, city) in map(file, "cities") {
            let country = city["country"].as_str().ok_or(format!("{name}: {id} has no country"))?;
            // Countries that are one city are called as it is: the city then has another id.
            let id = if entries.get(id).is_some_and(|(kind, _)| *kind == "Country") {
                format!("{id}-city")
            } else {
                id.clone()
            };
            entries.insert(id, ("City", Some(country.to_owned())));
        }
    }
    let capitals: Vec<(String, String)> = entries
        .iter()
        .filter(|(_, (kind, _))| *kind == "Country")
        .filter_map(|(id, (_, capital))| Some((capital.clone()?, id.clone())))
        .collect();
    for (capital, country) in capitals {
        let is_country = entries.get(&capital).is_some_and(|(kind, _)| *kind == "Country");
        let id = if is_country { format!("{capital}-city") } else { capital };
        if let Some(entry) = entries.get_mut(&country) {
            entry.1 = Some(id.clone());
        }
        entries.entry(id).or_insert(("City", Some(country)));
    }
    for (_, file) in files.iter().filter(|file| !is_world(file)) {
        for (id, _) in map(file, "bodies") {
            entries.entry(id.clone()).or_insert(("Body", None));
        }
    }
    let index: BTreeMap<&str, u16> = (0..).zip(entries.keys()).map(|(at, id)| (id.as_str(), at)).collect();
    let find = |id: &str| index.get(id).copied().ok_or(format!("gazetteer: there is no {id}"));
    let mut world = String::from("static ENTRIES: &[Entry] = &[\n");
    for (id, (kind, other)) in &entries {
        let other = other.as_deref().map_or(Ok(u16::MAX), find)?;
        world.push_str(&format!("    Entry {{ id: {id:?}, kind: EntryKind::{kind}, other: {other} }},\n"));
    }
    world.push_str("];\nstatic ALIASES: &[(&str, u16)] = &[\n");
    for (alias, id) in &aliases {
        world.push_str(&format!("    ({alias:?}, {}),\n", find(id)?));
    }
    world.push_str("];\nstatic LOOK_ALIKES: &[&[u16]] = &[\n");
    for alike in &look_alikes {
        let alike = alike.iter().map(|id| find(id)).collect::<Result<Vec<_>, _>>()?;
        world.push_str(&format!("    &{alike:?},\n"));
    }
    world.push_str("];\nstatic PARTS: &[(u16, &[u16])] = &[\n");
    for (whole, parts) in &parts {
        let parts = parts.iter().map(|id| find(id)).collect::<Result<Vec<_>, _>>()?;
        world.push_str(&format!("    ({}, &{parts:?}),\n", find(whole)?));
    }
    world.push_str("];\n");
    fs::write(out.join("gazetteer_world.rs"), world)?;

    let mut languages: BTreeMap<&str, (Vec<lines::Given>, lines::Marks)> = BTreeMap::new();
    for (name, file) in files.iter().filter(|file| !is_world(file)) {
        let code = file["gazetteer"].as_str().ok_or(format!("{name}: no language"))?;
        let (given, marks) = languages.entry(code).or_default();
        read_names(file, &find, given)?;
        marks.ambiguous.extend(strings(&file["ambiguous"]));
        marks.words.extend(strings(&file["words"]));
        marks.unchanging.extend(strings(&file["unchanging"]));
    }
    let mut everywhere: BTreeMap<(String, u16), BTreeSet<&str>> = BTreeMap::new();
    let mut tables = String::from("&[\n");
    for (code, (mut given, marks)) in languages {
        keep_one_preferred(&mut given);
        for name in given.iter().filter(|name| name.kind == lines::COUNTRY) {
            if let [word] = lines::words(&name.text).as_slice()
                && !marks.ambiguous.contains(&name.text)
                && name.text.chars().any(char::is_lowercase)
            {
                everywhere.entry((word.clone(), name.entry)).or_default().insert(code);
            }
        }
        let (mut text, mut starts) = (String::new(), Vec::new());
        for line in lines::lines(&given, &marks) {
            starts.push(text.len());
            text.push_str(&line);
            text.push('\n');
        }
        let path = out.join(format!("gazetteer_{code}.txt"));
        fs::write(&path, &text)?;
        tables.push_str(&format!(
            "    ({code:?}, include_str!({:?}), &{starts:?}),\n",
            path.display().to_string()
        ));
    }
    tables.push(']');
    fs::write(out.join("gazetteer_tables.rs"), tables)?;
    // The countries' names of one word, with the languages in which they are right.
    let mut foreign = String::from("&[\n");
    for ((word, entry), codes) in &everywhere {
        let codes: Vec<&str> = codes.iter().copied().collect();
        foreign.push_str(&format!("    ({word:?}, {entry}, {:?}),\n", codes.join(" ")));
    }
    foreign.push(']');
    fs::write(out.join("gazetteer_foreign.rs"), foreign)?;
    Ok(())
}

/// The names of one file; a file kept by hand says which is preferred before those from elsewhere.
fn read_names(
    file: &Value,
    find: &dyn Fn(&str) -> Result<u16, String>,
    given: &mut Vec<lines::Given>,
) -> Result<(), Box<dyn Error>> {
    let mut add = |texts: Vec<String>, kind: char, entry: u16, first: bool| {
        for (at, text) in texts.into_iter().enumerate() {
            given.push(lines::Given { text, kind, entry, preferred: first && at == 0 });
        }
    };
    for (id, names) in map(file, "countries") {
        let entry = find(id)?;
        add(strings(&names["name"]), lines::COUNTRY, entry, true);
        add(strings(&names["also"]), lines::COUNTRY, entry, false);
        add(strings(&names["adjective"]), lines::ADJECTIVE, entry, true);
    }
    for (id, names) in map(file, "cities") {
        let entry = find(&format!("{id}-city")).or_else(|_| find(id))?;
        add(strings(names), lines::CITY, entry, true);
    }
    for (id, names) in map(file, "bodies") {
        let entry = find(id)?;
        add(strings(&names["name"]), lines::BODY, entry, true);
        add(strings(&names["also"]), lines::BODY, entry, false);
        add(strings(&names["abbreviation"]), lines::ABBREVIATION, entry, true);
    }
    add(strings(&file["other"]), lines::OTHER, 0, false);
    Ok(())
}

/// One name stands for an entry: the last that was called so, since files kept by hand come last. A name
/// that two files give is one name.
fn keep_one_preferred(given: &mut Vec<lines::Given>) {
    let mut preferred = BTreeMap::new();
    for (at, name) in given.iter().enumerate().filter(|(_, name)| name.preferred) {
        preferred.insert((name.kind, name.entry), at);
    }
    for (at, name) in given.iter_mut().enumerate() {
        name.preferred = preferred.get(&(name.kind, name.entry)) == Some(&at);
    }
    let mut seen = BTreeSet::new();
    given.sort_by_key(|name| !name.preferred);
    given.retain(|name| seen.insert((name.text.clone(), name.kind, name.entry)));
}

fn map<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value.get(key).and_then(Value::as_object).into_iter().flatten()
}

/// One string or a list of them.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
