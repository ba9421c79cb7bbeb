//! Checks: what an article says against what a sheet says. Only here do both meet.

pub mod case;
pub(crate) mod date_clauses;
pub(crate) mod date_ties;
pub mod dates;
mod enumerations;
pub mod figures;
pub mod internal;
pub mod kinds;
pub mod lists;
pub mod names;
pub mod numbers;
mod places;
mod pronouns;
pub mod reversals;
pub mod roles;
pub mod wording;
