//! What a typed text asks for: terms that every row must have, or must not have.

use super::needle::Needle;
use super::words::is_word;

/// Longest text that is read, in bytes: what follows is left out, so that no text takes long.
pub const LONGEST_QUERY: usize = 256;

/// Most terms that are read.
pub const MOST_TERMS: usize = 16;

/// One thing that a row must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What is looked for.
    pub needle: Needle,
    /// Whether a row must not have it: it was written with a leading `-`.
    pub excluded: bool,
    /// Whether it was written in quotes, and is meant to the letter.
    pub quoted: bool,
}

impl Term {
    /// How many typos are forgiven: none in quotes, in exclusions, or where it is not one word of 4 to 32 bytes.
    #[must_use]
    pub(super) fn typos(&self) -> u32 {
        let one_word = !self.excluded && !self.quoted && is_word(self.needle.bytes());
        match self.needle.len() {
            4..8 if one_word => 1,
            8..=32 if one_word => 2,
            _ => 0,
        }
    }
}

/// The terms of a text. Whitespace (of ASCII) separates them, but within quotes.
#[must_use]
pub fn terms(text: &str) -> Vec<Term> {
    let end = (0..=LONGEST_QUERY.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let mut rest = text.as_bytes().get(..end.unwrap_or(0)).unwrap_or_default();
    let mut terms = Vec::new();
    while terms.len() < MOST_TERMS {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            break;
        }
        let (term, after) = term(rest);
        if !term.needle.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
        rest = after;
    }
    terms
}

/// The first term of a text that does not begin with whitespace, and what follows it.
fn term(text: &[u8]) -> (Term, &[u8]) {
    let (excluded, text) = text.strip_prefix(b"-").map_or((false, text), |rest| (true, rest));
    let (quoted, text) = text.strip_prefix(b"\"").map_or((false, text), |rest| (true, rest));
    let stops = |byte: &u8| *byte == b'"' || !quoted && byte.is_ascii_whitespace();
    let end = text.iter().position(stops).unwrap_or(text.len());
    let (own, rest) = text.split_at_checked(end).unwrap_or((text, b""));
    let rest = if quoted { rest.strip_prefix(b"\"").unwrap_or(rest) } else { rest };
    (Term { needle: Needle::new(own), excluded, quoted }, rest)
}
