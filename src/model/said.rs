//! Messages from their pieces.
//!
//! Formatting by `format!` brings 5 kB into a module that has none otherwise.

/// One text from its pieces.
pub(crate) fn said(pieces: &[&str]) -> String {
    between("", pieces)
}

/// Names with commas between them.
pub(crate) fn listed(names: &[&str]) -> String {
    between(", ", names)
}

fn between(separator: &str, pieces: &[&str]) -> String {
    let mut text = String::new();
    for (place, piece) in pieces.iter().enumerate() {
        text.push_str(if place > 0 { separator } else { "" });
        text.push_str(piece);
    }
    text
}

/// The text that bytes are, up to the first that is none.
pub(crate) fn readable(bytes: &[u8]) -> &str {
    let until = match std::str::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.valid_up_to(),
    };
    bytes.get(..until).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A whole number in its decimal digits.
pub(crate) fn decimal(number: u64) -> String {
    let mut digits = if number >= 10 { decimal(number / 10) } else { String::new() };
    digits.push(char::from_digit((number % 10) as u32, 10).unwrap_or('0'));
    digits
}
