//! The one place that reads YAML: a file becomes a tree of nodes with their places, and the tree becomes
//! the caller's types through serde, so that every error has its span, its key path and plain words.

mod at;
mod de;
mod de_key;
mod fault;
mod message;
mod node;
mod plain;
mod scalar;
mod untyped;

use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::source::Source;

pub use at::At;
pub(crate) use fault::nearest;
pub use node::{Content, Key, Node};
pub use scalar::scalar;
pub use untyped::untyped;

/// Reads one YAML document into `T`. The first error of syntax or type ends it.
pub fn read<T: DeserializeOwned>(source: &Arc<Source>) -> Result<T, Problem> {
    let node = node::parse(source)?;
    from_node(source, &node)
}

/// Reads a part of a document that was parsed before.
pub fn from_node<T: DeserializeOwned>(source: &Arc<Source>, node: &Node) -> Result<T, Problem> {
    T::deserialize(de::NodeDeserializer::new(node)).map_err(|fault| fault.into_problem(source))
}

/// Parses one YAML document.
pub fn parse(source: &Arc<Source>) -> Result<Node, Problem> {
    node::parse(source)
}

/// Whether a document says nothing: blank lines, comments and document marks only.
pub fn is_empty(source: &Source) -> bool {
    node::is_empty(source)
}

/// Writes a value as YAML, as people would: what has no content becomes an empty text.
pub fn write(value: &impl serde::Serialize) -> String {
    serde_saphyr::to_string(value).unwrap_or_default()
}
