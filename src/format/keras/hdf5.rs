//! The superblock of HDF5 files.

use crate::format::bytes::u64_at;

/// How a file starts.
pub(super) const MAGIC: &[u8] = b"\x89HDF\r\n\x1a\n";

/// What a superblock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Superblock {
    pub(super) version: u8,
    /// Where the file ends, where its places have eight bytes, as they nearly always have.
    pub(super) end: Option<u64>,
}

impl Superblock {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let version = *bytes.strip_prefix(MAGIC)?.first()?;
        let (width_at, end_at) = match version {
            0 => (13, 40),
            1 => (13, 44),
            _ => (9, 28),
        };
        let eight = bytes.get(width_at) == Some(&8) && version <= 3;
        Some(Self { version, end: eight.then(|| u64_at(bytes, end_at)).flatten() })
    }
}
