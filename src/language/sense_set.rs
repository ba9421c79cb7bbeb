//! Sets of senses, one bit a kind: most questions about a token are answered by one of them.

use std::ops::{BitOr, BitOrAssign};

use super::sense::{Marker, Sense, Term, TitleWord};

/// Kinds of senses. Markers of clauses, terms and words around titles are told apart; of all else the kind
/// alone counts, not the index that goes with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SenseSet(u128);

/// Where the bits of terms begin, behind those of markers.
const TERMS: u32 = Marker::LAST as u32 + 1;
const TITLES: u32 = TERMS + Term::LAST as u32 + 1;
const OTHERS: u32 = TITLES + TitleWord::LAST as u32 + 1;
/// There are fewer kinds than bits.
const _: () = assert!(OTHERS + 18 < u128::BITS);

impl SenseSet {
    pub const NONE: Self = Self(0);
    pub const NUMBER: Self = Self::other(0);
    pub const DATE: Self = Self::other(1);
    pub const CONCEPT: Self = Self::other(2);
    pub const GROUP: Self = Self::other(3);
    pub const PEOPLE: Self = Self::other(4);
    pub const EVENT: Self = Self::other(5);
    pub const PHASE: Self = Self::other(6);
    pub const FORMER: Self = Self::other(7);
    pub const ACTING: Self = Self::other(8);
    pub const OFFICE: Self = Self::other(9);
    pub const LIST_BEFORE: Self = Self::other(10);
    pub const LIST_BEHIND: Self = Self::other(11);
    pub const LIST_NOUN: Self = Self::other(12);
    pub const ABBREVIATION: Self = Self::other(13);
    pub const TOLD: Self = Self::other(14);
    pub const AROUND: Self = Self::other(15);
    pub const SHEET: Self = Self::other(16);
    pub const CAST: Self = Self::other(17);
    /// Every term.
    pub const TERM: Self = Self((1 << TITLES) - (1 << TERMS));
    /// Every word around a title.
    pub const TITLE: Self = Self((1 << OTHERS) - (1 << TITLES));
    /// Every marker of clauses.
    pub const CLAUSE: Self = Self((1 << TERMS) - 1);

    const fn other(index: u32) -> Self {
        Self(1 << (OTHERS + index))
    }

    #[inline]
    pub const fn marker(marker: Marker) -> Self {
        Self(1 << marker as u32)
    }

    /// Any of these markers of clauses.
    pub const fn markers(markers: &[Marker]) -> Self {
        let mut set = 0;
        let mut rest = markers;
        while let [marker, others @ ..] = rest {
            set |= 1 << *marker as u32;
            rest = others;
        }
        Self(set)
    }

    #[inline]
    pub const fn term(term: Term) -> Self {
        Self(1 << (TERMS + term as u32))
    }

    #[inline]
    pub const fn title(word: TitleWord) -> Self {
        Self(1 << (TITLES + word as u32))
    }

    #[inline]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those.
    #[inline]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    #[inline]
    pub const fn has_any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Sense> for SenseSet {
    #[inline]
    fn from(sense: Sense) -> Self {
        match sense {
            Sense::Clause(marker) => Self::marker(marker),
            Sense::Term(term) => Self::term(term),
            Sense::Title(word) => Self::title(word),
            Sense::Number(_) => Self::NUMBER,
            Sense::Date(_) => Self::DATE,
            Sense::Concept(_) => Self::CONCEPT,
            Sense::Group(_) => Self::GROUP,
            Sense::People => Self::PEOPLE,
            Sense::Event(_) => Self::EVENT,
            Sense::Phase(_) => Self::PHASE,
            Sense::Former => Self::FORMER,
            Sense::Acting => Self::ACTING,
            Sense::Office(_) => Self::OFFICE,
            Sense::ListBefore(_) => Self::LIST_BEFORE,
            Sense::ListBehind(_) => Self::LIST_BEHIND,
            Sense::ListNoun(_) => Self::LIST_NOUN,
            Sense::Abbreviation => Self::ABBREVIATION,
            Sense::Told(_) => Self::TOLD,
            Sense::Around(_) => Self::AROUND,
            Sense::Sheet(_) => Self::SHEET,
            Sense::Cast(_) => Self::CAST,
        }
    }
}

impl BitOr for SenseSet {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}

impl BitOrAssign for SenseSet {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many variants the schema of an enum has.
    fn variants<T: schemars::JsonSchema>() -> usize {
        let schema = schemars::schema_for!(T);
        let one_of = schema.get("oneOf").and_then(|list| list.as_array()).into_iter().flatten();
        let direct = schema.get("enum").and_then(|list| list.as_array()).map_or(0, Vec::len);
        direct
            + one_of
                .map(|one| one.get("enum").and_then(|list| list.as_array()).map_or(1, Vec::len))
                .sum::<usize>()
    }

    #[test]
    fn the_last_are_the_last() {
        assert_eq!(variants::<Marker>(), Marker::LAST as usize + 1);
        assert_eq!(variants::<Term>(), Term::LAST as usize + 1);
        assert_eq!(variants::<TitleWord>(), TitleWord::LAST as usize + 1);
    }

    #[test]
    fn every_kind_has_a_bit_of_its_own() {
        let markers = [Marker::Negation, Marker::LAST, Marker::And].map(Sense::Clause);
        let terms = [Term::Whole, Term::LAST].map(Sense::Term);
        let titles = [TitleWord::Held, TitleWord::LAST].map(Sense::Title);
        let others = [Sense::People, Sense::Former, Sense::Acting, Sense::Abbreviation, Sense::Concept(3)];
        let senses = [&markers[..], &terms, &titles, &others].concat();
        for (index, &one) in senses.iter().enumerate() {
            for (other_index, &other) in senses.iter().enumerate() {
                let shared = SenseSet::from(one).has_any(SenseSet::from(other));
                assert_eq!(shared, index == other_index, "{one:?}, {other:?}");
            }
        }
        assert!(!SenseSet::CLAUSE.has_any(SenseSet::TERM) && !SenseSet::TITLE.has_any(SenseSet::TERM));
        assert!(SenseSet::TERM.has_any(SenseSet::term(Term::LAST)));
        assert!(SenseSet::TITLE.has_any(SenseSet::title(TitleWord::LAST)));
        assert_eq!(SenseSet::CLAUSE.without(SenseSet::CLAUSE), SenseSet::NONE);
    }
}
