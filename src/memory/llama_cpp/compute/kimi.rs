//! Kimi K3, whose layers weigh the streams that earlier blocks of layers ended with.
//!
//! Source: llama.cpp v0.5.0, `src/models/kimi-k3.cpp`.

use super::builder::Builder;
use super::graph::Id;
use super::{latent, transformer};
use crate::model::geometry::Layer;

/// Layers of a block (`attn_res.block_size`), in the one model that there is.
const BLOCK: usize = 12;

/// The graph of Kimi K3.
pub(super) fn build(b: &mut Builder<'_>) {
    let mut stream = b.embeddings();
    let mut blocks = None;
    for (index, each) in b.model.layers.iter().enumerate() {
        let source = weighed(b, blocks, stream);
        let begins = index.is_multiple_of(BLOCK);
        if begins {
            blocks = Some(with(b, blocks, stream));
        }
        let source = b.norm(source);
        b.graph.expand(source);
        let out = mixed(b, each, source);
        stream = if begins { out } else { b.graph.in_place(&[stream, out]) };
        let source = weighed(b, blocks, stream);
        let source = b.norm(source);
        let more = b.feed_forward(source, each, None);
        stream = b.graph.in_place(&[stream, more]);
    }
    let source = weighed(b, blocks, stream);
    let wanted = b.wanted(source);
    b.logits(wanted);
}

/// What brings tokens together: a state, or attention through a latent and a gate.
fn mixed(b: &mut Builder<'_>, layer: &Layer, source: Id) -> Id {
    if let (Some(of), Some(state)) = (b.model.recurrence, layer.state) {
        return transformer::recurrent(b, layer.attention, source, of, state);
    }
    let Some(of) = b.model.latent else { return source };
    let out = latent::attention(b, layer, source, of);
    let gate = b.graph.linear(source, layer.heads.saturating_mul(of.value_length));
    let gate = b.graph.in_place(&[gate]);
    let out = b.graph.in_place(&[out, gate]);
    b.graph.linear(out, b.model.embedding_length)
}

/// The streams of earlier blocks and one more.
fn with(b: &mut Builder<'_>, blocks: Option<Id>, stream: Id) -> Id {
    let one = b.graph.view(stream);
    let Some(blocks) = blocks else { return one };
    let width = b.graph.width(blocks).saturating_add(b.model.embedding_length);
    b.graph.new_tensor(width, b.context.tokens, &[blocks, one])
}

/// A sum of the stream and those of earlier blocks, by how well they score.
fn weighed(b: &mut Builder<'_>, blocks: Option<Id>, stream: Id) -> Id {
    let Some(blocks) = blocks else { return stream };
    let (width, tokens) = (b.model.embedding_length, b.context.tokens);
    let count = b.graph.width(blocks).checked_div(width).unwrap_or(0);
    let normed = b.graph.in_place(&[blocks]);
    let scores = b.graph.new_tensor(count, tokens, &[normed]);
    let scores = b.graph.view(scores);
    let normed = b.graph.in_place(&[stream]);
    let score = b.graph.new_tensor(1, tokens, &[normed]);
    let all = b.graph.new_tensor(count.saturating_add(1), tokens, &[scores, score]);
    let all = b.graph.in_place(&[all]);
    let [earlier, now] = [count, 1].map(|width| {
        let part = b.graph.part(all, width);
        b.graph.like(&[part])
    });
    let sum = b.graph.new_tensor(width, tokens, &[blocks, earlier]);
    let scaled = b.graph.in_place(&[stream, now]);
    b.graph.in_place(&[sum, scaled])
}
