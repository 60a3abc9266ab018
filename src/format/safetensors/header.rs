//! The JSON of a header, read entry by entry straight into [`Tensors`].

use super::facts::Problems;
use super::tensors::Builder;
use super::{Dtype, Tensors, entry};
use crate::error::{Code, Error, Result};
use crate::model::Found;
use crate::model::json::Walk;
use crate::model::order::by_name;
use crate::model::quoted::quoted;

/// What the JSON says, unchecked.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) metadata: Vec<(String, String)>,
    pub(super) tensors: Tensors,
}

/// Reads a header that starts with `{`.
///
/// Nearly every entry is sound, so each is read in place. One that is not is stepped over by its brackets, so that
/// it costs itself alone.
pub(super) fn read(json: &[u8]) -> Result<(Header, Problems)> {
    let mut problems = Problems::default();
    let mut tensors = Builder::for_header(json.len());
    let mut metadata = Vec::new();
    let mut walk = Walk::new(json);
    walk.open(b'{');
    while let Some(name) = walk.key() {
        if name == "__metadata__" {
            metadata = read_metadata(&mut walk, &mut problems);
        } else {
            add_tensor(&mut walk, &name, &mut tensors, &mut problems)?;
        }
    }
    match walk.finish() {
        None => Ok((Header { metadata, tensors: tensors.finish() }, problems)),
        Some(fault) => {
            Err(invalid(&format!("expected JSON, found at byte {}: {fault}", walk.place() + 8)))
        }
    }
}

fn invalid(what: &str) -> Error {
    Error::new(Code::InvalidFile, format!("a safetensors header: {what}"))
}

/// The texts of `__metadata__`, in the order of their keys.
fn read_metadata(walk: &mut Walk<'_>, problems: &mut Problems) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut wrong = |what: &str, found: Found| {
        let message = || format!("__metadata__: expected {what}, found {found}");
        problems.add("malformed_metadata", "", message);
    };
    if !walk.open(b'{') {
        let value = walk.value();
        if !value.is_missing() {
            wrong("an object", value.found());
        }
        return texts;
    }
    while let Some((key, value)) = walk.entry() {
        match value.text() {
            Some(text) => texts.push((key.into_owned(), text.into_owned())),
            None => wrong(&format!("text as {}", quoted(&key)), value.found()),
        }
    }
    let mut texts = by_name(texts, |(key, _)| key);
    // Of equal keys the last counts.
    texts.dedup_by(|later, earlier| {
        let same = later.0 == earlier.0;
        if same {
            std::mem::swap(later, earlier);
        }
        same
    });
    texts
}

fn add_tensor(
    walk: &mut Walk<'_>,
    name: &str,
    into: &mut Builder,
    problems: &mut Problems,
) -> Result<()> {
    let start = walk.clone();
    let (dtype, bytes) = match entry::read(walk, into) {
        Ok(entry) => entry,
        Err(fault) => {
            *walk = start;
            walk.skip();
            into.drop_dims();
            let message = || format!("expected dtype, shape and data_offsets, found {fault}");
            problems.add("malformed_tensor", name, message);
            return Ok(());
        }
    };
    let known = Dtype::from_name(&dtype);
    if known == Dtype::Unknown {
        let message = || format!("expected a dtype of safetensors, found {}", quoted(&dtype));
        problems.add("unknown_dtype", name, message);
    }
    into.end(name, known, bytes).ok_or_else(|| invalid("expected fewer names"))
}
