//! Suppressing: findings that a desk has looked at and lets stand, each with its reason.
//!
//! In Markdown and HTML a comment says so, beside the copy (`comments`); for plain text, where readers
//! would see a comment, a sidecar file or a config does ([`entries`]). What is suppressed is counted and
//! kept ([`Silenced`]). A suppression that suppresses nothing, names no known rule or gives no reason is a
//! finding itself, so that none goes stale unseen; in a config, which is for many articles, an unknown rule or
//! a missing reason is a mistake of the config (`crate::config::suppress`).

mod comments;
pub(crate) mod directive;
pub mod entries;
mod lines;

use crate::finding::{Finding, Fix, Trust};

pub(crate) use comments::{is_heard, silence};

/// A finding that is not told.
#[derive(Clone, Debug)]
pub struct Silenced {
    pub finding: Finding,
    pub by: Silence,
}

/// Why a finding is not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silence {
    /// A comment in the copy says so, for this reason.
    Comment { reason: Option<String> },
    /// An entry of a sidecar file or of a config says so, for this reason.
    Entry { reason: Option<String> },
    /// It is in the baseline.
    Baseline,
}

impl Silence {
    /// Who says so, as SARIF calls it, and why, if that is the desk and not the baseline.
    pub fn of_desk(&self) -> Option<(&'static str, Option<&str>)> {
        match self {
            Self::Comment { reason } => Some(("inSource", reason.as_deref())),
            Self::Entry { reason } => Some(("external", reason.as_deref())),
            Self::Baseline => None,
        }
    }
}

/// Whether a finding is about a suppression itself.
pub(crate) fn is_of_suppression(finding: &Finding) -> bool {
    names("suppression/*", &finding.rule)
}

/// Whether a suppression that is not right was perhaps meant for another finding.
pub(crate) fn may_mean(suppression: &Finding, other: &Finding) -> bool {
    match &*suppression.rule {
        "suppression/unknown-rule" => {
            suppression.expected.as_deref().is_some_and(|near| names(near, &other.rule))
        }
        // What it cannot be understood to be for may be anything.
        "suppression/malformed" => true,
        _ => false,
    }
}

/// Whether a rule is meant by its id, or by its class as in `name/*`.
fn names(pattern: &str, rule: &str) -> bool {
    pattern == rule
        || pattern.strip_suffix('*').is_some_and(|class| class.ends_with('/') && rule.starts_with(class))
}

/// The fix of a suppression: what to write for the finding's span.
fn fix(replacement: impl Into<String>) -> Fix {
    // Where another sheet or another config is used, or none, a rule may find nothing that it finds tomorrow. The
    // reason that somebody wrote down must not be lost for that.
    Fix { replacement: replacement.into(), trust: Trust::Unsafe }
}
