//! Local headers: what stands before the content of an entry, and repeats what the directory says.

use super::crc::crc32;
use super::entry::{Content, Entry};
use super::inflate::inflate;
use super::limits::{MAX_CONTENT, USUAL_EXTRA};
use crate::format::bytes::{part, u16_at, u32_at};
use crate::format::held::{Held, Stop};
use crate::format::problem::Problems;

const LOCAL: &[u8] = b"PK\x03\x04";

/// Bytes of a local header before its name.
const LOCAL_BYTES: u64 = 30;

/// Checksum and sizes stand behind the content, and in the directory.
const SIZES_BEHIND: u16 = 1 << 3;

/// Reads an entry, or the start of it.
pub(super) fn content(
    held: &Held,
    (at, entry): (usize, &Entry),
    (most, size): (u64, u64),
    problems: &mut Problems,
) -> Result<Content, Stop> {
    let most = most.min(MAX_CONTENT);
    let start = entry.offset.min(size);
    let length = entry.compressed.min(most);
    // One request for header and content, as long as the header is a usual one.
    let header = LOCAL_BYTES + entry.name.len() as u64 + USUAL_EXTRA;
    let all = start.saturating_add(header).saturating_add(length).min(size);
    let bytes = held.need(start..all)?;
    let Some(local) = Local::read(bytes) else {
        let what = "expected its local header, found other bytes";
        problems.add("local_header_differs", &entry.name, what);
        return Ok(Content::none(at));
    };
    let data = start.saturating_add(local.length).min(size);
    let bytes = held.need(data..data.saturating_add(length).min(size))?;
    local.compare(entry, problems);
    let bytes = decode(bytes, entry, most);
    let whole = bytes.len() as u64 == entry.size;
    let found = if whole && crc32(&bytes) != entry.crc {
        ("wrong_crc", "its checksum is wrong, which some loaders ignore")
    } else if !matches!(entry.method, 0 | 8) {
        ("unread_entry", "compressed in a way that is not read")
    } else if !whole && entry.size <= most {
        ("damaged_entry", "it ends before its size")
    } else {
        ("", "")
    };
    if !found.0.is_empty() {
        problems.add(found.0, &entry.name, found.1);
    }
    Ok(Content { entry: at, bytes, whole })
}

fn decode(bytes: &[u8], entry: &Entry, most: u64) -> Vec<u8> {
    match entry.method {
        0 => bytes.to_vec(),
        8 => inflate(bytes, usize::try_from(most.min(entry.size)).unwrap_or(usize::MAX)),
        _ => Vec::new(),
    }
}

/// What a local header says.
struct Local<'a> {
    name: &'a [u8],
    method: u16,
    flags: u16,
    crc: u32,
    sizes: (u32, u32),
    /// Bytes of the header.
    length: u64,
}

impl<'a> Local<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(LOCAL) {
            return None;
        }
        let name = u64::from(u16_at(bytes, 26)?);
        Some(Self {
            name: part(bytes, LOCAL_BYTES, name),
            method: u16_at(bytes, 8)?,
            flags: u16_at(bytes, 6)?,
            crc: u32_at(bytes, 14)?,
            sizes: (u32_at(bytes, 18)?, u32_at(bytes, 22)?),
            length: LOCAL_BYTES + name + u64::from(u16_at(bytes, 28)?),
        })
    }

    /// Reports what differs from the directory: the name (CVE-2025-1944), the method, the flags, the sizes.
    fn compare(&self, entry: &Entry, problems: &mut Problems) {
        let same = |own: u32, listed: u64| own == u32::MAX || u64::from(own) == listed;
        let sizes = same(self.sizes.0, entry.compressed)
            && same(self.sizes.1, entry.size)
            && self.crc == entry.crc;
        let differs = if *String::from_utf8_lossy(self.name) != *entry.name {
            "its local header has another name"
        } else if self.method != entry.method {
            "its local header has another way of compression"
        } else if self.flags != entry.flags {
            "its local header has other flags"
        } else if self.flags & SIZES_BEHIND == 0 && !sizes {
            "its local header has another checksum or size"
        } else {
            return;
        };
        problems.add("local_header_differs", &entry.name, differs);
    }
}

/// The name of the entry that an archive starts with, and where its content starts, where it is stored as it is.
pub(crate) fn first_entry(bytes: &[u8]) -> Option<(&[u8], u64)> {
    let local = Local::read(bytes)?;
    (local.method == 0).then_some((local.name, local.length))
}
