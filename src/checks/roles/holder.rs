//! Somebody whom the sheet does not have beside an office of which it knows the holder: "Kremlin spokesman Dmitry
//! Medvedev".
//!
//! The world has more officeholders than any sheet, so the title must leave no other: an office that one
//! person holds at a time, with what it is of beside it, held by one of the sheet on every day that is told.

use std::ops::Range;

use smallvec::SmallVec;

use super::apposition::{Apposition, Reader};
use super::bearer::is_slot_of;
use super::check::{name_in, office_name, span_of, times};
use super::judge::Judge;
use crate::checks::case::{Case, Draft, Reporter};
use crate::checks::names::{NameMention, Standing, fact_id};
use crate::finding::Verdict;
use crate::gazetteer::{EntryId, PlaceForm};
use crate::language::SenseSet;
use crate::reading::vocabulary::Shape;
use crate::rules::Check;
use crate::sheet::model::{Member, Role};
use crate::sheet::{FormKind, Kind, MemberId};

/// A title begins no further before a name, and ends no further behind it, in tokens.
const REACH: usize = 16;

/// Copy that names fewer of the people and bodies of a sheet may be of another story.
const FEWEST: usize = 2;

/// Reports full names of people the sheet does not have, beside an office of somebody it has.
pub fn check_holders(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    if !case.read.scan.senses().has_any(SenseSet::OFFICE) || !is_of_this_story(case) {
        return;
    }
    let has_roles = |member: &Member| member.kind == Kind::Person && !member.roles.is_empty();
    if !case.sheet.cast.iter().any(has_roles) {
        return;
    }
    for name in case.read.full_names() {
        let tokens = behind_known(case, name.given.start..name.family + 1);
        let near = tokens.start.saturating_sub(REACH)..tokens.end + REACH;
        if case.read.scan.within(&near).has_any(SenseSet::OFFICE) && is_unknown(case, &tokens) {
            judge(case, &tokens, reporter);
        }
    }
}

/// The copy is of a day of the story, and of its people.
fn is_of_this_story(case: &Case<'_>) -> bool {
    let is_of_period = case
        .read
        .reference
        .is_some_and(|day| case.sheet.period.is_none_or(|(from, to)| (from..=to).contains(&day)));
    let mut told: SmallVec<[MemberId; FEWEST]> = SmallVec::new();
    for name in case.names {
        let is_right = matches!(name.standing, Standing::Licensed | Standing::Unjudged);
        if is_right && case.kind_of(name.member) != Some(Kind::Place) && !told.contains(&name.member) {
            told.push(name.member);
        }
        if told.len() == FEWEST {
            return is_of_period;
        }
    }
    false
}

/// The words of a run behind the last that is a name of the sheet's or of the world's: "прем'єр-міністр Португалії
/// Марселу Ребелу".
fn behind_known(case: &Case<'_>, run: Range<usize>) -> Range<usize> {
    let is_known = |&at: &usize| case.is_named(at) || case.read.place_over(at).is_some();
    let start = run.clone().rev().find(is_known).map_or(run.start, |known| known + 1);
    start..run.end
}

/// Two words or more, none of them of a name that the sheet has: a relative's, a namesake's.
fn is_unknown(case: &Case<'_>, tokens: &Range<usize>) -> bool {
    let is_particle = |at: usize| case.read.scan.shape(at) == Some(Shape::Lower);
    let words = tokens.clone().filter(|&at| case.read.scan.is_unknown_capital(at)).count();
    words > 1
        && !is_particle(tokens.start)
        && tokens
            .clone()
            .all(|at| is_particle(at) || !is_slot_of(case, at, |form, _| form.kind == FormKind::Full))
}

fn judge(case: &Case<'_>, tokens: &Range<usize>, reporter: &mut Reporter<'_>) {
    let scan = case.read.scan;
    let (Some(first), Some(last)) = (scan.tokens.get(tokens.start), scan.tokens.get(tokens.end - 1)) else {
        return;
    };
    let span = first.start as usize..last.end as usize;
    let sentence = case.read.sentence(tokens.start);
    // Whose name it is does not matter to the reader of titles, but the case it is in does.
    let mention =
        NameMention::new(tokens.clone(), span.clone(), MemberId(0), FormKind::Full, Standing::Unjudged);
    let reader = Reader { case };
    let beside = |mention: &NameMention| {
        let titles = [reader.before(mention, &sentence), reader.behind(mention, &sentence)];
        titles.into_iter().flatten().find_map(|title| {
            let (id, role) = holder(case, &title, &sentence)?;
            Some((title, id, role))
        })
    };
    let inflected = || {
        let mut inflected = mention.clone();
        inflected.inflected = true;
        inflected
    };
    let found = beside(&mention)
        .or_else(|| may_be_inflected(case, tokens.end - 1).then(|| beside(&inflected())).flatten());
    let Some((title, id, role)) = found else { return };
    let Some(member) = case.sheet.cast.get(id.0 as usize) else { return };
    let mut draft = Draft::new(Check::RoleHolder, Verdict::Wrong, span);
    draft.expected = Some(name_in(case, id));
    draft.values = vec![
        ("name", office_name(case, &role.office)),
        ("source", scan.text_of(title.whole.start, title.whole.end).to_owned()),
        ("date", span_of(role)),
        ("fact", fact_id(member)),
    ];
    draft.fact = Some((fact_id(member), role.span.clone()));
    reporter.report(draft);
}

/// Whether a family name has an ending that its language gives to names.
fn may_be_inflected(case: &Case<'_>, family: usize) -> bool {
    let inflection = &case.read.scan.language.pack.inflection;
    let word = case.read.scan.folded(family);
    inflection.declines_names && inflection.name_endings.iter().any(|ending| word.ends_with(ending.as_str()))
}

/// The one person of the sheet who holds the office of a title.
fn holder<'a>(case: &Case<'a>, title: &Apposition, sentence: &Range<usize>) -> Option<(MemberId, &'a Role)> {
    if title.doubtful || title.around.acting {
        return None;
    }
    let times = times(case, sentence);
    let judge = Judge { case, title, times: &times };
    let people =
        (0u32..).map(MemberId).zip(&case.sheet.cast).filter(|(_, member)| member.kind == Kind::Person);
    // "The interior minister", in copy that speaks of no other country.
    let at_home = title.of.is_empty() && !names_another_country(case);
    let mut holders = people.filter_map(|(id, member)| Some((id, judge.only_role(member, at_home)?)));
    let first = holders.next()?;
    holders.next().is_none().then_some(first)
}

/// Whether the copy names a country, or a city of one, that is none of the story's.
fn names_another_country(case: &Case<'_>) -> bool {
    let home = |entry: EntryId| {
        let is_home = |place: &MemberId| {
            let own = case.entry_of(*place);
            own.is_some() && (own == Some(entry) || entry.country() == own)
        };
        case.sheet.places.iter().any(is_home)
    };
    let mut places = case.read.places.iter().filter(|place| place.form != PlaceForm::Other);
    places.any(|place| !place.entries.iter().any(|&entry| home(entry)))
}
