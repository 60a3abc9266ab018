//! The readers of headers at the boundary: bytes in, the next range or the facts out.

use super::error::thrown;
use super::{Thrown, encode};
use crate::extract::file_facts::{self, FactsReader};
use crate::format::{FileFormat, Step};
use crate::model::file_facts::FileFacts;
use serde::Serialize;
use std::ops::Range;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a reader says: which bytes it wants next, or what it found.
#[derive(Serialize, Tsify)]
#[tsify(missing_as_null)]
pub struct ReadStep {
    /// From, and up to but not including.
    need: Option<(f64, f64)>,
    facts: Option<FileFacts>,
}

/// Reads the header of one model file. Free it when done.
#[wasm_bindgen]
pub struct FileReader(pub(super) Box<dyn FactsReader>);

#[wasm_bindgen]
impl FileReader {
    /// A reader of a format, for a file of that many bytes, where that is known.
    #[wasm_bindgen(constructor)]
    pub fn new(format: &str, size: Option<f64>) -> Thrown<FileReader> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast saturates"
        )]
        let size = size.map(|size| size as u64);
        let format = file_facts::named(format).map_err(thrown)?;
        open(format, size).map(Self).map_err(thrown)
    }

    /// The bytes it wants first.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        let (from, to) = place(&self.0.start());
        vec![from, to]
    }

    /// Takes the bytes of the range it asked for last: all of them, or fewer where the file ends.
    pub fn feed(&mut self, bytes: &[u8]) -> Thrown<Ts<ReadStep>> {
        let step = match self.0.feed(bytes).map_err(thrown)? {
            Step::Need(range) => ReadStep { need: Some(place(&range)), facts: None },
            Step::Done(facts) => ReadStep { need: None, facts: Some(facts) },
        };
        encode(&step)
    }
}

/// The format of a file, by its name or, where that does not tell, by its first bytes.
#[wasm_bindgen]
#[must_use]
pub fn file_format(path: &str, start: &[u8]) -> Option<String> {
    let format = FileFormat::of_path(path).or_else(|| FileFormat::of_bytes(start));
    format.map(|format| format.name().to_owned())
}

/// A reader, where this module has one of that format.
fn open(format: FileFormat, size: Option<u64>) -> crate::error::Result<Box<dyn FactsReader>> {
    #[cfg(feature = "readers")]
    if let Some(reader) = file_facts::open_usual(format, size) {
        return Ok(reader);
    }
    #[cfg(feature = "more_readers")]
    if let Some(reader) = file_facts::open_further(format, size) {
        return Ok(reader);
    }
    Err(file_facts::elsewhere(format))
}

#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
fn place(range: &Range<u64>) -> (f64, f64) {
    (range.start as f64, range.end as f64)
}
