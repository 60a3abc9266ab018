//! The state machine: one token of XML after the other.

use super::ir::Ir;
use super::xml::{Token, token};
use crate::error::{Code, Error, Result};
use crate::format::stream::{More, Stream};
use crate::format::{Reader, Step};
use crate::model::file_facts::FileFacts;
use std::ops::Range;

/// Bytes of one tag, comment or text. The longest found are lists of fused layers, of some kB.
const MAX_TOKEN: usize = 1 << 20;

/// Elements in each other. Bodies of loops take five for each level.
const MAX_DEPTH: usize = 100;

/// Reads the XML of an OpenVINO IR.
///
/// Operators are the layers of the graph and of the bodies in it, those outside the `opset`s behind the name of their
/// set. Tensors are the constants in the `.bin` file; layers that share one count it once.
///
/// | problem | meaning |
/// |---|---|
/// | `size_mismatch` | a constant whose data has other bytes than its type and shape take |
/// | `too_many_names` | more layer types, types or keys than are counted apart |
/// | `stopped_early` | the limit of reads was met: layers and notes behind it are not told |
#[derive(Debug)]
pub struct OpenvinoReader {
    stream: Stream,
    ir: Ir,
}

impl OpenvinoReader {
    /// A reader of a file of this size, where that is known.
    #[must_use]
    pub fn new(file_size: Option<u64>) -> Self {
        Self { stream: Stream::new("an OpenVINO IR file", file_size), ir: Ir::new() }
    }

    /// Asks for this many bytes first: fewer where files are known to be small, or bytes to be dear.
    #[must_use]
    pub fn first_read(mut self, bytes: u64) -> Self {
        self.stream.file.ask_first(bytes);
        self
    }

    /// Reads one token. `None` where it needs more bytes, `Some(true)` where the graph has ended.
    fn step(&mut self) -> Result<Option<bool>> {
        let rest = self.stream.rest();
        let invalid = |found: &'static str| self.stream.invalid(found);
        let Some((token, length)) = token(rest).map_err(invalid)? else {
            return if rest.len() > MAX_TOKEN {
                Err(self.too_much("a longer tag"))
            } else {
                Ok(None)
            };
        };
        let is_close = match token {
            Token::Open(tag) => {
                self.ir.open(&tag).map_err(invalid)?;
                tag.is_closed
            }
            Token::Text(text) => {
                self.ir.text(text);
                false
            }
            Token::Close if self.ir.depth == 0 => return Err(invalid("an end without a start")),
            Token::Close => {
                self.ir.close();
                true
            }
            Token::Other => false,
        };
        self.stream.advance(length as u64);
        if self.ir.depth > MAX_DEPTH {
            return Err(self.too_much("more elements in each other"));
        }
        Ok(Some(is_close && self.ir.depth == 0))
    }

    fn too_much(&self, found: &str) -> Error {
        let message = format!(
            "an OpenVINO IR file: expected tags of {MAX_TOKEN} bytes and {MAX_DEPTH} elements in each other at most, found {found} at byte {}",
            self.stream.position
        );
        Error::new(Code::LimitExceeded, message)
    }

    fn finish(&mut self) -> FileFacts {
        let mut ir = std::mem::replace(&mut self.ir, Ir::new());
        ir.draft.facts.header_bytes = self.stream.position;
        ir.draft.done()
    }
}

impl Reader for OpenvinoReader {
    type Facts = FileFacts;

    fn start(&self) -> Range<u64> {
        self.stream.file.asked.clone()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        self.stream.push(bytes)?;
        if self.stream.position == 0 && self.stream.rest().starts_with("\u{feff}".as_bytes()) {
            self.stream.advance(3);
        }
        while let Some(is_done) = self.step()? {
            if is_done {
                return Ok(Step::Done(self.finish()));
            }
        }
        match self.stream.more() {
            More::Read(range) => Ok(Step::Need(range)),
            More::End => Err(self.stream.invalid("the end, before that of the graph")),
            More::Enough => {
                let end = self.stream.file.end.unwrap_or(self.stream.position);
                self.ir.draft.stopped(end - self.stream.position, "layers and notes");
                Ok(Step::Done(self.finish()))
            }
        }
    }
}
