//! Numbers, lengths and texts from the front of some bytes, or how many bytes are missing.

use crate::error::Error;

/// How a file writes its numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) big_endian: bool,
    /// Version 1 writes lengths, counts and dimensions with 32 bits.
    pub(super) short_lengths: bool,
}

impl Layout {
    pub(super) fn u16(self, bytes: [u8; 2]) -> u16 {
        if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) }
    }

    pub(super) fn u32(self, bytes: [u8; 4]) -> u32 {
        if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    }

    pub(super) fn u64(self, bytes: [u8; 8]) -> u64 {
        if self.big_endian { u64::from_be_bytes(bytes) } else { u64::from_le_bytes(bytes) }
    }

    /// The bytes of a length.
    pub(super) fn length_bytes(self) -> u8 {
        if self.short_lengths { 4 } else { 8 }
    }
}

/// Why an item was not read.
#[derive(Debug)]
pub(super) enum Stop {
    /// It needs this many bytes from its start.
    Short(usize),
    /// It can never be read.
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

pub(super) type Read<T> = std::result::Result<T, Stop>;

/// Reads one item from the front of some bytes. It asks for no byte behind the item.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
    taken: usize,
    pub(super) layout: Layout,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], layout: Layout) -> Self {
        Self { rest: bytes, taken: 0, layout }
    }

    /// The bytes read so far.
    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    pub(super) fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        let Some((head, rest)) = self.rest.split_first_chunk::<N>() else {
            return Err(Stop::Short(self.taken.saturating_add(N)));
        };
        self.rest = rest;
        self.taken += N;
        Ok(*head)
    }

    pub(super) fn bytes(&mut self, count: u64) -> Read<&'a [u8]> {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let Some((head, rest)) = self.rest.split_at_checked(count) else {
            return Err(Stop::Short(self.taken.saturating_add(count)));
        };
        self.rest = rest;
        self.taken += count;
        Ok(head)
    }

    pub(super) fn u32(&mut self) -> Read<u32> {
        self.array().map(|bytes| self.layout.u32(bytes))
    }

    pub(super) fn u64(&mut self) -> Read<u64> {
        self.array().map(|bytes| self.layout.u64(bytes))
    }

    /// A length, a count or a dimension.
    pub(super) fn length(&mut self) -> Read<u64> {
        if self.layout.short_lengths { self.u32().map(u64::from) } else { self.u64() }
    }
}
