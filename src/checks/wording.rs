//! A sheet's own wording in one language, compiled: its groups, figures and events.

use crate::language::sense::SheetWord;
use crate::language::{Language, Lexicon, Matching, Sense};
use crate::sheet::Sheet;
use crate::sheet::model::Words;

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
    for (index, list) in (0..).zip(&sheet.lists) {
        add(&list.words, SheetWord::List(index));
    }
    for (index, event) in (0..).zip(&sheet.events) {
        add(&event.words, SheetWord::Event(index));
        add(&event.when, SheetWord::EventWhen(index));
    }
    lexicon
}
