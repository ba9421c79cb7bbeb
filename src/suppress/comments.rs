//! Suppressing by comments in the copy: which finding each is for, and what is wrong with them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::directive::{self, Directive, Malformed, Named, Scope};
use super::lines::{Lines, with_its_space};
use super::{Silence, Silenced, fix, names};
use crate::article::Article;
use crate::checks::case::{Draft, Reporter};
use crate::finding::{Finding, Fix, Verdict};
use crate::rules::{Check, Levels, Ruleset};

/// Takes out of `findings`, which are in order, what comments of the article suppress, and reports what is
/// wrong with the comments. Suppressions are no matter for other suppressions.
pub(crate) fn silence(
    article: &Article,
    findings: &mut Vec<Finding>,
    reporter: &mut Reporter<'_>,
) -> Vec<Silenced> {
    let mut teller = Teller { text: &article.source.text, reporter };
    let mut comments = Comments::read(article, &mut teller);
    let mut silenced = Vec::new();
    for finding in std::mem::take(findings) {
        match comments.take(&finding) {
            Some(reason) => silenced.push(Silenced { finding, by: Silence::Comment { reason } }),
            None => findings.push(finding),
        }
    }
    for comment in &comments.all {
        comment.tell(&mut teller);
    }
    silenced
}

/// The comments that suppress something, in order.
#[derive(Default)]
struct Comments<'a> {
    all: Vec<Comment<'a>>,
    /// By the line that they are for, in order.
    lines: Vec<(Range<usize>, ByRule<'a>)>,
    /// What each block reaches over, and the index of its comment.
    blocks: Vec<(Range<usize>, usize)>,
    /// How many of the blocks have begun before the finding that is looked at.
    begun: usize,
    /// By rule those of them that may reach over it, the innermost last: where each ends, and which it is.
    around: FxHashMap<&'a str, Vec<(usize, Place)>>,
    files: ByRule<'a>,
}

/// By the rule that it names, the first comment that does.
type ByRule<'a> = FxHashMap<&'a str, Place>;

/// Which comment, and which of its rules.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    comment: usize,
    rule: usize,
}

/// One comment that suppresses something.
struct Comment<'a> {
    /// Bytes of the file.
    span: Range<usize>,
    rules: Vec<Named<'a>>,
    /// Whether each of the rules found something here.
    used: Vec<bool>,
    reason: Option<String>,
    /// It begins a block that nothing ends.
    never_ends: bool,
}

impl<'a> Comments<'a> {
    fn read(article: &'a Article, teller: &mut Teller<'_, '_>) -> Self {
        let text = &article.source.text;
        let mut comments = Self::default();
        let mut lines = Lines::new(article.file_text());
        // Indices of the blocks that are not ended yet.
        let mut open: Vec<usize> = Vec::new();
        for span in article.comments.spans() {
            let read = directive::read(text, span.clone());
            let directive = match read {
                None => continue,
                Some(_) if article.comments.are_published() => {
                    let problem = "in plain text readers see it; write it into the sidecar file";
                    teller.malformed(span.clone(), problem.to_owned(), None);
                    continue;
                }
                Some(Err(Malformed { span, problem, replacement })) => {
                    teller.malformed(span, problem, replacement.map(fix));
                    continue;
                }
                Some(Ok(directive)) => directive,
            };
            let Directive { scope, rules, reason } = directive;
            let index = comments.all.len();
            match scope {
                Scope::Line => {
                    let line = lines.of(span);
                    if comments.lines.last().is_none_or(|(last, _)| *last != line) {
                        comments.lines.push((line, ByRule::default()));
                    }
                    if let Some((_, of_line)) = comments.lines.last_mut() {
                        add(of_line, index, &rules);
                    }
                }
                Scope::Start => {
                    open.push(comments.blocks.len());
                    comments.blocks.push((span.end..text.len(), index));
                }
                Scope::File => add(&mut comments.files, index, &rules),
                Scope::End => {
                    match open.iter().rposition(|&block| comments.is_ended_by(block, &rules)) {
                        Some(at) => {
                            if let Some((block, _)) = comments.blocks.get_mut(open.remove(at)) {
                                block.end = span.start;
                            }
                        }
                        None => teller.whole(span, "it ends a block that never began"),
                    }
                    continue;
                }
            }
            let used = vec![false; rules.len()];
            comments.all.push(Comment { span: span.clone(), rules, used, reason, never_ends: false });
        }
        for block in open {
            let index = comments.blocks.get(block).map(|(_, index)| *index);
            if let Some(comment) = index.and_then(|index| comments.all.get_mut(index)) {
                comment.never_ends = true;
            }
        }
        comments
    }

    /// An end without rules ends the last block that is open, one with rules the last block of these.
    fn is_ended_by(&self, block: usize, rules: &[Named<'_>]) -> bool {
        let comment = self.blocks.get(block).and_then(|(_, index)| self.all.get(*index));
        rules.is_empty()
            || comment.is_some_and(|comment| {
                comment.rules.len() == rules.len()
                    && rules.iter().all(|end| comment.rules.iter().any(|start| start.rule == end.rule))
            })
    }

    /// Whether a finding is suppressed, and for which reason. The nearest comment has it: its line's, its
    /// block's, the file's. So a comment that another makes needless is told as unused. Findings are asked
    /// for in their order.
    fn take(&mut self, finding: &Finding) -> Option<Option<String>> {
        let at = finding.span.start;
        while let Some((block, comment)) = self.blocks.get(self.begun).filter(|(block, _)| block.start <= at)
        {
            self.begun += 1;
            for (rule, named) in
                self.all.get(*comment).into_iter().flat_map(|comment| comment.rules.iter().enumerate())
            {
                let place = Place { comment: *comment, rule };
                self.around.entry(named.rule).or_default().push((block.end, place));
            }
        }
        let behind = self.lines.partition_point(|(line, _)| line.start <= at);
        let of_line = behind.checked_sub(1).and_then(|last| self.lines.get(last));
        let class = finding.rule.split_once('/').map(|(class, _)| format!("{class}/*"));
        let names = [Some(&*finding.rule), class.as_deref()];
        let names = || names.into_iter().flatten();
        let place = of_line
            .filter(|(line, _)| at < line.end)
            .and_then(|(_, of_line)| names().filter_map(|name| of_line.get(name)).min())
            .copied()
            .or_else(|| names().filter_map(|name| innermost(self.around.get_mut(name)?, at)).max())
            .or_else(|| names().filter_map(|name| self.files.get(name)).min().copied())?;
        let comment = self.all.get_mut(place.comment)?;
        if let Some(used) = comment.used.get_mut(place.rule) {
            *used = true;
        }
        Some(comment.reason.clone())
    }
}

fn add<'a>(comments: &mut ByRule<'a>, comment: usize, rules: &[Named<'a>]) {
    for (rule, named) in rules.iter().enumerate() {
        comments.entry(named.rule).or_insert(Place { comment, rule });
    }
}

/// The innermost block around a place; those on top that have ended by then are dropped.
fn innermost(blocks: &mut Vec<(usize, Place)>, at: usize) -> Option<Place> {
    while let Some(&(end, place)) = blocks.last() {
        if at < end {
            return Some(place);
        }
        blocks.pop();
    }
    None
}

impl Comment<'_> {
    /// What is wrong with it, now that every finding was put to it.
    fn tell(&self, teller: &mut Teller<'_, '_>) {
        let (rules, levels) = (teller.reporter.rules, teller.reporter.levels);
        let is_unused = |(named, used): &(&Named<'_>, &bool)| !**used && is_heard(named.rule, rules, levels);
        let unused: Vec<usize> = self
            .rules
            .iter()
            .zip(&self.used)
            .enumerate()
            .filter(|(_, pair)| is_unused(pair))
            .map(|(index, _)| index)
            .collect();
        let ids = |indices: &[usize]| {
            let ids: Vec<&str> =
                indices.iter().filter_map(|&index| Some(self.rules.get(index)?.rule)).collect();
            ids.join(", ")
        };
        if unused.len() == self.rules.len() {
            teller.unused(with_its_space(teller.text, &self.span), &ids(&unused));
        } else {
            for &index in &unused {
                teller.unused(self.cut(index), &ids(&[index]));
            }
            if self.never_ends {
                let problem = "its block has no `factlint: ignore-end` and reaches to the end of the file";
                teller.malformed(self.span.clone(), problem.to_owned(), None);
            }
        }
        for (index, named) in self.rules.iter().enumerate() {
            if !is_known(named.rule, rules) {
                let near = nearest(named.rule, rules);
                let only = self.rules.len() == 1;
                let (span, replacement) = match &near {
                    Some(near) => (named.span.clone(), near.clone()),
                    None if only => (with_its_space(teller.text, &self.span), String::new()),
                    None => (self.cut(index), String::new()),
                };
                teller.unknown(span, named.rule, near, replacement);
            }
        }
        if self.reason.is_none() {
            let all: Vec<usize> = (0..self.rules.len()).collect();
            teller.no_reason(self.span.clone(), &ids(&all));
        }
    }

    /// One of several rules, with what parts it from the next or from the one before.
    fn cut(&self, index: usize) -> Range<usize> {
        let span = |index: usize| self.rules.get(index).map(|named| named.span.clone());
        let own = span(index).unwrap_or_default();
        match (index.checked_sub(1).and_then(span), span(index + 1)) {
            (Some(before), _) => before.end..own.end,
            (None, Some(next)) => own.start..next.start,
            (None, None) => own,
        }
    }
}

/// Whether a rule has that id, or is of that class.
pub(super) fn is_known(pattern: &str, rules: &Ruleset) -> bool {
    rules.rules.iter().any(|rule| names(pattern, &rule.id))
}

/// Whether a rule has that id, or is of that class, and what it finds is told. Of one that is off for an article it
/// cannot be said that there is nothing to suppress.
pub(crate) fn is_heard(pattern: &str, rules: &Ruleset, levels: Option<&Levels>) -> bool {
    let mut named = rules.rules.iter().filter(|rule| names(pattern, &rule.id));
    named.any(|rule| levels.is_none_or(|levels| !levels.silence(rule)))
}

/// The id or class that was probably meant.
pub(super) fn nearest(pattern: &str, rules: &Ruleset) -> Option<String> {
    match pattern.strip_suffix("/*") {
        Some(class) => {
            let classes = rules.rules.iter().filter_map(|rule| rule.id.split_once('/'));
            crate::yaml::nearest(class, classes.map(|(class, _)| class)).map(|class| format!("{class}/*"))
        }
        None => {
            crate::rules::nearest_id(pattern, rules.rules.iter().map(|rule| &*rule.id)).map(str::to_owned)
        }
    }
}

/// Reports what is wrong with suppressions. Spans are bytes of the file.
pub(super) struct Teller<'t, 'r> {
    /// The whole file.
    pub(super) text: &'t str,
    pub(super) reporter: &'t mut Reporter<'r>,
}

impl Teller<'_, '_> {
    pub(super) fn unused(&mut self, span: Range<usize>, ids: &str) {
        self.report(Check::SuppressionUnused, Verdict::Stale, span, ids.to_owned(), None, Some(fix("")));
    }

    pub(super) fn unknown(
        &mut self,
        span: Range<usize>,
        id: &str,
        near: Option<String>,
        replacement: String,
    ) {
        let check = Check::SuppressionUnknownRule;
        let said = match &near {
            Some(near) => format!("{id}; did you mean {near}?"),
            None => id.to_owned(),
        };
        self.report(check, Verdict::Wrong, span, said, near, Some(fix(replacement)));
    }

    pub(super) fn no_reason(&mut self, span: Range<usize>, ids: &str) {
        // Only who wrote it can say why; there is nothing to put in.
        self.report(Check::SuppressionNoReason, Verdict::Wrong, span, ids.to_owned(), None, None);
    }

    fn malformed(&mut self, span: Range<usize>, problem: String, fix: Option<Fix>) {
        self.report(Check::SuppressionMalformed, Verdict::Wrong, span, problem, None, fix);
    }

    /// A comment that is best taken out.
    fn whole(&mut self, span: &Range<usize>, problem: &str) {
        let span = with_its_space(self.text, span);
        self.malformed(span, problem.to_owned(), Some(fix("")));
    }

    fn report(
        &mut self,
        check: Check,
        verdict: Verdict,
        span: Range<usize>,
        context: String,
        near: Option<String>,
        fix: Option<Fix>,
    ) {
        let offset = self.reporter.offset;
        let span = span.start.saturating_sub(offset)..span.end.saturating_sub(offset);
        let values = vec![("context", context)];
        self.reporter.report(Draft { expected: near, values, fix, ..Draft::new(check, verdict, span) });
    }
}
