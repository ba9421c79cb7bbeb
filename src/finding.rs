//! One finding: what the copy says, what the sheet says, and how much it matters.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::Source;

/// How much a finding matters. `Off` is told to nobody.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Off,
    Info,
    Warning,
    Error,
}

/// How a claim stands to its fact.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It agrees with a value of an undisputed source that is current at the time.
    Agrees,
    /// It agrees with a value that the sheet marks as disputed.
    Disputed,
    /// It agrees only with an earlier value and is told as current.
    Stale,
    /// It agrees only with a later value.
    Ahead,
    /// Of a cumulative concept, later than the sheet's last entry and plausibly above it.
    Newer,
    /// It agrees with a value that was taken back.
    Retracted,
    /// It agrees with none.
    Wrong,
    /// Inside the hard interval, outside the soft one.
    Loose,
    /// A spelling that is right nowhere.
    Garbled,
    /// A right spelling of another language.
    Foreign,
}

impl Verdict {
    /// Every verdict, for whoever goes through what a rule says of each.
    pub const ALL: [Self; 10] = [
        Self::Agrees,
        Self::Disputed,
        Self::Stale,
        Self::Ahead,
        Self::Newer,
        Self::Retracted,
        Self::Wrong,
        Self::Loose,
        Self::Garbled,
        Self::Foreign,
    ];
}

/// The other end of a finding: where the sheet says it.
#[derive(Clone, Debug)]
pub struct FactRef {
    pub sheet: Arc<Source>,
    /// `people.tokayev`, `figures.killed`.
    pub id: String,
    /// Bytes of the sheet.
    pub span: Range<usize>,
}

/// A replacement for the finding's span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub replacement: String,
    pub trust: Trust,
}

/// How far a fix can be trusted. Later ones can be trusted further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// It is shown and never written: a number, a base form where the case is not known, somebody's own words.
    DisplayOnly,
    /// It is most likely right. Whoever writes it reads it first.
    Unsafe,
    /// One right form, in the place and the case of the wrong one, outside of quotations.
    Safe,
}

/// One disagreement worth telling.
#[derive(Clone, Debug)]
pub struct Finding {
    /// `name/garbled`, `figure/killed`.
    pub rule: Arc<str>,
    pub severity: Severity,
    pub verdict: Verdict,
    /// Bytes of the article's file.
    pub span: Range<usize>,
    /// What the copy says there, comments left out.
    pub text: String,
    /// What would be right, where one thing is.
    pub expected: Option<String>,
    pub message: String,
    /// Further remarks: which other fact has the number.
    pub notes: Vec<String>,
    pub fact: Option<FactRef>,
    pub fix: Option<Fix>,
}

impl Finding {
    /// The order of every report: by span, severity (errors first), rule.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let key =
            |finding: &Self| (finding.span.start, finding.span.end, std::cmp::Reverse(finding.severity));
        key(self).cmp(&key(other)).then_with(|| self.rule.cmp(&other.rule))
    }
}

/// What a run looked at; a run that checked nothing is not a pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Names tied to a cast member.
    pub names: usize,
    /// Dates read.
    pub dates: usize,
    /// Figures tied to a fact.
    pub figures: usize,
    /// Figures that have a concept, and no fact covers them.
    pub uncovered: usize,
    /// Offices and ages of people held against the sheet. These are not in the summary, whose keys are fixed.
    #[serde(skip)]
    pub roles: usize,
    /// Offices of people that the sheet does not say enough of.
    #[serde(skip)]
    pub roles_uncovered: usize,
}

impl std::ops::AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.names += other.names;
        self.dates += other.dates;
        self.figures += other.figures;
        self.uncovered += other.uncovered;
        self.roles += other.roles;
        self.roles_uncovered += other.roles_uncovered;
    }
}
