//! One key with its value, or with the start of a list that is too long for one item.

use super::cursor::{Cursor, Read};
use super::header::{invalid, too_much};
use super::limits::{MAX_KEY, MAX_TEXT, MAX_VALUES};
use super::problem::quoted;
use super::value::{Value, ValueType, Values, scalar, values};
use super::walk::Frame;

/// A key and what stands behind it.
pub(super) struct Item<'a> {
    pub(super) key: &'a [u8],
    pub(super) value_type: ValueType,
    pub(super) content: Content<'a>,
}

pub(super) enum Content<'a> {
    /// A number or a flag.
    Scalar(Value),
    Text(&'a [u8]),
    /// A text of so many bytes, none of them read.
    LongText(u64),
    /// A list that was read, and the bytes it took.
    Values {
        element: ValueType,
        values: Values,
        length: u64,
        bytes: u64,
    },
    /// A list none of which was read.
    Unread(Frame),
}

/// Reads a key and its value.
pub(super) fn read<'a>(from: &mut Cursor<'a>) -> Read<Item<'a>> {
    let key = key(from)?;
    let value_type = value_type(from, key)?;
    let content = match scalar(value_type, from)? {
        Some(value) => Content::Scalar(value),
        None if value_type == ValueType::Text => text(from)?,
        None => list(from, key)?,
    };
    Ok(Item { key, value_type, content })
}

fn key<'a>(from: &mut Cursor<'a>) -> Read<&'a [u8]> {
    let length = from.length()?;
    if length > MAX_KEY {
        return Err(too_much(format!("a key of {length} bytes, more than {MAX_KEY}")).into());
    }
    from.bytes(length)
}

pub(super) fn value_type(from: &mut Cursor<'_>, key: &[u8]) -> Read<ValueType> {
    let id = from.u32()?;
    let unknown = || {
        let name = quoted(&String::from_utf8_lossy(key));
        invalid(format!("{name} has the value type {id}; expected 0 to 12"))
    };
    Ok(ValueType::from_id(id).ok_or_else(unknown)?)
}

fn text<'a>(from: &mut Cursor<'a>) -> Read<Content<'a>> {
    let length = from.length()?;
    if length > MAX_TEXT {
        return Ok(Content::LongText(length));
    }
    from.bytes(length).map(Content::Text)
}

fn list<'a>(from: &mut Cursor<'a>, key: &[u8]) -> Read<Content<'a>> {
    let element = value_type(from, key)?;
    let length = from.length()?;
    let Some(size) = element.bytes().filter(|_| length <= MAX_VALUES) else {
        return Ok(Content::Unread(Frame { element, left: length }));
    };
    let bytes = length.saturating_mul(size);
    let mut content = Cursor::new(from.bytes(bytes)?, from.layout);
    Ok(match values(element, &mut content)? {
        Some(values) => Content::Values { element, values, length, bytes },
        None => Content::Unread(Frame { element, left: length }),
    })
}
