//! The entries of a directory.

use super::end::{ENTRY, End, invalid};
use super::entry::Entry;
use crate::error::Result;
use crate::format::bytes::{number_at, part, u16_at, u32_at};
use crate::format::problem::Problems;

/// Bytes of an entry before its name.
const ENTRY_BYTES: usize = 46;

/// A field that is too small for its number holds this one, and the number stands in the extra field.
const IN_EXTRA: u64 = 0xffff_ffff;

/// All entries of a directory.
pub(super) fn entries(bytes: &[u8], end: &End, problems: &mut Problems) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some((entry, length)) = entry(bytes.get(at..).unwrap_or_default(), end.base) {
        entries.push(entry);
        at += length;
    }
    if entries.is_empty() && end.entries > 0 {
        return Err(invalid("expected entries in its directory, found other bytes"));
    }
    let found = entries.len() as u64;
    // The end record without zip64 counts in 16 bits.
    if found & 0xffff != end.entries & 0xffff || at < bytes.len() {
        let counts = (end.entries, "entries in the directory", found);
        problems.add_count("directory_differs", "", counts);
    }
    Ok(entries)
}

/// The entry at the start of bytes, and its length.
fn entry(bytes: &[u8], base: u64) -> Option<(Entry, usize)> {
    if !bytes.starts_with(ENTRY) {
        return None;
    }
    let length = |at| u16_at(bytes, at).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let extra_start = ENTRY_BYTES + name;
    let extra_bytes = bytes.get(extra_start..extra_start + extra)?;
    let four = |at| u32_at(bytes, at).map(u64::from);
    let mut entry = Entry {
        name: String::from_utf8_lossy(bytes.get(ENTRY_BYTES..extra_start)?).into_owned(),
        method: u16_at(bytes, 10)?,
        flags: u16_at(bytes, 8)?,
        crc: u32_at(bytes, 16)?,
        compressed: four(20)?,
        size: four(24)?,
        offset: four(42)?,
    };
    zip64(extra_bytes, &mut entry);
    entry.offset = entry.offset.saturating_add(base);
    Some((entry, extra_start + extra + comment))
}

/// Fills in the numbers that are too large for their fields: those that are, in this order.
fn zip64(mut extra: &[u8], entry: &mut Entry) {
    while let (Some(id), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let field = part(extra, 4, u64::from(length));
        if id == 1 {
            let mut at = 0;
            for number in [&mut entry.size, &mut entry.compressed, &mut entry.offset] {
                if *number == IN_EXTRA {
                    *number = number_at(field, at, 8).unwrap_or(*number);
                    at += 8;
                }
            }
            return;
        }
        extra = part(extra, 4 + u64::from(length), u64::MAX);
    }
}
