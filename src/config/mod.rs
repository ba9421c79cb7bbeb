//! Settings that a desk keeps in `factlint.yaml` beside its copy: what is an article, which sheets belong
//! to it, and how strictly it is judged.
//!
//! One config holds for a file: the nearest one above it. Nothing is merged with the configs further up, so
//! that whoever reads a config has read all of it. Which file that is, and the reading of it, is the
//! program's business; here is what it says.

pub mod compile;
pub mod file;
pub mod overrides;
pub mod patterns;
pub mod schema;
pub mod suppress;

pub use compile::Config;
pub use file::FailOn;
pub use patterns::Patterns;
pub use suppress::Suppress;

/// What a config is called. The second is there because sheets and rules may end so too.
pub const NAMES: [&str; 2] = ["factlint.yaml", "factlint.yml"];
