//! The commands.

pub mod sheet;
