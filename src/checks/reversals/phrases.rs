//! Parties that stand in phrases of their own: behind a noun that tells the event, "the release of Smith", and behind
//! the subject of a sentence that opens with something else, "am Mittwoch hob die Regierung … auf".

use super::clause::Predicate;
use super::subject::{Party, Spot, Subjects, TITLES};
use crate::language::{Hit, Marker, Sense};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::vocabulary::Shape;
use crate::sheet::{Kind, MemberId};

/// So many tokens may stand between a party and the date of the noun phrase: "as finance minister of Moldova on Monday".
const TO_DATE: usize = 8;

impl Subjects<'_, '_> {
    /// Whom a noun tells its event of. Only what opens its sentence, and is dated itself, tells of something that
    /// took place: "they wait for the release of Smith" does not.
    pub(super) fn of_noun(&self, predicate: &Predicate) -> Option<Party> {
        let noun = &predicate.lead;
        let party =
            self.owner_before(noun.start, predicate).or_else(|| self.owner_behind(noun.end, predicate))?;
        let start = party.tokens.start.min(noun.start);
        let end = party.tokens.end.max(noun.end);
        (self.opens_sentence(start, predicate) && self.is_dated(end, predicate)).then_some(party)
    }

    /// "Smith's release", "Dragans Freilassung".
    fn owner_before(&self, at: usize, predicate: &Predicate) -> Option<Party> {
        let scan = self.clauses.case.read.scan;
        let declines = scan.language.pack.inflection.declines_names;
        let is_sign = |at: usize| matches!(scan.raw(at), "'" | "’") && scan.gap(at) == Gap::None;
        let at = at.checked_sub(1).filter(|&sign| is_sign(sign)).unwrap_or(at);
        let spot = self.ending(at).filter(|spot| spot.owner || spot.declined && !declines)?;
        let start = self.titles_back(spot, predicate.sentence.start, false)?;
        Some(Party { spots: vec![spot.clone()], tokens: start..at })
    }

    /// "The release of the businessman Mihai Dragan": what joins the two is an article, a link, or the name's ending.
    fn owner_behind(&self, at: usize, predicate: &Predicate) -> Option<Party> {
        let scan = self.clauses.case.read.scan;
        let declines = scan.language.pack.inflection.declines_names;
        // The phrase for the event may have its preposition with it: "Freilassung von".
        let is_led = at
            .checked_sub(1)
            .is_some_and(|last| scan.has_over(last, |sense| sense == Sense::Around(Marker::Preposition)));
        let joins = |at: usize| is_led || scan.is_marked(at, &[Marker::Link, Marker::Definite]);
        let first = at + usize::from(scan.is_marked(at, &[Marker::Link]));
        if !declines && !joins(at) {
            return None;
        }
        let spot = self.titles_on(first, predicate.sentence.end)?;
        let titles = first..spot.tokens.start;
        let is_own = |hit: &Hit| match (hit.sense, spot.member) {
            (Sense::Office(office), Some(member)) => self.has_held(member, office),
            _ => false,
        };
        // "Відставка речника Келлер": whose spokesman it is looks like his own name.
        let may_be_anothers = declines
            && !titles.is_empty()
            && (self.has_two_titles(titles.clone()) || !scan.hits_in(&titles).iter().any(is_own));
        let is_genitive = spot.member.is_none() || !declines || spot.declined;
        let is_owner = spot.owner || spot.declined && !declines;
        (is_genitive && !is_owner && !may_be_anothers)
            .then(|| Party { spots: vec![spot.clone()], tokens: first..spot.tokens.end })
    }

    /// Whether the sheet has somebody in an office, at whatever time.
    fn has_held(&self, member: MemberId, office: u16) -> bool {
        let case = self.clauses.case;
        let office = case.rules.offices.get(usize::from(office)).map(|office| office.id.as_str());
        let member = case.sheet.cast.get(member.0 as usize);
        member.is_some_and(|member| member.roles.iter().any(|role| Some(role.office.as_str()) == office))
    }

    /// Nothing stands before a phrase but its article, what else is dated, and one preposition.
    fn opens_sentence(&self, start: usize, predicate: &Predicate) -> bool {
        let scan = self.clauses.case.read.scan;
        let from = predicate.sentence.start;
        let mut at = start;
        while at > from && self.is_article(at - 1) {
            at -= 1;
        }
        if let Some(preposition) = self.clauses.around_ending(at, Marker::Preposition) {
            at = preposition.start.max(from);
        }
        at = self.skip_dates_back(at, from);
        at == from || scan.is_symbol(at - 1, ":")
    }

    /// A date stands behind the party, with nothing but its office and places between.
    fn is_dated(&self, end: usize, predicate: &Predicate) -> bool {
        let case = self.clauses.case;
        let scan = case.read.scan;
        let is_person = |at: usize| {
            let names = case.names_in(&(at..at + 1));
            names.iter().any(|name| self.kind(name.member) == Some(Kind::Person))
        };
        let goes_on = |at: usize| {
            scan.is_symbol(at, ",")
                || self.clauses.is_small(at)
                || case.is_named(at) && !is_person(at)
                || scan.has_over(at, |sense| matches!(sense, Sense::Office(_)))
        };
        (end..predicate.sentence.end.min(end + TO_DATE))
            .take_while(|&at| self.clauses.in_date(at) || goes_on(at))
            .any(|at| self.clauses.in_date(at))
    }

    /// The object behind the subject of a sentence that something else opens: "am Mittwoch hob die Regierung den
    /// Ausnahmezustand auf". Nothing else may stand there that could be the object.
    pub(super) fn behind_subject(&self, predicate: &Predicate) -> Option<Party> {
        let case = self.clauses.case;
        let scan = case.read.scan;
        let closing = predicate.pieces.get(1).map_or(predicate.clause.end, |closing| closing.start);
        let closing = match predicate.lead.end <= predicate.pieces.first()?.start {
            true if predicate.pieces.first()? != &predicate.lead => predicate.pieces.first()?.start,
            _ => closing,
        };
        let subject = self.skip_dates(predicate.lead.end, closing);
        let end = self.subject_end(subject, closing)?;
        let party = self.behind(end, predicate)?;
        let rest = self.skip_dates(party.tokens.end, closing)..closing;
        let is_aside = |at: usize| {
            self.clauses.is_small(at)
                || scan.kind(at) != Some(TokenKind::Word)
                || case.is_named(at)
                || scan.has_over(at, |sense| matches!(sense, Sense::Office(_)))
        };
        let is_person = |spot: &&Spot| spot.member.is_some() && rest.contains(&spot.tokens.start);
        (rest.clone().all(is_aside) && !self.spots.iter().any(|spot| is_person(&spot))).then_some(party)
    }

    /// Where a subject ends that begins at a token: a name with its titles, or a noun with its article.
    fn subject_end(&self, start: usize, to: usize) -> Option<usize> {
        let case = self.clauses.case;
        let scan = case.read.scan;
        let named = |at: usize| case.names_in(&(at..at + 1)).iter().find(|name| name.tokens.start == at);
        let mut at = start;
        while at < to && named(at).is_none() && scan.has_over(at, |sense| matches!(sense, Sense::Office(_))) {
            at += 1;
        }
        if let Some(name) = named(at) {
            return Some(name.tokens.end);
        }
        if at > start || !self.is_article(at) {
            return None;
        }
        let is_noun = |at: usize| {
            scan.word(at).is_some_and(|word| word.kind == TokenKind::Word && word.shape == Shape::Capital)
        };
        let noun = (at + 1..to.min(at + 2 + TITLES)).find(|&at| is_noun(at))?;
        let is_plain = (at + 1..noun).all(|at| self.is_unknown(at));
        let is_free = !self.spots.iter().any(|spot| spot.tokens.contains(&noun));
        (is_plain && is_free).then_some(noun + 1)
    }
}
