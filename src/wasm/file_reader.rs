//! The readers at the boundary: bytes in, the next range or the facts out.

use super::Thrown;
use super::error::{broken, thrown};
use crate::error::{Code, Error};
use crate::extract::file_facts;
use crate::format::gguf::GgufReader;
use crate::format::safetensors::SafetensorsReader;
use crate::format::{Reader, Step};
use crate::model::file_facts::FileFacts;
use serde::Serialize;
use std::ops::Range;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::wasm_bindgen;

/// The formats whose headers are read.
pub(super) const FORMATS: [&str; 2] = ["gguf", "safetensors"];

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
pub struct FileReader(Format);

enum Format {
    Gguf(Box<GgufReader>),
    Safetensors(SafetensorsReader),
}

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
        let reader = match (format, size) {
            ("gguf", size) => Format::Gguf(Box::new(GgufReader::new(size))),
            ("safetensors", Some(size)) => {
                Format::Safetensors(SafetensorsReader::with_file_size(size))
            }
            ("safetensors", None) => Format::Safetensors(SafetensorsReader::new()),
            _ => {
                let message = "format: expected gguf or safetensors, found another";
                return Err(thrown(Error::new(Code::InvalidArgument, message)));
            }
        };
        Ok(Self(reader))
    }

    /// The bytes it wants first.
    #[must_use]
    pub fn start(&self) -> Vec<f64> {
        let (from, to) = match &self.0 {
            Format::Gguf(reader) => place(&reader.start()),
            Format::Safetensors(reader) => place(&reader.start()),
        };
        vec![from, to]
    }

    /// Takes the bytes of the range it asked for last: all of them, or fewer where the file ends.
    pub fn feed(&mut self, bytes: &[u8]) -> Thrown<Ts<ReadStep>> {
        let step = match &mut self.0 {
            Format::Gguf(reader) => reader.feed(bytes).map(|step| map(step, file_facts::of_gguf)),
            Format::Safetensors(reader) => {
                reader.feed(bytes).map(|step| map(step, file_facts::of_safetensors))
            }
        };
        step.map_err(thrown)?.into_ts().map_err(broken)
    }
}

fn map<T>(step: Step<T>, facts: fn(&T) -> FileFacts) -> ReadStep {
    match step {
        Step::Need(range) => ReadStep { need: Some(place(&range)), facts: None },
        Step::Done(found) => ReadStep { need: None, facts: Some(facts(&found)) },
    }
}

#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
fn place(range: &Range<u64>) -> (f64, f64) {
    (range.start as f64, range.end as f64)
}
