//! Finds the keys that are a letter or two from a given one, at a cost that does not grow with the cast.
//!
//! Deletion neighbourhood (Garbe's SymSpell): two words within distance d share a word that both give
//! by deleting at most d letters. The hashes of those are kept in one table of buckets; what is found
//! is then measured by optimal string alignment.

use std::hash::Hasher;

/// See the [module](self).
#[derive(Debug, Default)]
pub struct NearKeys {
    keys: Vec<Key>,
    /// Where each bucket's entries begin; one more than there are buckets.
    offsets: Vec<u32>,
    entries: Vec<(u32, u32)>,
    shift: u32,
}

#[derive(Debug)]
struct Key {
    text: Box<str>,
    letters: usize,
    bag: u64,
}

impl Key {
    fn new(text: Box<str>) -> Self {
        let letters = text.chars().count();
        let bag = bag(text.chars());
        Self { text, letters, bag }
    }
}

/// One bit for each letter of a word; two letters may share one.
pub(super) fn bag(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |bag, letter| bag | 1 << (letter as u32 % u64::BITS))
}

/// So few keys are sooner looked through than hashed.
const FEW: usize = 48;

/// Keys up to this long may differ by one letter, longer ones by two.
const SHORT: usize = 8;

/// Longer words are no names.
const LONGEST: usize = 40;

/// How far apart two keys may be at the most.
fn reach(letters: usize) -> usize {
    if letters <= SHORT { 1 } else { 2 }
}

fn hash(letters: &[char], skip: [usize; 2]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    for (at, &letter) in letters.iter().enumerate() {
        if at != skip[0] && at != skip[1] {
            hasher.write_u32(letter as u32);
        }
    }
    hasher.finish()
}

/// The hashes of a key with up to `most` letters deleted.
fn neighbourhood(letters: &[char], most: usize, mut each: impl FnMut(u64)) {
    const NONE: usize = usize::MAX;
    each(hash(letters, [NONE, NONE]));
    for first in 0..letters.len() {
        each(hash(letters, [first, NONE]));
        if most > 1 {
            for second in first + 1..letters.len() {
                each(hash(letters, [first, second]));
            }
        }
    }
}

impl NearKeys {
    /// Indexes keys; their positions are what [`find`](Self::find) gives back.
    pub fn new(keys: Vec<Box<str>>) -> Self {
        let keys: Vec<Key> = keys.into_iter().map(Key::new).collect();
        if keys.len() <= FEW {
            return Self { keys, ..Self::default() };
        }
        let mut hashes = Vec::with_capacity(keys.len() * 10);
        let mut letters = Vec::new();
        for (index, key) in (0u32..).zip(&keys) {
            letters.clear();
            letters.extend(key.text.chars());
            // A key one letter shorter than the longer of a pair must still meet it.
            let most = if letters.len() + 2 > SHORT { 2 } else { 1 };
            neighbourhood(&letters, most, |hash| hashes.push((hash, index)));
        }
        let bits = (usize::BITS - hashes.len().leading_zeros()).clamp(4, 24);
        let shift = u64::BITS - bits;
        let mut offsets = vec![0u32; (1 << bits) + 1];
        for (hash, _) in &hashes {
            offsets[(hash >> shift) as usize + 1] += 1;
        }
        for bucket in 1..offsets.len() {
            offsets[bucket] += offsets[bucket - 1];
        }
        let mut next = offsets.clone();
        let mut entries = vec![(0, 0); hashes.len()];
        for (hash, index) in hashes {
            let slot = &mut next[(hash >> shift) as usize];
            entries[*slot as usize] = (hash as u32, index);
            *slot += 1;
        }
        Self { keys, offsets, entries, shift }
    }

    /// Every key near enough, as its index and distance; unordered, each once.
    pub fn find(&self, key: &str, found: &mut Vec<(u32, usize)>) {
        if self.entries.is_empty() {
            self.find_among_few(key, found);
            return;
        }
        let letters: Vec<char> = key.chars().take(LONGEST).collect();
        neighbourhood(&letters, reach(letters.len()), |hash| {
            let bucket = (hash >> self.shift) as usize;
            let range = self.offsets[bucket] as usize..self.offsets[bucket + 1] as usize;
            for &(low, index) in &self.entries[range] {
                if low == hash as u32 && !found.iter().any(|&(known, _)| known == index) {
                    let other = &self.keys[index as usize];
                    let distance = strsim::osa_distance(key, &other.text);
                    if distance <= reach(letters.len().max(other.letters)) {
                        found.push((index, distance));
                    }
                }
            }
        });
    }

    /// One letter changed makes two bits differ at the most.
    fn find_among_few(&self, key: &str, found: &mut Vec<(u32, usize)>) {
        let letters = key.chars().take(LONGEST).count();
        let bag = bag(key.chars());
        for (index, other) in (0u32..).zip(&self.keys) {
            let reach = reach(letters.max(other.letters));
            if letters.abs_diff(other.letters) > reach
                || (bag ^ other.bag).count_ones() as usize > 2 * reach
                || found.iter().any(|&(known, _)| known == index)
            {
                continue;
            }
            let distance = strsim::osa_distance(key, &other.text);
            if distance <= reach {
                found.push((index, distance));
            }
        }
    }

    pub fn key(&self, index: u32) -> &str {
        &self.keys[index as usize].text
    }
}
