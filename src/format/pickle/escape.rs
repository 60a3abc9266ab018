//! Texts of protocol 0, in which signs may stand as escapes.

/// What `STRING` stands for: the text between quotes, with Python's escapes of bytes.
pub(super) fn string(line: &[u8]) -> Vec<u8> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let inside = match line {
        [first @ (b'"' | b'\''), inside @ .., last] if first == last => inside,
        _ => line,
    };
    unescape(inside, false)
}

/// What `UNICODE` stands for: raw text, in which only `\u` and `\U` are escapes.
pub(super) fn unicode(line: &[u8]) -> Vec<u8> {
    unescape(line, true)
}

fn unescape(mut text: &[u8], unicode: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    while let Some((&byte, rest)) = text.split_first() {
        let known = if byte == b'\\' { escape(rest, unicode) } else { None };
        let (sign, length) = known.unwrap_or((u32::from(byte), 0));
        if unicode && known.is_some() {
            let sign = char::from_u32(sign).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(sign.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            out.push(u8::try_from(sign & 0xff).unwrap_or_default());
        }
        text = rest.get(length..).unwrap_or_default();
    }
    out
}

/// The sign that an escape behind its backslash stands for, and the length of the escape.
fn escape(text: &[u8], unicode: bool) -> Option<(u32, usize)> {
    let digits = |start, end, base| Some((number(text.get(start..end)?, base)?, end));
    let first = *text.first()?;
    if unicode {
        return match first {
            b'u' => digits(1, 5, 16),
            b'U' => digits(1, 9, 16),
            _ => None,
        };
    }
    let sign = match first {
        b'x' => return digits(1, 3, 16),
        b'0'..=b'7' => {
            let octal = text.iter().take(3).take_while(|digit| (b'0'..=b'7').contains(digit));
            return digits(0, octal.count(), 8);
        }
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'v' => 11,
        b'\\' | b'\'' | b'"' => first,
        _ => return None,
    };
    Some((u32::from(sign), 1))
}

#[inline(never)]
fn number(digits: &[u8], base: u32) -> Option<u32> {
    let digit = |&digit: &u8| char::from(digit).to_digit(base);
    digits.iter().try_fold(0_u32, |number, sign| Some(number * base + digit(sign)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_as_python_reads_them() {
        assert_eq!(string(br"'\x6fs'"), b"os");
        assert_eq!(string(br#""\157\163""#), b"os");
        assert_eq!(string(br"'a\\b\'c\n\q'"), b"a\\b'c\n\\q");
        assert_eq!(string(br"'\x6'"), br"\x6");
        assert_eq!(string(b"os"), b"os");
        assert_eq!(unicode(br"\u006fs\n"), br"os\n");
        assert_eq!(unicode(br"\U0001F600\ud800"), "\u{1F600}\u{FFFD}".as_bytes());
    }
}
