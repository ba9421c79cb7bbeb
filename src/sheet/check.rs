//! What the whole of a sheet says: forms that contradict each other, figures that fall, words that are
//! missing.

use std::collections::BTreeMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::file::SheetFile;
use super::known::Known;
use super::model::{EntryKind, Figure, Form, FormKind, Member, Sheet};
use super::references::{Path, Problems};

/// Checks a compiled sheet; `whole`: it is a file of its own.
pub(super) fn check(
    file: &SheetFile,
    sheet: &Sheet,
    known: &Known,
    whole: bool,
    problems: &mut Problems<'_>,
) {
    if whole && sheet.has_no_facts() {
        problems.file("the sheet has no facts").help =
            Some("give it people, places, organizations, figures, events or lists".to_owned());
    }
    for member in &sheet.cast {
        empty_forms(member, problems);
        hidden_characters(member, problems);
        accepted_and_garbled(member, problems);
        offices(member, known, problems);
    }
    shared_full_forms(sheet, problems);
    for (index, figure) in sheet.figures.iter().enumerate() {
        let concept = file.figures.0.get(index).and_then(|(_, figure)| figure.concept.as_ref());
        if sheet.words_of(figure).is_empty() {
            figure_words(figure, concept.map(|concept| concept.range()), known, problems);
        }
        falling(figure, known, problems);
        outside_period(figure, sheet, problems);
    }
    figures_of_one_copy(sheet, problems);
    for group in &sheet.groups {
        if group.words.values().all(Vec::is_empty) && !known.groups.contains(&group.id) {
            let root = Path::root("groups");
            wordless(group.span.clone(), &root.key(&group.id), "group", &group.id, problems);
        }
    }
    for (event, (_, file)) in sheet.events.iter().zip(&file.events.0) {
        let root = Path::root("events");
        let path = root.key(&event.id);
        if !known.event_types.contains(&event.event_type) && event.words.is_empty() {
            wordless(file.event_type.range(), &path.key("type"), "event type", &event.event_type, problems);
        }
        if let Some(office) = &file.office
            && !known.offices.contains(office.as_str())
            && event.words.is_empty()
        {
            wordless(office.range(), &path.key("office"), "office", office, problems);
        }
    }
    for (list, (_, file)) in sheet.lists.iter().zip(&file.lists.0) {
        if !known.lists.contains(&list.concept) && list.words.is_empty() {
            let root = Path::root("lists");
            let path = root.key(&list.id);
            wordless(file.concept.range(), &path.key("concept"), "list concept", &list.concept, problems);
        }
    }
    words_without_text(sheet, problems);
}

fn section(member: &Member) -> Path<'static> {
    use super::model::Kind;
    Path::root(match member.kind {
        Kind::Person => "people",
        Kind::Place => "places",
        Kind::Organization => "organizations",
    })
}

fn wordless(
    span: std::ops::Range<usize>,
    path: &Path<'_>,
    what: &str,
    id: &str,
    problems: &mut Problems<'_>,
) {
    let message = format!("neither the rules nor this sheet have words for the {what} `{id}`");
    problems.warning(span, path, message).help = Some("what it holds counts as not covered".to_owned());
}

fn empty_forms(member: &Member, problems: &mut Problems<'_>) {
    for form in member.forms.iter().filter(|form| !form.text.chars().any(char::is_alphanumeric)) {
        let message = if form.text.is_empty() { "an empty form" } else { "a form without letters" };
        problems.error(form.span.clone(), &section(member).key(&member.id), message);
    }
}

/// Characters that nobody sees and that keep a form from ever being found in copy.
fn hidden_characters(member: &Member, problems: &mut Problems<'_>) {
    for form in &member.forms {
        let hidden = form.text.chars().find(|c| {
            matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'
                | '\u{2066}'..='\u{2069}' | '\u{feff}')
                || c.is_control()
        });
        if let Some(c) = hidden {
            let message = format!("the form holds an invisible character, U+{:04X}", u32::from(c));
            problems.warning(form.span.clone(), &section(member).key(&member.id), message).help =
                Some("type the form anew".to_owned());
        }
    }
}

/// A form as it is compared: NFC, lower case.
fn folded(form: &Form) -> String {
    if form.text.is_ascii() {
        return form.text.to_ascii_lowercase();
    }
    if is_nfc_quick(form.text.chars()) == IsNormalized::Yes {
        return form.text.to_lowercase();
    }
    form.text.nfc().flat_map(char::to_lowercase).collect()
}

fn accepted_and_garbled(member: &Member, problems: &mut Problems<'_>) {
    for garbled in member.forms.iter().filter(|form| form.kind == FormKind::Garbled) {
        let key = folded(garbled);
        let accepted = member.forms.iter().find(|form| form.kind != FormKind::Garbled && folded(form) == key);
        if let Some(accepted) = accepted {
            let message = format!("`{}` is both accepted and garbled", garbled.text);
            problems
                .error(garbled.span.clone(), &section(member).key(&member.id).key("garbled"), message)
                .other = Some((accepted.span.clone(), "it is accepted here".to_owned()));
        }
    }
}

fn offices(member: &Member, known: &Known, problems: &mut Problems<'_>) {
    let root = section(member);
    let path = root.key(&member.id);
    let roles = path.key("roles");
    for (index, role) in member.roles.iter().enumerate() {
        if !known.offices.contains(&role.office) {
            wordless(role.span.clone(), &roles.index(index).key("office"), "office", &role.office, problems);
        }
    }
    let states = path.key("states");
    for (index, state) in member.states.iter().enumerate() {
        if !known.states.is_empty() && !known.states.contains(&state.state) {
            wordless(state.span.clone(), &states.index(index).key("state"), "state", &state.state, problems);
        }
    }
}

/// One full form for two members, where both are right in one language. One family name for two is fine.
fn shared_full_forms(sheet: &Sheet, problems: &mut Problems<'_>) {
    let mut seen: BTreeMap<String, Vec<(usize, &Form)>> = BTreeMap::new();
    for (number, member) in sheet.cast.iter().enumerate() {
        for form in member.forms.iter().filter(|form| form.kind == FormKind::Full && !form.text.is_empty()) {
            let others = seen.entry(folded(form)).or_default();
            let first = others.iter().find(|(other, seen)| *other != number && one_language(seen, form));
            let told = others.iter().any(|(other, _)| *other == number);
            if let (Some((other, first)), false) = (first, told) {
                let other = sheet.cast.get(*other).map(|member| member.id.as_str()).unwrap_or_default();
                let message = format!("`{}` is the full form of `{other}` and of `{}`", form.text, member.id);
                let problem = problems.error(form.span.clone(), &section(member).key(&member.id), message);
                problem.other = Some((first.span.clone(), format!("that of `{other}`")));
                problem.help = Some("give one of them a longer name".to_owned());
            }
            // Of a form that hundreds share, the first few say it all.
            if others.len() < 8 {
                others.push((number, form));
            }
        }
    }
}

fn one_language(a: &Form, b: &Form) -> bool {
    match (&a.language, &b.language) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

fn figure_words(
    figure: &Figure,
    concept: Option<std::ops::Range<usize>>,
    known: &Known,
    problems: &mut Problems<'_>,
) {
    if known.concepts.contains(&figure.concept) {
        return;
    }
    let root = Path::root("figures");
    let path = root.key(&figure.id);
    match concept {
        Some(span) => wordless(span, &path.key("concept"), "concept", &figure.concept, problems),
        None => wordless(figure.span.clone(), &path, "concept", &figure.concept, problems),
    }
}

/// Two figures that answer to the same copy: a number that tells of the one tells of the other as well, and is
/// tied to neither.
fn figures_of_one_copy(sheet: &Sheet, problems: &mut Problems<'_>) {
    let tells_apart = |figure: &Figure| {
        !figure.words.is_empty() || !figure.when.is_empty() || figure.event.is_some() || figure.constant
    };
    for figure in sheet.figures.iter().filter(|figure| figure.places.len() > 1 && !figure.place_is_default) {
        let is_inside = |other: &&Figure| {
            other.id != figure.id
                && (&other.concept, &other.groups, other.together)
                    == (&figure.concept, &figure.groups, figure.together)
                && (&other.by, &other.part_of) == (&figure.by, &figure.part_of)
                && other.places.len() < figure.places.len()
                && !other.places.is_empty()
                && other.places.iter().all(|place| figure.places.contains(place))
                && !tells_apart(other)
        };
        let Some(other) = sheet.figures.iter().find(is_inside).filter(|_| !tells_apart(figure)) else {
            continue;
        };
        let message =
            format!("`{}` and `{}` answer to the same copy, so that neither is checked", figure.id, other.id);
        let root = Path::root("figures");
        let problem = problems.warning(figure.span.clone(), &root.key(&figure.id).key("where"), message);
        problem.other = Some((other.span.clone(), "it is of one of these places".to_owned()));
        problem.help =
            Some("several places are any of them; leave `where` out for the sum of all".to_owned());
    }
}

/// A toll that falls within one source was probably mistyped, or taken back.
fn falling(figure: &Figure, known: &Known, problems: &mut Problems<'_>) {
    if !known.rising.contains(&figure.concept) {
        return;
    }
    let stands = |entry: &&super::model::Entry| entry.kind == EntryKind::Told && !entry.disputed;
    let mut last: BTreeMap<Option<&str>, &super::model::Entry> = BTreeMap::new();
    for entry in figure.series.iter().filter(stands) {
        if let Some(before) = last.get(&entry.source.as_deref())
            && before.retracted.is_none()
            && before.as_of < entry.as_of
            && entry.value.interval.high < before.value.interval.low
        {
            let message =
                format!("`{}` falls from {} to {}", figure.concept, before.value.text, entry.value.text);
            let root = Path::root("figures");
            let problem = problems.warning(entry.span.clone(), &root.key(&figure.id).key("series"), message);
            problem.other = Some((before.span.clone(), "the earlier value is here".to_owned()));
            problem.help = Some(
                "was the earlier value taken back (`retracted`), or is it of another `source`?".to_owned(),
            );
        }
        last.insert(entry.source.as_deref(), entry);
    }
}

fn outside_period(figure: &Figure, sheet: &Sheet, problems: &mut Problems<'_>) {
    let Some((from, to)) = sheet.period else { return };
    if figure.constant {
        return;
    }
    for entry in &figure.series {
        if let Some(day) = entry.as_of
            && (day < from || day > to)
        {
            let root = Path::root("figures");
            let message = format!("the value of {day} lies outside of the period, {from} to {to}");
            problems.warning(entry.span.clone(), &root.key(&figure.id).key("series"), message).help =
                Some("history is marked `constant: true`".to_owned());
        }
    }
}

/// Empty words tie every clause; the sheet cannot mean that.
fn words_without_text(sheet: &Sheet, problems: &mut Problems<'_>) {
    let is_empty = |word: &String| !word.chars().any(char::is_alphanumeric);
    let figures = sheet
        .figures
        .iter()
        .map(|figure| ("figures", &figure.id, &figure.span, [&figure.words, &figure.when]));
    let events =
        sheet.events.iter().map(|event| ("events", &event.id, &event.span, [&event.words, &event.when]));
    let groups =
        sheet.groups.iter().map(|group| ("groups", &group.id, &group.span, [&group.words, &group.words]));
    let lists = sheet.lists.iter().map(|list| ("lists", &list.id, &list.span, [&list.words, &list.words]));
    for (section, id, span, tables) in figures.chain(events).chain(groups).chain(lists) {
        if tables.iter().flat_map(|words| words.values()).flatten().any(is_empty) {
            problems.error(span.clone(), &Path::root(section).key(id).key("words"), "a word without letters");
        }
    }
}
