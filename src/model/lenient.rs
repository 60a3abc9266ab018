//! Fields that may hold anything: a wrong type becomes a value that says so, never a failed row.
//!
//! The Hub's rows are written by many programs over many years; `cardData` holds what people typed. A field we
//! rely on is read as [`Field`], so that one wrong value costs that field alone.

use super::json::Json;
use std::borrow::Cow;
use std::fmt;

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

/// The greatest whole number that JavaScript tells from its neighbours.
pub(crate) const MOST_EXACT: f64 = 9_007_199_254_740_992.0;

impl Found {
    /// As Python writes them: `NaN`, `Infinity`.
    pub(crate) const NAN: Self = Self("NaN");
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

    /// What a number is that is no count.
    pub(crate) fn of_number(number: f64) -> Self {
        Self(match number {
            number if number < 0.0 => "a negative number",
            number if number.fract() != 0.0 => "a number with a fraction",
            number if number > MOST_EXACT => "a number above 2^53",
            _ => "a number",
        })
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<T> Field<T> {
    /// The value, where it has the shape that is expected.
    #[must_use]
    pub fn of<'a>(json: Json<'a>) -> Self
    where
        T: Shape<'a>,
    {
        if json.is_missing() {
            return Self::Missing;
        }
        T::of(json).map_or_else(|| Self::Malformed(json.found()), Self::Valid)
    }

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

/// What is made from JSON of one shape.
pub trait Shape<'a>: Sized {
    /// The value; none where the JSON has another shape.
    fn of(json: Json<'a>) -> Option<Self>;
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

impl<'a> Shape<'a> for Text<'a> {
    fn of(json: Json<'a>) -> Option<Self> {
        json.text().map(Self)
    }
}

impl Shape<'_> for bool {
    fn of(json: Json<'_>) -> Option<Self> {
        json.flag()
    }
}

impl Shape<'_> for f64 {
    fn of(json: Json<'_>) -> Option<Self> {
        json.number()
    }
}

/// Counts and sizes: whole, not negative, and exact as a JavaScript number (at most 2^53).
impl Shape<'_> for u64 {
    fn of(json: Json<'_>) -> Option<Self> {
        json.count()
    }
}
