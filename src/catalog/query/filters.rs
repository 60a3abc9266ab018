//! Reads what rows must fulfil.

use super::{Class, Condition, Names, Range, Subject, Where};
use crate::catalog::field::Field;
use crate::error::{Code, Error, Result};
use crate::model::Json;
use crate::model::arguments::{Arguments, wrong};
use crate::model::json::Walk;
use std::borrow::Cow;

/// Conditions inside conditions; people write two or three.
const MOST_DEPTH: usize = 16;

/// Conditions in all, since each costs a pass over a column.
const MOST_CONDITIONS: usize = 256;

/// Names in one list: more than any field has ticked.
const MOST_NAMES: usize = 1024;

/// A reader of conditions that counts them.
#[derive(Default)]
pub(super) struct Reader {
    conditions: usize,
    depth: usize,
}

impl Reader {
    /// The conditions of an object.
    pub(super) fn read(&mut self, path: &str, json: Json<'_>) -> Result<Where> {
        if self.depth == MOST_DEPTH {
            return Err(limit(path, "at most 16 conditions inside each other"));
        }
        let mut walk = Walk::new(json.bytes());
        if !walk.open(b'{') {
            return Err(wrong(path, "an object of conditions", json));
        }
        self.depth += 1;
        let mut entries: Vec<(Cow<'_, str>, Json<'_>)> = Vec::new();
        while let Some((key, value)) = walk.entry() {
            // Of equal keys the last counts, as in JavaScript.
            entries.retain(|(other, _)| *other != key);
            if entries.len() == MOST_CONDITIONS {
                return Err(limit(path, "at most 256 conditions"));
            }
            entries.push((key, value));
        }
        walk.end(path)?;
        let entries = entries.iter().filter(|(_, value)| !value.is_missing());
        let conditions = entries
            .map(|(key, value)| self.condition(&format!("{path}.{key}"), key, *value))
            .collect::<Result<_>>()?;
        self.depth -= 1;
        Ok(Where(conditions))
    }

    fn condition(&mut self, path: &str, key: &str, value: Json<'_>) -> Result<Condition> {
        self.conditions += 1;
        if self.conditions > MOST_CONDITIONS {
            return Err(limit(path, "at most 256 conditions"));
        }
        match key {
            "and" => self.list(path, value).map(Condition::And),
            "or" => self.list(path, value).map(Condition::Or),
            "not" => self.read(path, value).map(Condition::Not),
            _ => match super::read::subject(path, key, &["and", "or", "not"])? {
                Subject::Fit => classes(path, value).map(Condition::Fit),
                Subject::Field(Field::Number(field)) => {
                    range(path, value).map(|range| Condition::Numbers(field, range))
                }
                Subject::Field(field) => {
                    names(path, field, value).map(|names| Condition::Names(field, names))
                }
            },
        }
    }

    fn list(&mut self, path: &str, value: Json<'_>) -> Result<Vec<Where>> {
        let mut walk = Walk::new(value.bytes());
        if !walk.open(b'[') {
            return Err(wrong(path, "a list of conditions", value));
        }
        let mut all = Vec::new();
        while let Some(item) = walk.item() {
            self.conditions += 1;
            all.push(self.read(&format!("{path}[{}]", all.len()), item)?);
        }
        walk.end(path).map(|()| all)
    }
}

fn limit(path: &str, most: &str) -> Error {
    Error::new(Code::LimitExceeded, format!("{path}: expected {most}, found more"))
}

/// A name, a list of names, or an object that says which ones.
fn names(path: &str, field: Field, value: Json<'_>) -> Result<Names> {
    if !value.is_object() {
        let expected = "a name, a list of names, or an object with any, all, none, known";
        return Ok(Names { any: texts(path, expected, value)?, ..Names::default() });
    }
    let mut json = Arguments::of(path.to_owned(), value)?;
    let mut list = |key: &'static str| {
        let value = json.json(key);
        let path = format!("{path}.{key}");
        value.map_or(Ok(Vec::new()), |value| texts(&path, "a list of names", value))
    };
    let (any, none) = (list("any")?, list("none")?);
    let all = if matches!(field, Field::Names(_)) { list("all")? } else { Vec::new() };
    let known = json.said("known")?;
    json.end().map(|()| Names { any, all, none, known })
}

/// A text, or a list of texts.
fn texts(path: &str, expected: &str, value: Json<'_>) -> Result<Vec<String>> {
    if let Some(one) = value.text() {
        return Ok(vec![one.into_owned()]);
    }
    let mut walk = Walk::new(value.bytes());
    if !walk.open(b'[') {
        return Err(wrong(path, expected, value));
    }
    let mut all = Vec::new();
    while let Some(item) = walk.item() {
        if all.len() == MOST_NAMES {
            return Err(limit(path, "at most 1,024 names"));
        }
        let text = item.text().ok_or_else(|| wrong(path, "names only", item))?;
        all.push(text.into_owned());
    }
    walk.end(path).map(|()| all)
}

fn range(path: &str, value: Json<'_>) -> Result<Range> {
    let mut json = Arguments::of(path.to_owned(), value)?;
    let (min, max) = (json.number("min")?, json.number("max")?);
    let known = json.said("known")?;
    json.end().map(|()| Range { min, max, known })
}

fn classes(path: &str, value: Json<'_>) -> Result<Vec<Class>> {
    let expected = "one or several of full, partial, no, unknown";
    let class = |name: &String| {
        let class = Class::ALL.into_iter().find(|class| class.name() == name);
        class.ok_or_else(|| wrong(path, expected, value))
    };
    texts(path, expected, value)?.iter().map(class).collect()
}

impl Where {
    /// The condition of a field at the top: what the counts of its own facet leave out.
    #[must_use]
    pub fn of(&self, subject: Subject) -> Option<&Condition> {
        self.0.iter().find(|condition| condition.subject() == Some(subject))
    }

    /// Whether rows must fit in some way.
    pub(super) fn asks_for_fit(&self) -> bool {
        self.0.iter().any(Condition::asks_for_fit)
    }
}

impl Condition {
    /// Whether it depends on the memory there is.
    #[must_use]
    pub fn asks_for_fit(&self) -> bool {
        match self {
            Self::Fit(_) => true,
            Self::And(all) | Self::Or(all) => all.iter().any(Where::asks_for_fit),
            Self::Not(inner) => inner.asks_for_fit(),
            _ => false,
        }
    }

    /// What it is about, unless it holds others.
    #[must_use]
    pub const fn subject(&self) -> Option<Subject> {
        match self {
            Self::Names(field, _) => Some(Subject::Field(*field)),
            Self::Numbers(field, _) => Some(Subject::Field(Field::Number(*field))),
            Self::Fit(_) => Some(Subject::Fit),
            _ => None,
        }
    }
}
