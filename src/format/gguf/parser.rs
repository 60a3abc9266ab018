//! The state machine over the bytes of a header. It takes them in pieces of any size and keeps of them only
//! what it found and the start of an item that is not complete.

use super::cursor::{Cursor, Read, Stop};
use super::entry::{self, Content, Item};
use super::header::{self, Header, invalid, too_much};
use super::limits::{FIRST_READ, MAX_DIMENSIONS, MAX_HEADER, MAX_TENSOR_NAME};
use super::problem::{ProblemCode, Problems, quoted};
use super::tensor::{self, Tensor};
use super::value::{Entry, List, Value, ValueType};
use super::walk::{Frame, Walk};
use crate::error::Result;
use std::ops::Range;

#[derive(Debug)]
enum State {
    Header,
    /// At a key, or behind the last one.
    Keys,
    List(Walk),
    /// At a tensor info, or behind the last one.
    Tensors,
    Done,
}

/// Reads a header from pieces.
#[derive(Debug)]
pub(super) struct Parser {
    state: State,
    /// Where the item starts that comes next.
    position: u64,
    /// Bytes before it that need not be read.
    skip: u64,
    /// Its start, where the last piece did not hold all of it.
    carry: Vec<u8>,
    file_size: Option<u64>,
    pub(super) header: Header,
    pub(super) entries: Vec<Entry>,
    pub(super) tensors: Vec<Tensor>,
    pub(super) problems: Problems,
}

impl Parser {
    pub(super) fn new(file_size: Option<u64>) -> Self {
        Self {
            state: State::Header,
            position: 0,
            skip: 0,
            carry: Vec::new(),
            file_size,
            header: Header::default(),
            entries: Vec::new(),
            tensors: Vec::new(),
            problems: Problems::default(),
        }
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self.state, State::Done) && self.skip == 0
    }

    /// Where the header ends, once it is done.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Takes the next bytes of the file.
    pub(super) fn push(&mut self, mut bytes: &[u8]) -> Result<()> {
        loop {
            self.skip_in(&mut bytes);
            if self.skip > 0 || matches!(self.state, State::Done) {
                return Ok(());
            }
            let more = if self.carry.is_empty() {
                self.step_in(&mut bytes)?
            } else {
                self.step_in_carry(&mut bytes)?
            };
            if !more {
                return Ok(());
            }
        }
    }

    fn skip_in(&mut self, bytes: &mut &[u8]) {
        let here = self.skip.min(bytes.len() as u64);
        *bytes = usize::try_from(here).ok().and_then(|here| bytes.get(here..)).unwrap_or_default();
        self.position += here;
        self.skip -= here;
    }

    fn step_in(&mut self, bytes: &mut &[u8]) -> Result<bool> {
        match self.step(bytes) {
            Ok(read) => {
                *bytes = bytes.get(read..).unwrap_or_default();
                Ok(true)
            }
            Err(Stop::Short(_)) => {
                self.carry.extend_from_slice(bytes);
                Ok(false)
            }
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Takes just as many bytes as the item needs, so that the bytes behind it are never copied.
    fn step_in_carry(&mut self, bytes: &mut &[u8]) -> Result<bool> {
        let mut carry = std::mem::take(&mut self.carry);
        match self.step(&carry) {
            Ok(_) => {
                carry.clear();
                self.carry = carry;
                Ok(true)
            }
            Err(Stop::Short(needed)) => {
                let missing = needed.saturating_sub(carry.len()).min(bytes.len());
                let (taken, rest) = bytes.split_at_checked(missing).unwrap_or_default();
                carry.extend_from_slice(taken);
                *bytes = rest;
                self.carry = carry;
                Ok(missing > 0)
            }
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    /// Reads one item, or a run of texts.
    fn step(&mut self, bytes: &[u8]) -> Read<usize> {
        let mut from = Cursor::new(bytes, self.header.layout);
        match self.state {
            State::Header => self.first_bytes(&mut from)?,
            State::Keys if self.entries.len() as u64 == self.header.keys => {
                self.state = State::Tensors;
            }
            State::Keys => self.key(&mut from)?,
            State::List(_) => return self.list(bytes),
            State::Tensors if self.tensors_left() == 0 => self.state = State::Done,
            State::Tensors => self.tensor(&mut from)?,
            State::Done => {}
        }
        self.advance(from.taken());
        Ok(from.taken())
    }

    fn first_bytes(&mut self, from: &mut Cursor<'_>) -> Read<()> {
        self.header = header::read(from)?;
        self.state = State::Keys;
        if self.header.version == 1 {
            let message = || "GGUF version 1, which llama.cpp no longer reads".to_owned();
            self.problems.add(ProblemCode::Version1, message);
        }
        Ok(())
    }

    fn tensor(&mut self, from: &mut Cursor<'_>) -> Read<()> {
        let (tensor, valid) = tensor::read(from)?;
        tensor.check(valid, &mut self.problems);
        self.tensors.push(tensor);
        Ok(())
    }

    fn list(&mut self, bytes: &[u8]) -> Read<usize> {
        let State::List(walk) = &mut self.state else { return Ok(0) };
        let Some(passed) = walk.step(bytes, self.header.layout)? else {
            self.end_list();
            return Ok(0);
        };
        let least = if passed.opens { walk.at_least(self.header.layout) } else { 0 };
        self.advance(passed.read);
        self.check_end(self.position, least)?;
        self.skip_from(self.position, passed.skip)?;
        Ok(passed.read)
    }

    fn advance(&mut self, read: usize) {
        self.position = self.position.saturating_add(read as u64);
    }

    fn key(&mut self, from: &mut Cursor<'_>) -> Read<()> {
        let Item { key, value_type, content } = entry::read(from)?;
        let here = self.position + from.taken() as u64;
        let value = match content {
            Content::Scalar(value) => value,
            Content::Text(text) => Value::Text(self.text(text, || key)),
            Content::LongText(length) => {
                self.skip_from(here, length)?;
                Value::LongText(here..here + length)
            }
            Content::Values { element, values, length, bytes } => Value::List(List {
                element,
                length,
                span: here - bytes..here,
                values: Some(values),
            }),
            Content::Unread(list) => return self.start_list(key, list, here),
        };
        self.add(key, value_type, value);
        Ok(())
    }

    fn add(&mut self, key: &[u8], value_type: ValueType, value: Value) {
        let key = self.text(key, || key);
        if key.is_empty() {
            self.problems.add(ProblemCode::EmptyKey, || "a key has no letters".to_owned());
        }
        self.entries.push(Entry { key, value_type, value });
    }

    fn text<'a>(&mut self, text: &[u8], key: impl FnOnce() -> &'a [u8]) -> String {
        let read = String::from_utf8_lossy(text);
        if matches!(read, std::borrow::Cow::Owned(_)) {
            let name = || quoted(&String::from_utf8_lossy(key()));
            self.problems.add(ProblemCode::InvalidText, || format!("{} is not UTF-8", name()));
        }
        read.into_owned()
    }

    fn start_list(&mut self, key: &[u8], list: Frame, start: u64) -> Read<()> {
        if list.element == ValueType::List {
            let name = || quoted(&String::from_utf8_lossy(key));
            self.problems.add(ProblemCode::NestedList, || format!("{} holds lists", name()));
        }
        let walk = Walk::new(key, list, start);
        self.check_end(start, walk.at_least(self.header.layout))?;
        self.state = State::List(walk);
        Ok(())
    }

    fn end_list(&mut self) {
        let State::List(walk) = std::mem::replace(&mut self.state, State::Keys) else { return };
        let Walk { element, length, start, .. } = walk;
        let list = List { element, length, span: start..self.position, values: None };
        self.add(&walk.key, ValueType::List, Value::List(list));
    }

    fn skip_from(&mut self, start: u64, count: u64) -> Result<()> {
        self.check_end(start, count)?;
        self.skip = count;
        Ok(())
    }

    /// Refuses what cannot be there before anybody asks for it.
    fn check_end(&self, start: u64, count: u64) -> Result<()> {
        let end = start.saturating_add(count);
        match self.file_size {
            Some(size) if end > size => Err(invalid(format!(
                "{count} bytes at byte {start} of the header, but the file has {size}"
            ))),
            _ if end > MAX_HEADER => Err(too_much(format!(
                "{count} bytes at byte {start} of the header, which may have {MAX_HEADER}"
            ))),
            _ => Ok(()),
        }
    }

    /// Where the bytes start that it wants next. All but the last of those that are skipped are never asked
    /// for; that one shows that the file has them.
    pub(super) fn wanted(&mut self) -> u64 {
        let jump = self.skip.saturating_sub(1);
        self.position += jump;
        self.skip -= jump;
        self.position + self.carry.len() as u64
    }

    /// The bytes that the rest of the header should take, with a margin.
    pub(super) fn expected_rest(&self) -> u64 {
        let list = match &self.state {
            State::List(walk) => self.expected_of_list(walk),
            _ => 0,
        };
        let tensors = self.tensors_left().saturating_mul(128);
        let sum = list.saturating_add(tensors).saturating_add(self.carry.len() as u64);
        sum.saturating_add(sum / 4).max(FIRST_READ / 8)
    }

    /// By the bytes its elements took so far. Merges, scores and types of tokens follow the tokens.
    fn expected_of_list(&self, walk: &Walk) -> u64 {
        let passed = (walk.length - walk.left()).max(1);
        let each = self.position.saturating_sub(walk.start) / passed + 1;
        let tokens = walk.key.ends_with(b".tokens");
        let after = if tokens { walk.length.saturating_mul(each.saturating_mul(3)) } else { 0 };
        walk.left().saturating_mul(each).saturating_add(after)
    }

    /// The bytes that the rest of the header takes at most.
    pub(super) fn largest_rest(&self) -> u64 {
        const LARGEST_TENSOR: u64 = 8 + MAX_TENSOR_NAME + 4 + 8 * MAX_DIMENSIONS as u64 + 4 + 8;
        match self.state {
            State::Tensors => self.tensors_left().saturating_mul(LARGEST_TENSOR),
            _ => MAX_HEADER,
        }
    }

    fn tensors_left(&self) -> u64 {
        self.header.tensors.saturating_sub(self.tensors.len() as u64)
    }

    /// What it was at when the bytes ended.
    pub(super) fn place(&self) -> String {
        match &self.state {
            State::Header => "the first bytes".to_owned(),
            State::Keys => format!("key {} of {}", self.entries.len() + 1, self.header.keys),
            State::List(walk) => quoted(&String::from_utf8_lossy(&walk.key)),
            State::Tensors | State::Done => {
                format!("tensor {} of {}", self.tensors.len() + 1, self.header.tensors)
            }
        }
    }

    /// The bytes from there that exist and that it may ask for.
    pub(super) fn within(&self, start: u64, length: u64) -> Result<Range<u64>> {
        let end = start.saturating_add(length).min(MAX_HEADER);
        let end = self.file_size.map_or(end, |size| end.min(size));
        if start < end {
            return Ok(start..end);
        }
        if start < MAX_HEADER {
            return Err(invalid(format!("the file ends at byte {end}, in {}", self.place())));
        }
        Err(too_much(format!("the header has more than {MAX_HEADER} bytes, at {}", self.place())))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Gguf, any_gguf};
    use super::*;
    use proptest::prelude::*;

    fn facts(pieces: &[&[u8]], size: Option<u64>) -> Result<String> {
        let mut parser = Parser::new(size);
        for piece in pieces {
            parser.push(piece)?;
        }
        parser.wanted();
        let done = parser.is_done();
        Ok(format!("{done} {:?}", super::super::GgufFacts::new(parser, size)))
    }

    fn split<'a>(bytes: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
        cuts.extend([0, bytes.len()]);
        cuts.sort_unstable();
        cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect()
    }

    proptest! {
        #[test]
        fn any_split_gives_the_same(file in any_gguf(), cuts in prop::collection::vec(any::<usize>(), 0..20)) {
            let bytes = file.bytes();
            let whole = facts(&[&bytes], None).unwrap();
            prop_assert!(whole.starts_with("true"));
            prop_assert_eq!(&whole, &facts(&split(&bytes, &cuts), None).unwrap());
            let single: Vec<_> = bytes.chunks(1).collect();
            prop_assert_eq!(&whole, &facts(&single, None).unwrap());
        }

        #[test]
        fn damage_is_the_same_in_any_split(
            file in any_gguf(),
            at in any::<usize>(),
            byte in any::<u8>(),
            cuts in prop::collection::vec(any::<usize>(), 0..8),
        ) {
            let mut bytes = file.bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            let size = Some(bytes.len() as u64);
            let whole = facts(&[&bytes], size);
            prop_assert_eq!(whole, facts(&split(&bytes, &cuts), size));
        }
    }

    #[test]
    fn nothing_is_kept_of_what_is_passed_over() {
        let tokens = vec!["a token".to_owned(); 100_000];
        let file = Gguf::new().texts("tokenizer.ggml.tokens", &tokens);
        let mut parser = Parser::new(None);
        for piece in file.bytes().chunks(999) {
            parser.push(piece).unwrap();
            assert!(parser.carry.capacity() <= 128, "{}", parser.carry.capacity());
        }
        assert!(parser.is_done());
    }
}
