//! JSON as it is written: pieces in their order, with commas where they belong.

/// JSON in the making.
///
/// Weighs a tenth of what writes any type there is, and text crosses to JavaScript once, where objects cross key by key.
#[derive(Clone, Debug, Default)]
pub struct Writer(Vec<u8>);

/// Bits behind the point that are written: finer parts of a number are left out.
const FRACTION: u32 = 60;

impl Writer {
    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        String::from_utf8(self.0).unwrap_or_default()
    }

    /// Opens an object (`{`) or a list (`[`).
    pub fn open(&mut self, bracket: u8) {
        self.next();
        self.0.push(bracket);
    }

    /// Closes it with `}` or `]`.
    pub fn close(&mut self, bracket: u8) {
        self.0.push(bracket);
    }

    /// A key; its value must follow.
    pub fn key(&mut self, key: &str) -> &mut Self {
        self.text(key);
        self.0.push(b':');
        self
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        self.next();
        self.0.push(b'"');
        if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            for byte in text.bytes() {
                self.escaped(byte);
            }
        } else {
            self.0.extend_from_slice(text.as_bytes());
        }
        self.0.push(b'"');
    }

    fn escaped(&mut self, byte: u8) {
        match byte {
            b'"' | b'\\' => self.0.extend([b'\\', byte]),
            0..b' ' => {
                let low = byte % 16;
                let low = if low < 10 { b'0' + low } else { b'a' - 10 + low };
                self.0.extend([b'\\', b'u', b'0', b'0', b'0' + byte / 16, low]);
            }
            _ => self.0.push(byte),
        }
    }

    /// A list of texts.
    pub fn texts(&mut self, texts: &mut dyn Iterator<Item = &str>) {
        self.open(b'[');
        for text in texts {
            self.text(text);
        }
        self.close(b']');
    }

    /// A flag.
    pub fn flag(&mut self, flag: bool) {
        self.next();
        self.0.extend_from_slice(if flag { b"true" } else { b"false" });
    }

    /// A number of at least 0: exact below 2^64 down to 2^-60, to 15 digits above; null where there is none.
    #[inline(never)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "casts saturate, and are exact in the range that is meant"
    )]
    pub fn number(&mut self, number: Option<f64>) {
        const MOST: f64 = 18_446_744_073_709_551_616.0;
        let Some(mut number) = number.filter(|number| number.is_finite()) else {
            self.next();
            return self.0.extend_from_slice(b"null");
        };
        let mut zeros = 0;
        while number >= MOST {
            number /= 10.0;
            zeros += 1;
        }
        self.whole(number as u64);
        let one = 1_u64 << FRACTION;
        let mut rest = (number.fract() * one as f64) as u64;
        if rest > 0 {
            self.0.push(b'.');
        }
        while rest > 0 {
            rest *= 10;
            self.digit(rest >> FRACTION);
            rest %= one;
        }
        if zeros > 0 {
            self.0.push(b'e');
            self.digits(zeros);
        }
    }

    /// A whole number.
    pub fn whole(&mut self, number: u64) {
        self.next();
        self.digits(number);
    }

    fn digits(&mut self, number: u64) {
        if number >= 10 {
            self.digits(number / 10);
        }
        self.digit(number % 10);
    }

    fn digit(&mut self, digit: u64) {
        self.0.push(b'0' + u8::try_from(digit % 10).unwrap_or(0));
    }

    /// A comma, unless it is the first of its kind.
    fn next(&mut self) {
        if !matches!(self.0.last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(b',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut out = Writer::default();
        write(&mut out);
        out.finish()
    }

    #[test]
    fn commas_stand_between_values() {
        let text = written(|out| {
            out.open(b'{');
            out.key("a").texts(&mut ["x", "y:"].into_iter());
            out.key("b").open(b'[');
            out.whole(0);
            out.number(Some(1e20));
            out.number(None);
            out.flag(true);
            out.open(b'{');
            out.close(b'}');
            out.close(b']');
            out.close(b'}');
        });
        assert_eq!(text, r#"{"a":["x","y:"],"b":[0,10000000000000000000e1,null,true,{}]}"#);
    }

    proptest! {
        #[test]
        fn texts_are_read_as_they_were(text in any::<String>()) {
            let read: Value = serde_json::from_str(&written(|out| out.text(&text))).unwrap();
            prop_assert_eq!(read, json!(text));
        }

        #[test]
        fn numbers_are_read_as_they_were(
            whole in any::<u64>(), shift in 0_u32..64, number in 0.0_f32..1e9, small in 0.0_f32..1.0,
        ) {
            let read = |text: String| text.parse::<f64>().unwrap();
            prop_assert_eq!(written(|out| out.whole(whole)), whole.to_string());
            #[expect(clippy::cast_precision_loss, reason = "any number will do")]
            for number in [(whole >> shift) as f64, f64::from(number), f64::from(small)] {
                let text = written(|out| out.number(Some(number)));
                let off = (read(text) - number).abs();
                // The least of a number far below one is left out.
                prop_assert!(off == 0.0 || number < 1e-10 && off < 1e-18, "{number}: off by {off}");
            }
        }

        #[test]
        fn huge_numbers_are_read_to_fifteen_digits(number in 1e19_f64..1e300) {
            let read: f64 = written(|out| out.number(Some(number))).parse().unwrap();
            prop_assert!((read / number - 1.0).abs() < 1e-13);
        }
    }
}
