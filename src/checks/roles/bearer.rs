//! A title beside half of its bearer's name: "US President Barack Trump", "the health minister, Hamad Assad".
//!
//! Nothing in such a name tells a slip from somebody else's name, so the title must tell who is meant: an
//! office that one person of the sheet holds on the day of the copy, with the country or body it is of.

use std::ops::Range;

use smallvec::SmallVec;

use super::apposition::{Apposition, Reader};
use super::check::times;
use super::judge::Judge;
use crate::checks::case::{Case, Reporter};
use crate::checks::names::index::IndexedForm;
use crate::checks::names::{NameMention, Standing, draft_of};
use crate::finding::{Severity, Verdict};
use crate::language::SenseSet;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::titles::is_hyphen;
use crate::reading::vocabulary::{Shape, strip_diacritics};
use crate::rules::Check;
use crate::sheet::{FormKind, Kind, MemberId};

/// A name stands this near its title, in tokens: "the president of the Republic of Korea, …".
const REACH: usize = 7;
/// A name has no more words than this.
const LONGEST: usize = 4;
/// A family name that is less like than this is another.
const LIKENESS: f64 = 0.6;

/// Reports names of which one word is the bearer's of the title beside it, and another is not.
pub fn check_bearers(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    let mut last = None;
    for hit in case.read.scan.hits_of(SenseSet::OFFICE) {
        let word = hit.token as usize..(hit.token + hit.len) as usize;
        // One word can mean several offices.
        if last.replace(word.clone()).is_some_and(|last: Range<usize>| last == word) {
            continue;
        }
        for run in [run_behind(case, &word), run_before(case, &word)].into_iter().flatten() {
            judge(case, &run, reporter);
        }
    }
}

/// The first name of several words behind a title.
fn run_behind(case: &Case<'_>, title: &Range<usize>) -> Option<Range<usize>> {
    let end = case.read.sentence(title.start).end.min(title.end + REACH);
    let run = (title.end..end).find_map(|at| run_from(case, at).filter(|run| run.len() > 1))?;
    (run.end <= case.read.sentence(title.start).end).then_some(run)
}

/// The name of several words that stands before the comma before a title.
fn run_before(case: &Case<'_>, title: &Range<usize>) -> Option<Range<usize>> {
    let scan = case.read.scan;
    let first = title.start.saturating_sub(REACH).max(case.read.sentence(title.start).start);
    let comma = (first..title.start).rev().find(|&at| matches!(scan.symbol(at), Some(',' | '(')))?;
    let floor = comma.saturating_sub(LONGEST + 1);
    (floor..comma).find_map(|at| run_from(case, at).filter(|run| run.end == comma && run.len() > 1))
}

/// The words with capitals, or joined to one by a hyphen, from a token on.
fn run_from(case: &Case<'_>, start: usize) -> Option<Range<usize>> {
    let scan = case.read.scan;
    let is_capital = |at: usize| {
        scan.kind(at) == Some(TokenKind::Word)
            && scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Mixed))
    };
    if !is_capital(start) {
        return None;
    }
    let mut end = start + 1;
    for _ in 1..LONGEST {
        if is_hyphen(scan, end) && scan.kind(end + 1) == Some(TokenKind::Word) {
            end += 2;
        } else if scan.gap(end) <= Gap::Narrow && is_capital(end) {
            end += 1;
        } else {
            break;
        }
    }
    Some(start..end)
}

/// A person's name of which one word is another.
struct Half<'a> {
    form: &'a IndexedForm,
    /// The token that is not the person's, and its place in the name.
    odd: (usize, usize),
    /// Words that are.
    right: usize,
    inflected: bool,
}

fn judge(case: &Case<'_>, run: &Range<usize>, reporter: &mut Reporter<'_>) {
    let names = case.names_in(run);
    if names.iter().any(|name| name.tokens == *run) {
        return;
    }
    let Some(half) = half(case, run) else { return };
    let id = half.form.member;
    // Another form of the same name has the word.
    if is_slot_of(case, half.odd.0, |form, _| form.kind == FormKind::Full && form.member == id) {
        return;
    }
    let Some(member) = case.sheet.cast.get(id.0 as usize) else { return };
    let (Some(first), Some(last)) =
        (case.read.scan.tokens.get(run.start), case.read.scan.tokens.get(run.end - 1))
    else {
        return;
    };
    let mut mention = NameMention::new(
        run.clone(),
        first.start as usize..last.end as usize,
        id,
        FormKind::Full,
        Standing::Garbled,
    );
    mention.inflected = half.inflected;
    if reporter.has_reported(Check::NameGarbled, &mention.span) {
        return;
    }
    let sentence = case.read.sentence(run.start);
    let reader = Reader { case };
    let is_given = !half.form.family.contains(&(half.odd.1 as u8));
    let others = is_of_another(case, half.odd.0, id);
    let is_near = !is_given && is_like(case, &half);
    let is_meant = |title: Apposition| {
        let times = times(case, &sentence);
        let judge = Judge { case, title: &title, times: &times };
        !title.doubtful && judge.names_one(member, others || is_near)
    };
    let titles = [reader.before(&mention, &sentence), reader.behind(&mention, &sentence)];
    if !titles.into_iter().flatten().any(is_meant) {
        return;
    }
    // The family name right, another given name may be a relative's who held the office before.
    let may_be_relative = is_given && half.right < 2;
    if !is_given && half.right < 2 && !others && !is_near {
        return;
    }
    let Some(mut draft) = draft_of(case, &mention, Check::NameGarbled, Verdict::Garbled) else { return };
    if may_be_relative {
        draft.at_most = Severity::Warning;
    }
    draft.fix = None;
    reporter.report(draft);
}

/// The person's form of as many words as the run of which all but one stand there in their places.
fn half<'a>(case: &Case<'a>, run: &Range<usize>) -> Option<Half<'a>> {
    let scan = case.read.scan;
    let words: SmallVec<[usize; 5]> =
        run.clone().filter(|&at| scan.kind(at) == Some(TokenKind::Word)).collect();
    let mut found: SmallVec<[(u32, usize, usize, bool); 4]> = SmallVec::new();
    for (position, &at) in words.iter().enumerate() {
        let bare = scan.language.pack.inflection.without_possessive(scan.folded(at));
        case.index.exact(bare, |slot, inflected| {
            if usize::from(slot.word) != position {
                return;
            }
            match found.iter_mut().find(|(form, ..)| *form == slot.form) {
                Some((_, last, right, any)) if *last < position => {
                    (*last, *right, *any) = (position, *right + 1, *any || inflected);
                }
                Some(_) => {}
                None => found.push((slot.form, position, 1, inflected)),
            }
        });
    }
    found.into_iter().find_map(|(form, _, right, inflected)| {
        let form = case.index.forms.get(form as usize)?;
        let is_whole = form.kind == FormKind::Full
            && form.standing == Standing::Licensed
            && form.words.len() == words.len()
            && right + 1 == words.len()
            && case.kind_of(form.member) == Some(Kind::Person)
            // Where the whole name answers for the family's, one word of two says nothing.
            && (form.family.len() < words.len() || right > 1);
        let is_word = |position: usize| {
            words.get(position).is_some_and(|&at| {
                is_slot_of(case, at, |other, word| std::ptr::eq(other, form) && usize::from(word) == position)
            })
        };
        let odd = is_whole.then(|| (0..words.len()).find(|&position| !is_word(position)))??;
        Some(Half { form, odd: (*words.get(odd)?, odd), right, inflected })
    })
}

/// Whether a word is, at some place in it, a word of a form that fits.
pub(super) fn is_slot_of(case: &Case<'_>, at: usize, fits: impl Fn(&IndexedForm, u8) -> bool) -> bool {
    let bare = case.read.scan.language.pack.inflection.without_possessive(case.read.scan.folded(at));
    let mut is = false;
    case.index.exact(bare, |slot, _| {
        is |= case.index.forms.get(slot.form as usize).is_some_and(|form| fits(form, slot.word));
    });
    is
}

/// The odd word is somebody else's family name in the sheet.
fn is_of_another(case: &Case<'_>, at: usize, member: MemberId) -> bool {
    is_slot_of(case, at, |form, word| {
        form.member != member
            && form.kind == FormKind::Full
            && case.kind_of(form.member) == Some(Kind::Person)
            && form.family.contains(&word)
    })
}

/// The odd word has most letters of the one that should be there.
fn is_like(case: &Case<'_>, half: &Half<'_>) -> bool {
    let (at, position) = half.odd;
    let bare = case.read.scan.language.pack.inflection.without_possessive(case.read.scan.folded(at));
    half.form.words.get(position).is_some_and(|right| {
        let (written, right) = (strip_diacritics(bare), strip_diacritics(right));
        let longer = written.chars().count().max(right.chars().count()).max(1);
        1.0 - strsim::osa_distance(&written, &right) as f64 / longer as f64 >= LIKENESS
    })
}
