//! RWKV, and models that were made of others with its layers.
//!
//! Source: llama.cpp v0.5.0, `src/models/rwkv6-base.cpp`, `rwkv7-base.cpp` and what builds on them.

use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::{Layer, Recurrence, State};

/// The rank of what mixes tokens. It differs by a little from model to model, and hardly matters.
const LOW_RANK: u64 = 96;

/// The graph of an RWKV model.
pub(super) fn build(b: &mut Builder<'_>) {
    let mut stream = b.embeddings();
    let Some(of) = b.model.recurrence else { return };
    let mut layers = Layers { of, plain: of.conv_kernel == 1, first_value: None };
    if !layers.plain {
        stream = b.norm(stream);
    }
    let count = b.model.layers.len();
    for (index, layer) in b.model.layers.iter().enumerate() {
        let Some(state) = layer.state else { return };
        stream = layers.layer(b, layer, state, stream, index + 1 == count);
    }
    b.logits(stream);
}

struct Layers {
    of: Recurrence,
    /// Whether layers have a usual feed-forward network, not one that mixes tokens.
    plain: bool,
    /// The values of the first layer, which the others of the seventh version add to theirs.
    first_value: Option<Id>,
}

impl Layers {
    fn layer(
        &mut self,
        b: &mut Builder<'_>,
        layer: &Layer,
        state: State,
        stream: Id,
        last: bool,
    ) -> Id {
        let shifted = b.state(state.conv);
        let stream = b.graph.view(stream);
        let normed = b.norm(stream);
        let before = previous(b, shifted, normed);
        let seventh = b.model.architecture.ends_with('7');
        let mixed = if seventh {
            self.seventh(b, normed, before, state)
        } else {
            self.sixth(b, normed, before, state)
        };
        let out = b.graph.linear(mixed, b.model.embedding_length);
        if self.plain {
            let token = b.graph.view(normed);
            store(b, token);
        }
        let out = b.graph.view(out);
        let stream = b.graph.in_place(&[out, stream]);
        if self.plain {
            usual(b, layer, stream, last)
        } else {
            mix_channels(b, layer, (normed, shifted), stream, last)
        }
    }

    /// Elements of what a layer goes through its tokens with: an output for each, and the new state.
    fn scanned(&self, b: &mut Builder<'_>, sources: &[Id]) -> Id {
        let rows = b
            .context
            .tokens
            .saturating_add(self.of.state_length.saturating_mul(b.context.sequences));
        let scanned = b.graph.new_tensor(b.model.embedding_length, rows, sources);
        let new = b.graph.view(scanned);
        store(b, new);
        b.graph.look(scanned, b.model.embedding_length, b.context.tokens)
    }

    fn sixth(&self, b: &mut Builder<'_>, normed: Id, before: Id, state: State) -> Id {
        let (width, tokens) = (b.model.embedding_length, b.context.tokens);
        let difference = b.graph.in_place(&[before, normed]);
        let [sx, now] = [difference, normed].map(|id| b.graph.view(id));
        let mixed = b.graph.in_place(&[sx]);
        let mixed = b.graph.in_place(&[mixed, now]);
        let low = b.graph.linear(mixed, LOW_RANK);
        let low = b.graph.view(low);
        let low = b.graph.like(&[low]);
        let all = b.graph.new_tensor(width.saturating_mul(5), tokens, &[low]);
        let [sx, now] = [difference, normed].map(|id| b.graph.view(id));
        let all = b.graph.in_place(&[all, sx]);
        let all = b.graph.in_place(&[all, now]);
        let heads = |b: &mut Builder<'_>| {
            let view = b.graph.part(all, width);
            let out = b.graph.linear(view, width);
            b.graph.view(out)
        };
        let (key, value, receptance) = (heads(b), heads(b), heads(b));
        let decay = low_rank(b, all);
        let decay = b.graph.view(decay);
        let state = b.state(state.recurrent);
        let mut out = self.scanned(b, &[key, value, receptance, decay, state]);
        if !self.plain {
            out = b.graph.like(&[out]);
            out = b.graph.view(out);
            out = b.graph.like(&[out]);
        }
        let view = b.graph.part(all, width);
        let gate = b.graph.linear(view, width);
        b.graph.in_place(&[out, gate])
    }

    fn seventh(&mut self, b: &mut Builder<'_>, normed: Id, before: Id, state: State) -> Id {
        let (width, tokens) = (b.model.embedding_length, b.context.tokens);
        let parts = if self.plain { 5 } else { 6 };
        let difference = b.graph.in_place(&[before, normed]);
        let all = b.graph.new_tensor(width.saturating_mul(parts), tokens, &[difference]);
        let all = b.graph.in_place(&[all, normed]);
        let heads = |b: &mut Builder<'_>| {
            let view = b.graph.part(all, width);
            b.graph.linear(view, width)
        };
        let (receptance, decay) = (heads(b), low_rank(b, all));
        let (key, rate) = (heads(b), low_rank(b, all));
        let value = heads(b);
        let value = self.with_first(b, value, all);
        let turned = b.graph.in_place(&[key]);
        let turned = b.graph.view(turned);
        let turned = b.graph.like(&[turned]);
        let scaled = b.graph.in_place(&[key]);
        let change = b.graph.in_place(&[rate, scaled]);
        let change = b.graph.in_place(&[change, scaled]);
        let key = b.graph.in_place(&[key, change]);
        let [receptance, decay, key, value, rate] =
            [receptance, decay, key, value, rate].map(|id| b.graph.view(id));
        let state = b.state(state.recurrent);
        let away = b.graph.in_place(&[turned]);
        let towards = b.graph.in_place(&[turned, rate]);
        let mut out = self.scanned(b, &[receptance, decay, key, value, away, towards, state]);
        if !self.plain {
            out = b.graph.like(&[out]);
            out = b.graph.view(out);
            out = b.graph.like(&[out]);
        }
        let bonus = b.graph.like(&[key, receptance]);
        let bonus = b.graph.new_tensor(self.of.heads, tokens, &[bonus]);
        let more = b.graph.like(&[value, bonus]);
        let more = b.graph.view(more);
        let out = b.graph.in_place(&[out, more]);
        if self.plain {
            return out;
        }
        let gate = low_rank(b, all);
        b.graph.in_place(&[out, gate])
    }

    /// Values drawn towards those of the first layer.
    fn with_first(&mut self, b: &mut Builder<'_>, value: Id, all: Id) -> Id {
        let Some(first) = self.first_value else {
            self.first_value = Some(value);
            return value;
        };
        let difference = b.graph.in_place(&[first, value]);
        let weight = low_rank(b, all);
        let difference = b.graph.in_place(&[difference, weight]);
        b.graph.in_place(&[value, difference])
    }
}

/// A product with a matrix of low rank, of one part of what was mixed.
fn low_rank(b: &mut Builder<'_>, all: Id) -> Id {
    let width = b.model.embedding_length;
    let view = b.graph.part(all, width);
    let low = b.graph.linear(view, LOW_RANK);
    b.graph.linear(low, width)
}

/// The token before each.
fn previous(b: &mut Builder<'_>, shifted: Id, normed: Id) -> Id {
    let (width, tokens) = (b.model.embedding_length, b.context.tokens);
    let (first, others) = (b.graph.view(shifted), b.graph.view(normed));
    b.graph.new_tensor(width, tokens, &[first, others])
}

fn store(b: &mut Builder<'_>, what: Id) {
    let stored = b.graph.store(&[what]);
    b.graph.expand(stored);
}

fn usual(b: &mut Builder<'_>, layer: &Layer, stream: Id, last: bool) -> Id {
    let view = b.graph.view(stream);
    let stream = if last { b.wanted(view) } else { view };
    let source = b.norm(stream);
    let more = b.dense(source, layer.feed_forward_length);
    b.graph.in_place(&[more, stream])
}

/// A feed-forward network that mixes each token with the one before.
fn mix_channels(
    b: &mut Builder<'_>,
    layer: &Layer,
    (normed, shifted): (Id, Id),
    stream: Id,
    last: bool,
) -> Id {
    let width = b.model.embedding_length;
    let source = b.norm(stream);
    let before = previous(b, shifted, source);
    let (one, other) = (b.graph.view(normed), b.graph.view(source));
    let tokens = b.graph.new_tensor(width, b.context.sequences.saturating_mul(2), &[one, other]);
    let tokens = b.graph.view(tokens);
    store(b, tokens);
    let [mut stream, mut source, mut before] = [stream, source, before].map(|id| b.graph.view(id));
    if last {
        [stream, source, before] = [stream, source, before].map(|id| b.wanted(id));
    }
    let difference = b.graph.in_place(&[before, source]);
    let part = |b: &mut Builder<'_>, width: u64| {
        let mixed = b.graph.in_place(&[difference]);
        let mixed = b.graph.in_place(&[mixed, source]);
        b.graph.linear(mixed, width)
    };
    if b.model.architecture.ends_with('7') {
        let key = part(b, layer.feed_forward_length);
        let out = b.graph.linear(key, width);
        return b.graph.in_place(&[out, stream]);
    }
    let receptance = part(b, width);
    let key = part(b, layer.feed_forward_length);
    let value = b.graph.linear(key, width);
    let out = b.graph.in_place(&[receptance, value]);
    b.graph.in_place(&[out, stream])
}
