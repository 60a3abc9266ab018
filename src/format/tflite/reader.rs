//! The state machine: a walk over the tables, as often as bytes were missing.

use super::model;
use crate::error::Result;
use crate::format::flatbuffer::{Pieces, Stop};
use crate::format::{Reader, Step};
use crate::model::file_facts::FileFacts;
use std::ops::Range;

/// Reads the tables of a TFLite file: operators, tensors, inputs and outputs.
///
/// Tensors are those that hold data: neither inputs, nor what an operator gives, nor variables. Their bytes follow
/// from type and shape, as TFLite demands; each buffer counts once.
///
/// | problem | meaning |
/// |---|---|
/// | `unknown_operator` | an operator that the file does not list, or that is newer than LiteRT 2.3 |
/// | `missing_buffer` | a tensor whose buffer is not listed |
/// | `invalid_shape` | a tensor with data whose dimensions are not all known |
/// | `sparse_tensor` | a tensor that is stored sparsely; it is counted as if it were dense |
/// | `truncated` | a buffer behind the tables that reaches past the end of the file |
/// | `unsafe_file_name` | a file of external buffers that is not in the folder of the model; it is left out |
/// | `too_many_names` | more operators or types than are counted apart |
#[derive(Debug)]
pub struct TfliteReader {
    pieces: Pieces,
    file_size: Option<u64>,
}

impl TfliteReader {
    /// A reader of a file of this size, where that is known.
    #[must_use]
    pub fn new(file_size: Option<u64>) -> Self {
        Self { pieces: Pieces::new("a TFLite file", file_size), file_size }
    }

    /// Asks for this many bytes first: fewer where files are known to be small, or bytes to be dear.
    #[must_use]
    pub fn first_read(mut self, bytes: u64) -> Self {
        self.pieces.file.ask_first(bytes);
        self
    }
}

impl Reader for TfliteReader {
    type Facts = FileFacts;

    fn start(&self) -> Range<u64> {
        self.pieces.file.asked.clone()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        self.pieces.push(bytes)?;
        match model::read(&self.pieces, self.file_size) {
            Ok(facts) => Ok(Step::Done(facts)),
            Err(Stop::Missing(from, count)) => self.pieces.ask(from, count).map(Step::Need),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}
