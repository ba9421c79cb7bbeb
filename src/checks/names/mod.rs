//! Names: which cast members the copy names, and whether it spells them right.

pub mod abbreviation;
mod around;
pub mod body_demonym;
pub mod check;
mod correction;
pub mod countries;
pub mod demonym;
mod evidence;
mod hearing;
pub mod index;
pub mod intruder;
pub mod lies_in;
mod lone;
mod long_names;
mod mention;
pub mod near;
pub mod near_abbreviation;
mod phrases;
pub mod recognise;
mod resolve;
pub mod spoken;
pub mod standing;
mod surroundings;
mod telling;
mod whole;
pub mod world;

pub(in crate::checks) use check::draft_of;
pub(crate) use check::fact_id;
pub use index::NameIndex;
pub use mention::NameMention;
pub use recognise::Recogniser;
pub use resolve::NameMemo;
pub use standing::Standing;
