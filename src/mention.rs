//! What `factlint read` shows: every mention, typed and placed.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use crate::article::Article;
use crate::article::comments::without_blanks;
use crate::checks::case::{Case, Read};
use crate::checks::figures::check::Linked;
use crate::checks::figures::link::group_id;
use crate::checks::names::Standing;
use crate::finding::Verdict;
use crate::reading::claim::{Claim, GroupWord, Whose};
use crate::reading::dates::Meaning;
use crate::reading::quantity::HedgeKind;
use crate::rules::Ruleset;

/// One typed span of an article.
#[derive(Clone, Debug, Serialize)]
pub struct Mention {
    /// Bytes of the file.
    #[serde(skip)]
    pub span: Range<usize>,
    pub text: String,
    #[serde(flatten)]
    pub detail: Detail,
}

/// What a mention is, with what it means.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Detail {
    /// A cast member, where a sheet is given.
    Name { cast: String, verdict: Verdict },
    Date {
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
        /// Neither: it names no day that exists, or none that can be told.
        #[serde(skip_serializing_if = "Option::is_none")]
        problem: Option<&'static str>,
    },
    Quantity {
        /// Where the number stands for one value.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        low: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        low_open: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        high_open: Option<bool>,
        hedge: HedgeKind,
        #[serde(skip_serializing_if = "Option::is_none")]
        concept: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<crate::reading::quantity::Unit>,
        /// The number is a word that is also an article.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        article: bool,
        /// The fact the number was tied to, where a sheet is given.
        #[serde(skip_serializing_if = "Option::is_none")]
        fact: Option<String>,
    },
}

/// Collects the mentions of one article.
pub struct Collector<'a> {
    rules: &'a Ruleset,
    article: &'a Article,
    mentions: Vec<Mention>,
    /// By index of the quantity: the group as the sheets name it, and the fact it was tied to.
    tied: BTreeMap<usize, (Option<String>, Option<String>)>,
}

impl<'a> Collector<'a> {
    pub fn new(rules: &'a Ruleset, article: &'a Article) -> Self {
        Self { rules, article, mentions: Vec::new(), tied: BTreeMap::new() }
    }

    fn add(&mut self, span: Range<usize>, detail: Detail) {
        let text = without_blanks(self.article.text().get(span.clone()).unwrap_or("")).into_owned();
        let offset = self.article.body.start;
        self.mentions.push(Mention { span: span.start + offset..span.end + offset, text, detail });
    }

    /// The dates of an article.
    pub fn dates(&mut self, read: &Read<'_>) {
        for mention in read.dates {
            let (mut date, mut from, mut to, mut problem) = (None, None, None, None);
            match mention.meaning {
                Meaning::Day(day) => date = Some(day),
                Meaning::Range(first, last) => (from, to) = (Some(first), Some(last)),
                Meaning::Impossible { .. } => problem = Some("no such day"),
                Meaning::Unresolved => problem = Some("no day to read it from"),
            }
            self.add(mention.span.clone(), Detail::Date { date, from, to, problem });
        }
    }

    /// The names of a sheet's cast.
    pub fn names(&mut self, case: &Case<'_>) {
        for name in case.names {
            let Some(member) = case.sheet.cast.get(name.member.0 as usize) else { continue };
            let verdict = match name.standing {
                Standing::Licensed | Standing::Unjudged => Verdict::Agrees,
                Standing::Foreign => Verdict::Foreign,
                Standing::Garbled => Verdict::Garbled,
            };
            self.add(name.span.clone(), Detail::Name { cast: member.id.clone(), verdict });
        }
    }

    /// Which quantities a sheet has facts for.
    pub fn facts(&mut self, case: &Case<'_>, tied: &[Option<Linked<'_>>]) {
        for (claim, linked) in case.claims.iter().zip(tied) {
            let group = match claim.whose {
                Whose::Group(group) | Whose::Carried(group) => group_id(case, group).map(str::to_owned),
                _ => None,
            };
            let fact = linked.as_ref().map(|linked| format!("figures.{}", linked.figure.id));
            if group.is_some() || fact.is_some() {
                // Of several sheets the first that knows it.
                self.tied.entry(claim.quantity).or_insert((group, fact));
            }
        }
    }

    /// The quantities of an article.
    pub fn quantities(&mut self, read: &Read<'_>, claims: &[Claim]) {
        for (index, quantity) in read.quantities.iter().enumerate() {
            // Claims are in order of their quantities.
            let claim = claims
                .binary_search_by_key(&index, |claim| claim.quantity)
                .ok()
                .and_then(|claim| claims.get(claim));
            let concept = claim
                .filter(|claim| !claim.barred && quantity.unit.is_none())
                .and_then(|claim| self.rules.concepts.get(claim.concept? as usize))
                .map(|concept| concept.id.clone());
            let of_rules = claim.and_then(|claim| match claim.whose {
                Whose::Group(GroupWord::Rule(group)) | Whose::Carried(GroupWord::Rule(group)) => {
                    self.rules.groups.get(group as usize).map(|group| group.id.clone())
                }
                _ => None,
            });
            let tied = self.tied.get(&index).cloned();
            let (group, fact) = tied.unwrap_or_default();
            let is_point = quantity.hedge == HedgeKind::Exact;
            let bound = |bound: f64| (!is_point && bound.is_finite()).then_some(bound);
            let shown = quantity.shown();
            self.add(
                quantity.span.clone(),
                Detail::Quantity {
                    value: is_point.then_some(quantity.value),
                    low: bound(shown.low),
                    high: bound(shown.high),
                    low_open: (!is_point).then_some(shown.low_open),
                    high_open: (!is_point).then_some(shown.high_open),
                    hedge: quantity.hedge,
                    concept,
                    group: group.or(of_rules),
                    unit: quantity.unit,
                    article: quantity.article,
                    fact,
                },
            );
        }
    }

    /// Every mention in order of its place, the longer first where two begin together.
    pub fn finish(mut self) -> Vec<Mention> {
        self.mentions.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
        self.mentions
            .dedup_by(|later, first| later.span == first.span && later.detail_kind() == first.detail_kind());
        self.mentions
    }
}

impl Mention {
    fn detail_kind(&self) -> std::mem::Discriminant<Detail> {
        std::mem::discriminant(&self.detail)
    }
}
