//! Dates of numbers with separators: `17.05.2018`, `2018-05-17`, `20180517`, `23/Sep/2020`, `5/17`.

use super::part::Part;
use super::reader::Reader;
use super::{DateShape, Meaning, Written, resolve};
use crate::language::date_phrases::DateRole;
use crate::language::date_words::DateOrder;
use crate::reading::lexer::{Gap, TokenKind};

/// One element between two separators.
#[derive(Clone, Copy)]
struct Element {
    value: u32,
    /// Digits written; 0 for a month's name.
    len: usize,
}

/// Years of dates in digits.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;
/// Longer chains of numbers are codes.
const LONGEST: usize = 7;

/// Numbers and one separator, touching each other.
struct Chain<'t> {
    elements: Vec<Element>,
    separator: &'t str,
    /// The token after each element.
    ends: Vec<usize>,
    /// The numbers stand apart: `27. 11.`
    spaced: bool,
}

impl<'a> Reader<'_, 'a> {
    /// A date of numbers at a token. `named`: a weekday stands before it.
    pub(super) fn numeric(&self, at: usize, named: bool) -> Option<Part> {
        if self.scan.kind(at) == Some(TokenKind::Number) && self.is_continued(at) {
            return None;
        }
        if let Some(part) = self.compact(at) {
            return Some(part);
        }
        let chain = self.chain(at)?;
        let end = *chain.ends.last()?;
        // Letters, a percent sign or a further number that touch make it a code or a measure.
        let touches = self.scan.gap(end) == Gap::None
            && (self.scan.kind(end) == Some(TokenKind::Word)
                && self.role_at(end, DateRole::YearTrail).is_none()
                || matches!(self.scan.raw(end), "%" | "°" | ":"));
        let before = at.checked_sub(1).filter(|_| self.scan.gap(at) == Gap::None);
        let glued = before.is_some_and(|before| matches!(self.scan.raw(before), ":" | "." | "=" | "+" | "#"));
        if touches || glued && chain.elements.len() < 3 {
            return None;
        }
        match chain.elements.as_slice() {
            [first, second, third] => self.three(at, end, [*first, *second, *third], &chain),
            [first, second] => self.two(at, end, *first, *second, &chain, named),
            // Two dates in one chain are the ends of a range: the first of them is read here.
            [first, second, third, _, _, _] => {
                self.three(at, *chain.ends.get(2)?, [*first, *second, *third], &chain)
            }
            // `10/1-11/2/2017` ends its first date at another separator and is no chain of four.
            _ => None,
        }
    }

    /// `20180517`
    fn compact(&self, at: usize) -> Option<Part> {
        let (value, len) = self.digits(at)?;
        if len != 8 || (self.scan.gap(at + 1) == Gap::None && self.scan.kind(at + 1) == Some(TokenKind::Word))
        {
            return None;
        }
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        let written = Written { year: i16::try_from(year).ok(), month: Some(month as u8), day: Some(day) };
        let is_date = (1900..=2100).contains(&year)
            && (1..=12).contains(&month)
            && matches!(resolve::fields(written, None, false).0, Meaning::Day(_));
        // A phone number goes on before or behind.
        let goes_on = self.scan.gap(at + 1) == Gap::None
            && matches!(self.scan.raw(at + 1), "," | "." | "-" | "/" | "%")
            && self.scan.gap(at + 2) == Gap::None
            && self.scan.kind(at + 2) == Some(TokenKind::Number);
        (is_date && !goes_on).then(|| Part::of(at, at + 1, written))
    }

    fn element(&self, at: usize) -> Option<(usize, Element)> {
        if let Some((value, len)) = self.digits(at) {
            return Some((at + 1, Element { value, len }));
        }
        let (end, month) = self.month(at)?;
        // The full stop of "8.jan.2022" separates.
        let end = if end > at + 1 && self.scan.is_symbol(end - 1, ".") { end - 1 } else { end };
        Some((end, Element { value: u32::from(month), len: 0 }))
    }

    fn chain(&self, at: usize) -> Option<Chain<'a>> {
        let (mut end, first) = self.element(at)?;
        // The common case of a lone number: nothing that separates behind it.
        let separator = self.scan.raw(end);
        if self.scan.gap(end) != Gap::None || !matches!(separator, "/" | "-" | "." | "‐" | "‑") {
            return None;
        }
        let spaced = separator == "." && self.words.ordinal_stop && {
            matches!(self.scan.gap(end + 1), Gap::Space | Gap::Narrow)
        };
        let mut chain = Chain { elements: vec![first], separator, ends: vec![end], spaced };
        while chain.elements.len() < LONGEST
            && self.scan.gap(end) == Gap::None
            && self.scan.raw(end) == separator
            && (self.scan.gap(end + 1) == Gap::None
                || spaced && matches!(self.scan.gap(end + 1), Gap::Space | Gap::Narrow))
        {
            let Some((next, element)) = self.element(end + 1) else { break };
            if spaced && element.len == 0 {
                // "6. Januar" is no chain of numbers.
                break;
            }
            // A chain of dates with names is not longer than one date.
            chain.elements.push(element);
            chain.ends.push(next);
            end = next;
        }
        (chain.elements.len() > 1).then_some(chain)
    }

    fn three(&self, at: usize, end: usize, elements: [Element; 3], chain: &Chain<'_>) -> Option<Part> {
        let [a, b, c] = elements;
        let is_year = |element: Element| element.len == 4 && YEARS.contains(&element.value);
        let small = |element: Element| element.len <= 2;
        let names = elements.iter().filter(|element| element.len == 0).count();
        let part = |year: u32, month: Element, day: Element| {
            let written = Written {
                year: i16::try_from(year).ok(),
                month: u8::try_from(month.value).ok(),
                day: Some(day.value),
            };
            Part::of(at, end, written)
        };
        let valid = |part: &Part| matches!(resolve::fields(part.written, None, false).0, Meaning::Day(_));
        if names == 1 {
            // Whatever the order: the name is the month, four digits are the year.
            let rest: Vec<Element> = elements.into_iter().filter(|element| element.len != 0).collect();
            let month = elements.into_iter().find(|element| element.len == 0)?;
            let [first, second] = rest.as_slice() else { return None };
            let found = match (is_year(*first), is_year(*second)) {
                (true, false) if small(*second) => part(first.value, month, *second),
                (false, true) if small(*first) => part(second.value, month, *first),
                (false, false) if small(*first) && second.len == 2 => {
                    part(resolve::short_year(second.value, self.reference) as u32, month, *first)
                }
                _ => return None,
            };
            return valid(&found).then_some(found);
        }
        if names > 1 || !(small(b)) {
            return None;
        }
        if is_year(a) && small(c) {
            let found = part(a.value, b, c);
            return valid(&found).then_some(found);
        }
        if !small(a) {
            return None;
        }
        let year = if is_year(c) {
            c.value
        } else if c.len == 2 && self.words.separators.iter().any(|separator| separator == chain.separator) {
            // Of "1.2.22" only the padded form is no version number, where stops do not mark ordinals.
            let padded = a.len == 2 && b.len == 2;
            if chain.separator == "." && !padded && !self.words.ordinal_stop {
                return None;
            }
            resolve::short_year(c.value, self.reference) as u32
        } else {
            return None;
        };
        let (day, month) = match self.words.order {
            DateOrder::Mdy if chain.separator != "." => (b, a),
            _ => (a, b),
        };
        let found = part(year, month, day);
        let swapped = part(year, day, month);
        if valid(&found) {
            let mdy = self.words.order == DateOrder::Mdy && chain.separator != ".";
            return Some(if mdy && a.value != b.value { self.nearer_order(found, swapped) } else { found });
        }
        if valid(&swapped) {
            return Some(swapped);
        }
        // Neither order is a day: it can only have been meant as one where the year is written out.
        (is_year(c) && a.value <= 99 && chain.separator != "-" && (1..=12).contains(&month.value))
            .then_some(found)
    }

    /// Of a date that is one in both orders the usual one, or the other where that is about the reference
    /// and the usual one is not.
    fn nearer_order(&self, usual: Part, swapped: Part) -> Part {
        const ABOUT: i32 = 3;
        let day = |part: &Part| match resolve::fields(part.written, None, false).0 {
            Meaning::Day(day) => Some(day),
            _ => None,
        };
        let (Some(first), Some(second)) = (day(&usual), day(&swapped)) else { return usual };
        let is_near = |date: jiff::civil::Date| {
            self.reference.is_some_and(|reference| (date - reference).get_days().abs() <= ABOUT)
        };
        if is_near(second) && !is_near(first) {
            Part { fixed: Some((Meaning::Day(second), Some(first))), ..swapped }
        } else {
            Part { fixed: Some((Meaning::Day(first), Some(second))), ..usual }
        }
    }

    fn two(
        &self,
        at: usize,
        end: usize,
        a: Element,
        b: Element,
        chain: &Chain<'_>,
        named: bool,
    ) -> Option<Part> {
        let is_year = |element: Element| element.len == 4 && (1900..=2100).contains(&element.value);
        let is_month = |element: Element| element.len <= 2 && (1..=12).contains(&element.value);
        let of_month = |year: Element, month: Element| {
            let written =
                Written { year: i16::try_from(year.value).ok(), month: Some(month.value as u8), day: None };
            Some(Part::of(at, end, written))
        };
        if is_year(a) && is_month(b) && chain.separator != "." {
            return of_month(a, b);
        }
        if is_year(b) && is_month(a) && !(chain.separator == "." && a.len == 1) {
            return of_month(b, a);
        }
        if is_year(a) && is_year(b) && a.value < b.value && chain.separator == "-" {
            let year = |element: Element, last: bool| {
                let year = i16::try_from(element.value).ok();
                match resolve::fields(Written { year, ..Written::default() }, None, false).0 {
                    Meaning::Range(from, to) => Some(if last { to } else { from }),
                    _ => None,
                }
            };
            let meaning = Meaning::Range(year(a, false)?, year(b, true)?);
            let certain = self.role_before(at, DateRole::YearLead).is_some()
                || self.role_before(at, DateRole::From).is_some()
                || self.ends_phrase(end);
            let part = Part::fixed(at, end, DateShape::Span, (meaning, None));
            return certain.then_some(part);
        }
        if a.len > 2 || b.len > 2 {
            return None;
        }
        let part = |day: Element, month: Element, end: usize| {
            let written = Written { year: None, month: Some(month.value as u8), day: Some(day.value) };
            Part::of(at, end, written)
        };
        let fits = |day: Element, month: Element| {
            is_month(month) && (1..=resolve::longest(month.value as u8, None)).contains(&day.value)
        };
        // With a name: "22/Jan", "Oct/2", "Jun-15".
        match (a.len, b.len) {
            (0, 0) => return None,
            (0, _) => return fits(b, a).then(|| part(b, a, end)),
            (_, 0) => return fits(a, b).then(|| part(a, b, end)),
            _ => {}
        }
        let native = self.words.separators.iter().any(|separator| separator == chain.separator);
        let mut end = end;
        let stop = chain.separator == "."
            && self.words.ordinal_stop
            && self.scan.is_symbol(end, ".")
            && self.scan.gap(end) == Gap::None;
        if stop {
            end += 1;
        }
        let led = self.is_led(at) || self.role_before(at, DateRole::Link).is_some();
        let alone = self.scan.gap(at) == Gap::Paragraph && self.scan.gap(end) == Gap::Paragraph;
        let parenthesis = at > 0 && self.scan.is_symbol(at - 1, "(") && self.scan.is_symbol(end, ")");
        let padded = a.len == 2 && b.len == 2 && (a.value < 10 || b.value < 10);
        let joined = matches!(self.scan.raw(end), "-" | "–" | "—")
            && self.scan.kind(end + 1) == Some(TokenKind::Number);
        let goes_on = self.scan.gap(end) == Gap::None
            && matches!(self.scan.raw(end), "/" | "." | ",")
            && self.scan.kind(end + 1) == Some(TokenKind::Number)
            && self.scan.gap(end + 1) == Gap::None;
        if goes_on {
            return None;
        }
        let closed = self.ends_phrase(end) || joined;
        let certain = named
            || native
                && (stop && (led || chain.spaced || a.len == 2 && b.len == 2 && closed)
                    || led && (closed || padded)
                    || chain.separator == "/"
                        && (alone
                            || parenthesis && (padded || led || a.value >= b.value || a.value > 4)
                            || padded && closed))
            || led && chain.separator == "." && closed && chain.elements.len() == 2 && b.len == 2 && !padded;
        // A month is no more than twelve whatever the order.
        let (day, month) = match self.words.order {
            DateOrder::Mdy => (b, a),
            _ => (a, b),
        };
        let found = if fits(day, month) {
            part(day, month, end)
        } else if fits(month, day) {
            part(month, day, end)
        } else {
            return None;
        };
        if certain { Some(found) } else { (native && chain.separator == "/").then(|| found.uncertain()) }
    }
}
