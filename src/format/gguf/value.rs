//! The values of keys.

use super::cursor::{Cursor, Read};
use std::ops::Range;

/// The type that a file gives a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the specification")]
pub enum ValueType {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    F32,
    Bool,
    Text,
    List,
    U64,
    I64,
    F64,
}

impl ValueType {
    const ALL: [Self; 13] = [
        Self::U8,
        Self::I8,
        Self::U16,
        Self::I16,
        Self::U32,
        Self::I32,
        Self::F32,
        Self::Bool,
        Self::Text,
        Self::List,
        Self::U64,
        Self::I64,
        Self::F64,
    ];

    /// The type with this number in a file.
    #[must_use]
    pub fn from_id(id: u32) -> Option<Self> {
        Self::ALL.get(usize::try_from(id).ok()?).copied()
    }

    /// Bytes of one value; texts and lists have no fixed size.
    #[must_use]
    pub fn bytes(self) -> Option<u64> {
        match self {
            Self::U8 | Self::I8 | Self::Bool => Some(1),
            Self::U16 | Self::I16 => Some(2),
            Self::U32 | Self::I32 | Self::F32 => Some(4),
            Self::U64 | Self::I64 | Self::F64 => Some(8),
            Self::Text | Self::List => None,
        }
    }
}

/// One key of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The type that the file gives the value.
    pub value_type: ValueType,
    /// The value.
    pub value: Value,
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// An unsigned number of any width.
    U64(u64),
    /// A signed number of any width.
    I64(i64),
    /// A floating-point number of either width.
    F64(f64),
    /// A flag.
    Bool(bool),
    /// A text.
    Text(String),
    /// A text longer than [`MAX_TEXT`](super::limits::MAX_TEXT): the place of its bytes in the file.
    LongText(Range<u64>),
    /// A list.
    List(List),
}

/// A list: what it holds, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// The type of its elements.
    pub element: ValueType,
    /// The number of its elements.
    pub length: u64,
    /// The place of its elements in the file.
    pub span: Range<u64>,
    /// The elements, where they are numbers or flags and at most
    /// [`MAX_VALUES`](super::limits::MAX_VALUES).
    pub values: Option<Values>,
}

/// The elements of a list of numbers or flags.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Unsigned numbers.
    U64(Vec<u64>),
    /// Signed numbers.
    I64(Vec<i64>),
    /// Floating-point numbers.
    F64(Vec<f64>),
    /// Flags.
    Bool(Vec<bool>),
}

/// A number or a flag; `None` where the type is neither.
pub(super) fn scalar(of: ValueType, from: &mut Cursor<'_>) -> Read<Option<Value>> {
    use ValueType as T;
    let layout = from.layout;
    Ok(Some(match of {
        T::U8 => Value::U64(u8::from_ne_bytes(from.array()?).into()),
        T::I8 => Value::I64(i8::from_ne_bytes(from.array()?).into()),
        T::U16 => Value::U64(layout.u16(from.array()?).into()),
        T::I16 => Value::I64(layout.u16(from.array()?).cast_signed().into()),
        T::U32 => Value::U64(from.u32()?.into()),
        T::I32 => Value::I64(from.u32()?.cast_signed().into()),
        T::F32 => Value::F64(f32::from_bits(from.u32()?).into()),
        T::Bool => Value::Bool(from.array::<1>()? != [0]),
        T::U64 => Value::U64(from.u64()?),
        T::I64 => Value::I64(from.u64()?.cast_signed()),
        T::F64 => Value::F64(f64::from_bits(from.u64()?)),
        T::Text | T::List => return Ok(None),
    }))
}

/// The elements of a list of numbers or flags; `None` where it is of neither.
pub(super) fn values(of: ValueType, from: &mut Cursor<'_>) -> Read<Option<Values>> {
    use ValueType as T;
    Ok(Some(match of {
        T::U8 | T::U16 | T::U32 | T::U64 => Values::U64(all(of, from, |value| match value {
            Value::U64(number) => Some(number),
            _ => None,
        })),
        T::I8 | T::I16 | T::I32 | T::I64 => Values::I64(all(of, from, |value| match value {
            Value::I64(number) => Some(number),
            _ => None,
        })),
        T::F32 | T::F64 => Values::F64(all(of, from, |value| match value {
            Value::F64(number) => Some(number),
            _ => None,
        })),
        T::Bool => Values::Bool(all(of, from, |value| match value {
            Value::Bool(flag) => Some(flag),
            _ => None,
        })),
        T::Text | T::List => return Ok(None),
    }))
}

/// Everything up to the end of the bytes.
fn all<T>(of: ValueType, from: &mut Cursor<'_>, pick: fn(Value) -> Option<T>) -> Vec<T> {
    std::iter::from_fn(|| scalar(of, from).ok().flatten().and_then(pick)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::cursor::Layout;
    use super::*;

    fn read(of: ValueType, bytes: &[u8], big_endian: bool) -> Option<Value> {
        let layout = Layout { big_endian, ..Layout::default() };
        scalar(of, &mut Cursor::new(bytes, layout)).unwrap()
    }

    #[test]
    fn signs_and_widths() {
        assert_eq!(read(ValueType::I8, &[0xff], false), Some(Value::I64(-1)));
        assert_eq!(read(ValueType::U8, &[0xff], false), Some(Value::U64(255)));
        assert_eq!(read(ValueType::I16, &[0xfe, 0xff], false), Some(Value::I64(-2)));
        assert_eq!(read(ValueType::U16, &[1, 2], true), Some(Value::U64(258)));
        assert_eq!(read(ValueType::F32, &1.5_f32.to_be_bytes(), true), Some(Value::F64(1.5)));
        assert_eq!(read(ValueType::Bool, &[2], false), Some(Value::Bool(true)));
        assert_eq!(read(ValueType::Text, &[], false), None);
    }

    #[test]
    fn ids_are_those_of_the_specification() {
        assert_eq!(ValueType::from_id(8), Some(ValueType::Text));
        assert_eq!(ValueType::from_id(12), Some(ValueType::F64));
        assert_eq!(ValueType::from_id(13), None);
        assert_eq!(ValueType::from_id(u32::MAX), None);
    }
}
