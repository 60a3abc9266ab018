//! What lies on which device.

use super::need::Need;
use super::placement::Placement;
use crate::model::memory::{ComputeBytes, ComputeSource, DeviceBytes, LlamaCppSettings};

/// Copies of what a step is given that the scheduler keeps where several GPUs work on several steps at once
/// (`GGML_SCHED_MAX_COPIES`).
const COPIES: u64 = 4;

/// What a context needs on each device, the computer first. Caches lie with their layers, or all with the computer.
pub(super) fn of(
    weights: Vec<u64>,
    need: &Need,
    placement: &Placement,
    settings: &LlamaCppSettings,
) -> Vec<DeviceBytes> {
    let of_weights = |weights| DeviceBytes { weights, ..DeviceBytes::default() };
    let mut devices: Vec<DeviceBytes> = weights.into_iter().map(of_weights).collect();
    for (layer, bytes) in need.layers.iter().enumerate() {
        let device = if settings.offload_kqv { placement.of_layer(layer) } else { 0 };
        if let Some(device) = devices.get_mut(device) {
            device.context = device.context.saturating_add(*bytes);
        }
    }
    if let Some((computer, gpus)) = devices.split_first_mut() {
        computer.output = need.output;
        computer.compute = need.compute;
        if !gpus.is_empty() {
            computer.compute = on_computer(need, placement, settings);
            let on_gpu = on_gpu(need.compute, need.given, gpus.len());
            for gpu in gpus {
                gpu.compute = on_gpu;
            }
        }
    }
    devices
}

/// The computer looks up embeddings; with layers, experts or caches of its own it computes too.
fn on_computer(need: &Need, placement: &Placement, settings: &LlamaCppSettings) -> ComputeBytes {
    let works = placement.of_layer(0) == 0 || settings.n_cpu_moe > 0 || !settings.offload_kqv;
    let given = need.given.min(need.compute.expected);
    let expected = if works { need.compute.expected } else { given };
    let high = need.compute.high.max(expected);
    ComputeBytes { low: 0, expected, high, source: ComputeSource::Guess }
}

/// A GPU lays out its part of the graph by rules of its own, beside copies of what it is given.
fn on_gpu(compute: ComputeBytes, given: u64, gpus: usize) -> ComputeBytes {
    let copies = if gpus > 1 { COPIES } else { 1 };
    let high =
        compute.high.saturating_add(compute.high / 4).saturating_add(given.saturating_mul(copies));
    ComputeBytes { low: compute.low / 4, high, source: ComputeSource::Guess, ..compute }
}
