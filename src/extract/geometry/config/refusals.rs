//! Why a config has no geometry: no geometry is better than a wrong one.

use super::kinds::Kind;
use super::lineage::Lineage;
use super::written::Written;
use crate::error::{Code, Error, Result};
use crate::model::Geometry;
use crate::model::geometry::{Attention, Layer};

/// The architecture of what is known and reads no text: images, sound.
const NO_TEXT: &str = "x";

pub(super) fn refused(why: &str) -> Error {
    Error::new(Code::InvalidModel, format!("config.json {why}"))
}

/// What is missing, by the key of a GGUF file.
pub(super) fn unsaid(key: &'static str) -> Error {
    refused(match key {
        "embedding_length" => "does not say how wide the model is (hidden_size)",
        _ => "does not say how many layers there are (num_hidden_layers)",
    })
}

pub(super) fn too_many_layers() -> Error {
    Error::new(Code::LimitExceeded, "config.json has more layers than any model")
}

pub(super) fn of_lineage(lineage: &Lineage<'_>) -> Result<()> {
    if lineage.read_as == NO_TEXT {
        return Err(refused("is of a model of images or sound, not of text"));
    }
    Ok(())
}

/// What is read of a config but cannot be.
pub(super) fn of_geometry(
    geometry: &Geometry,
    written: &Written<'_>,
    lineage: &Lineage<'_>,
) -> Result<()> {
    if lineage.is_new() && geometry.vocabulary == 0 {
        return Err(refused(
            "has no vocabulary (vocab_size), as models of images and sound have none",
        ));
    }
    if geometry.layers.iter().any(is_headless) {
        return Err(refused("does not say how many heads attention has (num_attention_heads)"));
    }
    let stateless = |(index, layer): (usize, &Layer)| {
        layer.state.is_none() && matches!(written.kind(index), Kind::State | Kind::Both)
    };
    if !lineage.known && geometry.layers.iter().enumerate().any(stateless) {
        return Err(refused("has layers with a state whose size it does not say in words we know"));
    }
    Ok(())
}

/// Whether a layer looks at tokens with no keys to look at.
fn is_headless(layer: &Layer) -> bool {
    let looks = matches!(layer.attention, Attention::Full | Attention::Window | Attention::Chunked);
    looks && (layer.kv_heads == 0 || layer.key_length == 0)
}
