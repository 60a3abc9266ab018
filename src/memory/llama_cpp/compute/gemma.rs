//! Gemma 3n and Gemma 4, whose layers read embeddings of their own.
//!
//! Source: llama.cpp v0.5.0, `src/models/gemma3n.cpp`, `src/models/gemma4.cpp`.

use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::Layer;

/// Streams that Gemma 3n keeps side by side.
const STREAMS: u64 = 4;
/// Rank of what Gemma 3n adds to attention.
const LOW_RANK: u64 = 64;
/// Layers of Gemma 3n, from the first, that let the greatest values of a feed-forward network through alone.
const SPARSE_LAYERS: usize = 10;

/// Embeddings that every layer reads for itself, looked up and drawn from the tokens' own.
fn own_embeddings(b: &mut Builder<'_>, stream: Id, width: u64) -> Id {
    let all = width.saturating_mul(b.model.layers.len() as u64);
    let tokens = b.context.tokens;
    let drawn = b.graph.linear(stream, all);
    let drawn = b.graph.view(drawn);
    let drawn = b.graph.like(&[drawn]);
    let looked = b.own_embeddings(all);
    let sum = b.graph.in_place(&[drawn, looked]);
    let turned = b.graph.view(sum);
    b.graph.new_tensor(all, tokens, &[turned])
}

/// Attention with norms over queries, keys and values; layers without keys of their own have queries alone.
fn attention(b: &mut Builder<'_>, layer: &Layer, source: Id) -> Id {
    let (q, k, v) = b.queries_keys_values(source, layer);
    let (k, v) = if layer.shares_kv {
        (None, None)
    } else {
        let v = b.graph.like(&[v]);
        (Some(k), Some(b.graph.view(v)))
    };
    let attended = b.attention(layer, q, k, v);
    b.graph.linear(attended, b.model.embedding_length)
}

/// The graph of Gemma 4.
pub(super) fn fourth(b: &mut Builder<'_>) {
    let mut stream = b.embeddings();
    let own = b.model.per_layer_embedding_length.filter(|width| *width > 0);
    let own = own.map(|width| (own_embeddings(b, stream, width), width));
    for layer in &b.model.layers {
        let source = b.norm(stream);
        let out = attention(b, layer, source);
        stream = b.graph.in_place(&[out, stream]);
        let more = if layer.experts {
            both(b, layer, stream)
        } else {
            let source = b.norm(stream);
            b.dense(source, layer.feed_forward_length)
        };
        stream = b.graph.in_place(&[more, stream]);
        let Some((own, width)) = own else { continue };
        let gate = b.graph.linear(stream, width);
        let looked = b.graph.part(own, width);
        let gated = b.graph.in_place(&[gate, looked]);
        let out = b.graph.linear(gated, b.model.embedding_length);
        stream = b.graph.in_place(&[stream, out]);
    }
    let normed = b.norm(stream);
    b.graph.keep(normed);
    let wanted = b.wanted(normed);
    b.output(wanted);
}

/// A dense network and a mixture side by side, the latter with a router that has a norm of its own.
fn both(b: &mut Builder<'_>, layer: &Layer, stream: Id) -> Id {
    let source = b.norm(stream);
    let dense = b.dense(source, layer.feed_forward_length);
    let source = b.norm(stream);
    let normed = b.norm(stream);
    let router = b.router(normed);
    let mixed = b.mixture(source, Some(router));
    b.graph.in_place(&[dense, mixed])
}

/// The graph of Gemma 3n.
pub(super) fn third_n(b: &mut Builder<'_>) {
    let stream = b.embeddings();
    let width = b.model.per_layer_embedding_length.unwrap_or(0);
    let own = own_embeddings(b, stream, width);
    let more = others(b, stream, stream);
    let mut streams = b.graph.new_tensor(
        b.model.embedding_length.saturating_mul(STREAMS),
        b.context.tokens,
        &[stream, more],
    );
    for (index, layer) in b.model.layers.iter().enumerate() {
        let own = b.graph.part(own, width);
        streams = layer_of_3n(b, layer, streams, own, index < SPARSE_LAYERS);
    }
    let first = one(b, streams);
    let more = others(b, first, streams);
    let [first, second] = [streams, more].map(|id| one(b, id));
    let sum = b.graph.in_place(&[first, second]);
    let rest = one(b, more);
    let sum = b.graph.in_place(&[sum, rest]);
    let wanted = b.wanted(sum);
    b.logits(wanted);
}

/// One of the streams.
fn one(b: &mut Builder<'_>, streams: Id) -> Id {
    b.graph.part(streams, b.model.embedding_length)
}

/// What the other streams begin with, or end with, made as large as one.
fn others(b: &mut Builder<'_>, like: Id, from: Id) -> Id {
    let (width, tokens) = (b.model.embedding_length.saturating_mul(STREAMS - 1), b.context.tokens);
    let from = if b.graph.width(from) > width {
        b.graph.part(from, width)
    } else {
        b.graph.new_tensor(width, tokens, &[from])
    };
    let out = b.graph.new_tensor(width, tokens, &[from]);
    let squares = b.graph.in_place(&[like]);
    let size = b.graph.new_tensor(1, tokens, &[squares]);
    let scaled = b.graph.in_place(&[out, size]);
    let squares = b.graph.in_place(&[out]);
    let size = b.graph.new_tensor(STREAMS - 1, tokens, &[squares]);
    b.graph.in_place(&[scaled, size])
}

fn layer_of_3n(b: &mut Builder<'_>, layer: &Layer, streams: Id, own: Id, sparse: bool) -> Id {
    let (width, tokens) = (b.model.embedding_length, b.context.tokens);
    let predicted = predict(b, streams);
    let active = one(b, predicted);
    let source = b.norm(active);
    let out = attention(b, layer, source);
    let gated = b.graph.in_place(&[out, active]);
    let low = b.graph.linear(source, LOW_RANK);
    let low = b.graph.linear(low, width);
    let low = b.graph.in_place(&[low, source]);
    let attended = b.graph.in_place(&[gated, low]);
    let out = feed_forward(b, layer, attended, sparse);
    let out = b.graph.in_place(&[out, attended]);
    let new = b.graph.in_place(&[out, active]);
    let new = b.graph.new_tensor(width.saturating_mul(STREAMS), tokens, &[new]);
    let routed = b.norm(out);
    let weights = b.graph.linear(routed, STREAMS);
    let weights = b.graph.linear(weights, STREAMS);
    let weights = b.graph.view(weights);
    let weights = b.graph.like(&[weights]);
    let new = b.graph.in_place(&[new, weights]);
    let corrected = b.graph.in_place(&[new, predicted]);
    let first = one(b, corrected);
    let first = b.graph.like(&[first]);
    let own_width = b.graph.width(own);
    let gate = b.graph.linear(first, own_width);
    let gate = b.graph.in_place(&[gate, own]);
    let out = b.graph.linear(gate, width);
    let rest = b.graph.part(corrected, width.saturating_mul(STREAMS - 1));
    let rest = b.graph.like(&[rest, out]);
    let first = one(b, corrected);
    b.graph.new_tensor(width.saturating_mul(STREAMS), tokens, &[first, rest])
}

/// What the streams would be without the layer.
fn predict(b: &mut Builder<'_>, streams: Id) -> Id {
    let turned = b.graph.view(streams);
    let turned = b.graph.like(&[turned]);
    let active = one(b, streams);
    let routed = b.norm(active);
    let weights = b.graph.linear(routed, STREAMS);
    let weights = b.graph.linear(weights, STREAMS * STREAMS);
    let weights = b.graph.view(weights);
    let predicted = b.graph.like(&[turned, weights]);
    let turned = b.graph.view(predicted);
    let turned = b.graph.like(&[turned]);
    b.graph.in_place(&[turned, streams])
}

fn feed_forward(b: &mut Builder<'_>, layer: &Layer, stream: Id, sparse: bool) -> Id {
    let source = b.norm(stream);
    let up = b.graph.linear(source, layer.feed_forward_length);
    let mut gate = b.graph.linear(source, layer.feed_forward_length);
    if sparse {
        let mean = b.graph.linear(gate, 1);
        let difference = b.graph.in_place(&[gate, mean]);
        let spread = b.graph.linear(difference, 1);
        let limit = b.graph.in_place(&[mean, spread]);
        gate = b.graph.in_place(&[gate, limit]);
    }
    let inner = b.graph.in_place(&[up, gate]);
    b.graph.linear(inner, b.model.embedding_length)
}
