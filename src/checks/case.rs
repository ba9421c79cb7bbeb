//! One article before one sheet: what every check looks at, and how it reports.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;

use super::internal::name_words::{FullName, HeardWords, full_names};
use super::kinds::Kinds;
use super::names::{NameIndex, NameMention};
use crate::article::comments::without_blanks;
use crate::finding::{FactRef, Finding, Fix, Severity, Trust, Verdict};
use crate::gazetteer::{EntryId, NearCountries, PlaceMention};
use crate::reading::by_token::ByToken;
use crate::reading::claim::Claim;
use crate::reading::dates::DateMention;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::quantity::Quantity;
use crate::reading::quotation::{is_quoted, read_doubtful, read_quotations};
use crate::reading::scan::Scan;
use crate::rules::{Check, Levels, Ruleset};
use crate::sheet::model::Span;
use crate::sheet::{Kind, MemberId, Sheet};

/// What was read of an article; it knows no facts.
pub struct Read<'a> {
    pub scan: &'a Scan<'a>,
    /// First tokens of the sentences.
    pub sentences: &'a [u32],
    pub dates: &'a [DateMention],
    pub quantities: &'a [Quantity],
    /// Countries, cities and bodies of the world, whether or not a sheet has them.
    pub places: &'a [PlaceMention],
    /// Tokens that are the name of a country in another language only.
    pub foreign_countries: &'a [(usize, EntryId)],
    /// What the thread remembers of words near to countries' names.
    pub near_countries: &'a NearCountries,
    /// What the thread remembers of words that may be names.
    pub(crate) heard_words: &'a HeardWords,
    /// The first token behind the dateline: places before it say where the copy comes from, not where
    /// anything happened.
    pub copy_start: usize,
    /// The day from which relative dates are read, where one is known.
    pub reference: Option<Date>,
    pub(crate) by_token: ReadByToken,
    /// See [`Read::full_names`].
    pub(crate) full_names: OnceCell<Vec<FullName>>,
    /// See [`Read::quotations`].
    pub(crate) quotations: OnceCell<Vec<Range<usize>>>,
    /// See [`Read::may_be_quoted`].
    pub(crate) doubtful: OnceCell<Vec<Range<usize>>>,
    /// See [`Read::is_decomposed`].
    pub(crate) decomposed: OnceCell<bool>,
}

/// Where what was read begins.
pub(crate) struct ReadByToken {
    sentences: ByToken,
    dates: ByToken,
    places: ByToken,
}

impl ReadByToken {
    pub(crate) fn new(
        tokens: usize,
        sentences: &[u32],
        dates: &[DateMention],
        places: &[PlaceMention],
    ) -> Self {
        Self {
            sentences: ByToken::new(tokens, sentences.iter().map(|&start| start as usize)),
            dates: ByToken::new(tokens, dates.iter().map(|date| date.tokens.start)),
            places: ByToken::new(tokens, places.iter().map(|place| place.tokens.start)),
        }
    }
}

impl Read<'_> {
    /// The tokens of the direct quotations, read when they are first asked for: most copy has nothing to
    /// ask for.
    pub fn quotations(&self) -> &[Range<usize>] {
        self.quotations.get_or_init(|| read_quotations(self.scan))
    }

    /// Every run of words that may be a person's full name, found when they are first asked for.
    pub(crate) fn full_names(&self) -> &[FullName] {
        self.full_names.get_or_init(|| full_names(self))
    }

    /// Whether one of the tokens may be somebody else's words, which nobody changes. Looked at when it is first
    /// asked for.
    pub fn may_be_quoted(&self, tokens: &Range<usize>) -> bool {
        let doubtful = self.doubtful.get_or_init(|| read_doubtful(self.scan, self.quotations()));
        tokens.clone().any(|token| is_quoted(doubtful, token))
    }

    /// Whether the copy writes letters and their marks as characters of their own (NFD), as some systems
    /// do. Looked at when it is first asked for.
    pub fn is_decomposed(&self) -> bool {
        *self.decomposed.get_or_init(|| !unicode_normalization::is_nfc(self.scan.text))
    }
}

/// See the [module](self).
pub struct Case<'a> {
    pub read: &'a Read<'a>,
    pub rules: &'a Ruleset,
    pub sheet: &'a Sheet,
    pub kinds: &'a Kinds,
    pub names: &'a [NameMention],
    /// The cast as copy in the article's language may name it.
    pub index: &'a NameIndex,
    pub claims: &'a [Claim],
    /// The sheet's own wording in the article.
    pub wording: &'a [crate::language::Hit],
    pub(crate) by_token: CaseByToken,
}

/// Where the names and the sheet's own wording begin.
pub(crate) struct CaseByToken {
    names: ByToken,
    wording: ByToken,
}

impl CaseByToken {
    pub(crate) fn new(tokens: usize, names: &[NameMention], wording: &[crate::language::Hit]) -> Self {
        Self {
            names: ByToken::new(tokens, names.iter().map(|name| name.tokens.start)),
            wording: ByToken::new(tokens, wording.iter().map(|hit| hit.token as usize)),
        }
    }
}

impl<'a> Read<'a> {
    /// The sentence around a token, in tokens.
    pub fn sentence(&self, token: usize) -> Range<usize> {
        let next = self.by_token.sentences.before(token.saturating_add(1));
        let start = self.sentences.get(next.saturating_sub(1)).map_or(0, |&start| start as usize);
        let end = self.sentences.get(next).map_or(self.scan.tokens.len(), |&start| start as usize);
        start..end
    }

    /// Whether a sentence begins with a token.
    #[inline]
    pub fn begins_sentence(&self, token: usize) -> bool {
        !self.by_token.sentences.within(&(token..token.saturating_add(1))).is_empty()
    }

    /// Whether a word may have its capital only for its place: it begins a sentence or what is quoted, or
    /// stands behind a colon.
    pub fn starts_sentence(&self, token: usize) -> bool {
        let quotes = &self.scan.language.pack.quotes;
        let mut first = token;
        while let Some(before) = first.checked_sub(1)
            && self.scan.gap(first) == Gap::None
            && quotes.iter().any(|(open, _)| open == self.scan.raw(before))
        {
            first = before;
        }
        first < token
            || self.begins_sentence(first)
            || first.checked_sub(1).is_some_and(|before| self.scan.is_symbol(before, ":"))
    }

    /// The date that is all of the sentence before one of the same paragraph: "27 February. The junta …".
    pub fn heading_of(&self, sentence: &Range<usize>) -> Option<&'a DateMention> {
        if self.scan.gap(sentence.start) >= Gap::Paragraph {
            return None;
        }
        let before = self.sentence(sentence.start.checked_sub(1)?);
        let [date] = self.dates_in(&before) else { return None };
        before
            .clone()
            .all(|at| date.tokens.contains(&at) || self.scan.kind(at) == Some(TokenKind::Symbol))
            .then_some(date)
    }

    /// The dates that begin within a stretch of tokens.
    pub fn dates_in(&self, range: &Range<usize>) -> &'a [DateMention] {
        self.dates.get(self.by_token.dates.within(range)).unwrap_or(&[])
    }

    /// The date that a token is part of.
    pub fn date_over(&self, token: usize) -> Option<&'a DateMention> {
        let date = self.dates.get(self.by_token.dates.at_or_before(token)?)?;
        date.tokens.contains(&token).then_some(date)
    }

    /// The places and bodies of the world that begin within a stretch of tokens.
    #[inline]
    pub fn places_in(&self, range: &Range<usize>) -> &'a [PlaceMention] {
        self.places.get(self.by_token.places.within(range)).unwrap_or(&[])
    }

    /// The place or body of the world that a token is part of.
    pub fn place_over(&self, token: usize) -> Option<&'a PlaceMention> {
        let place = self.places.get(self.by_token.places.at_or_before(token)?)?;
        place.tokens.contains(&token).then_some(place)
    }
}

/// A country named in the copy, whether or not the sheet has it.
#[derive(Clone, Copy, Debug)]
pub struct Country<'a> {
    /// Where, and whether by its adjective ([`PlaceForm::Adjective`](crate::gazetteer::PlaceForm)); all that
    /// it may be of.
    pub mention: &'a PlaceMention,
    /// The country, where it can be one only: "Congolese" is of two, unless the sheet has one of them.
    pub entry: Option<EntryId>,
    /// The sheet's member that it is.
    pub member: Option<MemberId>,
}

impl<'a> Case<'a> {
    /// The names that begin within a stretch of tokens.
    #[inline]
    pub fn names_in(&self, range: &Range<usize>) -> &'a [NameMention] {
        self.names.get(self.by_token.names.within(range)).unwrap_or(&[])
    }

    /// The name that ends just before a token.
    pub fn name_ending_at(&self, token: usize) -> Option<&'a NameMention> {
        let last = self.by_token.names.before(token).checked_sub(1)?;
        self.names.get(last).filter(|name| name.tokens.end == token)
    }

    /// The name that a token is part of.
    #[inline]
    pub fn name_over(&self, token: usize) -> Option<&'a NameMention> {
        let last = self.by_token.names.at_or_before(token)?;
        self.names.get(last).filter(|name| name.tokens.contains(&token))
    }

    /// Whether a token is part of a name.
    #[inline]
    pub fn is_named(&self, token: usize) -> bool {
        self.name_over(token).is_some()
    }

    /// What a cast member is.
    pub fn kind_of(&self, member: MemberId) -> Option<Kind> {
        self.sheet.cast.get(member.0 as usize).map(|member| member.kind)
    }

    /// The countries that are named, by name or by adjective, within a stretch of tokens.
    pub fn countries_in(&self, range: &Range<usize>) -> impl Iterator<Item = Country<'a>> + use<'a> {
        let sheet = self.sheet;
        self.read.places_in(range).iter().filter_map(move |mention| {
            let mut countries = mention.entries.iter().copied().filter(|entry| entry.is_country());
            let first = countries.next()?;
            let only = countries.next().is_none();
            // Of two countries of one adjective the one that the story has is meant.
            let mut members = mention
                .entries
                .iter()
                .filter(|entry| entry.is_country())
                .filter_map(|&entry| Some((entry, sheet.member_known_as(entry)?)));
            let member = members.next().filter(|_| members.next().is_none());
            let entry = member.map(|(entry, _)| entry).or(only.then_some(first));
            Some(Country { mention, entry, member: member.map(|(_, member)| member) })
        })
    }

    /// The largest place that a place or body lies in, as the sheet says; of a body that lies nowhere, none.
    pub fn land_of(&self, of: MemberId) -> Option<MemberId> {
        const DEEPEST: usize = 8;
        let within = |id: MemberId| self.sheet.cast.get(id.0 as usize)?.within;
        let land = std::iter::successors(Some(of), |&id| within(id)).take(DEEPEST).last()?;
        (self.kind_of(land) == Some(Kind::Place)).then_some(land)
    }

    /// What the gazetteer knows a member of the sheet as.
    pub fn entry_of(&self, member: MemberId) -> Option<EntryId> {
        self.sheet.cast.get(member.0 as usize)?.known
    }

    /// Whether wording of the sheet begins within a stretch of tokens.
    pub fn says(&self, range: &Range<usize>, word: crate::language::sense::SheetWord) -> bool {
        self.wording_in(range).iter().any(|hit| hit.sense == crate::language::Sense::Sheet(word))
    }

    /// The wording of the sheet that begins within a stretch of tokens.
    pub fn wording_in(&self, range: &Range<usize>) -> &'a [crate::language::Hit] {
        self.wording.get(self.by_token.wording.within(range)).unwrap_or(&[])
    }
}

/// One disagreement before its rule is asked how much it matters.
pub struct Draft<'a> {
    pub check: Check,
    pub concept: Option<&'a str>,
    pub verdict: Verdict,
    /// Bytes of the article's text.
    pub span: Range<usize>,
    pub expected: Option<String>,
    /// Placeholders besides `text` and `expected`.
    pub values: Vec<(&'a str, String)>,
    pub notes: Vec<String>,
    /// Id and place in the sheet.
    pub fact: Option<(String, Span)>,
    pub fix: Option<Fix>,
    /// The finding is lighter than its rule says: a weekday is told more loosely than a date.
    pub at_most: Severity,
    /// It is somebody's own words: one severity less, and no fix.
    pub quoted: bool,
}

impl<'a> Draft<'a> {
    pub fn new(check: Check, verdict: Verdict, span: Range<usize>) -> Self {
        Self {
            check,
            concept: None,
            verdict,
            span,
            expected: None,
            values: Vec::new(),
            notes: Vec::new(),
            fact: None,
            fix: None,
            at_most: Severity::Error,
            quoted: false,
        }
    }
}

/// Turns drafts into findings: rule, severity, message; what a sheet accepts is left out.
pub struct Reporter<'a> {
    pub rules: &'a Ruleset,
    /// How much findings matter, where that is not as the rules say.
    pub levels: Option<&'a Levels>,
    pub sheet: Option<&'a Sheet>,
    /// Whose accepted texts are left out: the sheet's, or of what needs no sheet those of all sheets.
    pub accepting: Vec<&'a Sheet>,
    pub text: &'a str,
    /// Where the text begins in its file.
    pub offset: usize,
    pub findings: Vec<Finding>,
}

impl Reporter<'_> {
    pub fn report(&mut self, draft: Draft<'_>) {
        let Some(rule) = self.rules.rule(draft.check, draft.concept) else { return };
        let usual = rule.severity(draft.verdict);
        let level = self.levels.map_or(usual, |levels| levels.severity(&rule.id, draft.verdict, usual));
        // What only the config does not want to hear stays until every check has seen it.
        let is_silenced = level == Severity::Off && usual != Severity::Off;
        let mut severity = level.min(draft.at_most);
        if draft.quoted && severity > Severity::Info {
            severity = if severity == Severity::Error { Severity::Warning } else { Severity::Info };
        }
        let text = &*without_blanks(self.text.get(draft.span.clone()).unwrap_or(""));
        if (severity == Severity::Off && !is_silenced) || self.is_accepted(text, &rule.id) {
            return;
        }
        let expected = draft.expected.as_deref().unwrap_or("");
        let mut values: Vec<(&str, &str)> = vec![("text", text), ("expected", expected)];
        values.extend(draft.values.iter().map(|(key, value)| (*key, value.as_str())));
        // What checks cut out of the copy may reach over a comment.
        let message = without_blanks(&rule.message(draft.verdict, &values)).into_owned();
        let span = draft.span.start + self.offset..draft.span.end + self.offset;
        let has_comment = text.len() != draft.span.len();
        let text = text.to_owned();
        let (id, check_concept) = (rule.id.clone(), draft.fact);
        self.findings.push(Finding {
            rule: id,
            severity,
            verdict: draft.verdict,
            span,
            text,
            expected: draft.expected,
            message,
            notes: draft.notes,
            fact: check_concept.zip(self.sheet).map(|((id, span), sheet)| FactRef {
                sheet: std::sync::Arc::clone(&sheet.source),
                id,
                span,
            }),
            // To write over a comment in the midst of a name would lose it.
            fix: draft.fix.filter(|_| !draft.quoted && !has_comment).map(|fix| {
                let trust = if draft.check.may_be_fixed() { fix.trust } else { Trust::DisplayOnly };
                Fix { trust, ..fix }
            }),
        });
    }

    /// Whether anything that one of these checks finds may be told. What nobody hears need not be looked for, unless
    /// another check goes by it.
    pub fn hears(&self, checks: &[Check]) -> bool {
        self.levels.is_none_or(|levels| {
            let rules = self.rules.rules.iter();
            rules.filter(|rule| checks.contains(&rule.check)).any(|rule| !levels.silence(rule))
        })
    }

    /// What a check has reported so far; another check need not say it again.
    pub fn reported(&self, check: Check) -> impl Iterator<Item = &Finding> {
        let rule = self.rules.rule(check, None);
        self.findings.iter().filter(move |finding| rule.is_some_and(|rule| rule.id == finding.rule))
    }

    /// Whether a check has reported something in a stretch of bytes of the text.
    pub fn has_reported(&self, check: Check, span: &Range<usize>) -> bool {
        let (start, end) = (span.start + self.offset, span.end + self.offset);
        self.reported(check).any(|finding| finding.span.start < end && start < finding.span.end)
    }

    /// The sheet says that this text is meant so.
    fn is_accepted(&self, text: &str, rule: &str) -> bool {
        self.accepting.iter().any(|sheet| {
            sheet.accept.iter().any(|accept| {
                accept.rule.as_deref().is_none_or(|accepted| accepted == rule)
                    && crate::reading::vocabulary::fold_word(&accept.text).folded
                        == crate::reading::vocabulary::fold_word(text).folded
            })
        })
    }
}
