//! Titles: words that name an office, and what stands around them. Whose office it is, and whether that is
//! so, is for the checks.

use std::ops::Range;

use smallvec::SmallVec;

use super::lexer::{Gap, TokenKind};
use super::scan::Scan;
use crate::language::sense::TitleWord;
use crate::language::{Sense, SenseSet};

/// No phrase that matters here is longer, in tokens.
const LONGEST_PHRASE: usize = 8;

/// The offices, by their index in the rule set, that one phrase can mean.
pub type Offices = SmallVec<[u16; 2]>;

/// The longest phrase for an office that ends at a token.
pub fn office_before(scan: &Scan<'_>, end: usize) -> Option<(Range<usize>, Offices)> {
    if !scan.ends_before(end).has_any(SenseSet::OFFICE) {
        return None;
    }
    let first = end.saturating_sub(LONGEST_PHRASE);
    (first..end).find_map(|start| office_over(scan, start..end))
}

/// The longest phrase for an office that begins at a token.
pub fn office_behind(scan: &Scan<'_>, start: usize) -> Option<(Range<usize>, Offices)> {
    if !scan.begins(start).has_any(SenseSet::OFFICE) {
        return None;
    }
    let longest = scan
        .hits_at(start)
        .iter()
        .filter(|hit| matches!(hit.sense, Sense::Office(_)))
        .map(|hit| hit.len as usize)
        .max()?;
    office_over(scan, start..start + longest)
}

fn office_over(scan: &Scan<'_>, tokens: Range<usize>) -> Option<(Range<usize>, Offices)> {
    let offices: Offices = scan
        .hits_at(tokens.start)
        .iter()
        .filter(|hit| hit.len as usize == tokens.len())
        .filter_map(|hit| match hit.sense {
            Sense::Office(office) => Some(office),
            _ => None,
        })
        .collect();
    (!offices.is_empty()).then_some((tokens, offices))
}

/// Senses of words around a title.
const AROUND: SenseSet = SenseSet::FORMER.and(SenseSet::ACTING).and(SenseSet::TITLE);

/// What one word or phrase beside a title says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    pub former: bool,
    pub acting: bool,
    pub held: bool,
    pub designate: bool,
    /// The title is another's, or another one.
    pub beside: bool,
    /// The country itself, where it is not named.
    pub country: bool,
}

impl Around {
    /// Whether it says anything.
    pub fn is_any(self) -> bool {
        self != Self::default()
    }

    /// Both taken together.
    pub fn and(self, other: Self) -> Self {
        Self {
            former: self.former | other.former,
            acting: self.acting | other.acting,
            held: self.held | other.held,
            designate: self.designate | other.designate,
            beside: self.beside | other.beside,
            country: self.country | other.country,
        }
    }

    fn take(&mut self, sense: Sense) {
        match sense {
            Sense::Former => self.former = true,
            Sense::Acting => self.acting = true,
            Sense::Title(TitleWord::Held) => self.held = true,
            Sense::Title(TitleWord::Designate) => self.designate = true,
            Sense::Title(TitleWord::Beside) => self.beside = true,
            Sense::Title(TitleWord::Country) => self.country = true,
            _ => {}
        }
    }
}

/// The longest phrase around titles that ends at a token: where it begins, and what it says.
pub fn around_before(scan: &Scan<'_>, end: usize) -> Option<(usize, Around)> {
    if !scan.ends_before(end).has_any(AROUND) {
        return None;
    }
    (end.saturating_sub(LONGEST_PHRASE)..end)
        .find_map(|start| around_over(scan, start..end).map(|around| (start, around)))
}

/// The longest phrase around titles that begins at a token: where it ends, and what it says.
pub fn around_behind(scan: &Scan<'_>, start: usize) -> Option<(usize, Around)> {
    if !scan.begins(start).has_any(AROUND) {
        return None;
    }
    (1..=LONGEST_PHRASE)
        .rev()
        .find_map(|len| around_over(scan, start..start + len).map(|around| (start + len, around)))
}

fn around_over(scan: &Scan<'_>, tokens: Range<usize>) -> Option<Around> {
    let mut around = Around::default();
    for hit in scan.hits_at(tokens.start).iter().filter(|hit| hit.len as usize == tokens.len()) {
        around.take(hit.sense);
    }
    around.is_any().then_some(around)
}

/// Whether the token is a hyphen that joins the words beside it.
pub fn is_hyphen(scan: &Scan<'_>, at: usize) -> bool {
    matches!(scan.symbol(at), Some('-' | '\u{2010}' | '\u{2011}'))
        && scan.gap(at) == Gap::None
        && scan.gap(at + 1) == Gap::None
}

/// Whether the token is a symbol that ends what stands in apposition; past the end there is one.
pub fn is_closing(scan: &Scan<'_>, at: usize) -> bool {
    match scan.kind(at) {
        None => true,
        Some(TokenKind::Symbol) => {
            !is_hyphen(scan, at) && !matches!(scan.symbol(at), Some('(' | '[' | '„' | '«' | '/' | '&' | '%'))
        }
        Some(_) => scan.gap(at) >= Gap::Paragraph,
    }
}
