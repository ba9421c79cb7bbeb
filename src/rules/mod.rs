//! Rules: which concepts there are, what to check, how strictly, and what to tell the editor.

pub mod builtin;
pub mod docs;
pub mod file;
pub mod house;
pub mod levels;
pub mod ruleset;
pub mod schema;
mod validate;

pub use file::Check;
pub use levels::Levels;
pub use ruleset::Ruleset;
pub(crate) use validate::says_no_rules;

use crate::yaml;

/// The one of `ids` that was probably meant: the nearest, or the only one that ends in `/id`.
pub fn nearest_id<'a>(id: &str, ids: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let name = |id: &'a str| id.split_once('/').map_or(id, |(_, name)| name);
    let mut named = ids.clone().filter(|&known| name(known) == id);
    match (named.next(), named.next()) {
        (Some(only), None) => Some(only),
        _ => yaml::nearest(id, ids.clone()).or_else(|| {
            let near = yaml::nearest(id, ids.clone().map(name))?;
            ids.into_iter().find(|&known| name(known) == near)
        }),
    }
}
