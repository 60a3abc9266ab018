//! Layers of attention and feed-forward networks.

use super::builder::Builder;
use super::graph::Id;
use super::{delta, latent, sparse, state_space};
use crate::model::geometry::{Attention, Layer, Recurrence, Role, State};

/// The first layers to which features of images are added (`n_deepstack_layers` of Qwen3-VL).
pub(super) const DEEP: usize = 3;

/// The graph of a model whose layers are attention and feed-forward networks.
pub(super) fn build(builder: &mut Builder<'_>) {
    let mut stream = builder.embeddings();
    let embeddings = stream;
    let count = builder.model.layers.len();
    let layers = &builder.model.layers;
    for (index, each) in layers.iter().enumerate() {
        let last = index + 1 == count && !builder.has('z');
        let bare = index == 0 && builder.has('F');
        stream = layer(builder, each, stream, (bare, last));
        if index < DEEP && builder.has('D') {
            let more = builder.graph.view(embeddings);
            stream = builder.graph.in_place(&[stream, more]);
        }
    }
    if builder.model.role == Role::Encoder {
        builder.encoded(stream);
    } else {
        builder.logits(stream);
    }
}

fn layer(b: &mut Builder<'_>, layer: &Layer, stream: Id, (bare, last): (bool, bool)) -> Id {
    let behind = b.has('o') || b.has('Q');
    let mut router = (layer.experts && b.has('t')).then(|| b.router(stream));
    let mut source = if behind || bare { stream } else { b.norm(stream) };
    let mut stream = stream;
    if let Some(mut out) = mixed(b, layer, stream, source) {
        if last {
            (out, stream) = (b.wanted(out), b.wanted(stream));
            router = router.map(|router| b.wanted(router));
        }
        if b.has('p') || b.has('c') {
            source = if last && !b.has('N') { b.wanted(source) } else { source };
            source = if b.has('N') { b.norm(stream) } else { source };
            return beside(b, layer, stream, source, out);
        }
        stream = sum(b, out, stream, b.has('a'));
        stream = if b.has('Q') { b.norm(stream) } else { stream };
        if layer.feed_forward_length == 0 && !layer.experts {
            return stream;
        }
        source = if behind { stream } else { b.norm(stream) };
    } else if layer.feed_forward_length == 0 && !layer.experts {
        return stream;
    } else if last {
        (source, stream) = (b.wanted(source), b.wanted(stream));
    }
    let more = b.feed_forward(source, layer, router);
    let stream = sum(b, more, stream, b.has('a') || b.has('d'));
    if b.has('Q') { b.norm(stream) } else { stream }
}

/// A feed-forward network beside attention.
fn beside(b: &mut Builder<'_>, layer: &Layer, stream: Id, source: Id, out: Id) -> Id {
    let more = b.feed_forward(source, layer, None);
    let [one, other, last] = match (b.has('p'), b.has('c')) {
        (true, true) => [more, out, stream],
        (true, false) => [out, more, stream],
        (false, _) => [more, stream, out],
    };
    let part = b.graph.in_place(&[one, other]);
    b.graph.in_place(&[part, last])
}

/// A sum with the residual stream.
fn sum(b: &mut Builder<'_>, out: Id, stream: Id, first: bool) -> Id {
    let both = if first { [stream, out] } else { [out, stream] };
    b.graph.in_place(&both)
}

/// What brings tokens together, its output matrix included: attention, a state, or both. Nothing in some layers of
/// Deci and of Nemotron-H.
fn mixed(b: &mut Builder<'_>, layer: &Layer, stream: Id, source: Id) -> Option<Id> {
    let width = b.model.embedding_length;
    let attends =
        matches!(layer.attention, Attention::Full | Attention::Window | Attention::Chunked);
    let (Some(of), Some(state)) = (b.model.recurrence, layer.state) else {
        // Of Deci some layers have the output matrix of attention alone.
        let alone = !attends && layer.heads > 0 && b.model.recurrence.is_none();
        let out = if attends { attention(b, layer, source) } else { source };
        return (attends || alone).then(|| b.graph.linear(out, width));
    };
    if !attends {
        return Some(recurrent(b, layer.attention, source, of, state));
    }
    let attended = attention(b, layer, source);
    let source = b.norm(stream);
    let other = recurrent(b, Attention::Recurrent, source, of, state);
    let out = b.graph.linear(attended, width);
    Some(b.graph.in_place(&[out, other]))
}

/// A layer's state, and what it puts out.
pub(super) fn recurrent(
    b: &mut Builder<'_>,
    kind: Attention,
    source: Id,
    of: Recurrence,
    state: State,
) -> Id {
    match kind {
        _ if state.recurrent == 0 => state_space::short_convolution(b, source, of, state),
        Attention::Linear if of.groups > 0 => delta::gated(b, source, of, state),
        Attention::Linear => delta::kimi(b, source, of, state),
        _ if of.groups > 0 => state_space::mamba2(b, source, of, state),
        _ => state_space::mamba(b, source, of, state),
    }
}

/// Attention before its output matrix.
fn attention(b: &mut Builder<'_>, layer: &Layer, source: Id) -> Id {
    if let Some(latent) = b.model.latent {
        return latent::attention(b, layer, source, latent);
    }
    let (q, k, v) = b.queries_keys_values(source, layer);
    if layer.indexed {
        sparse::scored(b, source);
    }
    let out = b.attention(layer, q, Some(k), Some(v));
    if b.has('H') {
        return head_gated(b, layer, source, out);
    }
    b.gated(out)
}

/// What attention puts out, with a gate for each head.
fn head_gated(b: &mut Builder<'_>, layer: &Layer, source: Id, out: Id) -> Id {
    let gate = b.graph.linear(source, layer.heads);
    let gate = b.graph.in_place(&[gate]);
    let (out, gate) = (b.graph.view(out), b.graph.view(gate));
    let out = b.graph.like(&[out, gate]);
    b.graph.view(out)
}
