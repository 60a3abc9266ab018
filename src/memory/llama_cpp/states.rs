//! Recurrent states, and the states of what compresses a history.

use super::context::Context;
use crate::model::geometry::Geometry;
use crate::model::memory::LlamaCppSettings;

/// Bytes of an element: states are never stored as anything but `f32`.
const ELEMENT: u64 = 4;

/// The recurrent state of each layer in bytes: a row for each sequence, and one for each step it can be taken back.
///
/// Source: llama.cpp v0.5.0 `src/llama-memory-recurrent.cpp`.
pub(super) fn recurrent(
    geometry: &Geometry,
    settings: &LlamaCppSettings,
    context: &Context,
) -> Vec<u64> {
    let rows = context.sequences.saturating_mul(context.state_copies);
    let bytes = |elements: u64| elements.saturating_mul(rows).saturating_mul(ELEMENT);
    let layers = geometry.layers.iter().filter(|_| !settings.mtp_context);
    layers
        .map(|layer| {
            layer.state.map_or(0, |state| bytes(state.conv.saturating_add(state.recurrent)))
        })
        .collect()
}

/// What DeepSeek-V4 keeps of tokens that are yet to be compressed: as many as are compressed at once, twice where
/// they overlap, each with its score.
///
/// Source: llama.cpp v0.5.0 `src/llama-kv-cache-dsv4.cpp`.
pub(super) fn compressor(
    geometry: &Geometry,
    settings: &LlamaCppSettings,
    context: &Context,
) -> Vec<u64> {
    let planes = context.sequences.saturating_mul(context.state_copies);
    let indexer = geometry.indexer.as_ref().map_or(0, |indexer| indexer.key_length);
    let elements = |ratio: u64, key: u64| match ratio {
        4 => key.saturating_add(indexer).saturating_mul(2 * 2 * 4),
        128 => key.saturating_mul(128),
        _ => 0,
    };
    let layers = geometry.layers.iter().filter(|_| !settings.mtp_context);
    layers
        .map(|layer| {
            let elements = elements(layer.compression.unwrap_or(0), layer.key_length);
            elements.saturating_mul(planes).saturating_mul(2 * ELEMENT)
        })
        .collect()
}
