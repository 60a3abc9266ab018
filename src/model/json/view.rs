//! A JSON value that stays text until somebody asks: no tree is built, and what nobody asks for is never read.
//!
//! A view is two words wide and free to copy. Looking for a key walks its object once; [`Json::pick`] finds several
//! keys in one walk. What is broken inside a value is found by whoever looks there, and counts as missing.

use super::skip::{end_of_value, skip_space};
use super::{Walk, number, text};
use crate::error::{Code, Error, Result};
use crate::model::lenient::{Found, MOST_EXACT};
use std::borrow::Cow;

/// A JSON value, as it stands in the text. One that is missing has no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json<'a>(pub(super) &'a [u8]);

impl<'a> Json<'a> {
    /// Nothing.
    pub const MISSING: Self = Self(b"");

    /// `null`.
    pub const NULL: Self = Self(b"null");

    /// The one value that a text holds.
    pub fn parse(what: &str, text: &'a [u8]) -> Result<Self> {
        let start = skip_space(text, 0);
        let end = end_of_value(text, start).unwrap_or(text.len());
        let value = Self(text.get(start..end).unwrap_or_default());
        let fault = if skip_space(text, end) < text.len() {
            "more text after the value"
        } else if end_of_value(text, start).is_none() && !value.is_word() {
            "the end of the text"
        } else {
            return Ok(value);
        };
        let message = format!("{what}: expected JSON, found {fault} at byte {end}");
        Err(Error::new(Code::InvalidJson, message))
    }

    /// A number, or `true`, `false`, `null`: what nothing but the end of the text ends.
    fn is_word(self) -> bool {
        self.number().is_some() || self.flag().is_some() || self.0 == b"null"
    }

    /// The bytes of the value.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// Whether there is nothing, or null.
    #[must_use]
    pub fn is_missing(self) -> bool {
        matches!(self.0, b"" | b"null")
    }

    /// What it is, in words for a message.
    #[must_use]
    pub fn found(self) -> Found {
        match (self.number(), self.0) {
            (Some(number), _) => Found::of_number(number),
            (None, b"NaN" | b"Infinity" | b"-Infinity") => Found::NAN,
            (None, text) => Found::of_json(text),
        }
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.0.first() == Some(&b'{')
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_list(self) -> bool {
        self.0.first() == Some(&b'[')
    }

    /// The value of a key; missing where there is no such key, or no object.
    #[must_use]
    #[inline(never)]
    pub fn get(self, key: &str) -> Self {
        let [value] = self.pick([key]);
        value
    }

    /// The value at the end of a path of keys: `rope_scaling.factor`.
    #[must_use]
    pub fn at(self, path: &str) -> Self {
        path.split('.').fold(self, Self::get)
    }

    /// The values of several keys, found in one walk; of equal keys the last, as JavaScript has it.
    #[must_use]
    pub fn pick<const N: usize>(self, keys: [&str; N]) -> [Self; N] {
        let mut values = [Self::MISSING; N];
        let mut walk = Walk::new(self.0);
        if walk.open(b'{') {
            pick_into(&mut walk, &keys, &mut values);
        }
        values
    }

    /// The same of a whole text, which must be an object; what is broken in it is an error.
    pub(crate) fn read<const N: usize>(
        what: &str,
        text: &'a [u8],
        keys: [&str; N],
    ) -> Result<[Self; N]> {
        let mut values = [Self::MISSING; N];
        let mut walk = Walk::new(text);
        if !walk.open(b'{') {
            let message = format!("{what}: expected a JSON object, found {}", walk.found());
            return Err(Error::new(Code::InvalidJson, message));
        }
        pick_into(&mut walk, &keys, &mut values);
        walk.end(what).map(|()| values)
    }

    /// The text of a string.
    #[must_use]
    pub fn text(self) -> Option<Cow<'a, str>> {
        if self.0.first() != Some(&b'"') {
            return None;
        }
        text::read(self.0, 1).ok().map(|(text, _)| text)
    }

    /// Whether it is this text.
    #[must_use]
    pub fn is(self, text: &str) -> bool {
        self.text().is_some_and(|own| own == text)
    }

    /// A number.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        number::parse(self.0)
    }

    /// A number that is whole, not negative, and exact as a JavaScript number (at most 2^53).
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
    pub fn count(self) -> Option<u64> {
        let number = self.number()?;
        let exact = (0.0..=MOST_EXACT).contains(&number) && number.fract() == 0.0;
        exact.then_some(number as u64)
    }

    /// `true` or `false`.
    #[must_use]
    pub fn flag(self) -> Option<bool> {
        match self.0 {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => None,
        }
    }

    /// The elements of a list; none of anything else.
    pub fn items(self) -> impl Iterator<Item = Self> + use<'a> {
        let mut walk = Walk::new(self.0);
        let list = walk.open(b'[');
        std::iter::from_fn(move || walk.item().filter(|_| list))
    }

    /// The entries of an object, in order; none of anything else.
    pub fn entries(self) -> impl Iterator<Item = (Cow<'a, str>, Self)> + use<'a> {
        let mut walk = Walk::new(self.0);
        let object = walk.open(b'{');
        std::iter::from_fn(move || walk.entry().filter(|_| object))
    }

    /// The texts of a list; a text that stands alone counts as a list of one.
    pub fn texts(self) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
        self.text().into_iter().chain(self.items().filter_map(Self::text))
    }

    /// The numbers of a list, where it is one and holds whole numbers only.
    #[must_use]
    pub fn counts(self) -> Option<Vec<u64>> {
        self.is_list().then(|| self.items().map(Self::count).collect())?
    }
}

fn pick_into<'a>(walk: &mut Walk<'a>, keys: &[&str], values: &mut [Json<'a>]) {
    while let Some((key, value)) = walk.entry() {
        let at = keys.iter().position(|wanted| key == *wanted);
        if let Some(place) = at.and_then(|at| values.get_mut(at)) {
            *place = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json<'_> {
        Json::parse("a test", text.as_bytes()).unwrap()
    }

    #[test]
    fn values_are_read_when_asked_for() {
        let config =
            json(r#"{"a": 4096.0, "b": {"c": [1, 2, "x"]}, "d\u0065": true, "n": null, "a": 8}"#);
        assert_eq!(config.get("a").count(), Some(8));
        assert_eq!(config.at("b.c").items().count(), 3);
        assert_eq!(config.at("b.c").counts(), None);
        assert_eq!(config.get("de").flag(), Some(true));
        assert!(config.get("n").is_missing() && config.get("z").is_missing());
        let [a, n] = config.pick(["a", "n"]);
        assert_eq!((a.bytes(), n.bytes()), (b"8".as_slice(), b"null".as_slice()));
        assert_eq!(
            config.entries().map(|(key, _)| key.into_owned()).collect::<Vec<_>>().join(" "),
            "a b de n a"
        );
    }

    #[test]
    fn other_values_are_none() {
        let value = json(r#"[-1, 1.5, 1e3, "7", 9007199254740994, NaN, [], {}]"#);
        let counts: Vec<_> = value.items().map(Json::count).collect();
        assert_eq!(counts, [None, None, Some(1000), None, None, None, None, None]);
        assert!(value.get("a").is_missing() && value.entries().next().is_none());
    }

    #[test]
    fn a_text_that_is_no_value_is_refused() {
        for text in ["", "  ", "{", r#"{"a":1"#, r#""a"#, "1 2", "{}}", "[1]x"] {
            assert!(Json::parse("a test", text.as_bytes()).is_err(), "{text}");
        }
        for text in [" 1 ", "null", "\"a\"", "{}\n"] {
            assert!(Json::parse("a test", text.as_bytes()).is_ok(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::sample::select(b"{}[]\":,\\a1 n".to_vec()), 0..60)) {
            let view = Json(&bytes);
            let _ = view.pick(["a", "1"]).map(|value| (value.text(), value.count()));
            proptest::prop_assert!(view.items().count() <= bytes.len() && view.entries().count() <= bytes.len());
        }
    }
}
