//! Against llama.cpp itself: what it read from 69 models and what it allocated for them, to the byte.
//!
//! The measurements are not part of the repository; where they are absent the tests say so.

#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::cast_possible_truncation,
        reason = "a test may fail loudly"
    )
)]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::disallowed_methods,
        clippy::disallowed_macros,
        reason = "it reads the measurements and prints what it found"
    )
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "../src/format/gguf/testing.rs"]
mod testing;
#[path = "support/truth.rs"]
mod truth;

use hubfit::extract::geometry::of_gguf;
use hubfit::model::geometry::{Attention, Geometry, Layer};
use serde_json::Value as Json;
use truth::{header, records};

/// What llama.cpp says of a layer: one value for all, or a list.
fn of_layer(value: &Json, layer: usize) -> u64 {
    let value = value.get(layer).unwrap_or(value);
    value.as_u64().unwrap()
}

/// The layers of the trunk and behind it. T5 has fewer here, since llama.cpp counts those of its encoder.
fn layers(geometry: &Geometry) -> Vec<&Layer> {
    geometry.layers.iter().chain(&geometry.mtp_layers).collect()
}

#[test]
fn geometry_is_what_llama_cpp_reads() {
    let Some(records) = records() else { return println!("the measurements are absent") };
    for record in &records {
        let (id, resolved) = (record["id"].as_str().unwrap(), &record["resolved"]);
        let facts = header(record);
        let geometry = of_gguf(&facts).unwrap();
        let number = |name: &str| resolved[name].as_u64().unwrap();
        assert_eq!(facts.tensor_bytes(), number("n_bytes"), "{id}: tensors");
        assert_eq!(geometry.layers.len() as u64, number("n_layer"), "{id}: layers");
        assert_eq!(geometry.mtp_layers.len() as u64, number("n_layer_nextn"), "{id}: MTP layers");
        assert_eq!(geometry.embedding_length, number("n_embd"), "{id}: embedding");
        assert_eq!(geometry.vocabulary, number("n_vocab"), "{id}: vocabulary");
        assert_eq!(geometry.context_length, number("n_ctx_train"), "{id}: context");
        assert_eq!(geometry.latent.is_some(), resolved["is_mla"] == true, "{id}: latent");
        for (index, layer) in layers(&geometry).into_iter().enumerate() {
            check_layer(id, index, layer, resolved);
        }
    }
}

fn check_layer(id: &str, index: usize, layer: &Layer, resolved: &Json) {
    let told = |name: &str| of_layer(&resolved[name], index);
    assert_eq!(layer.heads, told("n_head"), "{id}, layer {index}: heads");
    assert_eq!(layer.kv_heads, told("n_head_kv"), "{id}, layer {index}: KV heads");
    assert_eq!(layer.key_length, told("head_k"), "{id}, layer {index}: key");
    assert_eq!(layer.value_length, told("head_v"), "{id}, layer {index}: value");
    assert_eq!(layer.state.is_some(), told("is_recr") != 0, "{id}, layer {index}: state");
    assert_eq!(!layer.shares_kv, told("has_kv") != 0, "{id}, layer {index}: shared");
    let windowed = matches!(layer.attention, Attention::Window | Attention::Chunked);
    assert_eq!(windowed, told("is_swa") != 0, "{id}, layer {index}: window");
    if windowed {
        assert_eq!(layer.window, resolved["n_swa"].as_u64(), "{id}, layer {index}: window");
    }
    if let Some(state) = layer.state {
        assert_eq!(state.conv, told("n_embd_r"), "{id}, layer {index}: convolution");
        assert_eq!(state.recurrent, told("n_embd_s"), "{id}, layer {index}: recurrence");
    }
}
