//! What all formats have in common. A format is one [`Renderer`]: it turns articles into text, each by
//! itself and on any thread, and says what stands around them. A [`Report`] puts the pieces together in
//! their order and hands out at once what can be written, so that a long run holds no more than it must.

use std::fmt;

use super::Tally;
use super::fingerprint::Fingerprints;
use crate::article::Article;
use crate::engine::Checked;
use crate::finding::{FactRef, Finding, Severity};
use crate::problem::{Problem, Weight};
use crate::source::{Place, Places, Source};
use crate::suppress::Silence;

/// One format.
pub trait Renderer: Sync {
    /// What stands before the first article.
    fn begin(&self) -> String {
        String::new()
    }

    /// One article that was checked. Called on any thread and in any order.
    fn article(&self, article: &Reported<'_>) -> String;

    /// One article that could not be checked, and why: problems of its own, and of its fact sheets.
    fn left_out(&self, _path: &str, _why: &[Remark]) -> String {
        String::new()
    }

    /// A problem of a file that is no article, or of an article that was checked all the same. Standard
    /// error has it as well.
    fn remark(&self, _remark: &Remark) -> String {
        String::new()
    }

    /// What stands between two articles of which there is something to say.
    fn joint(&self) -> &'static str {
        ""
    }

    /// What of an article that was checked stands behind all articles: it is kept, and [`end`](Self::end)
    /// has it. Called as [`article`](Self::article) is.
    fn aside(&self, _article: &Reported<'_>) -> String {
        String::new()
    }

    /// What stands behind the last article.
    fn end(&self, _run: &Run<'_>) -> String {
        String::new()
    }

    /// What [`end`](Self::end) needs of the run.
    fn keeps(&self) -> Keeps {
        Keeps::Nothing
    }

    /// Whether the notes on articles are in the report. Where they are not, standard error has them.
    fn tells_notes(&self) -> bool {
        true
    }
}

/// What has to be kept until the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keeps {
    Nothing,
    /// Notes, problems and the articles that were left out.
    Remarks,
    /// The rendered articles as well: nothing is written before the end.
    Everything,
}

/// One article that was checked.
#[derive(Clone, Copy)]
pub struct Reported<'a> {
    pub article: &'a Article,
    /// The code of its language.
    pub language: &'a str,
    /// The paths of its fact sheets.
    pub sheets: &'a [&'a str],
    pub checked: &'a Checked,
}

/// A run at its end.
pub struct Run<'a> {
    pub tally: Tally,
    /// Notes and problems in the order in which they came up, each once.
    pub remarks: &'a [Remark],
    /// Paths of the articles that were left out.
    pub skipped: &'a [String],
    /// The articles that were checked, where [`Keeps::Everything`] asks for them.
    pub pieces: &'a [Piece],
    /// What [`Renderer::aside`] returned, without the empty ones.
    pub asides: &'a [String],
    /// Whether something could not be used, or nothing was checked that should have been.
    pub failed: bool,
}

/// One article, rendered.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub path: String,
    pub tally: Tally,
    pub text: String,
    /// See [`Renderer::aside`].
    pub aside: String,
}

/// Something told beside the findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub kind: RemarkKind,
    pub path: Option<String>,
    pub place: Option<Place>,
    pub message: String,
    /// The key of a YAML file at fault.
    pub key: Option<String>,
    /// What to do.
    pub help: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RemarkKind {
    /// What had to be assumed.
    Note,
    Warning,
    Error,
}

impl Remark {
    pub fn note(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind: RemarkKind::Note,
            path: Some(path.into()),
            place: None,
            message: message.into(),
            key: None,
            help: None,
        }
    }

    pub fn of(problem: &Problem) -> Self {
        let place = problem.source.as_ref().zip(problem.span.as_ref());
        Self {
            kind: match problem.weight {
                Weight::Error => RemarkKind::Error,
                Weight::Warning => RemarkKind::Warning,
            },
            path: Some(problem.path.clone()),
            place: place.map(|(source, span)| source.place(span.start)),
            message: problem.message.clone(),
            key: problem.key.clone(),
            help: problem.help.clone(),
        }
    }
}

/// The message, with its key and what to do, without the place.
impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(key) = &self.key {
            write!(f, " (at {key})")?;
        }
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

/// A finding with its places.
pub struct Located<'a> {
    pub finding: &'a Finding,
    pub start: Place,
    /// That of the first code point behind the span.
    pub end: Place,
    pub fingerprint: String,
    /// The other end, with the place where it starts and the place behind it.
    pub fact: Option<(&'a FactRef, Place, Place)>,
    /// Why it is not told, if it is not.
    pub silence: Option<&'a Silence>,
}

impl<'a> Reported<'a> {
    pub fn source(&self) -> &'a Source {
        &self.article.source
    }

    pub fn tally(&self) -> Tally {
        Tally::of(&self.checked.findings, self.checked.coverage).silenced(&self.checked.silenced)
    }

    /// The piece of a report that this article is.
    pub fn piece(&self, renderer: &dyn Renderer) -> Piece {
        Piece {
            path: self.source().path.clone(),
            tally: self.tally(),
            text: renderer.article(self),
            aside: renderer.aside(self),
        }
    }

    /// The findings that are told, in order.
    pub fn findings(&self) -> impl Iterator<Item = Located<'a>> + use<'a> {
        self.all().filter(|located| located.silence.is_none())
    }

    /// All findings in order, those as well that are not told. Their fingerprints are the same whether or
    /// not another one is told.
    pub fn all(&self) -> impl Iterator<Item = Located<'a>> + use<'a> {
        let told = self.checked.findings.iter().map(|finding| (finding, None));
        let silenced = self.checked.silenced.iter().map(|silenced| (&silenced.finding, Some(&silenced.by)));
        let mut all: Vec<_> = told.chain(silenced).collect();
        if !self.checked.silenced.is_empty() {
            all.sort_by(|(a, _), (b, _)| a.order(b));
        }
        locate(self.source(), self.article.file_text(), all.into_iter())
    }
}

/// The findings of one article with their places, in order. `Off` is told to nobody.
pub fn located<'a>(source: &'a Source, findings: &'a [Finding]) -> impl Iterator<Item = Located<'a>> {
    locate(source, &source.text, findings.iter().map(|finding| (finding, None)))
}

/// `text` is that of the file with its comments blanked.
fn locate<'a>(
    source: &'a Source,
    text: &'a str,
    findings: impl Iterator<Item = (&'a Finding, Option<&'a Silence>)>,
) -> impl Iterator<Item = Located<'a>> {
    let (mut starts, mut ends) = (Places::new(source), Places::new(source));
    let mut fingerprints = Fingerprints::default();
    findings.filter(|(finding, _)| finding.severity != Severity::Off).map(move |(finding, silence)| Located {
        finding,
        start: starts.place(finding.span.start),
        end: ends.place(finding.span.end.max(finding.span.start)),
        fingerprint: fingerprints.of(&source.path, text, finding),
        fact: finding.fact.as_ref().map(|fact| {
            let (start, end) = (fact.span.start, fact.span.end.max(fact.span.start));
            (fact, fact.sheet.place(start), fact.sheet.place(end))
        }),
        silence,
    })
}

/// Puts a report together; what it returns is to be written as it comes.
pub struct Report<'r> {
    renderer: &'r dyn Renderer,
    tally: Tally,
    remarks: Vec<Remark>,
    skipped: Vec<String>,
    pieces: Vec<Piece>,
    asides: Vec<String>,
    /// Whether a joint is due before the next piece.
    joined: bool,
}

impl<'r> Report<'r> {
    pub fn new(renderer: &'r dyn Renderer) -> Self {
        let (remarks, skipped, pieces, asides) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { renderer, tally: Tally::default(), remarks, skipped, pieces, asides, joined: false }
    }

    pub fn begin(&self) -> String {
        self.renderer.begin()
    }

    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The next article.
    pub fn article(&mut self, mut piece: Piece) -> String {
        self.tally += piece.tally;
        if !piece.aside.is_empty() {
            self.asides.push(std::mem::take(&mut piece.aside));
        }
        if self.renderer.keeps() == Keeps::Everything {
            self.pieces.push(piece);
            return String::new();
        }
        self.join(piece.text)
    }

    /// The next article, of which there is nothing but why it was left out: its own problems, and those of
    /// its fact sheets, which are told elsewhere as well.
    pub fn left_out(&mut self, path: &str, own: Vec<Remark>, of_sheets: &[Remark]) -> String {
        self.tally += Tally::skipped();
        let text = self.renderer.left_out(path, &[own.as_slice(), of_sheets].concat());
        if self.renderer.keeps() >= Keeps::Remarks {
            self.skipped.push(path.to_owned());
            self.remarks.extend(own);
        }
        self.join(text)
    }

    /// A note or a problem.
    pub fn remark(&mut self, remark: Remark) -> String {
        let text = self.renderer.remark(&remark);
        if self.renderer.keeps() >= Keeps::Remarks {
            self.remarks.push(remark);
        }
        text
    }

    /// Findings of the baseline that are not there any more.
    pub fn gone(&mut self, count: usize) {
        self.tally.gone += count;
    }

    /// `failed`: whether something could not be used, or nothing was checked that should have been.
    pub fn end(self, failed: bool) -> String {
        let Self { renderer, tally, remarks, skipped, pieces, asides, .. } = &self;
        renderer.end(&Run { tally: *tally, remarks, skipped, pieces, asides, failed })
    }

    fn join(&mut self, mut text: String) -> String {
        if text.is_empty() {
            return text;
        }
        if std::mem::replace(&mut self.joined, true) {
            text.insert_str(0, self.renderer.joint());
        }
        text
    }
}
