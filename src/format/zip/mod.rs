//! Zip archives: the directory at their end, and the entries that a format asks for.
//!
//! Loaders differ in what they check: PyTorch (miniz) ignores flag bits, checksums and the names in local headers, and
//! finds entries whatever the case of their names; Python's `zipfile` does not. An archive that says two things is how a
//! scanner is made to look away, so that each contradiction is reported and the entry is read all the same.
//!
//! Sources: PKWARE `APPNOTE.TXT` 6.3.10; miniz 3 `miniz_zip.c`; CPython 3.14 `Lib/zipfile/__init__.py`.

mod checks;
mod crc;
mod directory;
mod end;
mod entry;
mod inflate;
pub mod limits;
mod local;
mod reader;

pub use entry::{Archive, Content, Entry};
pub(crate) use local::first_entry;
pub(crate) use reader::MANNER;
pub use reader::ZipReader;
pub(crate) use reader::{Plan, Wanted, ZipMachine};
