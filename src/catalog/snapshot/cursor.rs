//! Bytes of a shard, taken from the front.

use crate::error::{Code, Error, Result};
use crate::model::said::{decimal, said};

/// Bytes not yet taken, and where they stand in the shard.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    pub(super) fn left(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let Some((taken, rest)) = self.bytes.split_at_checked(length) else {
            return Err(self.expected("more bytes", self.bytes.len() as u64));
        };
        self.bytes = rest;
        self.at += length;
        Ok(taken)
    }

    pub(super) fn u8(&mut self) -> Result<u8> {
        self.take(1).map(|bytes| bytes.first().copied().unwrap_or(0))
    }

    pub(super) fn u16(&mut self) -> Result<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// Refuses bytes after the end of what was meant.
    pub(super) fn end(&self) -> Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        Err(self.expected("the end of the section", self.bytes.len() as u64))
    }

    /// Refuses a number that is above a limit.
    pub(super) fn at_most(&self, what: &str, found: u64, limit: u64) -> Result<()> {
        if found <= limit {
            return Ok(());
        }
        Err(refused(&said(&[what, " of at most ", &decimal(limit)]), found, self.at))
    }

    pub(super) fn expected(&self, expected: &str, found: u64) -> Error {
        refused(expected, found, self.at)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        self.take(N)?.first_chunk().copied().ok_or_else(|| self.expected("more bytes", 0))
    }
}

/// The one way in which a shard is refused.
pub(super) fn refused(expected: &str, found: u64, at: usize) -> Error {
    let message = [
        "catalog shard: expected ",
        expected,
        ", found ",
        &decimal(found),
        " at byte ",
        &decimal(at as u64),
        "; fetch it anew, or build the snapshot again",
    ];
    Error::new(Code::InvalidFile, said(&message))
}
