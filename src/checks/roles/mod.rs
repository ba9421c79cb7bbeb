//! People and what they are: their offices ([`check`]), the names that stand by these (`bearer`) and their
//! ages (`age`).

mod age;
mod apposition;
mod bearer;
mod check;
mod doubts;
mod exclusion;
mod judge;
mod owners;
mod past;

pub use age::check_ages;
pub use bearer::check_bearers;
pub use check::check;
pub(in crate::checks) use check::name_in;
