//! Which bytes of the file to ask for, and when there are enough.

use super::facts::GgufFacts;
use super::header::{invalid, too_much};
use super::limits::{FIRST_READ, MAX_READS};
use super::parser::Parser;
use crate::error::{Code, Error, Result};
use crate::format::{Reader, Step};
use std::ops::Range;

/// Reads the header of a GGUF file.
#[derive(Debug)]
pub struct GgufReader {
    /// None once it has handed out its facts or failed.
    parser: Option<Parser>,
    file_size: Option<u64>,
    asked: Range<u64>,
    reads: u32,
}

impl GgufReader {
    /// A reader of a file of this size, where that is known: then it never asks for bytes behind the end, and
    /// can tell a file that was cut off.
    #[must_use]
    pub fn new(file_size: Option<u64>) -> Self {
        let parser = Some(Parser::new(file_size));
        Self { parser, file_size, asked: 0..0, reads: 1 }.first_read(FIRST_READ)
    }

    /// Asks for this many bytes first: fewer where headers are known to be small, or bytes to be dear.
    #[must_use]
    pub fn first_read(mut self, bytes: u64) -> Self {
        self.asked = 0..bytes.min(self.file_size.unwrap_or(bytes)).max(1);
        self
    }

    fn next(&mut self, mut parser: Parser) -> Result<Step<GgufFacts>> {
        let start = parser.wanted();
        let length = match self.reads {
            1 => parser.expected_rest(),
            2 => parser.largest_rest(),
            _ => {
                return Err(too_much(format!(
                    "the header is not complete after {MAX_READS} reads"
                )));
            }
        };
        self.asked = parser.within(start, length)?;
        self.reads += 1;
        self.parser = Some(parser);
        Ok(Step::Need(self.asked.clone()))
    }
}

impl Reader for GgufReader {
    type Facts = GgufFacts;

    fn start(&self) -> Range<u64> {
        self.asked.clone()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<GgufFacts>> {
        let Some(mut parser) = self.parser.take() else {
            let message = "the reader has ended; a new one reads the next file";
            return Err(Error::new(Code::InvalidArgument, message));
        };
        let asked = usize::try_from(self.asked.end - self.asked.start).unwrap_or(usize::MAX);
        parser.push(bytes.get(..asked).unwrap_or(bytes))?;
        if parser.is_done() {
            return Ok(Step::Done(GgufFacts::new(parser, self.file_size)));
        }
        if bytes.len() < asked {
            let end = self.asked.start + bytes.len() as u64;
            // Where nothing came, it ended somewhere in what was passed over.
            let at = if bytes.is_empty() { "at or before" } else { "at" };
            return Err(invalid(format!("the file ends {at} byte {end}, in {}", parser.place())));
        }
        self.next(parser)
    }
}
