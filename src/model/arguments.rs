//! A caller's options, read key by key: a wrong value is named by its path, and so is a key nobody knows.

use super::json::{Json, Walk};
use super::quoted::quoted;
use crate::error::{Code, Error, Result};
use std::borrow::Cow;

/// An object of options that is taken apart.
pub(crate) struct Arguments<'a> {
    path: String,
    entries: Vec<(Cow<'a, str>, Json<'a>)>,
    known: Vec<&'static str>,
}

impl<'a> Arguments<'a> {
    pub(crate) fn parse(what: &str, json: &'a [u8]) -> Result<Self> {
        Self::of(what.to_owned(), Json::parse(what, json)?)
    }

    /// The options at a path.
    pub(crate) fn of(path: String, json: Json<'a>) -> Result<Self> {
        let mut walk = Walk::new(json.bytes());
        if !walk.open(b'{') {
            return Err(wrong(&path, "an object", json));
        }
        let mut entries = Vec::new();
        while let Some(entry) = walk.entry() {
            entries.push(entry);
        }
        walk.end(&path)?;
        Ok(Self { path, entries, known: Vec::new() })
    }

    /// The value of a key; missing where it is absent or null.
    fn take(&mut self, key: &'static str) -> Json<'a> {
        self.known.push(key);
        let last = self.entries.iter().rev().find(|(name, _)| name == key);
        last.map(|(_, value)| *value).filter(|value| !value.is_missing()).unwrap_or_default()
    }

    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    /// What a value is read as, unless it is missing; other values are told of by what was expected.
    fn value<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        read: fn(Json<'a>) -> Option<T>,
    ) -> Result<Option<T>> {
        let value = self.take(key);
        if value.is_missing() {
            return Ok(None);
        }
        read(value).map(Some).ok_or_else(|| wrong(&self.path(key), expected, value))
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Result<Option<String>> {
        self.value(key, "text", text)
    }

    pub(crate) fn flag(&mut self, key: &'static str) -> Result<bool> {
        Ok(self.given_flag(key)?.unwrap_or(false))
    }

    /// A flag, or none where it is left out.
    pub(crate) fn given_flag(&mut self, key: &'static str) -> Result<Option<bool>> {
        self.value(key, "true or false", Json::flag)
    }

    /// A whole number of at least 0, exact as a JavaScript number.
    pub(crate) fn count(&mut self, key: &'static str) -> Result<Option<u64>> {
        self.value(key, "a whole number of at least 0", Json::count)
    }

    pub(crate) fn number(&mut self, key: &'static str) -> Result<Option<f64>> {
        self.value(key, "a number", |json| json.number().filter(|number| number.is_finite()))
    }

    /// Yes or no, where it is said.
    pub(crate) fn said(&mut self, key: &'static str) -> Result<Option<bool>> {
        self.value(key, "true or false", Json::flag)
    }

    pub(crate) fn texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>> {
        self.list(key, |path, item| text(item).ok_or_else(|| wrong(path, "text", item)))
    }

    pub(crate) fn list<T>(
        &mut self,
        key: &'static str,
        read: fn(&str, Json<'a>) -> Result<T>,
    ) -> Result<Option<Vec<T>>> {
        let (value, path) = (self.take(key), self.path(key));
        let mut walk = Walk::new(value.bytes());
        if value.is_missing() {
            return Ok(None);
        }
        if !walk.open(b'[') {
            return Err(wrong(&path, "a list", value));
        }
        let mut items = Vec::new();
        while let Some(item) = walk.item() {
            items.push(read(&format!("{path}[{}]", items.len()), item)?);
        }
        walk.end(&path)?;
        Ok(Some(items))
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Result<Option<T>> {
        let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        let place = self.word(key, &names)?;
        Ok(place.and_then(|place| words.get(place)).map(|(_, choice)| *choice))
    }

    /// The place of a word among a few. Apart from `choice`, which is compiled for each type.
    fn word(&mut self, key: &'static str, words: &[&str]) -> Result<Option<usize>> {
        let value = self.take(key);
        let found = words.iter().position(|word| value.is(word));
        if value.is_missing() || found.is_some() {
            return Ok(found);
        }
        Err(wrong(&self.path(key), &format!("one of {}", words.join(", ")), value))
    }

    /// An object inside this one.
    pub(crate) fn object(&mut self, key: &'static str) -> Result<Option<Self>> {
        let value = self.take(key);
        (!value.is_missing()).then(|| Self::of(self.path(key), value)).transpose()
    }

    /// A value as it stands, unless it is missing.
    pub(crate) fn json(&mut self, key: &'static str) -> Option<Json<'a>> {
        let value = self.take(key);
        (!value.is_missing()).then_some(value)
    }

    /// A key that was never asked for, and all that were.
    pub(crate) fn unknown(&self) -> Option<(&str, &[&'static str])> {
        let mut keys = self.entries.iter().map(|(key, _)| key.as_ref());
        keys.find(|key| !self.known.contains(key)).map(|key| (key, self.known.as_slice()))
    }

    /// Refuses keys that were never asked for: most often a misspelt one, which would change nothing in silence.
    pub(crate) fn end(self) -> Result<()> {
        let unknown = self.unknown();
        unknown.map_or(Ok(()), |(key, known)| Err(unknown_key(&self.path, key, known)))
    }
}

fn text(json: Json<'_>) -> Option<String> {
    json.text().map(Cow::into_owned)
}

/// The error of a key that nobody knows.
pub(crate) fn unknown_key(path: &str, key: &str, known: &[&str]) -> Error {
    let message = format!("{path}: unknown key {}; known are {}", quoted(key), known.join(", "));
    Error::new(Code::InvalidArgument, message)
}

/// The error of a value that is not what its path promises.
pub(crate) fn wrong(path: &str, expected: &str, found: Json<'_>) -> Error {
    const LONGEST: usize = 40;
    let plain = found.number().is_some() || found.flag().is_some();
    let found = match found.text() {
        Some(text) => quoted(&text),
        None if plain && found.bytes().len() < LONGEST => found.bytes().escape_ascii().to_string(),
        None => found.found().to_string(),
    };
    Error::new(Code::InvalidArgument, format!("{path}: expected {expected}, found {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_values_are_named_by_their_path() {
        let read = |json: &'static str| Arguments::parse("worker", json.as_bytes());
        let message = |error: Error| error.to_string();
        let mut worker = read(r#"{"a": "x", "b": [1], "c": "NaN", "d": 1.5, "e": 1}"#).unwrap();
        assert_eq!(
            message(worker.count("a").unwrap_err()),
            r#"worker.a: expected a whole number of at least 0, found "x""#
        );
        assert_eq!(message(worker.texts("b").unwrap_err()), "worker.b[0]: expected text, found 1");
        assert_eq!(
            message(worker.flag("c").unwrap_err()),
            r#"worker.c: expected true or false, found "NaN""#
        );
        assert!(worker.count("d").is_err());
        assert_eq!(
            message(worker.end().unwrap_err()),
            r#"worker: unknown key "e"; known are a, b, c, d"#
        );
        assert_eq!(message(read("[]").err().unwrap()), "worker: expected an object, found a list");
    }
}
