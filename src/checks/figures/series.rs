//! A claim against one figure's dated values.

use jiff::civil::Date;

use super::slip;
use crate::finding::Verdict;
use crate::reading::claim::{Claim, Telling};
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::sheet::Figure;
use crate::sheet::model::{Entry, EntryKind};

/// The outcome: a verdict, and the entry that explains it.
#[derive(Clone, Copy, Debug)]
pub struct Judgement<'a> {
    pub verdict: Verdict,
    /// What the copy agrees with, where it agrees with anything.
    pub matched: Option<&'a Entry>,
    /// What is current at the time.
    pub current: Option<&'a Entry>,
    /// The copy is inside the hard interval and outside the soft one.
    pub loose: bool,
}

/// When a claim is told.
pub struct Times {
    /// The day for which it claims to be right: its own "as of", else the reference day.
    pub told: Option<Date>,
    /// Other days that the sentence names: a figure told with its own date is right if it was right then.
    pub named: Vec<(Date, Date)>,
    /// How many of them stand in the number's own sentence.
    pub days: usize,
}

/// Judges a number against a figure. `None` where the figure says nothing for that time.
pub fn judge<'a>(
    figure: &'a Figure,
    quantity: &Quantity,
    claim: &Claim,
    times: &Times,
    rises: bool,
) -> Option<Judgement<'a>> {
    let kind = match claim.telling {
        Telling::Told => EntryKind::Told,
        Telling::Planned => EntryKind::Planned,
        Telling::Expected => EntryKind::Expected,
        Telling::Additional => EntryKind::Additional,
        Telling::Remaining => EntryKind::Remaining,
    };
    let of_kind = |kind| figure.series.iter().filter(|entry| entry.kind == kind).collect::<Vec<&Entry>>();
    let mut entries = of_kind(kind);
    // "73 are still missing": of what rises and falls the number is always what is left.
    if entries.is_empty() && kind == EntryKind::Remaining && !rises {
        entries = of_kind(EntryKind::Told);
    }
    if entries.is_empty() {
        return None;
    }
    // What always holds was neither earlier nor later something else.
    let told = times.told.filter(|_| !figure.constant);
    let agrees = |entry: &&&Entry| quantity.hard.meets(&entry.value.interval);
    let current: Vec<&Entry> = current_at(&entries, told);
    let shown = current.iter().rev().find(|entry| !entry.disputed).or(current.last()).copied();
    let judgement = |verdict: Verdict, matched: Option<&'a Entry>| {
        let loose = matched.is_some_and(|entry| !quantity.soft.meets(&entry.value.interval));
        Some(Judgement { verdict, matched, current: shown, loose })
    };
    if let Some(entry) = current.iter().find(|entry| !entry.disputed && agrees(entry)) {
        let loose = !quantity.soft.meets(&entry.value.interval);
        let verdict = match loose {
            // "More than 600" of 6,000 is true, and most likely a digit lost.
            true if is_open_above(quantity)
                && (quantity.value * FAR_BELOW <= entry.value.number
                    || slip::swaps_digits(quantity.value, entry.value.number)) =>
            {
                Verdict::Wrong
            }
            // "At least 163" of 284: true, and the very number that was told before.
            true if is_open_above(quantity)
                && let Some(earlier) = replaced_by(&entries, entry, quantity) =>
            {
                return judgement(Verdict::Stale, Some(earlier));
            }
            true => Verdict::Loose,
            false => Verdict::Agrees,
        };
        return judgement(verdict, Some(entry));
    }
    if let Some(entry) = current.iter().find(agrees) {
        return judgement(Verdict::Disputed, Some(entry));
    }
    // "More than 5,000" of exactly 5,000: a round number of the sheet may be rounded itself.
    let touches = |entry: &&&Entry| {
        matches!(quantity.hedge, HedgeKind::MoreThan | HedgeKind::FewerThan)
            && entry.value.hedge == HedgeKind::Exact
            && entry.value.number == quantity.value
            && quantity.value >= 100.0
            && quantity.value % 10.0 == 0.0
    };
    if let Some(entry) = current.iter().find(touches) {
        return judgement(Verdict::Loose, Some(entry));
    }
    let named = times.named.iter().any(|&(from, to)| {
        entries
            .iter()
            .filter(|entry| was_current_between(&entries, entry, from, to))
            .any(|entry| agrees(&entry))
    });
    if named {
        return judgement(Verdict::Agrees, entries.iter().find(agrees).copied());
    }
    let is_later = |entry: &Entry| entry.as_of.zip(told).is_some_and(|(as_of, told)| as_of > told);
    if claim.previous {
        return entries
            .iter()
            .find(|entry| !is_later(entry) && agrees(entry))
            .and_then(|entry| judgement(Verdict::Agrees, Some(entry)));
    }
    // Nothing was known yet: the sheet cannot contradict.
    let earlier = entries.iter().rev().find(|entry| !is_later(entry) && agrees(entry)).copied();
    if let Some(entry) = earlier {
        let taken_back = entry.retracted.is_some_and(|day| told.is_none_or(|told| told > day));
        return judgement(if taken_back { Verdict::Retracted } else { Verdict::Stale }, Some(entry));
    }
    // A vague number that only a later value bears out tells nothing yet.
    if let Some(entry) =
        entries.iter().find(|entry| is_later(entry) && quantity.soft.meets(&entry.value.interval))
        && quantity.hedge != HedgeKind::Vague
    {
        return judgement(Verdict::Ahead, Some(entry));
    }
    if current.is_empty() {
        return None;
    }
    // "61 dead on Thursday, 102 on Friday": of a day before the first value, and less than it.
    let first = entries.first();
    let is_before_first =
        |&(_, day): &(Date, Date)| first.and_then(|first| first.as_of).is_some_and(|as_of| day < as_of);
    if rises
        && times.days > 1
        && times.named.iter().any(is_before_first)
        && first.is_some_and(|first| quantity.value < first.value.number)
    {
        return None;
    }
    let last = entries.iter().rev().find(|entry| entry.retracted.is_none());
    if rises
        && let Some(last) = last
        && last.as_of.zip(told).is_some_and(|(as_of, told)| told > as_of)
        && quantity.value > last.value.number
        && quantity.value < last.value.number * 2.0
    {
        return judgement(Verdict::Newer, None);
    }
    judgement(Verdict::Wrong, None)
}

/// The entry before the one that holds whose very number a quantity has, and no round one.
fn replaced_by<'a>(entries: &[&'a Entry], current: &Entry, quantity: &Quantity) -> Option<&'a Entry> {
    entries.iter().copied().rev().find(|entry| {
        entry.as_of < current.as_of
            && entry.value.interval.is_point()
            && entry.value.number == quantity.value
            && slip::significant(quantity.value) >= 2
    })
}

/// An open bound that is a quarter of the number or less.
const FAR_BELOW: f64 = 4.0;

fn is_open_above(quantity: &Quantity) -> bool {
    matches!(quantity.hedge, HedgeKind::MoreThan | HedgeKind::AtLeast)
}

/// What holds at some moment of a day: of each source the last value before it, and every value of the
/// day itself. Without a day, the last of each source.
pub(super) fn current_at<'a>(entries: &[&'a Entry], day: Option<Date>) -> Vec<&'a Entry> {
    let mut current: Vec<&Entry> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let Some(as_of) = entry.as_of else {
            current.push(entry);
            continue;
        };
        if day.is_some_and(|day| as_of > day) || is_retracted(entry, day) {
            continue;
        }
        let replaced = entries[index + 1..].iter().any(|later| {
            later.source == entry.source
                && !is_retracted(later, day)
                && later.as_of.is_some_and(|later_day| match day {
                    // A value of the day itself holds only from some moment of it.
                    Some(day) => later_day > as_of && later_day < day,
                    None => later_day > as_of,
                })
        });
        if !replaced {
            current.push(entry);
        }
    }
    current
}

fn is_retracted(entry: &Entry, day: Option<Date>) -> bool {
    entry.retracted.is_some_and(|retracted| day.is_none_or(|day| day > retracted))
}

fn was_current_between(entries: &[&Entry], entry: &&&Entry, from: Date, to: Date) -> bool {
    let mut day = from;
    // A span of more than a month names no day of its own.
    for _ in 0..32 {
        if current_at(entries, Some(day)).iter().any(|current| std::ptr::eq(*current, **entry)) {
            return true;
        }
        match day.tomorrow() {
            Ok(next) if next <= to => day = next,
            _ => return false,
        }
    }
    false
}
