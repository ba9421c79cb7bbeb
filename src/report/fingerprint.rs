//! A finding's name from one run to the next: it stays when the copy around it moves.

use rustc_hash::FxHashMap;

use crate::article::comments::BLANK;
use crate::finding::Finding;

/// Bytes looked at on either side of a finding for its neighbouring words.
const REACH: usize = 80;

/// Bytes that may stand between a finding and its neighbours: a comment is a gap.
const GAP: usize = 1_000;

/// Gives out the fingerprints of one article, in the order of its findings.
#[derive(Default)]
pub struct Fingerprints {
    seen: FxHashMap<u64, u64>,
}

impl Fingerprints {
    /// Sixteen hexadecimal digits over rule, path, text and the words next to it, and how many such
    /// findings there were before: line numbers are left out, since an edit above moves them. `text` is the
    /// file with its comments blanked, so that a comment written beside a finding changes nothing.
    pub fn of(&mut self, path: &str, text: &str, finding: &Finding) -> String {
        let start = text.floor_char_boundary(finding.span.start);
        let end = text.ceil_char_boundary(finding.span.end).max(start);
        let far = text.floor_char_boundary(start.saturating_sub(GAP));
        let before = text.get(far..start).unwrap_or_default().trim_end_matches(is_gap);
        let before = before.get(before.floor_char_boundary(before.len().saturating_sub(REACH))..);
        let far = text.ceil_char_boundary(end.saturating_add(GAP));
        let after = text.get(end..far).unwrap_or_default().trim_start_matches(is_gap);
        let after = after.get(..after.ceil_char_boundary(REACH));
        let parts = [
            &*finding.rule,
            path,
            &finding.text,
            before.and_then(|before| before.rsplit(is_gap).next()).unwrap_or_default(),
            after.and_then(|after| after.split(is_gap).next()).unwrap_or_default(),
        ];
        let hash = parts.iter().fold(OFFSET, |hash, part| fnv(fnv(hash, part.as_bytes()), &[0xff]));
        let occurrence = self.seen.entry(hash).or_default();
        let fingerprint = fnv(hash, &occurrence.to_le_bytes());
        *occurrence += 1;
        format!("{fingerprint:016x}")
    }
}

/// Whether a character stands between words and is of none.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c == BLANK
}

/// Sixteen hexadecimal digits over a text.
pub(super) fn of_text(text: &str) -> String {
    format!("{:016x}", fnv(OFFSET, text.as_bytes()))
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a. Fixed for good, unlike the hashers of the standard library: fingerprints are kept in files.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(OFFSET, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(OFFSET, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(OFFSET, b"foobar"), 0x8594_4171_f739_67e8);
    }
}
