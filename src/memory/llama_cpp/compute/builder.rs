//! What all graphs begin and end with, and the parts that most of them share.

use super::super::context::Context;
use super::graph::{Graph, Id};
use crate::model::geometry::{Attention, Geometry, Latent, Layer};
use crate::model::memory::LlamaCppSettings;

/// The most experts a token may use (`LLAMA_MAX_EXPERTS`).
const MAX_EXPERTS: u64 = 1024;

/// Builds the graph of a model in a context.
pub(super) struct Builder<'a> {
    pub(super) graph: Graph,
    pub(super) model: &'a Geometry,
    pub(super) context: &'a Context,
    style: &'static str,
    /// Where the tokens stand.
    positions: Id,
    /// Which tokens are wanted in the end.
    outputs: Id,
    /// Which states belong to which sequence.
    copies: Id,
    /// What an indexer is given.
    pub(super) index_places: Id,
    pub(super) index_mask: Id,
    pub(super) index_rotation: Id,
    /// The gate for what attention puts out.
    gate: Option<Id>,
    /// The tokens that an indexer chose last.
    pub(super) chosen: Option<Id>,
    full: CacheInputs,
    window: CacheInputs,
}

/// What attention is given with a cache.
#[derive(Clone, Copy)]
struct CacheInputs {
    mask: Id,
    keys: Id,
    values: Id,
    rotate_keys: Option<Id>,
    rotate_values: Option<Id>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        model: &'a Geometry,
        context: &'a Context,
        settings: &'a LlamaCppSettings,
        style: &'static str,
        cells: (u64, u64),
    ) -> Self {
        let mut graph = Graph::default();
        let parts = if style.contains('s') { 4 } else { 1 };
        let positions = graph.input(context.tokens.saturating_mul(parts), 4);
        let outputs = graph.input(context.outputs, 4);
        let copies = graph.input(context.sequences, 4);
        let full = CacheInputs::new(&mut graph, model, context, settings, cells.0, false);
        let window = CacheInputs::new(&mut graph, model, context, settings, cells.1, true);
        let index_places = graph.input(context.tokens, 8);
        let index_mask = graph.input(
            cells.0.saturating_mul(context.tokens),
            if context.flash_attention { 2 } else { 4 },
        );
        let length = model.indexer.as_ref().map_or(0, |indexer| indexer.key_length);
        let index_rotation = graph.input(length.saturating_mul(length), 4);
        Self {
            graph,
            model,
            context,
            style,
            positions,
            outputs,
            copies,
            index_places,
            index_mask,
            index_rotation,
            gate: None,
            chosen: None,
            full,
            window,
        }
    }

    pub(super) fn has(&self, letter: char) -> bool {
        self.style.contains(letter)
    }

    /// The embeddings of the tokens, beside which there is room for embeddings that are given.
    pub(super) fn embeddings(&mut self) -> Id {
        let width = self.model.embedding_length;
        let tokens = self.graph.input(self.context.tokens, 4);
        let embeddings = self.graph.new_tensor(width, self.context.tokens, &[tokens]);
        self.graph.expand(embeddings);
        let given = self.graph.input(width.saturating_mul(self.context.tokens), 4);
        self.graph.expand(given);
        if self.has('e') {
            let table = self.graph.new_tensor(width, self.context.tokens, &[self.positions]);
            return self.graph.in_place(&[embeddings, table]);
        }
        embeddings
    }

    /// A norm of the kind that the architecture has. That without a mean works in place if it can.
    pub(super) fn norm(&mut self, source: Id) -> Id {
        if self.has('l') { self.graph.like(&[source]) } else { self.graph.in_place(&[source]) }
    }

    /// The tokens that are wanted in the end.
    pub(super) fn wanted(&mut self, source: Id) -> Id {
        self.graph.pick(source, self.context.outputs, self.outputs)
    }

    /// The output matrix, behind a last norm. Both are kept, and so is what a draft would begin with.
    pub(super) fn logits(&mut self, mut source: Id) {
        if self.has('v') {
            self.graph.keep(source);
        }
        if self.has('z') {
            source = self.wanted(source);
        }
        let normed = self.norm(source);
        self.graph.keep(normed);
        let logits = self.graph.linear(normed, self.model.vocabulary);
        self.graph.keep(logits);
        self.graph.expand(logits);
    }

    /// Queries, keys and values.
    pub(super) fn queries_keys_values(&mut self, source: Id, layer: &Layer) -> (Id, Id, Id) {
        let queries = layer.heads.saturating_mul(layer.key_length);
        let keys = layer.kv_heads.saturating_mul(layer.key_length);
        let values = layer.kv_heads.saturating_mul(layer.value_length);
        // Half of them are a gate for what comes out.
        let halves = if self.has('i') { 2 } else { 1 };
        let (q, k, v) = if self.has('f') {
            let all = queries.saturating_add(keys).saturating_add(values);
            let all = self.graph.linear(source, all);
            (
                self.graph.part(all, queries),
                self.graph.part(all, keys),
                self.graph.part(all, values),
            )
        } else {
            let q = self.graph.linear(source, queries.saturating_mul(halves));
            let (k, v) = (self.graph.linear(source, keys), self.graph.linear(source, values));
            if halves > 1 {
                self.gate = Some(self.graph.part(q, queries));
            }
            (self.graph.part(q, queries), self.graph.view(k), self.graph.view(v))
        };
        (self.in_position(q, layer), self.in_position(k, layer), v)
    }

    /// Norms over heads and rotary positions. A look at a tensor is not changed in place.
    fn in_position(&mut self, mut heads: Id, layer: &Layer) -> Id {
        if self.has('h') {
            heads = self.graph.like(&[heads]);
        }
        if !self.has('r') || layer.window.is_some() || !self.has_windows() {
            heads = self.turned(heads);
        }
        self.graph.view(heads)
    }

    /// Rotary positions, where the architecture has them.
    pub(super) fn turned(&mut self, heads: Id) -> Id {
        if self.has('n') { heads } else { self.graph.in_place(&[heads, self.positions]) }
    }

    /// Attention through the cache, before its output matrix.
    pub(super) fn attention(&mut self, layer: &Layer, q: Id, k: Option<Id>, v: Option<Id>) -> Id {
        let inputs = if layer.window.is_some() { self.window } else { self.full };
        let rotate = |graph: &mut Graph, source: Id, by: Option<Id>| match by {
            Some(by) => graph.rotated(source, by),
            None => source,
        };
        let q = rotate(&mut self.graph, q, inputs.rotate_keys);
        let k = k.map(|k| rotate(&mut self.graph, k, inputs.rotate_keys));
        let v = v.map(|v| rotate(&mut self.graph, v, inputs.rotate_values));
        self.graph.expand(q);
        // With windows llama.cpp asks for keys first.
        let windows = self.has_windows();
        let (first, second) = if windows { (k, v) } else { (v, k) };
        [first, second].into_iter().flatten().for_each(|id| self.graph.expand(id));
        self.store(inputs, k, v);
        let out = self.weigh(layer, q, inputs);
        self.graph.expand(out);
        rotate(&mut self.graph, out, inputs.rotate_values)
    }

    /// Writes the latent of keys and values into the cache.
    pub(super) fn store_latent(&mut self, q: Id, v: Id, k: Id) {
        [q, v, k].into_iter().for_each(|id| self.graph.expand(id));
        let stored = self.graph.store(&[k, self.full.keys]);
        self.graph.expand(stored);
    }

    /// Weighs the latents of the cache and takes what comes out back to heads.
    pub(super) fn weigh_latent(&mut self, layer: &Layer, q: Id, latent: Latent) -> Id {
        let (tokens, heads) = (self.context.tokens, layer.heads);
        let mask = self.chosen.map_or(self.full.mask, |chosen| self.chosen_mask(chosen));
        let rank = heads.saturating_mul(latent.kv_rank);
        let values = heads.saturating_mul(latent.value_length);
        if self.context.flash_attention {
            let out = self.graph.new_tensor(rank, tokens, &[q, mask]);
            let view = self.graph.view(out);
            let out = self.graph.new_tensor(values, tokens, &[view]);
            let view = self.graph.view(out);
            let out = self.graph.like(&[view]);
            return self.graph.view(out);
        }
        let cells = self.context.cells;
        let all = cells.saturating_mul(self.context.streams);
        let turned = self.graph.new_half(latent.kv_rank, all, &[]);
        let weights = self.graph.new_tensor(cells.saturating_mul(heads), tokens, &[q]);
        let weights = self.graph.in_place(&[weights, mask]);
        let out = self.graph.new_tensor(rank, tokens, &[turned, weights]);
        let out = self.graph.linear(out, values);
        let view = self.graph.view(out);
        self.graph.like(&[view])
    }

    /// The mask without all tokens but those that were chosen.
    fn chosen_mask(&mut self, chosen: Id) -> Id {
        let (width, rows) = (self.graph.width(chosen), self.graph.rows(chosen));
        let zeros = self.graph.input(width.saturating_mul(rows), 4);
        let zeros = self.graph.in_place(&[zeros]);
        let mask = self.graph.in_place(&[self.full.mask]);
        let target = self.graph.view(mask);
        let looked = self.graph.view(chosen);
        let written = self.graph.written(target, &[zeros, looked, target]);
        let written = self.graph.view(written);
        self.graph.in_place(&[written, self.full.mask])
    }

    fn has_windows(&self) -> bool {
        self.model.layers.iter().any(|layer| layer.window.is_some())
    }

    /// What attention puts out, through a gate where there is one.
    pub(super) fn gated(&mut self, out: Id) -> Id {
        let Some(gate) = self.gate else { return out };
        let gate = self.graph.like(&[gate]);
        self.graph.in_place(&[out, gate])
    }

    /// Writes keys and values into the cache. Without flash attention values go there element by element, from a
    /// tensor that is whole and as wide as the widest layer's.
    fn store(&mut self, inputs: CacheInputs, k: Option<Id>, v: Option<Id>) {
        if let Some(k) = k {
            let stored = self.graph.store(&[k, inputs.keys]);
            self.graph.expand(stored);
        }
        let Some(mut v) = v else { return };
        if !self.context.flash_attention {
            if self.has('f') {
                v = self.graph.like(&[v]);
            }
            let widest = widest(self.model);
            if self.graph.width(v) < widest {
                v = self.graph.new_tensor(widest, self.context.tokens, &[v]);
            }
        }
        let stored = self.graph.store(&[v, inputs.values]);
        self.graph.expand(stored);
    }

    /// Weighs the values of the cache.
    fn weigh(&mut self, layer: &Layer, q: Id, inputs: CacheInputs) -> Id {
        let tokens = self.context.tokens;
        let width = layer.heads.saturating_mul(layer.value_length);
        let q = self.graph.view(q);
        if self.context.flash_attention {
            let out = self.graph.new_tensor(width, tokens, &[q, inputs.mask]);
            return self.graph.view(out);
        }
        let cells = self.graph.width(inputs.mask) / tokens.max(1);
        let weights = self.graph.new_tensor(cells.saturating_mul(layer.heads), tokens, &[q]);
        let weights = self.graph.in_place(&[weights, inputs.mask]);
        let out = self.graph.new_tensor(width, tokens, &[weights]);
        let out = self.graph.view(out);
        self.graph.like(&[out])
    }

    /// The states of all sequences.
    pub(super) fn state(&mut self, elements: u64) -> Id {
        let state = self.graph.new_tensor(elements, self.context.sequences, &[self.copies]);
        self.graph.expand(state);
        state
    }

    /// The last tokens before and those now, one behind the other; the last of them are stored.
    pub(super) fn joined(&mut self, before: Id, now: Id, width: u64, kernel: u64) -> Id {
        let more = kernel.saturating_sub(1).saturating_mul(self.context.sequences);
        let rows = self.context.tokens.saturating_add(more);
        let (before, now) = (self.graph.view(before), self.graph.view(now));
        let joined = self.graph.new_tensor(width, rows, &[before, now]);
        let last = self.graph.view(joined);
        let stored = self.graph.store(&[last]);
        self.graph.expand(stored);
        joined
    }

    /// A convolution over the last tokens.
    pub(super) fn convolution(&mut self, before: Id, now: Id, width: u64, kernel: u64) -> Id {
        let joined = self.joined(before, now, width, kernel);
        self.graph.new_tensor(width, self.context.tokens, &[joined])
    }

    /// A dense feed-forward network.
    pub(super) fn dense(&mut self, source: Id, width: u64) -> Id {
        let rows = self.graph.rows(source);
        let inner = if self.has('g') {
            let both = self.graph.linear(source, width.saturating_mul(2));
            self.graph.new_tensor(width, rows, &[both])
        } else {
            let up = self.graph.linear(source, width);
            if self.has('u') {
                up
            } else {
                let gate = self.graph.linear(source, width);
                self.graph.like(&[gate, up])
            }
        };
        self.graph.linear(inner, self.model.embedding_length)
    }

    /// A feed-forward network of a layer: dense, or a mixture with what all tokens share.
    pub(super) fn feed_forward(&mut self, source: Id, layer: &Layer, router: Option<Id>) -> Id {
        if !layer.experts {
            return self.dense(source, layer.feed_forward_length);
        }
        let mixed = self.mixture(source, router);
        if layer.feed_forward_length == 0 {
            return mixed;
        }
        let mut shared = self.dense(source, layer.feed_forward_length);
        if self.has('y') {
            let gate = self.graph.linear(source, 1);
            shared = self.graph.in_place(&[shared, gate]);
        }
        self.graph.in_place(&[mixed, shared])
    }

    /// How well each expert fits.
    pub(super) fn router(&mut self, source: Id) -> Id {
        let count = self.model.experts.map_or(0, |experts| experts.count);
        self.graph.linear(source, count)
    }

    /// The experts that are chosen, by a router or else by what they are given.
    fn mixture(&mut self, source: Id, router: Option<Id>) -> Id {
        let Some(experts) = self.model.experts else { return source };
        let used = experts.used.min(MAX_EXPERTS);
        let width = self.model.embedding_length;
        let rows = self.graph.rows(source);
        let fits = router.unwrap_or_else(|| self.router(source));
        let (chosen, weights) = self.choice(fits, used);
        self.graph.expand(weights);
        let mut input = self.graph.view(source);
        if self.has('k') {
            input = self.graph.new_tensor(width.saturating_mul(used), rows, &[input]);
            input = self.graph.in_place(&[input, weights]);
        }
        let inner = experts.feed_forward_length.saturating_mul(used);
        let mut inner_of = |graph: &mut Graph| graph.new_tensor(inner, rows, &[input, chosen]);
        let up = inner_of(&mut self.graph);
        let inner = if self.has('u') {
            up
        } else {
            let gate = inner_of(&mut self.graph);
            self.graph.like(&[gate, up])
        };
        let mut each = self.graph.new_tensor(width.saturating_mul(used), rows, &[inner, chosen]);
        if !self.has('k') {
            each = self.graph.in_place(&[each, weights]);
        }
        self.graph.expand(each);
        let each = self.graph.view(each);
        let sum = self.graph.new_tensor(width, rows, &[each]);
        self.graph.expand(sum);
        sum
    }

    /// Which experts a token uses, and how much of each.
    fn choice(&mut self, fits: Id, used: u64) -> (Id, Id) {
        let (count, rows) = (self.graph.width(fits), self.graph.rows(fits));
        let apart = self.has('k');
        let probabilities = if apart { self.graph.like(&[fits]) } else { fits };
        let selection = if self.has('b') { self.graph.like(&[fits]) } else { fits };
        let sorted = self.graph.new_tensor(count, rows, &[selection]);
        let chosen = self.graph.view(sorted);
        let looked = self.graph.view(probabilities);
        let mut weights = self.graph.new_tensor(used, rows, &[looked, chosen]);
        if self.has('x') {
            let view = self.graph.view(weights);
            weights = self.graph.like(&[view]);
        }
        if self.has('w') {
            let view = self.graph.view(weights);
            let sum = self.graph.new_tensor(1, rows, &[view]);
            let view = self.graph.view(weights);
            weights = self.graph.like(&[view, sum]);
        }
        (chosen, self.graph.view(weights))
    }
}

/// Elements of a token's values in the widest layer.
fn widest(model: &Geometry) -> u64 {
    let layers = model.layers.iter().chain(&model.mtp_layers);
    layers.map(|layer| layer.kv_heads.saturating_mul(layer.value_length)).max().unwrap_or(0)
}

impl CacheInputs {
    fn new(
        graph: &mut Graph,
        model: &Geometry,
        context: &Context,
        settings: &LlamaCppSettings,
        cells: u64,
        window: bool,
    ) -> Self {
        let tokens = context.tokens;
        let flash = context.flash_attention;
        let values = if flash { 1 } else { widest(model) };
        let layers = || {
            let seen = |layer: &&Layer| {
                layer.window.is_some() == window
                    && !layer.shares_kv
                    && !matches!(
                        layer.attention,
                        Attention::Linear | Attention::Recurrent | Attention::None
                    )
            };
            model.layers.iter().filter(seen)
        };
        // Quantized keys and values are turned first, where all heads are of one size that 64 divides.
        let turned = |quantized: bool, length: fn(&Layer) -> u64| {
            let first = model.layers.first().map_or(0, length);
            let size = layers().next().map_or(0, length);
            let alike = layers().all(|layer| length(layer) == size);
            (quantized && alike && size > 0 && first % 64 == 0).then_some(size)
        };
        let by_keys = turned(settings.type_k.is_quantized(), |layer| layer.key_length);
        let by_values = turned(settings.type_v.is_quantized(), |layer| layer.value_length);
        let largest = |size: u64| (size & size.wrapping_neg()).max(64);
        Self {
            mask: graph.input(cells.saturating_mul(tokens), if flash { 2 } else { 4 }),
            keys: graph.input(tokens, 8),
            values: graph.input(tokens.saturating_mul(values), 8),
            rotate_keys: by_keys
                .map(|size| graph.input(largest(size).saturating_mul(largest(size)), 4)),
            rotate_values: by_values.map(|_| graph.input(64 * 64, 4)),
        }
    }
}
