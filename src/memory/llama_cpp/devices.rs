//! What lies on which device.

use super::caches::LayerCache;
use super::context::Context;
use super::placement::Placement;
use crate::model::geometry::Geometry;
use crate::model::memory::{ComputeBytes, ComputeSource, DeviceBytes, LlamaCppSettings};

/// Copies of what a step is given that the scheduler keeps where several GPUs work on several steps at once
/// (`GGML_SCHED_MAX_COPIES`).
const COPIES: u64 = 4;

/// What a context takes beside weights.
pub(super) struct Parts<'a> {
    /// The caches of each layer.
    pub(super) caches: &'a [Vec<LayerCache>],
    /// The states of each layer, of either kind.
    pub(super) states: [&'a [u64]; 2],
    pub(super) output: u64,
    pub(super) compute: ComputeBytes,
    /// Cells of a stream.
    pub(super) cells: u64,
}

/// The same on each device, the computer first. Caches lie with their layers, or all with the computer.
pub(super) fn of(
    weights: Vec<u64>,
    parts: &Parts<'_>,
    placement: &Placement,
    (geometry, settings, context): (&Geometry, &LlamaCppSettings, &Context),
) -> Vec<DeviceBytes> {
    let of_weights = |weights| DeviceBytes { weights, ..DeviceBytes::default() };
    let mut devices: Vec<DeviceBytes> = weights.into_iter().map(of_weights).collect();
    let mut add = |layer: usize, bytes: u64| {
        let device = if settings.offload_kqv { placement.of_layer(layer) } else { 0 };
        if let Some(device) = devices.get_mut(device) {
            device.context = device.context.saturating_add(bytes);
        }
    };
    for (layer, caches) in parts.caches.iter().enumerate() {
        for cache in caches {
            add(layer, cache.bytes());
        }
    }
    for states in parts.states {
        states.iter().enumerate().for_each(|(layer, bytes)| add(layer, *bytes));
    }
    if let Some((computer, gpus)) = devices.split_first_mut() {
        computer.output = parts.output;
        computer.compute = parts.compute;
        if !gpus.is_empty() {
            let given = given(geometry, context, parts.cells);
            computer.compute = on_computer(parts.compute, given, placement);
            let on_gpu = on_gpu(parts.compute, given, gpus.len());
            for gpu in gpus {
                gpu.compute = on_gpu;
            }
        }
    }
    devices
}

/// Bytes of what a step is given: embeddings, and a mask.
fn given(geometry: &Geometry, context: &Context, cells: u64) -> u64 {
    let mask = if context.flash_attention { 2 } else { 4 };
    let row =
        geometry.embedding_length.saturating_mul(4).saturating_add(cells.saturating_mul(mask));
    row.saturating_mul(context.tokens)
}

/// The computer looks up embeddings; with layers of its own it computes too.
fn on_computer(compute: ComputeBytes, given: u64, placement: &Placement) -> ComputeBytes {
    let works = placement.of_layer(0) == 0;
    let expected = if works { compute.expected } else { given.min(compute.expected) };
    let high = compute.high.max(expected);
    ComputeBytes { low: 0, expected, high, source: ComputeSource::Guess }
}

/// A GPU lays out its part of the graph by rules of its own, beside copies of what it is given.
fn on_gpu(compute: ComputeBytes, given: u64, gpus: usize) -> ComputeBytes {
    let copies = if gpus > 1 { COPIES } else { 1 };
    let high =
        compute.high.saturating_add(compute.high / 4).saturating_add(given.saturating_mul(copies));
    ComputeBytes { low: compute.low / 4, high, source: ComputeSource::Guess, ..compute }
}
