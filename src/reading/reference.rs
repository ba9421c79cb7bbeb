//! The reference date: the day from which "Thursday" and "yesterday" are read.

use jiff::civil::Date;

use super::dateline::{Dateline, find_dateline};
use super::dates::{DateMention, DateShape, Meaning, nearest_to, read_dates};
use super::scan::Scan;

/// How the reference date was got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceSource {
    /// The user gave it.
    Given,
    /// The article's metadata say when it was published.
    Published,
    /// The story's dateline.
    Dateline,
    /// The latest full date of the text: an assumption, to be told once.
    LatestDate,
}

/// A reference date, and how it was got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub date: Date,
    pub source: ReferenceSource,
}

impl Reference {
    /// Whether it had to be guessed from the text.
    pub fn is_assumed(&self) -> bool {
        self.source == ReferenceSource::LatestDate
    }
}

/// The reference date by the order of trust: given, published, dateline, latest full date of the text.
pub fn find_reference(scan: &Scan<'_>, given: Option<Date>, published: Option<Date>) -> Option<Reference> {
    if let Some(date) = given {
        return Some(Reference { date, source: ReferenceSource::Given });
    }
    if let Some(date) = published {
        return Some(Reference { date, source: ReferenceSource::Published });
    }
    let dates = read_dates(scan, None);
    if let Some(date) = find_dateline(scan, &dates).and_then(|dateline| dateline_day(&dateline, &dates, None))
    {
        return Some(Reference { date, source: ReferenceSource::Dateline });
    }
    let date = full_dates(&dates).map(|(date, _)| date).max()?;
    Some(Reference { date, source: ReferenceSource::LatestDate })
}

/// The day of a dateline. One without a year takes it from the published date, or from the full date
/// of the text that stands nearest to it.
pub fn dateline_day(dateline: &Dateline, dates: &[DateMention], published: Option<Date>) -> Option<Date> {
    if let Meaning::Day(date) = dateline.date.meaning
        && dateline.date.shape == DateShape::Full
    {
        return Some(date);
    }
    let (month, day) = (dateline.date.written.month?, dateline.date.written.day?);
    let at = dateline.date.span.start;
    let around = published
        .or_else(|| full_dates(dates).min_by_key(|(_, start)| start.abs_diff(at)).map(|(date, _)| date))?;
    nearest_to(month, day, around)
}

/// Days written with their year, and the bytes at which they begin.
fn full_dates(dates: &[DateMention]) -> impl Iterator<Item = (Date, usize)> {
    dates.iter().filter_map(|mention| match (&mention.meaning, mention.shape) {
        (Meaning::Day(date), DateShape::Full) => Some((*date, mention.span.start)),
        _ => None,
    })
}
