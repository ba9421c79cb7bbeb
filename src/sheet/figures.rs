//! Figures and their series: short and long forms made one.

use std::ops::Range;

use jiff::civil::Date;

use super::compile::{Compiler, words};
use super::file::{EntryFile, FigureFile, KindFile};
use super::model::{Entry, EntryKind, Figure, Value};
use super::references::Path;
use super::shapes::{DateText, DatedValue, SeriesFile, ValueText};
use super::value::{self, NoValue};
use crate::reading::quantity::HedgeKind;
use crate::yaml::At;

impl Compiler<'_> {
    pub(super) fn figure(&mut self, id: &At<String>, figure: &FigureFile) -> Figure {
        let root = Path::root("figures");
        let path = root.key(id);
        let default_place = self.file.place.as_ref().filter(|_| figure.place.is_none());
        let places = match (&figure.place, default_place) {
            (Some(place), _) => self.places(place, &path.key("where")),
            (None, Some(_)) => self.default_places.clone(),
            (None, None) => Vec::new(),
        };
        let mut series = match &figure.series {
            Some(series) => self.series(id, figure, series, &path.key("series")),
            None => {
                self.problems.error(id.range(), &path, "the key `series` is missing").help =
                    Some("a figure has values by their dates: `series: { 2022-01-06: 18 }`".to_owned());
                Vec::new()
            }
        };
        // A value without a time is that of its whole day, and stands behind those told in its course. A stable sort:
        // else two values of one day stay in the order of the file.
        series.sort_by_key(|entry| (entry.as_of, entry.time.is_none(), entry.time));
        Figure {
            id: id.value.clone(),
            span: id.range(),
            concept: figure.concept.as_ref().unwrap_or(id).value.clone(),
            groups: self.group_refs(&figure.group, &path.key("group")),
            together: figure.together,
            place_is_default: default_place.is_some(),
            places,
            by: self.group_refs(&figure.by, &path.key("by")),
            event: figure
                .event
                .as_ref()
                .and_then(|event| self.ids.event(event, &path.key("event"), &mut self.problems)),
            part_of: figure
                .part_of
                .as_ref()
                .and_then(|whole| self.ids.figure(whole, &path.key("part_of"), &mut self.problems)),
            constant: figure.constant,
            words: words(&figure.words),
            when: words(&figure.when),
            series,
            note: figure.note.clone(),
        }
    }

    fn series(
        &mut self,
        id: &At<String>,
        figure: &FigureFile,
        series: &At<SeriesFile>,
        path: &Path<'_>,
    ) -> Vec<Entry> {
        let source = figure.source.as_ref().or(self.file.source.as_ref()).cloned();
        let undated = |compiler: &mut Self, span: Range<usize>, path: &Path<'_>| {
            if !figure.constant {
                compiler.problems.error(span, path, "the value has no `as_of`").help =
                    Some("every value has its day, unless the figure says `constant: true`".to_owned());
            }
        };
        let mut entries = Vec::new();
        match &series.value {
            SeriesFile::Scalar(text) => {
                undated(self, series.range(), path);
                let value = self.scalar(text, series.range(), path);
                entries.extend(value.map(|value| entry(series.range(), None, value, source)));
            }
            SeriesFile::Map(dated) => {
                for (date, value) in dated {
                    let path = path.key(date);
                    let as_of = match self.comma_in_braces(date, value, &path) {
                        true => continue,
                        false => self.date(&At::new(DateText(date.value.clone()), date.range()), &path),
                    };
                    let made = match &value.value {
                        DatedValue::Scalar(text) => self
                            .scalar(text, value.range(), &path)
                            .map(|made| entry(value.range(), as_of, made, source.clone())),
                        DatedValue::Entry(file) => {
                            if let Some(second) = &file.as_of {
                                self.problems
                                    .error(second.range(), &path.key("as_of"), "the value has two dates")
                                    .other = Some((date.range(), "the first is here".to_owned()));
                            }
                            self.entry(file, value.range(), as_of, source.clone(), &path)
                        }
                    };
                    entries.extend(made);
                }
            }
            SeriesFile::List(list) => {
                for (index, file) in list.iter().enumerate() {
                    let path = path.index(index);
                    let as_of = self.optional_date(file.as_of.as_ref(), &path.key("as_of"));
                    if file.as_of.is_none() {
                        undated(self, file.range(), &path);
                    }
                    entries.extend(self.entry(file, file.range(), as_of, source.clone(), &path));
                }
            }
        }
        let empty = match &series.value {
            SeriesFile::Scalar(_) => false,
            SeriesFile::Map(dated) => dated.is_empty(),
            SeriesFile::List(list) => list.is_empty(),
        };
        if empty {
            self.problems.error(id.range(), path, "the series has no values");
        }
        entries
    }

    /// In `{ 2022-01-08: 4,404 }` the comma ends the value, and `404` is taken for a date.
    fn comma_in_braces(&mut self, date: &At<String>, value: &At<DatedValue>, path: &Path<'_>) -> bool {
        let is_group = date.len() == 3 && date.bytes().all(|byte| byte.is_ascii_digit());
        let comma = is_group && matches!(&value.value, DatedValue::Scalar(text) if text.is_empty());
        if comma {
            self.problems.error(date.range(), path, format!("`{}` is no date", date.value)).help = Some(
                "within { } a comma ends the value: write the number without it, or in quotes".to_owned(),
            );
        }
        comma
    }

    fn entry(
        &mut self,
        file: &EntryFile,
        span: Range<usize>,
        as_of: Option<Date>,
        source: Option<String>,
        path: &Path<'_>,
    ) -> Option<Entry> {
        let value = self.long_value(file, &span, path);
        let time = file.time.as_ref().and_then(|time| self.time(time, &path.key("time")));
        let retracted = self.optional_date(file.retracted.as_ref(), &path.key("retracted"));
        if let (Some(as_of), Some(back), Some(text)) = (as_of, retracted, &file.retracted)
            && back < as_of
        {
            let message = format!("the value of {as_of} was taken back before, on {back}");
            self.problems.error(text.range(), &path.key("retracted"), message);
        }
        Some(Entry {
            time,
            kind: file.kind.map_or(EntryKind::Told, |kind| match kind {
                KindFile::Planned => EntryKind::Planned,
                KindFile::Expected => EntryKind::Expected,
                KindFile::Additional => EntryKind::Additional,
                KindFile::Remaining => EntryKind::Remaining,
            }),
            retracted,
            disputed: file.disputed,
            note: file.note.clone(),
            ..entry(span, as_of, value?, file.source.clone().or(source))
        })
    }

    /// The one value of an entry.
    fn long_value(&mut self, file: &EntryFile, span: &Range<usize>, path: &Path<'_>) -> Option<Value> {
        let kinds: [(&str, HedgeKind, Option<&At<ValueText>>); 7] = [
            ("value", HedgeKind::Exact, file.value.as_ref()),
            ("at_least", HedgeKind::AtLeast, file.at_least.as_ref()),
            ("more_than", HedgeKind::MoreThan, file.more_than.as_ref()),
            ("at_most", HedgeKind::AtMost, file.at_most.as_ref()),
            ("fewer_than", HedgeKind::FewerThan, file.fewer_than.as_ref()),
            ("almost", HedgeKind::Almost, file.almost.as_ref()),
            ("about", HedgeKind::About, file.about.as_ref()),
        ];
        let mut given: Vec<(&str, Range<usize>)> =
            kinds.iter().filter_map(|(key, _, text)| Some((*key, text.as_ref()?.range()))).collect();
        given.extend(file.between.as_ref().map(|between| ("between", between.range())));
        given.sort_by_key(|(_, span)| span.start);
        match given.as_slice() {
            [] => {
                let help = "give one of `value`, `at_least`, `more_than`, `at_most`, `fewer_than`, `almost`, `about`, \
                            `between`";
                self.problems.error(span.clone(), path, "the entry has no value").help =
                    Some(help.to_owned());
                return None;
            }
            [_] => {}
            [(first, first_span), (second, second_span), ..] => {
                let message = format!("the entry has two values, `{first}` and `{second}`");
                let problem = self.problems.error(second_span.clone(), &path.key(second), message);
                problem.other = Some((first_span.clone(), "the first is here".to_owned()));
                problem.help = Some("two sources of one day are two entries".to_owned());
                return None;
            }
        }
        if let Some(between) = &file.between {
            let path = path.key("between");
            let low = self.number(&between.value.0, &path.index(0))?;
            let high = self.number(&between.value.1, &path.index(1))?;
            let text = format!("{}–{}", between.value.0.value.0.trim(), between.value.1.value.0.trim());
            return self.valid(
                value::build(&text, HedgeKind::Between, low, Some(high)),
                between.range(),
                &path,
            );
        }
        let (key, hedge, text) =
            kinds.into_iter().find_map(|(key, hedge, text)| Some((key, hedge, text?)))?;
        let path = path.key(key);
        if hedge == HedgeKind::Exact {
            return self.scalar(&text.value.0, text.range(), &path);
        }
        let number = self.number(text, &path)?;
        // The keys of the format are the words that it is shown with.
        let shown = format!("{} {}", key.replace('_', " "), text.value.0.trim());
        self.valid(value::build(&shown, hedge, number, None), text.range(), &path)
    }

    fn scalar(&mut self, text: &str, span: Range<usize>, path: &Path<'_>) -> Option<Value> {
        if text.trim().is_empty() {
            self.problems.error(span, path, "the value is missing");
            return None;
        }
        let value = value::scalar(text, self.language(), self.context.read_value);
        self.valid(value, span, path)
    }

    fn number(&mut self, text: &At<ValueText>, path: &Path<'_>) -> Option<f64> {
        self.valid(value::number(&text.value.0), text.range(), path)
    }

    fn valid<T>(&mut self, result: Result<T, NoValue>, span: Range<usize>, path: &Path<'_>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(NoValue { message, help }) => {
                self.problems.error(span, path, message).help = help;
                None
            }
        }
    }
}

fn entry(span: Range<usize>, as_of: Option<Date>, value: Value, source: Option<String>) -> Entry {
    Entry {
        span,
        as_of,
        time: None,
        value,
        source,
        kind: EntryKind::Told,
        retracted: None,
        disputed: false,
        note: None,
    }
}
