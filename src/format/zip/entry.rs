//! An archive, as its directory tells it.

use crate::format::problem::Problems;
use std::ops::Range;

/// What was read of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Archive {
    /// In the order of the directory.
    pub entries: Vec<Entry>,
    /// Where the directory stands.
    pub directory: Range<u64>,
    /// What was read of the entries that the format asked for.
    pub contents: Vec<Content>,
    /// What is wrong with the archive.
    pub problems: Problems,
}

/// One file of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its path; what is not UTF-8 is replaced.
    pub name: String,
    /// `0` stored, `8` deflated.
    pub method: u16,
    /// General purpose flags.
    pub flags: u16,
    /// The checksum of its content.
    pub crc: u32,
    /// Bytes in the archive.
    pub compressed: u64,
    /// Bytes of its content.
    pub size: u64,
    /// Where its local header stands.
    pub offset: u64,
}

/// What was read of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The place of the entry in [`Archive::entries`].
    pub entry: usize,
    /// Its first bytes, or all of them.
    pub bytes: Vec<u8>,
    /// Whether these are all.
    pub whole: bool,
}

impl Archive {
    /// The contents that were read, with their entries.
    pub fn read(&self) -> impl Iterator<Item = (&Entry, &Content)> {
        self.contents.iter().filter_map(|read| Some((self.entries.get(read.entry)?, read)))
    }

    /// The bytes that were read of the entry of a name, whatever its case: PyTorch finds entries that way.
    #[must_use]
    pub fn content(&self, name: &str) -> Option<&[u8]> {
        let mut read = self.read();
        let found = read.find(|(entry, _)| entry.name.eq_ignore_ascii_case(name));
        found.map(|(_, read)| read.bytes.as_slice())
    }
}

impl Content {
    /// Nothing of an entry.
    pub(super) fn none(entry: usize) -> Self {
        Self { entry, bytes: Vec::new(), whole: false }
    }
}

impl Entry {
    /// Whether it is a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }
}
