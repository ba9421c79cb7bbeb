//! How much the names in an article speak for each sheet.

use std::sync::Arc;

use super::index::{CastIndex, Named};
use crate::engine::PreparedSheet;

/// So many of the cast must be named, or all of it where it is smaller.
const FEWEST_NAMED: usize = 2;

/// What they weigh together: as much as one name that no other sheet has.
const LEAST_WEIGHT: f32 = 1.0;

/// A country or another place or body of the world is named in copy of all kinds.
const OF_THE_WORLD: f32 = 0.5;

/// More stories are not told in one article.
const MOST_SHEETS: usize = 3;

/// A sheet that applies.
pub(super) struct Chosen {
    pub(super) sheet: usize,
    /// Whom the copy names, the most telling first.
    pub(super) named: Vec<String>,
}

/// The evidence of one article.
pub(super) struct Scales<'a> {
    sheets: &'a [Arc<PreparedSheet>],
    index: &'a CastIndex,
    in_period: &'a [bool],
    /// By clue in the copy: how much it weighs, and whether a chosen sheet accounts for it.
    clues: Vec<(u32, f32, bool)>,
}

/// What speaks for one sheet.
#[derive(Clone, Copy, Default)]
struct Weight {
    total: f32,
    members: usize,
    /// One of them is not of the world.
    own: bool,
}

/// One member who is named, by the clue that says most.
struct Vote {
    named: Named,
    clue: u32,
    weight: f32,
}

impl<'a> Scales<'a> {
    pub(super) fn new(
        sheets: &'a [Arc<PreparedSheet>],
        index: &'a CastIndex,
        clues: &[u32],
        in_period: &'a [bool],
    ) -> Self {
        let all = in_period.iter().filter(|fits| **fits).count() as f32;
        let mut scales = Self { sheets, index, in_period, clues: Vec::with_capacity(clues.len()) };
        for &clue in clues {
            let mut sheets: Vec<u32> = scales.named(clue).map(|named| named.sheet).collect();
            sheets.dedup();
            if !sheets.is_empty() {
                // Of all the sheets only: next to nothing. Of one: all.
                let weight = (all / sheets.len() as f32).ln_1p() / all.ln_1p();
                scales.clues.push((clue, weight, false));
            }
        }
        scales
    }

    /// The sheets that apply, or those between which it cannot be told.
    pub(super) fn weigh(&mut self) -> Result<Vec<Chosen>, Vec<usize>> {
        let mut chosen: Vec<Chosen> = Vec::new();
        let all = self.votes();
        while chosen.len() < MOST_SHEETS {
            let left = self.votes();
            let best = self.best(&left);
            let Some(&first) = best.first() else { break };
            let rivals = self.rivals(first, &best);
            if !rivals.is_empty() {
                // What is left over after a sheet that fits is no reason to give that up.
                return if chosen.is_empty() { Err([vec![first], rivals].concat()) } else { Ok(chosen) };
            }
            let mut taken = vec![first];
            // A story may have several sheets; each is one of it that fits by itself.
            let companions = (0..self.sheets.len()).filter(|&sheet| {
                self.story(sheet) == self.story(first) && self.fits(sheet, self.weight(&all, sheet))
            });
            for sheet in companions {
                if !taken.contains(&sheet) {
                    taken.push(sheet);
                }
            }
            for sheet in taken {
                if !chosen.iter().any(|known| known.sheet == sheet) {
                    chosen.push(Chosen { sheet, named: self.names(&all, sheet) });
                }
                self.account(sheet);
            }
            // Two heads of state beside a story that is told are no second one: from here on only names count
            // that one story has for itself.
            self.account_for_shared();
        }
        Ok(chosen)
    }

    /// Whom a clue names in sheets whose period fits.
    fn named(&self, clue: u32) -> impl Iterator<Item = Named> + use<'a> {
        let in_period = self.in_period;
        let of = self.index.clues.get(clue as usize).map_or(&[][..], |clue| clue.of.as_slice());
        of.iter().copied().filter(|named| in_period.get(named.sheet as usize).is_some_and(|&fits| fits))
    }

    /// Every member that is named by clues nobody accounts for, by sheet and member.
    fn votes(&self) -> Vec<Vote> {
        let mut votes: Vec<Vote> = Vec::new();
        for &(clue, weight, _) in self.clues.iter().filter(|(.., accounted)| !accounted) {
            votes.extend(self.named(clue).map(|named| {
                let weight = if named.of_the_world { weight * OF_THE_WORLD } else { weight };
                Vote { named, clue, weight }
            }));
        }
        votes.sort_by(|a, b| a.named.cmp(&b.named).then(b.weight.total_cmp(&a.weight)));
        votes.dedup_by(|later, first| later.named == first.named);
        votes
    }

    /// The sheets that most speaks for, of those for which enough does.
    fn best(&self, votes: &[Vote]) -> Vec<usize> {
        let mut best: Vec<usize> = Vec::new();
        let mut most = 0.0;
        for votes in votes.chunk_by(|a, b| a.named.sheet == b.named.sheet) {
            let Some(sheet) = votes.first().map(|vote| vote.named.sheet as usize) else { continue };
            let weight = sum(votes);
            if !self.fits(sheet, weight) || weight.total + f32::EPSILON * 8.0 < most {
                continue;
            }
            if weight.total > most + f32::EPSILON * 8.0 {
                best.clear();
                most = weight.total;
            }
            best.push(sheet);
        }
        best
    }

    fn fits(&self, sheet: usize, weight: Weight) -> bool {
        let Some(sheet) = self.sheets.get(sheet).map(|sheet| &sheet.sheet) else { return false };
        let only_of_the_world = || sheet.cast.iter().all(|member| member.known.is_some());
        weight.members >= FEWEST_NAMED.min(sheet.cast.len())
            && weight.total >= LEAST_WEIGHT
            && (weight.own || only_of_the_world())
    }

    fn weight(&self, votes: &[Vote], sheet: usize) -> Weight {
        sum(of_sheet(votes, sheet))
    }

    fn story(&self, sheet: usize) -> &'a str {
        self.sheets.get(sheet).map_or("", |sheet| sheet.sheet.story.as_str())
    }

    fn names(&self, votes: &[Vote], sheet: usize) -> Vec<String> {
        let mut votes: Vec<&Vote> = of_sheet(votes, sheet).iter().collect();
        votes.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let text = |vote: &&Vote| self.index.clues.get(vote.clue as usize).map(|clue| clue.text.clone());
        votes.iter().filter_map(text).collect()
    }

    /// Those of equally good sheets that the same names speak for as for `first`. One that has enough of its
    /// own tells a second story of the article.
    fn rivals(&self, first: usize, best: &[usize]) -> Vec<usize> {
        let other = |sheet: &&usize| self.story(**sheet) != self.story(first);
        let others: Vec<usize> = best.iter().filter(other).copied().collect();
        if others.is_empty() {
            return others;
        }
        let mut without = Self { clues: self.clues.clone(), ..*self };
        without.account(first);
        without.account_for_shared();
        let votes = without.votes();
        others.into_iter().filter(|&sheet| !self.fits(sheet, self.weight(&votes, sheet))).collect()
    }

    /// Marks the clues that a sheet accounts for.
    fn account(&mut self, sheet: usize) {
        let index = self.index;
        for (clue, _, accounted) in &mut self.clues {
            let of = index.clues.get(*clue as usize).map_or(&[][..], |clue| clue.of.as_slice());
            *accounted |= of.iter().any(|named| named.sheet as usize == sheet);
        }
    }

    /// Marks the clues that speak for several stories.
    fn account_for_shared(&mut self) {
        let shared = |clue: u32| {
            let mut stories = self.named(clue).map(|named| self.story(named.sheet as usize));
            let first = stories.next();
            stories.any(|story| Some(story) != first)
        };
        let shared: Vec<bool> = self.clues.iter().map(|&(clue, ..)| shared(clue)).collect();
        for ((.., accounted), shared) in self.clues.iter_mut().zip(shared) {
            *accounted |= shared;
        }
    }
}

fn of_sheet(votes: &[Vote], sheet: usize) -> &[Vote] {
    let from = votes.partition_point(|vote| (vote.named.sheet as usize) < sheet);
    let to = votes.partition_point(|vote| vote.named.sheet as usize <= sheet);
    votes.get(from..to).unwrap_or_default()
}

fn sum(votes: &[Vote]) -> Weight {
    votes.iter().fold(Weight::default(), |weight, vote| Weight {
        total: weight.total + vote.weight,
        members: weight.members + 1,
        own: weight.own || !vote.named.of_the_world,
    })
}
