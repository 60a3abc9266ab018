//! Stepping over values: only brackets and strings are followed, eight bytes at a time inside strings.

/// The next byte that is no white space.
pub(crate) fn skip_space(json: &[u8], mut at: usize) -> usize {
    while matches!(json.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

/// Where the value that starts here ends, or none where the text ends first.
///
/// What stands inside may be anything, `NaN` included; no stack is used, whatever the depth. A bracket that
/// closes another kind than was opened last closes all up to its own kind, so that `{"a":[}` ends.
pub(crate) fn end_of_value(json: &[u8], start: usize) -> Option<usize> {
    let mut open = Brackets::default();
    let mut at = start;
    loop {
        let byte = *json.get(at)?;
        match byte {
            b'"' => {
                at = end_of_string(json, at + 1)?;
                if open.depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'[' | b'{' => open.push(byte == b'{'),
            b']' | b'}' => {
                if open.depth == 0 {
                    return Some(at);
                }
                open.pop(byte == b'}');
                if open.depth == 0 {
                    return Some(at + 1);
                }
            }
            b',' | b' ' | b'\n' | b'\r' | b'\t' if open.depth == 0 => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

/// The brackets that are open: how many, and a bit for each of the innermost 128: set where it is a brace.
#[derive(Default)]
struct Brackets {
    depth: usize,
    braces: u128,
}

impl Brackets {
    fn push(&mut self, brace: bool) {
        self.depth += 1;
        self.braces = self.braces << 1 | u128::from(brace);
    }

    /// A bracket whose kind is not open at all is no bracket.
    fn pop(&mut self, brace: bool) {
        let unlike =
            if brace { (!self.braces).trailing_ones() } else { self.braces.trailing_ones() };
        let popped = unlike as usize + 1;
        if popped <= self.depth {
            self.depth -= popped;
            self.braces = self.braces.checked_shr(unlike + 1).unwrap_or(0);
        }
    }
}

/// The byte after the closing quote of the string whose text starts here.
pub(super) fn end_of_string(json: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = next_special(json, at)?;
        match json.get(at)? {
            b'"' => return Some(at + 1),
            _ => at += 2,
        }
    }
}

/// The next quote or backslash.
pub(super) fn next_special(json: &[u8], mut at: usize) -> Option<usize> {
    while let Some(word) = json.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let hits = special_bytes(u64::from_le_bytes(*word));
        if hits != 0 {
            return Some(at + (hits.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    let rest = json.get(at..)?.iter().position(|&byte| byte == b'"' || byte == b'\\')?;
    Some(at + rest)
}

/// The high bit of every byte that is a quote or a backslash; bytes above the lowest such may be wrong.
fn special_bytes(word: u64) -> u64 {
    const LOW: u64 = u64::MAX / 255;
    const HIGH: u64 = LOW << 7;
    // A byte is zero where subtracting one borrows into its high bit and the bit was not set before.
    let zeros = |word: u64| word.wrapping_sub(LOW) & !word & HIGH;
    zeros(word ^ (LOW * u64::from(b'"'))) | zeros(word ^ (LOW * u64::from(b'\\')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_end_where_they_end() {
        for (json, end) in [
            (r#"{"a":[1,{}]},"#, 12),
            ("[]", 2),
            (r#""a\"b" "#, 6),
            ("12,", 2),
            ("NaN]", 3),
            (r#"{"b":"]}"}x"#, 10),
            (r#"{"a":[},1"#, 7),
            ("[{]]x", 3),
            ("[}]x", 3),
        ] {
            assert_eq!(end_of_value(json.as_bytes(), 0), Some(end), "{json}");
        }
        for json in [r#"{"a":1"#, r#""abc"#, r#"["\"#, "12"] {
            assert_eq!(end_of_value(json.as_bytes(), 0), None, "{json}");
        }
    }

    proptest::proptest! {
        #[test]
        fn words_find_what_bytes_find(text in proptest::collection::vec(proptest::sample::select(b"ab\"\\\x00\xff!#[]".to_vec()), 0..40), at in 0_usize..42) {
            let bytewise = text.get(at..).and_then(|rest| rest.iter().position(|b| matches!(b, b'"' | b'\\')));
            proptest::prop_assert_eq!(next_special(&text, at), bytewise.map(|found| at + found));
        }
    }
}
