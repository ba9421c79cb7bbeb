//! Slips of the hand and of the scale: how a number came from the one that is right.
//!
//! A number is never tied to a fact by its value. But where the words nearly tie it, a slip of that very fact's
//! number says the rest: among a thousand numbers one or two are another with two digits exchanged.

use smallvec::SmallVec;

/// Longer numbers than this are no counts.
const MOST_DIGITS: usize = 15;

type Digits = SmallVec<[u8; 16]>;

/// Whether the number is the right one with two neighbouring digits exchanged, or off by powers of ten.
pub(super) fn is_slip(value: f64, right: f64) -> bool {
    swaps_digits(value, right) || is_of_another_scale(value, right)
}

/// Two neighbouring digits exchanged, of three or more that count: 248 for 284.
pub(super) fn swaps_digits(value: f64, right: f64) -> bool {
    let (Some(value), Some(right)) = (digits(value), digits(right)) else { return false };
    let count =
        |digits: &Digits| digits.len() - digits.iter().rev().take_while(|&&digit| digit == b'0').count();
    if value.len() != right.len() || count(&right) < 3 {
        return false;
    }
    let differing: SmallVec<[usize; 4]> =
        (0..value.len()).filter(|&at| value.get(at) != right.get(at)).collect();
    match differing[..] {
        [one, other] => {
            other == one + 1 && value.get(one) == right.get(other) && value.get(other) == right.get(one)
        }
        _ => false,
    }
}

/// Zeros too many or too few, up to millions for billions.
fn is_of_another_scale(value: f64, right: f64) -> bool {
    let is_multiple =
        |small: f64, large: f64| [10.0, 100.0, 1000.0].iter().any(|scale| small * scale == large);
    significant(right) >= 2 && (is_multiple(value, right) || is_multiple(right, value))
}

/// A digit lost or doubled, of four or more: 2,43 for 2,436.
pub(super) fn loses_digit(value: f64, right: f64) -> bool {
    let (Some(value), Some(right)) = (digits(value), digits(right)) else { return false };
    value.len() + 1 == right.len()
        && right.len() >= 4
        && (0..right.len()).any(|lost| {
            right.iter().enumerate().filter(|&(at, _)| at != lost).map(|(_, digit)| digit).eq(value.iter())
        })
}

/// How many digits there are up to the last that is no zero.
pub(super) fn significant(value: f64) -> usize {
    digits(value)
        .map_or(0, |digits| digits.len() - digits.iter().rev().take_while(|&&digit| digit == b'0').count())
}

/// The digits of a number, without its point: a share has two or three of them.
fn digits(value: f64) -> Option<Digits> {
    if !value.is_finite() || value < 0.0 {
        return None;
    }
    let digits: Digits = value.to_string().bytes().filter(u8::is_ascii_digit).collect();
    (digits.len() <= MOST_DIGITS).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_keeps_the_digits() {
        assert!(is_slip(248.0, 284.0));
        assert!(is_slip(60_354_999.0, 60_345_999.0));
        assert!(is_slip(75_000.0, 7_500.0));
        assert!(!is_slip(74.0, 47.0), "two digits say too little");
        assert!(!is_slip(482.0, 284.0));
        assert!(!is_slip(284.0, 284.0));
        assert!(!is_slip(f64::NAN, 284.0));
    }

    #[test]
    fn a_digit_is_lost_of_four_or_more() {
        assert!(loses_digit(264.0, 2640.0));
        assert!(loses_digit(246.0, 2436.0));
        assert!(!loses_digit(28.0, 284.0));
    }
}
