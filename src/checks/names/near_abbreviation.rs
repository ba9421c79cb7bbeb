//! An abbreviation that is nearly one of the sheet's and nobody's own: HWR for HRW, UNFIL for UNIFIL.
//!
//! Abbreviations are short, and most of what is near to one is another body's. So a word is taken for a slip
//! only where nothing in the copy says that it is something else.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::check::fact_id;
use super::standing::Standing;
use crate::checks::case::{Case, Draft, Reporter};
use crate::finding::{Severity, Trust, Verdict};
use crate::gazetteer::Gazetteer;
use crate::language::Marker;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Script, Shape, WordId, strip_diacritics};
use crate::rules::Check;
use crate::sheet::model::{Form, Member};
use crate::sheet::{FormKind, Kind, MemberId};

/// Shorter ones are near to everything, longer ones are words in capitals.
const LETTERS: Range<usize> = 3..11;
/// From so many letters on one that is mistaken, missing or too many makes a slip; below, only two that
/// changed places do.
const LONG: usize = 5;
/// A shorter abbreviation is never a slip without a doubt.
const SURE: usize = 4;
/// Copy with more unknown abbreviations than this is a table, or none of a newsroom's.
const MOST: usize = 40;

/// An abbreviation of the sheet that is right in the article's language.
struct Known<'a> {
    letters: String,
    member: MemberId,
    form: &'a Form,
}

/// Reports abbreviations that nobody has and that are nearly a member's.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let candidates = candidates(case);
    if candidates.is_empty() || candidates.len() > MOST {
        return;
    }
    let known = known(case);
    for at in candidates {
        let written = letters_of(case.read.scan, at);
        let mut near = known.iter().filter(|known| is_slip(&known.letters, &written));
        let Some(first) = near.next() else { continue };
        if near.any(|other| other.member != first.member) || is_something_else(case, at, &written, first) {
            continue;
        }
        let Some(member) = case.sheet.cast.get(first.member.0 as usize) else { continue };
        let is_told = case.names.iter().any(|name| name.member == first.member);
        if written.chars().count() < LONG
            && !is_swap(&first.letters, &written)
            && !is_described(case, at, first.member)
        {
            continue;
        }
        let is_short = written.chars().count() < SURE;
        // Of three letters too many bodies are near to one another to go by the letters alone; of those in
        // another script copy names few.
        let script = case.read.scan.language.script();
        let is_borrowed = Script::of_text(&written) != script;
        if is_short && !is_told && !is_borrowed && !holder_stands_by(case, at, first.member) {
            continue;
        }
        let doubtful = is_short || !is_told;
        reporter.report(draft(case, at, member, first.form, doubtful));
    }
}

/// Whether the sentence names one who holds an office of the member.
fn holder_stands_by(case: &Case<'_>, at: usize, member: MemberId) -> bool {
    case.names_in(&sentence_near(case, at)).iter().any(|name| {
        let holder = case.sheet.cast.get(name.member.0 as usize);
        holder.is_some_and(|holder| holder.roles.iter().any(|role| role.of == Some(member)))
    })
}

fn sentence_near(case: &Case<'_>, at: usize) -> Range<usize> {
    let sentence = case.read.sentence(at);
    sentence.start.max(at.saturating_sub(SENTENCE))..sentence.end.min(at + SENTENCE)
}

/// The words in capitals that stand once in the copy and that nobody knows.
fn candidates(case: &Case<'_>) -> Vec<usize> {
    let scan = case.read.scan;
    let mut times: FxHashMap<WordId, (usize, usize)> = FxHashMap::default();
    for &capital in scan.capitals {
        let at = capital as usize;
        if let Some(token) = scan.tokens.get(at)
            && token.kind == TokenKind::Word
            && token.shape == Shape::Upper
        {
            times.entry(token.word).or_insert((at, 0)).1 += 1;
        }
    }
    let mut found: Vec<usize> = times
        .into_values()
        .filter(|(at, times)| *times == 1 && is_unknown(case, *at))
        .map(|(at, _)| at)
        .collect();
    found.sort_unstable();
    found
}

fn is_unknown(case: &Case<'_>, at: usize) -> bool {
    const NUMERALS: &str = "IVXLCDM";
    let scan = case.read.scan;
    let raw = scan.raw(at);
    let before = at.checked_sub(1).filter(|_| scan.gap(at) < Gap::Line);
    // Headlines and signs are shouted.
    let is_shouted = |other: usize| {
        scan.word(other).is_some_and(|word| word.shape == Shape::Upper) && scan.raw(other).chars().count() > 1
    };
    // A pair with a long name is looked at as such; an address and a name of several are none.
    let is_paired = scan.is_symbol(at + 1, "(")
        || (scan.is_symbol(at + 1, ")") && before.is_some_and(|before| scan.is_symbol(before, "(")));
    let is_part = |symbol: usize, after: usize| {
        matches!(scan.raw(symbol), "." | "/" | "&" | "@" | "#" | "_" | "-")
            && scan.gap(symbol.max(at)) == Gap::None
            && scan.gap(after) == Gap::None
    };
    let is_joined = before.is_some_and(|before| is_part(before, at))
        || (!scan.is_symbol(at + 1, "-") && is_part(at + 1, at + 2));
    LETTERS.contains(&raw.chars().count())
        && raw.chars().all(char::is_alphabetic)
        && !raw.chars().all(|letter| NUMERALS.contains(letter))
        && at >= case.read.copy_start
        && !is_paired
        && !is_joined
        && !before.is_some_and(is_shouted)
        && !is_shouted(at + 1)
        && !case.is_named(at)
        && case.read.place_over(at).is_none()
}

/// The folded letters of a word without an ending that only marks a possessor.
fn letters_of(scan: &Scan<'_>, at: usize) -> String {
    strip_diacritics(scan.language.pack.inflection.without_possessive(scan.folded(at)))
}

fn known<'a>(case: &Case<'a>) -> Vec<Known<'a>> {
    let mut known = Vec::new();
    for indexed in &case.index.forms {
        let Some(member) = case.sheet.cast.get(indexed.member.0 as usize) else { continue };
        let Some(form) = member.forms.get(indexed.form as usize) else { continue };
        let is_right = member.kind == Kind::Organization && indexed.standing <= Standing::Unjudged;
        let is_abbreviation = indexed.kind == FormKind::Abbreviation
            || (matches!(indexed.kind, FormKind::Full | FormKind::Short)
                && form.text.chars().all(char::is_uppercase));
        if let [word] = &indexed.words[..]
            && is_right
            && is_abbreviation
        {
            known.push(Known { letters: strip_diacritics(word), member: indexed.member, form });
        }
    }
    known
}

/// Two neighbours changed places, or, of a long one, one letter is wrong.
fn is_slip(right: &str, written: &str) -> bool {
    let (right, written): (Vec<char>, Vec<char>) = (right.chars().collect(), written.chars().collect());
    if right == written || right.len() < LETTERS.start {
        return false;
    }
    if right.len() == written.len() {
        let differ: Vec<usize> = (0..right.len()).filter(|&at| right.get(at) != written.get(at)).collect();
        return match differ[..] {
            [at] => right.len() >= LONG || (right.len() >= SURE && at > 0),
            [first, second] => {
                second == first + 1
                    && right.get(first) == written.get(second)
                    && right.get(second) == written.get(first)
            }
            _ => false,
        };
    }
    let (short, long) = if right.len() < written.len() { (&right, &written) } else { (&written, &right) };
    let shared = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    short.len() >= LONG && long.len() == short.len() + 1 && short.get(shared..) == long.get(shared + 1..)
}

/// The letters are the same, in another order.
fn is_swap(right: &str, written: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(right) == sorted(written)
}

/// A word right before an abbreviation tells what it stands for as the member's long name does: "the disaster
/// agency AFED".
fn is_described(case: &Case<'_>, at: usize, member: MemberId) -> bool {
    const LONGEST_ENDING: usize = 3;
    const SHORTEST_STEM: usize = 5;
    let scan = case.read.scan;
    let names = &case.index.long_names(case.sheet).names;
    let own = || names.iter().filter(|name| name.member == member).flat_map(|name| &name.content);
    (at.saturating_sub(BESIDE)..at).any(|before| {
        let word = strip_diacritics(scan.folded(before));
        scan.kind(before) == Some(TokenKind::Word)
            && (before + 1..at + 1).all(|next| scan.gap(next) <= Gap::Narrow)
            && own().any(|content| {
                let shared = word.chars().zip(content.folded.chars()).take_while(|(a, b)| a == b).count();
                let longer = word.chars().count().max(content.folded.chars().count());
                shared >= SHORTEST_STEM && longer - shared <= LONGEST_ENDING
            })
    })
}

/// Whether the copy, or the world, says that the word is another body's.
fn is_something_else(case: &Case<'_>, at: usize, written: &str, known: &Known<'_>) -> bool {
    let near = sentence_near(case, at);
    // Beside the right one it is another.
    let stands_beside = case.names_in(&near).iter().any(|name| name.member == known.member);
    // "Portugal's PSD": another country's.
    let is_short = written.chars().count() < LONG;
    let beside = near.start.max(at.saturating_sub(BESIDE))..near.end.min(at + 1 + BESIDE);
    let is_of_a_place = is_short
        && (!case.read.places_in(&beside).is_empty()
            || case.names_in(&beside).iter().any(|name| case.kind_of(name.member) == Some(Kind::Place)));
    // "Das IFW in Kiel": so has a body that no list has.
    let scan = case.read.scan;
    let is_somewhere = is_short
        && scan.is_marked(at + 1, &[Marker::Locative])
        && scan.word(at + 2).is_some_and(|word| word.shape == Shape::Capital)
        && !scan.is_known(at + 2);
    // "UNSCO, the office of …" says what it is.
    let is_introduced = case.read.scan.is_symbol(at + 1, ",") && case.read.scan.is_article(at + 2);
    stands_beside
        || is_introduced
        || is_of_a_place
        || is_somewhere
        || Gazetteer::languages().any(|code| Gazetteer::builtin(code).entry_named(written).is_some())
        || case.read.scan.language.gazetteer.entry_named(written).is_some()
        || is_explained(case.read.scan, written)
        || is_form_of_another(case, written)
}

/// A text without a stop must not be walked through for every word in it.
const SENTENCE: usize = 100;
/// What stands so near, in tokens, may say whose it is.
const BESIDE: usize = 3;

/// Some other member, or this one elsewhere, is called so.
fn is_form_of_another(case: &Case<'_>, written: &str) -> bool {
    case.index.forms.iter().any(|form| matches!(&form.words[..], [word] if strip_diacritics(word) == written))
}

/// Words of the copy have the abbreviation as their initials.
fn is_explained(scan: &Scan<'_>, written: &str) -> bool {
    (0..scan.tokens.len()).any(|start| {
        scan.word(start).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Upper))
            // The word itself explains nothing.
            && initials_from(scan, start, written).is_some_and(|end| end > start + 1)
    })
}

/// The token behind the words from one on whose initials are the letters, small words aside.
pub(super) fn initials_from(scan: &Scan<'_>, start: usize, letters: &str) -> Option<usize> {
    const SMALL: usize = 4;
    const PASSED: usize = 3;
    // How many of the letters a word stands for: its first, or, of one that is itself short for others, all.
    let taken = |at: usize, letters: &str| -> usize {
        if scan.kind(at) != Some(TokenKind::Word) {
            return 0;
        }
        let folded = strip_diacritics(scan.folded(at));
        let is_upper = scan.word(at).is_some_and(|word| word.shape == Shape::Upper);
        match folded.chars().next().filter(|&first| letters.starts_with(first)) {
            Some(_) if is_upper && letters.starts_with(folded.as_str()) => folded.len(),
            Some(first) => first.len_utf8(),
            None => 0,
        }
    };
    let is_small = |at: usize| {
        scan.is_symbol(at, "-")
            || scan.word(at).is_some_and(|word| word.shape == Shape::Lower)
                && scan.folded(at).chars().count() <= SMALL
    };
    let (mut at, mut rest) = (start, letters);
    while !rest.is_empty() {
        let floor = at;
        let count = loop {
            match taken(at, rest) {
                0 if at == start || at - floor == PASSED || !is_small(at) => return None,
                0 => at += 1,
                count => break count,
            }
        };
        rest = rest.get(count..)?;
        at += 1;
    }
    Some(at)
}

fn draft<'a>(case: &Case<'a>, at: usize, member: &Member, form: &'a Form, doubtful: bool) -> Draft<'a> {
    let scan = case.read.scan;
    let raw = scan.raw(at);
    let start = scan.tokens.get(at).map_or(0, |token| token.start as usize);
    let bare = scan.language.pack.inflection.without_possessive(raw).len();
    let mut draft = Draft::new(Check::NameAbbreviation, Verdict::Garbled, start..start + bare);
    draft.values = vec![
        ("name", form.text.clone()),
        ("language", scan.language.pack.name.clone()),
        ("fact", fact_id(member)),
    ];
    draft.expected = Some(form.text.clone());
    draft.fact = Some((fact_id(member), form.span.clone()));
    if doubtful {
        draft.at_most = Severity::Warning;
    }
    // Bodies have abbreviations that differ by one letter; those of the same beginning and end are few.
    let written = raw.get(..bare).unwrap_or(raw);
    let is_sure = !doubtful
        && written.chars().count() >= LONG
        && super::correction::are_near(written, &form.text)
        && form.text.chars().all(char::is_uppercase);
    let trust = if is_sure { Trust::Safe } else { Trust::Unsafe };
    draft.fix = super::correction::of_tokens(case.read, &(at..at + 1), written, &form.text, trust);
    draft
}
