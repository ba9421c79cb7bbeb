//! The floors that a measure must not fall below: `tests/floors.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use factlint::source::Source;
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Percent by kind, and within it by language or for `all`.
pub(crate) type Percent = BTreeMap<String, BTreeMap<String, f64>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Floors {
    pub(crate) numbers: Percent,
    pub(crate) dates: Percent,
    pub(crate) articles: Articles,
}

/// What is expected of the marked articles.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Articles {
    /// The sheet they are checked against.
    pub(crate) sheet: String,
    /// The reference date, by how a file's name begins; the longest beginning that fits.
    pub(crate) reference: BTreeMap<String, Date>,
    /// Percent of the marks that are to be found.
    pub(crate) found: f64,
    /// Marks that are not asked for yet.
    pub(crate) later: Later,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Later {
    pub(crate) classes: Vec<String>,
    pub(crate) texts: Vec<String>,
}

impl Floors {
    pub(crate) fn load() -> Self {
        read_yaml(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/floors.yaml"))
    }
}

pub(crate) fn read_yaml<T: DeserializeOwned>(path: &str) -> T {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    factlint::yaml::read(&Arc::new(Source::new(path, text))).unwrap_or_else(|problem| panic!("{problem}"))
}

/// What is solved of one kind in one language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Count {
    pub(crate) solved: usize,
    pub(crate) total: usize,
}

/// Counts by kind and language.
#[derive(Debug, Default)]
pub(crate) struct Counts(BTreeMap<String, BTreeMap<String, Count>>);

impl Counts {
    pub(crate) fn add(&mut self, kind: &str, language: &str, solved: bool) {
        let kind = self.0.entry(kind.to_owned()).or_default();
        for key in [language, "all"] {
            let count = kind.entry(key.to_owned()).or_default();
            count.total += 1;
            count.solved += usize::from(solved);
        }
    }

    /// Prints every count beside its floor; what is below.
    pub(crate) fn judge(&self, what: &str, floors: &Percent) -> Vec<String> {
        let mut failures = Vec::new();
        for (kind, languages) in &self.0 {
            for (language, Count { solved, total }) in languages {
                let percent = 100.0 * *solved as f64 / *total as f64;
                let floor = floors.get(kind).and_then(|floors| floors.get(language));
                let told = floor.map_or("no floor".to_owned(), |floor| format!("floor {floor}%"));
                println!("{what} {kind} {language}: {solved}/{total} ({percent:.1}%, {told})");
                if floor.is_some_and(|&floor| percent < floor) {
                    failures.push(format!("{what} {kind} {language}: {solved}/{total} is below its {told}"));
                }
            }
        }
        for (kind, languages) in floors {
            for language in languages.keys() {
                if self.0.get(kind).is_none_or(|counts| !counts.contains_key(language)) {
                    failures.push(format!("{what} {kind} {language}: there is a floor and no case"));
                }
            }
        }
        failures
    }
}
