//! What else than its letters says that a name which is only near is a cast member's: the office beside it, the
//! right name elsewhere in the article, a day on which the sheet tells something of the member.

use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::mention::{NameMention, Untold};
use super::recognise::{Recogniser, Word};
use super::resolve::{Match, Quality, SHORTEST_OF_SEVERAL};
use super::standing::Standing;
use crate::language::Sense;
use crate::reading::dates::Meaning;
use crate::reading::lexer::Gap;
use crate::reading::titles::office_before;
use crate::reading::vocabulary::strip_diacritics;
use crate::sheet::{Kind, MemberId};

/// A given name that is less like than this beside the right family name may be a relative's.
const GIVEN: f64 = 0.85;
/// A family name whose letters are less alike than this beside the right given name may be another's.
const FAMILY: f64 = 0.80;
/// A lone word whose letters are less alike than this may be anybody's where nobody of the cast is named.
const LONE: f64 = 0.87;

/// The names that an article has rightly.
#[derive(Default)]
struct Told {
    /// The first two sentences in which each member has its whole name, by their first tokens.
    by_member: FxHashMap<MemberId, SmallVec<[usize; 2]>>,
    /// The first token of a sentence and a member, in order.
    by_sentence: Vec<(usize, MemberId)>,
}

impl Told {
    fn in_sentence(&self, start: usize) -> impl Iterator<Item = MemberId> {
        let first = self.by_sentence.partition_point(|(sentence, _)| *sentence < start);
        self.by_sentence
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(move |(sentence, _)| *sentence == start)
            .take(MOST_IN_SENTENCE)
            .map(|(_, member)| *member)
    }
}

/// More names than this a sentence has in lists only.
const MOST_IN_SENTENCE: usize = 40;

impl Recogniser<'_> {
    /// What else the article must have so that a name with a word that is only near is the member's, and
    /// whether it may be a relative's all the same. `None`: too little of it is right to say who is meant.
    pub(super) fn evidence_for(
        &self,
        words: &[Word],
        whole: &Range<usize>,
        member: MemberId,
    ) -> Option<(Untold, bool)> {
        let form_of = |found: &Match| &self.index.forms[found.slot.form as usize];
        let is_right = |word: &&Word| word.matches.iter().any(|found| found.quality.is_spelled_right());
        let letters: usize = words.iter().filter(is_right).map(|word| self.letters(word.token)).sum();
        let is_part = |word: &Word| word.matches.iter().all(|found| words.len() < form_of(found).words.len());
        // Of "Lee Hsien Loong" only "Lee": half the world is called so.
        if letters < SHORTEST_OF_SEVERAL && words.iter().all(is_part) {
            return None;
        }
        // Of three words two are right: nobody else is called nearly so.
        let right = words.iter().filter(is_right).count();
        if right >= 2 && right + 1 == words.len() {
            return Some((Untold::No, false));
        }
        let may_be_given =
            |word: &Word| word.matches.iter().any(|found| !form_of(found).family.contains(&found.slot.word));
        let mut unlike = words
            .iter()
            .filter(|word| !is_right(word))
            .filter(|word| match may_be_given(word) {
                true => !self.is_alike(word, GIVEN) || self.ends_otherwise(word),
                false => !self.is_alike(word, FAMILY),
            })
            .peekable();
        Some(match unlike.peek() {
            None => (Untold::No, false),
            Some(_) if self.is_beside_office(whole, member) => (Untold::No, false),
            // Of three words each is right or a letter off: namesakes have one of them wholly other.
            Some(_) if words.len() > 2 => (Untold::Story, false),
            Some(_) => (Untold::Name, unlike.any(may_be_given)),
        })
    }

    /// What else the article must have so that a lone word that is only near is the member's family name.
    pub(super) fn evidence_for_alone(&self, at: usize, words: &[Word], member: MemberId) -> Untold {
        let is_sure = words.iter().all(|word| {
            let is_heard = word.matches.iter().any(|found| found.quality == Quality::SameSound);
            self.is_alike(word, if is_heard { FAMILY } else { LONE })
        });
        let comma = at.checked_sub(1).filter(|&before| self.scan.is_symbol(before, ",")).unwrap_or(at);
        let is_titled =
            || office_before(self.scan, comma).is_some() || self.is_beside_office(&(at..at + 1), member);
        if is_sure || is_titled() { Untold::No } else { Untold::Story }
    }

    /// An office that the sheet gives the member stands shortly before the name, or behind its comma.
    pub(super) fn is_beside_office(&self, name: &Range<usize>, member: MemberId) -> bool {
        const REACH: usize = 5;
        let scan = self.scan;
        let is_stop = |at: usize| matches!(scan.raw(at), "." | "!" | "?" | ";" | "…");
        let mut first = name.start;
        while first > name.start.saturating_sub(REACH)
            && scan.gap(first) != Gap::Paragraph
            && !is_stop(first - 1)
        {
            first -= 1;
        }
        let after = match scan.raw(name.end) {
            "," | "(" => name.end..name.end + REACH,
            _ => name.end..name.end,
        };
        let holds = |range: Range<usize>| {
            scan.hits_in(&range)
                .iter()
                .any(|hit| matches!(hit.sense, Sense::Office(office) if self.index.holds(member, office)))
        };
        holds(first..name.start) || holds(after)
    }

    /// Drops what is taken for a member only where something else in the article says that the member is meant.
    pub(super) fn keep_what_is_told(&self, mentions: &mut Vec<NameMention>) {
        if mentions.iter().all(|mention| mention.untold == Untold::No) {
            return;
        }
        let told = self.told(mentions);
        // Places stand in every story, and family names are many people's.
        let is_this_story = told.by_member.iter().any(|(&member, full)| match self.kind_of(member) {
            Some(Kind::Person) => !full.is_empty(),
            kind => kind == Some(Kind::Organization),
        });
        mentions.retain(|mention| {
            let sentence = self.read.sentence(mention.tokens.start);
            let is_day = || self.is_day_of(mention.member, mention.tokens.start, &sentence);
            let of_member = told.by_member.get(&mention.member);
            match mention.untold {
                Untold::No => true,
                Untold::Family => of_member.is_some() || is_day(),
                // "Tom and Tim Andrews" are two.
                Untold::Name if mention.doubtful => {
                    of_member.is_some_and(|full| full.iter().any(|&start| start != sentence.start))
                }
                Untold::Name => of_member.is_some_and(|full| !full.is_empty()) || is_day(),
                Untold::Story => is_this_story,
                Untold::Holder => {
                    told.in_sentence(sentence.start).any(|id| self.holds_of(id, mention.member))
                }
            }
        });
    }

    fn told(&self, mentions: &[NameMention]) -> Told {
        let mut told = Told::default();
        for mention in mentions.iter().filter(|mention| mention.standing == Standing::Licensed) {
            let sentence = self.read.sentence(mention.tokens.start).start;
            let full = told.by_member.entry(mention.member).or_default();
            // Two sentences are enough to know of another than a given one.
            if mention.full && full.len() < 2 && !full.contains(&sentence) {
                full.push(sentence);
            }
            told.by_sentence.push((sentence, mention.member));
        }
        told
    }

    fn kind_of(&self, member: MemberId) -> Option<Kind> {
        self.sheet.cast.get(member.0 as usize).map(|member| member.kind)
    }

    /// The sentence tells the day of something that the sheet tells of the member.
    fn is_day_of(&self, member: MemberId, at: usize, sentence: &Range<usize>) -> bool {
        // A text without a stop must not be walked through for every name in it.
        const FARTHEST: usize = 100;
        let near = sentence.start.max(at.saturating_sub(FARTHEST))..sentence.end.min(at + FARTHEST);
        let days: SmallVec<[Date; 2]> = self
            .read
            .dates_in(&near)
            .iter()
            .filter_map(|date| match date.meaning {
                Meaning::Day(day) => Some(day),
                _ => None,
            })
            .collect();
        !days.is_empty()
            && self.sheet.events.iter().any(|event| {
                event.who.contains(&member) && event.from.is_some_and(|from| days.contains(&from))
            })
    }

    /// The one holds an office of the other.
    fn holds_of(&self, holder: MemberId, body: MemberId) -> bool {
        self.sheet
            .cast
            .get(holder.0 as usize)
            .is_some_and(|holder| holder.roles.iter().any(|role| role.of == Some(body)))
    }

    /// Only its last letter tells a word from one it can be: Antonia is not António.
    fn ends_otherwise(&self, word: &Word) -> bool {
        let written = strip_diacritics(self.scan.folded(word.token));
        word.matches.iter().any(|found| {
            let target = &self.index.forms[found.slot.form as usize].words[found.slot.word as usize];
            let target = strip_diacritics(target);
            let shared = written.chars().zip(target.chars()).take_while(|(a, b)| a == b).count();
            shared + 1 == target.chars().count() && shared + 1 == written.chars().count()
        })
    }

    /// The letters of a word are those of one it can be, but for a few.
    fn is_alike(&self, word: &Word, enough: f64) -> bool {
        word.matches.iter().any(|found| {
            let target = &self.index.forms[found.slot.form as usize].words[found.slot.word as usize];
            let (written, distance) = self.letters_off(word.token, target);
            let longer = written.chars().count().max(target.chars().count()).max(1);
            1.0 - distance as f64 / longer as f64 >= enough
        })
    }

    fn letters(&self, at: usize) -> usize {
        self.scan.folded(at).chars().count()
    }
}
