//! One date before it is resolved: what stands in the copy, from which token to which.

use std::ops::Range;

use super::resolve::Resolved;
use super::{DateShape, Written};

/// One date, or one end of a range.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Tokens.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) written: Written,
    /// Weekday 1 to 7 and its tokens.
    pub(super) weekday: Option<(u8, Range<usize>)>,
    /// What it means where that does not follow from `written` alone.
    pub(super) fixed: Option<Resolved>,
    pub(super) shape: DateShape,
    pub(super) rough: bool,
    /// It is a date by itself. Where not, it only may be one end of a range or an item of a list.
    pub(super) certain: bool,
    /// A lone day written so that it can be nothing but an ordinal: `18th`, `25.`.
    pub(super) ordinal: bool,
}

impl Part {
    /// A part made of written fields.
    pub(super) fn of(start: usize, end: usize, written: Written) -> Self {
        let shape = match (written.day, written.month, written.year) {
            (Some(_), Some(_), Some(_)) => DateShape::Full,
            (Some(_), Some(_), None) => DateShape::DayMonth,
            (Some(_), None, _) => DateShape::Day,
            (None, Some(_), _) => DateShape::Month,
            (None, None, _) => DateShape::Year,
        };
        Self {
            start,
            end,
            written,
            weekday: None,
            fixed: None,
            shape,
            rough: false,
            certain: true,
            ordinal: false,
        }
    }

    /// A part whose meaning is known already.
    pub(super) fn fixed(start: usize, end: usize, shape: DateShape, resolved: Resolved) -> Self {
        Self { fixed: Some(resolved), shape, ..Self::of(start, end, Written::default()) }
    }

    pub(super) fn uncertain(self) -> Self {
        Self { certain: false, ..self }
    }

    /// A day of the month without its month, that a neighbour may bring.
    pub(super) fn is_lone_day(&self) -> bool {
        self.fixed.is_none() && self.written.day.is_some() && self.written.month.is_none()
    }
}
