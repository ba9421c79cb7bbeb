//! The forms of a cast by their sound: which are near to a word, and how other scripts' are written in this.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::index::{NameIndex, Slot};
use super::near::NearKeys;
use super::resolve::SHORTEST_BESIDE;
use super::standing::Standing;
use crate::language::inflection::Stems;
use crate::language::sound::{Table, romanise};
use crate::reading::vocabulary::{Script, fold_word};
use crate::rules::Ruleset;
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// The vowels of the common key alphabet.
const VOWELS: &str = "aeiou";

impl NameIndex {
    /// The slots whose sound is near a folded word's, with the distance, the longer key's length.
    pub fn near(&self, folded: &str, mut each: impl FnMut(Slot, usize, usize)) {
        let (near, slots) = self.near.get_or_init(|| self.near_keys());
        let mut found = Vec::new();
        for ear in &self.ears {
            let key = ear.key(folded);
            let letters = key.chars().count();
            found.clear();
            near.find(&key, &mut found);
            for &(index, distance) in &found {
                let longer = letters.max(near.key(index).chars().count());
                for &slot in &slots[index as usize] {
                    each(slot, distance, longer);
                }
            }
        }
    }

    /// Whether two folded words sound the same to somebody who reads the article's language.
    pub fn sound_alike(&self, one: &str, other: &str) -> bool {
        self.ears.iter().any(|ear| ear.key(one) == ear.key(other))
    }

    /// The people of a sheet whose family name sounds as a word does in its first three sounds and in half of
    /// all: too little to say who is meant, enough where all else says it.
    pub fn persons_beginning_like(&self, folded: &str, sheet: &Sheet) -> Vec<MemberId> {
        const FIRST: usize = 3;
        let heard: Vec<String> = self.ears.iter().map(|ear| ear.key(folded)).collect();
        let mut found = Vec::new();
        for (form, indexed) in self.forms.iter().enumerate() {
            let is_person =
                sheet.cast.get(indexed.member.0 as usize).is_some_and(|member| member.kind == Kind::Person);
            let is_name = matches!(indexed.kind, FormKind::Full | FormKind::Short);
            if !is_person || !is_name || found.contains(&indexed.member) {
                continue;
            }
            let family = indexed.family.start as usize..indexed.family.end as usize;
            let words = indexed.words.get(family).unwrap_or_default();
            let ears = self.ear_of_form.get(form).and_then(|&set| self.form_ears.get(set as usize));
            let is_alike = ears.into_iter().flatten().any(|ear| {
                words.iter().any(|word| {
                    let key = ear.key(word);
                    heard.iter().any(|heard| {
                        let shared = key.chars().zip(heard.chars()).take_while(|(a, b)| a == b).count();
                        let longer = key.chars().count().max(heard.chars().count());
                        shared >= FIRST && strsim::osa_distance(&key, heard) * 2 <= longer
                    })
                })
            });
            if is_alike {
                found.push(indexed.member);
            }
        }
        found
    }

    /// Whether a word of a member's name in some other script or language has the same sounds but for its
    /// vowels: another way to write that name down.
    pub(super) fn is_written_otherwise(&self, written: &str, member: MemberId, word: usize) -> bool {
        let bones = |key: &str| key.chars().filter(|sound| !VOWELS.contains(*sound)).collect::<String>();
        let heard: SmallVec<[String; 2]> = self.ears.iter().map(|ear| bones(&ear.key(written))).collect();
        self.forms_of(member).filter(|form| form.kind == FormKind::Full).any(|form| {
            form.words.get(word).is_some_and(|other| {
                self.form_ears.iter().flatten().any(|ear| {
                    let other = bones(&ear.key(other));
                    other.chars().nth(1).is_some() && heard.contains(&other)
                })
            })
        })
    }

    fn near_keys(&self) -> (NearKeys, Vec<Vec<Slot>>) {
        let mut by_key: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let mut keys: Vec<Box<str>> = Vec::new();
        let mut slots: Vec<Vec<Slot>> = Vec::new();
        // One word stands in many forms; its keys are worked out once for each set of ears.
        let mut heard: FxHashMap<(u32, &str), SmallVec<[u32; 2]>> = FxHashMap::default();
        for (form, indexed) in (0u32..).zip(&self.forms) {
            if matches!(indexed.kind, FormKind::Abbreviation | FormKind::Adjective | FormKind::Garbled) {
                continue;
            }
            // What sounds like a foreign form sounds like the right one, where there is one.
            if indexed.standing == Standing::Foreign && self.has_right_form(indexed.member) {
                continue;
            }
            let set = self.ear_of_form[form as usize];
            for (word, folded) in (0u8..).zip(&indexed.words) {
                let indices = heard.entry((set, folded)).or_insert_with(|| {
                    let mut indices = SmallVec::new();
                    // A declined name is met without its ending: its stem is heard too.
                    let stems = match self.inflection.declines_names {
                        true => self.inflection.stems(folded),
                        false => Stems::new(),
                    };
                    let spelled = std::iter::once(&**folded).chain(stems.iter().map(|stem| &**stem));
                    let spelled = spelled
                        .flat_map(|word| self.form_ears[set as usize].iter().map(move |ear| (word, ear)));
                    for (word, ear) in spelled {
                        let key: Box<str> = ear.key(word).into();
                        // A short word has few sounds; of fewer than two nothing can be told.
                        if key.chars().nth(1).is_none() || word.chars().nth(SHORTEST_BESIDE - 1).is_none() {
                            continue;
                        }
                        let index = match by_key.get(&key) {
                            Some(&index) => index,
                            None => {
                                let index = keys.len() as u32;
                                keys.push(key.clone());
                                slots.push(Vec::new());
                                by_key.insert(key, index);
                                index
                            }
                        };
                        if !indices.contains(&index) {
                            indices.push(index);
                        }
                    }
                    indices
                });
                for &index in indices.iter() {
                    slots[index as usize].push(Slot { form, word });
                }
            }
        }
        (NearKeys::new(keys), slots)
    }

    /// A form of another script as the known systems write it in this one, lower case.
    pub fn romanised(&self, text: &str) -> Vec<String> {
        let script = Script::of_text(text);
        if script == self.script {
            return Vec::new();
        }
        let folded = fold_word(text).folded;
        self.romanisations
            .iter()
            .filter(|(from, _)| *from == script)
            .flat_map(|(_, tables)| tables)
            .map(|table| romanise(table, &folded))
            .collect()
    }
}

pub(super) fn romanisations(rules: &Ruleset, into: Script) -> Vec<(Script, Vec<Table>)> {
    if into != Script::Latin {
        return Vec::new();
    }
    rules
        .sounds()
        .filter_map(|sound| {
            let letters = sound.romanisations.values().flat_map(|table| table.keys());
            let script =
                letters.map(|letter| Script::of_text(letter)).find(|script| *script != Script::None)?;
            Some((script, sound.romanisations.values().map(Table::new).collect()))
        })
        .collect()
}
