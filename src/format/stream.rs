//! A file that is read from front to back, with gaps: what is at hand, and which bytes to ask for next.

use super::reads::Reads;
use crate::error::{Error, Result};
use std::ops::Range;

/// Bytes of the first read, and of those after a short gap. Graphs beside their weights have 0.1 to 2 MB, so that one
/// read holds most of them.
pub(super) const BLOCK: u64 = 2 << 20;

/// Bytes of a read behind a large tensor, where only the name and the shape of the next one are wanted.
pub(super) const SMALL_BLOCK: u64 = 64 << 10;

/// Reads of one file. Each costs a round trip; a model of 200 weight matrices in one file would take as many.
pub(super) const MAX_READS: u32 = 64;

/// Bytes of all reads of one file: graphs of tens of thousands of nodes have up to 10 MB.
pub(super) const MAX_BYTES: u64 = 32 << 20;

/// What comes after the bytes at hand.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum More {
    /// These bytes.
    Read(Range<u64>),
    /// Nothing: the file ends.
    End,
    /// Nothing that is worth another read.
    Enough,
}

/// The bytes of a file that were read and not used yet.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) file: Reads,
    bytes: Vec<u8>,
    /// Where they start in the file.
    start: u64,
    /// Where the next thing to look at starts: in the bytes at hand, or behind them.
    pub(super) position: u64,
}

impl Stream {
    pub(super) fn new(what: &'static str, file_size: Option<u64>) -> Self {
        let file = Reads::new(what, file_size, BLOCK);
        Self { file, bytes: Vec::new(), start: 0, position: 0 }
    }

    /// Takes the bytes that were asked for: all of them, or fewer where the file ends.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let bytes = self.file.take(bytes)?;
        self.drop_used();
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn drop_used(&mut self) {
        let used = self.bytes.len() - self.rest().len();
        self.bytes.drain(..used);
        self.start = if self.bytes.is_empty() { self.file.asked.start } else { self.position };
    }

    /// The bytes at hand, from the position on.
    pub(super) fn rest(&self) -> &[u8] {
        let used = usize::try_from(self.position - self.start).unwrap_or(usize::MAX);
        self.bytes.get(used..).unwrap_or_default()
    }

    /// Goes on so many bytes further.
    pub(super) fn advance(&mut self, bytes: u64) {
        self.position = self.position.saturating_add(bytes);
    }

    /// What to read next. Twice what was read so far where the text goes on, so that a long one takes few reads.
    pub(super) fn more(&mut self) -> More {
        let held = self.start + self.bytes.len() as u64;
        let from = held.max(self.position);
        let end = self.file.end.unwrap_or(u64::MAX);
        let left = MAX_BYTES.saturating_sub(self.file.bytes);
        if from >= end {
            return More::End;
        }
        if self.file.count >= MAX_READS || left == 0 {
            return More::Enough;
        }
        let length = match from - held {
            0 => self.file.bytes.max(BLOCK),
            gap if gap < BLOCK => BLOCK / 2,
            _ => SMALL_BLOCK,
        };
        // Behind a gap, nothing would come where the file ends and also where it ended before: a byte of the gap tells.
        let told_by = u64::from(self.file.end.is_none() && from > held);
        self.file.asked = from - told_by..from.saturating_add(length.min(left)).min(end);
        More::Read(self.file.asked.clone())
    }

    /// Allows two more reads, of what stands behind a part that was given up.
    pub(super) fn allow_more(&mut self) {
        self.file.count = self.file.count.min(MAX_READS - 2);
        self.file.bytes = self.file.bytes.min(MAX_BYTES - BLOCK);
    }

    /// An error that says what was found, and where.
    pub(super) fn invalid(&self, found: &str) -> Error {
        self.file.invalid(self.position, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(byte: u8, count: u64) -> Vec<u8> {
        vec![byte; usize::try_from(count).unwrap()]
    }

    #[test]
    fn what_is_used_is_forgotten() {
        let mut stream = Stream::new("a test", Some(BLOCK + 10));
        stream.push(&bytes(7, BLOCK)).unwrap();
        stream.advance(BLOCK - 3);
        assert_eq!(stream.rest(), [7; 3]);
        assert_eq!(stream.more(), More::Read(BLOCK..BLOCK + 10));
        stream.push(&[8; 10]).unwrap();
        assert_eq!((stream.rest().len(), stream.bytes.len()), (13, 13));
        stream.advance(13);
        assert_eq!((stream.rest().len(), stream.more()), (0, More::End));
    }

    #[test]
    fn far_gaps_are_not_read() {
        let mut stream = Stream::new("a test", None);
        stream.push(&bytes(0, BLOCK)).unwrap();
        stream.position = BLOCK + 1;
        assert_eq!(stream.more(), More::Read(BLOCK..BLOCK + 1 + BLOCK / 2));
        stream.position = 5 * BLOCK;
        assert_eq!(stream.more(), More::Read(5 * BLOCK - 1..5 * BLOCK + SMALL_BLOCK));
        stream.position = u64::MAX - 1;
        assert_eq!(stream.more(), More::Read(u64::MAX - 2..u64::MAX));
        stream.position = u64::MAX;
        assert_eq!(stream.more(), More::End);
    }

    #[test]
    fn a_file_that_never_ends_is_given_up() {
        let mut stream = Stream::new("a test", None);
        let mut reads = 0;
        loop {
            let asked = stream.file.asked.clone();
            stream.push(&bytes(0, asked.end - asked.start)).unwrap();
            reads += 1;
            let More::Read(_) = stream.more() else { break };
        }
        assert!(reads < 8 && stream.file.bytes == MAX_BYTES);
    }
}
