//! Rules: which concepts there are, what to check, how strictly, and what to tell the editor.

pub mod builtin;
pub mod docs;
pub mod file;
pub mod house;
pub mod levels;
pub mod ruleset;
pub mod schema;
mod validate;

pub use file::Check;
pub use levels::Levels;
pub use ruleset::Ruleset;
