//! Judges the names of an article: garbled, foreign, or written in two scripts.

use super::correction;
use super::mention::NameMention;
use super::standing::Standing;
use crate::checks::case::{Case, Draft, Read, Reporter};
use crate::finding::{Severity, Trust, Verdict};
use crate::language::Marker;
use crate::reading::lexer::TokenKind;
use crate::reading::scan::Scan;
use crate::reading::vocabulary::{Script, Shape, strip_diacritics};
use crate::rules::Check;
use crate::sheet::model::{Form, Member, Span};
use crate::sheet::{FormKind, Kind, MemberId, Sheet};

/// Reports every name whose form is not right in the article's language.
pub fn check(case: &Case<'_>, reporter: &mut Reporter<'_>) {
    for mention in case.names {
        let (check, verdict) = match mention.standing {
            Standing::Garbled => (Check::NameGarbled, Verdict::Garbled),
            Standing::Foreign => (Check::NameForeign, Verdict::Foreign),
            Standing::Licensed | Standing::Unjudged => continue,
        };
        if case.kind_of(mention.member) == Some(Kind::Place) && is_end_of_foreign_name(case, mention) {
            continue;
        }
        if let Some(draft) = draft_of(case, mention, check, verdict) {
            reporter.report(draft);
        }
    }
}

/// "Banco do Brasil", "Universidade de Brasília": a small word of no language that the copy is in joins the place
/// to a capital that nobody knows, so that it is a part of that name and spelled as its owner does.
fn is_end_of_foreign_name(case: &Case<'_>, mention: &NameMention) -> bool {
    const LONGEST_PARTICLE: usize = 3;
    let scan = case.read.scan;
    let Some(particle) = mention.tokens.start.checked_sub(1) else { return false };
    let is_particle =
        scan.word(particle).is_some_and(|word| word.kind == TokenKind::Word && word.shape == Shape::Lower)
            && scan.raw(particle).chars().count() <= LONGEST_PARTICLE
            && !scan.is_article(particle)
            && !scan.is_marked(particle, &[Marker::Function, Marker::Link, Marker::Preposition, Marker::And]);
    is_particle && particle.checked_sub(1).is_some_and(|head| scan.is_unknown_capital(head))
}

/// What is to be told of a name that is not right here. `None`: what should stand there does.
pub(in crate::checks) fn draft_of<'a>(
    case: &Case<'a>,
    mention: &NameMention,
    check: Check,
    verdict: Verdict,
) -> Option<Draft<'a>> {
    let scan = case.read.scan;
    let member = case.sheet.cast.get(mention.member.0 as usize)?;
    let right = right_form(case.sheet, mention.member, mention, &scan.language.pack.language, scan)?;
    let written = scan.text.get(mention.span.clone()).unwrap_or("");
    if written == right.text
        || strip_diacritics(&written.to_lowercase()) == strip_diacritics(&right.text.to_lowercase())
    {
        return None;
    }
    let mut draft = Draft::new(check, verdict, mention.span.clone());
    draft.fix = correction::of_name(case, mention, &right.text);
    draft.values = vec![
        ("name", right.text.clone()),
        ("language", scan.language.pack.name.clone()),
        ("fact", fact_id(member)),
    ];
    draft.expected = Some(right.text);
    if mention.doubtful {
        draft.at_most = Severity::Warning;
        draft.notes.push(match member.kind {
            Kind::Person => "it may be somebody else of the family".to_owned(),
            _ => "the copy has the right form nowhere: it may be another place".to_owned(),
        });
    }
    draft.fact = Some((fact_id(member), right.span));
    Some(draft)
}

/// Where the sheet keeps a member: `people.tokayev`.
pub fn fact_id(member: &Member) -> String {
    let section = match member.kind {
        Kind::Person => "people",
        Kind::Place => "places",
        Kind::Organization => "organizations",
    };
    format!("{section}.{}", member.id)
}

/// The form that is right somewhere, and its place in the sheet.
pub(super) struct Right {
    pub(super) text: String,
    pub(super) span: Span,
}

/// The form that house style wants where the mention stands: as much of the name as the copy gives.
pub(super) fn right_form(
    sheet: &Sheet,
    id: MemberId,
    mention: &NameMention,
    language: &str,
    scan: &Scan<'_>,
) -> Option<Right> {
    let member = sheet.cast.get(id.0 as usize)?;
    if mention.kind != FormKind::Abbreviation
        && let Some(entry) = member.known
        && !super::world::has_own(sheet, member, FormKind::Full, language)
        && let Some(text) = scan.language.gazetteer.preferred(entry)
    {
        return Some(Right { text: text.to_owned(), span: member.span.clone() });
    }
    let wants_abbreviation = mention.kind == FormKind::Abbreviation;
    let of_language = |form: &&Form| form.language.as_deref() == Some(language);
    let unmarked = |form: &&Form| form.language.is_none() && !form.anywhere;
    let kind = |form: &&Form| {
        if wants_abbreviation { form.kind == FormKind::Abbreviation } else { form.kind == FormKind::Full }
    };
    let find = |kind: &dyn Fn(&&Form) -> bool| {
        member
            .forms
            .iter()
            .filter(kind)
            .find(of_language)
            .or_else(|| member.forms.iter().filter(kind).find(unmarked))
    };
    let form = find(&kind).or_else(|| find(&|form| form.kind == FormKind::Full))?;
    // A garbled form that the sheet lists may be a whole name or a part of one.
    let is_listed_whole = mention.kind == FormKind::Garbled && mention.tokens.len() > 1;
    let text = match (&form.family, mention.full || is_listed_whole || member.kind != Kind::Person) {
        (Some(family), false) => form.text.get(family.clone()).unwrap_or(&form.text),
        (None, false) if form.kind == FormKind::Full => form.text.rsplit(' ').next().unwrap_or(&form.text),
        _ => &form.text,
    };
    let is_upper = mention.kind != FormKind::Abbreviation
        && mention
            .tokens
            .clone()
            .filter_map(|at| scan.word(at))
            .all(|word| word.kind == TokenKind::Symbol || matches!(word.shape, Shape::Upper));
    let text = if is_upper { text.to_uppercase() } else { text.to_owned() };
    Some(Right { text, span: form.span.clone() })
}

/// Reports words whose letters are of two scripts though they look like one.
pub fn check_scripts(read: &Read<'_>, reporter: &mut Reporter<'_>) {
    let scan = read.scan;
    for (at, token) in scan.tokens.iter().enumerate() {
        if token.kind != TokenKind::Word {
            continue;
        }
        let word = scan.vocabulary.word(token.word);
        if !word.mixed_scripts || token.end - token.start < 4 {
            continue;
        }
        let folded = scan.folded(at);
        // Where the stray letters are no look-alikes the mixture is meant: a brand with an ending.
        let scripts = |text: &str| text.chars().map(Script::of).collect::<Vec<_>>();
        let first = scripts(folded);
        if first.windows(2).any(|pair| pair[0] != pair[1]) {
            continue;
        }
        let raw = scan.raw(at);
        let expected = in_one_script(raw, folded).unwrap_or_else(|| match word.shape {
            Shape::Capital => capitalised(folded),
            Shape::Upper => folded.to_uppercase(),
            _ => folded.to_owned(),
        });
        // Copy in one script has words of another only where it means them.
        let is_own =
            Script::of_text(folded) == scan.language.script() && in_one_script(raw, folded).is_some();
        let trust = if is_own { Trust::Safe } else { Trust::Unsafe };
        let mut draft = Draft::new(Check::NameMixedScript, Verdict::Garbled, token.range());
        draft.values = vec![("name", expected.clone()), ("language", scan.language.pack.name.clone())];
        draft.fix = super::correction::of_tokens(read, &(at..at + 1), raw, &expected, trust);
        draft.expected = Some(expected);
        reporter.report(draft);
    }
}

/// A word with only its stray letters changed; `None` where its letters are not those of the folded word.
fn in_one_script(raw: &str, folded: &str) -> Option<String> {
    let is_even = raw.chars().count() == folded.chars().count();
    let letters = raw.chars().zip(folded.chars()).map(|(own, plain)| {
        let is_own = !own.is_alphabetic() || own.to_lowercase().eq(std::iter::once(plain));
        match own.is_uppercase() {
            _ if is_own => own,
            true => plain.to_uppercase().next().unwrap_or(plain),
            false => plain,
        }
    });
    is_even.then(|| letters.collect())
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
