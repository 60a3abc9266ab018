//! JSON text into types, with errors that name the place.

use crate::error::{Code, Error, Result};
use serde::Deserialize;

/// Reads `what` from its JSON.
pub(crate) fn parse<'a, T: Deserialize<'a>>(what: &str, json: &'a [u8]) -> Result<T> {
    serde_json::from_slice(json).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let message = format!("{what}: expected JSON, found at {place}: {}", reason(&error));
        Error::new(Code::InvalidJson, message)
    })
}

/// The parser's words without its own note of the place.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
