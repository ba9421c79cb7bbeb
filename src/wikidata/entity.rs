//! One entity as `Special:EntityData` gives it: labels, aliases, what it is, when it was born.
//!
//! Only the few keys that matter are looked at, so that what Wikidata adds, or leaves out, does no harm.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;

use crate::sheet::Kind;

/// What is known of one thing.
#[derive(Clone, Debug, Default)]
pub struct Entity {
    /// `Q42`.
    pub id: String,
    pub labels: BTreeMap<String, String>,
    pub aliases: BTreeMap<String, Vec<String>>,
    /// `None` where the entity does not say what it is in a way that is known here.
    pub kind: Option<Kind>,
    /// Where the day is known, not only the year.
    pub born: Option<Date>,
}

/// What a thing is an instance of (P31) if it is a person.
const HUMAN: &str = "Q5";
/// Classes of places: country, sovereign state, state with limited recognition, city, big city, million city,
/// capital, town, village, human settlement, municipality, region, province, river, island, mountain, sea.
const PLACES: &[&str] = &[
    "Q6256",
    "Q3624078",
    "Q10711424",
    "Q515",
    "Q1549591",
    "Q1637706",
    "Q5119",
    "Q3957",
    "Q532",
    "Q486972",
    "Q15284",
    "Q82794",
    "Q34876",
    "Q4022",
    "Q23442",
    "Q8502",
    "Q165",
];
/// Classes of organizations: organization, international organization, intergovernmental organization, military
/// alliance, ministry, government agency, political party, enterprise, business, nonprofit, news agency.
const ORGANIZATIONS: &[&str] = &[
    "Q43229", "Q484652", "Q245065", "Q1127126", "Q192350", "Q327333", "Q7278", "Q6881511", "Q4830453",
    "Q163740", "Q192283",
];
/// Properties that only people, organizations or places have.
const OF_PEOPLE: &[&str] = &["P569", "P21"];
const OF_ORGANIZATIONS: &[&str] = &["P159", "P112", "P452", "P1454"];
const OF_PLACES: &[&str] = &["P625", "P1566", "P36", "P47", "P131"];

/// The entities of a saved file, in its order, or what is wrong with it.
pub fn read(text: &str) -> Result<Vec<Entity>, String> {
    let text = text.trim_start_matches(crate::source::BYTE_ORDER_MARK);
    if text.trim().is_empty() {
        return Err("the file is empty".to_owned());
    }
    let json: Value = serde_json::from_str(text).map_err(|error| format!("this is no JSON: {error}"))?;
    let found: Vec<Entity> = match (json.get("entities").and_then(Value::as_object), json.get("labels")) {
        (Some(entities), _) => entities.iter().filter_map(|(id, value)| entity(id, value)).collect(),
        // One entity by itself, as an API gives it.
        (None, Some(_)) => {
            let id = json.get("id").and_then(Value::as_str).unwrap_or_default();
            entity(id, &json).into_iter().collect()
        }
        (None, None) => return Err("this is no entity of Wikidata: it has no `entities`".to_owned()),
    };
    match found.is_empty() {
        true => Err("no entity in it has a label".to_owned()),
        false => Ok(found),
    }
}

fn entity(id: &str, json: &Value) -> Option<Entity> {
    let value = |of: &Value| {
        let text = of.get("value").and_then(Value::as_str).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (text.chars().any(char::is_alphanumeric)).then_some(text)
    };
    let by_language = |key: &str| json.get(key).and_then(Value::as_object).into_iter().flatten();
    let labels: BTreeMap<String, String> =
        by_language("labels").filter_map(|(code, label)| Some((code.clone(), value(label)?))).collect();
    if labels.is_empty() {
        return None;
    }
    let aliases = by_language("aliases")
        .map(|(code, list)| {
            (code.clone(), list.as_array().into_iter().flatten().filter_map(value).collect::<Vec<_>>())
        })
        .filter(|(_, list)| !list.is_empty())
        .collect();
    let claims = Claims(json.get("claims"));
    Some(Entity { id: id.to_owned(), labels, aliases, kind: claims.kind(), born: claims.born() })
}

struct Claims<'j>(Option<&'j Value>);

impl<'j> Claims<'j> {
    /// The values of a property, those preferred first, those deprecated left out.
    fn values(&self, property: &str) -> Vec<&'j Value> {
        let list = self.0.and_then(|claims| claims.get(property)).and_then(Value::as_array);
        let rank = |claim: &Value| claim.get("rank").and_then(Value::as_str).unwrap_or("normal").to_owned();
        let mut claims: Vec<&Value> =
            list.into_iter().flatten().filter(|claim| rank(claim) != "deprecated").collect();
        claims.sort_by_key(|claim| rank(claim) != "preferred");
        claims.into_iter().filter_map(|claim| claim.pointer("/mainsnak/datavalue/value")).collect()
    }

    fn has_any(&self, properties: &[&str]) -> bool {
        properties.iter().any(|property| !self.values(property).is_empty())
    }

    fn kind(&self) -> Option<Kind> {
        let classes: Vec<&str> = self
            .values("P31")
            .into_iter()
            .filter_map(|value| value.get("id").and_then(Value::as_str))
            .collect();
        let is_any = |known: &[&str]| classes.iter().any(|class| known.contains(class));
        if classes.contains(&HUMAN) {
            Some(Kind::Person)
        } else if is_any(PLACES) {
            Some(Kind::Place)
        } else if is_any(ORGANIZATIONS) {
            Some(Kind::Organization)
        } else if self.has_any(OF_PEOPLE) {
            Some(Kind::Person)
        } else if self.has_any(OF_ORGANIZATIONS) {
            Some(Kind::Organization)
        } else if self.has_any(OF_PLACES) {
            Some(Kind::Place)
        } else {
            None
        }
    }

    /// `+1953-05-17T00:00:00Z`, with a precision of 11 where the day is known.
    fn born(&self) -> Option<Date> {
        const DAY: u64 = 11;
        let value = self.values("P569").into_iter().next()?;
        if value.get("precision").and_then(Value::as_u64)? < DAY {
            return None;
        }
        value.get("time")?.as_str()?.strip_prefix('+')?.get(..10)?.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_is_named_and_what_is_missing_does_no_harm() {
        assert!(read("").unwrap_err().contains("empty"));
        assert!(read("{").unwrap_err().contains("no JSON"));
        assert!(read("[]").unwrap_err().contains("no entity of Wikidata"));
        assert!(read(r#"{"entities": []}"#).is_err());
        assert!(read(r#"{"entities": {"Q1": {"missing": ""}}}"#).unwrap_err().contains("label"));
        let odd = r#"{"entities": {"Q1": {"labels": {"en": {"value": " A  B "}, "de": 1, "pt": {"value": "-"}},
            "aliases": {"en": {}, "de": [{"value": 2}, {"value": "AB"}]},
            "claims": {"P31": [{}, {"mainsnak": 1}], "P569": [{"mainsnak": {"datavalue": {"value":
                {"time": "+1953-00-00T00:00:00Z", "precision": 9}}}}]}}}}"#;
        let [entity] = &read(odd).unwrap()[..] else { panic!("one entity") };
        assert_eq!(entity.labels, [("en".to_owned(), "A B".to_owned())].into());
        assert_eq!(entity.aliases, [("de".to_owned(), vec!["AB".to_owned()])].into());
        // A year of birth tells that it is a person, and no day.
        assert_eq!((entity.kind, entity.born), (Some(Kind::Person), None));
    }
}
