//! What no GGUF file says, since llama.cpp does not know such models, and what a file says with tensors.

use super::kinds::Kind;
use super::lineage::Lineage;
use super::settings::Value;
use super::written::Written;
use crate::extract::geometry::gguf_keys::Source;
use crate::model::Geometry;
use crate::model::geometry::{Attention, Role};

pub(super) fn adjust(geometry: &mut Geometry, written: &Written<'_>, lineage: &Lineage<'_>) {
    geometry.architecture = lineage.name.to_string();
    if let Some(layers) = written.number("encoder_block_count") {
        geometry.encoder_layers = layers;
    }
    // An encoder has no output matrix.
    if geometry.role != Role::Encoder {
        geometry.tied_embeddings = written.settings.flag("tie_word_embeddings");
    }
    if !lineage.known {
        windows(geometry, written);
        both(geometry, written);
        cross_attention(geometry, written);
    }
}

/// Windows of models that llama.cpp would read without.
fn windows(geometry: &mut Geometry, written: &Written<'_>) {
    // Where Griffin has attention, it has a window.
    let always = written.settings.number("attention_window_size").is_some();
    for (index, layer) in geometry.layers.iter_mut().enumerate() {
        let (attention, key) = match written.kind(index) {
            Kind::Full if always => (Attention::Window, "attention_window_size"),
            Kind::Window => (Attention::Window, "sliding_window|sliding_window_size|window_size"),
            Kind::Chunk => (Attention::Chunked, "attention_chunk_size"),
            _ => continue,
        };
        let width = written.number_of(key).filter(|width| *width > 0);
        if width.is_some() && layer.attention == Attention::Full {
            (layer.attention, layer.window) = (attention, width);
        }
    }
}

/// Zamba has a state in the layers with attention too.
fn both(geometry: &mut Geometry, written: &Written<'_>) {
    let state = geometry.layers.iter().find_map(|layer| layer.state);
    for (index, layer) in geometry.layers.iter_mut().enumerate() {
        if written.kind(index) == Kind::Both {
            layer.state = state;
        }
    }
}

/// Layers that look at an image and not at earlier tokens.
fn cross_attention(geometry: &mut Geometry, written: &Written<'_>) {
    let Some(Value::List(crossing)) = written.value("cross_attention_layers") else { return };
    for (index, layer) in geometry.layers.iter_mut().enumerate() {
        if crossing.contains(&(index as u64)) {
            (layer.attention, layer.kv_heads) = (Attention::None, 0);
        }
    }
}
