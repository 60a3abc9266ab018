//! The geometry of a `config.json`.
//!
//! A config is read as llama.cpp's converter would write it: the keys of a GGUF file, which are then read like those
//! of a file. So the two can differ in no rule, only in a key. `facts/config-keys.txt` has the keys by architecture,
//! `facts/config-families.txt` the architectures of model types and what their configs may leave out.

mod adjust;
mod family;
mod kinds;
mod lineage;
mod refusals;
mod settings;
mod special;
mod words;
mod written;

use super::gguf::of_keys;
use crate::error::Result;
use crate::model::{Geometry, Json};
use lineage::Lineage;
use refusals::{refused, unsaid};
use settings::Settings;
use written::Written;

/// More layers than any model has: the deepest have 126, and llama.cpp has room for 512. What a layer takes up
/// here is bounded by it.
const MAX_LAYERS: u64 = 1024;

/// The geometry that a model's whole `config.json` describes.
///
/// Values that the config leaves out are the defaults of its class in transformers. Where the converter writes
/// something that no config says (a context length for Mamba), so it is here. A family that nobody has told us about
/// is read by the keys that most have, and keeps its `model_type` as its architecture.
///
/// # Errors
/// `invalid_model` where the config describes no model of text, or does not say what a cache is computed from;
/// `limit_exceeded` where it has more layers than any model. No geometry is better than a wrong one.
///
/// Source: llama.cpp v0.5.0, `conversion/`; transformers 5.23, `models/*/configuration_*.py`.
pub fn of_config(config: Json<'_>) -> Result<Geometry> {
    let settings = Settings::of(config).ok_or_else(|| refused("is no object"))?;
    let lineage = Lineage::of(&settings);
    refusals::of_lineage(&lineage)?;
    let written = Written::of(&settings, &lineage, MAX_LAYERS)?;
    let mut geometry = of_keys(&written, &lineage.read_as, MAX_LAYERS).map_err(unsaid)?;
    adjust::adjust(&mut geometry, &written, &lineage);
    refusals::of_geometry(&geometry, &written, &lineage)?;
    Ok(geometry)
}
