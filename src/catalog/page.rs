//! Cursors: where a page ended, by the last row's keys and id, so that the next one starts there in another snapshot too.

use super::Table;
use super::sort::Columns;
use crate::error::{Code, Error, Result};
use crate::model::quoted::quoted;
use crate::model::said::{decimal, said};
use std::cmp::Ordering;

/// Where a page ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    keys: Vec<u32>,
    id: String,
}

impl Cursor {
    /// The cursor after a row.
    pub(super) fn write(table: &Table, columns: &Columns<'_>, row: u32) -> String {
        let mut text = String::new();
        for key in columns.keys(row) {
            text.push_str(&said(&[&decimal(key.into()), "."]));
        }
        text.push_str(&table.id(row as usize));
        text
    }

    /// Reads a cursor of an order; a row that is still there stands where its keys now put it.
    ///
    /// Errors: `invalid_argument` for text that is no cursor of this order.
    pub(super) fn read(table: &Table, columns: &Columns<'_>, text: &str) -> Result<Self> {
        let mut rest = text;
        let mut keys = Vec::new();
        for _ in 0..columns.len() {
            let (key, more) = rest.split_once('.').ok_or_else(|| wrong(text))?;
            keys.push(key.parse().map_err(|_| wrong(text))?);
            rest = more;
        }
        let keys = table.find(rest).map_or(keys, |row| columns.keys(row));
        Ok(Self { keys, id: rest.to_owned() })
    }

    /// Whether a row comes after it.
    pub(super) fn is_before(&self, table: &Table, columns: &Columns<'_>, row: u32) -> bool {
        let keys = self.keys.iter().zip(0..);
        let unequal = keys.map(|(key, column)| columns.key(column, row).cmp(key));
        let by_id = || table.compare_id(row as usize, &self.id);
        unequal.into_iter().find(|order| order.is_ne()).unwrap_or_else(by_id) == Ordering::Greater
    }
}

fn wrong(text: &str) -> Error {
    let found = quoted(text);
    let message = ["query.page.after: expected a cursor of this order, found ", &found];
    Error::new(Code::InvalidArgument, said(&message))
}
