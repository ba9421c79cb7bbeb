//! factlint checks wire copy against a fact sheet.

pub mod article;
pub mod cli;
pub mod encoding;
pub mod finding;
pub mod interval;
pub mod language;
pub mod problem;
pub mod reading;
pub mod report;
pub mod sheet;
pub mod source;
pub mod yaml;
