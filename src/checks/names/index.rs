//! The cast of one sheet as copy in one language may name it: every form, and which are right here.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::hearing::romanisations;
use super::long_names::LongNames;
use super::near::NearKeys;
use super::standing::{Standing, standing};
use crate::language::sound::{Ear, Table};
use crate::language::{COMMON_READING, Inflection, Language};
use crate::letters;
use crate::reading::lexer::{self, TokenKind};
use crate::reading::vocabulary::{Script, Shape, WordId, fold_word, strip_diacritics};
use crate::rules::Ruleset;
use crate::sheet::model::Member;
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// A form of a cast member, cut into words.
#[derive(Debug)]
pub struct IndexedForm {
    pub member: MemberId,
    /// Position among the member's forms.
    pub form: u32,
    pub standing: Standing,
    pub kind: FormKind,
    /// Folded words, hyphens and stops aside.
    pub words: Vec<Box<str>>,
    /// Which words are the family name; all of them where the form is no person's full name.
    pub family: Range<u8>,
    /// It is a person's.
    pub person: bool,
}

/// One word of one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub form: u32,
    pub word: u8,
}

type Slots = SmallVec<[Slot; 2]>;

/// See the [module](self).
pub struct NameIndex {
    /// In order of their members.
    pub forms: Vec<IndexedForm>,
    /// By member: some form of the name is right here.
    right: Vec<bool>,
    /// By member: the offices that the sheet gives a person, by their index in the rule set.
    offices: Vec<SmallVec<[u16; 2]>>,
    exact: FxHashMap<Box<str>, Slots>,
    stems: FxHashMap<Box<str>, Slots>,
    /// Endings of names, then those of other words, which places and organizations have as well.
    pub(super) name_endings: Vec<String>,
    /// How many of them people's names have.
    of_people: usize,
    pub(super) inflection: Inflection,
    /// The article's language and the one English-like fallback: how its words may be read.
    pub(super) ears: Vec<Ear>,
    pub(super) form_ears: Vec<Vec<Ear>>,
    pub(super) ear_of_form: Vec<u32>,
    pub(super) near: OnceLock<(NearKeys, Vec<Vec<Slot>>)>,
    long_names: OnceLock<LongNames>,
    /// Systems that write another script's names in this one.
    pub(super) romanisations: Vec<(Script, Vec<Table>)>,
    pub(super) script: Script,
}

impl NameIndex {
    pub fn new(sheet: &Sheet, rules: &Ruleset, language: &Language) -> Self {
        let pack = &language.pack;
        let script = language.script();
        let ear = |code: &str| rules.sound(code).map(Ear::new);
        let mut ears: Vec<Ear> = ear(&pack.language).into_iter().collect();
        if pack.language != COMMON_READING {
            ears.extend(ear(COMMON_READING));
        }
        let mut name_endings = pack.inflection.name_endings.clone();
        name_endings.extend(pack.inflection.possessive.iter().cloned());
        let of_people = name_endings.len();
        for ending in &pack.inflection.endings {
            if !name_endings.contains(ending) {
                name_endings.push(ending.clone());
            }
        }
        let mut index = Self {
            forms: Vec::new(),
            right: Vec::new(),
            offices: offices(sheet, rules),
            exact: FxHashMap::default(),
            stems: FxHashMap::default(),
            name_endings,
            of_people,
            inflection: pack.inflection.clone(),
            ears,
            form_ears: Vec::new(),
            ear_of_form: Vec::new(),
            near: OnceLock::new(),
            long_names: OnceLock::new(),
            romanisations: romanisations(rules, script),
            script,
        };
        let mut ear_sets: FxHashMap<String, u32> = FxHashMap::default();
        for (id, member) in (0u32..).map(MemberId).zip(&sheet.cast) {
            for (position, form) in (0u32..).zip(&member.forms) {
                let standing = standing(sheet, member, position as usize, &pack.language, script);
                let code = form.language.as_deref().unwrap_or(&sheet.language);
                let set = *ear_sets.entry(code.to_owned()).or_insert_with(|| {
                    let mut set: Vec<Ear> = ear(code).into_iter().collect();
                    if code != COMMON_READING || set.is_empty() {
                        set.extend(ear(COMMON_READING));
                    }
                    index.form_ears.push(set);
                    index.form_ears.len() as u32 - 1
                });
                index.add(
                    id,
                    position,
                    &form.text,
                    form.kind,
                    standing,
                    form.family.clone(),
                    member.kind,
                    set,
                );
                // Another script's abbreviation is also met letter by letter in this one: ODKB.
                if form.kind == FormKind::Abbreviation && Script::of_text(&form.text) != script {
                    // Two or three letters are too many other things.
                    for text in
                        index.romanised(&form.text).into_iter().filter(|text| text.chars().nth(3).is_some())
                    {
                        let upper = text.to_uppercase();
                        index.add(id, position, &upper, form.kind, Standing::Foreign, None, member.kind, set);
                    }
                }
            }
        }
        index.right = vec![false; sheet.cast.len()];
        for form in &index.forms {
            index.right[form.member.0 as usize] |=
                form.standing == Standing::Licensed && matches!(form.kind, FormKind::Full | FormKind::Short);
        }
        index
    }

    #[expect(clippy::too_many_arguments, reason = "one form's facts, called from `new` only")]
    fn add(
        &mut self,
        member: MemberId,
        position: u32,
        text: &str,
        kind: FormKind,
        standing: Standing,
        family: Option<Range<usize>>,
        member_kind: Kind,
        ear: u32,
    ) {
        let mut tokens = Vec::with_capacity(8);
        lexer::cut(text, &mut tokens, |_, _| (WordId(0), Shape::Caseless));
        let mut words: Vec<Box<str>> = Vec::new();
        let mut family_words: Option<(u8, u8)> = None;
        for token in tokens.iter().filter(|token| token.kind != TokenKind::Symbol) {
            let at = words.len().min(254) as u8;
            let range = token.range();
            if family.as_ref().is_some_and(|family| family.start <= range.start && range.end <= family.end) {
                family_words = Some((family_words.map_or(at, |(from, _)| from), at + 1));
            }
            words.push(fold_word(&text[range]).folded.into());
        }
        if words.is_empty() || words.len() > 250 {
            return;
        }
        let family = match family_words {
            Some((from, to)) => from..to,
            None if kind == FormKind::Full && member_kind == Kind::Person && words.len() > 1 => {
                words.len() as u8 - 1..words.len() as u8
            }
            None => 0..words.len() as u8,
        };
        let form = self.forms.len() as u32;
        let inflects = kind != FormKind::Abbreviation;
        for (word, folded) in (0u8..).zip(&words) {
            let slot = Slot { form, word };
            let plain = strip_diacritics(folded);
            let respelled = two_letter_spelling(folded);
            let mut spellings: SmallVec<[&str; 3]> = SmallVec::from_slice(&[&**folded]);
            spellings
                .extend([plain.as_str(), respelled.as_str()].into_iter().filter(|other| *other != &**folded));
            for spelled in spellings {
                push(&mut self.exact, spelled, slot);
                if inflects {
                    for stem in self.inflection.stems(spelled) {
                        push(&mut self.stems, &stem, slot);
                    }
                }
            }
        }
        let person = member_kind == Kind::Person;
        self.forms.push(IndexedForm { member, form: position, standing, kind, words, family, person });
        self.ear_of_form.push(ear);
    }

    /// The long names of the organizations of the sheet that this index is of, made when first asked for.
    pub(super) fn long_names(&self, sheet: &Sheet) -> &LongNames {
        self.long_names.get_or_init(|| LongNames::new(&self.forms, sheet))
    }

    /// Whether some form of a member's name is right here. Where none is, no other can be called wrong.
    pub fn has_right_form(&self, member: MemberId) -> bool {
        self.right.get(member.0 as usize).copied().unwrap_or(false)
    }

    /// Whether the sheet gives a person the office, by its index in the rule set.
    pub fn holds(&self, member: MemberId, office: u16) -> bool {
        self.offices.get(member.0 as usize).is_some_and(|offices| offices.contains(&office))
    }

    /// The forms of a member.
    pub fn forms_of(&self, member: MemberId) -> impl Iterator<Item = &IndexedForm> {
        let first = self.forms.partition_point(|form| form.member < member);
        let end = self.forms.partition_point(|form| form.member <= member);
        self.forms.get(first..end).unwrap_or_default().iter()
    }

    /// The slots a folded word fills as it stands or inflected. `inflected` tells those that need an ending.
    pub fn exact(&self, folded: &str, mut each: impl FnMut(Slot, bool)) {
        if let Some(slots) = self.exact.get(folded) {
            for &slot in slots {
                each(slot, false);
            }
        }
        for (position, ending) in self.name_endings.iter().enumerate() {
            if let Some(stem) = folded.strip_suffix(ending.as_str()) {
                for &slot in self.stems.get(stem).into_iter().flatten() {
                    let form = &self.forms[slot.form as usize];
                    // "Diabo" is no more a form of Diab than "Merkeln" is one of Merkel.
                    // Nor does another language's word take the endings of this one's verbs: "Armed", of "Armee".
                    let is_ending =
                        position < self.of_people || !(form.person || form.standing == Standing::Foreign);
                    if is_ending && !(form.person && is_last_letter_doubled(form, slot, stem, ending)) {
                        each(slot, true);
                    }
                }
            }
        }
    }

    /// The members that have an abbreviation, in any language or as another script's is romanised, that
    /// begins with the same two letters as a folded one and is no more than two letters longer or shorter.
    pub fn abbreviations_beginning_like(&self, folded: &str) -> Vec<MemberId> {
        const FIRST: usize = 2;
        let mut found = Vec::new();
        for form in self.forms.iter().filter(|form| form.kind == FormKind::Abbreviation) {
            let Some(word) = form.words.first().filter(|_| form.words.len() == 1) else { continue };
            let shared = word.chars().zip(folded.chars()).take_while(|(a, b)| a == b).count();
            let lengths = word.chars().count().abs_diff(folded.chars().count());
            if shared >= FIRST && lengths <= 2 && !found.contains(&form.member) {
                found.push(form.member);
            }
        }
        found
    }
}

/// What follows a whole word is its last letter once more: a slip of the hand, and no ending.
fn is_last_letter_doubled(form: &IndexedForm, slot: Slot, stem: &str, ending: &str) -> bool {
    ending.chars().nth(1).is_none()
        && stem.ends_with(ending)
        && form
            .words
            .get(slot.word as usize)
            .is_some_and(|word| word.ends_with(ending) && word.chars().count() == stem.chars().count())
}

fn offices(sheet: &Sheet, rules: &Ruleset) -> Vec<SmallVec<[u16; 2]>> {
    let index = |office: &str| (0..).zip(&rules.offices).find(|(_, known)| known.id == office);
    let of = |member: &Member| {
        member.roles.iter().filter_map(|role| index(&role.office)).map(|(index, _)| index).collect()
    };
    sheet.cast.iter().map(of).collect()
}

/// A folded word with two letters for each that agencies cannot send.
fn two_letter_spelling(folded: &str) -> String {
    let mut spelled = String::with_capacity(folded.len() + 2);
    for letter in folded.chars() {
        match letters::two_letters(letter) {
            Some(written) => spelled.push_str(written),
            None => spelled.push(letter),
        }
    }
    spelled
}

fn push(map: &mut FxHashMap<Box<str>, Slots>, key: &str, slot: Slot) {
    match map.get_mut(key) {
        Some(slots) => {
            if !slots.contains(&slot) {
                slots.push(slot);
            }
        }
        None => {
            map.insert(key.into(), SmallVec::from_elem(slot, 1));
        }
    }
}
