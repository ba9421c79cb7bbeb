//! How `factlint check` treats each article of a run: what it leaves out, what it fixes, how it is rendered.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use factlint::article::Article;
use factlint::config::{Config, FailOn};
use factlint::engine::{Checked, Scratches};
use factlint::finding::{Finding, Severity};
use factlint::fix::{Fixed, may_be_meant};
use factlint::problem::{Problem, Weight};
use factlint::report::Renderer;
use factlint::report::junit::Junit;
use factlint::report::render::{Piece, Remark, Reported};
use factlint::source::Source;
use factlint::suppress::entries::Entries;

use super::args::Format;
use super::changed::Changed;
use super::fix::Fixing;
use super::folders::MOST;
use super::inputs::{Input, Location};
use super::judged::{Judged, judge, judge_with};
use super::ledger::{Gone, Ledgers};
use super::needless::OfConfig;
use super::run::Run;
use super::teller::{Done, Teller};
use super::verbose::account;
use super::which_sheet::no_sheet;

/// What holds for every article of a run.
pub(crate) struct Manner<'a> {
    pub(crate) renderer: &'a dyn Renderer,
    pub(crate) ledgers: &'a Ledgers,
    pub(crate) changed: Option<&'a Changed>,
    pub(crate) fixing: Option<&'a Fixing>,
    pub(crate) format: Format,
    /// The flag beats the configs.
    pub(crate) fail_on: Option<FailOn>,
    pub(crate) require_facts: bool,
    pub(crate) verbose: bool,
}

/// A sidecar as it was and as it is mended.
struct Mended {
    file: PathBuf,
    old: Arc<Source>,
    new: Arc<Source>,
    count: usize,
}

impl Manner<'_> {
    /// Takes out what the baseline has, and what does not touch a changed line where that is asked for. Returns what
    /// the baseline has and was not found. `old` is the sidecar as it is on disk, where it is another by now.
    fn leave_out(&self, input: &Input, judged: &mut Judged<'_>, old: Option<&Source>) -> Vec<Gone> {
        let ledger = self.ledgers.of(input);
        let gone = ledger.map(|ledger| ledger.take(input, judged)).unwrap_or_default();
        if let (Some(changed), Location::File(file)) = (self.changed, &input.place) {
            if let (Some(checked), Some(article)) = (&mut judged.checked, &judged.ready.article) {
                match old {
                    // They were counted when they were left out first.
                    Some(_) => {
                        changed.keep_in_fixed(&mut checked.findings, file, &article.source, &article.source);
                    }
                    None => changed.keep(&mut checked.findings, file, &article.source),
                }
            }
            if let Some(sidecar) = &mut judged.sidecar {
                let (findings, new) = (&mut sidecar.checked.findings, &sidecar.article.source);
                match old {
                    Some(old) => changed.keep_in_fixed(findings, &sidecar.file, new, old),
                    None => changed.keep(findings, &sidecar.file, new),
                }
            }
        }
        gone
    }

    /// Mends what is wrong with the entries of the sidecar, as far as that is asked for, and judges the article anew
    /// with them: what they are for is not to be fixed.
    fn mend<'r>(
        &self,
        run: &'r Run<'_>,
        input: &Input,
        judged: &mut Judged<'r>,
        scratches: &mut [Scratches],
    ) -> Result<Option<Mended>, Problem> {
        /// One entry that is put right may make another needless.
        const ROUNDS: usize = 10;
        let (Some(fixing), Location::File(_)) = (self.fixing, &input.place) else { return Ok(None) };
        let mut mended: Option<Mended> = None;
        for _ in 0..ROUNDS {
            let Some(sidecar) = &judged.sidecar else { break };
            let is_sound = |source: &Arc<Source>| Entries::read_sidecar(source).is_ok();
            let Some((new, more)) = fixing.mend(&sidecar.article, &sidecar.checked.findings, is_sound) else {
                break;
            };
            let (file, entries) = (sidecar.file.clone(), Entries::read_sidecar(&new)?);
            let beside = Ok(Some((file.clone(), entries)));
            let (old, count) = match mended.take() {
                Some(mended) => (mended.old, mended.count),
                None => (Arc::clone(&sidecar.article.source), 0),
            };
            if let Some(mut next) = judge_with(run, input, beside, scratches) {
                self.leave_out(input, &mut next, Some(&old));
                *judged = next;
            }
            mended = Some(Mended { file, old, new, count: count + more });
        }
        if let Some(Mended { file, old, new, .. }) = &mended {
            fixing.write(file, old, new)?;
        }
        Ok(mended)
    }

    /// The article with its fixes, where there are any and they are asked for. What is not told is not fixed.
    fn fix(
        &self,
        run: &Run<'_>,
        input: &Input,
        judged: &Judged<'_>,
        scratches: &mut [Scratches],
    ) -> Result<Option<Fixed>, Problem> {
        let (Some(fixing), Some(article), Some(checked)) =
            (self.fixing, &judged.ready.article, &judged.checked)
        else {
            return Ok(None);
        };
        if judged.is_sidecar_lost {
            return Ok(None);
        }
        let beside = judged.sidecar.as_ref().map_or(&[][..], |sidecar| &sidecar.checked.findings);
        fixing.fix(input, article, checked, beside, |fixed: &Article| {
            let mut checked = judged.again(run, fixed, scratches);
            if let Some(ledger) = self.ledgers.of(input) {
                ledger.take_from(input, fixed, &mut checked);
            }
            if let (Some(changed), Location::File(file)) = (self.changed, &input.place) {
                changed.keep_in_fixed(&mut checked.findings, file, &fixed.source, &article.source);
            }
            checked
        })
    }

    /// What a run fails by.
    fn threshold(&self, of_config: Option<FailOn>) -> Option<Severity> {
        self.fail_on.or(of_config).unwrap_or(FailOn::Error).threshold()
    }

    fn shows_fixes(&self) -> bool {
        self.fixing.is_some_and(Fixing::is_shown)
    }

    /// The piece of a report that a file of suppressions is, in which something is wrong. It is told as copy is, and
    /// is no copy.
    fn piece_beside(&self, article: &Article, checked: &Checked, fails_by: Option<Severity>) -> Piece {
        let own = Junit { threshold: fails_by, error: None };
        let renderer: &dyn Renderer = if self.format == Format::Junit { &own } else { self.renderer };
        let mut piece = Reported { article, language: "", sheets: &[], checked }.piece(renderer);
        piece.tally.articles = 0;
        piece
    }
}

/// Tells what is wrong with the entries of a config, or mends it.
pub(crate) fn tell_config(
    of_config: OfConfig,
    manner: &Manner<'_>,
    teller: &mut Teller<'_>,
) -> io::Result<()> {
    let OfConfig { found, article, mut checked, is_whole } = of_config;
    let file = found.file();
    let ledger = manner.ledgers.of_config(&found);
    let gone = ledger.map(|ledger| ledger.take_of_config(&found, &article, &mut checked));
    // What could not be told of is not gone, unless the entry itself is.
    let is_gone = |gone: &Gone| is_whole || !article.source.text.contains(&gone.entry.text);
    let gone: Vec<Gone> = gone.into_iter().flatten().filter(is_gone).collect();
    let gone_from = ledger.filter(|_| !gone.is_empty()).map(|ledger| ledger.path.clone());
    if let Some(changed) = manner.changed {
        changed.keep(&mut checked.findings, &file, &article.source);
    }
    let (mut fixed, mut diff) = (0, None);
    if let Some(fixing) = manner.fixing
        && let Some((new, count)) =
            fixing.mend(&article, &checked.findings, |source| Config::read(source).is_ok())
    {
        match fixing.write(&file, &article.source, &new) {
            Ok(()) => {
                checked.findings.retain(|finding| !fixing.takes(finding));
                (fixed, diff) = (count, fixing.diff(&article.source, &new));
            }
            Err(problem) => teller.streams.problem(&problem),
        }
    }
    if checked.findings.is_empty() && checked.silenced.is_empty() && fixed == 0 && gone.is_empty() {
        return Ok(());
    }
    let threshold = manner.threshold(found.config.fail_on.as_ref().map(|fail_on| fail_on.value));
    let mut piece = manner.piece_beside(&article, &checked, threshold);
    piece.tally.fixed = fixed;
    if checked.findings.is_empty() || manner.shows_fixes() {
        piece.text = diff.unwrap_or_default();
    }
    let fails = threshold.is_some_and(|severity| piece.tally.reaches(severity));
    teller.tell_config(piece, gone, gone_from, fails)
}

/// Checks one article and renders it, fixed where that is asked for.
pub(crate) fn check<'r>(
    run: &'r Run<'_>,
    input: &Input,
    manner: &Manner<'_>,
    scratches: &mut [Scratches],
) -> Option<Done<'r>> {
    let mut judged = judge(run, input, scratches)?;
    let gone = manner.leave_out(input, &mut judged, None);
    let gone_from = manner.ledgers.of(input).filter(|_| !gone.is_empty()).map(|ledger| ledger.path.clone());
    let (mended, unmended) = match manner.mend(run, input, &mut judged, scratches) {
        Ok(mended) => (mended, None),
        Err(problem) => {
            // It is as it was, and so is what it says.
            judged = judge(run, input, scratches)?;
            manner.leave_out(input, &mut judged, None);
            (None, Some(problem))
        }
    };
    let fixed = manner.fix(run, input, &judged, scratches);
    let Judged { ready, checked, used, sidecar, of_entries, .. } = judged;
    let path = input.shown.clone();
    let mut done = Done {
        pieces: Vec::new(),
        path,
        notes: Vec::new(),
        about_sheets: Vec::new(),
        gone,
        gone_from,
        copy: input.kept().map(<[u8]>::to_vec),
        fails: false,
        of_entries,
        is_error_told: false,
        ready,
    };
    let (Some(mut checked), Some(request)) = (checked, done.ready.request(run.settings)) else {
        return Some(done);
    };
    let (fixed, mut problem) = match fixed {
        Ok(fixed) => (fixed, unmended),
        Err(problem) => (None, Some(problem)),
    };
    let of_article = fixed.as_ref().map(|fixed| (&request.article.source, &fixed.article.source));
    let of_sidecar = mended.as_ref().map(|mended| (&mended.old, &mended.new));
    let diffs = of_article.into_iter().chain(of_sidecar);
    let diff = manner
        .fixing
        .filter(|fixing| fixing.is_shown())
        .map(|fixing| -> String { diffs.filter_map(|(old, new)| fixing.diff(old, new)).collect() });
    let count =
        fixed.as_ref().map_or(0, |fixed| fixed.count) + mended.as_ref().map_or(0, |mended| mended.count);
    let of_fixed = fixed.map(|fixed| {
        checked = fixed.checked;
        fixed.article
    });
    let held = manner.fixing.and_then(|fixing| {
        let beside = sidecar.as_ref().map_or(&[][..], |sidecar| &sidecar.checked.findings);
        let is_held =
            |finding: &&Finding| fixing.takes(finding) && may_be_meant(finding, &checked.findings, beside);
        let held = checked.findings.iter().filter(is_held).count();
        let what = if held == 1 { "1 finding is".to_owned() } else { format!("{held} findings are") };
        let message = format!("{what} not fixed: a suppression with a slip in it may be for that");
        (held > 0).then(|| Problem::of_file(done.path.as_str(), message).warning())
    });
    let article = of_fixed.as_ref().unwrap_or(request.article);
    done.copy = done.copy.map(|_| article.source.text.as_bytes().to_vec());
    if used.sheets.is_empty() {
        let mut note = no_sheet(checked.choice.as_ref(), done.ready.candidates());
        if done.ready.is_partial() {
            note.push_str(&format!(
                "; only the first {MOST} files and folders were looked through: name the sheets in factlint.yaml"
            ));
        }
        // Whatever changed is given to hooks, copy or not.
        if manner.require_facts || (done.ready.requires_facts && !run.settings.allow_nothing) {
            problem = problem.or(Some(
                Problem::of_file(done.path.as_str(), note)
                    .help("name its sheet with `facts:` in the front matter or in factlint.yaml"),
            ));
        } else {
            checked.notes.push(note);
        }
    }
    if manner.verbose {
        let account = account(run, &done.ready, &checked);
        checked.notes.push(account);
        checked.notes.extend_from_slice(&used.why);
    } else if manner.format == Format::Json && used.by_choice {
        // The one document that holds all that had to be assumed; for people it would be a note an article.
        done.about_sheets.extend_from_slice(&used.why);
    }
    let threshold = manner.threshold(done.ready.fail_on);
    let sheets: Vec<&str> = used.sheets.iter().map(String::as_str).collect();
    // The one format that says of each finding whether it fails the run, which the configs decide.
    let errors = done.ready.problems.iter().chain(&problem).filter(|problem| problem.weight == Weight::Error);
    let errors: Vec<String> = errors.map(|problem| Remark::of(problem).to_string()).collect();
    let own = Junit { threshold, error: (!errors.is_empty()).then(|| errors.join("; ")) };
    let renderer: &dyn Renderer = if manner.format == Format::Junit { &own } else { manner.renderer };
    done.is_error_told = manner.format == Format::Junit;
    let reported = Reported { article, language: request.language, sheets: &sheets, checked: &checked };
    let mut piece = reported.piece(renderer);
    piece.tally.without_sheet = usize::from(sheets.is_empty());
    piece.tally.fixed = count;
    piece.text = diff.unwrap_or(piece.text);
    done.pieces.push(piece);
    if let Some(sidecar) = sidecar.as_ref().filter(|_| !manner.shows_fixes()) {
        let mut piece = manner.piece_beside(&sidecar.article, &sidecar.checked, threshold);
        if !matches!(input.place, Location::File(_)) {
            // With the copy of standard input nothing on disk is changed.
            piece.tally.fixable = (0, 0);
        }
        done.pieces.push(piece);
    }
    done.fails =
        threshold.is_some_and(|severity| done.pieces.iter().any(|piece| piece.tally.reaches(severity)));
    done.notes = checked.notes;
    done.ready.problems.extend(problem.into_iter().chain(held));
    if used.by_choice {
        used.sheets.iter().for_each(|sheet| done.ready.chose(sheet));
    }
    Some(done)
}
