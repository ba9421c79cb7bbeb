//! Offices that copy tells of the people of a sheet: for whoever writes down what trusted copy says.

use smallvec::SmallVec;

use super::apposition::{Apposition, Of, Reader};
use super::check::{namesakes, times};
use crate::checks::case::Case;
use crate::checks::names::Standing;
use crate::gazetteer::EntryKind;
use crate::sheet::{Kind, MemberId};

/// One title that is a person's beyond doubt, as of something that is held on the day of the copy.
pub struct Held {
    pub person: MemberId,
    /// By its index in the rule set.
    pub office: u16,
    /// The country or the body that it is of, where the copy says it.
    pub of: Option<Of>,
    pub acting: bool,
    /// The first token of the title.
    pub token: usize,
}

/// The offices that stand by people, in order.
pub fn held(case: &Case<'_>) -> Vec<Held> {
    let reader = Reader { case };
    let mut found = Vec::new();
    for person in case.names {
        let is_person = case.kind_of(person.member) == Some(Kind::Person);
        let is_right = matches!(person.standing, Standing::Licensed | Standing::Unjudged);
        if !is_person || !is_right || namesakes(case, person).next().is_some() {
            continue;
        }
        let sentence = case.read.sentence(person.tokens.start);
        for title in
            [reader.before(person, &sentence), reader.behind(person, &sentence)].into_iter().flatten()
        {
            let around = title.around;
            let is_of_another_time = around.former || around.held || around.designate;
            let is_now = !is_of_another_time && !around.beside && !times(case, &sentence).earlier;
            if title.doubtful || !is_now {
                continue;
            }
            let mut of: SmallVec<[Of; 2]> = SmallVec::new();
            for told in &title.of {
                // What the sheet has is told as the sheet has it.
                let told = match told {
                    Of::Entry(entry) => case.sheet.member_known_as(*entry).map_or(*told, Of::Member),
                    Of::Member(_) => *told,
                };
                if !of.contains(&told) {
                    of.push(told);
                }
            }
            let of = match of[..] {
                [] => None,
                [only] => Some(only),
                // "The Congolese president": of which of the two?
                _ => continue,
            };
            let Some(office) = the_office(case, &title, of) else { continue };
            found.push(Held {
                person: person.member,
                office,
                of,
                acting: around.acting,
                token: title.whole.start,
            });
        }
    }
    found
}

/// The one office that a title means. A word for several ("presidente") is told by what it is of: a country has no
/// chair.
fn the_office(case: &Case<'_>, title: &Apposition, of: Option<Of>) -> Option<u16> {
    let is_of_bodies = |office: &u16| {
        case.rules.offices.get(usize::from(*office)).is_some_and(|office| office.entry.of_bodies)
    };
    if let [only] = title.offices[..] {
        return Some(only);
    }
    let is_place = match of? {
        Of::Entry(entry) => entry.entry().kind != EntryKind::Body,
        Of::Member(member) => case.kind_of(member) == Some(Kind::Place),
    };
    let mut offices = title.offices.iter().copied().filter(|office| is_of_bodies(office) != is_place);
    offices.next().filter(|_| offices.next().is_none())
}
