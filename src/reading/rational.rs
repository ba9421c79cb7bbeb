//! Exact values while a number is put together: "2.3 hundred" is 230 and not 229.99999999999997.

/// A fraction that is never negative, with a denominator that is never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rational {
    numerator: u128,
    denominator: u128,
}

impl Rational {
    pub const ZERO: Self = Self::whole(0);
    pub const ONE: Self = Self::whole(1);

    pub const fn whole(value: u128) -> Self {
        Self { numerator: value, denominator: 1 }
    }

    /// None where the denominator is zero.
    pub fn new(numerator: u128, denominator: u128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator);
        Some(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// Digits as they stand, of which the last `decimals` are behind the decimal mark. None past what
    /// fits: no count is that large.
    pub fn of_digits(digits: impl Iterator<Item = u32>, decimals: u32) -> Option<Self> {
        let mut numerator: u128 = 0;
        for digit in digits {
            numerator = numerator.checked_mul(10)?.checked_add(u128::from(digit))?;
        }
        Self::new(numerator, 10u128.checked_pow(decimals)?)
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The difference; zero where it would be negative.
    pub fn minus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(left.saturating_sub(right), self.denominator.checked_mul(other.denominator)?)
    }

    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(
            self.numerator.checked_mul(other.numerator)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }

    /// The value where it is a whole number.
    pub fn as_whole(self) -> Option<u128> {
        (self.denominator == 1).then_some(self.numerator)
    }

    pub fn is_less_than(self, limit: u128) -> bool {
        limit.checked_mul(self.denominator).is_none_or(|limit| self.numerator < limit)
    }

    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// The unit of the last significant digit: 100 for 2500, 1 for 748, 0.1 for 6.3.
    pub fn step(self) -> f64 {
        if self.denominator == 1 {
            return lowest_place(self.numerator) as f64;
        }
        let mut step = 1.0;
        let mut power: u128 = 1;
        for _ in 0..20 {
            step /= 10.0;
            power *= 10;
            if power.is_multiple_of(self.denominator) {
                break;
            }
        }
        step
    }
}

/// The largest power of ten that divides a value; one for zero.
pub fn lowest_place(value: u128) -> u128 {
    let (mut value, mut place) = (value, 1);
    while value != 0 && value.is_multiple_of(10) {
        value /= 10;
        place *= 10;
    }
    place
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::Rational;

    #[test]
    fn products_are_exact() {
        let value = Rational::new(23, 10).and_then(|value| value.times(Rational::whole(100)));
        assert_eq!(value, Some(Rational::whole(230)));
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::of_digits([9, 2, 3, 2].into_iter(), 3).map(Rational::to_f64), Some(9.232));
    }

    #[test]
    fn the_step_is_that_of_the_last_digit() {
        assert_eq!(Rational::whole(2500).step(), 100.0);
        assert_eq!(Rational::whole(748).step(), 1.0);
        assert_eq!(Rational::new(63, 10).map(Rational::step), Some(0.1));
    }
}
