//! The account of what is read of a file: which bytes were asked for, and where it ends.

use crate::error::{Code, Error, Result};
use std::ops::Range;

/// The reads of one file.
#[derive(Debug)]
pub(super) struct Reads {
    /// `an ONNX file`, for messages.
    pub(super) what: &'static str,
    /// Where the file ends, where that is known or was met.
    pub(super) end: Option<u64>,
    /// The bytes that were asked for last.
    pub(super) asked: Range<u64>,
    /// How many reads there were.
    pub(super) count: u32,
    /// Their bytes.
    pub(super) bytes: u64,
}

impl Reads {
    /// None yet, of a file of this size, where that is known; so many bytes are asked for first.
    pub(super) fn new(what: &'static str, end: Option<u64>, first: u64) -> Self {
        let mut reads = Self { what, end, asked: 0..0, count: 0, bytes: 0 };
        reads.ask_first(first);
        reads
    }

    /// Asks for this many bytes first.
    pub(super) fn ask_first(&mut self, bytes: u64) {
        self.asked = 0..bytes.min(self.end.unwrap_or(bytes)).max(1);
    }

    /// Takes the bytes that were asked for: all of them, or fewer where the file ends. A server that ignores the range
    /// sends more, which are left out.
    pub(super) fn take<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8]> {
        let wanted = usize::try_from(self.asked.end - self.asked.start).unwrap_or(usize::MAX);
        let bytes = bytes.get(..wanted).unwrap_or(bytes);
        if self.count == 0 && bytes.starts_with(b"version https://git-lfs") {
            return Err(self.invalid(0, "a Git LFS pointer to one"));
        }
        let read_to = self.asked.start + bytes.len() as u64;
        if read_to < self.asked.end {
            self.end = Some(read_to);
        }
        self.count += 1;
        self.bytes += bytes.len() as u64;
        Ok(bytes)
    }

    /// An error that says what was found, and where.
    pub(super) fn invalid(&self, at: u64, found: &str) -> Error {
        let message = format!("expected {}, found at byte {at}: {found}", self.what);
        Error::new(Code::InvalidFile, message)
    }

    /// The error of a file that takes more than is read of any.
    pub(super) fn too_much(&self, why: &str) -> Error {
        Error::new(Code::LimitExceeded, format!("{}: {why}", self.what))
    }
}
