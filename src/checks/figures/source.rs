//! Figures that the copy puts into the mouth of a source: they are compared with that source's own values
//! first.

use jiff::civil::Date;

use super::series::{Judgement, current_at};
use crate::checks::case::Case;
use crate::finding::Verdict;
use crate::language::{Marker, Sense};
use crate::reading::attribution::read_attributions;
use crate::reading::claim::{Claim, Telling};
use crate::reading::quantity::Quantity;
use crate::reading::vocabulary::fold_word;
use crate::sheet::model::{Entry, EntryKind};
use crate::sheet::{Figure, Kind, MemberId};

/// A source that is said to have given a number which the sheet has of another only.
#[derive(Clone, Copy, Debug)]
pub struct Misattributed<'a> {
    pub source: MemberId,
    /// What the source itself has at that time.
    pub own: &'a Entry,
    /// The source may have given it since.
    pub maybe_newer: bool,
}

/// Judges again what is said to come from a source: its own value agrees though the sheet disputes it,
/// stands for what would have been right, and tells a number that only others gave.
pub fn by_source<'a>(
    case: &Case<'a>,
    claim: &Claim,
    figure: &'a Figure,
    quantity: &Quantity,
    told: Option<Date>,
    judgement: &mut Judgement<'a>,
) -> Option<Misattributed<'a>> {
    if !figure.series.iter().any(|entry| entry.source.is_some()) {
        return None;
    }
    let source = named_source(case, claim)?;
    let is_own = |entry: &&Entry| {
        entry.source.as_deref().is_some_and(|text| is_named(case, source, text))
            && entry.kind == EntryKind::Told
    };
    let own: Vec<&'a Entry> = figure.series.iter().filter(is_own).collect();
    if own.is_empty() || claim.telling != Telling::Told {
        return None;
    }
    // "AAPP (still held)" is the AAPP's too.
    let first_words = |text: &str| text.split(['(', ',', ';']).next().unwrap_or_default().trim().to_owned();
    if judgement
        .matched
        .and_then(|entry| entry.source.as_deref())
        .is_some_and(|text| is_named(case, source, &first_words(text)))
    {
        return None;
    }
    let agrees = |entry: &Entry| quantity.hard.meets(&entry.value.interval);
    if judgement.verdict == Verdict::Disputed && judgement.matched.is_some_and(|entry| is_own(&entry)) {
        judgement.verdict = Verdict::Agrees;
        return None;
    }
    let latest = current_at(&own, told).last().copied()?;
    match judgement.verdict {
        Verdict::Wrong | Verdict::Stale => {
            judgement.current = Some(latest);
            None
        }
        Verdict::Agrees | Verdict::Loose | Verdict::Disputed
            if is_current(figure, judgement, told)
                && !claim.previous
                && !own.iter().any(|entry| agrees(entry)) =>
        {
            let is_later = latest.as_of.zip(told).is_some_and(|(as_of, told)| told > as_of);
            let maybe_newer =
                is_later && case.rules.rises(&figure.concept) && quantity.value > latest.value.number;
            Some(Misattributed { source, own: latest, maybe_newer })
        }
        _ => None,
    }
}

/// The number agrees with what holds now, not with what was told before.
fn is_current(figure: &Figure, judgement: &Judgement<'_>, told: Option<Date>) -> bool {
    let entries: Vec<&Entry> = figure.series.iter().filter(|entry| entry.kind == EntryKind::Told).collect();
    judgement
        .matched
        .is_some_and(|matched| current_at(&entries, told).iter().any(|entry| std::ptr::eq(*entry, matched)))
}

/// The one organization that the sentence of a claim says it from.
fn named_source(case: &Case<'_>, claim: &Claim) -> Option<MemberId> {
    let mut found = None;
    for attribution in read_attributions(case.read.scan, &claim.sentence, case.read.dates) {
        let first = attribution.before.saturating_sub(16).max(claim.sentence.start);
        let names = case.names_in(&(first..attribution.behind + 1));
        let speaker = names.iter().find(|name| {
            (name.tokens.end == attribution.before || name.tokens.start == attribution.behind)
                && case
                    .sheet
                    .cast
                    .get(name.member.0 as usize)
                    .is_some_and(|member| member.kind == Kind::Organization)
        });
        match (speaker, found) {
            (Some(name), None) => found = Some(name.member),
            (Some(name), Some(known)) if name.member == known => {}
            // Two speakers, or one of whom the sheet knows nothing: whose number it is stays open.
            _ => return None,
        }
    }
    found
}

/// Whether a source of the sheet, an id or a name, is this member.
fn is_named(case: &Case<'_>, member: MemberId, source: &str) -> bool {
    case.sheet.cast.get(member.0 as usize).is_some_and(|member| {
        member.id == source
            || member.forms.iter().any(|form| {
                form.text == source
                    || (form.text.len() == source.len()
                        && fold_word(&form.text).folded == fold_word(source).folded)
            })
    })
}

/// Whether another number of the sentence counts the same.
fn has_another(case: &Case<'_>, claim: &Claim) -> bool {
    let same = |other: &Claim| {
        other.quantity != claim.quantity
            && other.concept.is_some()
            && other.concept == claim.concept
            && claim.sentence.contains(&other.clause.start)
    };
    let at = case.claims.partition_point(|other| other.quantity < claim.quantity);
    [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|at| case.claims.get(at).is_some_and(same))
}

/// Whether the copy itself says that the number was taken back: in its sentence, or, of one that the sheet
/// has as retracted, in the next.
pub fn is_taken_back(case: &Case<'_>, claim: &Claim, verdict: Verdict) -> bool {
    let says = |range: &std::ops::Range<usize>| {
        case.read.scan.hits_in(range).iter().any(|hit| hit.sense == Sense::Around(Marker::TakenBack))
    };
    match verdict {
        Verdict::Stale => says(&claim.sentence),
        // "A toll of 164 was corrected to 146": one of the two is the one taken back.
        Verdict::Wrong | Verdict::Newer => says(&claim.sentence) && has_another(case, claim),
        Verdict::Retracted => {
            let starts = case.read.sentences;
            let next = starts.partition_point(|&start| (start as usize) < claim.sentence.end);
            let end = starts.get(next + 1).map_or(case.read.scan.tokens.len(), |&start| start as usize);
            says(&claim.sentence) || says(&(claim.sentence.end..end.min(claim.sentence.end + 60)))
        }
        _ => false,
    }
}
