//! Which of the forms that copy has for one name is the one the others are inflected from.

use crate::language::Inflection;

/// A form that was seen.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub(super) text: String,
    /// Folded.
    pub(super) words: Vec<String>,
    pub(super) count: usize,
    /// How sure it is that it is a base form; see [`super::gather::SURE`].
    pub(super) base: u32,
}

/// Whether two folded words are forms of one.
pub(super) fn is_same_word(inflection: &Inflection, a: &str, b: &str) -> bool {
    a == b || inflects(inflection, a, b) || inflects(inflection, b, a)
}

/// Whether `word` is `form` with an ending, or with another ending than the one it has.
fn inflects(inflection: &Inflection, form: &str, word: &str) -> bool {
    let endings = inflection.name_endings.iter().chain(&inflection.endings).chain(&inflection.possessive);
    let stems = inflection.stems(form);
    // "Токаєвим" and "Токаєвому" are both without the form that stems are taken from.
    let cut = inflection.name_endings.iter().filter_map(|ending| form.strip_suffix(ending.as_str()));
    let declined = cut.filter(|stem| inflection.declines_names && stem.chars().nth(2).is_some());
    stems.iter().map(|stem| &**stem).chain(declined).any(|stem| {
        word.strip_prefix(stem)
            .is_some_and(|rest| rest.is_empty() || endings.clone().any(|ending| ending == rest))
    })
}

/// Whether two names have the same words in other cases.
pub(super) fn is_same_name(inflection: &Inflection, a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same_word(inflection, a, b))
}

/// The base form among the forms of one name, by its index, where it can be told.
pub(super) fn base_form(inflection: &Inflection, forms: &[Form]) -> Option<usize> {
    let sign = |form: &Form| form.base + shortest(inflection, form, forms);
    // Of those that are sure, the one that most copy has; of equals, the first.
    let best = (0..forms.len()).rev().max_by_key(|&index| {
        forms.get(index).map(|form| (sign(form).min(super::gather::SURE), form.count))
    })?;
    forms.get(best).is_some_and(|form| sign(form) >= super::gather::SURE).then_some(best)
}

/// "Токаєв" is what "Токаєва" and "Токаєву" are inflected from: each of their words is one of its own with an
/// ending.
fn shortest(inflection: &Inflection, form: &Form, forms: &[Form]) -> u32 {
    let extends = |other: &Form| {
        other.words != form.words
            && other.words.len() == form.words.len()
            && other.words.iter().zip(&form.words).all(|(other, own)| {
                let ends = |rest: &str| inflection.name_endings.iter().any(|ending| ending == rest);
                other.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || ends(rest))
            })
    };
    if forms.iter().any(extends) { super::gather::SURE } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inflection() -> Inflection {
        Inflection {
            drop: ["а", "я", "ь", "й"].map(str::to_owned).into(),
            name_endings: ["а", "у", "им", "ом", "ю", "єм"].map(str::to_owned).into(),
            declines_names: true,
            ..Inflection::default()
        }
    }

    fn form(text: &str, count: usize, base: u32) -> Form {
        let words = text.split(' ').map(str::to_lowercase).collect();
        Form { text: text.to_owned(), words, count, base }
    }

    #[test]
    fn the_form_that_others_extend_is_the_base_form() {
        let forms = [form("Карима Масімова", 3, 0), form("Карим Масімов", 1, 0)];
        assert_eq!(base_form(&inflection(), &forms), Some(1));
        assert!(is_same_name(&inflection(), &forms[0].words, &forms[1].words));
    }

    #[test]
    fn of_inflected_forms_alone_none_is_the_base_form() {
        let forms = [form("Карима Масімова", 3, 0), form("Кариму Масімову", 1, 1)];
        assert!(is_same_name(&inflection(), &forms[0].words, &forms[1].words));
        assert_eq!(base_form(&inflection(), &forms), None);
        assert!(!is_same_word(&inflection(), "масімов", "мамін"));
    }
}
