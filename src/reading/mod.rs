//! Reading: a text becomes tokens, sentences and mentions. It knows languages and no facts.

pub mod claim;
pub mod dateline;
pub mod dates;
pub mod lexer;
pub mod numbers;
pub mod quantity;
pub mod reference;
pub mod scan;
pub mod sentences;
pub mod vocabulary;
