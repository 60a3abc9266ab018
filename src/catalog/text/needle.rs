//! What is looked for: bytes in lower case, of which a space stands for any separator.

/// A text to look for, whatever the case of ASCII letters is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle {
    bytes: Vec<u8>,
}

impl Needle {
    /// The needle of a text; spaces at its ends do not count, and several are one.
    #[must_use]
    pub fn new(text: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        let parts = text.split(u8::is_ascii_whitespace).filter(|part| !part.is_empty());
        for part in parts {
            if !bytes.is_empty() {
                bytes.push(b' ');
            }
            bytes.extend(part.iter().map(u8::to_ascii_lowercase));
        }
        Self { bytes }
    }

    /// Its bytes, in lower case.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes a match has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether a text begins with it.
    #[must_use]
    pub fn begins(&self, text: &[u8]) -> bool {
        text.get(..self.len()).is_some_and(|text| equal(text, &self.bytes))
    }
}

/// Whether a text is the same as one in lower case of the same length.
pub(super) fn equal(text: &[u8], lower: &[u8]) -> bool {
    text.len() == lower.len() && text.iter().zip(lower).all(|(byte, lower)| same(*byte, *lower))
}

fn same(byte: u8, lower: u8) -> bool {
    byte.to_ascii_lowercase() == lower || lower == b' ' && matches!(byte, b'-' | b'_' | b'.')
}
