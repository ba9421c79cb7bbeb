//! The examples of rules, run: what they mark must be found, and nothing else of their rule.

use std::fmt;
use std::sync::Arc;

use crate::article::{Article, Metadata};
use crate::engine::{Engine, PreparedSheet, Request, Scratches};
use crate::problem::Problem;
use crate::report::rule_docs::word;
use crate::rules::docs::{Mark, Text};
use crate::rules::file::{Example, RuleFile};
use crate::rules::{builtin, says_no_rules};
use crate::sheet;
use crate::sheet::file::SheetFile;
use crate::source::Source;
use crate::yaml;

/// The language of what an example's facts do not mark, where they do not say their own.
const LANGUAGE: &str = "en";

/// The examples of one rule, as one file has them.
#[derive(Clone, Debug)]
pub struct Examples {
    /// The file's path, or its name among the built-in ones.
    pub file: String,
    /// The rule's id.
    pub rule: String,
    pub examples: Vec<Example>,
}

/// What became of examples.
#[derive(Debug, Default)]
pub struct Tried {
    /// How many texts were checked.
    pub texts: usize,
    pub failures: Vec<Failure>,
}

/// One text that does not say what it should, or facts that do not load.
#[derive(Clone, Debug)]
pub struct Failure {
    pub file: String,
    pub rule: String,
    /// Counted from 1.
    pub example: usize,
    pub what: What,
}

/// How an example fails.
#[derive(Clone, Debug)]
pub enum What {
    /// Its facts are no sheet; one message for each reason.
    Facts(Vec<String>),
    /// No language pack has the code.
    NoPack(String),
    /// A text that is to be flagged marks nothing.
    NoMark {
        language: String,
        text: String,
    },
    Text {
        language: String,
        text: String,
        expected: Vec<Mark>,
        found: Vec<Mark>,
    },
}

/// The examples of the built-in rules, by the files they are in.
pub fn built_in() -> Result<Vec<Examples>, Vec<Problem>> {
    let files = builtin::TEXTS.iter().map(|(name, text)| Arc::new(Source::new(*name, *text)));
    of_files(&files.collect::<Vec<_>>())
}

/// The examples of rule files; packs and gazetteers have none. Fails where a file cannot be read.
pub fn of_files(files: &[Arc<Source>]) -> Result<Vec<Examples>, Vec<Problem>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for source in files {
        let rules = yaml::parse(source).and_then(|node| match says_no_rules(&node) {
            true => Ok(Vec::new()),
            false => yaml::from_node::<RuleFile>(source, &node).map(|file| file.rules),
        });
        match rules {
            Ok(rules) => found.extend(rules.into_iter().map(|rule| Examples {
                file: source.path.clone(),
                rule: rule.id,
                examples: rule.examples,
            })),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// Runs the examples of rules.
pub fn run(engine: &Engine, rules: &[Examples]) -> Tried {
    let mut runner = Runner { engine, scratches: Scratches::default(), tried: Tried::default() };
    for rule in rules {
        for (index, example) in rule.examples.iter().enumerate() {
            runner.run(rule, index + 1, example);
        }
    }
    runner.tried
}

struct Runner<'a> {
    engine: &'a Engine,
    scratches: Scratches,
    tried: Tried,
}

impl Runner<'_> {
    fn run(&mut self, of: &Examples, number: usize, example: &Example) {
        let mut failures = Vec::new();
        match self.sheets(example) {
            Err(reasons) => failures.push(What::Facts(reasons)),
            Ok(sheets) => {
                for (is_flagged, texts) in [(true, &example.flag), (false, &example.pass)] {
                    for (language, marked) in texts
                        .iter()
                        .flat_map(|(language, texts)| texts.0.iter().map(move |text| (language, text)))
                    {
                        self.tried.texts += 1;
                        let text = Text::of(marked);
                        failures.extend(self.fails(&of.rule, example, &sheets, language, text, is_flagged));
                    }
                }
            }
        }
        self.tried.failures.extend(failures.into_iter().map(|what| Failure {
            file: of.file.clone(),
            rule: of.rule.clone(),
            example: number,
            what,
        }));
    }

    /// The sheet of an example, where it has one.
    fn sheets(&self, example: &Example) -> Result<Vec<Arc<PreparedSheet>>, Vec<String>> {
        let Some(facts) = &example.facts else { return Ok(Vec::new()) };
        // JSON is YAML, so that the sheet's own reader reads it.
        let source = Arc::new(Source::new("facts", facts.to_string()));
        let message = |problem: &Problem| problem.message.clone();
        let file: SheetFile = yaml::read(&source).map_err(|problem| vec![message(&problem)])?;
        let loaded =
            self.engine.with_context(|context| sheet::load_fragment(&source, &file, LANGUAGE, context));
        match loaded.sheet {
            Some(sheet) => Ok(vec![Arc::new(PreparedSheet::new(sheet))]),
            None => Err(loaded.problems.iter().map(message).collect()),
        }
    }

    fn fails(
        &mut self,
        rule: &str,
        example: &Example,
        sheets: &[Arc<PreparedSheet>],
        language: &str,
        text: Text,
        is_flagged: bool,
    ) -> Option<What> {
        if !self.engine.languages().contains(&language) {
            return Some(What::NoPack(language.to_owned()));
        }
        let Text { text, marks: mut expected } = text;
        if is_flagged && expected.is_empty() {
            return Some(What::NoMark { language: language.to_owned(), text });
        }
        let source = Arc::new(Source::new("example.md", text.as_str()));
        let metadata = Metadata { published: example.date, ..Metadata::default() };
        let article = Article::new(source, 0..text.len(), metadata);
        let request = Request { article: &article, language, sheets, date: example.date };
        let findings = self.engine.check(&request, &mut self.scratches).findings;
        let of_rule = findings.into_iter().filter(|finding| *finding.rule == *rule);
        let mut found: Vec<Mark> = of_rule
            .map(|finding| Mark {
                start: finding.span.start,
                text: finding.text,
                verdict: word(&finding.verdict),
                expected: finding.expected.unwrap_or_default(),
            })
            .collect();
        expected.sort();
        found.sort();
        (found != expected).then(|| What::Text { language: language.to_owned(), text, expected, found })
    }
}

/// The place, and below it the text, what it should say and what it says.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, rule, example, what } = self;
        write!(f, "{file}: {rule}, example {example}")?;
        match what {
            What::Facts(reasons) => write!(f, ": its facts do not load: {}", reasons.join("; ")),
            What::NoPack(language) => write!(f, ": there is no language pack for `{language}`"),
            What::NoMark { language, text } => {
                write!(f, ", {language}: nothing is marked in a text to flag\n    text      {text}")
            }
            What::Text { language, text, expected, found } => {
                write!(f, ", {language}\n    text      {text}")?;
                write!(f, "\n    expected  {}\n    found     {}", Marks(expected), Marks(found))
            }
        }
    }
}

/// Marks as an example writes them.
struct Marks<'a>(&'a [Mark]);

impl fmt::Display for Marks<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("nothing");
        }
        for (index, Mark { text, verdict, expected, .. }) in self.0.iter().enumerate() {
            let joint = if index == 0 { "" } else { ", " };
            let space = if expected.is_empty() { "" } else { " " };
            write!(f, "{joint}[{text}]({verdict}{space}{expected})")?;
        }
        Ok(())
    }
}
