//! What the copies name, as it stands there: full names, family names alone, organizations with their
//! abbreviations, countries and cities.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Copy;
use crate::checks::case::Read;
use crate::checks::internal::name_words::{FullName, Word, words};
use crate::checks::internal::{self, Owned};
use crate::engine::{Engine, Options, Scratches, Step};
use crate::gazetteer::{EntryId, PlaceForm};
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::titles::{is_closing, office_before, office_behind};
use crate::reading::vocabulary::{Shape, fold_word};
use crate::report::visible;

/// Everything that was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) names: Vec<Name>,
    pub(super) lone: Vec<Lone>,
    pub(super) organizations: Vec<super::organizations::LongName>,
    /// How often each country and city is named.
    pub(super) places: BTreeMap<EntryId, usize>,
}

/// A full name where it stands.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) language: String,
    /// As it is written, without an ending that only marks a possessor.
    pub(super) text: String,
    /// Its words folded, hyphens and particles aside.
    pub(super) words: Vec<String>,
    /// An office or an age stands beside it: it is a person's.
    pub(super) of_person: bool,
    /// Who is called so speaks, and the family name stands alone elsewhere as people's do.
    pub(super) speaks: bool,
    /// An article stands before it: it is a thing's.
    pub(super) defined: bool,
    pub(super) base: u32,
    /// File and sentence.
    pub(super) from: String,
}

/// A family name alone.
#[derive(Clone, Debug)]
pub(super) struct Lone {
    pub(super) language: String,
    pub(super) text: String,
    pub(super) folded: String,
}

/// So sure is it that a name stands in its base form.
pub(super) const SURE: u32 = 2;
/// One sign, which by itself is not enough.
const SIGN: u32 = 1;

/// Reads the copies, without any sheet.
pub(super) fn gather(engine: &Engine, copies: &[Copy<'_>]) -> Seen {
    let mut seen = Seen::default();
    let mut scratches = Scratches::default();
    for copy in copies {
        engine.visit(&copy.request(&[]), &Options::default(), &mut scratches, |_, step| {
            let Step::Numbers { read, claims } = step else { return };
            let owned = Owned::default();
            let within =
                internal::Copy { read, rules: engine.rules(), claims, dateline: None, owned: &owned };
            let found = within.read.full_names();
            let about = words(&within, found);
            let reader = Reader { engine, copy, read };
            // By full name, the word that is its family name.
            let mut families: Vec<Option<&Word>> = vec![None; found.len()];
            for word in &about {
                for &index in &word.full {
                    if let Some(family) = families.get_mut(index) {
                        *family = Some(word);
                    }
                }
            }
            for (name, word) in found.iter().zip(families) {
                seen.names.extend(reader.name(name, word));
            }
            seen.lone.extend(about.iter().flat_map(|word| &word.alone).map(|&at| reader.lone(at)));
            seen.organizations.extend(super::organizations::read(read, copy));
            for place in read.places.iter().filter(|place| place.tokens.start >= read.copy_start) {
                if let (PlaceForm::Name, [entry], false) =
                    (place.form, place.entries.as_slice(), place.ambiguous)
                {
                    *seen.places.entry(*entry).or_default() += 1;
                }
            }
        });
    }
    seen
}

struct Reader<'a> {
    engine: &'a Engine,
    copy: &'a Copy<'a>,
    read: &'a Read<'a>,
}

impl Reader<'_> {
    fn name(&self, name: &FullName, word: Option<&Word>) -> Option<Name> {
        let scan = self.read.scan;
        let mut tokens = name.given.start..name.family + 1;
        // What is part of an office, and countries' adjectives, are no part of the name behind them.
        let is_office = |at: usize| scan.has_over(at, |sense| matches!(sense, Sense::Office(_)));
        while tokens.len() > 1 && (is_office(tokens.start) || self.in_place(tokens.start)) {
            tokens.start += 1;
        }
        while let Some(before) = tokens.start.checked_sub(1).filter(|&at| self.extends(at)) {
            tokens.start = before;
        }
        let parts: Vec<String> = tokens
            .clone()
            .filter(|&at| scan.kind(at) == Some(TokenKind::Word) && !is_particle(scan, at))
            .map(|at| bare(scan, at).1)
            .collect();
        let office = self.office_before(tokens.start);
        // "Governor Ana Lima" is no city; without a sign of a person who knows.
        let is_place =
            self.in_place(name.family) && (office.is_none() || self.in_place(name.family.saturating_sub(1)));
        if parts.len() < 2 || is_place || is_office(name.family) {
            return None;
        }
        let before = tokens.start.saturating_sub(2)..tokens.start;
        let has = |range: &Range<usize>, accept: &dyn Fn(Sense) -> bool| {
            scan.hits_in(range).iter().any(|hit| accept(hit.sense))
        };
        let has_age = matches!(scan.raw(tokens.end), "," | "(")
            && scan.kind(tokens.end + 1) == Some(TokenKind::Number)
            && scan.raw(tokens.end + 1).len() == 2
            && matches!(scan.raw(tokens.end + 2), "," | ")" | ".");
        let says = |sense: Sense| matches!(sense, Sense::Clause(Marker::Says));
        let speaks = has(&(tokens.end..tokens.end + 2), &says) || has(&before, &says);
        let stands_alone = word.is_some_and(|word| !word.alone.is_empty());
        Some(Name {
            language: self.copy.language.to_owned(),
            text: text_of(scan, &tokens),
            words: parts,
            of_person: office.is_some() || has_age || self.has_office_behind(&tokens),
            speaks: speaks && stands_alone,
            defined: tokens.start.checked_sub(1).is_some_and(|at| scan.is_article(at)),
            base: self.base_signs(&tokens, office),
            from: sentence(self.read, self.copy, tokens.start),
        })
    }

    /// The office that stands before a name: "President X", "the president, X", "the foreign minister of Germany, X".
    fn office_before(&self, start: usize) -> Option<Range<usize>> {
        let scan = self.read.scan;
        let comma = start.checked_sub(1).filter(|&before| scan.is_symbol(before, ",")).unwrap_or(start);
        let place = |end: usize| {
            let next = self.read.places.partition_point(|place| place.tokens.end < end);
            self.read.places.get(next).filter(|place| place.tokens.end == end).map(|place| place.tokens.start)
        };
        // "of", "do", "von der".
        let is_small = |at: usize| {
            scan.is_article(at)
                || (scan.is_marked(at, &[Marker::Function, Marker::Link])
                    && !scan.is_marked(at, &[Marker::And, Marker::Break, Marker::Auxiliary]))
        };
        let before_small = |end: usize| {
            let mut at = end;
            while let Some(before) = at.checked_sub(1).filter(|&before| end - before <= 2 && is_small(before))
            {
                at = before;
            }
            at
        };
        let of = place(comma).map(before_small);
        let before = [Some(start), Some(comma), place(start), of];
        before.into_iter().flatten().find_map(|end| office_before(scan, end)).map(|(office, _)| office)
    }

    /// Whether an office stands behind a name in apposition: ", the prime minister of Denmark,". Where a place is told
    /// it may be anybody's: "in Porto Novo, the president".
    fn has_office_behind(&self, name: &Range<usize>) -> bool {
        /// What the office is of, in tokens.
        const LONGEST: usize = 5;
        let scan = self.read.scan;
        let is_told_where = name.start.checked_sub(1).is_some_and(|at| {
            scan.is_marked(at, &[Marker::Locative, Marker::Function]) && !scan.is_article(at)
        });
        if is_told_where || !matches!(scan.symbol(name.end), Some(',' | '(')) {
            return false;
        }
        let first = name.end + 1 + usize::from(scan.is_article(name.end + 1));
        let place = self.read.places_in(&(first..first + 1)).first().map_or(first, |place| place.tokens.end);
        let Some((office, _)) = office_behind(scan, place) else { return false };
        let closing = (office.end..=office.end + LONGEST).find(|&at| is_closing(scan, at));
        closing.is_some_and(|closing| {
            let is_plain = (office.end..closing).all(|at| {
                !scan.is_marked(at, &[Marker::Says, Marker::Auxiliary, Marker::And, Marker::Break])
            });
            // ", the president, Marko …": the title is of who comes.
            let is_next = scan.word(closing + 1).is_some_and(|word| word.shape == Shape::Capital);
            is_plain && !(scan.is_symbol(closing, ",") && is_next)
        })
    }

    /// Whether a capitalised word before a name is a part of it though it means something besides: "San", "Min".
    fn extends(&self, at: usize) -> bool {
        let scan = self.read.scan;
        let is_capital = scan.word(at).is_some_and(|word| word.shape == Shape::Capital);
        let begins = self.read.sentences.binary_search(&(at as u32)).is_ok();
        let is_harmless = scan.hits_at(at).iter().all(|hit| match hit.sense {
            Sense::Term(_) => true,
            // A unit has a capital where all nouns have.
            Sense::Number(_) => !scan.language.pack.capitalised_nouns,
            _ => false,
        });
        let is_joined = scan.gap(at + 1) == Gap::Space;
        is_capital && !begins && is_harmless && is_joined && !self.in_place(at)
    }

    /// How sure it is that a name stands in its base form.
    fn base_signs(&self, tokens: &Range<usize>, office: Option<Range<usize>>) -> u32 {
        let scan = self.read.scan;
        if !scan.language.pack.inflection.declines_names {
            return SURE;
        }
        let rules = self.engine.rules();
        // The rules list offices in their base form.
        let in_base_form = office.is_some_and(|office| {
            let written = scan.text_of(office.start, office.end).to_lowercase();
            (0..rules.offices.len() as u16)
                .flat_map(|index| rules.office_words(index, &scan.language.pack.language))
                .any(|word| word == written)
        });
        let says = |at: usize| scan.hits_at(at).iter().any(|hit| hit.sense == Sense::Clause(Marker::Says));
        let starts = self.read.sentences.binary_search(&(tokens.start as u32)).is_ok();
        let sure = in_base_form || says(tokens.end);
        if sure { SURE } else { SIGN * u32::from(starts) }
    }

    fn lone(&self, at: usize) -> Lone {
        let (text, folded) = bare(self.read.scan, at);
        Lone { language: self.copy.language.to_owned(), text, folded }
    }

    fn in_place(&self, at: usize) -> bool {
        self.read.place_over(at).is_some()
    }
}

fn is_particle(scan: &Scan<'_>, at: usize) -> bool {
    scan.language.pack.particles.iter().any(|particle| particle == scan.folded(at))
}

/// A token as written and folded, without an ending that only marks a possessor.
fn bare(scan: &Scan<'_>, at: usize) -> (String, String) {
    let folded = scan.folded(at);
    let without = scan.language.pack.inflection.without_possessive(folded);
    let dropped = folded.chars().count() - without.chars().count();
    let raw = scan.raw(at);
    let kept = raw.chars().count().saturating_sub(dropped);
    (raw.chars().take(kept).collect(), without.to_owned())
}

/// The text of some tokens on one line, without a possessive ending.
pub(super) fn text_of(scan: &Scan<'_>, tokens: &Range<usize>) -> String {
    let Some(last) = tokens.end.checked_sub(1) else { return String::new() };
    let whole = scan.text_of(tokens.start, tokens.end);
    let (kept, _) = bare(scan, last);
    let dropped = scan.raw(last).len().saturating_sub(kept.len());
    let text = whole.get(..whole.len().saturating_sub(dropped)).unwrap_or(whole);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a name as they are compared.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.split([' ', '-', '\u{a0}', '‐', '‑'])
        .map(|word| fold_word(word).folded)
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

/// The sentence around a token, behind the name of its file, as a comment has it.
pub(super) fn sentence(read: &Read<'_>, copy: &Copy<'_>, at: usize) -> String {
    const LONGEST: usize = 160;
    const AROUND: usize = 24;
    let tokens = read.sentence(at);
    let near = tokens.start.max(at.saturating_sub(AROUND))..tokens.end.min(at + AROUND);
    let text = read.scan.text_of(near.start, near.end);
    let line = visible::line(text);
    let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut short = if near.start > tokens.start { format!("… {words}") } else { words };
    if short.chars().count() > LONGEST {
        short = short.chars().take(LONGEST).collect();
        short.truncate(short.rfind(' ').unwrap_or(short.len()));
        short.push_str(" …");
    } else if near.end < tokens.end {
        short.push_str(" …");
    }
    format!("{}: {short}", visible::line(copy.path()))
}
