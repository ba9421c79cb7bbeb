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

use crate::reading::vocabulary::Script;

/// A language ready for reading: its pack, and the lexicon of its pack and of all rules' wording.
pub struct Language {
    pub pack: Pack,
    pub lexicon: Lexicon,
    script: Script,
}

impl Language {
    /// A language of its pack alone.
    pub fn of_pack(pack: Pack) -> Self {
        let lexicon = pack.lexicon();
        let script = Script::by_name(&pack.script);
        Self { pack, lexicon, script }
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
