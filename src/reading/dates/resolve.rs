//! Calendar arithmetic: from what the copy writes to days.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::{Meaning, Written};
use crate::language::date_words::DateUnit;

/// A meaning and the other day the same words can mean.
pub(super) type Resolved = (Meaning, Option<Date>);

const UNRESOLVED: Resolved = (Meaning::Unresolved, None);

/// The weekday of a day, 1 (Monday) to 7.
pub(super) fn weekday_of(date: Date) -> u8 {
    date.weekday().to_monday_one_offset() as u8
}

/// `date` and so many days; the calendar's end stops it.
pub(super) fn plus_days(date: Date, days: i64) -> Date {
    date.saturating_add(Span::new().try_days(days).unwrap_or_default())
}

/// `date` and so many units.
pub(super) fn plus(date: Date, count: i64, unit: DateUnit) -> Date {
    let span = Span::new();
    let count = count.clamp(-40_000, 40_000);
    let span = match unit {
        DateUnit::Day => span.try_days(count),
        DateUnit::Week | DateUnit::Weekend => span.try_weeks(count),
        DateUnit::Fortnight => span.try_weeks(2 * count),
        DateUnit::Month => span.try_months(count),
        DateUnit::Quarter => span.try_months(3 * count),
        DateUnit::Year => span.try_years(count.clamp(-9_000, 9_000)),
        DateUnit::Decade => span.try_years((10 * count).clamp(-9_000, 9_000)),
    };
    date.saturating_add(span.unwrap_or_default())
}

/// The Monday of a day's week.
pub(super) fn monday(date: Date) -> Date {
    plus_days(date, 1 - i64::from(weekday_of(date)))
}

/// The weekday in a day's week.
pub(super) fn in_week_of(date: Date, weekday: u8) -> Date {
    plus_days(monday(date), i64::from(weekday) - 1)
}

fn to_weekday(weekday: u8) -> Weekday {
    Weekday::from_monday_one_offset(weekday.clamp(1, 7) as i8).unwrap_or(Weekday::Monday)
}

/// The last such weekday strictly before (`-1`) or the first strictly after (`1`) a day.
pub(super) fn nearest_weekday(date: Date, weekday: u8, direction: i32) -> Date {
    date.nth_weekday(direction, to_weekday(weekday)).unwrap_or(date)
}

/// The first and last day of the calendar unit that a day lies in.
pub(super) fn unit_around(date: Date, unit: DateUnit) -> (Date, Date) {
    let year = date.year();
    let day = |year: i16, month: i8| Date::new(year, month, 1).unwrap_or(date);
    match unit {
        DateUnit::Day => (date, date),
        DateUnit::Week => (monday(date), plus_days(monday(date), 6)),
        DateUnit::Fortnight => (monday(date), plus_days(monday(date), 13)),
        DateUnit::Weekend => (plus_days(monday(date), 5), plus_days(monday(date), 6)),
        DateUnit::Month => (date.first_of_month(), date.last_of_month()),
        DateUnit::Quarter => {
            let first = day(year, (date.month() - 1) / 3 * 3 + 1);
            (first, plus(first, 2, DateUnit::Month).last_of_month())
        }
        DateUnit::Year => (date.first_of_year(), date.last_of_year()),
        DateUnit::Decade => {
            let first = year - year.rem_euclid(10);
            (day(first, 1), day(first + 9, 12).last_of_month())
        }
    }
}

/// Days of a month; of February 29 where no year is known.
pub(super) fn longest(month: u8, year: Option<i16>) -> u32 {
    let year = year.unwrap_or(2000);
    Date::new(year, month.clamp(1, 12) as i8, 1).map_or(31, |date| date.days_in_month() as u32)
}

fn date(year: i16, month: u8, day: u32) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A year of two digits: of its two readings the later one that is not far ahead of the reference.
pub(super) fn short_year(digits: u32, reference: Option<Date>) -> i16 {
    // A date more than this many years ahead is rarer in copy than one of the last century.
    const AHEAD: i16 = 20;
    let this_year = reference.map_or(2020, Date::year);
    let century = this_year - this_year.rem_euclid(100);
    let year = century + digits as i16;
    if year > this_year + AHEAD { year - 100 } else { year }
}

/// The nearest of the days that a date without a year can be, and the one on the reference's other side.
fn nearest_year(month: u8, day: u32, reference: Date) -> Resolved {
    // A leap day comes again within eight years.
    const REACH: i16 = 8;
    let at = |by: i16| date(reference.year().saturating_add(by), month, day);
    let past = (-REACH..=0).rev().filter_map(at).find(|&date| date <= reference);
    let ahead = (0..=REACH).filter_map(at).find(|&date| date > reference);
    nearer(past, ahead, reference)
}

/// The nearer of a past and a coming day, and the other.
fn nearer(past: Option<Date>, ahead: Option<Date>, reference: Date) -> Resolved {
    match (past, ahead) {
        (Some(past), Some(ahead)) => {
            let (back, forth) = (days_between(past, reference), days_between(reference, ahead));
            // Copy tells of what was more than of what will be.
            if back <= forth { (Meaning::Day(past), Some(ahead)) } else { (Meaning::Day(ahead), Some(past)) }
        }
        (Some(date), None) | (None, Some(date)) => (Meaning::Day(date), None),
        (None, None) => UNRESOLVED,
    }
}

/// Days from one date to another; negative where that is earlier.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// A day of the month alone: the nearest.
pub(super) fn day_of_month(day: u32, reference: Date) -> Resolved {
    let first = reference.first_of_month();
    let mut past = None;
    let mut ahead = None;
    for by in -3..=3 {
        let month = plus(first, by, DateUnit::Month);
        match date(month.year(), month.month() as u8, day) {
            Some(date) if date <= reference => past = Some(date),
            Some(date) => {
                ahead.get_or_insert(date);
            }
            None => {}
        }
    }
    nearer(past, ahead, reference)
}

/// A day of the month with its weekday: the nearest day that is both, and beside it the nearest such day
/// of the month where that is another.
pub(super) fn weekday_on_day(weekday: u8, day: u32, reference: Date) -> Resolved {
    let first = reference.first_of_month();
    // Every pair comes up within fourteen months; the 31st within about three years.
    const MONTHS: i64 = 60;
    let at = |by: i64| {
        let month = plus(first, by, DateUnit::Month);
        date(month.year(), month.month() as u8, day).filter(|&date| weekday_of(date) == weekday)
    };
    let past = (-MONTHS..=0).rev().filter_map(at).find(|&date| date <= reference);
    let ahead = (0..=MONTHS).filter_map(at).find(|&date| date > reference);
    let (meaning, _) = nearer(past, ahead, reference);
    let other = match (&meaning, day_of_month(day, reference).0) {
        (Meaning::Day(date), Meaning::Day(other)) if *date != other => Some(other),
        _ => None,
    };
    (meaning, other)
}

/// A day of the month in brackets behind its weekday: the nearest such day of the month, or that on the reference's
/// other side where only it has the weekday and is near too. No month is looked for that would fit.
pub(super) fn weekday_and_day(weekday: u8, day: u32, reference: Date) -> Resolved {
    const NEAR: u32 = 21;
    let (nearest, other) = day_of_month(day, reference);
    let fits = |date: Date| weekday_of(date) == weekday;
    match (&nearest, other) {
        (Meaning::Day(first), Some(second))
            if !fits(*first) && fits(second) && (second - reference).get_days().unsigned_abs() <= NEAR =>
        {
            (Meaning::Day(second), Some(*first))
        }
        _ => (nearest, other),
    }
}

/// What day, month and year as written mean. `ahead`: the clause speaks of what is to come.
pub(super) fn fields(written: Written, reference: Option<Date>, ahead: bool) -> Resolved {
    let Written { year, month, day } = written;
    match (year, month, day) {
        (Some(year), Some(month), Some(day)) => match date(year, month, day) {
            Some(date) => (Meaning::Day(date), None),
            None => (Meaning::Impossible { year: Some(year), month, day }, None),
        },
        (None, Some(month), Some(day)) => {
            if day == 0 || day > longest(month, None) {
                return (Meaning::Impossible { year: None, month, day }, None);
            }
            reference.map_or(UNRESOLVED, |reference| nearest_year(month, day, reference))
        }
        (Some(year), Some(month), None) => match date(year, month, 1) {
            Some(first) => (Meaning::Range(first, first.last_of_month()), None),
            None => UNRESOLVED,
        },
        (None, Some(month), None) => {
            let Some(reference) = reference else { return UNRESOLVED };
            let this = date(reference.year(), month, 1);
            let other_by = if ahead { 1 } else { -1 };
            let other = date(reference.year().saturating_add(other_by), month, 1);
            let fits =
                |first: &Date| if ahead { first.last_of_month() >= reference } else { *first <= reference };
            match this.filter(fits).or(other) {
                Some(first) => (Meaning::Range(first, first.last_of_month()), None),
                None => UNRESOLVED,
            }
        }
        (Some(year), None, None) => match (date(year, 1, 1), date(year, 12, 31)) {
            (Some(first), Some(last)) => (Meaning::Range(first, last), None),
            _ => UNRESOLVED,
        },
        (_, None, Some(day)) => reference.map_or(UNRESOLVED, |reference| day_of_month(day, reference)),
        (None, None, None) => UNRESOLVED,
    }
}

/// A weekday alone: the last up to and including the reference, or with `ahead` the first from it on;
/// the other one beside it.
pub(super) fn lone_weekday(weekday: u8, reference: Date, ahead: bool) -> Resolved {
    let same = weekday_of(reference) == weekday;
    let past = if same { reference } else { nearest_weekday(reference, weekday, -1) };
    let next = if same && ahead { reference } else { nearest_weekday(reference, weekday, 1) };
    if ahead {
        let past = nearest_weekday(reference, weekday, -1);
        (Meaning::Day(next), Some(past))
    } else {
        (Meaning::Day(past), Some(next))
    }
}

/// "Last May", "this September", "next March": the last such month before, the one of this year, the
/// first such month after the reference's.
pub(super) fn shifted_month(month: u8, by: i8, reference: Date) -> Resolved {
    let this = reference.month() as u8;
    let year = i64::from(reference.year())
        + match by {
            0 => 0,
            1.. => i64::from(by) - i64::from(month > this),
            _ => i64::from(by) + i64::from(month < this),
        };
    let written = Written { year: i16::try_from(year).ok(), month: Some(month), day: None };
    fields(written, Some(reference), false)
}
