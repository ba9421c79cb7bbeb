//! Which sheets an article was checked against, and why, in words.

use factlint::candidates::{Choice, Reason};

/// The sheets of an article that was checked.
#[derive(Default)]
pub(crate) struct Used {
    /// Their paths.
    pub(crate) sheets: Vec<String>,
    /// For each of them, why it applies.
    pub(crate) why: Vec<String>,
    /// The copy chose them: nobody said that they apply.
    pub(crate) by_choice: bool,
}

impl Used {
    /// Those that were named for the article, and those that its copy chose.
    pub(crate) fn new(named: &[(String, Why)], choice: Option<&Choice>) -> Self {
        let named = named.iter().map(|(sheet, why)| (sheet.clone(), why.words()));
        let chosen = match choice {
            Some(Choice::Sheets(reasons)) => reasons.as_slice(),
            _ => &[],
        };
        let chosen_with_why = chosen.iter().map(|reason| (reason.sheet.clone(), words_of(reason)));
        let (sheets, why) = named
            .chain(chosen_with_why)
            .map(|(sheet, why)| {
                let why = format!("checked against {sheet}: {why}");
                (sheet, why)
            })
            .unzip();
        Self { sheets, why, by_choice: !chosen.is_empty() }
    }
}

/// Why a sheet applies to an article.
#[derive(Clone, Debug)]
pub(crate) enum Why {
    Flag,
    FrontMatter,
    /// Where the config says it.
    Config(String),
    Folder,
}

impl Why {
    fn words(&self) -> String {
        match self {
            Self::Flag => "it was given".to_owned(),
            Self::FrontMatter => "the front matter names it".to_owned(),
            Self::Config(place) => format!("{place} names it"),
            Self::Folder => {
                "it lies in the article's folder, or in the nearest above that has one".to_owned()
            }
        }
    }
}

/// Why the copy chose a sheet.
fn words_of(reason: &Reason) -> String {
    if reason.by_story {
        return "the front matter names its story".to_owned();
    }
    const SHOWN: usize = 3;
    let named = reason.named.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match reason.named.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more of its cast"),
    };
    let day = reason.day.map_or_else(String::new, |day| format!("its period has {day}, and "));
    format!("{day}the copy names {named}{more}")
}

/// Why no sheet applies, where the copy chose among so many.
pub(crate) fn no_sheet(choice: Option<&Choice>, candidates: usize) -> String {
    let of = match candidates {
        1 => "the one there is".to_owned(),
        _ => format!("the {candidates} there are"),
    };
    match choice {
        Some(Choice::Tied(sheets)) => {
            format!("no fact sheet is taken, since the copy fits {} equally", sheets.join(" and "))
        }
        Some(Choice::OutsideOfAll(day)) => {
            format!("no fact sheet applies: {day} is in the period of none of {of}")
        }
        Some(_) => format!("no fact sheet applies: the copy names too few of the cast of {of}"),
        None => "no fact sheet applies".to_owned(),
    }
}
