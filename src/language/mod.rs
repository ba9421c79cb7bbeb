//! Language packs: read from YAML, compiled into what the readers use.

pub mod date_phrases;
pub mod date_words;
pub mod hedge_words;
pub mod inflection;
pub mod lexicon;
pub mod merge;
pub mod number_words;
pub mod pack;
pub mod sense;
pub mod solid_numbers;
pub mod sound;
pub mod wording;

pub use inflection::Inflection;
pub use lexicon::{Hit, Lexicon, Matching, Memo};
pub use pack::Pack;
pub use sense::{Marker, Sense};

use std::sync::Arc;

use crate::gazetteer::Gazetteer;
use crate::reading::hedge_table::HedgeTable;
use crate::reading::vocabulary::Script;

/// A language ready for reading: its pack, and the lexicon of its pack and of all rules' wording.
pub struct Language {
    pub pack: Pack,
    pub lexicon: Lexicon,
    /// What its hedges mean, and the signs that stand for them.
    pub hedges: Arc<HedgeTable>,
    /// Names of countries, cities and bodies in the language.
    pub gazetteer: Gazetteer,
    script: Script,
}

impl Language {
    /// A language of its pack and the hedges of the rules, without the rules' wording.
    pub fn new(pack: Pack, hedges: Arc<HedgeTable>) -> Self {
        let lexicon = pack.lexicon(&hedges);
        let script = Script::by_name(&pack.script);
        let gazetteer = Gazetteer::builtin(&pack.language);
        Self { pack, lexicon, hedges, gazetteer, script }
    }

    /// A lexicon without words that inflects as the language does.
    pub fn empty_lexicon(&self) -> Lexicon {
        self.pack.empty_lexicon()
    }

    /// The script the language's names are written in.
    pub fn script(&self) -> Script {
        self.script
    }
}
