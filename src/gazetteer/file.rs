//! A file of names, as a house may lay one over what is built in, or bring one for a language of its own.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::lines::{self, Given, Marks};
use super::world::EntryId;
use crate::rules::file::Strings;

/// Names in one language of countries, cities and organisations, by their ids (`united-states`). They are
/// added to those that are built in. Words are inflected by the language's pack; `*` makes a prefix.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(title = "factlint gazetteer")]
pub struct GazetteerFile {
    /// The language's code.
    pub gazetteer: String,
    pub countries: BTreeMap<String, CountryNames>,
    /// The first name is the one that copy usually has.
    pub cities: BTreeMap<String, Strings>,
    /// International organisations.
    pub bodies: BTreeMap<String, BodyNames>,
    /// Longer names in which a country's is none (New Mexico), and names that only look like a country's.
    pub other: Strings,
    /// Names, of those above, that are a given name, a surname, another place or an everyday word as well.
    pub ambiguous: Strings,
    /// Of these, the everyday words: at the beginning of a sentence they are no places.
    pub words: Strings,
    /// Names that end so are not declined.
    pub unchanging: Strings,
}

/// How a country is called.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CountryNames {
    /// The first is the one that copy usually has.
    pub name: Strings,
    /// Further names, none of them wrong.
    pub also: Strings,
    /// Its adjectives, and what its people are called.
    pub adjective: Strings,
}

/// How an organisation is called.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BodyNames {
    /// The first is the one that copy usually has.
    pub name: Strings,
    /// Further names, none of them wrong.
    pub also: Strings,
    pub abbreviation: Strings,
}

impl GazetteerFile {
    /// Its names, and the section and id of each that the world does not know.
    pub fn names(&self) -> (Vec<Given>, Vec<(&'static str, &str)>) {
        let (mut given, mut unknown) = (Vec::new(), Vec::new());
        let find = |section: &'static str, id: &'_ str| EntryId::of_id(id).ok_or(section);
        let mut add = |texts: &Strings, kind: char, entry: EntryId, first: bool| {
            for (at, text) in texts.0.iter().enumerate() {
                let preferred = first && at == 0;
                given.push(Given { text: text.clone(), kind, entry: entry.0, preferred });
            }
        };
        for (id, names) in &self.countries {
            match find("countries", id) {
                Ok(entry) => {
                    add(&names.name, lines::COUNTRY, entry, true);
                    add(&names.also, lines::COUNTRY, entry, false);
                    add(&names.adjective, lines::ADJECTIVE, entry, true);
                }
                Err(section) => unknown.push((section, id.as_str())),
            }
        }
        for (id, names) in &self.cities {
            // Of Luxembourg the city has another id than the country.
            match find("cities", &format!("{id}-city")).or_else(|_| find("cities", id)) {
                Ok(entry) => add(names, lines::CITY, entry, true),
                Err(section) => unknown.push((section, id.as_str())),
            }
        }
        for (id, names) in &self.bodies {
            match find("bodies", id) {
                Ok(entry) => {
                    add(&names.name, lines::BODY, entry, true);
                    add(&names.also, lines::BODY, entry, false);
                    add(&names.abbreviation, lines::ABBREVIATION, entry, true);
                }
                Err(section) => unknown.push((section, id.as_str())),
            }
        }
        add(&self.other, lines::OTHER, EntryId(0), false);
        (given, unknown)
    }

    /// What it says of its names as a whole.
    pub fn marks(&self) -> Marks {
        Marks {
            ambiguous: self.ambiguous.0.clone(),
            words: self.words.0.clone(),
            unchanging: self.unchanging.0.clone(),
        }
    }
}
