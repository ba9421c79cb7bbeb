//! Values that may have one of several shapes, without serde's `untagged`, whose errors name no place
//! and no reason.

use serde::de::{Deserializer, Visitor};

/// The name by which a visitor asks the node deserializer for whatever stands there, scalars as they
/// are written.
pub(super) const UNTYPED: &str = "\u{0}factlint::Untyped";

/// Reads what stands there: every scalar but an empty one goes to `visit_str` as it is written, so that
/// `2022-01-06`, `1.50` and `more than 1000` all arrive unchanged. Another deserializer than that of this
/// module calls `visit_newtype_struct`.
pub fn untyped<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    visitor: V,
) -> Result<V::Value, D::Error> {
    deserializer.deserialize_newtype_struct(UNTYPED, visitor)
}
