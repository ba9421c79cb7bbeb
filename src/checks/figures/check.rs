//! Reports the figures of an article that do not agree with the sheet.

use std::borrow::Cow;

use crate::checks::case::{Case, Draft, Reporter};
use crate::checks::numbers;
use crate::finding::{Coverage, Severity, Verdict};
use crate::interval::Interval;
use crate::language::Sense;
use crate::language::sense::SheetWord;
use crate::reading::claim::{Claim, Telling, Whose};
use crate::reading::dates::Meaning;
use crate::reading::lexer::Gap;
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::reading::quotation::is_quoted;
use crate::rules::Check;
use crate::sheet::Figure;
use crate::sheet::model::Entry;

use super::beside::{has_whole_beside, leave_compared};
use super::doubt::{is_doubtful, may_be_part};
use super::elsewhere;
use super::link::{Link, link, of_concept};
use super::pairs::{self, completed};
use super::series::{Judgement, Times, judge};
use super::slip;
use super::source::{Misattributed, by_source, is_taken_back};

/// What became of a claim: the figure it was tied to, and how it stands to it.
pub struct Linked<'a> {
    pub figure: &'a Figure,
    pub judgement: Judgement<'a>,
    /// The copy has it from a source that did not give it.
    pub misattributed: Option<Misattributed<'a>>,
}

/// Ties every claim to its figure, in order; `None` where none covers it.
pub fn tie<'a>(case: &Case<'a>) -> Vec<Option<Linked<'a>>> {
    let mut previous: Option<&Claim> = None;
    // The figure that the last whole number agreed with.
    let mut whole: Option<&Figure> = None;
    // Numbers that may only be a part of what their figures count.
    let mut parts: Vec<usize> = Vec::new();
    let mut tied: Vec<Option<Linked<'a>>> = case
        .claims
        .iter()
        .enumerate()
        .map(|(index, claim)| {
            let previous_end = previous
                .filter(|previous| previous.sentence == claim.sentence)
                .map_or(claim.sentence.start, |previous| case.read.quantities[previous.quantity].tokens.end);
            previous = Some(claim);
            let claim = completed(case, claim);
            let of = if claim.partitive { whole } else { whole.take() };
            let Link { figure, is_weak } = link(case, &claim, previous_end)?;
            let was_more = claim.telling == Telling::Additional;
            let claim = &*elsewhere::told(case, claim, figure);
            // "107 deaths, seven children among them": a part of that number, whatever the nation's is.
            if claim.partitive
                && match of {
                    Some(of) => figure.part_of.as_ref() != Some(&of.id),
                    None => !is_of_all(case, claim),
                }
            {
                return None;
            }
            let quantity = claimed(&case.read.quantities[claim.quantity], claim);
            let times = times(case, claim);
            let mut judgement = judge(figure, &quantity, claim, &times, case.rules.rises(&figure.concept))?;
            if is_weak && !is_slip_of(&judgement, &quantity) {
                return None;
            }
            let misattributed = by_source(case, claim, figure, &quantity, times.told, &mut judgement);
            if is_taken_back(case, claim, judgement.verdict) {
                judgement.verdict = Verdict::Agrees;
            }
            let is_explicit =
                matches!(claim.whose, Whose::Group(_)) || pairs::place_of(case, claim).is_some();
            if judgement.verdict == Verdict::Wrong
                && !is_explicit
                && agrees_elsewhere(case, claim, figure, &quantity)
            {
                return None;
            }
            if judgement.verdict == Verdict::Wrong && is_of_worded(case, figure, &quantity) {
                return None;
            }
            if judgement.verdict != Verdict::Agrees && is_of_words_there(case, claim, figure, &quantity) {
                return None;
            }
            let is_more = was_more && claim.telling == Telling::Told;
            if is_more && elsewhere::may_be_more(case, claim, &judgement)
                || is_doubtful(case, claim, figure, &judgement)
            {
                return None;
            }
            if may_be_part(case, claim, figure, &judgement) {
                parts.push(index);
            }
            if !claim.partitive && judgement.verdict == Verdict::Agrees {
                whole = Some(figure);
            }
            Some(Linked { figure, judgement, misattributed })
        })
        .collect();
    for part in parts {
        if !has_whole_beside(case, &tied, part) {
            tied[part] = None;
        }
    }
    leave_compared(case, &mut tied);
    tied
}

/// "The dead included 19 children": no number of the paragraph says of how many, so that all of the story's are meant.
fn is_of_all(case: &Case<'_>, claim: &Claim) -> bool {
    let at = case.claims.partition_point(|other| other.quantity < claim.quantity);
    let is_whole = |other: &&Claim| other.concept == claim.concept && !other.partitive;
    let before = case.claims.get(..at).unwrap_or(&[]).iter().rev().find(is_whole);
    matches!(claim.whose, Whose::Group(_))
        && before.is_none_or(|before| !is_same_paragraph(case, before.clause.end, claim))
}

/// Of a number that the words only nearly tie: it is a slip of what holds, or the very number that was told before.
fn is_slip_of(judgement: &Judgement<'_>, quantity: &Quantity) -> bool {
    match judgement.verdict {
        Verdict::Wrong | Verdict::Newer => {
            judgement.current.is_some_and(|current| slip::is_slip(quantity.value, current.value.number))
        }
        Verdict::Stale => slip::significant(quantity.value) >= SURE && quantity.hedge == HedgeKind::Exact,
        _ => false,
    }
}

/// So many digits of a number are no chance.
const SURE: usize = 3;

/// How a claim stands to a figure that it is known to be about, whether or not it would be tied to it: one that
/// agreed before the figure was corrected speaks of it still.
pub fn judge_against<'a>(case: &Case<'_>, claim: &Claim, figure: &'a Figure) -> Option<Judgement<'a>> {
    let quantity = claimed(case.read.quantities.get(claim.quantity)?, claim);
    judge(figure, &quantity, claim, &times(case, claim), case.rules.rises(&figure.concept))
}

/// The number that is claimed: of "rose from 18 to 26" the second.
fn claimed<'q>(quantity: &'q Quantity, claim: &Claim) -> Cow<'q, Quantity> {
    match quantity.second.as_ref().filter(|_| claim.only_upper) {
        Some(upper) => {
            let exactly = Interval::exactly(upper.value);
            Cow::Owned(Quantity {
                hedge: HedgeKind::Exact,
                value: upper.value,
                upper: None,
                hard: exactly,
                soft: exactly,
                ..quantity.clone()
            })
        }
        None => Cow::Borrowed(quantity),
    }
}

/// Reports what [`tie`] found, and counts what was checked and what no fact covers.
pub fn check(case: &Case<'_>, tied: &[Option<Linked<'_>>], reporter: &mut Reporter<'_>) -> Coverage {
    let mut coverage = Coverage::default();
    for (claim, linked) in case.claims.iter().zip(tied) {
        match linked {
            Some(linked) => {
                coverage.figures += 1;
                report(case, claim, linked, reporter);
            }
            None => {
                let counted = claim.concept.is_some() || !claim.figures.is_empty();
                let is_count = case.read.quantities[claim.quantity].unit.is_none();
                coverage.uncovered += usize::from(counted && is_count && !claim.barred);
            }
        }
    }
    coverage
}

fn report(case: &Case<'_>, claim: &Claim, linked: &Linked<'_>, reporter: &mut Reporter<'_>) {
    let Linked { figure, judgement, misattributed } = linked;
    let quantity = &case.read.quantities[claim.quantity];
    if let Some(misattributed) = misattributed {
        report_source(case, claim, figure, misattributed, judgement.matched, reporter);
        return;
    }
    // A number that is written wrongly is not wrong besides.
    if judgement.verdict == Verdict::Agrees
        || numbers::is_written_wrongly(quantity, claim, case.read.scan.text)
    {
        return;
    }
    let claimed = claimed(quantity, claim);
    let shown = match judgement.verdict {
        Verdict::Retracted => judgement.current,
        _ => judgement.current.or(judgement.matched),
    };
    let mut draft = Draft::new(Check::Figure, judgement.verdict, quantity.span.clone());
    draft.concept = Some(&figure.concept);
    if judgement.loose {
        draft.at_most = Severity::Warning;
    }
    // It was right once, and nobody knows of which day the copy is.
    if judgement.verdict == Verdict::Stale && times(case, claim).told.is_none() {
        draft.at_most = Severity::Info;
    }
    draft.expected = shown.map(|entry| entry.value.text.clone());
    let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    draft.values = vec![
        (
            "source",
            shown.and_then(|entry| entry.source.clone()).unwrap_or_else(|| "the fact sheet".to_owned()),
        ),
        ("as_of", shown.map(|entry| date(entry.as_of)).unwrap_or_default()),
        ("matched_as_of", judgement.matched.map(|entry| date(entry.as_of)).unwrap_or_default()),
        ("fact", format!("figures.{}", figure.id)),
        ("name", figure.id.clone()),
    ];
    let place = match (judgement.verdict, judgement.matched) {
        (Verdict::Stale | Verdict::Retracted | Verdict::Disputed | Verdict::Ahead, Some(matched)) => {
            Some(matched)
        }
        _ => shown,
    };
    draft.fact = Some((
        format!("figures.{}", figure.id),
        place.map_or(figure.span.clone(), |entry| entry.span.clone()),
    ));
    if let (Verdict::Retracted, Some(entry)) = (judgement.verdict, shown) {
        let source = entry.source.as_deref().unwrap_or(&figure.id);
        draft.notes.push(format!("the sheet now has {} ({source})", entry.value.text));
    }
    if judgement.verdict == Verdict::Wrong
        && let Some(other) = other_figure(case, claim, figure, &claimed)
    {
        draft.notes.push(format!("{} is what figures.{} has", quantity_text(case, quantity), other.id));
    }
    quote(case, claim, &mut draft);
    reporter.report(draft);
}

/// What a speaker says is not the desk's: it weighs less, and is not to be changed.
fn quote(case: &Case<'_>, claim: &Claim, draft: &mut Draft<'_>) {
    if is_quoted(case.read.quotations(), case.read.quantities[claim.quantity].tokens.start) {
        draft.quoted = true;
        draft.notes.push("it stands in a direct quotation".to_owned());
    }
}

/// Reports a number that the sheet has of another source than the copy.
fn report_source(
    case: &Case<'_>,
    claim: &Claim,
    figure: &Figure,
    misattributed: &Misattributed<'_>,
    matched: Option<&Entry>,
    reporter: &mut Reporter<'_>,
) {
    let quantity = &case.read.quantities[claim.quantity];
    let Some(matched) = matched else { return };
    let verdict = if misattributed.maybe_newer { Verdict::Newer } else { Verdict::Wrong };
    let mut draft = Draft::new(Check::FigureSource, verdict, quantity.span.clone());
    let own = misattributed.own;
    let named = case.sheet.cast.get(misattributed.source.0 as usize).and_then(|member| member.forms.first());
    draft.expected = Some(own.value.text.clone());
    draft.values = vec![
        ("source", matched.source.clone().unwrap_or_else(|| "the fact sheet".to_owned())),
        ("as_of", own.as_of.map(|day| day.to_string()).unwrap_or_default()),
        ("name", named.map(|form| form.text.clone()).unwrap_or_default()),
        ("fact", format!("figures.{}", figure.id)),
    ];
    draft.fact = Some((format!("figures.{}", figure.id), own.span.clone()));
    quote(case, claim, &mut draft);
    reporter.report(draft);
}

fn quantity_text<'a>(case: &Case<'a>, quantity: &Quantity) -> &'a str {
    case.read.scan.text.get(quantity.number.clone()).unwrap_or("")
}

fn times(case: &Case<'_>, claim: &Claim) -> Times {
    let span_of = |date: usize| match case.read.dates[date].meaning {
        Meaning::Day(day) => Some((day, day)),
        Meaning::Range(from, to) => Some((from, to)),
        _ => None,
    };
    match claim.as_of.and_then(span_of) {
        Some((from, to)) => Times { told: Some(to), named: vec![(from, to)], days: 1 },
        None => {
            // "22 February: general strike. 684 people were detained": told of the day at the paragraph's head.
            let heading = (0..claim.dates.start)
                .next_back()
                .filter(|&date| is_same_paragraph(case, case.read.dates[date].tokens.start, claim));
            let named = claim.dates.clone().chain(heading).filter_map(span_of).collect();
            Times { told: case.read.reference, named, days: claim.dates.len() }
        }
    }
}

/// Whether no paragraph ends between a token and the claim's sentence; far away one is taken to.
fn is_same_paragraph(case: &Case<'_>, token: usize, claim: &Claim) -> bool {
    const FARTHEST: usize = 200;
    claim.sentence.start.saturating_sub(token) < FARTHEST
        && (token + 1..=claim.sentence.start).all(|at| case.read.scan.gap(at) != Gap::Paragraph)
}

/// The number is right for another figure of the concept, or of those that the sheet's own words name alike: it was
/// probably meant for that one.
fn agrees_elsewhere(case: &Case<'_>, claim: &Claim, figure: &Figure, quantity: &Quantity) -> bool {
    let alike = claim.figures.iter().filter_map(|&index| case.sheet.figures.get(usize::from(index)));
    of_concept(case, claim).chain(alike).any(|other| {
        !std::ptr::eq(other, figure)
            && !other.constant
            // Above or below an open bound lies always something.
            && other.series.iter().any(|entry| quantity.soft.meets(&entry.value.interval))
    })
}

/// The very number of a figure that only the sheet has words for, and never all there are: "1,159 suspects stay in
/// custody", of the figure of those in pre-trial detention.
fn is_of_worded(case: &Case<'_>, figure: &Figure, quantity: &Quantity) -> bool {
    slip::significant(quantity.value) >= SURE
        && case.sheet.figures.iter().any(|other| {
            other.concept != figure.concept
                && case.rules.concept(&other.concept).is_none()
                && other
                    .series
                    .iter()
                    .any(|entry| entry.value.interval.is_point() && entry.value.number == quantity.value)
        })
}

/// Another figure's own words stand in the clause, and say of the number what the built-in concept only seems to:
/// "942 are held in pre-trial detention". They are the very words that name the concept, or that figure agrees; or
/// the figure's own words are carried over from another clause ("942 are held, 464 were set free").
fn is_of_words_there(case: &Case<'_>, claim: &Claim, figure: &Figure, quantity: &Quantity) -> bool {
    let is_of_figure =
        |index: u16| case.sheet.figures.get(usize::from(index)).is_some_and(|of| std::ptr::eq(of, figure));
    let stands_there = |range: &std::ops::Range<usize>| {
        case.wording_in(range)
            .iter()
            .any(|hit| matches!(hit.sense, Sense::Sheet(SheetWord::Figure(index)) if is_of_figure(index)))
    };
    let is_named = claim.figures.iter().any(|&index| is_of_figure(index));
    if is_named && stands_there(&claim.clause) {
        return false;
    }
    let trigger = claim.trigger.clone().unwrap_or(claim.clause.clone());
    let told = match is_named {
        true => claim.clause.clone(),
        false => claim.clause.start.min(trigger.start)..claim.clause.end.max(trigger.end),
    };
    case.wording_in(&told).iter().any(|hit| {
        let Sense::Sheet(SheetWord::Figure(index)) = hit.sense else { return false };
        let Some(other) = case.sheet.figures.get(usize::from(index)) else { return false };
        // A word that counts only beside others says nothing without them.
        if other.when.contains_key(&case.read.scan.language.pack.language)
            && !case.says(&claim.sentence, SheetWord::FigureWhen(index))
        {
            return false;
        }
        let start = hit.token as usize;
        let is_trigger = start < trigger.end && trigger.start < start + hit.len as usize;
        !std::ptr::eq(other, figure)
            && (is_named
                || is_trigger && other.concept != figure.concept
                || other.series.iter().any(|entry| quantity.soft.meets(&entry.value.interval)))
    })
}

fn other_figure<'a>(
    case: &Case<'a>,
    claim: &Claim,
    figure: &Figure,
    quantity: &Quantity,
) -> Option<&'a Figure> {
    of_concept(case, claim).find(|other| {
        !std::ptr::eq(*other, figure)
            && other
                .series
                .iter()
                .any(|entry| entry.value.interval.is_point() && entry.value.interval.contains(quantity.value))
    })
}
