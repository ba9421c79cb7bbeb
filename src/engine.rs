//! The engine: rules and language packs, ready to check articles against sheets. It prints nothing,
//! reads no file and asks no clock.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::article::Article;
use crate::candidates::{Candidates, Choice, ChoiceMemo, Signs};
use crate::checks::case::{Case, CaseByToken, Read, ReadByToken, Reporter};
use crate::checks::internal::name_words::HeardWords;
use crate::checks::internal::{self, Copy, Owned};
use crate::checks::kinds::Kinds;
use crate::checks::names::{NameIndex, NameMemo, NameMention, Recogniser};
use crate::checks::{dates, figures, lists, names, numbers, reversals, roles, wording};
use crate::finding::{Coverage, Finding, Severity};
use crate::gazetteer::{PlaceMemo, find_places};
use crate::language::{Hit, Language, Lexicon, Memo};
use crate::mention::Mention;
use crate::problem::Problem;
use crate::reading::claim::{Claim, read_claims};
use crate::reading::dateline::find_dateline;
use crate::reading::dates::{DateMention, read_dates};
use crate::reading::numbers::read_quantities;
use crate::reading::quantity::{HedgeKind, Quantity};
use crate::reading::reference::{ReferenceSource, dateline_day, find_reference};
use crate::reading::scan::Scratch;
use crate::reading::sentences::sentence_starts;
use crate::rules::{Check, Levels, Ruleset, builtin, house};
use crate::sheet::{self, Context, Known, Sheet};
use crate::source::Source;
use crate::suppress::{self, Silenced};

/// Rules and packs: the built-in ones, with a house's own laid over them.
pub struct Engine {
    rules: Ruleset,
    known: Known,
}

/// A sheet prepared for checking, per language as articles ask for it.
pub struct PreparedSheet {
    pub sheet: Sheet,
    /// Tells memories of this sheet from those of others.
    id: u64,
    languages: Mutex<BTreeMap<String, Arc<SheetLanguage>>>,
}

/// A sheet as articles of one language meet it.
struct SheetLanguage {
    names: NameIndex,
    wording: Lexicon,
    kinds: Kinds,
}

/// How one article is to be checked.
pub struct Request<'a> {
    pub article: &'a Article,
    /// A language that [`Engine::languages`] knows.
    pub language: &'a str,
    pub sheets: &'a [Arc<PreparedSheet>],
    /// The day from which relative dates are read, where the user gives one.
    pub date: Option<Date>,
}

/// What may hold for an article besides its request.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Where the request names no sheet, the copy chooses among these.
    pub candidates: Option<&'a Candidates>,
    /// How much findings matter, where that is not as the rules say.
    pub levels: Option<&'a Levels>,
}

/// What became of one article.
#[derive(Debug, Default)]
pub struct Checked {
    /// In order of span, severity (errors first), rule.
    pub findings: Vec<Finding>,
    /// Those that are not to be told, with the reason.
    pub silenced: Vec<Silenced>,
    pub coverage: Coverage,
    /// What had to be assumed, once each: the reference date.
    pub notes: Vec<String>,
    pub reference: Option<Date>,
    /// What came of choosing among candidates, where there was a choice.
    pub choice: Option<Choice>,
    /// How the reference date was got, where there is one.
    pub reference_source: Option<ReferenceSource>,
}

/// What one thread keeps between articles.
#[derive(Default)]
pub struct Scratches {
    by_language: BTreeMap<String, LanguageScratch>,
    by_sheet: BTreeMap<(u64, String), SheetScratch>,
}

#[derive(Default)]
struct LanguageScratch {
    scan: Scratch,
    places: PlaceMemo,
    heard: HeardWords,
    /// For the candidates that were last chosen among.
    choice: ChoiceMemo,
}

#[derive(Default)]
struct SheetScratch {
    names: NameMemo,
    wording: Memo,
    hits: Vec<Hit>,
}

/// Numbers prepared sheets, so that a thread's memories of one are never used for another.
static NEXT_SHEET: AtomicU64 = AtomicU64::new(0);

/// For each sheet every distinct word of a language is remembered; past so many for all sheets together that
/// begins anew. They are about 50 bytes each.
const MOST_REMEMBERED: usize = 5_000_000;

impl Engine {
    /// The built-in rules with `house` laid over them, or everything that is wrong with the latter.
    pub fn new(house: &[Arc<Source>]) -> Result<Self, Vec<Problem>> {
        let mut rules = Ruleset::default();
        builtin::load(&mut rules).map_err(|message| vec![Problem::of_file("built-in rules", message)])?;
        house::load(&mut rules, house)?;
        let known = rules.known();
        Ok(Self { rules, known })
    }

    /// Codes of the languages that have a pack, in order.
    pub fn languages(&self) -> Vec<&str> {
        self.rules.languages().collect()
    }

    /// The rules and packs of this engine.
    pub fn rules(&self) -> &Ruleset {
        &self.rules
    }

    /// Loads and checks a sheet; warnings come beside it.
    pub fn load_sheet(&self, source: &Arc<Source>) -> Result<(PreparedSheet, Vec<Problem>), Vec<Problem>> {
        let loaded = self.with_context(|context| sheet::load(source, context));
        match loaded.sheet {
            Some(sheet) => Ok((PreparedSheet::new(sheet), loaded.problems)),
            None => Err(loaded.problems),
        }
    }

    /// Lends what a sheet's loading needs of the rules and packs.
    pub fn with_context<T>(&self, load: impl FnOnce(&Context<'_>) -> T) -> T {
        let read_value = |text: &str, language: &str| self.read_value(text, language);
        load(&Context { known: &self.known, read_value: &read_value })
    }

    /// A value with a hedge in a language, where the text is one: `more than 1000`.
    fn read_value(&self, text: &str, language: &str) -> Option<(HedgeKind, f64, Option<f64>)> {
        let language = self.rules.language(language)?;
        let mut scratch = Scratch::default();
        let scan = scratch.scan(text, language);
        let mut quantities = read_quantities(&scan).into_iter().filter(|quantity| !quantity.article);
        let quantity = quantities.next()?;
        let is_whole =
            text[..quantity.span.start].trim().is_empty() && text[quantity.span.end..].trim().is_empty();
        (is_whole && quantities.next().is_none()).then_some((quantity.hedge, quantity.value, quantity.upper))
    }

    /// Checks one article. `scratch` is the thread's own.
    pub fn check(&self, request: &Request<'_>, scratch: &mut Scratches) -> Checked {
        self.check_with(request, &Options::default(), scratch)
    }

    /// Checks one article with options.
    pub fn check_with(
        &self,
        request: &Request<'_>,
        options: &Options<'_>,
        scratch: &mut Scratches,
    ) -> Checked {
        let mut checked = Checked::default();
        let mut owned = Owned::default();
        let mut filed = None;
        let mut has_sheet = false;
        let choice = self.visit(request, options, scratch, |sheets, step| match step {
            Step::Read { read, dateline, note, source } => {
                let mut reporter = self.reporter(request, options, sheets, None);
                if reporter.hears(&[Check::DateImpossible, Check::DateWeekday]) {
                    dates::check_calendar(read, &mut reporter);
                }
                filed = dateline.as_ref().map(|(day, _)| *day);
                dates::check_dateline(dateline, request.article.metadata.published, &mut reporter);
                if reporter.hears(&[Check::NameMixedScript]) {
                    names::check::check_scripts(read, &mut reporter);
                }
                names::demonym::check_capitals(read, &mut reporter);
                if sheets.is_empty() {
                    names::countries::check(read, &[], &mut reporter);
                }
                checked.findings.append(&mut reporter.findings);
                checked.coverage.dates += read.dates.len();
                checked.reference = read.reference;
                checked.reference_source = source;
                checked.notes.extend(note);
            }
            Step::Case(case) => {
                has_sheet = true;
                let mut reporter = self.reporter(request, options, sheets, Some(case.sheet));
                names::check::check(case, &mut reporter);
                if reporter.hears(&[Check::NameAbbreviation]) {
                    names::abbreviation::check(case, &mut reporter);
                    names::near_abbreviation::check(case, &mut reporter);
                }
                names::spoken::check(case, &mut reporter);
                roles::check_bearers(case, &mut reporter);
                if reporter.hears(&[Check::DateEvent]) {
                    dates::check_events(case, &mut reporter);
                }
                if reporter.hears(&[Check::StatusReversed]) {
                    reversals::check(case, &mut reporter);
                }
                names::countries::check(case.read, case.names, &mut reporter);
                if reporter.hears(&[Check::NameIntruder]) {
                    names::intruder::check(case, &mut reporter);
                }
                names::demonym::check_offices(case, &mut reporter);
                names::lies_in::check(case, &mut reporter);
                names::body_demonym::check(case, &mut reporter);
                if reporter.hears(&[Check::RoleOffice]) {
                    checked.coverage += roles::check(case, &mut reporter);
                }
                if reporter.hears(&[Check::RoleHolder]) {
                    roles::check_holders(case, &mut reporter);
                }
                if reporter.hears(&[Check::RoleAge]) {
                    checked.coverage += roles::check_ages(case, &mut reporter);
                }
                lists::check(case, &mut reporter);
                owned.counts.extend(reporter.reported(Check::ListCount).map(|finding| finding.span.start));
                let tied = figures::tie(case);
                checked.coverage += figures::check(case, &tied, &mut reporter);
                owned.add(case, &tied);
                checked.coverage.names += case.names.len();
                checked.findings.append(&mut reporter.findings);
            }
            Step::Numbers { read, claims } => {
                let mut reporter = self.reporter(request, options, sheets, None);
                // What a sheet settles need not be said again.
                reporter.findings = std::mem::take(&mut checked.findings);
                if reporter.hears(&[Check::NameAbbreviation]) {
                    names::abbreviation::bodies::check(read, &mut reporter);
                }
                if reporter.hears(&[Check::NumberMalformed, Check::NumberSeparator]) {
                    numbers::check(read, claims, &mut reporter);
                }
                let rules = &self.rules;
                let copy = Copy { read, rules, claims, dateline: filed, owned: &owned };
                internal::check(&copy, &mut reporter);
                checked.findings = reporter.findings;
            }
        });
        checked.choice = choice;
        // Only now: checks look at what others have reported, heard or not.
        let is_told = |finding: &Finding| finding.severity != Severity::Off;
        checked.findings.retain(is_told);
        checked.findings.sort_by(Finding::order);
        // Two sheets of one story say one thing once.
        checked.findings.dedup_by(|later, first| {
            later.span == first.span && later.rule == first.rule && later.expected == first.expected
        });
        if !request.article.comments.spans().is_empty() {
            let reporter = self.reporter(request, options, request.sheets, None);
            let mut reporter = Reporter { text: request.article.written(), ..reporter };
            checked.silenced = suppress::silence(request.article, &mut checked.findings, &mut reporter);
            // Without a sheet most rules find nothing, and what they are suppressed for may stand there all the same.
            let unused = self.rules.rule(Check::SuppressionUnused, None);
            let may_be_told =
                |finding: &Finding| has_sheet || unused.is_none_or(|unused| unused.id != finding.rule);
            let found = reporter.findings.into_iter().filter(is_told);
            checked.findings.extend(found.filter(may_be_told));
            checked.findings.sort_by(Finding::order);
        }
        checked
    }

    /// Every mention of one article, in order.
    pub fn read(&self, request: &Request<'_>, scratch: &mut Scratches) -> Vec<Mention> {
        self.read_with(request, &Options::default(), scratch)
    }

    /// Every mention of one article, in order, with options.
    pub fn read_with(
        &self,
        request: &Request<'_>,
        options: &Options<'_>,
        scratch: &mut Scratches,
    ) -> Vec<Mention> {
        let mut mentions = crate::mention::Collector::new(&self.rules, request.article);
        self.visit(request, options, scratch, |_, step| match step {
            Step::Read { read, .. } => mentions.dates(read),
            Step::Case(case) => {
                mentions.names(case);
                let tied = figures::tie(case);
                mentions.facts(case, &tied);
            }
            Step::Numbers { read, claims } => mentions.quantities(read, claims),
        });
        mentions.finish()
    }

    fn reporter<'r>(
        &'r self,
        request: &'r Request<'_>,
        options: &Options<'r>,
        sheets: &'r [Arc<PreparedSheet>],
        sheet: Option<&'r Sheet>,
    ) -> Reporter<'r> {
        Reporter {
            rules: &self.rules,
            levels: options.levels,
            sheet,
            accepting: match sheet {
                Some(sheet) => vec![sheet],
                None => sheets.iter().map(|prepared| &prepared.sheet).collect(),
            },
            text: request.article.text(),
            offset: request.article.body.start,
            findings: Vec::new(),
        }
    }

    /// The one way through an article: read it, then put it before each sheet. Where the request names none,
    /// the sheets are chosen on the way, and what came of it is returned.
    pub(crate) fn visit(
        &self,
        request: &Request<'_>,
        options: &Options<'_>,
        scratch: &mut Scratches,
        mut each: impl FnMut(&[Arc<PreparedSheet>], Step<'_, '_>),
    ) -> Option<Choice> {
        let language = self.rules.language(request.language)?;
        let Scratches { by_language, by_sheet } = scratch;
        if !by_language.contains_key(request.language) {
            by_language.insert(request.language.to_owned(), LanguageScratch::default());
        }
        let LanguageScratch { scan: words, places: place_memo, heard: heard_words, choice: choice_memo } =
            by_language.get_mut(request.language)?;
        let forgot = words.forget_if_full();
        if forgot {
            *place_memo = PlaceMemo::default();
            heard_words.take();
            *choice_memo = ChoiceMemo::default();
        }
        let of_language = || by_sheet.keys().filter(|(_, code)| code == request.language).count();
        if forgot || (by_sheet.len() > 1 && of_language() * words.vocabulary.len() > MOST_REMEMBERED) {
            by_sheet.retain(|(_, code), _| code != request.language);
        }
        let scan = words.scan(request.article.text(), language);
        let sentences = sentence_starts(&scan);
        let published = request.article.metadata.published;
        let periods: Vec<_> = request.sheets.iter().filter_map(|prepared| prepared.sheet.days()).collect();
        let found = find_reference(&scan, request.date, published, &periods);
        let reference = found.map(|reference| reference.date);
        let dates = read_dates(&scan, reference);
        let found_dateline = find_dateline(&scan, &dates);
        let copy_start = found_dateline.as_ref().filter(|dateline| !dateline.label).map_or(0, |dateline| {
            scan.tokens.partition_point(|token| (token.start as usize) < dateline.span.end)
        });
        let dateline = found_dateline.and_then(|dateline| {
            let of_period = found.filter(|found| found.source == ReferenceSource::Period);
            let day = of_period
                .map(|reference| reference.date)
                .or_else(|| dateline_day(&dateline, &dates, published))?;
            Some((day, dateline.date.span))
        });
        let note = found.and_then(|reference| reference.assumption());
        let mut quantities = read_quantities(&scan);
        drop_dates(&mut quantities, &dates);
        let places = find_places(&scan, &sentences, place_memo);
        let read = Read {
            scan: &scan,
            sentences: &sentences,
            dates: &dates,
            quantities: &quantities,
            places: &places.mentions,
            foreign_countries: &places.foreign,
            near_countries: &place_memo.near,
            heard_words,
            copy_start,
            reference,
            by_token: ReadByToken::new(scan.tokens.len(), &sentences, &dates, &places.mentions),
            full_names: Default::default(),
            quotations: Default::default(),
            doubtful: Default::default(),
            decomposed: Default::default(),
        };
        let mut chosen = None;
        if let Some(candidates) = options.candidates.filter(|_| request.sheets.is_empty()) {
            let metadata = &request.article.metadata;
            let story = metadata.story.as_deref();
            let signs = Signs { scan: &scan, places: &places.mentions, day: reference, story };
            chosen = Some(candidates.choose(&signs, choice_memo));
        }
        let (sheets, choice) = match &chosen {
            Some((sheets, choice)) => (sheets.as_slice(), Some(choice.clone())),
            None => (request.sheets, None),
        };
        each(
            sheets,
            Step::Read { read: &read, dateline, note, source: found.map(|reference| reference.source) },
        );
        let mut all_claims = Vec::new();
        for prepared in sheets {
            let of_language = prepared.language(language, &self.rules);
            let key = (prepared.id, request.language.to_owned());
            let memory = by_sheet.entry(key).or_default();
            memory.hits.clear();
            of_language.wording.scan(scan.tokens, scan.vocabulary, &mut memory.wording, &mut memory.hits);
            let mut names: Vec<NameMention> =
                Recogniser::new(&read, &prepared.sheet, &of_language.names, &mut memory.names).names();
            names::world::join(&mut names, &read, &prepared.sheet);
            let claims = read_claims(&scan, &sentences, &quantities, &dates, &memory.hits);
            let case = Case {
                read: &read,
                rules: &self.rules,
                sheet: &prepared.sheet,
                kinds: &of_language.kinds,
                index: &of_language.names,
                names: &names,
                claims: &claims,
                wording: &memory.hits,
                by_token: CaseByToken::new(scan.tokens.len(), &names, &memory.hits),
            };
            each(sheets, Step::Case(&case));
            all_claims = claims;
        }
        if sheets.is_empty() {
            all_claims = read_claims(&scan, &sentences, &quantities, &dates, &[]);
        }
        each(sheets, Step::Numbers { read: &read, claims: &all_claims });
        choice
    }
}

/// The stations of an article's way.
pub(crate) enum Step<'a, 'b> {
    Read {
        read: &'a Read<'b>,
        dateline: Option<(Date, std::ops::Range<usize>)>,
        note: Option<String>,
        source: Option<ReferenceSource>,
    },
    Case(&'a Case<'b>),
    Numbers {
        read: &'a Read<'b>,
        claims: &'a [Claim],
    },
}

/// What is part of a date is no quantity.
fn drop_dates(quantities: &mut Vec<Quantity>, dates: &[DateMention]) {
    quantities.retain(|quantity| {
        let after = dates.partition_point(|date| date.span.end <= quantity.number.start);
        dates.get(after).is_none_or(|date| date.span.start >= quantity.number.end)
    });
}

impl PreparedSheet {
    pub fn new(sheet: Sheet) -> Self {
        Self { sheet, id: NEXT_SHEET.fetch_add(1, Ordering::Relaxed), languages: Mutex::default() }
    }

    fn language(&self, language: &Language, rules: &Ruleset) -> Arc<SheetLanguage> {
        let mut languages = self.languages.lock().unwrap_or_else(PoisonError::into_inner);
        let code = &language.pack.language;
        if let Some(known) = languages.get(code) {
            return Arc::clone(known);
        }
        let made = Arc::new(SheetLanguage {
            names: NameIndex::new(&self.sheet, rules, language),
            wording: wording::compile(&self.sheet, rules, language),
            kinds: Kinds::new(&self.sheet, rules),
        });
        languages.insert(code.clone(), Arc::clone(&made));
        made
    }
}
