//! Places in copy that no sheet knows.

use std::ops::Range;

use super::case::Case;
use crate::language::{Marker, SenseSet};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::Shape;

/// So many small words may stand between a preposition and the place it leads to.
const BETWEEN: usize = 3;

impl Case<'_> {
    /// Whether a place that is not of the story stands behind a preposition of place, a common noun between
    /// them aside: "in Halifax", "in the port of Halifax", "у порту Південний".
    pub fn has_unknown_place(&self, region: &Range<usize>) -> bool {
        let scan = self.read.scan;
        if !scan.within(region).has_any(SenseSet::marker(Marker::Locative)) {
            return false;
        }
        let capitals_are_nouns = scan.language.pack.capitalised_nouns;
        let has_shape =
            |at: usize, shape: Shape| scan.kind(at) == Some(TokenKind::Word) && scan.shape(at) == Some(shape);
        scan.hits_of_in(SenseSet::marker(Marker::Locative), region.clone()).any(|hit| {
            let mut at = hit.token as usize + hit.len as usize;
            // Where nouns are capitalised, one may stand there that is no name.
            let last = if capitals_are_nouns { at } else { at + BETWEEN };
            while at < last && has_shape(at, Shape::Lower) {
                at += 1;
            }
            region.contains(&at)
                // "In Sicherheit gebracht" is a phrase of its own.
                && scan.hits_at(hit.token as usize).iter().all(|longer| longer.len <= hit.len)
                && has_shape(at, Shape::Capital)
                && !scan.is_known(at)
                && !self.is_named(at)
        })
    }
}
