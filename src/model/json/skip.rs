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

/// The brackets that are open, and the kind of the innermost: a bit each, set where it is a brace.
#[derive(Default)]
struct Brackets {
    depth: usize,
    braces: u64,
    /// How many of the bits are known: going deeper than there are bits forgets the outermost.
    known: u32,
}

impl Brackets {
    fn push(&mut self, brace: bool) {
        self.depth += 1;
        self.braces = self.braces << 1 | u64::from(brace);
        self.known = (self.known + 1).min(u64::BITS);
    }

    /// A bracket whose kind is not open at all is no bracket.
    fn pop(&mut self, brace: bool) {
        let unlike = if brace { self.braces.trailing_zeros() } else { self.braces.trailing_ones() };
        let popped = match unlike {
            unlike if unlike < self.known => unlike + 1,
            _ if self.depth > self.known as usize => self.known + 1,
            _ => return,
        };
        self.depth -= popped as usize;
        self.known = self.known.saturating_sub(popped);
        self.braces = self.braces.checked_shr(popped).unwrap_or(0);
    }
}

/// The byte after the closing quote of the string whose text starts here.
///
/// Only quotes are looked for: chat templates have an escape in every line, but few quotes.
pub(super) fn end_of_string(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at = find(json, at, quotes)?;
        if !is_escaped(json, start, at) {
            return Some(at + 1);
        }
        at += 1;
    }
}

/// Whether an odd number of backslashes stands before.
fn is_escaped(json: &[u8], start: usize, at: usize) -> bool {
    let before = json.get(start..at).unwrap_or_default();
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// The next quote or backslash.
pub(super) fn next_special(json: &[u8], at: usize) -> Option<usize> {
    find(json, at, |word| quotes(word) | zeros(word ^ (LOW * u64::from(b'\\'))))
}

/// The next byte that a test of eight bytes finds; the test marks it by its high bit.
fn find(json: &[u8], mut at: usize, hits: impl Fn(u64) -> u64) -> Option<usize> {
    while let Some(word) = json.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let hits = hits(u64::from_le_bytes(*word));
        if hits != 0 {
            return Some(at + (hits.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    let rest = json.get(at..)?;
    let position = rest.iter().position(|&byte| hits(u64::from(byte)) & 0xFF != 0)?;
    Some(at + position)
}

const LOW: u64 = u64::MAX / 255;
const HIGH: u64 = LOW << 7;

fn quotes(word: u64) -> u64 {
    zeros(word ^ (LOW * u64::from(b'"')))
}

/// The high bit of the lowest byte that is zero; bits above it may be wrong. A byte is zero where subtracting
/// one borrows into its high bit and the bit was not set before.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word & HIGH
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
            (r#""\\" "#, 4),
            (r#""\\\" "x"#, 7),
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

    #[test]
    fn depth_costs_nothing() {
        for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
            let json = format!("{}1{},", open.repeat(100_000), close.repeat(100_000));
            assert_eq!(end_of_value(json.as_bytes(), 0), Some(json.len() - 1));
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
