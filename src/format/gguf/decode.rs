//! Lists and texts that were passed over, decoded from their bytes.

use super::cursor::{Cursor, Stop};
use super::facts::GgufFacts;
use super::header::invalid;
use super::value::{List, ValueType, Values, values};
use crate::error::{Code, Error, Result};
use std::borrow::Cow;

impl GgufFacts {
    /// The elements of a list of texts, from the bytes of its [`span`](List::span). What is not UTF-8 is
    /// replaced.
    ///
    /// ```
    /// # use hubfit::format::gguf::{GgufFacts, Value};
    /// # fn tokens(facts: &GgufFacts, file: &[u8]) -> hubfit::Result<usize> {
    /// let Some(Value::List(list)) = facts.value("tokenizer.ggml.tokens") else { return Ok(0) };
    /// let bytes = &file[list.span.start as usize..list.span.end as usize];
    /// Ok(facts.texts(list, bytes)?.len())
    /// # }
    /// ```
    pub fn texts<'a>(&self, list: &List, bytes: &'a [u8]) -> Result<Vec<Cow<'a, str>>> {
        check(list, bytes, list.element == ValueType::Text, "texts")?;
        let mut from = Cursor::new(bytes, self.layout);
        let mut next = || {
            let length = from.length()?;
            from.bytes(length).map(String::from_utf8_lossy)
        };
        let all: std::result::Result<_, Stop> = (0..list.length).map(|_| next()).collect();
        all.map_err(failed)
    }

    /// The elements of a list of numbers or flags of any length, from the bytes of its [`span`](List::span).
    pub fn values(&self, list: &List, bytes: &[u8]) -> Result<Values> {
        check(list, bytes, list.element.bytes().is_some(), "numbers or flags")?;
        let read = values(list.element, &mut Cursor::new(bytes, self.layout)).map_err(failed)?;
        read.ok_or_else(|| invalid("the list holds neither numbers nor flags"))
    }
}

fn check(list: &List, bytes: &[u8], right_type: bool, what: &str) -> Result<()> {
    let expected = list.span.end.saturating_sub(list.span.start);
    let message = if !right_type {
        format!("expected a list of {what}, found one of {:?}", list.element)
    } else if bytes.len() as u64 != expected {
        format!("expected the {expected} bytes of the list, found {}", bytes.len())
    } else {
        return Ok(());
    };
    Err(Error::new(Code::InvalidArgument, message))
}

fn failed(stop: Stop) -> Error {
    match stop {
        Stop::Failed(error) => error,
        Stop::Short(_) => invalid("these are not the bytes of the list"),
    }
}
