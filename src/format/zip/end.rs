//! The records at the end of an archive, which say where its directory is.

use super::limits::{MAX_DIRECTORY, TAIL};
use crate::error::{Code, Error};
use crate::format::bytes::{u16_at, u32_at, u64_at};
use crate::format::held::{Held, Stop};
use crate::format::problem::Problems;
use std::ops::Range;

/// How an entry of a directory starts.
pub(super) const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";

/// Bytes of the end record without its comment.
const END_BYTES: u64 = 22;
/// Bytes of the record that says where the end record of zip64 is.
const LOCATOR_BYTES: u64 = 20;
/// Bytes of that record.
const END_64_BYTES: u64 = 56;

/// Where the directory is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) directory: Range<u64>,
    pub(super) entries: u64,
    /// What must be added to the offsets of entries: bytes before the archive that it does not know of.
    pub(super) base: u64,
}

/// What an end record says.
struct Record {
    entries: u64,
    size: u64,
    offset: u64,
}

/// Finds the directory. Nothing is reported before all is there, so that trying again reports nothing twice.
pub(super) fn locate(
    held: &Held,
    (size, by_miniz): (u64, bool),
    problems: &mut Problems,
) -> Result<End, Stop> {
    let start = size.saturating_sub(TAIL);
    let tail = held.need(start..size)?;
    let Some(at) = find_end(tail) else {
        return Err(invalid("expected the end record of a directory, found none").into());
    };
    let place = start + at as u64;
    let record = tail.get(at..).unwrap_or_default();
    let plain = Record {
        entries: u64::from(u16_at(record, 10).unwrap_or_default()),
        size: u64::from(u32_at(record, 12).unwrap_or_default()),
        offset: u64::from(u32_at(record, 16).unwrap_or_default()),
    };
    let comment = u64::from(u16_at(record, 20).unwrap_or_default());
    let (record, directory_end) = zip64(held, place)?.unwrap_or((plain, place));
    let mut end = checked(&record, directory_end)?;
    let stated = record.offset..record.offset.saturating_add(record.size);
    // The directory ends where its end record starts: `zipfile` takes it from there, and miniz from where it is said
    // to be. There may be one in both places.
    let two = end.base > 0 && held.need(stated.start..stated.end.min(stated.start + 4))? == ENTRY;
    if two && by_miniz {
        (end.directory, end.base) = (stated, 0);
    }
    let after = size.saturating_sub(place + END_BYTES);
    if comment != after {
        let counts = (comment, "bytes of a comment at the end", after);
        problems.add_count("trailing_bytes", "", counts);
    }
    if two {
        let what = "there are two directories, and loaders differ in which they read";
        problems.add("two_directories", "", what);
    } else if end.base > 0 {
        let counts = (0, "bytes before the archive", end.base);
        problems.add_count("leading_bytes", "", counts);
    }
    Ok(end)
}

/// The last end record: loaders look for it from the end.
fn find_end(tail: &[u8]) -> Option<usize> {
    let whole = tail.len().checked_sub(usize::try_from(END_BYTES).ok()?)?;
    (0..=whole).rev().find(|&at| tail.get(at..at + 4) == Some(END))
}

/// The record of zip64, where there is one, and its place. Both miniz and `zipfile` prefer it.
fn zip64(held: &Held, end: u64) -> Result<Option<(Record, u64)>, Stop> {
    let Some(at) = end.checked_sub(LOCATOR_BYTES) else { return Ok(None) };
    let locator = held.need(at..end)?;
    if !locator.starts_with(LOCATOR_64) {
        return Ok(None);
    }
    let stated = u64_at(locator, 8).unwrap_or_default();
    // Where bytes stand before the archive, the record is not where the locator says, but right before it.
    for place in [Some(stated), at.checked_sub(END_64_BYTES)].into_iter().flatten() {
        if place.checked_add(END_64_BYTES).is_none_or(|end| end > at) {
            continue;
        }
        let record = held.need(place..place + END_64_BYTES)?;
        if record.starts_with(END_64) {
            let number = |at| u64_at(record, at).unwrap_or_default();
            let found = Record { entries: number(32), size: number(40), offset: number(48) };
            return Ok(Some((found, place)));
        }
    }
    Err(invalid("expected an end record of zip64, found other bytes").into())
}

/// The directory ends where the end record starts; where that is not where it says, the archive was moved.
fn checked(record: &Record, directory_end: u64) -> Result<End, Error> {
    if record.size > MAX_DIRECTORY {
        let message = format!(
            "a zip directory: expected at most {MAX_DIRECTORY} bytes, found {}",
            record.size
        );
        return Err(Error::new(Code::LimitExceeded, message));
    }
    let start = directory_end.checked_sub(record.size);
    let base = start.and_then(|start| start.checked_sub(record.offset));
    let (Some(start), Some(base)) = (start, base) else {
        return Err(invalid("its directory reaches over the end record"));
    };
    Ok(End { directory: start..directory_end, entries: record.entries, base })
}

pub(super) fn invalid(what: &'static str) -> Error {
    Error::new(Code::InvalidFile, format!("a zip archive: {what}"))
}
