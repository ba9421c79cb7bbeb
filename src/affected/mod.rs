//! Which passages of the copy a change of a fact sheet touches, and what an agency would send about them.
//!
//! An article is held against the old sheet and against the new one. What agreed with the old one and
//! disagrees with the new one needs a correction; what speaks of a changed fact and agrees is touched. Nothing
//! is compared by its words: both runs go the way that every check goes.

mod advisory;
mod diff;
mod passages;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::article::Article;
use crate::checks::figures;
use crate::checks::names::fact_id;
use crate::engine::{Engine, Options, PreparedSheet, Request, Scratches, Step};
use crate::finding::{Finding, Severity, Verdict};
use passages::Passages;

pub use passages::Passage;

/// A sheet as it was and as it is; a new one has no old one, one that was removed no new one.
pub struct Change {
    pub old: Option<Arc<PreparedSheet>>,
    pub new: Option<Arc<PreparedSheet>>,
    /// Ids of the facts that are not the same: `figures.killed`.
    pub facts: BTreeSet<String>,
}

/// How a passage stands to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It was right by the old sheet and is not by the new one.
    Correction,
    /// It speaks of a changed fact, and nothing has to be done: it holds still, or it disagreed before, or no
    /// fact covers it any more.
    Touched(Standpoint),
}

/// How what is touched stands to both sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standpoint {
    Holds,
    /// It disagreed with the old sheet and agrees with the new one.
    RightNow,
    /// It disagrees with both: `factlint check` tells it anyway.
    WrongBefore,
    /// The new sheet says nothing of it.
    NotCovered,
}

/// One passage.
#[derive(Clone, Debug)]
pub struct Affected {
    pub effect: Effect,
    /// Bytes of the article's file.
    pub span: Range<usize>,
    pub text: String,
    pub passage: Passage,
    /// `figures.killed`.
    pub fact: String,
    /// What the new sheet has.
    pub expected: Option<String>,
    /// The finding's message, of a correction.
    pub message: Option<String>,
    /// `CORRECTS death toll in 4th paragraph to 164, not 146`, of a correction.
    pub advisory: Option<String>,
}

impl Change {
    pub fn new(old: Option<Arc<PreparedSheet>>, new: Option<Arc<PreparedSheet>>) -> Self {
        let facts = match (&old, &new) {
            (Some(old), Some(new)) => diff::changed(&old.sheet, &new.sheet),
            (Some(only), None) | (None, Some(only)) => diff::all(&only.sheet),
            (None, None) => BTreeSet::new(),
        };
        Self { old, new, facts }
    }
}

/// What the changes touch in one article, in order. The request's own sheets play no part.
pub fn affected(
    engine: &Engine,
    request: &Request<'_>,
    changes: &[Arc<Change>],
    scratch: &mut Scratches,
) -> Vec<Affected> {
    let passages = Passages::of(request.article.text());
    let mut found = Vec::new();
    for change in changes.iter().filter(|change| !change.facts.is_empty()) {
        let mut side = |sheet: &Option<Arc<PreparedSheet>>, before: &[Agreed]| {
            let sheets: Vec<_> = sheet.iter().cloned().collect();
            look(engine, &Request { sheets: &sheets, ..*request }, change, before, scratch)
        };
        let old = side(&change.old, &[]);
        let new = side(&change.new, &old.agreed);
        let mut spots: Vec<&Spot> = old.ties.iter().chain(&new.ties).collect();
        spots.extend(new.findings.iter().map(|(spot, _)| spot));
        spots.extend(old.findings.iter().map(|(spot, _)| spot));
        spots.sort();
        spots.dedup();
        for spot in spots {
            let finding = |side: &Side| {
                side.findings.iter().find(|(of, _)| of == spot).map(|(_, finding)| finding.clone())
            };
            let (before, now) = (finding(&old), finding(&new));
            let effect = match (&before, &now) {
                (Some(before), Some(now)) if before.verdict == now.verdict => {
                    Effect::Touched(Standpoint::WrongBefore)
                }
                (_, Some(_)) => Effect::Correction,
                (Some(_), None) => Effect::Touched(Standpoint::RightNow),
                (None, None) if new.ties.contains(spot) => Effect::Touched(Standpoint::Holds),
                (None, None) => Effect::Touched(Standpoint::NotCovered),
            };
            let passage = passages.at(spot.start.saturating_sub(request.article.body.start));
            let corrected = now.as_ref().filter(|_| effect == Effect::Correction);
            let text = text(request.article, spot);
            let advisory = corrected.map(|now| {
                let sheet = change.new.as_ref().map(|sheet| &sheet.sheet);
                advisory::advisory(engine.rules(), sheet, now, &text, &spot.fact, passage)
            });
            found.push(Affected {
                effect,
                span: spot.start..spot.end,
                text,
                passage,
                fact: spot.fact.clone(),
                expected: now.as_ref().and_then(|now| now.expected.clone()),
                message: corrected.map(|now| now.message.clone()),
                advisory,
            });
        }
    }
    found.sort_by(|a, b| (a.span.start, a.span.end, &a.fact).cmp(&(b.span.start, b.span.end, &b.fact)));
    found.dedup_by(|a, b| a.span == b.span && a.fact == b.fact);
    found
}

/// A stretch of the file that a changed fact is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    start: usize,
    end: usize,
    fact: String,
}

/// A number that agreed with a figure of the old sheet: the quantity's index, the figure's id.
type Agreed = (usize, String);

/// How a passage disagrees with a sheet.
#[derive(Clone, Debug)]
struct Disagreement {
    verdict: Verdict,
    /// Of the rule, where one tells it.
    rule: Option<Arc<str>>,
    expected: Option<String>,
    message: String,
}

/// One article before one sheet.
struct Side {
    /// What speaks of a changed fact.
    ties: Vec<Spot>,
    agreed: Vec<Agreed>,
    /// What disagrees with one, and how.
    findings: Vec<(Spot, Disagreement)>,
}

fn look(
    engine: &Engine,
    request: &Request<'_>,
    change: &Change,
    before: &[Agreed],
    scratch: &mut Scratches,
) -> Side {
    let mut side = Side { ties: Vec::new(), agreed: Vec::new(), findings: Vec::new() };
    let offset = request.article.body.start;
    let spot = |span: &Range<usize>, fact: String| {
        let changed = change.facts.contains(&fact);
        changed.then(|| Spot { start: span.start + offset, end: span.end + offset, fact })
    };
    engine.visit(request, &Options::default(), scratch, |_, step| {
        let Step::Case(case) = step else { return };
        for name in case.names {
            let member = case.sheet.cast.get(name.member.0 as usize);
            side.ties.extend(member.and_then(|member| spot(&name.span, fact_id(member))));
        }
        for (claim, linked) in case.claims.iter().zip(figures::tie(case)) {
            let Some(quantity) = case.read.quantities.get(claim.quantity) else { continue };
            if let Some(linked) = linked {
                let id = &linked.figure.id;
                if matches!(linked.judgement.verdict, Verdict::Agrees | Verdict::Loose) {
                    side.agreed.push((claim.quantity, id.clone()));
                }
                side.ties.extend(spot(&quantity.span, format!("figures.{id}")));
                continue;
            }
            // What it was about is known; a check that knows the new sheet only may doubt it.
            let Some((_, id)) = before.iter().find(|(index, _)| *index == claim.quantity) else { continue };
            let Some(figure) = case.sheet.figures.iter().find(|figure| figure.id == *id) else { continue };
            let judgement = figures::judge_against(case, claim, figure);
            let at = spot(&quantity.span, format!("figures.{id}"));
            let (Some(judgement), Some(at)) = (judgement, at) else { continue };
            side.ties.push(at.clone());
            if matches!(judgement.verdict, Verdict::Wrong | Verdict::Retracted | Verdict::Stale) {
                let expected = judgement.current.map(|entry| entry.value.text.clone());
                let has = expected.as_deref().unwrap_or("another number");
                let message = format!("the sheet has {has}");
                let verdict = judgement.verdict;
                side.findings.push((at, Disagreement { verdict, rule: None, expected, message }));
            }
        }
    });
    let checked = engine.check(request, scratch);
    // What the desk lets stand in copy has changed all the same when its fact has.
    let silenced = checked.silenced.into_iter().map(|silenced| silenced.finding);
    for finding in checked.findings.into_iter().chain(silenced) {
        let Some(fact) = finding.fact.as_ref().map(|fact| fact.id.clone()) else { continue };
        // What is right only later, or disputed, is nothing to correct.
        let counts = finding.severity > Severity::Info
            && !matches!(finding.verdict, Verdict::Ahead | Verdict::Disputed | Verdict::Newer);
        if counts && change.facts.contains(&fact) {
            let at = Spot { start: finding.span.start, end: finding.span.end, fact };
            let Finding { verdict, rule, expected, message, .. } = finding;
            side.findings.push((at, Disagreement { verdict, rule: Some(rule), expected, message }));
        }
    }
    side
}

fn text(article: &Article, spot: &Spot) -> String {
    article.source.text.get(spot.start..spot.end).unwrap_or("").to_owned()
}
