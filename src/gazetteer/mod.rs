//! The gazetteer: countries, capitals, large cities and international organisations with their names in
//! each language, and the adjectives of the countries. It is knowledge of the world and of no story; every
//! sheet has it for free.
//!
//! Its data are YAML under `rules/gazetteer`; the build script makes sorted tables of them ([`table`]), in
//! which a word of copy is looked up once. [`find`] finds the names in an article.

pub mod file;
pub mod find;
pub mod lines;
pub mod table;
pub mod world;

pub use find::{NearCountries, PlaceForm, PlaceMemo, PlaceMention, Places, find_places};
pub use table::{Gazetteer, NameKind};
pub use world::{EntryId, EntryKind};
