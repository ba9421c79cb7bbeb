//! Days as sheets, front matter and the command line write them: `2022-01-06`. How copy writes them is
//! [`crate::reading::dates`].

use std::ops::Range;

use jiff::civil::Date;

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Year, month and day as they should be, and the calendar has no such day.
    NotInTheCalendar,
    /// It is written some other way.
    Shape,
}

/// The day that `2022-01-06` or `2022-1-6` names.
pub fn parse(text: &str) -> Result<Date, Fault> {
    let (year, month, day) = parts(text.trim()).ok_or(Fault::Shape)?;
    Date::new(year, month, day).map_err(|_| Fault::NotInTheCalendar)
}

/// Year, month and day of `2022-01-06`, whether or not there is such a day.
fn parts(text: &str) -> Option<(i16, i8, i8)> {
    let mut parts = text.split('-');
    let mut number = |lengths: Range<usize>| {
        let part = parts.next()?;
        (lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(part)
    };
    let (year, month, day) = (number(4..5)?, number(1..3)?, number(1..3)?);
    if parts.next().is_some() {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_does_not_exist_is_told_from_one_that_is_written_otherwise() {
        assert_eq!(parse(" 2024-02-29 "), Ok(Date::constant(2024, 2, 29)));
        assert_eq!(parse("2022-1-6"), Ok(Date::constant(2022, 1, 6)));
        for text in ["2023-02-29", "2023-02-31", "2022-13-01", "2022-00-10", "2022-01-99"] {
            assert_eq!(parse(text), Err(Fault::NotInTheCalendar), "{text}");
        }
        for text in ["", "6.1.2022", "22-01-06", "2022-01", "2022-01-06-07", "2022-01-006", "２０２２-01-06"]
        {
            assert_eq!(parse(text), Err(Fault::Shape), "{text}");
        }
    }
}
