//! What `factlint read` shows: every mention of an article, as a table or as JSON Lines.

use jiff::civil::Date;
use serde_json::{Map, Number, Value};
use unicode_width::UnicodeWidthStr;

use super::{jsonl, visible};
use crate::mention::{Detail, Mention};
use crate::source::{Places, Source};

/// Columns that the text of a mention gets in the table.
const TEXT_WIDTH: usize = 48;

/// A table: place, kind, text, meaning.
pub fn table(source: &Source, mentions: &[Mention]) -> String {
    let mut places = Places::new(source);
    let rows: Vec<[String; 4]> = mentions
        .iter()
        .map(|mention| {
            let place = places.place(mention.span.start);
            [
                format!("{}:{}:{}", visible::line(&source.path), place.line, place.column),
                kind(&mention.detail).to_owned(),
                visible::cut(&mention.text, TEXT_WIDTH),
                visible::line(&meaning(&mention.detail)).into_owned(),
            ]
        })
        .collect();
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let mut out = String::new();
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// One mention a line: `path`, `kind`, `text`, `start`, `end` and what it means.
pub fn lines(source: &Source, mentions: &[Mention]) -> String {
    let mut out = String::new();
    for mention in mentions {
        let Ok(Value::Object(detail)) = serde_json::to_value(&mention.detail) else { continue };
        let mut line = Map::new();
        line.insert("path".into(), source.path.as_str().into());
        line.insert("kind".into(), kind(&mention.detail).into());
        line.insert("text".into(), mention.text.as_str().into());
        line.insert("start".into(), mention.span.start.into());
        line.insert("end".into(), mention.span.end.into());
        // An open end is one that is not written: JSON has no infinity.
        line.extend(
            detail.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key, whole(value))),
        );
        jsonl::push(&mut out, &line);
    }
    out
}

fn kind(detail: &Detail) -> &'static str {
    match detail {
        Detail::Name { .. } => "name",
        Detail::Date { .. } => "date",
        Detail::Quantity { .. } => "quantity",
    }
}

/// Whole numbers without `.0`: eighteen people are 18.
fn whole(value: Value) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value.as_f64() {
        Some(number) if value.is_f64() && number.fract() == 0.0 && number.abs() < EXACT => {
            Value::Number(Number::from(number as i64))
        }
        _ => value,
    }
}

/// What a mention means, in a few words.
fn meaning(detail: &Detail) -> String {
    match detail {
        Detail::Name { cast, verdict } => format!("{cast} ({})", word(verdict)),
        Detail::Date { date, from, to, problem } => days(*date, *from, *to, *problem),
        Detail::Quantity {
            value,
            low,
            high,
            low_open,
            high_open,
            hedge,
            concept,
            group,
            unit,
            article,
            fact,
        } => {
            let mut parts = vec![match value {
                Some(value) => value.to_string(),
                None => bounds(*low, *high, low_open.unwrap_or(false), high_open.unwrap_or(false)),
            }];
            match word(hedge) {
                hedge if hedge == "exact" => {}
                hedge => parts.push(format!("({})", hedge.replace('_', " "))),
            }
            parts.extend(unit.as_ref().map(word));
            parts.extend(concept.clone());
            parts.extend(group.as_ref().map(|group| format!("of {group}")));
            parts.extend(fact.as_ref().map(|fact| format!("-> {fact}")));
            if *article {
                parts.push("(or an article)".into());
            }
            parts.join(" ")
        }
    }
}

fn days(date: Option<Date>, from: Option<Date>, to: Option<Date>, problem: Option<&'static str>) -> String {
    match (date, from, to, problem) {
        (Some(date), ..) => date.to_string(),
        (_, Some(from), Some(to), _) => format!("{from} to {to}"),
        (_, Some(from), ..) => format!("from {from}"),
        (_, _, Some(to), _) => format!("to {to}"),
        (.., Some(problem)) => problem.to_owned(),
        _ => String::new(),
    }
}

/// `[2, 10)`.
fn bounds(low: Option<f64>, high: Option<f64>, low_open: bool, high_open: bool) -> String {
    let low = match low.filter(|low| low.is_finite()) {
        Some(low) if low_open => format!("({low}"),
        Some(low) => format!("[{low}"),
        None => "(-∞".into(),
    };
    let high = match high.filter(|high| high.is_finite()) {
        Some(high) if high_open => format!("{high})"),
        Some(high) => format!("{high}]"),
        None => "∞)".into(),
    };
    format!("{low}, {high}")
}

/// The word by which a value goes in JSON.
fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}
