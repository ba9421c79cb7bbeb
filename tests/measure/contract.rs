//! What a user sees is what is measured: the program is started on the same texts, and what it prints
//! as JSON Lines is compared with what the readers and the engine gave.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use factlint::finding::{Finding, Severity};
use factlint::reading::dates::Meaning;
use factlint::reading::quantity::HedgeKind;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::cases::Reading;

/// The program that was built with this runner.
pub(crate) struct Program {
    path: PathBuf,
}

/// One text with its mentions as the readers gave them.
pub(crate) struct Seen {
    text: String,
    language: String,
    date: Option<Date>,
    mentions: Vec<Value>,
}

impl Seen {
    pub(crate) fn new(text: &str, language: &str, date: Option<Date>, reading: &Reading) -> Self {
        let mut mentions = Vec::new();
        let mut add = |kind: &str, span: &std::ops::Range<usize>, meaning: Vec<(&str, Value)>| {
            let mut mention = Map::new();
            mention.insert("kind".into(), kind.into());
            mention.insert("text".into(), text.get(span.clone()).into());
            mention.insert("start".into(), span.start.into());
            mention.insert("end".into(), span.end.into());
            mention.extend(meaning.into_iter().map(|(key, value)| (key.to_owned(), value)));
            mentions.push(Value::Object(mention));
        };
        for date in &reading.dates {
            let meaning = match date.meaning {
                Meaning::Day(day) => vec![("date", json!(day))],
                Meaning::Range(from, to) => vec![("from", json!(from)), ("to", json!(to))],
                _ => Vec::new(),
            };
            add("date", &date.span, meaning);
        }
        for quantity in &reading.quantities {
            let shown = quantity.shown();
            let meaning = if quantity.hedge == HedgeKind::Exact {
                vec![("value", json!(quantity.value))]
            } else {
                // JSON has no infinity: an end that is open for good is left out.
                [("low", shown.low), ("high", shown.high)]
                    .into_iter()
                    .filter(|(_, bound)| bound.is_finite())
                    .map(|(key, bound)| (key, json!(bound)))
                    .collect()
            };
            add("quantity", &quantity.span, meaning);
        }
        Self { text: text.to_owned(), language: language.to_owned(), date, mentions }
    }
}

impl Program {
    /// The program beside this runner, of the same profile.
    pub(crate) fn find() -> Option<Self> {
        let runner = std::env::current_exe().ok()?;
        let folder = runner.parent()?.parent()?;
        let path = folder.join(format!("factlint{}", std::env::consts::EXE_SUFFIX));
        path.is_file().then_some(Self { path })
    }

    /// Reads all texts with the program, as few starts as languages and days allow; what differs.
    pub(crate) fn compare_reading(&self, seen: &[Seen]) -> Vec<String> {
        let root = std::env::temp_dir().join(format!("factlint-measure-{}", std::process::id()));
        type Group<'s> = Vec<(usize, &'s Seen)>;
        let mut groups: BTreeMap<(&str, Option<Date>), Group<'_>> = BTreeMap::new();
        for (index, one) in seen.iter().enumerate().filter(|(_, one)| !one.text.trim().is_empty()) {
            groups.entry((&one.language, one.date)).or_default().push((index, one));
        }
        let mut failures = Vec::new();
        for ((language, date), group) in groups {
            fs::create_dir_all(&root).expect("a folder for the texts");
            for (index, one) in &group {
                fs::write(root.join(format!("{index}.txt")), &one.text).expect("a text is written");
            }
            let mut arguments = vec!["read".to_owned(), "--language".into(), language.to_owned()];
            if let Some(date) = date {
                arguments.extend(["--date".into(), date.to_string()]);
            }
            let lines = self.lines(&root, arguments.iter().map(OsStr::new).chain([OsStr::new(".")]));
            fs::remove_dir_all(&root).expect("the folder is removed");
            for (index, one) in group {
                let path = format!("{index}.txt");
                let printed: Vec<Value> =
                    lines.iter().filter(|line| line["path"] == path.as_str()).map(essentials).collect();
                if !same_set(&printed, &one.mentions) {
                    failures.push(format!(
                        "`factlint read` gives {} for {:?}, the readers give {}",
                        json!(printed),
                        one.text,
                        json!(one.mentions)
                    ));
                }
            }
        }
        println!("{} texts read by the program too: {} differ", seen.len(), failures.len());
        failures
    }

    /// Checks an article with the program; whether it prints these findings.
    pub(crate) fn compare_findings(
        &self,
        article: &Path,
        sheet: &Path,
        language: &str,
        date: Option<Date>,
        findings: &[Finding],
    ) -> Vec<String> {
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        let mut arguments: Vec<&OsStr> = vec![
            OsStr::new("check"),
            OsStr::new("--facts"),
            sheet.as_os_str(),
            OsStr::new("--language"),
            OsStr::new(language),
        ];
        if !date.is_empty() {
            arguments.extend([OsStr::new("--date"), OsStr::new(&date)]);
        }
        arguments.push(article.as_os_str());
        let printed: Vec<Value> = self
            .lines(Path::new("."), arguments.into_iter())
            .into_iter()
            .filter(|line| line.get("rule").is_some())
            .map(|line| json!([line["rule"], line["severity"], line["start"], line["end"], line["expected"]]))
            .collect();
        let found: Vec<Value> = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Off)
            .map(|finding| {
                let (start, end) = (finding.span.start, finding.span.end);
                json!([*finding.rule, finding.severity, start, end, finding.expected])
            })
            .collect();
        if printed == found {
            return Vec::new();
        }
        vec![format!(
            "`factlint check` finds {} in {}, the engine {}",
            json!(printed),
            article.display(),
            json!(found)
        )]
    }

    fn lines<'a>(&self, folder: &Path, arguments: impl Iterator<Item = &'a OsStr>) -> Vec<Value> {
        let output = Command::new(&self.path)
            .args(arguments)
            .args(["--format", "jsonl"])
            .current_dir(folder)
            .output()
            .expect("the program starts");
        let text = String::from_utf8(output.stdout).expect("it prints UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }
}

/// What is compared of a mention.
fn essentials(line: &Value) -> Value {
    const KEYS: [&str; 10] = ["kind", "text", "start", "end", "date", "from", "to", "value", "low", "high"];
    let mut mention = Map::new();
    for key in KEYS {
        if let Some(value) = line.get(key) {
            mention.insert(key.to_owned(), value.clone());
        }
    }
    Value::Object(mention)
}

/// The program prints in order of place and whole numbers without a fraction.
fn same_set(printed: &[Value], found: &[Value]) -> bool {
    let normal = |values: &[Value]| {
        let mut texts: Vec<String> = values.iter().map(|value| plain(value).to_string()).collect();
        texts.sort();
        texts.dedup();
        texts
    };
    normal(printed) == normal(found)
}

fn plain(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            Value::Object(map.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        // A decimal may lose its last digit on the way through JSON.
        Value::Number(number) => json!(number.as_f64().map(|number| format!("{number:.6}"))),
        other => other.clone(),
    }
}
