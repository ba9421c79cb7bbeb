//! The date words of a language: what a pack says of them, and what each means to the reader.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::date_phrases::DatePhrases;
use super::lexicon::{Lexicon, Matching};
use super::merge::Merge;
use super::sense::Sense;

/// How a language writes dates. Lists hold every inflected and abbreviated form. The words that begin
/// or make a date stand in the lexicon; the small words around them (`link` and below) are looked up
/// only beside such a word.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DateWords {
    /// How dates in digits are ordered: `7/1/2022`.
    pub order: DateOrder,
    /// Separators that make a date of two numbers, or of three with a short year, in this language.
    pub separators: Vec<String>,
    /// A full stop after digits makes an ordinal: `8. Januar`, `22.04.`
    pub ordinal_stop: bool,
    /// Twelve lists, January first.
    pub months: Vec<Vec<String>>,
    /// Seven lists, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Months and weekdays that are other words too: they count beside a number or after a word that
    /// leads a date.
    pub weak: Vec<String>,
    /// Words of any list here that count with a capital letter only.
    pub capital: Vec<String>,
    /// Words of any list here that count in lower case only.
    pub lower: Vec<String>,
    /// Days counted from the reference day: `-1: [yesterday]`.
    pub relative: BTreeMap<i16, Vec<String>>,
    /// Days counted from the last date told: `0: [the same day]`.
    pub anaphora: BTreeMap<i16, Vec<String>>,
    /// The same, for phrases that mean it only where nothing follows: `-1: [the day before]`.
    pub anaphora_open: BTreeMap<i16, Vec<String>>,
    /// Units counted from the reference's in one word: `year: {-1: [торік]}`.
    pub whole: BTreeMap<DateUnit, BTreeMap<i8, Vec<String>>>,
    /// Days of the year that have a name: `12-25: [Christmas Day]`.
    pub named: BTreeMap<String, Vec<String>>,
    /// Spans of time that are counted or shifted: `week: [week, weeks]`.
    pub units: BTreeMap<DateUnit, Vec<String>>,
    /// Days of the month as ordinals, in every case and gender.
    pub ordinals: BTreeMap<u8, Vec<String>>,
    /// Small numbers in words: days of the month, and what counts units.
    pub cardinals: BTreeMap<u16, Vec<String>>,
    /// What makes an ordinal of the digits it touches: `th`, `º`, `го`.
    pub suffixes: Vec<String>,
    /// Articles that count one unit: "a week ago".
    pub one: Vec<String>,
    /// Between day and month, month and day, month and year: of, de, the.
    pub link: Vec<String>,
    /// Before a date of any kind: on, by, since.
    pub lead: Vec<String>,
    /// Before a month alone, never before a day: in.
    pub month_lead: Vec<String>,
    /// Before a year: in, the year.
    pub year_lead: Vec<String>,
    /// A year stands in a clause with nothing before it: "Er starb 2008 in Rangun."
    pub bare_year: bool,
    /// After a year: року.
    pub year_trail: Vec<String>,
    /// Before a day of the month alone: "on the 18th", "dia 12".
    pub day_lead: Vec<String>,
    /// After a day of the month alone: числа.
    pub day_trail: Vec<String>,
    /// Before a date from which something lasts: since.
    pub since: Vec<String>,
    /// Behind a day counted from the last one told: which day is meant follows. "The same day that".
    pub says_which: Vec<String>,
    /// Small words that may follow a lone number or a weak word without being what it counts.
    pub followers: Vec<String>,
    /// Around counted units: the past.
    pub ago: Around,
    /// Around counted units: the future.
    pub ahead: Around,
    /// Around counted units: after the last date told.
    pub later: Around,
    /// Around counted units: before the last date told.
    pub earlier: Around,
    /// Between counted units and the day they are counted from.
    pub after: Vec<String>,
    /// Between counted units and the day they are counted back from.
    pub before: Vec<String>,
    /// Before a unit, a weekday or a month: which one, counted in whole units. `1: [next]`.
    pub shift: BTreeMap<i8, Vec<String>>,
    /// The same, after the word.
    pub shift_after: BTreeMap<i8, Vec<String>>,
    /// Before a weekday: the nearest one ahead (`1`) or past (`-1`).
    pub nearest: BTreeMap<i8, Vec<String>>,
    /// The same, after the weekday.
    pub nearest_after: BTreeMap<i8, Vec<String>>,
    /// Opens a range: from.
    pub from: Vec<String>,
    /// Opens a range whose ends are joined by "and": between.
    pub between: Vec<String>,
    /// Joins the ends of a range: to, until.
    pub to: Vec<String>,
    /// Joins items of a list: and, or.
    pub and: Vec<String>,
    /// Labels of a line that says when a story was published: "Last Updated".
    pub published: Vec<String>,
    /// The small words, ready to be looked up.
    #[serde(skip)]
    #[schemars(skip)]
    phrases: OnceLock<DatePhrases>,
}

/// Words before or after counted units.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Around {
    /// vor, há
    pub before: Vec<String>,
    /// ago, atrás
    pub after: Vec<String>,
}

/// How a language orders a date in digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    #[default]
    Dmy,
    Mdy,
    Ymd,
}

/// A span of time by the calendar.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum DateUnit {
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
}

/// What a word can be within a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateSense {
    /// 1 to 12.
    Month(u8),
    /// 1 (Monday) to 7.
    Weekday(u8),
    /// Days from the reference day.
    Relative(i16),
    /// Days from the last date told; `open` where it means that only with nothing after it.
    Anaphora {
        days: i16,
        open: bool,
    },
    /// Month and day of a day that has a name.
    Named(u8, u8),
    Unit(DateUnit),
    /// A unit and which one, in one word.
    Whole(DateUnit, i8),
    /// A day of the month as an ordinal.
    Ordinal(u8),
    /// A small number in words.
    Cardinal(u16),
}

impl DateWords {
    /// Adds these words to the language's lexicon.
    pub fn fill(&self, lexicon: &mut Lexicon) {
        let mut add = |words: &[String], sense: DateSense| {
            for word in words {
                lexicon.add(word, Matching::Exact, Sense::Date(sense));
            }
        };
        for (month, words) in (1..).zip(&self.months) {
            add(words, DateSense::Month(month));
        }
        for (day, words) in (1..).zip(&self.weekdays) {
            add(words, DateSense::Weekday(day));
        }
        for (&days, words) in &self.relative {
            add(words, DateSense::Relative(days));
        }
        for (&days, words) in &self.anaphora {
            add(words, DateSense::Anaphora { days, open: false });
        }
        for (&days, words) in &self.anaphora_open {
            add(words, DateSense::Anaphora { days, open: true });
        }
        for (day, words) in &self.named {
            // What is no month and day is left out: a pack is checked where it is loaded.
            if let Some((Ok(month), Ok(day))) = day.split_once('-').map(|(m, d)| (m.parse(), d.parse())) {
                add(words, DateSense::Named(month, day));
            }
        }
        for (&unit, words) in &self.units {
            add(words, DateSense::Unit(unit));
        }
        for (&unit, shifts) in &self.whole {
            for (&by, words) in shifts {
                add(words, DateSense::Whole(unit, by));
            }
        }
        for (&day, words) in &self.ordinals {
            add(words, DateSense::Ordinal(day));
        }
        for (&number, words) in &self.cardinals {
            add(words, DateSense::Cardinal(number));
        }
    }

    /// The small words around a date, by their text.
    pub fn phrases(&self) -> &DatePhrases {
        self.phrases.get_or_init(|| DatePhrases::new(self))
    }
}

impl Merge for DateWords {
    fn absorb(&mut self, mut other: Self) {
        merge_positions(&mut self.months, std::mem::take(&mut other.months));
        merge_positions(&mut self.weekdays, std::mem::take(&mut other.weekdays));
        self.absorb_words(other);
    }
}

/// Merges every field that merges as its type does.
macro_rules! absorb_words {
    ($($field:ident),* $(,)?) => {
        impl DateWords {
            fn absorb_words(&mut self, other: Self) {
                let Self { months: _, weekdays: _, phrases: _, $($field),* } = other;
                $(self.$field.absorb($field);)*
                // The small words are looked up anew.
                self.phrases = OnceLock::new();
            }
        }
    };
}
absorb_words!(
    order,
    separators,
    ordinal_stop,
    weak,
    capital,
    lower,
    relative,
    anaphora,
    anaphora_open,
    units,
    ordinals,
    cardinals,
    suffixes,
    one,
    link,
    lead,
    month_lead,
    year_lead,
    bare_year,
    year_trail,
    day_lead,
    day_trail,
    since,
    says_which,
    followers,
    ago,
    ahead,
    later,
    earlier,
    after,
    before,
    shift,
    shift_after,
    nearest,
    nearest_after,
    from,
    between,
    to,
    and,
    published,
    whole,
    named,
);

super::merge::merge_fields!(Around { before, after });

impl Merge for DateOrder {
    fn absorb(&mut self, other: Self) {
        *self = other;
    }
}

/// Months and weekdays merge place by place.
fn merge_positions(known: &mut Vec<Vec<String>>, over: Vec<Vec<String>>) {
    known.resize_with(known.len().max(over.len()), Vec::new);
    for (known, over) in known.iter_mut().zip(over) {
        known.absorb(over);
    }
}
