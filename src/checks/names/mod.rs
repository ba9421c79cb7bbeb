//! Names: which cast members the copy names, and whether it spells them right.

pub mod abbreviation;
mod around;
pub mod check;
pub mod countries;
pub mod demonym;
pub mod index;
pub mod intruder;
mod long_names;
pub mod near;
pub mod near_abbreviation;
pub mod recognise;
mod resolve;
mod surroundings;
mod whole;
pub mod world;

pub(crate) use check::fact_id;
pub use index::{NameIndex, Standing};
pub use recognise::{NameMention, Recogniser};
pub use resolve::NameMemo;
