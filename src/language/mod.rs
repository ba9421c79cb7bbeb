//! Language packs: read from YAML, compiled into what the readers use.

pub mod date_phrases;
pub mod date_words;
pub mod hedge_words;
pub mod hits;
pub mod inflection;
pub mod lexicon;
pub mod merge;
pub mod number_words;
pub mod pack;
pub mod sense;
pub mod sense_set;
pub mod small_words;
pub mod solid_numbers;
pub mod sound;
pub mod wording;

pub use hits::{Hit, Hits};
pub use inflection::Inflection;
pub use lexicon::{Lexicon, Matching, Memo};
pub use pack::Pack;
pub use sense::{Marker, Sense, Term};
pub use sense_set::SenseSet;
pub use small_words::SmallWords;

use std::sync::{Arc, OnceLock};

use crate::gazetteer::Gazetteer;
use crate::reading::hedge_table::HedgeTable;
use crate::reading::vocabulary::Script;
use crate::rules::Ruleset;
use sound::Ear;

/// A language ready for reading: its pack, and the lexicon of its pack and of all rules' wording.
pub struct Language {
    pub pack: Pack,
    pub lexicon: Lexicon,
    /// What its hedges mean, and the signs that stand for them.
    pub hedges: Arc<HedgeTable>,
    /// Names of countries, cities and bodies in the language.
    pub gazetteer: Gazetteer,
    script: Script,
    ears: OnceLock<Vec<Ear>>,
}

/// The language whose reading stands beside an article's own: names of the world are written its way.
pub const COMMON_READING: &str = "en";

impl Language {
    /// A language of its pack and the hedges of the rules, without the rules' wording.
    pub fn new(pack: Pack, hedges: Arc<HedgeTable>) -> Self {
        let lexicon = pack.lexicon(&hedges);
        let script = Script::by_name(&pack.script);
        let gazetteer = Gazetteer::builtin(&pack.language);
        Self { pack, lexicon, hedges, gazetteer, script, ears: OnceLock::new() }
    }

    /// A lexicon without words that inflects as the language does.
    pub fn empty_lexicon(&self) -> Lexicon {
        self.pack.empty_lexicon()
    }

    /// How a word of the language may be read: its own way, and the common one.
    pub fn ears(&self, rules: &Ruleset) -> &[Ear] {
        self.ears.get_or_init(|| {
            let own = std::iter::once(self.pack.language.as_str());
            let common = (self.pack.language != COMMON_READING).then_some(COMMON_READING);
            own.chain(common).filter_map(|code| rules.sound(code)).map(Ear::new).collect()
        })
    }

    /// The script the language's names are written in.
    pub fn script(&self) -> Script {
        self.script
    }
}
