//! What the readers found in a file, as [`FileFacts`]: one file per format that has facts of its own. The readers of
//! graphs gather [`FileFacts`] themselves.

mod gguf;
mod safetensors;

use crate::error::{Code, Error, Result};
use crate::format::FileFormat;
use crate::format::coreml::CoremlReader;
use crate::format::gguf::GgufReader;
use crate::format::onnx::OnnxReader;
use crate::format::openvino::OpenvinoReader;
use crate::format::safetensors::SafetensorsReader;
use crate::format::tflite::{LitertlmReader, TfliteReader};
use crate::format::{Reader, Step};
use crate::model::file_facts::FileFacts;
use std::ops::Range;

/// A reader of any format.
pub type FactsReader = Box<dyn Reader<Facts = FileFacts>>;

/// A reader for a file of that format and that many bytes, where its size is known.
pub fn open(format: FileFormat, size: Option<u64>) -> FactsReader {
    match format {
        FileFormat::Gguf => told(GgufReader::new(size), gguf::facts),
        FileFormat::Safetensors => {
            let reader =
                size.map_or_else(SafetensorsReader::new, SafetensorsReader::with_file_size);
            told(reader, safetensors::facts)
        }
        FileFormat::Onnx => Box::new(OnnxReader::new(size)),
        FileFormat::Tflite => Box::new(TfliteReader::new(size)),
        FileFormat::Litertlm => Box::new(LitertlmReader::new(size)),
        FileFormat::Coreml => Box::new(CoremlReader::new(size)),
        FileFormat::Openvino => Box::new(OpenvinoReader::new(size)),
    }
}

/// The same by the format's name: `gguf`, `safetensors`, ….
pub fn open_named(format: &str, size: Option<u64>) -> Result<FactsReader> {
    FileFormat::named(format).map(|format| open(format, size)).ok_or_else(|| {
        let known = FileFormat::ALL.map(FileFormat::name).join(", ");
        let message = format!("format: expected one of {known}, found another");
        Error::new(Code::InvalidArgument, message)
    })
}

fn told<R: Reader + 'static>(reader: R, facts: fn(&R::Facts) -> FileFacts) -> FactsReader {
    Box::new(Told { reader, facts })
}

/// A reader whose facts are told in the shape that all share.
struct Told<R: Reader> {
    reader: R,
    facts: fn(&R::Facts) -> FileFacts,
}

impl<R: Reader> Reader for Told<R> {
    type Facts = FileFacts;

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
