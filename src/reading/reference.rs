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
    /// A dateline without its year, which only one day of the story's period fits: to be told once.
    Period,
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
    /// Whether the text alone does not say it; the note tells from what it was taken.
    pub fn assumption(&self) -> Option<String> {
        match self.source {
            ReferenceSource::LatestDate => {
                Some(format!("dates are read from {}, the latest full date in the copy", self.date))
            }
            ReferenceSource::Period => Some(format!(
                "dates are read from {}, the only day in the story's period that the dateline can mean",
                self.date
            )),
            ReferenceSource::Given | ReferenceSource::Published | ReferenceSource::Dateline => None,
        }
    }
}

/// The reference date by the order of trust: given, published, dateline, latest full date of the text.
/// `periods` are the spans of days of which the copy may tell, first and last day: from them a dateline
/// takes the year that agencies leave out.
pub fn find_reference(
    scan: &Scan<'_>,
    given: Option<Date>,
    published: Option<Date>,
    periods: &[(Date, Date)],
) -> Option<Reference> {
    if let Some(date) = given {
        return Some(Reference { date, source: ReferenceSource::Given });
    }
    if let Some(date) = published {
        return Some(Reference { date, source: ReferenceSource::Published });
    }
    let dates = read_dates(scan, None);
    if let Some(dateline) = find_dateline(scan, &dates) {
        if let Some(date) = only_day_within(&dateline, periods) {
            return Some(Reference { date, source: ReferenceSource::Period });
        }
        if let Some(date) = dateline_day(&dateline, &dates, None) {
            return Some(Reference { date, source: ReferenceSource::Dateline });
        }
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

/// Copy of a story is filed until so many days after the period's end.
const AFTERMATH: i64 = 60;

/// The day of a dateline without its year, where of all years one alone puts it into the periods.
fn only_day_within(dateline: &Dateline, periods: &[(Date, Date)]) -> Option<Date> {
    if dateline.date.shape != DateShape::DayMonth {
        return None;
    }
    let (month, day) = (i8::try_from(dateline.date.written.month?).ok()?, dateline.date.written.day?);
    let day = i8::try_from(day).ok()?;
    let mut only = None;
    for &(from, to) in periods {
        let last = to.checked_add(jiff::Span::new().days(AFTERMATH)).unwrap_or(to);
        // A period of many years fits more than one, and there is no need to try them all.
        for year in (from.year()..=last.year()).take(3) {
            let Some(date) = Date::new(year, month, day).ok().filter(|date| (from..=last).contains(date))
            else {
                continue;
            };
            if only.is_some_and(|only| only != date) {
                return None;
            }
            only = Some(date);
        }
    }
    only
}

/// Days written with their year, and the bytes at which they begin.
fn full_dates(dates: &[DateMention]) -> impl Iterator<Item = (Date, usize)> {
    dates.iter().filter_map(|mention| match (&mention.meaning, mention.shape) {
        (Meaning::Day(date), DateShape::Full) => Some((*date, mention.span.start)),
        _ => None,
    })
}
