//! The lines of a gazetteer's table: one name each, sorted by its first word, so that a word of copy is
//! found by halving and nothing has to be built at start. The build script writes those of the built-in
//! languages with this same file; of the rest of the program it may use `letters` only.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::letters;

/// What a name is of, as one letter of its line.
pub const COUNTRY: char = 'N';
pub const ADJECTIVE: char = 'A';
pub const CITY: char = 'C';
pub const BODY: char = 'B';
pub const ABBREVIATION: char = 'b';
/// A longer name in which a country's is none, or one that only looks like a country's.
pub const OTHER: char = 'O';

/// The first name of its entry.
pub const PREFERRED: char = 'p';
/// A given name, a surname, another place or an everyday word as well.
pub const AMBIGUOUS: char = 'a';
/// An everyday word as well.
pub const WORD: char = 'w';
/// It is not declined.
pub const UNCHANGING: char = 'u';

/// One name as a file gives it.
pub struct Given {
    pub text: String,
    /// One of the letters above.
    pub kind: char,
    /// Which entry of the world it is of; any number for [`OTHER`].
    pub entry: u16,
    pub preferred: bool,
}

/// What a file says of all its names.
#[derive(Default)]
pub struct Marks {
    pub ambiguous: Vec<String>,
    pub words: Vec<String>,
    pub unchanging: Vec<String>,
}

/// The lines of all names, sorted: first word, all words, kind, entry, flags and the name as written,
/// parted by tabs. Words are lower case without diacritics; a `*` at the end of one makes it a prefix.
pub fn lines(given: &[Given], marks: &Marks) -> Vec<String> {
    let mut lines: Vec<String> = given.iter().filter_map(|name| line(name, marks)).collect();
    lines.sort();
    lines.dedup();
    lines
}

fn line(name: &Given, marks: &Marks) -> Option<String> {
    let words = words(&name.text);
    let first = words.first()?.trim_end_matches('*').to_owned();
    let mut flags = String::new();
    for (flag, is) in [
        (PREFERRED, name.preferred),
        (AMBIGUOUS, marks.ambiguous.contains(&name.text)),
        (WORD, marks.words.contains(&name.text)),
        (UNCHANGING, marks.unchanging.iter().any(|ending| name.text.ends_with(ending.as_str()))),
    ] {
        if is {
            flags.push(flag);
        }
    }
    let text = name.text.trim_end_matches('*');
    Some(format!("{first}\t{}\t{}\t{}\t{flags}\t{text}", words.join(" "), name.kind, name.entry))
}

/// The words of a name as the lexer cuts them, each as it is compared.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = word.chars().next_back();
        let joins = is_apostrophe(letter)
            && last.is_some_and(char::is_alphabetic)
            && letters.peek().is_some_and(|next| next.is_alphabetic());
        let goes_on = joins
            || (letter == '*' && last.is_some())
            || (letter.is_alphabetic()
                && last.is_none_or(|last| last.is_alphabetic() || is_apostrophe(last)))
            || (letter.is_numeric() && last.is_none_or(char::is_numeric))
            || is_combining_mark(letter);
        if !goes_on && !word.is_empty() {
            words.push(plain(&std::mem::take(&mut word)));
        }
        if goes_on || letter.is_alphanumeric() {
            word.push(letter);
        }
    }
    if !word.is_empty() {
        words.push(plain(&word));
    }
    words
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' | '\u{2018}' | '\u{60}' | '\u{b4}')
}

/// A word as it is compared: lower case, one kind of apostrophe, in Latin script without diacritics.
pub fn plain(word: &str) -> String {
    let lower: String = word
        .nfc()
        .flat_map(char::to_lowercase)
        .filter(|&letter| letter != '\u{301}' && letter != '\u{307}')
        .map(|letter| if is_apostrophe(letter) { '\'' } else { letter })
        .collect();
    let is_latin =
        |letter: char| matches!(letter, 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    if lower.is_ascii() || !lower.chars().find(|letter| letter.is_alphabetic()).is_some_and(is_latin) {
        return lower;
    }
    let mut plain = String::with_capacity(lower.len());
    for letter in lower.nfd().filter(|&letter| !is_combining_mark(letter)) {
        match letters::plain(letter) {
            Some(written) => plain.push_str(written),
            None => plain.push(letter),
        }
    }
    plain
}
