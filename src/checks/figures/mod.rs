//! Figures: the numbers of the copy against those of the sheet.

mod beside;
pub mod check;
mod doubt;
mod elsewhere;
pub mod link;
mod pairs;
pub mod series;
mod slip;
pub mod source;

pub use check::{check, judge_against, tie};
