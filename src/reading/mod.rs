//! Reading: a text becomes tokens, sentences and mentions. It knows languages and no facts.

pub mod attribution;
pub mod by_token;
pub mod claim;
pub mod compound_numbers;
pub mod dateline;
pub mod dates;
pub mod digits;
pub mod hedge_table;
pub mod hedges;
pub mod lexer;
pub mod number_senses;
pub mod number_traps;
pub mod numbers;
pub mod quantity;
pub mod quotation;
pub mod rational;
pub mod reference;
pub mod scan;
pub mod sentences;
pub mod titles;
pub mod vocabulary;
