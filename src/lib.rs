//! factlint checks wire copy against a fact sheet.

pub mod article;
pub mod checks;
pub mod encoding;
pub mod engine;
pub mod finding;
pub mod interval;
pub mod language;
pub mod mention;
pub mod problem;
pub mod reading;
pub mod report;
pub mod rules;
pub mod sheet;
pub mod source;
pub mod yaml;
