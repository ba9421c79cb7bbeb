//! Rules: which concepts there are, what to check, how strictly, and what to tell the editor.

pub mod builtin;
pub mod docs;
pub mod file;
pub mod house;
pub mod ruleset;
pub mod schema;
mod validate;

pub use file::Check;
pub use ruleset::Ruleset;
pub(crate) use validate::says_no_rules;
