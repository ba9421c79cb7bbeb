//! Organizations: a long name with its abbreviation in brackets behind it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Copy;
use super::base_form::{self, Form};
use super::gather::{SURE, Seen, sentence, text_of};
use super::plan::{Member, Names, Plan, Remarks, slug};
use crate::checks::case::Read;
use crate::engine::Engine;
use crate::gazetteer::EntryKind;
use crate::language::sound::{Table, romanise};
use crate::language::{Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Script, Shape, strip_diacritics};
use crate::sheet::Kind;

/// A long name where it stands beside its abbreviation.
#[derive(Clone, Debug)]
pub(super) struct LongName {
    pub(super) language: String,
    pub(super) text: String,
    pub(super) words: Vec<String>,
    pub(super) abbreviation: String,
    /// Its words begin with the letters of the abbreviation.
    pub(super) spelled: bool,
    /// See [`SURE`].
    pub(super) base: u32,
    pub(super) from: String,
}

/// A long name is no longer, in tokens.
const LONGEST: usize = 14;
/// Abbreviations have from two letters on, and no more than this.
const MOST_LETTERS: usize = 8;

/// Every long name with its abbreviation in one copy, those aside that the gazetteer knows.
pub(super) fn read(read: &Read<'_>, copy: &Copy<'_>) -> Vec<LongName> {
    let scan = read.scan;
    let mut found = Vec::new();
    for at in 1..scan.tokens.len() {
        let is_abbreviation =
            scan.word(at).is_some_and(|word| word.kind == TokenKind::Word && word.shape == Shape::Upper)
                && scan.raw(at).chars().count() <= MOST_LETTERS
                && scan.is_symbol(at - 1, "(")
                && scan.is_symbol(at + 1, ")");
        let known = || {
            let next = read.places.partition_point(|place| place.tokens.end <= at);
            read.places.get(next).is_some_and(|place| {
                let is_body = place.entries.iter().any(|entry| entry.entry().kind == EntryKind::Body);
                place.tokens.contains(&at) && is_body
            })
        };
        if !is_abbreviation || known() {
            continue;
        }
        let Some((tokens, spelled)) = long_name(read, at - 1, scan.raw(at)) else { continue };
        let says = scan.hits_at(at + 2).iter().any(|hit| hit.sense == Sense::Clause(Marker::Says));
        let starts = read.sentences.binary_search(&(tokens.start as u32)).is_ok();
        let declined = scan.language.pack.inflection.declines_names;
        let text = text_of(scan, &tokens);
        found.push(LongName {
            language: copy.language.to_owned(),
            words: super::gather::words_of(&text),
            text,
            abbreviation: scan.raw(at).to_owned(),
            spelled,
            base: if !declined || says || starts { SURE } else { 0 },
            from: sentence(read, copy, at),
        });
    }
    found
}

/// The long name that ends at a token: from the capital from which on its words spell the abbreviation.
fn long_name(read: &Read<'_>, end: usize, abbreviation: &str) -> Option<(Range<usize>, bool)> {
    let scan = read.scan;
    let floor = read.sentence(end).start.max(end.saturating_sub(LONGEST));
    let mut first = end;
    while first > floor
        && (scan.kind(first - 1) == Some(TokenKind::Word) || is_hyphen(scan, first - 1))
        && scan.gap(first) < Gap::Line
    {
        first -= 1;
    }
    let is_capital = |at: usize| {
        scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Mixed | Shape::Upper))
    };
    let letters: Vec<char> = strip_diacritics(&abbreviation.to_lowercase()).chars().collect();
    let spelled = (first..end)
        .rev()
        .find(|&start| is_capital(start) && end - start > 1 && spells(scan, start..end, &letters));
    if let Some(start) = spelled {
        return Some((start..end, true));
    }
    // A name in another language than its abbreviation: the capitals right before it.
    let mut start = end;
    while start > first && (is_capital(start - 1) || is_hyphen(scan, start - 1)) {
        start -= 1;
    }
    (end - start > 1 && !scan.language.pack.capitalised_nouns).then_some((start..end, false))
}

fn is_hyphen(scan: &Scan<'_>, at: usize) -> bool {
    crate::reading::titles::is_hyphen(scan, at)
}

/// Whether the words begin with the letters, one each, small words aside.
fn spells(scan: &Scan<'_>, tokens: Range<usize>, letters: &[char]) -> bool {
    let mut left = letters;
    for at in tokens.filter(|&at| scan.kind(at) == Some(TokenKind::Word)) {
        let first = strip_diacritics(scan.folded(at)).chars().next();
        let is_small = scan.word(at).is_some_and(|word| word.shape == Shape::Lower)
            && (scan.is_marked(at, &[Marker::Definite, Marker::Function, Marker::Link, Marker::Locative])
                || scan.hits_at(at).iter().any(|hit| hit.sense == Sense::Around(Marker::Preposition))
                || scan.language.pack.particles.iter().any(|particle| particle == scan.folded(at))
                || scan.folded(at).chars().nth(3).is_none());
        match left.split_first() {
            Some((letter, rest)) if Some(*letter) == first => left = rest,
            _ if is_small => {}
            _ => return false,
        }
    }
    left.is_empty()
}

/// Puts the organizations into the plan; those of one abbreviation are one.
pub(super) fn plan(engine: &Engine, seen: &Seen, plan: &mut Plan) {
    let mut by_abbreviation: BTreeMap<String, Vec<&LongName>> = BTreeMap::new();
    for name in &seen.organizations {
        by_abbreviation.entry(latin(engine, &name.abbreviation)).or_default().push(name);
    }
    for (latin, of) in by_abbreviation {
        let mut remarks = Remarks::default();
        let mut names: BTreeMap<String, Names> = BTreeMap::new();
        for name in of.iter().filter(|name| name.spelled).chain(of.iter().filter(|name| !name.spelled)) {
            remarks.add_source(&name.from);
            if names.contains_key(&name.language) {
                continue;
            }
            let Some(pack) = engine.rules().pack(&name.language) else { continue };
            let same = of.iter().filter(|other| other.language == name.language);
            let mut forms: Vec<Form> = Vec::new();
            for other in same.filter(|other| other.spelled == name.spelled) {
                match forms.iter_mut().find(|form| form.text == other.text) {
                    Some(form) => form.count += 1,
                    None => forms.push(Form {
                        text: other.text.clone(),
                        words: other.words.clone(),
                        count: 1,
                        base: other.base,
                    }),
                }
            }
            if !name.spelled {
                remarks.doubt.get_or_insert_with(|| "the words do not spell the abbreviation".to_owned());
            }
            let base = base_form::base_form(&pack.inflection, &forms).and_then(|at| forms.get(at));
            let text = base.map_or(&name.text, |form| &form.text).clone();
            if base.is_none() {
                remarks
                    .doubt
                    .get_or_insert_with(|| "seen in an inflected form only: write the base form".into());
            }
            let abbreviation = Some(name.abbreviation.clone());
            names.insert(name.language.clone(), Names { name: text, abbreviation, ..Names::default() });
        }
        let id = plan.free_id(&slug(&latin).unwrap_or_else(|| "organization".to_owned()));
        plan.members.push(Member { id, kind: Kind::Organization, names, roles: Vec::new(), remarks });
    }
}

/// A name or an abbreviation in Latin letters, lower case, as the shortest of the known systems writes it.
pub(super) fn latin(engine: &Engine, abbreviation: &str) -> String {
    let folded = abbreviation.to_lowercase();
    let script = Script::of_text(abbreviation);
    if script == Script::Latin {
        return folded;
    }
    let tables = engine.rules().sounds().flat_map(|sound| sound.romanisations.values());
    let of_script = tables.filter(|table| table.keys().any(|letter| Script::of_text(letter) == script));
    let romanised = of_script.map(|table| romanise(&Table::new(table), &folded));
    romanised.into_iter().min_by_key(String::len).unwrap_or(folded)
}
