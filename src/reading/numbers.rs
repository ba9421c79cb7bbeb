//! Numbers in copy: digits with separators, number words, scales, hedges, and what is none.

use super::quantity::Quantity;
use super::scan::Scan;

/// Reads every quantity of a text, in order.
pub fn read_quantities(scan: &Scan<'_>) -> Vec<Quantity> {
    let _ = scan;
    Vec::new()
}
