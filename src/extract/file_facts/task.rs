//! A MediaPipe bundle as [`FileFacts`]: its entries are its keys, with their sizes.

use super::{number, problems};
use crate::format::zip::{Archive, Entry};
use crate::model::file_facts::FileFacts;

/// Bundles have two to six entries.
const MAX_TOLD: usize = 1000;

pub(super) fn facts(archive: &Archive) -> FileFacts {
    let entry = |entry: &Entry| number(&entry.name, entry.size);
    FileFacts {
        format: "task".to_owned(),
        kind: "model".to_owned(),
        keys: archive.entries.iter().take(MAX_TOLD).map(entry).collect(),
        problems: problems(&archive.problems),
        more_problems: archive.problems.more,
        ..FileFacts::default()
    }
}
