//! JSON into types, borrowing what it can and skipping what nobody asked for.
//!
//! Two thirds of a listing page are chat templates and model cards that no rule looks at. A reader that steps
//! over them a word at a time reads a page faster than the engine's own `JSON.parse` (`benches/filter-page.ts`),
//! and is lenient where it matters: `NaN` in a model card is none of our business.

mod reader;
mod skip;
mod text;
mod view;

pub(crate) use reader::{Fault, Reader, Walk};
pub(crate) use skip::{end_of_value, skip_space};
pub use view::Json;

use crate::error::{Code, Error, Result};
use serde::Deserialize;

/// Reads `what` from its JSON.
pub(crate) fn parse<'a, T: Deserialize<'a>>(what: &str, json: &'a [u8]) -> Result<T> {
    let mut reader = Reader::new(json);
    let value = T::deserialize(&mut reader);
    let value = value.and_then(|value| reader.end().map(|()| value));
    value.map_err(|fault| {
        let message = format!("{what}: expected JSON, found at byte {}: {fault}", reader.place());
        Error::new(Code::InvalidJson, message)
    })
}
