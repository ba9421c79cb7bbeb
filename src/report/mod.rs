//! Reports: findings and mentions as people read them and as JSON Lines. Renderers return strings;
//! nothing here prints.

pub mod fingerprint;
pub mod human;
pub mod jsonl;
pub mod mentions;
pub mod problem;
pub mod rule_docs;
pub mod tally;
pub mod visible;
pub mod window;

pub use tally::Tally;
