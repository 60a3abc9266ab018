//! What the readers of a checkpoint's files say together.

use super::error::thrown;
use super::file_reader::FileReader;
use super::{Thrown, encode};
use crate::format::safetensors::{ParameterCounts, Quantization, count_parameters};
use tsify::Ts;
use wasm_bindgen::prelude::wasm_bindgen;

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
