//! FlatBuffers: tables of a file of which only pieces are at hand.
//!
//! Every offset in a table leads somewhere else in the file. So a reader walks from the root and says which bytes it
//! lacks; once they are there, it walks again from the start, which costs less than remembering where it was.

use super::held::Held;
use super::reads::Reads;
use crate::error::{Error, Result};
use std::cell::Cell;
use std::ops::Range;

/// Bytes of the first read. Vision models of 2 to 7 MB have tables of 20 to 100 kB, in front of their weights or behind.
const FIRST_READ: u64 = 256 << 10;

/// Bytes of the largest single read.
const LARGEST_READ: u64 = 8 << 20;

/// Bytes of all reads of one file, and how many they may be. Each read is as long as all before it, so that tables in
/// one place take few.
const MAX_BYTES: u64 = 64 << 20;
const MAX_READS: u32 = 32;

/// Work of one walk, in bytes of a file that has it without sharing. Tables may share others, so that a small file
/// could hold endless ones. A language model of five signatures takes 100,000 tables.
const MAX_WORK: u64 = 1 << 25;

/// Work for each byte at hand: tensors are read for themselves and as inputs, their parts too. What a walk keeps is
/// bounded by that. A walk that takes more asks for more bytes, so that only a whole file is said to share too much:
/// the answer does not depend on how it was read.
const WORK_PER_BYTE: u64 = 8;

/// Work that is always allowed.
const FREE_WORK: u64 = 4096;

/// Work of a table: with its list of fields and the offset that leads to it, it takes no fewer bytes.
const TABLE_WORK: u64 = 16;

/// Bytes of a text that are read.
const MAX_TEXT: u64 = 1024;

/// Why something was not read.
#[derive(Debug)]
pub(super) enum Stop {
    /// These bytes are missing: from, and how many.
    Missing(u64, u64),
    /// It can never be read.
    Failed(Error),
}

pub(super) type Read<T> = std::result::Result<T, Stop>;

/// The pieces of a file that are at hand.
#[derive(Debug)]
pub(super) struct Pieces {
    pub(super) file: Reads,
    held: Held,
    work: Cell<u64>,
}

impl Pieces {
    pub(super) fn new(what: &'static str, file_size: Option<u64>) -> Self {
        let file = Reads::new(what, file_size, FIRST_READ);
        Self { file, held: Held::default(), work: Cell::new(0) }
    }

    /// Takes the bytes that were asked for: all of them, or fewer where the file ends. The next walk may begin.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let start = self.file.asked.start;
        let bytes = self.file.take(bytes)?;
        if !bytes.is_empty() {
            self.held.add(start, bytes);
        }
        self.work.set(0);
        Ok(())
    }

    /// What to ask for where these bytes are missing: the stretch around them that is not at hand yet.
    pub(super) fn ask(&mut self, from: u64, count: u64) -> Result<Range<u64>> {
        let end = self.file.end.unwrap_or(u64::MAX);
        if from.checked_add(count).is_none_or(|needed| needed > end) {
            let found = format!("an offset to byte {from}, behind the end at byte {end}");
            return Err(self.file.invalid(from, &found));
        }
        if self.file.count >= MAX_READS || self.file.bytes >= MAX_BYTES {
            return Err(self.file.too_much("its tables are spread over too many places"));
        }
        let length = self.file.bytes.clamp(FIRST_READ, LARGEST_READ).max(count);
        let gap = self.held.gap(from);
        // A table stands before what it leads to, and behind the tables that were written after it.
        let stop = from.saturating_add(count).saturating_add(length / 2).min(gap.end).min(end);
        self.file.asked = stop.saturating_sub(length).max(gap.start)..stop;
        Ok(self.file.asked.clone())
    }

    /// Counts the work of a walk.
    fn count(&self, work: u64) -> Read<()> {
        let most = (FREE_WORK + self.file.bytes * WORK_PER_BYTE).min(MAX_WORK);
        let work = self.work.get().saturating_add(work);
        self.work.set(work);
        let Some(over) = work.checked_sub(most + 1) else { return Ok(()) };
        let front = self.held.gap(0).start;
        let rest = self.file.end.unwrap_or(u64::MAX).saturating_sub(front);
        if rest > 0 && work <= MAX_WORK {
            return Err(Stop::Missing(front, (1 + over / WORK_PER_BYTE).min(rest)));
        }
        Err(Stop::Failed(self.file.too_much("its tables share others too often")))
    }

    pub(super) fn bytes(&self, at: u64, count: u64) -> Read<&[u8]> {
        let bytes = self.held.get(&(at..at.saturating_add(count)));
        bytes.ok_or(Stop::Missing(at, count))
    }

    fn array<const N: usize>(&self, at: u64) -> Read<[u8; N]> {
        let bytes = self.bytes(at, N as u64)?;
        bytes.first_chunk().copied().ok_or(Stop::Missing(at, N as u64))
    }

    pub(super) fn u32(&self, at: u64) -> Read<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    pub(super) fn u64(&self, at: u64) -> Read<u64> {
        self.array(at).map(u64::from_le_bytes)
    }

    /// Where an offset leads: forward from where it stands, never to itself.
    fn follow(&self, at: u64) -> Read<u64> {
        match self.u32(at)? {
            0 => Err(self.failed(at, "an offset that leads to itself")),
            offset => Ok(at.saturating_add(offset.into())),
        }
    }

    /// The table that the offset at this place leads to.
    pub(super) fn table(&self, at: u64) -> Read<Table<'_>> {
        self.count(TABLE_WORK)?;
        let start = self.follow(at)?;
        let back = i32::from_le_bytes(self.array(start)?);
        let fields = start.checked_add_signed(-i64::from(back));
        let fields =
            fields.ok_or_else(|| self.failed(start, "a table without a list of fields"))?;
        let length = u16::from_le_bytes(self.array(fields)?);
        if length < 4 {
            return Err(self.failed(fields, "a list of fields of less than four bytes"));
        }
        Ok(Table { file: self, start, fields, length })
    }

    pub(super) fn failed(&self, at: u64, found: &str) -> Stop {
        Stop::Failed(self.file.invalid(at, found))
    }
}

/// A table of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    file: &'a Pieces,
    start: u64,
    fields: u64,
    length: u16,
}

impl<'a> Table<'a> {
    /// Where a field stands; `None` where it has its default.
    pub(super) fn field(&self, field: u16) -> Read<Option<u64>> {
        let at = 4 + 2 * field;
        if at + 2 > self.length {
            return Ok(None);
        }
        let offset = u16::from_le_bytes(self.file.array(self.fields.saturating_add(at.into()))?);
        Ok((offset > 0).then(|| self.start.saturating_add(offset.into())))
    }

    pub(super) fn u8(&self, field: u16) -> Read<u8> {
        self.field(field)?.map_or(Ok(0), |at| self.file.array(at).map(|[byte]| byte))
    }

    pub(super) fn u32(&self, field: u16) -> Read<u32> {
        self.field(field)?.map_or(Ok(0), |at| self.file.u32(at))
    }

    pub(super) fn u64(&self, field: u16) -> Read<u64> {
        self.field(field)?.map_or(Ok(0), |at| self.file.u64(at))
    }

    /// The table that a field leads to.
    pub(super) fn table(&self, field: u16) -> Read<Option<Table<'a>>> {
        self.field(field)?.map(|at| self.file.table(at)).transpose()
    }

    /// A list; an empty one where the field is not there. Its bytes are not read.
    pub(super) fn list(&self, field: u16) -> Read<List<'a>> {
        let Some(at) = self.field(field)? else {
            return Ok(List { file: self.file, start: 0, length: 0 });
        };
        let start = self.file.follow(at)?;
        let length = self.file.u32(start)?;
        Ok(List { file: self.file, start: start.saturating_add(4), length })
    }

    /// A text, with what is no UTF-8 replaced.
    pub(super) fn text(&self, field: u16) -> Read<String> {
        let list = self.list(field)?;
        if list.length == 0 {
            return Ok(String::new());
        }
        let length = u64::from(list.length).min(MAX_TEXT);
        self.file.count(length)?;
        self.file.bytes(list.start, length).map(lossy)
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A list of a table's field.
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'a> {
    file: &'a Pieces,
    /// Where its first element stands.
    pub(super) start: u64,
    /// Elements.
    pub(super) length: u32,
}

impl<'a> List<'a> {
    /// The table that an element leads to.
    pub(super) fn table(&self, index: u32) -> Read<Table<'a>> {
        self.file.table(self.start.saturating_add(u64::from(index) * 4))
    }

    /// Its elements, where they are numbers of 32 bits.
    pub(super) fn numbers(&self) -> Read<impl Iterator<Item = i32> + use<'a>> {
        self.file.count(u64::from(self.length) * 4)?;
        let bytes: &[u8] = match self.length {
            0 => &[],
            length => self.file.bytes(self.start, u64::from(length) * 4)?,
        };
        Ok(bytes.as_chunks::<4>().0.iter().map(|bytes| i32::from_le_bytes(*bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(byte: u8, count: u64) -> Vec<u8> {
        vec![byte; usize::try_from(count).unwrap()]
    }

    fn filled(file_size: Option<u64>) -> Pieces {
        let mut pieces = Pieces::new("a test", file_size);
        let first = pieces.file.asked.clone();
        pieces.push(&bytes(1, first.end)).unwrap();
        pieces
    }

    #[test]
    fn what_is_asked_for_is_never_at_hand() {
        let mut pieces = filled(Some(100 << 20));
        let far = pieces.ask(70 << 20, 4).unwrap();
        assert_eq!((far.end - far.start, far.end), (FIRST_READ, (70 << 20) + 4 + FIRST_READ / 2));
        pieces.push(&bytes(2, FIRST_READ)).unwrap();
        let before = pieces.ask(far.start - 1, 4).unwrap();
        assert_eq!(before, far.start - 2 * FIRST_READ..far.start);
        pieces.push(&bytes(3, 2 * FIRST_READ)).unwrap();
        assert_eq!(pieces.bytes(far.start - 1, 2).unwrap(), [3, 2]);
        assert_eq!(pieces.ask(0, FIRST_READ + 1).unwrap().start, FIRST_READ);
    }

    #[test]
    fn offsets_behind_the_end() {
        assert_eq!(filled(Some(FIRST_READ)).ask(FIRST_READ, 1).unwrap_err().code(), "invalid_file");
        assert_eq!(filled(None).ask(u64::MAX, 1).unwrap_err().code(), "invalid_file");
        let mut pieces = filled(None);
        pieces.ask(1 << 40, 4).unwrap();
        pieces.push(&[]).unwrap();
        assert_eq!(pieces.ask(1 << 40, 4).unwrap_err().code(), "invalid_file");
    }

    #[test]
    fn a_walk_has_an_end() {
        let pieces = filled(Some(FIRST_READ));
        assert!(pieces.count(FREE_WORK + FIRST_READ * WORK_PER_BYTE).is_ok());
        assert!(matches!(pieces.count(1), Err(Stop::Failed(_))));
        let part = filled(None);
        assert!(matches!(part.count(MAX_WORK + 1), Err(Stop::Failed(_))));
        let part = filled(None);
        let more = MAX_WORK / WORK_PER_BYTE - FIRST_READ - FREE_WORK / WORK_PER_BYTE;
        assert!(
            matches!(part.count(MAX_WORK), Err(Stop::Missing(FIRST_READ, count)) if count == more)
        );
    }
}
