//! The copy against itself: what cannot be right whatever the facts are. These checks run on every story,
//! with or without a sheet, so each is silent wherever the copy may be meant another way.

mod count;
mod dateline;
mod figure;
mod headline;
mod name;
pub(crate) mod name_words;
mod part;
mod partition;
mod percent;
mod sum;
mod together;

use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::case::{Case, Read, Reporter};
use super::figures::check::Linked;
use crate::language::{Hit, Marker, Sense, SenseSet, Term};
use crate::reading::claim::Claim;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::quantity::Quantity;
use crate::reading::vocabulary::WordId;
use crate::rules::{Check, Ruleset};

/// One article as the checks within the copy see it.
pub struct Copy<'a> {
    pub read: &'a Read<'a>,
    pub rules: &'a Ruleset,
    pub claims: &'a [Claim],
    /// The day of the dateline, where there is one.
    pub dateline: Option<Date>,
    pub owned: &'a Owned,
}

/// What the sheets of an article settle, so that nothing is said of it twice.
#[derive(Debug, Default)]
pub struct Owned {
    /// Quantities that a figure of a sheet was compared with, by their index.
    pub figures: FxHashSet<usize>,
    /// Where numbers begin, in bytes of the file, that were held against what they count by another rule.
    pub counts: FxHashSet<usize>,
    /// Words that stand in a name of the cast.
    pub names: FxHashSet<WordId>,
}

impl Owned {
    /// Takes what one sheet settles.
    pub fn add(&mut self, case: &Case<'_>, tied: &[Option<Linked<'_>>]) {
        let settled = case.claims.iter().zip(tied).filter(|(_, linked)| linked.is_some());
        self.figures.extend(settled.map(|(claim, _)| claim.quantity));
        for name in case.names {
            let tokens = case.read.scan.tokens.get(name.tokens.clone()).unwrap_or(&[]);
            self.names.extend(tokens.iter().map(|token| token.word));
        }
    }
}

/// Reports what the copy says against itself.
pub fn check(copy: &Copy<'_>, reporter: &mut Reporter<'_>) {
    if reporter.hears(&[Check::InternalPercent]) {
        percent::check(copy, reporter);
    }
    if reporter.hears(&[Check::InternalPart]) {
        part::check(copy, reporter);
    }
    if reporter.hears(&[Check::InternalSum]) {
        sum::check(copy, reporter);
        together::check(copy, reporter);
        partition::check(copy, reporter);
    }
    if reporter.hears(&[Check::InternalCount]) {
        count::check(copy, reporter);
    }
    if reporter.hears(&[Check::InternalDateline]) {
        dateline::check(copy, reporter);
    }
    if reporter.hears(&[Check::InternalHeadline, Check::InternalFigure]) {
        let headline = headline::find(copy);
        headline::check(copy, &headline, reporter);
        figure::check(copy, &headline, reporter);
    }
    if reporter.hears(&[Check::InternalName]) {
        name::check(copy, reporter);
    }
}

impl<'a> Copy<'a> {
    /// The longest phrase of a term that begins at a token, in tokens.
    fn term_at(&self, at: usize, term: Term) -> Option<usize> {
        self.sense_at(at, Sense::Term(term))
    }

    /// The longest phrase of a marker that begins at a token, in tokens.
    fn marker_at(&self, at: usize, marker: Marker) -> Option<usize> {
        self.sense_at(at, Sense::Clause(marker))
    }

    fn sense_at(&self, at: usize, sense: Sense) -> Option<usize> {
        let scan = self.read.scan;
        if !scan.begins(at).has_any(sense.into()) {
            return None;
        }
        scan.hits_at(at).iter().find(|hit| hit.sense == sense).map(|hit| hit.len as usize)
    }

    fn has_term(&self, range: &Range<usize>, term: Term) -> bool {
        self.has(range, SenseSet::term(term))
    }

    /// Every word or phrase of a term, in order. Most copy has none.
    fn told(&self, term: Term) -> impl Iterator<Item = &'a Hit> {
        self.read.scan.hits_of(SenseSet::term(term))
    }

    fn has_marker(&self, range: &Range<usize>, markers: &[Marker]) -> bool {
        self.has(range, SenseSet::markers(markers))
    }

    fn has(&self, range: &Range<usize>, senses: SenseSet) -> bool {
        self.read.scan.within(range).has_any(senses)
    }

    /// Where a phrase of a term begins that ends right at a token.
    fn term_before(&self, at: usize, term: Term) -> Option<usize> {
        const LONGEST: usize = 6;
        if !self.read.scan.ends_before(at).has_any(SenseSet::term(term)) {
            return None;
        }
        (at.saturating_sub(LONGEST)..at).find(|&start| {
            self.read
                .scan
                .hits_at(start)
                .iter()
                .any(|hit| hit.sense == Sense::Term(term) && start + hit.len as usize == at)
        })
    }

    fn quantity(&self, claim: &Claim) -> Option<&'a Quantity> {
        self.read.quantities.get(claim.quantity)
    }

    fn is_word(&self, at: usize) -> bool {
        self.read.scan.kind(at) == Some(TokenKind::Word)
    }

    /// The sentence around a token, as tokens.
    fn sentence(&self, at: usize) -> Range<usize> {
        let sentence = self.read.sentence(at);
        sentence.start.max(at.saturating_sub(SENTENCE))..sentence.end.min(at + SENTENCE)
    }

    /// The first token of a quantity with its hedge.
    fn hedged_start(&self, quantity: &Quantity) -> usize {
        let mut start = quantity.tokens.start;
        while let Some(before) = start.checked_sub(1)
            && self
                .read
                .scan
                .tokens
                .get(before)
                .is_some_and(|token| token.start as usize >= quantity.span.start)
        {
            start = before;
        }
        start
    }

    /// A plain count: no measure, no article, no range, nothing joined to another number.
    fn is_count(&self, quantity: &Quantity) -> bool {
        let scan = self.read.scan;
        let joined = |sign: usize| {
            scan.kind(sign) == Some(TokenKind::Symbol)
                && matches!(scan.raw(sign), "-" | "–" | ":" | "/" | "‑" | "−" | "." | "," | "%")
        };
        let tokens = &quantity.tokens;
        quantity.unit.is_none()
            && !quantity.article
            && quantity.upper.is_none()
            && !is_year(quantity)
            && !(scan.gap(tokens.end) == Gap::None
                && joined(tokens.end)
                && scan.gap(tokens.end + 1) == Gap::None)
            && !(scan.gap(tokens.start) == Gap::None
                && tokens.start.checked_sub(1).is_some_and(|before| joined(before) || self.is_word(before)))
    }

    /// A little of the copy around some bytes, for a message.
    fn excerpt(&self, span: &Range<usize>) -> String {
        const AROUND: usize = 40;
        let text = self.read.scan.text;
        let mut start = text.floor_char_boundary(span.start.saturating_sub(AROUND));
        let mut end = text.ceil_char_boundary((span.end + AROUND).min(text.len()));
        let head = text.get(start..span.start).unwrap_or("");
        start += match head.rfind('\n') {
            Some(line) => line + 1,
            None if start > 0 => head.find(' ').map_or(0, |space| space + 1),
            None => 0,
        };
        let tail = text.get(span.end..end).unwrap_or("");
        end = span.end
            + match tail.find('\n') {
                Some(line) => line,
                None if end < text.len() => tail.rfind(' ').unwrap_or(tail.len()),
                None => tail.len(),
            };
        text.get(start..end).unwrap_or("").trim().to_owned()
    }
}

/// A sentence reaches no further than this from a number, in tokens.
const SENTENCE: usize = 160;

/// Four digits without a mark that may be a year.
fn is_year(quantity: &Quantity) -> bool {
    quantity.digits
        && quantity.value.fract() == 0.0
        && (1800.0..=2100.0).contains(&quantity.value)
        && quantity.number.len() == 4
}
