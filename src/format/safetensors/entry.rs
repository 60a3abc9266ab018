//! One entry of a header: dtype, shape and offsets, visited without a value tree.

use super::tensors::Builder;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// A text, borrowed where it has no escapes.
pub(super) struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    /// With escapes in it.
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// The bytes of a value, unread.
pub(super) struct Raw;

impl<'de> DeserializeSeed<'de> for Raw {
    type Value = &'de [u8];

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for Raw {
    type Value = &'de [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_bytes<E>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(bytes)
    }
}

/// One entry of the header: its dtype and offsets; the dimensions go where all dimensions go.
pub(super) struct Entry<'b> {
    pub(super) into: &'b mut Builder,
}

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = (Cow<'de, str>, Range<u64>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Entry<'_> {
    type Value = (Cow<'de, str>, Range<u64>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut dtype, mut shape, mut offsets) = (None, None, None);
        while let Some(key) = map.next_key_seed(KeySeed)? {
            let again = match key {
                Key::Dtype => dtype.replace(map.next_value_seed(Name)?).is_some(),
                Key::Shape => shape.replace(map.next_value_seed(Dims(&mut *self.into))?).is_some(),
                Key::Offsets => offsets.replace(map.next_value_seed(Offsets)?).is_some(),
                Key::Other => map.next_value::<IgnoredAny>().map(|_| false)?,
            };
            if again {
                return Err(A::Error::custom("a key that stands twice"));
            }
        }
        match (dtype, shape, offsets) {
            (Some(dtype), Some(()), Some(bytes)) => Ok((dtype, bytes)),
            (None, ..) => Err(A::Error::custom("no dtype")),
            (_, None, _) => Err(A::Error::custom("no shape")),
            _ => Err(A::Error::custom("no data_offsets")),
        }
    }
}

/// The keys of an entry.
enum Key {
    Dtype,
    Shape,
    Offsets,
    Other,
}

impl Key {
    fn of(key: &[u8]) -> Self {
        match key {
            b"dtype" => Self::Dtype,
            b"shape" => Self::Shape,
            b"data_offsets" => Self::Offsets,
            _ => Self::Other,
        }
    }
}

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_bytes<E>(self, key: &[u8]) -> Result<Key, E> {
        Ok(Key::of(key))
    }

    /// A key with escapes in it.
    fn visit_str<E>(self, key: &str) -> Result<Key, E> {
        Ok(Key::of(key.as_bytes()))
    }
}

/// The dimensions of a shape.
struct Dims<'b>(&'b mut Builder);

impl<'de> DeserializeSeed<'de> for Dims<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Dims<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of whole numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(dim) = list.next_element()? {
            self.0.dim(dim);
        }
        Ok(())
    }
}

/// Where a tensor's data start and end.
struct Offsets;

impl<'de> DeserializeSeed<'de> for Offsets {
    type Value = Range<u64>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Range<u64>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Offsets {
    type Value = Range<u64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("two whole numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Range<u64>, A::Error> {
        let (start, end) = (list.next_element()?, list.next_element()?);
        match (start, end, list.next_element::<IgnoredAny>()?) {
            (Some(start), Some(end), None) => Ok(start..end),
            _ => Err(A::Error::custom("data_offsets that are not two numbers")),
        }
    }
}
