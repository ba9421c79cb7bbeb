//! Numbers as such: what no language writes that way, and another language's separators.

use super::case::{Read, Reporter};
use crate::reading::claim::Claim;

/// Reports numbers that cannot be meant as they stand.
pub fn check(read: &Read<'_>, claims: &[Claim], reporter: &mut Reporter<'_>) {
    let _ = (read, claims, reporter);
}
