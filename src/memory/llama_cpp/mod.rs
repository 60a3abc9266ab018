//! What a model takes in llama.cpp, as its version 0.5.0 allocates it.
//!
//! Caches, states, outputs and weights follow from its rules and are exact. What a computation takes does not
//! follow from a rule: llama.cpp lays out the graph of its steps and looks how large that is, and so do we.

mod caches;
mod compute;
mod context;
mod devices;
mod output;
mod placement;
mod refusals;
mod states;
mod weights;

use crate::model::geometry::Geometry;
use crate::model::memory::{ComputeSource, DeviceBytes, LlamaCppSettings, MemoryEstimate};
use crate::model::weight_layout::WeightLayout;
use caches::{Caches, LayerCache};
use context::Context;
use devices::Parts;
use placement::Placement;

/// What a model takes in memory with these settings, in bytes: weights, caches, states and what is handed out to the
/// byte, the computation as a range with the way it was found. An architecture that is not known is taken for a
/// usual transformer, and `upper_bound` says so.
///
/// There are no errors. Settings that llama.cpp refuses are told by the findings; what is said of the memory is then
/// what it would take if they were not.
///
/// Source: llama.cpp v0.5.0. Compute buffers were compared on its CPU backend; those of GPUs are wide ranges.
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
    let parts = Parts {
        caches: &layers,
        states: [&states, &compressors],
        output: output::bytes(geometry, settings, &context),
        compute: compute::bytes(geometry, settings, &context, caches.cells()),
        cells: context.cells,
    };
    let placement = Placement::of(geometry.layers.len() + geometry.mtp_layers.len(), settings);
    let weights = weights::by_device(geometry, weights, settings, &placement);
    let total_weights = sum(weights.iter().copied());
    let devices = devices::of(weights, &parts, &placement, (geometry, settings, &context));
    MemoryEstimate {
        weights: total_weights,
        caches: caches.totals(&layers),
        kv: sum(layers.iter().flatten().map(LayerCache::bytes)),
        state: sum(states.iter().copied()),
        compressor_state: sum(compressors.iter().copied()),
        output: parts.output,
        compute: parts.compute,
        total: sum(devices.iter().map(whole)),
        devices,
        upper_bound: parts.compute.source == ComputeSource::Guess,
        context_length: context.cells,
        findings: refusals::of(geometry, settings),
    }
}

/// All that lies on a device, with the expected computation.
fn whole(device: &DeviceBytes) -> u64 {
    sum([device.weights, device.context, device.output, device.compute.expected].into_iter())
}

fn sum(bytes: impl Iterator<Item = u64>) -> u64 {
    bytes.fold(0, u64::saturating_add)
}
