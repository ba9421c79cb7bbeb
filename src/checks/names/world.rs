//! What the gazetteer adds to the names of a sheet: countries and capitals are known in every language,
//! whether or not the sheet says how they are called there.

use std::ops::Range;

use super::mention::NameMention;
use super::standing::Standing;
use crate::checks::case::Read;
use crate::gazetteer::{PlaceForm, PlaceMention};
use crate::language::Sense;
use crate::language::sense::TitleWord;
use crate::reading::lexer::Gap;
use crate::reading::vocabulary::{Shape, fold_word};
use crate::sheet::{FormKind, Kind, Member, MemberId, Sheet};

/// Adds the places of the gazetteer that are members of the sheet to the names of an article, and corrects
/// those names that the gazetteer knows better: a right name in a language for which the sheet has none,
/// and a part of another name (Mexico of New Mexico).
pub fn join(names: &mut Vec<NameMention>, read: &Read<'_>, sheet: &Sheet) {
    if read.scan.language.gazetteer.is_empty() {
        return;
    }
    let language = read.scan.language.pack.language.as_str();
    for name in names.iter_mut() {
        let Some(member) = sheet.cast.get(name.member.0 as usize) else { continue };
        judge(name, member, read, sheet, language);
    }
    names.retain(|name| !is_part_of_another(name, read, sheet));
    let mut added: Vec<NameMention> = Vec::new();
    for place in read.places {
        let Some(member) = member_of(place, sheet) else { continue };
        if !overlaps(names, &place.tokens) && !is_somebodys_name(place, read, names) {
            added.push(mention(place, member));
        }
    }
    for &(at, entry) in read.foreign_countries {
        let tokens = at..at + 1;
        if let Some(member) = sheet.member_known_as(entry)
            && !overlaps(names, &tokens)
            && !has_unknown_neighbour(&tokens, read, names)
            && !super::surroundings::is_in_address(read.scan, at)
            && !is_end_of_name(read, at)
        {
            let span = span_of(read, at);
            added.push(NameMention::new(tokens, span, member, FormKind::Full, Standing::Foreign));
        }
    }
    if !added.is_empty() {
        names.append(&mut added);
        names.sort_by_key(|name| name.tokens.start);
    }
}

/// Whether the sheet itself says how a member is called in a language.
pub(super) fn has_own(sheet: &Sheet, member: &Member, kind: FormKind, language: &str) -> bool {
    member.forms.iter().any(|form| {
        form.kind == kind
            && match &form.language {
                Some(of) => of == language,
                None => sheet.language == language,
            }
    })
}

/// Where the sheet has no form of its own in the article's language, the gazetteer says what is right in it.
fn judge(name: &mut NameMention, member: &Member, read: &Read<'_>, sheet: &Sheet, language: &str) {
    let Some(entry) = member.known else { return };
    if member.kind == Kind::Person || is_listed(name, member, read) {
        return;
    }
    let is_named = place_at(read, &name.tokens).is_some_and(|place| place.is_of(entry));
    if is_named {
        // A variant that the sheet does not list is not wrong for that.
        if matches!(name.standing, Standing::Foreign | Standing::Garbled) {
            name.standing = Standing::Unjudged;
            name.doubtful = false;
        }
        return;
    }
    let is_foreign = || {
        let at = read.foreign_countries.partition_point(|(at, _)| *at < name.tokens.start);
        name.tokens.len() == 1 && read.foreign_countries.get(at) == Some(&(name.tokens.start, entry))
    };
    if name.standing == Standing::Garbled && is_foreign() {
        name.standing = Standing::Foreign;
        name.doubtful = false;
        return;
    }
    let is_name = matches!(name.kind, FormKind::Full | FormKind::Short);
    let is_right = name.standing <= Standing::Unjudged;
    // Of cities the local name is met in every language; of countries it is a slip.
    if is_name
        && is_right
        && entry.is_country()
        && !has_own(sheet, member, FormKind::Full, language)
        && !is_accepted_anywhere(name, member, read)
        && read.scan.language.gazetteer.preferred(entry).is_some()
        && !is_end_of_name(read, name.tokens.start)
    {
        name.standing = Standing::Foreign;
    }
}

/// "World Vision Syria", "ISAR Germany": bodies have their own names for where they are.
fn is_end_of_name(read: &Read<'_>, at: usize) -> bool {
    let says_what = |sense: Sense| matches!(sense, Sense::Office(_) | Sense::Title(TitleWord::Country));
    let is_behind_unknown = at.checked_sub(1).is_some_and(|before| {
        read.scan.gap(at) <= Gap::Narrow
            && read.scan.word(before).is_some_and(|word| matches!(word.shape, Shape::Capital | Shape::Mixed))
            && !read.scan.has_over(before, says_what)
            && read.places_in(&(before..at)).is_empty()
            && !read.starts_sentence(before)
    });
    is_behind_unknown || super::surroundings::is_behind_abbreviation(read.scan, at)
}

fn written<'r>(name: &NameMention, read: &Read<'r>) -> &'r str {
    read.scan.text.get(name.span.clone()).unwrap_or("")
}

/// The sheet lists this very form as garbled.
fn is_listed(name: &NameMention, member: &Member, read: &Read<'_>) -> bool {
    let folded = || fold_word(written(name, read)).folded;
    name.standing == Standing::Garbled
        && member
            .forms
            .iter()
            .filter(|form| form.kind == FormKind::Garbled)
            .any(|form| fold_word(&form.text).folded == folded())
}

fn is_accepted_anywhere(name: &NameMention, member: &Member, read: &Read<'_>) -> bool {
    let folded = fold_word(written(name, read)).folded;
    member.forms.iter().any(|form| form.anywhere && fold_word(&form.text).folded == folded)
}

/// The place of the gazetteer over just these tokens.
fn place_at<'r>(read: &Read<'r>, tokens: &Range<usize>) -> Option<&'r PlaceMention> {
    read.places_in(&(tokens.start..tokens.start + 1)).iter().find(|place| place.tokens == *tokens)
}

/// A longer name of the gazetteer goes over this one, or the word that is near a name of the sheet is
/// itself the name of something else.
fn is_part_of_another(name: &NameMention, read: &Read<'_>, sheet: &Sheet) -> bool {
    // Places do not overlap: no other can go over the name.
    let Some(place) = read.place_over(name.tokens.start) else { return false };
    let Some(member) = sheet.cast.get(name.member.0 as usize) else { return false };
    let is_same = |place: &PlaceMention| member.known.is_some_and(|entry| place.is_of(entry));
    let covers = name.tokens.end <= place.tokens.end;
    let is_longer = place.tokens.len() > name.tokens.len();
    let is_only_near =
        || matches!(name.standing, Standing::Garbled) && !place.ambiguous && !is_listed(name, member, read);
    covers && !is_same(place) && (is_longer || is_only_near())
}

pub(super) fn overlaps(names: &[NameMention], tokens: &Range<usize>) -> bool {
    let end = names.partition_point(|name| name.tokens.start < tokens.end);
    end.checked_sub(1).and_then(|last| names.get(last)).is_some_and(|name| name.tokens.end > tokens.start)
}

/// The one member of the sheet that a place is.
fn member_of(place: &PlaceMention, sheet: &Sheet) -> Option<MemberId> {
    let mut members = place.entries.iter().filter_map(|&entry| sheet.member_known_as(entry));
    let first = members.next()?;
    // Luxembourg is the country before it is the city.
    members.next().is_none().then_some(first).or_else(|| {
        let country = place.entries.iter().copied().find(|entry| entry.is_country())?;
        (place.form == PlaceForm::Name).then(|| sheet.member_known_as(country)).flatten()
    })
}

/// "Jordan Henderson": a name that is a person's too stands beside a capitalised word that nobody knows.
fn is_somebodys_name(place: &PlaceMention, read: &Read<'_>, names: &[NameMention]) -> bool {
    place.ambiguous
        && place.tokens.len() == 1
        && !read.scan.language.pack.capitalised_nouns
        && has_unknown_neighbour(&place.tokens, read, names)
}

/// A token's bytes without an ending that only marks a possessor.
pub(super) fn span_of(read: &Read<'_>, at: usize) -> Range<usize> {
    let Some(token) = read.scan.tokens.get(at) else { return 0..0 };
    let raw = read.scan.raw(at);
    let bare = read.scan.language.pack.inflection.without_possessive(raw);
    token.start as usize..token.start as usize + bare.len()
}

/// A capitalised word that nobody knows stands beside: the two are a longer name.
pub(super) fn has_unknown_neighbour(tokens: &Range<usize>, read: &Read<'_>, names: &[NameMention]) -> bool {
    let is_unknown = |at: usize, gap: Gap| {
        gap <= Gap::Narrow
            && read.scan.is_unknown_capital(at)
            && read.places_in(&(at..at + 1)).is_empty()
            && !overlaps(names, &(at..at + 1))
            && !read.begins_sentence(at)
    };
    let before = tokens.start.checked_sub(1);
    before.is_some_and(|before| is_unknown(before, read.scan.gap(tokens.start)))
        || is_unknown(tokens.end, read.scan.gap(tokens.end))
}

fn mention(place: &PlaceMention, member: MemberId) -> NameMention {
    let kind = match place.form {
        PlaceForm::Adjective => FormKind::Adjective,
        PlaceForm::Abbreviation => FormKind::Abbreviation,
        PlaceForm::Name | PlaceForm::Other => FormKind::Full,
    };
    let (tokens, span) = (place.tokens.clone(), place.span.clone());
    NameMention {
        full: place.form == PlaceForm::Name,
        inflected: place.inflected,
        ..NameMention::new(tokens, span, member, kind, Standing::Licensed)
    }
}
