//! Values of figures: a scalar or a number with its kind becomes an interval of what may be said.

use crate::interval::Interval;
use crate::reading::quantity::HedgeKind;

use super::known::ReadValue;
use super::model::Value;

/// Why a text is no value: the message, and what to write instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoValue {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Reads a scalar: a plain number, or one with a hedge in the sheet's language.
pub(super) fn scalar(text: &str, language: &str, read: &ReadValue<'_>) -> Result<Value, NoValue> {
    let text = text.trim();
    match plain_number(text) {
        Plain::Number(number) => return build(text, HedgeKind::Exact, number, None),
        Plain::Ambiguous(thousands, decimal) => {
            return Err(NoValue {
                message: format!("`{text}` can be read as {thousands} and as {decimal}"),
                help: Some(format!("write {thousands}, or {decimal}0")),
            });
        }
        Plain::No => {}
    }
    match read(text, language) {
        Some((hedge, number, upper)) => build(text, hedge, number, upper),
        None => Err(NoValue { message: format!("`{text}` is no number"), help: None }),
    }
}

/// Reads the number of a long form, `more_than: 1000`.
pub(super) fn number(text: &str) -> Result<f64, NoValue> {
    let text = text.trim();
    match plain_number(text) {
        Plain::Number(number) => Ok(number),
        Plain::Ambiguous(thousands, decimal) => Err(NoValue {
            message: format!("`{text}` can be read as {thousands} and as {decimal}"),
            help: Some(format!("write {thousands}, or {decimal}0")),
        }),
        Plain::No => Err(NoValue { message: format!("`{text}` is no number"), help: None }),
    }
}

/// A value of a number, its hedge and, of a range, the upper number.
pub(super) fn build(text: &str, hedge: HedgeKind, number: f64, upper: Option<f64>) -> Result<Value, NoValue> {
    let fail = |message: String| Err(NoValue { message, help: None });
    if !number.is_finite() || upper.is_some_and(|upper| !upper.is_finite()) {
        return fail(format!("`{text}` is too large a number"));
    }
    if let Some(upper) = upper
        && upper < number
    {
        return fail(format!("the range runs from {number} down to {upper}"));
    }
    let interval = interval(hedge, number, upper);
    Ok(Value { text: text.to_owned(), hedge, number, upper, interval })
}

/// What may be said of a fact. Its open end stops one unit of the last significant digit further on, so
/// that `more than 40,000` does not agree with a fact of `more than 4,000`. A round number without a
/// hedge is exact: a sheet says what is true.
pub(super) fn interval(hedge: HedgeKind, n: f64, upper: Option<f64>) -> Interval {
    if let Some(upper) = upper {
        return Interval::closed(n, upper);
    }
    let unit = last_unit(n);
    match hedge {
        HedgeKind::Exact | HedgeKind::Vague | HedgeKind::Between => Interval::exactly(n),
        HedgeKind::MoreThan => Interval { low: n, high: n + unit, low_open: true, high_open: false },
        HedgeKind::AtLeast => Interval::closed(n, n + unit),
        HedgeKind::AtMost | HedgeKind::UpTo => Interval::closed(0f64.min(n), n),
        HedgeKind::FewerThan => Interval { low: 0f64.min(n), high: n, low_open: false, high_open: true },
        HedgeKind::Almost => Interval { low: n - 0.2 * n.abs(), high: n, low_open: false, high_open: true },
        HedgeKind::About => Interval::closed(n - 0.2 * n.abs(), n + 0.2 * n.abs()),
    }
}

/// The unit of the last significant digit: 1000 of 4000, 100 of 1300, 1 of 16, 0.1 of 2.5.
fn last_unit(n: f64) -> f64 {
    if n == 0.0 || !n.is_finite() {
        return 1.0;
    }
    // The shortest text that reads as this number has its significant digits and no more.
    let text = format!("{}", n.abs());
    match text.split_once('.') {
        Some((_, fraction)) => 10f64.powi(-i32::try_from(fraction.len()).unwrap_or(0)),
        None => {
            let zeros = text.len() - text.trim_end_matches('0').len();
            10f64.powi(i32::try_from(zeros).unwrap_or(0))
        }
    }
}

enum Plain {
    Number(f64),
    /// `4.404`: as thousands, and as a decimal.
    Ambiguous(String, String),
    No,
}

/// Reads digits with separators: `4404`, `4,404`, `4 404`, `2.5`, `2,5`, `1.234.567`.
fn plain_number(text: &str) -> Plain {
    let (sign, body) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    if !body.starts_with(|c: char| c.is_ascii_digit()) || !body.ends_with(|c: char| c.is_ascii_digit()) {
        return Plain::No;
    }
    let mut groups: Vec<&str> = Vec::new();
    let mut marks: Vec<char> = Vec::new();
    let mut start = 0;
    for (at, c) in body.char_indices() {
        if c.is_ascii_digit() {
            continue;
        }
        if !matches!(c, '.' | ',' | '_' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}') {
            return Plain::No;
        }
        groups.push(body.get(start..at).unwrap_or_default());
        marks.push(if matches!(c, '.' | ',') { c } else { ' ' });
        start = at + c.len_utf8();
    }
    groups.push(body.get(start..).unwrap_or_default());
    let parsed = |text: String| text.parse::<f64>().map_or(Plain::No, |n| Plain::Number(sign * n));
    let thousands = |groups: &[&str]| {
        groups.first().is_some_and(|first| (1..=3).contains(&first.len()))
            && groups.iter().skip(1).all(|group| group.len() == 3)
    };
    match (marks.as_slice(), groups.as_slice()) {
        ([], [whole]) => parsed((*whole).to_owned()),
        (['.'], [whole, fraction]) if thousands(&groups) && *whole != "0" => {
            Plain::Ambiguous(format!("{whole}{fraction}"), format!("{whole}.{fraction}"))
        }
        (['.'], [whole, fraction]) => parsed(format!("{whole}.{fraction}")),
        ([','], [whole, fraction]) if !thousands(&groups) || *whole == "0" => {
            parsed(format!("{whole}.{fraction}"))
        }
        // One kind of mark all through; the last may be the decimal one where it differs.
        ([first, rest @ ..], _) if rest.iter().all(|mark| mark == first) && thousands(&groups) => {
            parsed(groups.concat())
        }
        ([first, middle @ .., last], [whole @ .., fraction])
            if last != first
                && *last != ' '
                && middle.iter().all(|mark| mark == first)
                && thousands(whole) =>
        {
            parsed(format!("{}.{fraction}", whole.concat()))
        }
        _ => Plain::No,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<f64> {
        number(text).ok()
    }

    #[test]
    fn plain_numbers_are_read_with_their_separators() {
        for (text, number) in [
            ("18", 18.0),
            ("4404", 4404.0),
            ("4,404", 4404.0),
            ("4 404", 4404.0),
            ("4_404", 4404.0),
            ("1.234.567", 1_234_567.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("2.5", 2.5),
            ("2,5", 2.5),
            ("0.125", 0.125),
            ("-3", -3.0),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["", "4.404", "1,23,4", "x", "1e5", "4,,4", "12-13"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn open_ends_stop_one_unit_further_on() {
        let more = interval(HedgeKind::MoreThan, 4000.0, None);
        assert!(
            !more.contains(4000.0)
                && more.contains(4001.0)
                && more.contains(5000.0)
                && !more.contains(5001.0)
        );
        assert!(!more.meets(&Interval::above(40000.0)));
        let least = interval(HedgeKind::AtLeast, 1300.0, None);
        assert!(least.contains(1300.0) && least.contains(1400.0) && !least.contains(1401.0));
        let almost = interval(HedgeKind::Almost, 100.0, None);
        assert!(almost.contains(80.0) && almost.contains(99.0) && !almost.contains(100.0));
        let about = interval(HedgeKind::About, 2500.0, None);
        assert!(about.contains(2000.0) && about.contains(3000.0) && !about.contains(3001.0));
        let most = interval(HedgeKind::AtMost, 20.0, None);
        assert!(most.contains(0.0) && most.contains(20.0) && !most.contains(21.0));
        let fewer = interval(HedgeKind::FewerThan, 20.0, None);
        assert!(fewer.contains(0.0) && !fewer.contains(20.0));
    }

    #[test]
    fn the_unit_is_that_of_the_last_digit_that_counts() {
        for (n, unit) in
            [(4000.0, 1000.0), (1300.0, 100.0), (16.0, 1.0), (2.5, 0.1), (0.0, 1.0), (10.0, 10.0)]
        {
            assert_eq!(last_unit(n), unit, "{n}");
        }
    }
}
