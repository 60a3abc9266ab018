//! What several test files need.

pub(crate) mod geometry;
pub(crate) mod pickle;
pub(crate) mod safetensors;
pub(crate) mod unet;
pub(crate) mod zip;

use hubfit::extract::file_facts::open_named;
use hubfit::format::safetensors::Tensors;
use hubfit::format::{Reader, Step};
use hubfit::model::file_facts::FileFacts;
use std::ops::Range;

/// Reads a file that is in memory, and counts the requests. Nothing may be asked for twice.
pub(crate) fn read<R: Reader>(mut reader: R, file: &[u8]) -> hubfit::Result<(R::Facts, usize)> {
    drive(reader.start(), &mut |bytes| reader.feed(bytes), file)
}

/// The same by the format's name, in the shape that all formats share.
pub(crate) fn facts(
    format: &str,
    size: Option<u64>,
    file: &[u8],
) -> hubfit::Result<(FileFacts, usize)> {
    let mut reader = open_named(format, size)?;
    drive(reader.start(), &mut |bytes| reader.feed(bytes), file)
}

/// The tensors of a file, in the shape that all formats share.
pub(crate) fn tensors(format: &str, file: &[u8]) -> Option<Tensors> {
    let mut reader = open_named(format, Some(file.len() as u64)).ok()?;
    drive(reader.start(), &mut |bytes| reader.feed(bytes), file).ok()?;
    reader.tensors().cloned()
}

fn drive<F>(
    mut wanted: Range<u64>,
    feed: &mut dyn FnMut(&[u8]) -> hubfit::Result<Step<F>>,
    file: &[u8],
) -> hubfit::Result<(F, usize)> {
    let mut asked = Vec::new();
    for requests in 1.. {
        assert!(wanted.start < wanted.end);
        let again = |before: &Range<u64>| before.start < wanted.end && wanted.start < before.end;
        assert!(!asked.iter().any(again), "{wanted:?} was asked for before: {asked:?}");
        asked.push(wanted.clone());
        let at = |place: u64| usize::try_from(place).unwrap().min(file.len());
        match feed(&file[at(wanted.start)..at(wanted.end)])? {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return Ok((facts, requests)),
        }
    }
    unreachable!()
}
