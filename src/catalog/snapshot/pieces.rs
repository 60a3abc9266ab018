//! Names, put together from pieces.

use super::cursor::Cursor;
use super::limits::{LONGEST_NAME, LONGEST_SHARD};
use crate::catalog::column::Ids;
use crate::error::Result;

/// Bytes that are made room for at once, at least.
const ROOM: usize = 1 << 10;

/// Names on their way.
pub(super) struct Pieces {
    /// What is written, and zeros.
    text: Vec<u8>,
    length: usize,
    ends: Vec<u32>,
}

impl Pieces {
    /// None yet.
    pub(super) fn new(rows: usize, bytes: usize) -> Self {
        Self { text: vec![0; bytes], length: 0, ends: Vec::with_capacity(rows) }
    }

    /// Adds a name of three pieces. Most of them are short: their first and last bytes, which may overlap, are had without a
    /// call.
    #[inline(never)]
    pub(super) fn push(&mut self, pieces: [&str; 3], from: &Cursor<'_>) -> Result<()> {
        let mut at = self.length;
        for piece in pieces {
            let piece = piece.as_bytes();
            let end = at + piece.len();
            if end > self.text.len() {
                self.text.resize(end + self.length / 4 + ROOM, 0);
            }
            let Some(place) = self.text.get_mut(at..end) else { break };
            if !(ends::<16>(place, piece) || ends::<4>(place, piece)) {
                place.copy_from_slice(piece);
            }
            at = end;
        }
        let length = at - self.length;
        if length > LONGEST_NAME || at > LONGEST_SHARD {
            return Err(from.expected("names of at most 512 bytes, 16 MiB in all", length as u64));
        }
        self.length = at;
        self.ends.push(u32::try_from(at).unwrap_or(u32::MAX));
        Ok(())
    }

    pub(super) fn finish(mut self) -> Ids {
        self.text.truncate(self.length);
        Ids::of(self.text, self.ends)
    }
}

/// Copies a piece of `N` to twice as many bytes.
#[inline]
fn ends<const N: usize>(place: &mut [u8], piece: &[u8]) -> bool {
    if piece.len() > 2 * N {
        return false;
    }
    let (Some(first), Some(last)) = (piece.first_chunk::<N>(), piece.last_chunk::<N>()) else {
        return false;
    };
    if let Some(start) = place.first_chunk_mut::<N>() {
        *start = *first;
    }
    if let Some(end) = place.last_chunk_mut::<N>() {
        *end = *last;
    }
    true
}
