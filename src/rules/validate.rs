//! What the types of a rule file or a language pack cannot say: ids that must be known, lists that have
//! a right length, keys that are dates or fractions, words that must not be empty.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::file::{RuleEntry, RuleFile};
use super::ruleset::{PLACEHOLDERS, Ruleset, placeholders};
use crate::finding::Verdict;
use crate::gazetteer::EntryId;
use crate::gazetteer::file::GazetteerFile;
use crate::language::Pack;
use crate::language::number_words::read_part;
use crate::problem::Problem;
use crate::reading::vocabulary::Script;
use crate::source::Source;
use crate::yaml::{Content, Key, Node, nearest};

/// Below these keys an empty text or a space means something: letters may have no sound, stems may lose a
/// letter, and a space may stand between the digits of a number.
const MAY_BE_EMPTY: [&str; 5] = ["sound", "stem_changes", "vowel_changes", "thousands", "examples"];

/// A language pack says which language it is of.
pub(super) fn is_pack(node: &Node) -> bool {
    has_key(node, "language")
}

/// A language pack or a gazetteer, which stand beside rule files.
pub(crate) fn says_no_rules(node: &Node) -> bool {
    is_pack(node) || is_gazetteer(node)
}

/// A gazetteer says so, and of which language it is.
pub(super) fn is_gazetteer(node: &Node) -> bool {
    has_key(node, "gazetteer")
}

fn has_key(node: &Node, wanted: &str) -> bool {
    matches!(&node.content, Content::Map(entries) if entries.iter().any(|(key, _)| key.text == wanted))
}

/// Goes through one file after every file is merged.
pub(super) struct Validator<'a> {
    source: &'a Arc<Source>,
    node: &'a Node,
    rules: &'a Ruleset,
    problems: Vec<Problem>,
}

impl<'a> Validator<'a> {
    pub(super) fn new(source: &'a Arc<Source>, node: &'a Node, rules: &'a Ruleset) -> Self {
        let mut validator = Self { source, node, rules, problems: Vec::new() };
        validator.texts(node, "");
        validator
    }

    /// The problems in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.span.as_ref().map(|span| span.start));
        self.problems
    }

    pub(super) fn rule_file(&mut self, file: &RuleFile) {
        self.references();
        let mut ids = BTreeSet::new();
        for (index, rule) in file.rules.iter().enumerate() {
            self.rule(index, rule);
            if !ids.insert(&rule.id) {
                self.error(&format!("rules[{index}].id"), format!("the rule id `{}` stands twice", rule.id));
            }
        }
        for (key, table) in [("before", &file.signs.before), ("after", &file.signs.after)] {
            if table.values().any(Vec::is_empty) {
                self.error(&format!("signs.{key}"), "a hedge without a sign");
            }
        }
    }

    /// Groups, event types and offices that others name.
    fn references(&mut self) {
        for (section, key) in [
            ("groups", "part_of"),
            ("events", "opposites"),
            ("events", "undoes"),
            ("events", "brings"),
            ("offices", "also"),
            ("offices", "excludes"),
        ] {
            let known: Vec<String> = match section {
                "groups" => self.rules.groups.iter().map(|group| group.id.clone()).collect(),
                "offices" => self.rules.offices.iter().map(|office| office.id.clone()).collect(),
                _ => self.rules.events.iter().map(|event| event.id.clone()).collect(),
            };
            let Some((_, Node { content: Content::Map(entries), .. })) = at(self.node, section) else {
                continue;
            };
            for (id, _) in entries {
                let path = format!("{section}.{}.{key}", id.text);
                let Some((_, named)) = at(self.node, &path) else { continue };
                let items = match &named.content {
                    Content::List(items) => items.as_slice(),
                    _ => std::slice::from_ref(named),
                };
                for item in items {
                    if let Content::Scalar { text, .. } = &item.content
                        && !known.contains(text)
                    {
                        let what = match section {
                            "groups" => "group",
                            "offices" => "office",
                            _ => "event type",
                        };
                        let problem =
                            Problem::at(self.source, item.span.clone(), format!("unknown {what} `{text}`"));
                        self.add(problem.key(&path), text, known.iter().map(String::as_str));
                    }
                }
            }
        }
    }

    fn rule(&mut self, index: usize, rule: &RuleEntry) {
        let path = format!("rules[{index}]");
        if !rule.id.contains('/') {
            self.error(&format!("{path}.id"), format!("the rule id `{}` has no class", rule.id)).help =
                Some("write it as `class/name`, such as `figure/evacuated`".to_owned());
        }
        if rule.check.is_none() && !self.rules.rules.iter().any(|known| *known.id == *rule.id) {
            let key = format!("{path}.id");
            let problem =
                self.problem(&key, format!("no rule has the id `{}`, and this one has no `check`", rule.id));
            let rules = self.rules;
            self.add(problem.key(&key), &rule.id, rules.rules.iter().map(|rule| &*rule.id));
        }
        if let Some(concept) = &rule.concept
            && self.rules.concept(concept).is_none()
        {
            let key = format!("{path}.concept");
            let problem = self.problem(&key, format!("unknown concept `{concept}`")).key(&key);
            let rules = self.rules;
            self.add(problem, concept, rules.concepts.iter().map(|concept| concept.id.as_str()));
        }
        // One message for all verdicts is one problem.
        let mut told = BTreeSet::new();
        for verdict in Verdict::ALL {
            let Some(message) = rule.message.get(verdict) else { continue };
            for name in placeholders(message).filter(|name| !PLACEHOLDERS.contains(name)) {
                let word = serde_json::to_value(verdict).unwrap_or_default();
                let mut key = format!("{path}.message.{}", word.as_str().unwrap_or_default());
                if at(self.node, &key).is_none() {
                    key = format!("{path}.message");
                }
                if told.insert((key.clone(), name)) {
                    let problem = self.problem(&key, format!("unknown placeholder `{{{name}}}`")).key(&key);
                    self.add(problem, name, PLACEHOLDERS.into_iter());
                }
            }
        }
    }

    pub(super) fn gazetteer(&mut self, file: &GazetteerFile) {
        if !(2..=3).contains(&file.gazetteer.len()) || !file.gazetteer.bytes().all(|b| b.is_ascii_lowercase())
        {
            self.error("gazetteer", format!("`{}` is no language code", file.gazetteer)).help =
                Some("write two or three small letters, such as `pl`".to_owned());
        }
        for (section, id) in file.names().1 {
            let key = format!("{section}.{id}");
            let problem = self.key_problem(&key, format!("the world has no `{id}`")).key(&key);
            let help = match nearest(id, EntryId::ids()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "ids are English names in small letters, such as `united-states`".to_owned(),
            };
            self.problems.push(problem.help(help));
        }
    }

    pub(super) fn pack(&mut self, pack: &Pack) {
        self.references();
        if !(2..=3).contains(&pack.language.len()) || !pack.language.bytes().all(|b| b.is_ascii_lowercase()) {
            self.error("language", format!("`{}` is no language code", pack.language)).help =
                Some("write two or three small letters, such as `pl`".to_owned());
        }
        if Script::by_name(&pack.script) == Script::None {
            self.error("script", format!("unknown script `{}`", pack.script)).help =
                Some("write its English name in small letters, such as `latin` or `cyrillic`".to_owned());
        }
        for (what, count, right, first) in [
            ("months", pack.dates.months.len(), 12, "January"),
            ("weekdays", pack.dates.weekdays.len(), 7, "Monday"),
        ] {
            if count != 0 && count != right {
                self.error(&format!("dates.{what}"), format!("{count} lists of {what}; there are {right}"))
                    .help = Some(format!("give one list each, in their order, {first} first"));
            }
        }
        for day in pack.dates.named.keys().filter(|day| !is_month_day(day)) {
            self.error(&format!("dates.named.{day}"), format!("`{day}` is no day of the year")).help =
                Some("write month and day, such as `12-25`".to_owned());
        }
        for day in pack.dates.ordinals.keys().filter(|day| !(1..=31).contains(*day)) {
            self.error(&format!("dates.ordinals.{day}"), format!("no month has a day {day}"));
        }
        for (section, table) in
            [("fractions", &pack.numbers.fractions), ("additions", &pack.numbers.additions)]
        {
            for part in table.keys().filter(|part| read_part(part).is_none()) {
                self.error(&format!("numbers.{section}.{part}"), format!("`{part}` is no fraction")).help =
                    Some("write it as `1/2`".to_owned());
            }
        }
        for (section, table) in [
            ("scales", &pack.numbers.scales),
            ("scale_abbreviations", &pack.numbers.scale_abbreviations),
            ("denominators", &pack.numbers.denominators),
        ] {
            for value in table.keys().filter(|&&value| value < 2) {
                self.error(&format!("numbers.{section}.{value}"), format!("nothing comes of {value} times"));
            }
        }
        let rules = self.rules;
        let vague = &rules.hedges().vague;
        for name in pack.hedges.vague.keys().filter(|name| !vague.contains_key(*name)) {
            let key = format!("hedges.vague.{name}");
            let problem = self.key_problem(&key, format!("no rule file says what `{name}` means")).key(&key);
            self.add(problem, name, vague.keys().map(String::as_str));
        }
    }

    /// Empty texts, wherever they are a slip.
    fn texts(&mut self, node: &Node, path: &str) {
        match &node.content {
            Content::Scalar { text, .. } if matches!(text.trim(), "" | "*") => {
                let message = if text.contains('*') { "a prefix without a letter" } else { "an empty text" };
                self.problems.push(Problem::at(self.source, node.span.clone(), message).key(path));
            }
            Content::Scalar { .. } => {}
            Content::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.texts(item, &format!("{path}[{index}]"));
                }
            }
            Content::Map(entries) => {
                for (key, value) in entries {
                    if !MAY_BE_EMPTY.contains(&key.text.as_str()) {
                        let dot = if path.is_empty() { "" } else { "." };
                        self.texts(value, &format!("{path}{dot}{}", key.text));
                    }
                }
            }
        }
    }

    /// A problem at the value of a key path.
    fn problem(&self, path: &str, message: impl Into<String>) -> Problem {
        let span = at(self.node, path).map_or(0..0, |(_, node)| node.span.clone());
        Problem::at(self.source, span, message)
    }

    /// A problem at the last key of a path.
    fn key_problem(&self, path: &str, message: impl Into<String>) -> Problem {
        let key = at(self.node, path).and_then(|(key, _)| key);
        Problem::at(self.source, key.map_or(0..0, |key| key.span.clone()), message)
    }

    /// Adds an error at a key path, at its last key where that is what is wrong: a map or a list would
    /// underline half of the file.
    fn error(&mut self, path: &str, message: impl Into<String>) -> &mut Problem {
        let is_scalar =
            matches!(at(self.node, path), Some((_, Node { content: Content::Scalar { .. }, .. })));
        let problem =
            if is_scalar { self.problem(path, message) } else { self.key_problem(path, message) }.key(path);
        self.problems.push(problem);
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// Adds a problem of an unknown word, with the nearest known one or all of them.
    fn add<'k>(&mut self, problem: Problem, word: &str, known: impl Iterator<Item = &'k str>) {
        let known: Vec<&str> = known.collect();
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.join(", ")),
        };
        self.problems.push(problem.help(help));
    }
}

/// The value at a key path such as `rules[0].message.wrong`, with its key where it has one.
fn at<'n>(node: &'n Node, path: &str) -> Option<(Option<&'n Key>, &'n Node)> {
    let mut found = (None, node);
    let mut rest = path;
    while !rest.is_empty() {
        if let Some((index, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let Content::List(items) = &found.1.content else { return None };
            found = (None, items.get(index.parse::<usize>().ok()?)?);
            rest = after.strip_prefix('.').unwrap_or(after);
        } else {
            let Content::Map(entries) = &found.1.content else { return None };
            // Ids may hold dots: the longest key that fits is meant.
            let (key, value) = entries
                .iter()
                .filter(|(key, _)| {
                    rest.strip_prefix(key.text.as_str())
                        .is_some_and(|after| after.is_empty() || after.starts_with(['.', '[']))
                })
                .max_by_key(|(key, _)| key.text.len())?;
            found = (Some(key), value);
            rest = rest.get(key.text.len()..)?;
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
    }
    Some(found)
}

/// `12-25`; 29 February is a day of some years.
fn is_month_day(text: &str) -> bool {
    let Some((Ok(month), Ok(day))) = text.split_once('-').map(|(month, day)| (month.parse(), day.parse()))
    else {
        return false;
    };
    jiff::civil::Date::new(2024, month, day).is_ok()
}
