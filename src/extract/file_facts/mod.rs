//! What the readers found in a file, as [`FileFacts`]: one file per format that has facts of its own. The readers of
//! graphs gather [`FileFacts`] themselves.

mod contained;
mod gguf;
mod keras;
mod numpy;
mod pytorch;
mod safetensors;
mod task;

use crate::error::{Code, Error, Result};
use crate::format::FileFormat;
use crate::format::coreml::CoremlReader;
use crate::format::gguf::GgufReader;
use crate::format::onnx::OnnxReader;
use crate::format::openvino::OpenvinoReader;
use crate::format::safetensors::Tensors;
use crate::format::tflite::{LitertlmReader, TfliteReader};
use crate::format::{self, Reader, Step};
use crate::model::file_facts::FileFacts;
use std::ops::Range;

/// A reader of any format.
pub trait FactsReader {
    /// The bytes it wants first.
    fn start(&self) -> Range<u64>;

    /// Takes the bytes of the range it asked for last: all of them, or fewer where the file ends.
    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>>;

    /// The tensors of a checkpoint that was read: its parameters are counted with those of its shards.
    fn tensors(&self) -> Option<&Tensors> {
        None
    }
}

/// Readers that find the shared shape by themselves.
impl<R: Reader<Facts = FileFacts>> FactsReader for R {
    fn start(&self) -> Range<u64> {
        Reader::start(self)
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        Reader::feed(self, bytes)
    }
}

/// A reader for a file of that format and that many bytes, where its size is known.
pub fn open(format: FileFormat, size: Option<u64>) -> Result<Box<dyn FactsReader>> {
    let reader = open_usual(format, size).or_else(|| open_further(format, size));
    reader.ok_or_else(|| elsewhere(format))
}

/// The error of a module that has no reader of a format.
#[must_use]
pub fn elsewhere(format: FileFormat) -> Error {
    let message = format!("format: {} has its reader in another module", format.name());
    Error::new(Code::InvalidArgument, message)
}

/// The same for the formats that most models come in.
#[must_use]
pub fn open_usual(format: FileFormat, size: Option<u64>) -> Option<Box<dyn FactsReader>> {
    match format {
        FileFormat::Gguf => Some(told(GgufReader::new(size), gguf::facts)),
        FileFormat::Safetensors => Some(Box::new(safetensors::Checkpoint::new(size))),
        _ => None,
    }
}

/// The same for all other formats.
#[must_use]
pub fn open_further(format: FileFormat, size: Option<u64>) -> Option<Box<dyn FactsReader>> {
    Some(match format {
        FileFormat::Gguf | FileFormat::Safetensors => return None,
        FileFormat::Onnx => Box::new(OnnxReader::new(size)),
        FileFormat::Tflite => Box::new(TfliteReader::new(size)),
        FileFormat::Litertlm => Box::new(LitertlmReader::new(size)),
        FileFormat::Coreml => Box::new(CoremlReader::new(size)),
        FileFormat::Openvino => Box::new(OpenvinoReader::new(size)),
        FileFormat::Pytorch => contained::open(format::pytorch::MANNER, size, pytorch::tell),
        FileFormat::Numpy => contained::open(format::numpy::MANNER, size, numpy::tell),
        FileFormat::Keras => contained::open(format::keras::MANNER, size, keras::tell),
        FileFormat::Task => contained::open(format::zip::MANNER, size, task::tell),
    })
}

/// A format by its name: `gguf`, `safetensors`, ….
pub fn named(format: &str) -> Result<FileFormat> {
    FileFormat::named(format).ok_or_else(|| {
        let known = FileFormat::ALL.map(FileFormat::name).join(", ");
        let message = format!("format: expected one of {known}, found another");
        Error::new(Code::InvalidArgument, message)
    })
}

/// A reader by the name of its format.
pub fn open_named(format: &str, size: Option<u64>) -> Result<Box<dyn FactsReader>> {
    open(named(format)?, size)
}

/// The facts of a file that is in memory.
///
/// Errors: `invalid_file` for one of no format that is read, and what its reader finds.
pub fn of_bytes(name: &str, file: &[u8]) -> Result<FileFacts> {
    let mut reader = open(recognise(name, file)?, Some(file.len() as u64))?;
    let mut wanted = reader.start();
    loop {
        let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(file.len());
        let bytes = file.get(place(wanted.start)..place(wanted.end)).unwrap_or_default();
        match reader.feed(bytes)? {
            Step::Need(more) => wanted = more,
            Step::Done(facts) => return Ok(facts),
        }
    }
}

/// The format of a file, by its name or, where that does not tell, by its first bytes.
pub fn recognise(name: &str, start: &[u8]) -> Result<FileFormat> {
    FileFormat::of_path(name).or_else(|| FileFormat::of_bytes(start)).ok_or_else(|| {
        let message = format!("{name}: expected a model file, found another");
        Error::new(Code::InvalidFile, message)
    })
}

fn told<R: Reader + 'static>(reader: R, facts: fn(&R::Facts) -> FileFacts) -> Box<dyn FactsReader> {
    Box::new(Told { reader, facts })
}

/// A reader whose facts are told in the shape that all share.
struct Told<R: Reader> {
    reader: R,
    facts: fn(&R::Facts) -> FileFacts,
}

impl<R: Reader> FactsReader for Told<R> {
    fn start(&self) -> Range<u64> {
        self.reader.start()
    }

    fn feed(&mut self, bytes: &[u8]) -> Result<Step<FileFacts>> {
        Ok(match self.reader.feed(bytes)? {
            Step::Need(range) => Step::Need(range),
            Step::Done(found) => Step::Done((self.facts)(&found)),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a ratio that is shown with two digits")]
fn bits_per_weight(bytes: u64, elements: u64) -> Option<f64> {
    (elements > 0).then(|| bytes as f64 * 8.0 / elements as f64)
}
