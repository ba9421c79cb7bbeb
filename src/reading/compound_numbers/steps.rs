//! The steps that lengthen a number: what may follow what it has so far.

use super::{Found, State, read, room};
use crate::language::number_words::{LetterCase, NumberSense};
use crate::reading::digits::{DigitNumber, Digits, read_digits};
use crate::reading::lexer::{Gap, TokenKind};
use crate::reading::number_traps::is_glue;
use crate::reading::quantity::{NumberForm, Unit};
use crate::reading::rational::Rational;

impl State<'_> {
    /// "three and a half", "três milhões e meio".
    pub(super) fn step_addition(&mut self) -> bool {
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
        let hyphens = &self.scan.language.hedges.signs.hyphens;
        (self.scan.kind(at) == Some(TokenKind::Symbol)
            && hyphens.iter().any(|sign| sign == self.scan.raw(at))
            && self.scan.gap(at) <= Gap::Narrow
            && self.scan.gap(at + 1) <= Gap::Narrow)
            .then_some(at + 1)
    }

    pub(super) fn step_scale(&mut self) -> bool {
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
    pub(super) fn take_scale(&mut self, group: Rational, scale: u128) -> Option<()> {
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

    pub(super) fn abbreviation(&self, at: usize) -> Option<(usize, u128)> {
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
    pub(super) fn glued_scale(&self, at: usize) -> Option<(usize, u128)> {
        self.senses.scale(at)
    }

    pub(super) fn step_abbreviation(&mut self) -> bool {
        let Some(group) = self.group.filter(|_| !self.share) else { return false };
        let digits = self.digits.filter(|digits| digits.to == self.to);
        if self.scan.gap(self.to) > Gap::Narrow || (digits.is_none() && self.digits.is_some()) {
            return false;
        }
        let Some((to, scale)) = self.abbreviation(self.to) else { return false };
        // Behind words one letter is no scale.
        if digits.is_none() && self.scan.raw(self.to).chars().nth(1).is_none() {
            return false;
        }
        let Some(value) = group.times(Rational::whole(scale)) else { return false };
        if let Some(digits) = digits {
            self.form = scaled_form(digits, group, scale);
        }
        self.scaled = Some((group, scale));
        self.group = Some(value);
        self.room = 0;
        self.article = false;
        self.to = to;
        true
    }

    /// "three quarters", "dois quintos".
    pub(super) fn step_part(&mut self) -> bool {
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

    pub(super) fn ordinal_continues(&self) -> Option<usize> {
        let fits = |at: usize| self.senses.ordinal(at).filter(|&(_, value)| value < self.limit());
        fits(self.to).or_else(|| fits(self.behind_joiner(self.to)?)).map(|(to, _)| to)
    }

    pub(super) fn step_term(&mut self) -> bool {
        if self.digits.is_some() && !self.at_scale {
            return false;
        }
        if self.take_term(self.to) {
            return true;
        }
        match self.behind_joiner(self.to) {
            Some(at) if self.ends_price(at) => false,
            Some(at) => self.take_term(at),
            None => self.step_joined_part(),
        }
    }

    /// "US$ 600 mil e 11 quilos": a price ends with its scale, and digits behind it count something else.
    fn ends_price(&self, at: usize) -> bool {
        let money = |sense| (sense == NumberSense::UnitBefore(Unit::Money)).then_some(());
        self.digits.is_some()
            && self.scan.kind(at) == Some(TokenKind::Number)
            && self.senses.ending_at(self.from, money).is_some()
            && self.scale_at(at + 1).is_none()
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
    pub(super) fn step_decimals(&mut self) -> bool {
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
