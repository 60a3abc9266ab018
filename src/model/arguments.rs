//! A caller's options, read key by key: a wrong value is named by its path, and so is a key nobody knows.

use crate::error::{Code, Error, Result};
use serde_json::{Map, Value};

/// An object of options that is taken apart.
pub(crate) struct Arguments {
    path: String,
    values: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Arguments {
    pub(crate) fn parse(what: &str, json: &[u8]) -> Result<Self> {
        Self::new(what.to_owned(), super::json::parse(what, json)?)
    }

    fn new(path: String, value: Value) -> Result<Self> {
        match value {
            Value::Object(values) => Ok(Self { path, values, known: Vec::new() }),
            other => Err(wrong(&path, "an object", &other)),
        }
    }

    /// The value of a key, unless it is absent or null.
    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.known.push(key);
        self.values.remove(key).filter(|value| !value.is_null())
    }

    fn path(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }

    pub(crate) fn text(&mut self, key: &'static str) -> Result<Option<String>> {
        self.take(key).map(|value| text(&self.path(key), value)).transpose()
    }

    pub(crate) fn flag(&mut self, key: &'static str) -> Result<bool> {
        match self.take(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(wrong(&self.path(key), "true or false", &other)),
        }
    }

    /// A whole number of at least 0, exact as a JavaScript number.
    pub(crate) fn count(&mut self, key: &'static str) -> Result<Option<u64>> {
        const MOST: u64 = 1 << 53;
        let Some(value) = self.take(key) else {
            return Ok(None);
        };
        match value.as_u64().filter(|&count| count <= MOST) {
            Some(count) => Ok(Some(count)),
            None => Err(wrong(&self.path(key), "a whole number of at least 0", &value)),
        }
    }

    pub(crate) fn texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>> {
        self.list(key, text)
    }

    pub(crate) fn list<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&str, Value) -> Result<T>,
    ) -> Result<Option<Vec<T>>> {
        let path = self.path(key);
        match self.take(key) {
            None => Ok(None),
            Some(Value::Array(items)) => {
                let items = items.into_iter().enumerate();
                items
                    .map(|(index, item)| read(&format!("{path}[{index}]"), item))
                    .collect::<Result<_>>()
                    .map(Some)
            }
            Some(other) => Err(wrong(&path, "a list", &other)),
        }
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&str, T)],
    ) -> Result<Option<T>> {
        let Some(value) = self.take(key) else {
            return Ok(None);
        };
        let found = words.iter().find(|(word, _)| value.as_str() == Some(word));
        if let Some((_, choice)) = found {
            return Ok(Some(*choice));
        }
        let names: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        Err(wrong(&self.path(key), &format!("one of {}", names.join(", ")), &value))
    }

    /// An object inside this one.
    pub(crate) fn object(&mut self, key: &'static str) -> Result<Option<Self>> {
        self.take(key).map(|value| Self::new(self.path(key), value)).transpose()
    }

    pub(crate) fn from_value(path: String, value: Value) -> Result<Self> {
        Self::new(path, value)
    }

    /// Refuses keys that were never asked for: most often a misspelt one, which would change nothing in silence.
    pub(crate) fn end(self) -> Result<()> {
        match self.values.keys().next() {
            None => Ok(()),
            Some(key) => {
                let path = crate::model::quoted::quoted(key);
                let message = format!(
                    "{}: unknown key {path}; known are {}",
                    self.path,
                    self.known.join(", ")
                );
                Err(Error::new(Code::InvalidArgument, message))
            }
        }
    }
}

fn text(path: &str, value: Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong(path, "text", &other)),
    }
}

/// The error of a value that is not what its path promises.
pub(crate) fn wrong(path: &str, expected: &str, found: &Value) -> Error {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => crate::model::quoted::quoted(text),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    Error::new(Code::InvalidArgument, format!("{path}: expected {expected}, found {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_values_are_named_by_their_path() {
        let read = |json: &str| Arguments::parse("worker", json.as_bytes());
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
