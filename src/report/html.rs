//! One page to read: the copy with its findings marked, beside each paragraph what was found in it and what
//! the sheet says. The page needs nothing from outside, and takes no script but its own: the policy in its
//! head names the hashes of the one style and the one script, which `build.rs` works out.

mod copy;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use self::copy::{Block, line};
use super::Tally;
use super::fingerprint;
use super::render::{Keeps, Located, Piece, Remark, RemarkKind, Renderer, Reported, Run};
use super::rule_docs::word;
use super::tally::Count;
use super::window::window;
use crate::finding::{Coverage, Severity, Trust};
use crate::rules::docs::Docs;
use crate::source::Places;

const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/page.css"));
const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/page.js"));

/// The hashes of style and script as the page's policy writes them.
const HASHES: (&str, &str) = include!(concat!(env!("OUT_DIR"), "/page_hashes.rs"));

/// See the [module](self).
pub struct Html {
    docs: Docs,
    /// Rules of which there was a finding: the page says what they are about.
    seen: Mutex<BTreeSet<Arc<str>>>,
}

impl Html {
    pub fn new(docs: Docs) -> Self {
        Self { docs, seen: Mutex::default() }
    }
}

impl Renderer for Html {
    fn article(&self, article: &Reported<'_>) -> String {
        let found: Vec<Located<'_>> = article.findings().collect();
        if found.is_empty() {
            return String::new();
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for one in &found {
            if !seen.contains(&one.finding.rule) {
                seen.insert(Arc::clone(&one.finding.rule));
            }
        }
        drop(seen);
        one_article(article, &found)
    }

    fn end(&self, run: &Run<'_>) -> String {
        let mut page = String::new();
        head(&mut page, &run.tally);
        overview(&mut page, run);
        for piece in run.pieces {
            page.push_str(&piece.text);
        }
        self.rules(&mut page);
        let _ = write!(
            page,
            "</main>\n<footer><p>Written by factlint {}.</p></footer>\n\
             <p class=\"unseen\" role=\"status\" aria-live=\"polite\"></p>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
            env!("CARGO_PKG_VERSION")
        );
        page
    }

    fn keeps(&self) -> Keeps {
        Keeps::Everything
    }
}

impl Html {
    /// What the rules that found something are about.
    fn rules(&self, page: &mut String) {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.is_empty() {
            return;
        }
        page.push_str("<section class=\"rules\" aria-labelledby=\"rules\">\n<h2 id=\"rules\">What the rules are about</h2>\n<dl>\n");
        for rule in seen.iter() {
            let doc = self.docs.get(rule);
            let title = doc.map_or("", |doc| doc.title.as_str());
            let _ = writeln!(page, "<dt id=\"r-{0}\"><code>{0}</code> {1}</dt>", line(rule), line(title));
            let texts = doc.map(|doc| [&doc.finds, &doc.why]).into_iter().flatten().flatten();
            for text in texts {
                let _ = writeln!(page, "<dd>{}</dd>", line(text.trim()));
            }
        }
        page.push_str("</dl>\n</section>\n");
    }
}

fn head(page: &mut String, tally: &Tally) {
    let (style, script) = HASHES;
    let title = format!("{} in {}", counts(tally), Count(tally.articles, "article"));
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{style}'; \
         script-src '{script}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>factlint: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#copy\">To the copy</a>\n<header class=\"top\">\n<h1>{title}</h1>\n"
    );
    let Coverage { names, dates, figures, uncovered, .. } = tally.coverage;
    let _ = write!(
        page,
        "<p class=\"sum\">{}, {}, {} checked; {} no fact covers{}{}.</p>\n</header>\n",
        Count(names, "name"),
        Count(dates, "date"),
        Count(figures, "figure"),
        Count(uncovered, "figure"),
        if tally.skipped > 0 {
            format!("; {} left out", Count(tally.skipped, "article"))
        } else {
            String::new()
        },
        tally.untold()
    );
    // Shown by the script, without which it does nothing.
    page.push_str("<div class=\"tools\" role=\"region\" aria-label=\"Filter and steps\" hidden><div>\n<fieldset><legend class=\"unseen\">Show</legend>\n");
    for (severity, name, count) in [
        ("error", "Errors", tally.errors),
        ("warning", "Warnings", tally.warnings),
        ("info", "Information", tally.infos),
    ] {
        let _ = writeln!(
            page,
            "<label><input type=\"checkbox\" data-severity=\"{severity}\" checked> {name} ({count})</label>"
        );
    }
    page.push_str(
        "</fieldset>\n<label><input type=\"checkbox\" data-keys checked> <span>Keys <kbd>n</kbd> <kbd>p</kbd></span></label>\n\
         <span class=\"steps\"><span class=\"at\"></span> <button type=\"button\" data-step=\"-1\">Previous</button> \
         <button type=\"button\" data-step=\"1\">Next</button></span>\n</div></div>\n<main id=\"copy\" tabindex=\"-1\">\n",
    );
}

/// The articles, and what could not be used.
fn overview(page: &mut String, run: &Run<'_>) {
    let told: Vec<&Remark> = run.remarks.iter().filter(|remark| remark.kind != RemarkKind::Note).collect();
    if !told.is_empty() {
        page.push_str("<section class=\"problems\" aria-labelledby=\"problems\">\n<h2 id=\"problems\">Problems with files</h2>\n<ul>\n");
        for remark in told {
            let place =
                remark.place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
            let _ = writeln!(
                page,
                "<li><b>{}</b> <code>{}{place}</code>: {}</li>",
                if remark.kind == RemarkKind::Error { "Error" } else { "Warning" },
                line(remark.path.as_deref().unwrap_or_default()),
                line(&remark.to_string())
            );
        }
        page.push_str("</ul>\n</section>\n");
    }
    let (clean, found): (Vec<&Piece>, Vec<&Piece>) =
        run.pieces.iter().partition(|piece| piece.text.is_empty());
    page.push_str("<nav class=\"overview\" aria-label=\"Articles\">\n");
    if !found.is_empty() {
        page.push_str("<ul>\n");
        for piece in found {
            let id = article_id(&piece.path);
            let _ = writeln!(
                page,
                "<li data-of=\"{id}\"><a href=\"#{id}\">{}</a> <span class=\"count\">{}</span></li>",
                line(&piece.path),
                counts(&piece.tally)
            );
        }
        page.push_str("</ul>\n");
    }
    if !clean.is_empty() {
        let _ = writeln!(
            page,
            "<details><summary>Nothing found in {}</summary>\n<ul>",
            Count(clean.len(), "article")
        );
        for piece in clean {
            let Coverage { names, dates, figures, .. } = piece.tally.coverage;
            let _ = writeln!(
                page,
                "<li>{} <span class=\"count\">{}, {}, {} checked</span></li>",
                line(&piece.path),
                Count(names, "name"),
                Count(dates, "date"),
                Count(figures, "figure")
            );
        }
        page.push_str("</ul>\n</details>\n");
    }
    page.push_str("</nav>\n");
}

fn one_article(article: &Reported<'_>, found: &[Located<'_>]) -> String {
    let source = article.source();
    let id = article_id(&source.path);
    let Coverage { names, dates, figures, uncovered, .. } = article.checked.coverage;
    let mut out = format!(
        "<article class=\"article\" id=\"{id}\" aria-labelledby=\"{id}-name\">\n<header>\n<h2 id=\"{id}-name\">{}</h2>\n\
         <p>{}. {}, {}, {} checked; {} no fact covers.</p>\n",
        line(&source.path),
        counts(&article.tally()),
        Count(names, "name"),
        Count(dates, "date"),
        Count(figures, "figure"),
        Count(uncovered, "figure")
    );
    // A sidecar is no copy: nothing says its language, and it is held against no facts.
    if !article.language.is_empty() {
        let _ = write!(out, "<p>Language <code>{}</code>", line(article.language));
        if let Some(day) = article.checked.reference {
            let _ = write!(out, ", dates read from {day}");
        }
        let sheets: Vec<String> =
            article.sheets.iter().map(|sheet| format!("<code>{}</code>", line(sheet))).collect();
        let _ = writeln!(out, ", facts of {}</p>", sheets.join(", "));
    }
    for note in &article.checked.notes {
        let _ = writeln!(out, "<p>Note: {}</p>", line(note));
    }
    out.push_str("</header>\n");
    let mut places = Places::new(source);
    for block in copy::blocks(&source.text, article.article.body.start, found) {
        match block {
            Block::LeftOut(count) => {
                let _ = writeln!(
                    out,
                    "<div class=\"row\"><p class=\"copy left-out\">[… {} without a finding …]</p></div>",
                    Count(count, "paragraph")
                );
            }
            Block::Shown { text, findings } => {
                let kind = match source.text.get(text.start..) {
                    _ if text.start < article.article.body.start => " front",
                    Some(rest) if rest.starts_with('#') => " title",
                    _ => "",
                };
                let _ = write!(
                    out,
                    "<div class=\"row\"><div class=\"copy{kind}\" data-line=\"{}\" lang=\"{}\" dir=\"auto\">",
                    places.place(text.start).line,
                    line(article.language)
                );
                let number = findings.start + 1;
                let found = found.get(findings).unwrap_or_default();
                copy::marked(&mut out, &source.text, text, found, number);
                out.push_str("</div>");
                if !found.is_empty() {
                    out.push_str("\n<ol class=\"notes\">\n");
                    for (index, one) in found.iter().enumerate() {
                        note(&mut out, one, number + index);
                    }
                    out.push_str("</ol>");
                }
                out.push_str("</div>\n");
            }
        }
    }
    out.push_str("</article>\n");
    out
}

/// What was found, and what the sheet says.
fn note(out: &mut String, found: &Located<'_>, number: usize) {
    let finding = found.finding;
    let severity = word(&finding.severity);
    let name = match finding.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info | Severity::Off => "Information",
    };
    let (message, rule) = (line(&finding.message), line(&finding.rule));
    let _ = write!(
        out,
        "<li class=\"note {severity}\" id=\"f-{0}\" data-severity=\"{severity}\" data-said=\"{name}, line {1}: {message}\">\n\
         <h3><b>{name} {number}</b> · <a href=\"#m-f-{0}\">line {1}, column {2}</a> · <a href=\"#r-{rule}\"><code>{rule}</code></a></h3>\n\
         <p class=\"message\">{message}</p>\n",
        found.fingerprint, found.start.line, found.start.column
    );
    for note in &finding.notes {
        let _ = writeln!(out, "<p>{}</p>", line(note));
    }
    // Most messages say it themselves.
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !finding.message.contains(&fix.replacement)) {
        let how = if fix.trust == Trust::Safe { "Write" } else { "Perhaps" };
        let _ = writeln!(out, "<p>{how} <b>{}</b></p>", line(&fix.replacement));
    }
    if let Some((fact, place, _)) = found.fact {
        let shown = window(&fact.sheet.text, fact.span.clone());
        let cut = |from: usize, to: usize| {
            let part = shown.text.get(from..to).unwrap_or_default();
            part.split('\n').map(line).collect::<Vec<_>>().join("\n")
        };
        let _ = write!(
            out,
            "<p class=\"place\">{} in {}:{}</p>\n<pre>{}<b>{}</b>{}</pre>\n",
            line(&fact.id),
            line(&fact.sheet.path),
            place.line,
            cut(0, shown.span.start).trim_start(),
            cut(shown.span.start, shown.span.end),
            cut(shown.span.end, shown.text.len())
        );
    }
    out.push_str("</li>\n");
}

/// `2 errors, 1 warning`.
fn counts(tally: &Tally) -> String {
    let mut out = format!("{}, {}", Count(tally.errors, "error"), Count(tally.warnings, "warning"));
    if tally.infos > 0 {
        let _ = write!(out, ", {} for information", tally.infos);
    }
    out
}

/// Stays the same from run to run, so that a link to an article keeps.
fn article_id(path: &str) -> String {
    format!("a-{}", fingerprint::of_text(path))
}
