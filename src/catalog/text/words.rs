//! Where words begin and end in a name: `Llama-3.1-8B_q4` has `Llama`, `3.1`, `8B` and `q4`.

/// Whether a byte belongs to a word: letters and digits of ASCII, and all of what is not ASCII.
const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// Whether a place is inside a word. A dot is, between two digits.
pub fn inside(text: &[u8], at: usize) -> bool {
    let digit = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|byte| byte.is_ascii_digit())
    };
    match text.get(at) {
        Some(b'.') => digit(at.checked_sub(1)) && digit(at.checked_add(1)),
        Some(byte) => is_letter(*byte),
        None => false,
    }
}

/// Whether a word begins at a place.
pub fn begins(text: &[u8], at: usize) -> bool {
    inside(text, at) && !at.checked_sub(1).is_some_and(|before| inside(text, before))
}

/// Whether a word ends before a place.
pub fn ends(text: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| inside(text, before)) && !inside(text, at)
}

/// The words of a text, as they are written.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a [u8],
    at: usize,
}

/// The words of a text, as they are written.
pub fn words(text: &[u8]) -> Words<'_> {
    Words { text, at: 0 }
}

impl Words<'_> {
    /// Where the last word ended.
    pub fn at(&self) -> usize {
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
pub fn is_word(text: &[u8]) -> bool {
    words(text).next().is_some_and(|word| word.len() == text.len())
}
