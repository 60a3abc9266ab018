//! XML, as far as a writer of graphs needs it: elements and attributes. What defines entities is refused.

use std::borrow::Cow;

/// The next thing in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `<name attribute="value">`
    Open(Tag<'a>),
    /// `</name>`
    Close,
    /// What stands between elements.
    Text(&'a [u8]),
    /// A comment, an instruction.
    Other,
}

/// The start of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a [u8],
    attributes: &'a [u8],
    /// `<name/>`
    pub(super) is_closed: bool,
}

impl<'a> Tag<'a> {
    fn new(inside: &'a [u8]) -> Self {
        let (inside, is_closed) = match inside.strip_suffix(b"/") {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let end = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at_checked(end).unwrap_or_default();
        Self { name, attributes, is_closed }
    }

    /// The value of an attribute; an empty text where there is none.
    pub(super) fn get(&self, name: &str) -> Cow<'a, str> {
        let mut rest = self.attributes;
        while let Some((key, value, after)) = attribute(rest) {
            if key == name.as_bytes() {
                return decoded(value);
            }
            rest = after;
        }
        "".into()
    }

    /// A number; 0 where there is none.
    pub(super) fn number(&self, name: &str) -> u64 {
        self.get(name).parse().unwrap_or(0)
    }
}

/// Name, value, and what follows.
fn attribute(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let equals = bytes.iter().position(|byte| *byte == b'=')?;
    let (name, rest) = bytes.split_at_checked(equals)?;
    let (quote, rest) = rest.get(1..)?.trim_ascii_start().split_first()?;
    let end = rest.iter().position(|byte| matches!(quote, b'"' | b'\'') && byte == quote)?;
    Some((name.trim_ascii_end(), rest.get(..end)?, rest.get(end + 1..)?))
}

/// A value with its references resolved: the five that XML has, and numbers. Others stay as they are.
fn decoded(value: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(value);
    if !text.contains('&') {
        return text;
    }
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or((part, ""));
        if let Some(character) = character(name) {
            out.push(character);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(part);
        }
    }
    out.into()
}

fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal =
                number.strip_prefix('x').map(|digits| u32::from_str_radix(digits, 16));
            char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?)
        }
    }
}

/// The next token and its bytes; `None` where it does not end in these bytes. An error says what was found.
pub(super) fn token(bytes: &[u8]) -> Result<Option<(Token<'_>, usize)>, &'static str> {
    if bytes.first() != Some(&b'<') {
        let end = bytes.iter().position(|byte| *byte == b'<');
        return Ok(end.and_then(|end| Some((Token::Text(bytes.get(..end)?), end))));
    }
    match bytes {
        [b'<', b'!', b'-', b'-', ..] => Ok(ends(bytes, b"-->")),
        [b'<', b'!', b'[', ..] => Ok(ends(bytes, b"]]>")),
        [b'<', b'!'] | [b'<', b'!', b'-'] | [b'<'] => Ok(None),
        [b'<', b'!', ..] => Err("a document type, which may define entities"),
        [b'<', b'?', ..] => Ok(ends(bytes, b"?>")),
        [b'<', b'/', ..] => Ok(ends(bytes, b">").map(|(_, length)| (Token::Close, length))),
        _ => Ok(open(bytes)),
    }
}

fn ends(bytes: &[u8], end: &[u8]) -> Option<(Token<'static>, usize)> {
    let at = bytes.windows(end.len()).position(|window| window == end)?;
    Some((Token::Other, at + end.len()))
}

/// A start tag ends with `>` where that is no part of a value.
fn open(bytes: &[u8]) -> Option<(Token<'_>, usize)> {
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some((Token::Open(Tag::new(bytes.get(1..at)?)), at + 1)),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(text: &str) -> Tag<'_> {
        let Ok(Some((Token::Open(tag), length))) = token(text.as_bytes()) else { panic!("{text}") };
        assert_eq!(length, text.len());
        tag
    }

    #[test]
    fn attributes() {
        let data = tag(r#"<data a = 'x > "y"' b="&lt;&#65;&#x42;&amp;amp;&nope;" size="12" />"#);
        assert_eq!((data.name, data.is_closed), (b"data".as_slice(), true));
        assert_eq!((data.get("a").as_ref(), data.number("size")), (r#"x > "y""#, 12));
        assert_eq!((data.get("b").as_ref(), data.get("c").as_ref()), ("<AB&amp;&nope;", ""));
        assert_eq!(tag("<a b=c d='1'>").get("d"), "");
        assert_eq!(tag("<net>").name, b"net");
    }

    #[test]
    fn tokens_that_say_nothing() {
        for text in ["<!-- <a> -->", "<?xml version='1.0'?>", "<![CDATA[<a>]]>"] {
            assert_eq!(token(text.as_bytes()), Ok(Some((Token::Other, text.len()))), "{text}");
        }
        assert_eq!(token(b" 7<"), Ok(Some((Token::Text(b" 7"), 2))));
        assert_eq!(token(b"</a >"), Ok(Some((Token::Close, 5))));
    }

    #[test]
    fn tokens_that_do_not_end() {
        for text in ["", "<", "<!", "<!-", "<!-- -", "<a b='>", "</a", "<?a?", "7"] {
            assert_eq!(token(text.as_bytes()), Ok(None), "{text}");
        }
        assert!(token(b"<!DOCTYPE net [<!ENTITY a 'aaaa'>]>").is_err());
    }
}
