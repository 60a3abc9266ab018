//! Fields that may hold anything: a wrong type becomes a value that says so, never a failed row.
//!
//! The Hub's rows are written by many programs over many years; `cardData` holds what people typed. A field we
//! rely on is read as [`Field`], so that one wrong value costs that field alone.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A field as found: absent (or null), of the right shape, or of another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// The key is absent, or null.
    #[default]
    Missing,
    /// A value of the expected shape.
    Valid(T),
    /// A value of another shape.
    Malformed(Found),
}

/// The shape that stood where another was expected, in words for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found(&'static str);

impl Found {
    pub(crate) const BROKEN: Self = Self("text that is no JSON");

    /// What a JSON value is, by its first byte.
    pub(crate) fn of_json(json: &[u8]) -> Self {
        Self(match json.first() {
            None => "nothing",
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "text",
            Some(b'n') => "null",
            Some(b't' | b'f') => "a boolean",
            Some(b'<') => "a page of HTML",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(_) => "something that is not JSON",
        })
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<T> Field<T> {
    /// The value, if it is there and of the right shape.
    pub fn valid(&self) -> Option<&T> {
        match self {
            Self::Valid(value) => Some(value),
            Self::Missing | Self::Malformed(_) => None,
        }
    }

    /// What was found instead, if the shape is wrong.
    pub fn malformed(&self) -> Option<Found> {
        match self {
            Self::Malformed(found) => Some(*found),
            Self::Missing | Self::Valid(_) => None,
        }
    }
}

/// How a type is made from one JSON shape; every shape it does not name is malformed.
#[expect(missing_docs, reason = "each says what it takes by its name")]
#[expect(clippy::must_use_candidate, reason = "called by `Field` alone")]
pub trait Shape<'de>: Sized {
    fn from_text(_text: Text<'de>) -> Option<Self> {
        None
    }
    fn from_number(_number: f64) -> Option<Self> {
        None
    }
    fn from_bool(_value: bool) -> Option<Self> {
        None
    }
    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn from_record<A: MapAccess<'de>>(mut record: A) -> Result<Option<Self>, A::Error> {
        while record.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// Makes a struct that derives `Deserialize` usable as a [`Field`].
macro_rules! record_shape {
    ($name:ident < $life:lifetime >) => {
        impl<'de: $life, $life> $crate::model::lenient::Shape<'de> for $name<$life> {
            fn from_record<A: serde::de::MapAccess<'de>>(
                record: A,
            ) -> std::result::Result<Option<Self>, A::Error> {
                $crate::model::lenient::read_record(record).map(Some)
            }
        }
    };
}
pub(crate) use record_shape;

pub(crate) fn read_record<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    record: A,
) -> Result<T, A::Error> {
    T::deserialize(MapAccessDeserializer::new(record))
}

/// Text borrowed from the input where it has no escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<'a>(pub Cow<'a, str>);

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Shape<'de> for Text<'a> {
    fn from_text(text: Text<'de>) -> Option<Self> {
        Some(Text(text.0))
    }
}

impl Shape<'_> for bool {
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }
}

/// Counts and sizes: whole, not negative, and exact as a JavaScript number (at most 2^53).
impl Shape<'_> for u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked on the line before"
    )]
    fn from_number(number: f64) -> Option<Self> {
        let exact = (0.0..=9_007_199_254_740_992.0).contains(&number) && number.fract() == 0.0;
        exact.then_some(number as u64)
    }
}

impl<'de, T: Shape<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor(PhantomData))
    }
}

struct FieldVisitor<T>(PhantomData<T>);

impl<T> FieldVisitor<T> {
    fn settle(value: Option<T>, found: &'static str) -> Field<T> {
        value.map_or(Field::Malformed(Found(found)), Field::Valid)
    }
}

impl<'de, T: Shape<'de>> Visitor<'de> for FieldVisitor<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Field<T>, E> {
        Ok(Field::Missing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Field<T>, E> {
        Ok(Self::settle(T::from_bool(value), "a boolean"))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Field<T>, E> {
        Ok(Self::settle(T::from_text(Text(Cow::Borrowed(text))), "text"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Field<T>, E> {
        Ok(Self::settle(T::from_text(Text(Cow::Owned(text.to_owned()))), "text"))
    }

    fn visit_string<E>(self, text: String) -> Result<Field<T>, E> {
        Ok(Self::settle(T::from_text(Text(Cow::Owned(text))), "text"))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Field<T>, E> {
        Ok(Self::settle(T::from_number(number), number_in_words(number)))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a number that loses precision is above 2^53 and refused"
    )]
    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Field<T>, E> {
        self.visit_f64(number as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "negative numbers are refused whatever their size"
    )]
    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Field<T>, E> {
        self.visit_f64(number as f64)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Field<T>, A::Error> {
        Ok(Self::settle(T::from_list(list)?, "a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, record: A) -> Result<Field<T>, A::Error> {
        Ok(Self::settle(T::from_record(record)?, "an object"))
    }
}

fn number_in_words(number: f64) -> &'static str {
    if number.is_nan() {
        "NaN"
    } else if number < 0.0 {
        "a negative number"
    } else if number.fract() != 0.0 {
        "a number with a fraction"
    } else if number > 9_007_199_254_740_992.0 {
        "a number above 2^53"
    } else {
        "a number"
    }
}
