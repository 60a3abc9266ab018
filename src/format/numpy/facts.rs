//! What a file of arrays says of itself.

use super::array::NumpyArray;
use super::reader::is_array;
use crate::error::Result;
use crate::format::container::Container;
use crate::format::pickle::{self, Imports, PickleFacts};
use crate::format::problem::Problems;
use crate::format::zip::Archive;

/// What a file of arrays says of itself.
///
/// Its problems, beside those of archives and pickles:
///
/// | code | meaning |
/// |---|---|
/// | `object_array` | an array holds Python objects: its data are a pickle, which runs what it imports |
/// | `pickle` | the file is a pickle, which `numpy.load` loads when it is allowed to |
/// | `size_overflow` | a size that 64 bits do not count |
/// | `size_differs` | there are other bytes than the shape needs |
/// | `malformed_array` | an entry of the archive is no array |
/// | `unread_entry` | an entry is not read, since there are many |
#[derive(Debug, Default)]
pub struct NumpyFacts {
    /// Its arrays.
    pub arrays: Vec<NumpyArray>,
    /// What the pickles of arrays of objects import.
    pub imports: Imports,
    /// Whether it is an archive.
    pub is_archive: bool,
    /// What is wrong with it.
    pub problems: Problems,
}

impl NumpyFacts {
    pub(crate) fn new(container: Container) -> Result<Self> {
        let Container { head, size, archive, pickles } = container;
        let mut facts = Self::default();
        if let Some(archive) = archive {
            facts.add_archive(archive);
            return Ok(facts);
        }
        if head.starts_with(super::array::MAGIC) {
            let array = NumpyArray::read("", &head)?;
            let data = size.map(|size| size.saturating_sub(array.header_bytes));
            facts.add(array, data, pickles);
        } else if let Some(pickles) = pickles {
            facts.problems.add("pickle", "", "expected an array, found a pickle");
            facts.add_pickle(pickles);
        }
        Ok(facts)
    }

    fn add_archive(&mut self, mut archive: Archive) {
        self.is_archive = true;
        self.problems = std::mem::take(&mut archive.problems);
        for (at, (entry, read)) in archive.read().enumerate() {
            // An array of objects is read twice: its header, then all of it.
            let later = archive.contents.iter().skip(at + 1);
            if later.into_iter().any(|other| other.entry == read.entry) {
                continue;
            }
            let bytes = &read.bytes;
            match NumpyArray::read(&entry.name, bytes) {
                Ok(array) => {
                    let data = entry.size.saturating_sub(array.header_bytes);
                    let start = usize::try_from(array.header_bytes).unwrap_or(usize::MAX);
                    let objects = bytes.get(start..).filter(|_| array.has_objects);
                    self.add(array, Some(data), objects.map(pickle::read));
                }
                Err(error) => {
                    self.problems.add("malformed_array", &entry.name, &error.to_string());
                }
            }
        }
        let arrays = archive.entries.iter().filter(|entry| is_array(entry)).count();
        let read = self.arrays.len();
        if read < arrays {
            let counts = (arrays as u64, "arrays to be read", read as u64);
            self.problems.add_count("unread_entry", "", counts);
        }
    }

    fn add(&mut self, array: NumpyArray, data: Option<u64>, pickles: Option<PickleFacts>) {
        if array.has_objects {
            let what = "it holds Python objects, which are a pickle";
            self.problems.add("object_array", &array.name, what);
        } else if array.bytes.is_none() {
            self.problems.add("size_overflow", &array.name, "its size cannot be counted");
        } else if let (Some(data), Some(bytes)) =
            (data.filter(|&data| Some(data) != array.bytes), array.bytes)
        {
            let counts = (bytes, "bytes of data", data);
            self.problems.add_count("size_differs", &array.name, counts);
        }
        self.arrays.push(array);
        if let Some(pickles) = pickles {
            self.add_pickle(pickles);
        }
    }

    fn add_pickle(&mut self, mut pickles: PickleFacts) {
        self.problems.take(&mut pickles.problems);
        self.imports.take(pickles.imports);
    }
}
