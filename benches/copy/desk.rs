//! A desk with many stories at once: sheets that share presidents, countries and family names, and articles
//! of each, among paragraphs of something else. Nothing in an article says which sheet it belongs to but the
//! names in it.

use std::fmt::Write as _;

use super::{Dice, name, paragraphs};

const LANGUAGES: [&str; 4] = ["en", "de", "pt", "uk"];

/// Known to every desk, and of many stories each.
const PRESIDENTS: [&str; 10] = [
    "Alvar Lindqvist",
    "Benita Okonjo",
    "Casimir Dubrov",
    "Delia Marchetti",
    "Emeka Adeyemi",
    "Farid Haddad",
    "Greta Solheim",
    "Henrique Tavares",
    "Ilona Kovacs",
    "Jorge Quintana",
];

const COUNTRIES: [&str; 12] = [
    "france", "germany", "brazil", "ukraine", "poland", "turkey", "japan", "egypt", "mexico", "india",
    "italy", "spain",
];

const OWN_PEOPLE: usize = 8;

/// Every so many-th person has the family name of somebody in another sheet.
const SHARED_FAMILY: usize = 5;

/// One article, and the sheet that it is of.
pub(crate) struct Story {
    pub(crate) text: String,
    pub(crate) sheet: usize,
}

/// The people of one sheet, the presidents last.
fn people(sheet: usize) -> Vec<String> {
    let own = (0..OWN_PEOPLE).map(|person| {
        let number = sheet * OWN_PEOPLE + person;
        let (given, family) = name(number);
        match number % SHARED_FAMILY {
            0 => format!("{given} {}", name(number / 2).1),
            _ => format!("{given} {family}"),
        }
    });
    let mut dice = Dice::new(sheet as u64 + 1_000);
    let mut presidents: Vec<usize> = (0..4).map(|_| dice.roll(PRESIDENTS.len())).collect();
    presidents.sort_unstable();
    presidents.dedup();
    own.chain(presidents.into_iter().map(|president| PRESIDENTS[president].to_owned())).collect()
}

/// The first day of the month that a sheet covers, as in `2022-03`. Several cover the same.
fn month(sheet: usize) -> String {
    format!("{}-{:02}", 2020 + sheet / 12 % 3, sheet % 12 + 1)
}

/// Letter by letter: a name of its own that is the same in every sheet.
fn cyrillic(name: &str) -> String {
    const LETTERS: [(char, char); 26] = [
        ('a', 'а'),
        ('b', 'б'),
        ('c', 'ц'),
        ('d', 'д'),
        ('e', 'е'),
        ('f', 'ф'),
        ('g', 'г'),
        ('h', 'х'),
        ('i', 'і'),
        ('j', 'ж'),
        ('k', 'к'),
        ('l', 'л'),
        ('m', 'м'),
        ('n', 'н'),
        ('o', 'о'),
        ('p', 'п'),
        ('q', 'к'),
        ('r', 'р'),
        ('s', 'с'),
        ('t', 'т'),
        ('u', 'у'),
        ('v', 'в'),
        ('w', 'в'),
        ('x', 'г'),
        ('y', 'и'),
        ('z', 'з'),
    ];
    let letter = |c: char| {
        let lower = c.to_ascii_lowercase();
        let found = LETTERS.iter().find(|(latin, _)| *latin == lower).map_or(c, |(_, cyrillic)| *cyrillic);
        if c.is_uppercase() { found.to_uppercase().next().unwrap_or(found) } else { found }
    };
    name.chars().map(letter).collect()
}

/// One of the sheets.
pub(crate) fn sheet(number: usize) -> String {
    let mut sheet = format!("format: 1\nstory: story-{number}\nlanguage: en\n");
    // A few say nothing of their time.
    if !number.is_multiple_of(9) {
        let _ = writeln!(sheet, "period: {{ from: {0}-01, to: {0}-28 }}", month(number));
    }
    sheet.push_str("people:\n");
    for (id, name) in people(number).iter().enumerate() {
        let _ = writeln!(sheet, "  p{id}: {{ name: {name}, in: {{ uk: {} }} }}", cyrillic(name));
    }
    sheet.push_str("places:\n");
    let mut dice = Dice::new(number as u64 + 2_000);
    let mut countries: Vec<&str> = (0..3).map(|_| COUNTRIES[dice.roll(COUNTRIES.len())]).collect();
    countries.sort_unstable();
    countries.dedup();
    for country in countries {
        let _ = writeln!(sheet, "  {country}: {{ name: {} }}", capitalised(country));
    }
    let _ = writeln!(
        sheet,
        "figures:\n  killed: {{ series: {{ {0}-06: {1}, {0}-09: {2} }} }}\n  injured: {{ series: {{ {0}-07: {3} }} }}",
        month(number),
        10 + number,
        20 + number,
        300 + number,
    );
    sheet
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Articles of `sheets` sheets in turn, each of about `bytes` bytes.
pub(crate) fn stories(count: usize, sheets: usize, bytes: usize) -> Vec<Story> {
    let filler = paragraphs();
    let mut dice = Dice::new(3);
    (0..count)
        .map(|number| {
            let sheet = dice.roll(sheets);
            let language = LANGUAGES[number % LANGUAGES.len()];
            let filler = filler.iter().find(|(code, _)| code == language).map_or(&[][..], |(_, all)| all);
            Story { text: story(sheet, language, filler, bytes, &mut dice), sheet }
        })
        .collect()
}

fn story(sheet: usize, language: &str, filler: &[String], bytes: usize, dice: &mut Dice) -> String {
    let mut text = format!("---\nlanguage: {language}\npublished: {}-1{}\n---\n", month(sheet), dice.roll(9));
    let people = people(sheet);
    let (own, presidents) = people.split_at(OWN_PEOPLE);
    // From two to five of its own people, whoever comes first.
    let first = dice.roll(own.len());
    let mut named: Vec<String> =
        own.iter().cycle().skip(first).take(2 + dice.roll(4)).map(String::clone).collect();
    named.extend((0..dice.roll(3)).map(|_| presidents[dice.roll(presidents.len())].clone()));
    // Heads of state turn up in copy that their sheets have nothing to do with.
    named.extend((0..dice.roll(3)).map(|_| PRESIDENTS[dice.roll(PRESIDENTS.len())].to_owned()));
    for name in named {
        let name = if language == "uk" { cyrillic(&name) } else { name };
        let name = if dice.roll(40) == 0 { garbled(&name) } else { name };
        let family = name.rsplit(' ').next().unwrap_or_default();
        let _ = match (language, dice.roll(2)) {
            ("de", 0) => writeln!(text, "Das sagte {name} am Abend. Später widersprach {family}.\n"),
            ("de", _) => writeln!(text, "Nach Angaben von {name} dauern die Gespräche an.\n"),
            ("pt", 0) => writeln!(text, "A informação é de {name}. Depois, {family} não quis falar.\n"),
            ("pt", _) => writeln!(text, "Segundo {name}, as conversas continuam.\n"),
            ("uk", 0) => writeln!(text, "Про це сказав {name}. Згодом {family} відмовився говорити.\n"),
            ("uk", _) => writeln!(text, "Зустріч із {name}ом тривала годину.\n"),
            (_, 0) => writeln!(text, "{name} said so in the evening. Later {family} would not comment.\n"),
            _ => writeln!(text, "Talks go on, according to {name}.\n"),
        };
    }
    while text.len() < bytes && !filler.is_empty() {
        text.push_str(&filler[dice.roll(filler.len())]);
        text.push_str("\n\n");
    }
    text
}

/// A name with two letters of its last word the wrong way round.
fn garbled(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = letters.len().saturating_sub(3);
    letters.swap(at, at.saturating_sub(1));
    letters.into_iter().collect()
}
