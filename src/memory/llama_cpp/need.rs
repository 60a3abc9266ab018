//! What a context takes beside weights.

use super::caches::{Caches, LayerCache};
use super::compute;
use super::context::Context;
use super::family::Family;
use super::{output, states};
use crate::model::geometry::Geometry;
use crate::model::memory::{
    AppliedSettings, CacheBytes, ComputeBytes, ComputeSource, LlamaCppSettings,
};

/// What a context takes beside weights: the same for every quantization of a model.
#[derive(Clone, Debug)]
pub struct Need {
    context: Context,
    pub(super) caches: Vec<CacheBytes>,
    /// Bytes of caches and states, layer by layer.
    pub(super) layers: Vec<u64>,
    pub(super) kv: u64,
    pub(super) state: u64,
    pub(super) compressor_state: u64,
    pub(super) output: u64,
    pub(super) compute: ComputeBytes,
    /// Bytes of what a step is given: embeddings, and a mask.
    pub(super) given: u64,
}

impl Need {
    /// What a context takes; the graph is laid out of a geometry that may have fewer layers.
    pub(super) fn of(geometry: &Geometry, graph: &Geometry, settings: &LlamaCppSettings) -> Self {
        let context = Context::of(geometry, settings);
        let caches = Caches::of(geometry, settings, &context);
        let of_layers = caches.layers();
        let states = states::recurrent(geometry, settings, &context);
        let compressors = states::compressor(geometry, settings, &context);
        let sum = |bytes: &[u64]| super::sum(bytes.iter().copied());
        Self {
            kv: super::sum(of_layers.iter().map(LayerCache::bytes)),
            state: sum(&states),
            compressor_state: sum(&compressors),
            output: output::bytes(geometry, settings, &context),
            compute: compute::bytes(graph, settings, &context, caches.cells()),
            given: given(geometry, &context),
            caches: caches.totals(&of_layers),
            layers: by_layer(&of_layers, &states, &compressors),
            context,
        }
    }

    /// Whether the architecture is unknown.
    pub(super) fn upper_bound(&self) -> bool {
        self.compute.source == ComputeSource::Guess
    }

    /// Tokens of context after padding, of each sequence where they share no cache.
    pub(super) fn context_length(&self) -> u64 {
        self.context.cells
    }

    /// The settings as they hold.
    pub(crate) fn applied(
        &self,
        settings: &LlamaCppSettings,
        family: &Family,
        fitted: bool,
    ) -> AppliedSettings {
        let Context { cells, streams, sequences, ubatch, flash_attention, .. } = self.context;
        AppliedSettings {
            context_length: cells.saturating_mul(streams),
            batch: settings.n_batch,
            ubatch,
            parallel: sequences,
            kv_unified: settings.kv_unified,
            cache_type_k: settings.type_k,
            cache_type_v: settings.type_v,
            flash_attention,
            swa_full: settings.swa_full,
            gpu_layers: settings.n_gpu_layers,
            cpu_moe: settings.n_cpu_moe,
            tensor_split: settings.tensor_split.clone(),
            kv_offload: settings.offload_kqv,
            fitted,
            source: family.source,
        }
    }
}

fn by_layer(caches: &[LayerCache], states: &[u64], compressors: &[u64]) -> Vec<u64> {
    let count = caches.last().map_or(0, |last| last.layer + 1).max(states.len());
    let mut layers = vec![0_u64; count];
    let mut add = |layer: usize, bytes: u64| {
        if let Some(sum) = layers.get_mut(layer) {
            *sum = sum.saturating_add(bytes);
        }
    };
    for cache in caches {
        add(cache.layer, cache.bytes());
    }
    for states in [states, compressors] {
        states.iter().enumerate().for_each(|(layer, bytes)| add(layer, *bytes));
    }
    layers
}

/// Bytes of what a step is given: embeddings, and a mask.
fn given(geometry: &Geometry, context: &Context) -> u64 {
    let mask = if context.flash_attention { 2 } else { 4 };
    let row = geometry.embedding_length.saturating_mul(4);
    row.saturating_add(context.cells.saturating_mul(mask)).saturating_mul(context.tokens)
}
