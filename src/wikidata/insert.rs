//! Puts an entry into the text of a sheet, whose comments, order and line ends stay as they are.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Entity;
use crate::draft::slug;
use crate::language::COMMON_READING;
use crate::reading::vocabulary::{Script, fold_word};
use crate::sheet::{FormKind, Kind, Sheet};
use crate::yaml::{Content, Node, scalar};

/// What the user wants of an entity.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The id in the sheet; by default of the name.
    pub id: Option<String>,
    /// What it is, whatever the entity says.
    pub kind: Option<Kind>,
    /// Names in every language, not only in those of the sheet.
    pub all_languages: bool,
}

/// What was added.
#[derive(Clone, Debug)]
pub struct Added {
    /// The new text of the whole sheet.
    pub text: String,
    /// `people.tokayev`.
    pub id: String,
    /// The entry as it was written.
    pub entry: String,
    /// Aliases left out, since somebody else is called so.
    pub left_out: Vec<String>,
}

/// Adds an entity to a sheet that was loaded from `source`'s text and parsed to `node`. An error is a message.
pub fn insert(sheet: &Sheet, node: &Node, entity: &Entity, wanted: &Wanted) -> Result<Added, String> {
    let kind = wanted.kind.or(entity.kind).ok_or_else(|| {
        format!(
            "{} does not say whether it is a person, a place or an organization: say it with --kind",
            entity.id
        )
    })?;
    let section = match kind {
        Kind::Person => "people",
        Kind::Place => "places",
        Kind::Organization => "organizations",
    };
    let languages = languages(sheet, entity, wanted.all_languages);
    let names = Names::of(sheet, entity, &languages, kind)?;
    let id = id(sheet, entity, &names, kind, wanted.id.as_deref())?;
    let lines = names.lines(&id, entity, kind);
    let text = place(&sheet.source.text, node, section, &lines)?;
    Ok(Added { text, id: format!("{section}.{id}"), entry: lines.block(1), left_out: names.left_out })
}

/// The languages of a sheet: its own, and those that its cast has names in.
fn languages(sheet: &Sheet, entity: &Entity, all: bool) -> BTreeSet<String> {
    if all {
        return entity.labels.keys().cloned().collect();
    }
    let forms = sheet.cast.iter().flat_map(|member| &member.forms);
    forms.filter_map(|form| form.language.clone()).chain([sheet.language.clone()]).collect()
}

/// An entity's names as the sheet is to have them.
struct Names {
    /// Language, label, further names.
    by_language: Vec<(String, String, Vec<String>)>,
    /// The language of the main name.
    main: usize,
    abbreviations: Vec<Option<String>>,
    left_out: Vec<String>,
}

impl Names {
    fn of(sheet: &Sheet, entity: &Entity, languages: &BTreeSet<String>, kind: Kind) -> Result<Self, String> {
        let key = |text: &str| fold_word(text).folded;
        let taken = |text: &str| {
            let key = key(text);
            sheet.cast.iter().find(|member| {
                member.forms.iter().any(|form| {
                    matches!(form.kind, FormKind::Full | FormKind::Short | FormKind::Abbreviation)
                        && fold_word(&form.text).folded == key
                })
            })
        };
        let mut names =
            Self { by_language: Vec::new(), main: 0, abbreviations: Vec::new(), left_out: Vec::new() };
        // The sheet's own language first, then the common one, then in order.
        let mut ordered: Vec<&String> =
            languages.iter().filter(|code| entity.labels.contains_key(*code)).collect();
        ordered.sort_by_key(|code| (**code != sheet.language, *code));
        if !ordered.iter().any(|code| **code == sheet.language) {
            let any = entity.labels.get_key_value(COMMON_READING).or(entity.labels.iter().next());
            if let Some((code, _)) = any
                && !ordered.contains(&code)
            {
                ordered.insert(0, code);
            }
        }
        for code in ordered {
            let Some(label) = entity.labels.get(code) else { continue };
            if let Some(member) = taken(label) {
                return Err(format!("`{label}` is in the sheet already, as `{}`", member.id));
            }
            let mut seen = BTreeSet::from([key(label)]);
            // A family name is accepted by itself.
            if kind == Kind::Person {
                seen.extend(label.rsplit(' ').next().map(key));
            }
            let mut abbreviation = None;
            let mut also = Vec::new();
            for alias in entity.aliases.get(code).into_iter().flatten() {
                if !seen.insert(key(alias)) {
                    continue;
                }
                if taken(alias).is_some() {
                    names.left_out.push(alias.clone());
                } else if kind != Kind::Person && abbreviation.is_none() && is_abbreviation(alias) {
                    abbreviation = Some(alias.clone());
                } else {
                    also.push(alias.clone());
                }
            }
            names.by_language.push((code.clone(), label.clone(), also));
            names.abbreviations.push(abbreviation);
        }
        if names.by_language.is_empty() {
            return Err(format!("{} has no label", entity.id));
        }
        Ok(names)
    }

    fn lines(&self, id: &str, entity: &Entity, kind: Kind) -> Lines {
        let mut lines =
            Lines { comment: format!("Wikidata: {}", entity.id), pairs: Vec::new(), id: scalar(id) };
        let Some((main, name, _)) = self.by_language.get(self.main) else { return lines };
        lines.pairs.push(("name", Value::Line(scalar(name))));
        let main_abbreviation = self.abbreviations.get(self.main).cloned().flatten();
        if let Some(abbreviation) = &main_abbreviation {
            lines.pairs.push(("abbreviation", Value::Line(scalar(abbreviation))));
        }
        let mut of_languages = Vec::new();
        for ((code, label, aliases), abbreviation) in self.by_language.iter().zip(&self.abbreviations) {
            let own = code == main;
            let is_same = label == name && Script::of_text(label) == Script::of_text(name);
            // A person's alias of one word is a short form: Lula.
            let is_short = |alias: &&String| kind == Kind::Person && !alias.contains(' ');
            let short: Vec<&String> = aliases.iter().filter(is_short).collect();
            let also: Vec<&String> = aliases.iter().filter(|alias| !is_short(alias)).collect();
            let abbreviation = abbreviation.as_ref().filter(|_| !own);
            if also.is_empty() && short.is_empty() && abbreviation.is_none() {
                if !own && !is_same {
                    of_languages.push((code, scalar(label)));
                }
                continue;
            }
            let list =
                |texts: &[&String]| texts.iter().map(|text| scalar(text)).collect::<Vec<_>>().join(", ");
            let mut pairs = vec![format!("name: {}", scalar(label))];
            if !also.is_empty() {
                pairs.push(format!("also: [{}]", list(&also)));
            }
            if !short.is_empty() {
                pairs.push(format!("short: [{}]", list(&short)));
            }
            pairs.extend(abbreviation.map(|abbreviation| format!("abbreviation: {}", scalar(abbreviation))));
            of_languages.push((code, format!("{{ {} }}", pairs.join(", "))));
        }
        if !of_languages.is_empty() {
            let pairs: Vec<String> =
                of_languages.iter().map(|(code, value)| format!("{}: {value}", scalar(code))).collect();
            lines.pairs.push(("in", Value::Map(pairs)));
        }
        if let Some(born) = entity.born.filter(|_| kind == Kind::Person) {
            lines.pairs.push(("born", Value::Line(born.to_string())));
        }
        lines
    }
}

/// Two to eight capitals and no small letter.
fn is_abbreviation(text: &str) -> bool {
    (2..=8).contains(&text.chars().count()) && text.chars().all(|c| c.is_uppercase() || c == '.')
}

fn id(
    sheet: &Sheet,
    entity: &Entity,
    names: &Names,
    kind: Kind,
    wanted: Option<&str>,
) -> Result<String, String> {
    let taken = |id: &str| sheet.member(id).is_some();
    if let Some(id) = wanted {
        if taken(id) {
            return Err(format!("the id `{id}` is in the sheet already"));
        }
        if slug(id).as_deref() != Some(id) {
            return Err(format!("`{id}` is no id: write it with small letters, digits and hyphens"));
        }
        return Ok(id.to_owned());
    }
    let own = names.by_language.iter().map(|(_, label, _)| label.as_str());
    let common = entity.labels.get(COMMON_READING).map(String::as_str);
    let labels: Vec<&str> = own.take(1).chain(common).collect();
    let family =
        labels.iter().find_map(|label| slug(label.rsplit(' ').next()?)).filter(|_| kind == Kind::Person);
    let whole = labels.iter().find_map(|label| slug(label));
    let candidates = family.into_iter().chain(whole).chain([entity.id.to_lowercase()]);
    candidates
        .into_iter()
        .find(|id| !id.is_empty() && !taken(id))
        .ok_or_else(|| format!("give {} an id with --id", entity.id))
}

/// An entry, to be written as a block or in flow style.
struct Lines {
    comment: String,
    id: String,
    pairs: Vec<(&'static str, Value)>,
}

/// The value of a key of an entry.
enum Value {
    Line(String),
    /// Its pairs, `key: value`.
    Map(Vec<String>),
}

impl Lines {
    fn block(&self, depth: usize) -> String {
        self.indented(&"  ".repeat(depth), "\n")
    }

    fn indented(&self, indent: &str, line_end: &str) -> String {
        let mut lines = vec![format!("{indent}# {}", self.comment), format!("{indent}{}:", self.id)];
        for (key, value) in &self.pairs {
            match value {
                Value::Map(pairs) => {
                    lines.push(format!("{indent}  {key}:"));
                    lines.extend(pairs.iter().map(|pair| format!("{indent}    {pair}")));
                }
                Value::Line(value) => lines.push(format!("{indent}  {key}: {value}")),
            }
        }
        lines.join(line_end) + line_end
    }

    fn flow(&self) -> String {
        let pairs = self.pairs.iter().map(|(key, value)| match value {
            Value::Map(pairs) => format!("{key}: {{ {} }}", pairs.join(", ")),
            Value::Line(value) => format!("{key}: {value}"),
        });
        format!("{}: {{ {} }}", self.id, pairs.collect::<Vec<_>>().join(", "))
    }
}

/// The text with the entry at the end of its section, or with a new section at its end.
fn place(text: &str, node: &Node, section: &str, lines: &Lines) -> Result<String, String> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let Content::Map(sections) = &node.content else { return Err("the sheet is no map".to_owned()) };
    if text.get(node.span.clone()).is_some_and(|text| text.starts_with('{')) {
        return Err("the sheet is one map in braces: write it in lines first".to_owned());
    }
    let Some((key, value)) = sections.iter().find(|(key, _)| key.text == section) else {
        let mut new = text.trim_end_matches(['\n', '\r', ' ', '\t']).to_owned();
        new.push_str(line_end);
        new.push_str(line_end);
        new.push_str(&format!("{section}:{line_end}"));
        new.push_str(&lines.indented("  ", line_end));
        return Ok(new);
    };
    let written = text.get(value.span.clone()).unwrap_or_default();
    let entries = match &value.content {
        Content::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    if written.trim_start().starts_with('{') {
        let close = value.span.start + written.rfind('}').ok_or("the section has no end")?;
        let before = text.get(..close).unwrap_or_default().trim_end();
        let comma = if entries.is_empty() || before.ends_with(',') { "" } else { "," };
        return Ok(splice(text, before.len()..close, &format!("{comma} {} ", lines.flow())));
    }
    // Behind the last line of the section, with the indentation of its first entry.
    let indent = entries.first().map(|(key, _)| indentation(text, key.span.start)).unwrap_or("  ");
    let last = entries.last().map_or(key.span.end, |(key, value)| value.span.end.max(key.span.end));
    let at = end_of_entry(text, last, indent);
    let mut entry = lines.indented(if indent.is_empty() { "  " } else { indent }, line_end);
    if !text.get(..at).unwrap_or_default().ends_with('\n') {
        entry.insert_str(0, line_end);
    }
    Ok(splice(text, at..at, &entry))
}

fn splice(text: &str, range: Range<usize>, new: &str) -> String {
    let (before, behind) = (text.get(..range.start), text.get(range.end..));
    [before.unwrap_or_default(), new, behind.unwrap_or_default()].concat()
}

/// The white space before a byte on its line.
fn indentation(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |line| line + 1);
    let line = text.get(start..at).unwrap_or_default().trim_start_matches(crate::source::BYTE_ORDER_MARK);
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// Where the line of a byte ends, with the deeper comments that stand right below it.
fn end_of_entry(text: &str, at: usize, indent: &str) -> usize {
    // A span may reach over the line's end.
    let trimmed = text.get(..at).map_or(at, |before| before.trim_end().len());
    let line_end = |from: usize| {
        text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |line| from + line + 1)
    };
    let mut end = line_end(trimmed);
    while let Some(line) = text.get(end..line_end(end)).filter(|line| !line.is_empty()) {
        let inner = line.trim_start();
        if inner.starts_with('#') && line.len() - inner.len() > indent.len() {
            end = line_end(end);
        } else {
            break;
        }
    }
    end
}
