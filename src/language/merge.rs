//! Laying one pack over another of the same language: lists append, maps merge, scalars replace.

use std::collections::BTreeMap;

use super::inflection::Inflection;
use super::pack::Pack;
use super::sound::Sound;

/// Takes what another value of the same type says.
pub trait Merge {
    fn absorb(&mut self, other: Self);
}

impl<T: PartialEq> Merge for Vec<T> {
    fn absorb(&mut self, other: Self) {
        for item in other {
            if !self.contains(&item) {
                self.push(item);
            }
        }
    }
}

impl<K: Ord, V: Merge> Merge for BTreeMap<K, V> {
    fn absorb(&mut self, other: Self) {
        for (key, value) in other {
            match self.get_mut(&key) {
                Some(known) => known.absorb(value),
                None => {
                    self.insert(key, value);
                }
            }
        }
    }
}

/// A number that is given replaces one that is not; zero is none.
impl Merge for u64 {
    fn absorb(&mut self, other: Self) {
        if other != 0 {
            *self = other;
        }
    }
}

impl Merge for String {
    fn absorb(&mut self, other: Self) {
        *self = other;
    }
}

/// A switch that any file may turn on.
impl Merge for bool {
    fn absorb(&mut self, other: Self) {
        *self |= other;
    }
}

impl<T> Merge for Option<T> {
    fn absorb(&mut self, other: Self) {
        if other.is_some() {
            *self = other;
        }
    }
}

/// Implements [`Merge`] field by field; a field left out does not compile.
macro_rules! merge_fields {
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl $crate::language::merge::Merge for $type {
            fn absorb(&mut self, other: Self) {
                let Self { $($field),* } = other;
                $($crate::language::merge::Merge::absorb(&mut self.$field, $field);)*
            }
        }
    };
}
pub(crate) use merge_fields;

merge_fields!(Inflection {
    drop,
    endings,
    name_endings,
    stem_changes,
    vowel_changes,
    fleeting,
    declines_names,
    possessive
});
merge_fields!(Sound { readings, romanisations });

impl Merge for Pack {
    fn absorb(&mut self, other: Self) {
        let Self {
            language: _,
            name,
            script,
            numbers,
            hedges,
            dates,
            inflection,
            spellings,
            sound,
            markers,
            abbreviations,
            quotes,
            ordinal_stop,
            capitalised_nouns,
            bare_relatives,
            verb_last,
            particles,
            // Wording is merged by the rule set.
            concepts: _,
            groups: _,
            events: _,
            offices: _,
            phases: _,
            terms: _,
            lists: _,
            titles: _,
            former: _,
            acting: _,
        } = other;
        self.name.absorb(name);
        self.script.absorb(script);
        self.numbers.absorb(numbers);
        self.hedges.absorb(hedges);
        self.dates.absorb(dates);
        self.inflection.absorb(inflection);
        self.spellings.absorb(spellings);
        self.sound.absorb(sound);
        self.markers.absorb(markers);
        self.abbreviations.absorb(abbreviations);
        self.quotes.absorb(quotes);
        self.ordinal_stop.absorb(ordinal_stop);
        self.capitalised_nouns.absorb(capitalised_nouns);
        self.bare_relatives.absorb(bare_relatives);
        self.verb_last.absorb(verb_last);
        self.particles.absorb(particles);
    }
}
