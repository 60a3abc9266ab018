//! What several test files need.

pub(crate) mod geometry;
pub(crate) mod safetensors;
pub(crate) mod unet;

use hubfit::format::safetensors::{SafetensorsFacts, SafetensorsReader};
use hubfit::format::{Reader, Step};

/// Reads a file that is in memory, and counts the requests.
pub(crate) fn read(
    mut reader: SafetensorsReader,
    file: &[u8],
) -> hubfit::Result<(SafetensorsFacts, usize)> {
    let mut wanted = reader.start();
    for requests in 1.. {
        assert!(wanted.start < wanted.end);
        let at = |place: u64| usize::try_from(place).unwrap().min(file.len());
        match reader.feed(&file[at(wanted.start)..at(wanted.end)])? {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return Ok((facts, requests)),
        }
    }
    unreachable!()
}
