//! Gated delta nets, and those of Kimi.
//!
//! Source: llama.cpp v0.5.0, `src/models/qwen3next.cpp`, `qwen35.cpp`, `kimi-linear.cpp`, `delta-net-base.cpp`.

use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::{Recurrence, State};

/// A gated delta net of Qwen. The first kind repeats queries and keys for the heads of values.
pub(super) fn gated(b: &mut Builder<'_>, source: Id, of: Recurrence, state: State) -> Id {
    let repeats = b.model.architecture == "qwen3next";
    let tokens = b.context.tokens;
    let keys = of.groups.saturating_mul(of.state_length);
    let values = of.inner_length;
    b.graph.expand(source);
    let convolved = b.state(state.conv);
    let width = keys.saturating_mul(2).saturating_add(values);
    let all = b.graph.linear(source, width);
    let joined = b.joined(convolved, all, width, of.conv_kernel);
    let before = b.state(state.recurrent);
    let x = b.graph.new_tensor(width, tokens, &[joined]);
    let normed = |b: &mut Builder<'_>| {
        let part = b.graph.part(x, keys);
        let normed = b.graph.like(&[part]);
        if !repeats {
            return normed;
        }
        let view = b.graph.view(normed);
        let repeated = b.graph.new_tensor(values, tokens, &[view]);
        b.graph.view(repeated)
    };
    let (query, key) = (normed(b), normed(b));
    let value = b.graph.part(x, values);
    let (decay, strength) = if repeats {
        let low = b.graph.linear(source, of.heads.saturating_mul(2));
        let (one, other) = (b.graph.part(low, of.heads), b.graph.part(low, of.heads));
        (b.graph.like(&[one]), b.graph.like(&[other]))
    } else {
        let decay = b.graph.linear(source, of.heads);
        let decay = b.graph.view(decay);
        let decay = b.graph.like(&[decay]);
        let strength = b.graph.linear(source, of.heads);
        let strength = b.graph.view(strength);
        (decay, b.graph.like(&[strength]))
    };
    let decay = b.graph.view(decay);
    let net = net(b, of, &[query, key, value, decay, strength, before]);
    let out = b.graph.look(net, values, tokens);
    let out = b.graph.like(&[out]);
    let gate = b.graph.linear(source, values);
    let gate = b.graph.view(gate);
    let gate = b.graph.like(&[gate]);
    let out = b.graph.in_place(&[out, gate]);
    let out = b.graph.linear(out, b.model.embedding_length);
    b.graph.view(out)
}

/// Goes through the tokens; what comes out is followed by the new state, which is stored.
fn net(b: &mut Builder<'_>, of: Recurrence, sources: &[Id]) -> Id {
    let states = of.state_length.saturating_mul(b.context.sequences);
    let states = states.saturating_mul(b.context.state_copies);
    let rows = b.context.tokens.saturating_add(states);
    let net = b.graph.new_tensor(of.inner_length, rows, sources);
    let new = b.graph.view(net);
    let stored = b.graph.store(&[new]);
    b.graph.expand(stored);
    net
}

/// Kimi's: a convolution each for queries, keys and values, and a gate of low rank.
pub(super) fn kimi(b: &mut Builder<'_>, source: Id, of: Recurrence, state: State) -> Id {
    let (inner, tokens) = (of.inner_length, b.context.tokens);
    b.graph.expand(source);
    let convolved = b.state(state.conv);
    let mut joined = Vec::new();
    for _ in 0..3 {
        let part = b.graph.linear(source, inner);
        joined.push(b.joined(convolved, part, inner, of.conv_kernel));
    }
    let before = b.state(state.recurrent);
    let mut parts = Vec::new();
    for (index, joined) in joined.into_iter().enumerate() {
        let x = b.graph.new_tensor(inner, tokens, &[joined]);
        let view = b.graph.view(x);
        let x = b.graph.like(&[view]);
        let view = b.graph.view(x);
        parts.push(if index < 2 { b.graph.like(&[view]) } else { view });
    }
    let low = b.graph.linear(source, of.state_length);
    let gate = b.graph.linear(low, inner);
    let view = b.graph.view(gate);
    let gate = b.graph.like(&[view]);
    parts.push(b.graph.view(gate));
    let strength = b.graph.linear(source, of.heads);
    let view = b.graph.view(strength);
    parts.push(b.graph.like(&[view]));
    parts.push(before);
    let net = net(b, of, &parts);
    let out = b.graph.look(net, inner, tokens);
    let out = b.graph.like(&[out]);
    let view = b.graph.view(out);
    let out = b.graph.like(&[view]);
    let view = b.graph.view(source);
    let gate = b.graph.linear(view, inner);
    let view = b.graph.view(gate);
    let gate = b.graph.like(&[view]);
    let out = b.graph.in_place(&[out, gate]);
    let out = b.graph.like(&[out]);
    b.graph.linear(out, b.model.embedding_length)
}
