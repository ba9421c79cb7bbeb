//! People and what they are: their offices ([`check`]) and their ages (`age`).

mod age;
mod apposition;
mod check;
mod doubts;
mod exclusion;
mod judge;

pub use age::check_ages;
pub use check::check;
pub(in crate::checks) use check::name_in;
