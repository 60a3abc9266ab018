//! The bytes of a file that were read so far.

use crate::error::Error;
use std::ops::Range;

/// Why reading stops: bytes are missing, or the file cannot be read.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Ask for these, and try again.
    Missing(Range<u64>),
    /// It is no use.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// The parts of a file that were read; those that touch are joined.
#[derive(Debug, Default)]
pub(crate) struct Held {
    parts: Vec<(u64, Vec<u8>)>,
}

impl Held {
    /// Keeps bytes that were not there before.
    pub(crate) fn add(&mut self, start: u64, bytes: &[u8]) {
        let before = self.parts.iter().position(|part| end(part) == start);
        let at = before.unwrap_or_else(|| {
            self.parts.push((start, Vec::new()));
            self.parts.len() - 1
        });
        if let Some(part) = self.parts.get_mut(at) {
            part.1.extend_from_slice(bytes);
        }
        self.join(at);
    }

    /// Joins the part that starts where the one at a place ends.
    fn join(&mut self, at: usize) {
        let Some(end) = self.parts.get(at).map(end) else { return };
        let after = self.parts.iter().position(|part| part.0 == end && !part.1.is_empty());
        let Some(after) = after.filter(|&after| after != at) else { return };
        let behind = self.parts.get_mut(after).map(|part| std::mem::take(&mut part.1));
        if let Some(part) = self.parts.get_mut(at) {
            part.1.append(&mut behind.unwrap_or_default());
        }
        self.parts.retain(|part| !part.1.is_empty());
    }

    /// The bytes of a range, where all are there.
    pub(crate) fn get(&self, range: &Range<u64>) -> Option<&[u8]> {
        let inside = |part: &&(u64, Vec<u8>)| part.0 <= range.start && range.end <= end(part);
        let (start, bytes) = self.parts.iter().find(inside)?;
        let place = |place: u64| usize::try_from(place - start).ok();
        bytes.get(place(range.start)?..place(range.end)?)
    }

    /// What is missing around a place: from the end of the part before it to the start of the part behind it.
    pub(crate) fn gap(&self, at: u64) -> Range<u64> {
        let before = self.parts.iter().filter(|part| part.0 <= at).map(end);
        let behind = self.parts.iter().map(|part| part.0).filter(|&start| start > at);
        before.fold(0, u64::max)..behind.fold(u64::MAX, u64::min)
    }

    /// The bytes of a range, or the first of them that are missing.
    pub(crate) fn need(&self, range: Range<u64>) -> Result<&[u8], Stop> {
        if range.start >= range.end {
            return Ok(&[]);
        }
        self.get(&range).ok_or_else(|| Stop::Missing(self.missing(range)))
    }

    fn missing(&self, range: Range<u64>) -> Range<u64> {
        let mut start = range.start;
        while let Some(part) = self.parts.iter().find(|part| part.0 <= start && start < end(part)) {
            start = end(part);
        }
        let starts = self.parts.iter().map(|part| part.0).filter(|&other| other > start);
        start..starts.fold(range.end, u64::min)
    }
}

fn end(part: &(u64, Vec<u8>)) -> u64 {
    part.0.saturating_add(part.1.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(held: &Held, range: Range<u64>) -> Option<Range<u64>> {
        match held.need(range) {
            Err(Stop::Missing(range)) => Some(range),
            _ => None,
        }
    }

    #[test]
    fn parts_are_joined_and_never_asked_for_again() {
        let mut held = Held::default();
        held.add(0, b"ab");
        held.add(6, b"gh");
        assert_eq!(missing(&held, 0..8), Some(2..6));
        assert_eq!(missing(&held, 1..5), Some(2..5));
        assert_eq!(missing(&held, 6..8), None);
        assert_eq!(missing(&held, 7..9), Some(8..9));
        held.add(2, b"cdef");
        assert_eq!(held.get(&(1..7)), Some(&b"bcdefg"[..]));
        assert_eq!(missing(&held, 3..3), None);
        held.add(8, b"");
        assert_eq!(held.get(&(0..8)), Some(&b"abcdefgh"[..]));
    }
}
