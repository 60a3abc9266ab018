//! What several test files need.

pub(crate) mod geometry;
pub(crate) mod pickle;
pub(crate) mod safetensors;
pub(crate) mod unet;
pub(crate) mod zip;

use hubfit::format::{Reader, Step};

/// Reads a file that is in memory, and counts the requests. Nothing may be asked for twice.
pub(crate) fn read<R: Reader>(mut reader: R, file: &[u8]) -> hubfit::Result<(R::Facts, usize)> {
    let mut wanted = reader.start();
    let mut asked = Vec::new();
    for requests in 1.. {
        assert!(wanted.start < wanted.end);
        let again = |before: &std::ops::Range<u64>| before.start < wanted.end && wanted.start < before.end;
        assert!(!asked.iter().any(again), "{wanted:?} was asked for before: {asked:?}");
        asked.push(wanted.clone());
        let at = |place: u64| usize::try_from(place).unwrap().min(file.len());
        match reader.feed(&file[at(wanted.start)..at(wanted.end)])? {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return Ok((facts, requests)),
        }
    }
    unreachable!()
}
