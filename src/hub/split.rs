//! Finds the rows of a JSON array without reading them, so that one damaged row costs that row alone.

use crate::error::{Code, Error, Result};
use std::ops::Range;

/// The byte ranges of the elements of a top-level array.
///
/// Only brackets and strings are followed: what stands inside an element may be anything, `NaN` included.
/// A page that ends in the middle gives the whole elements before the cut, and `complete` is false.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Elements {
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) complete: bool,
}

pub(super) fn elements(json: &[u8]) -> Result<Elements> {
    let start = skip_space(json, 0);
    if json.get(start) != Some(&b'[') {
        return Err(not_a_list(json, start));
    }
    let mut ranges = Vec::new();
    let mut at = skip_space(json, start + 1);
    while let Some(&byte) = json.get(at) {
        match byte {
            b']' => {
                return Ok(Elements { ranges, complete: true });
            }
            b',' => at = skip_space(json, at + 1),
            _ => match end_of_value(json, at) {
                Some(end) => {
                    ranges.push(at..end);
                    at = skip_space(json, end);
                }
                None => break,
            },
        }
    }
    Ok(Elements { ranges, complete: false })
}

fn not_a_list(json: &[u8], start: usize) -> Error {
    let found = match json.get(start) {
        None => "nothing",
        Some(b'<') => "a page of HTML",
        Some(b'{') => "an object",
        Some(_) => "something else",
    };
    Error::new(
        Code::InvalidResponse,
        format!("a listing page: expected a JSON list, found {found}"),
    )
}

fn skip_space(json: &[u8], mut at: usize) -> usize {
    while json.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// Where the value that starts here ends, or none where the text ends first.
fn end_of_value(json: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = start;
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => {
                at = end_of_string(json, at + 1)?;
                if depth == 0 {
                    return Some(at);
                }
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth <= 1 => return Some(if depth == 0 { at } else { at + 1 }),
            b']' | b'}' => depth -= 1,
            b',' if depth == 0 => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The byte after the closing quote.
fn end_of_string(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        let rest = json.get(at..)?;
        at += rest.iter().position(|&byte| byte == b'"' || byte == b'\\')?;
        if json.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn splits(json: &str, expected: &[&str], complete: bool) {
        let found = elements(json.as_bytes()).unwrap();
        let texts: Vec<_> =
            found.ranges.into_iter().map(|range| json.get(range).unwrap().trim_end()).collect();
        assert_eq!((texts.as_slice(), found.complete), (expected, complete));
    }

    #[test]
    fn whole_pages() {
        splits("[]", &[], true);
        splits(
            r#" [ {"a":[1,{}]} , {"b":"]\"}"} ] "#,
            &[r#"{"a":[1,{}]}"#, r#"{"b":"]\"}"}"#],
            true,
        );
        splits(r#"[1,"x",NaN,null]"#, &["1", r#""x""#, "NaN", "null"], true);
    }

    #[test]
    fn a_cut_page_gives_what_is_whole() {
        splits(r#"[{"a":1},{"b":"#, &[r#"{"a":1}"#], false);
        splits(r#"[{"a":1},"x"#, &[r#"{"a":1}"#], false);
        splits("[", &[], false);
    }

    #[test]
    fn other_answers_are_named() {
        for (json, found) in [("<html>", "HTML"), ("{}", "an object"), ("", "nothing")] {
            let message = elements(json.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(found), "{message}");
        }
    }
}
