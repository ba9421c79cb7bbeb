//! Names: which cast members the copy names, and whether it spells them right.

mod around;
pub mod check;
pub mod countries;
pub mod demonym;
pub mod index;
pub mod intruder;
pub mod near;
pub mod recognise;
mod resolve;
mod surroundings;
pub mod world;

pub(in crate::checks) use check::fact_id;
pub use index::{NameIndex, Standing};
pub use recognise::{NameMention, Recogniser};
pub use resolve::NameMemo;
