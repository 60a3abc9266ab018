//! Mamba, its second version, and short convolutions.
//!
//! Source: llama.cpp v0.5.0, `src/models/mamba-base.cpp`, `src/models/lfm2.cpp`.

use super::builder::Builder;
use super::graph::Id;
use crate::model::geometry::{Recurrence, State};

/// One layer's share of Mamba: what it puts out for what it is given.
pub(super) fn mamba(b: &mut Builder<'_>, source: Id, of: Recurrence, state: State) -> Id {
    let tokens = b.context.tokens;
    let inner = of.inner_length;
    let convolved = b.state(state.conv);
    let view = b.graph.view(source);
    let both = b.graph.linear(view, inner.saturating_mul(2));
    let x = b.convolution(convolved, both, inner, of.conv_kernel);
    let low = of.heads.saturating_add(of.state_length.saturating_mul(2));
    let low = b.graph.linear(x, low);
    let step = b.graph.part(low, of.heads);
    let step = b.graph.like(&[step]);
    let step = b.graph.linear(step, inner);
    let (input, output) = (b.graph.part(low, of.state_length), b.graph.part(low, of.state_length));
    let (input, output) = (b.graph.like(&[input]), b.graph.like(&[output]));
    let x_view = b.graph.view(x);
    let scanned = scan(b, inner, of.state_length, &[x_view, step, input, output]);
    let gate = b.graph.part(both, inner);
    let gate = b.graph.like(&[gate]);
    let direct = b.graph.in_place(&[x]);
    let y = b.graph.look(scanned, inner, tokens);
    let y = b.graph.in_place(&[y, direct]);
    let out = b.graph.like(&[gate, y]);
    let out = b.graph.linear(out, b.model.embedding_length);
    b.graph.view(out)
}

/// The same of its second version.
pub(super) fn mamba2(b: &mut Builder<'_>, source: Id, of: Recurrence, state: State) -> Id {
    let tokens = b.context.tokens;
    let inner = of.inner_length;
    let groups = of.groups.saturating_mul(of.state_length).saturating_mul(2);
    let width = inner.saturating_add(groups);
    let convolved = b.state(state.conv);
    let all = b.graph.linear(source, width.saturating_add(inner).saturating_add(of.heads));
    let x = b.convolution(convolved, all, width, of.conv_kernel);
    let step = b.graph.part(all, of.heads);
    let step = b.graph.like(&[step]);
    let parts = [b.graph.part(x, inner), b.graph.part(x, groups / 2), b.graph.part(x, groups / 2)];
    let [x_view, input, output] = parts;
    let scanned = scan(b, inner, of.state_length, &[x_view, step, input, output]);
    let gate = b.graph.part(all, inner);
    let gate = b.graph.like(&[gate]);
    let direct = b.graph.part(x, inner);
    let direct = b.graph.like(&[direct]);
    let y = b.graph.look(scanned, inner, tokens);
    let y = b.graph.in_place(&[y, direct]);
    let mut out = b.graph.like(&[gate, y]);
    if !b.has('m') {
        let view = b.graph.view(out);
        out = b.graph.like(&[view]);
    }
    b.graph.linear(out, b.model.embedding_length)
}

/// Goes through the tokens; what comes out is followed by the new state.
fn scan(b: &mut Builder<'_>, inner: u64, state: u64, sources: &[Id]) -> Id {
    let rows = b.context.tokens.saturating_add(state.saturating_mul(b.context.sequences));
    let scanned = b.graph.new_tensor(inner, rows, sources);
    b.graph.expand(scanned);
    let new = b.graph.view(scanned);
    let stored = b.graph.store(&[new]);
    b.graph.expand(stored);
    scanned
}

/// A short convolution between two gates.
pub(super) fn short_convolution(
    b: &mut Builder<'_>,
    source: Id,
    of: Recurrence,
    state: State,
) -> Id {
    let (width, tokens) = (b.model.embedding_length, b.context.tokens);
    let view = b.graph.view(source);
    let all = b.graph.linear(view, width.saturating_mul(3));
    let (one, other) = (b.graph.part(all, width), b.graph.part(all, width));
    let gated = b.graph.like(&[one, other]);
    let convolved = b.state(state.conv);
    let rows =
        tokens.saturating_add(of.conv_kernel.saturating_sub(1).saturating_mul(b.context.sequences));
    let (before, now) = (b.graph.view(convolved), b.graph.view(gated));
    let joined = b.graph.new_tensor(width, rows, &[before, now]);
    let last = b.graph.view(joined);
    let stored = b.graph.store(&[last]);
    b.graph.expand(stored);
    let convolved = b.graph.new_tensor(width, tokens, &[joined]);
    let gate = b.graph.part(all, width);
    let out = b.graph.in_place(&[gate, convolved]);
    let out = b.graph.linear(out, width);
    b.graph.view(out)
}
