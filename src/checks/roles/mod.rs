//! People and what they are: their offices ([`check`]), the names that stand by these (`bearer`, `holder`) and their
//! ages (`age`).

mod age;
mod apposition;
mod bearer;
mod check;
mod doubts;
mod exclusion;
mod held;
mod holder;
mod judge;
mod owners;
mod past;
mod predicate;

pub use age::check_ages;
pub use apposition::Of;
pub use bearer::check_bearers;
pub use check::check;
pub(in crate::checks) use check::name_in;
pub use held::{Held, held};
pub use holder::check_holders;
