//! Dates in copy: absolute, relative, weekdays, ranges, and what refers back to one.

use std::ops::Range;

use jiff::civil::Date;

use super::scan::Scan;

mod fields;
mod numeric;
mod part;
mod ranges;
mod reader;
mod relative;
mod resolve;
mod weekday;
mod years;

pub(crate) use resolve::days_between;

/// A day or a span of days that the copy names.
#[derive(Clone, Debug)]
pub struct DateMention {
    /// Bytes of the text.
    pub span: Range<usize>,
    pub tokens: Range<usize>,
    pub meaning: Meaning,
    pub shape: DateShape,
    /// The weekday the copy names beside a day of the month, 1 (Monday) to 7, with its bytes.
    pub weekday: Option<(u8, Range<usize>)>,
    /// The other day the same words can mean: of a weekday the next or the last such day, of a date
    /// without a year that of the year before or after, of a day of the month that of the month before or
    /// after, of digits that are a date in both orders the date in the other order.
    pub other: Option<Date>,
    /// Day, month and year as far as the copy writes them.
    pub written: Written,
    /// Counted in weeks or longer units ("two months ago"): it names no certain day.
    pub rough: bool,
}

/// What a date mention resolves to.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    Day(Date),
    /// Both ends included.
    Range(Date, Date),
    /// Day, month and year of a day that does not exist: 31 February.
    Impossible {
        year: Option<i16>,
        month: u8,
        day: u32,
    },
    /// It cannot be resolved, for want of a reference date or of what it refers back to.
    Unresolved,
}

/// How the copy writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateShape {
    /// Day, month and year.
    Full,
    /// Day and month; the year is the nearest.
    DayMonth,
    /// A weekday alone: the last such day, or the coming one.
    Weekday,
    /// Today, yesterday, two days ago.
    Relative,
    /// That same day.
    SameDay,
    /// The 18th: a day of the month alone.
    Day,
    /// A month, with or without its year.
    Month,
    /// A year.
    Year,
    /// A span in any other wording.
    Span,
}

/// The parts of a date that stand in the copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub year: Option<i16>,
    pub month: Option<u8>,
    pub day: Option<u32>,
}

/// Reads every date of a text, in order. `reference` is the day from which relative dates are read;
/// without it they stay [`Meaning::Unresolved`].
pub fn read_dates(scan: &Scan<'_>, reference: Option<Date>) -> Vec<DateMention> {
    reader::Reader::new(scan, reference).read()
}

/// The day of that month that is nearest to a day; `None` where the month has no such day.
pub fn nearest_to(month: u8, day: u32, around: Date) -> Option<Date> {
    let written = Written { month: Some(month), day: Some(day), year: None };
    match resolve::fields(written, Some(around), false).0 {
        Meaning::Day(date) => Some(date),
        _ => None,
    }
}
