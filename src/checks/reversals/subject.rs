//! Of whom or what a predicate tells its event: the names, or the words of a thing, that stand as its
//! subject or object. What stands behind a preposition, owns something or is only near is neither.

use std::ops::Range;

use super::clause::{Clauses, Predicate};
use crate::checks::names::NameMention;
use crate::checks::pronouns::is_subject as is_subject_pronoun;
use crate::language::sense::{TitleWord, Way};
use crate::language::{Marker, Sense};
use crate::reading::lexer::TokenKind;
use crate::reading::vocabulary::{Shape, fold_word};
use crate::sheet::{Kind, MemberId};

/// A name, or words of a thing, that an event can be told of.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) tokens: Range<usize>,
    /// The cast member; of a thing there is none.
    pub(super) member: Option<MemberId>,
    /// Not in its base form.
    pub(super) declined: bool,
    /// It only owns what follows: Nazarbayev's.
    pub(super) owner: bool,
}

/// Whom a predicate is about.
#[derive(Debug)]
pub(super) struct Party {
    pub(super) spots: Vec<Spot>,
    /// With their titles.
    pub(super) tokens: Range<usize>,
}

/// So many words of which nothing is known may stand before a name as its title.
pub(super) const TITLES: usize = 2;
/// So many words what somebody is called may have.
const TITLE_WORDS: usize = 8;
/// So many words an apposition may have.
const APPOSITION: usize = 16;

/// Finds parties among the spots of one sentence.
pub(super) struct Subjects<'c, 'a> {
    pub(super) clauses: &'c Clauses<'c, 'a>,
    /// In order.
    pub(super) spots: &'c [Spot],
    /// The clause names the day of the fact: a title of which nothing is known may stand before a name.
    pub(super) is_own_day: bool,
}

impl Subjects<'_, '_> {
    /// Whom the predicate is about.
    pub(super) fn of(&self, predicate: &Predicate) -> Option<Party> {
        let pack = &self.clauses.case.read.scan.language.pack;
        let declines = pack.inflection.declines_names;
        let lead = &predicate.lead;
        match predicate.way {
            Way::Noun => self.of_noun(predicate),
            Way::Subject | Way::Participle => {
                let nominative = |party: &Party| {
                    !declines || party.spots.iter().all(|spot| spot.member.is_none() || !spot.declined)
                };
                if !predicate.subordinate
                    && let Some(party) = self.before(lead.start, predicate, false)
                {
                    return Some(party).filter(nominative);
                }
                if predicate.bare {
                    return None;
                }
                if !pack.verb_last {
                    // "Foi libertado na quarta-feira o empresário": the subject behind a verb that opens its clause.
                    let opens =
                        self.skip_dates_back(lead.start, predicate.clause.start) == predicate.clause.start;
                    let opens =
                        opens && predicate.way == Way::Participle && lead.end <= predicate.tokens.start + 2;
                    return opens
                        .then(|| self.behind(predicate.tokens.end, predicate))
                        .flatten()
                        .filter(nominative);
                }
                if predicate.subordinate || lead.start + 1 >= predicate.clause.end || self.is_last(predicate)
                {
                    return self.behind(predicate.clause.start, predicate);
                }
                // "Am Mittwoch wurde Nasarbajew … ernannt"
                self.behind(lead.end, predicate)
            }
            Way::Object => {
                let subject = self.before(lead.start, predicate, false);
                // "hatte die Regierung den Ausnahmezustand aufgehoben": a thing right before its participle.
                let is_thing = self.spots.iter().all(|spot| spot.member.is_none());
                if is_thing
                    && let Some(verb) = predicate.pieces.first()
                    && pack.verb_last
                    && lead.end < verb.start
                    && let Some(party) = self.before(verb.start, predicate, true)
                {
                    return Some(party);
                }
                if let Some(party) = self.behind(lead.end, predicate) {
                    if declines {
                        // "Військові звільнили з-під варти Аун Сан Су Чжі": some names have one form only.
                        let is_object = party.spots.iter().all(|spot| spot.declined || spot.member.is_none())
                            || subject.is_some()
                            || self.is_sole_object(&party, predicate);
                        return Some(party).filter(|_| is_object);
                    }
                    // "Am Mittwoch ernannte Tokajew …": what follows the verb may be its subject, unless nothing
                    // else could be what it needs an object for: "Polizei lässt Tokajew frei".
                    if pack.verb_last
                        && subject.is_none()
                        && !self.has_subject_before(
                            self.skip_dates_back(lead.start, predicate.sentence.start),
                            predicate,
                        )
                        && !self.is_sole_object(&party, predicate)
                    {
                        return self.behind_subject(predicate);
                    }
                    return Some(party);
                }
                if pack.verb_last
                    && subject.is_none()
                    && let Some(party) = self.behind_subject(predicate)
                {
                    return Some(party);
                }
                // "Die Polizei, die Dragan am Mittwoch freiließ": the object before a verb that ends its clause.
                if pack.verb_last && self.is_last(predicate) {
                    return self.before(lead.start, predicate, true);
                }
                // "hatte die Regierung den Ausnahmezustand aufgehoben": the object stands before its participle.
                if let Some(verb) = predicate.pieces.first()
                    && pack.verb_last
                    && !predicate.subordinate
                    && lead.end < verb.start
                {
                    return self.before(verb.start, predicate, true);
                }
                // "Назарбаєва призначили": an object before its verb shows by its ending.
                let party = declines.then(|| self.before(lead.start, predicate, true)).flatten()?;
                party.spots.iter().all(|spot| spot.declined || spot.member.is_none()).then_some(party)
            }
        }
    }

    /// One noun alone stands before the verb, and behind it nothing but the party and dates: what the verb needs
    /// besides a subject is the party.
    fn is_sole_object(&self, party: &Party, predicate: &Predicate) -> bool {
        let scan = self.clauses.case.read.scan;
        let from = predicate.sentence.start;
        let is_noun = |at: usize| self.is_unknown_head(at) && predicate.lead.start == at + 1;
        let end = predicate.pieces.get(1).map_or(predicate.clause.end, |closing| closing.start);
        let rest = self.skip_dates(party.tokens.end, end)..end;
        is_noun(from)
            && party.spots.len() == 1
            && rest.into_iter().all(|at| scan.kind(at) != Some(TokenKind::Word))
    }

    /// Whom a relative clause is about: "Smith, a friend of Miller, who was freed". One of `who` that stands
    /// right before its comma, or before the apposition which that comma ends.
    pub(super) fn antecedent(&self, predicate: &Predicate, who: &[MemberId]) -> Option<Party> {
        let scan = self.clauses.case.read.scan;
        let from = predicate.sentence.start;
        let mut at = self.skip_dates_back(predicate.lead.start, from);
        if predicate.bare {
            let closing = at.checked_sub(1).filter(|&comma| comma > from && scan.is_symbol(comma, ","))?;
            let spot = self.ending(closing)?;
            let start = self.titles_back(spot, from, false)?;
            let is_own = spot.member.is_none_or(|member| who.contains(&member)) && !spot.owner;
            return (is_own && self.is_bare(start, from, false))
                .then(|| Party { spots: vec![spot.clone()], tokens: start..closing });
        }
        let pronoun = predicate.clause.start;
        if self.is_relative_article(predicate) {
            at = pronoun + 1;
        }
        let is_relative = at > from
            && (at == pronoun + 1 && self.is_relative_article(predicate)
                || self
                    .clauses
                    .case
                    .read
                    .scan
                    .has_over(at - 1, |sense| sense == Sense::Clause(Marker::Break)));
        let declines = scan.language.pack.inflection.declines_names;
        if is_relative {
            at -= 1;
        } else if !declines || predicate.way != Way::Subject {
            return None;
        }
        let comma = at.checked_sub(1).filter(|&comma| comma > from && scan.is_symbol(comma, ","))?;
        let least = comma.saturating_sub(APPOSITION).max(from);
        let opening = (least..comma).rev().find(|&at| scan.is_symbol(at, ","));
        let spot = [Some(comma), opening]
            .into_iter()
            .flatten()
            .filter_map(|end| self.ending(end))
            .find(|spot| spot.member.is_none_or(|member| who.contains(&member)) && !spot.owner)?;
        let start = self.titles_back(spot, from, false)?;
        // "Брат Драгана, звільнений": a participle is told of what stands in its own case.
        let is_of_owner = !is_relative && spot.declined;
        // "Mayor Andrei Smith, who was": a given name that is not his makes him another Smith.
        let is_other = spot.tokens.len() == 1
            && start == spot.tokens.start
            && start > from
            && scan.is_unknown_capital(start - 1)
            && !self.may_be_given(start - 1, spot);
        if is_of_owner || is_other {
            return None;
        }
        Some(Party { spots: vec![spot.clone()], tokens: start..comma })
    }

    /// "Smith, der am Mittwoch freigelassen wurde": an article behind a comma opens the clause, and nothing but dates,
    /// places and an office stand between it and the verb at the end.
    fn is_relative_article(&self, predicate: &Predicate) -> bool {
        let case = self.clauses.case;
        let scan = case.read.scan;
        let article = predicate.clause.start;
        let is_aside = |at: usize| {
            let is_person = |name: &NameMention| self.kind(name.member) == Some(Kind::Person);
            self.clauses.is_small(at)
                || scan.has_over(at, |sense| matches!(sense, Sense::Office(_)))
                || case.is_named(at) && !case.names_in(&(at..at + 1)).iter().any(is_person)
        };
        predicate.subordinate
            && article > predicate.sentence.start
            && scan.is_symbol(article - 1, ",")
            && scan.is_marked(article, &[Marker::Definite])
            && (article + 1..predicate.lead.start).all(is_aside)
    }

    /// The predicate ends its clause and does not begin it: a subordinate clause where verbs come last.
    fn is_last(&self, predicate: &Predicate) -> bool {
        predicate.tokens.end >= predicate.clause.end
            && predicate.tokens.start == predicate.lead.start
            && predicate.lead.end == predicate.tokens.end
    }

    /// The party that ends right before a token, dates and an apposition aside.
    fn before(&self, at: usize, predicate: &Predicate, strict: bool) -> Option<Party> {
        let scan = self.clauses.case.read.scan;
        let from = predicate.sentence.start;
        let mut end = self.skip_dates_back(at, from);
        // "Міжнародне розслідування він відхилив": an object before the subject.
        if strict && end > from && is_subject_pronoun(self.clauses.case, end - 1) {
            end -= 1;
        }
        if let Some(party) = self.enclosed(end, from) {
            return Some(party);
        }
        if end > from && scan.is_symbol(end - 1, ",") {
            let least = (end - 1).saturating_sub(APPOSITION).max(from);
            let opening = (least..end - 1).rev().find(|&at| scan.is_symbol(at, ","))?;
            end = opening;
        } else if end > from && scan.is_symbol(end - 1, ")") {
            let least = (end - 1).saturating_sub(APPOSITION).max(from);
            end = (least..end - 1).rev().find(|&at| scan.is_symbol(at, "("))?;
        }
        let mut spots = vec![self.ending(end)?.clone()];
        let mut start = self.titles_back(&spots[0], from, strict)?;
        // "Tokayev and Nazarbayev were": both.
        while let Some(join) = start.checked_sub(1).filter(|&join| join >= from) {
            let is_list = scan.is_symbol(join, ",") && spots.len() > 1;
            if !self.clauses.joins(join) && !is_list {
                break;
            }
            let Some(spot) = self.ending(join) else { break };
            start = self.titles_back(spot, from, strict)?;
            spots.push(spot.clone());
        }
        // "брата Масимова відпустили": whose brother it is looks the same.
        let may_own = strict
            && start > from
            && (self.is_unknown(start - 1)
                || scan.language.pack.inflection.declines_names
                    && scan.is_marked(start - 1, &[Marker::Government, Marker::Capital])
                || start - 1 == from && self.is_unknown_head(from))
            && !self
                .clauses
                .case
                .read
                .scan
                .has_over(start - 1, |sense| matches!(sense, Sense::Event(_) | Sense::Phase(_)));
        // "Речника прем'єр-міністра Іваненка звільнили": whose spokesman, and not the prime minister.
        let may_own = may_own
            || strict
                && self.clauses.case.read.scan.language.pack.inflection.declines_names
                && spots.len() == 1
                && self.has_two_titles(start.saturating_sub(1).max(from)..spots[0].tokens.start);
        // "The man who betrayed Ivanenko was freed": the name may be an object of its own clause.
        let may_be_object = !strict
            && (from.max(start.saturating_sub(APPOSITION))
                ..spots.last().map_or(start, |spot| spot.tokens.start))
                .rev()
                .take_while(|&at| scan.kind(at) == Some(TokenKind::Word))
                .scan(false, |unknown, at| {
                    *unknown |= self.is_unknown(at);
                    Some(
                        *unknown
                            && self
                                .clauses
                                .case
                                .read
                                .scan
                                .has_over(at, |sense| sense == Sense::Clause(Marker::Break)),
                    )
                })
                .any(|is_relative| is_relative);
        if may_own
            || may_be_object
            || !self.is_bare(start, from, strict)
            || spots.iter().any(|spot| spot.owner)
        {
            return None;
        }
        Some(Party { spots, tokens: start..end })
    }

    /// A name between commas behind what it is called: "the director of the port, Hassan Koraytem, was".
    fn enclosed(&self, at: usize, from: usize) -> Option<Party> {
        let scan = self.clauses.case.read.scan;
        let closing = at.checked_sub(1).filter(|&closing| closing > from && scan.is_symbol(closing, ","))?;
        let spot = self.ending(closing).filter(|spot| !spot.owner)?;
        let opening = spot.tokens.start.checked_sub(1).filter(|&at| at > from && scan.is_symbol(at, ","))?;
        let is_person = spot.member.is_some_and(|member| self.kind(member) == Some(Kind::Person));
        let least = opening.saturating_sub(TITLE_WORDS).max(from);
        let start = (least..opening)
            .rev()
            .take_while(|&at| scan.kind(at) == Some(TokenKind::Word) || scan.raw(at) == "-")
            .filter(|&at| self.clauses.case.read.scan.has_over(at, |sense| matches!(sense, Sense::Office(_))))
            .last();
        let is_other =
            |name: &NameMention| self.kind(name.member) == Some(Kind::Person) && name.tokens.end <= opening;
        let has_other = self.clauses.case.names_in(&(least..opening)).iter().any(is_other);
        (is_person && !has_other && (start.is_some() || self.is_own_day))
            .then(|| Party { spots: vec![spot.clone()], tokens: start.unwrap_or(opening)..closing })
    }

    /// The party that begins right behind a token, titles aside.
    pub(super) fn behind(&self, at: usize, predicate: &Predicate) -> Option<Party> {
        let to = predicate.clause.end.max(at).min(predicate.sentence.end);
        let mut spots = Vec::new();
        let mut end = self.skip_dates(at, to);
        loop {
            let spot = self.titles_on(end, to)?;
            spots.push(spot.clone());
            end = spot.tokens.end;
            if !(self.clauses.joins(end) && self.spots.iter().any(|spot| spot.tokens.start > end)) {
                break;
            }
            let Some(next) = self.titles_on(end + 1, predicate.sentence.end) else { break };
            // Of a thing, what is joined need not be another one.
            if next.tokens.start > end + 4 {
                break;
            }
            end += 1;
        }
        // "freed Nazarbayev ally Massimov": another name right behind makes the first one a title.
        let is_title = self.spots.iter().any(|spot| {
            spot.tokens.start >= end && spot.tokens.start <= end + 1 && self.is_plain_gap(end, spot)
        });
        // "released Silva photos": the name only says whose.
        let is_whose = predicate.way == Way::Object
            && !self.clauses.case.read.scan.language.pack.verb_last
            && self.is_unknown(end)
            && !self.clauses.case.read.scan.has_over(end, |sense| matches!(sense, Sense::Office(_)));
        // "Moyos Bruder": where names are not declined, an ending says whose.
        let is_genitive = !self.clauses.case.read.scan.language.pack.inflection.declines_names
            && spots.iter().any(|spot| spot.member.is_some() && spot.declined);
        if is_title || is_whose || is_genitive || spots.iter().any(|spot| spot.owner) {
            return None;
        }
        Some(Party { spots, tokens: at..end })
    }

    pub(super) fn kind(&self, member: MemberId) -> Option<Kind> {
        self.clauses.case.sheet.cast.get(member.0 as usize).map(|member| member.kind)
    }

    pub(super) fn ending(&self, at: usize) -> Option<&Spot> {
        self.spots.iter().find(|spot| spot.tokens.end == at)
    }

    pub(super) fn is_unknown(&self, at: usize) -> bool {
        self.clauses.is_unknown_noun(at)
    }

    /// A word before a family name may be the given name in some case: it begins as that does, "Іду" as "Іда".
    fn may_be_given(&self, at: usize, spot: &Spot) -> bool {
        let case = self.clauses.case;
        let word = case.read.scan.folded(at);
        let begins = |form: &str| {
            let given = fold_word(form.split_whitespace().next().unwrap_or_default()).folded;
            word.chars().zip(given.chars()).take_while(|(one, other)| one == other).count() >= 2
        };
        spot.member
            .and_then(|member| case.sheet.cast.get(member.0 as usize))
            .is_some_and(|member| member.forms.iter().any(|form| begins(&form.text)))
    }

    /// Two titles stand there, or one with a word before it that makes it somebody else's.
    pub(super) fn has_two_titles(&self, range: Range<usize>) -> bool {
        let scan = self.clauses.case.read.scan;
        let mut offices = 0;
        let mut end = range.start;
        for hit in scan.hits_in(&range) {
            if hit.sense == Sense::Title(TitleWord::Beside) {
                return true;
            }
            if matches!(hit.sense, Sense::Office(_)) && hit.token as usize >= end {
                offices += 1;
                end = (hit.token + hit.len) as usize;
            }
        }
        offices > 1
    }

    /// The first word of a sentence has its capital from there, and nothing else is known of it.
    fn is_unknown_head(&self, at: usize) -> bool {
        let scan = self.clauses.case.read.scan;
        let means = |sense: Sense| match sense {
            // A parliament is no small word.
            Sense::Clause(marker) => marker != Marker::Government,
            Sense::Around(_) | Sense::Told(_) | Sense::Office(_) => true,
            _ => false,
        };
        scan.kind(at) == Some(TokenKind::Word)
            && scan.shape(at) == Some(Shape::Capital)
            && !self.clauses.in_date(at)
            && !self.clauses.case.is_named(at)
            && !scan.has_over(at, means)
    }
}
