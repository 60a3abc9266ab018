//! Reads the keys of an order.

use super::asked::Asked;
use super::read::{named, needed};
use super::{Key, Order, Subject};
use crate::catalog::field::Field;
use crate::error::Result;

impl Key {
    /// A name, or an object with a field and an order.
    pub(super) fn read(asked: &Asked<'_>) -> Result<Self> {
        if !asked.is_object() {
            return Self::of(asked, needed(asked, "a field or an object")?, None);
        }
        asked.options(&["order", "by"])?;
        let order = asked.key("order").word(&["asc", "desc"])?;
        let order =
            order.map(|place| if place == 0 { Order::Ascending } else { Order::Descending });
        let by = asked.key("by");
        Self::of(&by, needed(&by, "a field")?, order)
    }

    fn of(asked: &Asked<'_>, name: &str, order: Option<Order>) -> Result<Self> {
        let fixed = |key: Self| match order {
            None => Ok(key),
            Some(_) => Err(asked.refused(&[name, " has one order only, the best first"])),
        };
        if name == "relevance" {
            return fixed(Self::Relevance);
        }
        match named(asked, name, &["relevance"])? {
            Subject::Fit => fixed(Self::Fit),
            Subject::Field(Field::Number(field)) => {
                Ok(Self::Number(field, order.unwrap_or(Order::Descending)))
            }
            Subject::Field(Field::Name(field)) => {
                Ok(Self::Name(field, order.unwrap_or(Order::Ascending)))
            }
            Subject::Field(Field::Names(_)) => {
                Err(asked.refused(&[name, " has several names a row: no order follows"]))
            }
        }
    }
}
