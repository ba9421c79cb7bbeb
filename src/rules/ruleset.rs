//! All rules and wording of a run: the built-in files with a house's own merged over them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::builtin;
use super::file::{
    Check, ConceptEntry, EventEntry, GroupEntry, ListEntry, OfficeEntry, PerVerdict, RuleEntry, RuleFile,
    Trend, Wording,
};
use crate::finding::{Severity, Verdict};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::file::GazetteerFile;
use crate::language::merge::Merge as _;
use crate::language::sense::TitleWord;
use crate::language::sense::{Piece, Told, Way};
use crate::language::sound::Sound;
use crate::language::wording::{expand, for_each_phrase};
use crate::language::{Language, Lexicon, Matching, Pack, Sense, Term};
use crate::reading::hedge_table::HedgeTable;
use crate::sheet::Known;

/// See the [module](self).
#[derive(Default)]
pub struct Ruleset {
    pub concepts: Vec<Concept>,
    pub groups: Vec<Group>,
    pub events: Vec<EventType>,
    /// Words that tell a phase of an event, by its id.
    pub phases: BTreeMap<String, Wording>,
    pub offices: Vec<Office>,
    /// Words that the checks within the copy look for.
    pub terms: BTreeMap<Term, Wording>,
    pub lists: Vec<ListConcept>,
    /// Words around offices.
    pub titles: BTreeMap<TitleWord, Wording>,
    pub former: Wording,
    pub acting: Wording,
    pub rules: Vec<Rule>,
    hedges: Arc<HedgeTable>,
    languages: BTreeMap<String, LazyLanguage>,
    /// A house's own names of the world, by language.
    gazetteers: BTreeMap<String, Gazetteer>,
}

/// What is counted.
#[derive(Clone, Debug)]
pub struct Concept {
    pub id: String,
    pub entry: ConceptEntry,
}

/// Whose people are counted.
#[derive(Clone, Debug)]
pub struct Group {
    pub id: String,
    pub entry: GroupEntry,
}

/// A type of event.
#[derive(Clone, Debug)]
pub struct EventType {
    pub id: String,
    pub entry: EventEntry,
}

/// An office.
#[derive(Clone, Debug)]
pub struct Office {
    pub id: String,
    pub entry: OfficeEntry,
}

/// What a closed list holds.
#[derive(Clone, Debug)]
pub struct ListConcept {
    pub id: String,
    pub entry: ListEntry,
}

/// One rule, ready to judge.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: Arc<str>,
    pub check: Check,
    pub concept: Option<String>,
    pub severity: PerVerdict<Severity>,
    pub message: PerVerdict<String>,
    pub why: Option<String>,
}

#[derive(Default)]
struct LazyLanguage {
    /// A built-in pack that nobody asked for yet.
    builtin: Option<&'static str>,
    pack: OnceLock<Option<Pack>>,
    sound: Sound,
    ready: OnceLock<Arc<Language>>,
}

impl Rule {
    /// How much a verdict matters under this rule; where it says nothing, the usual severity.
    pub fn severity(&self, verdict: Verdict) -> Severity {
        self.severity.get(verdict).copied().unwrap_or(match verdict {
            Verdict::Wrong | Verdict::Retracted | Verdict::Garbled => Severity::Error,
            Verdict::Stale | Verdict::Newer | Verdict::Foreign => Severity::Warning,
            Verdict::Ahead | Verdict::Disputed => Severity::Info,
            Verdict::Loose | Verdict::Agrees => Severity::Off,
        })
    }

    /// The message for a verdict with its placeholders filled; an unknown placeholder stays as it is.
    pub fn message(&self, verdict: Verdict, values: &[(&str, &str)]) -> String {
        let template = self.message.get(verdict).map_or("{text}: the sheet has {expected}", String::as_str);
        fill(template, values)
    }
}

/// The placeholders that messages may use.
pub const PLACEHOLDERS: [&str; 12] = [
    "context",
    "members",
    "text",
    "expected",
    "source",
    "as_of",
    "matched_as_of",
    "name",
    "fact",
    "language",
    "date",
    "weekday",
];

fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut message = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(len) = rest[open..].find('}') else { break };
        let (before, from) = rest.split_at(open);
        message.push_str(before);
        let key = &from[1..len];
        match values.iter().find(|(name, _)| *name == key) {
            Some((_, value)) => message.push_str(value),
            None => message.push_str(&from[..=len]),
        }
        rest = &from[len + 1..];
    }
    message.push_str(rest);
    message
}

/// The placeholders of a template, for checking it at load.
pub fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(key, _)| key))
}

impl Ruleset {
    /// Merges a rule file: lists of wording append, scalars replace, rules replace by id.
    pub fn merge(&mut self, file: RuleFile) {
        let RuleFile {
            concepts,
            groups,
            events,
            phases,
            offices,
            terms,
            lists,
            titles,
            former,
            acting,
            round_from,
            round,
            hedges,
            vague,
            signs,
            rules,
        } = file;
        Arc::make_mut(&mut self.hedges).absorb(HedgeTable { round_from, round, hedges, vague, signs });
        for (phase, words) in phases {
            append(self.phases.entry(phase).or_default(), words);
        }
        for (term, words) in terms {
            append(self.terms.entry(term).or_default(), words);
        }
        append(&mut self.former, former);
        append(&mut self.acting, acting);
        self.merge_wording(concepts, groups, events, offices);
        self.merge_around(lists, titles);
        for rule in rules {
            self.merge_rule(rule);
        }
    }

    /// Merges a language pack, over one of the same language where there is one.
    pub fn merge_pack(&mut self, mut pack: Pack) {
        self.merge_wording(
            std::mem::take(&mut pack.concepts),
            std::mem::take(&mut pack.groups),
            std::mem::take(&mut pack.events),
            std::mem::take(&mut pack.offices),
        );
        for (phase, words) in std::mem::take(&mut pack.phases) {
            append(self.phases.entry(phase).or_default(), words);
        }
        for (term, words) in std::mem::take(&mut pack.terms) {
            append(self.terms.entry(term).or_default(), words);
        }
        self.merge_around(std::mem::take(&mut pack.lists), std::mem::take(&mut pack.titles));
        append(&mut self.former, std::mem::take(&mut pack.former));
        append(&mut self.acting, std::mem::take(&mut pack.acting));
        let slot = self.languages.entry(pack.language.clone()).or_default();
        slot.sound.absorb(pack.sound.clone());
        let merged = match slot.take_pack() {
            Some(mut known) => {
                known.absorb(pack);
                known
            }
            None => pack,
        };
        *slot = LazyLanguage { sound: std::mem::take(&mut slot.sound), ..LazyLanguage::default() };
        slot.pack = OnceLock::from(Some(merged));
    }

    /// Adds a house's own names of the world to those that are built in.
    pub fn merge_gazetteer(&mut self, file: &GazetteerFile) {
        let code = file.gazetteer.as_str();
        let gazetteer = self.gazetteers.entry(code.to_owned()).or_insert_with(|| Gazetteer::builtin(code));
        gazetteer.add(&file.names().0, &file.marks());
    }

    /// Tells of a built-in pack, to be read when it is first asked for; it comes with the wording of the
    /// built-in topics, and without its sounds.
    pub(super) fn add_builtin_pack(&mut self, code: &str, text: &'static str, sound: Sound) {
        self.languages
            .insert(code.to_owned(), LazyLanguage { builtin: Some(text), sound, ..LazyLanguage::default() });
    }

    fn merge_wording(
        &mut self,
        concepts: BTreeMap<String, ConceptEntry>,
        groups: BTreeMap<String, GroupEntry>,
        events: BTreeMap<String, EventEntry>,
        offices: BTreeMap<String, OfficeEntry>,
    ) {
        for (id, entry) in concepts {
            match self.concepts.iter_mut().find(|known| known.id == id) {
                Some(known) => {
                    known.entry.title = entry.title.or(known.entry.title.take());
                    known.entry.counts = entry.counts.or(known.entry.counts.take());
                    known.entry.trend = entry.trend.or(known.entry.trend);
                    append(&mut known.entry.words, entry.words);
                }
                None => self.concepts.push(Concept { id, entry }),
            }
        }
        for (id, entry) in groups {
            match self.groups.iter_mut().find(|known| known.id == id) {
                Some(known) => {
                    known.entry.neutral |= entry.neutral;
                    known.entry.part_of = entry.part_of.or(known.entry.part_of.take());
                    append(&mut known.entry.words, entry.words);
                }
                None => self.groups.push(Group { id, entry }),
            }
        }
        for (id, entry) in events {
            match self.events.iter_mut().find(|known| known.id == id) {
                Some(known) => {
                    let EventEntry {
                        words,
                        opposites,
                        disaster,
                        brings,
                        undoes,
                        phases,
                        of_thing,
                        state,
                        holds,
                        needs_place,
                        needs_office,
                        told,
                    } = entry;
                    let known = &mut known.entry;
                    append(&mut known.words, words);
                    append(&mut known.told.subject, told.subject);
                    append(&mut known.told.participle, told.participle);
                    append(&mut known.told.object, told.object);
                    append(&mut known.told.noun, told.noun);
                    known.opposites.extend(opposites);
                    known.disaster |= disaster;
                    known.brings.extend(brings);
                    known.undoes.extend(undoes);
                    known.phases.extend(phases);
                    known.of_thing |= of_thing;
                    known.needs_office |= needs_office;
                    known.state = state.or(known.state.take());
                    known.holds = holds.or(known.holds);
                    known.needs_place |= needs_place;
                }
                None => self.events.push(EventType { id, entry }),
            }
        }
        for (id, entry) in offices {
            match self.offices.iter_mut().find(|known| known.id == id) {
                Some(known) => {
                    append(&mut known.entry.words, entry.words);
                    known.entry.also.extend(entry.also);
                    known.entry.excludes.extend(entry.excludes);
                    known.entry.many |= entry.many;
                    known.entry.of_bodies |= entry.of_bodies;
                    known.entry.portfolio |= entry.portfolio;
                    known.entry.sole |= entry.sole;
                    known.entry.national |= entry.national;
                }
                None => self.offices.push(Office { id, entry }),
            }
        }
    }

    fn merge_around(&mut self, lists: BTreeMap<String, ListEntry>, titles: BTreeMap<TitleWord, Wording>) {
        for (id, entry) in lists {
            match self.lists.iter_mut().find(|known| known.id == id) {
                Some(known) => {
                    append(&mut known.entry.before, entry.before);
                    append(&mut known.entry.behind, entry.behind);
                    append(&mut known.entry.nouns, entry.nouns);
                }
                None => self.lists.push(ListConcept { id, entry }),
            }
        }
        for (word, words) in titles {
            append(self.titles.entry(word).or_default(), words);
        }
    }

    fn merge_rule(&mut self, entry: RuleEntry) {
        let RuleEntry { id, check, concept, severity, message, why, title: _, finds: _, fix: _, examples: _ } =
            entry;
        match self.rules.iter_mut().find(|rule| *rule.id == *id) {
            Some(rule) => {
                rule.check = check.unwrap_or(rule.check);
                rule.concept = concept.or(rule.concept.take());
                overlay(&mut rule.severity, severity);
                overlay(&mut rule.message, message);
                rule.why = why.or(rule.why.take());
            }
            None => {
                // A rule that checks nothing is refused where the file is validated.
                if let Some(check) = check {
                    self.rules.push(Rule { id: id.into(), check, concept, severity, message, why });
                }
            }
        }
    }

    /// The rule that serves a check: for figures the one of the concept, else the one without.
    pub fn rule(&self, check: Check, concept: Option<&str>) -> Option<&Rule> {
        let serves = |rule: &&Rule| rule.check == check;
        concept
            .and_then(|concept| {
                self.rules.iter().filter(serves).find(|rule| rule.concept.as_deref() == Some(concept))
            })
            .or_else(|| self.rules.iter().filter(serves).find(|rule| rule.concept.is_none()))
    }

    /// What a language calls an office, by its index; of its pack and of the rules.
    pub fn office_words(&self, office: u16, language: &str) -> impl Iterator<Item = &str> {
        let office = self.offices.get(usize::from(office));
        let of_rules = office.and_then(|office| office.entry.words.get(language));
        let of_pack = office
            .zip(self.pack(language))
            .and_then(|(office, pack)| pack.offices.get(&office.id)?.words.get(language));
        of_rules.into_iter().chain(of_pack).flat_map(|strings| &strings.0).map(String::as_str)
    }

    /// What a number of a concept is called: `death toll`.
    pub fn concept_title(&self, concept: &str) -> Option<&str> {
        self.concepts.iter().find(|known| known.id == concept)?.entry.title.as_deref()
    }

    /// An office by its id, with its index.
    pub fn office(&self, id: &str) -> Option<(u16, &Office)> {
        (0..).zip(&self.offices).find(|(_, office)| office.id == id)
    }

    /// What hedges mean.
    pub fn hedges(&self) -> &Arc<HedgeTable> {
        &self.hedges
    }

    /// Whether a concept only ever rises, but for corrections.
    pub fn rises(&self, concept: &str) -> bool {
        self.concept(concept).is_some_and(|concept| concept.entry.trend == Some(Trend::Rises))
    }

    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.iter().find(|concept| concept.id == id)
    }

    /// The ids a sheet may use without bringing words of its own.
    pub fn known(&self) -> Known {
        let has_words = |wording: &Wording| !wording.is_empty();
        Known {
            concepts: self.concepts.iter().map(|concept| concept.id.clone()).collect(),
            rising: self
                .concepts
                .iter()
                .filter(|concept| concept.entry.trend == Some(Trend::Rises))
                .map(|concept| concept.id.clone())
                .collect(),
            groups: self.groups.iter().map(|group| group.id.clone()).collect(),
            event_types: self
                .events
                .iter()
                .filter(|event| has_words(&event.entry.words))
                .map(|event| event.id.clone())
                .collect(),
            offices: self
                .offices
                .iter()
                .filter(|office| has_words(&office.entry.words))
                .map(|office| office.id.clone())
                .collect(),
            lists: self.lists.iter().map(|list| list.id.clone()).collect(),
            states: Default::default(),
        }
    }

    /// Codes of the languages that have a pack, in order.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// The pack of a language.
    pub fn pack(&self, code: &str) -> Option<&Pack> {
        self.languages.get(code)?.pack()
    }

    /// How every language sounds, in order of its code.
    pub fn sounds(&self) -> impl Iterator<Item = &Sound> {
        self.languages.values().map(|lazy| &lazy.sound)
    }

    /// How a language sounds.
    pub fn sound(&self, code: &str) -> Option<&Sound> {
        self.languages.get(code).map(|lazy| &lazy.sound)
    }

    /// A language ready for reading, compiled when it is first asked for.
    pub fn language(&self, code: &str) -> Option<&Arc<Language>> {
        let lazy = self.languages.get(code)?;
        let pack = lazy.pack()?;
        Some(lazy.ready.get_or_init(|| Arc::new(self.compile(pack))))
    }

    fn compile(&self, pack: &Pack) -> Language {
        let mut language = Language::new(pack.clone(), Arc::clone(&self.hedges));
        let code = pack.language.as_str();
        if let Some(own) = self.gazetteers.get(code) {
            language.gazetteer = own.clone();
        }
        let mut add = |wording: &Wording, sense: Sense| {
            for words in wording.get(code).into_iter().flat_map(|strings| &strings.0) {
                for_each_phrase(words, |phrase| language.lexicon.add(phrase, Matching::Inflected, sense));
            }
        };
        // What the pack says of an id stands beside what the rules say of it.
        for (index, Concept { id, entry }) in (0..).zip(&self.concepts) {
            let of_pack = pack.concepts.get(id).map(|entry| &entry.words);
            for words in std::iter::once(&entry.words).chain(of_pack) {
                add(words, Sense::Concept(index));
            }
        }
        for (index, Group { id, entry }) in (0..).zip(&self.groups) {
            let of_pack = pack.groups.get(id).map(|entry| &entry.words);
            for words in std::iter::once(&entry.words).chain(of_pack) {
                add(words, if entry.neutral { Sense::People } else { Sense::Group(index) });
            }
        }
        for (index, EventType { id, entry }) in (0..).zip(&self.events) {
            let of_pack = pack.events.get(id);
            for entry in std::iter::once(entry).chain(of_pack) {
                add(&entry.words, Sense::Event(index));
            }
        }
        for (index, Office { id, entry }) in (0..).zip(&self.offices) {
            let of_pack = pack.offices.get(id).map(|entry| &entry.words);
            for words in std::iter::once(&entry.words).chain(of_pack) {
                add(words, Sense::Office(index));
            }
        }
        for (index, ListConcept { id, entry }) in (0..).zip(&self.lists) {
            for entry in std::iter::once(entry).chain(pack.lists.get(id)) {
                add(&entry.before, Sense::ListBefore(index));
                add(&entry.behind, Sense::ListBehind(index));
                add(&entry.nouns, Sense::ListNoun(index));
            }
        }
        for (&word, words) in self.titles.iter().chain(&pack.titles) {
            add(words, Sense::Title(word));
        }
        for (index, (id, words)) in (0..).zip(&self.phases) {
            for words in std::iter::once(words).chain(pack.phases.get(id)) {
                add(words, Sense::Phase(index));
            }
        }
        for (term, words) in self.terms.iter().chain(&pack.terms) {
            add(words, Sense::Term(*term));
        }
        for words in [&self.former, &pack.former] {
            add(words, Sense::Former);
        }
        for words in [&self.acting, &pack.acting] {
            add(words, Sense::Acting);
        }
        for (index, EventType { id, entry }) in (0..).zip(&self.events) {
            for entry in std::iter::once(entry).chain(pack.events.get(id)) {
                let told = &entry.told;
                for (words, way) in [
                    (&told.subject, Way::Subject),
                    (&told.participle, Way::Participle),
                    (&told.object, Way::Object),
                    (&told.noun, Way::Noun),
                ] {
                    let phrases = words.get(code).into_iter().flat_map(|strings| &strings.0);
                    for phrase in phrases.flat_map(|phrase| expand(phrase)) {
                        add_told(&mut language.lexicon, &phrase, index, way, pack.verb_last);
                    }
                }
            }
        }
        language
    }
}

impl LazyLanguage {
    fn pack(&self) -> Option<&Pack> {
        self.pack
            .get_or_init(|| {
                let mut pack = builtin::read_pack(self.builtin?)?;
                pack.sound = self.sound.clone();
                Some(pack)
            })
            .as_ref()
    }

    fn take_pack(&mut self) -> Option<Pack> {
        self.pack();
        self.pack.take().flatten()
    }
}

/// Adds a predicate, the two pieces of one that others part each by itself. Where verbs come last the pieces are one
/// word at the end of a clause: "hob … auf", "aufhob".
fn add_told(lexicon: &mut Lexicon, phrase: &str, event: u16, way: Way, verb_last: bool) {
    let mut add = |phrase: &str, piece: Piece| {
        lexicon.add(phrase, Matching::Exact, Sense::Told(Told { event, way, piece }));
    };
    match phrase.split_once('…') {
        Some((first, last)) => {
            add(first, Piece::First);
            add(last, Piece::Last);
            if verb_last {
                add(&format!("{}{}", last.trim(), first.trim()), Piece::Whole);
            }
        }
        None => add(phrase, Piece::Whole),
    }
}

fn append(known: &mut Wording, more: Wording) {
    for (language, strings) in more {
        let known = &mut known.entry(language).or_default().0;
        for string in strings.0 {
            if !known.contains(&string) {
                known.push(string);
            }
        }
    }
}

fn overlay<T>(known: &mut PerVerdict<T>, over: PerVerdict<T>) {
    match (known, over) {
        (PerVerdict::Each(known), PerVerdict::Each(over)) => known.extend(over),
        (known, over @ PerVerdict::All(_)) => *known = over,
        // One value for all stays for what the map over it does not name, but a map cannot say that:
        // naming verdicts one by one means these and no others.
        (known @ PerVerdict::All(_), PerVerdict::Each(over)) => {
            if !over.is_empty() {
                *known = PerVerdict::Each(over);
            }
        }
    }
}
