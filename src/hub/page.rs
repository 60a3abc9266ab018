//! Listing pages: rows read one by one.

use super::split;
use crate::error::{Code, Error, Result};
use crate::model::ListingItem;
use crate::model::json;
use serde::Serialize;
use std::ops::Range;

/// The rows of a page that were asked for, and those that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows, in order.
    pub kept: Vec<Row>,
    /// Rows that could not be read, with why.
    pub skipped: Vec<SkippedRow>,
    /// How many rows the page has.
    pub total: usize,
}

/// One row: where it stands in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its place among the page's rows, from 0.
    pub index: usize,
    /// Its bytes in the page.
    pub bytes: Range<usize>,
}

/// A row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify), tsify(missing_as_null))]
#[serde(rename_all = "camelCase")]
pub struct SkippedRow {
    /// Its place among the page's rows, from 0.
    pub index: usize,
    /// Its id, where that could be read.
    pub id: Option<String>,
    /// The code of what went wrong, as an error would carry it.
    pub code: String,
    /// What was expected, what was found, and where.
    pub message: String,
}

/// A page larger than this is no listing: 1,000 rows, each with a whole chat template, stay under a tenth of it.
const MAX_PAGE_BYTES: usize = 256 << 20;

/// The rows that a test keeps.
pub fn select(page: &[u8], keep: impl Fn(&ListingItem<'_>) -> bool) -> Result<Rows> {
    if page.len() > MAX_PAGE_BYTES {
        let message = format!(
            "a listing page: expected at most {MAX_PAGE_BYTES} bytes, found {}",
            page.len()
        );
        return Err(Error::new(Code::LimitExceeded, message));
    }
    let elements = split::elements(page)?;
    let mut rows = Rows { total: elements.ranges.len(), ..Rows::default() };
    for (index, bytes) in elements.ranges.into_iter().enumerate() {
        match read_row(page.get(bytes.clone()).unwrap_or_default()) {
            Ok(item) if keep(&item) => rows.kept.push(Row { index, bytes }),
            Ok(_) => {}
            Err(error) => rows.skipped.push(skipped(index, &error)),
        }
    }
    if !elements.complete {
        rows.skipped.push(cut_off(rows.total, page.len()));
    }
    Ok(rows)
}

/// Reads one model: the answer of the single-model route, or one row.
pub fn read_item(json: &[u8]) -> Result<ListingItem<'_>> {
    let first = json.iter().find(|byte| !byte.is_ascii_whitespace());
    match first {
        Some(b'{') => json::parse("a model", json),
        _ => Err(Error::new(
            Code::InvalidModel,
            format!("a model: expected an object, found {}", found(first)),
        )),
    }
}

/// A row must have an id: without one it can be neither shown nor asked for.
fn read_row(json: &[u8]) -> Result<ListingItem<'_>> {
    let item = read_item(json)?;
    if item.name().is_some() {
        return Ok(item);
    }
    let found = item.id.malformed().map_or_else(|| "nothing".to_owned(), |found| found.to_string());
    let message = format!("id: expected text of the form org/name, found {found}");
    Err(Error::new(Code::InvalidModel, message))
}

fn found(first: Option<&u8>) -> &'static str {
    match first {
        None => "nothing",
        Some(b'[') => "a list",
        Some(b'"') => "text",
        Some(b'n') => "null",
        Some(b't' | b'f') => "a boolean",
        Some(b'<') => "a page of HTML",
        Some(byte) if byte.is_ascii_digit() || *byte == b'-' => "a number",
        Some(_) => "something that is not JSON",
    }
}

fn skipped(index: usize, error: &Error) -> SkippedRow {
    SkippedRow { index, id: None, code: error.code().to_owned(), message: error.to_string() }
}

fn cut_off(index: usize, length: usize) -> SkippedRow {
    let message = format!(
        "the page ends in the middle of row {index}, after {length} bytes; ask for it again"
    );
    SkippedRow { index, id: None, code: "invalid_response".to_owned(), message }
}
