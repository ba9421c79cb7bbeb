//! A sheet's own wording in one language, compiled: its groups, figures and events.

use crate::language::sense::SheetWord;
use crate::language::{Language, Lexicon, Marker, Matching, Sense};
use crate::reading::vocabulary::fold_word;
use crate::rules::Ruleset;
use crate::sheet::model::Words;
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// The lexicon of a sheet's words; they add to those of the rules.
pub fn compile(sheet: &Sheet, rules: &Ruleset, language: &Language) -> Lexicon {
    let mut lexicon = language.empty_lexicon();
    let code = language.pack.language.as_str();
    let add_to = |lexicon: &mut Lexicon, words: &Words, word: SheetWord| {
        for phrase in words.get(code).into_iter().flatten() {
            lexicon.add(phrase, Matching::Inflected, Sense::Sheet(word));
        }
    };
    for (index, group) in (0..).zip(&sheet.groups) {
        add_to(&mut lexicon, &group.words, SheetWord::Group(index));
    }
    // "$31 billion" are dollars.
    let mut signs: Vec<(&str, SheetWord)> = Vec::new();
    let mut scaled: Vec<(&str, SheetWord)> = Vec::new();
    for (index, figure) in (0..).zip(&sheet.figures) {
        let is_known = rules.concept(&figure.concept).is_some();
        let words = if is_known { &figure.words } else { sheet.words_of(figure) };
        add_to(&mut lexicon, words, SheetWord::Figure(index));
        signs.extend(
            words
                .get(code)
                .into_iter()
                .flatten()
                .flat_map(|word| language.pack.numbers.signs_of(word))
                .map(|sign| (sign, SheetWord::Figure(index))),
        );
        // "51 billion dollars": the scale is the number's own, right or wrong.
        scaled.extend(
            words
                .get(code)
                .into_iter()
                .flatten()
                .filter_map(|phrase| language.pack.numbers.without_scale(phrase))
                .map(|phrase| (phrase, SheetWord::Figure(index))),
        );
        add_to(&mut lexicon, &figure.when, SheetWord::FigureWhen(index));
    }
    for (index, list) in (0..).zip(&sheet.lists) {
        add_to(&mut lexicon, &list.words, SheetWord::List(index));
    }
    for (index, event) in (0..).zip(&sheet.events) {
        add_to(&mut lexicon, &event.words, SheetWord::Event(index));
        add_to(&mut lexicon, &event.when, SheetWord::EventWhen(index));
        // "Brach sein Schweigen", and "als er sein Schweigen brach".
        for phrase in event.words.get(code).into_iter().flatten().filter(|_| language.pack.verb_last) {
            if let Some((verb, rest)) =
                phrase.split_once(' ').filter(|(verb, _)| verb.starts_with(char::is_lowercase))
            {
                let turned = format!("{rest} {verb}");
                lexicon.add(&turned, Matching::Inflected, Sense::Sheet(SheetWord::Event(index)));
            }
        }
    }
    for (phrase, word) in scaled {
        lexicon.add(phrase, Matching::Inflected, Sense::Sheet(word));
    }
    for (sign, word) in signs {
        lexicon.add(sign, Matching::Exact, Sense::Sheet(word));
    }
    let mut short = ShortNames { sheet, language, places: None };
    let mut known: Vec<(MemberId, Vec<String>)> = Vec::new();
    for (index, event) in (0..).zip(&sheet.events) {
        let Some(of) = event.of.filter(|_| event.office.is_some()) else { continue };
        if !known.iter().any(|(member, _)| *member == of) {
            known.push((of, short.of(of)));
        }
        for phrase in known.iter().filter(|(member, _)| *member == of).flat_map(|(_, phrases)| phrases) {
            lexicon.add(phrase, Matching::Inflected, Sense::Sheet(SheetWord::EventOf(index)));
        }
    }
    lexicon
}

/// The names of organizations without the place they are of: "Security Council", of Kazakhstan's. Copy that
/// speaks of one country says no more.
struct ShortNames<'a> {
    sheet: &'a Sheet,
    language: &'a Language,
    /// The folded names of the places, once they are needed.
    places: Option<Vec<String>>,
}

impl ShortNames<'_> {
    fn of(&mut self, of: MemberId) -> Vec<String> {
        let Some(member) = self.sheet.cast.get(of.0 as usize) else { return Vec::new() };
        if member.kind != Kind::Organization {
            return Vec::new();
        }
        let (sheet, code) = (self.sheet, self.language.pack.language.as_str());
        let places = self.places.get_or_insert_with(|| {
            let places = sheet.cast.iter().filter(|member| member.kind == Kind::Place);
            let forms =
                places.flat_map(|place| place.forms.iter().filter(move |form| place.licensed(form, code)));
            forms.map(|form| fold_word(&form.text).folded.to_string()).collect()
        });
        let pack = &self.language.pack;
        let is_small = |word: &str| {
            [Marker::Link, Marker::Preposition, Marker::Definite, Marker::Locative].iter().any(|marker| {
                pack.markers.get(marker).is_some_and(|words| words.iter().any(|known| known == word))
            })
        };
        let is_place = |word: &str| {
            let word = fold_word(word).folded;
            let plain = pack.inflection.without_possessive(&word);
            let head: String = plain.chars().take(3).collect();
            places.iter().filter(|place| place.starts_with(&head)).any(|place| {
                plain == place
                    || pack.inflection.stems(place).iter().any(|stem| {
                        plain
                            .strip_prefix(&**stem)
                            .is_some_and(|ending| pack.inflection.endings.iter().any(|known| known == ending))
                    })
            })
        };
        let mut phrases = Vec::new();
        for form in
            member.forms.iter().filter(|form| form.kind == FormKind::Full && member.licensed(form, code))
        {
            let words: Vec<&str> = form.text.split(' ').collect();
            if words.len() < 2 {
                continue;
            }
            let is_own = |word: &&str| !is_place(word) && !is_small(word);
            let first = words.iter().position(is_own).unwrap_or(0);
            let last = words.iter().rposition(is_own).unwrap_or(0);
            if let Some(rest) = words.get(first..=last)
                && rest.len() < words.len()
                && !rest.is_empty()
            {
                phrases.push(rest.join(" "));
            }
        }
        phrases
    }
}
