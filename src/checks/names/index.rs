//! The cast of one sheet as copy in one language may name it: every form, and which are right here.

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::near::NearKeys;
use crate::language::inflection::Stems;
use crate::language::sound::{Ear, Table, romanise};
use crate::language::{COMMON_READING, Inflection, Language};
use crate::reading::lexer::{self, TokenKind};
use crate::reading::vocabulary::{Script, WordId, fold_word, strip_diacritics};
use crate::rules::Ruleset;
use crate::sheet::model::Member;
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// How a form stands in the article's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Right here.
    Licensed,
    /// The sheet has no form for this language and script: nothing to say against it.
    Unjudged,
    /// Right in another language.
    Foreign,
    /// Listed as never right; or, of a mention, only near to a form that is.
    Garbled,
}

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
    pub forms: Vec<IndexedForm>,
    /// By member: some form of the name is right here.
    right: Vec<bool>,
    /// By member: the offices that the sheet gives a person, by their index in the rule set.
    offices: Vec<SmallVec<[u16; 2]>>,
    exact: FxHashMap<Box<str>, Slots>,
    stems: FxHashMap<Box<str>, Slots>,
    name_endings: Vec<String>,
    inflection: Inflection,
    /// The article's language and the one English-like fallback: how its words may be read.
    ears: Vec<Ear>,
    form_ears: Vec<Vec<Ear>>,
    ear_of_form: Vec<u32>,
    near: OnceLock<(NearKeys, Vec<Vec<Slot>>)>,
    /// Systems that write another script's names in this one.
    romanisations: Vec<(Script, Vec<Table>)>,
    script: Script,
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
        for ending in pack.inflection.endings.iter().chain(&pack.inflection.possessive) {
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
            inflection: pack.inflection.clone(),
            ears,
            form_ears: Vec::new(),
            ear_of_form: Vec::new(),
            near: OnceLock::new(),
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
        lexer::cut(text, &mut tokens, |_, _| WordId(0));
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
        self.forms.push(IndexedForm { member, form: position, standing, kind, words, family });
        self.ear_of_form.push(ear);
    }

    /// Whether some form of a member's name is right here. Where none is, no other can be called wrong.
    pub fn has_right_form(&self, member: MemberId) -> bool {
        self.right.get(member.0 as usize).copied().unwrap_or(false)
    }

    /// Whether the sheet gives a person the office, by its index in the rule set.
    pub fn holds(&self, member: MemberId, office: u16) -> bool {
        self.offices.get(member.0 as usize).is_some_and(|offices| offices.contains(&office))
    }

    /// The slots a folded word fills as it stands or inflected. `inflected` tells those that need an ending.
    pub fn exact(&self, folded: &str, mut each: impl FnMut(Slot, bool)) {
        if let Some(slots) = self.exact.get(folded) {
            for &slot in slots {
                each(slot, false);
            }
        }
        for ending in &self.name_endings {
            if let Some(stem) = folded.strip_suffix(ending.as_str()) {
                for &slot in self.stems.get(stem).into_iter().flatten() {
                    each(slot, true);
                }
            }
        }
    }

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
                        if key.chars().nth(2).is_none() {
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

fn offices(sheet: &Sheet, rules: &Ruleset) -> Vec<SmallVec<[u16; 2]>> {
    let index = |office: &str| (0..).zip(&rules.offices).find(|(_, known)| known.id == office);
    let of = |member: &Member| {
        member.roles.iter().filter_map(|role| index(&role.office)).map(|(index, _)| index).collect()
    };
    sheet.cast.iter().map(of).collect()
}

/// A folded word with the two letters that agencies write for one they cannot send: Soeder for Söder
/// (ICAO Doc 9303-3, section 6, and DIN 5007-2).
fn two_letter_spelling(folded: &str) -> String {
    if folded.is_ascii() {
        return folded.to_owned();
    }
    let mut spelled = String::with_capacity(folded.len() + 2);
    for letter in folded.chars() {
        match letter {
            'ä' | 'æ' => spelled.push_str("ae"),
            'ö' | 'ø' => spelled.push_str("oe"),
            'ü' => spelled.push_str("ue"),
            'å' => spelled.push_str("aa"),
            'ß' => spelled.push_str("ss"),
            _ => spelled.push(letter),
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

fn romanisations(rules: &Ruleset, into: Script) -> Vec<(Script, Vec<Table>)> {
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

/// How one of a member's forms stands in copy of `language`. See `DESIGN.md`, "Which forms are right".
fn standing(sheet: &Sheet, member: &Member, position: usize, language: &str, script: Script) -> Standing {
    let Some(form) = member.forms.get(position) else { return Standing::Foreign };
    if form.kind == FormKind::Garbled {
        return Standing::Garbled;
    }
    if form.anywhere || form.language.as_deref() == Some(language) {
        return Standing::Licensed;
    }
    // Each part falls back by itself: what the language has of its own replaces the unmarked one.
    let has_own = member.forms.iter().any(|other| {
        other.language.as_deref() == Some(language)
            && match form.kind {
                FormKind::Abbreviation => other.kind == FormKind::Abbreviation,
                FormKind::Short => other.kind == FormKind::Short,
                FormKind::Adjective => other.kind == FormKind::Adjective,
                _ => other.kind == FormKind::Full,
            }
    });
    match &form.language {
        None if !has_own && (Script::of_text(&form.text) == script || sheet.language == language) => {
            Standing::Licensed
        }
        None if !has_own => Standing::Unjudged,
        // Where the sheet has nothing in this language or its script, no form of another is wrong.
        Some(_) if !has_own && !has_unmarked(member, form.kind, script) => Standing::Unjudged,
        _ => Standing::Foreign,
    }
}

fn has_unmarked(member: &Member, kind: FormKind, script: Script) -> bool {
    member.forms.iter().any(|other| {
        other.language.is_none()
            && other.kind != FormKind::Garbled
            && (other.kind == kind || kind == FormKind::Short)
            && Script::of_text(&other.text) == script
    })
}
