//! The state machine.

use super::{KerasFacts, hdf5};
use crate::error::{Code, Error, Result};
use crate::format::container::{ContainerMachine, Follow, Manner};
use crate::format::zip::{Archive, Wanted};
use crate::format::{Reader, Step};
use std::ops::Range;

/// The longest configuration that is read: one of a thousand layers has a megabyte.
const MAX_CONFIG: u64 = 16 << 20;

/// How its files are read.
pub(crate) const MANNER: Manner = Manner { what: "a Keras model", follow, plan, by_miniz: false };

/// Reads what a Keras model says of itself.
///
/// ```
/// use hubfit::format::{Reader, Step, keras::KerasReader};
///
/// let file = [&b"\x89HDF\r\n\x1a\n\x02\x08\x08\0"[..], &[0; 16], &48_u64.to_le_bytes(), &[0; 12]].concat();
/// let Step::Done(facts) = KerasReader::new(Some(48)).feed(&file)? else { unreachable!() };
/// assert_eq!(facts.hdf5_version, Some(2));
/// # Ok::<(), hubfit::Error>(())
/// ```
#[derive(Debug)]
pub struct KerasReader(ContainerMachine);

impl KerasReader {
    /// For a file of that many bytes, where its size is known; an archive cannot be read without.
    #[must_use]
    pub fn new(size: Option<u64>) -> Self {
        Self(ContainerMachine::new(size, MANNER))
    }
}

fn follow(head: &[u8]) -> Result<Follow> {
    if head.starts_with(b"PK") {
        Ok(Follow::Archive)
    } else if head.starts_with(hdf5::MAGIC) {
        Ok(Follow::Enough)
    } else {
        let message = "expected a Keras archive or an HDF5 file, found other bytes";
        Err(Error::new(Code::InvalidFile, message))
    }
}

fn plan(archive: &Archive) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (entry, found) in archive.entries.iter().enumerate() {
        let is_config = matches!(&*found.name, "config.json" | "metadata.json");
        if is_config && archive.contents.is_empty() {
            wanted.push(Wanted { entry, most: MAX_CONFIG, by_the_way: false });
        }
    }
    wanted
}

impl Reader for KerasReader {
    type Facts = KerasFacts;

    fn start(&self) -> Range<u64> {
        self.0.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<KerasFacts>> {
        Ok(match self.0.feed(bytes)? {
            Step::Need(range) => Step::Need(range),
            Step::Done(container) => Step::Done(KerasFacts::new(container)?),
        })
    }
}
