//! How much findings matter where a config says otherwise than their rules.

use std::collections::{BTreeMap, BTreeSet};

use super::file::PerVerdict;
use super::ruleset::{Rule, Ruleset};
use crate::finding::{Severity, Verdict};
use crate::yaml::nearest;

/// Severities by the id of a rule, laid over those of the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    by_rule: BTreeMap<String, Level>,
    /// Of whole classes, `number/*`, by their class; a rule's own level counts from there on.
    by_class: BTreeMap<String, Level>,
}

/// What is said of one rule. What is said later replaces what was said before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Level {
    all: Option<Severity>,
    each: BTreeMap<Verdict, Severity>,
}

impl Levels {
    pub fn is_empty(&self) -> bool {
        self.by_rule.is_empty() && self.by_class.is_empty()
    }

    /// Lays a severity over what is known of a rule, by its id or by `class/*`.
    pub fn set(&mut self, rule: &str, severity: &PerVerdict<Severity>) {
        match rule.strip_suffix("/*") {
            None => {
                // What was said of the class before holds for what is not said of the rule now.
                let class = class(rule);
                let inherited = self.by_class.get(class).cloned().unwrap_or_default();
                self.by_rule.entry(rule.to_owned()).or_insert(inherited).lay_over(severity);
            }
            Some(class_of) => {
                for (_, level) in self.by_rule.iter_mut().filter(|(rule, _)| class(rule) == class_of) {
                    level.lay_over(severity);
                }
                self.by_class.entry(class_of.to_owned()).or_default().lay_over(severity);
            }
        }
    }

    /// How much a verdict matters, where the rule itself says `usual`.
    pub fn severity(&self, rule: &str, verdict: Verdict, usual: Severity) -> Severity {
        let level = self.by_rule.get(rule).or_else(|| self.by_class.get(class(rule)));
        let Some(level) = level else { return usual };
        match (level.each.get(&verdict), level.all) {
            (Some(severity), _) => *severity,
            // One severity for all that a rule tells makes it tell no more than before.
            (None, Some(severity)) if usual != Severity::Off => severity,
            _ => usual,
        }
    }

    /// Whether nothing that a rule finds is told.
    pub fn silence(&self, rule: &Rule) -> bool {
        let is_named = self.by_rule.contains_key(&*rule.id) || self.by_class.contains_key(class(&rule.id));
        let is_off = |verdict| self.severity(&rule.id, verdict, rule.severity(verdict)) == Severity::Off;
        is_named && Verdict::ALL.into_iter().all(is_off)
    }
}

impl Level {
    fn lay_over(&mut self, severity: &PerVerdict<Severity>) {
        match severity {
            PerVerdict::All(severity) => *self = Self { all: Some(*severity), each: BTreeMap::new() },
            PerVerdict::Each(each) => self.each.extend(each),
        }
    }
}

/// Ids of rules as a config names them.
impl Ruleset {
    /// Whether there is a rule of that id, or for `class/*` any of that class.
    pub(crate) fn has(&self, id: &str) -> bool {
        let class = id.strip_suffix('*').filter(|class| class.ends_with('/'));
        self.rules.iter().any(|rule| match class {
            Some(class) => rule.id.starts_with(class),
            None => *rule.id == *id,
        })
    }

    /// The id, or `class/*`, that was probably meant.
    pub(crate) fn nearest(&self, id: &str) -> Option<String> {
        let mut known: Vec<String> = self.rules.iter().map(|rule| rule.id.to_string()).collect();
        let classes = self.rules.iter().filter_map(|rule| Some(format!("{}/*", rule.id.split_once('/')?.0)));
        known.extend(classes.collect::<BTreeSet<_>>());
        let by_name = |id: &str| {
            let mut named =
                known.iter().filter(|known| known.split_once('/').is_some_and(|(_, name)| name == id));
            named.next().filter(|_| named.next().is_none()).cloned()
        };
        nearest(id, known.iter().map(String::as_str)).map(str::to_owned).or_else(|| by_name(id))
    }
}

fn class(rule: &str) -> &str {
    rule.split_once('/').map_or(rule, |(class, _)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(verdict: Verdict, severity: Severity) -> PerVerdict<Severity> {
        PerVerdict::Each(BTreeMap::from([(verdict, severity)]))
    }

    #[test]
    fn what_is_said_later_wins_of_a_rule_and_of_its_class() {
        let mut levels = Levels::default();
        let (wrong, stale) = (Verdict::Wrong, Verdict::Stale);
        levels.set("figure/*", &PerVerdict::All(Severity::Warning));
        levels.set("figure/killed", &each(stale, Severity::Off));
        assert_eq!(levels.severity("figure/injured", wrong, Severity::Error), Severity::Warning);
        assert_eq!(levels.severity("figure/killed", wrong, Severity::Error), Severity::Warning);
        assert_eq!(levels.severity("figure/killed", stale, Severity::Warning), Severity::Off);
        assert_eq!(levels.severity("name/garbled", wrong, Severity::Error), Severity::Error);
        levels.set("figure/*", &PerVerdict::All(Severity::Off));
        assert_eq!(levels.severity("figure/killed", wrong, Severity::Error), Severity::Off);
        levels.set("figure/killed", &PerVerdict::All(Severity::Error));
        assert_eq!(levels.severity("figure/killed", wrong, Severity::Error), Severity::Error);
        assert_eq!(levels.severity("figure/injured", wrong, Severity::Error), Severity::Off);
    }

    #[test]
    fn one_severity_for_all_does_not_make_a_rule_tell_what_it_leaves_untold() {
        let mut levels = Levels::default();
        levels.set("figure/killed", &PerVerdict::All(Severity::Error));
        assert_eq!(levels.severity("figure/killed", Verdict::Loose, Severity::Off), Severity::Off);
        levels.set("figure/killed", &each(Verdict::Loose, Severity::Info));
        assert_eq!(levels.severity("figure/killed", Verdict::Loose, Severity::Off), Severity::Info);
    }
}
