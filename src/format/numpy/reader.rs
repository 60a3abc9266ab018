//! The state machine.

use super::NumpyFacts;
use super::array::{MAGIC, MAX_HEADER, NumpyArray};
use crate::error::{Code, Error, Result};
use crate::format::container::{ContainerMachine, Follow, Manner};
use crate::format::zip::{Archive, Content, Entry, Wanted, limits::MAX_CONTENT};
use crate::format::{Reader, Step};
use std::ops::Range;

/// How many arrays of an archive are read: each costs a request, unless the archive is small.
const MAX_ARRAYS: usize = 64;

/// What is read of each: most headers have 128 bytes.
const HEADER: u64 = 4 << 10;

/// How its files are read.
pub(crate) const MANNER: Manner = Manner { what: "a NumPy file", follow, plan, by_miniz: false };

/// Reads the headers of an array, or of an archive of arrays.
///
/// ```
/// use hubfit::format::{Reader, Step, numpy::NumpyReader};
///
/// let header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}";
/// let mut file = b"\x93NUMPY\x01\0".to_vec();
/// file.extend((header.len() as u16).to_le_bytes());
/// file.extend(header);
/// file.extend([0; 24]);
/// let Step::Done(facts) = NumpyReader::new(Some(file.len() as u64)).feed(&file)? else { unreachable!() };
/// assert_eq!((&*facts.arrays[0].dtype, &*facts.arrays[0].shape), ("F32", &[2, 3][..]));
/// # Ok::<(), hubfit::Error>(())
/// ```
#[derive(Debug)]
pub struct NumpyReader(ContainerMachine);

impl NumpyReader {
    /// For a file of that many bytes, where its size is known; an archive cannot be read without.
    #[must_use]
    pub fn new(size: Option<u64>) -> Self {
        Self(ContainerMachine::new(size, MANNER))
    }
}

fn follow(head: &[u8]) -> Result<Follow> {
    if head.starts_with(b"PK") {
        return Ok(Follow::Archive);
    }
    if head.starts_with(MAGIC) {
        let array = NumpyArray::read("", head)?;
        return Ok(if array.has_objects {
            Follow::Pickles(array.header_bytes)
        } else {
            Follow::Enough
        });
    }
    // Whatever else a file is, NumPy takes it for a pickle.
    match head {
        [0x80, 0..=5, ..] => Ok(Follow::Pickles(0)),
        _ => Err(Error::new(Code::InvalidFile, "expected a NumPy array, found other bytes")),
    }
}

pub(super) fn is_array(entry: &Entry) -> bool {
    // As `numpy.load` has it, whatever the system.
    entry.name.strip_suffix(".npy").is_some()
}

/// The headers of all arrays; then those that are longer, and all of the arrays that are pickles.
fn plan(archive: &Archive) -> Vec<Wanted> {
    let want = |entry, most| Wanted { entry, most, by_the_way: false };
    if archive.contents.is_empty() {
        let arrays = archive.entries.iter().enumerate().filter(|(_, entry)| is_array(entry));
        return arrays.take(MAX_ARRAYS).map(|(at, _)| want(at, HEADER)).collect();
    }
    let mut wanted = Vec::new();
    for (at, read) in archive.contents.iter().enumerate() {
        let same = |other: &&Content| other.entry == read.entry;
        let is_last = !archive.contents.iter().skip(at + 1).any(|other| same(&other));
        let reads = archive.contents.iter().filter(same).count();
        if read.whole || !is_last || reads > 2 || !read.bytes.starts_with(MAGIC) {
            continue;
        }
        match NumpyArray::read("", &read.bytes) {
            Ok(array) if array.has_objects => wanted.push(want(read.entry, MAX_CONTENT)),
            Err(_) if reads == 1 => wanted.push(want(read.entry, MAX_HEADER + 12)),
            _ => {}
        }
    }
    wanted
}

impl Reader for NumpyReader {
    type Facts = NumpyFacts;

    fn start(&self) -> Range<u64> {
        self.0.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<NumpyFacts>> {
        Ok(match self.0.feed(bytes)? {
            Step::Need(range) => Step::Need(range),
            Step::Done(container) => Step::Done(NumpyFacts::new(container)?),
        })
    }
}
