//! Which language a piece of copy is in, where nobody says.

use whatlang::Lang;

use super::comments::BLANK;

/// Bytes looked at first. A few sentences settle it, and every look costs some 150 microseconds
/// however short the text is: what costs is the comparing of profiles.
const FIRST_LOOK: usize = 1_000;

/// Bytes looked at where those were not enough.
const SECOND_LOOK: usize = 2_000;

/// What the copy looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detected {
    /// The code of a language: two letters where it has such a code, else three.
    Sure(&'static str),
    /// The nearest guess, if there is any.
    Unsure(Option<&'static str>),
}

/// The language of a text, from its head alone.
pub fn detect(text: &str) -> Detected {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == BLANK);
    if letters(text) < ENOUGH_LETTERS {
        return Detected::Unsure(None);
    }
    let mut guess = None;
    for length in [FIRST_LOOK, SECOND_LOOK] {
        let head = text.get(..text.floor_char_boundary(length)).unwrap_or(text);
        let Some(found) = whatlang::detect(head) else { continue };
        guess = Some(short_code(found.lang()));
        // Reliable is told from one text to the next by how far the second language is behind.
        if found.is_reliable() {
            return Detected::Sure(short_code(found.lang()));
        }
        if head.len() == text.len() {
            break;
        }
    }
    Detected::Unsure(guess)
}

/// Fewer letters than these are no evidence, whatever the detector makes of them.
const ENOUGH_LETTERS: usize = 20;

fn letters(text: &str) -> usize {
    text.chars().take(SECOND_LOOK).filter(|c| c.is_alphabetic()).take(ENOUGH_LETTERS).count()
}

/// The code that packs go by, for a tag as people write it: `pt-BR`, `UKR` and `uk_UA` are `pt`, `uk`
/// and `uk`.
pub fn code_of_tag(tag: &str) -> String {
    let primary = tag.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase();
    match Lang::from_code(&primary) {
        Some(lang) => short_code(lang).to_owned(),
        None => primary,
    }
}

/// ISO 639-3 to 639-1; the languages that have no code of two letters keep that of three.
fn short_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_copy_is_told_apart() {
        for (code, text) in [
            (
                "en",
                "The Interior Ministry said on Sunday that sixteen members of the security forces had been killed.",
            ),
            (
                "de",
                "Das Innenministerium teilte am Sonntag mit, dass sechzehn Angehörige der Sicherheitskräfte getötet wurden.",
            ),
            (
                "pt",
                "O Ministério do Interior informou no domingo que dezesseis integrantes das forças de segurança morreram.",
            ),
            (
                "uk",
                "Міністерство внутрішніх справ повідомило в неділю, що загинули шістнадцять правоохоронців.",
            ),
            (
                "fr",
                "Le ministère de l'Intérieur a annoncé dimanche que seize membres des forces de l'ordre avaient été tués.",
            ),
        ] {
            assert_eq!(detect(text), Detected::Sure(code));
        }
    }

    #[test]
    fn what_has_no_words_is_unsure() {
        assert_eq!(detect(""), Detected::Unsure(None));
        assert_eq!(detect("2022 / 16"), Detected::Unsure(None));
        assert_eq!(detect("Tokayev"), Detected::Unsure(None));
    }

    #[test]
    fn tags_become_codes() {
        assert_eq!(code_of_tag("pt-BR"), "pt");
        assert_eq!(code_of_tag("uk_UA"), "uk");
        assert_eq!(code_of_tag("UKR"), "uk");
        assert_eq!(code_of_tag(" De "), "de");
        assert_eq!(code_of_tag("tlh"), "tlh");
    }
}
