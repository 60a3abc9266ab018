//! Lists that stay JSON until somebody walks them.
//!
//! A row names twenty tags and fifty files, and most rows are decided by their config alone.

use super::json::Walk;
use super::lenient::{Field, Found, Shape};
use serde::de::{Deserialize, Deserializer, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A list of `T`, as it stands in the JSON. Elements of another shape are left out when it is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread<'a, T> {
    json: &'a [u8],
    element: PhantomData<T>,
}

impl<T> Default for Unread<'_, T> {
    fn default() -> Self {
        Self { json: b"", element: PhantomData }
    }
}

impl<'a, T: Shape<'a>> Unread<'a, T> {
    /// Whether the key is absent, or null.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self.json, b"" | b"null")
    }

    /// The elements of the expected shape, in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + use<'a, T> {
        self.fields().filter_map(|field| match field {
            Field::Valid(element) => Some(element),
            Field::Missing | Field::Malformed(_) => None,
        })
    }

    /// What was found instead of a list, or the first element of another shape and its place.
    pub(crate) fn malformed(&self) -> Option<(Option<usize>, Found)> {
        if self.is_missing() {
            return None;
        }
        if Walk::open(self.json).is_none() {
            return Some((None, Found::of_json(self.json)));
        }
        self.fields().enumerate().find_map(|(index, field)| match field {
            Field::Valid(_) => None,
            Field::Malformed(found) => Some((Some(index), found)),
            Field::Missing => Some((Some(index), Found::of_json(b"null"))),
        })
    }

    fn fields(&self) -> impl Iterator<Item = Field<T>> + use<'a, T> {
        let mut walk = Walk::open(self.json);
        std::iter::from_fn(move || {
            let next = walk.as_mut()?.next();
            next.unwrap_or_else(|_| {
                walk = None;
                Some(Field::Malformed(Found::BROKEN))
            })
        })
    }
}

impl<'de: 'a, 'a, T> Deserialize<'de> for Unread<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // JSON has no bytes: our reader answers with those of the value, unread.
        let json = deserializer.deserialize_bytes(RawBytes)?;
        Ok(Self { json, element: PhantomData })
    }
}

struct RawBytes;

impl<'de> Visitor<'de> for RawBytes {
    type Value = &'de [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bytes of a JSON value")
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<&'de [u8], E> {
        Ok(bytes)
    }
}
