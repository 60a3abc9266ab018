//! What was asked, as a tree of values: from JSON, or as a caller hands over what it holds already.
//!
//! | byte | value | then |
//! |--:|---|---|
//! | 0 | nothing | |
//! | 1, 2 | `false`, `true` | |
//! | 3 | a number | eight bytes of a double |
//! | 4 | text | its length in bytes, the bytes |
//! | 5 | a list | how many, each |
//! | 6 | an object | how many, of each the key (as text without its first byte) and the value |
//!
//! Lengths and counts take four bytes, the lowest first, as all numbers here.

use crate::error::{Code, Error, Result};
use crate::model::Json;
use crate::model::json::Walk;
use std::borrow::Cow;

/// Values inside values. Sixteen conditions inside each other take two each.
const MOST_DEPTH: usize = 64;

/// Keys of one object: four times the conditions that there may be.
const MOST_KEYS: usize = 1024;

/// A value.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Value<'a> {
    #[default]
    Missing,
    Flag(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    Object(Vec<(Cow<'a, str>, Self)>),
}

impl<'a> Value<'a> {
    /// Reads bytes to their end.
    pub(super) fn decode(bytes: &'a [u8]) -> Result<Self> {
        let mut rest = bytes;
        let value = Self::next(&mut rest, MOST_DEPTH).filter(|_| rest.is_empty());
        value.ok_or_else(|| {
            let message = "query: expected values with their lengths, at most 64 inside each other";
            Error::new(Code::InvalidArgument, message)
        })
    }

    fn next(from: &mut &'a [u8], depth: usize) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        Some(match take::<1>(from)? {
            [0] => Self::Missing,
            [flag @ (1 | 2)] => Self::Flag(flag == 2),
            [3] => Self::Number(f64::from_le_bytes(take(from)?)),
            [4] => Self::Text(text(from)?),
            // Each value takes a byte at least, so no count makes a list longer than the bytes.
            [5] => Self::List(
                (0..count(from)?).map(|_| Self::next(from, depth)).collect::<Option<_>>()?,
            ),
            [6] => {
                let count = count(from)?;
                let entry = |_| Some((text(from)?, Self::next(from, depth)?));
                Self::Object((0..count).map(entry).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }
}

impl<'a> Value<'a> {
    /// Reads JSON, all of it.
    pub(super) fn parse(json: &'a [u8]) -> Result<Self> {
        Self::of(Json::parse("query", json)?, MOST_DEPTH)
    }

    fn of(json: Json<'a>, depth: usize) -> Result<Self> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(limit("query: expected at most 64 values inside each other, found more"));
        };
        if json.is_object() {
            return Self::entries(json, depth).map(Self::Object);
        }
        if json.is_list() {
            return Self::items(json, depth).map(Self::List);
        }
        let plain = json.flag().map(Self::Flag).or(json.number().map(Self::Number));
        Ok(plain.or(json.text().map(Self::Text)).unwrap_or_default())
    }

    fn entries(json: Json<'a>, depth: usize) -> Result<Vec<(Cow<'a, str>, Self)>> {
        let mut walk = Walk::new(json.bytes());
        walk.open(b'{');
        let mut entries: Vec<(Cow<'a, str>, Self)> = Vec::new();
        while let Some((key, value)) = walk.entry() {
            // Of equal keys the last counts, as in JavaScript.
            entries.retain(|(other, _)| *other != key);
            if entries.len() == MOST_KEYS {
                return Err(limit("query: expected at most 1,024 keys of an object, found more"));
            }
            entries.push((key, Self::of(value, depth)?));
        }
        walk.end("query").map(|()| entries)
    }

    fn items(json: Json<'a>, depth: usize) -> Result<Vec<Self>> {
        let mut walk = Walk::new(json.bytes());
        walk.open(b'[');
        let mut items = Vec::new();
        while let Some(item) = walk.item() {
            items.push(Self::of(item, depth)?);
        }
        walk.end("query").map(|()| items)
    }
}

fn limit(message: &'static str) -> Error {
    Error::new(Code::LimitExceeded, message)
}

fn take<const N: usize>(from: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, rest) = from.split_first_chunk()?;
    *from = rest;
    Some(*bytes)
}

fn count(from: &mut &[u8]) -> Option<u32> {
    take(from).map(u32::from_le_bytes)
}

fn text<'a>(from: &mut &'a [u8]) -> Option<Cow<'a, str>> {
    let length = usize::try_from(count(from)?).ok()?;
    let (bytes, rest) = from.split_at_checked(length)?;
    *from = rest;
    std::str::from_utf8(bytes).ok().map(Cow::Borrowed)
}
