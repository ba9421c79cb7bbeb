//! Judges the titles that stand by the people of a sheet.

use std::ops::Range;

use super::apposition::{Apposition, Reader, family_of};
use super::judge::{Judge, Judgement, Mistake, Times};
use crate::checks::case::{Case, Draft, Reporter};
use crate::checks::names::{NameMention, Standing, fact_id};
use crate::finding::{Coverage, Severity, Verdict};
use crate::language::sense::TitleWord;
use crate::language::{Marker, Sense};
use crate::reading::dates::Meaning;
use crate::rules::Check;
use crate::sheet::model::{Member, Role};
use crate::sheet::{FormKind, Kind, MemberId};

/// Reports titles that are not those of the people they stand by.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) -> Coverage {
    let mut coverage = Coverage::default();
    let reader = Reader { case };
    for person in case.names {
        let Some(member) = case.sheet.cast.get(person.member.0 as usize) else { continue };
        // A lone near name may be anybody's.
        if member.kind != Kind::Person || (person.standing == Standing::Garbled && !person.full) {
            continue;
        }
        let sentence = case.read.sentence(person.tokens.start);
        let titles = [reader.before(person, &sentence), reader.behind(person, &sentence)];
        for title in titles.into_iter().flatten() {
            let times = times(case, &sentence);
            let judge = Judge { case, title: &title, times: &times };
            match judge.judge(person.member, member) {
                Judgement::Agrees => coverage.roles += 1,
                Judgement::NotCovered => coverage.roles_uncovered += 1,
                Judgement::Told(verdict, role, mistake) => {
                    let someone_else = namesakes(case, person).any(|(id, member)| {
                        !matches!(judge.judge(id, member), Judgement::Told(Verdict::Wrong, ..))
                    });
                    if title.doubtful || someone_else {
                        coverage.roles_uncovered += 1;
                        continue;
                    }
                    coverage.roles += 1;
                    report(case, &title, member, verdict, role, mistake, reporter);
                }
            }
        }
    }
    coverage
}

fn report(
    case: &Case<'_>,
    title: &Apposition,
    member: &Member,
    verdict: Verdict,
    role: &Role,
    mistake: Mistake,
    reporter: &mut Reporter<'_>,
) {
    let scan = case.read.scan;
    let is_of_office = matches!(mistake, Mistake::Office | Mistake::Past);
    let tokens = if is_of_office { &title.office } else { &title.whole };
    let text = scan.text_of(tokens.start, tokens.end);
    let Some(first) = scan.tokens.get(tokens.start) else { return };
    let start = first.start as usize;
    let span = start..start + text.len();
    // Of two countries that are easily taken for one another the finding on the country says all.
    if mistake == Mistake::Of && reporter.has_reported(Check::NameDemonym, &span) {
        return;
    }
    let mut draft = Draft::new(Check::RoleOffice, verdict, span);
    let mut expected = office_name(case, &role.office);
    if mistake == Mistake::Of
        && let Some(of) = role.of
    {
        expected = format!("{expected}, {}", name_in(case, of));
    }
    draft.values = vec![
        ("name", name_of(case, member)),
        ("fact", fact_id(member)),
        ("date", span_of(role)),
        ("source", String::new()),
    ];
    draft.expected = Some(expected);
    // What somebody was besides, a sheet may leave out.
    if mistake == Mistake::Past {
        draft.at_most = Severity::Warning;
    }
    draft.fact = Some((fact_id(member), role.span.clone()));
    reporter.report(draft);
}

/// A text without a stop must not be walked through for every name in it.
const FARTHEST: usize = 200;

pub(super) fn times(case: &Case<'_>, sentence: &Range<usize>) -> Times {
    let before = sentence.start.checked_sub(1).map_or(sentence.start, |last| case.read.sentence(last).start);
    let region =
        before.max(sentence.start.saturating_sub(FARTHEST))..sentence.end.min(sentence.start + FARTHEST);
    let told = case
        .read
        .dates_in(&region)
        .iter()
        .filter_map(|date| match date.meaning {
            Meaning::Day(day) => Some((day, day)),
            Meaning::Range(first, last) => Some((first, last)),
            _ => None,
        })
        .collect();
    let earlier = case.read.scan.hits_in(&region).iter().any(|hit| {
        matches!(hit.sense, Sense::Clause(Marker::Then | Marker::Elsewhere) | Sense::Title(TitleWord::Era))
    });
    Times { reference: case.read.reference, told, earlier }
}

/// The others of the cast whom a lone family name can mean.
pub(super) fn namesakes<'c>(
    case: &Case<'c>,
    person: &NameMention,
) -> impl Iterator<Item = (MemberId, &'c Member)> {
    let cast = &case.sheet.cast;
    let families = |member: &Member| -> Vec<String> {
        let forms = member.forms.iter().filter(|form| form.kind == FormKind::Full);
        forms.map(|form| family_of(form).to_lowercase()).collect()
    };
    let own = match person.full {
        true => Vec::new(),
        false => cast.get(person.member.0 as usize).map(families).unwrap_or_default(),
    };
    let id = person.member;
    (0u32..).map(MemberId).zip(cast).filter(move |(other, member)| {
        *other != id
            && member.kind == Kind::Person
            && !own.is_empty()
            && families(member).iter().any(|family| own.contains(family))
    })
}

/// What the article's language calls an office; its id where it has no word.
pub(super) fn office_name(case: &Case<'_>, office: &str) -> String {
    let language = &case.read.scan.language.pack.language;
    case.rules
        .office(office)
        .and_then(|(index, _)| case.rules.office_words(index, language).next())
        .map_or_else(|| office.replace('-', " "), |word| word.replace('*', ""))
}

/// The first form of a member that is right in the article's language.
pub(in crate::checks) fn name_in(case: &Case<'_>, member: MemberId) -> String {
    case.sheet.cast.get(member.0 as usize).map(|member| name_of(case, member)).unwrap_or_default()
}

fn name_of(case: &Case<'_>, member: &Member) -> String {
    let language = case.read.scan.language.pack.language.as_str();
    let full = || member.forms.iter().filter(|form| form.kind == FormKind::Full);
    full()
        .find(|form| form.language.as_deref() == Some(language))
        .or_else(|| full().find(|form| case.sheet.language == language && form.language.is_none()))
        .map(|form| form.text.as_str())
        .or_else(|| case.read.scan.language.gazetteer.preferred(member.known?))
        .or_else(|| {
            let unmarked = full().find(|form| form.language.is_none() && !form.anywhere);
            unmarked.or_else(|| full().next()).map(|form| form.text.as_str())
        })
        .unwrap_or_default()
        .to_owned()
}

/// From when to when a role is held: `2019-03-20 – 2022-01-05`, open where the sheet says nothing.
pub(super) fn span_of(role: &Role) -> String {
    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    format!("{} – {}", day(role.from), day(role.to)).trim().to_owned()
}
