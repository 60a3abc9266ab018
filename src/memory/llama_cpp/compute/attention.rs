//! Attention through the cache, and without one.

use super::super::context::Context;
use super::builder::{Builder, keeps_no_cache};
use super::graph::{Graph, Id};
use crate::model::geometry::{Attention, Geometry, Latent, Layer};
use crate::model::memory::LlamaCppSettings;

/// What attention is given with a cache.
#[derive(Clone, Copy)]
pub(super) struct CacheInputs {
    pub(super) mask: Id,
    keys: Id,
    values: Id,
    rotate_keys: Option<Id>,
    rotate_values: Option<Id>,
}

impl Builder<'_> {
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
        let (mut q, k) = (self.in_position(q, layer), self.in_position(k, layer));
        if self.has('j') && !self.turns(layer) {
            let scaled = self.graph.in_place(&[q, self.scale]);
            q = self.graph.view(scaled);
        }
        (q, k, v)
    }

    /// Norms over heads and rotary positions. A look at a tensor is not changed in place.
    fn in_position(&mut self, mut heads: Id, layer: &Layer) -> Id {
        if self.has('h') {
            heads = self.graph.like(&[heads]);
        }
        if self.turns(layer) {
            heads = self.turned(heads);
        }
        self.graph.view(heads)
    }

    /// Whether a layer has rotary positions, where the architecture has them.
    fn turns(&self, layer: &Layer) -> bool {
        !self.has('r') || layer.window.is_some() || !self.has_windows()
    }

    /// Rotary positions, where the architecture has them.
    pub(super) fn turned(&mut self, heads: Id) -> Id {
        if self.has('n') {
            return heads;
        }
        let given = [heads, self.positions, self.scale];
        let count = if self.has('J') { 3 } else { 2 };
        self.graph.in_place(given.get(..count).unwrap_or(&given))
    }

    /// Attention through the cache, before its output matrix.
    pub(super) fn attention(&mut self, layer: &Layer, q: Id, k: Option<Id>, v: Option<Id>) -> Id {
        let inputs = if layer.window.is_some() { self.window } else { self.full };
        let bias = self.has('B').then(|| self.position_bias(layer, inputs));
        if let (true, Some(k), Some(v)) = (keeps_no_cache(self.model), k, v) {
            return self.attention_to(layer, (q, k, v), inputs.mask, bias);
        }
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
        let out = self.weigh(layer, q, inputs, bias);
        self.graph.expand(out);
        rotate(&mut self.graph, out, inputs.rotate_values)
    }

    /// Attention to keys and values that are given and not cached, before its output matrix.
    pub(super) fn attention_to(
        &mut self,
        layer: &Layer,
        (q, k, v): (Id, Id, Id),
        mask: Id,
        bias: Option<Id>,
    ) -> Id {
        for id in [q, k, v] {
            self.graph.expand(id);
        }
        let (tokens, width) = (self.context.tokens, layer.heads.saturating_mul(layer.value_length));
        let [q, k, v] = [q, k, v].map(|id| self.graph.view(id));
        let out = if self.context.flash_attention && bias.is_none() {
            let [k, v] = [k, v].map(|id| self.graph.half(id));
            let out = self.graph.new_tensor(width, tokens, &[q, k, v, mask]);
            self.graph.view(out)
        } else {
            let cells = self.graph.rows(k);
            let weights = self.graph.new_tensor(cells.saturating_mul(layer.heads), tokens, &[k, q]);
            let weights = self.masked(weights, mask, bias);
            let across = self.graph.like(&[v]);
            let out = self.graph.new_tensor(width, tokens, &[across, weights]);
            let out = self.graph.view(out);
            self.graph.like(&[out])
        };
        self.graph.expand(out);
        out
    }

    /// What tokens count for each other by their distance alone.
    fn position_bias(&mut self, layer: &Layer, inputs: CacheInputs) -> Id {
        let elements = self.graph.width(inputs.mask);
        let distances = self.distances;
        let distances = self.graph.view(distances);
        let looked = self.graph.new_tensor(layer.heads, elements, &[distances]);
        let view = self.graph.view(looked);
        self.graph.like(&[view])
    }

    /// Weights of tokens with their bias, made to add up to one.
    fn masked(&mut self, weights: Id, mask: Id, bias: Option<Id>) -> Id {
        let weights = match bias {
            Some(bias) => self.graph.in_place(&[weights, bias]),
            None => weights,
        };
        self.graph.in_place(&[weights, mask])
    }

    /// Writes the latent of keys and values into the cache.
    pub(super) fn store_latent(&mut self, q: Id, v: Id, k: Id) {
        for id in [q, v, k] {
            self.graph.expand(id);
        }
        let stored = self.graph.store(&[k, self.full.keys]);
        self.graph.expand(stored);
    }

    /// Weighs the latents of the cache and takes what comes out back to heads.
    pub(super) fn weigh_latent(&mut self, layer: &Layer, q: Id, latent: Latent) -> Id {
        let (tokens, heads) = (self.context.tokens, layer.heads);
        let full = self.full.mask;
        let mask = self.chosen.map_or(full, |chosen| self.only(full, chosen));
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

    /// A mask of all tokens but those that were chosen.
    pub(super) fn only(&mut self, full: Id, chosen: Id) -> Id {
        let (width, rows) = (self.graph.width(chosen), self.graph.rows(chosen));
        let zeros = self.graph.input(width.saturating_mul(rows), 4);
        let zeros = self.graph.in_place(&[zeros]);
        let mask = self.graph.in_place(&[full]);
        let target = self.graph.view(mask);
        let looked = self.graph.view(chosen);
        let written = self.graph.written(target, &[zeros, looked, target]);
        let written = self.graph.view(written);
        self.graph.in_place(&[written, full])
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
    fn weigh(&mut self, layer: &Layer, q: Id, inputs: CacheInputs, bias: Option<Id>) -> Id {
        let tokens = self.context.tokens;
        let width = layer.heads.saturating_mul(layer.value_length);
        let q = self.graph.view(q);
        if self.context.flash_attention && bias.is_none() {
            let out = self.graph.new_tensor(width, tokens, &[q, inputs.mask]);
            return self.graph.view(out);
        }
        let cells = self.graph.width(inputs.mask) / tokens.max(1);
        let weights = self.graph.new_tensor(cells.saturating_mul(layer.heads), tokens, &[q]);
        let weights = self.masked(weights, inputs.mask, bias);
        let out = if self.context.flash_attention {
            // Values lie as flash attention would have them, which a bias rules out.
            let values = layer.kv_heads.saturating_mul(layer.value_length);
            let bytes = self.settings.type_v.row_bytes(cells.saturating_mul(values));
            let across = self.graph.copy(bytes);
            self.graph.new_tensor(width, tokens, &[across, weights])
        } else {
            self.graph.new_tensor(width, tokens, &[weights])
        };
        let out = self.graph.view(out);
        self.graph.like(&[out])
    }
}

/// Elements of a token's values in the widest layer.
fn widest(model: &Geometry) -> u64 {
    let layers = model.layers.iter().chain(&model.mtp_layers);
    layers.map(|layer| layer.kv_heads.saturating_mul(layer.value_length)).max().unwrap_or(0)
}
impl CacheInputs {
    pub(super) fn new(
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
            (quantized && alike && size > 0 && first.is_multiple_of(64)).then_some(size)
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
