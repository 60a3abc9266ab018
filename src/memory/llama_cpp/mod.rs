//! What a model takes in llama.cpp, as its version 0.5.0 allocates it.
//!
//! Caches, states, outputs and weights follow from its rules and are exact. What a computation takes does not
//! follow from a rule: llama.cpp lays out the graph of its steps and looks how large that is, and so do we.

mod caches;
mod compute;
mod context;
mod output;
mod placement;
mod refusals;
mod states;
mod weights;

use crate::model::geometry::Geometry;
use crate::model::memory::{DeviceBytes, LlamaCppSettings, MemoryEstimate};
use crate::model::weight_layout::WeightLayout;
use caches::{Caches, LayerCache};
use context::Context;
use placement::Placement;

/// What a model takes with these settings. Settings that llama.cpp refuses are told by the findings; what is said of
/// the memory is then what it would take if they were not.
#[must_use]
pub fn estimate(
    geometry: &Geometry,
    weights: &WeightLayout,
    settings: &LlamaCppSettings,
) -> MemoryEstimate {
    let context = Context::of(geometry, settings);
    let caches = Caches::of(geometry, settings, &context);
    let layers = caches.layers();
    let states = states::recurrent(geometry, settings, &context);
    let compressors = states::compressor(geometry, settings, &context);
    let mut estimate = MemoryEstimate {
        caches: caches.totals(&layers),
        kv: sum(layers.iter().flatten().map(LayerCache::bytes)),
        state: sum(states.iter().copied()),
        compressor_state: sum(compressors.iter().copied()),
        output: output::bytes(geometry, settings, &context),
        compute: compute::bytes(geometry, settings, &context, caches.cells()),
        context_length: context.cells,
        findings: refusals::of(geometry, settings),
        ..MemoryEstimate::default()
    };
    let placement = Placement::of(geometry.layers.len() + geometry.mtp_layers.len(), settings);
    let weights = weights::by_device(geometry, weights, settings, &placement);
    estimate.weights = sum(weights.iter().copied());
    estimate.devices = weights
        .into_iter()
        .map(|weights| DeviceBytes { weights, ..DeviceBytes::default() })
        .collect();
    estimate
}

fn sum(bytes: impl Iterator<Item = u64>) -> u64 {
    bytes.fold(0, u64::saturating_add)
}
