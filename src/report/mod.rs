//! Reports: one renderer a format, all behind [`render::Renderer`]. Renderers return strings; nothing here
//! prints.

pub mod affected;
pub mod concise;
pub mod diff;
pub mod fingerprint;
pub mod github;
pub mod html;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod mentions;
pub mod problem;
pub mod render;
pub mod rule_docs;
pub mod sarif;
pub mod tally;
pub mod visible;
pub mod window;

pub use render::{Renderer, Report};
pub use tally::Tally;
