//! Names, put together from pieces.

use super::cursor::Cursor;
use super::limits::{LONGEST_NAME, LONGEST_SHARD};
use crate::catalog::column::Ids;
use crate::error::Result;

/// Names on their way.
pub(super) struct Pieces {
    /// What is written, and zeros.
    text: Vec<u8>,
    /// Where the last name begins and ends.
    last: (usize, usize),
    ends: Vec<u32>,
}

impl Pieces {
    /// None yet, with room for so many.
    pub(super) fn new(names: usize, bytes: usize) -> Self {
        Self { text: vec![0; bytes], last: (0, 0), ends: Vec::with_capacity(names) }
    }

    /// Adds a name that is told by a name like it: some bytes in its middle are left out, those before and a few at the end are
    /// kept, and what is `told` stands between. Where no name is given, it is the last one, whose first bytes are kept. Pieces
    /// are short: their first and last bytes, which may overlap, are had without a call.
    #[inline(never)]
    pub(super) fn push(
        &mut self,
        like: Option<&[u8]>,
        [count, end]: [u32; 2],
        told: &[u8],
        from: &Cursor<'_>,
    ) -> Result<()> {
        let (before, start) = self.last;
        let (count, end) = (count as usize, end as usize);
        let left_out = if like.is_some() { count } else { (start - before).wrapping_sub(count) };
        if self.text.len() < start + LONGEST_NAME {
            self.text.resize(start + start / 4 + 4 * LONGEST_NAME, 0);
        }
        let Some((done, mut room)) = self.text.split_at_mut_checked(start) else { return Ok(()) };
        let like = like.or(done.get(before..)).unwrap_or_default();
        let Some((first, last)) = kept(like, left_out, end) else {
            return Err(from.expected("whole characters of a name that is known", count as u64));
        };
        let length = first.len() + told.len() + last.len();
        if length > LONGEST_NAME || start > LONGEST_SHARD {
            return Err(from.expected("names of 512 bytes, 16 MiB in all", length as u64));
        }
        for piece in [first, told, last] {
            let Some((place, after)) = room.split_at_mut_checked(piece.len()) else { break };
            if !(ends::<16>(place, piece) || ends::<4>(place, piece)) {
                place.iter_mut().zip(piece).for_each(|(place, byte)| *place = *byte);
            }
            room = after;
        }
        self.last = (start, start + length);
        self.ends.push(u32::try_from(start + length).unwrap_or(u32::MAX));
        Ok(())
    }

    pub(super) fn finish(mut self) -> Ids {
        self.text.truncate(self.last.1);
        Ids::of(self.text, self.ends)
    }
}

/// What is kept of a name, whose characters are not cut.
fn kept(like: &[u8], left_out: usize, end: usize) -> Option<(&[u8], &[u8])> {
    let is_cut = |at: usize| like.get(at).is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000);
    let last = like.len().checked_sub(end)?;
    let first = last.checked_sub(left_out).filter(|first| !is_cut(*first) && !is_cut(last))?;
    Some((like.get(..first)?, like.get(last..)?))
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
