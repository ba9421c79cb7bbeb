//! A number of several words or of digits with words: what belongs to it and what it is worth.
//!
//! Words add from the greatest place to the least and scales multiply, as in every language of the
//! packs: a word joins only where it is less than the last place taken.

use super::digits::{DigitNumber, Digits, read_digits};
use super::lexer::{Gap, TokenKind};
use super::number_senses::NumberSenses;
use super::number_traps::{is_glue, is_tail_of_name};
use super::quantity::NumberForm;
use super::rational::{Rational, lowest_place};
use super::scan::Scan;
use super::vocabulary::Shape;
use crate::language::number_words::{LetterCase, NumberSense};

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

    /// "three and a half", "três milhões e meio".
    fn step_addition(&mut self) -> bool {
        let Some((to, part)) = self.senses.addition(self.to) else { return false };
        let added = match (self.group, self.at_scale) {
            (Some(group), _) => group.plus(part).map(|group| self.group = Some(group)),
            (None, true) => part
                .times(Rational::whole(self.last_scale))
                .and_then(|part| self.total.plus(part))
                .map(|total| self.total = total),
            (None, false) => None,
        };
        if added.is_none() {
            return false;
        }
        self.article = false;
        self.room = 0;
        self.last_scale = if self.at_scale { 0 } else { self.last_scale };
        self.at_scale = false;
        self.to = to;
        true
    }

    /// The scale at a token, or behind a hyphen there.
    fn scale_at(&self, at: usize) -> Option<(usize, u128)> {
        self.senses.scale(at).or_else(|| self.senses.scale(self.behind_hyphen(at)?))
    }

    fn behind_hyphen(&self, at: usize) -> Option<usize> {
        let hyphens = &super::hedge_table::hedge_table().signs.hyphens;
        (self.scan.kind(at) == Some(TokenKind::Symbol)
            && hyphens.iter().any(|sign| sign == self.scan.raw(at))
            && self.scan.gap(at) <= Gap::Narrow
            && self.scan.gap(at + 1) <= Gap::Narrow)
            .then_some(at + 1)
    }

    fn step_scale(&mut self) -> bool {
        let Some((to, scale)) = self.scale_at(self.to) else { return false };
        // "300 billion-dollar" is still a scale; the hyphen behind it belongs to what follows.
        let taken = match self.group {
            Some(group) => self.take_scale(group, scale),
            None if self.at_scale => self.multiply_term(scale),
            None => None,
        };
        if taken.is_none() {
            return false;
        }
        self.article = false;
        self.share = false;
        self.bare_part = false;
        self.bare_scale = false;
        self.to = to;
        true
    }

    /// Multiplies the group. Hundreds and dozens stay in the group; thousands close it.
    fn take_scale(&mut self, group: Rational, scale: u128) -> Option<()> {
        if scale == 0 || scale >= self.last_scale {
            return None;
        }
        let digits = self.digits.is_some_and(|digits| digits.to == self.to);
        if scale < 1000 {
            // "three hundred and two dozen": the scale takes what is below a hundred.
            let low = group.as_whole().map_or(0, |whole| whole % 100);
            let (high, low) = match low {
                1.. if scale < 100 && !digits => (group.minus(Rational::whole(low))?, Rational::whole(low)),
                _ => (Rational::ZERO, group),
            };
            if scale == 100 && !digits && !group.is_less_than(100) {
                return None;
            }
            self.group = Some(low.times(Rational::whole(scale))?.plus(high)?);
            self.room = if scale == 100 { 100 } else { 0 };
            self.scaled = Some((group, scale));
        } else {
            let term = group.times(Rational::whole(scale))?;
            if let Some(digits) = self.digits.filter(|digits| digits.to == self.to) {
                self.form = scaled_form(digits, group, scale);
            }
            self.total = self.total.plus(term)?;
            self.scaled = (self.term.is_none() && self.group.is_some()).then_some((group, scale));
            self.term = Some(term);
            self.group = None;
            self.last_scale = scale;
        }
        self.at_scale = true;
        Some(())
    }

    /// A scale right behind another: "three lakh crore", "mil milhões".
    fn multiply_term(&mut self, scale: u128) -> Option<()> {
        let term = self.term.filter(|_| scale > self.last_scale)?;
        let product = term.times(Rational::whole(scale))?;
        self.total = self.total.minus(term)?.plus(product)?;
        self.term = Some(product);
        self.last_scale = scale;
        self.scaled = None;
        Some(())
    }

    fn abbreviation(&self, at: usize) -> Option<(usize, u128)> {
        let raw = self.scan.raw(at);
        let found = self.senses.find(at, |sense| match sense {
            NumberSense::Abbreviation(value, case) => {
                let fits = match case {
                    LetterCase::Any => true,
                    LetterCase::Upper => raw.chars().all(char::is_uppercase),
                    LetterCase::Lower => raw.chars().all(char::is_lowercase),
                };
                fits.then_some(u128::from(value))
            }
            _ => None,
        })?;
        // More letters or digits right behind it make it something else: "10k3".
        let more = self.scan.gap(found.0) == Gap::None
            && self.scan.kind(found.0).is_some_and(|kind| kind != TokenKind::Symbol);
        (!more).then_some(found)
    }

    /// A scale word right behind digits: "2mil".
    fn glued_scale(&self, at: usize) -> Option<(usize, u128)> {
        self.senses.scale(at)
    }

    fn step_abbreviation(&mut self) -> bool {
        let (Some(digits), Some(group)) = (self.digits, self.group) else { return false };
        if digits.to != self.to || self.scan.gap(self.to) > Gap::Narrow {
            return false;
        }
        let Some((to, scale)) = self.abbreviation(self.to) else { return false };
        let Some(value) = group.times(Rational::whole(scale)) else { return false };
        self.form = scaled_form(digits, group, scale);
        self.scaled = Some((group, scale));
        self.group = Some(value);
        self.room = 0;
        self.to = to;
        true
    }

    /// "three quarters", "dois quintos".
    fn step_part(&mut self) -> bool {
        let Some(group) = self.group.filter(|_| self.total == Rational::ZERO && !self.share) else {
            return false;
        };
        let at = match self.senses.denominator(self.to) {
            Some(_) => self.to,
            None => match self.behind_hyphen(self.to) {
                Some(at) => at,
                None => return false,
            },
        };
        let Some((to, denominator)) = self.senses.denominator(at) else { return false };
        let Some(value) = Rational::new(1, denominator).and_then(|part| group.times(part)) else {
            return false;
        };
        // "twenty-fifth" is no part, "two fifths" is; where both could be, the greater number is an ordinal.
        if self.room > denominator || !group.is_less_than(denominator.max(2)) {
            return false;
        }
        self.group = Some(value);
        self.room = 0;
        self.article = false;
        self.share = true;
        self.to = to;
        true
    }

    /// The token behind a joiner or a hyphen, if one stands there.
    fn behind_joiner(&self, at: usize) -> Option<usize> {
        let folded = self.scan.folded(at);
        let room = if self.group.is_some() { self.room } else { self.last_scale };
        let joins = self.scan.kind(at) == Some(TokenKind::Word)
            && room >= u128::from(self.words().joins_from)
            && self.words().joiners.iter().any(|joiner| joiner == folded);
        if joins { Some(at + 1) } else { self.behind_hyphen(at) }
    }

    /// What less than this can join.
    fn limit(&self) -> u128 {
        if self.group.is_some() {
            self.room
        } else if self.at_scale {
            self.last_scale
        } else {
            0
        }
    }

    fn ordinal_continues(&self) -> Option<usize> {
        let fits = |at: usize| self.senses.ordinal(at).filter(|&(_, value)| value < self.limit());
        fits(self.to).or_else(|| fits(self.behind_joiner(self.to)?)).map(|(to, _)| to)
    }

    fn step_term(&mut self) -> bool {
        if self.digits.is_some() && !self.at_scale {
            return false;
        }
        if self.take_term(self.to) {
            return true;
        }
        match self.behind_joiner(self.to) {
            Some(at) => self.take_term(at),
            None => self.step_joined_part(),
        }
    }

    /// "fünf und drei Viertel".
    fn step_joined_part(&mut self) -> bool {
        let Some(group) = self.group.filter(|_| !self.share) else { return false };
        let folded = self.scan.folded(self.to);
        if !self.words().joiners.iter().any(|joiner| joiner == folded) {
            return false;
        }
        let joined = self.senses.word(self.scan, self.to + 1).and_then(|(end, value)| {
            let (to, denominator) = self.senses.denominator(end)?;
            let part = value.times(Rational::new(1, denominator)?)?;
            part.is_less_than(1).then_some(())?;
            Some((to, group.plus(part)?))
        });
        let Some((to, value)) = joined else { return false };
        self.group = Some(value);
        self.room = 0;
        self.article = false;
        self.to = to;
        true
    }

    fn take_term(&mut self, at: usize) -> bool {
        let limit = self.limit();
        if self.scan.gap(at) == Gap::Paragraph {
            return false;
        }
        let found = self.senses.word(self.scan, at).or_else(|| self.digit_term(at));
        let Some((to, value)) = found else { return false };
        if value == Rational::ZERO || !value.is_less_than(limit) {
            return false;
        }
        // A scale behind it must fit too: in "3 hundred and 2 hundred" the second is a number of its own.
        if let Some((_, scale)) = self.scale_at(to) {
            let product = value.times(Rational::whole(scale));
            let below = product.is_some_and(|product| product.is_less_than(limit));
            let takes_all = self.group.is_some_and(|group| group.is_less_than(scale))
                && (scale < self.last_scale)
                && scale >= 1000;
            if !below && !takes_all {
                return false;
            }
        }
        let group = match self.group {
            Some(group) => group.plus(value),
            None => Some(value),
        };
        let Some(group) = group else { return false };
        self.group = Some(group);
        self.room = room(value);
        self.at_scale = false;
        self.article = false;
        self.to = to;
        self.scaled = None;
        true
    }

    /// Plain digits behind a scale word: "4 thousand 3 hundred and 21".
    fn digit_term(&self, at: usize) -> Option<(usize, Rational)> {
        if !self.at_scale
            || self.scan.kind(at) != Some(TokenKind::Number)
            || !matches!(self.scan.gap(at), Gap::Space | Gap::Narrow)
        {
            return None;
        }
        match read_digits(self.scan, at) {
            Digits::Number(number)
                if number.decimals == 0
                    && !number.grouped
                    && !is_glue(self.scan, number.to)
                    && !self.is_stopped_ordinal(at, number.to) =>
            {
                Some((number.to, number.value))
            }
            _ => None,
        }
    }

    /// "two hundred point zero three": what follows the word for the mark are decimals.
    fn step_decimals(&mut self) -> bool {
        if !self.decimals || self.digits.is_some() || self.share {
            return false;
        }
        let Some(mut at) = self.senses.is(self.to, NumberSense::Point) else { return false };
        let mut digits = Vec::new();
        // Each zero and each single digit stands for itself; else a whole number follows.
        while let Some(Found::Number(number)) = read(self.scan, self.senses, at, false) {
            let Some(whole) = number.value.as_whole().filter(|_| !number.digits && number.from == at) else {
                break;
            };
            if whole >= 10 && digits.iter().any(|&digit| digit != 0) {
                break;
            }
            digits.extend(whole.to_string().chars().filter_map(|digit| digit.to_digit(10)));
            at = number.to;
            if whole >= 10 {
                break;
            }
        }
        let decimals = digits.len() as u32;
        if decimals == 0 {
            return false;
        }
        let value = Rational::of_digits(digits.into_iter(), decimals)
            .and_then(|part| self.group.unwrap_or(Rational::ZERO).plus(part));
        let Some(value) = value else { return false };
        self.group = Some(value);
        self.room = 0;
        self.at_scale = false;
        self.article = false;
        self.bare_scale = false;
        self.to = at;
        true
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

/// How a number in digits with a scale stands to the language.
fn scaled_form(digits: DigitNumber, group: Rational, scale: u128) -> NumberForm {
    let zeros = scale.to_string().chars().rev().take_while(|&digit| digit == '0').count();
    if scale == 1000 && digits.grouped {
        // Thousands of thousands are millions, and nobody writes them so: the word is one too many.
        return NumberForm::Malformed { other: group.to_f64() };
    }
    if digits.decimals as usize > zeros {
        return NumberForm::Malformed { other: group.to_f64() };
    }
    match digits.form {
        NumberForm::MaybeThousands { .. } => NumberForm::Plain,
        form => form,
    }
}
