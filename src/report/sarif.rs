//! SARIF 2.1.0, which code scanning services and reviewdog read.
//!
//! Own types, not a crate's: the document is written result by result as the articles come, and a crate
//! that models the whole format wants all of it in memory first. A test holds it against the official schema.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Tally;
use super::render::{Keeps, Located, Remark, RemarkKind, Renderer, Reported, Run};
use super::rule_docs;
use crate::finding::{Severity, Trust, Verdict};
use crate::rules::docs::{Docs, RuleDoc};
use crate::source::Place;
use crate::suppress::Silence;

/// See the [module](self).
pub struct Sarif {
    docs: Docs,
    /// The place of each rule in the list of them.
    indices: FxHashMap<String, usize>,
}

impl Sarif {
    pub fn new(docs: Docs) -> Self {
        let indices = docs.rules.iter().enumerate().map(|(index, doc)| (doc.id.clone(), index)).collect();
        Self { docs, indices }
    }
}

impl Renderer for Sarif {
    fn begin(&self) -> String {
        let rules = self.docs.rules.iter().map(Rule::of).collect();
        let version = env!("CARGO_PKG_VERSION");
        let driver = Driver { name: "factlint", version, semantic_version: version, rules };
        format!(
            "{{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\
             \"version\":\"2.1.0\",\"runs\":[{{\"tool\":{},\n\"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
            json(&Tool { driver })
        )
    }

    fn article(&self, article: &Reported<'_>) -> String {
        let path = &article.source().path;
        let mut out = String::new();
        // Code scanning closes what is suppressed; what is in the baseline is left out.
        for found in article.all().filter(|found| found.silence != Some(&Silence::Baseline)) {
            if !out.is_empty() {
                out.push_str(self.joint());
            }
            out.push_str(&json(&self.result(path, &found)));
        }
        out
    }

    fn joint(&self) -> &'static str {
        ",\n"
    }

    fn end(&self, run: &Run<'_>) -> String {
        let invocation = Invocation {
            execution_successful: !run.failed,
            tool_execution_notifications: run.remarks.iter().map(Notification::of).collect(),
        };
        format!(
            "\n],\n\"invocations\":[{}],\"properties\":{}}}]}}\n",
            json(&invocation),
            json(&Summary { summary: run.tally })
        )
    }

    fn keeps(&self) -> Keeps {
        Keeps::Remarks
    }
}

impl Sarif {
    fn result<'a>(&self, path: &str, found: &'a Located<'a>) -> SarifResult<'a> {
        let finding = found.finding;
        let region = Region {
            byte_offset: Some(finding.span.start),
            byte_length: Some(finding.span.len()),
            snippet: Some(Text::plain(&finding.text)),
            ..Region::of(found.start, Some(found.end))
        };
        let mut text = finding.message.clone();
        for note in &finding.notes {
            let _ = write!(text, "\n{note}");
        }
        // Readers of the format offer every fix to be taken with one key.
        let fix = finding.fix.as_ref().filter(|fix| fix.trust > Trust::DisplayOnly).map(|fix| Fix {
            description: Text::message(&match (fix.replacement.as_str(), fix.trust) {
                ("", _) => "take it out".to_owned(),
                (replacement, Trust::Safe) => format!("write \"{replacement}\""),
                (replacement, _) => format!("perhaps \"{replacement}\": read it before you take it"),
            }),
            properties: FixProperties { trust: fix.trust },
            artifact_changes: [ArtifactChange {
                artifact_location: ArtifactLocation { uri: uri(path) },
                replacements: [Replacement {
                    deleted_region: Region::of(found.start, Some(found.end)),
                    inserted_content: Text::plain(&fix.replacement),
                }],
            }],
        });
        SarifResult {
            rule_id: &finding.rule,
            rule_index: self.indices.get(&*finding.rule).copied(),
            level: level(finding.severity),
            message: Text::message(&text),
            locations: [Location::of(path, Some(region), None)],
            related_locations: found
                .fact
                .iter()
                .map(|(fact, start, end)| {
                    let region = Region::of(*start, Some(*end));
                    Location { id: Some(1), ..Location::of(&fact.sheet.path, Some(region), Some(&fact.id)) }
                })
                .collect(),
            partial_fingerprints: Fingerprints { first: &found.fingerprint },
            fixes: fix.into_iter().collect(),
            suppressions: found
                .silence
                .and_then(Silence::of_desk)
                .map(|(kind, justification)| Suppression { kind, justification })
                .into_iter()
                .collect(),
            properties: ResultProperties { verdict: finding.verdict, expected: finding.expected.as_deref() },
        }
    }
}

/// A path as a URI reference: relative where the path is, each byte that means something else encoded.
pub fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    // A drive of Windows is absolute as well.
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    if path.starts_with('/') {
        out.push_str("file://");
    } else if drive && path.as_bytes().get(2) == Some(&b'/') {
        out.push_str("file:///");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(byte.into())
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Off => "none",
    }
}

/// These types always serialise.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    semantic_version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text>,
    help: Help,
    default_configuration: Configuration,
    properties: RuleProperties<'a>,
}

impl<'a> Rule<'a> {
    fn of(doc: &'a RuleDoc) -> Self {
        let highest = doc.highest();
        Self {
            id: &doc.id,
            short_description: Text::plain(&doc.title),
            full_description: doc.finds.as_deref().map(|finds| Text::plain(finds.trim())),
            help: Help { text: rule_docs::help_text(doc), markdown: rule_docs::help(doc) },
            default_configuration: Configuration { enabled: highest != Severity::Off, level: level(highest) },
            properties: RuleProperties { tags: [doc.class()] },
        }
    }
}

#[derive(Serialize)]
struct RuleProperties<'a> {
    tags: [&'a str; 1],
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

/// A message, or the content of a place.
#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn plain(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// In messages, `[text](target)` would be a link. Copy may well hold one.
    fn message(text: &str) -> Self {
        let text =
            if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.to_owned() };
        Self { text }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression<'a>>,
    properties: ResultProperties<'a>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    /// The number is that of the way in which it is made, which must never change under one name.
    #[serde(rename = "factlint/v1")]
    first: &'a str,
}

#[derive(Serialize)]
struct ResultProperties<'a> {
    verdict: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u32>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

impl Location {
    fn of(path: &str, region: Option<Region>, message: Option<&str>) -> Self {
        Self {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(path) },
                region,
            },
            message: message.map(Text::message),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<u32>,
    /// As in this program: that of the first character behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_offset: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text>,
}

impl Region {
    fn of(start: Place, end: Option<Place>) -> Self {
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.map(|end| end.line),
            end_column: end.map(|end| end.column),
            ..Self::default()
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Text,
    artifact_changes: [ArtifactChange; 1],
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    trust: Trust,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

#[derive(Serialize)]
struct Summary {
    summary: Tally,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

impl Notification {
    fn of(remark: &Remark) -> Self {
        Self {
            level: match remark.kind {
                RemarkKind::Error => "error",
                RemarkKind::Warning => "warning",
                RemarkKind::Note => "note",
            },
            message: Text::message(&remark.to_string()),
            locations: remark
                .path
                .iter()
                .map(|path| Location::of(path, remark.place.map(|place| Region::of(place, None)), None))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("stories/огляд 1.md"), "stories/%D0%BE%D0%B3%D0%BB%D1%8F%D0%B4%201.md");
        assert_eq!(uri("a:b#c?.txt"), "a%3Ab%23c%3F.txt");
        assert_eq!(uri("../x.txt"), "../x.txt");
        assert_eq!(uri("/srv/x.txt"), "file:///srv/x.txt");
        assert_eq!(uri("C:/x.txt"), "file:///C%3A/x.txt");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
