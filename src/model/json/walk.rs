//! A walk over JSON, value by value, in one pass: what nobody asks for is stepped over unread.
//!
//! The first fault ends the walk: from there on nothing follows anywhere, and whoever began it asks what was wrong.

use super::skip::{end_of_value, skip_space};
use super::{Json, text};
use crate::error::{Code, Error, Result};
use crate::model::lenient::{Field, Found, Shape, Text};
use crate::model::unread::Unread;
use std::borrow::Cow;

/// Objects inside objects that are walked (not skipped): a config holds a text config, which may hold another.
/// Real ones go to depth 6; the limit keeps hostile ones from the stack.
const MAX_DEPTH: u32 = 64;

/// The place of a walk.
#[derive(Clone)]
pub(crate) struct Walk<'a> {
    json: &'a [u8],
    start: usize,
    at: usize,
    depth: u32,
    /// Whether the next element is the first of its list or object.
    first: bool,
    fault: Option<&'static str>,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(json: &'a [u8]) -> Self {
        Self::starting_at(json, 0)
    }

    pub(crate) fn starting_at(json: &'a [u8], at: usize) -> Self {
        Self { json, start: at, at, depth: 0, first: false, fault: None }
    }

    /// The byte that is read next, or that of the fault.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// What comes next, by its first byte.
    pub(crate) fn found(&self) -> Found {
        Found::of_json(self.json.get(self.at..).unwrap_or_default())
    }

    /// What was wrong.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        self.fault
    }

    /// Makes sure that nothing was wrong.
    pub(crate) fn check(&self, what: &str) -> Result<()> {
        self.fault.map_or(Ok(()), |fault| {
            let place = self.at - self.start;
            let message = format!("{what}: expected JSON, found at byte {place}: {fault}");
            Err(Error::new(Code::InvalidJson, message))
        })
    }

    /// What was wrong, to the end of the text: nothing but white space may be left.
    pub(crate) fn finish(&mut self) -> Option<&'static str> {
        if self.peek().is_some() {
            self.fail("more text after the value");
        }
        self.fault
    }

    /// Makes sure that nothing was wrong, to the end of the text.
    pub(crate) fn end(mut self, what: &str) -> Result<()> {
        self.finish();
        self.check(what)
    }

    fn fail(&mut self, fault: &'static str) {
        self.fault = self.fault.or(Some(fault));
    }

    /// The next byte that is no white space; none at the end, and after a fault.
    fn peek(&mut self) -> Option<u8> {
        if self.fault.is_some() {
            return None;
        }
        self.at = skip_space(self.json, self.at);
        self.json.get(self.at).copied()
    }

    /// Steps into the next value where it starts with that bracket.
    pub(crate) fn open(&mut self, bracket: u8) -> bool {
        if self.peek() != Some(bracket) {
            return false;
        }
        if self.depth == MAX_DEPTH {
            self.fail("more than 64 objects and lists inside each other");
            return false;
        }
        self.at += 1;
        self.depth += 1;
        self.first = true;
        true
    }

    /// The next element of the list, unread; steps out of the list where none follows.
    pub(crate) fn item(&mut self) -> Option<Json<'a>> {
        let value = self.more_items().then(|| self.value())?;
        self.fault.is_none().then_some(value)
    }

    /// Whether another element of the list comes next; steps out of the list where none does.
    pub(crate) fn more_items(&mut self) -> bool {
        self.more(b']')
    }

    /// The next entry of the object, its value unread; steps out of the object where none follows.
    pub(crate) fn entry(&mut self) -> Option<(Cow<'a, str>, Json<'a>)> {
        let entry = (self.key()?, self.value());
        self.fault.is_none().then_some(entry)
    }

    /// The next key of the object, whose value comes next; steps out of the object where none follows.
    pub(crate) fn key(&mut self) -> Option<Cow<'a, str>> {
        if !self.more(b'}') {
            return None;
        }
        if self.peek() != Some(b'"') {
            self.fail("a key that is not in quotes");
        }
        let key = self.string()?;
        if self.peek() != Some(b':') {
            self.fail("no colon after a key");
            return None;
        }
        self.at += 1;
        Some(key)
    }

    fn more(&mut self, close: u8) -> bool {
        let first = std::mem::take(&mut self.first);
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                return false;
            }
            Some(b',') if !first => self.at += 1,
            _ if !first => self.fail("no comma between two values"),
            _ => {}
        }
        if self.peek().is_none() {
            self.fail("the end of the text inside a value");
        }
        self.fault.is_none()
    }

    /// The next value, unread.
    pub(crate) fn value(&mut self) -> Json<'a> {
        self.peek();
        let start = self.at;
        match end_of_value(self.json, start) {
            _ if self.fault.is_some() => return Json::MISSING,
            None => self.fail("the end of the text inside a value"),
            Some(end) if end == start => self.fail("something that is no value"),
            Some(end) => self.at = end,
        }
        Json(self.json.get(start..self.at).unwrap_or_default())
    }

    /// The text of the string that starts here.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        match text::read(self.json, self.at + 1) {
            _ if self.fault.is_some() => None,
            Ok((text, end)) => {
                self.at = end;
                Some(text)
            }
            Err((fault, at)) => {
                self.at = at;
                self.fail(fault);
                None
            }
        }
    }

    /// Steps over the next value.
    pub(crate) fn skip(&mut self) {
        self.value();
    }

    /// A value of one shape.
    pub(crate) fn field<T: Shape<'a>>(&mut self) -> Field<T> {
        Field::of(self.value())
    }

    /// A whole number of at most 64 bits, read in place; none where the next value is another one.
    pub(crate) fn whole(&mut self) -> Option<u64> {
        self.peek();
        let start = self.at;
        let mut sum = 0_u64;
        while let Some(digit) = self.digit() {
            sum = sum.wrapping_mul(10).wrapping_add(digit);
            self.at += 1;
        }
        match self.at - start {
            0 => None,
            // No sum of so many digits overflows; WebAssembly checks a product by one of 128 bits.
            1..=19 => Some(sum),
            _ => std::str::from_utf8(self.json.get(start..self.at)?).ok()?.parse().ok(),
        }
    }

    fn digit(&self) -> Option<u64> {
        let digit = self.json.get(self.at)?.wrapping_sub(b'0');
        (digit < 10).then(|| digit.into())
    }

    /// A text. One that is broken is a fault, so that a row is never known by half of its name.
    pub(crate) fn text(&mut self) -> Field<Text<'a>> {
        if self.peek() != Some(b'"') {
            return self.field();
        }
        self.string().map_or(Field::Missing, |text| Field::Valid(Text(text)))
    }

    /// A list, unread.
    pub(crate) fn list<T: Shape<'a>>(&mut self) -> Unread<'a, T> {
        Unread::new(self.value())
    }

    /// An object, read in place.
    pub(crate) fn record<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Field<T> {
        if self.open(b'{') {
            return Field::Valid(read(self));
        }
        let value = self.value();
        if value.is_missing() { Field::Missing } else { Field::Malformed(value.found()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn fault(json: &str) -> String {
        let mut walk = Walk::new(json.as_bytes());
        if walk.open(b'[') {
            while walk.item().is_some() {}
        } else {
            through(&mut walk);
        }
        walk.end("a test").unwrap_err().to_string()
    }

    fn through(walk: &mut Walk<'_>) {
        if !walk.open(b'{') {
            walk.text();
            return;
        }
        while walk.key().is_some() {
            through(walk);
        }
    }

    #[test]
    fn faults_are_named() {
        for (json, fault_at) in [
            ("[", "1: the end of the text inside a value"),
            (r#"{"a" 1}"#, "5: no colon after a key"),
            (r#"{"a":1 "b":2}"#, "7: no comma between two values"),
            ("{a:1}", "1: a key that is not in quotes"),
            (r#"{"a":1,}"#, "7: a key that is not in quotes"),
            (r#"{"a":"x"#, "7: the end of the text inside a string"),
            (r#"{"\x":1}"#, "2: an escape that JSON has not"),
            ("[1] 2", "4: more text after the value"),
            ("[,1]", "1: something that is no value"),
        ] {
            assert_eq!(
                fault(json),
                format!("a test: expected JSON, found at byte {fault_at}"),
                "{json}"
            );
        }
        assert!(fault(&r#"{"a":"#.repeat(1_000_000)).contains("64"));
    }
}
