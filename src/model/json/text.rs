//! The text of JSON strings.

use super::skip::next_special;
use std::borrow::Cow;

/// The text that starts after an opening quote, and the byte after its closing one; why not, and where.
pub(super) fn read(
    json: &[u8],
    start: usize,
) -> Result<(Cow<'_, str>, usize), (&'static str, usize)> {
    const UNFINISHED: &str = "the end of the text inside a string";
    let mut at = next_special(json, start).ok_or((UNFINISHED, json.len()))?;
    let mut owned = String::new();
    let mut from = start;
    loop {
        let plain = utf8(json, from, at)?;
        if json.get(at) == Some(&b'"') {
            let whole =
                if owned.is_empty() { Cow::Borrowed(plain) } else { Cow::Owned(owned + plain) };
            return Ok((whole, at + 1));
        }
        owned.push_str(plain);
        let (letter, after) = escape(json, at + 1).ok_or(("an escape that JSON has not", at))?;
        owned.push(letter);
        from = after;
        at = next_special(json, from).ok_or((UNFINISHED, json.len()))?;
    }
}

fn utf8(json: &[u8], from: usize, to: usize) -> Result<&str, (&'static str, usize)> {
    let bytes = json.get(from..to).unwrap_or_default();
    std::str::from_utf8(bytes)
        .map_err(|error| ("bytes that are not UTF-8", from + error.valid_up_to()))
}

/// The character that an escape stands for; `at` is the byte after the backslash.
fn escape(json: &[u8], at: usize) -> Option<(char, usize)> {
    let letter = match json.get(at)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        byte @ (b'"' | b'\\' | b'/') => char::from(*byte),
        b'u' => return unicode(json, at + 1),
        _ => return None,
    };
    Some((letter, at + 1))
}

/// `\uXXXX`, or two of them for a character beyond the first plane. A half of such a pair alone is no
/// character: JavaScript keeps it, Rust's text cannot, so it becomes the replacement character.
fn unicode(json: &[u8], at: usize) -> Option<(char, usize)> {
    let first = hex4(json, at)?;
    let second = || {
        let next = json.get(at + 4..at + 6).filter(|next| next == b"\\u").and(hex4(json, at + 6));
        next.filter(|low| (0xDC00..0xE000).contains(low))
    };
    if let Some(low) = (0xD800..0xDC00).contains(&first).then(second).flatten() {
        let point = 0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00);
        return Some((char::from_u32(point)?, at + 10));
    }
    Some((char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), at + 4))
}

fn hex4(json: &[u8], at: usize) -> Option<u32> {
    json.get(at..at + 4)?
        .iter()
        .try_fold(0, |sum, &byte| Some(sum * 16 + char::from(byte).to_digit(16)?))
}
