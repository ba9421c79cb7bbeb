//! Reports: what a run found, in words and in JSON.

pub mod problem;
