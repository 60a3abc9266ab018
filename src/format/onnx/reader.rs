//! The state machine: a scan of one protocol buffer.

use super::model::Model;
use super::schema::SCHEMA;
use crate::error::Result;
use crate::format::protobuf::Scanner;
use crate::format::stream::Stream;
use crate::format::{Reader, Step};
use crate::model::file_facts::FileFacts;
use std::ops::Range;

/// Reads what an ONNX file says of its graph, without the data of its tensors.
///
/// Operators are those of the graph, of the bodies in its attributes and of its local functions. Tensors are the
/// initializers and those in attributes, which some exporters keep weights in.
///
/// | problem | meaning |
/// |---|---|
/// | `invalid_shape` | a tensor with a dimension below nothing, or more elements than 64 bits count |
/// | `size_mismatch` | a tensor whose data has other bytes than its type and shape take |
/// | `unsafe_file_name` | a file of external data that is not in the folder of the model; it is left out |
/// | `too_many_names` | more operators, types or files than are counted apart |
/// | `stopped_early` | the limit of reads was met: what the rest of the graph holds is not counted |
#[derive(Debug)]
pub struct OnnxReader {
    scanner: Scanner,
    model: Model,
}

impl OnnxReader {
    /// A reader of a file of this size, where that is known.
    #[must_use]
    pub fn new(file_size: Option<u64>) -> Self {
        let stream = Stream::new("an ONNX file", file_size);
        Self { scanner: Scanner::new(stream, SCHEMA), model: Model::new() }
    }

    /// Asks for this many bytes first: fewer where files are known to be small, or bytes to be dear.
    #[must_use]
    pub fn first_read(mut self, bytes: u64) -> Self {
        self.scanner = self.scanner.first_read(bytes);
        self
    }

    fn finish(&mut self) -> Result<FileFacts> {
        if !self.model.has_graph {
            return Err(self.scanner.invalid("the end, and no graph before it"));
        }
        self.model.drop_initializers();
        let mut model = std::mem::replace(&mut self.model, Model::new());
        model.draft.facts.header_bytes = self.scanner.position().saturating_sub(model.raw_bytes);
        Ok(model.draft.done())
    }
}

impl Reader for OnnxReader {
    type Facts = FileFacts;

    fn start(&self) -> Range<u64> {
        self.scanner.asked()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        match self.scanner.feed(bytes, &mut self.model)? {
            Some(range) => Ok(Step::Need(range)),
            None => self.finish().map(Step::Done),
        }
    }
}
