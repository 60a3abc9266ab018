//! Where words begin and end in a name: `Llama-3.1-8B_q4` has `Llama`, `3.1`, `8B` and `q4`.

/// A bit for each byte that belongs to a word: digits, letters of ASCII, and all of what is not ASCII.
const LETTERS: [u64; 4] = [0x03ff_0000_0000_0000, 0x07ff_fffe_07ff_fffe, u64::MAX, u64::MAX];

/// Whether a place is inside a word. A dot is, between two digits.
pub(super) fn inside(text: &[u8], at: usize) -> bool {
    let Some(byte) = text.get(at) else { return false };
    let letters = LETTERS.get(usize::from(*byte >> 6)).copied().unwrap_or(0);
    letters >> (byte & 63) & 1 == 1 || *byte == b'.' && is_point(text, at)
}

/// By byte: its lower case where it belongs to a word wherever it stands, else 0.
pub(super) fn lowered() -> [u8; 256] {
    let mut all = [0; 256];
    for (byte, lower) in (0..=u8::MAX).zip(&mut all) {
        *lower = if inside(&[byte], 0) { byte.to_ascii_lowercase() } else { 0 };
    }
    all
}

/// Whether a dot stands between two digits.
#[inline(never)]
pub(super) fn is_point(text: &[u8], at: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(u8::is_ascii_digit);
    digit(at.checked_sub(1)) && digit(at.checked_add(1))
}

/// Whether a word begins at a place.
pub(super) fn begins(text: &[u8], at: usize) -> bool {
    !at.checked_sub(1).is_some_and(|before| inside(text, before)) && inside(text, at)
}

/// Whether a word ends before a place.
pub(super) fn ends(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| inside(text, before)) && !inside(text, at)
}

/// The words of a text, as they are written.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    text: &'a [u8],
    at: usize,
}

/// The words of a text, as they are written.
pub(super) fn words(text: &[u8]) -> Words<'_> {
    Words { text, at: 0 }
}

impl Words<'_> {
    /// Where the last word ended.
    pub(super) fn at(&self) -> usize {
        self.at
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        while self.at < self.text.len() && !inside(self.text, self.at) {
            self.at += 1;
        }
        let start = self.at;
        while inside(self.text, self.at) {
            self.at += 1;
        }
        self.text.get(start..self.at).filter(|word| !word.is_empty())
    }
}

/// Whether a text is one word and nothing else.
pub(super) fn is_word(text: &[u8]) -> bool {
    words(text).next().is_some_and(|word| word.len() == text.len())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_fall_into_words() {
        let of = |text: &str| -> Vec<String> {
            words(text.as_bytes()).map(|word| String::from_utf8(word.to_vec()).unwrap()).collect()
        };
        assert_eq!(of("Llama-3.1-8B_q4..gguf."), ["Llama", "3.1", "8B", "q4", "gguf"]);
        assert_eq!(of("Qwen2.5-v1.a"), ["Qwen2.5", "v1", "a"]);
        assert_eq!(of("été/Ä~1"), ["été", "Ä", "1"]);
        assert_eq!(of("-._ "), [""; 0]);
        for byte in 0..128_u8 {
            assert_eq!(super::inside(&[byte], 0), byte.is_ascii_alphanumeric(), "{byte}");
        }
    }
}
