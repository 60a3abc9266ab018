//! Listing pages: rows read one by one, so that one bad row never sinks a page.

use super::Answer;
use crate::error::{Code, Error, Result};
use crate::model::json::{Walk, end_of_value, skip_space};
use crate::model::{Found, ListingItem};
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
    /// Whether the page ends in the middle, or has more after its end; `skipped` tells.
    pub damaged: bool,
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
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct SkippedRow {
    /// Its place among the page's rows, from 0.
    pub index: usize,
    /// The code of what went wrong, as an error would carry it.
    pub code: String,
    /// What was expected, what was found, and where.
    pub message: String,
}

/// A page larger than this is no listing: 1,000 rows, each with a whole chat template, stay under a tenth of it.
const MAX_PAGE_BYTES: usize = 256 << 20;

/// Says of a row whether it is kept.
type Keep<'a> = &'a mut dyn FnMut(&ListingItem<'_>, &[u8]) -> bool;

/// The rows that a test keeps.
///
/// A page that ends in the middle gives its whole rows, and says so in `skipped`.
pub fn select(page: &[u8], mut keep: impl FnMut(&ListingItem<'_>) -> bool) -> Result<Rows> {
    select_rows(page, &mut |item, _| keep(item))
}

/// The same for a test that looks at the row's JSON too.
pub fn select_json(
    page: &[u8],
    mut keep: impl FnMut(&ListingItem<'_>, &[u8]) -> bool,
) -> Result<Rows> {
    select_rows(page, &mut keep)
}

/// A test by reference, so that the module holds one copy of the reader and not one for each test.
fn select_rows(page: &[u8], keep: Keep<'_>) -> Result<Rows> {
    let mut rows = Rows::default();
    let mut at = start_of_rows(page)?;
    while let Some(&byte) = page.get(at) {
        match byte {
            b']' => {
                rows.finish(page, at + 1);
                return Ok(rows);
            }
            b',' => at = skip_space(page, at + 1),
            _ => match read_row(page, at, keep, &mut rows) {
                Some(end) => at = skip_space(page, end),
                None => break,
            },
        }
    }
    rows.damage(&format!("ends in the middle of row {}, after {} bytes", rows.total, page.len()));
    Ok(rows)
}

fn start_of_rows(page: &[u8]) -> Result<usize> {
    if page.len() > MAX_PAGE_BYTES {
        let message = format!(
            "a listing page: expected at most {MAX_PAGE_BYTES} bytes, found {}",
            page.len()
        );
        return Err(Error::new(Code::LimitExceeded, message));
    }
    let start = start_of_text(page);
    if page.get(start) == Some(&b'[') {
        return Ok(skip_space(page, start + 1));
    }
    let message = format!(
        "a listing page: expected a JSON list, found {}",
        Found::of_json(page.get(start..).unwrap_or_default())
    );
    Err(Error::new(Code::InvalidResponse, message))
}

/// Where the text starts, after white space and the mark that some servers put before it.
fn start_of_text(json: &[u8]) -> usize {
    let mark = if json.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    skip_space(json, mark)
}

/// Reads the row that starts here and gives its end, or none where the page ends first.
fn read_row(page: &[u8], start: usize, keep: Keep<'_>, rows: &mut Rows) -> Option<usize> {
    let mut walk = Walk::starting_at(page, start);
    let item = read_object(&mut walk);
    let end = match &item {
        Ok(_) => walk.place(),
        // Wherever reading stopped, the row ends where its brackets close.
        Err(_) => end_of_value(page, start).filter(|&end| end > start)?,
    };
    match item.and_then(with_name) {
        Ok(item) if keep(&item, page.get(start..end).unwrap_or_default()) => {
            rows.kept.push(Row { index: rows.total, bytes: start..end });
        }
        Ok(_) => {}
        Err(error) => rows.skip(error),
    }
    rows.total += 1;
    Some(end)
}

impl Rows {
    /// Nothing but white space may follow the list.
    fn finish(&mut self, page: &[u8], end: usize) {
        if skip_space(page, end) < page.len() {
            self.damage("goes on after its end");
        }
    }

    fn damage(&mut self, how: &str) {
        self.damaged = true;
        let message = format!("the page {how}; ask for it again");
        self.skip(Error::new(Code::InvalidResponse, message));
    }

    #[expect(clippy::needless_pass_by_value, reason = "the error ends here")]
    fn skip(&mut self, error: Error) {
        let (code, message) = (error.code().to_owned(), error.to_string());
        self.skipped.push(SkippedRow { index: self.total, code, message });
    }
}

fn read_object<'a>(walk: &mut Walk<'a>) -> Result<ListingItem<'a>> {
    if !walk.open(b'{') {
        let message = format!("a model: expected an object, found {}", walk.found());
        return Err(Error::new(Code::InvalidModel, message));
    }
    let item = ListingItem::read(walk);
    walk.check("a model").map(|()| item)
}

/// Reads one model: the answer of the single-model route, or one row.
pub fn read_item(json: &[u8]) -> Result<ListingItem<'_>> {
    let mut walk = Walk::starting_at(json, start_of_text(json));
    let item = read_object(&mut walk)?;
    walk.end("a model").map(|()| item)
}

/// Reads the answer of the single-model route: a model with an id, or the Hub answered something else.
pub fn read_answer<'a>(answer: &Answer, body: &'a [u8]) -> Result<ListingItem<'a>> {
    answer.check(body)?;
    read_item(body).and_then(with_name).map_err(|error| answer.wrong(&error))
}

/// A row must have an id: without one it can be neither shown nor asked for.
fn with_name(item: ListingItem<'_>) -> Result<ListingItem<'_>> {
    if item.name().is_some() {
        return Ok(item);
    }
    let found = item.id.malformed().map_or_else(|| "nothing".to_owned(), |found| found.to_string());
    let message = format!("id: expected text of the form org/name, found {found}");
    Err(Error::new(Code::InvalidModel, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn page(json: &str, kept: &[&str], skipped: &[(usize, &str)]) {
        let rows = select(json.as_bytes(), |_| true).unwrap();
        let texts: Vec<_> = rows.kept.into_iter().map(|row| json.get(row.bytes).unwrap()).collect();
        let codes: Vec<_> = rows.skipped.iter().map(|row| (row.index, row.code.as_str())).collect();
        assert_eq!((texts.as_slice(), codes.as_slice()), (kept, skipped));
    }

    #[test]
    fn whole_pages() {
        page("[]", &[], &[]);
        page(r#" [ {"id":"a"} , {"id":"b]}"} ] "#, &[r#"{"id":"a"}"#, r#"{"id":"b]}"}"#], &[]);
    }

    #[test]
    fn one_bad_row_never_sinks_a_page() {
        let good = r#"{"id":"x/y"}"#;
        for (bad, code) in [
            ("1", "invalid_model"),
            ("null", "invalid_model"),
            ("{}", "invalid_model"),
            (r#"{"id":5}"#, "invalid_model"),
            (r#"{"id":"a","tags":[}"#, "invalid_json"),
            (r#"{"id":"a" "b":1}"#, "invalid_json"),
        ] {
            page(&format!("[{good},{bad},{good}]"), &[good, good], &[(1, code)]);
        }
    }

    #[test]
    fn nan_in_a_model_card_is_none_of_our_business() {
        let row = r#"{"id":"x/y","cardData":{"co2":NaN}}"#;
        page(&format!("[{row}]"), &[row], &[]);
    }

    #[test]
    fn a_cut_page_gives_what_is_whole() {
        page(r#"[{"id":"a"},{"id":"#, &[r#"{"id":"a"}"#], &[(1, "invalid_response")]);
        page("[", &[], &[(0, "invalid_response")]);
    }

    #[test]
    fn other_answers_are_named() {
        for (json, found) in [("<html>", "HTML"), ("{}", "an object"), ("", "nothing")] {
            let message = select(json.as_bytes(), |_| true).unwrap_err().to_string();
            assert!(message.contains(found), "{message}");
        }
    }
}
