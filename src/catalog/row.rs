//! One model as the catalog knows it: what goes into a snapshot, and what a page of answers shows.

use super::field::{NameField, NamesField, NumberField};
use super::task;
use crate::error::{Code, Error, Result};
use crate::model::Json;
use crate::model::json::Walk;

/// One model. Texts that are empty, and numbers that are missing, are not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// `author/name`, or a name alone.
    pub id: String,
    /// The base model's id.
    pub base: Option<String>,
    /// By [`NameField`]; the author's is taken from the id.
    pub name: [Option<String>; NameField::ALL.len()],
    /// By [`NamesField`].
    pub names: [Vec<String>; NamesField::ALL.len()],
    /// By [`NumberField`].
    pub number: [Option<f64>; NumberField::ALL.len()],
}

/// Longest text of a row, in bytes: ids of the Hub end at 193, tags at a few dozen.
const LONGEST_TEXT: usize = 512;

/// Most names in one field of a row: models of all the world's languages list a few hundred.
const MOST_NAMES: usize = 2048;

impl Row {
    /// Reads a row: an object with `id`, `base`, and the fields by their names.
    pub fn from_json(json: &[u8]) -> Result<Self> {
        let mut walk = Walk::new(json);
        let mut row = Self::default();
        if walk.open(b'{') {
            while let Some((key, value)) = walk.entry() {
                row.set(&key, value)?;
            }
        }
        walk.end("catalog row")?;
        if row.id.is_empty() {
            return Err(wrong("id", "the id of a model", Json::MISSING));
        }
        row.derive();
        Ok(row)
    }

    /// What follows from other fields, where it is not given: the author from the id, types of data from the task.
    fn derive(&mut self) {
        let author = Some(self.author_and_name().0.to_owned()).filter(|author| !author.is_empty());
        let task = self.name.get(NameField::Task.index()).and_then(Option::as_deref).unwrap_or("");
        let types = task::types(task).map(|types| types.map(str::to_owned).collect::<Vec<_>>());
        for (field, types) in [NamesField::Input, NamesField::Output].into_iter().zip(types) {
            if self.names.get(field.index()).is_some_and(Vec::is_empty) {
                put(&mut self.names, field.index(), types);
            }
        }
        put(&mut self.name, NameField::Author.index(), author);
    }

    /// The part of the id before the slash, and the part after it.
    #[must_use]
    pub fn author_and_name(&self) -> (&str, &str) {
        self.id.split_once('/').unwrap_or(("", &self.id))
    }

    fn set(&mut self, key: &str, value: Json<'_>) -> Result<()> {
        if value.is_missing() {
            return Ok(());
        }
        match (key, super::Field::named(key)) {
            ("id", _) => self.id = text(key, value)?,
            ("base", _) => self.base = Some(text(key, value)?),
            // It follows from the id.
            (_, Some(super::Field::Name(NameField::Author)) | None) => {}
            (_, Some(super::Field::Name(field))) => {
                put(&mut self.name, field.index(), Some(text(key, value)?));
            }
            (_, Some(super::Field::Names(field))) => {
                put(&mut self.names, field.index(), texts(key, value)?);
            }
            (_, Some(super::Field::Number(field))) => {
                put(&mut self.number, field.index(), Some(number(key, value)?));
            }
        }
        Ok(())
    }
}

fn put<T>(all: &mut [T], index: usize, value: T) {
    if let Some(place) = all.get_mut(index) {
        *place = value;
    }
}

fn text(key: &str, value: Json<'_>) -> Result<String> {
    let text = value.text().filter(|text| !text.is_empty() && text.len() <= LONGEST_TEXT);
    text.map(Into::into).ok_or_else(|| wrong(key, "text of at most 512 bytes", value))
}

fn texts(key: &str, value: Json<'_>) -> Result<Vec<String>> {
    if !value.is_list() || value.items().count() > MOST_NAMES {
        return Err(wrong(key, "a list of at most 2,048 texts", value));
    }
    value.items().map(|item| text(key, item)).collect()
}

fn number(key: &str, value: Json<'_>) -> Result<f64> {
    let number = value.number().filter(|number| number.is_finite() && *number >= 0.0);
    number.ok_or_else(|| wrong(key, "a number of at least 0", value))
}

fn wrong(key: &str, expected: &str, found: Json<'_>) -> Error {
    let message = format!("catalog row: {key}: expected {expected}, found {}", found.found());
    Error::new(Code::InvalidArgument, message)
}
