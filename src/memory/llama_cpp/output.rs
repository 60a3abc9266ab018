//! What is handed out: logits, and embeddings where they are wanted.

use super::context::Context;
use crate::model::geometry::{Geometry, Role};
use crate::model::memory::LlamaCppSettings;

/// Bytes of the output buffer as it is made at load, with one output for each sequence.
///
/// Source: llama.cpp v0.5.0 `src/llama-context.cpp` (`output_reserve`).
pub(super) fn bytes(geometry: &Geometry, settings: &LlamaCppSettings, context: &Context) -> u64 {
    // The decoder of T5 is handed what its encoder put out.
    let embeddings = settings.embeddings || geometry.role == Role::EncoderDecoder;
    let width = geometry.output_embedding_length.unwrap_or(geometry.embedding_length);
    let elements = geometry.vocabulary.saturating_add(if embeddings { width } else { 0 });
    elements.saturating_mul(context.sequences).saturating_mul(4)
}
