//! How well a row matches one term: how much of a word it is, and in which field.

use super::needle::Needle;
use super::scan::scan;
use super::typo::Meant;
use super::words;

/// A grade: 0 where there is no match, 100 for a word of the name.
pub(super) type Grade = u8;

/// The whole text.
pub(super) const WHOLE: Grade = 125;
/// A word, or several.
pub(super) const WORD: Grade = 100;
/// The beginning of a word.
pub(super) const BEGINNING: Grade = 75;
/// Some place within.
pub(super) const PART: Grade = 50;

/// The grade of a match at a place in a text.
#[must_use]
pub(super) fn of_match(text: &[u8], at: usize, length: usize) -> Grade {
    // Mostly the byte before it is of the same word, and nothing else counts.
    if length == text.len() {
        WHOLE
    } else if !words::begins(text, at) {
        PART
    } else if words::ends(text, at + length) {
        WORD
    } else {
        BEGINNING
    }
}

/// The grade of a word that may be meant, 0 where it is not.
#[must_use]
pub(super) fn of_meant(meant: Option<Meant>) -> Grade {
    match meant.map(|meant| (meant.typos, meant.whole)) {
        None => 0,
        Some((0, _)) => BEGINNING,
        Some((1, true)) => 35,
        Some((1, false)) => 25,
        Some((_, true)) => 20,
        Some((_, false)) => 15,
    }
}

/// A grade in a field that weighs `percent` of the name.
#[must_use]
pub(super) fn weighted(grade: Grade, percent: u32) -> Grade {
    Grade::try_from((u32::from(grade) * percent / 100).max(1)).unwrap_or(Grade::MAX)
}

/// How many texts are passed over together where a match is far behind the last.
const STRIDE: usize = 16;

/// Calls `found` with the place of each text that has a match, and its grade; more than once where it has several.
///
/// The texts stand one after the other, and `ends` tells where each ends: a match lies within one.
pub(super) fn in_texts(
    text: &[u8],
    ends: &[u32],
    needle: &Needle,
    found: &mut dyn FnMut(usize, Grade),
) {
    let end = |place: usize| ends.get(place).map(|end| *end as usize);
    let mut place = 0;
    scan(text, needle, &mut |at| {
        while end(place + STRIDE).is_some_and(|end| end <= at) {
            place += STRIDE;
        }
        while end(place).is_some_and(|end| end <= at) {
            place += 1;
        }
        let start = place.checked_sub(1).and_then(end).unwrap_or(0);
        let own = end(place).and_then(|end| text.get(start..end)).unwrap_or_default();
        if let Some(from) = at.checked_sub(start)
            && from + needle.len() <= own.len()
        {
            found(place, of_match(own, from, needle.len()));
        }
    });
}
