//! Fact sheets: what is true of one story.

pub mod model;

pub use model::{Figure, Form, FormKind, Kind, Member, MemberId, Sheet};
