//! A serde deserializer that skips what is not asked for without reading it.

use super::skip::{end_of_value, skip_space};
use super::text;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::fmt;

/// Objects inside objects that are read (not skipped): a config holds a text config, which may hold another.
/// Real ones go to depth 6; the limit keeps hostile ones from the stack.
const MAX_DEPTH: u32 = 64;

/// Reads JSON from bytes.
pub(crate) struct Reader<'de> {
    json: &'de [u8],
    at: usize,
    depth: u32,
}

/// What stood where something else was expected.
#[derive(Debug)]
pub(crate) struct Fault(Cow<'static, str>);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string().into())
    }

    /// Not serde's own words: they print numbers of every kind, which weighs 11 kB in the module. Fields take
    /// any value (`Field`), so that only a whole document of another kind comes by here.
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("a value of another kind, where {expected} is expected").into())
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self(format!("another value, where {expected} is expected").into())
    }
}

type Read<T> = Result<T, Fault>;

impl<'de> Reader<'de> {
    pub(crate) fn new(json: &'de [u8]) -> Self {
        Self::starting_at(json, 0)
    }

    pub(crate) fn starting_at(json: &'de [u8], at: usize) -> Self {
        Self { json, at, depth: 0 }
    }

    /// The byte that is read next.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// Makes sure that nothing but white space is left.
    pub(crate) fn end(&mut self) -> Read<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) => fault("more text after the value"),
        }
    }

    fn peek(&mut self) -> Option<u8> {
        self.at = skip_space(self.json, self.at);
        self.json.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8, what: &'static str) -> Read<()> {
        if self.peek() != Some(byte) {
            return fault(what);
        }
        self.at += 1;
        Ok(())
    }

    fn text(&mut self) -> Read<Cow<'de, str>> {
        let read = text::read(self.json, self.at + 1);
        let (text, end) = read.or_else(|(what, at)| {
            self.at = at;
            fault(what)
        })?;
        self.at = end;
        Ok(text)
    }

    /// The bytes of a number or a word such as `null`.
    fn token(&mut self) -> &'de [u8] {
        let rest = self.json.get(self.at..).unwrap_or_default();
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        let token =
            rest.get(..rest.iter().take_while(|byte| part(byte)).count()).unwrap_or_default();
        self.at += token.len();
        token
    }

    fn scalar<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        let start = self.at;
        match self.token() {
            b"null" => visitor.visit_unit(),
            b"true" => visitor.visit_bool(true),
            b"false" => visitor.visit_bool(false),
            // Python writes these; no field of ours takes them, so each is a wrong value and not a lost row.
            b"NaN" | b"Infinity" | b"-Infinity" => visitor.visit_f64(f64::NAN),
            token => number(token, visitor).unwrap_or_else(|| {
                self.at = start;
                fault("something that is no value")
            }),
        }
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            return fault("more than 64 objects and lists inside each other");
        }
        self.at += 1;
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// Steps over a value and gives its bytes.
    fn skip(&mut self) -> Read<&'de [u8]> {
        self.peek();
        let start = self.at;
        match end_of_value(self.json, start).filter(|&end| end > start) {
            Some(end) => {
                self.at = end;
                Ok(self.json.get(start..end).unwrap_or_default())
            }
            None => fault("the end of the text inside a value"),
        }
    }

    /// Whether another element follows; closes the list or object where none does.
    fn more(&mut self, first: &mut bool, close: u8) -> Read<bool> {
        let byte = self.peek();
        if byte == Some(close) {
            self.at += 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',', "no comma between two values")?;
        }
        match self.peek() {
            Some(_) => Ok(true),
            None => fault("the end of the text inside a value"),
        }
    }
}

fn fault<T>(what: &'static str) -> Read<T> {
    Err(Fault(what.into()))
}

fn number<'de, V: Visitor<'de>>(token: &[u8], visitor: V) -> Option<Read<V::Value>> {
    let text = std::str::from_utf8(token).ok()?;
    if !text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return None;
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Some(visitor.visit_u64(whole));
    }
    text.parse::<f64>().ok().map(|number| visitor.visit_f64(number))
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            Some(b'"') => match self.text()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            Some(b'{') => self.nested(|reader| visitor.visit_map(Elements::of(reader))),
            Some(b'[') => self.nested(|reader| visitor.visit_seq(Elements::of(reader))),
            Some(_) => self.scalar(visitor),
            None => fault("nothing"),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    /// A key: compared as bytes, so that it need not be checked for being text.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if let Some((key, end)) = text::plain(self.json, self.at + 1) {
            self.at = end;
            return visitor.visit_borrowed_bytes(key);
        }
        self.deserialize_any(visitor)
    }

    /// The bytes of the value, unread.
    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_bytes(self.skip()?)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum
    }
}

/// The elements of a list, or the entries of an object.
struct Elements<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl<'r, 'de> Elements<'r, 'de> {
    fn of(reader: &'r mut Reader<'de>) -> Self {
        Self { reader, first: true }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.reader.more(&mut self.first, b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

impl<'de> MapAccess<'de> for Elements<'_, 'de> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.reader.more(&mut self.first, b'}')? {
            return Ok(None);
        }
        if self.reader.peek() != Some(b'"') {
            return fault("a key that is not in quotes");
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Read<V::Value> {
        self.reader.expect(b':', "no colon after a key")?;
        seed.deserialize(&mut *self.reader)
    }
}

/// A walk along a list, one element at a time.
pub(crate) struct Walk<'de> {
    reader: Reader<'de>,
    first: bool,
    closed: bool,
}

impl<'de> Walk<'de> {
    /// None where the JSON is no list.
    pub(crate) fn open(json: &'de [u8]) -> Option<Self> {
        let mut reader = Reader::new(json);
        reader.expect(b'[', "").ok()?;
        Some(Self { reader, first: true, closed: false })
    }

    pub(crate) fn next<T: Deserialize<'de>>(&mut self) -> Read<Option<T>> {
        if self.closed || !self.reader.more(&mut self.first, b']')? {
            self.closed = true;
            return Ok(None);
        }
        T::deserialize(&mut self.reader).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(json: &str) -> Read<Value> {
        let mut reader = Reader::new(json.as_bytes());
        let value = Value::deserialize(&mut reader)?;
        reader.end().map(|()| value)
    }

    #[test]
    fn faults_are_named() {
        for (json, fault) in [
            ("", "nothing"),
            (r#"{"a" 1}"#, "no colon after a key"),
            (r#"{"a":1 "b":2}"#, "no comma between two values"),
            ("{a:1}", "a key that is not in quotes"),
            ("[", "the end of the text inside a value"),
            (r#"{"a":"x"#, "the end of the text inside a string"),
            (r#""\x""#, "an escape that JSON has not"),
            ("[1] 2", "more text after the value"),
            ("nul", "something that is no value"),
        ] {
            assert_eq!(read(json).unwrap_err().to_string(), fault, "{json}");
        }
        assert!(read(&"[".repeat(1_000_000)).unwrap_err().to_string().contains("64"));
    }

    fn json() -> impl proptest::strategy::Strategy<Value = Value> {
        use proptest::prelude::*;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| map.into_iter().collect::<Value>()),
            ]
        })
    }

    proptest::proptest! {
        #[test]
        fn reads_what_serde_json_writes(value in json(), pretty in proptest::bool::ANY) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
            proptest::prop_assert_eq!(read(&text).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
            proptest::prop_assert_eq!(end_of_value(format!("{text},").as_bytes(), 0), Some(text.len()));
        }

        #[test]
        fn no_bytes_make_it_fail_otherwise(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = Value::deserialize(&mut Reader::new(&bytes));
        }

        #[test]
        fn damaged_json_is_refused_or_read(value in json(), at in proptest::num::usize::ANY, byte in proptest::num::u8::ANY) {
            let mut text = serde_json::to_vec(&value).unwrap();
            let at = at % text.len();
            text[at] = byte;
            let ours = Value::deserialize(&mut Reader::new(&text));
            // Whatever serde_json takes, we take the same; we may take more (NaN, control characters).
            if let Ok(theirs) = serde_json::from_slice::<Value>(&text) {
                proptest::prop_assert_eq!(ours.unwrap(), theirs);
            }
        }
    }
}
