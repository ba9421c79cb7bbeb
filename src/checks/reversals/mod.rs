//! Reversals: an event of the sheet told the other way round, freed for detained.

mod asserted;
mod bounds;
mod check;
mod clause;
mod facts;
mod helper;
mod office;
mod phrases;
mod place;
mod pronoun;
mod spots;
mod subject;
mod times;
mod titles;

pub use check::check;
