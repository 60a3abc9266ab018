//! The state machine: a scan of one protocol buffer, or all of a manifest.

use super::manifest;
use super::model::Model;
use super::schema::SCHEMA;
use crate::error::{Code, Error, Result};
use crate::format::protobuf::Scanner;
use crate::format::stream::Stream;
use crate::format::{Reader, Step};
use crate::model::file_facts::FileFacts;
use std::ops::Range;

/// Reads what an `.mlmodel` file says, or the `Manifest.json` of an `.mlpackage`.
///
/// Tensors are the weights of an ML program, which stand in a file beside the model. Those of a neural network stand
/// in the model itself, layer by layer, and are not counted.
///
/// | problem | meaning |
/// |---|---|
/// | `unknown_version` | a specification version that is newer than coremltools 9.0 |
/// | `invalid_shape` | a weight whose size does not follow from its type |
/// | `unsafe_file_name` | a weight file that is not in the folder of the model; it is left out |
/// | `missing_root` | a manifest whose root model is not among its items |
/// | `too_many_names` | more operations, types or files than are counted apart |
/// | `stopped_early` | the limit of reads was met: what the rest of the program holds is not counted |
#[derive(Debug)]
pub struct CoremlReader {
    scanner: Scanner,
    model: Model,
    first: bool,
}

impl CoremlReader {
    /// A reader of a file of this size, where that is known.
    #[must_use]
    pub fn new(file_size: Option<u64>) -> Self {
        let stream = Stream::new("a Core ML file", file_size);
        Self { scanner: Scanner::new(stream, SCHEMA), model: Model::new(), first: true }
    }

    /// Asks for this many bytes first: fewer where files are known to be small, or bytes to be dear. A manifest is
    /// read at once or not at all.
    #[must_use]
    pub fn first_read(mut self, bytes: u64) -> Self {
        self.scanner = self.scanner.first_read(bytes);
        self
    }

    fn manifest(&self, bytes: &[u8]) -> Result<FileFacts> {
        let asked = self.scanner.asked();
        if bytes.len() > manifest::MAX_BYTES || bytes.len() as u64 > asked.end {
            let message = format!(
                "Manifest.json: expected at most {} bytes, found more",
                manifest::MAX_BYTES
            );
            return Err(Error::new(Code::LimitExceeded, message));
        }
        manifest::read(bytes)
    }

    fn finish(&mut self) -> Result<FileFacts> {
        let mut model = std::mem::replace(&mut self.model, Model::new());
        if !model.has_type || model.draft.facts.version.is_none() {
            let found = "the end, and no specification version or no type of model before it";
            return Err(self.scanner.invalid(found));
        }
        model.draft.facts.header_bytes = self.scanner.position();
        Ok(model.draft.done())
    }
}

impl Reader for CoremlReader {
    type Facts = FileFacts;

    fn start(&self) -> Range<u64> {
        self.scanner.asked()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        if std::mem::take(&mut self.first) && matches!(bytes.first(), Some(b'{')) {
            return self.manifest(bytes).map(Step::Done);
        }
        match self.scanner.feed(bytes, &mut self.model)? {
            Some(range) => Ok(Step::Need(range)),
            None => self.finish().map(Step::Done),
        }
    }
}
