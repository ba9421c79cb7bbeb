//! factlint checks wire copy against a fact sheet: names, dates and counts, in several languages.
//!
//! # The way through the house
//!
//! ```text
//! bytes of a file -> Article -> reading -> checks -> findings -> a report
//!                                  ^          ^
//!                          language pack   rules and sheet
//! ```
//!
//! 1. **An article** is loaded by [`article::load`]: UTF-8 text whose front matter says language, day and
//!    sheets ([`article::Article`]). Spans are bytes of the file from here to the report; only the report
//!    works out lines and columns ([`source::Source`]).
//! 2. **Reading** knows a language and no facts. A [`reading::scan::Scan`] cuts the text into tokens and
//!    finds, in one pass, every word that may matter: the [`language::Lexicon`] is compiled from the
//!    [`language::Pack`] and the wording of all rules. Around these hits, and only there, dates
//!    ([`reading::dates`]), quantities with their hedges ([`reading::numbers`], [`reading::hedges`]) and
//!    claims ([`reading::claim`]) are read. Reading never fails; odd text gives fewer mentions.
//! 3. **Rules** ([`rules::Ruleset`]) say which concepts, groups and events there are, with their words in
//!    each language, and what is told how strictly. All are YAML, the built-in ones
//!    ([`rules::builtin`]) as a house's own ([`rules::house`]). No word of any language stands in this code.
//! 4. **A sheet** ([`sheet::Sheet`]) is loaded once with the places of all it says ([`sheet::load()`],
//!    [`yaml`]). What is wrong with it or with a rule file is a [`problem::Problem`].
//! 5. **Checks** ([`checks`]) are where both meet: names by [`checks::names`], figures by
//!    [`checks::figures`], where an [`interval::Interval`] of the copy stands against one of the sheet, dates
//!    by [`checks::dates`]. What needs no sheet is checked beside them: weekdays against dates, days that do
//!    not exist, and how numbers are written ([`checks::numbers`]).
//!    Which of many sheets an article is about, its copy says ([`candidates`]); how strictly it is judged, and
//!    what else a desk settles, is in its config ([`config`]).
//! 6. **A finding** ([`finding::Finding`]) is one disagreement with both its ends. What the desk lets stand is
//!    taken out ([`suppress`]), and what was there before ([`baseline`]). The order of the rest is fixed, and
//!    [`report`] renders it: one [`report::Renderer`] a format. Where it has a [`finding::Fix`], [`fix`] writes that
//!    into the copy; [`snapshot`] keeps what was said of an article, to see later what a change changes, and
//!    [`examples`] runs the examples of the rules.
//!
//! Beside this way, [`draft`] writes a first sheet from copy, [`wikidata`] adds to one from saved entities, and
//! [`affected`] says what a changed sheet means for copy that is out: all by the same walk through an article.
//!
//! The [`engine::Engine`] holds rules and packs and leads an article along this way. It prints nothing, reads
//! no file and asks no clock, so that the same article, sheet, rules and reference date give the same
//! findings.
//!
//! ```
//! use std::sync::Arc;
//!
//! use factlint::article::load;
//! use factlint::engine::{Engine, Request, Scratches};
//! use factlint::source::Source;
//!
//! let engine = Engine::new(&[]).map_err(|problems| problems[0].to_string())?;
//! let facts = "
//! format: 1
//! story: unrest
//! language: en
//! figures: { killed: { series: { 2022-01-09: 16 } } }
//! ";
//! let (sheet, _) = engine
//!     .load_sheet(&Arc::new(Source::new("unrest.facts.yaml", facts)))
//!     .map_err(|problems| problems[0].to_string())?;
//! let copy = "Police said on 9 January 2022 that 18 people were killed.";
//! let article = load::load("story.txt", copy.into()).map_err(|problem| problem.to_string())?.article;
//! let sheets = [Arc::new(sheet)];
//! let request = Request { article: &article, language: "en", sheets: &sheets, date: None };
//! let checked = engine.check(&request, &mut Scratches::default());
//! assert_eq!(checked.findings[0].text, "18");
//! assert_eq!(checked.findings[0].expected.as_deref(), Some("16"));
//! # Ok::<(), String>(())
//! ```

pub mod affected;
pub mod article;
pub mod baseline;
pub mod candidates;
pub mod checks;
pub mod config;
pub mod day;
pub mod draft;
pub mod engine;
pub mod examples;
pub mod finding;
pub mod fix;
pub mod gazetteer;
pub mod interval;
pub mod language;
pub mod letters;
pub mod mention;
pub mod problem;
pub mod reading;
pub mod report;
pub mod rules;
pub mod sheet;
pub mod snapshot;
pub mod source;
pub mod suppress;
pub mod wikidata;
pub mod yaml;
