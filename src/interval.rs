//! The one interval logic: what a number with its hedge can mean, and whether two such meanings meet.

/// A range of values. An infinite bound is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    pub low_open: bool,
    pub high_open: bool,
}

impl Interval {
    /// `[n, n]`
    pub fn exactly(n: f64) -> Self {
        Self { low: n, high: n, low_open: false, high_open: false }
    }

    /// `[low, high]`
    pub fn closed(low: f64, high: f64) -> Self {
        Self { low, high, low_open: false, high_open: false }
    }

    /// `[n, ∞)`
    pub fn from(n: f64) -> Self {
        Self { low: n, high: f64::INFINITY, low_open: false, high_open: true }
    }

    /// `(n, ∞)`
    pub fn above(n: f64) -> Self {
        Self { low: n, high: f64::INFINITY, low_open: true, high_open: true }
    }

    /// `(-∞, n]`
    pub fn up_to(n: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high: n, low_open: true, high_open: false }
    }

    /// `(-∞, n)`
    pub fn below(n: f64) -> Self {
        Self { low: f64::NEG_INFINITY, high: n, low_open: true, high_open: true }
    }

    pub fn contains(&self, n: f64) -> bool {
        (if self.low_open { n > self.low } else { n >= self.low })
            && (if self.high_open { n < self.high } else { n <= self.high })
    }

    /// Whether some value lies in both.
    pub fn meets(&self, other: &Self) -> bool {
        let low = if self.low > other.low || (self.low == other.low && self.low_open) { self } else { other };
        let high =
            if self.high < other.high || (self.high == other.high && self.high_open) { self } else { other };
        low.low < high.high || (low.low == high.high && !low.low_open && !high.high_open)
    }

    /// Whether the interval holds one value only.
    pub fn is_point(&self) -> bool {
        self.low == self.high
    }
}
