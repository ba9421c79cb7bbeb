//! A number of several words or of digits with words: what belongs to it and what it is worth.
//!
//! Words add from the greatest place to the least and scales multiply, as in every language of the
//! packs: a word joins only where it is less than the last place taken.

mod steps;

use super::digits::{DigitNumber, Digits, read_digits};
use super::lexer::{Gap, TokenKind};
use super::number_senses::NumberSenses;
use super::number_traps::{is_glue, is_tail_of_name};
use super::quantity::NumberForm;
use super::rational::{Rational, lowest_place};
use super::scan::Scan;
use super::vocabulary::Shape;
use crate::language::number_words::NumberSense;

/// One number as it stands in the tokens.
#[derive(Clone, Debug)]
pub struct Number {
    pub from: usize,
    /// The token behind it.
    pub to: usize,
    pub value: Rational,
    pub form: NumberForm,
    pub digits: bool,
    /// One word that is also an article.
    pub article: bool,
    /// A part of a whole.
    pub share: bool,
    /// A part without anything that says of how many: half. A quantity only behind a hedge.
    pub bare_part: bool,
    /// The number before its last scale, and that scale: 300 and 10⁹ in "300 billion".
    pub scaled: Option<(Rational, u128)>,
    /// A scale stands alone and another meaning of the word is vague: тисячі.
    pub bare_scale: bool,
}

/// What begins at a token.
pub enum Found {
    Number(Number),
    /// Digits or words that are no cardinal number; `to` is the token behind them.
    Other {
        to: usize,
    },
}

/// Reads the number that begins at a token, if one does.
pub fn read_number(scan: &Scan<'_>, senses: &NumberSenses, at: usize) -> Option<Found> {
    read(scan, senses, at, true)
}

/// Without `decimals` a word for the decimal mark ends the number; so decimals have none of their own.
fn read(scan: &Scan<'_>, senses: &NumberSenses, at: usize, decimals: bool) -> Option<Found> {
    let mut state = State {
        scan,
        senses,
        from: at,
        to: at,
        total: Rational::ZERO,
        term: None,
        group: None,
        room: 0,
        last_scale: u128::MAX,
        at_scale: false,
        digits: None,
        article: false,
        share: false,
        bare_part: false,
        bare_scale: false,
        scaled: None,
        form: NumberForm::Plain,
        decimals,
    };
    match state.start(at)? {
        Start::Other { to } => return Some(Found::Other { to }),
        Start::Number => {}
    }
    loop {
        match state.step() {
            Step::Taken => {}
            Step::Ordinal { to } => return Some(Found::Other { to }),
            Step::End => break,
        }
    }
    state.finish()
}

enum Start {
    Number,
    Other { to: usize },
}

enum Step {
    Taken,
    Ordinal { to: usize },
    End,
}

struct State<'s> {
    scan: &'s Scan<'s>,
    senses: &'s NumberSenses,
    from: usize,
    to: usize,
    /// The terms whose scales are done.
    total: Rational,
    /// The term that the last scale closed.
    term: Option<Rational>,
    /// The term that is being put together.
    group: Option<Rational>,
    /// A word joins the group where it is less than this.
    room: u128,
    last_scale: u128,
    /// The last thing taken was a scale.
    at_scale: bool,
    digits: Option<DigitNumber>,
    article: bool,
    share: bool,
    bare_part: bool,
    bare_scale: bool,
    scaled: Option<(Rational, u128)>,
    form: NumberForm,
    decimals: bool,
}

impl State<'_> {
    fn words(&self) -> &crate::language::number_words::NumberWords {
        &self.scan.language.pack.numbers
    }

    fn start(&mut self, at: usize) -> Option<Start> {
        let (scan, senses) = (self.scan, self.senses);
        if scan.kind(at) == Some(TokenKind::Number) {
            return Some(self.start_digits(at));
        }
        if let Some((to, part)) = senses.fraction(at) {
            self.bare_part = true;
            self.share = true;
            self.group = Some(part);
            self.to = to;
        } else if let Some((to, value)) = senses.word(scan, at) {
            self.group = Some(value);
            self.room = room(value);
            self.article = senses.is(at, NumberSense::Article) == Some(to);
            // The scale inside a solid word: zehntausend.
            if senses.is(at, NumberSense::Solid).is_some()
                && let Some(thousands) = value.as_whole().filter(|whole| whole.is_multiple_of(1000))
            {
                self.scaled = Some((Rational::whole(thousands / 1000), 1000));
            }
            self.to = to;
            // "eine halbe Million": the article counts the half.
            if self.article
                && let Some((to, part)) = senses.fraction(to)
            {
                self.group = Some(part);
                self.room = 0;
                self.share = true;
                self.bare_part = true;
                self.article = false;
                self.to = to;
            }
        } else if let Some((to, scale)) = senses.scale(at) {
            if self.is_name(at) {
                return None;
            }
            self.bare_scale = senses.vague(at).is_some();
            self.take_article();
            if self.from < at {
                self.bare_scale = false;
            }
            self.take_scale(Rational::ONE, scale)?;
            self.to = to;
        } else if let Some((to, denominator)) = senses.denominator(at) {
            // "a quarter", and "quarter" behind a hedge.
            self.take_article();
            self.bare_part = self.from == at;
            self.share = true;
            self.group = Rational::new(1, denominator);
            self.to = to;
        } else {
            return None;
        }
        Some(Start::Number)
    }

    fn start_digits(&mut self, at: usize) -> Start {
        let scan = self.scan;
        let number = match read_digits(scan, at) {
            Digits::Number(number) => number,
            Digits::Other { to } => return Start::Other { to },
        };
        let mut to = number.to;
        if is_tail_of_name(scan, at) {
            return Start::Other { to };
        }
        if is_glue(scan, to) && self.abbreviation(to).is_none() && self.glued_scale(to).is_none() {
            return Start::Other { to: to + 1 };
        }
        let hyphen = scan.is_symbol(to, "-") || scan.is_symbol(to, "\u{2011}");
        let ending = if hyphen && scan.gap(to) == Gap::None { to + 1 } else { to };
        if scan.gap(to) == Gap::None && scan.gap(ending) == Gap::None {
            let folded = scan.folded(ending);
            if self.words().ordinal_endings.iter().any(|other| other == folded) {
                return Start::Other { to: ending + 1 };
            }
            if ending > to && self.words().case_endings.iter().any(|other| other == folded) {
                to = ending + 1;
            }
        }
        if number.decimals == 0 && self.is_stopped_ordinal(at, to) {
            return Start::Other { to: to + 1 };
        }
        self.group = Some(number.value);
        self.form = number.form;
        self.digits = Some(number);
        self.to = to;
        // ".25" is a part, whatever stands in the language before the mark.
        if let Some(before) = at.checked_sub(1)
            && scan.gap(at) == Gap::None
            && number.decimals == 0
            && !number.grouped
            && self.words().decimal.iter().any(|mark| scan.is_symbol(before, mark))
            && scan.gap(before) != Gap::None
            && let Some(power) = 10u128.checked_pow(scan.raw(at).chars().count() as u32)
            && let Some(value) = Rational::new(1, power).and_then(|place| number.value.times(place))
        {
            self.group = Some(value);
            self.from = before;
        }
        Start::Number
    }

    /// `8. Januar`, `der 3. Weltkrieg`: digits with a full stop that no sentence ends with.
    fn is_stopped_ordinal(&self, at: usize, to: usize) -> bool {
        let scan = self.scan;
        if (!scan.language.pack.ordinal_stop && self.words().before_ordinal.is_empty())
            || !scan.is_symbol(to, ".")
            || scan.gap(to) != Gap::None
            || !matches!(scan.gap(to + 1), Gap::Space | Gap::Narrow | Gap::Line)
        {
            return false;
        }
        let lower = scan.word(to + 1).is_some_and(|word| word.shape == Shape::Lower);
        let led = at.checked_sub(1).is_some_and(|before| {
            let folded = scan.folded(before);
            self.words().before_ordinal.iter().any(|other| other == folded) || self.joins_ordinals(before)
        });
        lower || led
    }

    /// Whether a token joins an ordinal before it to one behind it: `8. und 9.`
    fn joins_ordinals(&self, token: usize) -> bool {
        let hedges = &self.scan.language.pack.hedges;
        let folded = self.scan.folded(token);
        token >= 2
            && self.scan.is_symbol(token - 1, ".")
            && self.scan.kind(token - 2) == Some(TokenKind::Number)
            && hedges.connect.iter().chain(&hedges.range.join).any(|word| word == folded)
    }

    /// A scale that is written as a name is one: "Claudia Tausend".
    fn is_name(&self, at: usize) -> bool {
        let capital = |token: usize| self.scan.word(token).is_some_and(|word| word.shape == Shape::Capital);
        at > 0 && capital(at) && capital(at - 1) && self.scan.gap(at) <= Gap::Space
    }

    fn take_article(&mut self) {
        if let Some(before) = self.from.checked_sub(1)
            && self.scan.gap(self.from) <= Gap::Line
            && self.words().one_before_scale.iter().any(|word| word == self.scan.folded(before))
        {
            self.from = before;
        }
    }

    fn step(&mut self) -> Step {
        // A blank line ends every number.
        if self.scan.gap(self.to) == Gap::Paragraph {
            return Step::End;
        }
        let taken = self.step_addition() || self.step_scale() || self.step_abbreviation() || self.step_part();
        if taken {
            return Step::Taken;
        }
        if let Some(to) = self.ordinal_continues() {
            return Step::Ordinal { to };
        }
        if self.step_term() || self.step_decimals() { Step::Taken } else { Step::End }
    }

    fn finish(self) -> Option<Found> {
        let value = match self.group {
            Some(group) => self.total.plus(group)?,
            None => self.total,
        };
        Some(Found::Number(Number {
            from: self.from,
            to: self.to,
            value,
            form: self.form,
            digits: self.digits.is_some(),
            article: self.article,
            share: self.share,
            bare_part: self.bare_part,
            scaled: self.scaled,
            bare_scale: self.bare_scale,
        }))
    }
}

/// What may still be added to a word's value: less than its lowest place, and nothing to 13.
fn room(value: Rational) -> u128 {
    match value.as_whole() {
        Some(0) | None => 0,
        Some(whole) if (10..20).contains(&(whole % 100)) => 1,
        Some(whole) => lowest_place(whole),
    }
}
