//! Fact sheets: what is true of one story.

mod check;
mod compile;
mod figures;
pub mod file;
pub mod known;
pub mod load;
pub mod model;
mod names;
mod references;
pub mod schema;
pub mod shapes;
mod value;

pub use known::{Context, Known, ReadValue};
pub use load::{Loaded, load, load_fragment};
pub use model::{Figure, Form, FormKind, Kind, Member, MemberId, Sheet};
