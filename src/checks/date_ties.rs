//! Whether a date is that of an event whose words stand near it, as far as the words between tell.

use std::ops::Range;

use jiff::civil::Date;

use super::case::Case;
use crate::language::{Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::reading::scan::Scan;
use crate::reading::vocabulary::Shape;
use crate::sheet::model::Event;
use crate::sheet::{FormKind, Kind, MemberId};

/// Whether `date` says when that happened which the words at `trigger` tell. Where in doubt it does not:
/// between the two stands no word that could be another verb, and the words are not the object of one.
pub(crate) fn is_tied(
    case: &Case<'_>,
    trigger: Range<usize>,
    date: &Range<usize>,
    clause: &Range<usize>,
) -> bool {
    let words = Words { case };
    let between = if trigger.end <= date.start { trigger.end..date.start } else { date.end..trigger.start };
    // "The coup leader was held on Tuesday": the words are only the first part of whom it happened to.
    let of_somebody = words.is_office(trigger.end) && between.clone().any(|at| words.is_phase(at));
    !of_somebody
        && between.into_iter().all(|at| words.is_free(at))
        && (words.is_framed(&trigger, date)
            || (!words.is_governed(&trigger, date, clause) && !words.is_acted_upon(&trigger, date, clause)))
}

/// Whether `date` says when that happened which the predicate at `trigger` tells. Between the two stands no other verb;
/// but the subject may, where the date opens the clause: "On 5 May, police arrested …".
pub(super) fn is_day_of_verb(case: &Case<'_>, trigger: &Range<usize>, date: &Range<usize>) -> bool {
    /// Words of which nothing is known that a subject has, at the most.
    const SUBJECT: usize = 2;
    let words = Words { case };
    let opens = date.end <= trigger.start;
    let between = if opens { date.end..trigger.start } else { trigger.end..date.start };
    let unknown = between.filter(|&at| !words.is_free(at));
    let may_be_subject = |at: usize| {
        !case
            .read
            .scan
            .has_over(at, |sense| matches!(sense, Sense::Clause(_) | Sense::Around(_) | Sense::Told(_)))
    };
    let mut count = 0;
    unknown.into_iter().all(|at| {
        count += 1;
        opens && count <= SUBJECT && may_be_subject(at)
    })
}

/// Whether a place that is no part of the event stands right behind its words at `trigger`, other than as where it
/// happened: "imposed sanctions on Russia" of an event that is about another country.
pub(super) fn has_other_target(case: &Case<'_>, event: &Event, trigger: &Range<usize>) -> bool {
    const REACH: usize = 3;
    let words = Words { case };
    let kind = |member: MemberId| case.sheet.cast.get(member.0 as usize).map(|member| member.kind);
    let takes_part = |member: MemberId| {
        event.places.contains(&member) || event.who.contains(&member) || event.of == Some(member)
    };
    case.names_in(&(trigger.end..trigger.end + REACH)).iter().any(|name| {
        let is_place = kind(name.member) == Some(Kind::Place) && name.kind != FormKind::Adjective;
        let is_led = name.tokens.start > trigger.end
            && (trigger.end..name.tokens.start).all(|at| {
                words.scan().is_article(at)
                    || words.scan().is_marked(at, &[Marker::Function])
                        && !words.scan().is_marked(at, &[Marker::Locative])
            });
        is_place && is_led && !takes_part(name.member)
    })
}

/// Whether the words at `trigger` tell the sheet's one event of its type though its place stands elsewhere in the
/// copy: "the explosion of 5 August". Only a day or a week beside the event's is a slip; another is another event's.
pub(super) fn is_the_event(
    case: &Case<'_>,
    event: &Event,
    trigger: &Range<usize>,
    sentence: &Range<usize>,
    told: Date,
) -> bool {
    const NEAR: i32 = 7;
    let days = event.from.and_then(|from| from.until(told).ok()).map(|span| span.get_days());
    let alone = case.sheet.events.iter().filter(|other| other.event_type == event.event_type).count() == 1;
    let is_place = |member: MemberId| {
        case.sheet.cast.get(member.0 as usize).is_some_and(|member| member.kind == Kind::Place)
    };
    if event.places.is_empty() || !alone || days.is_none_or(|days| days.abs() > NEAR) {
        return false;
    }
    let words = Words { case };
    let scan = case.read.scan;
    // In a language with articles the event must be the known one.
    let bare_nouns = scan.language.pack.dates.one.is_empty();
    if !bare_nouns
        && !trigger.start.checked_sub(1).is_some_and(|at| words.scan().is_marked(at, &[Marker::Definite]))
    {
        return false;
    }
    // The sentence before may tell of another place too.
    let before = case.read.sentences.partition_point(|&start| (start as usize) < sentence.start);
    let from =
        before.checked_sub(1).and_then(|at| case.read.sentences.get(at)).map_or(0, |&start| start as usize);
    let around = from..sentence.end;
    let is_unknown_place = |at: usize| {
        words.scan().is_marked(at, &[Marker::Locative])
            && scan.word(at + 1).is_some_and(|word| word.shape == Shape::Capital)
            && scan.hits_at(at + 1).is_empty()
            && !words.is_name(at + 1)
    };
    // The country where the place lies says no other one.
    let is_around = |member: MemberId| event.places.iter().any(|&place| case.sheet.lies_in(place, member));
    let is_own = |member: MemberId| event.places.contains(&member) || is_around(member);
    case.names.iter().any(|name| is_own(name.member))
        && case.names_in(&around).iter().all(|name| !is_place(name.member) || is_own(name.member))
        && !around.clone().any(is_unknown_place)
}

struct Words<'s, 'a> {
    case: &'s Case<'a>,
}

impl Words<'_, '_> {
    fn scan(&self) -> &Scan<'_> {
        self.case.read.scan
    }

    fn is_phase(&self, at: usize) -> bool {
        self.scan().has_over(at, |sense| matches!(sense, Sense::Phase(_)))
    }

    fn is_name(&self, at: usize) -> bool {
        self.case.is_named(at) || self.is_office(at)
    }

    fn is_office(&self, at: usize) -> bool {
        self.scan().has_over(at, |sense| matches!(sense, Sense::Office(_) | Sense::Former | Sense::Acting))
    }

    fn is_lower(&self, at: usize) -> bool {
        self.case.read.scan.word(at).is_some_and(|word| matches!(word.shape, Shape::Lower | Shape::Caseless))
    }

    /// The language has no articles.
    fn has_bare_nouns(&self) -> bool {
        self.scan().language.pack.dates.one.is_empty()
    }

    fn is_preposition(&self, at: usize) -> bool {
        self.scan().has_over(at, |sense| sense == Sense::Around(Marker::Preposition))
    }

    /// Whether a word between an event's words and a date can be no verb of its own.
    fn is_free(&self, at: usize) -> bool {
        if self.case.read.scan.kind(at) != Some(TokenKind::Word) || !self.is_lower(at) {
            return true;
        }
        self.is_name(at)
            || self.scan().is_article(at)
            || self.scan().has_over(at, |sense| {
                matches!(
                    sense,
                    Sense::Phase(_)
                        | Sense::Event(_)
                        | Sense::Number(_)
                        | Sense::Date(_)
                        | Sense::Clause(
                            Marker::Function
                                | Marker::Link
                                | Marker::Locative
                                | Marker::Agent
                        )
                        | Sense::Around(Marker::Performs)
                )
            })
            // What follows an article or a word of place is a noun.
            || at.checked_sub(1).is_some_and(|before| {
                self.scan().is_article(before) || self.scan().is_marked(before, &[Marker::Locative, Marker::Link])
            })
            // Without articles a preposition says the same: "звільнили з роботи".
            || self.has_bare_nouns()
                && (self.is_preposition(at) || at.checked_sub(1).is_some_and(|before| self.is_preposition(before)))
    }

    /// A small word or a name is none, not even one that only helps.
    fn may_be_verb(&self, at: usize) -> bool {
        let small = [Marker::Function, Marker::Locative, Marker::Link];
        self.scan().kind(at) == Some(TokenKind::Word)
            && self.is_lower(at)
            && !self.is_name(at)
            && !self.scan().is_article(at)
            && (!self.scan().is_marked(at, &small) || self.scan().is_marked(at, &[Marker::Auxiliary]))
    }

    /// Whether a preposition makes the event the time of what is told, so that a day behind it is its own: "during the
    /// visit to Lviv on 5 May". Of what comes after an event or before it, the day right behind what opens the clause: "after the coup,
    /// on Tuesday, they found" and "nach dem Putsch fand man am Dienstag" leave open whose day it is.
    fn is_framed(&self, trigger: &Range<usize>, date: &Range<usize>) -> bool {
        const LED: usize = 3;
        let scan = self.case.read.scan;
        if trigger.end > date.start {
            return false;
        }
        let mut between = trigger.end..date.start;
        let leads = |at: usize| self.scan().is_article(at) || (self.is_lower(at) && !self.is_name(at));
        let first = trigger.start.saturating_sub(LED);
        let is_word = |at: usize| scan.kind(at) == Some(TokenKind::Word);
        let opens = |at: usize| self.case.read.begins_sentence(at) || !at.checked_sub(1).is_some_and(is_word);
        let frame = (first..trigger.start).rev().find_map(|at| {
            let of = |marker: Marker| self.scan().has_over(at, |sense| sense == Sense::Around(marker));
            match (of(Marker::Frame), of(Marker::Sequence)) {
                (true, _) => Some(Some(Marker::Frame)),
                (_, true) if opens(at) => Some(Some(Marker::Sequence)),
                _ if leads(at) && !self.is_preposition(at) => None,
                _ => Some(None),
            }
        });
        match frame.flatten() {
            Some(Marker::Frame) => between.all(|at| !self.is_phase(at)),
            Some(_) => between.all(|at| !self.may_be_verb(at) && !scan.is_symbol(at, ",")),
            None => false,
        }
    }

    /// Where verbs stand last: what was done to the event on the day, "wurde der Rücktritt am Montag angenommen".
    fn is_acted_upon(&self, trigger: &Range<usize>, date: &Range<usize>, clause: &Range<usize>) -> bool {
        let helps = |at: usize| self.scan().is_marked(at, &[Marker::Auxiliary]);
        let is_led = trigger.end <= date.start && (clause.start..date.start).any(helps);
        let is_word = |&at: &usize| self.scan().kind(at) == Some(TokenKind::Word);
        let last = (date.end..clause.end).rev().find(is_word);
        let is_of_event = |sense: Sense| {
            matches!(sense, Sense::Event(_) | Sense::Phase(_) | Sense::Around(Marker::Performs))
        };
        self.scan().language.pack.verb_last
            && is_led
            && last.is_some_and(|last| self.may_be_verb(last) && !self.scan().has_over(last, is_of_event))
    }

    /// Whether the words at `trigger` are the object of a verb or of a preposition: "condemned the coup",
    /// "over the explosion".
    fn is_governed(&self, trigger: &Range<usize>, date: &Range<usize>, clause: &Range<usize>) -> bool {
        let scan = self.case.read.scan;
        let first = if date.end <= trigger.start { date.end } else { clause.start };
        let bare_nouns = self.has_bare_nouns();
        let (mut at, mut article, mut linked) = (trigger.start, false, false);
        while at > first {
            at -= 1;
            if scan.kind(at) != Some(TokenKind::Word) {
                continue;
            }
            // "Over" ends an event and is a preposition too.
            if self.is_phase(at) && !self.scan().is_marked(at, &[Marker::Function]) {
                return false;
            }
            if self.scan().is_article(at) {
                article = true;
                continue;
            }
            if self.is_name(at) {
                // "In Kazakhstan a state of emergency": what stands before the article is another phrase.
                if article && !linked {
                    return false;
                }
                continue;
            }
            if self.scan().is_marked(at, &[Marker::Agent]) {
                return true;
            }
            // "Lost the vote on 5 May".
            if self.scan().has_over(at, |sense| sense == Sense::Around(Marker::Performs)) {
                return false;
            }
            // "Had warned on Monday of attacks".
            let is_frame =
                |at: usize| self.scan().has_over(at, |sense| sense == Sense::Around(Marker::Frame));
            if at + 1 == trigger.start
                && date.end <= trigger.start
                && self.is_preposition(at)
                && !is_frame(at)
                && !self.scan().is_marked(at, &[Marker::Auxiliary, Marker::Locative])
            {
                return true;
            }
            if article && self.scan().is_marked(at, &[Marker::Link]) {
                linked = true;
                continue;
            }
            // "Wurde der Ausnahmezustand verhängt": the event is no object of a verb that only helps.
            if self.scan().is_marked(at, &[Marker::Auxiliary]) {
                return false;
            }
            if self.scan().is_marked(at, &[Marker::Function, Marker::Break]) {
                return article || bare_nouns;
            }
            // An adjective stands between its article and the event.
            let led = at > first && !article && self.scan().is_article(at - 1);
            if led {
                continue;
            }
            if linked || article || self.is_lower(at) {
                return true;
            }
        }
        // A word that begins the clause can be the preposition too: "after the quake".
        article
            && first == clause.start
            && first.checked_sub(1).is_some_and(|before| {
                self.scan().is_marked(before, &[Marker::Function])
                    && self.scan().is_marked(before, &[Marker::Break])
            })
    }
}
