//! A JSON value that stays text until somebody asks: no tree is built, and what nobody asks for is never read.
//!
//! A view is two words wide and free to copy. Looking for a key walks its object once; [`Json::pick`] finds several
//! keys in one walk. What is broken inside a value is found by whoever looks there, and counts as missing.

use super::skip::{end_of_value, skip_space};
use super::text;
use crate::error::{Code, Error, Result};
use crate::model::lenient::Found;
use std::borrow::Cow;

/// A JSON value, as it stands in the text. One that is missing has no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json<'a>(&'a [u8]);

impl<'a> Json<'a> {
    /// Nothing.
    pub const MISSING: Self = Self(b"");

    /// The one value that a text holds.
    pub fn parse(what: &str, text: &'a [u8]) -> Result<Self> {
        let start = skip_space(text, 0);
        let end = end_of_value(text, start).unwrap_or(text.len());
        let (value, rest) =
            (text.get(start..end).unwrap_or_default(), skip_space(text, end) < text.len());
        let whole = end_of_value(text, start).is_some() || Self(value).is_scalar();
        if value.is_empty() || rest || !whole {
            let found = if rest { "more text after the value" } else { "the end of the text" };
            let message = format!("{what}: expected JSON, found {found} at byte {end}");
            return Err(Error::new(Code::InvalidJson, message));
        }
        Ok(Self(value))
    }

    fn is_scalar(self) -> bool {
        !matches!(self.0.first(), None | Some(b'{' | b'[' | b'"'))
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
        Found::of_json(self.0)
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
        self.pick_into(&keys, &mut values);
        values
    }

    fn pick_into(self, keys: &[&str], values: &mut [Self]) {
        for (key, value) in self.raw_entries() {
            for (wanted, place) in keys.iter().zip(values.iter_mut()) {
                if same(key, wanted) {
                    *place = value;
                }
            }
        }
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
        let number = || std::str::from_utf8(self.0).ok()?.parse().ok();
        matches!(self.0.first(), Some(b'-' | b'0'..=b'9')).then(number)?
    }

    /// A number that is whole, not negative, and exact as a JavaScript number (at most 2^53).
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
    pub fn count(self) -> Option<u64> {
        let number = self.number()?;
        let exact = (0.0..=9_007_199_254_740_992.0).contains(&number) && number.fract() == 0.0;
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
        let mut walk = Walker::open(self.0, b'[');
        std::iter::from_fn(move || walk.element())
    }

    /// The entries of an object, in order; none of anything else. A key that is no text is passed over.
    pub fn entries(self) -> impl Iterator<Item = (Cow<'a, str>, Self)> + use<'a> {
        self.raw_entries().filter_map(|(key, value)| Some((Json(key).text()?, value)))
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

    fn raw_entries(self) -> impl Iterator<Item = (&'a [u8], Self)> + use<'a> {
        let mut walk = Walker::open(self.0, b'{');
        std::iter::from_fn(move || walk.entry())
    }
}

/// Whether a key, with its quotes, is this one.
fn same(key: &[u8], wanted: &str) -> bool {
    if key.contains(&b'\\') {
        return Json(key).is(wanted);
    }
    let plain = key.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\""));
    plain == Some(wanted.as_bytes())
}

/// A walk along a list or an object.
struct Walker<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Walker<'a> {
    /// A walk that ends at once where the value does not open with that bracket.
    fn open(text: &'a [u8], bracket: u8) -> Self {
        let text = if text.first() == Some(&bracket) { text } else { b"" };
        Self { text, at: 1 }
    }

    fn element(&mut self) -> Option<Json<'a>> {
        self.separator(b',');
        self.value()
    }

    fn entry(&mut self) -> Option<(&'a [u8], Json<'a>)> {
        self.separator(b',');
        let key = self.value().filter(|key| key.0.first() == Some(&b'"'))?;
        self.separator(b':');
        Some((key.0, self.value()?))
    }

    fn separator(&mut self, byte: u8) {
        self.at = skip_space(self.text, self.at);
        if self.text.get(self.at) == Some(&byte) {
            self.at = skip_space(self.text, self.at + 1);
        }
    }

    fn value(&mut self) -> Option<Json<'a>> {
        let end = end_of_value(self.text, self.at).filter(|&end| end > self.at)?;
        let value = self.text.get(self.at..end)?;
        self.at = end;
        Some(Json(value))
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
