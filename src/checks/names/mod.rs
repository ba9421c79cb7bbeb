//! Names: which cast members the copy names, and whether it spells them right.

pub mod abbreviation;
pub mod check;
pub mod index;
mod long_names;
pub mod near;
pub mod recognise;
mod resolve;
mod surroundings;
mod whole;

pub use index::{NameIndex, Standing};
pub use recognise::{NameMention, Recogniser};
pub use resolve::NameMemo;
