//! The words of one sentence that matter to its numbers, sorted out once: what is counted, whose
//! people, and the markers around both.

use std::ops::Range;

use super::GroupWord;
use crate::language::sense::SheetWord;
use crate::language::{Hit, Marker, Sense, SenseSet, SmallWords, Term};
use crate::reading::lexer::TokenKind;
use crate::reading::scan::Scan;
use crate::reading::vocabulary::Shape;

/// A word or phrase that says what is counted.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    pub(super) range: Range<usize>,
    pub(super) concept: u16,
}

/// A word or phrase that names people: of a group, or anybody.
#[derive(Clone, Debug)]
pub(super) struct People {
    pub(super) range: Range<usize>,
    pub(super) group: Option<GroupWord>,
}

/// See the [module](self). Everything is in order of its first token.
pub(super) struct Words<'a> {
    pub(super) scan: &'a Scan<'a>,
    pub(super) sentence: Range<usize>,
    pub(super) triggers: Vec<Trigger>,
    pub(super) people: Vec<People>,
    markers: Vec<(Range<usize>, Marker)>,
    sheet: &'a [Hit],
    /// By token of the sentence: every number of it asks for the same ones again and again.
    spots: Vec<Spot>,
}

/// What is known of one token.
#[derive(Clone, Copy)]
struct Spot {
    /// Bits of the markers that begin there, by [`bit`].
    markers: u64,
    step: Step,
    /// A word without any meaning to the reader.
    unknown: bool,
}

/// The bit of a marker in [`Spot::markers`].
fn bit(marker: Marker) -> u64 {
    1 << marker as u64
}

/// How a token stands between a number and a word further on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A small word, a word with a known meaning, a quotation mark.
    Light,
    /// A word of which nothing is known.
    Heavy,
    /// A comma, a bracket, a dash, a colon.
    Comma,
    /// A word that joins: and, but.
    Join,
    /// A word that begins a new clause.
    Break,
    /// A semicolon.
    Stop,
    /// Within a clause that only tells more of a word, or who says so: it is no way at all.
    Inserted,
}

impl Step {
    pub(super) fn is_within_clause(self) -> bool {
        matches!(self, Self::Light | Self::Heavy | Self::Join | Self::Inserted)
    }
}

/// What the words of one sentence were kept in, for those of the next: a text has hundreds of sentences.
#[derive(Default)]
pub(super) struct Room {
    triggers: Vec<Trigger>,
    people: Vec<People>,
    markers: Vec<(Range<usize>, Marker)>,
    spots: Vec<Spot>,
}

impl<'a> Words<'a> {
    /// Gives back the room that they took.
    pub(super) fn leave(self) -> Room {
        Room { triggers: self.triggers, people: self.people, markers: self.markers, spots: self.spots }
    }

    /// `taken` holds the tokens of the sentence's numbers with their hedges, in order: their words
    /// qualify the number and nothing else. `sheet` holds the hits of a sheet's own wording.
    pub(super) fn new(
        scan: &'a Scan<'a>,
        sentence: Range<usize>,
        taken: &[Range<usize>],
        sheet: &'a [Hit],
        room: Room,
    ) -> Self {
        let Room { mut triggers, mut people, mut markers, mut spots } = room;
        triggers.clear();
        people.clear();
        markers.clear();
        spots.clear();
        spots.resize(sentence.len(), Spot { markers: 0, step: Step::Light, unknown: true });
        let sheet = within(sheet, &sentence);
        let mut words = Self { scan, triggers, people, markers, sheet, spots, sentence };
        let mut next = 0;
        let mut is_taken = |range: &Range<usize>| {
            while taken.get(next).is_some_and(|taken| taken.end <= range.start) {
                next += 1;
            }
            taken.get(next).is_some_and(|taken| taken.start < range.end)
        };
        // Of overlapping words of one family the longest says what is meant.
        let mut noun = 0..0;
        let mut marker = 0..0;
        for hit in scan.hits_in(&words.sentence) {
            let range = hit.token as usize..hit.token as usize + hit.len as usize;
            if is_taken(&range) {
                continue;
            }
            match hit.sense {
                Sense::Concept(concept) if !covers(&noun, &range) => {
                    widen(&mut noun, &range);
                    words.triggers.push(Trigger { range, concept });
                }
                Sense::Group(_) | Sense::People if !covers(&noun, &range) => {
                    widen(&mut noun, &range);
                    let group = match hit.sense {
                        Sense::Group(group) => Some(GroupWord::Rule(group)),
                        _ => None,
                    };
                    words.people.push(People { range, group });
                }
                Sense::Clause(kind) if !covers(&marker, &range) => {
                    widen(&mut marker, &range);
                    if let Some(spot) = words.spots.get_mut(range.start - words.sentence.start) {
                        spot.markers |= bit(kind);
                    }
                    words.markers.push((range, kind));
                }
                _ => {}
            }
        }
        words.add_sheet_groups();
        for (at, token) in words.sentence.clone().zip(0..) {
            let Some(spot) = words.spots.get(token).copied() else { break };
            let unknown = scan.kind(at) == Some(TokenKind::Word) && !scan.begins(at).has_any(MEANING);
            let is_within_number = taken
                .get(taken.partition_point(|taken| taken.end <= at))
                .is_some_and(|taken| taken.start <= at && scan.kind(at) == Some(TokenKind::Symbol));
            // The comma of "1,240" parts nothing.
            let step = if is_within_number { Step::Light } else { words.step_of(at, spot.markers, unknown) };
            words.spots[token] = Spot { step, unknown, ..spot };
        }
        words.open_attributions(taken);
        words
    }

    /// "The missing, according to the ministry, are 30": who says so between commas parts nothing.
    fn open_attributions(&mut self, taken: &[Range<usize>]) {
        let is_comma = |words: &Self, at: usize| words.scan.is_symbol(at, ",");
        let mut at = self.sentence.start;
        while at < self.sentence.end {
            let opening = at;
            at += 1;
            if !is_comma(self, opening) {
                continue;
            }
            let says = self.marker_at(opening + 1, Marker::Says).is_some();
            if !says && !self.is_relative(opening) {
                continue;
            }
            let limit = self.sentence.end.min(opening + if says { INSERTION } else { RELATIVE });
            let Some(closing) = (opening + 1..limit).find(|&at| is_comma(self, at)) else { continue };
            let inserted = opening..closing + 1;
            let holds_number =
                taken.iter().any(|taken| taken.start < inserted.end && inserted.start < taken.end);
            let holds_concept = self.triggers.iter().any(|trigger| inserted.contains(&trigger.range.start));
            if holds_number || holds_concept {
                continue;
            }
            for token in inserted {
                if let Some(spot) = self.spots.get_mut(token - self.sentence.start) {
                    *spot = Spot { markers: 0, step: Step::Inserted, unknown: false };
                }
            }
            at = closing;
        }
    }

    /// "The toll of the flood, which hit the east on Tuesday, rose to 217": a clause about a word behind the one that
    /// says what is counted.
    fn is_relative(&self, comma: usize) -> bool {
        let is_before = |trigger: &Trigger| {
            trigger.range.end <= comma
                && comma - trigger.range.end <= RELATIVE
                && self.is_toll(&trigger.range)
        };
        let begins = [Marker::Break, Marker::Definite]
            .iter()
            .any(|&marker| self.marker_at(comma + 1, marker).is_some());
        begins && self.triggers.iter().any(is_before)
    }

    fn spot(&self, at: usize) -> Option<&Spot> {
        self.spots.get(at.checked_sub(self.sentence.start)?)
    }

    /// Groups of the sheet stand beside those of the rules; where both begin together the longer wins,
    /// and of two equal ones the sheet's, which knows the story.
    fn add_sheet_groups(&mut self) {
        for hit in self.sheet {
            let Sense::Sheet(SheetWord::Group(group)) = hit.sense else { continue };
            let range = hit.token as usize..hit.token as usize + hit.len as usize;
            let spot = People { range: range.clone(), group: Some(GroupWord::Sheet(group)) };
            let at = self.people.partition_point(|people| people.range.start < range.start);
            match self.people.get_mut(at).filter(|known| known.range.start == range.start) {
                Some(known) if known.range.end <= range.end => *known = spot,
                Some(_) => {}
                None => self.people.insert(at, spot),
            }
        }
    }

    /// People named from a token on.
    pub(super) fn people_at(&self, at: usize) -> Option<&People> {
        let first = self.people.partition_point(|people| people.range.start < at);
        self.people.get(first).filter(|people| people.range.start == at)
    }

    /// People named within a stretch.
    pub(super) fn people_in(&self, range: &Range<usize>) -> &[People] {
        let first = self.people.partition_point(|people| people.range.start < range.start);
        let end = self.people.partition_point(|people| people.range.start < range.end);
        self.people.get(first..end.max(first)).unwrap_or(&[])
    }

    pub(super) fn trigger_at(&self, at: usize) -> Option<(usize, &Trigger)> {
        let first = self.triggers.partition_point(|trigger| trigger.range.start < at);
        self.triggers.get(first).filter(|trigger| trigger.range.start == at).map(|trigger| (first, trigger))
    }

    /// Whether a word that says what is counted is one for a whole toll: the death toll, the number of dead.
    pub(super) fn is_toll(&self, trigger: &Range<usize>) -> bool {
        let first = trigger.start.saturating_sub(TOLL).max(self.sentence.start);
        self.scan.hits_in(&(first..trigger.end)).iter().any(|hit| {
            let end = hit.token as usize + hit.len as usize;
            hit.sense == Sense::Term(Term::Toll) && end >= trigger.end
        })
    }

    /// Figures of the sheet whose own words begin at a token.
    pub(super) fn figures_at(&self, at: usize) -> impl Iterator<Item = u16> {
        within(self.sheet, &(at..at + 1)).iter().filter_map(|hit| match hit.sense {
            Sense::Sheet(SheetWord::Figure(figure)) => Some(figure),
            _ => None,
        })
    }

    /// The markers that begin within a stretch.
    pub(super) fn markers_in(&self, range: &Range<usize>) -> &[(Range<usize>, Marker)] {
        let first = self.markers.partition_point(|(at, _)| at.start < range.start);
        let end = self.markers.partition_point(|(at, _)| at.start < range.end);
        self.markers.get(first..end.max(first)).unwrap_or(&[])
    }

    pub(super) fn has(&self, range: &Range<usize>, marker: Marker) -> bool {
        let from = range.start.max(self.sentence.start) - self.sentence.start;
        let to = range.end.min(self.sentence.end).saturating_sub(self.sentence.start);
        self.spots.get(from..to).is_some_and(|spots| spots.iter().any(|spot| spot.markers & bit(marker) != 0))
    }

    /// The length of a marker that begins at a token.
    #[inline]
    pub(super) fn marker_at(&self, at: usize, marker: Marker) -> Option<usize> {
        // Most tokens are no such marker.
        if self.spot(at)?.markers & bit(marker) == 0 {
            return None;
        }
        self.markers_in(&(at..at + 1))
            .iter()
            .filter(|(_, known)| *known == marker)
            .map(|(range, _)| range.len())
            .max()
    }

    /// Where a marker begins that ends at most `words` before a token, with no comma between.
    pub(super) fn marker_before(&self, at: usize, marker: Marker, words: usize) -> Option<usize> {
        let from = at.saturating_sub(words + 5).max(self.sentence.start);
        if !self.has(&(from..at), marker) {
            return None;
        }
        self.markers_in(&(from..at)).iter().rev().find_map(|(range, known)| {
            (*known == marker
                && range.end <= at
                && range.end + words >= at
                && (range.end..at).all(|between| self.step(between).is_within_clause()))
            .then_some(range.start)
        })
    }

    /// Whether a marker begins at most `words` behind a token.
    pub(super) fn marker_after(&self, at: usize, marker: Marker, words: usize) -> bool {
        let end = (at + words).min(self.sentence.end);
        if !self.has(&(at..end), marker) {
            return false;
        }
        self.markers_in(&(at..end)).iter().any(|(range, known)| {
            *known == marker && (at..range.start).all(|between| self.step(between) != Step::Stop)
        })
    }

    pub(super) fn step(&self, at: usize) -> Step {
        match self.spot(at) {
            Some(spot) => spot.step,
            None => self.step_of(at, 0, self.is_unknown(at)),
        }
    }

    fn step_of(&self, at: usize, markers: u64, unknown: bool) -> Step {
        match self.scan.kind(at) {
            Some(TokenKind::Symbol) => match self.scan.symbol(at) {
                Some(',' | '(' | ')' | '—' | '–' | ':' | '、' | '，') => Step::Comma,
                Some(';' | '；') => Step::Stop,
                _ => Step::Light,
            },
            Some(TokenKind::Word) => {
                if markers & bit(Marker::Break) != 0 {
                    Step::Break
                } else if self.joins(at) {
                    Step::Join
                } else if unknown {
                    Step::Heavy
                } else {
                    Step::Light
                }
            }
            _ => Step::Light,
        }
    }

    fn joins(&self, at: usize) -> bool {
        self.scan.small_words(at).is(SmallWords::JOINS)
    }

    /// A word without any meaning to the reader.
    pub(super) fn is_unknown(&self, at: usize) -> bool {
        match self.spot(at) {
            Some(spot) => spot.unknown,
            None => self.scan.kind(at) == Some(TokenKind::Word) && !self.scan.begins(at).has_any(MEANING),
        }
    }

    /// An unknown word that may be a verb: names and, where they are capitalised, nouns are none.
    pub(super) fn may_be_verb(&self, at: usize) -> bool {
        self.sentence.contains(&at)
            && self.is_unknown(at)
            && self.scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Lower | Shape::Caseless))
    }

    /// The stretch around a number up to the nearest comma, bracket or clause word.
    pub(super) fn clause(&self, tokens: &Range<usize>) -> Range<usize> {
        let ends = |at: usize| !self.step(at).is_within_clause();
        let least = tokens.start.saturating_sub(CLAUSE).max(self.sentence.start);
        let most = (tokens.end + CLAUSE).min(self.sentence.end);
        let mut start = tokens.start;
        while start > least && !ends(start - 1) {
            start -= 1;
        }
        let mut end = tokens.end;
        while end < most && !ends(end) {
            end += 1;
        }
        start..end
    }
}

/// The longest clause, in tokens on either side of a number: a text without a stop must not be walked
/// through for every number in it.
const CLAUSE: usize = 48;

/// Senses that mean something to whoever reads numbers.
const MEANING: SenseSet =
    SenseSet::CLAUSE.and(SenseSet::CONCEPT).and(SenseSet::GROUP).and(SenseSet::PEOPLE).and(SenseSet::DATE);

/// "Number of" before what is counted is no longer, in tokens.
const TOLL: usize = 4;

/// A clause that only tells more of a word is no longer, in tokens.
const RELATIVE: usize = 16;

/// Who says so is no longer between two commas, in tokens.
const INSERTION: usize = 10;

fn within<'a>(hits: &'a [Hit], range: &Range<usize>) -> &'a [Hit] {
    let first = hits.partition_point(|hit| (hit.token as usize) < range.start);
    let end = hits.partition_point(|hit| (hit.token as usize) < range.end);
    hits.get(first..end.max(first)).unwrap_or(&[])
}

/// Whether `range` is a lesser part of `longer`.
fn covers(longer: &Range<usize>, range: &Range<usize>) -> bool {
    longer.start <= range.start && range.end <= longer.end && range.len() < longer.len()
}

fn widen(longest: &mut Range<usize>, range: &Range<usize>) {
    if range.end > longest.end {
        *longest = range.clone();
    }
}
