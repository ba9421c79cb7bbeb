//! What would put a name right, and how far that can be trusted. A wrong correction is worse than none, so
//! everything that is not told for sure by the copy and the sheet makes a correction unsafe, or one to look at.
//!
//! A name is corrected word by word. What the copy spells rightly stays as it is, with its ending, its
//! capitals and what stands between the words. A garbled word takes the letters of the right one and keeps the
//! ending that it visibly has; where no ending can be told from the word's own letters, the case is not known.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::mention::{NameMention, Untold};
use super::near::bag;
use super::standing::Standing;
use crate::checks::case::{Case, Read};
use crate::finding::{Fix, Trust};
use crate::language::Inflection;
use crate::reading::lexer::{self, TokenKind};
use crate::reading::vocabulary::{Script, Shape, WordId, fold_word, strip_diacritics};
use crate::sheet::{FormKind, Kind};

/// A shorter word is near to too many others.
const SHORTEST: usize = 4;
/// A word of this many letters may be off by one, a longer one by two.
const SHORT: usize = 8;

/// The fix of a name of the cast: `right` is its form as [`right_form`](super::check::right_form) gives it.
/// `None` where nothing would change.
pub(super) fn of_name(case: &Case<'_>, mention: &NameMention, right: &str) -> Option<Fix> {
    let read = case.read;
    let scan = read.scan;
    let inflection = &scan.language.pack.inflection;
    let kind = case.kind_of(mention.member)?;
    let is_person = kind == Kind::Person;
    let endings = Endings::of(inflection, is_person);
    let written = scan.text.get(mention.span.clone())?;
    let right: String = right.nfc().collect();
    let words = words_of(read, mention);
    let parts = words_in(&right);
    let is_foreign = mention.standing == Standing::Foreign;
    if words.len() != parts.len() {
        // More or fewer words than the copy has: what stands between them would be lost.
        let is_plain = !inflection.declines_names && !mention.inflected && !written.contains('\n');
        let trust = if is_plain { Trust::Unsafe } else { Trust::DisplayOnly };
        return of_tokens(read, &mention.tokens, written, &right, trust);
    }
    let mut text = String::with_capacity(right.len());
    let mut is_sure = true;
    let mut agreement = Agreement::default();
    for (index, (word, part)) in words.iter().zip(&parts).enumerate() {
        let (raw, of) = (scan.text.get(word.clone())?, right.get(part.clone())?);
        if let Some(before) = index.checked_sub(1) {
            let joint = scan.text.get(words.get(before)?.end..word.start)?;
            let wanted = right.get(parts.get(before)?.end..part.start)?;
            text.push_str(if are_alike(joint, wanted) { joint } else { wanted });
        }
        // Of "Кассим-Жомарта" only the last part is declined.
        let is_joined = parts.get(index + 1).is_some_and(|next| right.get(part.end..next.start) == Some("-"));
        match correct(raw, of, &endings) {
            Some(Word::Right { inflected }) => {
                text.push_str(raw);
                if !is_joined && !raw.starts_with(char::is_lowercase) {
                    agreement.add(inflected);
                }
            }
            Some(Word::Mended { letters, inflected }) => {
                is_sure &= (is_foreign || is_slip(case, raw, &letters))
                    && !raw.starts_with(char::is_lowercase)
                    && !is_nearer_to_another(case, mention, raw, of, &letters);
                let is_upper = mention.kind != FormKind::Abbreviation && is_upper(raw);
                let letters = if is_upper { letters.to_uppercase() } else { letters };
                text.push_str(&with_apostrophe_of(raw, letters));
                if !is_joined {
                    agreement.add(inflected);
                }
            }
            None => return of_tokens(read, &mention.tokens, written, &right, Trust::DisplayOnly),
        }
    }
    let case_is_known = !inflection.declines_names
        || (agreement.agrees() && Script::of_text(written) == Script::of_text(&right));
    // What a place or a body is called in another language may be of another gender or want an article.
    let is_same_name = is_person || !is_foreign;
    let is_inflected_oddly = !inflection.declines_names && mention.inflected;
    let trust = match () {
        () if !case_is_known => Trust::DisplayOnly,
        () if is_sure
            && is_same_name
            && !is_inflected_oddly
            && !mention.doubtful
            && mention.untold == Untold::No
            && !changes_article(read, mention.tokens.start, &text) =>
        {
            Trust::Safe
        }
        () => Trust::Unsafe,
    };
    of_tokens(read, &mention.tokens, written, &text, trust)
}

/// The fix of one word that is no name of the cast: a country that no sheet has to list.
pub(super) fn of_word(
    read: &Read<'_>,
    at: usize,
    span: &Range<usize>,
    right: &str,
    most: Trust,
) -> Option<Fix> {
    let inflection = &read.scan.language.pack.inflection;
    let written = read.scan.text.get(span.clone())?;
    let tokens = at..at + 1;
    if inflection.declines_names && Script::of_text(written) != Script::of_text(right) {
        return of_tokens(read, &tokens, written, right, Trust::DisplayOnly);
    }
    match correct(written, right, &Endings::of(inflection, false)) {
        Some(Word::Mended { letters, .. }) => {
            let is_near = are_near(written, &letters) && !changes_article(read, at, &letters);
            let trust = if is_near { most } else { most.min(Trust::Unsafe) };
            of_tokens(read, &tokens, written, &with_apostrophe_of(written, letters), trust)
        }
        Some(Word::Right { .. }) => None,
        None => of_tokens(read, &tokens, written, right, Trust::DisplayOnly),
    }
}

/// A replacement for tokens of the copy, of which `written` is to go: nobody's quoted words are changed, and the
/// letters are put together as the file has them.
pub(super) fn of_tokens(
    read: &Read<'_>,
    tokens: &Range<usize>,
    written: &str,
    replacement: &str,
    trust: Trust,
) -> Option<Fix> {
    let is_decomposed = if written.is_ascii() {
        !replacement.is_ascii() && read.is_decomposed()
    } else {
        !unicode_normalization::is_nfc(written)
            || (unicode_normalization::is_nfd(written) && read.is_decomposed())
    };
    let replacement: String =
        if is_decomposed { replacement.nfd().collect() } else { replacement.nfc().collect() };
    let trust =
        if trust > Trust::DisplayOnly && read.may_be_quoted(tokens) { Trust::DisplayOnly } else { trust };
    (replacement != written).then_some(Fix { replacement, trust })
}

/// Whether two short words are so near that one is a slip for the other: they begin and end alike.
pub(super) fn are_near(written: &str, right: &str) -> bool {
    let (written, right) =
        (strip_diacritics(&fold_word(written).folded), strip_diacritics(&fold_word(right).folded));
    let letters = written.chars().count().max(right.chars().count());
    let most = if letters <= SHORT { 1 } else { 2 };
    letters >= SHORTEST
        && written.chars().next() == right.chars().next()
        // Another last letter makes a sister of a brother.
        && written.chars().next_back() == right.chars().next_back()
        && strsim::osa_distance(&written, &right) <= most
}

/// Capitals only, as in a headline; the ending of a possessor, which may be small, is no part of the word here.
fn is_upper(raw: &str) -> bool {
    let mut letters = raw.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}

/// The words of a name in bytes of the text, the last without an ending that only marks a possessor.
fn words_of(read: &Read<'_>, mention: &NameMention) -> Vec<Range<usize>> {
    let scan = read.scan;
    let tokens = mention.tokens.clone().filter_map(|at| scan.tokens.get(at));
    tokens
        .filter(|token| token.kind != TokenKind::Symbol)
        .map(|token| token.start as usize..(token.end as usize).min(mention.span.end))
        .collect()
}

fn words_in(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    lexer::cut(text, &mut tokens, |_, _| (WordId(0), Shape::Caseless));
    tokens.iter().filter(|token| token.kind != TokenKind::Symbol).map(|token| token.range()).collect()
}

/// Whether what stands between two words of the copy joins them as the right form does: any space is a space,
/// also the end of a line, and any hyphen a hyphen.
fn are_alike(joint: &str, wanted: &str) -> bool {
    let folded = |text: &str| text.split_whitespace().map(|part| fold_word(part).folded).collect::<Vec<_>>();
    folded(joint) == folded(wanted)
}

/// The endings that words of the copy may have.
struct Endings<'a> {
    inflection: &'a Inflection,
    of_names: bool,
}

impl<'a> Endings<'a> {
    /// People have the endings of names; in names of places and bodies there are other words as well.
    fn of(inflection: &'a Inflection, of_person: bool) -> Self {
        Self { inflection, of_names: of_person }
    }

    fn all(&self) -> impl Iterator<Item = &'a str> {
        let others = if self.of_names { &[][..] } else { &self.inflection.endings };
        self.inflection.name_endings.iter().chain(others).map(String::as_str)
    }
}

/// What becomes of one word.
#[derive(Debug, PartialEq)]
enum Word {
    /// It is right as it stands.
    Right {
        inflected: bool,
    },
    Mended {
        letters: String,
        inflected: bool,
    },
}

/// Corrects one word; `None` where its ending cannot be told from the rest of it.
fn correct(raw: &str, right: &str, endings: &Endings<'_>) -> Option<Word> {
    let written = fold_word(raw).folded;
    let folded = fold_word(right).folded;
    if strip_diacritics(&written) == strip_diacritics(&folded) {
        return Some(Word::Right { inflected: false });
    }
    let stems = endings.inflection.stems(&folded);
    let mut best: Option<((usize, usize), String, bool)> = None;
    let mut is_tie = false;
    let mut try_one = |candidate: String, inflected: bool| {
        // A letter mistaken rather than one left out: "Токаева" has lost no vowel of its stem.
        let lengths = written.chars().count().abs_diff(candidate.chars().count());
        let distance = (strsim::osa_distance(&written, &candidate), lengths);
        match &best {
            Some((least, known, _)) if *least < distance || *known == candidate => {}
            Some((least, ..)) if *least == distance => is_tie = true,
            _ => {
                best = Some((distance, candidate, inflected));
                is_tie = false;
            }
        }
    };
    let mut has_ending = false;
    for ending in endings.all() {
        let Some(base) = written.strip_suffix(ending).filter(|base| !base.is_empty()) else { continue };
        has_ending |= !folded.ends_with(ending);
        for stem in &stems {
            if base == &**stem {
                return Some(Word::Right { inflected: true });
            }
            // Where the letter before the ending is garbled too, the ending is not told for sure.
            if base.chars().next_back() == stem.chars().next_back() {
                try_one(format!("{stem}{ending}"), true);
            }
        }
    }
    if !has_ending {
        try_one(folded.clone(), false);
    }
    let (_, candidate, inflected) = best.filter(|_| !is_tie)?;
    let letters =
        if candidate == folded { right.to_owned() } else { in_letters_of(right, &folded, &candidate)? };
    let inflected = inflected && candidate != folded;
    Some(Word::Mended { letters, inflected })
}

/// A folded word with the capitals and apostrophes of the right form that it begins like.
fn in_letters_of(right: &str, folded: &str, candidate: &str) -> Option<String> {
    if right.chars().count() != folded.chars().count() {
        return None;
    }
    let mut pairs = right.chars().zip(folded.chars());
    let letters = candidate.chars().map(|letter| match pairs.next() {
        Some((own, plain)) if plain == letter => own,
        _ => letter,
    });
    Some(letters.collect())
}

/// Whether the words of a name are all in their base form, or all have an ending.
#[derive(Default)]
struct Agreement {
    plain: bool,
    inflected: bool,
}

impl Agreement {
    fn add(&mut self, inflected: bool) {
        if inflected { self.inflected = true } else { self.plain = true }
    }

    fn agrees(&self) -> bool {
        self.plain != self.inflected
    }
}

/// Whether a word of the copy is plainly a slip for another: it sounds the same, or is near by its letters.
fn is_slip(case: &Case<'_>, written: &str, right: &str) -> bool {
    are_near(written, right) || case.index.sound_alike(&fold_word(written).folded, &fold_word(right).folded)
}

/// Whether another form of the cast is at least as near to a garbled word: somebody else's, or another that is
/// accepted of the same member, so that there is more than one right form.
fn is_nearer_to_another(
    case: &Case<'_>,
    mention: &NameMention,
    raw: &str,
    right: &str,
    letters: &str,
) -> bool {
    let (written, right) = (fold_word(raw).folded, fold_word(right).folded);
    let distance = strsim::osa_distance(&written, &fold_word(letters).folded);
    let letters_of_it = bag(written.chars());
    let mut forms = case.index.forms.iter().filter(|form| form.standing == Standing::Licensed);
    forms.any(|form| {
        let is_own = form.member == mention.member;
        // The lengths tell most of them apart: a letter of our scripts has two bytes, or one.
        let may_be = |word: &str| {
            word != right
                && word.len().abs_diff(written.len()) <= 2 * distance
                // One letter changed makes two bits differ at the most.
                && (bag(word.chars()) ^ letters_of_it).count_ones() as usize <= 2 * distance
        };
        form.words.iter().filter(|word| may_be(word)).any(|word| {
            let other = strsim::osa_distance(&written, word);
            if is_own { other < distance } else { other <= distance }
        })
    })
}

/// Whether "a" would have to become "an": the word behind an indefinite article begins with another letter.
fn changes_article(read: &Read<'_>, at: usize, text: &str) -> bool {
    let first = |text: &str| strip_diacritics(&fold_word(text).folded).chars().next();
    at.checked_sub(1).is_some_and(|before| read.scan.is_indefinite_article(before))
        && first(read.scan.raw(at)) != first(text)
}

/// Copy keeps the one kind of apostrophe that it has.
fn with_apostrophe_of(written: &str, letters: String) -> String {
    const KINDS: [char; 3] = ['\'', '’', 'ʼ'];
    match written.chars().find(|letter| KINDS.contains(letter)) {
        Some(own) => {
            letters.chars().map(|letter| if KINDS.contains(&letter) { own } else { letter }).collect()
        }
        None => letters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Ruleset, builtin};

    fn corrected(language: &str, written: &str, right: &str) -> String {
        let mut rules = Ruleset::default();
        builtin::load(&mut rules).unwrap();
        let inflection = &rules.language(language).unwrap().pack.inflection;
        match correct(written, right, &Endings::of(inflection, true)) {
            Some(Word::Mended { letters, .. }) => letters,
            Some(Word::Right { .. }) => "right".into(),
            None => "unknown".into(),
        }
    }

    #[test]
    fn a_garbled_word_keeps_the_ending_that_it_has() {
        for (written, right, expected) in [
            ("Токаева", "Токаєв", "Токаєва"),
            ("Токаевим", "Токаєв", "Токаєвим"),
            ("Токаев", "Токаєв", "Токаєв"),
            ("Токаєва", "Токаєв", "right"),
            ("Зилинського", "Зеленський", "Зеленського"),
            ("Россії", "Росія", "Росії"),
            ("Лімму", "Ліма", "Ліму"),
            ("Чирнігова", "Чернігів", "Чернігова"),
            // The letter before the ending is garbled, so that it may be no ending at all.
            ("Масімоа", "Масімов", "unknown"),
            // Two of the right forms are as near.
            ("Кийва", "Київ", "unknown"),
        ] {
            assert_eq!(corrected("uk", written, right), expected, "{written}");
        }
        assert_eq!(corrected("de", "Massimovs", "Massimow"), "unknown");
        assert_eq!(corrected("de", "Masimows", "Massimow"), "Massimows");
        assert_eq!(corrected("en", "Kareem", "Karim"), "Karim");
    }

    #[test]
    fn another_last_letter_is_somebody_else() {
        assert!(are_near("Nasarbayev", "Nazarbayev"));
        assert!(!are_near("Karima", "Karim"));
        assert!(!are_near("Nazarbayeva", "Nazarbayev"));
        assert!(!are_near("Ann", "Anna"));
    }
}
