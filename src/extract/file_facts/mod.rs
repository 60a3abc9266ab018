//! What the readers found in a file, as [`FileFacts`]: one file per format.

mod gguf;
mod keras;
mod numpy;
mod pytorch;
mod safetensors;
mod task;

use crate::error::{Code, Error, Result};
use crate::format::FileFormat;
use crate::format::gguf::GgufReader;
use crate::format::keras::KerasReader;
use crate::format::numpy::NumpyReader;
use crate::format::problem::Problems;
use crate::format::pytorch::PytorchReader;
use crate::format::safetensors::SafetensorsReader;
use crate::format::zip::ZipReader;
use crate::format::{Reader, Step};
use crate::model::file_facts::{FileFacts, FileKey, FileProblem, KeyValue};
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
        FileFormat::Pytorch => told(PytorchReader::new(size), pytorch::facts),
        FileFormat::Numpy => told(NumpyReader::new(size), numpy::facts),
        FileFormat::Keras => told(KerasReader::new(size), keras::facts),
        FileFormat::Task => told(ZipReader::new(size), task::facts),
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

/// The problems of formats that have nothing more to say of them.
fn problems(problems: &Problems) -> Vec<FileProblem> {
    let problem = |problem: &crate::format::problem::Problem| FileProblem {
        code: problem.code.to_owned(),
        message: problem.message.clone(),
    };
    problems.list.iter().map(problem).collect()
}

/// Keys with the texts that are there.
fn texts<const N: usize>(keys: [(&str, Option<&str>); N]) -> Vec<FileKey> {
    let there = keys.into_iter().filter_map(|(key, text)| Some((key, text?)));
    there.map(|(key, text)| key_of(key, KeyValue::Text(text.to_owned()))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts and sizes stay below 2^53")]
fn number(key: &str, number: u64) -> FileKey {
    key_of(key, KeyValue::Number(number as f64))
}

fn key_of(key: &str, value: KeyValue) -> FileKey {
    FileKey { key: key.to_owned(), value }
}
