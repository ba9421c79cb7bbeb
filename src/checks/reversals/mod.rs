//! Reversals: an event of the sheet told the other way round, freed for detained.

mod check;
mod clause;
mod facts;
mod subject;
mod times;

pub use check::check;
