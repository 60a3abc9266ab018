//! Attention through a latent, with and without an indexer that chooses tokens.
//!
//! Source: llama.cpp v0.5.0, `src/models/deepseek2.cpp`, `deepseek32.cpp`, `glm-dsa.cpp`, `kimi-k3.cpp`.

use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::{Latent, Layer};

/// Attention before its output matrix.
pub(super) fn attention(b: &mut Builder<'_>, layer: &Layer, source: Id, latent: Latent) -> Id {
    if latent.unfolded {
        unfolded(b, layer, source, latent)
    } else {
        folded(b, layer, source, latent)
    }
}

/// Queries, through a latent of their own where they have one; and that latent.
fn queries(b: &mut Builder<'_>, layer: &Layer, source: Id, latent: Latent) -> (Id, Id) {
    let width = layer.heads.saturating_mul(latent.key_length);
    if latent.query_rank == 0 {
        return (b.graph.linear(source, width), source);
    }
    let low = b.graph.linear(source, latent.query_rank);
    let low = b.graph.in_place(&[low]);
    (b.graph.linear(low, width), low)
}

/// The latent of keys and values, and the part of keys that carries the position.
fn keys(b: &mut Builder<'_>, source: Id, latent: Latent) -> (Id, Id) {
    let both = b.graph.linear(source, latent.kv_rank.saturating_add(latent.rope_length));
    let part = b.graph.part(both, latent.kv_rank);
    let normed = b.graph.like(&[part]);
    let part = b.graph.part(both, latent.rope_length);
    (normed, b.turned(part))
}

/// As files ask for that were made before llama.cpp could do without: keys and values of each head.
fn unfolded(b: &mut Builder<'_>, layer: &Layer, source: Id, latent: Latent) -> Id {
    let (q, _) = queries(b, layer, source, latent);
    let view = b.graph.view(q);
    let q = if b.has('R') {
        let part = b.graph.part(q, layer.heads.saturating_mul(latent.rope_length));
        let position = b.turned(part);
        b.graph.like(&[view, position])
    } else {
        b.graph.like(&[view])
    };
    let (low, position) = keys(b, source, latent);
    let plain = latent.key_length.saturating_sub(latent.rope_length);
    let values = layer.heads.saturating_mul(latent.value_length);
    let both = b.graph.linear(low, layer.heads.saturating_mul(plain).saturating_add(values));
    let v = b.graph.part(both, values);
    let v = b.graph.like(&[v]);
    let (tokens, heads) = (b.context.tokens, layer.heads);
    let repeated =
        b.graph.new_tensor(latent.rope_length.saturating_mul(heads), tokens, &[position]);
    let part = b.graph.part(both, heads.saturating_mul(plain));
    let k = b.graph.new_tensor(heads.saturating_mul(latent.key_length), tokens, &[part, repeated]);
    let [q, k, v] = [q, k, v].map(|id| b.graph.view(id));
    b.attention(layer, q, Some(k), Some(v))
}

/// Queries are taken to the latent, and what comes out is taken back.
fn folded(b: &mut Builder<'_>, layer: &Layer, source: Id, latent: Latent) -> Id {
    let (heads, tokens) = (layer.heads, b.context.tokens);
    let indexed = b.model.indexer.is_some() && layer.indexed;
    if indexed {
        index_keys(b, source);
    }
    let (queries, low) = queries(b, layer, source, latent);
    let part = b
        .graph
        .part(queries, heads.saturating_mul(latent.key_length.saturating_sub(latent.rope_length)));
    let absorbed = b.graph.new_tensor(heads.saturating_mul(latent.kv_rank), tokens, &[part]);
    let part = b.graph.part(queries, heads.saturating_mul(latent.rope_length));
    let position = b.turned(part);
    let width = latent.kv_rank.saturating_add(latent.rope_length);
    let absorbed = b.graph.view(absorbed);
    let q = b.graph.new_tensor(heads.saturating_mul(width), tokens, &[absorbed, position]);
    let (normed, position) = keys(b, source, latent);
    let value = b.graph.view(normed);
    let k = b.graph.new_tensor(width, tokens, &[value, position]);
    let k = b.graph.view(k);
    b.store_latent(q, value, k);
    if indexed {
        let chosen = choose(b, source, low);
        b.chosen = Some(chosen);
    }
    let q = b.graph.view(q);
    let out = b.weigh_latent(layer, q, latent);
    b.graph.expand(out);
    out
}

/// The indexer's key of each token, which goes into its cache.
fn index_keys(b: &mut Builder<'_>, source: Id) {
    let Some(length) = b.model.indexer.as_ref().map(|indexer| indexer.key_length) else { return };
    let key = b.graph.linear(source, length);
    let key = b.graph.like(&[key]);
    let view = b.graph.view(key);
    let key = b.turned(view);
    let turned = b.graph.rotated(key, b.index_rotation);
    let stored = b.graph.store(&[turned, b.index_places]);
    b.graph.expand(stored);
}

/// The tokens that the indexer chooses.
fn choose(b: &mut Builder<'_>, source: Id, low: Id) -> Id {
    let Some(indexer) = b.model.indexer.clone() else { return source };
    let tokens = b.context.tokens;
    let query = b.graph.linear(low, indexer.heads.saturating_mul(indexer.key_length));
    let view = b.graph.view(query);
    let query = b.turned(view);
    let query = b.graph.rotated(query, b.index_rotation);
    let weights = b.graph.linear(source, indexer.heads);
    let view = b.graph.view(weights);
    let weights = b.graph.like(&[view]);
    let scores = b.graph.new_tensor(b.context.cells, tokens, &[query, weights, b.index_mask]);
    let chosen = b.graph.new_tensor(indexer.top_k.min(b.context.cells), tokens, &[scores]);
    b.graph.like(&[chosen])
}
