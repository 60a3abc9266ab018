//! What one step computes with: rules of thumb, since allocators reuse memory in their own ways.

use super::quantity::{sum, times};
use crate::model::geometry::{Geometry, Layer};

/// What makes a step of a model large, looked for once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Elements of the largest set of tensors that are alive at once while a token passes a layer: the residual stream
    /// twice, and either queries, keys and values, or what the feed-forward network widens them to, twice.
    width: u64,
    /// Elements of the residual stream.
    stream: u64,
    /// Elements that the feed-forward network widens a token to.
    widened: u64,
    /// Heads of the layer that has most.
    heads: u64,
    vocabulary: u64,
}

impl Step {
    pub(super) fn of(geometry: &Geometry) -> Self {
        let widest =
            geometry.layers.iter().map(|layer| attention(layer).max(feed_forward(geometry, layer)));
        let widened = geometry.layers.iter().map(|layer| feed_forward(geometry, layer) / 2);
        let stream = geometry.embedding_length;
        Self {
            width: stream.saturating_mul(2).saturating_add(widest.max().unwrap_or(0)),
            stream,
            widened: widened.max().unwrap_or(0),
            heads: geometry.layers.iter().map(|layer| layer.heads).max().unwrap_or(0),
            vocabulary: geometry.vocabulary,
        }
    }

    /// Bytes of tensors that are alive at once while so many tokens pass a layer.
    pub(super) fn forward(&self, tokens: u64, element: u64) -> u64 {
        times(&[tokens, self.width, element])
    }

    /// Bytes of tensors that a memory plan made at compile time holds for so many tokens, all of them at once: gates
    /// and what they let through twice, once in 32 bits, and the residual stream in 32 bits.
    pub(super) fn planned(&self, tokens: u64, element: u64) -> u64 {
        let widened = self.widened.saturating_mul(element.saturating_mul(3).saturating_add(4));
        times(&[tokens, widened.saturating_add(self.stream.saturating_mul(4))])
    }

    /// Bytes of logits for so many tokens.
    pub(super) fn logits(&self, tokens: u64, element: u64) -> u64 {
        times(&[tokens, self.vocabulary, element])
    }

    /// Bytes of attention weights where their whole matrix is computed: each head, each token, all of the context.
    pub(super) fn attention_matrix(&self, tokens: u64, context: u64, element: u64) -> u64 {
        times(&[self.heads, tokens, context, element])
    }
}

fn attention(layer: &Layer) -> u64 {
    let queries = times(&[layer.heads, layer.key_length, 2]);
    let kept = layer.kv_heads.saturating_mul(layer.key_length.saturating_add(layer.value_length));
    queries.saturating_add(kept)
}

fn feed_forward(geometry: &Geometry, layer: &Layer) -> u64 {
    let dense = layer.feed_forward_length.saturating_mul(2);
    let Some(experts) = geometry.experts.filter(|_| layer.experts) else { return dense };
    let width =
        experts.feed_forward_length.saturating_mul(2).saturating_add(geometry.embedding_length);
    dense.saturating_add(experts.used.saturating_mul(width))
}

/// Elements of all weights, as far as the geometry tells: embeddings, attention, feed-forward networks.
pub(super) fn parameters(geometry: &Geometry) -> u64 {
    let width = geometry.embedding_length;
    let layer = |layer: &Layer| {
        let attention = sum([
            times(&[2, layer.heads, layer.key_length]),
            layer.kv_heads.saturating_mul(layer.key_length.saturating_add(layer.value_length)),
            times(&[3, layer.feed_forward_length]),
        ]
        .into_iter());
        let experts = geometry.experts.filter(|_| layer.experts);
        let experts = experts.map_or(0, |all| times(&[3, all.count, all.feed_forward_length]));
        width.saturating_mul(attention.saturating_add(experts))
    };
    let tables = if geometry.tied_embeddings == Some(true) { 1 } else { 2 };
    let embeddings = times(&[tables, geometry.vocabulary, width]);
    embeddings.saturating_add(sum(geometry.layers.iter().map(layer)))
}
