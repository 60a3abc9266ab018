//! Reads the keys of an order.

use super::read::{subject, text};
use super::{Key, Order, Subject};
use crate::catalog::field::Field;
use crate::error::{Code, Error, Result};
use crate::model::Json;
use crate::model::arguments::Arguments;

impl Key {
    /// A name, or an object with a field and an order.
    pub(super) fn read(path: &str, json: Json<'_>) -> Result<Self> {
        if !json.is_object() {
            return Self::of(path, &text(path, "a field or an object", json)?, None);
        }
        let mut arguments = Arguments::of(path.to_owned(), json)?;
        let order =
            arguments.choice("order", &[("asc", Order::Ascending), ("desc", Order::Descending)])?;
        let by = arguments.json("by").unwrap_or_default();
        let path = format!("{path}.by");
        let key = Self::of(&path, &text(&path, "a field", by)?, order)?;
        arguments.end().map(|()| key)
    }

    fn of(path: &str, name: &str, order: Option<Order>) -> Result<Self> {
        let fixed = |key: Self| match order {
            None => Ok(key),
            Some(_) => Err(refused(path, name, "has one order only, the best first")),
        };
        if name == "relevance" {
            return fixed(Self::Relevance);
        }
        match subject(path, name, &["relevance"])? {
            Subject::Fit => fixed(Self::Fit),
            Subject::Field(Field::Number(field)) => {
                Ok(Self::Number(field, order.unwrap_or(Order::Descending)))
            }
            Subject::Field(Field::Name(field)) => {
                Ok(Self::Name(field, order.unwrap_or(Order::Ascending)))
            }
            Subject::Field(Field::Names(_)) => {
                Err(refused(path, name, "has several names a row: no order follows"))
            }
        }
    }
}

fn refused(path: &str, name: &str, why: &str) -> Error {
    Error::new(Code::InvalidArgument, format!("{path}: {name} {why}"))
}
