//! Numbers in digits: groups joined over their separators, and digits that are no number.

use super::lexer::{Gap, TokenKind, digit_value};
use super::number_traps::is_glue;
use super::quantity::NumberForm;
use super::rational::Rational;
use super::scan::Scan;

/// What a run of digit groups is.
pub enum Digits {
    Number(DigitNumber),
    /// No number: a clock time, a version, letters glued to digits. Its last token is before `to`.
    Other {
        to: usize,
    },
}

/// A number written in digits.
#[derive(Clone, Copy, Debug)]
pub struct DigitNumber {
    /// The token behind it.
    pub to: usize,
    pub value: Rational,
    pub form: NumberForm,
    /// Written in groups of thousands.
    pub grouped: bool,
    pub decimals: u32,
}

/// Reads the digits that begin at a token.
pub fn read_digits(scan: &Scan<'_>, at: usize) -> Digits {
    let groups = collect_groups(scan, at);
    let mut digits = evaluate(scan, at, &groups);
    let to = match &mut digits {
        Digits::Number(number) => {
            add_vulgar_fraction(scan, number);
            number.to
        }
        Digits::Other { to } => *to,
    };
    // Digits, a colon and digits are a time or a score.
    if let Some(to) = colon_chain(scan, to) {
        return Digits::Other { to };
    }
    digits
}

/// The groups behind the first: what separates each from the one before, and its token.
struct Group {
    mark: char,
    token: usize,
}

fn mark_at(scan: &Scan<'_>, token: usize) -> Option<char> {
    if scan.kind(token) != Some(TokenKind::Symbol) || scan.gap(token) != Gap::None {
        return None;
    }
    let raw = scan.raw(token);
    let numbers = &scan.language.pack.numbers;
    let mark = raw.chars().next()?;
    match mark {
        '.' | ',' => Some(mark),
        '\'' | '\u{2019}' => Some('\''),
        _ if numbers.thousands.iter().chain(&numbers.decimal).any(|other| other == raw) => Some(mark),
        _ => None,
    }
}

fn len(scan: &Scan<'_>, token: usize) -> usize {
    scan.raw(token).chars().count()
}

fn is_number(scan: &Scan<'_>, token: usize) -> bool {
    scan.kind(token) == Some(TokenKind::Number)
}

fn collect_groups(scan: &Scan<'_>, at: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Behind a comma that belongs to a list ("22,24,26,31") the same comma joins nothing.
    let list_mark = at
        .checked_sub(2)
        .filter(|&before| is_number(scan, before) && scan.gap(at) == Gap::None)
        .and_then(|_| mark_at(scan, at - 1));
    let mut last = at;
    loop {
        let next = last + 1;
        if let Some(mark) = mark_at(scan, next)
            && is_number(scan, next + 1)
            && scan.gap(next + 1) == Gap::None
        {
            if Some(mark) == list_mark {
                break;
            }
            groups.push(Group { mark, token: next + 1 });
            last = next + 1;
        } else if is_number(scan, next)
            && matches!(scan.gap(next), Gap::Space | Gap::Narrow)
            && groups.iter().all(|group| group.mark == ' ')
            && len(scan, next) == 3
            && (1..=3).contains(&len(scan, at))
            && !scan.raw(at).starts_with('0')
            && !is_glue(scan, next + 1)
        {
            groups.push(Group { mark: ' ', token: next });
            last = next;
        } else {
            break;
        }
    }
    groups
}

fn value_of(scan: &Scan<'_>, at: usize, groups: &[Group], decimals_from: usize) -> Option<(Rational, u32)> {
    let decimals: usize = groups.iter().skip(decimals_from).map(|group| len(scan, group.token)).sum();
    let tokens = std::iter::once(at).chain(groups.iter().map(|group| group.token));
    let digits = tokens.flat_map(|token| scan.raw(token).chars()).filter_map(digit_value);
    let decimals = u32::try_from(decimals).ok()?;
    Some((Rational::of_digits(digits, decimals)?, decimals))
}

fn evaluate(scan: &Scan<'_>, at: usize, groups: &[Group]) -> Digits {
    let numbers = &scan.language.pack.numbers;
    let is = |marks: &[String], mark: char| marks.iter().any(|other| other.chars().eq(std::iter::once(mark)));
    let number = |taken: usize, decimals_from: usize, form: NumberForm| {
        let taken = groups.get(..taken).unwrap_or(groups);
        let to = taken.last().map_or(at, |group| group.token) + 1;
        match value_of(scan, at, taken, decimals_from) {
            Some((value, decimals)) => Digits::Number(DigitNumber {
                to,
                value,
                form,
                grouped: decimals_from.min(taken.len()) > 0,
                decimals,
            }),
            None => Digits::Other { to },
        }
    };
    let spaces = groups.iter().take_while(|group| group.mark == ' ').count();
    let marked = groups.get(spaces..).unwrap_or_default();
    let Some(last) = marked.last() else {
        return number(groups.len(), groups.len(), NumberForm::Plain);
    };
    if spaces > 0 {
        // Behind groups with spaces there is room for decimals only.
        return match (marked, is(&numbers.decimal, last.mark)) {
            ([_], true) => number(groups.len(), spaces, NumberForm::Plain),
            ([_], false) if last.mark != '\'' => number(groups.len(), spaces, NumberForm::ForeignDecimal),
            _ => number(spaces, spaces, NumberForm::Plain),
        };
    }
    let first = marked.first().map_or(last.mark, |group| group.mark);
    let one_mark = marked.iter().all(|group| group.mark == first);
    let own_thousands = first == '\'' || is(&numbers.thousands, first);
    if let ([_], false) = (marked, first == '\'') {
        let three = len(scan, last.token) == 3 && len(scan, at) <= 3 && !scan.raw(at).starts_with('0');
        return match (is(&numbers.decimal, first), three) {
            (true, true) => {
                let other = value_of(scan, at, groups, 1).map_or(0.0, |(value, _)| value.to_f64());
                number(1, 0, NumberForm::MaybeThousands { other })
            }
            (true, false) => number(1, 0, NumberForm::Plain),
            (false, true) if own_thousands => number(1, 1, NumberForm::Plain),
            (false, true) => number(1, 1, NumberForm::ForeignThousands),
            // "3,0000": a language's own mark of thousands with more digits behind it than a group has.
            (false, false) if own_thousands && len(scan, last.token) > 3 => {
                let other = value_of(scan, at, groups, 1).map_or(0.0, |(value, _)| value.to_f64());
                number(1, 0, NumberForm::Malformed { other })
            }
            (false, false) => number(1, 0, NumberForm::ForeignDecimal),
        };
    }
    if one_mark {
        if are_thousands(scan, at, marked) {
            let form = if own_thousands { NumberForm::Plain } else { NumberForm::ForeignThousands };
            return number(marked.len(), marked.len(), form);
        }
        return broken(scan, at, groups, &number);
    }
    let body = marked.get(..marked.len() - 1).unwrap_or_default();
    let one_body_mark = body.iter().all(|group| group.mark == first);
    if one_body_mark && last.mark != '\'' && are_thousands(scan, at, body) {
        let own = own_thousands && is(&numbers.decimal, last.mark);
        let form = if own { NumberForm::Plain } else { NumberForm::ForeignDecimal };
        return number(marked.len(), body.len(), form);
    }
    broken(scan, at, groups, &number)
}

/// Three digits a group, or the Indian way: two digits a group and three in the last.
fn are_thousands(scan: &Scan<'_>, at: usize, groups: &[Group]) -> bool {
    let first = len(scan, at);
    let Some((last, middle)) = groups.split_last() else { return false };
    if scan.raw(at).starts_with('0') || len(scan, last.token) != 3 {
        return false;
    }
    let all = |size: usize| middle.iter().all(|group| len(scan, group.token) == size);
    (first <= 3 && all(3)) || (first <= 2 && !middle.is_empty() && all(2))
}

/// Groups that make no number together: a list, a version, or a number no language writes so.
fn broken(
    scan: &Scan<'_>,
    at: usize,
    groups: &[Group],
    number: &dyn Fn(usize, usize, NumberForm) -> Digits,
) -> Digits {
    let to = groups.last().map_or(at, |group| group.token) + 1;
    let body = groups.get(..groups.len().saturating_sub(1)).unwrap_or_default();
    let one_mark = groups.iter().all(|group| groups.first().is_some_and(|first| first.mark == group.mark));
    // "1.234.56": all but the last group are thousands, so that it was meant as one number.
    if one_mark
        && are_thousands(scan, at, body)
        && groups.last().is_some_and(|last| len(scan, last.token) < 3)
    {
        let other = value_of(scan, at, groups, body.len()).map_or(0.0, |(value, _)| value.to_f64());
        return number(groups.len(), body.len(), NumberForm::Malformed { other });
    }
    if !groups.iter().any(|group| group.mark == ',') {
        return Digits::Other { to };
    }
    // A list without spaces: the numbers stand between the commas.
    match groups.iter().position(|group| group.mark == ',') {
        Some(0) => number(0, 0, NumberForm::Plain),
        Some(1) => number(1, 0, NumberForm::Plain),
        _ => Digits::Other { to },
    }
}

/// Where a chain of `:digits` behind a token ends.
fn colon_chain(scan: &Scan<'_>, mut to: usize) -> Option<usize> {
    let start = to;
    while scan.is_symbol(to, ":")
        && scan.gap(to) == Gap::None
        && is_number(scan, to + 1)
        && scan.gap(to + 1) == Gap::None
    {
        to += 2;
    }
    (to > start).then_some(to)
}

/// The value of a sign such as `½`: numerator and denominator.
pub fn vulgar_fraction(raw: &str) -> Option<(u32, u32)> {
    const SIGNS: [(char, u32, u32); 15] = [
        ('½', 1, 2),
        ('⅓', 1, 3),
        ('⅔', 2, 3),
        ('¼', 1, 4),
        ('¾', 3, 4),
        ('⅕', 1, 5),
        ('⅖', 2, 5),
        ('⅗', 3, 5),
        ('⅘', 4, 5),
        ('⅙', 1, 6),
        ('⅚', 5, 6),
        ('⅛', 1, 8),
        ('⅜', 3, 8),
        ('⅝', 5, 8),
        ('⅞', 7, 8),
    ];
    let sign = raw.chars().next()?;
    SIGNS
        .iter()
        .find(|(other, ..)| *other == sign)
        .map(|&(_, numerator, denominator)| (numerator, denominator))
}

fn add_vulgar_fraction(scan: &Scan<'_>, number: &mut DigitNumber) {
    if scan.kind(number.to) == Some(TokenKind::Symbol)
        && scan.gap(number.to) <= Gap::Narrow
        && let Some((numerator, denominator)) = vulgar_fraction(scan.raw(number.to))
        && let Some(value) = Rational::new(u128::from(numerator), u128::from(denominator))
            .and_then(|part| number.value.plus(part))
    {
        number.value = value;
        number.to += 1;
    }
}
