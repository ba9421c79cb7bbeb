//! The long names of a sheet's organizations by their words: what two names share, endings aside.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::index::IndexedForm;
use super::standing::Standing;
use crate::reading::lexer::{self, TokenKind};
use crate::reading::vocabulary::{Shape, Vocabulary, fold_word, strip_diacritics};
use crate::sheet::model::{Form, Member};
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// One word of a long name that carries meaning.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) folded: String,
    pub(super) is_lower: bool,
}

/// A right long name of an organization in the article's language.
pub(super) struct LongName {
    pub(super) member: MemberId,
    /// Its position among the member's forms.
    pub(super) form: usize,
    pub(super) content: Vec<Content>,
}

/// The long names of a sheet that are right in one language, with every word that stands in them.
#[derive(Default)]
pub(super) struct LongNames {
    pub(super) names: Vec<LongName>,
    /// Small words inside of long names, folded.
    pub(super) small: Vec<String>,
    /// By abbreviation, folded, of any language: the organizations that have it.
    owners: FxHashMap<String, Vec<MemberId>>,
}

impl LongNames {
    /// Those among the forms of a sheet's cast.
    pub(super) fn new(forms: &[IndexedForm], sheet: &Sheet) -> Self {
        let mut all = Self::default();
        let mut vocabulary = Vocabulary::new();
        let mut tokens = Vec::new();
        for indexed in forms {
            let Some(member) = sheet.cast.get(indexed.member.0 as usize) else { continue };
            let Some(form) = member.forms.get(indexed.form as usize) else { continue };
            let is_right = member.kind == Kind::Organization
                && indexed.kind == FormKind::Full
                && indexed.standing == Standing::Licensed;
            if !is_right {
                continue;
            }
            lexer::lex(&form.text, &mut vocabulary, &mut tokens);
            let mut content = Vec::new();
            for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
                let word = vocabulary.word(token.word);
                let folded = strip_diacritics(vocabulary.folded(token.word));
                if is_small(&folded, word.shape) {
                    if !all.small.contains(&folded) {
                        all.small.push(folded);
                    }
                } else {
                    content.push(Content { folded, is_lower: word.shape == Shape::Lower });
                }
            }
            if !content.is_empty() {
                let form = indexed.form as usize;
                all.names.push(LongName { member: indexed.member, form, content });
            }
        }
        for (id, member) in (0u32..).map(MemberId).zip(&sheet.cast) {
            for form in abbreviations(member).filter(|_| member.kind == Kind::Organization) {
                let owners = all.owners.entry(fold_word(&form.text).folded).or_default();
                if owners.last() != Some(&id) {
                    owners.push(id);
                }
            }
        }
        all
    }

    /// The organizations that have an abbreviation, folded, in any language.
    pub(super) fn owners_of(&self, abbreviation: &str) -> &[MemberId] {
        self.owners.get(abbreviation).map_or(&[], Vec::as_slice)
    }
}

/// Abbreviations in brackets have so many letters.
pub(super) const LETTERS: Range<usize> = 2..11;

/// The abbreviations of a member; a name in capitals only is one, whatever the sheet calls it.
pub(super) fn abbreviations(member: &Member) -> impl Iterator<Item = &Form> {
    let is_upper = |form: &Form| {
        form.text.chars().all(char::is_uppercase) && LETTERS.contains(&form.text.chars().count())
    };
    member.forms.iter().filter(move |form| {
        form.kind == FormKind::Abbreviation
            || (matches!(form.kind, FormKind::Full | FormKind::Short) && is_upper(form))
    })
}

/// Small words inside of names: in small letters, and short.
pub(super) fn is_small(folded: &str, shape: Shape) -> bool {
    const SHORT: usize = 4;
    shape == Shape::Lower && folded.chars().count() < SHORT
}

/// How many words two names share, whatever their order.
pub(super) fn shared(one: &[Content], other: &[Content]) -> usize {
    let mut taken = vec![false; other.len()];
    let mut count = 0;
    for word in one {
        let free = other
            .iter()
            .enumerate()
            .find(|(at, other)| !taken.get(*at).copied().unwrap_or(true) && is_same_word(word, other));
        if let Some((at, _)) = free {
            if let Some(taken) = taken.get_mut(at) {
                *taken = true;
            }
            count += 1;
        }
    }
    count
}

/// Whether two words are one, endings aside; and both written with a capital, or both without.
pub(super) fn is_same_word(one: &Content, other: &Content) -> bool {
    if one.is_lower != other.is_lower {
        return false;
    }
    if one.folded == other.folded {
        return true;
    }
    const SHORTEST: usize = 4;
    let shared = one.folded.chars().zip(other.folded.chars()).take_while(|(a, b)| a == b).count();
    let (a, b) = (one.folded.chars().count(), other.folded.chars().count());
    // Three letters of either are an ending; a whole word begins a longer compound.
    shared >= SHORTEST && (shared == a.min(b) || (shared * 5 >= a.max(b) * 3 && a.max(b) - shared <= 3))
}
