//! Which of many sheets an article is about, by what the copy itself says.
//!
//! A sheet applies where the article's day is in its period and enough of its cast is named. A name that many
//! sheets have says little, so each weighs the less the more of the sheets have it. One sheet that accounts
//! for the names is enough: another applies beside it only if names are left that speak for it. Where two
//! fit equally none is taken, since figures held against another story's sheet would all be wrong.

mod index;
mod weigh;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::engine::PreparedSheet;
use crate::gazetteer::PlaceMention;
use crate::language::{Hit, Language, Memo, Sense};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::Shape;
use index::CastIndex;
use weigh::{Chosen, Scales};

/// Sheets among which the copy of each article chooses.
pub struct Candidates {
    sheets: Vec<Arc<PreparedSheet>>,
    /// Tells memories of these sheets from those of others.
    id: u64,
    /// By language, made when the first article of it comes.
    languages: Mutex<BTreeMap<String, Arc<CastIndex>>>,
}

/// What was chosen, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The sheets that apply, the one that most speaks for first.
    Sheets(Vec<Reason>),
    /// Some fit equally, and nothing tells which is meant: their paths.
    Tied(Vec<String>),
    /// The day of the article is in the period of none.
    OutsideOfAll(Date),
    /// Of none is enough of the cast named.
    NotEnough,
}

/// Why a sheet was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The sheet's path.
    pub sheet: String,
    /// The article's day, where the sheet's period has it.
    pub day: Option<Date>,
    /// Those of its cast that are named, the most telling first.
    pub named: Vec<String>,
    /// The article's front matter says that it is of the sheet's story.
    pub by_story: bool,
}

/// What one thread remembers of the words of one language for these sheets.
#[derive(Default)]
pub(crate) struct ChoiceMemo {
    of: Option<u64>,
    words: Memo,
    hits: Vec<Hit>,
    clues: Vec<u32>,
}

/// What an article says of what it is about.
pub(crate) struct Signs<'a> {
    pub(crate) scan: &'a Scan<'a>,
    pub(crate) places: &'a [PlaceMention],
    /// The day of the article, where one is known.
    pub(crate) day: Option<Date>,
    /// The story that the front matter names.
    pub(crate) story: Option<&'a str>,
}

/// Numbers candidates, so that a thread's memories of some are never used for others.
static NEXT: AtomicU64 = AtomicU64::new(0);

impl Candidates {
    pub fn new(sheets: Vec<Arc<PreparedSheet>>) -> Self {
        Self { sheets, id: NEXT.fetch_add(1, Ordering::Relaxed), languages: Mutex::default() }
    }

    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty()
    }

    /// The sheets to choose among.
    pub fn sheets(&self) -> &[Arc<PreparedSheet>] {
        &self.sheets
    }

    pub fn len(&self) -> usize {
        self.sheets.len()
    }

    /// The sheets that apply to an article.
    pub(crate) fn choose(
        &self,
        signs: &Signs<'_>,
        memo: &mut ChoiceMemo,
    ) -> (Vec<Arc<PreparedSheet>>, Choice) {
        if memo.of != Some(self.id) {
            *memo = ChoiceMemo { of: Some(self.id), ..ChoiceMemo::default() };
        }
        let of_story = self.of_story(signs);
        let chosen = if !of_story.is_empty() {
            of_story
        } else {
            let index = self.index(signs.scan.language);
            find_clues(&index, signs, memo);
            let in_period: Vec<bool> =
                self.sheets.iter().map(|sheet| covers(sheet, signs.day) != Some(false)).collect();
            let mut scales = Scales::new(&self.sheets, &index, &memo.clues, &in_period);
            match scales.weigh() {
                Ok(chosen) if !chosen.is_empty() => chosen,
                Ok(_) => {
                    let none_fits = signs.day.filter(|_| !in_period.contains(&true));
                    return (Vec::new(), none_fits.map_or(Choice::NotEnough, Choice::OutsideOfAll));
                }
                Err(tied) => {
                    return (Vec::new(), Choice::Tied(tied.iter().map(|&at| self.path(at)).collect()));
                }
            }
        };
        let reasons = chosen.iter().map(|chosen| self.reason(chosen, signs)).collect();
        let sheets = chosen.iter().filter_map(|chosen| self.sheets.get(chosen.sheet)).cloned().collect();
        (sheets, Choice::Sheets(reasons))
    }

    /// The sheets of the story that the front matter names. Other tools have such a key too, so that one
    /// which is no sheet's says nothing.
    fn of_story(&self, signs: &Signs<'_>) -> Vec<Chosen> {
        let Some(story) = signs.story else { return Vec::new() };
        let of_story = self.sheets.iter().enumerate().filter(|(_, sheet)| sheet.sheet.story == story);
        of_story.map(|(sheet, _)| Chosen { sheet, named: Vec::new() }).collect()
    }

    fn reason(&self, chosen: &Chosen, signs: &Signs<'_>) -> Reason {
        let covers = self.sheets.get(chosen.sheet).and_then(|sheet| covers(sheet, signs.day));
        Reason {
            sheet: self.path(chosen.sheet),
            day: signs.day.filter(|_| covers == Some(true)),
            named: chosen.named.clone(),
            by_story: chosen.named.is_empty(),
        }
    }

    fn path(&self, sheet: usize) -> String {
        self.sheets.get(sheet).map(|sheet| sheet.sheet.source.path.clone()).unwrap_or_default()
    }

    fn index(&self, language: &Language) -> Arc<CastIndex> {
        let mut languages = self.languages.lock().unwrap_or_else(PoisonError::into_inner);
        let code = &language.pack.language;
        if let Some(known) = languages.get(code) {
            return Arc::clone(known);
        }
        let index = Arc::new(CastIndex::new(self.sheets.iter().map(|sheet| &sheet.sheet), language));
        languages.insert(code.clone(), Arc::clone(&index));
        index
    }
}

/// Whether a sheet's period has a day; `None` where the sheet or the article does not say.
fn covers(sheet: &PreparedSheet, day: Option<Date>) -> Option<bool> {
    let (from, to) = sheet.sheet.period?;
    Some((from..=to).contains(&day?))
}

/// Leaves in `memo` each clue that stands in the copy, once and in order.
fn find_clues(index: &CastIndex, signs: &Signs<'_>, memo: &mut ChoiceMemo) {
    let ChoiceMemo { words, hits, clues, .. } = memo;
    let scan = signs.scan;
    hits.clear();
    clues.clear();
    index.lexicon.scan(scan.tokens, scan.vocabulary, words, hits);
    for hit in hits.iter() {
        let Sense::Cast(clue) = hit.sense else { continue };
        let is_lower = scan.word(hit.token as usize).is_some_and(|word| word.shape == Shape::Lower);
        let needs_capital = index.clues.get(clue as usize).is_some_and(|clue| clue.capital);
        // A name that is also a word of the language, such as May, tells nothing by itself.
        let is_word = hit.len == 1 && needs_capital && scan.is_known(hit.token as usize);
        if !(is_lower && needs_capital || is_word) {
            clues.push(clue);
        }
    }
    let entries = signs.places.iter().flat_map(|place| &place.entries);
    clues.extend(entries.filter_map(|&entry| index.entry(entry)));
    clues.sort_unstable();
    clues.dedup();
}
