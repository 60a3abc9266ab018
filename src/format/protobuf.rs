//! Protocol buffers, field by field: what a table names is handed on, and everything else is passed over unread.

use super::draft::MAX_DIMENSIONS;
use super::stream::{More, Stream};
use crate::error::{Error, Result};
use std::ops::Range;

/// Messages in messages: the limit of Google's own readers.
pub(super) const MAX_DEPTH: usize = 100;

/// Bytes of a text or a packed list that is handed on; a longer one is passed over.
pub(super) const MAX_KEPT: u64 = 64 << 10;

/// Where a file ends whose size is not known: none is longer, as offsets into files have 63 bits. A length that
/// reaches further is a wrong one, and none that does not makes a sum overflow.
const FARTHEST_END: u64 = i64::MAX as u64;

/// What to do with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Hand on its value: a number, or bytes.
    Keep,
    /// Hand on its length, and pass over its bytes.
    Measure,
    /// Read the message that it holds.
    Enter(u8),
}

/// The fields that somebody wants: for each message, by the number that [`Act::Enter`] gives it, its rows of field
/// number and act. Row 0 stands for every field that has none of its own.
pub(super) type Schema = [&'static [(u32, Act)]];

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// A number, or the length of something that is only measured.
    Number(u64),
    /// Text, or packed numbers.
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> {
    /// The text, with what is no UTF-8 replaced.
    pub(super) fn text(self) -> std::borrow::Cow<'a, str> {
        let Self::Bytes(bytes) = self else { return "".into() };
        String::from_utf8_lossy(bytes)
    }

    pub(super) fn number(self) -> u64 {
        let Self::Number(number) = self else { return 0 };
        number
    }

    /// Adds the dimensions in a repeated field, packed or alone.
    pub(super) fn push_to(self, dims: &mut Vec<i64>) {
        let mut push = |number: u64| {
            if dims.len() < MAX_DIMENSIONS {
                dims.push(number.cast_signed());
            }
        };
        let mut rest = match self {
            Self::Number(number) => return push(number),
            Self::Bytes(bytes) => bytes,
        };
        while let Ok(Some((number, length))) = varint(rest) {
            push(number);
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

/// Takes what a scan finds.
pub(super) trait Messages {
    /// A message starts.
    fn begin(&mut self, message: u8);
    /// A field of it.
    fn field(&mut self, message: u8, field: u32, value: Value<'_>);
    /// It ends.
    fn end(&mut self, message: u8);
    /// The scan gives up the message in the outermost one, so many bytes before its end.
    fn stopped(&mut self, unread: u64);
}

/// What stands before the value of a field.
struct Head {
    message: u8,
    field: u32,
    act: Option<Act>,
    bytes: usize,
}

#[derive(Clone, Copy, Debug)]
struct Frame {
    message: u8,
    end: u64,
}

/// Reads one message from a stream.
#[derive(Debug)]
pub(super) struct Scanner {
    stream: Stream,
    schema: &'static Schema,
    /// The message that is the file, the one in it, and so on.
    frames: Vec<Frame>,
    gave_up: bool,
}

impl Scanner {
    /// Message 0 of the schema is the file.
    pub(super) fn new(stream: Stream, schema: &'static Schema) -> Self {
        let end = stream.file.end.unwrap_or(FARTHEST_END).min(FARTHEST_END);
        Self { stream, schema, frames: vec![Frame { message: 0, end }], gave_up: false }
    }

    /// Asks for this many bytes first.
    pub(super) fn first_read(mut self, bytes: u64) -> Self {
        self.stream.file.ask_first(bytes);
        self
    }

    pub(super) fn asked(&self) -> Range<u64> {
        self.stream.file.asked.clone()
    }

    /// Bytes of the file before the place that was reached.
    pub(super) fn position(&self) -> u64 {
        self.stream.position
    }

    pub(super) fn invalid(&self, found: &str) -> Error {
        self.stream.invalid(found)
    }

    /// Takes the bytes that were asked for. `None` where the scan has ended.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        messages: &mut dyn Messages,
    ) -> Result<Option<Range<u64>>> {
        self.stream.push(bytes)?;
        loop {
            while self.step(messages)? {}
            match self.stream.more() {
                More::Read(range) => return Ok(Some(range)),
                More::End => return self.at_the_end().map(|()| None),
                More::Enough if self.give_up(messages) => {}
                More::Enough => return Ok(None),
            }
        }
    }

    /// Whether all messages end where the file does.
    fn at_the_end(&self) -> Result<()> {
        let end = self.stream.file.end.unwrap_or(u64::MAX);
        if self.frames.len() == 1 && self.stream.position == end {
            return Ok(());
        }
        Err(self.invalid(&format!("more than there is: the file ends at byte {end}")))
    }

    /// Passes over the rest of the message in the outermost one, so that what follows it is read all the same. Once.
    fn give_up(&mut self, messages: &mut dyn Messages) -> bool {
        let outer = self.frames.first().map_or(0, |frame| frame.end);
        let end = self.frames.get(1).map_or(outer, |frame| frame.end);
        messages.stopped(end.saturating_sub(self.stream.position));
        let again = !self.gave_up && self.frames.len() > 1;
        self.frames.truncate(1);
        self.stream.position = end;
        self.stream.allow_more();
        self.gave_up = true;
        again
    }

    /// Reads one field. False where that takes more bytes, or nothing is left.
    fn step(&mut self, messages: &mut dyn Messages) -> Result<bool> {
        let Some(&Frame { message, end }) = self.frames.last() else { return Ok(false) };
        if self.stream.position >= end {
            return Ok(self.leave(message, messages));
        }
        let Some((tag, bytes)) = self.varint(self.stream.rest())? else { return Ok(false) };
        let field = u32::try_from(tag >> 3).unwrap_or(0);
        if field == 0 || field >= 1 << 29 {
            return Err(self.invalid("a field without a number"));
        }
        let head = Head { message, field, act: self.act(message, field), bytes };
        match tag & 7 {
            0 => self.number(&head, end, messages),
            1 => self.pass(bytes as u64 + 8, end).map(|()| true),
            2 => self.bytes(&head, end, messages),
            5 => self.pass(bytes as u64 + 4, end).map(|()| true),
            _ => Err(self.invalid("a field of no known type")),
        }
    }

    /// A field that is a number of as many bytes as it takes.
    fn number(&mut self, head: &Head, end: u64, messages: &mut dyn Messages) -> Result<bool> {
        let rest = self.stream.rest().get(head.bytes..).unwrap_or_default();
        let Some((value, length)) = self.varint(rest)? else { return Ok(false) };
        self.pass((head.bytes + length) as u64, end)?;
        if head.act == Some(Act::Keep) {
            messages.field(head.message, head.field, Value::Number(value));
        }
        Ok(true)
    }

    fn pass(&mut self, bytes: u64, end: u64) -> Result<()> {
        self.check_room(bytes, end)?;
        self.stream.advance(bytes);
        Ok(())
    }

    /// The outermost message ends with the file.
    fn leave(&mut self, message: u8, messages: &mut dyn Messages) -> bool {
        if self.frames.len() == 1 {
            return false;
        }
        self.frames.pop();
        messages.end(message);
        true
    }

    fn act(&self, message: u8, field: u32) -> Option<Act> {
        let rows = self.schema.get(usize::from(message))?;
        let own = rows.iter().find(|(row, _)| *row == field);
        own.or_else(|| rows.iter().find(|(row, _)| *row == 0)).map(|(_, act)| *act)
    }

    /// A field that says how long it is.
    fn bytes(&mut self, head: &Head, end: u64, messages: &mut dyn Messages) -> Result<bool> {
        let rest = self.stream.rest().get(head.bytes..).unwrap_or_default();
        let Some((length, length_bytes)) = self.varint(rest)? else { return Ok(false) };
        let before = (head.bytes + length_bytes) as u64;
        self.check_room(before.saturating_add(length), end)?;
        match head.act {
            Some(Act::Enter(inner)) => {
                self.stream.advance(before);
                self.enter(inner, length)?;
                messages.begin(inner);
                return Ok(true);
            }
            Some(Act::Keep) if length <= MAX_KEPT => {
                let body = rest.get(length_bytes..).unwrap_or_default();
                let here = usize::try_from(length).unwrap_or(usize::MAX);
                let Some(body) = body.get(..here) else { return Ok(false) };
                messages.field(head.message, head.field, Value::Bytes(body));
            }
            Some(Act::Measure) => messages.field(head.message, head.field, Value::Number(length)),
            _ => {}
        }
        self.stream.advance(before + length);
        Ok(true)
    }

    fn enter(&mut self, message: u8, length: u64) -> Result<()> {
        if self.frames.len() >= MAX_DEPTH {
            let position = self.stream.position;
            return Err(self.stream.file.too_much(&format!(
                "expected at most {MAX_DEPTH} messages in each other, found more at byte {position}"
            )));
        }
        self.frames.push(Frame { message, end: self.stream.position.saturating_add(length) });
        Ok(())
    }

    fn check_room(&self, needed: u64, end: u64) -> Result<()> {
        if end - self.stream.position >= needed {
            return Ok(());
        }
        let found =
            format!("a field of {needed} bytes that reaches past byte {end}, where it must end");
        Err(self.invalid(&found))
    }

    fn varint(&self, bytes: &[u8]) -> Result<Option<(u64, usize)>> {
        varint(bytes).map_err(|()| self.invalid("a number of more than 64 bits"))
    }
}

/// A number of one to ten bytes, seven bits each; `None` where the bytes end before it does.
fn varint(bytes: &[u8]) -> std::result::Result<Option<(u64, usize)>, ()> {
    let mut value = 0;
    for (at, &byte) in bytes.iter().take(10).enumerate() {
        if at == 9 && byte > 1 {
            return Err(());
        }
        value |= u64::from(byte & 0x7f) << (7 * at);
        if byte < 0x80 {
            return Ok(Some((value, at + 1)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(varint(&[0x96, 0x01, 7]), Ok(Some((150, 2))));
        let largest = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
        assert_eq!(varint(&largest), Ok(Some((u64::MAX, 10))));
        assert_eq!(varint(&[0xff; 9]), Ok(None));
        assert_eq!(varint(&[0xff; 10]), Err(()));
        assert_eq!(varint(&[0x80; 11]), Err(()));
    }

    #[test]
    fn packed_numbers() {
        let mut list = vec![];
        Value::Bytes(&[1, 0x96, 0x01, 0x80]).push_to(&mut list);
        Value::Number(u64::MAX).push_to(&mut list);
        assert_eq!(list, [1, 150, -1]);
    }
}
