//! The geometry of a `config.json`.
//!
//! A config is read as llama.cpp's converter would write it: the keys of a GGUF file, which are then read like those
//! of a file. So the two can differ in no rule, only in a key. `facts/config-keys.txt` has the keys by architecture,
//! `facts/config-families.txt` the architectures of model types and what their configs may leave out.

mod adjust;
mod family;
mod kinds;
mod lineage;
mod settings;
mod special;
mod written;

use super::gguf::of_keys;
use crate::model::{Geometry, Json};
use lineage::Lineage;
use settings::Settings;
use written::Written;

/// More layers than any model has: the deepest have 126, and llama.cpp has room for 512. What a layer takes up
/// here is bounded by it.
const MAX_LAYERS: u64 = 1024;

/// The geometry that a model's whole `config.json` describes; none where it describes no model of text.
///
/// Values that the config leaves out are the defaults of its class in transformers. Where the converter writes
/// something that no config says (a context length for Mamba), so it is here.
///
/// Source: llama.cpp v0.5.0, `conversion/`; transformers 5.23, `models/*/configuration_*.py`.
#[must_use]
pub fn of_config(config: Json<'_>) -> Option<Geometry> {
    let settings = Settings::of(config)?;
    let lineage = Lineage::of(&settings);
    let written = Written::of(&settings, &lineage, MAX_LAYERS)?;
    let mut geometry = of_keys(&written, &lineage.read_as, MAX_LAYERS).ok()?;
    adjust::adjust(&mut geometry, &written, &lineage);
    Some(geometry)
}
