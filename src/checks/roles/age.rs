//! Ages beside people whose day of birth the sheet has: "Tokayev, 68", "the 68-year-old Tokayev".

use std::ops::Range;

use jiff::civil::Date;

use super::apposition::Reader;
use super::check::name_in;
use crate::checks::case::{Case, Draft, Reporter};
use crate::checks::names::{NameMention, Standing, fact_id};
use crate::finding::{Coverage, Verdict};
use crate::language::sense::TitleWord;
use crate::language::{Marker, Sense};
use crate::reading::dates::Meaning;
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::titles::{around_before, is_closing, is_hyphen, office_before};
use crate::rules::Check;
use crate::sheet::MemberId;

mod next_sentence;

/// A bare number beside a name is an age only if it can be one, and is not far from the right one: scores
/// and numbers of shirts stand there too.
const AGES: Range<i32> = 16..111;
const FARTHEST: i32 = 20;
const FARTHEST_IN_BRACKETS: i32 = 10;

/// No title between an age and a name is longer, in tokens.
const LONGEST_TITLE: usize = 14;

/// What stands further from an age than this, in tokens, does not date it.
const DATED: usize = 100;

/// A number that stands by a name.
struct Age {
    token: usize,
    years: i32,
    /// How far it may be off before it is taken for something else.
    farthest: i32,
}

/// Whether a capitalised word that nobody knows stands right before a lone family name.
fn follows_given_name(case: &Case<'_>, at: usize) -> bool {
    let scan = case.read.scan;
    at.checked_sub(1).is_some_and(|before| {
        scan.is_unknown_capital(before) && scan.gap(at) <= Gap::Narrow && !case.is_named(before)
    })
}

/// Reports ages that a person cannot have on the days the copy tells of.
pub fn check_ages(case: &Case<'_>, reporter: &mut Reporter<'_>) -> Coverage {
    let mut coverage = Coverage::default();
    let Some(reference) = case.read.reference else { return coverage };
    for person in case.names {
        if person.standing == Standing::Garbled && !person.full {
            continue;
        }
        // "Emine Erdogan, 67": a relative, or somebody of the same name.
        if !person.full && follows_given_name(case, person.tokens.start) {
            continue;
        }
        let has_born =
            case.sheet.cast.get(person.member.0 as usize).is_some_and(|member| member.born.is_some());
        if !has_born {
            continue;
        }
        let sentence = case.read.sentence(person.tokens.start);
        if let Some(age) = before(case, person, &sentence).or_else(|| behind(case, person, &sentence)) {
            let near = sentence.start.max(person.tokens.start.saturating_sub(DATED))
                ..sentence.end.min(person.tokens.end + DATED);
            judge(case, person.member, &age, &near, reference, &mut coverage, reporter);
        }
    }
    for (age, member, near) in next_sentence::ages(case) {
        judge(case, member, &age, &near, reference, &mut coverage, reporter);
    }
    coverage
}

/// Reports an age that is not the person's on any day told `near` it.
fn judge(
    case: &Case<'_>,
    person: MemberId,
    age: &Age,
    near: &Range<usize>,
    reference: Date,
    coverage: &mut Coverage,
    reporter: &mut Reporter<'_>,
) {
    let Some(member) = case.sheet.cast.get(person.0 as usize) else { return };
    let Some(born) = member.born else { return };
    let mut right = ages(born, reference.yesterday().unwrap_or(reference), reference);
    for date in case.read.dates_in(near) {
        let told = match date.meaning {
            Meaning::Day(day) => ages(born, day, day),
            Meaning::Range(first, last) => ages(born, first, last),
            _ => continue,
        };
        // What the sentence tells of another day may hold of any day between.
        right = right.start.min(told.start)..right.end.max(told.end);
    }
    let mut died = member.states.iter().filter_map(|state| state.from);
    let fits = right.contains(&age.years) || died.any(|day| ages(born, day, day).contains(&age.years));
    let now = years(born, reference);
    // Two digits that changed places are a slip, however far off.
    let is_mirrored = AGES.contains(&now) && age.years % 10 * 10 + age.years / 10 == now;
    if !fits && !is_mirrored && (age.years - now).abs() > age.farthest {
        return;
    }
    coverage.roles += 1;
    if fits {
        return;
    }
    let Some(token) = case.read.scan.tokens.get(age.token) else { return };
    let mut draft = Draft::new(Check::RoleAge, Verdict::Wrong, token.range());
    draft.values =
        vec![("name", name_in(case, person)), ("fact", fact_id(member)), ("date", born.to_string())];
    draft.expected = Some(now.to_string());
    draft.fact = Some((fact_id(member), member.span.clone()));
    reporter.report(draft);
}

/// Full years from a day of birth to a day.
fn years(born: Date, day: Date) -> i32 {
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    i32::from(day.year()) - i32::from(born.year()) - i32::from(before_birthday)
}

fn ages(born: Date, first: Date, last: Date) -> Range<i32> {
    years(born, first)..years(born, last) + 1
}

/// The age that stands before a name: "68-year-old Kazakh President Tokayev".
fn before(case: &Case<'_>, person: &NameMention, sentence: &Range<usize>) -> Option<Age> {
    let scan = case.read.scan;
    let floor = sentence.start.max(person.tokens.start.saturating_sub(LONGEST_TITLE));
    let reader = Reader { case };
    let mut at = person.tokens.start;
    while at > floor {
        if let Some(number) = reader.age_before(at).filter(|&number| number >= floor) {
            return Some(Age { token: number, years: whole_number(case, number)?, farthest: i32::MAX });
        }
        at = if let Some((office, _)) = office_before(scan, at) {
            office.start
        } else if let Some(name) = reader.name_before(at).filter(|name| !reader.is_person(name.member)) {
            name.tokens.start
        } else if let Some((start, _)) = around_before(scan, at).filter(|(_, around)| !around.beside) {
            start
        } else if at < person.tokens.start && scan.is_article(at - 1) {
            at - 1
        } else {
            return None;
        };
    }
    None
}

/// The age that stands behind a name: "Tokayev, 68,", "Tokayev (68)", "Tokayev, 68 years old,".
fn behind(case: &Case<'_>, person: &NameMention, sentence: &Range<usize>) -> Option<Age> {
    let scan = case.read.scan;
    let mut at = person.tokens.end;
    let brackets = scan.is_symbol(at, "(");
    if !brackets && !scan.is_symbol(at, ",") {
        return None;
    }
    at += 1;
    let says_age =
        |at: usize| scan.sense_at(at, |sense| (sense == Sense::Title(TitleWord::Age)).then_some(()));
    let (mut is_said, mut relative) = (false, false);
    while scan.kind(at) == Some(TokenKind::Word) && at < person.tokens.end + 4 {
        if let Some((len, ())) = says_age(at) {
            is_said = true;
            at += len;
        } else if scan.is_marked(at, &[Marker::Function]) {
            at += 1;
        } else if !brackets && scan.is_marked(at, &[Marker::Break, Marker::Auxiliary]) {
            relative = true;
            at += 1;
        } else {
            return None;
        }
    }
    let number = at;
    let years = whole_number(case, number)?;
    at += 1;
    if is_hyphen(scan, at) {
        at += 1;
    }
    if let Some((len, ())) = says_age(at) {
        is_said = true;
        at += len;
    }
    let stop_ends = at + 1 >= sentence.end;
    let closed = at >= sentence.end
        || match scan.raw(at) {
            ")" => brackets,
            "," | ";" => !brackets,
            "." => stop_ends && !brackets,
            _ => false,
        };
    if !closed || !is_closing(scan, at) || (!is_said && (relative || number != person.tokens.end + 1)) {
        return None;
    }
    let farthest = match (is_said, brackets) {
        // "Who had 30 years" tells of other years as well.
        (true, _) if relative => FARTHEST,
        (true, _) => i32::MAX,
        (false, true) => FARTHEST_IN_BRACKETS,
        (false, false) => FARTHEST,
    };
    (is_said || AGES.contains(&years)).then_some(Age { token: number, years, farthest })
}

/// A number of one token that is part of no longer one.
fn whole_number(case: &Case<'_>, at: usize) -> Option<i32> {
    let scan = case.read.scan;
    if scan.kind(at) != Some(TokenKind::Number) {
        return None;
    }
    let goes_on = |symbol: usize, number: usize| {
        matches!(scan.raw(symbol), "." | "," | ":" | "/" | "%")
            && scan.gap(symbol.max(number)) == Gap::None
            && scan.kind(number) == Some(TokenKind::Number)
    };
    if goes_on(at + 1, at + 2)
        || at.checked_sub(2).is_some_and(|before| goes_on(at - 1, before) && scan.gap(at) == Gap::None)
    {
        return None;
    }
    scan.raw(at).parse().ok().filter(|years| (1..130).contains(years))
}
