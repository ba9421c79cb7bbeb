//! The forms of a cast member, from the short and the long ways to write them.

use std::ops::Range;

use super::model::{Form, FormKind};
use super::shapes::{Entries, NamesFile, WordsFile};
use crate::yaml::At;

/// What a member's forms are made of.
pub(super) struct NameParts<'a> {
    pub(super) name: &'a At<String>,
    pub(super) languages: &'a Entries<NamesFile>,
    pub(super) also: &'a [At<String>],
    pub(super) short: &'a [At<String>],
    pub(super) abbreviation: Option<&'a At<String>>,
    pub(super) adjective: Option<&'a WordsFile>,
    pub(super) garbled: &'a [At<String>],
    /// Of a person: its family name where the sheet says it.
    pub(super) family: Option<&'a At<String>>,
    pub(super) person: bool,
}

/// Every form of a member, in the order of the file.
pub(super) fn forms(parts: &NameParts<'_>) -> Vec<Form> {
    let mut forms = Forms { parts, forms: Vec::new() };
    forms.full(parts.name, None, false, true, parts.family);
    for text in parts.also {
        forms.full(text, None, true, false, parts.family);
    }
    forms.family_elsewhere(None, parts.family);
    for (index, text) in parts.short.iter().enumerate() {
        forms.push(text, FormKind::Short, None, index == 0);
    }
    if let Some(text) = parts.abbreviation {
        forms.push(text, FormKind::Abbreviation, None, true);
    }
    for (language, names) in &parts.languages.0 {
        let language = Some(language.value.as_str());
        let family = names.family.as_ref().or(parts.family);
        for (index, text) in names.names.iter().enumerate() {
            forms.full(text, language, false, index == 0, family);
        }
        for text in &names.also {
            forms.full(text, language, false, false, family);
        }
        forms.family_elsewhere(language, names.family.as_ref());
        for (index, text) in names.short.iter().enumerate() {
            forms.push(text, FormKind::Short, language, index == 0);
        }
        if let Some(text) = &names.abbreviation {
            forms.push(text, FormKind::Abbreviation, language, true);
        }
    }
    for (language, words) in parts.adjective.iter().flat_map(|words| &words.0) {
        for (index, text) in words.0.iter().enumerate() {
            forms.push(text, FormKind::Adjective, Some(&language.value), index == 0);
        }
    }
    for text in parts.garbled {
        forms.push(text, FormKind::Garbled, None, false);
    }
    forms.forms
}

struct Forms<'a> {
    parts: &'a NameParts<'a>,
    forms: Vec<Form>,
}

impl Forms<'_> {
    fn push(&mut self, text: &At<String>, kind: FormKind, language: Option<&str>, preferred: bool) {
        self.forms.push(Form {
            text: text.value.trim().to_owned(),
            span: text.range(),
            kind,
            language: language.map(str::to_owned),
            anywhere: false,
            preferred,
            family: None,
        });
    }

    fn full(
        &mut self,
        text: &At<String>,
        language: Option<&str>,
        anywhere: bool,
        preferred: bool,
        family: Option<&At<String>>,
    ) {
        self.push(text, FormKind::Full, language, preferred);
        let (person, name) = (self.parts.person, self.parts.name.value.trim());
        if let Some(form) = self.forms.last_mut() {
            form.anywhere = anywhere;
            form.family = person.then(|| family_part(&form.text, name, family)).flatten();
        }
    }

    /// A family name that stands in none of the full forms of its language is a short form of its own.
    fn family_elsewhere(&mut self, language: Option<&str>, family: Option<&At<String>>) {
        let Some(family) = family else { return };
        let text = family.value.trim();
        let found = self
            .forms
            .iter()
            .filter(|form| form.kind == FormKind::Full && form.language.as_deref() == language)
            .any(|form| find_words(&form.text, text).is_some());
        if !found {
            self.push(family, FormKind::Short, language, true);
        }
    }
}

/// The bytes of the family name in a full form: where the family name that the sheet gives stands in it;
/// else the word in the place where it stands in `name`; else the last word. A name of one word has none.
fn family_part(form: &str, name: &str, family: Option<&At<String>>) -> Option<Range<usize>> {
    let words = words(form);
    if words.len() < 2 {
        return None;
    }
    if let Some(family) = family {
        let family = family.value.trim();
        if let Some(found) = find_words(form, family) {
            return Some(found);
        }
        // Xi Jinping, family Xi: in another script, too, the first of two words is the family's.
        if let Some(found) = find_words(name, family) {
            let of_name = self::words(name);
            let first = of_name.iter().position(|word| word.start == found.start)?;
            let last = of_name.iter().position(|word| word.end == found.end)?;
            if of_name.len() == words.len() {
                return Some(words.get(first)?.start..words.get(last)?.end);
            }
        }
    }
    words.last().cloned()
}

/// Where `part` stands in `text` as whole words; the last such place.
fn find_words(text: &str, part: &str) -> Option<Range<usize>> {
    if part.is_empty() {
        return None;
    }
    let boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.rmatch_indices(part).map(|(at, _)| at..at + part.len()).find(|found| {
        boundary(text.get(..found.start).and_then(|before| before.chars().next_back()))
            && boundary(text.get(found.end..).and_then(|after| after.chars().next()))
    })
}

/// The bytes of each word between spaces.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(from..text.len());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn family<'a>(form: &'a str, name: &str, family: Option<&str>) -> Option<&'a str> {
        let family = family.map(|text| At::new(text.to_owned(), 0..0));
        family_part(form, name, family.as_ref()).and_then(|range| form.get(range))
    }

    #[test]
    fn the_family_name_is_found() {
        assert_eq!(family("Kassym-Jomart Tokayev", "", None), Some("Tokayev"));
        assert_eq!(family("Xi Jinping", "Xi Jinping", Some("Xi")), Some("Xi"));
        assert_eq!(family("Сі Цзіньпін", "Xi Jinping", Some("Xi")), Some("Сі"));
        assert_eq!(family("Bashar al-Assad", "Bashar al-Assad", Some("Assad")), Some("Assad"));
        assert_eq!(family("Sammy Davis Jr.", "Sammy Davis Jr.", Some("Davis")), Some("Davis"));
        assert_eq!(family("Ursula von der Leyen", "", Some("von der Leyen")), Some("von der Leyen"));
        assert_eq!(family("Lula", "Lula", None), None);
        assert_eq!(family("", "", None), None);
    }
}
