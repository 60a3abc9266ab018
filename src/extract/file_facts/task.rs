//! A MediaPipe bundle as [`FileFacts`]: its entries are its sections.

use super::contained;
use crate::error::Result;
use crate::format::container::Container;
use crate::format::pickle::Imports;
use crate::format::safetensors::Tensors;
use crate::format::zip::Entry;
use crate::model::file_facts::{FileFacts, FileSection};

/// Bundles have two to six entries.
const MAX_TOLD: usize = 1000;

#[expect(clippy::unnecessary_wraps, reason = "other formats can fail here")]
pub(super) fn tell(container: Container) -> Result<(FileFacts, Option<Tensors>)> {
    let archive = container.archive.unwrap_or_default();
    let section = |entry: &Entry| FileSection {
        section_type: "entry".to_owned(),
        name: Some(entry.name.clone()),
        offset: entry.offset,
        bytes: entry.size,
    };
    let mut facts = contained::facts("task", &Imports::default(), &archive.problems);
    facts.sections = archive.entries.iter().take(MAX_TOLD).map(section).collect();
    Ok((facts, None))
}
