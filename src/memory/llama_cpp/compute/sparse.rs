//! Attention whose tokens an indexer chooses: `MiniMax` M3, and DeepSeek-V4 with its compressed history.
//!
//! Source: llama.cpp, `src/models/minimax-m3.cpp`, `deepseek4.cpp`. Their graphs are followed where they are large;
//! small steps are left out.

use super::super::context::pad;
use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::Layer;

/// Scores of all cached tokens, head by head of the indexer, and what is made of them before attention.
pub(super) fn scored(b: &mut Builder<'_>, source: Id) {
    let Some((heads, length)) = b.model.indexer.as_ref().map(|it| (it.heads, it.key_length)) else {
        return;
    };
    let query = b.graph.linear(source, heads.saturating_mul(length));
    let view = b.graph.view(query);
    let query = b.graph.like(&[view]);
    let key = b.graph.linear(source, length);
    let view = b.graph.view(key);
    let key = b.graph.like(&[view]);
    let stored = b.graph.store(&[key]);
    b.graph.expand(stored);
    let cells = b.graph.width(b.full.mask) / b.context.tokens.max(1);
    let scores = b.graph.new_tensor(cells.saturating_mul(heads), b.context.tokens, &[query]);
    let scores = b.graph.in_place(&[scores, b.full.mask]);
    let chosen = b.graph.like(&[scores]);
    b.graph.expand(chosen);
}

/// Cells of what is compressed by so much.
fn history(b: &Builder<'_>, ratio: u64) -> u64 {
    pad(b.context.cells.div_ceil(ratio.max(1)))
}

/// The graph of DeepSeek-V4.
pub(super) fn deepseek4(b: &mut Builder<'_>) {
    let embeddings = b.embeddings();
    let view = b.graph.view(embeddings);
    let width = b.model.output_embedding_length.unwrap_or(b.model.embedding_length);
    let mut streams = b.graph.new_tensor(width, b.context.tokens, &[view]);
    let element = if b.context.flash_attention { 2 } else { 4 };
    let tokens = b.context.tokens;
    let masks = [4, 128, 4].map(|ratio| {
        let cells = history(b, ratio);
        b.graph.input(cells.saturating_mul(tokens), element)
    });
    for layer in &b.model.layers {
        streams = mixed(b, streams, |b, source| attention(b, layer, source, masks));
        streams = mixed(b, streams, |b, source| b.feed_forward(source, layer, None));
    }
    let flat = b.graph.view(streams);
    let wanted = b.wanted(flat);
    let (source, _, _) = before(b, wanted);
    b.logits(source);
}

/// The streams with what a part of a layer makes of their mixture.
fn mixed(b: &mut Builder<'_>, streams: Id, part: impl FnOnce(&mut Builder<'_>, Id) -> Id) -> Id {
    let (source, after, across) = before(b, streams);
    let normed = b.norm(source);
    let out = part(b, normed);
    let (width, rows) = (b.graph.width(streams), b.graph.rows(streams));
    b.graph.new_tensor(width, rows, &[out, streams, after, across])
}

/// One stream made of all, and how what comes of it is spread over them.
fn before(b: &mut Builder<'_>, streams: Id) -> (Id, Id, Id) {
    let (width, rows) = (b.model.embedding_length, b.graph.rows(streams));
    let count = b.graph.width(streams).checked_div(width).unwrap_or(1);
    let flat = b.graph.view(streams);
    let normed = b.graph.like(&[flat]);
    let all = b.graph.linear(normed, count.saturating_mul(count.saturating_add(2)));
    let [first, after] = [(); 2].map(|()| {
        let part = b.graph.part(all, count);
        b.graph.like(&[part])
    });
    let across = b.graph.linear(all, count.saturating_mul(count));
    (b.graph.new_tensor(width, rows, &[streams, first]), after, across)
}

/// Heads of which a part was turned.
fn turned(b: &mut Builder<'_>, heads: Id, count: u64, length: u64) -> Id {
    /// The share of a head that carries its position: 64 of 512.
    const SHARE: u64 = 8;
    let tokens = b.context.tokens;
    let part = b.graph.part(heads, count.saturating_mul(length / SHARE));
    let part = b.graph.like(&[part]);
    let rest = b.graph.part(heads, count.saturating_mul(length - length / SHARE));
    b.graph.new_tensor(count.saturating_mul(length), tokens, &[rest, part])
}

/// Attention to a window and to a compressed history, with its output matrices.
fn attention(b: &mut Builder<'_>, layer: &Layer, source: Id, masks: [Id; 3]) -> Id {
    /// How much narrower heads are after the first of two output matrices.
    const NARROWER: u64 = 4;
    let width = layer.heads.saturating_mul(layer.key_length);
    let rank = b.model.latent.map_or(b.model.embedding_length / 4, |latent| latent.query_rank);
    let low = b.graph.linear(source, rank);
    let low = b.graph.in_place(&[low]);
    let q = b.graph.linear(low, width);
    let view = b.graph.view(q);
    let q = b.graph.like(&[view]);
    let q = turned(b, q, layer.heads, layer.key_length);
    let k = b.graph.linear(source, layer.key_length);
    let k = turned(b, k, 1, layer.key_length);
    for id in [q, k] {
        b.graph.expand(id);
    }
    let stored = b.graph.store(&[k]);
    b.graph.expand(stored);
    let out = weighed(b, layer, q, (source, low), masks);
    let view = b.graph.view(out);
    let out = turned(b, view, layer.heads, layer.key_length);
    let view = b.graph.view(out);
    let out = b.graph.linear(view, width / NARROWER);
    let view = b.graph.view(out);
    let out = b.graph.like(&[view]);
    b.graph.linear(out, b.model.embedding_length)
}

/// What heads find in the window and in the history that their layer has.
fn weighed(
    b: &mut Builder<'_>,
    layer: &Layer,
    q: Id,
    (source, low): (Id, Id),
    [every, highly, scores]: [Id; 3],
) -> Id {
    let (tokens, window) = (b.context.tokens, b.window.mask);
    let near = b.graph.width(window) / tokens.max(1);
    let (cells, mask) = match layer.compression {
        Some(ratio @ 4) => {
            let chosen = chosen(b, source, low, scores);
            (near.saturating_add(history(b, ratio)), Some(b.only(every, chosen)))
        }
        Some(ratio) => (near.saturating_add(history(b, ratio)), Some(highly)),
        None => (near, None),
    };
    let keys = layer.key_length.saturating_mul(b.context.streams);
    let (all, mask) = match mask {
        Some(mask) => {
            let all = b.graph.new_half(keys, cells, &[]);
            (Some(all), b.graph.mask(cells, tokens, b.context.flash_attention, &[window, mask]))
        }
        None => (None, window),
    };
    let width = layer.heads.saturating_mul(layer.key_length);
    let q = b.graph.view(q);
    let sources: Vec<Id> = [Some(q), all, Some(mask)].into_iter().flatten().collect();
    if b.context.flash_attention {
        return b.graph.new_tensor(width, tokens, &sources);
    }
    let weights = b.graph.new_tensor(cells.saturating_mul(layer.heads), tokens, &sources);
    let weights = b.graph.in_place(&[weights, mask]);
    let across = b.graph.new_half(keys, cells, &[]);
    let out = b.graph.new_tensor(width, tokens, &[across, weights]);
    let view = b.graph.view(out);
    b.graph.like(&[view])
}

/// The tokens of the history that the indexer chooses.
fn chosen(b: &mut Builder<'_>, source: Id, low: Id, mask: Id) -> Id {
    let Some(indexer) = b.model.indexer.clone() else { return source };
    let (tokens, cells) = (b.context.tokens, history(b, 4));
    let q = b.graph.linear(low, indexer.heads.saturating_mul(indexer.key_length));
    let q = turned(b, q, indexer.heads, indexer.key_length);
    let q = b.graph.like(&[q]);
    let weights = b.graph.linear(source, indexer.heads);
    let scores = b.graph.new_tensor(cells, tokens, &[q, weights, mask]);
    let chosen = b.graph.new_tensor(indexer.top_k.min(cells), tokens, &[scores]);
    b.graph.like(&[chosen])
}
