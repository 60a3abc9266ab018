//! A value and the way to it, so that what is wrong is told where it stands.

use super::value::Value;
use crate::error::{Code, Error, Result};
use crate::model::json::Writer;
use crate::model::quoted::quoted;
use crate::model::said::{decimal, listed, said};
use std::borrow::Cow;

/// A value, and how it is reached from the query. Ways are written out for errors only.
pub(super) struct Asked<'v> {
    value: &'v Value<'v>,
    step: Step<'v>,
    up: Option<&'v Asked<'v>>,
}

#[derive(Clone, Copy)]
enum Step<'v> {
    Key(&'v str),
    Item(usize),
}

impl<'v> Asked<'v> {
    /// The whole.
    pub(super) fn whole(name: &'v str, value: &'v Value<'v>) -> Self {
        Self { value, step: Step::Key(name), up: None }
    }

    /// The value of a key; missing where there is no such key.
    pub(super) fn key(&'v self, key: &'v str) -> Self {
        let found = self.entries().iter().find(|(name, _)| name == key);
        let value = found.map_or(&Value::Missing, |(_, value)| value);
        Self { value, step: Step::Key(key), up: Some(self) }
    }

    fn entries(&self) -> &'v [(Cow<'v, str>, Value<'v>)] {
        if let Value::Object(entries) = self.value { entries } else { &[] }
    }

    /// The values of its keys, if it is an object.
    pub(super) fn values(&'v self) -> impl Iterator<Item = (&'v str, Self)> {
        let entry = |(key, value): &'v (Cow<'v, str>, Value<'v>)| {
            (key.as_ref(), Self { value, step: Step::Key(key), up: Some(self) })
        };
        self.entries().iter().map(entry)
    }

    /// Its items, if it is a list.
    pub(super) fn items(&'v self) -> impl Iterator<Item = Self> {
        let items = if let Value::List(items) = self.value { items.as_slice() } else { &[] };
        let item = |(place, value)| Self { value, step: Step::Item(place), up: Some(self) };
        items.iter().enumerate().map(item)
    }

    /// Reads each item of a list; nothing where it is missing.
    pub(super) fn list<T>(&self, read: fn(&Asked<'_>) -> Result<T>) -> Result<Vec<T>> {
        match self.value {
            Value::Missing => Ok(Vec::new()),
            Value::List(_) => self.items().map(|item| read(&item)).collect(),
            _ => Err(self.wrong("a list")),
        }
    }

    pub(super) fn is_missing(&self) -> bool {
        matches!(self.value, Value::Missing)
    }

    pub(super) fn is_list(&self) -> bool {
        matches!(self.value, Value::List(_))
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Refuses what is no object, and keys that nobody reads: most often misspelt ones, which would change nothing in silence.
    pub(super) fn options(&self, known: &[&str]) -> Result<()> {
        if !self.is_object() {
            return Err(self.wrong("an object"));
        }
        match self.entries().iter().find(|(key, _)| !known.contains(&key.as_ref())) {
            Some((key, _)) => {
                Err(self.refused(&["unknown key ", &quoted(key), "; known are ", &listed(known)]))
            }
            None => Ok(()),
        }
    }

    pub(super) fn text(&self) -> Result<Option<&'v str>> {
        match self.value {
            Value::Text(text) => Ok(Some(text)),
            _ => self.other("text"),
        }
    }

    /// A finite number.
    pub(super) fn number(&self) -> Result<Option<f64>> {
        match self.value {
            Value::Number(number) if number.is_finite() => Ok(Some(*number)),
            _ => self.other("a number"),
        }
    }

    pub(super) fn flag(&self) -> Result<Option<bool>> {
        match self.value {
            Value::Flag(flag) => Ok(Some(*flag)),
            _ => self.other("true or false"),
        }
    }

    /// A whole number up to a limit.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
    pub(super) fn count(&self, most: u32) -> Result<Option<usize>> {
        match self.value {
            Value::Number(number) if *number > f64::from(most) => {
                let expected = said(&["at most ", &decimal(most.into())]);
                Err(self.limit(&expected, &self.found()))
            }
            Value::Number(number) if *number >= 0.0 && number.fract() == 0.0 => {
                Ok(Some(*number as usize))
            }
            _ => self.other("a whole number of at least 0"),
        }
    }

    /// The place of a word among a few.
    pub(super) fn word(&self, words: &[&str]) -> Result<Option<usize>> {
        let found = match self.value {
            Value::Text(text) => words.iter().position(|word| text == word),
            _ => None,
        };
        match found {
            None => self.other(&said(&["one of ", &listed(words)])),
            some => Ok(some),
        }
    }

    /// None where it is missing; other values are refused.
    fn other<T>(&self, expected: &str) -> Result<Option<T>> {
        if self.is_missing() { Ok(None) } else { Err(self.wrong(expected)) }
    }

    /// The error of a value that is not what it should be.
    pub(super) fn wrong(&self, expected: &str) -> Error {
        self.refused(&["expected ", expected, ", found ", &self.found()])
    }

    /// The error of too much.
    pub(super) fn limit(&self, most: &str, found: &str) -> Error {
        let message = [&self.path(), ": expected ", most, ", found ", found];
        Error::new(Code::LimitExceeded, said(&message))
    }

    /// Another error.
    pub(super) fn refused(&self, why: &[&str]) -> Error {
        Error::new(Code::InvalidArgument, said(&[&self.path(), ": ", &said(why)]))
    }

    fn path(&self) -> String {
        match (self.up, self.step) {
            (None, Step::Key(name)) => name.to_owned(),
            (up, Step::Key(key)) => said(&[&up.map(Self::path).unwrap_or_default(), ".", key]),
            (up, Step::Item(place)) => {
                said(&[&up.map(Self::path).unwrap_or_default(), "[", &decimal(place as u64), "]"])
            }
        }
    }

    fn found(&self) -> String {
        let word = match self.value {
            Value::Missing => "nothing",
            Value::Flag(true) => "true",
            Value::Flag(false) => "false",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
            Value::Text(text) => return quoted(text),
            Value::Number(number) => {
                let mut digits = Writer::default();
                digits.number(Some(number.abs()));
                return said(&[if *number < 0.0 { "-" } else { "" }, &digits.finish()]);
            }
        };
        word.to_owned()
    }
}
