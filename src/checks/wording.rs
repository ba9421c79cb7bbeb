//! A sheet's own wording in one language, compiled: its groups, figures and events.

use crate::language::sense::SheetWord;
use crate::language::{Language, Lexicon, Marker, Matching, Sense};
use crate::reading::vocabulary::fold_word;
use crate::sheet::model::Words;
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// The lexicon of a sheet's words; they add to those of the rules.
pub fn compile(sheet: &Sheet, language: &Language) -> Lexicon {
    let mut lexicon = language.empty_lexicon();
    let code = language.pack.language.as_str();
    let mut add = |words: &Words, word: SheetWord| {
        for phrase in words.get(code).into_iter().flatten() {
            lexicon.add(phrase, Matching::Inflected, Sense::Sheet(word));
        }
    };
    for (index, group) in (0..).zip(&sheet.groups) {
        add(&group.words, SheetWord::Group(index));
    }
    for (index, figure) in (0..).zip(&sheet.figures) {
        add(&figure.words, SheetWord::Figure(index));
        add(&figure.when, SheetWord::FigureWhen(index));
    }
    for (index, event) in (0..).zip(&sheet.events) {
        add(&event.words, SheetWord::Event(index));
        add(&event.when, SheetWord::EventWhen(index));
    }
    for (index, event) in (0..).zip(&sheet.events) {
        let Some(of) = event.of.filter(|_| event.office.is_some()) else { continue };
        for phrase in without_places(sheet, of, language) {
            lexicon.add(&phrase, Matching::Inflected, Sense::Sheet(SheetWord::EventOf(index)));
        }
    }
    lexicon
}

/// The names of an organization without the place it is of: "Security Council", of Kazakhstan's. Copy that
/// speaks of one country says no more.
fn without_places(sheet: &Sheet, of: MemberId, language: &Language) -> Vec<String> {
    let code = language.pack.language.as_str();
    let Some(member) = sheet.cast.get(of.0 as usize) else { return Vec::new() };
    if member.kind != Kind::Organization {
        return Vec::new();
    }
    let is_small = |word: &str| {
        [Marker::Link, Marker::Preposition, Marker::Definite, Marker::Locative].iter().any(|marker| {
            language.pack.markers.get(marker).is_some_and(|words| words.iter().any(|known| known == word))
        })
    };
    let places: Vec<String> = sheet
        .cast
        .iter()
        .filter(|member| member.kind == Kind::Place)
        .flat_map(|member| member.forms.iter().filter(|form| member.licensed(form, code)))
        .map(|form| fold_word(&form.text).folded.to_string())
        .collect();
    let is_place = |word: &str| {
        let word = fold_word(word).folded;
        let plain = language.pack.inflection.without_possessive(&word);
        places.iter().any(|place| {
            plain == place
                || language.pack.inflection.stems(place).iter().any(|stem| {
                    plain.strip_prefix(stem.as_str()).is_some_and(|ending| {
                        language.pack.inflection.endings.iter().any(|known| known == ending)
                    })
                })
        })
    };
    let mut phrases = Vec::new();
    for form in member.forms.iter().filter(|form| form.kind == FormKind::Full && member.licensed(form, code))
    {
        let words: Vec<&str> = form.text.split(' ').collect();
        let first = words.iter().position(|word| !is_place(word) && !is_small(word)).unwrap_or(0);
        let last = words.iter().rposition(|word| !is_place(word) && !is_small(word)).unwrap_or(0);
        if let Some(rest) = words.get(first..=last)
            && rest.len() < words.len()
            && !rest.is_empty()
        {
            phrases.push(rest.join(" "));
        }
    }
    phrases
}
