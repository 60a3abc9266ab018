//! What the usual readers and `config.json` say together.

use super::error::thrown;
use super::file_reader::FileReader;
use super::{Thrown, encode};
use crate::extract::geometry::of_config;
use crate::format::safetensors::{ParameterCounts, Quantization, count_parameters};
use crate::model::{Geometry, Json};
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

/// The geometry that the bytes of a `config.json` describe.
#[wasm_bindgen]
pub fn geometry_of_config(config: &[u8]) -> Thrown<Ts<Geometry>> {
    let config = Json::parse("config.json", config).map_err(thrown)?;
    encode(&of_config(config).map_err(thrown)?)
}
