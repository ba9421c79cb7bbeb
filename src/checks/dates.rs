//! Dates: weekdays against dates and days that do not exist, which need no sheet; events of the sheet
//! told for another day.

use jiff::civil::Date;
use smallvec::SmallVec;

use super::case::{Case, Draft, Read, Reporter};
use super::date_clauses::{clause_around, first_clause, headed_by, with_what_it_dates};
use super::date_ties::{has_other_target, is_day_of_verb, is_the_event, is_tied};
use super::pronouns::{antecedent, is_subject};
use crate::finding::{Severity, Verdict};
use crate::language::date_phrases::DateRole;
use crate::language::sense::{Piece, SheetWord, Told, Way};
use crate::language::{Hit, Marker, Sense, SenseSet};
use crate::reading::dates::{DateMention, DateShape, Meaning, days_between};
use crate::reading::quantity::Quantity;
use crate::rules::Check;
use crate::sheet::MemberId;
use crate::sheet::model::{Event, Words};

/// Reports weekdays that are another day's, and days that do not exist.
pub fn check_calendar(read: &Read<'_>, reporter: &mut Reporter<'_>) {
    for mention in read.dates {
        match mention.meaning {
            Meaning::Impossible { .. } => {
                let mut draft = Draft::new(Check::DateImpossible, Verdict::Wrong, mention.span.clone());
                draft.values = vec![("language", read.scan.language.pack.name.clone())];
                reporter.report(draft);
            }
            Meaning::Day(day) => {
                let Some((weekday, span)) = &mention.weekday else { continue };
                let real = day.weekday().to_monday_one_offset();
                if real == *weekday as i8 {
                    continue;
                }
                let expected = weekday_name(read, real);
                let mut draft = Draft::new(Check::DateWeekday, Verdict::Wrong, span.clone());
                draft.values = vec![("date", day.to_string()), ("weekday", expected.clone())];
                draft.expected = Some(expected);
                reporter.report(draft);
            }
            Meaning::Range(..) | Meaning::Unresolved => {}
        }
    }
}

/// The first word the pack has for a weekday, 1 (Monday) to 7.
fn weekday_name(read: &Read<'_>, weekday: i8) -> String {
    usize::try_from(weekday - 1)
        .ok()
        .and_then(|index| read.scan.language.pack.dates.weekdays.get(index))
        .and_then(|names| names.first())
        .cloned()
        .unwrap_or_default()
}

/// Reports a dateline that does not fit the day of publication.
pub fn check_dateline(
    dateline: Option<(Date, std::ops::Range<usize>)>,
    published: Option<Date>,
    reporter: &mut Reporter<'_>,
) {
    let (Some((day, span)), Some(published)) = (dateline, published) else { return };
    // Copy is filed one day and published the next, and datelines are of the place they come from.
    let days = day.until(published).map_or(0, |span| span.get_days());
    if (-1..=2).contains(&days) {
        return;
    }
    let mut draft = Draft::new(Check::DateDateline, Verdict::Wrong, span);
    draft.values = vec![("date", published.to_string())];
    draft.expected = Some(published.to_string());
    reporter.report(draft);
}

/// What stands further from a date than this, in tokens, does not speak of it: a text without a stop must
/// not be walked through for every date in it.
const FARTHEST: usize = 160;

/// Reports events of the sheet that the copy tells for another day.
pub fn check_events(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    for (index, date) in case.read.dates.iter().enumerate() {
        // "Two months ago" names no certain day; where and when copy was filed is no part of what it tells.
        if date.rough || date.tokens.start < case.read.copy_start {
            continue;
        }
        let (first, last) = match date.meaning {
            Meaning::Day(day) => (day, day),
            Meaning::Range(first, last) if date.shape == DateShape::Span => (first, last),
            _ => continue,
        };
        let sentence = case.read.sentence(date.tokens.start);
        let sentence = sentence.start.max(date.tokens.start.saturating_sub(FARTHEST))
            ..sentence.end.min(date.tokens.end + FARTHEST);
        // "8 February. She was shot": the day is the heading of the sentence behind it.
        let headed = headed_by(case, date);
        let clause = match &headed {
            Some(behind) => date.tokens.start..first_clause(case, behind),
            None => with_what_it_dates(case, date, clause_around(case, date, &sentence), &sentence),
        };
        // Most clauses tell of no event at all.
        let mut candidates = events_in(case, &clause);
        // "Since Monday" is when something else began, unless it is a state: "has been under arrest since Monday".
        if !candidates.is_empty() && begins_a_span(case, &date.tokens) {
            candidates.retain(|event| is_in_state_since(case, *event, date, &clause));
        }
        if candidates.is_empty() {
            continue;
        }
        let sentence = headed.map_or(sentence.clone(), |behind| sentence.start..behind.end);
        // Two dates in one clause: which is the event's cannot be told.
        let beside = [index.checked_sub(1), Some(index + 1)];
        let others = beside.into_iter().flatten().any(|other| {
            case.read.dates.get(other).is_some_and(|other| clause.contains(&other.tokens.start))
        });
        if others
            || has_marker(
                case,
                &clause,
                &[Marker::Negation, Marker::Planned, Marker::Expected, Marker::Elsewhere],
            )
        {
            continue;
        }
        if was_so_before(case, date, &clause) {
            continue;
        }
        let told: Vec<(u16, &Event)> = candidates
            .into_iter()
            .filter_map(|event| Some((event, case.sheet.events.get(event as usize)?)))
            .filter(|(event_index, event)| {
                event.from.is_some()
                    && tells(case, *event_index, event, &clause, &sentence, &date.tokens, first)
            })
            .collect();
        let fits = |event: &Event, first: Date, last: Date| {
            let from = event.from.unwrap_or(first);
            let to = event.to.unwrap_or(from);
            first <= to && from <= last
        };
        let [(told, event)] = told[..] else { continue };
        // The same words can mean another day too; and a day that is right for another event of the
        // type may be that one's.
        let alike = case.sheet.events.iter().filter(|other| other.event_type == event.event_type);
        let agrees = alike.clone().any(|other| {
            fits(other, first, last)
                || date.other.is_some_and(|day| fits(other, day, day))
                // "The uprising of 8 August", of a year told before.
                || (date.shape == DateShape::DayMonth && is_day_of_year(other, first))
        });
        let outside = case.sheet.period.is_some_and(|(from, to)| last < from || first > to);
        let event_type = case.kinds.event_type(told);
        let mut typed = case.read.scan.hits_of_in(TYPED, clause.clone());
        let trigger = typed.find(|hit| event_type.is_some() && type_told(case, hit, &clause) == event_type);
        // "On 20 February an earthquake struck": another one.
        let is_another = trigger.is_some_and(|hit| has_indefinite_article(case, hit.token as usize))
            && event.from.is_some_and(|day| days_between(day, first).abs() > SAME_EVENT);
        // What was before the story is told of people only: a birth.
        let is_history = !event.who.is_empty()
            && case
                .sheet
                .period
                .is_some_and(|(from, _)| event.to.or(event.from).is_some_and(|day| day < from));
        if agrees || is_another || (outside && !is_history && date.shape == DateShape::Full) {
            continue;
        }
        let expected = event.from.map(|from| match event.to {
            Some(to) if to != from => format!("{from} – {to}"),
            _ => from.to_string(),
        });
        let mut draft = Draft::new(Check::DateEvent, Verdict::Wrong, date.span.clone());
        draft.values = vec![
            ("fact", format!("events.{}", event.id)),
            ("name", event.id.clone()),
            ("date", if first == last { first.to_string() } else { format!("{first} – {last}") }),
            ("source", event.source.clone().unwrap_or_default()),
        ];
        draft.expected = expected;
        draft.fact = Some((format!("events.{}", event.id), event.date_span.clone()));
        if !matches!(date.shape, DateShape::Full | DateShape::DayMonth | DateShape::Span) {
            draft.at_most = Severity::Warning;
        }
        reporter.report(draft);
    }
}

/// "Since Monday": a day from which something lasts.
fn begins_a_span(case: &Case<'_>, date: &std::ops::Range<usize>) -> bool {
    let scan = case.read.scan;
    let is_since = |role| (role == DateRole::Since).then_some(());
    let phrases = scan.language.pack.dates.phrases();
    phrases.before(scan, date.start, is_since).is_some() || phrases.at(scan, date.start, is_since).is_some()
}

/// "On 20 May he had already resigned": on the day it was long so. Right before a day the word stresses it.
fn was_so_before(case: &Case<'_>, date: &DateMention, clause: &std::ops::Range<usize>) -> bool {
    const LED: usize = 2;
    let scan = case.read.scan;
    let leads = date.tokens.start.saturating_sub(LED)..date.tokens.start;
    clause
        .clone()
        .any(|at| !leads.contains(&at) && scan.has_over(at, |sense| sense == Sense::Around(Marker::Already)))
}

/// The clause tells of the event's people, of nobody else, that they are in the state which it brought: "has been under
/// arrest since Monday". The day stands right beside the word for it.
fn is_in_state_since(
    case: &Case<'_>,
    index: u16,
    date: &DateMention,
    clause: &std::ops::Range<usize>,
) -> bool {
    let Some(kind) = case.kinds.event_type(index) else { return false };
    let begins_state =
        case.rules.events.get(usize::from(kind)).is_some_and(|kind| kind.entry.state.is_some());
    let Some(event) = case.sheet.events.get(usize::from(index)).filter(|_| begins_state) else {
        return false;
    };
    let is_named = |who: &MemberId| case.names_in(clause).iter().any(|name| name.member == *who);
    let counts = |quantity: &Quantity| {
        clause.contains(&quantity.tokens.start)
            && !quantity.article
            && !date.tokens.contains(&quantity.tokens.start)
    };
    let is_small =
        |at: usize| case.read.scan.is_marked(at, &[Marker::Function]) || case.read.scan.is_article(at);
    let is_beside =
        case.read.scan.hits_in(clause).iter().filter(|hit| hit.sense == Sense::Event(kind)).any(|hit| {
            let (start, end) = (hit.token as usize, hit.token as usize + hit.len as usize);
            let between =
                if end <= date.tokens.start { end..date.tokens.start } else { date.tokens.end..start };
            between.into_iter().all(is_small)
        });
    is_beside && event.who.iter().all(is_named) && !case.read.quantities.iter().any(counts)
}

/// The event was on that day of some year.
fn is_day_of_year(event: &Event, day: Date) -> bool {
    event.to.is_none_or(|to| event.from == Some(to))
        && event.from.is_some_and(|from| (from.month(), from.day()) == (day.month(), day.day()))
}

/// An event told with an indefinite article and a day further off than this is another one, in days.
const SAME_EVENT: i32 = 3;

/// Whether an indefinite article leads to a word, an adjective between them or not.
fn has_indefinite_article(case: &Case<'_>, at: usize) -> bool {
    (1..=2).filter_map(|back| at.checked_sub(back)).any(|before| case.read.scan.is_indefinite_article(before))
}

/// The sheet's events that the clause has a word of, in order: its type's, or its own.
fn events_in(case: &Case<'_>, clause: &std::ops::Range<usize>) -> SmallVec<[u16; 4]> {
    let mut events = SmallVec::new();
    for hit in case.read.scan.hits_of_in(TYPED, clause.clone()) {
        if let Some(event_type) = type_told(case, hit, clause) {
            events.extend_from_slice(case.kinds.events_of(event_type));
        }
    }
    for hit in case.wording_in(clause) {
        if let Sense::Sheet(SheetWord::Event(event)) = hit.sense {
            events.push(event);
        }
    }
    events.sort_unstable();
    events.dedup();
    events
}

/// Senses of words for a type of event.
const TYPED: SenseSet = SenseSet::EVENT.and(SenseSet::TOLD);

/// The type of event that a word or phrase is of: a word for it, or a predicate, of which all pieces must stand in
/// the clause ("trat … zurück").
fn type_told(case: &Case<'_>, hit: &Hit, clause: &std::ops::Range<usize>) -> Option<u16> {
    match hit.sense {
        Sense::Event(event_type) => Some(event_type),
        Sense::Told(told) => {
            let last = Sense::Told(Told { piece: Piece::Last, ..told });
            let rest = hit.token as usize + hit.len as usize..clause.end;
            let is_whole = match told.piece {
                Piece::Whole => true,
                Piece::First => case.read.scan.hits_in(&rest).iter().any(|hit| hit.sense == last),
                Piece::Last => false,
            };
            is_whole.then_some(told.event)
        }
        _ => None,
    }
}

/// Whether the clause tells of the event: its trigger, its participants or its place, and its words.
fn tells(
    case: &Case<'_>,
    index: u16,
    event: &Event,
    clause: &std::ops::Range<usize>,
    sentence: &std::ops::Range<usize>,
    date: &std::ops::Range<usize>,
    told: Date,
) -> bool {
    let language = &case.read.scan.language.pack.language;
    let in_range = |range: &std::ops::Range<usize>, word: SheetWord| case.says(range, word);
    let says = |sense: &dyn Fn(Sense) -> bool, range: &std::ops::Range<usize>| {
        case.read.scan.hits_in(range).iter().any(|hit| sense(hit.sense))
    };
    let own_words = in_range(clause, SheetWord::Event(index));
    let event_type = case.kinds.event_type(index);
    let typed = || case.read.scan.hits_of_in(TYPED, clause.clone());
    let is_of_type = |hit: &&Hit| event_type.is_some() && type_told(case, hit, clause) == event_type;
    let type_words = typed().any(|hit| is_of_type(&hit));
    if !own_words && !type_words {
        return false;
    }
    let named = |member: &MemberId| case.names_in(sentence).iter().any(|name| name.member == *member);
    let place = event.places.iter().any(named);
    let is_meant = |member: MemberId| {
        clause.clone().any(|at| is_subject(case, at) && antecedent(case, at, sentence) == Some(member))
    };
    // "She was shot in the capital": who she is says the sentence before.
    let takes_part = |member: &MemberId| named(member) || (own_words && place && is_meant(*member));
    if !event.who.iter().all(takes_part) {
        return false;
    }
    // A date beside the mere mention of an event is another event's: it must be tied to the words.
    let typed = typed().filter(is_of_type).filter(|hit| !own_words && !is_in_longer(case, hit));
    let own = case.wording_in(clause).iter().filter(|hit| hit.sense == Sense::Sheet(SheetWord::Event(index)));
    let triggers = typed.chain(own).map(|hit| {
        (
            hit.token as usize..hit.token as usize + hit.len as usize,
            matches!(hit.sense, Sense::Told(told) if told.way != Way::Noun),
        )
    });
    let names_place = case.names_in(sentence).iter().any(|name| event.places.contains(&name.member));
    // "The Senate approved on Tuesday the intervention that he decreed": of its own words the sheet says what the event
    // is called, and another word for its type is another deed with it.
    let with_another_deed = |trigger: &std::ops::Range<usize>| {
        let between = trigger.start.min(date.start)..trigger.end.max(date.end);
        own_words
            && case.read.scan.hits_in(&between).iter().any(|hit| {
                let at = hit.token as usize;
                matches!(hit.sense, Sense::Event(_)) && !trigger.contains(&at) && !date.contains(&at)
            })
    };
    let tied: SmallVec<[_; 2]> = triggers
        .filter(|(trigger, is_verb)| {
            !with_another_deed(trigger)
                && match *is_verb && !begins_a_span(case, date) {
                    true => is_day_of_verb(case, trigger, date),
                    false => is_tied(case, trigger.clone(), date, clause),
                }
                && (names_place || !has_other_target(case, event, trigger))
        })
        .map(|(trigger, _)| trigger)
        .collect();
    if tied.is_empty() {
        return false;
    }
    // A phase that the rules have words for must be said: "began" of protests.
    if let Some(phase) = &event.phase
        && !own_words
        && let Some(position) = case.rules.phases.keys().position(|known| known == phase)
        && !says(&|sense| sense == Sense::Phase(position as u16), clause)
    {
        return false;
    }
    if has_words(&event.when, language) && !in_range(sentence, SheetWord::EventWhen(index)) {
        return false;
    }
    let of = event.of.as_ref().is_some_and(named);
    !event.who.is_empty()
        || place
        || of
        || own_words
        || tied.iter().any(|trigger| is_the_event(case, event, trigger, sentence, told))
}

fn has_words(words: &Words, language: &str) -> bool {
    words.contains_key(language)
}

fn has_marker(case: &Case<'_>, range: &std::ops::Range<usize>, markers: &[Marker]) -> bool {
    case.read.scan.within(range).has_any(SenseSet::markers(markers))
}

/// The words are a part of longer ones for an event: "released from custody" is no "released".
fn is_in_longer(case: &Case<'_>, hit: &Hit) -> bool {
    const LONGEST: usize = 6;
    let (start, end) = (hit.token as usize, hit.token as usize + hit.len as usize);
    let around = start.saturating_sub(LONGEST)..end;
    let is_of = |sense: Sense, event: u16| match sense {
        Sense::Told(told) => told.event == event,
        _ => sense == Sense::Event(event),
    };
    let is_other = |sense: Sense| match sense {
        Sense::Told(told) => !is_of(hit.sense, told.event),
        Sense::Event(event) => !is_of(hit.sense, event),
        _ => false,
    };
    let is_longer = |other: &Hit| {
        other.len > hit.len
            && other.token as usize <= start
            && end <= other.token as usize + other.len as usize
    };
    // Of "confidence vote", a vote of its own in the sheet, "vote" is no election.
    let is_others = |other: &Hit| match other.sense {
        Sense::Sheet(SheetWord::Event(event)) => {
            case.kinds.event_type(event).is_none_or(|kind| !is_of(hit.sense, kind))
        }
        _ => false,
    };
    case.read.scan.hits_in(&around).iter().any(|other| is_other(other.sense) && is_longer(other))
        || case.wording_in(&around).iter().any(|other| is_others(other) && is_longer(other))
}
