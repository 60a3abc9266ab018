//! T5, whose decoder looks at what its encoder put out.
//!
//! Source: llama.cpp v0.5.0, `src/models/t5.cpp`. The buffer is reserved for the graph of the decoder.

use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::Layer;

/// What the encoder put out, as the decoder is given it.
#[derive(Clone, Copy)]
struct Encoded {
    embeddings: Id,
    mask: Id,
}

/// The graph of the decoder.
pub(super) fn build(b: &mut Builder<'_>) {
    let mut stream = b.embeddings();
    let read = b.model.context_length;
    let embeddings = b.graph.input_of(b.model.embedding_length, read, 4);
    let element = if b.context.flash_attention { 2 } else { 4 };
    let mask = b.graph.input(read.saturating_mul(b.context.tokens), element);
    let encoded = Encoded { embeddings, mask };
    let count = b.model.layers.len();
    for (index, each) in b.model.layers.iter().enumerate() {
        stream = layer(b, each, stream, encoded, index + 1 == count);
    }
    b.logits(stream);
}

fn layer(b: &mut Builder<'_>, layer: &Layer, stream: Id, encoded: Encoded, last: bool) -> Id {
    let width = b.model.embedding_length;
    let source = b.norm(stream);
    let (q, k, v) = b.queries_keys_values(source, layer);
    let out = b.attention(layer, q, Some(k), Some(v));
    let out = b.graph.linear(out, width);
    let mut stream = b.graph.in_place(&[out, stream]);
    let source = b.norm(stream);
    let mut out = cross(b, layer, source, encoded);
    if last {
        (out, stream) = (b.wanted(out), b.wanted(stream));
    }
    let stream = b.graph.in_place(&[out, stream]);
    let source = b.norm(stream);
    let more = b.dense(source, layer.feed_forward_length);
    b.graph.in_place(&[more, stream])
}

/// Attention to what the encoder put out.
fn cross(b: &mut Builder<'_>, layer: &Layer, source: Id, encoded: Encoded) -> Id {
    let wide = |heads: u64, length: u64| heads.saturating_mul(length);
    let q = b.graph.linear(source, wide(layer.heads, layer.key_length));
    let k = b.graph.linear(encoded.embeddings, wide(layer.kv_heads, layer.key_length));
    let v = b.graph.linear(encoded.embeddings, wide(layer.kv_heads, layer.value_length));
    let [q, k, v] = [q, k, v].map(|id| b.graph.view(id));
    let out = b.attention_to(layer, (q, k, v), encoded.mask, None);
    b.graph.linear(out, b.model.embedding_length)
}
