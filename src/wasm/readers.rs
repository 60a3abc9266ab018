//! The readers at the boundary: bytes in, the next range or the facts out.

use super::error::thrown;
use super::{Thrown, encode};
use crate::extract::file_facts::{FactsReader, open_named};
use crate::extract::{configs, variants};
use crate::format::safetensors::{ParameterCounts, Quantization, count_parameters};
use crate::format::{FileFormat, Step};
use crate::model::config_facts::ConfigFacts;
use crate::model::file_facts::FileFacts;
use crate::model::{Grade, Grouping};
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
pub struct FileReader(Box<dyn FactsReader>);

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
        open_named(format, size).map(Self).map_err(thrown)
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

/// The parameters of a checkpoint: of all its safetensors files, read to their end, and its `config.json`, empty
/// where it has none. What is packed counts as the weights it stands for.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "readers cross the boundary by value")]
pub fn count_checkpoint_parameters(
    files: Vec<FileReader>,
    config: &str,
) -> Thrown<Ts<ParameterCounts>> {
    let quantization = match config {
        "" => None,
        config => Quantization::from_config(config.as_bytes()).map_err(thrown)?,
    };
    let tensors: Vec<_> = files.iter().filter_map(|file| file.0.tensors()).collect();
    encode(&count_parameters(&tensors, quantization.as_ref()))
}

/// The config files of a repository that are worth fetching, the most telling first; from all its paths, and their
/// bytes in the same order (`NaN` where not known).
#[wasm_bindgen]
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "texts cross the boundary by value")]
pub fn wanted_configs(paths: Vec<String>, sizes: &[f64]) -> Vec<String> {
    configs::wanted(&sized(&paths, sizes)).into_iter().map(str::to_owned).collect()
}

/// The files of a repository, grouped into variants and sidecars; paths and bytes as for `wanted_configs`. With what is
/// known of weights whose names do not tell how they are packed: the label, and its grade.
#[wasm_bindgen]
#[expect(clippy::needless_pass_by_value, reason = "texts cross the boundary by value")]
pub fn group_files(
    paths: Vec<String>,
    sizes: &[f64],
    packed: Option<String>,
    grade: &str,
) -> Thrown<Ts<Grouping>> {
    let grade = Grade::WORDS.iter().find(|(word, _)| *word == grade);
    let grade = grade.map(|(_, grade)| *grade).unwrap_or_default();
    encode(&variants::of_files(&sized(&paths, sizes), packed, grade))
}

fn sized<'a>(paths: &'a [String], sizes: &[f64]) -> Vec<(&'a str, Option<u64>)> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast saturates")]
    let size =
        |index: usize| sizes.get(index).filter(|size| !size.is_nan()).map(|&size| size as u64);
    let files = paths.iter().enumerate().map(|(index, path)| (path.as_str(), size(index)));
    files.collect()
}

/// Config files of a repository. Free it when done.
#[wasm_bindgen]
#[derive(Default)]
pub struct ConfigFiles(Vec<(String, Vec<u8>)>);

#[wasm_bindgen]
impl ConfigFiles {
    /// None yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> ConfigFiles {
        Self::default()
    }

    /// One more, whole.
    pub fn add(&mut self, path: String, bytes: Vec<u8>) {
        self.0.push((path, bytes));
    }

    /// What they say together, whatever order they came in.
    pub fn facts(&self) -> Thrown<Ts<ConfigFacts>> {
        let files: Vec<_> =
            self.0.iter().map(|(path, text)| (path.as_str(), text.as_slice())).collect();
        encode(&configs::read_all(&files))
    }
}

#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
fn place(range: &Range<u64>) -> (f64, f64) {
    (range.start as f64, range.end as f64)
}
