//! Where in an id the terms of a query stand.

use super::scan::scan;
use super::terms::terms;
use super::typo::Pattern;
use super::words::words;
use crate::model::order::order;

/// Most bytes of an id that are looked at: a row's text has at most 512.
const LONGEST_ID: usize = 4096;

/// From where to where the terms of a query stand in an id, in bytes: ascending, apart from each other, and never within a character.
///
/// A term that stands nowhere marks the word that it means by the fewest typos.
#[must_use]
pub fn highlights(id: &str, query: &str) -> Vec<(u32, u32)> {
    let text = id.as_bytes().get(..id.len().min(LONGEST_ID)).unwrap_or_default();
    let mut ranges = Vec::new();
    for term in terms(query).iter().filter(|term| !term.excluded) {
        let before = ranges.len();
        scan(text, &term.needle, &mut |at| ranges.push((at, at + term.needle.len())));
        if ranges.len() == before && term.typos() > 0 {
            ranges.extend(meant(text, &Pattern::new(term.needle.bytes(), term.typos())));
        }
    }
    let inside = |at: usize| !id.is_char_boundary(at);
    ranges.retain(|(start, end)| !inside(*start) && !inside(*end));
    joined(&ranges)
}

/// The first of the words that are meant with the fewest typos.
fn meant(text: &[u8], pattern: &Pattern) -> Option<(usize, usize)> {
    let mut best: Option<(u32, (usize, usize))> = None;
    let mut words = words(text);
    while let Some(word) = words.next() {
        if let Some(meant) = pattern.meant(word)
            && best.is_none_or(|(typos, _)| meant.typos < typos)
        {
            best = Some((meant.typos, (words.at() - word.len(), words.at())));
        }
    }
    best.map(|(_, range)| range)
}

/// Ranges in order, those that touch made one.
fn joined(ranges: &[(usize, usize)]) -> Vec<(u32, u32)> {
    let mut joined: Vec<(u32, u32)> = Vec::new();
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for place in order(ranges.len(), &|one, other| ranges.get(one).cmp(&ranges.get(other))) {
        let Some((start, end)) = ranges.get(place as usize) else { continue };
        let (start, end) = (number(*start), number(*end));
        match joined.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}
