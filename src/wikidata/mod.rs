//! People, places and organizations from saved entities of Wikidata, added to a sheet as its author wrote it.
//!
//! [`entity`] reads the JSON, `insert` edits the sheet's text. Nothing is asked of any network.

pub mod entity;
pub mod insert;

pub use entity::{Entity, read};
pub use insert::{Added, Wanted, insert};
